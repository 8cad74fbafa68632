"""Printed numbers that jump."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numbering import Jump, jumps


def numbers(first: int, last: int) -> list[str | None]:
    return [str(n) for n in range(first, last + 1)]


def test_a_jump_is_told_with_what_is_missing() -> None:
    assert jumps([*numbers(1, 14), *numbers(17, 20)]) == (Jump((14, 15), ("14", "17"), ("15", "16")),)


@pytest.mark.parametrize(
    "labels",
    [
        [],
        [None, None, *numbers(1, 30)],
        [*numbers(1, 5), None, *numbers(7, 9)],
        [*numbers(1, 5), *numbers(1, 9)],
        [*numbers(1, 5), None, *numbers(2, 9)],
        [*numbers(10, 14), *numbers(3, 6)],
        [*numbers(1, 10), *numbers(1, 3), *numbers(14, 20)],
        [*numbers(1, 5), "40", *numbers(7, 9)],
        [*numbers(1, 5), "A6", "A7", "A8"],
        ["i", "ii", "iii", "iv", *numbers(1, 5)],
        ["3a", "3b"],
    ],
)
def test_what_is_no_gap_isnt_told(labels: list[str | None]) -> None:
    """Pages without a number, a sequence that begins anew, a report in a pack, a figure in a margin, an appendix."""
    assert jumps(labels) == ()


def test_pages_without_a_number_are_counted_in() -> None:
    [jump] = jumps([*numbers(1, 5), None, None, *numbers(10, 12)])
    assert jump.missing == ("8", "9")
    assert jump.pages == (5, 8)


def test_other_ways_of_numbering_jump_too() -> None:
    [jump] = jumps(["A1", "A2", "A5", "A6"])
    assert (jump.labels, jump.missing) == (("A2", "A5"), ("A3", "A4"))
    [jump] = jumps(["i", "ii", "viii", "ix", "x"])
    assert jump.missing == ("3", "7")


@given(st.integers(4, 40), st.data())
def test_pages_taken_out_of_the_middle_are_told_exactly(count: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(3, count - 1))
    last = data.draw(st.integers(first, count - 1))
    labels = [*numbers(1, first - 1), *numbers(last + 1, count + 1)]
    assert [jump.missing for jump in jumps(labels)] == [(str(first), str(last))]


@given(st.lists(st.none() | st.text(max_size=4)))
def test_no_labels_fail(labels: list[str | None]) -> None:
    jumps(labels)
