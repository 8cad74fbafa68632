"""Traces as files for a spreadsheet: a row for every quotation, with its document and both page numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.figures import Series
from assistant.findings import TracedFinding
from assistant.promises import TracedPromise
from corpus.documents import Paper
from corpus.errors import CouncilPapersError
from corpus.records.places import Place

Cell = str | int | None

WIDEST = 60
"""Characters: no column is made wider, longer texts are wrapped."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for the beginning of a formula."""

_PLACE = ("document", "paper", "paper date", "printed page", "file page", "quotation")


class UnknownFileKind(CouncilPapersError):
    """A trace or an answer is to be saved as a kind of file that isn't known."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table to save: its name, the headers of its columns, and its rows."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def findings_table(findings: Sequence[TracedFinding]) -> Table:
    """A row for every place of every finding."""
    headers = ("year", "inspection", "council", "kind", "number", "finding", "theme", "theme is", "said", *_PLACE)
    return Table("Findings", headers, tuple(_finding_rows(findings)))


def _finding_rows(findings: Sequence[TracedFinding]) -> Iterator[tuple[Cell, ...]]:
    for finding in findings:
        inspection = finding.inspection
        of = (inspection.year, inspection.name, inspection.council, finding.kind.value, finding.number, finding.text)
        theme = (finding.theme or None, _theme_source(finding))
        for each in finding.standing:
            for place in each.record.places:
                yield (*of, *theme, each.record.said.value, *_place(each.paper, place))


def _theme_source(finding: TracedFinding) -> str | None:
    if not finding.theme:
        return None
    return "computed" if finding.computed else "a paper's own"


def promises_table(promises: Sequence[TracedPromise]) -> Table:
    """A row for every version of every promise; the versions of one have the same number."""
    headers = (
        *("promise", "action", "heading", "kind", "owner", "due as written", "due", "status", "progress"),
        *("said of several actions together", "slipped", "slipped because", *_PLACE),
    )
    return Table("Promises", headers, tuple(_promise_rows(promises)))


def _promise_rows(promises: Sequence[TracedPromise]) -> Iterator[tuple[Cell, ...]]:
    for number, promise in enumerate(promises, 1):
        slipped = {True: "yes", False: "no", None: None}[promise.slipped]
        for version in promise.versions:
            said = version.record
            yield (
                *(number, said.action, said.heading, said.kind, said.owner, said.due_as_written, said.due, said.status),
                *(said.progress, ", ".join(said.together) or None, slipped, promise.slipped_because),
                *_place(version.paper, said.places[0]),
            )


def figures_table(series: Sequence[Series]) -> Table:
    """A row for every value of every indicator."""
    headers = ("ref", "indicator", "section", "period", "column", "value", *_PLACE)
    rows = (
        (
            figure.ref,
            figure.indicator,
            figure.section,
            figure.period,
            header,
            value,
            *_place(row.paper, figure.places[0]),
        )
        for each in series
        for row in each.rows
        for figure in [row.record]
        for header, value in figure.values
        if value
    )
    return Table("Figures", headers, tuple(rows))


def _place(paper: Paper, place: Place) -> tuple[Cell, ...]:
    return place.document, paper.title, paper.date, place.page_label, place.page, place.quote


def save(table: Table, path: Path) -> None:
    """Write a table as .xlsx or .csv, by the ending of the path; an earlier file is replaced.

    Raises UnknownFileKind for another ending, OSError where the file can't be written.
    """
    match path.suffix.lower():
        case ".xlsx":
            _save_xlsx(table, path)
        case ".csv":
            _save_csv(table, path)
        case _:
            raise UnknownFileKind(
                f"{path.name}: a trace is saved as .xlsx or .csv; give the file one of these endings."
            )


def _save_csv(table: Table, path: Path) -> None:
    # The mark tells Excel that it is UTF-8; the apostrophe keeps it from taking a text for a formula.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.headers)
        for row in table.rows:
            writer.writerow([f"'{cell}" if str(cell or "").startswith(_FORMULA) else cell for cell in row])


def _save_xlsx(table: Table, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one sheet
    sheet.title = table.name
    sheet.freeze_panes = "A2"
    for number, row in enumerate((table.headers, *table.rows), 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                cell.font = Font(bold=True)
    for column, header in enumerate(table.headers, 1):
        longest = max((len(str(row[column - 1] or "")) for row in table.rows), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(len(header), longest) + 2, WIDEST)
    sheet.auto_filter.ref = sheet.dimensions
    book.save(path)
