"""The rows of a paper's tables: whole where a page's end cut them, and those of one table together."""

from __future__ import annotations

from dataclasses import replace

from clerk import typed

from corpus.documents import BlockKind, Document
from corpus.records.tables import Row, rows_of, tables_in
from tests.fakes import make_paper


def cut_at_pages(document: Document) -> Document:
    """The document, the first row of each page but the first being what the page's end cut off from the row before."""
    rows = [block for block in document.blocks if block.kind is BlockKind.ROW]
    firsts = {next(row for row in rows if row.start >= page.start) for page in document.pages[1:]}
    blocks = tuple(replace(block, continues=block in firsts) for block in document.blocks)
    return replace(document, blocks=blocks)


def rows(document: Document) -> tuple[Row, ...]:
    return rows_of(document, make_paper(document))


def said(document: Document, row: Row) -> list[str]:
    return [row.said(document, column) for column in range(len(row.cells))]


PLAN = """
===
# Plan

|! Action | Lead | Progress |
| Open the hub | Director | Lease |
| Move the team to | Head of Access | |
===
|! Action | Lead | Progress |
| Millgarth House | | Boxes packed |
| Train managers | Principal Social Worker | |
"""


def test_halves_of_a_row_that_a_pages_end_cut_are_one_row_with_both_stretches():
    document = cut_at_pages(typed(PLAN))
    first, cut, last = rows(document)
    assert said(document, first) == ["Open the hub", "Director", "Lease"]
    assert said(document, cut) == ["Move the team to Millgarth House", "Head of Access", "Boxes packed"]
    assert said(document, last) == ["Train managers", "Principal Social Worker", ""]
    assert [document.text[a:b] for a, b in cut.stretches] == [
        "Move the team to | Head of Access | ",
        "Millgarth House |  | Boxes packed",
    ]
    assert [len(stretches) for stretches in cut.cells] == [2, 1, 1]


def test_a_row_that_fills_a_page_between_two_others_has_three_stretches():
    document = cut_at_pages(typed("===\n| One | A |\n===\n| two | |\n===\n| three | B |"))
    (row,) = rows(document)
    assert (said(document, row), len(row.stretches)) == (["One two three", "A B"], 3)


def test_a_row_of_other_columns_goes_on_with_none():
    document = cut_at_pages(typed("===\n| One | A |\n===\n| two | B | C |"))
    assert [said(document, row) for row in rows(document)] == [["One", "A"], ["two", "B", "C"]]


def test_a_row_knows_its_headers_and_the_headings_above_it():
    document = typed(PLAN)
    assert {row.headers for row in rows(document)} == {("Action", "Lead", "Progress")}
    assert {row.headings for row in rows(document)} == {("Plan",)}


def test_a_cell_is_told_on_one_line_with_its_hyphen():
    document = typed("===\n| Multi\u00ad¶agency team | Lead |")
    broken = replace(document, text=document.text.replace("¶", "\n"))
    (row,) = rows(broken)
    assert row.said(broken, 0) == "Multi-agency team"


def test_a_repeated_head_goes_on_with_the_table():
    document = typed(PLAN)
    (table,) = tables_in(rows(document))
    assert len(table) == 4


def test_a_paragraph_between_ends_the_table():
    document = typed("===\n|! Action | Lead |\n| One | A |\n\nNext year:\n\n|! Action | Lead |\n| Two | B |")
    assert [[row.said(document, 0) for row in table] for table in tables_in(rows(document))] == [["One"], ["Two"]]


def test_another_head_begins_another_table():
    document = typed("===\n|! Action | Lead |\n| One | A |\n\n|! Date | Topic |\n| May | Hubs |\n| June | Fees |")
    assert [len(table) for table in tables_in(rows(document))] == [1, 2]


def test_only_the_papers_own_rows_are_read():
    document = typed("===\n| One | A |\n\nThat is all.\n\n| Two | B |")
    paper = make_paper(document, end=document.text.index("That"))
    assert [row.said(document, 0) for row in rows_of(document, paper)] == ["One"]


def test_a_paper_without_tables_has_no_rows():
    document = typed("===\nNothing.")
    assert rows(document) == ()
    assert list(tables_in(())) == []
