"""The second readings of web pages, Markdown and Word files: the letters of each, by code that shares nothing with the
first but the rules of what can be seen and how lists count. A quotation must stand in both (`witness`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from xml.parsers import expat

from corpus.reading.flow import drawn
from corpus.reading.numerals import LISTS, ListMarkers, note_mark, symbol
from corpus.reading.visibility import STRUCK, Sheet
from corpus.reading.witness import squash

_WITHOUT_TEXT = frozenset(
    ["title", "script", "style", "template", "noscript", "iframe", "svg", "audio", "video", "select", "textarea"]
)
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"])


def witness_of_html(text: str, sheet: Sheet) -> str:
    """A web page's letters in order as the standard library's `html.parser` gives them, with the numbers of its lists,
    without what can't be seen or is struck out."""
    letters = _HtmlLetters(sheet)
    letters.feed(text)
    letters.close()
    return squash(drawn("".join(letters.parts)))


class _HtmlLetters(HTMLParser):
    def __init__(self, sheet: Sheet) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._sheet = sheet
        self._left_out = ""
        self._depth = 0
        self._lists: list[ListMarkers] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if self._left_out:
            self._depth += tag == self._left_out
        elif tag in _WITHOUT_TEXT or tag in STRUCK or self._sheet.hides(tag, attributes):
            if tag not in _VOID:
                self._left_out, self._depth = tag, 1
        elif tag in LISTS:
            self._lists.append(ListMarkers(tag, attributes))
        elif tag == "li" and self._lists:
            self.parts.append(self._lists[-1].next(attributes))

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            self._depth -= tag == self._left_out
            self._left_out = self._left_out if self._depth else ""
        elif tag in LISTS and self._lists:
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.parts.append(data)


_MARKDOWN_MARKS = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"~~(?=\S).*?~~", re.DOTALL), ""),
    (re.compile(r"^ {0,3}\[[^\]\n]+\]:[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t>]*(?:```|~~~)[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"^[\s|:=-]+$", re.MULTILINE), "\n"),
    (re.compile(r"!\[[^\]]*\](?:\([^)\n]*\)|\[[^\]\n]*\])?"), ""),
    (re.compile(r"\[([^\]]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+|[^>\s@]+@[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[a-z][^>]*>", re.IGNORECASE), ""),
    (re.compile(r"^[ \t>]*#{1,6}(?=\s)|(?<=\s)#+[ \t]*$|^[ \t]*>[ \t>]*|^([ \t>]*)[+*](?=\s)", re.MULTILINE), r"\1"),
    (re.compile(r"(?<!\\)(?:(?<!\s)[*`]+|[*`]+(?!\s)|(?<!\w)_+|_+(?!\w))"), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
"""What Markdown's signs become, in this order, when only the letters are kept."""

_NUMBERED_LINE = re.compile(r"([ \t>]*)(\d{1,9})([.)])(?=\s)")


def witness_of_markdown(text: str) -> str:
    """The letters of a Markdown text, its signs taken off line by line, its lists counted on as readers see them."""
    letters = "\n".join(_counted(text))
    for sign, left in _MARKDOWN_MARKS:
        letters = sign.sub(left, letters)
    return squash(drawn(unescape(letters)))


def _counted(text: str) -> Iterator[str]:
    """The lines, the numbers of lists as they are shown: the first counts, those after it go up by one."""
    numbers: dict[int, tuple[int, str]] = {}
    after_blank = False
    for line in text.split("\n"):
        if not line.strip():
            after_blank = True
            yield line
            continue
        indent = len(line) - len(line.lstrip(" \t>"))
        match = _NUMBERED_LINE.match(line)
        if match:
            before = numbers.get(indent)
            number = before[0] + 1 if before and before[1] == match[3] else int(match[2])
            numbers = {i: told for i, told in numbers.items() if i < indent} | {indent: (number, match[3])}
            line = f"{match[1]}{number}{line[match.end(2) :]}"
        elif after_blank or re.match(r"#|[-+*]\s", line.lstrip(" \t>")):
            numbers = {i: told for i, told in numbers.items() if i < indent}
        after_blank = False
        yield line


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
"""The namespace of Word's own elements (ECMA-376)."""

MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
"""The namespace of formulas in Word files."""

_LETTERS = (f"{WORD} t", f"{MATHS} t")
_LEFT_OUT = (f"{WORD} del", f"{WORD} moveFrom")
_UNSEEN = tuple(f"{WORD} {name}" for name in ("vanish", "strike", "dstrike"))
_REFERENCES = (f"{WORD} footnoteReference", f"{WORD} endnoteReference")
_OF_RUN = [f"{WORD} r", f"{WORD} rPr"]
_OFF = ("0", "false", "off")


def paragraphs_of_word(xml: bytes) -> list[str]:
    """The letters of each paragraph (`w:p`) of a part of a Word file, in the order in which they begin, as the standard
    library's expat gives them: without deleted runs and those that say of themselves that they are hidden or struck
    out. What stands in a text box is a paragraph of its own, and no part of the one that it hangs on.

    Raises ValueError where the part declares entities, which no Word file does, or is no XML.
    """
    reader = _WordLetters()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = reader.refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return ["".join(parts) for parts in reader.paragraphs]


class _WordLetters:
    def __init__(self) -> None:
        self.paragraphs: list[list[str]] = []
        self._open: list[int] = []
        self._path: list[str] = []
        self._left_out = 0
        self._unseen = False
        self._notes: Counter[str] = Counter()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._left_out += name in _LEFT_OUT
        if name == f"{WORD} p":
            self._open.append(len(self.paragraphs))
            self.paragraphs.append([])
        elif name == f"{WORD} r":
            self._unseen = False
        elif name in _UNSEEN and self._path[-3:-1] == _OF_RUN:
            self._unseen |= attributes.get(f"{WORD} val") not in _OFF
        elif name == f"{WORD} sym":
            self._add(symbol(attributes.get(f"{WORD} font", ""), attributes.get(f"{WORD} char", "")))
        elif name in _REFERENCES and not self._left_out and attributes.get(f"{WORD} customMarkFollows", "0") in _OFF:
            self._notes[name] += 1
            self._add(note_mark(name.removeprefix(f"{WORD} "), self._notes[name]))

    def end(self, name: str) -> None:
        self._path.pop()
        self._left_out -= name in _LEFT_OUT
        if name == f"{WORD} p":
            self._open.pop()
            self._unseen = False

    def text(self, data: str) -> None:
        if self._path[-1] in _LETTERS:
            self._add(data)

    def refuse(self, name: str, *_: object) -> None:
        raise ValueError(f"the entity {name} is declared")

    def _add(self, letters: str) -> None:
        if self._open and not self._left_out and not self._unseen:
            self.paragraphs[self._open[-1]].append(letters)
