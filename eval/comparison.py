"""Scores question by question: their intervals, and two systems compared on the same questions. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.judging import Judgement, Run
from eval.metrics import mean, recall_at, reciprocal_rank
from eval.statistics import Interval, interval, mcnemar, permutation

FIRST = 5
"""Hits that a reader looks through."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A score that is the mean of one value a question; `value` gives None for a question that it doesn't measure.

    `either_or` says that a value is 1 or 0 and nothing between, so that two systems are compared by McNemar's test.
    """

    name: str
    value: Callable[[Judgement], float | None]
    either_or: bool

    def values(self, judgements: Sequence[Judgement]) -> list[float]:
        """The values of the questions that it measures."""
        return [value for judgement in judgements if (value := self.value(judgement)) is not None]

    def score(self, judgements: Sequence[Judgement]) -> float | None:
        """Their mean, None where it measures no question."""
        return mean(self.values(judgements))

    def interval(self, judgements: Sequence[Judgement]) -> Interval | None:
        """The 95 % interval of the mean, None where it measures fewer than two questions."""
        return interval(self.values(judgements))


def _recall(judgement: Judgement) -> float | None:
    return recall_at(judgement.ranks, FIRST)


def _reciprocal_rank(judgement: Judgement) -> float | None:
    return reciprocal_rank(judgement.ranks, 10) if judgement.ranks else None


def _found(judgement: Judgement) -> float | None:
    return float(judgement.found_within(FIRST)) if judgement.ranks else None


def _correct(judgement: Judgement) -> float | None:
    outcome = judgement.outcome
    return float(outcome.correct) if outcome is not None and outcome.answerable else None


def _right(judgement: Judgement) -> float | None:
    return float(judgement.outcome.right) if judgement.outcome is not None else None


RECALL = Measure(f"recall@{FIRST}", _recall, either_or=False)
MRR = Measure("MRR@10", _reciprocal_rank, either_or=False)
ACCURACY = Measure("accuracy", _correct, either_or=True)
FOUND = Measure(f"any evidence in the first {FIRST}", _found, either_or=True)
RIGHT = Measure("right", _right, either_or=True)
"""`RIGHT` is the share of right outcomes, unanswerable questions among them."""

MAIN = (RECALL, MRR, ACCURACY)
"""What a version must be better in."""

COMPARED = (*MAIN, FOUND)
"""What two systems are compared in."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure of a system beside another's on the same questions.

    `difference` is the mean of the differences, question by question (`score` less `other`), with its 95 % interval;
    `p` is that of McNemar's exact test where the measure is `either_or`, else of a paired permutation test. Where
    there is no question that it measures, all are None but p, which is 1.
    """

    measure: Measure
    against: str
    questions: int
    score: float | None
    other: float | None
    difference: float | None
    interval: Interval | None
    p: float

    @property
    def test(self) -> str:
        """The name of the test that gave `p`."""
        return "McNemar" if self.measure.either_or else "permutation"


def compare(run: Run, other: Run, measures: Sequence[Measure] = COMPARED) -> tuple[Comparison, ...]:
    """A run beside another of the same questions; raises ValueError where they aren't the same."""
    asked, theirs = ([judgement.question.id for judgement in one.judgements] for one in (run, other))
    if asked != theirs:
        raise ValueError(f"{run.system} and {other.system} weren't asked the same questions")
    return tuple(_compared(measure, run, other) for measure in measures)


def _compared(measure: Measure, run: Run, other: Run) -> Comparison:
    ours, theirs = measure.values(run.judgements), measure.values(other.judgements)
    differences = [a - b for a, b in zip(ours, theirs, strict=True)]
    p = mcnemar([v == 1 for v in ours], [v == 1 for v in theirs]) if measure.either_or else permutation(ours, theirs)
    return Comparison(
        measure=measure,
        against=other.system,
        questions=len(ours),
        score=mean(ours),
        other=mean(theirs),
        difference=mean(differences),
        interval=interval(differences),
        p=p,
    )
