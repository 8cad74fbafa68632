"""Word files, web pages and Markdown into pieces: the files that name their headings, list items and table cells. Pure.

`structure` must tell headings and tables from the letters and lines on a page; here the file says what they are. What
it leaves unsaid (a bold line that serves as a heading, a table whose first row is bold, a front sheet laid out as a
table) is told by the same rules as there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.documents import BlockKind, Document, Page
from corpus.errors import UnreadableDocument
from corpus.reading.paragraphs import is_bullet, is_numbered, opens_with_marker
from corpus.reading.pieces import Piece, write
from corpus.reading.structure import HEADER_WORDS, HEADING_WORDS, LABEL_CELL_WORDS, LARGER, PROSE_CELL_WORDS

LOWEST = 6
"""The level of the lowest headings, and of those that nothing but bold letters tell."""

NAMED_HEADING_WORDS = 12
"""A heading that the file calls one may end like a sentence if it has no more words than this: some files give whole
numbered paragraphs the style of a heading."""

TABLE_TITLE, FRONT_SHEET_NAME, TABLE_SECTION = 7, 8, 9
"""The levels of headings that stand in tables, as `structure` gives them."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]"
)
"""Characters that draw nothing: control and formatting characters, soft hyphens that no line's end made visible, and
the tags (U+E0000) in which text can be hidden."""

_MADE_BY_A_PROGRAM = re.compile(
    r"\.(docx?|pdf|xlsx?|pptx?|html?|md|txt)$|^microsoft |^untitled|^(word )?document\s?\d*$|^title$", re.IGNORECASE
)
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def drawn(text: str) -> str:
    """The text without the characters that draw nothing."""
    return _INVISIBLE.sub("", text)


def tidy(text: str) -> str:
    """The text as printed: white space folded but for line breaks, characters that draw nothing left out."""
    return "\n".join(" ".join(line.split()) for line in drawn(text).split("\n")).strip()


def raised(figures: str) -> str:
    """Figures as superscripts: "£6 million" with a note's mark after it must not be read as another sum."""
    return figures.translate(_SUPERSCRIPTS)


def pieces_of_paragraph(
    text: str,
    *,
    level: int = 0,
    marker: str = "",
    depth: int = 1,
    bold: bool = False,
    size: float = 0.0,
    large: bool = False,
) -> list[Piece]:
    """A paragraph as the file has it; two line breaks in a row make two of it.

    `level` is that of the heading style that it bears (0 for none), `marker` the number or bullet that stands before
    it, `depth` that of its list, `large` whether its letters are clearly larger than those of the running text.
    """
    pieces = []
    for part in re.split(r"\n{2,}", tidy(text)):
        if part:
            pieces.append(_piece(part, level, marker, depth, bold=bold, size=size, prominent=bold or large))
            marker = ""
    return pieces


def _piece(text: str, level: int, marker: str, depth: int, *, bold: bool, size: float, prominent: bool) -> Piece:
    words = len(text.split())
    short = words <= HEADING_WORDS and not re.search(r"[.;,]$", text)
    whole = f"{marker} {text}" if marker else text
    if any(c.isalpha() for c in text):
        if level and (short or words <= NAMED_HEADING_WORDS):
            return Piece(BlockKind.HEADING, (whole,), size, bold, min(level, LOWEST))
        if prominent and short and not is_bullet(whole):
            return Piece(BlockKind.HEADING, (whole,), size, bold)
    if marker or opens_with_marker(whole):
        # No deeper than headings go: the levels above are those of headings in tables.
        return Piece(BlockKind.ITEM, (whole,), size, bold, min(depth, LOWEST))
    return Piece(BlockKind.PARAGRAPH, (whole,), size, bold)


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: what stands in it, its first column and the one after its last, and whether it names a column."""

    pieces: tuple[Piece, ...]
    first: int
    after: int
    names: bool = False

    @property
    def text(self) -> str:
        """Its text; paragraphs and items stand apart by an empty line, the cells of a table within by a space."""
        return "\n\n".join(" ".join(filter(None, piece.cells)) for piece in self.pieces)

    @property
    def bold(self) -> bool:
        """Whether all that stands in it is bold."""
        return bool(self.pieces) and all(piece.bold for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row: a cell for each column, None where a neighbour's cell reaches over the place.

    `page` counts the page breaks between the table's beginning and the row's; `continues` says that it is what a page's
    end cut off the row before.
    """

    cells: tuple[Cell | None, ...]
    page: int = 0
    continues: bool = False

    @property
    def filled(self) -> list[Cell]:
        """The cells that hold text."""
        return [cell for cell in self.cells if cell and cell.text]

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of every column's cell."""
        return tuple(cell.text if cell else "" for cell in self.cells)


def rows_of_cells(rows: Sequence[Sequence[Cell]]) -> list[tuple[Cell | None, ...]]:
    """Cells into rows as wide as the table. Columns in which no cell begins are none: cells over "all" the columns are
    often said to reach over more than there are."""
    starts = sorted({cell.first for row in rows for cell in row})
    place = {column: i for i, column in enumerate(starts)}
    out = []
    for row in rows:
        cells: list[Cell | None] = [None] * len(starts)
        for cell in row:
            after = sum(start < cell.after for start in starts)
            cells[place[cell.first]] = replace(cell, first=place[cell.first], after=after)
        out.append(tuple(cells))
    return out


def pieces_of_table(rows: Sequence[Row], title: str = "") -> list[tuple[int, Piece]]:
    """A table's rows under their headers, each piece with its row's `page`.

    A table of one column is a frame around text, one of a name and prose (a report's front sheet) is headings and
    paragraphs.
    """
    rows = [row for row in rows if row.filled]
    if not rows:
        return []
    columns = len(rows[0].cells)
    if columns == 1:
        return [(row.page, piece) for row in rows for cell in row.filled for piece in cell.pieces]
    found = [(rows[0].page, _heading(title, TABLE_TITLE))] if title else []
    while len(rows) > 1 and rows[0].filled[0].bold and (caption := _section(rows[0])) is not None:
        found.append((rows[0].page, _heading(caption, TABLE_TITLE)))
        rows = rows[1:]
    heads = 0
    while heads < len(rows) - 1 and _is_head(rows, heads):
        heads += 1
    headers = _headers(rows[:heads], columns) if heads else ()
    found += [(row.page, Piece(BlockKind.TABLE_HEAD, row.texts, bold=True)) for row in rows[:heads]]
    for row in rows[heads:]:
        found += [(row.page, piece) for piece in _pieces_of_row(row, headers)]
    return found


def _pieces_of_row(row: Row, headers: tuple[str, ...]) -> list[Piece]:
    if (section := _section(row)) is not None:
        return [_heading(section, TABLE_SECTION)]
    if len(row.filled) == 1 and _spans_all(row, row.filled[0]):
        return list(row.filled[0].pieces)
    if len(row.cells) == 2 and not headers and row.cells[0] and row.cells[1]:
        name, value = row.cells[0], row.cells[1]
        if row.continues and not name.text:
            # What a page's end cut off the prose beside a name is a paragraph, or it is a row's second half.
            if len(value.text.split()) > PROSE_CELL_WORDS or len(value.pieces) > 2:
                return [replace(value.pieces[0], continues=True), *value.pieces[1:]]
        elif _is_prose(name, value):
            named = [_heading(name.text, FRONT_SHEET_NAME)] if name.text else []
            return [*named, *value.pieces]
    return [Piece(BlockKind.ROW, row.texts, headers=headers, continues=row.continues)]


def _heading(text: str, level: int) -> Piece:
    return Piece(BlockKind.HEADING, (" ".join(text.split()),), bold=True, level=level)


def _spans_all(row: Row, cell: Cell) -> bool:
    return cell.first == 0 and cell.after == len(row.cells)


def _section(row: Row) -> str | None:
    """The text of a row that is one cell over the whole width of a table: a heading within it, unless it is prose."""
    filled = row.filled
    if len(filled) != 1 or not _spans_all(row, filled[0]):
        return None
    text = filled[0].text
    return text if len(filled[0].pieces) == 1 and len(text.split()) <= HEADING_WORDS else None


def _is_head(rows: Sequence[Row], place: int) -> bool:
    """Whether a row at the top of a table names its columns: the file says so, or it is all bold.

    A bold row below a head belongs to it only where that has a cell over several columns, which the row spells out
    ("Annual", "Hourly" under "Minimum"). In a table of two columns a bold name beside a bold value is a front sheet's
    first row, unless no row below has a bold name.
    """
    row, filled = rows[place], rows[place].filled
    if place and _section(row) is not None:
        return False
    if all(cell.names for cell in filled):
        return True
    if not all(cell.names or cell.bold for cell in filled):
        return False
    if place:
        return None in rows[place - 1].cells
    if len(row.cells) == 2:
        below = [other.cells[0] for other in rows[1:] if other.cells[0] and other.cells[0].text]
        return len(filled) == 2 and not any(cell.bold or cell.names for cell in below)
    return len(filled) > 1


def _headers(heads: Sequence[Row], columns: int) -> tuple[str, ...]:
    """Each column's header: the texts above it from top to bottom, spanning cells spelled out for every column."""
    return tuple(
        " ".join(
            " ".join(cell.text.split())
            for row in heads
            for cell in row.filled
            if cell.first <= column < cell.after and len(cell.text.split()) <= HEADER_WORDS
        )
        for column in range(columns)
    )


def _is_prose(name: Cell, value: Cell) -> bool:
    short = len(name.text.split()) <= LABEL_CELL_WORDS
    return short and (len(value.text.split()) > PROSE_CELL_WORDS or len(value.pieces) > 2)


def is_large(size: float, body: float) -> bool:
    """Whether letters of a size are clearly larger than those of the running text (`body`)."""
    return size > LARGER * body


def document_of(
    path: Path,
    document: str,
    sha256: str,
    *,
    title: str,
    pages: Sequence[Sequence[Piece]],
    witnesses: Sequence[tuple[str, ...]],
    notes: Sequence[str] = (),
    if_empty: str = "the file has no text",
) -> Document:
    """The document of these pages, each with its witnesses; `title` is what the file says of itself, if anything.

    Its pages have no labels: nothing in such a file tells the number printed on a page. Where no page has text, it
    raises UnreadableDocument, which says `if_empty`.
    """
    settled = _settled(pages)
    text, spans, blocks = write(settled)
    if not text.strip():
        raise UnreadableDocument(f"{path.name}: {if_empty}.")
    return Document(
        id=document,
        file=path.name,
        sha256=sha256,
        title=_title(path, title, settled[0]),
        text=text,
        pages=tuple(
            Page(number, None, start, end, told, None if text[start:end].strip() else "blank")
            for number, ((start, end), told) in enumerate(zip(spans, witnesses, strict=True), 1)
        ),
        blocks=tuple(blocks),
        notes=tuple(notes),
    )


def hidden_note(hidden: Mapping[int, int], pages: int) -> tuple[str, ...]:
    """What to tell of hidden text: `hidden` counts its characters by page of a file that has this many."""
    if not hidden:
        return ()
    where = ", ".join(map(str, sorted(hidden)[:5])) + (" and others" if len(hidden) > 5 else "")
    place = f" (file page {where})" if pages > 1 else ""
    return (f"{sum(hidden.values())} characters that no reader of the page can see were left out{place}.",)


def _settled(pages: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The pages with the headings that no style names settled: bold numbered lines in a row are a list, and the larger
    letters are the higher a heading ranks, where the file has no headings of its own."""
    listed = [list(_lists(page)) for page in pages]
    headings = [piece for page in listed for piece in page if piece.kind is BlockKind.HEADING]
    guessed = {round(piece.size) for piece in headings if not piece.level}
    named = any(0 < piece.level <= LOWEST for piece in headings)
    sizes = [] if named else sorted(guessed, reverse=True)[:-1][: LOWEST - 1]
    rank = {size: level for level, size in enumerate(sizes, 1)}
    return [
        [
            replace(piece, level=rank.get(round(piece.size), LOWEST))
            if piece.kind is BlockKind.HEADING and not piece.level
            else piece
            for piece in page
        ]
        for page in listed
    ]


def _lists(page: Sequence[Piece]) -> Iterator[Piece]:
    def is_bold_number(piece: Piece) -> bool:
        return piece.kind is BlockKind.HEADING and not piece.level and is_numbered(piece.cells[0])

    for i, piece in enumerate(page):
        near = [*page[max(0, i - 1) : i], *page[i + 1 : i + 2]]
        in_list = is_bold_number(piece) and any(is_bold_number(n) and n.size == piece.size for n in near)
        yield replace(piece, kind=BlockKind.ITEM, level=1) if in_list else piece


def _title(path: Path, stated: str, first_page: Sequence[Piece]) -> str:
    headings = [p.cells[0] for p in first_page[:10] if p.kind is BlockKind.HEADING and p.level <= LOWEST]
    heading = next((" ".join(h.split()) for h in headings if not is_numbered(h)), None)
    title = " ".join(tidy(stated).split())
    if not title or _MADE_BY_A_PROGRAM.search(title):
        return heading or path.stem.replace("_", " ")
    # Web sites put their own name behind that of the page.
    site = heading is not None and re.match(re.escape(heading) + r"\s*[|–—·:»-]\s", title, re.IGNORECASE)
    return heading if heading and site else title
