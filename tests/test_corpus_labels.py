"""The number printed on each page, out of what stands in the margins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading.labels import page_labels, printed_number


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("12", "12"),
        ("Page 12", "12"),
        ("page 12 of 40", "12"),
        ("- 12 -", "12"),
        ("– 12 –", "12"),
        ("p. 12", "12"),
        ("12 of 40", "12"),
        ("A3", "A3"),
        ("Page B-12", "B-12"),
        ("iv", "iv"),
        ("- XIV -", "XIV"),
        ("iiii", None),
        ("vx", None),
        ("Mix", None),
        ("12 July", None),
        ("£12", None),
        ("12.5", None),
        ("12345", None),
        ("٣", None),
        ("", None),
    ],
)
def test_a_printed_number_is_a_line_with_nothing_but_the_number(line: str, label: str | None):
    printed = printed_number(line)
    assert (printed and printed.label) == label


def test_roman_numbers_count_on_like_others():
    assert page_labels([["i"], ["ii"], ["iii"], ["iv"], ["1"], ["2"]]) == ["i", "ii", "iii", "iv", "1", "2"]
    assert page_labels([["viii"], ["ix"], ["x"], ["xi"]]) == ["viii", "ix", "x", "xi"]


def test_an_appendix_may_be_numbered_in_a_style_of_its_own():
    assert page_labels([["7"], ["8"], ["A1"], ["A2"], ["B1"], ["B2"]]) == ["7", "8", "A1", "A2", "B1", "B2"]


def test_numbers_of_different_styles_do_not_confirm_one_another():
    assert page_labels([["A1"], ["2"], ["iii"]]) == [None, None, None]


def test_numbers_that_count_on_are_page_labels():
    assert page_labels([["1"], ["2"], ["3"]]) == ["1", "2", "3"]


def test_pages_before_the_first_number_have_no_label():
    assert page_labels([[], [], ["1"], ["2"]]) == [None, None, "1", "2"]


def test_a_number_that_does_not_count_on_is_no_page_label():
    assert page_labels([["688"], ["2"], ["3"], ["4"]]) == [None, "2", "3", "4"]


def test_a_page_in_between_may_have_no_number():
    assert page_labels([["7"], [], ["9"]]) == ["7", None, "9"]


def test_a_neighbour_further_away_than_three_pages_confirms_nothing():
    assert page_labels([["7"], [], [], [], ["11"]]) == [None] * 5


def test_the_number_that_more_neighbours_confirm_wins():
    assert page_labels([["20", "1"], ["21", "2"], ["22"]]) == ["20", "21", "22"]


def test_a_pack_number_beats_the_own_numbers_of_a_presentation_in_it():
    own = [["1", "31"], ["2", "32"], ["3", "33"], ["4", "34"], ["5", "35"], ["6", "36"], ["7", "37"], ["8", "38"]]
    assert page_labels([["30"], *own, ["39"]])[1:-1] == [str(n) for n in range(31, 39)]


def test_numbers_may_begin_again_within_a_file():
    assert page_labels([["1"], ["2"], ["3"], ["1"], ["2"], ["3"]]) == ["1", "2", "3", "1", "2", "3"]


def test_a_single_page_needs_the_word_page():
    assert page_labels([["4"]]) == [None]
    assert page_labels([["Page 4"]]) == ["4"]


@given(st.lists(st.lists(st.from_regex(r"(page )?[0-9]{1,3}", fullmatch=True), max_size=3), max_size=12))
def test_every_label_was_printed_on_its_page(pages: list[list[str]]):
    labels = page_labels(pages)
    assert len(labels) == len(pages)
    for label, lines in zip(labels, pages, strict=True):
        assert label is None or label in [p.label for p in map(printed_number, lines) if p is not None]


@given(st.integers(1, 900), st.integers(2, 12))
def test_any_run_of_numbers_is_found(first: int, pages: int):
    numbers = [str(first + i) for i in range(pages)]
    assert page_labels([[n] for n in numbers]) == numbers
