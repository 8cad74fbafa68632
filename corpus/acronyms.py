"""Where a text says what a short form stands for: "Multi-Agency Safeguarding Hub (MASH)". Pure.

After Schwartz and Hearst 2003, "A simple algorithm for identifying abbreviation definitions in biomedical text": where
a short form stands beside its brackets, dash, colon or table bar, the nearest words that spell it are its long form.
They let any letter of a word count, and any word be skipped. Here every word must give the letter with which it begins,
but for the small words ("of", "and"), because a wrong definition read aloud in a meeting is worse than a missing one.
A place that can be read in two ways defines nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from corpus.documents import CELL_BREAK, LINE_END_HYPHEN, Document, Paper, readable

MOST_LETTERS = 10
"""A longer run of capitals is a word of a heading."""

_BEGINNING = 3
"""Letters that a word may give at most, where first letters don't spell it: "CHildren's Rights Officer (CHRO)"."""

_LEFT_OUT = 2
"""Words that may stand at the end of a long form in brackets and be left out: "STEP (Support To Every Pupil now)"."""

_REACH = 400
"""Characters: how far from its short form a long form may begin or end. Twelve long words are about 120."""

_LEAD = 60
"""Characters: the longest that may stand between a long form and the short form that follows it."""

_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "per", "the", "to", "with", "&"]
)
"""Words that a short form may leave out, and with which no long form begins."""

_FIGURES = {
    "to": "2", "too": "2", "two": "2", "three": "3", "for": "4", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip
"""Words that a short form writes as a figure: "Voices for Change (V4C)", "the five Cs"."""

_COMPOUNDS = {"wellbeing": ("well", "being"), "healthcare": ("health", "care"), "childcare": ("child", "care")}
"""Words of which both halves may give a letter: "Health and Wellbeing Board (HWBB)"."""

_GENERIC = frozenset(
    ["board", "framework", "group", "hub", "meeting", "meetings", "panel", "partnership", "plan", "plans", "process",
     "programme", "project", "scheme", "score", "service", "services", "strategy", "system", "team", "teams", "tool",
     "unit"]
)  # fmt: skip
"""Words for what a thing is, which its short form may leave out at the end: "school support and advice team (SSA)"."""

_TITLES = frozenset(["cllr", "councillor", "dame", "dr", "lord", "miss", "mr", "mrs", "ms", "professor", "sir"])
"""Words before a person's name."""

_NEVER_PART = frozenset(
    ["are", "can", "has", "have", "is", "that", "was", "were", "where", "which", "who", "will", "would"]
)
"""Words after a long form that can't be part of it."""

_LETTERS = r"[^\W_]+(?:['’][^\W_]+)*"
_JOINT = rf"(?:[-\u2010\u2011\u2013/{LINE_END_HYPHEN}]\n?)"
_WORD = re.compile(rf"{_LETTERS}(?:{_JOINT}{_LETTERS})*|&")
_PART = re.compile(r"\d+|[^\W\d_][^\W\d_A-Z]+|[A-Z]+(?![a-z])|[^\W\d_]")
_BETWEEN = re.compile(r"['’]?,?[ \t]*\n?[ \t]*")
"""What may stand between two words of a long form: no other punctuation, no cell's end, no empty line."""

_SHORT = re.compile(r"(?<![\w&/-])(?<!\w['’])[A-Z0-9][A-Za-z0-9]*(?:&[A-Za-z0-9]+)*(?:['’]s)?(?![\w&/-])")

_QUOTE = r"['’‘“”\"]?"
_ARTICLE = rf"{_QUOTE}(?:(?:the|an?)\s+)?{_QUOTE}"
_CALLED = (
    r"(?:(?:which is |also |commonly |otherwise |now )?"
    r"(?:known as|called|referred to as|abbreviated (?:to|as)|or|i\.e\.|here(?:in)?after|henceforth))"
)
_STANDS_FOR = (
    r",?\s+(?:which\s+)?(?:stands\s+for|is\s+short\s+for|means|is|are"
    r"|is\s+(?:the|an?)\s+(?:acronym|abbreviation)\s+(?:of|for))\s+"
)
_BAR = re.escape(CELL_BREAK)
_CELL_BEGINS = re.compile(r"(?:\A|\n|\| )$")

_BRACKET_ENDS = rf"{_QUOTE}(?:\s+for short)?\s*(?:[)\]]|(?=[,;–—]))"
_LINE_ENDS = r"(?=[ \t]*(?:\n|\Z|\||[.,;)\]]))"
_CELL_ENDS = r"(?= \||\n|\Z)"


class _Sign:
    """What shows that the words on one side of it are the long form of the short form on the other.

    It stands `between` the two, and `then` follows. A `bare` one has no brackets; one `in_cells` stands between whole
    cells or lines.
    """

    def __init__(self, between: str, then: str = "", *, bare: bool = True, in_cells: bool = False) -> None:
        self.between = re.compile(between, re.IGNORECASE)
        self.then = re.compile(then)
        self.bare = bare
        self.in_cells = in_cells


_BEFORE_SHORT = (
    _Sign(rf"\s*[(\[]\s*(?:{_CALLED},?\s+)?{_ARTICLE}$", _BRACKET_ENDS, bare=False),
    _Sign(rf",?\s+{_CALLED}\s+{_ARTICLE}$"),
    _Sign(r"\s+[–—-]\s+$", _LINE_ENDS),
    _Sign(rf"{_BAR}$", _CELL_ENDS, in_cells=True),
)
_AFTER_SHORT = (
    _Sign(rf"{_QUOTE}\s*[(\[]\s*{_ARTICLE}", _BRACKET_ENDS, bare=False),
    _Sign(rf"{_QUOTE}(?:\s*[:=]\s+|\s+[–—-]\s+|{_STANDS_FOR}){_ARTICLE}"),
    _Sign(rf"{_BAR}{_ARTICLE}", in_cells=True),
    _Sign(r"[ \t]+|\n", _CELL_ENDS, in_cells=True),
)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a short form stands for: both as printed, the long form on one line; and where the text says so.

    `start` and `end` are offsets of the whole stretch that defines it, so that it can be quoted.
    """

    short: str
    long: str
    start: int
    end: int

    @property
    def singular(self) -> str:
        """The short form without the s of its plural: "IRO" of "IROs"."""
        return singular(self.short)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, or several that hyphens join: its place, and the parts that may each give a letter.

    A `small` word may be left out of a short form.
    """

    start: int
    end: int
    text: str
    parts: tuple[str, ...]
    small: bool
    capitalised: bool


def definitions_of(document: Document, paper: Paper) -> tuple[Definition, ...]:
    """The definitions in a paper, in order, with offsets of the document's text; each lies on one page."""
    return tuple(
        replace(found, start=page.start + found.start, end=page.start + found.end)
        for page in document.pages[paper.first_page - 1 : paper.last_page]
        for found in definitions_in(document.text[page.start : page.end])
    )


def definitions_in(text: str) -> list[Definition]:
    """The definitions in a text, in order; no two overlap."""
    found: list[Definition] = []
    for short in _SHORT.finditer(text):
        core = singular(short[0])
        definition = (_long_before(text, short, core) or _long_after(text, short, core)) if _is_short(core) else None
        if definition and (not found or found[-1].end <= definition.start):
            found.append(definition)
    return found


def words_in(text: str, begin: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of a stretch of a text."""
    for match in _WORD.finditer(text, begin, len(text) if end is None else end):
        # What follows an apostrophe ("children's") gives no letter.
        joined = [re.split("['’]", piece)[0] for piece in re.split(_JOINT, match[0])]
        parts = [part for piece in joined for part in _PART.findall(piece)]
        halves = [half for part in parts for half in _COMPOUNDS.get(part.lower(), (part,))]
        small, capitalised = match[0].lower() in _SMALL, not match[0][0].islower()
        yield Word(match.start(), match.end(), match[0], tuple(halves), small, capitalised)


def spells(words: Sequence[Word], core: str, *, most: int = 1) -> bool:
    """Whether words give the letters of a short form in order, each the one with which it begins, or up to `most`.

    Of a word with hyphens one part must do so, small words need not. A capital stands for a word, a small letter for a
    small word or for one that goes on ("DfE", "SENCo"). The S of a plural in capitals ("PEPS") needs no word.
    """
    if not words or words[0].small or words[-1].small or sum(len(word.parts) for word in words) < 2:
        return False
    first = words[0].parts[0]
    if core[:1] not in (first[0].upper(), _FIGURES.get(first.lower())) and not core.startswith(first):
        return False
    reached = {0}
    for word in words:
        reached = {after for before in reached for after in _given(word, core, before, most)}
    last = words[-1].text.lower()
    in_capitals = core.endswith("S") and len(core) > 3 and last.endswith("s") and not last.startswith("s")
    return len(core) in reached or (in_capitals and len(core) - 1 in reached)


def _given(word: Word, core: str, at: int, most: int) -> set[int]:
    """How far in a short form one can be after a word, if one was at `at` before it."""
    if word.small:
        return {at, at + 1} if core[at : at + 1].lower() in _written_as(word.text.lower()) else {at}
    reached = {at}
    for part in word.parts:
        reached |= {before + letters for before in reached for letters in _given_by_part(part, core[before:], most)}
    return reached - {at}


def _written_as(small: str) -> set[str]:
    """How a short form may write a small word."""
    return {"a", "&"} if small in ("and", "&") else {small[0], _FIGURES.get(small, small[0])}


def _given_by_part(part: str, core: str, most: int) -> Iterator[int]:
    """How many letters of the rest of a short form a part of a word may give."""
    if (part.isdigit() or part.isupper()) and core.startswith(part):
        yield len(part)
    if core[:1].isupper() and core[0] == part[0].upper():
        yield 1
        for length in range(2, min(most, len(part)) + 1):
            if core[1:length].islower() or core[:length] == part[:length].upper():
                yield length
    elif core[:1] and core[0] == _FIGURES.get(part.lower()):
        yield 1


def _is_short(core: str) -> bool:
    """Whether letters and figures look like a short form: fewer small letters than others ("DfE", "GCP2")."""
    small = sum(letter.islower() for letter in core)
    return 2 <= len(core) <= MOST_LETTERS and small * 2 < len(core) and any(letter.isupper() for letter in core)


def singular(short: str) -> str:
    """A short form without the s of its plural or possessive: "DCS" of "DCSs" and of "DCS's"."""
    return re.sub(r"['’]?s$", "", short)


def _long_before(text: str, short: re.Match[str], core: str) -> Definition | None:
    for sign in _BEFORE_SHORT:
        between, then = _ending(sign.between, text, short.start()), sign.then.match(text, short.end())
        if between and then:
            words = _words_before(text, between.start(), most=2 * len(core) + 4)
            first = _first_of(words, core)
            return None if first is None else _definition(text, short, sign, words[first:], then.end())
    return None


def _long_after(text: str, short: re.Match[str], core: str) -> Definition | None:
    for sign in _AFTER_SHORT:
        if between := sign.between.match(text, short.end()):
            words = _words_after(text, between.end(), most=2 * len(core) + 4)
            count = _count_of(words, core)
            for last in range(count, len(words) + 1) if count else ():
                then = sign.then.match(text, words[last - 1].end)
                ends = last == len(words) or not sign.bare or not _goes_on(text, words[last - 1], words[last])
                if then and ends and _may_be_left_out(words[count:last], core, sign):
                    return _definition(text, short, sign, words[:last], then.end())
            return None
    return None


def _may_be_left_out(words: Sequence[Word], core: str, sign: _Sign) -> bool:
    """Whether a short form may say nothing of these last words of its long form: brackets show where that ends."""
    telling = [word.text.lower() for word in words if not word.small]
    if not telling or len(core) == 2:
        return not telling
    return _GENERIC.issuperset(telling) if sign.bare else len(telling) <= _LEFT_OUT


def _definition(text: str, short: re.Match[str], sign: _Sign, words: Sequence[Word], end: int) -> Definition | None:
    """The definition that ends at a place, unless the words are such as meet the letters by chance."""
    start = min(words[0].start, short.start())
    core = singular(short[0])
    # Two letters are easily met: outside brackets such a long form must be a name in capitals.
    easily_met = sign.bare and len(core) == 2 and any(not word.capitalised and not word.small for word in words)
    amid_others = sign.in_cells and not _ending(_CELL_BEGINS, text, start)
    if easily_met or amid_others or any(core in word.parts for word in words):
        return None
    return Definition(short[0], readable(text[words[0].start : words[-1].end]), start, end)


def _ending(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """Where a pattern with a $ at its end is met just before a place of the text."""
    return pattern.search(text, max(0, end - _LEAD), end)


def _words_before(text: str, end: int, *, most: int) -> list[Word]:
    """The words that may make up a long form that ends at a place, in order."""
    begin = max(0, end - _REACH)
    words = [word for word in words_in(text, begin, end) if word.start > begin or begin == 0]
    if not words or not _BETWEEN.fullmatch(text, words[-1].end, end):
        return []
    first = len(words) - 1
    while first and len(words) - first < most and _BETWEEN.fullmatch(text, words[first - 1].end, words[first].start):
        first -= 1
    return words[first:]


def _words_after(text: str, begin: int, *, most: int) -> list[Word]:
    """The words that may make up a long form that begins at a place, in order, and one that comes after it."""
    found: list[Word] = []
    for word in words_in(text, begin, min(len(text), begin + _REACH)):
        follows = _BETWEEN.fullmatch(text, found[-1].end, word.start) if found else word.start == begin
        if not follows or len(found) > most:
            break
        found.append(word)
    return found


def _first_of(words: Sequence[Word], core: str) -> int | None:
    """With which of the words the long form begins that ends with the last of them; None if there is none, or if a
    longer one is as likely."""
    generic = len(core) > 2 and bool(words) and words[-1].text.lower() in _GENERIC
    lasts = (len(words), len(words) - 1) if generic else (len(words),)
    for most, last, first in product(_letters_a_word(core), lasts, reversed(range(len(words)))):
        if spells(words[first:last], core, most=most):
            return _widened(words, first)
    return None


def _letters_a_word(core: str) -> tuple[int, ...]:
    """How many letters a word may give at most, to be tried in turn: of three capitals each stands for a word."""
    return (1,) if len(core) < 4 and core.isupper() else (1, _BEGINNING)


def _widened(words: Sequence[Word], first: int) -> int | None:
    """Of "Lower Layer Super Output Areas (LSOA)" the last four words spell it too: where the word before begins alike,
    it belongs to a name in capitals, and elsewhere nobody can say. The initials of a person define nothing."""
    before = words[first - 1] if first else None
    if before is not None and before.text.lower() in _TITLES:
        return None
    if before is None or before.small or before.text[0].lower() != words[first].text[0].lower():
        return first
    return first - 1 if all(word.capitalised or word.small for word in words[first - 1 :]) else None


def _count_of(words: Sequence[Word], core: str) -> int | None:
    """How many of the words, from the first on, it takes to spell a short form; None if they don't."""
    for most, count in product(_letters_a_word(core), range(1, len(words) + 1)):
        if spells(words[:count], core, most=most):
            return count
    return None


def _goes_on(text: str, word: Word, after: Word) -> bool:
    """Whether the long form that ends with a word may have the one after it too: not after a comma, nor with a capital
    on a line of its own."""
    if after.text.lower() in _NEVER_PART:
        return False
    between = text[word.end : after.start]
    return "," not in between and not ("\n" in between and after.capitalised)
