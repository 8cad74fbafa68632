"""The papers and times that a question names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.scope import Period, Scope, closeness, is_of_kind, is_told_by, named_in, period_of
from tests.fakes import make_document, make_paper

JUNE = Period("2022-06-01", "2022-06-30")
YEAR = Period("2022-01-01", "2022-12-31")
days = st.dates().map(lambda day: day.isoformat())


def test_times_and_kinds_of_paper_are_named() -> None:
    scope = named_in("What did the June 2022 scorecard say?")
    assert scope.periods == (JUNE,)
    assert "scorecard" in scope.kinds
    assert {"june", "2022", "scorecard"} <= scope.words


def test_a_question_about_neither_names_nothing() -> None:
    assert named_in("how many children go missing") == Scope()


def test_the_latest_is_asked_for() -> None:
    assert named_in("what is the most recent figure").latest


@pytest.mark.parametrize(("iso", "expected"), [("2022-06", JUNE), ("2022", YEAR), (None, None)])
def test_a_papers_date_is_a_period_as_far_as_it_is_known(iso: str | None, expected: Period | None) -> None:
    assert period_of(iso) == ((expected,) if expected else ())


def test_a_month_fits_itself_best_a_year_less_and_another_month_not_at_all() -> None:
    scope = Scope((JUNE,))
    assert closeness([JUNE], scope) == 1
    assert 0 < closeness([YEAR], scope) < 0.5
    assert closeness([Period("2022-07-01", "2022-07-31")], scope) == 0


def test_a_summary_of_an_inspection_counts_as_one() -> None:
    paper = make_paper(make_document("pack", "text"))
    scope = named_in("what did Ofsted find")
    assert is_of_kind(replace(paper, kind="inspection summary"), scope.kinds)
    assert not is_of_kind(replace(paper, kind="scorecard"), scope.kinds)


@given(days, days, days, days)
def test_overlap_is_mutual(a: str, b: str, c: str, d: str) -> None:
    one, other = Period(*sorted((a, b))), Period(*sorted((c, d)))
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one)


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("what did Ofsted say about the front door?", "inspection"),
        ("What do the inspectors think of supervision", "inspection"),
        ("according to the commissioner, who runs it?", "commissioner report"),
        ("When did Ofsted tell us it was coming?", None),
        ("What did Ofsted find, and what did the commissioner conclude?", None),
        ("What did the panel say?", None),
    ],
)
def test_whose_words_are_asked_for_is_told_by_plain_forms_alone(question: str, speaker: str | None) -> None:
    assert named_in(question).speaker == speaker


def test_what_a_commissioner_quotes_of_inspectors_is_not_the_commissioners() -> None:
    report = replace(make_paper(make_document("report", "text")), kind="commissioner report")
    assert is_told_by(report, ["Workforce"], "commissioner report")
    assert not is_told_by(report, ["Appendix 2", "Recommendations of Ofsted"], "commissioner report")
    assert not is_told_by(report, ["Workforce"], "inspection")
