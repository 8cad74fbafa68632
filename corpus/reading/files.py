"""Which reader reads which file, and a document's id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from corpus.documents import Document
from corpus.errors import UnreadableDocument

SUPPORTED = (".pdf", ".docx", ".html", ".htm", ".md", ".txt")


def document_id(path: Path) -> str:
    """The file's name without its ending, lower case, all but letters and digits turned into single hyphens.

    Raises UnreadableDocument for a name that has no letter and no digit.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    if not slug:
        raise UnreadableDocument(f"{path.name}: the file's name has no letter and no digit to know it by; rename it.")
    return slug


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal. Raises UnreadableDocument where the file can't be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableDocument(f"{path.name}: the file can't be opened ({error.strerror}).") from error


class OpenFile(Protocol):
    """A file opened to be read part by part (a PDF page by page), so that several processes can share a long one.

    What `read` gives for the parts, in order, goes into `document`; it can be pickled and means nothing to others.
    """

    parts: int

    def read(self, part: int) -> Any:
        """Read one part, counted from 1."""

    def document(self, parts: Sequence[Any]) -> Document:
        """Make the document of all its parts as read. Raises UnreadableDocument where they hold no text."""

    def close(self) -> None:
        """Close the file."""


class WholeFile:
    """A file that its reader takes in one go: it has one part, the document itself."""

    def __init__(self, document: Document) -> None:
        """Hold the document."""
        self.parts = 1
        self._document = document

    def read(self, part: int) -> Document:
        """The document."""
        return self._document

    def document(self, parts: Sequence[Document]) -> Document:
        """The document."""
        return parts[0]

    def close(self) -> None:
        """Nothing is open."""


def open_file(path: Path, password: str | None = None) -> OpenFile:
    """The file opened by the reader for its ending. Raises UnreadableDocument with one sentence for the reader."""
    ending = path.suffix.lower()
    if ending not in SUPPORTED:
        kinds = ", ".join(SUPPORTED)
        raise UnreadableDocument(f"{path.name}: files of this kind aren't read yet ({kinds} are); save it as a PDF.")
    document, sha256 = document_id(path), sha256_of(path)
    if ending == ".pdf":
        from corpus.reading.pdf import PdfFile

        return PdfFile(path, document, sha256, password)
    try:
        return WholeFile(_reader(ending)(path, document, sha256))
    except (MemoryError, UnreadableDocument):
        raise
    except RecursionError as error:
        raise UnreadableDocument(f"{path.name}: the file's parts are nested too deeply.") from error
    except Exception as error:
        said = " ".join(str(error).split()).rstrip(".")[:120] or type(error).__name__
        raise UnreadableDocument(f"{path.name}: reading failed ({said}).") from error


def _reader(ending: str) -> Callable[[Path, str, str], Document]:
    """The reader of the files that are read in one go. Each brings its own libraries, and only when it is needed."""
    match ending:
        case ".docx":
            from corpus.reading.word import read_word

            return read_word
        case ".html" | ".htm":
            from corpus.reading.webpage import read_html

            return read_html
        case ".md":
            from corpus.reading.markdown import read_markdown

            return read_markdown
        case _:
            from corpus.reading.plain import read_plain

            return read_plain


def read_file(path: Path, password: str | None = None) -> Document:
    """The document in a file, read in this process. Raises UnreadableDocument with one sentence for the reader."""
    with closing(open_file(path, password)) as file:
        return file.document([file.read(part) for part in range(1, file.parts + 1)])
