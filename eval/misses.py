"""A page of what went wrong, for a person to read: Markdown, sorted by what went wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from textwrap import shorten

from eval.comparison import FIRST
from eval.judging import Judgement, Run, bears

SHOWN_OF_ANSWER = 700
SHOWN_OF_HIT = 260
"""Characters that are shown of an answer, and of a passage."""


class Fault(StrEnum):
    """What went wrong with a question, as the heading under which it is shown."""

    NOT_DECLINED = "Answered, though the papers don't hold it"
    DECLINED = "Declined, though the papers hold it"
    NOT_FOUND = f"No evidence among the first {FIRST} hits"
    NOT_QUOTED = "Evidence found, but not all that was asked is in the answer"


def fault(judgement: Judgement) -> Fault | None:
    """What went wrong, None if nothing did. A right answer whose evidence isn't found is a fault all the same."""
    question, reply = judgement.question, judgement.reply
    if judgement.missed and not question.answerable:
        return Fault.NOT_DECLINED
    if judgement.missed and reply.declined:
        return Fault.DECLINED
    if question.evidence and not judgement.found_within(FIRST):
        return Fault.NOT_FOUND
    return Fault.NOT_QUOTED if judgement.missed else None


def page(run: Run) -> str:
    """The page: the number of each fault, then each question with what was expected, what was answered and found."""
    faults = {judgement.question.id: fault(judgement) for judgement in run.judgements}
    groups = {f: [j for j in run.judgements if faults[j.question.id] is f] for f in Fault}
    wrong = sum(judgement.missed for judgement in run.judgements)
    counted = sum(judgement.outcome is not None for judgement in run.judgements)
    head = [
        f"# Misses of the {run.system}",
        f"{wrong} of {counted} questions that count went wrong. Hits that match the evidence are marked ✔.",
        "\n".join(f"- {title}: {len(those)}" for title, those in groups.items()),
    ]
    for title, those in groups.items():
        head += [f"## {title}", *(_miss(judgement) for judgement in those)] if those else []
    return "\n\n".join(head)


def _miss(judgement: Judgement) -> str:
    question, reply = judgement.question, judgement.reply
    expected = question.answer or ("an answer" if question.answerable else f"none ({question.why or question.type})")
    keys = " and ".join(" / ".join(group) for group in question.answer_keys)
    evidence = "" if reply.evidence is None else f", evidence {reply.evidence:.2f}"
    ranks = ", ".join("none" if rank is None else str(rank) for rank in judgement.ranks)
    facts = [
        *(f"Asked before: {_plain(earlier)}" for earlier in question.history),
        f"Expected: {_plain(expected)}" + (f" (must have: {_plain(keys)})" if keys else ""),
        *([f"Ranks of the evidence: {ranks}"] if ranks else []),
        f"Answered ({reply.status}{evidence}): {_plain(reply.text, SHOWN_OF_ANSWER) or 'nothing'}",
    ]
    return "\n\n".join(
        [
            f"### {question.id}: {_plain(question.question)}",
            f"{question.type}, asked by: {question.asker}",
            "\n".join(f"- {fact}" for fact in facts),
            _hits(judgement),
        ]
    ).rstrip()


def _hits(judgement: Judgement) -> str:
    """The first hits and any further one that matches the evidence, each with its rank."""
    lines: Sequence[str] = [
        f"{rank}. {'✔ ' if matches else ''}{_plain(found.document)}: {_plain(found.text, SHOWN_OF_HIT)}"
        for rank, found in enumerate(judgement.reply.found, 1)
        if (matches := bears(found, judgement.question)) or rank <= FIRST
    ]
    return "\n".join(lines)


def _plain(text: str, width: int | None = None) -> str:
    """The text on one line, of at most `width` characters, with nothing in it that Markdown takes for a sign."""
    line = " ".join(text.split()) if width is None else shorten(text, width, placeholder=" …")
    return re.sub(r"([\\`*_<>|~#\[\]])", r"\\\1", line)
