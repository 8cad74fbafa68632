"""A row that lacks the value that is asked for doesn't answer."""

from __future__ import annotations

import pytest

from assistant.cells import asked_columns, blank
from assistant.question import understand

HEADERS = ("Ref", "Indicator", "Oct 2022 (current)", "Oct 2021 (previous year)", "Target", "North Fell average")
ROW = "FC9 | Told in writing | 64% |  | 100% | "


@pytest.mark.parametrize(
    ("question", "columns"),
    [
        ("What was the target for telling in writing?", (4,)),
        ("How many were told in October 2021?", (3,)),
        ("How many were told, and how many the previous year?", (3,)),
        ("What is the North Fell average?", (5,)),
        ("What was it in October 2022, and what is the target?", (2, 4)),
        ("How many were told in writing?", ()),
        ("How many were told in 2021?", ()),
        ("What is the average?", ()),
    ],
)
def test_a_column_is_asked_for_by_a_word_or_the_time_of_its_header(question: str, columns: tuple[int, ...]) -> None:
    assert asked_columns(question, HEADERS, understand(question).scope.periods) == columns


@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        ((3,), ("Told in writing", ("Oct 2021 (previous year)",))),
        ((3, 5), ("Told in writing", ("Oct 2021 (previous year)", "North Fell average"))),
        ((4,), None),
        ((3, 4), None),
        ((), None),
    ],
)
def test_a_row_lacks_what_is_asked_where_all_of_it_is_empty(
    columns: tuple[int, ...], missing: tuple[str, tuple[str, ...]] | None
) -> None:
    assert blank(ROW, HEADERS, columns) == missing


@pytest.mark.parametrize("row", ["Told in writing | 64%", "FC9 | Told in writing |  |  |  | ", "Members were told."])
def test_what_is_no_row_with_a_value_lacks_nothing(row: str) -> None:
    assert blank(row, HEADERS, (3,)) is None
