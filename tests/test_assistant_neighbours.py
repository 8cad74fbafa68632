"""Which of many texts may be alike, held against looking at each pair."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.alike import COMMON, LIKELY, words_of
from assistant.neighbours import neighbours

WORDS = st.sampled_from(
    ["the", "children", "assessments", "Assessments", "and", "plans", "permanence", "improvement", "of", "Über-prüfung",
     "2,016", "supervision", "quality_of", "it’s", "safeguarding", "—"]
)  # fmt: skip
TEXTS = st.lists(st.lists(WORDS, max_size=14).map(" ".join), max_size=12)


def one_by_one(texts: list[str]) -> dict[tuple[int, int], int]:
    """The pairs that share enough of the runs by which they are looked up, and how many."""
    words = [words_of(text) for text in texts]
    spread = Counter(run for each in words for run in each.anchors)
    found = {}
    for (a, one), (b, other) in combinations(enumerate(words), 2):
        shared = sum(spread[run] <= COMMON for run in set(one.anchors) & set(other.anchors))
        if shared and shared >= LIKELY * min(len(one.anchors), len(other.anchors)):
            found[a, b] = shared
    return found


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_those_that_share_runs_or_letters_are_found_and_no_others(texts: list[str]):
    letters = [words_of(text).letters for text in texts]
    same = {(a, b) for a, b in combinations(range(len(texts)), 2) if letters[a] and letters[a] == letters[b]}
    wanted = one_by_one(texts).keys() | same
    found = neighbours(texts, most=len(texts))
    assert {(min(a, b), max(a, b)) for a, others in enumerate(found) for b in others} == wanted
    assert all(a in found[b] for a, others in enumerate(found) for b in others)


def test_the_same_letter_for_letter_come_first_then_those_that_share_most():
    texts = [
        "Improve the quality of assessments and of plans for permanence",
        "Improve the quality of assessments and of supervision",
        "Improve the quality of assessments and of plans, and of supervision",
        "IMPROVE the quality of assess-ments, and of plans for permanence.",
    ]
    assert neighbours(texts, most=2)[0] == (3, 2, 1)
    assert neighbours(texts, most=1)[0] == (3, 2)


def test_a_turn_of_phrase_of_many_texts_makes_none_alike():
    texts = [f"Assessments are timely number{n}" for n in range(COMMON + 1)]
    assert neighbours(texts, most=5) == [()] * len(texts)
    assert all(len(others) == 5 for others in neighbours(texts[:-1], most=5))


def test_texts_without_words_have_no_neighbours():
    assert neighbours([], most=5) == []
    assert neighbours(["", " — ", ""], most=5) == [(), (), ()]
    assert neighbours(["", "Permanence", "Plans"], most=5) == [(), (), ()]
