"""Slips of the keyboard in a question, met with the words of the papers: "scruitny" is "scrutiny". Pure.

A word is a slip only if no paper has it, nothing else knows it, and a word that the papers use often is one slip away:
a letter too many, too few or wrong, or two letters swapped (the optimal string alignment distance; Damerau 1964 found
four misspellings in five to be one of these). Names and numbers are left alone: mended
wrongly, they find somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.stopwords import STOP_WORDS

SHORTEST = 5
"""Letters of the shortest word that is mended: shorter ones have too many neighbours."""

LONG = 8
"""Letters of a word in which two slips are met, and not one only. The two must leave its consonants as they are,
doubled or not: "comissoner" is "commissioner", but "pertinent" isn't "permanent". In a trial on 34,000 English words
and 119 usual misspellings this halved the words that were wrongly mended, and lost none of those that were rightly."""

OFTEN = 3
"""In so many passages a word stands that others are taken for: papers have misprints of their own, once or twice."""

_NEAR = 8
"""So many characters before a word are looked at to tell whether a sentence begins with it."""

_WORD = re.compile(r"(?<![\w@.&'’])[^\W\d_]+(?![\w@&]|[.'’](?!s\b)\w)")
"""A word of letters alone; what belongs to an address, a contraction or a reference with digits is none."""

_VOWELS = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"(.)\1+")
_ENDS_SENTENCE = ".?!:\n"
_OPENS = " \t\"'“‘(["

# fmt: off
_CONTRACTIONS = frozenset({
    "arent", "couldnt", "didnt", "doesnt", "hadnt", "hasnt", "havent", "isnt", "shes", "shouldnt", "thats", "theres",
    "theyll", "theyre", "theyve", "wasnt", "werent", "whats", "wheres", "whos", "wouldnt", "youre", "youve",
})
# fmt: on
_BEFORE = ("dis", "mis", "non", "out", "over", "re", "un", "under")
_AFTER = (
    *((after, ("y",)) for after in ("ied", "ies", "ier", "iness")),
    *((after, ("", "e")) for after in ("able", "ed", "er", "ers", "es", "ing", "ings", "or", "ors")),
    *((after, ("",)) for after in ("ly", "men", "ness", "s", "y")),
)
"""Endings, and what may have stood in their place: "ready" for "readiness", "move" for "moving"."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a question, as it is written there, and the papers' word that is meant, in small letters.

    `start` and `end` are offsets of the question.
    """

    written: str
    meant: str
    start: int
    end: int


class Vocabulary:
    """The words of a library's papers, set up to find the ones that look like another. Make one for a library and keep
    it: threads may share it."""

    def __init__(self, spellings: Mapping[str, int]) -> None:
        """Take the words, in small letters, and in how many passages each stands."""
        self._spellings = dict(spellings)
        self._often: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self._spellings):
            if self._spellings[word] >= OFTEN:
                self._often.setdefault((word[0], len(word)), []).append(word)

    def __contains__(self, word: str) -> bool:
        """Whether the papers have a word, in small letters."""
        return word in self._spellings

    def nearest(self, word: str) -> str | None:
        """The word that the papers use often and that is nearest to another, in small letters; None where none is near
        enough. The first letters must be the same, or the first two swapped; of several, the one of the fewest slips
        is taken, then the most frequent, then the first in the alphabet."""
        most = 2 if len(word) >= LONG else 1
        lengths = range(len(word) - most, len(word) + most + 1)
        alike = [w for length in lengths for w in self._often.get((word[0], length), ())]
        alike += [w for length in lengths for w in self._often.get((word[1], length), ()) if w[1:2] == word[0]]
        near = [
            (slips, -self._spellings[other], other)
            for other, slips, _ in process.extract(word, alike, scorer=OSA.distance, score_cutoff=most, limit=None)
            if slips < 2 or _consonants(other) == _consonants(word)
        ]
        return min(near)[2] if near else None


def corrected(text: str, vocabulary: Vocabulary, known: Callable[[str], bool]) -> tuple[Correction, ...]:
    """The slips in a text, in the order in which they stand there.

    `known` says whether a word, in small letters, is spelled rightly though the papers don't have it: that of a list of
    lay words, or everyday English. Without the latter, "charge" is taken for "change" where no paper has it.
    """
    shouted = text.isupper()
    meant: dict[str, str | None] = {}
    found = []
    for match in _WORD.finditer(text):
        written, start, end = match.group(), match.start(), match.end()
        if len(written) < SHORTEST or not (written.islower() or shouted or _only_begins(text, start, written)):
            continue
        word = written.lower()
        if word not in meant:
            meant[word] = _meant(word, vocabulary, known)
        if (correct := meant[word]) is not None:
            found.append(Correction(written, correct, start, end))
    return tuple(found)


def mended(text: str, vocabulary: Vocabulary, known: Callable[[str], bool]) -> str:
    """The text with its slips put right (see `corrected`), in capitals where they are."""
    parts, end = [], 0
    for slip in corrected(text, vocabulary, known):
        parts += [text[end : slip.start], _written_like(slip.meant, slip.written)]
        end = slip.end
    return "".join([*parts, text[end:]])


def _written_like(word: str, other: str) -> str:
    """A word with the capitals of another."""
    if other.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if other[0].isupper() else word


def _only_begins(text: str, start: int, word: str) -> bool:
    """Whether a word has its capital because a sentence begins with it, and so needn't be a name."""
    before = text[max(start - _NEAR, 0) : start].rstrip(_OPENS)
    return word[1:].islower() and before[-1:] in _ENDS_SENTENCE


def _meant(word: str, vocabulary: Vocabulary, known: Callable[[str], bool]) -> str | None:
    if word in STOP_WORDS or word in _CONTRACTIONS or word in vocabulary:
        return None
    nearest = vocabulary.nearest(word)
    return None if nearest is None or any(form in vocabulary or known(form) for form in _forms(word)) else nearest


def _consonants(word: str) -> str:
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def _forms(word: str) -> set[str]:
    """The word, and what it may be made of: "steward" of "stewards", "train" and "retrain" of "retraining"."""
    wholes = {word, *(word.removeprefix(before) for before in _BEFORE if len(word) - len(before) > SHORTEST)}
    forms = set(wholes)
    for whole in wholes:
        for after, instead in _AFTER:
            stem = whole.removesuffix(after)
            if stem != whole and len(stem) >= 3:
                forms |= {stem + ending for ending in instead}
                if stem[-1] == stem[-2]:
                    forms.add(stem[:-1])
    return forms
