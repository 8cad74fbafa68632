"""What minutes and agendas say of other meetings: that one is to come, and whose. Pure.

Bodies are compared leniently ("Scrutiny Panel (Children's Services)" is the Children's Services Scrutiny Panel), their
days exactly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.dates import dates_in
from corpus.documents import PAGE_BREAK, BlockKind, Document, Paper


class Said(StrEnum):
    """What is said of a meeting: that its minutes were approved, or that it is to come."""

    APPROVED = "approved"
    ANNOUNCED = "announced"


@dataclass(frozen=True, slots=True)
class Mention:
    """What a paper says of a meeting of a body on a day, with the words in which it says so.

    `date` is None where minutes of "the previous meeting" were approved. `page` is the file page of the quotation,
    which is `start` to `end` of the document's text. `amendment` is what was put right before the approval, as written.
    """

    said: Said
    paper: str
    body: str | None
    date: str | None
    page: int
    start: int
    end: int
    quote: str
    amendment: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A block with what a page's end cut off from it: its place in the document's text, its kind, and its text."""

    start: int
    end: int
    kind: BlockKind
    text: str


_UNTOLD = frozenset(
    ["the", "of", "and", "for", "a", "an", "metropolitan", "borough", "county", "city", "district", "royal", "full"]
)
_STANDING_ALONE = frozenset(["council", "cabinet", "executive"])
"""Bodies that one word names; of all others a single word ("panel", "board") says nothing."""

_GENERIC = frozenset(["panel", "committee", "subcommittee", "board", "forum", "group", "commission", "partnership"])

_FUTURE = re.compile(r"\bdates?\s+(?:\w+\s+){0,4}?(?:future|forthcoming|next)\s+meetings\b", re.IGNORECASE)
_DATE_OF_NEXT = re.compile(rf"\bnext\s+(?:\w+\s+){{0,2}}?meetings?\b|{_FUTURE.pattern}", re.IGNORECASE)
_UP_TO_DATE = re.compile(
    r"\bnext\s+(?:\w+\s+){0,2}?meeting(?:\s+of\s+(?:the\s+)?(?P<body>[^.;:]{3,90}?))?"
    r"(?:[\s,:|–-]+(?:will|would|is|was|to|be|being|takes?|taking|place|held|scheduled|arranged|planned|due|fixed|set"
    r"|noted|confirmed|as|for|on|at|the|date|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\d{1,2}(?:[.:]\d{2})?\s*(?:[ap]\.?m\.?|noon|hours)?|noon))*[\s,:|–-]*$",
    re.IGNORECASE,
)
_REACH = 3
"""Blocks under a heading "Date of next meeting" that are looked at."""

_BEFORE_DAY = 250
"""Characters before a day in which it may be said to be a next meeting's."""


def units_of(document: Document, paper: Paper) -> tuple[Unit, ...]:
    """The blocks of a paper in reading order, each whole."""
    found: list[Unit] = []
    for block in document.blocks:
        if not paper.start <= block.start < paper.end:
            continue
        goes_on = block.continues and bool(found) and found[-1].kind is block.kind
        start = found.pop().start if goes_on else block.start
        found.append(Unit(start, block.end, block.kind, document.text[start : block.end]))
    return tuple(found)


def page_of(document: Document, offset: int) -> int:
    """The number of the page on which an offset of the document's text lies."""
    return next(page.number for page in document.pages if offset <= page.end)


def days_in(text: str) -> list[tuple[str, int]]:
    """The days named in a text, each once and with where it is first named, in order: also both of "12 and 19 July
    2022"."""
    found: dict[str, int] = {}
    for date in dates_in(text):
        if len(date.iso) == 10:
            found.setdefault(date.iso, date.start)
    return list(found.items())


def announcements_in(document: Document, paper: Paper) -> tuple[Mention, ...]:
    """The next meetings of a paper's body that minutes or an agenda announce, each once."""
    if paper.kind not in ("minutes", "agenda"):
        return ()
    found: dict[str, Mention] = {}
    under, below = "", 0
    for unit in units_of(document, paper):
        below += 1
        if unit.kind is BlockKind.HEADING:
            under, below = (unit.text if _DATE_OF_NEXT.search(unit.text) else ""), 0
        headed = under if 0 < below <= _REACH else ""
        for day in _announced(unit.text, paper.body, headed):
            if paper.date is None or day > paper.date:
                quote = unit.text.split(PAGE_BREAK)[0]
                place = (page_of(document, unit.start), unit.start, unit.start + len(quote))
                found.setdefault(day, Mention(Said.ANNOUNCED, paper.id, paper.body, day, *place, quote))
    return tuple(found.values())


def _announced(text: str, body: str | None, headed: str) -> Iterator[str]:
    """The days of next meetings in a block; `headed` is a heading above it that promises them, or empty."""
    several = _FUTURE.search(headed or text) is not None
    for day, start in days_in(text):
        said = _UP_TO_DATE.search(text[max(0, start - _BEFORE_DAY) : start])
        named = said["body"] if said else None
        if (said or headed or several) and (named is None or is_own(named, body)):
            yield day
            if not several:
                return


def body_words(body: str) -> frozenset[str]:
    """The words by which a body is known, whatever their order, case and apostrophes."""
    plain = re.sub(r"\bsub[\s-]+", "sub", re.sub(r"['’`´]", "", body.casefold()))
    return frozenset(re.findall(r"\w+", plain)) - _UNTOLD


def same_body(one: str | None, other: str | None) -> bool:
    """Whether two names are one body's: their words are the same, or the longer name has all of the shorter's."""
    if one is None or other is None:
        return False
    few, many = sorted((body_words(one), body_words(other)), key=len)
    if not few or not few <= many:
        return False
    return few == many or len(few) > 1 or bool(few & _STANDING_ALONE and _last_word(one) == _last_word(other))


def _last_word(body: str) -> str:
    return re.sub(r"\W", "", (body.casefold().split() or [""])[-1])


def is_own(named: str | None, body: str | None) -> bool:
    """Whether the body that a text names is the one that speaks: "the Panel" always is."""
    words = body_words(named or "")
    return not words or words <= _GENERIC or same_body(named, body)


def bodies(names: Iterable[str]) -> dict[str, str]:
    """For each name of a body the name under which to gather it: the one that is written most often, then the longest.

    A shorter name is gathered under a longer one only if no other body could be meant.
    """
    counts = Counter(names)
    by_words: dict[frozenset[str], list[str]] = {}
    for name in counts:
        by_words.setdefault(body_words(name), []).append(name)
    shown = {
        words: min(written, key=lambda name: (-counts[name], -len(name), name)) for words, written in by_words.items()
    }
    gathered: dict[str, str] = {}
    for words, written in by_words.items():
        longer = [other for other in by_words if words < other and same_body(shown[words], shown[other])]
        whose = longer[0] if len(longer) == 1 else words
        gathered |= dict.fromkeys(written, shown[whose])
    return gathered
