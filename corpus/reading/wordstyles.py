"""What a Word file's styles say: how its runs look, which paragraphs are headings or numbered. Pure.

A property holds from the nearest place that names it: the run, its character style, the paragraph's style, the styles
on which these are based, the document's defaults (ECMA-376, 17.7.2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Any

from corpus.reading.rereading import WORD

W = f"{{{WORD}}}"
"""The prefix of the names of Word's elements and attributes in a tree."""

USUAL_SIZE = 10.0
"""Points: the size of letters of which nothing is said (ECMA-376, 17.3.2.38)."""

BODY_LEVEL = 9
"""The outline level of running text; headings have 0 to 8."""

_HEADING = re.compile(r"heading\s*([1-9])", re.IGNORECASE)
_TITLES = {"title": 1, "subtitle": 2}
_NO_FILL = (None, "", "auto", "FFFFFF", "ffffff")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks, None where nothing is said: `size` is that of its letters in points, `ground` that something is
    behind them that isn't white, `raised` that they are superscripts."""

    bold: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    white: bool | None = None
    ground: bool | None = None
    raised: bool | None = None
    size: float | None = None

    def over(self, below: Look) -> Look:
        """This look, and where it says nothing the one below."""
        said = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}
        return replace(below, **said)


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it has from those on which it is based.

    `level` is a heading's rank (1 is the highest, 0 no heading), `list_id` and `list_level` the list that numbers its
    paragraphs, `new_page` that each begins a page.
    """

    look: Look = Look()
    level: int = 0
    list_id: str | None = None
    list_level: int | None = None
    new_page: bool = False


class Styles:
    """The styles of a Word file by their identifiers."""

    def __init__(self, root: Any | None) -> None:
        """Take the root of its `styles.xml`; a file may have none."""
        styles = root.findall(f"{W}style") if root is not None else []
        self._elements = {style.get(f"{W}styleId"): style for style in styles}
        self._known: dict[str | None, Style] = {}
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._default_look = look_of(defaults).over(Look(size=USUAL_SIZE))
        self._default = next(
            (s.get(f"{W}styleId") for s in styles if s.get(f"{W}type") == "paragraph" and is_on(s, "default")), None
        )

    def of_paragraph(self, properties: Any | None) -> Style:
        """The style of a paragraph by its properties (`w:pPr`), with what these say themselves."""
        named = properties.find(f"{W}pStyle") if properties is not None else None
        style = self.style(value(named) if named is not None else self._default)
        return _with_paragraph(style, properties)

    def of_run(self, properties: Any | None, paragraph: Style) -> Look:
        """The look of a run in a paragraph by the run's properties (`w:rPr`)."""
        if properties is None:
            return paragraph.look.over(self._default_look)
        named = properties.find(f"{W}rStyle")
        below = paragraph.look.over(self._default_look)
        if named is not None:
            below = self.style(value(named)).look.over(below)
        return look_of(properties).over(below)

    def style(self, name: str | None) -> Style:
        """The style with this identifier; one that says nothing where there is none."""
        if name not in self._known:
            self._known[name] = Style()  # for a style that is based on itself
            element = self._elements.get(name)
            if element is not None:
                based_on = element.find(f"{W}basedOn")
                base = self.style(value(based_on)) if based_on is not None else Style()
                self._known[name] = self._style(element, base)
        return self._known[name]

    def _style(self, element: Any, base: Style) -> Style:
        style = replace(base, look=look_of(element.find(f"{W}rPr")).over(base.look))
        named = _HEADING.fullmatch(_name(element))
        if named:
            style = replace(style, level=int(named[1]))
        elif _name(element) in _TITLES:
            style = replace(style, level=_TITLES[_name(element)])
        return _with_paragraph(style, element.find(f"{W}pPr"))

    def list_of_style(self, name: str | None) -> str | None:
        """The list that a numbering style stands for."""
        return self.style(name).list_id

    def bold_first_row(self, name: str | None) -> bool:
        """Whether a table style sets the first row of its tables in bold."""
        while name is not None and (element := self._elements.get(name)) is not None:
            for part in element.findall(f"{W}tblStylePr"):
                if part.get(f"{W}type") == "firstRow" and look_of(part.find(f"{W}rPr")).bold:
                    return True
            based_on = element.find(f"{W}basedOn")
            following = value(based_on) if based_on is not None else None
            name = following if following != name else None
        return False


def look_of(properties: Any | None) -> Look:
    """What run properties (`w:rPr`) say of the look."""
    if properties is None:
        return Look()
    said: dict[str, Any] = {}
    for child in properties:
        match child.tag.removeprefix(W):
            case "b":
                said["bold"] = is_on(child)
            case "vanish":
                said["hidden"] = is_on(child)
            case "strike" | "dstrike":
                said["struck"] = is_on(child) or said.get("struck", False)
            case "color":
                said["white"] = (value(child) or "").upper() == "FFFFFF"
            case "shd":
                said["ground"] = is_filled(child)
            case "highlight":
                said["ground"] = value(child) not in ("none", "white")
            case "vertAlign":
                said["raised"] = value(child) == "superscript"
            case "sz" if (value(child) or "").isdigit():
                said["size"] = int(value(child) or 0) / 2
    return Look(**said)


def value(element: Any) -> str | None:
    """An element's `w:val`."""
    text = element.get(f"{W}val")
    return str(text) if text is not None else None


def is_on(element: Any, attribute: str = "val") -> bool:
    """Whether an element that switches something on or off says on; one that says nothing does, an attribute must."""
    said = element.get(f"{W}{attribute}")
    return said not in ("0", "false", "off") and (attribute == "val" or said is not None)


def is_filled(shading: Any | None) -> bool:
    """Whether a shading (`w:shd`) has a colour of its own."""
    return shading is not None and (
        shading.get(f"{W}fill") not in _NO_FILL or shading.get(f"{W}val") not in (None, "clear", "nil")
    )


def _name(element: Any) -> str:
    named = element.find(f"{W}name")
    return ((value(named) if named is not None else "") or "").strip().lower()


def _with_paragraph(style: Style, properties: Any | None) -> Style:
    """The style with what paragraph properties (`w:pPr`) say."""
    if properties is None:
        return style
    outline = properties.find(f"{W}outlineLvl")
    numbered = properties.find(f"{W}numPr")
    shading = properties.find(f"{W}shd")
    new_page = properties.find(f"{W}pageBreakBefore")
    if outline is not None and (value(outline) or "").isdigit():
        level = int(value(outline) or BODY_LEVEL)
        style = replace(style, level=level + 1 if level < BODY_LEVEL else 0)
    if numbered is not None:
        list_id, list_level = numbered.find(f"{W}numId"), numbered.find(f"{W}ilvl")
        if list_id is not None:
            style = replace(style, list_id=value(list_id))
        if list_level is not None and (value(list_level) or "").isdigit():
            style = replace(style, list_level=int(value(list_level) or 0))
    if shading is not None:
        style = replace(style, look=replace(style.look, ground=is_filled(shading)))
    if new_page is not None:
        style = replace(style, new_page=is_on(new_page))
    return style
