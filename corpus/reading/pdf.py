"""PDF files. pypdf opens the file and reads its structure; PDFium gives the glyphs with their places, pdfplumber the
cells of ruled tables; pypdf's own plain text of each page is the second reader that every quotation must agree with.

Why not pypdf's text as the stored text: it loses which cell a figure stands in (measured on real packs), and has no
place for each letter, which the cells, the sideways page numbers and the marking of a quotation on its page all need.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdf
import pypdf.errors
import pypdfium2

from corpus.documents import Bookmark, Document, Page
from corpus.errors import PasswordNeeded, UnreadableDocument
from corpus.reading.glyphs import GlyphReader, PageGlyphs
from corpus.reading.layout import page_layout, without_furniture
from corpus.reading.pieces import write
from corpus.reading.structure import pieces_of_pages
from corpus.reading.tables import TableFinder, regrouped
from corpus.reading.witness import squash

AGREEMENT = 0.9
"""The share of a page's words that both readers must have in common for the second to be a witness at all."""


def read_pdf(path: Path, document: str, sha256: str, password: str | None) -> Document:
    """The document in the PDF file at `path`.

    Raises PasswordNeeded where the file is encrypted and `password` doesn't open it, UnreadableDocument where it is
    damaged, has no pages or none of its pages has text.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pdf, opened_with = _open(path, password)
    try:
        count = len(pdf.pages)
    except Exception as error:
        raise UnreadableDocument(f"{path.name}: the file is damaged and can't be read ({_short(error)}).") from error
    if not count:
        raise UnreadableDocument(f"{path.name}: the PDF has no pages.")
    layouts, witnesses, problems, hidden, pictures = [], [], [], {}, 0
    try:
        with GlyphReader(path, opened_with) as glyphs, TableFinder(path, opened_with) as tables:
            for number in range(1, count + 1):
                page = glyphs.page(number)
                grids = tables.grids(number) if page.ruled else ()
                if page.sideways:
                    grids = tuple(regrouped([page.turn(box) for box in grid.boxes]) for grid in grids)
                layouts.append(page_layout(page, grids))
                if page.hidden:
                    hidden[number] = page.hidden
                pictures += page.pictures > 0
                second = _second_reading(pdf, number)
                first = squash(page.plain)
                agrees = second is not None and _agreement(page.plain, second) >= AGREEMENT
                witnesses.append((first, squash(second)) if agrees and second is not None else (first,))
                problems.append(_problem(page, agrees=agrees, second=second))
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(f"{path.name}: the file is damaged and can't be read ({_short(error)}).") from error
    except (MemoryError, RecursionError, UnreadableDocument):
        raise
    except Exception as error:
        raise UnreadableDocument(f"{path.name}: reading failed ({_short(error)}).") from error
    kept, labels = without_furniture(layouts)
    text, spans, blocks = write(pieces_of_pages(kept))
    if not text.strip():
        cause = (
            "its pages are pictures (a scan?): run text recognition (OCR) on it first" if pictures else "it is blank"
        )
        raise UnreadableDocument(f"{path.name}: none of its {count} page{'s' * (count > 1)} has text; {cause}.")
    return Document(
        id=document,
        file=path.name,
        sha256=sha256,
        title=_title(pdf, path),
        text=text,
        pages=tuple(
            Page(n, label, start, end, witness, problem)
            for n, (label, (start, end), witness, problem) in enumerate(
                zip(labels, spans, witnesses, problems, strict=True), 1
            )
        ),
        blocks=tuple(blocks),
        outline=_outline(pdf),
        notes=_notes(hidden),
    )


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


def _problem(page: PageGlyphs, *, agrees: bool, second: str | None) -> str | None:
    if not any(c.isalnum() for c in page.plain):
        return "no text (a picture)" if page.pictures else "blank"
    if not agrees:
        return "two readers disagree on its text" if second is not None else "only one reader could read it"
    return None


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
