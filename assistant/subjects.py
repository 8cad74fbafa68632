"""What belongs to a subject, among findings, promises or figures: by their words and by their meaning. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.scoring import Stemmer, Weighed
from assistant.wording import Wording
from index.records import Vectors

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Belonging(Weighed):
    """What speaks for it that a thing belongs to a subject; as `WEIGHTS`, what each of these counts.

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
    stems = [stemmer.stems_in(thing.text) for thing in things]
    headings = [stemmer.stems_in(thing.heading) for thing in things]
    spread = Counter(stem for each in stems for stem in each)
    asked = _Asked(subject, wording, stemmer, lambda stem: _rarity(spread[stem], len(things)))
    scores = []
    for thing, own, above in zip(things, stems, headings, strict=True):
        cosines = thing.vectors @ vectors.T
        evidence = Belonging(
            meaning=float(cosines[0, 0]),
            nearest=float(cosines[:, 0].max()),
            parts=float(cosines[:, 1:].max(axis=0).mean()) if len(vectors) > 1 else 0.0,
            words=asked.share(own),
            heading=asked.share(above),
        )
        scores.append(evidence.score(WEIGHTS))
    least = max(least, NEAR * max(scores, default=0.0))
    return [place for place in sorted(range(len(things)), key=lambda i: (-scores[i], i)) if scores[place] >= least]


class _Asked:
    """A subject's phrases, each with the stems of all the ways to say it, and how much each stem tells."""

    def __init__(self, subject: str, wording: Wording, stemmer: Stemmer, rarity: Callable[[str], float]) -> None:
        expansions = wording.expansions(subject)
        rest = list(subject)
        for each in expansions:
            rest[each.start : each.end] = " " * (each.end - each.start)
        phrases = [(each.phrase, *each.words) for each in expansions]
        self._concepts = [[stemmer.stems_in(way) for way in ways] for ways in phrases]
        self._concepts += [[frozenset([stem])] for stem in sorted(stemmer.stems_in("".join(rest)))]
        self._concepts = [ways for ways in self._concepts if ways[0]]
        self._telling = {stem: rarity(stem) for ways in self._concepts for way in ways for stem in way}

    def share(self, stems: frozenset[str]) -> float:
        """The share of what the subject's phrases tell that these stems say, in one way or another: from 0 to 1."""
        total = math.fsum(self._worth(ways[0]) for ways in self._concepts)
        said = math.fsum(self._worth(own) * self._best(own, others, stems) for own, *others in self._concepts)
        return said / total if total else 0.0

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
