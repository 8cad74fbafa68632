"""Texts that are the same, nearly the same, or a part of one another, among many: by the runs of words that they share
(shingles; Broder 1997, "On the resemblance and containment of documents")."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

RUN = 3
"""Words in a row by which texts are compared."""

ANCHOR = 8
"""Letters of the word with which a run begins by which a text is looked up: one run in four or so."""

FEWEST = 4
"""A text with fewer such runs is looked up by all: a word changed must not lose it."""

COMMON = 20
"""A run in more texts is a turn of phrase, and tells none from the others."""

_WORD = re.compile(r"[^\W_]+")

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What a text is compared by: its letters and digits in small letters, its runs, and those it is looked up by."""

    letters: str
    runs: frozenset[Run]
    anchors: tuple[Run, ...]

    def shared(self, other: Words) -> float:
        """The share of the runs of the shorter text that the longer has, 0 to 1; of two without runs, whether they are
        the same letter for letter."""
        fewer = min(len(self.runs), len(other.runs))
        return len(self.runs & other.runs) / fewer if fewer else float(self.letters == other.letters)


def words_of(text: str) -> Words:
    """A text as it is compared: without capitals, signs and white space."""
    words = _WORD.findall(text.lower())
    runs = tuple(dict.fromkeys(zip(*(words[i:] for i in range(RUN)), strict=False)))
    anchors = tuple(run for run in runs if len(run[0]) >= ANCHOR)
    return Words("".join(words), frozenset(runs), anchors if len(anchors) >= FEWEST else runs)


class Lookup:
    """Finds the texts that share most with another, by their places."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._letters: dict[str, list[int]] = defaultdict(list)
        self._runs: dict[Run, list[int]] = defaultdict(list)

    def add(self, words: Words, place: int) -> None:
        """Let a text be found at a place, which may have several."""
        self._letters[words.letters].append(place)
        for run in words.anchors:
            places = self._runs[run]
            if len(places) <= COMMON and (not places or places[-1] != place):
                places.append(place)

    def near(self, words: Words, most: int) -> Sequence[int]:
        """The places of texts that may be alike: the same letter for letter first, then those that share most."""
        same = self._letters.get(words.letters, [])
        rare = (places for run in words.anchors if len(places := self._runs.get(run, [])) <= COMMON)
        others = (place for place, _ in Counter(chain.from_iterable(rare)).most_common(most))
        return tuple(dict.fromkeys([*same, *others]))
