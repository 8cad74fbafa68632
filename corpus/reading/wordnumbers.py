"""The numbers that Word prints before paragraphs without keeping them in the text ("3.12", "(a)"): they are counted
again here, as ECMA-376 (17.9) says that Word counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from corpus.reading.numerals import BULLET, FORMATS
from corpus.reading.wordstyles import Style, Styles, W, is_on, look_of, value

LEVELS = 9
"""How many levels a list of Word's has."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts: from where, in which form, and the text in which "%2" is the second level's
    number. `restarts_after` is the level below which it begins anew (None for any higher one), `plain` that all numbers
    in its text are figures, `style` the paragraph style that is bound to it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    plain: bool = False
    hidden: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """A list: the identifier of the definition with which it shares its counting, its levels, and the numbers with
    which levels begin anew where this list does."""

    counts_with: str
    levels: tuple[Level, ...]
    restarts: tuple[tuple[int, int], ...] = ()


class Numbering:
    """The lists of a Word file. Ask for the markers in the order of the paragraphs: they count on."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        """Take the root of its `numbering.xml`; a file may have none."""
        self._styles = styles
        elements = list(root) if root is not None else []
        self._definitions = {e.get(f"{W}abstractNumId"): e for e in elements if e.tag == f"{W}abstractNum"}
        self._instances = {e.get(f"{W}numId"): e for e in elements if e.tag == f"{W}num"}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def depth(self, style: Style, name: str | None) -> int | None:
        """The level (from 0) at which a paragraph of this style is numbered, None where it isn't; `name` is the style's
        identifier, to which a level may be bound."""
        found = self._list(style.list_id)
        if found is None:
            return None
        if style.list_level is not None:
            return min(style.list_level, LEVELS - 1)
        return next((i for i, level in enumerate(found.levels) if level.style and level.style == name), 0)

    def marker(self, list_id: str | None, depth: int) -> str:
        """The next marker of a list at a level: a bullet, a number, or "" where nothing is printed."""
        found = self._list(list_id)
        if found is None or list_id is None:
            return ""
        counts = self._counts.setdefault(found.counts_with, {})
        restart = dict(found.restarts).get(depth)
        if restart is not None and (list_id, depth) not in self._begun:
            counts[depth] = restart
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else found.levels[depth].start
        self._begun.add((list_id, depth))
        for above in range(depth):
            # A level that was left out counts as begun: a first heading 2 is "1.1", and the heading 1 after it is "2".
            counts.setdefault(above, found.levels[above].start)
        for below in range(depth + 1, LEVELS):
            after = found.levels[below].restarts_after
            if depth < (below if after is None else after):
                counts.pop(below, None)
        level = found.levels[depth]
        return "" if level.hidden else _printed(level, found.levels, counts)

    def _list(self, list_id: str | None) -> _List | None:
        if list_id is None or list_id == "0":
            return None
        if list_id not in self._lists:
            self._lists[list_id] = None  # for lists that are each other's style
            self._lists[list_id] = self._made(list_id)
        return self._lists[list_id]

    def _made(self, list_id: str) -> _List | None:
        instance = self._instances.get(list_id)
        named = instance.find(f"{W}abstractNumId") if instance is not None else None
        name = value(named) if named is not None else None
        definition = self._definitions.get(name)
        if instance is None or definition is None or name is None:
            return None
        levels = [Level()] * LEVELS
        link = definition.find(f"{W}numStyleLink")
        if link is not None:
            linked = self._list(self._styles.list_of_style(value(link)))
            if linked is not None:
                name, levels = linked.counts_with, list(linked.levels)
        for element in definition.findall(f"{W}lvl"):
            _set(levels, element)
        restarts = []
        for override in instance.findall(f"{W}lvlOverride"):
            if (element := override.find(f"{W}lvl")) is not None:
                _set(levels, element)
            start = override.find(f"{W}startOverride")
            depth = _whole(override.get(f"{W}ilvl"))
            if start is not None and depth is not None:
                restarts.append((depth, _whole(value(start)) or 0))
        return _List(name, tuple(levels), tuple(restarts))


def _set(levels: list[Level], element: Any) -> None:
    """Put a level (`w:lvl`) in its place."""
    depth = _whole(element.get(f"{W}ilvl"))
    if depth is None or depth >= LEVELS:
        return
    said = {child.tag.removeprefix(W): child for child in element}
    text = {name: value(child) for name, child in said.items()}
    levels[depth] = replace(
        Level(),
        start=_whole(text.get("start")) or 0,
        form=text.get("numFmt") or "decimal",
        text=text.get("lvlText") or "",
        restarts_after=_whole(text.get("lvlRestart")),
        plain="isLgl" in said and is_on(said["isLgl"]),
        hidden=bool(look_of(said.get("rPr")).hidden),
        style=text.get("pStyle"),
    )


def _printed(level: Level, levels: tuple[Level, ...], counts: dict[int, int]) -> str:
    if level.form == "bullet":
        return BULLET
    if level.form == "none":
        return re.sub(r"%\d", "", level.text).strip()

    def number(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        if not 0 <= depth < LEVELS or levels[depth].form in ("bullet", "none"):
            return ""
        return FORMATS.get("decimal" if level.plain else levels[depth].form, str)(counts.get(depth, 0))

    return " ".join(re.sub(r"%(\d)", number, level.text).split())


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 10 else None
