"""Plain text: paragraphs, list items, headings in capitals or underlined, tables with tabs or bars between their cells.

Lines of a text that was wrapped at a fixed width are joined where the next line's first word wouldn't have fitted any
more; elsewhere a line's end is a paragraph's. A text is one page without a printed number. Its witness is the file's
own text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from corpus.documents import Document
from corpus.reading.decoding import read_text
from corpus.reading.flow import Cell, Row, document_of, drawn, pieces_of_paragraph, pieces_of_table, rows_of_cells, tidy
from corpus.reading.paragraphs import is_bullet, opens_with_marker, sentence_ended
from corpus.reading.pieces import Piece
from corpus.reading.witness import squash

WIDEST = 120
"""Characters: a text with longer lines wasn't wrapped at a width."""

NEARLY = 0.85
"""A line of this share of a text's longest is full."""

WRAPPED = 0.25
"""In a text that was wrapped at a width at least this share of the lines is full."""

TITLE_WORDS = 12
"""A longer line in capitals is a sentence that shouts."""

_DRAWN = re.compile(r"[\s=~_*#+|:–—-]*[=~_*#+–—-]{3,}[\s=~_*#+|:–—-]*")
"""A line that isn't written but drawn: under a heading, between paragraphs, in a table."""

_UNDERLINES = {"=": 1, "-": 2}
"""The levels of headings by the sign that underlines them."""

_HASHES = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*")


def read_plain(path: Path, document: str, sha256: str) -> Document:
    """The document in the text file at `path`. Raises UnreadableDocument where it is empty, isn't text, or has none."""
    decoded = read_text(path)
    return document_of(
        path,
        document,
        sha256,
        title="",
        pages=[pieces_of_text(decoded.text)],
        witnesses=[(squash(drawn(decoded.text)),)],
        notes=decoded.notes,
    )


def pieces_of_text(text: str) -> list[Piece]:
    """The pieces of a plain text."""
    lines = re.split(r"[\n\f\v\u2028\u2029]", text)
    width = wrapped_at(lines)
    pieces: list[Piece] = []
    open_lines: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        table = _table_at(lines, place)
        if open_lines and (table or not line.strip() or not _goes_on(open_lines, line, width)):
            pieces += _paragraph(open_lines, first=not pieces)
            open_lines = []
        if table:
            pieces += _pieces_of_table(table)
            place += len(table)
            continue
        underlined = lines[place + 1].strip() if place + 1 < len(lines) else ""
        if hashes := _HASHES.fullmatch(line.strip()):
            pieces += pieces_of_paragraph(hashes[2], level=len(hashes[1]))
        elif line.strip() and not open_lines and len(underlined) > 2 and set(underlined) in ({"="}, {"-"}):
            pieces += pieces_of_paragraph(line, level=_UNDERLINES[underlined[0]])
            place += 1
        elif line.strip() and not _DRAWN.fullmatch(line):
            open_lines.append(line)
        place += 1
    return pieces + (_paragraph(open_lines, first=not pieces) if open_lines else [])


def wrapped_at(lines: Sequence[str]) -> int | None:
    """The width in characters at which a text was wrapped; None where every line is a paragraph."""
    lengths = [len(line.rstrip()) for line in lines if line.strip()]
    width = max(lengths, default=0)
    full = sum(length >= NEARLY * width for length in lengths)
    return width if width <= WIDEST and full >= WRAPPED * len(lengths) and full > 2 else None


def _goes_on(open_lines: Sequence[str], line: str, width: int | None) -> bool:
    """Whether a line goes on with the paragraph: its first word wouldn't have fitted on the line before."""
    before, text = open_lines[-1].rstrip(), line.strip()
    if width is None or is_bullet(text) or _DRAWN.fullmatch(line):
        return False
    full = len(before) + 1 + len(text.split()[0]) > width
    # A number that only happens to begin a line stands amid a sentence.
    return full and not (opens_with_marker(text) and sentence_ended(before))


def _paragraph(lines: Sequence[str], *, first: bool) -> list[Piece]:
    """The pieces of a paragraph; a text's `first` is its title, if it is one short line."""
    text = tidy("\n".join(lines))
    short = len(lines) == 1 and len(text.split()) <= TITLE_WORDS
    if first and short and ":" not in text and not opens_with_marker(text) and not sentence_ended(text):
        return pieces_of_paragraph(text, level=1)
    capitals = short and text.isupper() and sum(c.isalpha() for c in text) > 2
    return pieces_of_paragraph(text, bold=capitals)


def _table_at(lines: Sequence[str], place: int) -> list[str]:
    """The lines of a table that begins at a place: at least two, each with cells. Numbered lines whose number a tab
    parts from the text are a list."""
    end = place
    while end < len(lines) and _cells(lines[end]) is not None:
        end += 1
    found = list(lines[place:end])
    listed = all(line.count("\t") < 2 and opens_with_marker(" ".join(line.split())) for line in found)
    return found if len(found) > 1 and not listed else []


def _cells(line: str) -> list[str] | None:
    """A line's cells, if bars stand around them or tabs between them."""
    bare = line.strip()
    if len(bare) > 2 and bare.startswith("|") and bare.endswith("|"):
        return bare[1:-1].split("|")
    return line.split("\t") if "\t" in line.rstrip(" \n") and bare else None


def _pieces_of_table(lines: Sequence[str]) -> list[Piece]:
    """A table's pieces; a drawn line under its first row makes that the head."""
    headed = len(lines) > 1 and _DRAWN.fullmatch(lines[1]) is not None
    written = [_cells(line) or [] for line in lines if not _DRAWN.fullmatch(line)]
    rows = [
        [
            Cell(tuple(pieces_of_paragraph(cell)), column, column + 1, names=headed and number == 0)
            for column, cell in enumerate(cells)
        ]
        for number, cells in enumerate(written)
    ]
    return [piece for _, piece in pieces_of_table([Row(row) for row in rows_of_cells(rows)])]
