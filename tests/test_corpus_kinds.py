"""What a paper is, by what stands at its beginning."""

from __future__ import annotations

import pytest
from clerk import typed

from corpus.documents import KINDS
from corpus.kinds import kind_of
from corpus.parts import Part

INDICATORS = "|! Ref | {} | Q4 | Q1 | Target\n| FC1 | Contacts decided within a day | 71% | 78% | 90%"
ACTIONS = "|! No. | Action | Lead | By\n" + "\n".join(
    f"| {n} | Do it | Head of service | May 2023" for n in range(1, 8)
)
PARAGRAPH = "1.1 It is essential that children are seen, and the service has not always made sure of it."


def kind(page: str, *, opens_item: bool = False, hint: str | None = None, pages: int = 1) -> str:
    document = typed("\n".join(f"===\n{page}" for _ in range(pages)))
    return kind_of(Part(document, 1, pages, hint=hint), opens_item=opens_item)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("Report to: Cabinet\nDate: 14 September 2022\nReport of: Director of Children's Services", "report"),
        ("| Report to | Cabinet | Date | 14 September 2022 |\n| Subject | Hubs | Key decision | Yes |", "report"),
        ("# Family hubs\n\nReport of the Director of Children's Services\n\n1. Background", "report"),
        ("# Family hubs\n\nReport by Helen Adeyemi, Director of Children's Services", "report"),
        ("| Meeting: | Cabinet |\n| Portfolio holder: | Councillor Sadiq |\n| Wards affected: | All |", "report"),
        (
            "Report of the Strategic Director to the meeting of the Panel to be held on 8 September 2022.\n\nText.",
            "report",
        ),
        ("From: Helen Adeyemi\nTo: Cabinet – 14 September 2022\nSubject: Family hubs", "report"),
        ("| Lead director: | Helen Adeyemi |\n| Ward(s) affected: | All |", "report"),
        ("| Title: | Family hubs |\n| Is this a key decision? | Yes |", "report"),
        ("# Family hubs\n\n# Purpose of report\n\nTo say more.\n\n# Recommendations\n\nTo note it.", "report"),
        ("Decision type: Key\n\nElectoral divisions affected: All\n\nLead officer: Rosalind Keech", "report"),
        (f"# Ofsted inspection: outcome\n\nReport of the Director of Children's Services\n\n{PARAGRAPH}", "report"),
        (f"# Scrutiny review of recruitment\n\n{PARAGRAPH}", "report"),
        (f"# Children's Improvement Plan: progress report\n\n{PARAGRAPH}", "report"),
        (f"# Self-evaluation\n\n{PARAGRAPH}", "report"),
        (f"# Performance scorecard\n\n{INDICATORS.format('Measure')}", "scorecard"),
        (f"# Children's services dashboard, June 2022\n\n{INDICATORS.format('KPI')}", "scorecard"),
        (f"# Quarter 1\n\n{INDICATORS.format('Performance indicator')}", "scorecard"),
        (INDICATORS.format("Indicator"), "scorecard"),
        (f"# Improvement Plan\n\n{ACTIONS}", "plan"),
        ("# Children's Services Improvement Plan 2022 to 2024\n\nWe will do better.", "plan"),
        ("# CORPORATE PARENTING STRATEGY 2022-25\n\nWe are every child's parent.", "plan"),
        ("# Ofsted Action Plan\n\n- See every child.", "plan"),
        ("# Care leavers' offer\n\n# Delivery plan\n\n" + ACTIONS, "plan"),
        ("# Scrutiny work programme 2022/23\n\n- July: hubs", "work programme"),
        ("# Cabinet Forward Plan\n\n- July: hubs", "work programme"),
        ("# Children's Scrutiny Committee\n\n# Work plan 2022/23\n\n- July: hubs", "work programme"),
        ("# Improvement Board: terms of reference\n\n1.1 The board exists.", "other"),
        ("# Equality impact assessment: improvement plan\n\n1.1 What changes?", "other"),
        (f"# Scrutiny action log\n\n{ACTIONS}", "other"),
        ("# Decision notice\n\nDecision maker: Councillor Sadiq\n\nPortfolio holder: Children", "other"),
        ("# Statement of executive decisions\n\nReport of: Director", "other"),
        ("# Ofsted inspection of Thornmere: what it found\n\n- Too many moves.", "inspection summary"),
        ("# Findings of the focused visit\n\n- Too many moves.", "inspection summary"),
        ("# Commissioner's report on children's services in Thornmere\n\nJuly 2024", "commissioner report"),
        ("# Children's services in Thornmere\n\nReport of the Children's Services Commissioner", "commissioner report"),
        ("# Police and Crime Commissioner's report\n\n1.1 The year.", "report"),
        ("# Report to the Children's Commissioning Board\n\n1.1 The year.", "report"),
        ("12 May 2023\n\nDear Ms Adeyemi\n\nThank you for your paper.", "other"),
        ("# Thoughts", "other"),
    ],
)  # fmt: skip
def test_a_paper_is_known_by_its_first_page(page: str, expected: str):
    assert kind(page) == expected
    assert expected in KINDS


def test_few_words_on_many_pages_are_a_presentation():
    assert kind("# Children who go missing\n\n- 112 last year", pages=3) == "presentation"
    assert kind("# Children who go missing\n\n- 112 last year", pages=2) == "other"


def test_what_the_outline_calls_a_presentation_is_one():
    assert kind("# Children who go missing\n\n- 112 last year", hint="Item 4 - Presentation") == "presentation"


def test_what_opens_an_item_and_says_nothing_of_itself_is_a_report():
    assert kind("# Thoughts", opens_item=True) == "report"
    assert kind("Dear members\n\nThoughts", opens_item=True) == "other"


def test_a_plan_is_told_from_a_report_about_it():
    assert kind("# Improvement plan update\n\n1.1 Progress was made.") == "report"
    assert kind("# Response to the improvement plan\n\nThoughts.") == "other"


def test_one_indicator_in_a_plan_makes_no_scorecard():
    assert kind(f"# Improvement Plan\n\n{ACTIONS}\n\n{INDICATORS.format('Indicator')}") == "plan"


@pytest.mark.parametrize(
    "page",
    [
        "# PEOPLE PANEL\n\nPresent: Councillors Pellow (Chair) and Astley\n\nApologies: Councillor Coyle",
        "# Minutes of the Panel\n\nIn attendance: Councillor Pellow",
        "# Minutes of the meeting of the Panel held on 2 May 2022\n\n1. Matters arising",
        "Notes of the meeting held on 2 May 2022\n\nAttendees: Councillor Pellow",
        "# Minutes of the Panel\n\n2 May 2022\n\n-: Present :-\n\nCouncillor Pellow",
        "# PEOPLE PANEL\n\nHeld: 2 May 2022\n\nP R E S E N T:\n\nCouncillor Pellow (Chair)",
    ],
)
def test_minutes_say_who_was_there_or_that_they_are_minutes(page: str):
    assert kind(page) == "minutes"


@pytest.mark.parametrize(
    "page",
    [
        f"# Family hubs\n\nReport to: Panel\n\nSubject: Minutes of the improvement board\n\n{PARAGRAPH}",
        "# Attendance\n\n1.1 Children attend more often than they did.",
        f"# Present arrangements\n\n{PARAGRAPH}",
        "# Record of an executive decision\n\nDate of decision: 3 October 2022",
    ],
)
def test_what_only_speaks_of_minutes_or_the_present_is_no_minutes(page: str):
    assert kind(page) != "minutes"
