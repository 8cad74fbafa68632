"""Which reader reads which file, and a document's id."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from corpus.documents import Document
from corpus.errors import UnreadableDocument

SUPPORTED = (".pdf",)


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


def read_file(path: Path, password: str | None = None) -> Document:
    """The document in a file, by its ending. Raises UnreadableDocument with one sentence for the reader."""
    if path.suffix.lower() not in SUPPORTED:
        kinds = ", ".join(SUPPORTED)
        raise UnreadableDocument(f"{path.name}: files of this kind aren't read yet ({kinds} are); save it as a PDF.")
    from corpus.reading.pdf import read_pdf

    return read_pdf(path, document_id(path), sha256_of(path), password)
