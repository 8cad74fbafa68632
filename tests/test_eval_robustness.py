"""The same questions in other forms."""

from __future__ import annotations

import pytest

from eval.comparison import ACCURACY
from eval.gold import FORMS, BadGold, Question
from eval.robustness import AS_ASKED, in_all_forms, run_in_forms, steadiness, steadiness_report
from eval.runs import Reply, System
from tests.judged import asked, quietly, reply, unchecked

ONE, TWO = (asked(id_, variants={form: f"{id_} {form}" for form in FORMS}) for id_ in ("one", "two"))


def understands(question: Question) -> Reply:
    """Gets the first question right but for its long form, and the second only as keywords, long and as it is asked."""
    wrong = question.question in {"one long", "two typos", "two lay"}
    return reply("Nothing rises." if wrong else "By 4%.")


RUNS = run_in_forms(System("assistant", "", understands), [ONE, TWO], unchecked, quietly)


def test_every_form_is_asked_and_the_question_as_it_is():
    assert [run.judgements[0].question.question for run in RUNS.values()] == [
        "one?",
        "one keywords",
        "one long",
        "one typos",
        "one lay",
    ]


def test_the_worst_and_the_spread_are_those_of_the_forms_and_of_each_question():
    found = steadiness(ACCURACY, RUNS)
    assert found.by_form == {AS_ASKED: 1.0, "keywords": 1.0, "long": 0.5, "typos": 0.5, "lay": 0.5}
    assert (found.worst, found.spread) == (0.5, 0.5)
    assert (found.worst_of_each, found.spread_of_each) == (0.0, 1.0)


def test_the_report_has_a_line_for_each_form_and_for_what_they_cost():
    lines = steadiness_report(RUNS).splitlines()
    assert lines[0].split() == ["2", "questions", "in", "four", "forms", "recall@5", "accuracy", "right"]
    assert lines[4].split() == ["long", "1.000", "0.500", "0.500"]
    assert lines[-4].split()[-4:] == ["forms", "1.000", "0.500", "0.500"]


def test_only_questions_with_variants_are_asked_and_there_must_be_some():
    assert in_all_forms([ONE, asked("plain")]) == (ONE,)
    with pytest.raises(BadGold, match="none of the 1 questions has variants"):
        in_all_forms([asked("plain")])
