"""Pages of lines and cells into blocks and text. Pure: takes and returns values.

In plain steps: each page's lines are put into its table cells or left outside (`page_layout`). Over all pages, what
repeats in the margins is furniture and left out, and the printed numbers are taken from there (`labels`). The lines
that remain become headings, paragraphs and list items; the rows of tables become rows under their column headers, also
where a page's end cuts a table. Last, the blocks are written one after another into the document's text.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.documents import CELL_BREAK, PAGE_BREAK, Block, BlockKind
from corpus.reading.glyphs import Glyph, LineBreak, PageGlyphs
from corpus.reading.labels import page_labels, printed_number
from corpus.reading.lines import Line, lines_of
from corpus.reading.tables import Box, Grid

MARGIN = 0.1
"""The share of a page's height (or width, for sideways text) in which running heads, feet and page numbers stand."""

FURNITURE_PAGES = 3
"""A line in the margin that stands on at least this many pages, digits aside, is page furniture."""

_SAYS_WHAT_BEGINS = re.compile(
    r"(?:agenda )?item (?:no\.? ?)?\d{1,2}[a-z]?|(?:appendix|annex|enclosure) \w{1,3}"
    r"|.*\b(?:not for publication|exempt|confidential|part b|schedule 12a)\b.*",
    re.IGNORECASE,
)
"""Lines in the margin that tell a paper from the one before it: furniture only where the page before has the same."""

SAME_HEIGHT = 4
"""Points: runs of glyphs whose middles are no further apart stand on one line."""

LABEL_CELL_WORDS = 14
"""In a table of two columns, a first cell of at most this many words is the name of what stands in the second."""

PROSE_CELL_WORDS = 40
"""A cell of more words than this beside a name is prose and is read as paragraphs under a heading."""

BULLETS = "•●▪■◦‣⁃∙·–-o*"
"""Signs that open a list item when white space follows. "o" is how Word writes a second level; symbol fonts put their
bullets into Unicode's private use area."""

_BULLET = re.compile(rf"[{re.escape(BULLETS)}\ue000-\uf8ff]\s+(?=\S)|[\ue000-\uf8ff](?=\S)")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
_NUMBERED = re.compile(
    rf"(?:\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}[.)]|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}|\d{{1,2}}(?!\s+(?i:{_MONTH}))"
    r"|\([a-z]{1,4}\)|[a-z]\)|[ivx]{1,4}[.)])\s+(?=\S)"
)
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)]*$")

HEADER_WORDS = 12
"""A longer text in a table's head explains the table and names no column."""

HEADING_WORDS = 25
"""A longer text in bold is a paragraph that somebody wanted to stress."""

FULL_LINE = 0.7
"""A line of at least this share of its page's longest is full: its sentence may go on."""

LARGER = 1.12
"""Letters larger than those of the running text by this factor make a heading."""


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


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it has a place in the text: its cells' texts (one for what isn't a row)."""

    kind: BlockKind
    cells: tuple[str, ...]
    size: float = 0.0
    bold: bool = False
    level: int = 0
    headers: tuple[str, ...] = ()
    continues: bool = False


def page_layout(page: PageGlyphs, grids: Sequence[Grid]) -> PageLayout:
    """Put the glyphs of a page into the cells of its tables; what stands in none is a line outside."""
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
            things += lines_of(outside)
            outside = []
            things.append(place[0])
        inside[place].append(glyph)
    things += lines_of(outside)
    tables = {
        g: Table(
            tuple(
                tuple(None if box is None else Cell(box, tuple(lines_of(inside[g, r, c]))) for c, box in enumerate(row))
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
    margins = [[t for t in page.things if isinstance(t, Line) and in_margin(t, page)] for page in pages]
    labels = page_labels([[line.text for line in lines] for lines in margins])
    often = Counter(key for lines in margins for key in {_furniture_key(line) for line in lines})
    kept = []
    above: set[str] = set()
    for page, label, lines in zip(pages, labels, margins, strict=True):
        leave = {
            id(line)
            for line in lines
            if (label is not None and str(printed_number(line.text)) == label)
            or (
                often[_furniture_key(line)] >= FURNITURE_PAGES
                and (line.text in above or not _SAYS_WHAT_BEGINS.fullmatch(line.text))
            )
        }
        above = {line.text for line in lines}
        kept.append(replace(page, things=tuple(t for t in page.things if id(t) not in leave)))
    return kept, labels


def _furniture_key(line: Line) -> tuple[str, int, bool]:
    return re.sub(r"\d+", "#", line.text), round((line.x0 if line.turned else line.top) / 12), line.turned


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines into groups that belong together: a paragraph, a list item, a heading."""
    gaps = [b.top - a.bottom for a, b in pairwise(lines) if 0 <= b.top - a.bottom < a.height]
    usual = statistics.median_low(gaps) if gaps else 0.0
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, usual):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(group: list[Line], line: Line, usual_gap: float) -> bool:
    before = group[-1]
    if line.turned != before.turned or _opens_item(group, line, usual_gap):
        return False
    if line.turned:
        return False
    unfinished = not _SENTENCE_END.search(before.text) and line.text[:1].islower()
    if abs(line.size - before.size) > 0.08 * max(line.size, before.size):
        return unfinished and abs(line.top - before.top) < 1.5 * before.height
    if line.bold != before.bold and not unfinished:
        return False
    gap = line.top - before.bottom
    if gap < -0.5 * before.height or gap > 2.5 * before.height:
        return unfinished and not before.bold
    return gap <= usual_gap + 0.4 * before.height


def _opens_item(group: list[Line], line: Line, usual_gap: float) -> bool:
    """Whether a line opens a list item. A number may also just begin a line ("89.2 per 10,000"): it opens an item only
    where a sentence ended, a gap is left, or it hangs to the left of the text before."""
    if _BULLET.match(line.text):
        return True
    if not _NUMBERED.match(line.text):
        return False
    before = group[-1]
    if _SENTENCE_END.search(before.text) or line.top - before.bottom > usual_gap + 0.3 * before.height:
        return True
    beside_marker = _marker(group[0].text) and abs(line.x0 - group[0].x0) < 3
    return line.x0 < before.x0 - 3 or line.top < before.top or beside_marker


def _marker(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBERED.match(text))


def body_size(pages: Sequence[PageLayout]) -> float:
    """The size of letters in which most of the text of these pages is set, in points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for thing in page.things:
            if isinstance(thing, Line):
                sizes[round(thing.size, 1)] += len(thing.text)
            else:
                for row in thing.rows:
                    for cell in row:
                        for line in cell.lines if cell else ():
                            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def pieces_of_lines(lines: Sequence[Line], body: float) -> list[Piece]:
    """Lines outside tables as headings, paragraphs and items."""
    pieces = []
    for group in paragraphs(lines):
        text = "\n".join(line.text for line in group)
        size, bold = max(line.size for line in group), all(line.bold for line in group)
        prominent = (bold or size > LARGER * body) and not group[0].turned
        short = len(text.split()) <= HEADING_WORDS and not re.search(r"[.;,]$", text)
        if prominent and short and any(c.isalpha() for c in text) and not _BULLET.match(text):
            kind = BlockKind.HEADING
        elif _marker(text):
            kind = BlockKind.ITEM
        else:
            kind = BlockKind.PARAGRAPH
        pieces.append(Piece(kind, (text,), size, bold))
    return _numbered_lists(pieces)


def _numbered_lists(pieces: list[Piece]) -> list[Piece]:
    """Bold numbered lines that follow one another with nothing between are a list, not headings."""
    out = list(pieces)
    for i, piece in enumerate(pieces):
        if piece.kind is not BlockKind.HEADING or not _NUMBERED.match(piece.cells[0]):
            continue
        near = pieces[max(0, i - 1) : i] + pieces[i + 1 : i + 2]
        if any(n.kind is BlockKind.HEADING and n.size == piece.size and _NUMBERED.match(n.cells[0]) for n in near):
            out[i] = replace(piece, kind=BlockKind.ITEM)
    return out


@dataclass(frozen=True, slots=True)
class _Head:
    """The column headers of a table that may go on over the page: its columns' edges, and the headers' texts."""

    edges: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    headers: tuple[str, ...]


def pieces_of_table(table: Table, body: float, above: _Head | None) -> tuple[list[Piece], _Head | None]:
    """A table's rows under their headers; `above` is the head of the table that ended the page before, if one did.

    Gives the pieces and the head for a table that goes on over this page's end. A table of one column is a frame around
    text, and one of a name and prose (a report's front sheet) is headings and paragraphs.
    """
    if table.columns == 1:
        lines = [line for row in table.rows for cell in row if cell for line in cell.lines]
        return pieces_of_lines(lines, body), None
    rows = [row for row in table.rows if any(cell and cell.lines for cell in row)]
    edges = _edges(table)
    continued = above is not None and _same_edges(above.edges, edges)
    heads = 0
    pieces: list[Piece] = []
    if continued and above is not None:
        while heads < min(len(rows), len(above.rows)) and _texts(rows[heads]) == above.rows[heads]:
            heads += 1
        headers, head_rows = above.headers, above.rows
    else:
        while len(rows) > 1 and (caption := _caption(rows[0], table)) is not None:
            pieces.append(Piece(BlockKind.HEADING, (caption,), body, bold=True, level=7))
            rows = rows[1:]
        while heads < len(rows) - 1 and _is_head(rows[heads], table, above=rows[heads - 1] if heads else None):
            heads += 1
        headers = _headers(rows[:heads], edges)
        head_rows = tuple(_texts(row) for row in rows[:heads])
    head = _Head(edges, head_rows, headers) if heads or continued else _Head(edges, (), ())
    if heads and not continued:
        pieces += [Piece(BlockKind.TABLE_HEAD, _texts(row), body, bold=True) for row in rows[:heads]]
    named = table.columns == 2 and not headers
    for i, row in enumerate(rows[heads:]):
        cells = _texts(row)
        section = _section(row, table)
        if section is not None:
            pieces.append(Piece(BlockKind.HEADING, (section,), body, bold=True, level=9))
            continue
        if named and row[0] is not None and row[-1] is not None and _is_prose(row[0], row[-1]):
            if row[0].lines:
                pieces.append(Piece(BlockKind.HEADING, (row[0].text.replace("\n", " "),), body, bold=True, level=8))
            inner = pieces_of_lines(row[-1].lines, body)
            if not row[0].lines and inner and continued and i == 0:
                inner[0] = replace(inner[0], continues=True)
            pieces += inner
            continue
        goes_on = continued and i == 0 and (not cells[0] or any(c[:1].islower() for c in cells))
        pieces.append(Piece(BlockKind.ROW, cells, body, headers=headers, continues=goes_on))
    return pieces, head


def _section(row: Sequence[Cell | None], table: Table) -> str | None:
    """The text of a row that is one cell over the whole width of a table: a heading within it."""
    filled = [cell for cell in row if cell and cell.lines]
    left, _, right, _ = table.box
    if len(filled) != 1 or table.columns < 3 or _width(filled[0].box) < 0.9 * (right - left):
        return None
    return "\n".join(line.text for line in filled[0].lines)


def _caption(row: Sequence[Cell | None], table: Table) -> str | None:
    """The text of a table's first row where it is a bold cell over the whole width: the table's title."""
    return _section(row, table) if all(cell.bold for cell in row if cell and cell.lines) else None


def _edges(table: Table) -> tuple[float, ...]:
    """The left edge of every column, and the right edge of the last."""
    lefts: list[float] = []
    for column in range(table.columns):
        boxes = [row[column].box for row in table.rows if column < len(row) and row[column] is not None]  # type: ignore[union-attr]
        lefts.append(min(box[0] for box in boxes) if boxes else (lefts[-1] if lefts else 0.0))
    return (*lefts, table.box[2])


def _same_edges(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < 6 for a, b in zip(one, other, strict=True))


def _texts(row: Sequence[Cell | None]) -> tuple[str, ...]:
    return tuple(cell.text if cell else "" for cell in row)


def _width(box: Box) -> float:
    return box[2] - box[0]


def _is_head(row: Sequence[Cell | None], table: Table, *, above: Sequence[Cell | None] | None) -> bool:
    """Whether a row at the top of a table names its columns: all bold, and more than one cell filled.

    A row below a head (`above`) belongs to it only where that has a cell over several columns, which the row spells
    out ("Annual", "Hourly" under "Minimum"); else it is a bold row, or the heading of a section. A name in bold beside
    a bold value is a front sheet's first row, so in a table of two columns the rows below must not be bold in their
    first cell.
    """
    filled = [cell for cell in row if cell and cell.lines]
    if not filled or not all(cell.bold for cell in filled):
        return False
    if above is not None:
        return None in above and _section(row, table) is None
    if table.columns == 2:
        below = [r[0] for r in table.rows[1:] if r[0] is not None and r[0].lines]
        return len(filled) == 2 and not any(cell.bold for cell in below)
    return len(filled) > 1


def _headers(rows: Sequence[Sequence[Cell | None]], edges: tuple[float, ...]) -> tuple[str, ...]:
    """Each column's header: the texts above it from top to bottom, spanning cells spelled out for every column."""
    if not rows:
        return ()
    headers = []
    for left, right in pairwise(edges):
        middle = (left + right) / 2
        parts = [
            cell.text.replace("\n", " ")
            for row in rows
            for cell in row
            if cell
            and cell.lines
            and cell.box[0] - 1 <= middle <= cell.box[2] + 1
            and len(cell.text.split()) <= HEADER_WORDS
        ]
        headers.append(" ".join(" ".join(parts).split()))
    return tuple(headers)


def _is_prose(name: Cell, value: Cell) -> bool:
    short = len(name.text.split()) <= LABEL_CELL_WORDS
    return short and (len(value.text.split()) > PROSE_CELL_WORDS or len(paragraphs(value.lines)) > 2)


def pieces_of_pages(pages: Sequence[PageLayout]) -> list[list[Piece]]:
    """The pieces of each page, headings ranked by size over the whole document."""
    overall = body_size(pages)
    out: list[list[Piece]] = []
    head: _Head | None = None
    for page in pages:
        body = max(overall, body_size([page]))
        pieces: list[Piece] = []
        lines: list[Line] = []
        first = True
        for thing in page.things:
            if isinstance(thing, Line):
                lines.append(thing)
                continue
            begins = first and not any(_SENTENCE_END.search(line.text) for line in lines)
            pieces += pieces_of_lines(lines, body)
            lines = []
            found, head = pieces_of_table(thing, body, head if begins else None)
            pieces += found
            first = False
        if lines or first:
            head = head if first and not lines else None
        pieces += pieces_of_lines(lines, body)
        if pieces and out and out[-1]:
            pieces[0] = _join(out[-1], pieces[0])
        out.append(pieces)
    return _rank_headings(out, overall)


def _join(page: Sequence[Piece], piece: Piece) -> Piece:
    """Mark a page's first paragraph that finishes the last of the page before.

    A capital goes on with a sentence (a name does) only where the line before it is as long as lines on its page are:
    "CHAIR" under minutes or a name under a letter leaves its line open, and is finished all the same.
    """
    prose = (BlockKind.PARAGRAPH, BlockKind.ITEM)
    before = page[-1]
    if before.kind not in prose or piece.kind is not BlockKind.PARAGRAPH or _SENTENCE_END.search(before.cells[0]):
        return piece
    longest = max(len(line) for p in page if p.kind in prose for line in p.cells[0].split("\n"))
    full = len(before.cells[0].rsplit("\n", 1)[-1]) >= FULL_LINE * longest and abs(before.size - piece.size) < 0.5
    opens = piece.cells[0][:1]
    return replace(piece, continues=True) if opens.islower() or (full and not _apart(piece)) else piece


def _apart(piece: Piece) -> bool:
    """Whether a page's first paragraph says of itself that something new begins."""
    return bool(re.match(r"this page is intentionally|appendix\b|annex\b|agenda item", piece.cells[0], re.IGNORECASE))


def _rank_headings(pages: list[list[Piece]], body: float) -> list[list[Piece]]:
    sizes = sorted(
        {round(p.size) for page in pages for p in page if p.kind is BlockKind.HEADING and p.size > LARGER * body},
        reverse=True,
    )
    rank = {size: level for level, size in enumerate(sizes[:5], 1)}
    return [
        [
            replace(p, level=rank.get(round(p.size), 6)) if p.kind is BlockKind.HEADING and not p.level else p
            for p in page
        ]
        for page in pages
    ]


_TABLE = (BlockKind.ROW, BlockKind.TABLE_HEAD)


def write(pages: Sequence[Sequence[Piece]]) -> tuple[str, list[tuple[int, int]], list[Block]]:
    """The document's text, the offsets of each page in it, and its blocks with theirs."""
    parts: list[str] = []
    length = 0

    def add(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    spans: list[tuple[int, int]] = []
    blocks: list[Block] = []
    for number, pieces in enumerate(pages):
        if number:
            add(PAGE_BREAK)
        page_start = length
        for i, piece in enumerate(pieces):
            if i:
                add("\n" if piece.kind in _TABLE and pieces[i - 1].kind in _TABLE else "\n\n")
            start = length
            cells = []
            for j, cell in enumerate(piece.cells):
                if j:
                    add(CELL_BREAK)
                cells.append((length, length + len(cell)))
                add(cell)
            is_row = piece.kind in _TABLE
            level = piece.level if piece.kind is BlockKind.HEADING else int(piece.kind is BlockKind.ITEM)
            blocks.append(
                Block(start, length, piece.kind, level, tuple(cells) if is_row else (), piece.headers, piece.continues)
            )
        spans.append((page_start, length))
    return "".join(parts), spans, blocks
