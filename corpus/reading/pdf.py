"""PDF files. pypdf opens the file and reads its structure; PDFium gives the glyphs with their places, pdfplumber the
cells of ruled tables; pypdf's own plain text of each page is the second reader that every quotation must agree with.

Why not pypdf's text as the stored text: it loses which cell a figure stands in (measured on real packs), and has no
place for each letter, which the cells, the sideways page numbers and the marking of a quotation on its page all need.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdf
import pypdf.errors
import pypdfium2

from corpus.documents import Bookmark, Document, Page
from corpus.errors import PasswordNeeded, UnreadableDocument
from corpus.reading.glyphs import Glyph, GlyphReader, PageGlyphs
from corpus.reading.layout import MARGIN, PageLayout, page_layout, without_furniture
from corpus.reading.lines import Line
from corpus.reading.pieces import write
from corpus.reading.scans import RecognitionFailed, missing, problem_of, recognised
from corpus.reading.structure import pieces_of_pages
from corpus.reading.tables import Grid, TableFinder, regrouped
from corpus.reading.witness import squash

AGREEMENT = 0.9
"""The share of a page's words that both readers must have in common for the second to be a witness at all."""


NO_TEXT = "no text"
"""How the problem of a page that is a picture begins."""

LOST = "nothing on it can be read, though it isn't blank"
"""The problem of a page that is damaged so that nothing of it is left."""

BLANK_LENGTH = 400
"""Bytes: the description of a page with nothing on it is no longer, packed or not."""

PICTURE = 0.4
"""The share of a page that pictures cover on a scan; a photograph in a report covers less."""

FEW_LETTERS = 60
"""A page with fewer letters outside its margins, and a large picture, may be a scan."""

NOISE = 50
"""Text recognition that is less sure of its words than this (of 100) has found them in a photograph."""

SCAN_DPI = 300
"""Dots per inch at which a scan is drawn for text recognition."""


@dataclass(frozen=True, slots=True)
class PageReading:
    """One page as read, before it is known what repeats on the pages around it. `hidden` counts characters, and
    `confidence` is how sure text recognition was of the page (None where it wasn't asked)."""

    layout: PageLayout
    witnesses: tuple[str, ...]
    problem: str | None
    hidden: int = 0
    confidence: float | None = None


class PdfFile:
    """A PDF file opened to be read page by page, in any order and by several processes (`files.OpenFile`)."""

    def __init__(self, path: Path, document: str, sha256: str, password: str | None) -> None:
        """Open the file.

        Raises PasswordNeeded where it is encrypted and `password` doesn't open it, UnreadableDocument where it is
        damaged or has no pages.
        """
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        self._path, self._id, self._sha256 = path, document, sha256
        self._pdf, opened_with = _open(path, password)
        try:
            self.parts = len(self._pdf.pages)
        except Exception as error:
            raise _damaged(path, error) from error
        if not self.parts:
            raise UnreadableDocument(f"{path.name}: the PDF has no pages.")
        try:
            self._glyphs = GlyphReader(path, opened_with)
        except pypdfium2.PdfiumError as error:
            raise _damaged(path, error) from error
        self._tables: TableFinder | None = None
        try:
            self._tables = TableFinder(path, opened_with)
        except (MemoryError, RecursionError):
            raise
        except Exception:  # pdfplumber raises many kinds on odd files; its tables are then text, and each page says so
            self._tables = None

    def close(self) -> None:
        """Close the file."""
        self._glyphs.close()
        if self._tables is not None:
            self._tables.close()

    def read(self, part: int) -> PageReading:
        """Page `part`, from 1. A page that can't be read is an empty one with its problem."""
        try:
            page = self._glyphs.page(part)
        except (MemoryError, RecursionError):
            raise
        except Exception as error:  # PDFium's own errors, and what odd values do to ours
            empty = PageLayout((), 1.0, 1.0)
            return PageReading(empty, (), f"can't be read ({_short(error)})")
        if page.pictured >= PICTURE and _letters_inside(page) < FEW_LETTERS:
            scanned = self._scanned(part, page)
            if scanned is not None:
                return scanned
        grids, found_tables = grids_of(page, part, self._tables)
        second = _second_reading(self._pdf, part)
        first = squash(page.plain)
        agrees = second is not None and _agreement(page.plain, second) >= AGREEMENT
        return PageReading(
            page_layout(page, grids),
            (first, squash(second)) if agrees and second is not None else (first,),
            _problem(page, agrees=agrees, second=second, found_tables=found_tables, lost=self._is_lost(part, page)),
            page.hidden,
        )

    def _is_lost(self, number: int, page: PageGlyphs) -> bool:
        """Whether there should be something on a page on which PDFium finds nothing to draw: it is damaged."""
        if page.drawn:
            return False
        try:
            contents = self._pdf.pages[number - 1].get("/Contents")
            streams = contents.get_object() if contents is not None else []
            parts = streams if isinstance(streams, list) else [streams]
            return sum(int(part.get_object().get("/Length", 0)) for part in parts) > BLANK_LENGTH
        except Exception:  # what pypdf can't follow is damaged too
            return True

    def _scanned(self, number: int, page: PageGlyphs) -> PageReading | None:
        """A page that is a picture, by text recognition; None where that finds no more than the page's own text, which
        on a scan is what a clerk's program has printed over it: a page number, an agenda item."""
        printed = page_layout(page, ())
        try:
            scan = recognised(self._glyphs.picture(number, SCAN_DPI), dpi=SCAN_DPI)
        except RecognitionFailed as error:
            return PageReading(printed, (squash(page.plain),), f"{NO_TEXT} (a picture; {error})", page.hidden)
        if _letters(scan.plain) <= 2 * _letters(page.plain) or scan.confidence < NOISE:
            return None
        stamps = {squash(thing.text) for thing in printed.things if isinstance(thing, Line)}
        read = tuple(t for t in scan.layout.things if not (isinstance(t, Line) and squash(t.text) in stamps))
        layout = replace(scan.layout, things=(*printed.things, *read))
        witness = squash(f"{page.plain}\n{scan.plain}")
        return PageReading(layout, (witness,), problem_of(scan), page.hidden, scan.confidence)

    def document(self, parts: Sequence[PageReading]) -> Document:
        """The document made of all its pages as read. Raises UnreadableDocument where none of them has text."""
        kept, labels = without_furniture([part.layout for part in parts])
        text, spans, blocks = write(pieces_of_pages(kept))
        if not text.strip():
            raise UnreadableDocument(f"{self._path.name}: {_why_no_text(parts)}")
        return Document(
            id=self._id,
            file=self._path.name,
            sha256=self._sha256,
            title=_title(self._pdf, self._path),
            text=text,
            pages=tuple(
                Page(n, label, start, end, part.witnesses, part.problem, part.confidence)
                for n, (label, (start, end), part) in enumerate(zip(labels, spans, parts, strict=True), 1)
            ),
            blocks=tuple(blocks),
            outline=_outline(self._pdf),
            notes=_notes({n: part.hidden for n, part in enumerate(parts, 1) if part.hidden}),
        )


def grids_of(page: PageGlyphs, number: int, tables: TableFinder | None) -> tuple[tuple[Grid, ...], bool]:
    """The tables of page `number` (from 1), turned as its glyphs are, and whether they could be looked for: not where
    there is no finder, or where it fails."""
    if not page.ruled:
        return (), True
    if tables is None:
        return (), False
    try:
        grids = tables.grids(number)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # pdfplumber raises many kinds on odd pages
        return (), False
    if page.sideways:
        grids = tuple(regrouped([page.turn(box) for box in grid.boxes]) for grid in grids)
    return grids, True


def _damaged(path: Path, error: Exception) -> UnreadableDocument:
    return UnreadableDocument(f"{path.name}: the file is damaged and can't be read ({_short(error)}).")


def _why_no_text(parts: Sequence[PageReading]) -> str:
    of_pages = f"none of its {len(parts)} page{'s' * (len(parts) > 1)}"
    failed = next((part.problem for part in parts if part.problem and part.problem.startswith("can't be read")), None)
    if failed:
        return f"{of_pages} can be read; the first {failed}."
    if any(part.problem == LOST for part in parts):
        return f"the PDF is damaged: nothing on {of_pages.removeprefix('none of ')} can be read."
    if any(part.problem and part.problem.startswith(NO_TEXT) for part in parts):
        install = missing()
        return f"it holds pictures. {install}" if install else "it holds pictures in which no words can be recognised."
    return f"{of_pages} has text; it is blank."


def _open(path: Path, password: str | None) -> tuple[pypdf.PdfReader, str | None]:
    try:
        pdf = pypdf.PdfReader(path)
        if not pdf.is_encrypted:
            return pdf, None
        for attempt in ("", password):
            if attempt is not None and pdf.decrypt(attempt):
                return pdf, attempt or None
    except pypdf.errors.EmptyFileError as error:
        raise UnreadableDocument(f"{path.name}: the file is empty (0 bytes).") from error
    except Exception as error:
        head = path.read_bytes()[:1024]
        kind = "the PDF is damaged or cut short" if b"%PDF-" in head else "it isn't a PDF, whatever its name says"
        raise UnreadableDocument(f"{path.name}: {kind} ({_short(error)}).") from error
    wrong = "the password given doesn't open it" if password else "it is encrypted"
    raise PasswordNeeded(f"{path.name}: {wrong}; give its password with --password.")


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _letters_inside(page: PageGlyphs) -> int:
    """How many letters and digits stand on a page outside its margins."""
    glyphs = (g for g in page.glyphs if isinstance(g, Glyph) and g.text.isalnum())
    return sum(MARGIN * page.height < g.top and g.bottom < (1 - MARGIN) * page.height for g in glyphs)


def _second_reading(pdf: pypdf.PdfReader, number: int) -> str | None:
    try:
        return pdf.pages[number - 1].extract_text()
    except Exception:  # pypdf raises many kinds on odd pages; a page that it can't read has one reader, and is told so
        return None


def _agreement(one: str, other: str) -> float:
    """The share of words (with how often they stand) of the shorter reading that the longer has too."""
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (one, other))
    least = min(a.total(), b.total())
    return (a & b).total() / least if least else float(a.total() == b.total())


def _problem(page: PageGlyphs, *, agrees: bool, second: str | None, found_tables: bool, lost: bool) -> str | None:
    if not any(c.isalnum() for c in page.plain):
        return LOST if lost else f"{NO_TEXT} (a picture)" if page.pictured else "blank"
    if not agrees:
        return "two readers disagree on its text" if second is not None else "only one reader could read it"
    return None if found_tables else "its tables can't be told from its text"


def _notes(hidden: Mapping[int, int]) -> tuple[str, ...]:
    """What to tell of hidden text: `hidden` counts its characters by page."""
    if not hidden:
        return ()
    where = ", ".join(map(str, list(hidden)[:5])) + (" and others" if len(hidden) > 5 else "")
    return (f"{sum(hidden.values())} characters that no reader of the page can see were left out (file page {where}).",)


def _title(pdf: pypdf.PdfReader, path: Path) -> str:
    try:
        title = (pdf.metadata.title or "") if pdf.metadata else ""
    except Exception:  # damaged metadata is no reason to refuse the text
        title = ""
    title = " ".join(str(title).split())
    made_by_a_program = re.search(r"\.(docx?|pdf|xlsx?|pptx?)$|^microsoft |^untitled", title, re.IGNORECASE)
    return title if title and not made_by_a_program else path.stem.replace("_", " ")


def _outline(pdf: pypdf.PdfReader) -> tuple[Bookmark, ...]:
    found: list[Bookmark] = []

    def walk(entries: list[Any], depth: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, depth + 1)
                continue
            page = pdf.get_destination_page_number(entry)
            if page is not None and page >= 0 and entry.title:
                found.append(Bookmark(" ".join(str(entry.title).split()), depth, page + 1))

    try:
        walk(pdf.outline, 1)
    except Exception:  # a damaged outline only costs the hints it would have given
        return tuple(found)
    return tuple(found)


def _short(error: Exception) -> str:
    text = " ".join(str(error).split()).rstrip(".")
    return text[:120] or type(error).__name__
