"""What chance alone would do to a score: intervals, and tests of two systems on the same questions.

The only file that knows SciPy. Whatever is drawn at random comes from a fixed seed, so that the same judgements give
the same numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
"""The share of resamples that an interval holds."""

RESAMPLES = 9999
"""Resamples of an interval or a test: p is known to a hundredth of a hundredth, in well under a second."""

SEED = 1979
"""Any would do; it only has to stay."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a mean may lie: its 95 % interval."""

    low: float
    high: float


def interval(values: Sequence[float]) -> Interval | None:
    """The 95 % interval of the values' mean, by bootstrap: the middle of the means of samples drawn from them with
    replacement (Efron 1979, percentile method). None for fewer than two values, which tell nothing of their spread."""
    if len(values) < 2:
        return None
    from scipy import stats  # here and below: it takes a second to load, and `speed` needs none of it

    found = stats.bootstrap(
        (np.asarray(values, dtype=float),),
        np.mean,
        n_resamples=RESAMPLES,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return Interval(float(found.low), float(found.high))


def mcnemar(one: Sequence[bool], other: Sequence[bool]) -> float:
    """The two-sided p of McNemar's exact test (1947): how likely are two systems that are equally often right to
    differ as much as these on the questions that only one of them got right. 1 where there is no such question.

    Both sequences tell of the same questions in the same order; raises ValueError where their lengths differ.
    """
    won = sum(a and not b for a, b in zip(one, other, strict=True))
    lost = sum(b and not a for a, b in zip(one, other, strict=True))
    if won + lost == 0:
        return 1.0
    from scipy import stats

    return float(stats.binomtest(won, won + lost).pvalue)


def permutation(one: Sequence[float], other: Sequence[float]) -> float:
    """The two-sided p of a paired permutation test on the mean difference (Fisher 1935): how often it would be as
    great if each pair of values were handed to the two systems by a coin. All ways are counted where they are few
    enough, else so many drawn at random. 1 for no pairs that differ.

    Both sequences tell of the same questions in the same order; raises ValueError where their lengths differ.
    """
    if len(one) != len(other):
        raise ValueError(f"{len(one)} values can't be paired with {len(other)}")
    # Where the two agree, a coin changes nothing; and one pair differs as much whichever way it falls.
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(differing) < 2:
        return 1.0
    from scipy import stats

    def difference(a: NDArray[np.float64], b: NDArray[np.float64], axis: int = -1) -> NDArray[np.float64]:
        return np.asarray(np.sum(a - b, axis=axis))

    found = stats.permutation_test(
        tuple(np.asarray(side, dtype=float) for side in zip(*differing, strict=True)),
        difference,
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(SEED),
    )
    return float(found.pvalue)
