"""What belongs to a subject: by vectors and words that can be reckoned by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.scoring import Stemmer
from assistant.subjects import LEAST, NEAR, WEIGHTS, Thing, belonging, parts_of
from assistant.wording import Wording, read_wording
from index.records import Vectors

STEMMER = Stemmer()
NORTH, EAST, UP = np.eye(3, dtype=np.float32)
HALF = (NORTH + EAST) / math.sqrt(2)


@pytest.fixture(scope="module")
def wording(tmp_path_factory: pytest.TempPathFactory) -> Wording:
    """One line: a hostel is a guesthouse in some papers."""
    path = tmp_path_factory.mktemp("wording") / "words.toml"
    path.write_text('same = []\neveryday = []\n[words]\n"hostels" = "guesthouse"\n[short_forms]\n', encoding="utf-8")
    return read_wording(path)


def thing(text: str, *vectors: Vectors, heading: str = "") -> Thing:
    return Thing(text, heading, np.stack(vectors))


def asked(subject: str, things: list[Thing], wording: Wording, *vectors: Vectors) -> list[int]:
    return belonging(subject, np.stack(vectors), things, wording, STEMMER)


@given(st.text(alphabet="aeiynrstdgl'’-/ ABE1", max_size=60), st.text(alphabet="aeiynrstdgl -'s", max_size=20))
@example("the child's plan-s", "children's")
def test_the_wanted_stems_of_a_text_are_those_of_all_its_stems_that_are_wanted(text: str, wanted: str):
    stems = STEMMER.stems_in(wanted)
    assert STEMMER.among([text, wanted], stems) == [STEMMER.stems_in(text) & stems, stems]


def test_a_subject_is_asked_for_whole_and_by_its_parts():
    assert parts_of("caseloads") == ["caseloads", "caseloads"]
    assert parts_of("oversight, supervision and challenge") == [
        "oversight, supervision and challenge",
        "oversight",
        "supervision",
        "challenge",
    ]


def test_what_is_nearest_by_meaning_comes_first(wording: Wording):
    # No word in common: a thing's sum is its cosine (0, 0.707 or 1) times all that meaning counts (0.3 + 0.3 + 0.5).
    assert WEIGHTS.meaning + WEIGHTS.nearest + WEIGHTS.parts == pytest.approx(1.1)
    things = [thing("One.", EAST), thing("Two.", HALF), thing("Three.", NORTH)]
    assert asked("caseloads", things, wording, NORTH, NORTH) == [2, 1]


def test_a_sentence_alone_may_be_what_belongs(wording: Wording):
    # Whole 0, nearest sentence 1: 0.3 + 0.5 is enough.
    things = [thing("Caterpillars. Ants.", EAST, NORTH), thing("Bees.", EAST)]
    assert asked("caseloads", things, wording, NORTH, NORTH) == [0]


def test_each_part_of_a_subject_counts_its_nearest_sentence(wording: Wording):
    # Both are as near to the whole (0.707); the first has a sentence for each part, the second for one of two.
    both = thing("One. Two.", HALF, NORTH, EAST)
    one = thing("Three. Four.", HALF, NORTH, HALF)
    assert asked("caseloads and supervision", [one, both], wording, HALF, NORTH, EAST) == [1, 0]


def test_what_has_the_subjects_words_belongs_to_it_though_no_meaning_says_so(wording: Wording):
    things = [thing("Caseloads are high.", EAST), thing("Visits are late.", EAST)]
    assert asked("caseload", things, wording, NORTH, NORTH) == [0]
    assert WEIGHTS.words >= LEAST


def test_other_words_count_half(wording: Wording):
    # All cosines are 0.707 x 1.1 = 0.778; words add 0.5, other words 0.25, none 0.
    things = [thing("Rooms.", HALF), thing("A guesthouse.", HALF), thing("A hostel.", HALF)]
    assert asked("hostels", things, wording, NORTH, NORTH) == [2, 1, 0]
    alone = [thing("A guesthouse.", EAST), thing("Rooms.", EAST)]
    assert asked("hostels", alone, wording, NORTH, NORTH) == []


def test_a_word_that_few_things_have_tells_more_than_one_that_most_have(wording: Wording):
    # Of "children" (in 3 of 4: log 1.43) and "advocates" (in 1 of 4: log 3.33) the second has three quarters.
    things = [
        thing("Children wait.", HALF),
        thing("Children move.", HALF),
        thing("Children travel.", HALF),
        thing("Advocates help.", HALF),
    ]
    assert asked("children advocates", things, wording, NORTH, NORTH) == [3, 0, 1, 2]


def test_a_heading_speaks_for_what_stands_under_it(wording: Wording):
    things = [thing("One.", HALF), thing("Two.", HALF, heading="Caseloads")]
    assert asked("caseloads", things, wording, NORTH, NORTH) == [1, 0]


def test_equally_good_things_stay_in_the_order_in_which_they_came(wording: Wording):
    things = [thing(f"Number {number}.", NORTH if number % 2 else HALF) for number in range(8)]
    assert asked("caseloads", things, wording, NORTH, NORTH) == [1, 3, 5, 7, 0, 2, 4, 6]


def test_what_is_far_from_the_best_does_not_belong(wording: Wording):
    # The best has 1.1 + 0.5 = 1.6, of which 0.4 is 0.64: a thing of 0.55 belongs only where the best has less.
    far = thing("Rooms.", NORTH / 2 + EAST * math.sqrt(3) / 2)
    best = thing("Caseloads.", NORTH)
    assert LEAST < 0.55 < NEAR * 1.6
    assert asked("caseloads", [far, best], wording, NORTH, NORTH) == [1]
    assert asked("caseloads", [far], wording, NORTH, NORTH) == [0]


def test_nothing_belongs_where_nothing_speaks_for_it(wording: Wording):
    assert asked("caseloads", [thing("Rooms.", UP)], wording, NORTH, NORTH) == []
    assert asked("caseloads", [], wording, NORTH, NORTH) == []


def test_a_subject_that_has_no_telling_word_is_judged_by_meaning(wording: Wording):
    assert asked("the", [thing("Rooms.", NORTH), thing("Roads.", UP)], wording, NORTH, NORTH) == [0]
