"""The number printed on each page. Pure: takes and returns values.

A number in a margin is only taken for the page's if the pages beside it count on with it: a figure that happens to
stand alone at the foot of a page is none. Appendices and forewords are often numbered in a style of their own ("A3",
"iv").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_PRINTED = re.compile(
    r"(?:page\s+|p\.\s*|p\s+|[-–—]\s*)?(?:(?P<series>[A-Z]{1,2})[ .-]?)?(?P<number>\d{1,4})"
    r"(?:\s*[-–—])?(?:\s+of\s+\d{1,4})?",
    re.IGNORECASE | re.ASCII,
)
_PRINTED_ROMAN = re.compile(r"(?:page\s+|[-–—]\s*)?(?P<roman>[ivxlIVXL]+)(?:\s*[-–—])?", re.ASCII)
_ROMAN = re.compile(r"(?=[ivxl])(?P<tens>xl|l?x{0,3})(?P<ones>ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}

REACH = 3
"""How many pages away the neighbour may stand that confirms a number: pages between may be blank or unnumbered."""


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as printed: the `label` that people read out, and what counts on from page to page: the `number`, within
    its `series` ("" for plain numbers, "a" for "A3", "roman" for "iv")."""

    label: str
    series: str
    number: int


def printed_number(text: str) -> PrintedNumber | None:
    """The number in a line that could be a page's number and nothing else: "Page 12", "12 of 40", "- A3 -", "iv"."""
    match = _PRINTED.fullmatch(text.strip())
    if match and match["series"]:
        label = text.strip()[match.start("series") : match.end("number")]
        return PrintedNumber(label, match["series"].lower(), int(match["number"]))
    if match:
        return PrintedNumber(str(int(match["number"])), "", int(match["number"]))
    roman = _PRINTED_ROMAN.fullmatch(text.strip())
    if roman and _ROMAN.fullmatch(roman["roman"]):
        return PrintedNumber(roman["roman"], "roman", _roman_value(roman["roman"].lower()))
    return None


def _roman_value(numeral: str) -> int:
    values = [_ROMAN_VALUES[c] for c in numeral]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def page_labels(candidates: Sequence[Sequence[str]]) -> list[str | None]:
    """For each page, in order, its printed number out of the lines found in its margins, or None.

    A candidate counts if a page at most `REACH` away has one that differs by just as many. Where two count (a slide's
    own number beside the pack's), the one that more neighbours confirm wins, then the one that more pages of the whole
    document do. A document of one page has no neighbour to confirm a number: there the word "page" must stand with it.
    """
    numbers = [{p: line for line in page if (p := printed_number(line)) is not None} for page in candidates]
    ahead = Counter((p.series, p.number - i) for i, found in enumerate(numbers) for p in found)
    known = [{(p.series, p.number) for p in found} for found in numbers]
    labels: list[str | None] = []
    for i, found in enumerate(numbers):
        confirmed = [p for p in found if _neighbours(known, i, p)]
        if not confirmed and len(numbers) == 1:
            confirmed = [p for p, line in found.items() if "page" in line.lower()]
        confirmed.sort(key=lambda p: (_neighbours(known, i, p), ahead[p.series, p.number - i]))
        labels.append(confirmed[-1].label if confirmed else None)
    return labels


def _neighbours(known: Sequence[set[tuple[str, int]]], place: int, printed: PrintedNumber) -> int:
    near = range(max(0, place - REACH), min(len(known), place + REACH + 1))
    return sum((printed.series, printed.number + other - place) in known[other] for other in near if other != place)
