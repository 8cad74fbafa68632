"""Each measure's worked example, and properties of the two tricky ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import (
    Outcome,
    accuracy,
    contains_keys,
    crag_score,
    holds,
    in_a_row,
    is_exact,
    is_relevant,
    mean,
    percentile,
    precision,
    recall_at,
    reciprocal_rank,
    refusal_precision,
    refusal_recall,
    words,
)

CORRECT = Outcome(answerable=True, declined=False, correct=True)
WRONG = Outcome(answerable=True, declined=False, correct=False)
MISSED = Outcome(answerable=True, declined=True, correct=False)
REFUSED = Outcome(answerable=False, declined=True, correct=False)
INVENTED = Outcome(answerable=False, declined=False, correct=False)

TEN_WORDS = "the ferry fund paid for nine new lifeboats in 2021"

vocabulary = st.lists(st.sampled_from(["ferry", "fund", "quay", "3.2", "£40", "9%"]), max_size=12)


def test_words_are_lower_case_and_keep_full_stops_only_inside():
    assert words("Item 3.2 | Quays: £1.5m (9%). ") == ["item", "3.2", "quays", "£1.5m", "9%"]


def test_a_passage_matches_if_it_holds_sixty_percent_of_the_quote_in_a_row():
    assert holds("... paid for nine new lifeboats, IN the year", TEN_WORDS)  # 6 of 10


def test_a_passage_with_fewer_than_sixty_percent_in_a_row_does_not_match():
    assert not holds("paid for nine new lifeboats at last", TEN_WORDS)  # 5 of 10
    assert not holds("the ferry fund paid, as agreed, for nine new lifeboats", TEN_WORDS)  # 4 and 4 of 10


def test_table_bars_and_line_breaks_do_not_hinder_a_match():
    assert holds("Quays repaired | 14\n| 15", "quays repaired 14 15")


def test_half_a_word_is_no_match():
    assert not holds("the ferryman", "the ferry")


def test_a_quote_without_words_matches_nothing():
    assert not holds("anything - at all", "-")


def test_recall_at_k_is_the_share_of_evidence_groups_matched_among_the_first_k():
    ranks = (2, None, 7, 1)
    assert [recall_at(ranks, k) for k in (1, 5, 10)] == [0.25, 0.5, 0.75]


def test_recall_of_a_question_without_evidence_is_not_nought():
    assert recall_at((), 5) is None


def test_the_reciprocal_rank_is_that_of_the_first_hit_matching_any_group():
    assert reciprocal_rank((4, None, 2)) == 0.5


def test_the_reciprocal_rank_is_nought_without_a_match_within_the_depth():
    assert reciprocal_rank((None, 11)) == 0
    assert reciprocal_rank(()) == 0


def test_a_correct_answer_contains_one_string_of_every_key_group():
    assert contains_keys("Dr Ida Holm chairs it since MAY 2021", [["Ida Holm", "Holm, Ida"], ["May 2021"]])
    assert not contains_keys("Dr Ida Holm chairs it", [["Ida Holm"], ["May 2021"]])


def test_accuracy_is_correct_among_the_answerable():
    assert accuracy([CORRECT, WRONG, MISSED, CORRECT, REFUSED, INVENTED]) == 0.5


def test_precision_is_correct_among_the_answerable_that_were_answered():
    assert precision([CORRECT, WRONG, MISSED, CORRECT, REFUSED, INVENTED]) == pytest.approx(2 / 3)


def test_the_crag_score_adds_for_right_and_takes_off_for_false():
    assert crag_score([CORRECT, MISSED, WRONG, REFUSED, INVENTED]) == 0  # +1 0 -1 +1 -1
    assert crag_score([CORRECT, MISSED, REFUSED, REFUSED]) == 0.75


def test_refusal_precision_is_unanswerable_among_the_declined():
    assert refusal_precision([MISSED, REFUSED, REFUSED, REFUSED, CORRECT, INVENTED]) == 0.75


def test_refusal_recall_is_declined_among_the_unanswerable():
    assert refusal_recall([REFUSED, INVENTED, INVENTED, INVENTED, MISSED]) == 0.25


def test_a_citation_is_relevant_whether_it_is_shorter_or_longer_than_the_gold_quote():
    assert is_relevant("nine new lifeboats", [TEN_WORDS])
    assert is_relevant(f"As reported, {TEN_WORDS} and 2022.", [TEN_WORDS])
    assert not is_relevant("the harbour master resigned", [TEN_WORDS])
    assert not is_relevant("nine new lifeboats", [])


def test_a_quote_is_exact_whatever_the_white_space_bars_and_line_end_hyphens():
    assert is_exact("Quays | re\u00ad\npaired", "Item 4 Quays re\u0002\r\npaired 14")


def test_a_quote_with_one_other_letter_is_not_exact():
    assert not is_exact("nine new lifeboats", "nine new Lifeboats")


def test_a_mean_of_nothing_is_unknown():
    assert mean([]) is None
    assert mean([True, False]) == 0.5


def test_a_percentile_is_the_value_at_the_nearest_rank():
    assert percentile([4.0, 1.0, 3.0, 2.0], 0.5) == 2.0
    assert percentile([4.0, 1.0, 3.0, 2.0], 0.95) == 4.0
    assert percentile([], 0.5) is None


@given(before=vocabulary, quote=vocabulary.filter(bool), after=vocabulary)
def test_a_text_around_a_quote_holds_it_whole(before: list[str], quote: list[str], after: list[str]):
    assert in_a_row(quote, [*before, *quote, *after], share=1)


@given(quote=vocabulary, text=vocabulary)
def test_in_a_row_agrees_with_a_comparison_of_every_slice(quote: list[str], text: list[str]):
    needed = max(1, -(-len(quote) * 3 // 5))
    slices = [text[n : n + needed] for n in range(len(text) - needed + 1)]
    expected = bool(quote) and any(quote[n : n + needed] in slices for n in range(len(quote) - needed + 1))
    assert in_a_row(quote, text) == expected


@given(ranks=st.lists(st.none() | st.integers(1, 10), min_size=1))
def test_recall_never_falls_with_k_and_a_reciprocal_rank_means_recall_at_ten(ranks: list[int | None]):
    at = [recall_at(ranks, k) or 0.0 for k in (1, 5, 10)]
    assert at == sorted(at)
    assert (reciprocal_rank(ranks) > 0) == (at[-1] > 0)
