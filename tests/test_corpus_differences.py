"""Differences of two versions: where they are, and that nothing else differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.differences import differences
from corpus.fingerprints import essence


def shown(one: str, other: str) -> list[tuple[str, str]]:
    return [(one[slice(*d.one)], other[slice(*d.other)]) for d in differences(one, other)]


def test_a_changed_figure_is_shown_with_a_word_around_it() -> None:
    assert shown("It has cost £ 6 million so far.", "It has cost £ 7 million so far.") == [
        ("£ 6 million", "£ 7 million")
    ]


def test_what_was_put_in_and_what_was_left_out_are_shown_with_their_neighbours() -> None:
    assert shown("The hub moves in April.", "The hub of Askerby moves in April.") == [
        ("hub moves", "hub of Askerby moves")
    ]
    assert shown("The old hub moves in April.", "The hub moves in April.") == [("The old hub", "The hub")]


def test_layout_makes_no_difference() -> None:
    assert shown("A safe\N{SOFT HYPHEN}\nguarding board | 4", "• A safe-guarding\nboard 4\f") == []


def test_changes_close_to_each_other_are_one() -> None:
    assert shown("on 5 May and 6 June at noon", "on 7 May and 8 July at noon") == [
        ("on 5 May and 6 June at", "on 7 May and 8 July at")
    ]
    one, other = ("a b c d e f g h", "x b c d e f g y")
    assert shown(one, other) == [("a b", "x b"), ("g h", "g y")]


def test_a_text_differs_from_nothing_in_all_of_it() -> None:
    assert shown("", "The hub.") == [("", "The hub.")]
    assert shown("", "") == []


@pytest.mark.parametrize("size", [5000])
def test_long_texts_are_compared_quickly(size: int) -> None:
    words = [f"w{i % 700}" for i in range(size)]
    changed = [f"x{i}" if i % 500 == 0 else word for i, word in enumerate(words)]
    assert len(differences(" ".join(words), " ".join(changed))) == size / 500


WORDS = st.lists(st.sampled_from(["the", "hub", "moves", "£6", "£7", "in", "-4", "4", "April", "|"]), max_size=30)


@given(WORDS, WORDS)
def test_without_the_differences_the_texts_are_the_same(one: list[str], other: list[str]) -> None:
    """The word shown on either side of a difference is taken out of both texts alike."""
    a, b = " ".join(one), " ".join(other)
    for difference in reversed(differences(a, b)):
        a = a[: difference.one[0]] + " ¶ " + a[difference.one[1] :]
        b = b[: difference.other[0]] + " ¶ " + b[difference.other[1] :]
    assert [essence(word) for word in a.split() if essence(word)] == [
        essence(word) for word in b.split() if essence(word)
    ]
    if essence(a) != essence(b):
        assert differences(a, b)
