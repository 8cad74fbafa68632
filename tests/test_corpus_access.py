"""What is held back, and what only speaks of exemption."""

from __future__ import annotations

import re

import pytest
from clerk import listed, typed

from corpus.documents import Access
from corpus.papers import papers_of

LAW = "by virtue of paragraph 3 of Part 1 of Schedule 12A of the Local Government Act 1972"
SHEET = "| Report to: | Cabinet |\n| Report of: | Director of Children's Services |\n| Subject: | Placements contract |"
AGENDA = """
# CABINET

Wednesday, 14 September 2022

# AGENDA

1. Apologies for absence

2. Declarations of interest

3. Family hubs

4. Care leavers' offer
"""
STAMPED = """
===
Agenda Item 3

{}
===
Agenda Item 5

{}
"""


def access(text: str) -> list[Access]:
    return [paper.access for paper in papers_of(typed(text))]


def held(text: str) -> list[str]:
    """The items of the papers that are held back; "agenda" for one without."""
    return [paper.item or paper.kind for paper in papers_of(typed(text)) if paper.access is Access.EXEMPT]


@pytest.mark.parametrize(
    "banner",
    [
        "NOT FOR PUBLICATION",
        f"Not for publication {LAW}",
        "EXEMPT REPORT",
        "EXEMPT",
        "EXEMPT APPENDIX",
        "Exempt – paragraph 3",
        "EXEMPT OR CONFIDENTIAL INFORMATION",
        "PART B – EXEMPT",
        "PART II: PRIVATE AND CONFIDENTIAL",
        "Part 2 (confidential)",
        "Private and confidential",
        "STRICTLY CONFIDENTIAL",
        "CONFIDENTIAL",
        "Confidential to members of the committee",
        "RESTRICTED",
        "Restricted: commercial",
        "This report is restricted",
        "OFFICIAL-SENSITIVE",
        "OFFICIAL – SENSITIVE: COMMERCIAL",
        "Commercial in confidence",
        "PINK PAPER",
        "Printed on pink paper – not to be copied",
        "CLOSED SESSION",
        "Appendix 2 – NOT FOR PUBLICATION",
        "By virtue of paragraph(s) 3, 5 of Part 1 of Schedule 12A of the Local Government Act 1972.",
    ],
)
def test_a_paper_under_a_banner_is_held_back(banner: str):
    assert access(f"===\n{banner}\n\n{SHEET}") == [Access.EXEMPT]


def test_a_banner_counts_on_any_page_and_at_the_foot():
    body = "\n\n".join(f"{n}. The price is high." for n in range(1, 9))
    assert access(f"===\n{SHEET}\n\n{body}\n\nNOT FOR PUBLICATION") == [Access.EXEMPT]
    assert access(f"===\nNOT FOR PUBLICATION\n\n{SHEET}\n===\n{body}\n\nNOT FOR PUBLICATION") == [Access.EXEMPT]
    assert access(f"===\n{SHEET}\n===\n{body}\n\nNOT FOR PUBLICATION") == [Access.PUBLIC, Access.EXEMPT]


def test_a_banner_in_a_frame_counts():
    assert access(f"===\n| NOT FOR PUBLICATION |\n\n{SHEET}") == [Access.EXEMPT]


@pytest.mark.parametrize(
    "statement",
    [
        f"| Access: | This report contains exempt information {LAW}. |",
        f"| Access: | This report and its appendices are not for publication {LAW}. |",
        "| Exempt information: | Yes – paragraph 3 |",
        "| Is this report exempt? | Yes |",
        "| Confidential or exempt: | Yes, paragraph 3 |",
        "| Classification: | Exempt |",
        "| Report status: | Part II |",
        "| Publication status: | Not for publication |",
        "| PUBLIC/EXEMPT: | Exempt |",
        "| Does this report contain any information that is exempt from publication? | Yes |",
        "| Does the report contain confidential or exempt information? | ☒ Yes ☐ No |",
        "Security classification: OFFICIAL-SENSITIVE",
    ],
)
def test_a_front_sheet_says_that_its_report_is_exempt(statement: str):
    assert access(f"===\n{SHEET}\n\n{statement}") == [Access.EXEMPT]


@pytest.mark.parametrize(
    "statement",
    [
        "This report does not contain exempt information.",
        "There is no exempt information in this report.",
        f"This report contains no exempt information {LAW}.",
        f"Appendix 2 to this report is not for publication {LAW}.",
        f"Item 13 contains exempt information {LAW}.",
        "The press and public may be excluded from the meeting if exempt information would be disclosed.",
        "It was considered whether the report should be exempt.",
    ],
)
def test_a_public_report_that_speaks_of_exemption_is_public(statement: str):
    assert access(f"===\n{SHEET}\n\n{statement}") == [Access.PUBLIC]
    assert access(f"===\n{statement}\n\n{SHEET}") == [Access.PUBLIC]
    assert access(f"===\n{SHEET}\n\n| Access to information: | {statement} |") == [Access.PUBLIC]


@pytest.mark.parametrize(
    "answer",
    [
        "| Exempt information: | None |",
        "| Exempt information: | No |",
        "| EXEMPT: | NO |",
        "| Exempt / Confidential Report: | No |",
        "| PUBLIC/EXEMPT: | Public |",
        "| Classification: | Unrestricted |",
        "| Does the report contain confidential or exempt information? | ☐ Yes ☒ No |",
        "| Does the report contain confidential or exempt information? | Yes No |",
        "| Not for publication: | No |",
        "| Is this report exempt? | No |",
        "| Confidential: | Not applicable |",
        "| Classification: | Public |",
        "| Classification: | Part exempt |",
        "| Exempt information: | Yes – Appendix 2 only, paragraph 3 |",
        "| Date of publication: | 6 September 2022 |",
        "| Security classification: | OFFICIAL |",
        "| Status: | For decision |",
    ],
)
def test_a_front_sheet_says_that_its_report_is_public(answer: str):
    assert access(f"===\n{SHEET}\n\n{answer}") == [Access.PUBLIC]


@pytest.mark.parametrize(
    "heading",
    ["# Part B: impact", "# Private fostering", "# Restricted practices", "# Confidential inquiries", "# Part 2"],
)
def test_a_heading_of_another_matter_is_no_banner(heading: str):
    assert access(f"===\n{heading}\n\n{SHEET}") == [Access.PUBLIC]


@pytest.mark.parametrize(
    "item",
    [
        f"5. EXCLUSION OF THE PRESS AND PUBLIC To resolve that the public be excluded from item 6 {LAW}.",
        f"5. PLACEMENTS CONTRACT Report in Part B, exempt {LAW}.",
        "5. PLACEMENTS CONTRACT (not for publication)",
        "PART B – EXEMPT ITEMS",
        "There are no exempt items on this agenda.",
    ],
)
def test_an_agenda_that_lists_an_exempt_item_is_public(item: str):
    assert access(f"===\n{AGENDA}\n\n{item}") == [Access.PUBLIC]


def test_minutes_that_shut_the_public_out_are_public():
    minutes = (
        "# CABINET 20 July 2022\n\nPresent: Councillors Sturridge (Leader) and Yates\n\nApologies: Councillor Moss"
    )
    resolved = f"9. RESOLVED that the press and public be excluded for item 10 as it contains exempt information {LAW}."
    assert access(f"===\n{minutes}\n\n{resolved}") == [Access.PUBLIC]


@pytest.mark.parametrize(
    "private",
    [
        "# PART B\n\n5. Placements contract",
        "# Part II – items from which the public is excluded\n\n5. Placements contract",
        "# EXEMPT ITEMS\n\n5. Placements contract",
        "# Confidential and exempt business\n\n5. Placements contract",
        "Items to be considered in private\n\n5. Placements contract",
        "5. Placements contract (exempt)",
        "5. Placements contract\nReport in Part B, for members only",
        "5. EXEMPT – Placements contract",
    ],
)
def test_a_paper_under_an_item_of_the_private_part_is_held_back(private: str):
    assert held(f"===\n{AGENDA}\n\n{private}{STAMPED.format(SHEET, SHEET)}") == ["5"]


def test_what_follows_the_item_that_shuts_the_public_out_is_held_back():
    shut = "5. Exclusion of the public\nThat the press and public be excluded for the following item.\n\n6. Contract"
    pack = f"===\n{AGENDA}\n\n{shut}{STAMPED.format(SHEET, SHEET).replace('Item 5', 'Item 6')}"
    assert held(pack) == ["6"]


def test_an_exclusion_early_on_the_agenda_holds_nothing_back():
    early = AGENDA.replace("3. Family hubs", "3. Exclusion of the public\nThat the public be excluded for the following"
                           " items, as marked.\n\n4. Family hubs").replace("4. Care", "5. Care")  # fmt: skip
    assert held(f"===\n{early}\n\n6. Budget\n\n7. Staff{STAMPED.format(SHEET, SHEET)}") == []


@pytest.mark.parametrize(
    "public",
    [
        "5. Private fostering annual report",
        "5. Placements contract (Appendix 2 exempt)",
        "# PART B – PUBLIC ITEMS FOR INFORMATION\n\n5. Placements",
        "5. Exclusion of the public\nThere are no exempt items.",
    ],
)
def test_an_item_that_only_sounds_private_is_public(public: str):
    assert held(f"===\n{AGENDA}\n\n{public}{STAMPED.format(SHEET, SHEET)}") == []


def test_a_bare_part_b_over_a_page_counts_where_the_agenda_has_one():
    with_part = f"===\n{AGENDA}\n\n# PART B\n\n6. Contract{STAMPED.format(SHEET, 'PART B' + chr(10) * 2 + SHEET)}"
    assert held(with_part) == ["5"]
    assert held(f"===\n{AGENDA}{STAMPED.format(SHEET, 'PART B' + chr(10) * 2 + SHEET)}") == []


def test_the_reason_has_fixed_words_and_the_numbers_of_the_law():
    page = f"===\nNOT FOR PUBLICATION: Bramblegate Homes Ltd\n\n{SHEET}\n\nThis is so {LAW.replace('3', '3 and 5')}."
    (paper,) = papers_of(typed(page))
    assert paper.reason == "exempt: marked “not for publication”, Schedule 12A paragraph 3 and 5"


@pytest.mark.parametrize("text", ["NOT FOR PUBLICATION", "EXEMPT", "PART B – EXEMPT", "PINK PAPER", "RESTRICTED"])
def test_no_reason_quotes_the_paper(text: str):
    (paper,) = papers_of(typed(f"===\n{text} Bramblegate Homes Ltd, £4,210 a week\n\nNOT FOR PUBLICATION\n\n{SHEET}"))
    assert paper.reason is not None
    assert not re.search(r"Bramblegate|4,210", paper.reason)


def test_what_follows_an_exempt_paper_under_the_next_item_is_public():
    pack = f"===\n{AGENDA}\n===\nAgenda Item 3\n\nNOT FOR PUBLICATION\n\n{SHEET}\n===\nAgenda Item 4\n\n{SHEET}"
    assert [line.split(":")[0] for line in listed(typed(pack))] == [
        "1-1 agenda, 2022-09-14",
        "2-2 report, item 3, 2022-09-14, EXEMPT",
        "3-3 report, item 4, 2022-09-14",
    ]
