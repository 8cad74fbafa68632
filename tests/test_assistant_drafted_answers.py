"""Answers told by a model: a scripted one, for everything that it may do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner

from assistant.__main__ import main
from assistant.answer import Answer, Assistant, Status
from assistant.drafted_answers import NOT_ON_PAGE, Teller, told_by
from assistant.model import ModelFailed
from assistant.output import answer_json
from assistant.scoring import Stemmer
from assistant.supporting import NO_CITATION
from corpus.reading.worker import read_here
from index.library import Library
from tests.fakes import CountingEncoder, write_pdf

PAPERS = {
    "2022-06-14-report.pdf": "The budget for school places was cut by 37.7% in May 2022.",
    "2023-01-11-minutes.pdf": "The panel asked about the road plan.\nThe road plan slipped to the autumn of 2023.",
}


@dataclass
class ScriptedModel:
    """Says what it is told to say, and remembers what it was asked."""

    said: str | ModelFailed
    name: str = "scripted"
    asked: list[str] = field(default_factory=list)

    def reply(self, instructions: str, text: str, ended: Event | None = None) -> str:
        self.asked.append(text)
        if isinstance(self.said, ModelFailed):
            raise self.said
        return self.said


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("papers")
    files = [write_pdf(folder / name, text) for name, text in PAPERS.items()]
    with Library.create(folder / "library") as library:
        assert [added.outcome for added in library.add(files, CountingEncoder(), read=read_here)] == ["added", "added"]
        yield Assistant(library, CountingEncoder())


@pytest.fixture(scope="module")
def quoted(assistant: Assistant) -> Answer:
    answer = assistant.ask("how much was the school budget cut?")
    assert answer.status is Status.ANSWERED
    return answer


def teller(model: ScriptedModel, assistant: Assistant) -> Teller:
    return Teller(model, assistant.encoder, assistant.library.page_at, Stemmer())


RIGHT = "The school budget was cut by 37.7% [1]."
WRONG = "The school budget was cut by 3.3% [1]."


def test_what_is_supported_is_told_with_a_verified_quotation(assistant: Assistant, quoted: Answer) -> None:
    model = ScriptedModel(RIGHT)
    told = told_by(model, quoted, assistant)
    assert told.drafted is not None
    assert (told.drafted.model, told.drafted.removed, told.drafted.fallback) == ("scripted", (), None)
    (statement,), (citation,) = told.statements, told.citations
    assert statement.text.startswith("The school budget was cut by 37.7%. ")
    assert f"“{citation.quote}”" in statement.text
    page = assistant.library.page_at(citation.passage.document, citation.passage.start)
    assert page is not None
    assert citation.quote in page.text
    assert model.asked[0].endswith(f"Question: {quoted.standalone}")


def test_what_is_not_supported_is_removed_and_told(assistant: Assistant, quoted: Answer) -> None:
    told = told_by(ScriptedModel(f"{RIGHT} {WRONG} Everybody was glad."), quoted, assistant)
    assert told.drafted is not None
    assert [each.text for each in told.drafted.removed] == ["The school budget was cut by 3.3%.", "Everybody was glad."]
    assert [each.why for each in told.drafted.removed] == [
        "“3.3%” doesn't stand in the passage that it cites",
        NO_CITATION,
    ]
    assert "3.3%" not in told.text
    assert len(told.statements) == 1


def test_sentences_that_rest_on_the_same_words_are_told_with_them_once(assistant: Assistant, quoted: Answer) -> None:
    told = told_by(ScriptedModel(f"The school budget was cut [1]. {RIGHT}"), quoted, assistant)
    assert len(told.statements) == len(told.citations) == 1
    assert told.statements[0].text.startswith("The school budget was cut. The school budget was cut by 37.7%. ")


@pytest.mark.parametrize(
    ("said", "why", "removed"),
    [
        (WRONG, "Nothing that the language model scripted wrote is supported by the passages.", 1),
        ("NOT FOUND", "The language model scripted found no answer in the passages.", 0),
        ("[1] [2]", "The language model scripted found no answer in the passages.", 0),
        (ModelFailed("The language model scripted didn't answer within 20 seconds."), "didn't answer within 20", 0),
    ],
)
def test_where_nothing_is_left_the_answer_stays_in_quotations_and_says_why(
    assistant: Assistant, quoted: Answer, said: str | ModelFailed, why: str, removed: int
) -> None:
    told = told_by(ScriptedModel(said), quoted, assistant)
    assert replace(told, drafted=None, seconds=quoted.seconds) == quoted
    assert told.drafted is not None
    assert why in (told.drafted.fallback or "")
    assert (told.drafted.fallback or "").endswith("This is the answer in quotations.")
    assert len(told.drafted.removed) == removed


def test_what_cannot_be_verified_on_its_page_is_removed(
    assistant: Assistant, quoted: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant.library, "page_at", lambda document, offset: None)
    told = told_by(ScriptedModel(RIGHT), quoted, assistant)
    assert told.drafted is not None
    assert [each.why for each in told.drafted.removed] == [NOT_ON_PAGE]
    assert told.statements == quoted.statements


def test_sentences_above_an_answer_leave_its_quotations_and_their_numbers(assistant: Assistant, quoted: Answer) -> None:
    wide = "The road plan slipped to the autumn of 2023 [{}]."
    numbers = [number for number in range(1, 7)]
    model = ScriptedModel(" ".join([RIGHT, *map(wide.format, numbers)]))
    told = teller(model, assistant).tell_above(quoted)
    assert told.statements == quoted.statements
    assert told.citations[: len(quoted.citations)] == quoted.citations
    assert [citation.number for citation in told.citations] == list(range(1, len(told.citations) + 1))
    assert told.drafted is not None
    assert told.drafted.fallback is None
    assert told.drafted.above[0].text == "The school budget was cut by 37.7%."
    assert told.drafted.above[0].citations == (1,), "what is quoted already is cited by its number"
    for statement in told.drafted.above:
        (citation,) = (each for each in told.citations if each.number in statement.citations)
        page = assistant.library.page_at(citation.passage.document, citation.passage.start)
        assert page is not None
        assert citation.quote in page.text


def test_where_nothing_is_left_above_an_answer_it_says_why(assistant: Assistant, quoted: Answer) -> None:
    for said in (WRONG, ModelFailed("The language model scripted said nothing.")):
        told = teller(ScriptedModel(said), assistant).tell_above(quoted)
        assert told.drafted is not None
        assert told.drafted.above == ()
        assert str(told.drafted.fallback).endswith("This is the answer in quotations.")
        assert (told.statements, told.citations) == (quoted.statements, quoted.citations)


def test_what_is_declined_is_not_put_to_a_model(assistant: Assistant) -> None:
    model = ScriptedModel(RIGHT)
    for question in ("zebra?", "Should the panel resign?"):
        declined = assistant.ask(question)
        assert declined.status in (Status.NOT_FOUND, Status.REFUSED)
        assert told_by(model, declined, assistant) is declined
    assert not model.asked


def test_only_an_answer_that_a_model_had_to_do_with_says_so(assistant: Assistant, quoted: Answer) -> None:
    assert "drafted" not in answer_json(quoted)
    assert answer_json(told_by(ScriptedModel(f"{RIGHT} {WRONG}"), quoted, assistant))["drafted"] == {
        "model": "scripted",
        "removed": [
            {"text": "The school budget was cut by 3.3%.", "why": "“3.3%” doesn't stand in the passage that it cites"}
        ],
        "fallback": None,
    }


# The command


@pytest.fixture
def ask(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr("index.encoders.load_encoder", lambda name=None: CountingEncoder())
    for variable in ("URL", "KEY", "SECONDS"):
        monkeypatch.delenv(f"COUNCIL_PAPERS_MODEL_{variable}", raising=False)
    monkeypatch.delenv("COUNCIL_PAPERS_MODEL", raising=False)
    return ["ask", "how much was the school budget cut?", "--library", str(assistant.library.folder)]


def test_without_a_model_the_command_says_what_to_set(ask: list[str]) -> None:
    result = CliRunner().invoke(main, [*ask, "--model"])
    assert result.exit_code == 1
    assert "set COUNCIL_PAPERS_MODEL_URL" in result.output
    assert result.output.count("\n") == 1


def test_what_a_model_tells_is_saved_with_its_marks(
    ask: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COUNCIL_PAPERS_MODEL_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("COUNCIL_PAPERS_MODEL", "scripted")
    monkeypatch.setattr("assistant.model.connect", lambda settings: ScriptedModel(f"{RIGHT} {WRONG}"))
    file = tmp_path / "answer.md"
    assert CliRunner().invoke(main, [*ask, "--model", "--save", str(file)]).exit_code == 0
    saved = file.read_text(encoding="utf-8")
    assert "**Told by the language model scripted: the words around the quotations are its own." in saved
    assert "Removed from what scripted wrote: “The school budget was cut by 3.3%.”" in saved.replace("\\", "")
    assert "writes nothing but" not in saved


def test_the_command_shows_what_was_removed_and_why(ask: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNCIL_PAPERS_MODEL_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("COUNCIL_PAPERS_MODEL", "scripted")
    monkeypatch.setattr("assistant.model.connect", lambda settings: ScriptedModel(f"{RIGHT} {WRONG}"))
    shown = CliRunner().invoke(main, [*ask, "--model"]).output
    assert "Told by the language model scripted; each sentence was checked against the quotation after it." in shown
    assert "Removed from what it wrote: 1 sentence." in shown
    assert "- “The school budget was cut by 3.3%.”, because “3.3%” doesn't stand in the passage that it cites." in shown


def test_a_server_that_cannot_be_reached_leaves_the_answer_in_quotations(
    ask: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = json.loads(CliRunner().invoke(main, [*ask, "--json"]).stdout)
    monkeypatch.setenv("COUNCIL_PAPERS_MODEL_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("COUNCIL_PAPERS_MODEL", "small")
    told = json.loads(CliRunner().invoke(main, [*ask, "--model", "--json"]).stdout)
    assert "can't be reached" in told.pop("drafted")["fallback"]
    assert {**told, "seconds": 0} == {**plain, "seconds": 0}
