"""What the tests of `eval` judge: questions, replies and runs made by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.answer import Status
from eval.gold import Evidence, Question
from eval.judging import Run, run
from eval.runs import Found, Reply, System

FEES = Evidence("report", "mooring fees rise by 4% in April")


def asked(id_: str, *, keys: Sequence[str] = ("4%",), **fields: object) -> Question:
    """A question that the report answers, or with `type="unanswerable"` none."""
    if fields.get("type") == "unanswerable":
        return Question(id_, question=f"{id_}?", evidence=(), answer_keys=(), **fields)  # type: ignore[arg-type]
    plain: dict[str, object] = {"type": "fact", "question": f"{id_}?", "evidence": ((FEES,),)}
    return Question(id_, answer_keys=tuple((key,) for key in keys), **{**plain, **fields})  # type: ignore[arg-type]


def reply(text: str = "They rise by 4%.", *, rank: int | None = 1, evidence: float | None = None) -> Reply:
    """A reply with ten hits of which that of the rank is the evidence; one without text is declined."""
    found = tuple(Found("report", FEES.quote if n == rank else f"Apologies {n}") for n in range(1, 11))
    return Reply(Status.ANSWERED if text else Status.NOT_FOUND, text, found, (), 0.5, evidence)


def judged(replies: Mapping[Question, Reply] | Sequence[tuple[Question, Reply]], name: str = "assistant") -> Run:
    """The run of a system that gives these replies."""
    pairs = list(replies.items()) if isinstance(replies, Mapping) else list(replies)
    given = {question.id: reply for question, reply in pairs}
    system = System(name, "", lambda question: given[question.id])
    return run(system, [question for question, _ in pairs], unchecked)


def unchecked(document: str, page: int) -> None:
    """No page can be read independently."""


def quietly(questions: Sequence[Question], name: str) -> Iterator[Question]:
    """Hands questions on and tells nothing."""
    return iter(questions)
