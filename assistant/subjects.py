"""What belongs to a subject, among findings, promises or figures: by their words and by their meaning. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assistant.scoring import Stemmer
from assistant.wording import Wording
from index.records import Vectors


@dataclass(frozen=True, slots=True)
class Belonging:
    """What each thing counts that speaks for it that something belongs to a subject.

    `meaning` is the cosine of the whole, `nearest` that of its nearest sentence; `parts` the mean, over the parts of
    the subject ("oversight, supervision and challenge"), of the nearest sentence's; `words` the share of the subject's
    words in it, `heading` that in its heading or theme.
    """

    meaning: float
    nearest: float
    parts: float
    words: float
    heading: float


WEIGHTS = Belonging(meaning=0.3, nearest=0.3, parts=0.5, words=0.5, heading=0.2)
"""Tried on the judged subjects of our dev questions, then rounded: words and meaning together do better than either,
and near these values little changes."""

LEAST = 0.45
"""The least sum of what speaks for it."""


SURE = 0.8
"""The least sum where what doesn't belong must not be taken for what does: where it would be the answer."""

NEAR = 0.4
"""The least share of the best thing's sum."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A text that may belong to a subject, its heading, and its vectors: of the whole, then of its sentences."""

    text: str
    heading: str
    vectors: Vectors


_BETWEEN_PARTS = re.compile(r"[:,;()]|\band\b")

OTHER_WORDS = 0.5
"""What other words for a phrase of the subject count beside its own."""


def parts_of(subject: str) -> list[str]:
    """A subject, then its parts: "oversight, supervision and challenge" has three."""
    return [subject, *(part.strip() for part in _BETWEEN_PARTS.split(subject) if part.strip())]


def belonging(
    subject: str, vectors: Vectors, things: Sequence[Thing], wording: Wording, stemmer: Stemmer, least: float = LEAST
) -> list[int]:
    """The places, among `things`, of those that belong to a subject, best first; `vectors` are those of
    `parts_of(subject)`, `wording` what is known of other words for its phrases, `least` the least sum of what speaks
    for a thing."""
    if not things:
        return []
    ways = _ways(subject, wording, stemmer)
    wanted = frozenset(stem for way in ways for said in way for stem in said)
    own = stemmer.among((thing.text for thing in things), wanted)
    above = stemmer.among((thing.heading for thing in things), wanted)
    spread = Counter(stem for each in own for stem in each)
    asked = _Asked(ways, {stem: _rarity(spread[stem], len(things)) for stem in wanted})
    scores = _by_meaning(vectors, [thing.vectors for thing in things])
    scores += WEIGHTS.words * np.array([asked.share(stems) for stems in own])
    scores += WEIGHTS.heading * np.array([asked.share(stems) for stems in above])
    least = max(least, NEAR * float(scores.max()))
    return [int(place) for place in np.argsort(-scores, kind="stable") if scores[place] >= least]


def _by_meaning(asked: Vectors, things: Sequence[Vectors]) -> NDArray[np.float64]:
    """What each thing's vectors speak for it, by one product of matrices for all of them."""
    firsts = np.cumsum([0, *(len(vectors) for vectors in things[:-1])])
    cosines = (np.concatenate(things) @ asked.T).astype(np.float64)
    nearest = np.maximum.reduceat(cosines, firsts, axis=0)
    parts = nearest[:, 1:].mean(axis=1) if len(asked) > 1 else np.zeros(len(things))
    sums: NDArray[np.float64] = (
        WEIGHTS.meaning * cosines[firsts, 0] + WEIGHTS.nearest * nearest[:, 0] + WEIGHTS.parts * parts
    )
    return sums


Ways = tuple[frozenset[str], ...]
"""A phrase of a subject as stems, then other ways to say it."""


def _ways(subject: str, wording: Wording, stemmer: Stemmer) -> list[Ways]:
    """The phrases of a subject, each with all the ways to say it."""
    expansions = wording.expansions(subject)
    rest = list(subject)
    for each in expansions:
        rest[each.start : each.end] = " " * (each.end - each.start)
    ways = [tuple(stemmer.stems_in(way) for way in (each.phrase, *each.words)) for each in expansions]
    ways += [(frozenset([stem]),) for stem in sorted(stemmer.stems_in("".join(rest)))]
    return [each for each in ways if each[0]]


class _Asked:
    """A subject's phrases, with how much each stem tells."""

    def __init__(self, ways: Sequence[Ways], telling: Mapping[str, float]) -> None:
        self._ways = ways
        self._telling = telling
        self._total = math.fsum(self._worth(own) for own, *_ in ways)
        self.share = cache(self._share)  # of many things few differ in what they say of a subject

    def _share(self, stems: frozenset[str]) -> float:
        """The share of what the subject's phrases tell that these stems say, in one way or another: from 0 to 1."""
        said = math.fsum(self._worth(own) * self._best(own, others, stems) for own, *others in self._ways)
        return said / self._total if self._total else 0.0

    def _best(self, own: frozenset[str], others: Sequence[frozenset[str]], stems: frozenset[str]) -> float:
        return max([self._said(own, stems), *(OTHER_WORDS * self._said(other, stems) for other in others)])

    def _worth(self, way: frozenset[str]) -> float:
        return math.fsum(self._telling[stem] for stem in way)

    def _said(self, way: frozenset[str], stems: frozenset[str]) -> float:
        worth = self._worth(way)
        return self._worth(way & stems) / worth if worth else 0.0


def _rarity(holding: int, all_: int) -> float:
    """How much a stem tells, by how few of all hold it: BM25's inverse document frequency."""
    return math.log1p((all_ - holding + 0.5) / (holding + 0.5))
