"""A page of a PDF file drawn as a picture, and where on it a stretch of the page's stored text stands.

The stored text is made of glyphs (`glyphs`, `layout`, `lines`), whose places aren't stored. So the page is read again
when it is opened, by the same code, and the stored text laid along its lines: whole lines are missing in it (running
heads, the head of a table that goes on from the page before), but nothing else, and the order is the same. Where that
fails, because another version of the reader made the text, the words themselves are looked for.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.documents import CELL_BREAK
from corpus.errors import PasswordNeeded, UnreadableDocument
from corpus.reading.glyphs import Glyph, GlyphReader, PageGlyphs, PdfiumError
from corpus.reading.layout import PageLayout, in_margin, page_layout
from corpus.reading.lines import Line
from corpus.reading.marks import Drawing, Quoted, Rectangle
from corpus.reading.pdf import grids_of
from corpus.reading.tables import Grid, TableFinder

WIDTH = 1400
"""Pixels: how wide a page is drawn; on a dense screen half of a window is about that wide."""

QUALITY = 80
"""Of WebP, of 100: the letters are sharp, and a page of text takes some 100 kB."""

GAP = 3
"""Letters' heights: what stands farther apart on one line is marked apart (the columns of a table without lines)."""

EDGE = 0.1
"""Letters' heights by which a mark is larger than the letters on each side."""


def drawn_page(
    path: Path, number: int, quoted: Quoted | None = None, *, width: int = WIDTH, password: str | None = None
) -> Drawing:
    """Page `number` (from 1) of a PDF file, drawn `width` pixels wide with its text upright, and the marks of what is
    quoted.

    A page that would be larger than some 12 million pixels, or very high, is drawn less wide. Raises PasswordNeeded
    where the file is encrypted, UnreadableDocument where it or the page can't be read.
    """
    with closing(_opened(path, number, password)) as reader:
        try:
            page = reader.page(number)
            picture = reader.drawing(number, width, page.sideways)
        except PdfiumError as error:
            raise UnreadableDocument(f"{path.name}: page {number} can't be drawn ({error}).") from error
    marks = _marks(path, number, page, quoted, password) if quoted else ()
    packed = io.BytesIO()
    picture.save(packed, "WEBP", quality=QUALITY, method=2)
    return Drawing(packed.getvalue(), picture.width, picture.height, page.sideways, marks)


def rectangles(path: Path, number: int, quoted: Quoted, *, password: str | None = None) -> tuple[Rectangle, ...]:
    """Where the quoted words stand on page `number` (from 1) as `drawn_page` draws it; empty where they can't be
    placed.

    Raises as `drawn_page` does.
    """
    with closing(_opened(path, number, password)) as reader:
        try:
            page = reader.page(number)
        except PdfiumError as error:
            raise UnreadableDocument(f"{path.name}: page {number} can't be read ({error}).") from error
    return _marks(path, number, page, quoted, password)


def _opened(path: Path, number: int, password: str | None) -> GlyphReader:
    try:
        reader = GlyphReader(path, password)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise PasswordNeeded(f"{path.name}: it is encrypted, and its password isn't kept.") from error
        raise UnreadableDocument(f"{path.name}: the file can't be opened ({error}).") from error
    except OSError as error:
        raise UnreadableDocument(f"{path.name}: the file can't be opened ({error.strerror}).") from error
    if 0 < number <= len(reader):
        return reader
    reader.close()
    raise UnreadableDocument(f"{path.name}: it has no page {number}.")


def _marks(path: Path, number: int, page: PageGlyphs, quoted: Quoted, password: str | None) -> tuple[Rectangle, ...]:
    return marks_on(page_layout(page, _grids(path, number, page, password), keep_glyphs=True), quoted)


def _grids(path: Path, number: int, page: PageGlyphs, password: str | None) -> tuple[Grid, ...]:
    if not page.ruled:
        return ()
    try:
        tables = TableFinder(path, password)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # where pdfplumber can't open a file, its tables were read as text
        return ()
    with closing(tables):
        return grids_of(page, number, tables)[0]


# From the stored text to its letters on the page: pure ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter on a page: its glyph and the number of the line that it stands on."""

    line: int
    glyph: Glyph


def marks_on(layout: PageLayout, quoted: Quoted) -> tuple[Rectangle, ...]:
    """The places of the quoted words on a page whose lines have their glyphs, one for each line or run; empty where
    they can't be placed."""
    lines = tuple(_lines(layout))
    letters = _quoted_letters(layout, lines, quoted)
    runs: list[list[_Letter]] = []
    for letter in letters:
        if runs and _goes_on(runs[-1][-1], letter, lines[letter.line]):
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return tuple(_rectangle(run, lines[run[0].line], layout) for run in runs)


def _lines(layout: PageLayout) -> Iterator[Line]:
    """All lines of a page in the order of its stored text."""
    for thing in layout.things:
        if isinstance(thing, Line):
            yield thing
        else:
            for row in thing.rows:
                for cell in row:
                    yield from cell.lines if cell else ()


def _quoted_letters(layout: PageLayout, lines: Sequence[Line], quoted: Quoted) -> list[_Letter]:
    stored = letters_of(quoted.text)
    first = len(letters_of(quoted.text[: quoted.start]))
    last = first + len(letters_of(quoted.text[quoted.start : quoted.end]))
    printed = [
        [_Letter(number, glyph) for glyph in line.glyphs if letters_of(glyph.text)] for number, line in enumerate(lines)
    ]
    texts = [letters_of(line.text) for line in lines]
    kept = _kept(stored, texts, [in_margin(line, layout) for line in lines])
    if kept is not None:
        found = [letter for number in kept for letter in printed[number]][first:last]
    else:
        found = _by_words([letter for line in printed for letter in line], "".join(texts), stored, first, last)
    # What PDFium adds of its own accord has no place.
    return [letter for letter in found if letter.glyph.size]


def letters_of(text: str) -> str:
    """What of a text is printed for sure: all but white space and the bars between cells."""
    bar = CELL_BREAK.strip()
    return "".join(character for character in text if not character.isspace() and character != bar)


@dataclass(frozen=True, slots=True)
class _Way:
    """A choice among a page's lines so far: what was left out of it, in letters outside the margins, the number of the
    last line that was kept, and the way up to that."""

    left_out: int = 0
    line: int = -1
    before: _Way | None = None


def _kept(stored: str, texts: Sequence[str], margins: Sequence[bool]) -> list[int] | None:
    """Which of a page's lines make up its stored text, by their numbers; None where none do.

    Where several choices do (a running head that is also the first heading), one that leaves out lines in the margins.
    """
    # The best way to each place in the stored text that the lines so far can reach.
    ways = {0: _Way()}
    for number, (text, margin) in enumerate(zip(texts, margins, strict=True)):
        longer: dict[int, _Way] = {}
        for place, way in ways.items():
            choices = [(place, replace(way, left_out=way.left_out + (0 if margin else len(text))))]
            if stored.startswith(text, place):
                choices.append((place + len(text), _Way(way.left_out, number, way)))
            for end, choice in choices:
                if end not in longer or choice.left_out < longer[end].left_out:
                    longer[end] = choice
        ways = longer
    last = ways.get(len(stored))
    if last is None:
        return None
    chosen: list[int] = []
    while last.before is not None:
        chosen.append(last.line)
        last = last.before
    return chosen[::-1]


def _by_words(letters: list[_Letter], page: str, stored: str, first: int, last: int) -> list[_Letter]:
    """The letters of a page that are the quoted ones in a row; where they stand there several times, the occurrence
    that is quoted, and none unless the stored text has as many."""
    words = stored[first:last]
    places = _occurrences(words, page)
    wanted = 0
    if len(places) > 1:
        stored_places = _occurrences(words, stored)
        if len(stored_places) != len(places) or first not in stored_places:
            return []
        wanted = stored_places.index(first)
    return letters[places[wanted] : places[wanted] + len(words)] if places else []


def _occurrences(words: str, text: str) -> list[int]:
    found = []
    place = text.find(words) if words else -1
    while place >= 0:
        found.append(place)
        place = text.find(words, place + 1)
    return found


def _goes_on(before: _Letter, letter: _Letter, line: Line) -> bool:
    return letter.line == before.line and (
        line.turned or letter.glyph.x0 - before.glyph.x1 <= GAP * max(line.size, line.height)
    )


def _rectangle(run: Sequence[_Letter], line: Line, layout: PageLayout) -> Rectangle:
    glyphs = [letter.glyph for letter in run]
    x0, x1 = min(g.x0 for g in glyphs), max(g.x1 for g in glyphs)
    # All marks on a line are as high as its highest letter, but for a line that runs up or down the page.
    top = min(g.top for g in glyphs) if line.turned else line.top
    bottom = max(g.bottom for g in glyphs) if line.turned else line.bottom
    edge = EDGE * line.size
    left, right = (min(max(x / layout.width, 0.0), 1.0) for x in (x0 - edge, x1 + edge))
    high, low = (min(max(y / layout.height, 0.0), 1.0) for y in (top - edge, bottom + edge))
    return Rectangle(left, high, right - left, low - high)
