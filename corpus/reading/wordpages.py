"""The pages of a Word file as they fill, and how the rows of tables stand on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.reading.flow import Cell, Row, pieces_of_table, rows_of_cells
from corpus.reading.pieces import Piece
from corpus.reading.wordruns import Note


@dataclass(slots=True)
class Pages:
    """The pages as they fill, of the document or of one cell: their pieces, the paragraphs these are from, the notes
    that belong on them, and the letters left out there. `fresh` says that nothing stands after the last break that was
    set by hand."""

    pieces: list[list[Piece]] = field(default_factory=lambda: [[]])
    sources: list[list[Any]] = field(default_factory=lambda: [[]])
    notes: list[tuple[int, Note]] = field(default_factory=list)
    hidden: Counter[int] = field(default_factory=Counter)
    fresh: bool = False

    @property
    def last(self) -> int:
        """The place of the page that fills, from 0."""
        return len(self.pieces) - 1

    def add(self, pieces: Iterable[Piece], sources: Iterable[Any]) -> None:
        """Put pieces on the page, and the paragraphs that they are from."""
        self.pieces[-1] += pieces
        self.sources[-1] += sources
        self.fresh = False

    def turn(self, *, flowing: bool = False) -> None:
        """End the page. Word marks a page's beginning also after a break that was set: that is one break."""
        if not (flowing and self.fresh):
            self.pieces.append([])
            self.sources.append([])
        self.fresh = not flowing

    def turn_before(self) -> None:
        """End the page unless nothing stands on it: for a paragraph that always begins a page."""
        if self.pieces[-1]:
            self.turn()
        self.fresh = True

    def add_table(self, parts: Sequence[RowPart]) -> None:
        """Put the rows of a table on the pages, from the one that fills."""
        first = self.last
        cells = rows_of_cells([[cell for cell, _ in part.cells] for part in parts])
        rows = [Row(row, part.page, part.continues) for row, part in zip(cells, parts, strict=True)]
        for page, piece in pieces_of_table(rows):
            while self.last < first + page:
                self.turn(flowing=True)
            self.pieces[-1].append(piece)
            self.fresh = False
        while parts and self.last < first + parts[-1].page:
            self.turn(flowing=True)
        for part in parts:
            place = min(first + part.page, self.last)
            for _, inner in part.cells:
                self.sources[place] += inner.sources[part.number] if part.number < len(inner.sources) else []
                if not part.number:
                    self.notes += [(min(place + further, self.last), note) for further, note in inner.notes]
                    self.hidden.update({place + further: count for further, count in inner.hidden.items()})


@dataclass(frozen=True, slots=True)
class RowPart:
    """What of a row stands on one page: its cells there with all their pages, the page counted from the table's first,
    and which part of the row it is."""

    cells: tuple[tuple[Cell, Pages], ...]
    page: int
    number: int

    @property
    def continues(self) -> bool:
        """Whether a page's end cut it off the part before."""
        return self.number > 0


def parts_of_row(cells: list[tuple[Cell, Pages]], page: int, *, fresh: bool) -> Iterator[RowPart]:
    """A row by the pages on which it stands. Where a break comes before all text of a cell, the whole row stands on the
    next page; `fresh` says that it begins a page as it is."""
    moved = [inner for _, inner in cells if len(inner.pieces) > 1 and not inner.pieces[0]]
    for inner in moved:
        del inner.pieces[0], inner.sources[0]
        inner.notes = [(max(0, place - 1), note) for place, note in inner.notes]
    page += bool(moved) and not fresh
    for number in range(max((len(inner.pieces) for _, inner in cells), default=1)):
        here = tuple(
            (replace(cell, pieces=tuple(inner.pieces[number] if number < len(inner.pieces) else ())), inner)
            for cell, inner in cells
        )
        yield RowPart(here, page + number, number)
