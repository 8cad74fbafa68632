"""Two systems on the same questions, and the values that their scores are the means of."""

from __future__ import annotations

import pytest

from eval.comparison import ACCURACY, COMPARED, FOUND, MRR, RECALL, RIGHT, compare
from eval.judging import scores
from eval.statistics import mcnemar
from tests.judged import asked, judged, reply

QUESTIONS = [asked(f"q{n}") for n in range(8)]
NONSENSE = asked("no", type="unanswerable")

GOOD = judged([*((question, reply(rank=1)) for question in QUESTIONS), (NONSENSE, reply(""))])
POOR = judged(
    [
        *((question, reply("Nothing rises.", rank=None)) for question in QUESTIONS[:6]),
        *((question, reply(rank=2)) for question in QUESTIONS[6:]),
        (NONSENSE, reply("Something.")),
    ],
    "words only",
)


def test_scores_that_are_means_of_questions_agree_with_the_reported_ones():
    for run in (GOOD, POOR):
        reported = scores(run.judgements)
        for measure in (RECALL, MRR, ACCURACY):
            assert measure.score(run.judgements) == pytest.approx(reported[measure.name])


def test_a_question_that_cannot_be_answered_counts_only_for_what_is_right():
    assert [len(measure.values(GOOD.judgements)) for measure in (RECALL, MRR, ACCURACY, FOUND, RIGHT)] == [
        8,
        8,
        8,
        8,
        9,
    ]


def test_a_run_is_compared_question_by_question():
    found = {one.measure.name: one for one in compare(GOOD, POOR)}
    assert list(found) == [measure.name for measure in COMPARED]
    accuracy = found["accuracy"]
    assert (accuracy.against, accuracy.questions) == ("words only", 8)
    assert (accuracy.score, accuracy.other, accuracy.difference) == (1.0, 0.25, 0.75)
    assert accuracy.p == pytest.approx(mcnemar([True] * 6, [False] * 6))
    assert accuracy.interval is not None
    assert 0.2 < accuracy.interval.low < 0.75 < accuracy.interval.high <= 1.0


def test_shares_are_tested_by_mcnemar_and_ranks_by_permutation():
    found = {one.measure.name: one for one in compare(GOOD, POOR)}
    assert {name: one.test for name, one in found.items()} == {
        "recall@5": "permutation",
        "MRR@10": "permutation",
        "accuracy": "McNemar",
        "any evidence in the first 5": "McNemar",
    }
    # All eight differ and in one direction: 2 of the 2 ** 8 ways of swapping are as extreme.
    assert found["MRR@10"].difference == pytest.approx((6 * 1 + 2 * 0.5) / 8)
    assert found["MRR@10"].p == pytest.approx(2 / 2**8)


def test_a_run_does_not_differ_from_itself():
    for one in compare(POOR, POOR):
        assert (one.difference, one.p) == (0.0, 1.0)


def test_where_nothing_is_measured_there_is_no_difference():
    nothing = judged([(NONSENSE, reply(""))])
    (accuracy,) = compare(nothing, nothing, [ACCURACY])
    assert (accuracy.questions, accuracy.score, accuracy.difference, accuracy.interval) == (0, None, None, None)


def test_runs_of_other_questions_are_not_compared():
    with pytest.raises(ValueError, match="weren't asked the same questions"):
        compare(GOOD, judged([(QUESTIONS[0], reply())]))
