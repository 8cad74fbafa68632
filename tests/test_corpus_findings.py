"""Findings: which lists, paragraphs and tables hold them, whose they are, and what is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from clerk import typed
from test_corpus_shared import IMPROVEMENTS

from corpus.documents import BlockKind, Document
from corpus.papers import papers_of
from corpus.reading.witness import squash
from corpus.records.findings import Finding, FindingKind, Inspection, Said, findings_in
from tests.fakes import make_paper

SAMPLE = Path(__file__).parents[1] / "corpus/sample/papers"

RECOMMENDATION, IMPROVE, PRIORITY, FINDING = FindingKind

REPORT = {
    "title": "Thornmere Council: inspection of children's services",
    "council": "Thornmere",
    "date": "2023-11-14",
    "inspected": "2023-09-11/2023-09-22",
}


def typed_with_lines(text: str) -> Document:
    """The document as typed, each ¶ being the end of a line in a cell."""
    document = typed(text)
    written = document.text.replace("¶", "\n")
    pages = (replace(page, witnesses=(squash(written[page.start : page.end]),)) for page in document.pages)
    return replace(document, text=written, pages=tuple(pages))


def found(
    text: str, *, kind: str = "inspection", levels: Mapping[str, int] | None = None, **fields: object
) -> tuple[Finding, ...]:
    """The findings of a paper that is all that is typed; a heading's level is 1 where `levels` doesn't say."""
    document = typed_with_lines(text)
    blocks = tuple(
        replace(b, level=levels.get(document.text[b.start : b.end], 1)) if levels and b.kind is BlockKind.HEADING else b
        for b in document.blocks
    )
    paper = make_paper(document, kind=kind, **{**REPORT, **fields})
    return findings_in(replace(document, blocks=blocks), paper)


def texts(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.text for finding in findings]


# Formal findings


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Recommendations", RECOMMENDATION),
        ("RECOMMENDATIONS", RECOMMENDATION),
        ("Recommendation", RECOMMENDATION),
        ("11. Recommendations for the council and its partners", RECOMMENDATION),
        ("Summary of recommendations", RECOMMENDATION),
        ("What needs to improve", IMPROVE),
        ("What needs to improve?", IMPROVE),
        ("What needs to be improved in this area", IMPROVE),
        ("Areas for improvement", IMPROVE),
        ("Area for further improvement", IMPROVE),
        ("Areas requiring improvement", IMPROVE),
        ("Areas for priority action", PRIORITY),
        ("Area for priority action", PRIORITY),
        ("Areas of immediate priority action", PRIORITY),
        ("Areas requiring priority action", PRIORITY),
        ("Priority actions", PRIORITY),
        ("Priority and immediate action", PRIORITY),
        ("Areas for immediate action", PRIORITY),
    ],
)
def test_the_items_of_a_list_are_what_its_heading_says(heading: str, kind: FindingKind):
    findings = found(f"===\n# {heading}\n\n- The choice of homes.\n\n- Pathway plans.")
    assert [(finding.kind, finding.text) for finding in findings] == [
        (kind, "The choice of homes."),
        (kind, "Pathway plans."),
    ]


def test_a_long_heading_that_mentions_recommendations_heads_no_list_of_them():
    heading = "What the council has done since it accepted all of the recommendations that were made in 2016 and 2019"
    assert {
        f.kind for f in found(f"===\n# {heading}\n\n- Supervision is not yet good enough in any of the teams.")
    } == {FINDING}


@pytest.mark.parametrize("time", ["Immediately:", "Within three months", "Within 6 weeks:", "In the next year"])
def test_a_heading_by_when_to_improve_leaves_the_list_what_it_is(time: str):
    levels = {"Areas for improvement": 2, time: 3}
    (finding,) = found(f"===\n# Areas for improvement\n\n# {time}\n\n- Visits to children.", levels=levels)
    assert (finding.kind, finding.theme) == (IMPROVE, "")


def test_any_other_heading_below_ends_the_list():
    levels = {"Recommendations": 2, "Early help": 3}
    text = "===\n# Recommendations\n\n- Visit.\n\n# Early help\n\n- Plans are weak and not always timely in all teams."
    assert [f.kind for f in found(text, levels=levels)] == [RECOMMENDATION, FINDING]


def test_a_line_in_a_list_heads_the_items_after_it_and_is_no_part_of_those_before():
    text = """===
# Areas for improvement

Leadership

+ 1. Know how services do.

Care leavers

+ 2. Write pathway plans.

Within three months:

+ 3. Visit."""
    assert [(f.number, f.text, f.theme) for f in found(text)] == [
        (1, "Know how services do.", "Leadership"),
        (2, "Write pathway plans.", "Care leavers"),
        (3, "Visit.", "Care leavers"),
    ]


def test_items_with_another_sign_below_one_that_introduces_them_belong_to_it():
    signs = "+ ◼ The oversight of:\n\n+ − court work\n\n+ − fostering.\n\n+ ◼ Caseloads."
    assert texts(found(f"===\n# What needs to improve?\n\n{signs}")) == [
        "The oversight of: − court work − fostering.",
        "Caseloads.",
    ]


def test_a_table_of_what_to_improve_gives_its_cells():
    text = """===
# Areas for priority action

|! Responsible body | Areas for priority action |
| Thornmere Council | Leaders should end the wait for plans. |
| North Fell Health | Leaders should know how long children wait. |

# Areas for improvement

|! Areas for improvement |
| The partnership should tell families what it offers. |"""
    assert [(f.kind, f.text) for f in found(text)] == [
        (PRIORITY, "Leaders should end the wait for plans."),
        (PRIORITY, "Leaders should know how long children wait."),
        (IMPROVE, "The partnership should tell families what it offers."),
    ]


def test_a_number_is_taken_off_the_text_and_kept():
    findings = found("===\n# Recommendations\n\n+ 4. Record each decision.\n\n+ 12 Recruit more carers.")
    assert [(f.number, f.text) for f in findings] == [
        (4, "Record each decision."),
        (12, "Recruit more carers."),
    ]


@pytest.mark.parametrize("sign", ["•", "–", "▪", "(a)", "ii.", "3.2", "\uf0b7"])
def test_signs_and_letters_are_taken_off_and_are_no_numbers(sign: str):
    (finding,) = found(f"===\n# What needs to improve\n\n+ {sign} The choice of homes.")
    assert (finding.number, finding.text) == (None, "The choice of homes.")


def test_bullets_below_a_number_belong_to_it():
    text = "===\n# Recommendations\n\n+ 1. Make sure that plans:\n\n- are read\n\n- are kept\n\n+ 2. Visit."
    first, second = found(text)
    assert (first.number, first.text) == (1, "Make sure that plans: • are read • are kept")
    assert [place.quote for place in first.places] == ["1. Make sure that plans:\n\n• are read\n\n• are kept"]
    assert (second.number, second.text) == (2, "Visit.")


def test_a_paragraph_below_a_numbered_recommendation_belongs_to_it():
    text = "===\n# Recommendations\n\n+ 1. Appoint a director.\n\nThe salary matters.\n\n+ 2. Visit."
    assert texts(found(text)) == ["Appoint a director. The salary matters.", "Visit."]


def test_words_around_a_list_of_bullets_are_no_finding():
    text = "===\n# What needs to improve\n\nLeaders must improve these:\n\n- Homes.\n\nWe will be back."
    assert texts(found(text)) == ["Homes."]


def test_what_a_pages_end_cut_is_one_finding_with_a_place_on_each_page():
    (finding,) = found("=== 3\n# Recommendations\n\n+ 4. Record the reason for\n\n=== 4\n~ each decision.")
    assert (finding.number, finding.text) == (4, "Record the reason for each decision.")
    assert [(place.page, place.page_label, place.quote) for place in finding.places] == [
        (1, "3", "4. Record the reason for"),
        (2, "4", "each decision."),
    ]


def test_what_a_witness_does_not_have_is_no_finding():
    document = typed("===\n# Recommendations\n\n+ 1. Visit.\n\n+ 2. Listen.")
    (page,) = document.pages
    doubted = replace(document, pages=(replace(page, witnesses=("Recommendations1.Visit.2.Glisten.",)),))
    assert texts(findings_in(doubted, make_paper(doubted, kind="inspection", **REPORT))) == ["Visit."]


def test_formal_findings_have_no_theme_of_their_own():
    text = "===\n# Care leavers\n\n# Areas for improvement\n\n- Pathway plans."
    assert [f.theme for f in found(text, levels={"Areas for improvement": 2})] == [""]


# Whose they are


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Focused visit to Thornmere children's services", "focused visit"),
        ("Focussed visit to Thornmere", "focused visit"),
        ("Monitoring visit to Thornmere", "monitoring visit"),
        ("Joint targeted area inspection of Thornmere", "joint targeted area inspection"),
        ("Thornmere Council: inspection of children's services", "full inspection"),
    ],
)
def test_the_findings_of_a_report_are_those_of_its_inspection(title: str, kind: str):
    (finding,) = found("===\n# Recommendations\n\n+ 1. Visit.", title=title)
    assert finding.inspection == Inspection(2023, kind, "2023-09-11", "Thornmere")
    assert (finding.inspection.name, finding.said) == (f"2023 {kind}", Said.THEMSELVES)


def test_an_inspection_without_days_is_of_its_letters_date():
    (finding,) = found("===\n# Recommendations\n\n+ 1. Visit.", inspected=None)
    assert finding.inspection == Inspection(2023, "full inspection", "2023-11-14", "Thornmere")


def test_a_report_of_no_known_year_gives_none():
    assert found("===\n# Recommendations\n\n+ 1. Visit.", inspected=None, date=None) == ()


def test_a_commissioner_recommends_and_only_repeats_what_inspectors_did():
    text = "===\n# Ofsted's recommendations\n\n+ 1. Visit.\n\n# Recommendations\n\n+ 1. Appoint a director."
    (finding,) = found(text, kind="commissioner report", date="2024-07", inspected=None)
    assert (finding.inspection, finding.text) == (
        Inspection(2024, "commissioner", "2024-07", "Thornmere"),
        "Appoint a director.",
    )


@pytest.mark.parametrize("kind", ["agenda", "minutes", "scorecard", "work programme", "report", "plan"])
def test_the_recommendations_of_other_papers_are_none(kind: str):
    assert found("===\n# Recommendations\n\n+ 1. That the panel notes the report.", kind=kind) == ()


# Prose

JUDGING = "Supervision is irregular, and managers do not see early enough that plans drift."
TELLING = "The council has four family hubs, and the panel met in May and in June 2022."


def test_prose_with_judging_words_is_a_finding_under_the_theme_of_its_heading():
    (finding,) = found(f"===\n# Care leavers\n\n{JUDGING}\n\n{TELLING}")
    assert (finding.kind, finding.number, finding.text, finding.theme) == (FINDING, None, JUDGING, "Care leavers")


def test_the_number_of_a_paragraph_of_prose_is_taken_off_and_is_no_findings_number():
    (finding,) = found(f"===\n# Care leavers\n\n+ 14. {JUDGING}")
    assert (finding.number, finding.text) == (None, JUDGING)


def test_one_judging_word_in_a_long_account_makes_no_finding():
    account = " ".join(f"In month {n} the panel met in the town hall with its officers." for n in range(1, 4))
    assert found(f"===\n# Panel\n\n{account} It met well.") == ()
    assert len(found("===\n# Panel\n\nThe panel met in the town hall with its officers and it met well.")) == 1


def test_paragraphs_that_lean_on_each_other_are_one_finding():
    text = (
        f"===\n# Care leavers\n\n{JUDGING}\n\nThis leaves some young people at risk of harm for too long.\n\n{JUDGING}"
    )
    assert texts(found(text)) == [f"{JUDGING} This leaves some young people at risk of harm for too long.", JUDGING]


def test_paragraphs_that_together_are_too_long_to_be_read_aloud_are_two_findings():
    long = " ".join([JUDGING] * 15)
    assert texts(found(f"===\n# Care leavers\n\n{long}\n\nThis {JUDGING}")) == [long, f"This {JUDGING}"]


def test_a_line_too_short_to_be_read_aloud_is_no_finding():
    assert found("===\n# Care leavers\n\nThis is not good.") == ()


def test_a_sentence_that_introduces_a_list_is_no_finding_but_its_items_are():
    item = "Too many live in places that are not safe for them."
    text = f"===\n# Care leavers\n\nIn these respects support is not yet good enough for any of them:\n\n- {item}"
    assert texts(found(text)) == [item]


@pytest.mark.parametrize(
    "formula",
    [
        "Dear Ms Adeyemi, I write with concern about the risk to children who are not seen.",
        "Yours sincerely, with good wishes for the progress that leaders need to make now",
        "This letter summarises the findings of a visit that was good but not good enough.",
        "Inspectors looked at the timeliness of visits, and at the effectiveness of plans.",
        "You should submit a plan that says how leaders will improve what is not good.",
        "Lead inspector: A Wethered, with good help from P Denning and others for most of it",
    ],
)
def test_the_formulas_of_letters_are_left_out(formula: str):
    assert texts(found(f"===\n# Headline findings\n\n{formula}\n\n{JUDGING}")) == [JUDGING]


@pytest.mark.parametrize(
    "heading",
    [
        "Executive summary",
        "1. Executive summary",
        "Summary for children and young people",
        "Conclusion",
        "Next steps",
        "What happens next",
        "Contents",
        "Information about this inspection",
        "Background",
        "2. Background",
        "Introduction",
        "Methodology",
        "About the council",
        "Appendix 2: What families said",
        "Annex A",
        "Care leavers 14",
    ],
)
def test_sections_that_tell_of_the_report_or_the_area_or_repeat_it_are_left_out(heading: str):
    assert texts(found(f"===\n# {heading}\n\n{JUDGING}\n\n# Care leavers\n\n{JUDGING}")) == [JUDGING]


@pytest.mark.parametrize("heading", ["Background", "Appendix 2: What families said"])
def test_what_stands_deeper_in_such_a_section_is_left_out_too(heading: str):
    assert found(f"===\n# {heading}\n\n# Care leavers\n\n{JUDGING}", levels={"Care leavers": 2}) == ()


def test_recommendations_in_an_appendix_are_those_of_others():
    levels = {"Recommendations": 2}
    assert found("===\n# Appendix 1\n\n# Recommendations\n\n+ 1. Visit.", levels=levels) == ()


@pytest.mark.parametrize(
    ("heading", "theme"),
    [
        ("Care leavers", "Care leavers"),
        ("Care leavers: inadequate", "Care leavers"),
        (
            "The experience and progress of care leavers is requires improvement to be good",
            "The experience and progress of care leavers",
        ),
        ("Main findings", ""),
        ("Headline findings", ""),
        ("Inspection of children's services", ""),
        ("Too many care leavers live in places that aren't safe.", ""),
        ("who have left care", ""),
    ],
)
def test_a_heading_is_a_theme_if_it_names_a_subject(heading: str, theme: str):
    assert [finding.theme for finding in found(f"===\n# {heading}\n\n{JUDGING}")] == [theme]


def test_a_subject_that_the_reports_title_names_too_is_still_a_theme():
    title = "A full inspection of services for children and care leavers"
    assert [finding.theme for finding in found(f"===\n# Care leavers\n\n{JUDGING}", title=title)] == ["Care leavers"]


# Tables whose columns are inspections

SIDE_BY_SIDE = """
===
# Theme 1: Leadership and oversight

|! 2016 | 2019 | 2022 |
| Full inspection: recommendations | Inspection: what needs to improve | Focused visit: areas for priority action |
| 4. Record the reason for each decision.¶¶5. Test what is told. | • The impact of supervision.¶• What members know. | |

# Recommendations of Ofsted: Theme: Care leavers

|! 2016 | 2019 | 2022 |
| | • The choice of homes. | • How soon leaders learn. |
"""


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, int | None, str, str]]:
    assert {finding.said for finding in findings} <= {Said.TABLE}
    return [(f.inspection.name if f.inspection else "", f.kind.value, f.number, f.theme, f.text) for f in findings]


def test_a_table_whose_headers_are_years_says_in_a_row_what_each_column_is():
    assert told(found(SIDE_BY_SIDE, kind="commissioner report", date="2024-07"))[:4] == [
        (
            "2016 full inspection",
            "recommendation",
            4,
            "Leadership and oversight",
            "Record the reason for each decision.",
        ),
        ("2016 full inspection", "recommendation", 5, "Leadership and oversight", "Test what is told."),
        (
            "2019 full inspection",
            "what needs to improve",
            None,
            "Leadership and oversight",
            "The impact of supervision.",
        ),
        ("2019 full inspection", "what needs to improve", None, "Leadership and oversight", "What members know."),
    ]


def test_a_table_that_goes_on_under_the_next_theme_does_not_repeat_what_its_columns_are():
    assert told(found(SIDE_BY_SIDE, kind="commissioner report", date="2024-07"))[4:] == [
        ("2019 full inspection", "what needs to improve", None, "Care leavers", "The choice of homes."),
        ("2022 focused visit", "area for priority action", None, "Care leavers", "How soon leaders learn."),
    ]


def test_an_empty_cell_is_no_finding():
    names = [finding.inspection.name for finding in found(SIDE_BY_SIDE, kind="report") if finding.inspection]
    assert Counter(names) == {"2016 full inspection": 2, "2019 full inspection": 3, "2022 focused visit": 1}


@pytest.mark.parametrize(
    ("heading", "theme"),
    [
        ("Theme 3: Permanence", "Permanence"),
        ("Theme: Permanence", "Permanence"),
        ("Theme 12 – Permanence", "Permanence"),
        ("Recommendations of Ofsted: Theme: Permanence", "Permanence"),
        ("Permanence", "Permanence"),
        ("Thematic work", "Thematic work"),
    ],
)
def test_the_name_of_a_theme_is_told_without_what_numbers_it(heading: str, theme: str):
    text = f"===\n# {heading}\n\n|! 2019 | 2022 |\n| • Homes that last. | • Plans for all. |"
    assert {finding.theme for finding in found(text, kind="report")} == {theme}


def test_headers_that_name_inspections_need_no_row_of_kinds():
    headers = "Full inspection 2016 | Focused visit April 2022 | Comment"
    text = f"===\n# Leadership\n\n|! {headers} |\n| Visit. | Listen. | Not yet. |"
    assert told(found(text, kind="report")) == [
        ("2016 full inspection", "finding", None, "Leadership", "Visit."),
        ("2022 focused visit", "finding", None, "Leadership", "Listen."),
    ]


def test_a_first_column_that_is_no_inspection_names_the_theme_of_its_row():
    text = "===\n# Findings\n\n|! Subject | 2016 | 2019 |\n| Homes | • Too few. | |\n| Plans | | • Too late. |"
    assert [(f[3], f[4]) for f in told(found(text, kind="report"))] == [("Homes", "Too few."), ("Plans", "Too late.")]


def test_an_item_of_a_cell_that_a_pages_end_cut_is_one_finding_with_two_places():
    first, second = "| 1. Recruit.¶¶2. End the | • Choice |", "| use of hostels.¶¶3. Visit. | of homes. |"
    document = typed_with_lines(f"===\n# Homes\n\n|! 2016 | 2019 |\n{first}\n===\n{second}")
    *blocks, last = document.blocks
    cut = replace(document, blocks=(*blocks, replace(last, headers=blocks[-1].headers, continues=True)))
    findings = findings_in(cut, make_paper(cut, kind="report"))
    assert [(f.number, f.text, [place.page for place in f.places]) for f in findings] == [
        (1, "Recruit.", [1]),
        (2, "End the use of hostels.", [1, 2]),
        (3, "Visit.", [2]),
        (None, "Choice of homes.", [1, 2]),
    ]


def test_a_table_with_one_year_in_its_head_sets_nothing_side_by_side():
    assert found("===\n# Homes\n\n|! 2016 | Comment |\n| • Too few. | Yes. |", kind="report") == ()


def test_a_table_of_figures_by_year_gives_no_findings():
    assert found("===\n# Homes\n\n|! Measure | 2016 | 2019 |\n| Households | 112 | 139 |", kind="report") == ()


# Summaries of inspections in other papers

SUMMARY = """
===
# Ofsted inspection of Thornmere's children's services – May 2019

# Strengths

- Early help is offered to families soon after they ask.

- Permanence planning.

# Areas for improvement

- Homes.

# Ofsted focused visit – April 2022

# Areas for priority action

- How soon leaders learn of what goes wrong.

# Strengths

- Staff say that they are listened to by managers.
"""


def test_a_summary_gives_each_of_several_inspections_its_own():
    full = Inspection(2019, "full inspection", "2019-05", "Thornmere")
    visit = Inspection(2022, "focused visit", "2022-04", "Thornmere")
    findings = found(SUMMARY, kind="inspection summary", date="2023-01-11")
    assert [(finding.inspection, finding.kind, finding.text) for finding in findings] == [
        (full, FINDING, "Early help is offered to families soon after they ask."),
        (full, IMPROVE, "Homes."),
        (visit, PRIORITY, "How soon leaders learn of what goes wrong."),
        (visit, FINDING, "Staff say that they are listened to by managers."),
    ]


def test_a_summary_is_never_taken_for_the_inspectors_own_words():
    assert {finding.said for finding in found(SUMMARY, kind="inspection summary")} == {Said.SUMMARY}


def test_a_catchword_of_a_summary_says_nothing_that_could_be_read_aloud():
    assert "Permanence planning." not in texts(found(SUMMARY, kind="inspection summary"))


def test_what_a_summary_says_before_it_names_an_inspection_is_of_none():
    text = "===\n# Where we are\n\n- Leaders now see more of what children need from them."
    assert found(text, kind="inspection summary") == ()


def test_a_table_in_a_summary_is_of_the_inspection_above_it_and_its_columns_are_themes():
    text = """
===
# Ofsted focused visit – April 2022

|! Strengths | Weaknesses |
| • Early help is offered soon after families ask. | • Plans are written late and read by nobody. |
"""
    assert [
        (f.inspection.name if f.inspection else "", f.theme, f.said, f.text)
        for f in found(text, kind="inspection summary")
    ] == [
        ("2022 focused visit", "Strengths", Said.SUMMARY, "Early help is offered soon after families ask."),
        ("2022 focused visit", "Weaknesses", Said.SUMMARY, "Plans are written late and read by nobody."),
    ]


def test_a_table_in_a_summary_that_sets_inspections_side_by_side_is_not_of_the_one_above_it():
    items = "| • Early help is offered soon after families ask. | • Plans are written late and read by nobody. |"
    text = f"===\n# Ofsted focused visit – April 2022\n\n|! Full inspection 2016 | Full inspection 2019 |\n{items}"
    findings = found(text, kind="inspection summary")
    assert [(f.inspection.year if f.inspection else 0, f.said) for f in findings] == [
        (2016, Said.TABLE),
        (2019, Said.TABLE),
    ]


# Lists that other papers quote


@pytest.mark.parametrize("kind", ["report", "presentation", "plan", "other"])
def test_a_list_that_a_sentence_about_inspectors_introduces_is_quoted(kind: str):
    items = "- How soon leaders learn.\n\n+ 2. Visits."
    text = f"===\n# Summary\n\nInspectors named two areas for priority action:\n\n{items}\n\nCouncil accepts both."
    assert [(f.inspection, f.kind, f.number, f.said, f.text) for f in found(text, kind=kind)] == [
        (None, PRIORITY, None, Said.QUOTED, "How soon leaders learn."),
        (None, PRIORITY, 2, Said.QUOTED, "Visits."),
    ]


@pytest.mark.parametrize(
    "introduction",
    [
        "The working group makes these recommendations:",
        "Inspectors visited these teams:",
        "Inspectors named two areas for priority action.",
    ],
)
def test_any_other_list_quotes_no_finding(introduction: str):
    assert found(f"===\n# Summary\n\n{introduction}\n\n- How soon leaders learn.", kind="report") == ()


def test_a_paragraph_after_a_quoted_list_ends_it():
    text = "===\n# A\n\nOfsted made one recommendation:\n\n- Visit.\n\nWe shall.\n\n- By car."
    assert texts(found(text, kind="report")) == ["Visit."]


# The sample papers

FORMAL = {
    ("2016-10-12-inspection-report", 1): {("2016 full inspection", RECOMMENDATION, Said.THEMSELVES): 12},
    ("2019-06-18-inspection-report", 1): {("2019 full inspection", IMPROVE, Said.THEMSELVES): 6},
    ("2022-06-21-council-agenda-pack", 2): {(None, PRIORITY, Said.QUOTED): 2},
    ("2022-06-21-council-agenda-pack", 3): {
        ("2022 focused visit", PRIORITY, Said.THEMSELVES): 2,
        ("2022 focused visit", IMPROVE, Said.THEMSELVES): 3,
    },
    ("2023-11-14-inspection-report", 1): {("2023 full inspection", IMPROVE, Said.THEMSELVES): 11},
    ("2024-07-commissioner-report", 1): {
        ("2024 commissioner", RECOMMENDATION, Said.THEMSELVES): 15,
        ("2016 full inspection", RECOMMENDATION, Said.TABLE): 12,
        ("2019 full inspection", IMPROVE, Said.TABLE): 6,
        ("2022 focused visit", PRIORITY, Said.TABLE): 2,
        ("2023 full inspection", IMPROVE, Said.TABLE): 11,
    },
}
"""Formal findings of each sample paper, counted in its text; the others have none."""

FIRST_WORDS = {
    ("2016-10-12-inspection-report", 1): """
        1 Make sure that every team
        2 Ensure that partners understand
        3 Improve assessments so that
        4 Ensure that first-line managers
        5 Strengthen the way in
        6 Ensure that every child
        7 Agree with North Fell
        8 Offer every child who
        9 Ensure that allegations against
        10 Give children looked after
        11 Ensure that every care
        12 Recruit more local foster""",
    ("2019-06-18-inspection-report", 1): """
        - The impact of supervision
        - The part that children
        - The choice of accommodation
        - The stability of the
        - The number of foster
        - The timeliness with which""",
    ("2022-06-21-council-agenda-pack", 3): """
        - How quickly senior leaders
        - The timeliness of multi-agency
        - The way in which
        - The quality and frequency
        - What parents and referrers""",
    ("2023-11-14-inspection-report", 1): """
        - The capacity and stability
        - The effect of supervision,
        - The quality of assessments
        - The consistency with which
        - The response to children
        - The use of children’s
        - The number and suitability
        - Pathway plans that are
        - The supply of foster
        - The timeliness with which
        - The recruitment and retention""",
    ("2024-07-commissioner-report", 1): """
        1 Control of children’s services
        2 The council should appoint
        3 The seven plans should
        4 Calderby should be confirmed
        5 The chief executive should
        6 A briefing on missing
        7 All 26 team managers
        8 No concern raised by
        9 The scrutiny panel should
        10 The partnership should agree
        11 The partnership should appoint
        12 The fostering service should
        13 The STAR panel should
        14 The retention payment should
        15 Loud and Clear should""",
}
"""Each formal finding that a sample paper itself makes: its number and its first words."""

THEMES = {
    ("2016-10-12-inspection-report", 1): {
        "Children who need help and protection", "Children looked after and care leavers", "Adoption", "Care leavers",
        "Leadership, management and governance", "The Local Safeguarding Children Board",
    },
    ("2019-06-18-inspection-report", 1): {
        "", "Children who need help and protection", "Children in care and care leavers",
        "Leadership, and its effect on work with families", "Workforce and learning",
        "Arrangements for private fostering, education at home and children missing education",
    },
    ("2022-06-21-council-agenda-pack", 3): {""},
    ("2023-11-14-inspection-report", 1): {
        "", "Children who need help and protection", "Children in care", "Care leavers",
        "Leadership, and its effect on work with families",
    },
}  # fmt: skip
"""The headings under which the inspectors' prose finds something."""


@pytest.fixture(scope="module")
def sample(read_once) -> dict[tuple[str, int], tuple[Finding, ...]]:
    documents: list[Document] = [read_once(path) for path in sorted(SAMPLE.glob("*.pdf"))]
    return {(d.id, paper.number): findings_in(d, paper) for d in documents for paper in papers_of(d)}


def formal(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.kind is not FINDING]


def test_each_sample_paper_has_the_formal_findings_that_its_text_has(sample):
    counted = {
        place: Counter((f.inspection.name if f.inspection else None, f.kind, f.said) for f in formal(findings))
        for place, findings in sample.items()
        if formal(findings)
    }
    assert counted == FORMAL


@pytest.mark.parametrize("place", FIRST_WORDS, ids=lambda place: place[0])
def test_every_formal_finding_of_the_sample_reports_is_there_with_its_number(sample, place: tuple[str, int]):
    own = [finding for finding in formal(sample[place]) if finding.said is Said.THEMSELVES]
    lines = [line.strip().split(" ", 1) for line in FIRST_WORDS[place].strip().split("\n")]
    assert [finding.number for finding in own] == [int(n) if n.isdigit() else None for n, _ in lines]
    assert [f.text[: len(words)] for f, (_, words) in zip(own, lines, strict=True)] == [words for _, words in lines]
    assert all(finding.text.endswith(".") for finding in own)


@pytest.mark.parametrize("place", THEMES, ids=lambda place: place[0])
def test_the_prose_of_the_sample_inspections_is_found_under_the_headings_that_find(sample, place: tuple[str, int]):
    prose = [finding for finding in sample[place] if finding.kind is FINDING]
    assert {finding.theme for finding in prose} <= THEMES[place]
    assert len(prose) >= 10


def test_papers_that_hold_no_findings_give_none(sample):
    others = {place for place, findings in sample.items() if findings} - FORMAL.keys()
    assert others == set()


def test_every_quotation_of_the_sample_findings_stands_in_its_paper(sample, read_once):
    text = {path.stem: read_once(path).text for path in SAMPLE.glob("*.pdf")}
    for findings in sample.values():
        for place in (place for finding in findings for place in finding.places):
            assert text[place.document][place.start : place.end] == place.quote


# The real reports beside the checkout


PRIORITIES = {"2015-01-06-ofsted-lincolnshire": 1}
"""Items of the lists of immediate action."""

BELOW = {"2023-12-15-ofsted-isle-of-wight": 3}
"""Items below an item that introduces them, with which they are one finding."""


@pytest.mark.shared
@pytest.mark.parametrize("name", IMPROVEMENTS)
def test_every_item_of_the_lists_in_a_published_report_is_a_finding_once(shared_corpus, read_once, name: str):
    document = read_once(shared_corpus / "ofsted" / f"{name}.pdf")
    own = formal(tuple(f for paper in papers_of(document) for f in findings_in(document, paper)))
    assert len(own) == sum(IMPROVEMENTS[name]) + PRIORITIES.get(name, 0) - BELOW.get(name, 0)
    assert len({re.sub(r"\W", "", finding.text.lower()) for finding in own}) == len(own)
    assert {finding.said for finding in own} == {Said.THEMSELVES}
    assert {finding.inspection.name[5:] for finding in own if finding.inspection} == {"full inspection"}
