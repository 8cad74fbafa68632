"""The command line: what it prints where, and its exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.answer import Status
from eval.__main__ import main
from eval.floors import Floors
from eval.gold import Question
from eval.judging import Run, run
from eval.report import Setting
from eval.runs import Reply, System

ROW = {"id": "q-1", "type": "who", "question": "Who?", "answer_keys": [["Holm"]], "evidence": []}


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(ROW), encoding="utf-8")
    return path


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch, questions: Path) -> Callable[..., Result]:
    """Runs the command with an assistant that always says "Nobody", against the questions and a floor as its own."""

    def compare(asked: Sequence[Question], library: Path | None, pdfs: Sequence[Path]) -> tuple[Setting, list[Run]]:
        system = System("assistant", "", lambda question: Reply(Status.ANSWERED, "Nobody", (), (), 0.1))
        return Setting(len(asked), 1, 1, "fake"), [run(system, asked, lambda document, page: None)]

    monkeypatch.setattr("eval.__main__._compare", compare)
    monkeypatch.setattr("eval.__main__.own_question_files", lambda: (questions,))
    monkeypatch.setattr("eval.__main__.load_floors", lambda: Floors({"accuracy": 0.5}))
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_scores_below_their_floor_exit_with_one_and_say_which(invoke: Callable[..., Result]):
    result = invoke()
    assert result.exit_code == 1
    assert "below its floor: accuracy is 0.000, its floor is 0.500" in result.stderr


def test_other_questions_have_no_floors(invoke: Callable[..., Result], questions: Path):
    result = invoke("--questions", questions)
    assert result.exit_code == 0
    assert "floor" not in result.output


def test_another_library_has_no_floors(invoke: Callable[..., Result], tmp_path: Path):
    assert invoke("--library", tmp_path).exit_code == 0


def test_json_is_the_only_thing_on_standard_output(invoke: Callable[..., Result]):
    document = json.loads(invoke("--json", "--misses").stdout)
    assert document["below"] == ["accuracy is 0.000, its floor is 0.500"]


def test_the_misses_follow_the_report_when_asked_for(invoke: Callable[..., Result]):
    assert "went wrong" not in invoke().stdout
    assert "1 of 1 questions went wrong" in invoke("--misses").stdout


def test_gold_that_cannot_be_read_exits_with_two_and_one_sentence(invoke: Callable[..., Result], questions: Path):
    questions.write_text("{", encoding="utf-8")
    result = invoke("--questions", questions)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"Error: {questions}:1: not a line of JSON")


def test_speed_has_help_of_its_own(invoke: Callable[..., Result]):
    assert "bare encoder" in invoke("speed", "--help").stdout
