"""Intervals and tests, against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.statistics import Interval, interval, mcnemar, permutation

SHARES = st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=2, max_size=30)
PAIRS = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30)


def test_one_value_has_no_interval():
    assert interval([]) is None
    assert interval([0.5]) is None


def test_values_that_are_all_the_same_have_an_interval_without_width():
    assert interval([0.5] * 10) == Interval(0.5, 0.5)


def test_the_interval_of_a_share_is_near_that_of_the_normal_distribution():
    found = interval([1.0] * 50 + [0.0] * 50)
    assert found is not None
    assert found.low == pytest.approx(0.5 - 1.96 * math.sqrt(0.25 / 100), abs=0.01)
    assert found.high == pytest.approx(0.5 + 1.96 * math.sqrt(0.25 / 100), abs=0.01)


@settings(max_examples=10, deadline=None)
@given(SHARES)
def test_an_interval_is_the_same_each_time_and_lies_within_the_values(values: list[float]):
    found = interval(values)
    assert found is not None
    assert found == interval(values)
    assert min(values) <= found.low <= found.high <= max(values)


def test_five_questions_that_only_one_got_right_are_too_few_and_six_are_enough():
    assert mcnemar([True] * 5, [False] * 5) == pytest.approx(2 / 2**5)
    assert mcnemar([True] * 6, [False] * 6) == pytest.approx(2 / 2**6)


def test_what_both_got_right_or_wrong_tells_nothing():
    assert mcnemar([True] * 9 + [False] * 9, [True] * 9 + [False] * 9) == 1.0
    assert mcnemar([True] * 6 + [True] * 90, [False] * 6 + [True] * 90) == pytest.approx(2 / 2**6)


def test_one_win_against_three_is_what_a_coin_often_does():
    # 0, 1, 3 or 4 heads of 4: all but the 6 of 16 ways that give 2.
    assert mcnemar([True, False, False, False], [False, True, True, True]) == pytest.approx(10 / 16)


def test_all_ways_of_swapping_few_pairs_are_counted():
    # Of the 8 ways of giving three differences a sign, one has the sum 6 and one -6.
    assert permutation([3.0, 2.0, 1.0], [0.0, 0.0, 0.0]) == pytest.approx(2 / 8)
    assert permutation([1.0, 0.5, 0.25, 0.75], [0.0] * 4) == pytest.approx(2 / 16)


def test_pairs_that_agree_leave_p_as_it_is():
    assert permutation([0.5, 1.0], [0.5, 1.0]) == 1.0
    assert permutation([3.0, 2.0, 1.0, 9.0], [0.0, 0.0, 0.0, 9.0]) == pytest.approx(2 / 8)


@settings(max_examples=10, deadline=None)
@given(PAIRS)
def test_a_test_does_not_care_which_system_comes_first(pairs: list[tuple[bool, bool]]):
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    assert mcnemar(one, other) == pytest.approx(mcnemar(other, one))
    assert permutation(one, other) == pytest.approx(permutation(other, one), abs=0.03)


def test_values_of_different_questions_are_not_paired():
    with pytest.raises(ValueError, match="2"):
        permutation([1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="shorter"):
        mcnemar([True, False], [True])
