"""What is printed before the items of lists: bullets and numbers ("3", "c", "iii")."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

BULLET = "•"
"""What every list item without a number opens with."""

LISTS = frozenset(["ul", "ol", "menu", "dir"])
"""The elements that are lists."""

DELIMITER = "data-delimiter"
"""The attribute of a list in which `markdown` hands on whether its numbers are followed by ")"."""

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)

HIGHEST_ROMAN = 3999
"""Beyond this Roman numerals need signs that no list has."""


def in_letters(number: int) -> str:
    """a to z, then aa, bb to zz, as Word counts on; the number itself where it is none that letters can give."""
    if number < 1:
        return str(number)
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1) if times < 9 else str(number)


def in_roman(number: int) -> str:
    """i, ii, iii, iv; the number itself where it is none that Roman numerals can give."""
    if not 0 < number <= HIGHEST_ROMAN:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        out += sign * times
    return out


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "lowerLetter": in_letters,
    "upperLetter": lambda number: in_letters(number).upper(),
    "lowerRoman": in_roman,
    "upperRoman": lambda number: in_roman(number).upper(),
    "ordinal": ordinal,
}
"""The ways of counting by the names that Word has for them (ECMA-376, 17.18.59)."""

_COUNTING = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(none|decimal|(?:lower|upper)-(?:alpha|latin|roman))\b", re.IGNORECASE
)


class ListMarkers:
    """What a browser prints before the items of one list of a web page."""

    def __init__(self, name: str, attributes: Mapping[str, str | None], items: int = 1) -> None:
        """Begin a list ("ol" has numbers); `items` counts them, for one whose numbers go down."""
        style = _STYLE.search(attributes.get("style") or "")
        kind = style[1].lower() if style else (attributes.get("type") or "")
        self._bullet = "" if kind == "none" else BULLET
        self._ordered = name == "ol" and kind != "none"
        self._step = -1 if "reversed" in attributes else 1
        self._number = whole(attributes.get("start"), items if self._step < 0 else 1)
        self._format = FORMATS[_COUNTING.get(kind, "decimal")]
        self._delimiter = attributes.get(DELIMITER) or "."

    def next(self, attributes: Mapping[str, str | None]) -> str:
        """The marker of the next item, whose attributes are given."""
        if not self._ordered:
            return self._bullet
        number = whole(attributes.get("value"), self._number)
        self._number = number + self._step
        return self._format(number) + self._delimiter


def whole(text: str | None, default: int) -> int:
    """The whole number with which an attribute's text begins, or `default`."""
    match = re.match(r"\s*(-?\d{1,9})", text or "", re.ASCII)
    return int(match[1]) if match else default


def note_mark(kind: str, number: int) -> str:
    """The mark in the text that leads to a note, by Word's name for it ("footnoteReference"): figures for footnotes,
    Roman numerals for endnotes."""
    return in_roman(number) if kind == "endnoteReference" else str(number)


def symbol(font: str, code: str) -> str:
    """The character for a symbol of Word's: ticks, crosses, arrows and signs of comparison of its symbol fonts, by the
    font's name and the character's code ("F0FC"); "" for the rest."""
    return _SYMBOLS.get((font.strip().lower(), code.strip().upper()[-2:]), "")


_SYMBOLS = {
    ("wingdings", "6F"): "☐",
    ("wingdings", "78"): "☒",
    ("wingdings", "A8"): "☐",
    ("wingdings", "DF"): "←",
    ("wingdings", "E0"): "→",
    ("wingdings", "E1"): "↑",
    ("wingdings", "E2"): "↓",
    ("wingdings", "E7"): "←",
    ("wingdings", "E8"): "→",
    ("wingdings", "E9"): "↑",
    ("wingdings", "EA"): "↓",
    ("wingdings", "F3"): "↔",
    ("wingdings", "FB"): "✗",
    ("wingdings", "FC"): "✓",
    ("wingdings", "FD"): "☒",
    ("wingdings", "FE"): "☑",
    ("symbol", "A3"): "≤",
    ("symbol", "B0"): "°",
    ("symbol", "B1"): "±",
    ("symbol", "B3"): "≥",
    ("symbol", "B4"): "×",
    ("symbol", "AC"): "←",
    ("symbol", "AD"): "↑",
    ("symbol", "AE"): "→",
    ("symbol", "AF"): "↓",
}
