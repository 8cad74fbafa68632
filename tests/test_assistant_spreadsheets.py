"""Traces as files: every quotation with its document and both page numbers, and nothing taken for a formula."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from assistant.figures import series_of
from assistant.findings import traced
from assistant.promises import traced as traced_promises
from assistant.spreadsheets import Table, UnknownFileKind, figures_table, findings_table, promises_table, save
from corpus.documents import Paper
from corpus.records.figures import Figure
from corpus.records.findings import Finding, FindingKind, Inspection, Said
from corpus.records.places import Place
from corpus.records.promises import Promise
from index.records import Recorded

LETTER = Paper("letter", 1, "inspection", "Focused visit to Thornmere", 1, 2, 0, 90, date="2022-06-06")
PLAN = Paper("pack", 2, "plan", "Improvement Plan", 3, 9, 0, 90, date="2023-01-11")
NONE = np.ones((1, 2), dtype=np.float32)


def place(document: str, quote: str, page: int = 7, label: str | None = "5") -> Place:
    return Place(document, f"{document}#1", 0, len(quote), page, label, quote)


def promise(due: str, document: str = "pack") -> Promise:
    return Promise(
        action="Visit every child who waits",
        places=(place(document, "Visit every child who waits"),),
        owner="Head of Visits",
        due=None,
        due_as_written=due,
        status="Amber",
        progress=None,
        heading="Front door",
        cells=(),
        together=("progress",),
        kind="plan action",
    )


def test_a_finding_has_a_row_for_every_place() -> None:
    inspection = Inspection(2022, "focused visit", "2022-04-27", "Thornmere")
    quotes = (place("letter", "The wait of", 7), place("letter", "children.", 8, None))
    finding = Finding(inspection, FindingKind.PRIORITY, 2, "The wait of children.", "", Said.THEMSELVES, quotes)
    table = findings_table(traced([Recorded(finding, LETTER, NONE)]))
    said = (2022, "2022 focused visit", "Thornmere", "area for priority action", 2, "The wait of children.", None, None)
    paper = ("letter", "Focused visit to Thornmere", "2022-06-06")
    assert table.rows == (
        (*said, "by those who found it", *paper, "5", 7, "The wait of"),
        (*said, "by those who found it", *paper, None, 8, "children."),
    )


def test_versions_of_a_promise_share_its_number() -> None:
    old = replace(PLAN, document="old", date="2022-06-14")
    both = [Recorded(promise("July 2022", "old"), old, NONE), Recorded(promise("May 2023"), PLAN, NONE)]
    table = promises_table(traced_promises(both))
    assert [(row[0], row[5], row[9]) for row in table.rows] == [
        (1, "July 2022", "progress"),
        (1, "May 2023", "progress"),
    ]


def test_a_figure_has_a_row_for_every_value() -> None:
    figure = Figure(
        "FD1", "Visits", "May 2022", (("Now", "58%"), ("Target", "")), "Front door", (place("pack", "FD1"),)
    )
    table = figures_table(series_of([Recorded(figure, PLAN, NONE)]))
    where = ("pack", PLAN.title, PLAN.date, "5", 7, "FD1")
    assert table.rows == (("FD1", "Visits", "Front door", "May 2022", "Now", "58%", *where),)


@pytest.fixture
def table() -> Table:
    return Table("Findings", ("finding", "page"), (("The wait.", 7), ("=SUM(A1)", None), ("- not\x0bseen", 8)))


def test_a_workbook_is_read_back_as_it_was_with_no_formula(table: Table, tmp_path: Path) -> None:
    save(table, tmp_path / "trace.XLSX")
    sheet = openpyxl.load_workbook(tmp_path / "trace.XLSX")["Findings"]
    assert list(sheet.values) == [("finding", "page"), ("The wait.", 7), ("=SUM(A1)", None), ("- not seen", 8)]
    assert {cell.data_type for row in sheet["A1:A4"] for cell in row} == {"s"}
    assert sheet.freeze_panes == "A2"


def test_a_csv_file_opens_in_excel_with_no_formula(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "trace.csv"
    save(table, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["finding", "page"], ["The wait.", "7"], ["'=SUM(A1)", ""], ["'- not\x0bseen", "8"]]


def test_another_kind_of_file_is_refused_in_one_sentence(table: Table, tmp_path: Path) -> None:
    with pytest.raises(UnknownFileKind, match=r"trace\.doc: a trace is saved as \.xlsx or \.csv; give the file"):
        save(table, tmp_path / "trace.doc")
    assert list(tmp_path.iterdir()) == []
