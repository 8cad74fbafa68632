"""An independent reading of the original PDF files, to check quotations against. Knows pypdfium2 and nothing of ours.

The library's stored text can't vouch for itself: a reader's mistake would be stored, quoted and found "exact". So this
takes the files as they are, with another library than the one that read them for the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pypdfium2  # type: ignore[import-untyped, unused-ignore]


class Originals:
    """The pages of some PDF files, by document id; a context manager."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        """Take the file of each document; none is opened yet."""
        self._paths = dict(paths)
        self._open: dict[str, pypdfium2.PdfDocument] = {}
        self._read: dict[tuple[str, int], str] = {}

    def page_text(self, document: str, page: int) -> str | None:
        """The text of a file page (from 1), None where there is no such file or page."""
        if document not in self._paths:
            return None
        if document not in self._open:
            self._open[document] = pypdfium2.PdfDocument(self._paths[document])
        pdf = self._open[document]
        if not 0 < page <= len(pdf):
            return None
        if (document, page) not in self._read:
            opened = pdf[page - 1]
            text_page = opened.get_textpage()
            self._read[document, page] = str(text_page.get_text_range())
            text_page.close()
            opened.close()
        return self._read[document, page]

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


def pdfs_in(folders: Iterable[Path]) -> dict[str, Path]:
    """The PDF files below some folders, by the id that a library gives to their documents.

    Of two with the same id the one in the earlier folder, and then by path, counts.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf"):
            found.setdefault(document_id(path), path)
    return found


def document_id(path: Path) -> str:
    """The id of a file's document: the lower-case name without ending, letters and digits joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
