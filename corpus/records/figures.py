"""Figures: the rows of tables of numbers, every cell under its header. Pure.

A table is one of figures where most of what stands in its columns, beside the names of its rows, is a number; a plan,
an agenda, and a list of names and days aren't. A row's name is its indicator; where the paper gives its indicators
references ("FD1", "4.2"), they are kept apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.dates import dates_in, written_out
from corpus.documents import Document, Paper
from corpus.records.places import Place, places_of
from corpus.records.tables import Row, rows_of, tables_in


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator's row: its values under their column headers, as printed; an empty cell is an empty value.

    `ref` is the indicator's reference, None where it has none. `period` is the time that the values are of: the one
    named above the table, or else that of a scorecard; None where the headers alone tell it. `section` is the heading
    above the row. `places` are the row's quotations, one for each page it lies on.
    """

    ref: str | None
    indicator: str
    period: str | None
    values: tuple[tuple[str, str], ...]
    section: str
    places: tuple[Place, ...]


_REF_HEADER = re.compile(
    r"(?:indicator |measure |kpi |pi )?(?:ref(?:erence)?|no|number|code|id|kpi|#)\.?", re.IGNORECASE
)
_COUNTS_OR_REF = re.compile(r"(?:no|number|#)\.?", re.IGNORECASE)
"""A header of references where it stands before the names, and of how many there are where it stands after them."""
_REF = re.compile(r"[A-Z]{0,8}[ ./-]?\d{1,3}(?:[.-]?\d{1,3}){0,2}[a-z]?|[A-Z]{2,8}[ ./-]?[A-Z]?\d*", re.ASCII)
_NAME_HEADER = re.compile(
    r"(?:performance |key )*(?:indicators?|measures?|metrics?|descriptions?|definition|kpi|title)\b", re.IGNORECASE
)
_QUANTITY = r"[<>≤≥~±+−–-]?\s?£?\d[\d,]*(?:\.\d+)?\s?(?:%|k\b|m\b|bn\b)?"
_NUMBER = re.compile(
    rf"[(]?{_QUANTITY}(?:\s?(?:[-–/:]|to|in|of|out of)\s?{_QUANTITY})?[)]?"
    r"(?:\s(?:fte|days?|weeks?|months?|hours?|years?|per [\w,]+|p/?a)\.?)?"
    rf"(?:\s[(][^()]{{1,20}}[)])?\W{{0,4}}",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[↑↓→←↔▲▼◄►⬆⬇➔⇑⇓=–—-]+|n/?a|tbc|nil|none|up|down|same|stable|better|worse|no change", re.IGNORECASE)
"""What stands in a column of numbers for a number, or tells where it goes."""

_MONTH_AND_YEAR = re.compile(r"(?:0?[1-9]|1[0-2])\s?[/-]\s?(?:19|20)\d\d|0[1-9]\s?/\s?\d\d")
"""When something was or will be; "6/23" may be six of twenty-three."""

_WHEN = re.compile(r"when|dates?|days?|dates? (?:met|seen|visited|held)", re.IGNORECASE)
"""A column that tells when something was: its table is a list of events, however many took part in each."""

MOST_WORDS = 6
"""Words in a cell that still is a value."""

UNNAMED = "(no header)"


def figures_in(document: Document, paper: Paper) -> tuple[Figure, ...]:
    """The figures in a paper's tables, in reading order."""
    if paper.kind == "agenda":
        return ()
    return tuple(f for table in tables_in(rows_of(document, paper)) for f in _figures(document, paper, table))


def _figures(document: Document, paper: Paper, table: Sequence[Row]) -> Iterator[Figure]:
    headers = table[0].headers
    if not any(headers):
        return
    said = [[row.said(document, column) for column in range(len(row.cells))] for row in table]
    ref = _ref_column(headers, said)
    name = _name_column(headers, said, ref)
    columns = [c for c in range(len(headers)) if c not in (ref, name)]
    if any(_WHEN.fullmatch(headers[c].strip()) and not any(_is_value(cells[c]) for cells in said) for c in columns):
        return
    cells = [cells[c] for cells in said for c in columns if cells[c]]
    numbers = sum(_is_number(cell) for cell in cells)
    if not numbers or sum(_is_value(cell) for cell in cells) <= len(cells) / 2 or 3 * numbers < len(cells):
        return
    names = _apart([headers[c] or UNNAMED for c in columns])
    for row, cells in zip(table, said, strict=True):
        places = tuple(place for a, b in row.stretches for place in places_of(document, paper, a, b))
        values = tuple(zip(names, (cells[c] for c in columns), strict=True))
        section = row.headings[-1] if row.headings else ""
        indicator = cells[name] if name is not None else section or paper.title
        if places and indicator and any(_is_value(value) for _, value in values):
            reference = cells[ref] if ref is not None and cells[ref] else None
            yield Figure(reference, indicator, _period(paper, row), values, section, places)


def _ref_column(headers: Sequence[str], said: Sequence[Sequence[str]]) -> int | None:
    """The column of references: so headed, or the first, if all in it is one and the next names things."""
    for column, header in enumerate(headers[:2]):
        may_count = column and _COUNTS_OR_REF.fullmatch(header.strip())
        if may_count and any(_is_value(cells[column]) for cells in said):
            continue
        if _REF_HEADER.fullmatch(header.strip()) and all(_REF.fullmatch(cells[column] or "1") for cells in said):
            return column
    first = [cells[0] for cells in said]
    if len(headers) < 3 or not all(re.fullmatch(r"[A-Z]{1,6}[ .-]?\d{1,3}[a-z]?", cell) for cell in first):
        return None
    return 0 if not any(_is_value(cells[1]) for cells in said) else None


def _name_column(headers: Sequence[str], said: Sequence[Sequence[str]], ref: int | None) -> int | None:
    """The column of names: so headed, or the first beside the references; None where that has values."""
    left = [column for column in range(len(headers)) if column != ref]
    named = next((column for column in left[:2] if _NAME_HEADER.match(headers[column].strip())), None)
    if named is not None:
        return named
    first = left[0] if left else None
    if first is None or sum(_is_value(cells[first]) for cells in said) > len(said) / 2:
        return None
    return first


def _is_number(cell: str) -> bool:
    if len(cell.split()) > MOST_WORDS or not _NUMBER.fullmatch(cell) or _MONTH_AND_YEAR.fullmatch(cell.strip()):
        return False
    return next(iter(dates_in(cell)), None) is None


def _is_value(cell: str) -> bool:
    return bool(_SIGN.fullmatch(cell)) or _is_number(cell)


def _apart(headers: Sequence[str]) -> list[str]:
    """Headers of which no two are the same: a second "Annual £" is "Annual £ (2)"."""
    seen: Counter[str] = Counter()
    found = []
    for header in headers:
        seen[header] += 1
        found.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return found


def _period(paper: Paper, row: Row) -> str | None:
    for heading in reversed(row.headings):
        found = next(iter(dates_in(heading)), None)
        if found is not None:
            return found.written
    return written_out(paper.date) if paper.kind == "scorecard" and paper.date else None
