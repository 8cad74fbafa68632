"""Web pages into pieces: headings, paragraphs, list items, tables.

What belongs to the web site and not to the page (menus, headers and footers, banners about cookies) and what nobody who
looks at the page sees is left out, the latter told in the document's notes. A web page is one page without a printed
number. Its witness is the text as the standard library's `html.parser` gives it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.documents import BlockKind, Document
from corpus.reading.decoding import read_text
from corpus.reading.elements import (
    NO_TEXT,
    Element,
    Main,
    MarkedRow,
    Node,
    Text,
    is_heading,
    is_item,
    letters,
    names_of,
    nodes,
    pairs_of_definitions,
    raw,
    role_of,
    rows_of_table,
    span,
    tree_of,
    words,
)
from corpus.reading.flow import (
    Cell,
    Row,
    document_of,
    hidden_note,
    pieces_of_paragraph,
    pieces_of_table,
    raised,
    rows_of_cells,
    tidy,
)
from corpus.reading.layout import SAYS_WHAT_BEGINS
from corpus.reading.numerals import LISTS, ListMarkers
from corpus.reading.pieces import Piece
from corpus.reading.rereading import witness_of_html
from corpus.reading.visibility import STRUCK, Sheet, is_white

MOST = 0.5
"""An element that holds more than this share of a page's words isn't furniture, whatever its class says; one of whose
words more than this share are links is a menu."""

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)

_BLOCKS = names_of(
    "html body main article section div p address blockquote center details summary fieldset legend figure figcaption"
    " form header footer aside nav hgroup hr search h1 h2 h3 h4 h5 h6 ul ol menu dir li dl dt dd pre table caption"
    " thead tbody tfoot tr td th"
)
_SITE_ROLES = frozenset(
    ["navigation", "search", "banner", "contentinfo", "complementary", "dialog", "alertdialog", "menu", "menubar"]
)
_SITE_PARTS = re.compile(
    r"cookie|onetrust|consent-?banner|bread-?crumb|skip-?(?:link|nav|to)|back-?to-?top|pagination|share-?(?:this|links?|"
    r"buttons?|page)|social-?(?:media|links?|share|icons?)|(?:site|page|global|main|top|side)-?(?:nav|menu)|"
    r"site-?(?:header|footer|search)|print-?(?:page|link|button)|"
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|sidebar|megamenu)(?:[\s_-]|$)",
    re.IGNORECASE,
)
"""Names (`class`, `id`) of what web sites put around a page."""


def read_html(path: Path, document: str, sha256: str) -> Document:
    """The document in the web page at `path`.

    Raises UnreadableDocument where the file is empty, isn't text or has nothing to read, and RecursionError where its
    elements are nested hundreds deep.
    """
    decoded = read_text(path, _DECLARED)
    page = page_of_html(decoded.text)
    return document_of(
        path,
        document,
        sha256,
        title=page.title,
        pages=[page.pieces],
        witnesses=[(witness_of_html(decoded.text, page.sheet),)],
        notes=(*decoded.notes, *page.notes),
    )


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a web page says: its title and its pieces in order; the rules by which parts of it can't be seen, and how
    many characters can't or are struck out."""

    title: str
    pieces: tuple[Piece, ...]
    sheet: Sheet
    hidden: int
    struck: int

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell of text that was left out."""
        struck = (f"{self.struck} characters that are struck out were left out.",) if self.struck else ()
        return (*hidden_note({1: self.hidden} if self.hidden else {}, 1), *struck)


def page_of_html(text: str) -> WebPage:
    """The web page in a text of HTML."""
    root = tree_of(text)
    elements = [node for node in nodes(root) if isinstance(node, Element)]
    title = next((raw(node) for node in elements if node.name == "title" and node.namespace == "html"), "")
    sheet = Sheet.of("\n".join(raw(node) for node in elements if node.name == "style"))
    body = next((node for node in elements if node.name == "body"), root)
    most = MOST * words(body)
    unread = (node for node in elements if (node.attrs.get("aria-hidden") or "").strip().lower() == "true")
    sheet = replace(sheet, aria=all(words(node) <= most for node in unread))
    reader = _Reader(sheet, Main.of(body, elements))
    reader.read(body, _Place())
    reader.end_block()
    return WebPage(title, tuple(reader.pieces), sheet, reader.hidden, reader.struck)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a page the reader is.

    `site` says that headers and footers there are those of the web site, `ground` that something above may colour the
    ground on which the letters stand, `depth` how many lists are around.
    """

    bold: bool = False
    preformatted: bool = False
    in_heading: bool = False
    site: bool = True
    ground: bool = False
    depth: int = 0


class _Reader:
    """Takes the elements of a page in order, and gathers its pieces."""

    def __init__(self, sheet: Sheet, main: Main) -> None:
        """Begin a page, or an element that is read on its own."""
        self.pieces: list[Piece] = []
        self.hidden = 0
        self.struck = 0
        self._sheet = sheet
        self._main = main
        self._words = 0
        self._texts: list[str] = []
        self._letters = self._bold_letters = 0
        self._marker = ""
        self._depth = 0

    def read(self, node: Node, place: _Place) -> None:
        """Take all that is in an element."""
        self._words = self._words or words(node)
        for child in node.children or ():
            if isinstance(child, Text):
                self._text(child.data or "", place)
            elif isinstance(child, Element):
                self._element(child, place)

    def end_block(self, level: int = 0) -> None:
        """Make a paragraph of the text since the last one: a heading of this level, where one is given."""
        text = "".join(self._texts)
        bold = self._letters > 0 and self._bold_letters == self._letters
        found = pieces_of_paragraph(text, level=level, marker=self._marker, depth=self._depth, bold=bold)
        if found:
            self.pieces += found
            self._marker = ""
        self._texts, self._letters, self._bold_letters = [], 0, 0

    def _text(self, data: str, place: _Place) -> None:
        self._texts.append(data if place.preformatted else re.sub(r"\s", " ", data))
        letters = sum(c.isalnum() for c in data)
        self._letters += letters
        self._bold_letters += letters * place.bold

    def _element(self, node: Element, place: _Place) -> None:
        name, attributes = node.name, node.attrs
        if name in NO_TEXT or (name == "button" and not place.in_heading):
            return
        if self._is_site_part(node, place):
            self._keep_marking(node)
            return
        white = is_white(attributes) and not (place.ground or self._sheet.has_ground(name, attributes))
        if white or self._sheet.hides(name, attributes):
            self.hidden += letters(node)
            return
        if name in STRUCK:
            self.struck += letters(node)
            return
        place = self._inside(node, place)
        if name == "br":
            self._texts.append("\n")
        elif name == "sup":
            self._superscript(node, place)
        elif name not in _BLOCKS:
            self.read(node, place)
        else:
            self.end_block()
            if name in LISTS:
                self._list(node, place)
            elif name == "table" and (rows := rows_of_table(node, self._sheet)):
                self._table(node, rows, place)
            elif name == "dl" and (pairs := list(pairs_of_definitions(node, self._sheet))):
                self._definitions(pairs, place)
            else:
                self.read(node, place)
            self.end_block(int(name[1]) if re.fullmatch("h[1-6]", name) else 0)

    def _is_site_part(self, node: Element, place: _Place) -> bool:
        """Whether an element belongs to the web site and not to the page."""
        name, attributes = node.name, node.attrs
        if self._main.leaves_out(node) and place.site:
            return True
        role = role_of(node)
        if name in ("nav", "search") or (role in _SITE_ROLES and (place.site or role != "complementary")):
            return not self._is_most(node)
        if name in ("header", "footer", "aside"):
            mostly_links = words(node, links=True) > MOST * words(node)
            # A page's own title may stand in its header.
            titled = name == "header" and any(is_heading(inner) for inner in nodes(node))
            return mostly_links or (place.site and not titled and not self._is_most(node))
        named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        return bool(_SITE_PARTS.search(named)) and not self._is_most(node)

    def _is_most(self, node: Element) -> bool:
        return words(node) > MOST * self._words

    def _keep_marking(self, node: Element) -> None:
        """Keep of a header or footer the line that says that the paper isn't for publication, and the page's title
        where its main part has none."""
        if node.name == "nav" or words(node, links=True) > MOST * words(node):
            return
        reader = _Reader(self._sheet, Main())
        reader.read(node, _Place(site=False))
        reader.end_block()
        kept = [
            piece
            for piece in reader.pieces
            if (piece.kind is not BlockKind.ROW and SAYS_WHAT_BEGINS.fullmatch(piece.cells[0]))
            or (self._main.untitled and piece.kind is BlockKind.HEADING and piece.level == 1)
        ]
        if kept:
            self.end_block()
            self.pieces += kept

    def _superscript(self, node: Element, place: _Place) -> None:
        text = raw(node).strip()
        if not text.isdecimal() or not text.isascii():
            self.read(node, place)
            return
        # A mark that leads to a note is no part of the word before it.
        is_note = any(isinstance(inner, Element) and inner.name == "a" for inner in nodes(node))
        self._text((" " if is_note else "") + raised(text), place)

    def _list(self, node: Element, place: _Place) -> None:
        place = replace(place, depth=place.depth + 1)
        markers = ListMarkers(node.name, node.attrs, sum(is_item(child) for child in node.children))
        for child in node.children:
            if is_item(child):
                self.end_block()
                self._marker, self._depth = markers.next(child.attrs), place.depth
                self._element(child, place)
                self._marker = ""
            elif isinstance(child, Element):
                self._element(child, place)
            elif isinstance(child, Text):
                self._text(child.data or "", place)
        self.end_block()

    def _table(self, node: Element, rows: Sequence[MarkedRow], place: _Place) -> None:
        caption = next(
            (child for child in node.children if isinstance(child, Element) and child.name == "caption"), None
        )
        title = tidy(re.sub(r"\s", " ", raw(caption))) if caption else ""
        taken: dict[int, int] = {}
        cells: list[list[Cell]] = []
        for number, row in enumerate(rows):
            cells.append([])
            column = 0
            for node in row.cells:
                while taken.get(column, 0) > number:
                    column += 1
                after = column + span(node, "colspan")
                taken |= dict.fromkeys(range(column, after), number + span(node, "rowspan"))
                names = row.in_head or (node.name == "th" and node.attrs.get("scope") not in ("row", "rowgroup"))
                inner = self._apart(node, replace(place, bold=place.bold or node.name == "th"))
                cells[-1].append(Cell(inner, column, after, names))
                column = after
        for _, piece in pieces_of_table([Row(row) for row in rows_of_cells(cells)], title):
            self.pieces.append(piece)

    def _definitions(self, pairs: Sequence[tuple[list[Element], list[Element]]], place: _Place) -> None:
        """A list of names and what they stand for is a table of two columns, as on a report's front sheet."""
        rows = []
        for names, values in pairs:
            name, value = (
                tuple(piece for node in nodes for piece in self._apart(node, place)) for nodes in (names, values)
            )
            rows.append(Row((Cell(name, 0, 1), Cell(value, 1, 2))))
        self.pieces += [piece for _, piece in pieces_of_table(rows)]

    def _apart(self, node: Element, place: _Place) -> tuple[Piece, ...]:
        """The pieces of an element that is read on its own: a table's cell."""
        reader = _Reader(self._sheet, Main())
        reader.read(node, replace(self._inside(node, place), site=False))
        reader.end_block()
        self.hidden += reader.hidden
        self.struck += reader.struck
        return tuple(reader.pieces)

    def _inside(self, node: Element, place: _Place) -> _Place:
        """Where the reader is when it is in an element."""
        name = node.name
        weight = re.search(
            r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", node.attrs.get("style") or "", re.IGNORECASE
        )
        bold = (
            weight[1].lower() in ("bold", "600", "700", "800", "900")
            if weight
            else place.bold or name in ("b", "strong")
        )
        is_main = name in ("main", "article") or role_of(node) == "main"
        return replace(
            place,
            bold=bold,
            preformatted=place.preformatted or name == "pre",
            in_heading=place.in_heading or bool(re.fullmatch("h[1-6]|summary", name)),
            site=place.site and not is_main,
            ground=place.ground or self._sheet.has_ground(name, node.attrs),
        )
