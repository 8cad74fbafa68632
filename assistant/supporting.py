"""Whether a passage supports a sentence that a language model wrote about it. Pure.

In plain steps: each run of neighbouring extracts of the passages that a sentence cites is a witness. A witness supports
the sentence where

1. every number (with its unit), date, name and grade of the sentence stands in it, and nothing is turned round: no
   "not", no opposite ("rose", "fell") on one side alone;
2. it has enough of the sentence's telling words, and enough of its meaning.

Shared words alone tell supported from unsupported sentences hardly better than chance (a wrong figure shares all words
but one), so what decides comes first. Dates may also stand in the paper's title and date where the witness names none;
names in the title and headings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.drafting import Claim, Material, in_reading_form
from assistant.people import surnames_in
from assistant.scoring import Stemmer
from corpus.dates import WrittenDate, dates_in, written_out
from corpus.documents import CELL_BREAK, PAGE_BREAK, readable

Similar = Callable[[str, Sequence[str]], Sequence[float]]
"""How alike a text's meaning is to each of some others: cosines, 1 for the same."""

LEAST_WORDS = 0.5
"""The share of a sentence's telling words that its witness must have (see README, "Measured")."""

LEAST_STRENGTH = 1.1
"""The least sum of that share and the cosine of the two."""

CLOSE = 0.1
"""The shortest stretch whose strength comes so close to the best is quoted."""

RUN = 3
"""So many neighbouring extracts are held against a sentence together, and quoted together."""

BESIDE = 3
"""So many telling words before and after a number say what it is a number of; one of them must stand beside it in the
witness, too, or name the row of a table."""

NO_CITATION = "it cites no passage that was shown"
TOGETHER = "no passage that it cites says all of this together"
TURNED = "the passage that it cites says the opposite"
TOO_SHORT = "it doesn't say what it is about"
BEYOND = "it says more than the passage that it cites"
OF_ANOTHER = "“{}” is of something else in the passage that it cites"
MISSING = "“{}” doesn't stand in the passage that it cites"


_ANSWERING = re.compile(r"^(?:yes|no)\b[,.:;]\s*", re.IGNORECASE)
"""How a sentence may open that answers a question; what goes on must be supported by itself."""


_PARAGRAPH_NUMBER = re.compile(r"(?:^|(?<=[.;:!?]\s))[(]?[0-9]{1,3}(?:\.[0-9]{1,3})*[.)]?\s+(?=[A-Z“(])")
"""Such a number says nothing of what is in the paragraph."""

_ROW_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})*(?= \|)")
"""Nor does one that is a row's first cell."""


@dataclass(frozen=True, slots=True)
class Support:
    """The stretch of a passage that supports a sentence: offsets in the document's text."""

    material: Material
    start: int
    end: int
    words: float
    cosine: float

    @property
    def strength(self) -> float:
        """The share of words and the cosine, together."""
        return self.words + self.cosine


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Why a sentence isn't supported, in words that go on from "removed because"."""

    why: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it counts: its value, "%" or "£" or another unit or none, as it is written, and where."""

    value: Decimal
    unit: str
    written: str
    start: int

    def is_same(self, other: Number) -> bool:
        """Whether the two are the same, however they are written."""
        return (self.value, self.unit) == (other.value, other.unit)


@dataclass(frozen=True, slots=True)
class _Witness:
    material: Material
    start: int
    end: int
    text: str
    own: str
    around: str
    row: frozenset[str]
    labels: str


def support(
    claim: Claim,
    shown: Sequence[Material],
    *,
    similar: Similar,
    stemmer: Stemmer,
    least_words: float = LEAST_WORDS,
    least_strength: float = LEAST_STRENGTH,
) -> Support | Unsupported:
    """The shortest stretch that supports a sentence well, of the passages that it cites, or why there is none."""
    cited = [each for each in shown if each.number in claim.cited]
    witnesses = [witness for each in cited for witness in _witnesses(each, stemmer)]
    if not witnesses:
        return Unsupported(NO_CITATION)
    sentence = _ANSWERING.sub("", _plain(claim.text), count=1)
    said = stemmer.stems_in(_without_figures(sentence))

    def shared(witness: _Witness) -> float:
        had = stemmer.stems_in(f"{witness.own} {witness.around}")
        return len(said & had) / len(said) if said else 0.0

    faults = [list(_faults(sentence, witness, stemmer)) for witness in witnesses]
    sound = [witness for witness, found in zip(witnesses, faults, strict=True) if not found]
    if not sound:
        return Unsupported(_why(faults, [shared(witness) for witness in witnesses]))
    cosines = similar(sentence, [witness.own for witness in sound])
    found = [
        Support(witness.material, witness.start, witness.end, shared(witness), float(cosine))
        for witness, cosine in zip(sound, cosines, strict=True)
    ]
    enough = [each for each in found if each.words >= least_words and each.strength >= least_strength]
    if not enough:
        return Unsupported(BEYOND if said else TOO_SHORT)
    best = max(each.strength for each in enough)
    return min((each for each in enough if each.strength >= best - CLOSE), key=lambda each: each.end - each.start)


def _why(faults: Sequence[Sequence[str]], shares: Sequence[float]) -> str:
    """What is wrong in every witness, or else in the one with most of the sentence's words, the longest of such."""
    everywhere = [fault for fault in faults[0] if all(fault in found for found in faults)]
    longest = max(reversed(range(len(faults))), key=shares.__getitem__)
    wrong = [fault for fault in faults[longest] if not fault.endswith(MISSING.partition("{}")[2])]
    return (everywhere or wrong or [TOGETHER])[0]


def _witnesses(each: Material, stemmer: Stemmer) -> Iterator[_Witness]:
    passage = each.passage
    extracts = passage.extracts or ((passage.start, passage.end),)
    row = stemmer.stems_in(readable(" ".join(passage.text.split(CELL_BREAK)[:2]))) if passage.headers else frozenset()
    labels = readable(" ".join([*passage.headers, *passage.text.split(CELL_BREAK)[:2]])) if passage.headers else ""
    reference = _ROW_NUMBER.match(passage.text) if passage.headers else None
    around = [each.paper.title, written_out(each.paper.date) if each.paper.date else "", *passage.headings]
    for first in range(len(extracts)):
        for last in range(first, min(first + RUN, len(extracts))):
            start, end = extracts[first][0], extracts[last][1]
            stored = passage.text[start - passage.start : end - passage.start]
            if PAGE_BREAK in stored and last > first:  # a quotation lies on one page
                break
            whole = (start, end) == (passage.start, passage.end)
            text = _PARAGRAPH_NUMBER.sub("", in_reading_form(passage) if whole else readable(stored))
            if reference:
                text = text.replace(reference[0], "", 1)
            beside = [] if whole else passage.headers
            own = "; ".join(filter(None, [passage.introduction, *map(readable, beside), text]))
            yield _Witness(
                each, start, end, _plain(text), _plain(own), _plain("; ".join(filter(None, around))), row, labels
            )


def _faults(sentence: str, witness: _Witness, stemmer: Stemmer) -> Iterator[str]:
    """What of a sentence a witness lacks or turns round."""
    near = witness.material.paper.date
    own = list(dates_in(witness.own, near=near, years=True))
    known = own or list(dates_in(witness.around, near=near, years=True))
    dates = _dates_said(sentence, near)
    for day in dates:
        if not _is_dated(day, known):
            yield MISSING.format(day.written)
    bare = _blanked(sentence, dates)
    held_bare = _blanked(witness.own, [day for day in own if not _is_bare_year(day)])
    there = list(numbers_in(held_bare))
    for number in numbers_in(bare):
        same = [other for other in there if number.is_same(other) or _named_unit(number, other, witness.labels)]
        beside = _beside(number, bare, stemmer)
        if not same:
            yield MISSING.format(number.written)
        elif beside and not any(beside & (_beside(o, held_bare, stemmer) | witness.row) for o in same):
            yield OF_ANOTHER.format(number.written)
    words = frozenset(_words(f"{witness.own} {witness.around}"))
    stems = stemmer.stems(words)
    for name in [*surnames_in(bare), *_capitalised(bare)]:
        if not stemmer.stems([name]) <= stems:
            yield MISSING.format(name)
    held = frozenset(_words(witness.own))
    yield from (MISSING.format(grade) for grade in _grades(bare) if grade not in f" {' '.join(_words(witness.own))} ")
    if _turned(frozenset(_words(sentence)), held) or _denied(bare, witness.text, stemmer):
        yield TURNED


# Numbers

_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<sign>(?:(?<=\s)|(?<=\()|^)[-+\N{MINUS SIGN}])?(?P<money>£)?\s?"
    r"(?P<figures>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?:\s?(?P<scale>million|thousand|billion|bn|m|k)\b)?"
    r"(?P<nth>st|nd|rd|th)?(?:\s?(?P<share>%|per\s?cent\b|percentage points?\b))?(?![^\W_])",
    re.IGNORECASE,
)
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_UNITS += " seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_SPELLED = {
    **{word: value for value, word in enumerate(_UNITS.split())},
    **{word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)},
}
_SPELLED |= {f"{ten}-{unit}": _SPELLED[ten] + _SPELLED[unit] for ten in _TENS.split() for unit in _UNITS.split()[1:10]}
_NTH = {word: value for value, word in enumerate(_ORDINALS.split(), 1)}
_AMOUNTS = (
    *("half", "halves", "thirds", "quarter", "quarters", "dozen", "hundred", "thousand", "million"),
    *("double", "doubled", "twice", "treble", "trebled", "triple", "tripled", "majority", "minority"),
)
_IN_WORDS = re.compile(
    rf"(?<![\w-])(?:(?P<word>{'|'.join(sorted((*_SPELLED, *_NTH), key=len, reverse=True))})"
    r"(?P<share>\sper\s?cent)?)(?![\w-])",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    r"(?<!-)\b(?:no one|one another|one of|one's|the one|at one|second to|first of all)\b", re.IGNORECASE
)
"""Where such a word counts nothing."""


def numbers_in(text: str) -> Iterator[Number]:
    """The numbers of a text, in figures or in words up to ninety-nine; an ordinal has the unit "th"."""
    for match in _NUMBER.finditer(text):
        value = Decimal(match["figures"].replace(",", "")) * 10 ** _SCALES.get((match["scale"] or "").lower(), 0)
        value = -value if match["sign"] in ("-", "\N{MINUS SIGN}") else value
        unit = "%" if match["share"] else "£" if match["money"] else "th" if match["nth"] else ""
        yield Number(value, unit, match[0].strip(), match.start())
    for match in _IN_WORDS.finditer(_NO_COUNT.sub(lambda found: " " * len(found[0]), text)):
        word = match["word"].lower()
        unit = "th" if word in _NTH else "%" if match["share"] else ""
        yield Number(Decimal(_NTH.get(word, _SPELLED.get(word, 0))), unit, match[0], match.start())
    for match in re.finditer(rf"(?<![\w-])(?<![0-9]\s)(?:{'|'.join(_AMOUNTS)})(?![\w-])", text, re.IGNORECASE):
        yield Number(Decimal(0), match[0].lower(), match[0], match.start())


def _named_unit(number: Number, other: Number, text: str) -> bool:
    """Whether a bare number of a table is the one with a unit: the header has it."""
    names = {"%": r"%|per cent|percentage", "£": r"£"}.get(number.unit)
    return names is not None and not other.unit and number.value == other.value and bool(re.search(names, text))


_SENTENCE_END = re.compile(r"[.;!?•](?:\s|$)")


def _beside(number: Number, text: str, stemmer: Stemmer) -> frozenset[str]:
    """The stems of the telling words next to a number: what it is a number of."""

    def stems(part: str) -> list[str]:
        words = _words(_without_figures(part))
        return [stem for word in words for stem in stemmer.stems_in(word)]

    # A number's words stand in its own sentence.
    before = _SENTENCE_END.split(text[: number.start])[-1]
    after = _SENTENCE_END.split(text[number.start :].removeprefix(number.written))[0]
    return frozenset([*stems(before)[-BESIDE:], *stems(after)[:BESIDE]])


# Dates

_BEFORE_A_YEAR = re.compile(
    r"\b(?:in|since|of|by|from|until|till|to|and|during|year|between|for|before|after|early|mid|late|end of|or|than"
    r"|around|about|,)\s*[(]?$|[(/-]$",
    re.IGNORECASE,
)


def _is_bare_year(day: WrittenDate) -> bool:
    return re.fullmatch(r"[0-9]{4}", day.written.strip()) is not None


def _is_dated(day: WrittenDate, known: Sequence[WrittenDate]) -> bool:
    """Whether a date of a sentence is one of those known, or a coarser form of one ("2022" for "14 June 2022"). What is
    a range, a season or a budget year must be the same, and what can't be must be written the same."""
    if day.doubt:
        return any(day.written == other.written for other in known)
    if day.last[: len(day.iso)] != day.iso:
        return any(day.first == other.first for other in known) and any(day.last == other.last for other in known)
    return any(day.first <= other.first and other.last <= day.last for other in known)


def _dates_said(sentence: str, near: str | None) -> list[WrittenDate]:
    """The dates of a sentence; four figures are a year only after a word that years follow, and else a number."""
    dates = dates_in(sentence, near=near, years=True)
    return [d for d in dates if not _is_bare_year(d) or _BEFORE_A_YEAR.search(sentence[: d.start].rstrip())]


def _blanked(text: str, dates: Sequence[WrittenDate]) -> str:
    for day in dates:
        text = text[: day.start] + " " * (day.end - day.start) + text[day.end :]
    return text


# Names, grades, and what is turned round

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CAPITAL = re.compile(r"(?<![\w'’-])(?:[A-Z][\w'’]*|[A-Za-z]*[0-9]+[A-Za-z]\w*|[a-z]+[0-9]\w*)")
_WITH_UNIT = re.compile(r"[0-9]+(?:st|nd|rd|th|k|m|bn)", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[.!?:;“\"(]\s*)$")
_GRADES = re.compile(
    r"\b(?:outstanding|inadequate|requires improvement|good|adequate|poor|weak|strong|red|amber|green)\b", re.IGNORECASE
)
_OPPOSITES = (
    ("rose risen rise rises rising increase increased increases increasing grew grown growing growth more higher up",
     "fell fallen fall falls falling decrease decreased decreases decreasing reduce reduced reduces reducing reduction"
     " dropped drop declined decline lower fewer less down"),
    ("above over exceeds exceeded", "below under short"),
    ("improved improving improve better improvement", "worsened worsening worse deteriorated declined"),
    ("met achieved complete completed finished", "missed incomplete outstanding delayed slipped"),
    ("approved agreed accepted supported", "rejected refused declined opposed"),
    ("before earlier", "after later"),
    ("always", "never rarely seldom"),
    ("most many", "few"),
    ("start started began begun opened", "stop stopped ended ceased withdrawn closed"),
    ("highest maximum most", "lowest minimum least"),
    ("permanent", "agency temporary interim"),
)  # fmt: skip
_SIDES = tuple((frozenset(one.split()), frozenset(other.split())) for one, other in _OPPOSITES)
_NEGATIONS = frozenset(
    {
        *("no", "not", "never", "none", "nothing", "nobody", "neither", "nor", "without", "cannot", "unable", "hardly"),
        *("lack", "lacks", "lacked", "lacking", "fail", "fails", "failed", "failing", "failure"),
    }
)
_DENIED_WORDS = 3
"""So many telling words after a negation are denied by it, within its clause."""

_CLAUSE = re.compile(
    r"[,.;:!?()](?:\s|$)|\bnot only\b|\b(?:but|because|although|though|however|whereas|while|yet|that|which|who|so)\b",
    re.IGNORECASE,
)
_PREFIXES = ("un", "in", "im", "dis", "non", "ir", "il", "mis")


def _capitalised(sentence: str) -> Iterator[str]:
    """Words with a capital within a sentence, and codes ("CF1")."""
    for match in _CAPITAL.finditer(sentence):
        word = re.sub(r"['’]s?$", "", match[0])
        code = any(c.isdigit() for c in word) or (len(word) > 1 and word.isupper())
        if (
            word not in ("I", "A")
            and not _WITH_UNIT.fullmatch(word)
            and (code or not _OPENS.search(sentence[: match.start()]))
        ):
            yield word


def _grades(sentence: str) -> Iterator[str]:
    """Grades that a sentence gives."""
    return (match[0].lower() for match in _GRADES.finditer(sentence))


def _turned(said: frozenset[str], held: frozenset[str]) -> bool:
    """Whether one side of an opposite is said and only the other is held; also of "suitable" and "unsuitable"."""
    for one, other in _SIDES:
        for side, opposite in ((one, other), (other, one)):
            if said & side and not said & opposite and held & opposite and not held & side:
                return True
    return _is_unmade(said, held) or _is_unmade(held, said)


def _is_unmade(plain: frozenset[str], opposed: frozenset[str]) -> bool:
    return any(
        f"{prefix}{word}" in opposed and word not in opposed and f"{prefix}{word}" not in plain
        for word in plain
        if len(word) > 4
        for prefix in _PREFIXES
    )


def _denied(sentence: str, text: str, stemmer: Stemmer) -> bool:
    """Whether a word is denied on one side and only asserted on the other."""
    said, held = _polarities(sentence, stemmer), _polarities(text, stemmer)
    return any(not said[stem] & held[stem] for stem in said.keys() & held.keys())


def _polarities(text: str, stemmer: Stemmer) -> dict[str, set[bool]]:
    """For each stem whether it is asserted (True), denied (False) or both."""
    found: dict[str, set[bool]] = {}
    for clause in _CLAUSE.split(text):
        denied = 0
        for word in _words(clause):
            if word in _NEGATIONS or word.endswith(("n't", "n’t")):
                denied = _DENIED_WORDS
                continue
            stems = stemmer.stems_in(word)
            for stem in stems:
                found.setdefault(stem, set()).add(not denied)
            denied -= bool(stems and denied)
    return found


def _words(text: str) -> Iterator[str]:
    return (re.sub(r"['’]s$", "", match[0].lower()) for match in _WORD.finditer(text))


def _plain(text: str) -> str:
    """The text with one form for each letter and figure."""
    return readable(unicodedata.normalize("NFKC", text))


def _without_figures(text: str) -> str:
    return re.sub(r"\S*[0-9]\S*", " ", text)
