"""Inspectorates' own letters and reports: whose services, when inspected, when published."""

from __future__ import annotations

import pytest
from clerk import typed

from corpus.documents import Paper
from corpus.inspections import council_named
from corpus.papers import papers_of


def only(page: str, file: str = "papers.pdf", more: str = "") -> Paper:
    (paper,) = papers_of(typed(f"===\n{page}{more}", file=file))
    return paper


def letter(subject: str, said: str = "", date: str = "6 June 2022") -> str:
    greeting = "Helen Adeyemi\nDirector of Children's Services\n\nDear Ms Adeyemi"
    return f"{date}\n\n{greeting}\n\n# {subject}\n\nThis letter summarises the findings. {said}"


@pytest.mark.parametrize(
    ("title", "council"),
    [
        ("Inspection of Thornmere local authority children's services", "Thornmere"),
        ("Inspection of the Isle of North Fell local authority children’s services", "Isle of North Fell"),
        ("Inspection of Thornmere City Council local authority children’s services", "Thornmere"),
        ("Inspection of Royal Borough of Thornmere and North Fell children's services", "Thornmere and North Fell"),
        ("Inspection of Thornmere-on-Sea children's social care services", "Thornmere-on-Sea"),
        (
            "Thornmere Metropolitan Borough Council\n\n# Inspection of services for children in need of help",
            "Thornmere",
        ),
        ("City of Thornmere Metropolitan District Council\n\n# Inspection of children's social care", "Thornmere"),
        ("London Borough of Thornmere\n\n# Inspection of local authority children's services", "Thornmere"),
        (
            "Thornmere metropolitan borough\n\n# Inspection of local authority children’s social care services",
            "Thornmere",
        ),
        ("County Thornmere\n\n# Re-inspection of services for children", "County Thornmere"),
        ("Area SEND inspection of Thornmere Local Area Partnership", "Thornmere"),
        ("Joint targeted area inspection of Thornmere", "Thornmere"),
    ],
)
def test_a_report_is_on_a_council_known_by_its_place(title: str, council: str):
    paper = only(f"# {title}\n\nInspection dates: 4 to 15 May 2022\n\nLead inspector: Paul Denning")
    assert (paper.kind, paper.body or "Ofsted", paper.council) == ("inspection", "Ofsted", council)
    assert council.split()[-1] in paper.title


@pytest.mark.parametrize(
    "subject",
    [
        "Focused visit to Thornmere children's services",
        "Focussed visit to Thornmere Metropolitan Borough Council children’s services",
        "Monitoring visit of Thornmere Borough Council's children's services",
        "Monitoring visit to Thornmere local authority children’s services",
        "Joint area SEND revisit in Thornmere",
        "Joint targeted area inspection of the multi-agency response to neglect in Thornmere",
    ],
)
def test_a_letter_is_on_a_council_known_by_its_place(subject: str):
    paper = only(letter(subject, "Ofsted's inspectors were Paul Denning and another."))
    assert (paper.kind, paper.body, paper.date, paper.council) == ("inspection", "Ofsted", "2022-06-06", "Thornmere")
    assert paper.title == subject


@pytest.mark.parametrize(
    ("written", "inspected"),
    [
        ("Inspection date: 18 Feb 2022 – 12 March 2022", "2022-02-18/2022-03-12"),
        ("Inspection date: 23 February – 16 March 2022", "2022-02-23/2022-03-16"),
        ("Inspection dates: 29 April to 3 May 2022", "2022-04-29/2022-05-03"),
        ("Inspection dates: 23 to 27 May 2022", "2022-05-23/2022-05-27"),
        ("Inspection date: 05 May 2022–27 May 2022", "2022-05-05/2022-05-27"),
        ("Inspection dates: 28 December to 12 January 2022", "2021-12-28/2022-01-12"),
        ("Inspection dates: Monday 9 to Friday 13 May 2022", "2022-05-09/2022-05-13"),
        ("Inspection dates: 9, 10 and 16 May 2022", "2022-05-09/2022-05-16"),
        ("Inspection date: 9 May 2022", "2022-05-09"),
        ("| Inspection dates: | 9 May to 13 May 2022 |", "2022-05-09/2022-05-13"),
        (
            "Dates of previous inspection: 4 to 8 June 2018\n\nInspection dates: 9 to 13 May 2022",
            "2022-05-09/2022-05-13",
        ),
    ],
)
def test_the_days_of_an_inspection_are_an_interval(written: str, inspected: str):
    paper = only(f"# Inspection of Thornmere children's services\n\n{written}\n\nLead inspector: Paul Denning")
    assert paper.inspected == inspected


@pytest.mark.parametrize(
    ("said", "inspected"),
    [
        ("The visit to Thornmere took place on 27 and 28 April 2022.", "2022-04-27/2022-04-28"),
        ("Inspectors visited on 10 May 2022.", "2022-05-10"),
        ("Inspectors visited between 4 and 15 April 2022; the last visit was on 4 May 2021.", "2022-04-04/2022-04-15"),
        ("Inspectors visited in the spring.", None),
    ],
)
def test_a_letter_says_in_a_sentence_when_inspectors_came(said: str, inspected: str | None):
    assert only(letter("Focused visit to Thornmere children's services", f"Ofsted: {said}")).inspected == inspected


REPORT = (
    "# Inspection of Thornmere children's services\n\nInspection dates: 4 to 15 May 2022\n\nLead inspector: P Denning"
)


@pytest.mark.parametrize(
    "said",
    ["Report published: 1 July 2022", "| Published: | 1 July 2022 |", "This report was published on 1 July 2022."],
)
def test_a_report_that_says_when_it_was_published_has_that_day(said: str):
    assert only(f"{REPORT}\n\n{said}", file="2022-08-01-ofsted.pdf").date == "2022-07-01"


def test_a_report_that_does_not_say_when_it_was_published_has_its_files_day():
    assert only(REPORT, file="2022-07-01-ofsted.pdf").date == "2022-07-01"


def test_a_files_day_before_the_inspections_end_is_not_the_reports():
    assert only(REPORT, file="2022-05-09-ofsted.pdf").date == "2022-05-15"
    assert only(REPORT).date == "2022-05-15"


@pytest.mark.parametrize(
    "page",
    [
        letter("Your Ofsted inspection", "Thank you for your letter of 1 June 2022."),
        "6 June 2022\n\nDepartment for Education\nSanctuary Buildings\n\nDear Ms Adeyemi\n\n# Inspection\n\n"
        "I am writing to you after Ofsted's inspectors visited Thornmere.",
        "6 June 2022\n\nPaul Denning\nOfsted\n\nDear Mr Denning\n\n# Focused visit\n\nIn response to your visit.",
    ],
    ids=["answer", "department", "response"],
)
def test_what_others_write_about_an_inspection_is_no_inspection(page: str):
    assert only(page).kind == "other"


def test_a_report_on_a_childrens_home_names_who_runs_it():
    home = (
        "# Inspection report: children's home\n\nInspected under the social care common inspection framework\n\n"
        "Registered provider: Thornmere Metropolitan Borough Council\n\nInspection dates: 4 and 5 May 2022\n\nOfsted"
    )
    paper = only(home)
    assert (paper.kind, paper.body, paper.council, paper.inspected) == (
        "inspection",
        "Ofsted",
        "Thornmere",
        "2022-05-04/2022-05-05",
    )


def test_a_summary_names_the_council_and_the_month():
    paper = only("# Ofsted inspection of Thornmere's children's services – May 2019\n\n- Children move too often.")
    assert (paper.kind, paper.council, paper.inspected) == ("inspection summary", "Thornmere", "2019-05")


def test_other_papers_have_neither_council_nor_days():
    paper = only("# Family hubs\n\nReport of the Director of Children's Services\n\n1.1 Ofsted came on 4 May 2022.")
    assert (paper.council, paper.inspected) == (None, None)


@pytest.mark.parametrize(
    ("title", "council"),
    [
        ("Commissioner's report on children's services in Thornmere Metropolitan Borough Council", "Thornmere"),
        ("Children's services in North Fell: report of the Commissioner", "North Fell"),
        ("Report of the Children's Services Commissioner", None),
    ],
)
def test_a_title_names_whose_services_it_is_about(title: str, council: str | None):
    assert council_named(title) == council
