"""Ruled tables on a PDF page: where their cells are. The only file that knows pdfplumber.

pdfplumber finds the cells from the lines that are drawn; the text in them is put there by `layout`.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pdfplumber

MIN_OPEN_HEIGHT = 8
"""Points: shorter upright strokes than this are ornaments, not the sides of a cell that a page's end left open."""

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the page's top left corner."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: rows of cells, each a box, or None where a neighbour's cell reaches over the place."""

    rows: tuple[tuple[Box | None, ...], ...]

    @property
    def columns(self) -> int:
        """How many columns the widest row has."""
        return max(len(row) for row in self.rows)


class TableFinder:
    """Opens a PDF file for its tables."""

    def __init__(self, path: Path, password: str | None) -> None:
        """Open the file at `path`."""
        logging.getLogger("pdfminer").setLevel(logging.ERROR)
        self._pdf = pdfplumber.open(path, password=password or "")

    def __enter__(self) -> TableFinder:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._pdf.close()

    def grids(self, number: int) -> tuple[Grid, ...]:
        """Find the tables of page `number` (from 1), top to bottom; tables of one cell are frames and left out."""
        page = self._pdf.pages[number - 1]
        try:
            x_left, y_top = page.cropbox[0] - page.mediabox[0], page.bbox[1]
            found = []
            for table in page.find_tables({"explicit_horizontal_lines": _open_ends(page)}):
                rows = tuple(
                    tuple(None if cell is None else _shift(cell, -x_left, -y_top) for cell in row.cells)
                    for row in table.rows
                )
                if sum(cell is not None for row in rows for cell in row) > 1:
                    found.append(Grid(rows))
            return tuple(sorted(found, key=lambda grid: _top(grid)))
        finally:
            page.close()


def _open_ends(page: pdfplumber.page.Page) -> list[float]:
    """Heights at which columns end without a line across: where a page's end cuts a row, its lower (on the next page
    its upper) border is often not drawn, and without one pdfplumber finds no cell."""
    across = [(edge["top"], edge["x0"], edge["x1"]) for edge in page.edges if edge["orientation"] == "h"]
    upright = [edge for edge in page.edges if edge["orientation"] == "v" and edge["height"] > MIN_OPEN_HEIGHT]
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
    return min(cell[1] for row in grid.rows for cell in row if cell is not None)
