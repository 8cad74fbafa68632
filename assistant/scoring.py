"""How well a stretch of text answers a question: by its words and by its meaning. Pure: takes and returns values.

All weights stand here, with what they were measured on: our dev questions on real packs and the questions on the sample
papers, both of which every choice had to serve.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock

import numpy as np
import snowballstemmer

from assistant.question import Question, terms_of
from index.catalogue import Vectors
from index.hits import Hit
from index.library import Extract

FUSED_WEIGHT = 6.0
"""What a hit's fused score (at most 2 / 21) counts when hits are ranked again: at most about 0.6."""

CONTEXT_WEIGHT = 0.5
"""What a word of the question counts that a passage has only in its headings or its paper's title."""

NEAREST_WEIGHT = 2.0
"""What the cosine of a passage's nearest extract counts beside its coverage of the question's words, which counts 1."""

ONE_EXTRACT_WEIGHT = 0.5
"""What it counts that one extract alone has the question's words."""

KNOWN_WORDS = 65536

Rarity = Callable[[Sequence[str]], Mapping[str, float]]
"""How much each stem tells, by how few passages hold it."""


class Stemmer:
    """Words to stems as the index by words makes them (Porter 1980). Threads may share it; it remembers the stems of
    the words it met, because a library has few words and many places where they stand."""

    def __init__(self) -> None:
        """Set up the stemmer."""
        self._stemmer = snowballstemmer.stemmer("porter")
        self._lock = Lock()
        self._stem = lru_cache(maxsize=KNOWN_WORDS)(self._stemmed)

    def _stemmed(self, word: str) -> str:
        # The library's stemmer keeps the word it works on in itself.
        with self._lock:
            return str(self._stemmer.stemWord(word))

    def stems(self, words: Iterable[str]) -> frozenset[str]:
        """The stems of these words; a word with a hyphen, slash or apostrophe gives those of its parts."""
        return frozenset(self._stem(part.lower()) for word in words for part in re.split(r"[^\w]+", word) if part)

    def stems_in(self, text: str) -> frozenset[str]:
        """The stems of a text's telling words."""
        return self.stems(terms_of(text))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question looks for: how much each stem of its words tells, and its unit vector."""

    weights: Mapping[str, float]
    vector: Vectors

    def coverage(self, stems: frozenset[str]) -> float:
        """The share of what the question's words tell that these stems have, from 0 to 1."""
        total = sum(self.weights.values())
        return sum(weight for stem, weight in self.weights.items() if stem in stems) / total if total else 0.0


def asked_for(question: Question, vector: Vectors, rarity: Rarity, stemmer: Stemmer) -> Asked:
    """What the question looks for; `vector` is its unit vector."""
    return Asked(dict(rarity(sorted(stemmer.stems(question.terms)))), vector)


@dataclass(frozen=True, slots=True)
class Stretch:
    """An extract of a hit with what tells how well it answers: its stems, and its cosine with the question."""

    start: int
    end: int
    text: str
    stems: frozenset[str]
    cosine: float


@dataclass(frozen=True)
class Candidate:
    """A hit with its extracts in reading order, and the stems of its headings and title."""

    hit: Hit
    stretches: tuple[Stretch, ...]
    context: frozenset[str]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all its extracts."""
        return frozenset[str]().union(*(stretch.stems for stretch in self.stretches))


def candidates(
    hits: Sequence[Hit], extracts: Sequence[Extract], asked: Asked, stemmer: Stemmer
) -> tuple[Candidate, ...]:
    """The hits with their extracts, in the order of the hits."""
    by_key: dict[int, list[Stretch]] = {hit.key: [] for hit in hits}
    passages = {hit.key: hit.passage for hit in hits}
    for extract in extracts:
        passage = passages[extract.passage]
        text = passage.text[extract.start - passage.start : extract.end - passage.start]
        cosine = float(np.dot(extract.vector, asked.vector))
        by_key[extract.passage].append(Stretch(extract.start, extract.end, text, stemmer.stems_in(text), cosine))
    found = []
    for hit in hits:
        context = stemmer.stems_in(" ".join([hit.paper.title, *hit.passage.headings, *hit.passage.headers]))
        stretches = tuple(sorted(by_key[hit.key], key=lambda stretch: stretch.start))
        found.append(Candidate(hit, stretches, context))
    return tuple(found)


def rank_again(found: Sequence[Candidate], asked: Asked) -> list[tuple[Candidate, float]]:
    """The candidates by how well they answer, best first, each with its score; ties in their old order."""
    scored = [(candidate, passage_score(candidate, asked)) for candidate in found]
    return sorted(scored, key=lambda pair: -pair[1])


def passage_score(candidate: Candidate, asked: Asked) -> float:
    """How well a whole passage answers: its fused rank, the question's words in it and near it, its nearest extract."""
    own = asked.coverage(candidate.stems)
    near = asked.coverage(candidate.stems | candidate.context) - own
    nearest = max((s.cosine for s in candidate.stretches), default=0.0)
    one = max((asked.coverage(s.stems) for s in candidate.stretches), default=0.0)
    return (
        FUSED_WEIGHT * candidate.hit.score
        + own
        + CONTEXT_WEIGHT * near
        + NEAREST_WEIGHT * nearest
        + ONE_EXTRACT_WEIGHT * one
    )
