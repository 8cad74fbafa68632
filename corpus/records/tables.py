"""The rows of a paper's tables, whole: what a page's end cut is put together again. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.documents import BlockKind, Document, Paper, readable
from corpus.headings import headings_above
from corpus.sentences import Span


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: the stretches of each of its cells (one for each page the row lies on), the header of each cell's
    column, the headings above it, and the stretches of the row itself. Rows of one table have the same `table`."""

    cells: tuple[tuple[Span, ...], ...]
    headers: tuple[str, ...]
    headings: tuple[str, ...]
    stretches: tuple[Span, ...]
    table: int

    def said(self, document: Document, column: int) -> str:
        """A cell's text on one line."""
        return " ".join(readable(document.text[a:b]) for a, b in self.cells[column]).strip()


def rows_of(document: Document, paper: Paper) -> tuple[Row, ...]:
    """The rows of a paper in reading order."""
    return tuple(_rows(document, paper))


def _rows(document: Document, paper: Paper) -> Iterator[Row]:
    blocks = [b for b in document.blocks if paper.start <= b.start < paper.end]
    above = headings_above(document, blocks, summary=paper.kind == "inspection summary")
    held: Row | None = None
    table = 0
    apart = True  # whether something stands between this row and the one before
    for block, headings in zip(blocks, above, strict=True):
        if block.kind is not BlockKind.ROW:
            apart = apart or block.kind is not BlockKind.TABLE_HEAD
            continue
        cells = tuple((cell,) if cell[0] < cell[1] else () for cell in block.cells)
        if block.continues and held is not None and len(cells) == len(held.cells):
            joined = tuple((*first, *more) for first, more in zip(held.cells, cells, strict=True))
            held = replace(held, cells=joined, stretches=(*held.stretches, (block.start, block.end)))
        else:
            if held is not None:
                yield held
                table += apart or held.headers != block.headers
            held = Row(cells, block.headers, headings, ((block.start, block.end),), table)
        apart = False
    if held is not None:
        yield held


def tables_in(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows by their table."""
    held: list[Row] = []
    for row in rows:
        if held and row.table != held[0].table:
            yield held
            held = []
        held.append(row)
    if held:
        yield held
