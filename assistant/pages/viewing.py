"""What there is to see of a page of a paper: its drawing with the quoted words marked, or why there is none.

Knows neither widgets nor HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.pages.loading import Entry, Shelf
from corpus.documents import Access, Paper
from corpus.errors import CouncilPapersError, UnreadableDocument
from corpus.reading.marks import Drawing, Quoted
from index.catalogue import PageText

NOT_HERE = (
    "This place isn’t in the library: the document may have been taken out or added anew since the answer was given. "
    "Please ask again."
)
_KINDS = {
    ".docx": "a Word file",
    ".html": "a web page",
    ".htm": "a web page",
    ".md": "a text file",
    ".txt": "a text file",
}


class Draws(Protocol):
    """What draws pages."""

    def draw(self, path: Path, number: int, quoted: Quoted | None, /) -> Drawing:
        """A page of a PDF file, with the marks of what is quoted; raises UnreadableDocument where it can't."""


class PlaceUnknown(CouncilPapersError):
    """A place that came from the browser isn't one of the library's."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The page that is shown: its document and number (file page, from 1), and the quotation that was opened, by its
    offsets in the document's text."""

    document: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of a page.

    `title` is the document's, `pages` how many it has; `paper` is the one that the page belongs to, None where none
    does. `start` and `end` are the quotation's offsets within the page's text, the same where nothing of it is quoted
    there; `quoted_page` is the file page with the quotation. `drawing` is None where there is none, and `reason` says
    why, or why it has no marks. `kept` tells whether the file can be opened, `is_pdf` whether at a page.
    """

    document: str
    title: str
    pages: int
    paper: Paper | None
    page: PageText
    start: int
    end: int
    quoted_page: int
    drawing: Drawing | None
    reason: str | None
    kept: bool
    is_pdf: bool


def seen(library: Shelf, drawer: Draws, shown: Shown) -> View:
    """What there is to see of a page. Raises PlaceUnknown where the library has no such page."""
    holding = next((each for each in library.documents() if each.id == shown.document), None)
    page = library.page(shown.document, shown.page)
    quoted_page = library.page_at(shown.document, shown.start)
    if holding is None or page is None or quoted_page is None:
        raise PlaceUnknown(NOT_HERE)
    # What is quoted may go on over the page's end; each page has its part.
    length = len(page.text)
    start, end = (min(max(offset - page.start, 0), length) for offset in (shown.start, shown.end))
    paper = _paper(holding, page, max(shown.start, page.start))
    path = library.original(shown.document)
    drawing, reason = None, _undrawable(holding, paper, path)
    if reason is None and path is not None:
        # Text recognition has its words from a picture, and no glyphs to be found again.
        scanned = page.confidence is not None
        quoted = Quoted(page.text, start, end) if start < end and not scanned else None
        try:
            drawing = drawer.draw(path, page.number, quoted)
        except UnreadableDocument as error:
            why = str(error).removeprefix(f"{path.name}: ").rstrip(".")
            reason = f"The page can’t be drawn ({why}); its text is shown instead."
        else:
            reason = _unmarked(drawing, scanned=scanned) if start < end else None
    return View(
        document=holding.id,
        title=holding.title,
        pages=holding.pages,
        paper=paper,
        page=page,
        start=start,
        end=end,
        quoted_page=quoted_page.number,
        drawing=drawing,
        reason=reason,
        kept=path is not None,
        is_pdf=path is not None and path.suffix.lower() == ".pdf",
    )


def _paper(holding: Entry, page: PageText, offset: int) -> Paper | None:
    """The paper in which an offset lies, or else the first on the page."""
    on_page = [paper for paper in holding.papers if paper.first_page <= page.number <= paper.last_page]
    return next((paper for paper in on_page if paper.start <= offset < paper.end), on_page[0] if on_page else None)


def _undrawable(holding: Entry, paper: Paper | None, path: Path | None) -> str | None:
    """Why there is no drawing of a document's pages; None where there can be one."""
    if paper is not None and paper.access is Access.EXEMPT:
        return "This page belongs to a paper that is exempt, so nothing of it is kept or shown."
    if any(each.access is Access.EXEMPT for each in holding.papers):
        return (
            "The page can’t be drawn, because the library keeps no copy of a file with an exempt paper in it. Its text "
            "is shown instead."
        )
    if path is None:
        return "The page can’t be drawn, because the library’s copy of the file is gone. Its text is shown instead."
    if path.suffix.lower() != ".pdf":
        kind = _KINDS.get(path.suffix.lower(), "not a PDF file")
        return f"There is no page to draw, because this document is {kind}. Its text is shown instead."
    return None


def _unmarked(drawing: Drawing, *, scanned: bool) -> str | None:
    """Why a drawing has no marks; None where it has."""
    if scanned:
        return (
            "This page is a scan, read by text recognition, so the quoted words can’t be marked on the drawing. They "
            "are marked in the text below it."
        )
    if not drawing.marks:
        return "The quoted words couldn’t be placed on the drawing. They are marked in the text below it."
    return None
