"""What stands in a paragraph of a Word file, in order: runs that look alike, breaks, notes, text boxes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.reading.flow import raised
from corpus.reading.numerals import note_mark, symbol
from corpus.reading.rereading import MATHS
from corpus.reading.wordstyles import Look, Style, Styles, W, is_on

TINY = 1.5
"""Points: text smaller than this can't be read on paper, and is taken for hidden."""

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WRAPPERS = frozenset(
    f"{W}{name}"
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
)
"""Elements around others that are read as if they stood there by themselves."""

CHANGES = (f"{W}del", f"{W}moveFrom", f"{W}ins", f"{W}moveTo")
"""Elements that tracked changes put around others."""


@dataclass(frozen=True, slots=True)
class Break:
    """A page's end: one that its author set, or (`flowing`) where Word's text had filled the page."""

    flowing: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that looks alike."""

    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote: its element, and its mark."""

    element: Any
    mark: str
    at_end: bool


class Inline:
    """Reads what stands in paragraphs; ask for them in the document's order, for its notes are counted. `changed` says
    that there were tracked changes, `flowed` that the file keeps where Word's pages ended."""

    def __init__(self, styles: Styles, notes: Mapping[str, Mapping[str | None, Any]]) -> None:
        """Take the file's styles, and its notes by what refers to them ("footnoteReference") and by identifier."""
        self.changed = self.flowed = False
        self._styles = styles
        self._notes = notes
        self._noted: Counter[str] = Counter()

    def read(self, parent: Any, style: Style) -> Iterator[Run | Break | Note | Any]:
        """What stands in a paragraph, in order: runs, breaks, notes, and the contents of text boxes."""
        for child in parent:
            if child.tag == f"{W}r":
                yield from self._run(child, style)
            elif child.tag in _WRAPPERS:
                self.changed |= child.tag in CHANGES
                yield from self.read(child, style)
            elif child.tag in CHANGES:
                self.changed = True
            elif child.tag.startswith(f"{{{MATHS}}}"):
                yield Run("".join(text.text or "" for text in child.iter(f"{{{MATHS}}}t")), Look())
            elif child.tag == f"{_MC}AlternateContent":
                yield from self.read(chosen(child), style)

    def _run(self, run: Any, style: Style) -> Iterator[Run | Break | Note | Any]:
        look = self._styles.of_run(run.find(f"{W}rPr"), style)
        for child in run:
            name = child.tag.removeprefix(W)
            match name:
                case "t":
                    text = re.sub(r"\s+", " ", child.text or "")
                    yield Run(raised(text) if look.raised and text.strip().isdecimal() else text, look)
                case "tab" | "ptab":
                    yield Run(" ", look)
                case "br" if child.get(f"{W}type") == "page":
                    yield Break(flowing=False)
                case "br" | "cr":
                    yield Run("\n", look)
                case "noBreakHyphen":
                    yield Run("-", look)
                case "sym":
                    yield Run(symbol(child.get(f"{W}font") or "", child.get(f"{W}char") or ""), look)
                case "lastRenderedPageBreak":
                    self.flowed = True
                    yield Break(flowing=True)
                case "footnoteReference" | "endnoteReference":
                    yield from self._reference(name, child)
                case "ruby":
                    yield from self.read(child.find(f"{W}rubyBase"), style)
                case "drawing" | "pict" | "object":
                    yield from boxes(child)
                case _ if child.tag == f"{_MC}AlternateContent":
                    yield from boxes(chosen(child))

    def _reference(self, name: str, reference: Any) -> Iterator[Run | Note]:
        """A note's mark in the text, unless its author made one, and the note."""
        mark = ""
        if not is_on(reference, "customMarkFollows"):
            self._noted[name] += 1
            mark = note_mark(name, self._noted[name])
            # A space before it: a mark is no part of the word that it follows.
            yield Run(f" {raised(mark)}", Look())
        element = self._notes[name].get(reference.get(f"{W}id"))
        if element is not None:
            yield Note(element, mark, at_end=name == "endnoteReference")


def look_of_all(runs: Sequence[Run]) -> tuple[bool, float]:
    """Whether all letters of some runs are bold, and the size of the largest."""
    written = [run.look for run in runs if any(c.isalnum() for c in run.text) and run.look != Look()]
    bold = bool(written) and all(look.bold for look in written)
    return bold, max((look.size or 0.0 for look in written), default=0.0)


def is_unseen(look: Look, *, ground: bool) -> bool:
    """Whether nobody can see letters of this look; `ground` says that something behind them isn't white."""
    return bool(look.hidden or (look.white and not look.ground and not ground) or (look.size or TINY) < TINY)


def unwrapped(parent: Any) -> Iterator[Any]:
    """An element's children; what only stands around others gives way to these."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from unwrapped(child)
        elif child.tag == f"{_MC}AlternateContent":
            yield from unwrapped(chosen(child))
        else:
            yield child


def chosen(alternatives: Any) -> Any:
    """Of the ways in which a file says the same for newer and older programs, the first."""
    return next(iter(alternatives), alternatives)


def boxes(drawing: Any) -> Iterator[Any]:
    """The contents of the text boxes in a drawing, each once; those in a box are read with it."""
    left = [drawing]
    while left:
        element = left.pop()
        if element.tag == f"{W}txbxContent":
            yield element
        elif element.tag == f"{_MC}AlternateContent":
            left.append(chosen(element))
        else:
            left += reversed(element)
