"""Answers from the findings of all inspections: what recurs, what has been said of a subject, what one inspection
demanded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.citations import Quotation, Verified
from assistant.findings import TracedFinding, traced
from assistant.question import understand
from assistant.recurring import (
    asks_what_recurs,
    formal_findings,
    formal_findings_asked,
    subject_in,
    what_recurs,
)
from corpus.documents import Paper, Passage
from corpus.records.findings import Finding, FindingKind, Inspection, Said
from corpus.records.places import Place
from index.catalogue import PageText
from index.records import Recorded

TABLE = Paper("report", 1, "commissioner report", "The Commissioner's Report", 1, 9, 0, 900, date="2024-07")
PAGE = PageText(3, "3", 0, 900, "", (), None)


def quote(place: Place, paper: Paper) -> Verified | None:
    passage = Passage(place.document, paper.id, place.start, place.end, place.quote)
    return Verified(Quotation(passage, paper, place.start, place.end), PAGE, place.quote)


def found(*findings: tuple[int, str, FindingKind, str]) -> tuple[TracedFinding, ...]:
    """Findings by year, kind of inspection, kind and text; the theme is the text's first word."""
    recorded = []
    for number, (year, inspection, kind, text) in enumerate(findings):
        start = 100 * number
        place = Place("report", TABLE.id, start, start + len(text), 3, "3", text)
        finding = Finding(Inspection(year, inspection), kind, None, text, text.split()[0], Said.TABLE, (place,))
        recorded.append(Recorded(finding, TABLE, np.ones((1, 2), dtype=np.float32)))
    return traced(recorded)


FOUND = found(
    (2016, "full inspection", FindingKind.RECOMMENDATION, "Supervision of social workers every month."),
    (2016, "full inspection", FindingKind.RECOMMENDATION, "Roads by the school to be swept."),
    (2019, "full inspection", FindingKind.IMPROVE, "Supervision and its records."),
    (2022, "focused visit", FindingKind.PRIORITY, "Visits to children who wait."),
    (2022, "focused visit", FindingKind.IMPROVE, "Records of what children say."),
    (2022, "focused visit", FindingKind.FINDING, "Supervision is not held often enough for staff."),
)


@pytest.mark.parametrize(
    "question",
    [
        "Which recommendations recur from 2016 to 2023?",
        "Has Ofsted said this before?",
        "What do inspectors keep saying about care leavers?",
        "which findings come up in every inspection?",
        "What weaknesses have been found since 2016?",
        "Has the inspectorate criticised supervision again and again?",
    ],
)
def test_questions_for_what_recurs_are_known(question: str) -> None:
    assert asks_what_recurs(question)


@pytest.mark.parametrize(
    "question",
    [
        "How has the council improved since 2016?",
        "Each inspection and its result, as tabled by the commissioner",
        "What did Ofsted say about supervision in 2022?",
        "How often is supervision repeated?",
        "Who told the panel about the road before?",
    ],
)
def test_questions_for_something_else_are_not_taken_for_it(question: str) -> None:
    assert not asks_what_recurs(question)


def test_without_a_subject_the_themes_that_recur_are_told_with_a_finding_of_each_year() -> None:
    groups = what_recurs(understand("Which recommendations recur from 2016 to 2023?"), lambda about: FOUND, quote)
    assert [(text, [v.quote for v in quoted]) for text, quoted in groups] == [
        (
            "Supervision, 2016, 2019. "
            "2016 full inspection, recommendation: “Supervision of social workers every month.”; "
            "2019 full inspection, what needs to improve: “Supervision and its records.”",
            ["Supervision of social workers every month.", "Supervision and its records."],
        )
    ]


def test_about_a_subject_the_findings_of_each_inspection_are_told_in_order() -> None:
    asked: list[str | None] = []

    def find(about: str | None) -> Sequence[TracedFinding]:
        asked.append(about)
        return [f for f in reversed(FOUND) if "Supervision" in f.text]

    groups = what_recurs(understand("Has Ofsted criticised supervision before?"), find, quote)  # type: ignore[arg-type]
    assert asked == ["supervision"]
    assert [text.partition(",")[0] for text, _ in groups] == [
        "2016 full inspection",
        "2019 full inspection",
        "2022 focused visit",
    ]
    assert "The Commissioner's Report, July 2024 (in a table of inspections): “Supervision of" in groups[0][0]


def test_years_that_are_named_one_by_one_are_the_only_ones_told() -> None:
    both = understand("Does the demand of inspectors about supervision in 2022 repeat that of 2016?")
    assert [text[:4] for text, _ in what_recurs(both, lambda about: FOUND, quote)] == ["2016", "2016", "2022", "2022"]


def test_before_a_year_are_that_year_and_all_earlier_ones() -> None:
    question = understand("Has Ofsted said this before?", ["What did the 2019 letter find about supervision?"])
    assert [text[:4] for text, _ in what_recurs(question, lambda about: FOUND, quote)] == ["2016", "2016", "2019"]


def test_the_sign_that_opens_a_finding_is_not_quoted_with_it() -> None:
    (finding,) = found((2016, "full inspection", FindingKind.RECOMMENDATION, "4. Sweep the road."))
    question = understand("List the recommendations of the 2016 inspection")
    ((text, (quoted,)),) = formal_findings(question, FindingKind.RECOMMENDATION, lambda about: (finding,), quote)
    assert quoted.quote == "Sweep the road."
    assert quoted.quotation.start == len("4. ")
    assert text.endswith(": “Sweep the road.”")


def test_what_can_not_be_verified_is_not_told() -> None:
    question = understand("Which recommendations recur from 2016 to 2023?")
    assert what_recurs(question, lambda about: FOUND, lambda place, paper: None) == []


def test_the_subject_is_what_is_left_of_a_question() -> None:
    assert subject_in(understand("Have inspectors criticised the supervision of social workers before 2019?")) == (
        "supervision social workers"
    )
    assert subject_in(understand("Which recommendations recur from 2016 to 2023?")) == ""


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What were the two urgent jobs the inspectors gave us in spring 2022?", FindingKind.PRIORITY),
        ("Which areas for priority action did Ofsted set in 2022?", FindingKind.PRIORITY),
        ("Apart from the priority actions, what did the 2022 letter say had to get better?", FindingKind.IMPROVE),
        ("What did Ofsted say needs to improve in 2019?", FindingKind.IMPROVE),
        ("List the recommendations of the 2016 inspection", FindingKind.RECOMMENDATION),
        ("What are the commissioner's recommendations?", FindingKind.RECOMMENDATION),
    ],
)
def test_questions_for_the_formal_findings_of_one_inspection_are_known(question: str, kind: FindingKind) -> None:
    assert formal_findings_asked(understand(question)) is kind


@pytest.mark.parametrize(
    "question",
    [
        "Inspectors complained in 2022 about urgent strategy meetings. What figures did the council give?",
        "What did Ofsted say needs to improve?",
        "What are Ofsted's recommendations?",
        "What did Ofsted recommend in 2016 and in 2019?",
        "What had to get better in 2022?",
        "Did attendance improve after the 2022 inspection?",
    ],
)
def test_others_are_not_taken_for_it(question: str) -> None:
    assert formal_findings_asked(understand(question)) is None


def test_the_formal_findings_of_one_inspection_are_told_all_and_in_order() -> None:
    question = understand("List the recommendations of the 2016 inspection")
    groups = formal_findings(question, FindingKind.RECOMMENDATION, lambda about: FOUND, quote)
    assert [quoted[0].quote for _, quoted in groups] == [
        "Supervision of social workers every month.",
        "Roads by the school to be swept.",
    ]
    assert formal_findings(question, FindingKind.PRIORITY, lambda about: FOUND, quote) == []


def test_of_commissioners_the_newest_recommendations_are_told_where_no_year_is_named() -> None:
    kind = FindingKind.RECOMMENDATION
    several = found((2020, "commissioner", kind, "Sweep the road."), (2024, "commissioner", kind, "Hold the fair."))
    question = understand("What are the commissioner's recommendations?")
    told = formal_findings(question, kind, lambda about: (*several, *FOUND), quote)
    assert [quoted[0].quote for _, quoted in told] == ["Hold the fair."]
    assert formal_findings(question, kind, lambda about: (), quote) == []


def test_a_subject_narrows_them() -> None:
    asked: list[str | None] = []

    def find(about: str | None) -> tuple[TracedFinding, ...]:
        asked.append(about)
        return FOUND

    formal_findings(
        understand("What did Ofsted recommend about the roads in 2016?"), FindingKind.RECOMMENDATION, find, quote
    )
    assert asked == ["the roads"]
