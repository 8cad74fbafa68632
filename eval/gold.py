"""Gold questions: what is asked, what a right answer contains, and where in the source that stands.

A file holds one JSON object a line. Evidence is a quotation and the document it stands in, never a passage's id, so
that another way of splitting the papers doesn't change the gold. Knows no assistant and no measure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.errors import CouncilPapersError
from eval.metrics import words

OWN_QUESTIONS = Path(__file__).parent / "questions"
"""The folder of the questions about the sample papers."""

OTHER_GOLD = frozenset({"papers.jsonl"})
"""Files in that folder that hold something else than questions."""

UNANSWERABLE = "unanswerable"
"""The type of a question that the papers can't answer."""

FORMS = ("keywords", "long", "typos", "lay")
"""The forms in which a question may be asked again: as keywords, at length, with typing mistakes, in lay words."""

FALSE_PREMISE = "false-premise"
"""Why an unanswerable question may rightly be either declined or corrected, so that neither counts."""


class BadGold(CouncilPapersError):
    """A gold file can't be used; the sentence names the file, the line and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in the source: words that stand one after another in a document."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """A gold question.

    `evidence` is a tuple of groups: any one place of a group suffices, a full answer needs every group. `answer_keys`
    is built alike: a correct answer contains one string of each group. `history` are the questions asked before it.
    `answer` is the short answer for a person to read; `why` says why an unanswerable question is one. `variants` has
    the same question in each of the `FORMS`, by their names; most questions have none.
    """

    id: str
    type: str
    question: str
    evidence: tuple[tuple[Evidence, ...], ...]
    answer_keys: tuple[tuple[str, ...], ...]
    asker: str = "anyone"
    history: tuple[str, ...] = ()
    answer: str | None = None
    why: str | None = None
    variants: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def answerable(self) -> bool:
        """Whether the papers can answer it."""
        return self.type != UNANSWERABLE

    @property
    def counts(self) -> bool:
        """Whether an outcome is right or wrong: there are answer keys, or no answer (but not for a false premise)."""
        return bool(self.answer_keys or not self.answerable) and self.why != FALSE_PREMISE

    def in_form(self, form: str) -> Question:
        """The question as it is asked in one of the forms that `variants` has."""
        return replace(self, question=self.variants[form])


def own_question_files(folder: Path = OWN_QUESTIONS) -> tuple[Path, ...]:
    """The files of the project's own questions, by name; raises BadGold if there are none."""
    files = tuple(sorted(path for path in folder.glob("*.jsonl") if path.name not in OTHER_GOLD))
    if not files:
        raise BadGold(f"{folder} holds no questions (*.jsonl): give a file with --questions")
    return files


def load(paths: Iterable[Path]) -> tuple[Question, ...]:
    """The questions of all files, in order; raises BadGold, also for an id that is used twice."""
    questions: list[Question] = []
    places: dict[str, str] = {}
    for path in paths:
        for place, question in _read(path):
            if question.id in places:
                raise BadGold(f"{place}: the id {question.id!r} is taken by {places[question.id]}, give it another")
            places[question.id] = place
            questions.append(question)
    if not questions:
        raise BadGold("there are no questions to ask: every file is empty")
    return tuple(questions)


def not_verbatim(questions: Sequence[Question], texts: Mapping[str, str]) -> tuple[tuple[Question, Evidence], ...]:
    """The evidence that doesn't stand, word for word, in the text of its document (`texts`: document id to whole text).

    Such a quotation is a fault of the gold, or of the reading of that document; either way it makes recall look worse
    than it is. Documents that `texts` lacks hold nothing.
    """
    spoken = {document: f" {' '.join(words(text))} " for document, text in texts.items()}
    return tuple(
        (question, evidence)
        for question in questions
        for group in question.evidence
        for evidence in group
        if f" {' '.join(words(evidence.quote))} " not in spoken.get(evidence.document, "")
    )


def _read(path: Path) -> list[tuple[str, Question]]:
    """Each question of a file with its place, "file:line"."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadGold(f"{path} can't be read as UTF-8 text ({error}): check the path") from error
    return [(f"{path}:{n}", _question(line, f"{path}:{n}")) for n, line in enumerate(lines, 1) if line.strip()]


def _question(line: str, place: str) -> Question:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadGold(f"{place}: not a line of JSON ({error})") from error
    if not isinstance(row, dict):
        raise BadGold(f"{place}: {line[:40]!r} is no object with id, type, question, evidence, answer_keys")
    question = Question(
        id=_text(row, "id", place),
        type=_text(row, "type", place),
        question=_text(row, "question", place),
        evidence=_evidence(row, place),
        answer_keys=tuple(_strings(group, "answer_keys", place) for group in _list(row, "answer_keys", place)),
        asker=_text(row, "asker", place) if "asker" in row else "anyone",
        history=_strings(row.get("history") or [], "history", place),
        answer=row.get("answer"),
        why=row.get("why"),
        variants=_variants(row, place),
    )
    if question.answerable and not question.evidence and not question.answer_keys:
        raise BadGold(f"{place}: {question.id} has no evidence and no answer keys: give either")
    if any(not group for group in (*question.evidence, *question.answer_keys)):
        raise BadGold(f"{place}: {question.id} has an empty group: fill it or leave it out")
    return question


def _evidence(row: Mapping[str, object], place: str) -> tuple[tuple[Evidence, ...], ...]:
    groups: list[tuple[Evidence, ...]] = []
    for group in _list(row, "evidence", place):
        if not isinstance(group, list) or not all(isinstance(item, dict) for item in group):
            raise BadGold(f"{place}: evidence has {group!r}, expected a list of objects with doc and quote")
        groups.append(tuple(Evidence(_text(item, "doc", place), _text(item, "quote", place)) for item in group))
    for evidence in (evidence for group in groups for evidence in group):
        if not words(evidence.quote):
            raise BadGold(f"{place}: the quote {evidence.quote!r} has no words, so nothing could match it")
    return tuple(groups)


def _variants(row: Mapping[str, object], place: str) -> dict[str, str]:
    variants = row.get("variants", {})
    if not isinstance(variants, dict) or (variants and set(variants) != set(FORMS)):
        raise BadGold(f"{place}: variants is {variants!r}, expected a text for each of {', '.join(FORMS)}, or nothing")
    return {form: _text(variants, form, place) for form in variants}


def _text(row: Mapping[str, object], key: str, place: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BadGold(f"{place}: {key} is {value!r}, expected text")
    return value


def _list(row: Mapping[str, object], key: str, place: str) -> list[object]:
    value = row.get(key)
    if not isinstance(value, list):
        raise BadGold(f"{place}: {key} is {value!r}, expected a list (it may be empty)")
    return value


def _strings(value: object, key: str, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise BadGold(f"{place}: {key} has {value!r}, expected a list of texts")
    return tuple(value)
