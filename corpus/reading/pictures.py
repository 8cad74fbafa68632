"""What can be measured in the grey picture of a page: its slant, its ruled lines, how heavy its letters are. Pure.

A picture is an array of rows of bytes, 0 black and 255 white. Boxes are in pixels: x0, top, x1, bottom.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
PixelBox = tuple[int, int, int, int]

MOST_SLANT = 4.0
"""Degrees: a sheet that lies more askew than this on the scanner isn't put straight."""

FEW_PIXELS = 200
"""A picture with less ink than this (of those looked at) has no slant to speak of."""

STEP = 24
"""Of 255: an edge at which the grey changes by at least this much may belong to a ruled line."""

THICKEST = 3.0
"""Points: the upper and the lower edge of a ruled line are no further apart."""

SHORTEST_ACROSS, SHORTEST_UPRIGHT = 30.0, 16.0
"""Points: shorter straight edges are letters or ornaments."""

UNBROKEN = 0.95
"""The share of a ruled line's length on which an edge must be seen: scanners leave gaps in fine lines."""

MOST_RULES = 1000
"""A picture with more straight edges in one direction is a photograph or a drawing and no table."""

MOSTLY_INK = 0.6
"""A box of which more than this share is dark has white letters on a dark ground."""

AROUND = 2
"""Pixels around a box that are looked at with it, to tell a solid spot that fills it from paper."""

DOT_FULL = 0.6
"""At least this share of the box around a bullet is ink: more than of any letter of that size."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, across or upright: the box around its edges, in pixels."""

    x0: int
    top: int
    x1: int
    bottom: int


def slant(grey: Grey) -> float:
    """The angle in degrees by which to turn the picture (counter-clockwise) so that its lines of text lie level.

    Postl's method: of the angles tried, the one at which the rows along it differ most from one another, because lines
    of text and the white between them alternate sharply (W. Postl, Detection of linear oblique structures and skew scan
    in digitized documents, ICPR 1986).
    """
    ys, xs = np.nonzero(grey <= _threshold(grey))
    if len(ys) < FEW_PIXELS:
        return 0.0
    across = xs - grey.shape[1] / 2

    def sharpness(degrees: float) -> float:
        rows = np.rint(ys - across * np.tan(np.radians(degrees))).astype(np.int64)
        return float((np.diff(np.bincount(rows - rows.min()).astype(np.float64)) ** 2).sum())

    best = 0.0
    for reach, step in ((MOST_SLANT, 0.25), (0.25, 0.05), (0.05, 0.01)):
        best = max((float(a) for a in np.arange(best - reach, best + reach + step / 2, step)), key=sharpness)
    return best


def _threshold(grey: Grey) -> int:
    """Otsu's threshold: the grey that parts the picture into the two most uniform halves (N. Otsu, 1979)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    below, mass = np.cumsum(counts), np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (mass[-1] * below / below[-1] - mass) ** 2 / (below * above)
    return int(np.argmax(np.nan_to_num(between, nan=0.0, posinf=0.0)))


def ruled_lines(grey: Grey, points: float) -> tuple[list[Rule], list[Rule]]:
    """The lines ruled across and those ruled upright; `points` is the size of a pixel in points.

    The edges of shaded cells count as lines, as they do for the reader of the page.
    """
    across = _rules(grey, points, SHORTEST_ACROSS)
    upright = _rules(grey.T, points, SHORTEST_UPRIGHT)
    return across, [Rule(rule.top, rule.x0, rule.bottom, rule.x1) for rule in upright]


def _rules(grey: Grey, points: float, shortest: float) -> list[Rule]:
    """The straight edges along the rows of a picture, those of one line taken together."""
    values = grey.astype(np.int16)
    edge = np.zeros(grey.shape, dtype=bool)
    edge[1:-1] = np.abs(values[2:] - values[:-2]) >= STEP
    edge[1:-1] |= edge[:-2] | edge[2:]  # what is left of the slant may lead a line from one row to the next
    length = max(2, round(shortest / points))
    if len(edge[0]) <= length:
        return []
    straight = _in_long_runs(edge, length)
    going: list[_Run] = []
    done: list[_Run] = []
    for row in np.flatnonzero(straight.any(axis=1)):
        done += [run for run in going if (row - run.last) * points > THICKEST]
        going = [run for run in going if (row - run.last) * points <= THICKEST]
        for start, end in _runs(straight[row]):
            same = next((run for run in going if run.start < end and start < run.end), None)
            if same is None:
                going.append(_Run(int(row), int(row), start, end))
            else:
                same.last, same.start, same.end = int(row), min(same.start, start), max(same.end, end)
        if len(done) + len(going) > MOST_RULES:
            return []
    return [Rule(run.start, run.first, run.end, run.last + 1) for run in done + going]


@dataclass(slots=True)
class _Run:
    """A straight edge that is being followed from row to row."""

    first: int
    last: int
    start: int
    end: int


def _in_long_runs(edge: Mask, length: int) -> Mask:
    """Where in each row a stretch of `length` pixels lies that is edge nearly throughout."""
    counts = np.cumsum(np.pad(edge, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    full = counts[:, length:] - counts[:, :-length] >= UNBROKEN * length
    before = np.cumsum(np.pad(full, ((0, 0), (length, length - 1))), axis=1, dtype=np.int32)
    return before[:, length:] - before[:, :-length] > 0


def _runs(row: Mask) -> list[tuple[int, int]]:
    steps = np.flatnonzero(np.diff(np.pad(row, 1).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True)]


def thickness(grey: Grey, box: PixelBox) -> float:
    """How thick the strokes in a box are, in pixels: twice the ink by the length of its outline. 0 without ink."""
    ink = _ink(grey, box)
    outline = int(np.abs(np.diff(ink, axis=0)).sum() + np.abs(np.diff(ink, axis=1)).sum())
    return 2 * int(ink.sum()) / outline if outline else 0.0


def is_dot(grey: Grey, box: PixelBox, *, most: float) -> bool:
    """Whether all that is drawn in a box is a bullet: a solid spot no larger than `most` pixels either way."""
    ink = _ink(grey, box)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return False
    height, width = int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    round_or_square = max(height, width) <= min(most, 1.5 * min(height, width))
    return round_or_square and int(ink.sum()) >= DOT_FULL * height * width


def _ink(grey: Grey, box: PixelBox) -> NDArray[np.int8]:
    """Where in a box there is ink, with an empty border around it: the rarer side of the middle between its darkest and
    its lightest grey, so that white letters on a dark ground count as well."""
    x0, top, x1, bottom = box
    patch = grey[max(0, top - AROUND) : bottom + AROUND, max(0, x0 - AROUND) : x1 + AROUND]
    if not patch.size:
        return np.zeros((2, 2), dtype=np.int8)
    dark, light = np.percentile(patch, (2, 98))
    ink = patch < (dark + light) / 2
    if ink.mean() > MOSTLY_INK:
        ink = ~ink
    return np.pad(ink, 1).astype(np.int8)
