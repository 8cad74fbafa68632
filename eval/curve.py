"""The refusal curve: how many questions are declined, rightly and wrongly, wherever the threshold is set. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields

from eval.judging import Judgement
from eval.metrics import mean
from eval.report import number, table

STEPS = 20
"""Steps of the sweep from 0 to 1: a twentieth is finer than what some dozens of unanswerable questions can tell."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A question that counts: the evidence that an answer had (0 to 1), whether the papers can answer the question, and
    whether the answer was correct."""

    evidence: float
    answerable: bool
    correct: bool


@dataclass(frozen=True, slots=True)
class Point:
    """What becomes of the questions if all are declined whose evidence is below the threshold.

    The shares declined are of the unanswerable and of the answerable questions, `correct` is of the answerable ones.
    A share of no questions is None.
    """

    threshold: float
    unanswerable_declined: float | None
    answerable_declined: float | None
    correct: float | None


def graded(judgements: Iterable[Judgement]) -> tuple[Graded, ...]:
    """The questions that count and of whose answers the evidence is known.

    An answer that was declined counts as not correct, so `Point.correct` means something at thresholds from the one
    with which the questions were asked.
    """
    return tuple(
        Graded(judgement.reply.evidence, judgement.outcome.answerable, judgement.outcome.correct)
        for judgement in judgements
        if judgement.outcome is not None and judgement.reply.evidence is not None
    )


def thresholds(steps: int = STEPS) -> tuple[float, ...]:
    """A sweep from 0 to 1, both included."""
    return tuple(n / steps for n in range(steps + 1))


def curve(questions: Sequence[Graded], sweep: Iterable[float]) -> tuple[Point, ...]:
    """A point for each threshold of the sweep."""
    return tuple(_point(questions, threshold) for threshold in sweep)


def _point(questions: Sequence[Graded], threshold: float) -> Point:
    return Point(
        threshold=threshold,
        unanswerable_declined=mean(q.evidence < threshold for q in questions if not q.answerable),
        answerable_declined=mean(q.evidence < threshold for q in questions if q.answerable),
        correct=mean(q.correct and q.evidence >= threshold for q in questions if q.answerable),
    )


def area(questions: Sequence[Graded]) -> float | None:
    """The area under the curve (unanswerable declined over answerable declined): how likely it is that an answerable
    question has more evidence than an unanswerable one, ties counted half (Mann and Whitney 1947). 0.5 is chance, 1 is
    a threshold that tells them all apart; None where there are none of either kind."""
    yes = [question.evidence for question in questions if question.answerable]
    no = [question.evidence for question in questions if not question.answerable]
    return mean(1.0 if a > b else 0.5 if a == b else 0.0 for a in yes for b in no)


def curve_table(questions: Sequence[Graded], sweep: Iterable[float]) -> str:
    """The curve as a table for a terminal, with its area."""
    rows = [
        [f"{point.threshold:.2f}", *(number(value) for value in astuple(point)[1:])]
        for point in curve(questions, sweep)
    ]
    no = sum(not question.answerable for question in questions)
    head = [
        "declined below",
        f"of {no} unanswerable",
        f"of {len(questions) - no} answerable",
        "answerable and correct",
    ]
    return f"{table(head, rows)}\narea under the curve: {number(area(questions))}"


def curve_csv(questions: Sequence[Graded], sweep: Iterable[float]) -> str:
    """The curve as comma-separated values, a line a threshold below the names of the columns; no value is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in fields(Point))
    writer.writerows(astuple(point) for point in curve(questions, sweep))
    return text.getvalue()
