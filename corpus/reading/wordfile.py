"""Word files (.docx, ECMA-376) as a package: the parts that hold a document's text, and what of them may be trusted.

A Word file is a zip of XML parts that name each other. Only the parts with text are unpacked, within limits; a part
that declares a document type or entities is refused, nothing outside of the file is ever looked at.

Why lxml and not python-docx or mammoth (1.2.0 and 1.13.0, tried on one file with all of these): python-docx leaves out
inserted text, content controls, text boxes and notes, knows no automatic numbers, and refuses a file that names a part
which isn't there, as real ones do; mammoth shows hidden text and loses page breaks and the forms of numbers.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.errors import UnreadableDocument

UNPACKED = 200 * 1024**2
"""Bytes: the parts of a file that are read are no larger than this together."""

PACKING = 200
"""XML packs to a hundredth of its size at best; a part that packs better than this is made to fill the memory."""

SMALL = 10 * 1024**2
"""Bytes: a part up to this size does no harm, however well it packs."""

OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Office files begin, and encrypted new ones, which are wrapped in one."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
"""The names by which files saved as "Strict Open XML" call what all others call by the second."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    etree.LxmlError,
)
"""What a damaged zip or part raises, by what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a Word file: its bytes, and the root of its tree."""

    xml: bytes
    root: Any


@dataclass(frozen=True, slots=True)
class WordFile:
    """The parts of a Word file that its text is made of; `margins` are its headers and footers by the identifier by
    which the document names them. `title` is what the file says of itself."""

    document: Part
    styles: Part | None
    numbering: Part | None
    settings: Part | None
    footnotes: Part | None
    endnotes: Part | None
    margins: Mapping[str, Part]
    title: str


def open_word(path: Path) -> WordFile:
    """The parts of the Word file at `path`.

    Raises UnreadableDocument where the file is empty, encrypted, no Word file or one of before 2007, damaged, or made
    to fill the memory.
    """
    try:
        with path.open("rb") as file:
            head = file.read(8)
            if head == OFFICE:
                raise UnreadableDocument(_of_old_office(path, file.read(UNPACKED)))
    except OSError as error:
        raise UnreadableDocument(f"{path.name}: the file can't be opened ({error.strerror}).") from error
    if not head:
        raise UnreadableDocument(f"{path.name}: the file is empty (0 bytes).")
    if not head.startswith(b"PK"):
        raise UnreadableDocument(f"{path.name}: it isn't a Word file, whatever its name says.")
    try:
        with zipfile.ZipFile(path) as package:
            return _Package(path, package).word_file()
    except UnreadableDocument:
        raise
    except _BROKEN as error:
        said = " ".join(str(error).split()).rstrip(".")[:120] or type(error).__name__
        raise UnreadableDocument(f"{path.name}: the Word file is damaged or cut short ({said}).") from error


def _of_old_office(path: Path, rest: bytes) -> str:
    if _ENCRYPTED in rest:
        return f"{path.name}: it is protected by a password; save it without one."
    return f"{path.name}: it is an Office file of before 2007, whatever its name says; save it as .docx."


class _Package:
    """Reads the parts of a package one by one, and counts what they unpack to."""

    def __init__(self, path: Path, package: zipfile.ZipFile) -> None:
        self._path = path
        self._package = package
        # Some programs write backslashes, and names are the same in capitals and small letters (ECMA-376 part 2).
        self._parts = {info.filename.replace("\\", "/").lower(): info for info in package.infolist()}
        self._left = UNPACKED

    def word_file(self) -> WordFile:
        """Follow the names from part to part."""
        main = next((target for kind, _, target in self._related("") if kind == "officeDocument"), None)
        document = self._part(main)
        if main is None or document is None or etree.QName(document.root).localname != "document":
            raise UnreadableDocument(f"{self._path.name}: {self._other_kind()}, whatever its name says.")
        related = self._related(main)
        named = {kind: target for kind, _, target in reversed(related)}
        parts = {
            kind: self._part(named.get(kind)) for kind in ("styles", "numbering", "settings", "footnotes", "endnotes")
        }
        margins = {
            name: part
            for kind, name, target in related
            if kind in ("header", "footer") and (part := self._part(target))
        }
        core = next((target for kind, _, target in self._related("") if kind == "core-properties"), None)
        return WordFile(document=document, margins=margins, title=self._title(core), **parts)

    def _related(self, part: str) -> list[tuple[str, str, str]]:
        """The parts that a part names, if they are there: what they are for it, by which identifier, and their name."""
        folder, name = posixpath.split(part)
        relations = self._part(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = []
        for relation in relations.root if relations is not None else ():
            target = (relation.get("Target") or "").replace("\\", "/")
            place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if relation.get("TargetMode") != "External" and place.lower() in self._parts:
                found.append(((relation.get("Type") or "").rsplit("/", 1)[-1], relation.get("Id") or "", place))
        return found

    def _part(self, name: str | None) -> Part | None:
        info = self._parts.get(name.lower()) if name else None
        if info is None:
            return None
        self._left -= info.file_size
        packs_too_well = info.file_size > SMALL and info.file_size > PACKING * info.compress_size
        if self._left < 0 or packs_too_well:
            raise UnreadableDocument(
                f"{self._path.name}: its text would unpack to more than {UNPACKED // 1024**2} MB or is packed as no"
                " Word file's is; if it is genuine, save it as a PDF."
            )
        with self._package.open(info) as part:
            # No more than it says that it has: `read` alone would unpack all there is first.
            xml = part.read(info.file_size)
        for strict, usual in _STRICT:
            xml = xml.replace(strict, usual)
        # What is outside of the file isn't fetched, entities aren't filled in, and depth and length have lxml's limits.
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        root = etree.fromstring(xml, parser)
        if root.getroottree().docinfo.doctype:
            raise UnreadableDocument(
                f"{self._path.name}: its part {name} declares a document type, as no Word file does; it isn't read."
            )
        return Part(xml, root)

    def _title(self, core: str | None) -> str:
        part = self._part(core)
        found = part.root.find("{http://purl.org/dc/elements/1.1/}title") if part is not None else None
        return re.sub(r"\s+", " ", found.text or "") if found is not None else ""

    def _other_kind(self) -> str:
        for sign, kind in (
            ("xl/workbook.xml", "it is an Excel file"),
            ("ppt/presentation.xml", "it is a PowerPoint file"),
            ("mimetype", "it is an OpenDocument or e-book file"),
        ):
            if sign in self._parts:
                return kind
        return "it is a zip file that holds no Word document"
