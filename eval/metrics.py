"""The measures, each a small pure function that settles its own definition. Knows no file, no library, no assistant.

Ranks count from 1, None means "not among the hits". Rates lie between 0 and 1 (the CRAG score between -1 and 1) and
are None where there is nothing to average, which is not the same as nought.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MATCHING_SHARE = 0.6
"""How much of a quotation, in a row, makes two texts speak of the same place: more than half, so that two different
places can't both hold it, and less than all, because a passage may end in the middle of a quotation."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question that counts: could it be answered, was it declined, was the answer correct."""

    answerable: bool
    declined: bool
    correct: bool

    @property
    def right(self) -> bool:
        """Correct where it could be answered, declined where it couldn't."""
        return self.correct if self.answerable else self.declined


def words(text: str) -> list[str]:
    """The words of a text in lower case: letters, digits, £ and %, with full stops only inside ("3.2")."""
    return [word for found in re.findall(r"[a-z0-9£%.]+", text.lower()) if (word := found.strip("."))]


def in_a_row(quote: Sequence[str], text: Sequence[str], share: float = MATCHING_SHARE) -> bool:
    """Whether `text` has at least `share` of the words of `quote` one after another (no words are nowhere)."""
    if not quote:
        return False
    needed = max(1, math.ceil(len(quote) * share))
    spoken = f" {' '.join(text)} "
    return any(f" {' '.join(quote[i : i + needed])} " in spoken for i in range(len(quote) - needed + 1))


def holds(text: str, quote: str) -> bool:
    """Whether `text` holds the quote, or 60 % of it in a row, whatever the case, punctuation and white space."""
    return in_a_row(words(quote), words(text))


def recall_at(ranks: Sequence[int | None], k: int) -> float | None:
    """Recall@k of one question: the share of its evidence groups whose first matching hit has rank `k` or better."""
    return mean(rank is not None and rank <= k for rank in ranks)


def reciprocal_rank(ranks: Sequence[int | None], depth: int = 10) -> float:
    """1 / rank of the first hit that matches any evidence group, 0 if none of `depth` does (MRR is its mean)."""
    return max((1 / rank for rank in ranks if rank is not None and rank <= depth), default=0.0)


def contains_keys(text: str, answer_keys: Sequence[Sequence[str]]) -> bool:
    """Whether the text contains at least one string of every key group, whatever the case."""
    lowered = text.lower()
    return all(any(key.lower() in lowered for key in group) for group in answer_keys)


def accuracy(outcomes: Iterable[Outcome]) -> float | None:
    """The share of the answerable questions that were answered correctly."""
    return mean(outcome.correct for outcome in outcomes if outcome.answerable)


def precision(outcomes: Iterable[Outcome]) -> float | None:
    """The share of the answerable questions that were answered at all whose answer is correct."""
    return mean(outcome.correct for outcome in outcomes if outcome.answerable and not outcome.declined)


def crag_score(outcomes: Iterable[Outcome]) -> float | None:
    """The mean of +1 for a right outcome, 0 for an answerable question declined, -1 for anything else.

    After the CRAG benchmark (Yang et al., 2024, arXiv:2406.04744), where a missing answer is worth more than a false
    one; here declining a question that can't be answered is right, so it earns +1.
    """
    return mean(1 if outcome.right else 0 if outcome.declined else -1 for outcome in outcomes)


def refusal_precision(outcomes: Iterable[Outcome]) -> float | None:
    """The share of the declined questions that couldn't be answered."""
    return mean(not outcome.answerable for outcome in outcomes if outcome.declined)


def refusal_recall(outcomes: Iterable[Outcome]) -> float | None:
    """The share of the questions that can't be answered that were declined."""
    return mean(outcome.declined for outcome in outcomes if not outcome.answerable)


def is_relevant(quote: str, gold_quotes: Iterable[str]) -> bool:
    """Whether a cited quote and one of the gold quotes (of the same document) hold 60 % of one another in a row.

    Either way round: a short citation inside a long gold quote is as good as a long one around it.
    """
    return any(holds(quote, gold) or holds(gold, quote) for gold in gold_quotes)


def squashed(text: str) -> str:
    """The text without white space, bars, and the characters that PDF readers give for a hyphen at a line's end."""
    return re.sub(r"[\s|\u00ad\u0002\ufffe]+", "", text)


def is_exact(quote: str, page_text: str) -> bool:
    """Whether the quote stands on the page character for character, both `squashed`."""
    return squashed(quote) in squashed(page_text)


def mean(values: Iterable[float]) -> float | None:
    """The arithmetic mean, None for no values."""
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else None


def percentile(values: Iterable[float], share: float) -> float | None:
    """The smallest value that at least `share` of the values don't exceed (nearest rank), None for no values."""
    ordered = sorted(values)
    return ordered[max(1, math.ceil(len(ordered) * share)) - 1] if ordered else None
