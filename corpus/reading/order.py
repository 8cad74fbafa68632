"""Lines found one by one on a page into reading order: column by column, and rows from left to right. Pure.

For pages whose lines come in no order that can be relied on (a scan's). In plain steps: where two lines stand side by
side, there is a gutter between them. Lines that cross the gutter part the page into bands; in a band the left side is
read before the right, unless one of the sides holds labels (paragraph numbers, "Date:", page numbers of an agenda):
then each label goes with the line beside it.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.reading.lines import Line

LABEL_WORDS = 4
"""Where at least half of the lines on one side of a gutter have no more words than this, they are labels."""

COLUMN_LINES = 3
"""Fewer lines than this on one side of a gutter are no column: the gap is only wide."""

DEEPEST = 25
"""Gutters within gutters: beyond this, what is left is read from top to bottom."""


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines as they are read; a label and the line beside it become one line."""
    return _ordered(sorted(lines, key=lambda line: (line.top, line.x0)), DEEPEST)


def _ordered(lines: list[Line], depth: int) -> list[Line]:
    gutter = _gutter(lines) if depth else None
    if gutter is None:
        return lines
    out: list[Line] = []
    for crosses, band in groupby(lines, key=lambda line: line.x0 < gutter < line.x1):
        if crosses:
            out += band
            continue
        members = list(band)
        left = [line for line in members if line.x1 <= gutter]
        right = [line for line in members if line.x1 > gutter]
        if left and right and (_are_labels(left, right) or _are_labels(right, left)):
            out += _ordered(_joined(_ordered(left, depth - 1), _ordered(right, depth - 1)), depth - 1)
        else:
            out += _ordered(left, depth - 1) + _ordered(right, depth - 1)
    return out


def _gutter(lines: Sequence[Line]) -> float | None:
    """The place of the gutter that the fewest lines cross (of two such, the wider), None where no lines are side by
    side."""
    pairs = list(_side_by_side(lines))
    places = {round((one.x1 + other.x0) / 2): other.x0 - one.x1 for one, other in pairs}
    if not places:
        return None
    crossing = {place: sum(line.x0 < place < line.x1 for line in lines) for place in places}
    return min(places, key=lambda place: (crossing[place], -places[place]))


def _side_by_side(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Pairs of lines, sorted by their tops, that stand on one height with nothing between; the left one first."""
    for i, line in enumerate(lines):
        beside = []
        for other in lines[i + 1 :]:
            if other.top >= line.bottom:
                break
            if _on_one_height(line, other):
                beside.append(other)
        rightwards = [other for other in beside if other.x0 >= line.x1]
        leftwards = [other for other in beside if other.x1 <= line.x0]
        if rightwards:
            yield line, min(rightwards, key=lambda other: other.x0)
        if leftwards:
            yield max(leftwards, key=lambda other: other.x1), line


def _on_one_height(one: Line, other: Line) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap > 0.5 * min(one.height, other.height)


def _are_labels(side: Sequence[Line], other: Sequence[Line]) -> bool:
    """Whether the lines of one side are labels of those on the other: short or few, and most stand beside one of
    them."""
    few = len(side) < COLUMN_LINES
    short = few or statistics.median_low(len(line.text.split()) for line in side) <= LABEL_WORDS
    beside = sum(any(_on_one_height(line, o) for o in other) for line in side)
    return short and beside >= 0.5 * len(side)


def _joined(left: Sequence[Line], right: Sequence[Line]) -> list[Line]:
    """Both sides from top to bottom, those on one height made one line."""
    out = []
    rest = list(right)
    for line in left:
        beside = next((other for other in rest if _on_one_height(line, other)), None)
        if beside is not None:
            rest.remove(beside)
            line = one_line(line, beside)
        out.append(line)
    return sorted(out + rest, key=lambda line: (line.top, line.x0))


def one_line(left: Line, right: Line) -> Line:
    """Two pieces of one line."""
    return replace(
        left,
        text=f"{left.text} {right.text}",
        x0=min(left.x0, right.x0),
        top=min(left.top, right.top),
        x1=max(left.x1, right.x1),
        bottom=max(left.bottom, right.bottom),
        size=max(left.size, right.size),
        bold=left.bold and right.bold,
    )
