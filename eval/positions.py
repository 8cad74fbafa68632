"""Where each letter of a PDF page stands on the page as it is seen, by pdfplumber and nothing of ours.

A mark can't vouch for itself: it comes from the letters that the reader has placed. So the letters are placed again,
from the file as it is, with another library than the one that drew the page and marked it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from pdfplumber import open as open_pdf
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from corpus.errors import UnreadableDocument


@dataclass(frozen=True, slots=True)
class Placed:
    """A letter and the middle of its box, as shares (0 to 1) of the page's width and height from its top left."""

    text: str
    x: float
    y: float


class Positions:
    """The letters of some PDF files, by document id; a context manager."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        """Take the file of each document; none is opened yet."""
        self._paths = dict(paths)
        self._open: dict[str, PDF] = {}
        self._read: dict[tuple[str, int], tuple[Placed, ...]] = {}

    def letters(self, document: str, page: int) -> tuple[Placed, ...]:
        """The letters of a file page (from 1) in the file's order; raises UnreadableDocument where there is no such
        page."""
        if (document, page) not in self._read:
            self._read[document, page] = _letters(self._page(document, page))
        return self._read[document, page]

    def _page(self, document: str, page: int) -> Page:
        path = self._paths.get(document)
        if path is None:
            raise UnreadableDocument(f"{document}: no PDF file is kept of it.")
        if document not in self._open:
            self._open[document] = open_pdf(path)
        pages = self._open[document].pages
        if not 0 < page <= len(pages):
            raise UnreadableDocument(f"{document}: it has no page {page}.")
        found: Page = pages[page - 1]
        return found

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files."""
        for pdf in self._open.values():
            pdf.close()
        self._open.clear()


def upright(x: float, y: float, turned: int) -> tuple[float, float]:
    """A point on a page, in shares, after the page is turned clockwise by `turned` degrees, a multiple of 90."""
    match turned % 360:
        case 90:
            return 1 - y, x
        case 180:
            return 1 - x, 1 - y
        case 270:
            return y, 1 - x
    return x, y


def _letters(page: Page) -> tuple[Placed, ...]:
    left, top, right, bottom = _seen(page)
    # Letters that are drawn twice to look bold are letters once.
    chars = page.dedupe_chars().chars
    page.close()
    return tuple(
        Placed(
            char["text"],
            ((char["x0"] + char["x1"]) / 2 - left) / (right - left),
            ((char["top"] + char["bottom"]) / 2 - top) / (bottom - top),
        )
        for char in chars
    )


def _seen(page: Page) -> tuple[float, float, float, float]:
    """The part of the page that is seen, its crop box, in the coordinates of its letters: left, top, right, bottom.

    pdfplumber's own crop box isn't turned with the page where the page is turned by 90 degrees.
    """
    media, crop = page.page_obj.mediabox, page.page_obj.cropbox
    # How much is cut off at the left, top, right and bottom of the page before it is turned.
    cuts = [
        max(crop[0] - media[0], 0),
        max(media[3] - crop[3], 0),
        max(media[2] - crop[2], 0),
        max(crop[1] - media[1], 0),
    ]
    # Turned clockwise by 90 degrees, what was at the bottom is at the left, and what was at the left is at the top.
    turns = page.rotation // 90 % 4
    left, top, right, bottom = cuts[-turns:] + cuts[:-turns] if turns else cuts
    x0, y0, x1, y1 = page.bbox
    return x0 + left, y0 + top, x1 - right, y1 - bottom
