"""The papers' words for the words of a question: "kids in care" is "cared for children" there, and "MASH" is
"multi-agency safeguarding hub". Pure, but for the one function that reads the list.

The words of local government and children's services stand in `lay_words.toml`, which says at its head how to edit it;
what a library's own papers say that short forms stand for is added with `Wording.with_acronyms`. This only says what
could be looked for as well; what that is worth is for the ranking to say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

from assistant.question import Question, Reworded, terms_of
from assistant.stopwords import STOP_WORDS
from corpus.acronyms import singular
from corpus.errors import CouncilPapersError

LAY_WORDS = Path(__file__).with_name("lay_words.toml")

MOST_SHORT_FORMS = 2
"""A question of more words than this that is all in capitals is shouted: its capitals don't tell IT from it."""

_LISTS = ("same", "words", "short_forms", "everyday")
_WORD = re.compile(r"[^\W_]+(?:[&'’][^\W_]+)*")
_GAP = re.compile(r"['’]?,?\s+|\s?[-‐‑–/]\s?")
"""What may stand between two words of one phrase: "out of hours", "out-of-hours", "health and care"."""

_BETWEEN = frozenset(["are", "is", "was", "were", "who", "that", "been"])
"""Words that a phrase may have between its own: "children in care" in "how many children are in care"."""

MOST_BETWEEN = 2
"""No phrase has more of these words between its own."""

Key = tuple[str, ...]
"""The words of a phrase as they are compared: lower case, without apostrophes, in the singular."""


class UnreadableWording(CouncilPapersError):
    """The list of lay words can't be read, or a line of it isn't what it should be; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A phrase of a question, as it is written there, and the papers' words for it, the likeliest first.

    `start` and `end` are offsets of the question.
    """

    phrase: str
    words: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Wording:
    """What is known about words: `phrases` in any case, `capitals` only as they are written, because in small letters
    they are everyday words (`everyday`, in small letters)."""

    phrases: Mapping[Key, tuple[str, ...]]
    capitals: Mapping[str, tuple[str, ...]]
    everyday: frozenset[str]

    def expansions(self, text: str) -> tuple[Expansion, ...]:
        """The known phrases in a text, in the order in which they stand there; none overlaps another, and of two that
        would, the one of more words is taken, then the first."""
        found = list(_WORD.finditer(text))
        known = sorted(self._known(text, found), key=lambda stretch: (stretch[0] - stretch[1], stretch[0]))
        taken: set[int] = set()
        chosen = []
        for first, last, words in known:
            places = range(first, last + 1)
            if taken.isdisjoint(places):
                taken.update(places)
                start, end = found[first].start(), found[last].end()
                chosen.append(Expansion(text[start:end], words, start, end))
        return tuple(sorted(chosen, key=lambda expansion: expansion.start))

    def _known(self, text: str, found: Sequence[re.Match[str]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Every known phrase, whether they overlap or not: its first and its last word, and the words for it."""
        keys = [_compared(match.group()) for match in found]
        joined = [_GAP.fullmatch(text, a.end(), b.start()) is not None for a, b in pairwise(found)]
        shouted = len(found) > MOST_SHORT_FORMS and text.isupper()
        for first, match in enumerate(found):
            in_capitals = () if shouted else self.capitals.get(_singular_of_capitals(match.group()), ())
            if words := _once([*in_capitals, *self.phrases.get((keys[first],), ())]):
                yield first, first, words
            last = first + 1
            while last < min(first + self._longest + MOST_BETWEEN, len(found)) and joined[last - 1]:
                inside = [key for key in keys[first + 1 : last] if key not in _BETWEEN]
                told = (tuple(keys[first : last + 1]), (keys[first], *inside, keys[last]))
                if words := self.phrases.get(told[0], ()) or self.phrases.get(told[1], ()):
                    yield first, last, words
                last += 1

    def with_acronyms(self, definitions: Iterable[tuple[str, str]]) -> Wording:
        """This, and what papers say that short forms stand for: pairs of a short form and its long one, both as
        printed. They go both ways, and come before what was known already: it is these papers' usage."""
        gathered = _Gathered(self.everyday)
        gathered.add_short_forms(definitions)
        for key, words in self.phrases.items():
            gathered.phrases.setdefault(key, []).extend(words)
        for short, words in self.capitals.items():
            gathered.capitals.setdefault(short, []).extend(words)
        return gathered.wording()

    def knows(self, word: str) -> bool:
        """Whether a word, in any case, singular or plural, stands anywhere in what is known."""
        return _compared(word) in self._words

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.phrases), default=1)

    @cached_property
    def _words(self) -> frozenset[str]:
        both = [*self.phrases.values(), *self.capitals.values()]
        meant = (word for words in both for phrase in words for word in _key_of(phrase))
        return frozenset([*(word for key in self.phrases for word in key), *meant])


def in_the_papers_words(question: Question, wording: Wording, in_papers: Callable[[str], bool]) -> Question:
    """The question with what papers may say in place of its words. `in_papers` tells whether the papers searched have a
    word, in small letters."""
    found = ((terms_of(each.phrase), each.words) for each in wording.expansions(question.standalone))
    reworded = (Reworded(terms, words, not all(map(in_papers, terms))) for terms, words in found if terms)
    return replace(question, reworded=tuple(reworded))


def read_wording(path: Path = LAY_WORDS) -> Wording:
    """The list of lay words in a file.

    Raises UnreadableWording where it isn't what the head of `lay_words.toml` says it must be.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableWording(f"{path} can't be read ({error.strerror}): restore it") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableWording(f"{path} isn't in the form that its head describes ({error}): mend it") from error
    try:
        return _wording(tables)
    except ValueError as error:
        raise UnreadableWording(f"{path}: {error}") from error


class _Gathered:
    """A wording while it is collected."""

    def __init__(self, everyday: frozenset[str]) -> None:
        self.everyday = everyday
        self.phrases: dict[Key, list[str]] = {}
        self.capitals: dict[str, list[str]] = {}

    def add(self, phrase: str, words: Iterable[str]) -> None:
        """The words for a phrase, without the phrase itself."""
        key = _key_of(phrase)
        others = [word for word in words if _key_of(word) not in ((), key)]
        if key and others:
            self.phrases.setdefault(key, []).extend(others)

    def add_short_forms(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Short forms and what they stand for, both ways."""
        for short, long in pairs:
            one = _singular_of_capitals(short)
            if one.lower() not in self.everyday:
                self.add(one, [long])
            elif _key_of(long):
                self.capitals.setdefault(one, []).append(long)
            self.add(long, [one])

    def wording(self) -> Wording:
        phrases = {key: _once(words) for key, words in self.phrases.items()}
        capitals = {short: _once(words) for short, words in self.capitals.items()}
        return Wording(phrases, capitals, self.everyday)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """Each word once, of those that count as the same the first."""
    firsts: dict[Key, str] = {}
    for word in words:
        firsts.setdefault(_key_of(word), word)
    return tuple(firsts.values())


def _wording(tables: Mapping[str, object]) -> Wording:
    """The wording of the four lists; raises ValueError with what is wrong and what to do."""
    if unknown := sorted(set(tables) - set(_LISTS)):
        raise ValueError(f'the list "{unknown[0]}" means nothing here: the lists are {", ".join(_LISTS)}')
    gathered = _Gathered(frozenset(word.lower() for word in _strings(tables, "everyday")) | STOP_WORDS)
    for lay, meant in _lines(tables, "words"):
        for phrase in lay:
            gathered.add(phrase, meant)
    same = [_phrases("same", line) for line in _strings(tables, "same")]
    _refuse_repeats("same", same)
    for names in same:
        for name in names:
            gathered.add(name, names)
    gathered.add_short_forms(
        (s, long) for short, longs in _lines(tables, "short_forms") for s in short for long in longs
    )
    return gathered.wording()


def _strings(tables: Mapping[str, object], name: str) -> list[str]:
    lines = tables.get(name, [])
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise ValueError(f"{name} must be lines in quotation marks between [ and ]: write it so")
    return lines


def _lines(tables: Mapping[str, object], name: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise ValueError(f'{name} must be lines of the form "left" = "right" below [{name}]: write it so')
    lines = []
    for left, right in table.items():
        if not isinstance(right, str):
            raise ValueError(f'"{left}" in {name} has {right!r} on its right: write words in quotation marks there')
        lines.append((_phrases(name, left), _phrases(name, right)))
    _refuse_repeats(name, [left for left, _ in lines])
    return lines


def _phrases(name: str, line: str) -> tuple[str, ...]:
    phrases = tuple(" ".join(phrase.split()) for phrase in line.split(";"))
    if not all(_key_of(phrase) for phrase in phrases):
        raise ValueError(f'"{line}" in {name} has an empty place: write a word there, or take out the semicolon')
    return phrases


def _refuse_repeats(name: str, lines: Iterable[Iterable[str]]) -> None:
    seen: dict[Key, str] = {}
    for phrase in (phrase for line in lines for phrase in line):
        key = _key_of(phrase)
        if key in seen:
            raise ValueError(f'"{seen[key]}" and "{phrase}" in {name} count as the same: leave one of them out')
        seen[key] = phrase


def _key_of(phrase: str) -> Key:
    return tuple(_compared(match.group()) for match in _WORD.finditer(phrase))


@lru_cache(maxsize=8192)
def _compared(word: str) -> str:
    """A word as it is compared: lower case, without apostrophe or possessive s, in the singular."""
    plain = _singular_of_capitals(word).casefold().replace("’", "'").removesuffix("'s").replace("'", "")
    if plain in ("children", "childrens"):
        return "child"
    if len(plain) < 4 or plain.endswith("ss"):
        return plain
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    if plain.endswith(("sses", "shes", "ches", "xes", "zes")):
        return plain[:-2]
    return plain.removesuffix("s")


def _singular_of_capitals(word: str) -> str:
    """A short form without the s of its plural or possessive: "DCS" of "DCSs" and of "DCS's"."""
    one = singular(word)
    return one if len(one) > 1 and one.isupper() else word
