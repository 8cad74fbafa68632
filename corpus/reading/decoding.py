"""The bytes of text files (web pages, Markdown, plain text) into characters.

Why no library guesses: on short English texts with a pound sign or a curly quotation mark charset-normalizer took
Windows-1252 for Windows-1250, and so "£6" for "Ł6" (measured). What is neither UTF-8 nor UTF-16 nor says of itself what
it is is read as browsers in Western Europe read it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableDocument

WESTERN = "cp1252"
"""What a text without a declaration is, if it isn't Unicode (WHATWG Encoding Standard: so are "latin1" and "ascii")."""

CONTROLS = 0.01
"""A file of which more than this share are control characters isn't text."""

MOST = 0.7
"""At least this share of the high bytes of English text in UTF-16 is zero."""

TEXT_LIMIT = 50 * 1024**2
"""Bytes: a text file that is longer isn't a paper, and would fill the memory."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN = re.compile(r"cp125\d|cp437|cp850|iso8859-\d+|mac-?\w+|koi8-\w", re.IGNORECASE)
"""The encodings that a declaration may name: those of one byte that papers in Latin letters come in."""

_WESTERN = ("ascii", "iso8859-1")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_OTHER_KINDS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip file (Word and Excel files are such)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, its line ends made alike, and how many of its bytes stand for no character."""

    text: str
    lost: int

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell of lost characters."""
        if not self.lost:
            return ()
        return (f"{self.lost} characters couldn't be told from the file's bytes and stand as {chr(0xFFFD)}.",)


def read_text(path: Path, declaration: re.Pattern[bytes] | None = None) -> Decoded:
    """The text in a file; the first group of `declaration` in its first 4,096 bytes names its encoding, if any does.

    Raises UnreadableDocument where the file is empty, too long, or no text.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= TEXT_LIMIT else b""
    except OSError as error:
        raise UnreadableDocument(f"{path.name}: the file can't be opened ({error.strerror}).") from error
    if size > TEXT_LIMIT:
        raise UnreadableDocument(
            f"{path.name}: a text of {size / 1024**2:.0f} MB is too long to be a paper; split it into files of less"
            f" than {TEXT_LIMIT // 1024**2} MB."
        )
    if not data:
        raise UnreadableDocument(f"{path.name}: the file is empty (0 bytes).")
    kind = next((kind for start, kind in _OTHER_KINDS if data.startswith(start)), None)
    if kind:
        raise UnreadableDocument(f"{path.name}: it is {kind}, whatever its name says; give it its own ending.")
    named = declaration.search(data[:4096]) if declaration else None
    text = decoded(data, named[1].decode("ascii", "replace") if named else None)
    if len(_CONTROL.findall(text)) > CONTROLS * len(text):
        raise UnreadableDocument(f"{path.name}: it isn't text, whatever its name says.")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), text.count("\N{REPLACEMENT CHARACTER}"))


def decoded(data: bytes, declared: str | None = None) -> str:
    """The bytes as text: by their byte order mark, as UTF-8 if they are it, as UTF-16 if every other byte is zero, by
    the encoding that they declare, else as Windows-1252. A byte that stands for nothing becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    for high, low, encoding in ((data[1::2], data[::2], "utf-16-le"), (data[::2], data[1::2], "utf-16-be")):
        if high.count(0) > MOST * len(high) and low.count(0) < CONTROLS * len(low):
            return data.decode(encoding, "replace")
    for name in ("utf-8", _codec(declared)):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode(WESTERN, "replace")


def _codec(declared: str | None) -> str:
    """Python's name for a declared encoding; the Western one where it is that, unknown or unlikely."""
    try:
        name = codecs.lookup(declared or WESTERN).name
    except (LookupError, ValueError):
        return WESTERN
    return name if _KNOWN.fullmatch(name) and name not in _WESTERN else WESTERN
