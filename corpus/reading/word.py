"""Word files (.docx) into pieces, page by page.

Inserted text is read and deleted text left out, as if all tracked changes were accepted. Hidden, white and struck out
text is left out and told in the document's notes, comments without a word. Headers and footers are left out but for the
lines that say what begins ("Agenda Item 5", "Not for publication"). A text box stands after the paragraph on which it
hangs, a footnote at the end of its page, endnotes at the end.

A page is what Word last made of it: where its pages ended is kept in the file, with the breaks that its author set. A
program other than Word often keeps only the latter; the notes say so. The number printed on a page is not known. The
witness of a page is the letters of its paragraphs as the standard library's expat gives them; the numbers that Word
counts and doesn't keep are in it as they were counted here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.documents import BlockKind, Document
from corpus.errors import UnreadableDocument
from corpus.reading.flow import Cell, document_of, drawn, hidden_note, is_large, pieces_of_paragraph, raised, tidy
from corpus.reading.layout import SAYS_WHAT_BEGINS
from corpus.reading.pieces import Piece
from corpus.reading.rereading import paragraphs_of_word
from corpus.reading.witness import squash
from corpus.reading.wordfile import Part, WordFile, open_word
from corpus.reading.wordnumbers import Numbering
from corpus.reading.wordpages import Pages, RowPart, parts_of_row
from corpus.reading.wordruns import CHANGES, Break, Inline, Note, Run, is_unseen, look_of_all, unwrapped
from corpus.reading.wordstyles import Style, Styles, W, is_filled, is_on, look_of, value

A_PAGE = 600
"""Words: a longer text has more than one page, whatever the file says."""

_VML = "{urn:schemas-microsoft-com:vml}"
FIRST_ROW = 0x20
"""The bit of a table's look that sets off its first row (ECMA-376, 17.4.56)."""

_PLAIN_TABLES = (None, "TableGrid", "TableNormal")
"""The table styles that colour nothing."""


def read_word(path: Path, document: str, sha256: str) -> Document:
    """The document in the Word file at `path`.

    Raises UnreadableDocument where the file is empty, encrypted, no Word file, damaged, or without text.
    """
    file = open_word(path)
    try:
        reader = _Reader(file)
        reader.read()
    except ValueError as error:
        raise UnreadableDocument(f"{path.name}: the Word file is damaged ({error}).") from error
    pictures = next(file.document.root.iter(f"{W}drawing", f"{W}pict"), None) is not None
    return document_of(
        path,
        document,
        sha256,
        title=file.title,
        pages=reader.pages.pieces,
        witnesses=reader.witnesses(),
        notes=reader.told(),
        if_empty="it holds pictures only (a scan?): save it as a PDF, with text recognition (OCR)"
        if pictures
        else "the file has no text",
    )


class _Reader:
    """Takes a Word file's blocks in order, and fills pages."""

    def __init__(self, file: WordFile) -> None:
        self.pages = Pages()
        self._file = file
        self._styles = Styles(file.styles.root if file.styles else None)
        self._numbering = Numbering(file.numbering.root if file.numbering else None, self._styles)
        self._parts = [p for p in (file.document, file.footnotes, file.endnotes, *file.margins.values()) if p]
        self._letters: dict[Any, str] = {}
        for part in self._parts:
            paragraphs = list(part.root.iter(f"{W}p"))
            self._letters |= zip(paragraphs, paragraphs_of_word(part.xml), strict=True)
        self._markers: dict[Any, str] = {}
        self._body_size = self._usual_size()
        notes = {
            "footnoteReference": _by_id(file.footnotes, f"{W}footnote"),
            "endnoteReference": _by_id(file.endnotes, f"{W}endnote"),
        }
        self._inline = Inline(self._styles, notes)
        self._carried: list[Run | Break] = []
        self._carried_from: list[Any] = []
        self._struck = 0
        self._changed = self._chunks = False
        body = file.document.root.find(f"{W}body")
        self._body = body if body is not None else file.document.root
        # A section that was changed has its old self within it.
        sections = self._body.iter(f"{W}sectPr")
        self._sections = [section for section in sections if section.getparent().tag != f"{W}sectPrChange"]

    def read(self) -> None:
        """Fill the pages with the document's text."""
        said = self._begin_section(0, ())
        section = 0
        for block in unwrapped(self._body):
            self._block(block, self.pages, ground=False)
            if block.tag == f"{W}p" and block.find(f"{W}pPr/{W}sectPr") is not None:
                section += 1
                said = self._begin_section(section, said)
        self._write_carried(self.pages)
        for page, note in [*self.pages.notes]:
            self._note(note, self.pages.last if note.at_end else page)

    def witnesses(self) -> list[tuple[str, ...]]:
        """For each page the letters of its paragraphs, with their numbers."""
        told = (
            "".join(f"{self._markers.get(source, '')}{self._letters[source]}" for source in sources)
            for sources in self.pages.sources
        )
        return [(squash(drawn(letters)),) for letters in told]

    def told(self) -> list[str]:
        """What the reader of the document should be told."""
        notes = list(hidden_note(self.pages.hidden, len(self.pages.pieces)))
        if self._struck:
            notes.append(f"{self._struck} characters that are struck out were left out.")
        if self._changed or self._inline.changed:
            notes.append("The file has tracked changes: it was read as if all of them were accepted.")
        if self._chunks:
            notes.append("The file has other files in it that weren't read.")
        words = sum(len(letters.split()) for letters in self._letters.values())
        if not self._inline.flowed and words > A_PAGE:
            notes.append(
                "The file doesn't keep where Word's pages end: its pages are those between breaks set by hand."
            )
        return notes

    def _usual_size(self) -> float:
        """The size of letters in which most of the text is set, in points."""
        sizes: Counter[float] = Counter()
        for paragraph in self._file.document.root.iter(f"{W}p"):
            style = self._styles.of_paragraph(paragraph.find(f"{W}pPr"))
            for run in paragraph.iter(f"{W}r"):
                look = self._styles.of_run(run.find(f"{W}rPr"), style)
                sizes[look.size or 0.0] += sum(len(text.text or "") for text in run.iter(f"{W}t"))
        return sizes.most_common(1)[0][0] if sizes else 0.0

    def _begin_section(self, number: int, above: tuple[str, ...]) -> tuple[str, ...]:
        """End the page where a section asks for a new one, and keep the lines of its margins that say what begins, but
        those that the section before had too. Gives all such lines."""
        section = self._sections[number] if number < len(self._sections) else None
        kind = section.find(f"{W}type") if section is not None else None
        if number and (value(kind) if kind is not None else None) not in ("continuous", "nextColumn"):
            self.pages.turn()
        found: dict[str, list[Any]] = {}
        for part in self._margins(number):
            for block in unwrapped(part.root):
                inner = Pages()
                self._fill(inner, [block], ground=False)
                found |= {piece.cells[0]: inner.sources[0] for piece in inner.pieces[0]}
            found |= {tidy(mark.get("string") or ""): [] for mark in part.root.iter(f"{_VML}textpath")}
        found = {text: sources for text, sources in found.items() if SAYS_WHAT_BEGINS.fullmatch(text)}
        for text, sources in found.items():
            if text not in above:
                fresh = self.pages.fresh
                self.pages.add([Piece(BlockKind.PARAGRAPH, (text,))], sources)
                self.pages.fresh = fresh
        return tuple(found)

    def _margins(self, number: int) -> list[Part]:
        """The headers and footers that a section's pages show: what it doesn't name it has from the one before."""
        named: dict[tuple[str, str | None], str | None] = {}
        for section in self._sections[: number + 1]:
            for tag in ("headerReference", "footerReference"):
                for reference in section.findall(f"{W}{tag}"):
                    identifier = next((v for k, v in reference.attrib.items() if k.endswith("}id")), None)
                    named[tag, reference.get(f"{W}type")] = identifier
        if number >= len(self._sections):
            return []
        title = self._sections[number].find(f"{W}titlePg")
        settings = self._file.settings.root if self._file.settings else None
        even = settings.find(f"{W}evenAndOddHeaders") if settings is not None else None
        shown = {"first": title is not None and is_on(title), "even": even is not None and is_on(even)}
        found = (self._file.margins.get(name or "") for (_, kind), name in named.items() if shown.get(kind or "", True))
        return [part for part in found if part is not None]

    def _fill(self, pages: Pages, blocks: Iterable[Any], *, ground: bool, marker: str = "") -> None:
        """Take all blocks of a cell, a text box or a note; `marker` stands before the first text."""
        for block in blocks:
            self._block(block, pages, ground=ground, marker=marker)
            marker = marker if not pages.pieces[-1] else ""
        self._write_carried(pages)

    def _block(self, block: Any, pages: Pages, *, ground: bool, marker: str = "") -> None:
        if block.tag == f"{W}p":
            self._paragraph(block, pages, ground=ground, marker=marker)
        elif block.tag == f"{W}tbl":
            self._write_carried(pages)
            self._table(block, pages, ground=ground)
        elif block.tag == f"{W}altChunk":
            self._chunks = True
        elif block.tag in CHANGES:
            self._changed = True

    def _note(self, note: Note, page: int) -> None:
        """Put a note at the end of its page."""
        inner = Pages()
        self._fill(inner, unwrapped(note.element), ground=False, marker=raised(note.mark))
        for pieces, sources in zip(inner.pieces, inner.sources, strict=True):
            self.pages.pieces[page] += pieces
            self.pages.sources[page] += sources

    def _paragraph(self, paragraph: Any, pages: Pages, *, ground: bool, marker: str) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = self._styles.of_paragraph(properties)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if style.new_page:
            pages.turn_before()
        boxes: list[Any] = []
        stretches, sources = self._carried, [*self._carried_from, paragraph]
        self._carried, self._carried_from = [], []
        for token in self._inline.read(paragraph, style):
            match token:
                case Note():
                    pages.notes.append((pages.last, token))
                case Run(text, look) if is_unseen(look, ground=ground):
                    pages.hidden[pages.last + 1] += len("".join(text.split()))
                case Run(text, look) if look.struck:
                    self._struck += len("".join(text.split()))
                case Run() | Break():
                    stretches.append(token)
                case _:
                    boxes.append(token)
        if mark is not None and mark.find(f"{W}del") is not None:
            # Without the mark at its end the paragraph goes on with the next.
            self._changed = True
            self._carried, self._carried_from = stretches, sources
        else:
            depth = self._numbering.depth(style, _style_name(properties))
            written = any(isinstance(s, Run) and s.text.strip() for s in stretches)
            if depth is not None and (written or not look_of(mark).hidden):
                marker = self._numbering.marker(style.list_id, depth)
            if written:
                self._markers[sources[0]] = marker
            self._write(stretches, pages, sources, style, marker, (depth or 0) + 1)
        for box in boxes:
            self._fill(pages, unwrapped(box), ground=True)

    def _write_carried(self, pages: Pages) -> None:
        """Write what was to go on with a paragraph that doesn't come."""
        stretches, sources = self._carried, self._carried_from
        self._carried, self._carried_from = [], []
        self._write(stretches, pages, sources, Style(), "", 1)

    def _write(
        self, stretches: list[Run | Break], pages: Pages, sources: list[Any], style: Style, marker: str, depth: int
    ) -> None:
        """Put a paragraph's text on the pages; what a page's end cuts off goes on with it."""
        runs: list[Run] = []
        begun = cut = written = False
        for stretch in [*stretches, None]:
            if isinstance(stretch, Run):
                runs.append(stretch)
                continue
            text = "".join(run.text for run in runs)
            if tidy(text):
                bold, size = look_of_all(runs)
                large = is_large(size, self._body_size)
                pieces = pieces_of_paragraph(
                    text, level=style.level, marker=marker, depth=depth, bold=bold, size=size, large=large
                )
                if cut and begun:
                    pieces[0] = replace(pieces[0], kind=BlockKind.PARAGRAPH, level=0, continues=True)
                pages.add(pieces, sources)
                begun, written, marker = True, True, ""
            runs = []
            if stretch is not None:
                cut = stretch.flowing and (cut or written)
                written = False
                pages.turn(flowing=stretch.flowing)

    def _table(self, table: Any, pages: Pages, *, ground: bool) -> None:
        properties = table.find(f"{W}tblPr")
        named = properties.find(f"{W}tblStyle") if properties is not None else None
        style = value(named) if named is not None else None
        ground = ground or style not in _PLAIN_TABLES or _is_shaded(properties)
        first_bold = self._styles.bold_first_row(style) and _looks_for_first_row(properties)
        parts: list[RowPart] = []
        page = 0
        for number, row in enumerate(r for r in unwrapped(table) if r.tag == f"{W}tr"):
            about = row.find(f"{W}trPr")
            if about is not None and about.find(f"{W}del") is not None:
                self._changed = True
                continue
            cells = self._cells(row, about, ground=ground, names=_is_header(about) or (first_bold and not number))
            if about is not None and (hidden := about.find(f"{W}hidden")) is not None and is_on(hidden):
                left_out = (p.cells[0] for _, inner in cells for page_pieces in inner.pieces for p in page_pieces)
                pages.hidden[pages.last + 1] += sum(len("".join(text.split())) for text in left_out)
                continue
            parts += parts_of_row(cells, page, fresh=pages.fresh and not parts)
            page = parts[-1].page
        pages.add_table(parts)

    def _cells(self, row: Any, about: Any | None, *, ground: bool, names: bool) -> list[tuple[Cell, Pages]]:
        """A row's cells, each with the pages that it fills."""
        before = about.find(f"{W}gridBefore") if about is not None else None
        column = _count(before, 0)
        found: list[tuple[Cell, Pages]] = []
        for cell in (c for c in unwrapped(row) if c.tag == f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            said = {child.tag.removeprefix(W): child for child in properties} if properties is not None else {}
            after = column + _count(said.get("gridSpan"), 1)
            if "hMerge" in said and value(said["hMerge"]) != "restart" and found:
                found[-1] = (replace(found[-1][0], after=after), found[-1][1])
            elif "vMerge" not in said or value(said["vMerge"]) == "restart":
                inner = Pages()
                self._fill(inner, unwrapped(cell), ground=ground or is_filled(said.get("shd")))
                found.append((Cell((), column, after, names), inner))
            column = after
        return found


def _by_id(part: Part | None, tag: str) -> dict[str | None, Any]:
    return {element.get(f"{W}id"): element for element in part.root.findall(tag)} if part else {}


def _style_name(properties: Any | None) -> str | None:
    named = properties.find(f"{W}pStyle") if properties is not None else None
    return value(named) if named is not None else None


def _is_header(about: Any | None) -> bool:
    """Whether row properties (`w:trPr`) say that the row is repeated at the top of each page."""
    header = about.find(f"{W}tblHeader") if about is not None else None
    return header is not None and is_on(header)


def _is_shaded(properties: Any | None) -> bool:
    return properties is not None and is_filled(properties.find(f"{W}shd"))


def _looks_for_first_row(properties: Any | None) -> bool:
    """Whether a table (`w:tblPr`) wants its style's look for its first row."""
    wanted = properties.find(f"{W}tblLook") if properties is not None else None
    if wanted is None:
        return False
    if wanted.get(f"{W}firstRow") is not None:
        return is_on(wanted, "firstRow")
    bits = value(wanted) or ""
    return bool(re.fullmatch("[0-9A-Fa-f]{1,4}", bits)) and bool(int(bits, 16) & FIRST_ROW)


def _count(element: Any | None, default: int) -> int:
    text = (value(element) if element is not None else None) or ""
    return min(int(text), 100) if text.isascii() and text.isdecimal() and len(text) < 6 else default
