"""An answer in reading order: its own words, and the quotations that stand among them. Pure.

A statement says its quotations in its own words ("the minutes say “…”"). Who shows an answer sets them apart from
these, each once, with the sources that say the same; the page and the files that people take along do so alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from assistant.answer import Answer
from assistant.citations import Citation, Statement
from assistant.writing import spoken
from corpus.documents import CELL_BREAK, PAGE_BREAK, Passage, readable
from corpus.reading.witness import squash

NEAREST = 5
"""How many passages stand under an answer that declines: enough to see what the papers do say, few enough to read."""

Span = tuple[int, int]
"""Offsets within a passage's text."""

_NEW_LINE = re.compile(PAGE_BREAK + r"|\n[ \t]*\n|\n(?=\s*[•●▪◦‣\u2013-]\s)")
"""Where a passage starts a new line for the eye: at a blank line, a page's end, a bullet."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row: its column's header, and where it stands in the passage."""

    header: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Words of the answer itself, and the numbers of citations that it points at and that were quoted before."""

    text: str
    again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation, set apart: the same words in several papers are one, with several citations.

    `cells` are those of a table row as far as they are quoted, empty for anything else and for one cell alone. `said`
    are the answer's own words just before.
    """

    citations: tuple[Citation, ...]
    cells: tuple[Cell, ...]
    said: str


Part = OwnWords | Quoted


def parts_of(answer: Answer) -> Iterator[tuple[Part, ...]]:
    """The parts of each statement, in reading order. A quotation that an earlier statement has shown, and that this one
    doesn't repeat, is only pointed at."""
    citations = {citation.number: citation for citation in answer.citations}
    shown: set[int] = set()
    for statement in answer.statements:
        cited = [citations[number] for number in statement.citations if number in citations]
        yield tuple(_parts(statement, cited, shown))
        shown |= {citation.number for citation in cited}


def above_of(answer: Answer) -> Iterator[tuple[Part, ...]]:
    """The sentences that a language model wrote above an answer: each with the numbers that it rests on, and after it
    the quotations among these that the answer itself doesn't show."""
    citations = {citation.number: citation for citation in answer.citations}
    shown = {number for statement in answer.statements for number in statement.citations}
    for statement in answer.drafted.above if answer.drafted else ():
        cited = [citations[number] for number in statement.citations if number in citations]
        more = [citation for citation in cited if citation.number not in shown]
        again = tuple(citation.number for citation in cited if citation not in more)
        yield (OwnWords(readable(statement.text), again), *(_quoted([each], "") for each in more))
        shown |= {citation.number for citation in more}


def cells_of(passage: Passage) -> list[Cell]:
    """The cells of a table row, or of the rows of a short table one after the other; none where the passage isn't one,
    or its cells can't be matched to their headers."""
    cells: list[Cell] = []
    for at, row_end in _rows(passage, (0, len(passage.text))):
        texts = passage.text[at:row_end].split(CELL_BREAK)
        if not any(passage.headers) or len(texts) != len(passage.headers):
            return []
        ends = list(accumulate(len(text) + len(CELL_BREAK) for text in texts))
        cells += [
            Cell(header, at + end - len(CELL_BREAK) - len(text), at + end - len(CELL_BREAK))
            for header, text, end in zip(passage.headers, texts, ends, strict=True)
        ]
    return cells


def _rows(passage: Passage, stretch: Span) -> list[Span]:
    """The rows in a stretch of a short table: its extracts or, where these aren't known, its lines; the stretch itself
    where it is one row, whose cells may have lines, or where neither are rows."""
    start, end = stretch
    extracts = [(a - passage.start, b - passage.start) for a, b in passage.extracts]
    lines = [match.span() for match in re.finditer(r"[^\n]+", passage.text)]
    for pieces in (extracts, lines):
        rows = [(a, b) for a, b in pieces if start <= a < end]
        if _are_rows(passage, rows) and rows[0][0] == start and _differ_in_space(passage, end, rows[-1][1]):
            return rows
    return [stretch]


def _differ_in_space(passage: Passage, one: int, other: int) -> bool:
    return not passage.text[min(one, other) : max(one, other)].strip()


def _are_rows(passage: Passage, pieces: Sequence[Span]) -> bool:
    breaks = [passage.text[a:b].count(CELL_BREAK) for a, b in pieces]
    return bool(breaks) and all(number == len(passage.headers) - 1 for number in breaks)


def lines_of(text: str) -> list[Span]:
    """The lines of a passage or a quotation for the eye; some may be blank."""
    breaks = [(0, 0), *(match.span() for match in _NEW_LINE.finditer(text)), (len(text),) * 2]
    return [(before[1], after[0]) for before, after in pairwise(breaks)]


def span_of(passage: Passage, quote: str) -> Span:
    """Where a quotation stands in its passage; (0, 0) where it doesn't (it may go on beyond the passage's end)."""
    start = passage.text.find(quote)
    return (start, start + len(quote)) if start >= 0 else (0, 0)


def _parts(statement: Statement, cited: Sequence[Citation], shown: set[int]) -> Iterator[Part]:
    words = readable(statement.text)
    groups: dict[str, list[Citation]] = {}
    for citation in cited:
        groups.setdefault(squash(citation.quote), []).append(citation)
    at = 0
    after: list[list[Citation]] = []
    for (start, end), group in sorted(
        ((_standing(words, group[0]), group) for group in groups.values()), key=lambda found: found[0]
    ):
        # One that doesn't stand in the words, or overlaps another, comes after them.
        if start < at:
            after.append(group)
            continue
        yield from _own_words(words[at:start])
        yield _quoted(group, words[at:start])
        at = end
    again = tuple(group[0].number for group in after if group[0].number in shown)
    yield from _own_words(words[at:], again)
    for group in after:
        if group[0].number not in shown:
            yield _quoted(group, words[at:])


def _standing(words: str, citation: Citation) -> Span:
    """Where a quotation stands in a statement's words: as `spoken` put it there, as it reads, or cell by cell; (-1, -1)
    where it doesn't."""
    headers = citation.passage.headers
    spans = _rows(citation.passage, span_of(citation.passage, citation.quote))
    rows = "; ".join(spoken(citation.passage.text[a:b], headers) for a, b in spans)
    for said in (spoken(citation.quote, headers), rows, readable(citation.quote)):
        start = words.find(said)
        if start >= 0:
            return start, start + len(said)
    if CELL_BREAK not in citation.quote:
        return -1, -1
    places = [place for place, sign in enumerate(words) if sign.isalnum()]
    quote = "".join(sign for sign in readable(citation.quote) if sign.isalnum())
    first = "".join(words[place] for place in places).find(quote) if quote else -1
    return (places[first], places[first + len(quote) - 1] + 1) if first >= 0 else (-1, -1)


def _own_words(words: str, again: tuple[int, ...] = ()) -> Iterator[OwnWords]:
    # Around a quotation that is set apart, its quotation marks, a comma or a full stop are left over.
    words = words.strip(' “”"').lstrip(" ,;.")
    if not any(character.isalnum() for character in words):
        words = ""
    if words or again:
        yield OwnWords(words, again)


def _quoted(group: Sequence[Citation], said: str) -> Quoted:
    citation, passage = group[0], group[0].passage
    start, end = span_of(passage, citation.quote)
    cells = [
        replace(cell, start=max(cell.start, start), end=min(cell.end, end))
        for cell in cells_of(passage)
        if cell.start < end and start < cell.end
    ]
    # Headers help to read a row; a quotation of some words of one cell is clearer alone.
    return Quoted(tuple(group), tuple(cells) if len(cells) > 1 else (), said)
