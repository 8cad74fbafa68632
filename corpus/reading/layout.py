"""The glyphs of a page into lines and table cells; over all pages, page furniture and printed numbers. Pure.

What stands in a cell of a ruled table goes there, all else is a line outside (`page_layout`). What repeats in the
margins of the pages is furniture and left out, and the printed numbers are taken from there (`without_furniture`).
`structure` makes headings, paragraphs and rows of what remains.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.reading.glyphs import Glyph, LineBreak, PageGlyphs
from corpus.reading.labels import REACH, page_labels, printed_number
from corpus.reading.lines import Line, lines_of
from corpus.reading.paragraphs import paragraphs
from corpus.reading.tables import Box, Grid

MARGIN = 0.1
"""The share of a page's height (or width, for sideways text) in which running heads, feet and page numbers stand."""

WIDE_MARGIN = 0.15
"""The share of a page's height in which a number that stands above or below everything else may be the page's."""

FURNITURE_PAGES = 3
"""A line in the margin that stands on at least this many pages, digits aside, is page furniture."""

SAYS_WHAT_BEGINS = re.compile(
    r"(?:agenda )?item\s*(?:no\.?)?\s*:?\s*\d{1,2}\W?[a-z]?\W?|(?:appendix|annex|enclosure) \w{1,3}"
    r"|.*\b(?:not for publication|exempt|confidential|restricted|sensitive|private|pink paper|part (?:b|ii)"
    r"|schedule 12a)\b.*",
    re.IGNORECASE,
)
"""Lines in the margin that tell a paper from the one before it: furniture only where the page before has the same."""

SAME_HEIGHT = 4
"""Points: runs of glyphs whose middles are no further apart stand on one line."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: where it is, and its lines."""

    box: Box
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its text; paragraphs and items stand apart by an empty line."""
        return "\n\n".join("\n".join(line.text for line in group) for group in paragraphs(self.lines))

    @property
    def bold(self) -> bool:
        """Whether all its lines are bold."""
        return bool(self.lines) and all(line.bold for line in self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table on one page: rows of cells, None where a neighbour's cell reaches over the place."""

    rows: tuple[tuple[Cell | None, ...], ...]

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return max(len(row) for row in self.rows)

    @property
    def box(self) -> Box:
        """The box around all its cells."""
        boxes = [cell.box for row in self.rows for cell in row if cell]
        return (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page's lines and tables in the order in which they are drawn, and its size in points."""

    things: tuple[Line | Table, ...]
    width: float
    height: float


def page_layout(page: PageGlyphs, grids: Sequence[Grid], *, keep_glyphs: bool = False) -> PageLayout:
    """Put the glyphs of a page into the cells of its tables; what stands in none is a line outside.

    With `keep_glyphs` each line has the glyphs that it is made of.
    """
    places = [
        (g, r, c, box)
        for g, grid in enumerate(grids)
        for r, row in enumerate(grid.rows)
        for c, box in enumerate(row)
        if box is not None
    ]
    inside: dict[tuple[int, int, int], list[Glyph | LineBreak]] = defaultdict(list)
    things: list[Line | int] = []
    outside: list[Glyph | LineBreak] = []
    current: tuple[int, int, int] | None = None
    seen: set[int] = set()
    for glyph in _top_to_bottom(page.glyphs) if page.sideways else page.glyphs:
        if isinstance(glyph, LineBreak) or glyph.text.isspace():
            (inside[current] if current else outside).append(glyph)
            continue
        place = None if glyph.turned else _cell_at(glyph, places, current, grids)
        if place != current:
            (inside[current] if current else outside).append(LineBreak())
            current = place
        if place is None:
            outside.append(glyph)
            continue
        if place[0] not in seen:
            seen.add(place[0])
            things += lines_of(outside, keep_glyphs=keep_glyphs)
            outside = []
            things.append(place[0])
        inside[place].append(glyph)
    things += lines_of(outside, keep_glyphs=keep_glyphs)
    tables = {
        g: Table(
            tuple(
                tuple(
                    None if box is None else Cell(box, tuple(lines_of(inside[g, r, c], keep_glyphs=keep_glyphs)))
                    for c, box in enumerate(row)
                )
                for r, row in enumerate(grid.rows)
            )
        )
        for g, grid in enumerate(grids)
    }
    return PageLayout(
        tuple(tables[thing] if isinstance(thing, int) else thing for thing in things), page.width, page.height
    )


def _top_to_bottom(glyphs: Sequence[Glyph | LineBreak]) -> list[Glyph | LineBreak]:
    """The runs of glyphs on one height from top to bottom, then left to right: PDFium gives the lines of a page that is
    turned to the right from the last to the first, and a bullet on one that is upside down after its text."""
    runs: list[list[Glyph]] = [[]]
    before: Glyph | None = None
    for glyph in glyphs:
        if isinstance(glyph, LineBreak):
            runs.append([])
            continue
        if glyph.size and not glyph.text.isspace():
            jumps = before is not None and abs(_middle(glyph) - _middle(before)) > 0.6 * before.size
            if before is not None and (jumps or glyph.x0 < before.x0 - before.size):
                runs.append([])
            before = glyph
        runs[-1].append(glyph)
    drawn = [([g for g in run if g.size and not g.text.isspace()], run) for run in runs]
    placed = [(statistics.median(map(_middle, ink)), min(g.x0 for g in ink), run) for ink, run in drawn if ink]
    placed.sort(key=lambda item: item[0])
    ordered: list[Glyph | LineBreak] = []
    while placed:
        lowest = placed[0][0] + SAME_HEIGHT
        beside = [item for item in placed if item[0] <= lowest]
        placed = placed[len(beside) :]
        for _, _, run in sorted(beside, key=lambda item: item[1]):
            ordered += [*run, LineBreak()]
    return ordered


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _cell_at(
    glyph: Glyph,
    places: Sequence[tuple[int, int, int, Box]],
    current: tuple[int, int, int] | None,
    grids: Sequence[Grid],
) -> tuple[int, int, int] | None:
    x, y = (glyph.x0 + glyph.x1) / 2, _middle(glyph)
    if current is not None:
        box = grids[current[0]].rows[current[1]][current[2]]
        if box is not None and box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            return current
    for g, r, c, (x0, top, x1, bottom) in places:
        if x0 <= x <= x1 and top <= y <= bottom:
            return g, r, c
    return None


def in_margin(line: Line, page: PageLayout) -> bool:
    """Whether a line stands where page numbers, running heads and feet stand."""
    if line.turned:
        return line.x1 < MARGIN * page.width or line.x0 > (1 - MARGIN) * page.width
    return line.bottom < MARGIN * page.height or line.top > (1 - MARGIN) * page.height


def without_furniture(pages: Sequence[PageLayout]) -> tuple[list[PageLayout], list[str | None]]:
    """The pages without running heads, running feet and page numbers; and the printed number of each page or None."""
    margins = [_margin_lines(page) for page in pages]
    labels = page_labels(_candidates(margins))
    often = Counter(key for lines in margins for key in {_furniture_key(line) for line in lines})
    kept = []
    above: set[str] = set()
    for page, label, lines in zip(pages, labels, margins, strict=True):
        leave = {
            id(line)
            for line in lines
            if (label is not None and (printed := printed_number(line.text)) is not None and printed.label == label)
            or (
                often[_furniture_key(line)] >= FURNITURE_PAGES
                and (line.text in above or not SAYS_WHAT_BEGINS.fullmatch(line.text))
            )
        }
        above = {line.text for line in lines}
        kept.append(replace(page, things=tuple(t for t in page.things if id(t) not in leave)))
    return kept, labels


def _margin_lines(page: PageLayout) -> list[Line]:
    """The lines in a page's margins, and a number that stands apart from everything else near them."""
    lines = [thing for thing in page.things if isinstance(thing, Line)]
    inside = [thing for thing in page.things if not (isinstance(thing, Line) and in_margin(thing, page))]
    spans = [(t.box[1], t.box[3]) if isinstance(t, Table) else (t.top, t.bottom) for t in inside]
    highest, lowest = min((top for top, _ in spans), default=0.0), max((bottom for _, bottom in spans), default=0.0)

    def apart(line: Line) -> bool:
        above = line.bottom < WIDE_MARGIN * page.height and line.top <= highest
        below = line.top > (1 - WIDE_MARGIN) * page.height and line.bottom >= lowest
        return (above or below) and not line.turned and printed_number(line.text) is not None

    return [line for line in lines if in_margin(line, page) or apart(line)]


def _candidates(margins: Sequence[Sequence[Line]]) -> list[list[str]]:
    """What may be each page's number: the lines in its margins, and the number at the beginning or the end of a running
    head or foot that is the same on the pages beside but for its number, which counts on."""
    numbered = [dict(parts for line in lines for parts in _parted(line.text)) for lines in margins]
    candidates = [[line.text for line in lines] for lines in margins]
    for i, found in enumerate(numbered):
        near = [j for j in range(max(0, i - REACH), min(len(numbered), i + REACH + 1)) if j != i]
        for rest, number in found.items():
            if sum(numbered[j].get(rest) == str(int(number) + j - i) for j in near) >= FURNITURE_PAGES - 1:
                candidates[i].append(number)
    return candidates


def _parted(text: str) -> list[tuple[str, str]]:
    """A line without its first or last number, and that number; none of a stamp, which counts the agenda's items."""
    words = text.split()
    if len(words) < 2 or SAYS_WHAT_BEGINS.fullmatch(text):
        return []
    parts = [(" ".join(words[:-1]), words[-1]), (" ".join(words[1:]), words[0])]
    return [(rest, number) for rest, number in parts if number.isascii() and number.isdecimal() and len(number) <= 4]


def _furniture_key(line: Line) -> tuple[str, int, bool]:
    return re.sub(r"\d+", "#", line.text), round((line.x0 if line.turned else line.top) / 12), line.turned
