"""The command line: what it prints where, and its exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.answer import Status
from assistant.retrieval import STEPS
from eval.__main__ import main
from eval.floors import Floors
from eval.gold import Question
from eval.judging import Run, run
from eval.report import Setting
from eval.runs import Reply, System
from index.library import Library
from tests.fakes import CountingEncoder, read_text

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
        system = System("assistant", "", lambda question: Reply(Status.ANSWERED, "Nobody", (), (), 0.1, 0.75))
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
    assert "1 of 1 questions that count went wrong" in invoke("--misses").stdout


def test_gold_that_cannot_be_read_exits_with_two_and_one_sentence(invoke: Callable[..., Result], questions: Path):
    questions.write_text("{", encoding="utf-8")
    result = invoke("--questions", questions)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"Error: {questions}:1: not a line of JSON")


def test_the_curve_is_shown_and_written_where_answers_tell_their_evidence(
    invoke: Callable[..., Result], tmp_path: Path
):
    assert "area under the curve" in invoke("--curve", tmp_path / "curve.csv").stdout
    assert "0.75,,0.0,0.0" in (tmp_path / "curve.csv").read_text(encoding="utf-8").splitlines()


def test_without_evidence_there_is_no_curve_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, invoke: Callable[..., Result], tmp_path: Path
):
    monkeypatch.setattr("eval.__main__.graded", lambda judgements: ())
    assert "area under the curve" not in invoke().stdout
    result = invoke("--curve", tmp_path / "curve.csv")
    assert result.exit_code == 2
    assert "leave out --curve" in result.stderr
    assert not (tmp_path / "curve.csv").exists()


VARIED = {
    "id": "q-2",
    "type": "fact",
    "question": "What did the panel say of the budget?",
    "answer_keys": [["overspent"]],
    "evidence": [[{"doc": "minutes", "quote": "The budget of the panel is overspent."}]],
    "variants": {
        "keywords": "budget panel",
        "long": "I should like to know what the panel had to say about the budget.",
        "typos": "What did the panle say of the budget?",
        "lay": "what about the money",
    },
}


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """Runs a subcommand about a library of one paper of two lines, which is searched with an encoder that counts."""
    paper = tmp_path / "minutes.txt"
    paper.write_text("The budget of the panel is overspent.\nThe road to the school is closed.", encoding="utf-8")
    with Library.create(tmp_path / "library") as library:
        list(library.add([paper], CountingEncoder(), read=read_text))
    questions = tmp_path / "varied.jsonl"
    questions.write_text(json.dumps(VARIED), encoding="utf-8")

    def opened(folder: Path | None) -> tuple[Library, CountingEncoder]:
        return Library.open(folder or tmp_path / "library"), CountingEncoder()

    monkeypatch.setattr("eval.__main__._opened", opened)
    return lambda command, *arguments: CliRunner().invoke(
        main, [command, "--questions", str(questions), *map(str, arguments)]
    )


def test_a_page_of_misses_goes_to_standard_output_or_to_a_file(measure: Callable[..., Result], tmp_path: Path):
    shown = measure("misses")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("# Misses of the assistant")
    assert measure("misses", "--output", tmp_path / "page.md").stdout == ""
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == shown.stdout


def test_robustness_asks_in_every_form(measure: Callable[..., Result]):
    assert "1 questions in four forms" in measure("robustness").stdout
    found = json.loads(measure("robustness", "--json").stdout)["recall@5"]
    assert list(found["by_form"]) == ["as asked", "keywords", "long", "typos", "lay"]
    assert found["by_form"]["keywords"] == 1.0


def test_questions_in_one_form_only_have_no_robustness(measure: Callable[..., Result], questions: Path):
    result = CliRunner().invoke(main, ["robustness", "--questions", str(questions)])
    assert result.exit_code == 2
    assert "none of the 1 questions has variants" in result.stderr


def test_ablation_leaves_out_each_step(measure: Callable[..., Result]):
    found = json.loads(measure("ablation", "--json").stdout)
    assert list(found) == ["all steps", *(f"without {step}" for step in STEPS)]
    assert "without ranking again" in measure("ablation").stdout


def test_a_grown_library_is_kept_only_where_it_is_asked_for(measure: Callable[..., Result], tmp_path: Path):
    found = json.loads(measure("growth", "--times", 2, "--keep", tmp_path / "kept", "--json").stdout)
    assert found["passages"][1] >= 2 * found["passages"][0]
    assert Path(found["folder"]).parent == tmp_path / "kept"
    assert not Path(json.loads(measure("growth", "--times", 2, "--json").stdout)["folder"]).exists()


def test_speed_has_help_of_its_own(invoke: Callable[..., Result]):
    assert "bare encoder" in invoke("speed", "--help").stdout


def test_support_spoils_sentences_and_counts_what_is_kept(measure: Callable[..., Result]):
    assert "as it stands: 1 of 1 kept" in measure("support").stdout
    assert json.loads(measure("support", "--json").stdout)["turned round"] == [0, 1]
