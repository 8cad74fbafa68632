"""How well a passage answers a question: by its words, its meaning, and the papers and times that the question names.
Pure: takes and returns values.

A passage's score is a weighted sum of a few plain facts about it (`Evidence`). The weights stand here, in one place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache
from itertools import pairwise
from threading import Lock
from typing import Self, TypeVar

import numpy as np
import snowballstemmer

from assistant.question import Question, terms_of, words_in
from assistant.scope import Period, Scope, closeness, is_of_kind, period_of, periods_in, times_in
from assistant.shape import Shape
from corpus.documents import Passage
from index.catalogue import Vectors
from index.hits import Hit
from index.library import Extract

KNOWN_WORDS = 65536

KNOWN_TEXTS = 10_000
"""So many texts' stems are remembered: some 20 MB at most, and more than the passages of five long packs."""

FEW_WORDS = 12
"""A passage of fewer words is seldom an answer: a heading, a cell with a name."""

SCOPE_WORDS = 0.3
"""What a word counts that names a paper or a time ("the 2022 letter"), beside one that says what is asked."""

RECALLED_WORDS = 0.6
"""What a word counts that only the questions before have, on which a follow-up leans."""

MEANT_WORDS = 0.7
"""What the papers' phrase for a word of the question counts, where the word itself is missing."""

YEAR = 366
"""Days: a longer stretch of time in a text says nothing of one moment in it."""

T = TypeVar("T")

Rarity = Callable[[Sequence[str]], Mapping[str, float]]
"""How much each stem tells, by how few passages hold it."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Facts that speak for something, each a number, and how they are summed up."""

    def score(self, weights: Self) -> float:
        """The sum of the facts, each times what it counts."""
        # `astuple` would copy each fact, which takes a tenth of an answer's time.
        return math.fsum(getattr(self, fact.name) * getattr(weights, fact.name) for fact in fields(self))


@dataclass(frozen=True, slots=True)
class Evidence(Weighed):
    """What speaks for a passage as an answer; as `WEIGHTS`, what each of these counts.

    `meaning` is the cosine of the passage's nearest vector, its own or an extract's; `words` its BM25 score as a share
    of the best passage's; `context` the share of the question's words that only its headings and title have;
    `nearest` the cosine of its nearest extract; `extract` the best sum of cosine and share of the question's words of
    one extract; `phrases` the share of the question's neighbouring words that are neighbours in it; `length` the
    logarithm of its words and `short` whether they are very few; `kind` whether its paper is of a kind that the
    question names; `named` the share of a row's words that the question says, where it asks for a figure; `dated` and
    `dates` how well its paper's date, and the dates in its text, fit the times named.
    """

    meaning: float
    words: float
    context: float
    nearest: float
    extract: float
    phrases: float
    length: float
    short: float
    kind: float
    named: float
    dated: float
    dates: float


WEIGHTS = Evidence(
    meaning=5.0,
    words=2.0,
    context=4.0,
    nearest=5.0,
    extract=5.0,
    phrases=3.0,
    length=0.4,
    short=-1.0,
    kind=0.8,
    named=3.0,
    dated=2.0,
    dates=0.5,
)
"""Fitted on our dev questions on real packs and on the questions on the sample papers, then rounded."""


class Stemmer:
    """Words to stems as the index by words makes them (Porter 1980). Threads may share it; it remembers the stems of
    the words it met, because a library has few words and many places where they stand."""

    def __init__(self) -> None:
        """Set up the stemmer."""
        self._stemmer = snowballstemmer.stemmer("porter")
        self._lock = Lock()
        self._stem = lru_cache(maxsize=KNOWN_WORDS)(self._stemmed)
        self.stems_in = lru_cache(maxsize=KNOWN_TEXTS)(self._stems_in)
        self.neighbours_in = lru_cache(maxsize=KNOWN_TEXTS)(self._neighbours_in)

    def _stemmed(self, word: str) -> str:
        # The library's stemmer keeps the word it works on in itself.
        with self._lock:
            return str(self._stemmer.stemWord(word))

    def in_order(self, words: Iterable[str]) -> tuple[str, ...]:
        """The stems of these words one by one; a word with a hyphen, slash or apostrophe gives those of its parts."""
        return tuple(self._stem(part.lower()) for word in words for part in re.split(r"[^\w]+", word) if part)

    def stems(self, words: Iterable[str]) -> frozenset[str]:
        """The stems of these words, each once."""
        return frozenset(self.in_order(words))

    def _stems_in(self, text: str) -> frozenset[str]:
        """The stems of a text's telling words."""
        return self.stems(terms_of(text))

    def among(self, texts: Iterable[str], wanted: frozenset[str]) -> list[frozenset[str]]:
        """Of each text, those of its telling words' stems that are wanted: of many texts, much faster than all stems
        of each."""
        none = frozenset[str]()
        initials = frozenset(stem[:1] for stem in wanted)

        def telling_of(word: str) -> frozenset[str]:
            # A stem begins as its word does, unless nothing is left of it ("s"); a stem costs more than all else here.
            parts = re.split(r"[^\w]+", word.lower())
            unlike = "" not in initials and initials.isdisjoint(part[:1] for part in parts)
            return none if unlike else self._stems_in(word) & wanted

        telling = _Telling(telling_of)
        return [none.union(*filter(None, map(telling.__getitem__, words_in(text)))) for text in texts]

    def _neighbours_in(self, text: str) -> frozenset[tuple[str, str]]:
        """The stems of the words of a text that stand side by side, in pairs."""
        return frozenset(pairwise(self.in_order(text.split())))


class _Telling(dict[str, frozenset[str]]):
    """The stems of each word, worked out where it first stands."""

    def __init__(self, stems: Callable[[str], frozenset[str]]) -> None:
        super().__init__()
        self._stems = stems

    def __missing__(self, word: str) -> frozenset[str]:
        self[word] = found = self._stems(word)
        return found


@dataclass(frozen=True, slots=True)
class Meant:
    """Stems of a question, and the phrases, as their stems, of which any one says the same."""

    stems: frozenset[str]
    phrases: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question looks for: how much each stem of its words tells, its unit vector, its neighbouring words,
    the papers and times it names, what kind of answer it asks for, and what its words are in the papers."""

    weights: Mapping[str, float]
    vector: Vectors
    phrases: frozenset[tuple[str, str]] = frozenset()
    scope: Scope = field(default_factory=Scope)
    shapes: frozenset[Shape] = frozenset()
    meant: tuple[Meant, ...] = ()

    @property
    def said(self) -> frozenset[str]:
        """The stems of the question's words, and of the papers' phrases for them."""
        return frozenset(self.weights).union(*(phrase for meant in self.meant for phrase in meant.phrases))

    def coverage(self, stems: frozenset[str]) -> float:
        """The share of what the question's words tell that these stems have, from 0 to 1; a word that only the papers'
        phrase for it stands in for counts `MEANT_WORDS`."""
        total = sum(self.weights.values())
        if not total:
            return 0.0
        met = self.weights.keys() & stems
        meant = frozenset[str]().union(*(m.stems for m in self.meant if any(phrase <= stems for phrase in m.phrases)))
        own = sum(self.weights[stem] for stem in met)
        return (own + MEANT_WORDS * sum(self.weights[stem] for stem in meant - met)) / total


def asked_for(question: Question, vector: Vectors, rarity: Rarity, stemmer: Stemmer) -> Asked:
    """What the question looks for; `vector` is its unit vector."""
    weights = dict(rarity(sorted(stemmer.stems(question.terms))))
    for words, share in ((question.scope.words, SCOPE_WORDS), (question.recalled, RECALLED_WORDS)):
        for stem in stemmer.stems(words) & weights.keys():
            weights[stem] *= share
    phrases = _phrases(question.standalone, stemmer, weights)
    meant = tuple(
        Meant(stemmer.stems(each.terms), tuple(filter(None, map(stemmer.stems_in, each.phrases))))
        for each in question.reworded
    )
    return Asked(weights, vector, phrases, question.scope, question.shapes, meant)


def _phrases(text: str, stemmer: Stemmer, telling: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The pairs of neighbouring words, as stems, of which one at least tells something."""
    said = frozenset(telling)
    return frozenset(pair for pair in pairwise(stemmer.in_order([text])) if not said.isdisjoint(pair))


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

    @cached_property
    def dated(self) -> tuple[Period, ...]:
        """The time of its paper."""
        return period_of(self.hit.paper.date)

    @cached_property
    def times(self) -> tuple[Period, ...]:
        """The times that its text and headings name."""
        return periods_in(self.hit.passage, self.hit.paper.date)

    @cached_property
    def times_above(self) -> tuple[Period, ...]:
        """The times that its headings, column headers and introduction name."""
        passage = self.hit.passage
        above = " \n".join([*passage.headings, *passage.headers, passage.introduction])
        return times_in(above, self.hit.paper.date)

    def is_out_of_time(self, run: Sequence[Stretch], scope: Scope) -> bool:
        """Whether a question names times, and neither its paper nor what stands above a run of its extracts nor these
        are of any of them."""
        if not scope.periods:
            return False
        near = self.hit.paper.date
        own = (time for stretch in run for time in times_in(stretch.text, near))
        return not any(closeness(times, scope) for times in (self.dated, self.times_above, own))


def of_period(things: Sequence[T], period: Period, candidate: Callable[[T], Candidate]) -> list[T]:
    """The things of a time, in their order: those whose paper is of it or, where none is, those whose text names it.
    `candidate` gives the candidate that a thing is of."""
    papers = [thing for thing in things if any(period.overlaps(day) for day in candidate(thing).dated)]
    return papers or [
        thing for thing in things if any(period.overlaps(time) and time.days <= YEAR for time in candidate(thing).times)
    ]


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
        stretch = Stretch(extract.start, extract.end, text, stemmer.stems_in(text), cosine)
        by_key[extract.passage].append(stretch)
    found = []
    for hit in hits:
        context = stemmer.stems_in(" ".join([hit.paper.title, *hit.passage.headings, *hit.passage.headers]))
        stretches = tuple(sorted(by_key[hit.key], key=lambda stretch: stretch.start))
        found.append(Candidate(hit, stretches, context))
    return tuple(found)


def named(passage: Passage, stretch: Stretch, asked: Asked) -> float:
    """The share of a row's words that the question says, where it asks for a figure: "Cared for children (No.)" is the
    row for "how many cared for children", and "Cared for children placed at home" isn't."""
    if not passage.headers or Shape.FIGURE not in asked.shapes:
        return 0.0
    words = {stem for stem in stretch.stems if stem.isalpha()}
    return len(words & asked.said) / len(words) if words else 0.0


def evidence_of(candidate: Candidate, asked: Asked, stemmer: Stemmer, *, meaning: float, words: float) -> Evidence:
    """What speaks for a passage. `meaning` is the cosine of its nearest vector as far as known (else 0), `words` its
    BM25 score as a share of the best one's."""
    hit, scope = candidate.hit, asked.scope
    own = asked.coverage(candidate.stems)
    nearest = max((s.cosine for s in candidate.stretches), default=0.0)
    spoken = hit.passage.text.split()
    neighbours = stemmer.neighbours_in(hit.passage.text) if asked.phrases else frozenset()
    return Evidence(
        meaning=max(meaning, nearest),
        words=words,
        context=asked.coverage(candidate.stems | candidate.context) - own,
        nearest=nearest,
        extract=max((asked.coverage(s.stems) + s.cosine for s in candidate.stretches), default=0.0),
        phrases=len(asked.phrases & neighbours) / len(asked.phrases) if asked.phrases else 0.0,
        length=math.log1p(len(spoken)),
        short=float(len(spoken) < FEW_WORDS),
        kind=float(is_of_kind(hit.paper, scope.kinds)),
        named=max((named(hit.passage, stretch, asked) for stretch in candidate.stretches), default=0.0),
        dated=closeness(candidate.dated, scope),
        dates=closeness(candidate.times, scope) if scope.periods else 0.0,
    )
