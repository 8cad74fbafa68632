"""Ruled tables on a PDF page: where their cells are. The only file that knows pdfplumber.

pdfplumber finds the cells from the lines that are drawn; the text in them is put there by `layout`.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

MIN_OPEN_HEIGHT = 8
"""Points: shorter upright strokes than this are ornaments, not the sides of a cell that a page's end left open."""

SAME_EDGE = 3
"""Points: cells whose edges are no further apart stand in one row or column."""

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the page's top left corner."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: rows of cells, each a box, or None where a neighbour's cell reaches over the place."""

    rows: tuple[tuple[Box | None, ...], ...]

    @property
    def boxes(self) -> list[Box]:
        """Its cells, row by row."""
        return [cell for row in self.rows for cell in row if cell is not None]

    @property
    def columns(self) -> int:
        """How many columns the widest row has."""
        return max(len(row) for row in self.rows)


def regrouped(boxes: Sequence[Box]) -> Grid:
    """The grid of cells whose boxes are given in any order: rows from top to bottom, columns from left to right."""
    lefts, tops = _distinct([box[0] for box in boxes]), _distinct([box[1] for box in boxes])
    places = {(_nearest(tops, box[1]), _nearest(lefts, box[0])): box for box in boxes}
    return Grid(tuple(tuple(places.get((r, c)) for c in range(len(lefts))) for r in range(len(tops))))


def _distinct(values: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > SAME_EDGE:
            kept.append(value)
    return kept


def _nearest(values: Sequence[float], value: float) -> int:
    return min(range(len(values)), key=lambda i: abs(values[i] - value))


class TableFinder:
    """Opens a PDF file for its tables."""

    def __init__(self, path: Path, password: str | None) -> None:
        """Open the file at `path`."""
        logging.getLogger("pdfminer").setLevel(logging.ERROR)
        self._pdf = pdfplumber.open(path, password=password or "")

    def close(self) -> None:
        """Close the file."""
        # On its way out pdfplumber looks at every page again, and may stumble over a damaged one.
        with contextlib.suppress(Exception):
            self._pdf.close()

    def grids(self, number: int) -> tuple[Grid, ...]:
        """Find the tables of page `number` (from 1), top to bottom; tables of one cell are frames and left out."""
        page = _without_letters(self._pdf.pages[number - 1])
        try:
            x_left, y_top = page.cropbox[0] - page.mediabox[0], page.bbox[1]
            found = []
            for table in page.find_tables({"explicit_horizontal_lines": _open_ends(page)}):
                rows = tuple(
                    tuple(None if cell is None else _shift(cell, -x_left, -y_top) for cell in row.cells)
                    for row in table.rows
                )
                if len(Grid(rows).boxes) > 1:
                    found.append(Grid(rows))
            return tuple(sorted(found, key=lambda grid: _top(grid)))
        finally:
            page.close()


class _LinesOnly(PDFPageAggregatorWithMarkedContent):
    """What pdfplumber collects from a page, but for the letters: they cost most of the time and are no lines."""

    def render_string(self, *_: object) -> None:
        """Pass over a text."""


def _without_letters(page: pdfplumber.page.Page) -> pdfplumber.page.Page:
    """The page, with nothing in it but what is drawn."""
    device = _LinesOnly(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()
    return page


def _open_ends(page: pdfplumber.page.Page) -> list[float]:
    """Heights at which columns end without a line across: where a page's end cuts a row, its lower (on the next page
    its upper) border is often not drawn, and without one pdfplumber finds no cell."""
    edges = page.edges
    across = [(edge["top"], edge["x0"], edge["x1"]) for edge in edges if edge["orientation"] == "h"]
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["height"] > MIN_OPEN_HEIGHT]
    missing: list[float] = []
    for side in ("top", "bottom"):
        ends = sorted(upright, key=lambda edge: float(edge[side]))
        for edge in ends:
            height = edge[side]
            beside = {round(other["x0"]) for other in upright if abs(other[side] - height) < 2}
            closed = any(abs(y - height) < 3 and x0 - 2 <= edge["x0"] <= x1 + 2 for y, x0, x1 in across)
            if len(beside) > 1 and not closed and all(abs(height - y) > 2 for y in missing):
                missing.append(height)
    return missing


def _shift(cell: Box, dx: float, dy: float) -> Box:
    x0, top, x1, bottom = cell
    return x0 + dx, top + dy, x1 + dx, bottom + dy


def _top(grid: Grid) -> float:
    return min(cell[1] for cell in grid.boxes)


def grids_of_rules(across: Sequence[Box], upright: Sequence[Box]) -> tuple[Grid, ...]:
    """The tables that ruled lines make, top to bottom; one line across is as high as it is thick, and so on."""
    edges = [
        {"object_type": "line", "orientation": way, "x0": x0, "top": top, "x1": x1, "bottom": bottom}
        | {"width": x1 - x0, "height": bottom - top}
        for way, rules in (("h", across), ("v", upright))
        for x0, top, x1, bottom in rules
    ]
    joined = pdfplumber.table.merge_edges(edges, SAME_EDGE, SAME_EDGE, SAME_EDGE, SAME_EDGE)
    crossings = pdfplumber.table.edges_to_intersections(joined, SAME_EDGE, SAME_EDGE)
    cells = pdfplumber.table.intersections_to_cells(crossings)
    return tuple(regrouped(table) for table in pdfplumber.table.cells_to_tables(cells))
