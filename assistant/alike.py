"""Texts that are the same, nearly the same, or a part of one another, among many: by the runs of words that they share
(shingles; Broder 1997, "On the resemblance and containment of documents")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

RUN = 3
"""Words in a row by which texts are compared."""

ANCHOR = 8
"""Letters of the word with which a run begins by which a text is looked up: one run in four or so."""

FEWEST = 4
"""A text with fewer such runs is looked up by all: a word changed must not lose it."""

COMMON = 20
"""A run in more texts is a turn of phrase, and tells none from the others."""

LIKELY = 0.25
"""The least share of the runs by which the shorter of two texts is looked up that texts have in common that may be
alike: they share twice as many of all runs."""

_WORD = re.compile(r"[^\W_]+")

Run = tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """What a text is compared by: its words in small letters, and the runs of them that it is looked up by."""

    words: tuple[str, ...]
    anchors: tuple[Run, ...]

    @cached_property
    def letters(self) -> str:
        """Its letters and digits."""
        return "".join(self.words)

    @cached_property
    def runs(self) -> frozenset[Run]:
        """All its runs; of most texts in a large library nobody asks for them."""
        return frozenset(_runs(self.words))

    def shared(self, other: Words) -> float:
        """The share of the runs of the shorter text that the longer has, 0 to 1; of two without runs, whether they are
        the same letter for letter."""
        fewer = min(len(self.runs), len(other.runs))
        return len(self.runs & other.runs) / fewer if fewer else float(self.letters == other.letters)


def words_of(text: str) -> Words:
    """A text as it is compared: without capitals, signs and white space."""
    words = tuple(_WORD.findall(text.lower()))
    opening = [place for place, word in enumerate(words[: 1 - RUN]) if len(word) >= ANCHOR]
    anchors = tuple(dict.fromkeys(words[place : place + RUN] for place in opening))
    return Words(words, anchors if len(anchors) >= FEWEST else tuple(dict.fromkeys(_runs(words))))


def _runs(words: Sequence[str]) -> Iterator[Run]:
    return zip(*(words[i:] for i in range(RUN)), strict=False)


class Lookup:
    """Finds the texts that share most with another, by their places."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._letters: dict[str, list[int]] = defaultdict(list)
        self._runs: dict[Run, list[int]] = defaultdict(list)
        self._anchors: dict[int, int] = {}

    def add(self, words: Words, place: int) -> None:
        """Let a text be found at a place, which may have several."""
        self._letters[words.letters].append(place)
        self._anchors[place] = min(len(words.anchors), self._anchors.get(place, len(words.anchors)))
        for run in words.anchors:
            places = self._runs[run]
            if len(places) <= COMMON and place not in places:
                places.append(place)

    def near(self, words: Words, most: int) -> Sequence[int]:
        """The places of texts that may be alike: the same letter for letter or, where there is none, those that share
        most."""
        same = self._letters.get(words.letters)
        if same:
            return tuple(dict.fromkeys(same))
        shared: dict[int, int] = {}
        for run in words.anchors:
            places = self._runs.get(run, ())
            if len(places) <= COMMON:
                for place in places:
                    shared[place] = shared.get(place, 0) + 1
        few = len(words.anchors)
        likely = [p for p, number in shared.items() if number >= LIKELY * min(few, self._anchors[p])]
        return sorted(likely, key=shared.__getitem__, reverse=True)[:most]
