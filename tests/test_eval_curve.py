"""The refusal curve, on questions few enough to count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.curve import Graded, Point, area, curve, curve_csv, curve_table, graded, thresholds
from tests.judged import asked, judged, reply

QUESTIONS = (
    Graded(0.9, answerable=True, correct=True),
    Graded(0.6, answerable=True, correct=True),
    Graded(0.4, answerable=True, correct=False),
    Graded(0.5, answerable=False, correct=False),
    Graded(0.1, answerable=False, correct=False),
)

GRADED = st.builds(Graded, st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), st.booleans(), st.booleans())


def test_what_has_less_evidence_than_the_threshold_is_declined():
    assert curve(QUESTIONS, [0.0, 0.5, 0.65]) == (
        Point(0.0, 0.0, 0.0, pytest.approx(2 / 3)),
        Point(0.5, 0.5, pytest.approx(1 / 3), pytest.approx(2 / 3)),
        Point(0.65, 1.0, pytest.approx(2 / 3), pytest.approx(1 / 3)),
    )


def test_the_area_is_the_share_of_pairs_in_the_right_order():
    assert area(QUESTIONS) == pytest.approx(5 / 6)
    assert area([Graded(0.5, True, True), Graded(0.5, False, False)]) == 0.5
    assert area(QUESTIONS[:3]) is None


@given(st.lists(GRADED, max_size=20))
def test_a_higher_threshold_never_declines_less(questions: list[Graded]):
    points = curve(questions, thresholds())
    for share in ("unanswerable_declined", "answerable_declined"):
        values = [value for point in points if (value := getattr(point, share)) is not None]
        assert values == sorted(values)


def test_the_sweep_goes_from_nought_to_one():
    assert thresholds(4) == (0.0, 0.25, 0.5, 0.75, 1.0)


def test_only_questions_that_count_and_tell_their_evidence_are_graded():
    run = judged(
        [
            (asked("right"), reply(evidence=0.8)),
            (asked("wrong"), reply("Nothing.", evidence=0.3)),
            (asked("untold"), reply()),
            (asked("open", keys=()), reply(evidence=0.9)),
            (asked("no", type="unanswerable"), reply("", evidence=0.1)),
        ]
    )
    assert graded(run.judgements) == (Graded(0.8, True, True), Graded(0.3, True, False), Graded(0.1, False, False))


def test_the_table_counts_the_questions_and_ends_with_the_area():
    lines = curve_table(QUESTIONS, [0.5]).splitlines()
    assert lines[0].split("  ")[:3] == ["declined below", "of 2 unanswerable", "of 3 answerable"]
    assert lines[2].split() == ["0.50", "0.500", "0.333", "0.667"]
    assert lines[3] == "area under the curve: 0.833"


def test_the_file_has_a_line_for_each_threshold():
    assert curve_csv(QUESTIONS, [0.0]).splitlines() == [
        "threshold,unanswerable_declined,answerable_declined,correct",
        "0.0,0.0,0.0,0.6666666666666666",
    ]
