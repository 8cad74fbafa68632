"""Set the sample papers as PDF files from their Markdown sources.

``python -m corpus.sample.build`` reads every file in ``sources/`` and writes the PDF of the same name to
``papers/``. The same sources give the same bytes. With ``--papers FILE`` it also writes one JSON line for
every paper (part of a document), with the file pages on which it begins and ends.

A source is TOML front matter between two lines of ``+++`` and then Markdown with tables, to which these are
added:

* ``<!-- paper kind="report" title="..." body="Council" date="2022-06-21" item="4" -->`` begins a paper on a
  new page; with ``page="landscape"`` or ``page="slide"`` that page is turned.
* ``<!-- page portrait -->``, ``<!-- page landscape -->`` and ``<!-- page slide -->`` begin a page; ``<!--
  blank -->`` adds one that says it was left blank; ``<!-- space 20 -->`` leaves so many points empty.
* ``<!-- anchor name -->`` marks a place. ``{{page:name}}`` is replaced by the number printed on its page and
  ``{{range:4}}`` by the first and last printed numbers of the papers of agenda item 4.
* ``<!-- table widths="8 40 52" head="2" cut="no" size="8" -->`` before a table gives its column widths in
  parts of a hundred, how many of its rows are repeated as a heading on every page, whether a row may be cut
  by the end of a page, and its type size. An empty first row is left out. In a cell ``<br>`` begins a
  paragraph, ``- `` a bullet, ``##`` in the first cell draws the row as one wide cell, and ``<<`` joins a
  cell to the one on its left.
* A paragraph that begins with a number such as ``3.2`` is set with the number in the margin.
* A fenced block named ``stamp``, ``cover``, ``letterhead``, ``address``, ``right``, ``centre`` or ``small``
  keeps its lines and is set accordingly.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from xml.sax.saxutils import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from reportlab.lib.colors import Color, HexColor, black  # type: ignore[import-untyped, unused-ignore]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped, unused-ignore]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped, unused-ignore]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped, unused-ignore]
from reportlab.platypus import Paragraph  # type: ignore[import-untyped, unused-ignore]

HERE = Path(__file__).parent
SOURCES = HERE / "sources"
PAPERS = HERE / "papers"

SHORT_SIDE, LONG_SIDE = A4
CELL_PADDING = 3.0
HEADING_FILL = HexColor("#D9E2EC")
SECTION_FILL = HexColor("#EEF1F4")
STATUS_FILLS = {
    "complete": HexColor("#9CC9E8"),
    "green": HexColor("#A9D8A0"),
    "amber": HexColor("#FFD27F"),
    "red": HexColor("#F2A09A"),
}
FACES = {
    "Helvetica": ("Helvetica", "Helvetica-Bold"),
    "Times": ("Times-Roman", "Times-Bold"),
}
# reportlab writes a bullet of the text faces as code 127, which readers take for a control character.
BULLET_FACE = "Symbol"
NUMBERED = re.compile(r"^(\d+\.(?:\d+)?)\s+(?=\S)")
DIRECTIVE = re.compile(r"^<!--\s*(\w+)\s*(.*?)\s*-->\s*$", re.DOTALL)
TOKEN = re.compile(r"\{\{(\w+):([\w-]+)\}\}")


@dataclass(frozen=True)
class Settings:
    """What the front matter of a source says about the whole document."""

    title: str
    author: str
    subject: str
    created: datetime
    face: str = "Helvetica"
    size: float = 11.0
    outline: bool = False
    unnumbered: int = 0
    first_number: int = 1

    def label(self, page: int) -> str | None:
        """Return the number printed on a page of the file, or None where none is printed."""
        if page <= self.unnumbered:
            return None
        return str(page - self.unnumbered + self.first_number - 1)


@dataclass
class Paper:
    """A paper inside a document, with its first and last page in the file."""

    kind: str
    title: str
    body: str | None
    date: str
    item: str | None
    first_page: int
    last_page: int = 0


@dataclass(frozen=True)
class Shape:
    """The size and margins of a page, in points."""

    name: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.width - self.left - self.right


SHAPES = {
    "portrait": Shape("portrait", SHORT_SIDE, LONG_SIDE, 62, 62, 54, 62),
    "landscape": Shape("landscape", LONG_SIDE, SHORT_SIDE, 54, 36, 42, 36),
    "slide": Shape("slide", LONG_SIDE, SHORT_SIDE, 80, 70, 60, 50),
}


class Block(Protocol):
    """Something that is set from the top of the free space downwards and may be divided between pages."""

    before: float
    with_next: bool

    def divide(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """Return what fits in the height and what is left over."""

    def height(self, width: float) -> float:
        """Return the height that the whole needs."""

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw the whole with its upper left corner at x and top."""


@dataclass
class Text:
    """A paragraph."""

    paragraph: Any
    before: float = 0.0
    with_next: bool = False

    def height(self, width: float) -> float:
        """Give the height it takes at this width, in points."""
        return float(self.paragraph.wrap(width, 10_000)[1])

    def divide(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """Give what fits into this height, and what is left for the next page; None for nothing."""
        if self.height(width) <= height:
            return self, None
        parts = self.paragraph.split(width, height)
        if len(parts) < 2:
            return None, self
        return replace(self, paragraph=parts[0]), replace(self, paragraph=parts[1], before=0.0)

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw it from `top` downwards."""
        self.paragraph.drawOn(canvas, x, top - self.height(width))


@dataclass
class Gap:
    """An empty space."""

    points: float
    before: float = 0.0
    with_next: bool = False

    def height(self, width: float) -> float:
        """Give the height it takes at this width, in points."""
        return self.points

    def divide(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """Give what fits into this height, and what is left for the next page; None for nothing."""
        return (self, None) if self.points <= height else (None, None)

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw nothing."""


@dataclass
class Mark:
    """Nothing to be seen: says on which page the block after it stands."""

    note: Callable[[], None]
    before: float = 0.0
    with_next: bool = True

    def height(self, width: float) -> float:
        """Give the height it takes at this width, in points."""
        return 0.0

    def divide(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """Give what fits into this height, and what is left for the next page; None for nothing."""
        return self, None

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw it from `top` downwards."""
        self.note()


@dataclass
class Cell:
    """A table cell: its paragraphs, how many columns it covers, and its colour."""

    texts: list[Text]
    columns: int = 1
    fill: Color | None = None

    def height(self, width: float) -> float:
        """Give the height it takes at this width, in points."""
        inner = width - 2 * CELL_PADDING
        return sum(text.height(inner) + text.before for text in self.texts) + 2 * CELL_PADDING

    def divide(self, width: float, height: float) -> tuple[Cell, Cell]:
        """Return the part of the cell above a cut and the part below it; either may be empty."""
        inner = width - 2 * CELL_PADDING
        free = height - 2 * CELL_PADDING
        above: list[Text] = []
        below: list[Text] = []
        for text in self.texts:
            if below:
                below.append(text)
                continue
            upper, lower = text.divide(inner, free - text.before)
            if isinstance(upper, Text):
                above.append(upper)
                free -= upper.before + upper.height(inner)
            if isinstance(lower, Text):
                below.append(replace(lower, before=0.0))
        return replace(self, texts=above), replace(self, texts=below)

    def draw(self, canvas: Any, x: float, top: float, width: float, height: float) -> None:
        """Draw it from `top` downwards."""
        canvas.setStrokeColor(black)
        canvas.setLineWidth(0.5)
        if self.fill is not None:
            canvas.setFillColor(self.fill)
        canvas.rect(x, top - height, width, height, stroke=1, fill=int(self.fill is not None))
        canvas.setFillColor(black)
        inner = width - 2 * CELL_PADDING
        y = top - CELL_PADDING
        for text in self.texts:
            y -= text.before
            text.draw(canvas, x + CELL_PADDING, y, inner)
            y -= text.height(inner)


@dataclass
class Table:
    """A ruled table whose heading rows are repeated on every page it reaches."""

    shares: list[float]
    heading: list[list[Cell]]
    rows: list[list[Cell]]
    may_cut: bool
    line: float
    before: float = 6.0
    with_next: bool = False

    def _widths(self, row: Sequence[Cell], width: float) -> list[float]:
        total = sum(self.shares)
        widths: list[float] = []
        column = 0
        for cell in row:
            widths.append(width * sum(self.shares[column : column + cell.columns]) / total)
            column += cell.columns
        return widths

    def _row_height(self, row: Sequence[Cell], width: float) -> float:
        return max(cell.height(share) for cell, share in zip(row, self._widths(row, width), strict=True))

    def height(self, width: float) -> float:
        """Give the height it takes at this width, in points."""
        return sum(self._row_height(row, width) for row in [*self.heading, *self.rows])

    def divide(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """Give what fits into this height, and what is left for the next page; None for nothing."""
        free = height - sum(self._row_height(row, width) for row in self.heading)
        above: list[list[Cell]] = []
        for position, row in enumerate(self.rows):
            need = self._row_height(row, width)
            section = len(row) == 1
            follower = 3 * self.line if section else 0.0
            if need + follower <= free:
                above.append(row)
                free -= need
                continue
            below = list(self.rows[position:])
            if self.may_cut and not section and free >= 3 * self.line + 2 * CELL_PADDING:
                halves = [cell.divide(share, free) for cell, share in zip(row, self._widths(row, width), strict=True)]
                if any(lower.texts for _, lower in halves):
                    above.append([upper for upper, _ in halves])
                    below[0] = [lower for _, lower in halves]
            if not above:
                return None, self
            return replace(self, rows=above), replace(self, rows=below, before=0.0)
        return self, None

    def draw(self, canvas: Any, x: float, top: float, width: float) -> None:
        """Draw it from `top` downwards."""
        for row in [*self.heading, *self.rows]:
            height = self._row_height(row, width)
            left = x
            for cell, share in zip(row, self._widths(row, width), strict=True):
                cell.draw(canvas, left, top, share, height)
                left += share
            top -= height


@dataclass
class Typesetter:
    """Places blocks on pages and remembers on which page papers and anchors stand."""

    settings: Settings
    canvas: Any
    papers: list[Paper] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    shape: Shape = SHAPES["portrait"]
    page: int = 0
    y: float = 0.0
    fresh: bool = False
    held: list[Block] = field(default_factory=list)
    entries: int = 0

    def begin_page(self, shape: str | None = None) -> None:
        """End the page, if one was begun, and begin another."""
        self._place_held()
        if self.page:
            self._end_page()
        if shape is not None:
            self.shape = SHAPES[shape]
        self.page += 1
        self.canvas.setPageSize((self.shape.width, self.shape.height))
        self.y = self.shape.height - self.shape.top
        self.fresh = True

    def _end_page(self) -> None:
        label = self.settings.label(self.page)
        if label is not None:
            self.canvas.setFont(FACES[self.settings.face][0], 9)
            if self.shape.name == "portrait":
                self.canvas.drawCentredString(self.shape.width / 2, 30, f"Page {label}")
            else:
                self.canvas.saveState()
                self.canvas.translate(28, self.shape.height / 2)
                self.canvas.rotate(90)
                self.canvas.drawCentredString(0, 0, f"Page {label}")
                self.canvas.restoreState()
        self.canvas.showPage()

    def add(self, block: Block) -> None:
        """Set a block; a heading waits for what comes after it, so that it never ends a page."""
        if block.with_next:
            self.held.append(block)
            return
        width = self.shape.measure
        held = sum(part.height(width) + part.before for part in self.held)
        if self.held and not self.fresh:
            free = self.y - self.shape.bottom - held - block.before
            if block.divide(width, free)[0] is None:
                waiting, self.held = self.held, []
                self.begin_page()
                self.held = waiting
        self._place_held()
        self._place(block)

    def _place_held(self) -> None:
        waiting, self.held = self.held, []
        for block in waiting:
            self._place(block)

    def _place(self, block: Block) -> None:
        width = self.shape.measure
        rest: Block | None = block
        while rest is not None:
            gap = 0.0 if self.fresh else rest.before
            part, left = rest.divide(width, self.y - gap - self.shape.bottom)
            if part is None and left is not None and self.fresh:
                raise ValueError(f"page {self.page}: a block is higher than the page")
            if part is not None:
                self.y -= gap
                part.draw(self.canvas, self.shape.left, self.y, width)
                self.y -= part.height(width)
                self.fresh = False
            if left is not None:
                self.begin_page()
            rest = left

    def begin_paper(self, values: dict[str, str]) -> None:
        """Begin a paper on a page of its own."""
        self.begin_page(values.get("page", "portrait"))
        self._close_paper(self.page - 1)
        self.papers.append(
            Paper(
                kind=values["kind"],
                title=values["title"],
                body=values.get("body"),
                date=values["date"],
                item=values.get("item"),
                first_page=self.page,
            )
        )
        self.bookmark(values["title"], 0)

    def _close_paper(self, page: int) -> None:
        if self.papers:
            self.papers[-1].last_page = page

    def mark(self, name: str) -> None:
        """Remember that an anchor stands on this page."""
        self.anchors[name] = self.page

    def bookmark(self, title: str, level: int) -> None:
        """Add an entry to the outline, if the document has one."""
        if self.settings.outline:
            self.entries += 1
            key = f"entry-{self.entries}"
            self.canvas.bookmarkPage(key)
            self.canvas.addOutlineEntry(title, key, level)

    def finish(self) -> bytes:
        """End the document and return the bytes of the PDF file."""
        self._place_held()
        self._end_page()
        self._close_paper(self.page)
        return bytes(self.canvas.getpdfdata())


class Composer:
    """Turns the Markdown of one source into blocks."""

    def __init__(self, settings: Settings, typesetter: Typesetter) -> None:
        """Read `settings` and set type with `typesetter`."""
        self.settings = settings
        self.setter = typesetter
        self.table_values: dict[str, str] = {}

    def style(self, scale: float = 1.0, bold: bool = False, spacing: float = 1.28, **values: Any) -> Any:
        """Return a paragraph style of the document's face, larger on slides."""
        size = self.settings.size * scale
        if self.setter.shape.name == "slide":
            size *= 1.8
        face = FACES[self.settings.face][int(bold)]
        given = {"leading": size * spacing, "allowWidows": 0, "allowOrphans": 0, **values}
        return ParagraphStyle(
            "text", fontName=face, fontSize=size, **{"bulletFontName": face, "bulletFontSize": size, **given}
        )

    def compose(self, markdown: str) -> None:
        """Set all of a source's text."""
        parser = MarkdownIt("commonmark", {"typographer": True, "html": True})
        parser.enable(["table", "smartquotes"])
        tokens = parser.parse(markdown)
        position = 0
        while position < len(tokens):
            position = self._block(tokens, position)

    def _block(self, tokens: list[Token], position: int) -> int:
        token = tokens[position]
        if token.type == "html_block":
            self._directives(token.content)
        elif token.type == "fence":
            self._fence(token.info.strip(), token.content)
        elif token.type == "heading_open":
            self._heading(int(token.tag[1]), tokens[position + 1])
            return position + 3
        elif token.type == "paragraph_open":
            self._paragraph(inline(tokens[position + 1]))
            return position + 3
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            return self._list(tokens, position, 0)
        elif token.type == "table_open":
            return self._table(tokens, position)
        else:
            raise ValueError(f"line {token.map}: {token.type} has no setting")
        return position + 1

    def _directives(self, content: str) -> None:
        for line in content.strip().splitlines():
            match = DIRECTIVE.match(line)
            if match is None:
                raise ValueError(f"not a directive: {line}")
            name, words = match[1], shlex.split(match[2])
            values = dict(word.split("=", 1) for word in words if "=" in word)
            if name == "paper":
                self.setter.begin_paper(values)
            elif name == "page":
                self.setter.begin_page(words[0])
            elif name == "blank":
                self.setter.begin_page("portrait")
                self.setter.add(Gap(330))
                self.setter.add(Text(Paragraph("This page is intentionally left blank", self.style(alignment=1))))
            elif name == "space":
                self.setter.add(Gap(float(words[0])))
            elif name == "anchor":
                self.setter.add(Mark(partial(self.setter.mark, words[0])))
            elif name == "table":
                self.table_values = values
            else:
                raise ValueError(f"unknown directive: {name}")

    def _fence(self, name: str, content: str) -> None:
        styles = {
            "stamp": self.style(1.3, bold=True, alignment=2),
            "cover": self.style(2.0, bold=True, leading=self.settings.size * 2.6),
            "letterhead": self.style(1.0, bold=True, alignment=2),
            "address": self.style(),
            "right": self.style(alignment=2),
            "centre": self.style(1.15, bold=True, alignment=1),
            "small": self.style(0.8),
        }
        lines = "<br/>".join(smart(escape(line)) for line in content.rstrip("\n").split("\n"))
        self.setter.add(Text(Paragraph(lines, styles[name]), before=8.0))

    def _heading(self, level: int, token: Token) -> None:
        scale = {1: 1.45, 2: 1.15, 3: 1.0}[level]
        colour = HexColor("#1B3A57") if self.setter.shape.name == "slide" else black
        style = self.style(scale, bold=True, textColor=colour)
        text = inline(token)
        if level < 3 and len(self.setter.papers) and self.setter.shape.name != "slide":
            title = re.sub(r"<[^>]+>", "", text).replace("&amp;", "&")
            self.setter.add(Mark(partial(self.setter.bookmark, title, 1)))
        self.setter.add(Text(Paragraph(text, style), before=12.0, with_next=True))

    def _paragraph(self, text: str) -> None:
        match = NUMBERED.match(text)
        if match is None:
            self.setter.add(Text(Paragraph(text, self.style()), before=7.0))
            return
        style = self.style(leftIndent=34, bulletIndent=0)
        self.setter.add(Text(Paragraph(text[match.end() :], style, bulletText=match[1]), before=7.0))

    def _list(self, tokens: list[Token], position: int, depth: int) -> int:
        """Set a list and return the position after it."""
        opening = tokens[position]
        ordered = opening.type == "ordered_list_open"
        number = int(opening.attrs.get("start", 1)) - 1
        closing = opening.type.replace("open", "close")
        step = 20.0 if not ordered else 26.0
        indent = 14.0 + depth * 20.0
        first = True
        position += 1
        while tokens[position].type != closing:
            token = tokens[position]
            if token.type == "list_item_open":
                number += 1
                first = True
            elif token.type == "inline":
                sign = f"{number}." if ordered else ("\u2022" if depth == 0 else "\u2013")
                style = self.style(leftIndent=indent + step, bulletIndent=indent)
                if sign == "\u2022":
                    style.bulletFontName = BULLET_FACE
                paragraph = Paragraph(inline(token), style, bulletText=sign if first else None)
                before = 10.0 if self.setter.shape.name == "slide" else 4.0
                self.setter.add(Text(paragraph, before=before))
                first = False
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                position = self._list(tokens, position, depth + 1)
                continue
            position += 1
        return position + 1

    def _table(self, tokens: list[Token], position: int) -> int:
        """Set a table and return the position after it."""
        rows: list[list[str]] = []
        while tokens[position].type != "table_close":
            token = tokens[position]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(inline(token))
            position += 1
        values, self.table_values = self.table_values, {}
        if not any(rows[0]):
            rows = rows[1:]
        shares = [float(share) for share in values.get("widths", "").split()] or [1.0] * len(rows[0])
        if len(shares) != len(rows[0]):
            raise ValueError(f"{len(shares)} widths for {len(rows[0])} columns: {rows[0]}")
        size = float(values.get("size", self.settings.size))
        if self.setter.shape.name == "slide":
            size /= 1.8
        heads = int(values.get("head", "1"))
        cells = [self._row(row, size, place < heads, "bold" in values) for place, row in enumerate(rows)]
        self.setter.add(
            Table(
                shares=shares,
                heading=cells[:heads],
                rows=cells[heads:],
                may_cut=values.get("cut", "yes") == "yes",
                line=size * 1.22,
            )
        )
        return position + 1

    def _row(self, contents: list[str], size: float, heading: bool, first_bold: bool) -> list[Cell]:
        if contents[0].startswith("## "):
            text = self._cell_text(contents[0][3:], size, True)
            return [Cell(text, columns=len(contents), fill=SECTION_FILL)]
        row: list[Cell] = []
        for place, content in enumerate(contents):
            if content == "&lt;&lt;":
                row[-1].columns += 1
                continue
            bold = heading or (first_bold and place == 0)
            fill = HEADING_FILL if heading else STATUS_FILLS.get(content.lower())
            row.append(Cell(self._cell_text(content, size, bold), fill=fill))
        return row

    def _cell_text(self, content: str, size: float, bold: bool) -> list[Text]:
        texts: list[Text] = []
        scale = size / self.settings.size
        for line in content.split("<br/>"):
            line = line.strip()
            if not line:
                continue
            before = 3.0 if texts else 0.0
            if line.startswith("- "):
                style = self.style(scale, bold, spacing=1.22, leftIndent=9, bulletFontName=BULLET_FACE)
                texts.append(Text(Paragraph(line[2:], style, bulletText="\u2022"), before=before))
            else:
                style = self.style(scale, bold, spacing=1.22)
                texts.append(Text(Paragraph(line, style), before=before))
        return texts


def smart(text: str) -> str:
    """Turn straight apostrophes into curly ones."""
    return text.replace("'", "\u2019")


def inline(token: Token) -> str:
    """Return the mark-up that reportlab understands for a run of Markdown text."""
    marks = {
        "strong_open": "<b>",
        "strong_close": "</b>",
        "em_open": "<i>",
        "em_close": "</i>",
        "softbreak": " ",
        "hardbreak": "<br/>",
    }
    parts: list[str] = []
    for child in token.children or []:
        if child.type == "text":
            parts.append(escape(child.content))
        elif child.type == "html_inline" and child.content == "<br>":
            parts.append("<br/>")
        elif child.type in marks:
            parts.append(marks[child.type])
        else:
            raise ValueError(f"{child.type} has no setting: {token.content[:60]}")
    return "".join(parts)


def read(source: Path) -> tuple[Settings, str]:
    """Return the settings and the Markdown of a source."""
    _, front, markdown = source.read_text(encoding="utf-8").split("+++\n", 2)
    return Settings(**tomllib.loads(front)), markdown


@contextmanager
def dated(created: datetime) -> Iterator[None]:
    """Make reportlab write this date into the document, whatever the time is."""
    name = "SOURCE_DATE_EPOCH"
    earlier = os.environ.get(name)
    os.environ[name] = str(int(created.replace(tzinfo=UTC).timestamp()))
    try:
        yield
    finally:
        if earlier is None:
            del os.environ[name]
        else:
            os.environ[name] = earlier


def typeset(settings: Settings, markdown: str) -> tuple[bytes, Typesetter]:
    """Set a text once and return the bytes of the PDF file and what is known about its pages."""
    with dated(settings.created):
        canvas = Canvas("unnamed.pdf", pagesize=A4, invariant=1, pageCompression=1)
        canvas.setTitle(settings.title)
        canvas.setAuthor(settings.author)
        canvas.setSubject(settings.subject)
        canvas.setCreator(settings.author)
        if settings.outline:
            canvas.showOutline()
        setter = Typesetter(settings, canvas)
        Composer(settings, setter).compose(markdown)
        return setter.finish(), setter


def fill_in(markdown: str, setter: Typesetter) -> str:
    """Replace page references by the numbers printed on the pages."""

    def printed(match: re.Match[str]) -> str:
        kind, name = match[1], match[2]
        label = setter.settings.label
        if kind == "page":
            return label(setter.anchors[name]) or ""
        pages = [paper for paper in setter.papers if paper.item == name]
        first, last = label(pages[0].first_page), label(pages[-1].last_page)
        return f"{first} \u2013 {last}"

    return TOKEN.sub(printed, markdown)


def build(source: Path) -> tuple[bytes, list[Paper]]:
    """Return the PDF file and the papers of one source."""
    settings, markdown = read(source)
    _, first = typeset(settings, TOKEN.sub("00", markdown))
    data, setter = typeset(settings, fill_in(markdown, first))
    return data, setter.papers


def main(arguments: Sequence[str] | None = None) -> None:
    """Build every document."""
    parser = argparse.ArgumentParser(description="Set the sample papers as PDF files.")
    parser.add_argument("--papers", type=Path, metavar="FILE", help="also list the papers in this JSONL file")
    options = parser.parse_args(arguments)
    PAPERS.mkdir(exist_ok=True)
    lines: list[str] = []
    for source in sorted(SOURCES.glob("*.md")):
        data, papers = build(source)
        (PAPERS / f"{source.stem}.pdf").write_bytes(data)
        lines += [json.dumps({"document": source.stem, **vars(paper)}, ensure_ascii=False) for paper in papers]
        print(f"{source.stem}.pdf: {papers[-1].last_page} pages")
    if options.papers is not None:
        options.papers.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
