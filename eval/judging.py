"""Judges replies against gold questions and sums the judgements up as measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from eval.gold import Question
from eval.metrics import (
    Outcome,
    accuracy,
    contains_keys,
    crag_score,
    holds,
    in_a_row,
    is_exact,
    is_relevant,
    mean,
    precision,
    recall_at,
    reciprocal_rank,
    refusal_precision,
    refusal_recall,
    words,
)
from eval.runs import Cited, Found, Reply, System

RANKS = (1, 5, 10)
"""The k of the reported recall@k."""

PageText: TypeAlias = Callable[[str, int], str | None]
"""An independent reading: document id and file page to that page's text, None where there is no PDF to read."""

Scores: TypeAlias = Mapping[str, float | None]
"""Measure to value; None where nothing could be measured."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One reply, judged.

    `ranks` has for each evidence group the rank of the first hit that matches it. `outcome` is None where the question
    doesn't count as right or wrong. `relevant` has an entry for each citation of an answer to an answerable question,
    `exact` one for each citation whose page could be read independently.
    """

    question: Question
    reply: Reply
    ranks: tuple[int | None, ...]
    outcome: Outcome | None
    relevant: tuple[bool, ...]
    exact: tuple[bool, ...]

    @property
    def first_rank(self) -> int | None:
        """The rank of the first hit that matches any evidence."""
        return min((rank for rank in self.ranks if rank is not None), default=None)

    def found_within(self, k: int) -> bool:
        """Whether any evidence is matched by one of the first `k` hits."""
        return self.first_rank is not None and self.first_rank <= k

    @property
    def missed(self) -> bool:
        """Whether the question counts and went wrong."""
        return self.outcome is not None and not self.outcome.right


@dataclass(frozen=True, slots=True)
class Run:
    """What one system made of all questions, in their order: its name, what to know of it, and the judgements."""

    system: str
    note: str
    judgements: tuple[Judgement, ...]


def run(system: System, questions: Iterable[Question], page_text: PageText) -> Run:
    """Ask the system every question and judge what it replies."""
    judgements = tuple(judge(question, system.ask(question), page_text) for question in questions)
    return Run(system.name, system.note, judgements)


def judge(question: Question, reply: Reply, page_text: PageText) -> Judgement:
    """The judgement of one reply."""
    return Judgement(
        question=question,
        reply=reply,
        ranks=first_ranks(question, reply.found),
        outcome=outcome_of(question, reply),
        relevant=_relevant(question, reply),
        exact=_exact(reply.cited, page_text),
    )


def first_ranks(question: Question, found: Sequence[Found]) -> tuple[int | None, ...]:
    """For each evidence group the rank of the first passage that matches it: same document, and `holds` its quote."""
    passages = [(passage.document, words(passage.text)) for passage in found]
    ranks: list[int | None] = []
    for group in question.evidence:
        places = [(evidence.document, words(evidence.quote)) for evidence in group]
        ranks.append(
            next(
                (
                    rank
                    for rank, (document, text) in enumerate(passages, 1)
                    if any(document == where and in_a_row(quote, text) for where, quote in places)
                ),
                None,
            )
        )
    return tuple(ranks)


def bears(passage: Found, question: Question) -> bool:
    """Whether a passage matches any evidence of a question."""
    return any(
        passage.document == evidence.document and holds(passage.text, evidence.quote)
        for group in question.evidence
        for evidence in group
    )


def outcome_of(question: Question, reply: Reply) -> Outcome | None:
    """What became of the question; None if it can't be judged right or wrong."""
    if not question.counts:
        return None
    correct = question.answerable and not reply.declined and contains_keys(reply.text, question.answer_keys)
    return Outcome(question.answerable, reply.declined, correct)


def scores(judgements: Sequence[Judgement]) -> Scores:
    """Every quality measure of a run, in the order in which it is reported."""
    with_evidence = [judgement.ranks for judgement in judgements if judgement.ranks]
    outcomes = [judgement.outcome for judgement in judgements if judgement.outcome is not None]
    return {
        **{f"recall@{k}": _mean_known(recall_at(ranks, k) for ranks in with_evidence) for k in RANKS},
        "MRR@10": mean(reciprocal_rank(ranks, 10) for ranks in with_evidence),
        "accuracy": accuracy(outcomes),
        "precision": precision(outcomes),
        "CRAG score": crag_score(outcomes),
        "refusal precision": refusal_precision(outcomes),
        "refusal recall": refusal_recall(outcomes),
        "citation relevance": mean(hit for judgement in judgements for hit in judgement.relevant),
        "quote exactness": mean(hit for judgement in judgements for hit in judgement.exact),
    }


def grouped(judgements: Iterable[Judgement], key: Callable[[Question], str]) -> dict[str, list[Judgement]]:
    """The judgements by what `key` gives for their question, by name."""
    groups: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        groups.setdefault(key(judgement.question), []).append(judgement)
    return dict(sorted(groups.items()))


def _mean_known(values: Iterable[float | None]) -> float | None:
    return mean(value for value in values if value is not None)


def _relevant(question: Question, reply: Reply) -> tuple[bool, ...]:
    """Whether each citation bears on the gold; empty where there is nothing to bear on."""
    if not question.answerable or reply.declined:
        return ()
    places = [evidence for group in question.evidence for evidence in group]
    return tuple(
        is_relevant(cited.quote, (place.quote for place in places if place.document == cited.document))
        for cited in reply.cited
    )


def _exact(citations: Sequence[Cited], page_text: PageText) -> tuple[bool, ...]:
    read = ((cited.quote, page_text(cited.document, cited.page)) for cited in citations)
    return tuple(is_exact(quote, text) for quote, text in read if text is not None)
