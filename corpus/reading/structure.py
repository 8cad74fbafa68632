"""Lines and table cells into pieces: headings, paragraphs, list items, rows under their headers. Pure.

Also where a page's end cuts a paragraph or a table: the second half is marked as going on with the first, and rows
stand under the headers of the page before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.documents import BlockKind
from corpus.reading.layout import Cell, PageLayout, Table
from corpus.reading.lines import Line
from corpus.reading.paragraphs import is_bullet, is_numbered, opens_with_marker, paragraphs, sentence_ended
from corpus.reading.pieces import Piece
from corpus.reading.tables import Box

LABEL_CELL_WORDS = 14
"""In a table of two columns, a first cell of at most this many words is the name of what stands in the second."""

PROSE_CELL_WORDS = 40
"""A cell of more words than this beside a name is prose and is read as paragraphs under a heading."""

HEADER_WORDS = 12
"""A longer text in a table's head explains the table and names no column."""

HEADING_WORDS = 25
"""A longer text in bold is a paragraph that somebody wanted to stress."""

FULL_LINE = 0.7
"""A line of at least this share of its page's longest is full: its sentence may go on."""

LEAVE_OPEN = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "our",
        "that",
        "the",
        "their",
        "to",
        "with",
    ]
)
"""Words with which no cell of a table ends."""

LARGER = 1.12
"""Letters larger than those of the running text by this factor make a heading."""


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
        if prominent and short and any(c.isalpha() for c in text) and not is_bullet(text):
            kind = BlockKind.HEADING
        elif opens_with_marker(text):
            kind = BlockKind.ITEM
        else:
            kind = BlockKind.PARAGRAPH
        pieces.append(Piece(kind, (text,), size, bold))
    return _numbered_lists(pieces)


def _numbered_lists(pieces: list[Piece]) -> list[Piece]:
    """Bold numbered lines that follow one another with nothing between are a list, not headings."""
    out = list(pieces)
    for i, piece in enumerate(pieces):
        if piece.kind is not BlockKind.HEADING or not is_numbered(piece.cells[0]):
            continue
        near = pieces[max(0, i - 1) : i] + pieces[i + 1 : i + 2]
        if any(n.kind is BlockKind.HEADING and n.size == piece.size and is_numbered(n.cells[0]) for n in near):
            out[i] = replace(piece, kind=BlockKind.ITEM)
    return out


@dataclass(frozen=True, slots=True)
class _Head:
    """The column headers of a table that may go on over the page: its columns' edges, the texts of its head and of the
    row below, the headers, and the texts of its last row so far."""

    edges: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    headers: tuple[str, ...]
    below: tuple[str, ...] = ()
    last: tuple[str, ...] = ()


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
        # A second row of headers that isn't bold passes for a row of values; that it is repeated with the head tells.
        if heads and heads < len(rows) and _texts(rows[heads]) == above.below:
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
    if continued and above is not None:
        head = replace(above, edges=edges)
    else:
        head = _Head(edges, head_rows, headers, _texts(rows[heads]) if heads and heads < len(rows) else ())
    if heads and not continued:
        pieces += [Piece(BlockKind.TABLE_HEAD, _texts(row), body, bold=True) for row in rows[:heads]]
    if rows:
        head = replace(head, last=_texts(rows[-1]))
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
        goes_on = above is not None and continued and i == 0 and _finishes(above.last, cells)
        pieces.append(Piece(BlockKind.ROW, cells, body, headers=headers, continues=goes_on))
    return pieces, head


_REFERENCE = re.compile(r"[A-Z]{0,4}\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?[.)]?")
"""What numbers the rows of a plan or of a list of actions."""


def _finishes(before: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether the first row of a page is the second half of the last row on the page before: it has no name of its own,
    or a cell of it begins in the middle of a sentence, or goes on with a cell that ends in the middle of one. A word
    alone, under a word alone or under nothing, is a value ("better" under "worse"), not the middle of a sentence; and a
    row that begins with a reference of its own ("3.5") is none."""
    if _REFERENCE.fullmatch(cells[0]):
        return False
    halves = [(one, after) for one, after in zip(before, cells, strict=False) if len(f"{one} {after}".split()) > 2]
    if not cells[0] or any(after[:1].islower() for _, after in halves):
        return True
    return any(after and re.split(r"\s", one)[-1] in LEAVE_OPEN for one, after in halves)


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
            begins = first and not any(sentence_ended(line.text) for line in lines)
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
    if before.kind not in prose or piece.kind is not BlockKind.PARAGRAPH or sentence_ended(before.cells[0]):
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
