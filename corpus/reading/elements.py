"""The elements of a web page. JustHTML, which repairs broken markup as browsers do, makes the tree of them; here stand
the questions that `webpage` asks of it. Nothing is fetched, no script is run.

Why JustHTML and not lxml: libxml2 drops all that follows an early `</html>`, and everything when elements are nested
256 deep (both measured); html5lib repairs as well, but hasn't been looked after since 2020.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from justhtml import Element, JustHTML, Node, Text

from corpus.reading.numerals import whole
from corpus.reading.visibility import Sheet

__all__ = ["Element", "Node", "Text"]


def names_of(names: str) -> frozenset[str]:
    """The names of elements, parted by spaces, as a set."""
    return frozenset(names.split())


NO_TEXT = names_of(
    "script style template noscript head iframe object embed canvas svg audio video map select option datalist textarea"
    " input progress meter dialog frameset"
)
"""Elements whose text, if any, is none of the page's."""

MAIN = 0.3
"""The part of a page that it calls its main one is, if it holds at least this share of the page's words."""

COLUMNS, ROWS = 100, 65534
"""A cell reaches over at most so many columns and rows (the latter from the HTML standard, 4.9.11)."""

_ROW_GROUPS = frozenset(["thead", "tbody", "tfoot"])


def tree_of(text: str) -> Node:
    """The tree of a text of HTML; any text gives one."""
    return JustHTML(text, sanitize=False, scripting_enabled=False).root


def role_of(node: Element) -> str:
    """The part that an element says it plays ("navigation"), "" where it says none."""
    return (node.attrs.get("role") or "").strip().lower()


def nodes(root: Node) -> Iterator[Node | Text]:
    """All nodes below one, in order."""
    left = list(reversed(root.children or ()))
    while left:
        node = left.pop()
        yield node
        if isinstance(node, Element):
            left += reversed(node.children)


def raw(root: Node) -> str:
    return "".join(node.data or "" for node in nodes(root) if isinstance(node, Text))


def shown(root: Node, *, links: bool = False) -> Iterator[str]:
    """The texts in an element, those of scripts and the like left out; with `links` only those of its links."""
    left: list[tuple[Node | Text, bool]] = [(root, False)]
    while left:
        node, linked = left.pop()
        if isinstance(node, Text):
            if linked or not links:
                yield node.data or ""
        elif node.name not in NO_TEXT:
            linked = linked or node.name == "a"
            left += [(child, linked) for child in reversed(node.children or ()) if isinstance(child, (Element, Text))]


def words(root: Node, *, links: bool = False) -> int:
    return sum(len(text.split()) for text in shown(root, links=links))


def letters(root: Node) -> int:
    return sum(len("".join(text.split())) for text in shown(root))


def is_heading(node: Node | Text) -> bool:
    return isinstance(node, Element) and bool(re.fullmatch("h[1-6]", node.name))


def is_item(node: Node | Text) -> bool:
    return isinstance(node, Element) and node.name == "li"


def span(node: Element, name: str) -> int:
    return min(max(whole(node.attrs.get(name), 1), 1), COLUMNS if name == "colspan" else ROWS)


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """The cells of a row, and whether the page marks it as part of the table's head."""

    cells: tuple[Element, ...]
    in_head: bool


def rows_of_table(table: Element, sheet: Sheet) -> list[MarkedRow]:
    """The rows of a table that holds data; none for one that only lays out a page: it says so, or has other tables or
    headings in it and no cell that names a column."""
    rows = []
    for part in table.children:
        if isinstance(part, Element) and not sheet.hides(part.name, part.attrs):
            for row in [part] if part.name == "tr" else part.children if part.name in _ROW_GROUPS else ():
                if isinstance(row, Element) and row.name == "tr" and not sheet.hides(row.name, row.attrs):
                    cells = (c for c in row.children if isinstance(c, Element) and c.name in ("td", "th"))
                    shown = tuple(cell for cell in cells if not sheet.hides(cell.name, cell.attrs))
                    rows.append(MarkedRow(shown, part.name == "thead"))
    named = any(cell.name == "th" for row in rows for cell in row.cells)
    inner = (node for row in rows for cell in row.cells for node in nodes(cell))
    page_parts = any(isinstance(node, Element) and node.name in ("table", "h1", "h2", "h3") for node in inner)
    for_layout = role_of(table) in ("presentation", "none")
    return [] if for_layout or (page_parts and not named) else rows


def pairs_of_definitions(node: Element, sheet: Sheet) -> Iterator[tuple[list[Element], list[Element]]]:
    """The names and what stands beside them in a `dl`, whose pairs may each have a `div` around them."""
    names: list[Element] = []
    values: list[Element] = []
    children = [
        inner
        for child in node.children
        if isinstance(child, Element)
        for inner in (child.children if child.name == "div" else [child])
    ]
    for child in children:
        if not isinstance(child, Element) or sheet.hides(child.name, child.attrs):
            continue
        if child.name == "dt":
            if values:
                yield names, values
                names, values = [], []
            names.append(child)
        elif child.name == "dd":
            values.append(child)
    if names or values:
        yield names, values


@dataclass(frozen=True, slots=True)
class Main:
    """The part of a page that it calls its main one: the identities of the elements around it, with its own; none where
    all of the page is. `untitled` says that it has no heading of the first level."""

    around: frozenset[int] = frozenset()
    untitled: bool = False

    @classmethod
    def of(cls, body: Node, elements: Sequence[Element]) -> Main:
        """The main part of a page; all of it where the page doesn't say, or says it of a small part of itself."""
        named = [element for element in elements if element.name == "main" or role_of(element) == "main"]
        main = max(named, key=words, default=None)
        if main is None or words(main) < MAIN * words(body):
            return cls()
        around: set[int] = set()
        node: Node | None = main
        while node is not None:
            around.add(id(node))
            node = node.parent
        untitled = not any(isinstance(inner, Element) and inner.name == "h1" for inner in nodes(main))
        return cls(frozenset(around), untitled)

    def leaves_out(self, node: Element) -> bool:
        """Whether an element that isn't in the main part stands beside it."""
        return bool(self.around) and id(node) not in self.around
