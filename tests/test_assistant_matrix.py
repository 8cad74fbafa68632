"""Themes by inspections: every finding in one cell, and nothing concluded from an empty one."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.matrix import PROSE, REST, columns_of, matrix_of
from corpus.records.findings import FindingKind, Inspection
from tests.recorded import FULL_2016, VISIT_2022, finding

OTHER_2022 = replace(VISIT_2022, council="Elsewhere")


def test_columns_are_the_inspections_in_order_of_their_dates() -> None:
    autumn = Inspection(2022, "commissioner", "2022-10")
    columns = columns_of([finding("a", autumn), finding("b", VISIT_2022), finding("c", FULL_2016)])
    assert [(column.year, column.kind) for column in columns] == [
        (2016, "full inspection"),
        (2022, "focused visit"),
        (2022, "commissioner"),
    ]


def test_an_inspection_has_the_day_of_the_paper_that_tells_it_most_closely() -> None:
    (column,) = columns_of([finding("a", replace(FULL_2016, date=None)), finding("b", FULL_2016)])
    assert column.date == "2016-06-06"


def test_themes_that_recur_most_come_first_and_what_has_none_last() -> None:
    matrix = matrix_of(
        [
            finding("a", theme="Once"),
            finding("b", theme="Twice"),
            finding("c", VISIT_2022, theme="Twice"),
            finding("d"),
            finding("e", kind=FindingKind.FINDING, theme="Once"),
        ]
    )
    assert [(row.name, row.recurs_in) for row in matrix.rows][:2] == [("Twice", 2), ("Once", 1)]
    assert [row.key for row in matrix.rows][2:] == [REST, PROSE]


def test_a_computed_theme_is_another_row_than_a_papers_own_of_that_name() -> None:
    matrix = matrix_of([finding("a", theme="Plans"), finding("b", theme="Plans", computed=True)])
    assert [(row.name, row.computed) for row in matrix.rows] == [("Plans", False), ("Plans", True)]


def test_a_cell_is_found_by_its_keys_and_an_unknown_one_is_none() -> None:
    matrix = matrix_of([finding("a", theme="Plans"), finding("b", VISIT_2022)])
    row, column = matrix.rows[0], matrix.columns[0]
    found = matrix.cell(row.key, column.key)
    assert found is not None
    assert [each.text for each in found[2]] == ["a"]
    assert matrix.cell("theme: Elsewhere", column.key) is None
    assert matrix.cell(row.key, "1999/nothing/") is None


@given(
    st.lists(
        st.builds(
            finding,
            st.text("abc", min_size=1, max_size=4),
            st.sampled_from([FULL_2016, VISIT_2022, OTHER_2022]),
            theme=st.sampled_from(["", "Plans", "Visits"]),
            computed=st.booleans(),
            kind=st.sampled_from(FindingKind),
        )
    )
)
def test_every_finding_stands_in_exactly_one_cell(findings: list[object]) -> None:
    matrix = matrix_of(findings)  # type: ignore[arg-type]
    placed = [found for row in matrix.rows for cell in row.cells for found in cell]
    assert sorted(map(id, placed)) == sorted(map(id, findings))
    assert all(len(row.cells) == len(matrix.columns) for row in matrix.rows)
