"""Themes by inspections: which inspection found what under which theme. Pure.

An empty cell says only that no formal finding of that inspection stands under that theme; nothing is concluded from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.findings import TracedFinding, themes_of

REST, PROSE = "no theme", "prose"
"""The keys of the rows of what stands under no theme: formal findings, and those in the inspectors' prose."""

Findings = tuple[TracedFinding, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One inspection: its year, its kind, the council as far as named, and its day or month as far as any paper tells
    it. `key` names it among the columns."""

    year: int
    kind: str
    council: str | None
    date: str | None

    @property
    def key(self) -> str:
        """Year, kind and council: what tells it from others, however exactly its day is known."""
        return f"{self.year}/{self.kind}/{self.council or ''}"


@dataclass(frozen=True, slots=True)
class Row:
    """A theme and its findings, one cell a column. `computed` says that the theme stands in no paper; `key` names the
    row among the rows."""

    key: str
    name: str
    computed: bool
    cells: tuple[Findings, ...]

    @property
    def recurs_in(self) -> int:
        """In how many inspections something stands under it."""
        return sum(bool(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Inspections in order of their dates, themes with those that recur most first, then the rows `REST` and `PROSE`
    where there is something in them."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def cell(self, row: str, column: str) -> tuple[Row, Column, Findings] | None:
        """A cell with its row and its column, by their keys; None where there is none."""
        for at, found in enumerate(self.columns):
            if found.key == column:
                return next(((each, found, each.cells[at]) for each in self.rows if each.key == row), None)
        return None


def columns_of(findings: Iterable[TracedFinding]) -> tuple[Column, ...]:
    """The inspections of these findings, in order of their dates."""
    dates: dict[tuple[int, str, str | None], str | None] = {}
    for finding in findings:
        of = finding.inspection
        key = of.year, of.kind, of.council
        # Some papers tell an inspection's day, others only its year: the longest says most.
        dates[key] = max(dates.get(key), of.date, key=lambda date: len(date or ""))
    columns = [Column(*key, date) for key, date in dates.items()]
    return tuple(sorted(columns, key=lambda c: (c.year, c.date or str(c.year), c.kind, c.council or "")))


def column_of(finding: TracedFinding, columns: Sequence[Column]) -> int:
    """Which of the columns is a finding's; raises ValueError where none is."""
    of = finding.inspection
    return [(c.year, c.kind, c.council) for c in columns].index((of.year, of.kind, of.council))


def matrix_of(findings: Sequence[TracedFinding]) -> Matrix:
    """Findings as a matrix."""
    columns = columns_of(findings)
    formal = [finding for finding in findings if finding.is_formal]
    under: dict[str, list[TracedFinding]] = defaultdict(list)
    for finding in findings:
        key = _theme_key(finding.theme, finding.computed) if finding.theme else REST
        under[key if finding.is_formal else PROSE].append(finding)
    themes = [(_theme_key(theme.name, theme.computed), theme.name, theme.computed) for theme in themes_of(formal)]
    rows = [*themes, (REST, "Under no theme", False), (PROSE, "In the inspectors’ prose", False)]
    return Matrix(columns, tuple(Row(*row, _cells(under[row[0]], columns)) for row in rows if under[row[0]]))


def _theme_key(name: str, computed: bool) -> str:
    return f"{'computed' if computed else 'theme'}: {name}"


def _cells(findings: Iterable[TracedFinding], columns: Sequence[Column]) -> tuple[Findings, ...]:
    cells: list[list[TracedFinding]] = [[] for _ in columns]
    for finding in findings:
        cells[column_of(finding, columns)].append(finding)
    return tuple(tuple(cell) for cell in cells)
