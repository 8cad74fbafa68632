"""Whole packs as different councils put them together, and the papers that a clerk sees in them."""

from __future__ import annotations

import pytest
from clerk import listed, typed

from corpus.documents import Bookmark

MINUTES_OF_MAY = """
# MINUTES OF A MEETING OF THE CHILDREN AND FAMILIES OVERVIEW AND SCRUTINY COMMITTEE HELD ON TUESDAY, 24 MAY 2022

Present: Councillor Pellow (in the Chair)
Councillors Astley, Bhatti and Nuttall

Apologies: Councillor Coyle

# 1 DECLARATIONS OF INTEREST

None were made.
"""

SHEET = """
| Report to: | {to} |
| Date: | {date} |
| Report of: | Helen Adeyemi, Director of Children's Services |
| Subject: | {subject} |
"""


def sheet(subject: str, to: str = "CABINET", date: str = "14 September 2022") -> str:
    return SHEET.format(to=to, date=date, subject=subject)


LETTER = """
6 June 2022

Helen Adeyemi
Director of Children's Services
Thornmere Metropolitan Borough Council
Town Hall, Corn Street, Thornmere

Dear Ms Adeyemi

# Focused visit to Thornmere children's services

This letter summarises what Ofsted's inspectors found in Thornmere on 10 and 11 May 2022.
"""


def test_a_pack_without_outline_and_stamps_is_cut_at_the_pages_that_its_agenda_gives_in_brackets():
    pack = typed(f"""
=== 1
Public Document Pack

# Children and Families Overview and Scrutiny Committee

To: Councillors Pellow (Chair), Astley, Bhatti, Coyle and Nuttall

Date: Tuesday, 12 July 2022
Time: 2.00 pm
Venue: Council Chamber, Town Hall, Corn Street, Thornmere

# AGENDA

1. Apologies for Absence

2. Declarations of Interest
Members are asked to declare any interest in an item.

3. Minutes of the Previous Meeting
To confirm the minutes of the meeting held on 24 May 2022.

(Pages 3 - 6)

4. Family Hubs: Progress
Report of the Director of Children's Services.

(Pages 7 - 8)
=== 2
5. Performance, Quarter 1

(Pages 9 - 10)

6. Date of Next Meeting
Tuesday, 13 September 2022 at 2.00 pm
=== 3
{MINUTES_OF_MAY}
=== 4
# 2 FAMILY HUBS

The committee noted the plans. RESOLVED: that a report come in July.
=== 5
The next meeting will be on 12 July 2022.
===
=== 7
# Family Hubs: Progress

Report of the Director of Children's Services

Wards affected: All

# 1. Purpose of the report

1.1 To say how far the hubs have come.
=== 8
2.1 The first hub opened in April 2022.
=== 9
# Performance Report: Quarter 1 2022/23

|! Ref | Indicator | Q4 | Q1 | Target
| FC1 | Contacts decided within a day | 71% | 78% | 90%
=== 10
|! Ref | Indicator | Q4 | Q1 | Target
| FC2 | Re-referrals within twelve months | 24% | 22% | 20%
""")
    assert listed(pack) == [
        "1-2 agenda, 2022-07-12: Children and Families Overview and Scrutiny Committee: agenda",
        "3-6 minutes (draft), item 3, 2022-05-24: Minutes of Children and Families Overview and Scrutiny Committee",
        "7-8 report, item 4, 2022-07-12: Family Hubs: Progress",
        "9-10 scorecard, item 5, 2022-07-12: Performance Report: Quarter 1 2022/23",
    ]


def test_a_joint_committees_agenda_gives_pages_in_a_column_and_with_to():
    pack = typed("""
===
# THORNMERE AND NORTHGATE JOINT HEALTH SCRUTINY COMMITTEE

Notice of Meeting

A meeting of the Joint Committee will be held on Thursday 6 October 2022 at 10.30 am in the Guildhall, Northgate.

|! No. | Item | Pages
| 1 | Welcome and apologies |
| 2 | Minutes of the meeting on 7 July 2022 | Pages 1 to 2
| 3 | Emotional health of children in care | Pages 3 to 5
| 4 | Work programme | Page 6
| 5 | Date of next meeting: 5 January 2023 |
=== 1
# Thornmere and Northgate Joint Health Scrutiny Committee

Thursday, 7 July 2022

PRESENT: Councillors Bhatti (Thornmere, in the chair), Coyle and Stead

IN ATTENDANCE: Dr Simon Ashdown

7/22 Apologies

Councillor Royle sent apologies.
=== 2
8/22 Waiting times

The committee heard that waiting times had grown.
=== 3
# Emotional health of children in care

Report by Dr Simon Ashdown to the Joint Health Scrutiny Committee

# Summary

1. One child in five waits longer than eighteen weeks.
=== 4
2. A new service will start in November 2022.
=== 5
3. The committee is asked to note the report.
=== 6
# Joint Health Scrutiny Committee work programme 2022/23

|! Meeting | Subject | Lead
| January 2023 | Dentistry | Dr Neelam Basra
""")
    assert listed(pack) == [
        "1-1 agenda, 2022-10-06: Thornmere and Northgate Joint Health Scrutiny Committee: agenda",
        "2-3 minutes (draft), item 2, 2022-07-07: Minutes of Thornmere and Northgate Joint Health Scrutiny Committee",
        "4-6 report, item 3, 2022-10-06: Emotional health of children in care",
        "7-7 work programme, item 4, 2022-10-06: Joint Health Scrutiny Committee work programme 2022/23",
    ]


AGENDA = """
# CABINET

Wednesday, 14 September 2022 at 5.00 pm, Committee Room 2, Town Hall

# AGENDA

1. Apologies for absence

2. Declarations of interest

3. Minutes of the last meeting

4. Children's services improvement

5. Care leavers' offer
"""


def test_an_outline_with_appendices_below_the_items_gives_both_and_leaves_headings_out():
    outline = (
        Bookmark("Agenda", 1, 1),
        Bookmark("4 Children's services improvement", 1, 2),
        Bookmark("1. Background", 2, 2),
        Bookmark("2. Proposals", 2, 3),
        Bookmark("Appendix A - Improvement plan", 2, 4),
        Bookmark("Priority 2: practice", 3, 5),
        Bookmark("Appendix B - Equality impact assessment", 2, 6),
        Bookmark("5 Care leavers' offer", 1, 7),
    )
    pack = typed(
        f"""
===
{AGENDA}
===
{sheet("Children's services improvement")}

# 1. Background

1.1 Inspectors visited in May 2022.
===
# 2. Proposals

2.1 To approve the plan at Appendix A.
===
# Children's Services Improvement Plan 2022-23

|! No. | Action | Lead | By
| 1.1 | Publish a self-evaluation | Director | September 2022
===
# Priority 2: practice

|! No. | Action | Lead | By
| 2.1 | Audit 60 closed contacts | Head of service | October 2022
| 2.2 | Brief all managers | Head of service | November 2022
| 2.3 | Train all managers | Head of service | November 2022
| 2.4 | Visit two councils | Head of service | November 2022
| 2.5 | Report to the board | Head of service | November 2022
===
# Equality impact assessment

1. What is changing? The plan adds staff.
===
{sheet("Care leavers' offer")}

1.1 The offer was last revised in 2019.
""",
        outline=outline,
    )
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: agenda",
        "2-3 report, item 4, 2022-09-14: Children's services improvement",
        "4-5 plan, item 4, 2022-09-14: Children's Services Improvement Plan 2022-23",
        "6-6 other, item 4, 2022-09-14: Equality impact assessment",
        "7-7 report, item 5, 2022-09-14: Care leavers' offer",
    ]


def test_an_outline_of_file_names_gives_items_and_titles():
    outline = (
        Bookmark("00 Agenda.pdf", 1, 1),
        Bookmark("Item 03 - Minutes 20.07.22.pdf", 1, 2),
        Bookmark("Item 04 - Childrens_Improvement_Report v3.pdf", 1, 3),
        Bookmark("Item 04 - Appendix A - Terms_of_reference FINAL.docx", 1, 4),
    )
    pack = typed(
        f"""
===
{AGENDA}
===
# CABINET

# Minutes of the meeting held on Wednesday, 20 July 2022 at 5.00 pm

Present: Councillors Sturridge (Leader), Sadiq and Yates

1. Apologies were received from Councillor Moss.
===
{sheet("Children's services improvement")}
===
The board meets monthly, and is chaired by Gillian Soames.
""",
        outline=outline,
    )
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: agenda",
        "2-2 minutes (draft), item 3, 2022-07-20: Minutes of Cabinet",
        "3-3 report, item 4, 2022-09-14: Children's services improvement",
        "4-4 other, item 4, 2022-09-14: Terms of reference",
    ]


def test_an_outline_that_lists_pages_is_as_good_as_none():
    outline = tuple(Bookmark(f"Page {n}", 1, n) for n in range(1, 5))
    pack = typed(
        f"""
===
{AGENDA}
===
{sheet("Children's services improvement")}

1.1 Inspectors visited in May 2022.
===
2.1 To approve the plan.
===
{sheet("Care leavers' offer")}
""",
        outline=outline,
    )
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: agenda",
        "2-3 report, item 4, 2022-09-14: Children's services improvement",
        "4-4 report, item 5, 2022-09-14: Care leavers' offer",
    ]


def test_an_outline_of_one_reports_headings_cuts_nothing():
    outline = (
        Bookmark("1. Background", 1, 2),
        Bookmark("2. Proposals", 1, 3),
        Bookmark("3. Alternatives considered", 1, 4),
    )
    pack = typed(
        f"""
===
{AGENDA}
===
{sheet("Children's services improvement")}

# 1. Background

1.1 Inspectors visited in May 2022.
===
# 2. Proposals

2.1 To approve the plan.
===
# 3. Alternatives considered

3.1 None.
""",
        outline=outline,
    )
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: agenda",
        "2-4 report, item 4, 2022-09-14: Children's services improvement",
    ]


def test_items_are_known_by_their_titles_where_nothing_else_tells():
    pack = typed(f"""
===
{AGENDA}
===
# CABINET

20 July 2022

Present: Councillors Sturridge (Leader), Sadiq and Yates

Apologies: Councillor Moss

1. The minutes of June were approved.
===
# Children's services improvement

# Cabinet member: Councillor Sadiq

1. This paper asks for money for twelve social workers.
===
2. They would start in January 2023.
===
# Care leavers' offer

1. The offer was last revised in 2019.
""")
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: agenda",
        "2-2 minutes (draft), item 3, 2022-07-20: Minutes of Cabinet",
        "3-4 report, item 4, 2022-09-14: Children's services improvement",
        "5-5 report, item 5, 2022-09-14: Care leavers' offer",
    ]


def test_a_supplement_is_an_agenda_with_the_papers_that_came_late():
    pack = typed(f"""
===
# SUPPLEMENTARY AGENDA

# CABINET

Wednesday, 14 September 2022

The following papers were marked "to follow" on the agenda already sent.

5. Care leavers' offer (Pages 3 - 6)
=== 3
{sheet("Care leavers' offer")}
=== 4
1.1 The offer was last revised in 2019.
=== 5
APPENDIX 1

# Our offer to care leavers 2022-25

We promise to stay in touch.
=== 6
We promise to help with the first home.
""")
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: supplementary agenda",
        "2-3 report, item 5, 2022-09-14: Care leavers' offer",
        "4-5 other, item 5, 2022-09-14: Our offer to care leavers 2022-25",
    ]


def test_a_letter_in_front_of_the_agenda_is_part_of_it():
    pack = typed(f"""
===
Thornmere Metropolitan Borough Council
Town Hall, Corn Street, Thornmere

6 September 2022

To all members of the Cabinet

Dear Councillor

A meeting of the Cabinet will be held on Wednesday, 14 September 2022 at 5.00 pm in the Town Hall. The agenda
is below.

Yours sincerely
===
{AGENDA}
===
{sheet("Children's services improvement")}
""")
    assert listed(pack) == [
        "1-2 agenda, 2022-09-14: Cabinet: agenda",
        "3-3 report, item 4, 2022-09-14: Children's services improvement",
    ]


def test_a_letter_and_a_plan_that_the_outline_leaves_out_are_papers_of_their_own():
    outline = (
        Bookmark("Agenda", 1, 1),
        Bookmark("4 Children's services improvement", 1, 2),
        Bookmark("5 Care leavers' offer", 1, 6),
    )
    pack = typed(
        f"""
===
{AGENDA}
===
{sheet("Children's services improvement")}

1.1 The letter is at Appendix A, the plan at Appendix B.
===
{LETTER}
===
# What needs to improve

- The timeliness of decisions on contacts.
===
APPENDIX B

# Children's Services Improvement Plan 2022-23

- Publish a self-evaluation by September 2022.
===
{sheet("Care leavers' offer")}
""",
        outline=outline,
    )
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: agenda",
        "2-2 report, item 4, 2022-09-14: Children's services improvement",
        "3-4 inspection, item 4, 2022-06-06: Focused visit to Thornmere children's services",
        "5-5 plan, item 4, 2022-09-14: Children's Services Improvement Plan 2022-23",
        "6-6 report, item 5, 2022-09-14: Care leavers' offer",
    ]


def test_a_plan_under_its_own_title_after_a_report_is_a_paper_of_its_own():
    pack = typed(f"""
===
{AGENDA}
===
Agenda Item 4

{sheet("Children's services improvement")}
===
# Improvement plan

The plan has four aims.
===
# Children's Services Improvement Plan 2022-23

- Publish a self-evaluation by September 2022.
===
# Children's Services Improvement Plan 2022-23

- Audit 60 closed contacts by October 2022.
""")
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: agenda",
        "2-3 report, item 4, 2022-09-14: Children's services improvement",
        "4-5 plan, item 4, 2022-09-14: Children's Services Improvement Plan 2022-23",
    ]


def test_a_letter_inside_a_commissioners_report_is_part_of_it():
    pack = typed(f"""
===
{AGENDA}
===
Agenda Item 4

# Report of the Children's Services Commissioner for Thornmere

July 2024
===
1 July 2024

To the Secretary of State for Education

Dear Secretary of State

I send you my report.
===
# Findings

1. Children wait too long.
""")
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: agenda",
        "2-4 commissioner report, item 4, 2024-07: Report of the Children's Services Commissioner for Thornmere",
    ]


def test_appendices_inside_an_appendix_are_part_of_it():
    pack = typed(f"""
===
{AGENDA}
===
Agenda Item 4

{sheet("Children's services improvement")}
===
Appendix A

# Report of the Children's Services Commissioner for Thornmere

July 2024
===
Appendix 1: people whom I met

- Helen Adeyemi
===
Appendix 2: my terms of reference

- To advise the Secretary of State.
===
Appendix B

# Terms of reference of the improvement board

1. The board meets monthly.
===
Agenda Item 5

{sheet("Care leavers' offer")}
""")
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: agenda",
        "2-2 report, item 4, 2022-09-14: Children's services improvement",
        "3-5 commissioner report, item 4, 2024-07: Report of the Children's Services Commissioner for Thornmere",
        "6-6 other, item 4, 2022-09-14: Terms of reference of the improvement board",
        "7-7 report, item 5, 2022-09-14: Care leavers' offer",
    ]


def test_a_stamp_that_runs_over_every_page_begins_one_paper():
    pack = typed(f"""
===
{AGENDA}
===
Agenda Item No. 4

{sheet("Children's services improvement")}
===
Agenda Item No. 4

1.1 Inspectors visited in May 2022.
===
AGENDA ITEM: 5

{sheet("Care leavers' offer")}
""")
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: agenda",
        "2-3 report, item 4, 2022-09-14: Children's services improvement",
        "4-4 report, item 5, 2022-09-14: Care leavers' offer",
    ]


def test_two_meetings_minutes_under_one_item_are_two_papers():
    pack = typed(f"""
===
{AGENDA.replace("Minutes of the last meeting", "Minutes of the meetings of 20 July and 3 August 2022 (Pages 1 - 3)")}
=== 1
# CABINET

Minutes of the meeting held on 20 July 2022

Present: Councillors Sturridge (Leader), Sadiq and Yates

Apologies: Councillor Moss
=== 2
9. The budget was noted. The next meeting is on 3 August 2022.
=== 3
# CABINET

Minutes of the special meeting held on 3 August 2022

Present: Councillors Sturridge (Leader) and Yates

Apologies: Councillors Moss and Sadiq
=== 4
{sheet("Children's services improvement")}
""")
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: agenda",
        "2-3 minutes (draft), item 3, 2022-07-20: Minutes of Cabinet",
        "4-4 minutes (draft), item 3, 2022-08-03: Minutes of Cabinet",
        "5-5 report, item 4, 2022-09-14: Children's services improvement",
    ]


def test_minutes_bound_together_without_an_agenda_are_a_paper_a_meeting():
    bound = typed("""
===
# Corporate Parenting Board

Minutes of the meeting held on 8 March 2023

Present: Councillor Coyle (Chair), Councillor Stead

Apologies: Councillor Royle
===
4. The board thanked the young people. The next meeting is on 14 June 2023.
===
# Corporate Parenting Board

Minutes of the meeting held on 14 June 2023

Present: Councillor Coyle (Chair), Councillor Royle

Apologies: Councillor Stead
""")
    assert listed(bound) == [
        "1-2 minutes, 2023-03-08: Minutes of Corporate Parenting Board",
        "3-3 minutes, 2023-06-14: Minutes of Corporate Parenting Board",
    ]


def test_a_report_alone_is_cut_at_its_appendices_and_at_letters_among_them():
    report = typed(f"""
===
# Cabinet

14 September 2022

# Children's services improvement

Report of the Director of Children's Services

Portfolio holder: Councillor Sadiq

Key decision: Yes

1.1 This report brings the inspectors' letter and the plan.
===
2.1 As Appendix 1 shows, much remains to be done.
===
{LETTER}
===
Annex 2

# Children's Services Improvement Plan 2022-23

- Publish a self-evaluation by September 2022.
""")
    assert listed(report) == [
        "1-2 report, 2022-09-14: Children's services improvement",
        "3-3 inspection, 2022-06-06: Focused visit to Thornmere children's services",
        "4-4 plan, 2022-09-14: Children's Services Improvement Plan 2022-23",
    ]


def test_a_public_report_that_mentions_its_exempt_appendix_is_public_and_the_appendix_is_not():
    pack = typed(f"""
===
{AGENDA}
===
Agenda Item 4

{sheet("Children's services improvement")}

Exempt information: Appendix 2 is not for publication by virtue of paragraph 3 of Part 1 of Schedule 12A to the Local
Government Act 1972.
===
Appendix 1

# Children's Services Improvement Plan 2022-23

- Publish a self-evaluation by September 2022.
===
By virtue of paragraph(s) 3 of Part 1 of Schedule 12A of the Local Government Act 1972.

Document is Restricted
===
Appendix 2

# The price of placements

The price is high.
===
Agenda Item 5

{sheet("Care leavers' offer")}
""")
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: agenda",
        "2-2 report, item 4, 2022-09-14: Children's services improvement",
        "3-3 plan, item 4, 2022-09-14: Children's Services Improvement Plan 2022-23",
        "4-5 other, item 4, 2022-09-14, EXEMPT: The price of placements",
        "6-6 report, item 5, 2022-09-14: Care leavers' offer",
    ]


def test_what_the_agenda_puts_in_part_b_is_held_back_without_a_banner():
    pack = typed(f"""
===
{AGENDA}

# PART B – EXEMPT ITEMS

6. Contract for solo placements
===
Agenda Item 4

{sheet("Children's services improvement")}
===
Agenda Item 6

{sheet("Contract for solo placements")}
===
The price is high.
""")
    assert listed(pack) == [
        "1-1 agenda, 2022-09-14: Cabinet: agenda",
        "2-2 report, item 4, 2022-09-14: Children's services improvement",
        "3-4 report, item 6, 2022-09-14, EXEMPT: Contract for solo placements",
    ]


def test_an_exempt_minute_is_held_back_from_its_page_on():
    minutes = typed(f"""
===
{MINUTES_OF_MAY}
===
# 2 EXCLUSION OF THE PRESS AND PUBLIC

RESOLVED: that the public be excluded for minute 3 by virtue of paragraph 3 of Schedule 12A.
===
# EXEMPT MINUTE

# 3 PLACEMENTS CONTRACT

The committee heard the price.
""")
    assert listed(minutes) == [
        "1-2 minutes, 2022-05-24: Minutes of Children and Families Overview and Scrutiny Committee",
        "3-3 minutes, 2022-05-24, EXEMPT: Minutes of Children and Families Overview and Scrutiny Committee",
    ]


def test_a_private_pack_is_held_back_whole():
    pack = typed(f"""
===
Private Document Pack

{AGENDA}
===
Agenda Item 4

{sheet("Contract for solo placements")}
""")
    assert [line.split(":")[0] for line in listed(pack)] == [
        "1-1 agenda, 2022-09-14, EXEMPT",
        "2-2 report, item 4, 2022-09-14, EXEMPT",
    ]


@pytest.mark.parametrize(
    ("page", "listed_as"),
    [
        (
            "# Record of an executive decision\n\nDecision maker: Councillor Sadiq\n\nDate of decision: 3 October 2022",
            "1-1 other, 2022-10-03: Record of an executive decision",
        ),
        (
            "# Children's Improvement Board: action log\n\nUpdated 4 April 2023. Next meeting: 2 May 2023\n\n"
            "|! No. | Action | Owner | Due | Status\n| 1 | Circulate the data | Helen Adeyemi | 2 May 2023 | Open",
            "1-1 other, 2023-04-04: Children's Improvement Board: action log",
        ),
        (
            "# Forward Plan of Key Decisions\n\n1 October 2022 to 31 January 2023\n\n"
            "|! Decision | Who | When\n| Family hubs | Cabinet | 9 November 2022",
            "1-1 work programme, 2022-10-01: Forward Plan of Key Decisions",
        ),
        (
            "12 May 2023\n\nDear Ms Adeyemi\n\n# Statutory direction to Thornmere Council\n\n"
            "The Department for Education has today issued a direction under section 497A of the Education Act 1996.",
            "1-1 other, 2023-05-12: Statutory direction to Thornmere Council",
        ),
    ],
    ids=["decision", "action log", "forward plan", "letter"],
)
def test_a_document_of_one_page_is_one_paper(page: str, listed_as: str):
    assert listed(typed(f"===\n{page}")) == [listed_as]


@pytest.mark.parametrize(
    "file",
    [
        "2023-03-14-care-leavers.pdf",
        "Care leavers report 14 March 2023.pdf",
        "20230314_care_leavers.pdf",
        "Cabinet-14-03-2023-care-leavers.pdf",
    ],
)
def test_a_report_that_bears_no_date_takes_its_files(file: str):
    report = typed("===\n# Care leavers' offer\n\n1.1 The offer was last revised in 2019.", file=file)
    assert listed(report) == ["1-1 report, 2023-03-14: Care leavers' offer"]


@pytest.mark.parametrize(
    "opening",
    [
        "MINUTES of the meeting of the PEOPLE SCRUTINY COMMITTEE held in the Town Hall on Monday, 7 November 2022\n\n"
        "PRESENT: Councillors Bhatti (Chairman), Coyle, Moss\n\nALSO IN ATTENDANCE: Helen Adeyemi\n\n"
        "Date of next meeting: 9 January 2023",
        "# PEOPLE SCRUTINY COMMITTEE\n\n# MINUTES\n\n# 7th November, 2022\n\n"
        "|  | Councillor Bhatti in the Chair\n| Present: | Councillors Coyle and Moss\n\n"
        "# 77/22 Apologies for absence\n\nThere were none.",
        "Thornmere Metropolitan Borough Council\n\n# People Scrutiny Committee\n\nMonday 7 November 2022 at 6.00 pm\n\n"
        "# Members Present\n\nCouncillor Bhatti (Chair)\nCouncillor Coyle\n\n# Officers in Attendance\n\n"
        "Helen Adeyemi\n\n1829 Apologies (Agenda item 1)\n\nNone.",
        "At a Meeting of the People Scrutiny Committee held in Committee Room 1, Town Hall on Monday 7 November 2022 at"
        " 6.00 p.m.\n\nPresent:\n\nCouncillor Bhatti in the Chair\n\nMembers of the Committee:\nCouncillor Coyle"
        "\n\n1 Apologies for Absence\n\nThere were none.",
        "# People Scrutiny Committee – draft minutes of meeting, 7 November 2022\n\n"
        "Attendees: Councillor Bhatti (chair), Councillor Coyle\n\nApologies: Councillor Moss\n\n12. DECLARATIONS",
        "# PEOPLE SCRUTINY COMMITTEE\n\nNotes of the meeting held at the Town Hall, Corn Street, on 07/11/2022\n\n"
        "|! Name | Role\n| Councillor Bhatti | Chair\n| Councillor Moss | Member\n\n# Item 1. Welcome and apologies",
    ],
    ids=["minutes of", "minute numbers", "members present", "at a meeting", "attendees", "notes"],
)
def test_minutes_are_known_in_many_wordings(opening: str):
    minutes = typed(f"===\n{opening}\n===\n# 13. FAMILY HUBS\n\nAGREED that the report be noted.")
    draft = " (draft)" if "draft minutes" in opening else ""
    assert listed(minutes) == [f"1-2 minutes{draft}, 2022-11-07: Minutes of People Scrutiny Committee"]


def test_minutes_published_before_they_are_approved_are_a_draft():
    minutes = typed(f"===\n# DRAFT – subject to approval at the next meeting\n{MINUTES_OF_MAY}")
    assert listed(minutes)[0].startswith("1-1 minutes (draft), 2022-05-24")


def test_minutes_of_another_body_in_a_pack_are_that_bodys():
    pack = typed(f"""
===
{AGENDA}
===
Agenda Item 3

# THORNMERE CHILDREN'S IMPROVEMENT BOARD

Minutes of the meeting held on 4 August 2022

Present: Gillian Soames (Chair), Helen Adeyemi

Apologies: Dr Simon Ashdown
""")
    assert listed(pack)[1] == (
        "2-2 minutes (draft), item 3, 2022-08-04: Minutes of Thornmere Children's Improvement Board"
    )


def test_entries_below_an_item_that_open_pages_of_their_own_are_its_documents():
    outline = (
        Bookmark("Agenda", 1, 1),
        Bookmark("4 Children's services improvement", 1, 2),
        Bookmark("Letter from the commissioner", 2, 4),
        Bookmark("Childrens_Improvement_Plan_v3", 2, 5),
        Bookmark("5 Care leavers' offer", 1, 6),
    )
    pack = typed(
        f"""
===
{AGENDA}
===
{sheet("Children's services improvement")}
===
2.1 The board meets monthly.
===
Thoughts of the commissioner after a year.
===
We will see every child.
===
{sheet("Care leavers' offer")}
""",
        outline=outline,
    )
    assert [line.split(":")[0] for line in listed(pack)] == [
        "1-1 agenda, 2022-09-14",
        "2-3 report, item 4, 2022-09-14",
        "4-4 other, item 4, 2022-09-14",
        "5-5 plan, item 4, 2022-09-14",
        "6-6 report, item 5, 2022-09-14",
    ]


def test_slides_in_an_outline_are_no_papers():
    slides = tuple(Bookmark(f"Slide about matter {n}", 2, n) for n in range(3, 10))
    outline = (Bookmark("4 Children's services improvement", 1, 2), *slides)
    pages = "\n".join(f"===\n# Slide about matter {n}\n\n- A point" for n in range(3, 10))
    pack = typed(f"===\n{AGENDA}\n===\n# Children's services improvement\n{pages}", outline=outline)
    assert [line.split(":")[0] for line in listed(pack)] == [
        "1-1 agenda, 2022-09-14",
        "2-9 presentation, item 4, 2022-09-14",
    ]


def test_a_pack_with_lettered_items_and_unrestricted_headings():
    pack = typed("""
===
# THORNMERE COUNTY COUNCIL

# CHILDREN'S CABINET COMMITTEE

Tuesday, 28 June 2022 at 2.00 pm

# AGENDA

# UNRESTRICTED ITEMS

A1 Apologies and substitutes

A2 Declarations of interest by members

A3 Minutes of the meeting held on 1 March 2022 (Pages 1 - 2)

B1 Decision 22/00056: family hubs (Pages 3 - 4)

C1 Performance scorecard (Page 5)

# EXEMPT ITEMS (none when this agenda was prepared)
=== 1
# CHILDREN'S CABINET COMMITTEE

MINUTES of a meeting of the Children's Cabinet Committee held in the Council Chamber on Tuesday, 1 March 2022

PRESENT: Mrs Prendergast (Chairman), Mr Kilbride and Mr Rahmani

ALSO PRESENT: Councillor Sadiq

# UNRESTRICTED ITEMS

# 85. Apologies and substitutes (Item A1)
=== 2
# 86. Family hubs (Item B1)

RESOLVED that the decision be endorsed.
=== 3
From: Councillor Sadiq, Cabinet Member for Children
Helen Adeyemi, Corporate Director

To: Children's Cabinet Committee – 28 June 2022

Subject: Decision 22/00056: family hubs

Classification: Unrestricted

Electoral Division: All

Recommendation: The committee is asked to endorse the decision.
=== 4
1. Twelve hubs will open.
=== 5
# Children's scorecard, May 2022

|! Ref | Indicator | Latest | Target
| SC1 | Children seen within ten days | 71% | 90%
""")
    assert listed(pack) == [
        "1-1 agenda, 2022-06-28: Children's Cabinet Committee: agenda",
        "2-3 minutes (draft), item A3, 2022-03-01: Minutes of Children's Cabinet Committee",
        "4-5 report, item B1, 2022-06-28: Decision 22/00056: family hubs",
        "6-6 scorecard, item C1, 2022-05: Children's scorecard, May 2022",
    ]


def test_a_pack_whose_minutes_name_the_meeting_in_a_table():
    pack = typed("""
===
Notice of a public meeting of the Policy and Scrutiny Committee for Children

To be held on Thursday, 8 September 2022 at 5.00 pm in the Council Chamber

1. Minutes (Pages 5 - 6)

To confirm the minutes of 9 June 2022.

2. Declarations of interest

3. Improvement plan (Pages 7 - 9)
=== 5
# Minutes

| Name of meeting | POLICY AND SCRUTINY COMMITTEE FOR CHILDREN |
| Date and Time | THURSDAY 9 JUNE 2022 COMMENCING AT 5.00 PM |
| Venue | COUNCIL CHAMBER, TOWN HALL |
| Present | Cllrs R Pellow (Chairman), D Astley |
| Also Present | Helen Adeyemi |
=== 6
# 4. Date of next meeting

8 September 2022
=== 7
| Committee | POLICY AND SCRUTINY COMMITTEE FOR CHILDREN |
| Date | 8 SEPTEMBER 2022 |
| Title | IMPROVEMENT PLAN: PROGRESS |
| Report of | DIRECTOR OF CHILDREN'S SERVICES |
=== 8
1. Progress has been made.
=== 9
APPENDIX 1

# Improvement plan: actions

|! No. | Action | Lead | Status
| 1.1 | Publish a self-evaluation | Director | Green
| 1.2 | Audit 60 closed contacts | Head of service | Amber
| 1.3 | Brief all managers | Head of service | Amber
| 1.4 | Visit two councils | Head of service | Red
| 1.5 | Report to the board | Director | Green
| 1.6 | Train all managers | Head of service | Amber
""")
    assert listed(pack) == [
        "1-1 agenda, 2022-09-08: Policy and Scrutiny Committee for Children: agenda",
        "2-3 minutes (draft), item 1, 2022-06-09: Minutes of Policy and Scrutiny Committee for Children",
        "4-5 report, item 3, 2022-09-08: Improvement Plan: Progress",
        "6-6 plan, item 3, 2022-09-08: Improvement plan: actions",
    ]
