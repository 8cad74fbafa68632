"""Findings across papers: the same finding in several is one, its theme is the papers' own or marked as computed, and
nothing depends on the order in which papers were added."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.findings import Theme, TracedFinding, themes_of, traced
from corpus.documents import Document, Paper
from corpus.papers import papers_of
from corpus.records.findings import Finding, FindingKind, Inspection, Said, findings_in
from corpus.records.places import Place
from index.records import Recorded
from tests.fakes import counted

SAMPLE = Path(__file__).parents[1] / "corpus/sample/papers"

FULL_2016 = Inspection(2016, "full inspection", "2016-06-06", "Thornmere")
FULL_2019 = Inspection(2019, "full inspection", "2019-04-29", "Thornmere")
VISIT_2019 = Inspection(2019, "focused visit", "2019-11-05", "Thornmere")
FULL_2023 = Inspection(2023, "full inspection", "2023-09-11", "Thornmere")

THRESHOLDS = "Ensure that partners understand thresholds and apply them in the same way in every school and surgery."
HOSTELS = "End the use of bed and breakfast accommodation for young people who have left care."
VISITS = "Visit every child who has a plan at least once in ten working days and alone."


def said(
    text: str,
    *,
    inspection: Inspection | None = FULL_2016,
    kind: FindingKind = FindingKind.RECOMMENDATION,
    by: Said = Said.THEMSELVES,
    number: int | None = None,
    theme: str = "",
    document: str = "report",
    date: str | None = "2016-10-12",
    start: int = 0,
) -> Recorded[Finding]:
    """A finding as a paper says it, with the vector of its words."""
    place = Place(document, f"{document}#1", start, start + len(text), 1, "1", text)
    finding = Finding(inspection, kind, number, text, theme, by, (place,))
    paper = Paper(document, 1, "inspection", document, 1, 1, 0, 10_000, date=date)
    return Recorded(finding, paper, counted(text)[np.newaxis, :])


def documents(finding: TracedFinding) -> list[str]:
    return [each.paper.document for each in finding.standing]


# The same finding


def test_the_same_finding_in_several_papers_is_one_with_several_places():
    report = said(THRESHOLDS, number=2, start=40)
    table = said(THRESHOLDS, by=Said.TABLE, document="commissioner", date="2024-07", theme="Partners")
    (one,) = traced([report, table])
    assert (one.id, one.inspection, one.kind, one.number) == ("report:40", FULL_2016, FindingKind.RECOMMENDATION, 2)
    assert (one.text, one.theme, one.computed) == (THRESHOLDS, "Partners", False)
    assert one.standing == (report, table)


def test_first_hand_comes_first_then_tables_then_summaries_then_quotations_each_by_date():
    standing = [
        said(THRESHOLDS, by=Said.QUOTED, inspection=None, document="early-report", date="2016-11-01"),
        said(THRESHOLDS, by=Said.SUMMARY, document="front-sheet", date="2017-01-10"),
        said(THRESHOLDS, by=Said.TABLE, document="undated", date=None),
        said(THRESHOLDS, by=Said.TABLE, document="later-table", date="2024-07"),
        said(THRESHOLDS, by=Said.TABLE, document="table", date="2020-01"),
        said(THRESHOLDS, document="letter", date="2016-10-12"),
    ]
    (one,) = traced(standing)
    assert documents(one) == ["letter", "table", "later-table", "undated", "front-sheet", "early-report"]


def test_the_text_is_the_inspectors_own_however_others_put_it():
    summary = said(THRESHOLDS.replace("and surgery", "or clinic"), by=Said.SUMMARY, document="front-sheet")
    (one,) = traced([summary, said(THRESHOLDS)])
    assert (one.text, documents(one)) == (THRESHOLDS, ["report", "front-sheet"])


def test_a_number_is_told_by_whichever_paper_has_it():
    (one,) = traced([said(THRESHOLDS), said(THRESHOLDS, by=Said.TABLE, number=2, document="table")])
    assert one.number == 2


def test_what_two_inspections_say_in_the_same_words_are_two_findings():
    found = traced([said(THRESHOLDS), said(THRESHOLDS, inspection=FULL_2023, document="second")])
    assert [(finding.inspection.year, finding.id) for finding in found] == [(2016, "report:0"), (2023, "second:0")]


def test_findings_about_two_councils_are_never_one():
    elsewhere = Inspection(2016, "full inspection", "2016-06-06", "North Fell")
    assert len(traced([said(THRESHOLDS), said(THRESHOLDS, inspection=elsewhere, document="other")])) == 2


def test_a_paper_that_names_no_council_may_speak_of_any():
    unnamed = Inspection(2016, "full inspection")
    assert len(traced([said(THRESHOLDS), said(THRESHOLDS, inspection=unnamed, by=Said.TABLE, document="table")])) == 1


def test_a_short_finding_is_the_same_only_letter_for_letter():
    support = said("Support for care leavers.", by=Said.TABLE, document="table")
    assert len(traced([said("Support for care-leavers"), support])) == 1
    assert len(traced([said("Support for young carers"), support])) == 2


def test_two_items_of_one_list_are_two_findings_however_alike():
    agreed = "how strategy discussions will be held within one working day, and tell the board each month who came."
    police = said(f"Agree with the police {agreed}", number=1)
    health = said(f"Agree with the nurses {agreed}", number=2, start=200)
    assert len(traced([police, health])) == 2
    (one,) = traced([police, said(health.record.text, by=Said.TABLE, document="table")])
    assert len(one.standing) == 2


def test_prose_and_a_formal_finding_are_never_one():
    prose = said(THRESHOLDS, kind=FindingKind.FINDING, start=500)
    assert sorted(finding.is_formal for finding in traced([said(THRESHOLDS), prose])) == [False, True]


def test_prose_that_is_a_part_of_longer_prose_is_the_same():
    longer = said(f"{THRESHOLDS} {HOSTELS}", kind=FindingKind.FINDING)
    part = said(THRESHOLDS, kind=FindingKind.FINDING, by=Said.SUMMARY, document="front-sheet")
    (one,) = traced([part, longer])
    assert one.text == longer.record.text


def test_a_quotation_belongs_to_the_finding_it_quotes_and_alone_is_none():
    quoted = said(THRESHOLDS, inspection=None, by=Said.QUOTED, document="front-sheet")
    (one,) = traced([quoted, said(THRESHOLDS)])
    assert documents(one) == ["report", "front-sheet"]
    assert traced([quoted]) == ()


def test_findings_come_in_order_of_their_inspections_the_formal_ones_first_then_of_place():
    found = traced(
        [
            said(VISITS, inspection=FULL_2023, document="late"),
            said(HOSTELS, kind=FindingKind.FINDING, start=0),
            said(VISITS, start=300),
            said(THRESHOLDS, start=100),
        ]
    )
    assert [finding.id for finding in found] == ["report:100", "report:300", "report:0", "late:0"]


def test_nothing_gives_nothing():
    assert traced([]) == ()
    assert themes_of([]) == ()


# Themes


def test_the_theme_of_a_table_of_inspections_goes_before_a_papers_own_heading():
    own = said(HOSTELS, theme="Leaving care", kind=FindingKind.FINDING)
    table = said(HOSTELS, theme="Care leavers", by=Said.TABLE, kind=FindingKind.FINDING, document="table")
    assert [finding.theme for finding in traced([own, table])] == ["Care leavers"]
    assert [finding.theme for finding in traced([own])] == ["Leaving care"]


ROADS = ("The road to school.", "The road and the road.", "Roads, the road by the school.")
BUDGETS = ("The budget plan for the budget.", "The budget, and a budget again.")
ALONE = "A visit."
"""By words of the vocabulary of `tests.fakes`: the first three are near each other, so are the next two, and the last
is near to none."""


def bare() -> list[Recorded[Finding]]:
    texts = (*ROADS, *BUDGETS, ALONE)
    years = (FULL_2016, FULL_2019, VISIT_2019, FULL_2016, FULL_2023, FULL_2016)
    return [
        said(text, inspection=inspection, document=f"paper-{place}", start=place)
        for place, (text, inspection) in enumerate(zip(texts, years, strict=True))
    ]


def test_formal_findings_without_a_theme_are_gathered_under_computed_ones_marked_as_such():
    by_text = {finding.text: finding for finding in traced(bare())}
    roads, budgets = ({by_text[text].theme for text in texts} for texts in (ROADS, BUDGETS))
    assert (len(roads), len(budgets)) == (1, 1)
    assert roads.isdisjoint(budgets)
    assert all(by_text[text].computed for text in (*ROADS, *BUDGETS))


def test_a_computed_theme_is_named_by_the_words_that_tell_it_from_others():
    by_text = {finding.text: finding for finding in traced(bare())}
    assert by_text[ROADS[0]].theme == "Road, school, roads"
    assert by_text[BUDGETS[0]].theme == "Budget, again, plan"


def test_a_finding_near_to_no_other_stays_without_a_theme():
    by_text = {finding.text: finding for finding in traced(bare())}
    assert (by_text[ALONE].theme, by_text[ALONE].computed) == ("", False)
    (only,) = traced([said(ROADS[0])])
    assert (only.theme, only.computed) == ("", False)


def test_prose_and_what_has_a_theme_get_no_computed_one():
    prose = [said(text, kind=FindingKind.FINDING, document=f"prose-{n}") for n, text in enumerate(ROADS)]
    themed = [
        said(text, theme="Transport", inspection=FULL_2019, document=f"themed-{n}") for n, text in enumerate(ROADS)
    ]
    assert {finding.computed for finding in traced([*prose, *themed])} == {False}


def test_a_chain_of_findings_each_near_only_to_the_next_is_no_theme():
    # The middle one is at 0.71 to both, which are at 0 to each other: at 0.35 to the two together.
    chain = [said(text, document=text.split()[-1]) for text in ("The road.", "Roads: the road, a school.", "A school.")]
    assert [finding.computed for finding in traced(chain)].count(True) == 2


def test_themes_are_told_by_year_and_count_inspections_not_findings():
    theme = {"theme": "Care leavers"}
    found = traced(
        [
            said(HOSTELS, start=10, **theme),
            said(THRESHOLDS, start=90, **theme),
            said(HOSTELS, inspection=FULL_2019, document="full", **theme),
            said(VISITS, inspection=VISIT_2019, document="visit", **theme),
            said(VISITS, theme="Visits", start=300),
        ]
    )
    assert themes_of(found) == (
        Theme("Care leavers", False, ((2016, ("report:10", "report:90")), (2019, ("visit:0", "full:0"))), 3),
        Theme("Visits", False, ((2016, ("report:300",)),), 1),
    )


def test_one_kind_of_inspection_of_two_councils_in_one_year_counts_twice():
    elsewhere = Inspection(2016, "full inspection", "2016-07-01", "North Fell")
    found = traced([said(HOSTELS, theme="Homes"), said(VISITS, theme="Homes", inspection=elsewhere, document="other")])
    assert [theme.recurs_in for theme in themes_of(found)] == [2]


def test_a_computed_theme_never_mixes_with_a_papers_own_of_the_same_name():
    computed = traced(bare())
    name = next(finding.theme for finding in computed if finding.computed)
    own = traced([said(HOSTELS, theme=name)])
    themes = [theme for theme in themes_of([*computed, *own]) if theme.name == name]
    assert sorted(theme.computed for theme in themes) == [False, True]


EVERYTHING = [
    *bare(),
    said(THRESHOLDS, number=2, start=40),
    said(THRESHOLDS, by=Said.TABLE, document="table", date="2024-07", theme="Partners"),
    said(THRESHOLDS, by=Said.TABLE, document="same-day-table", date="2024-07", theme="Work with partners"),
    said(THRESHOLDS, inspection=None, by=Said.QUOTED, document="front-sheet"),
    said(HOSTELS, inspection=FULL_2019, document="full"),
    said(HOSTELS, inspection=FULL_2019, by=Said.SUMMARY, document="summary", date="2019-07"),
    said(VISITS, kind=FindingKind.FINDING, theme="Visits", document="prose"),
]
TRACED = traced(EVERYTHING)


@given(st.randoms(use_true_random=False))
def test_whatever_the_order_in_which_papers_come_the_findings_and_themes_are_the_same(shuffled: random.Random):
    given_so = EVERYTHING.copy()
    shuffled.shuffle(given_so)
    found = traced(given_so)
    assert [_told(finding) for finding in found] == [_told(finding) for finding in TRACED]
    assert themes_of(found) == themes_of(TRACED)


def _told(finding: TracedFinding) -> tuple[object, ...]:
    return finding.id, finding.text, finding.number, finding.theme, finding.computed, documents(finding)


# The sample papers


@pytest.fixture(scope="module")
def sample(read_once: Callable[[Path], Document]) -> tuple[TracedFinding, ...]:
    """The findings of a library of all sample papers, with the vectors of their words."""
    pairs = [(d, paper) for path in sorted(SAMPLE.glob("*.pdf")) for d in [read_once(path)] for paper in papers_of(d)]
    return traced(
        [
            Recorded(finding, paper, counted(finding.text)[np.newaxis, :])
            for document, paper in pairs
            for finding in findings_in(document, paper)
        ]
    )


FORMAL = {
    "2016 full inspection": ("2016-10-12-inspection-report", 12),
    "2019 full inspection": ("2019-06-18-inspection-report", 6),
    "2022 focused visit": ("2022-06-21-council-agenda-pack", 5),
    "2023 full inspection": ("2023-11-14-inspection-report", 11),
    "2024 commissioner": ("2024-07-commissioner-report", 15),
}
COMMISSIONER = "2024-07-commissioner-report"


@pytest.mark.parametrize("name", FORMAL)
def test_each_formal_finding_of_the_sample_inspections_is_one(sample, name: str):
    document, count = FORMAL[name]
    found = [finding for finding in sample if finding.is_formal and finding.inspection.name == name]
    assert len(found) == len({finding.text for finding in found}) == count
    assert {documents(finding)[0] for finding in found} == {document}
    assert {finding.standing[0].record.said for finding in found} == {Said.THEMSELVES}


def test_the_sample_library_has_no_other_inspection(sample):
    assert {finding.inspection.name for finding in sample} == set(FORMAL)


@pytest.mark.parametrize("name", ["2016 full inspection", "2019 full inspection", "2023 full inspection"])
def test_the_inspectors_own_page_comes_first_and_the_commissioners_table_after_it(sample, name: str):
    for finding in sample:
        if finding.is_formal and finding.inspection.name == name:
            assert documents(finding) == [FORMAL[name][0], COMMISSIONER]
            assert [each.record.said for each in finding.standing] == [Said.THEMSELVES, Said.TABLE]


def test_the_priorities_of_2022_stand_in_the_letter_the_table_and_the_councils_report(sample):
    priorities = [finding for finding in sample if finding.kind is FindingKind.PRIORITY]
    assert [documents(finding) for finding in priorities] == [
        ["2022-06-21-council-agenda-pack", COMMISSIONER, "2022-06-21-council-agenda-pack"]
    ] * 2
    assert [[each.record.places[0].page for each in finding.standing] for finding in priorities] == [
        [7, 10, 3],
        [7, 10, 3],
    ]


def test_the_sample_themes_are_the_commissioners_with_the_inspections_that_each_recurs_in(sample):
    formal = [finding for finding in sample if finding.is_formal and finding.inspection.name != "2024 commissioner"]
    told = {
        theme.name: [(year, len(ids)) for year, ids in theme.years] for theme in themes_of(formal) if not theme.computed
    }
    assert told == {
        "Leadership, oversight and knowledge of the service": [(2016, 2), (2019, 1), (2022, 1), (2023, 2)],
        "Assessment and social work practice": [(2016, 2), (2022, 1), (2023, 1)],
        "Work with partners": [(2016, 3), (2023, 1)],
        "Children’s voice, and children who go missing": [(2016, 2), (2019, 1), (2023, 2)],
        "Care leavers and where they live": [(2016, 1), (2019, 1), (2023, 2)],
        "Homes, permanence and workforce": [(2016, 2), (2019, 3), (2023, 3)],
    }


# The real papers beside the checkout

OWN_REPORTS = {
    "2016-12-09-ofsted-tameside": 14, "2019-07-01-ofsted-tameside": 4, "2024-02-13-ofsted-tameside": 13,
}  # fmt: skip
"""The inspectors' own reports, and how many of their formal findings a commissioner's table has too: all but those on
the safeguarding board."""


@pytest.mark.shared
def test_what_inspectors_and_a_commissioners_table_say_is_one_finding_the_inspectors_own_page_first(
    shared_corpus: Path, read_once: Callable[[Path], Document]
):
    files = [shared_corpus / "ofsted" / f"{name}.pdf" for name in OWN_REPORTS]
    documents = [read_once(file) for file in [*files, shared_corpus / "pdf" / "2024-07-commissioner-report.pdf"]]
    recorded = [
        Recorded(found, paper, counted(found.text)[np.newaxis, :])
        for document in documents
        for paper in papers_of(document)
        for found in findings_in(document, paper)
    ]
    both = [f for f in traced(recorded) if f.is_formal and Said.TABLE in {s.record.said for s in f.standing}]
    by_report = Counter(f.standing[0].paper.document for f in both)
    assert {name: by_report[name] for name in OWN_REPORTS} == OWN_REPORTS
    for found in both:
        if found.standing[0].paper.document in OWN_REPORTS:
            assert [s.record.said for s in found.standing] == [Said.THEMSELVES, Said.TABLE]
            assert {s.record.inspection.council for s in found.standing if s.record.inspection} == {"Tameside"}
    # Of the table's own only those are left whose inspection's report isn't among these.
    assert {found.inspection.year for found in both if found.standing[0].record.said is Said.TABLE} <= {2022}
