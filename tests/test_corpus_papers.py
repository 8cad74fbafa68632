"""A document into its papers, on documents built here. A page is a list of blocks; its last line may be its label."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.documents import Access, BlockKind, Bookmark, Document, Page, Paper
from corpus.papers import date_in_name, papers_of
from corpus.reading.pieces import Piece, write

PANEL = "Children's Services Scrutiny Panel"
BLANK = ["This page is intentionally left blank"]


def heading(text: str) -> Piece:
    return Piece(BlockKind.HEADING, (text,), level=1)


def row(*cells: str, headers: tuple[str, ...] = ()) -> Piece:
    return Piece(BlockKind.ROW, cells, headers=headers)


def document(
    *pages: list[Piece | str],
    labels: list[str | None] | None = None,
    outline: tuple[Bookmark, ...] = (),
    title: str = "papers",
    file: str = "papers.pdf",
) -> Document:
    text, spans, blocks = write(
        [[Piece(BlockKind.PARAGRAPH, (b,)) if isinstance(b, str) else b for b in page] for page in pages]
    )
    labels = labels or [None] * len(pages)
    numbered = tuple(Page(n, labels[n - 1], *span) for n, span in enumerate(spans, 1))
    return Document("papers", file, "", title, text, numbered, tuple(blocks), outline)


def cuts(doc: Document) -> list[tuple[str, str | None, int, int]]:
    return [(p.kind, p.item, p.first_page, p.last_page) for p in papers_of(doc)]


def only(doc: Document) -> Paper:
    (paper,) = papers_of(doc)
    return paper


def agenda(*items: tuple[str, str, str]) -> list[Piece | str]:
    return [
        "Public Document Pack",
        heading(PANEL.upper()),
        row("Date:", "18 January 2023"),
        *(row(*item, headers=("Item No.", "AGENDA", "Page No")) for item in items),
        "Apologies for absence to Beth Harkness.",
    ]


def front_sheet(subject: str, *more: Piece) -> list[Piece | str]:
    return [
        row("Report to:", PANEL.upper()),
        row("Date:", "18 January 2023"),
        row("Reporting officer:", "Helen Adeyemi"),
        row("Subject:", subject.upper()),
        *more,
    ]


MINUTES: list[Piece | str] = [
    heading(f"{PANEL} 9 November 2022"),
    row("Commenced:", "6.00pm"),
    row("Present:", "Councillors Pellow (Chair), Astley"),
    row("Apologies:", "Councillor Dunmore"),
    heading("14. DECLARATIONS OF INTEREST"),
    "There were none.",
]

# Where papers begin


def test_a_document_without_parts_is_one_paper_with_all_its_pages():
    paper = only(document(["A letter to nobody."], ["More of it."]))
    assert (paper.first_page, paper.last_page, paper.start, paper.end) == (1, 2, 0, 31)


def test_a_pack_is_cut_at_its_stamps():
    doc = document(
        agenda(("4", "HUB", ""), ("5", "PLAN", "")),
        ["Agenda Item 4", *front_sheet("The hub")],
        ["More of it."],
        ["Agenda Item 5", *front_sheet("The plan")],
    )
    assert cuts(doc) == [("agenda", None, 1, 1), ("report", "4", 2, 3), ("report", "5", 4, 4)]


def test_a_pack_is_cut_at_the_printed_pages_that_its_agenda_gives():
    doc = document(
        agenda(("3", "MINUTES", "1 – 2"), ("4", "A PRESENTATION", "3 – 3")),
        MINUTES,
        ["More of them."],
        [heading("Children who go missing")],
        labels=[None, "1", "2", "3"],
    )
    assert [c[1:] for c in cuts(doc)] == [(None, 1, 1), ("3", 2, 3), ("4", 4, 4)]


def test_an_agenda_without_a_ruled_table_gives_its_pages_in_brackets():
    lines = (
        "AGENDA\n18 January 2023 in the Great Hall\n1 Apologies for Absence\n2 Declarations of Interest\n"
        "3 Minutes of the Previous Meeting (Pages 3 - 4)\n4 Improvement Plan (Pages 5 - 6)"
    )
    doc = document(
        [heading(PANEL), lines],
        ["Wednesday 18 January 2023 at 6.00pm"],
        MINUTES,
        BLANK,
        [heading("The plan")],
        ["More."],
        labels=["Page 1"[5:], "2", "3", "4", "5", "6"],
    )
    assert [c[1:] for c in cuts(doc)] == [(None, 1, 2), ("3", 3, 4), ("4", 5, 6)]


def test_an_agenda_that_goes_on_over_the_page_is_one_paper():
    second = [row("8", "WORK PROGRAMME", "2 – 2", headers=("Item No.", "AGENDA", "Page No"))]
    doc = document(
        agenda(("7", "REVIEW", "1 – 1")), second, front_sheet("Review"), [heading("Work programme")],
        labels=[None, None, "1", "2"],
    )  # fmt: skip
    assert [c[1:] for c in cuts(doc)] == [(None, 1, 2), ("7", 3, 3), ("8", 4, 4)]


def test_a_pack_is_cut_at_the_outermost_entries_of_its_outline():
    outline = (
        Bookmark("Agenda", 1, 1),
        Bookmark("3 Minutes", 1, 2),
        Bookmark("14. DECLARATIONS OF INTEREST", 2, 3),
        Bookmark("4 Appendix A: the letter", 1, 4),
    )
    doc = document(agenda(("3", "MINUTES", "")), MINUTES, ["More."], [heading("The letter")], outline=outline)
    assert [c[1:] for c in cuts(doc)] == [(None, 1, 1), ("3", 2, 3), ("4", 4, 4)]


def test_an_outline_without_item_numbers_takes_them_from_stamp_and_agenda():
    outline = (Bookmark("Minutes", 1, 2), Bookmark("The hub", 1, 3), Bookmark("Its plan", 1, 4))
    doc = document(
        agenda(("3", "MINUTES", "1 – 1"), ("4", "HUB", "2 – 3")),
        MINUTES,
        ["Agenda Item 4", *front_sheet("The hub")],
        [heading("Its plan")],
        labels=[None, "1", "2", "3"],
        outline=outline,
    )
    assert [c[1:] for c in cuts(doc)] == [(None, 1, 1), ("3", 2, 2), ("4", 3, 3), ("4", 4, 4)]


def test_appendices_letters_and_what_follows_a_blank_page_are_papers_of_their_item():
    doc = document(
        agenda(("4", "HUB", "")),
        ["Agenda Item 4", *front_sheet("The hub")],
        ["6 June 2022", "Town Hall, Corn Street", "Dear Ms Adeyemi", heading("Focused visit to Thornmere")],
        ["Appendix B: the plan", heading("Improvement Plan")],
        BLANK,
        [heading("Terms of reference")],
    )
    assert [c[1:] for c in cuts(doc)] == [
        (None, 1, 1),
        ("4", 2, 2),
        ("4", 3, 3),
        ("4", 4, 5),
        ("4", 6, 6),
    ]


def test_a_page_that_goes_on_with_the_one_before_begins_no_paper():
    goes_on = replace(row("", "Appendix A", headers=("Ref", "Action")), continues=True)
    doc = document(
        agenda(("4", "HUB", "")), ["Agenda Item 4", *front_sheet("The hub")], [goes_on, "Dear reader"]
    )  # fmt: skip
    assert [c[1:] for c in cuts(doc)] == [(None, 1, 1), ("4", 2, 3)]


def test_a_councils_report_of_its_own_is_cut_at_its_appendices():
    doc = document(
        front_sheet("Improvement plan"),
        ["1.1 As said in Appendix 1"],
        ["APPENDIX 1", heading("Improvement Plan: principal actions"), "By 1 September 2017."],
    )
    report, plan = papers_of(doc)
    assert (report.kind, report.first_page, report.last_page) == ("report", 1, 2)
    assert (plan.first_page, plan.last_page, plan.date) == (3, 3, "2023-01-18")
    assert plan.title == "Improvement Plan: principal actions"


def test_the_appendices_of_anything_else_are_part_of_it():
    doc = document([heading("Report of the Children's Services Commissioner")], ["Appendix 1: people whom I met"])
    assert only(doc).kind == "commissioner report"


def test_a_page_number_that_no_page_bears_cuts_nothing():
    doc = document(agenda(("4", "HUB", "40 – 50")), ["Text."], labels=[None, "1"])
    assert [c[1:] for c in cuts(doc)] == [(None, 1, 2)]


# What a paper is


def test_minutes_are_of_their_own_meeting_and_draft_in_a_later_pack():
    doc = document(
        agenda(("3", "MINUTES", "1 – 1")), MINUTES, labels=[None, "1"], title="Agenda pack: Panel, 18 January 2023"
    )
    pack, minutes = papers_of(doc)
    assert (pack.kind, pack.body, pack.date) == ("agenda", "Panel", "2023-01-18")
    assert (minutes.kind, minutes.date, minutes.status) == ("minutes", "2022-11-09", "draft")


def test_minutes_alone_have_their_panel_and_no_status():
    paper = only(document(MINUTES))
    assert (paper.kind, paper.body, paper.date, paper.status) == ("minutes", PANEL, "2022-11-09", None)


def test_a_report_in_a_pack_has_the_meetings_date_and_its_own_subject():
    sheet = front_sheet("Focused visit: letter", row("Report summary:", "On 6 June 2022 the letter came."))
    paper = papers_of(document(agenda(("4", "HUB", "")), ["Agenda Item 4", *sheet]))[1]
    assert (paper.kind, paper.date, paper.title) == ("report", "2023-01-18", "Focused Visit: Letter")


@pytest.mark.parametrize(
    ("title", "body", "date"),
    [
        ("Agenda document pack for Council, 14 June 2022", "Council", "2022-06-14"),
        ("(Public Pack)Agenda Document for Scrutiny Panel, 12/09/2023 18:30", "Scrutiny Panel", "2023-09-12"),
        ("Agenda pack: Council, 21 June 2022", "Council", "2022-06-21"),
        ("Microsoft Word", "Children's Services Scrutiny Panel", "2023-01-18"),
    ],
)
def test_a_meeting_is_named_in_the_files_title_or_on_its_agenda(title: str, body: str, date: str):
    paper = only(document(agenda(("4", "HUB", "")), title=title))
    assert (paper.kind, paper.body.lower() if paper.body else None, paper.date) == ("agenda", body.lower(), date)


def letter(*opening: str) -> Document:
    said = heading("Focused visit to Thornmere children's services")
    return document([*opening, "Dear Ms Adeyemi", said, "Ofsted visited on 10 May 2022."])


def test_an_inspectors_letter_has_its_own_date():
    paper = only(letter("6 June 2022"))
    assert (paper.kind, paper.body, paper.date) == ("inspection", "Ofsted", "2022-06-06")
    assert paper.title == "Focused visit to Thornmere children's services"


def inspection(*lines: str, file: str = "papers.pdf") -> Document:
    whose, what = heading("Thornmere Borough"), heading("Inspection of children's services")
    return document([whose, what, *lines, "Ofsted produces this report."], file=file)


def test_an_inspection_has_the_day_on_which_it_was_published():
    paper = only(inspection("Inspection dates: 6 June 2016 to 1 July 2016", "Report published: 12 October 2016"))
    assert (paper.kind, paper.body, paper.date) == ("inspection", "Ofsted", "2016-10-12")
    assert paper.title == "Thornmere Borough: inspection of children's services"


def test_an_inspection_that_does_not_say_when_it_was_published_takes_its_files_day():
    dates = "Inspection dates: 6 June 2016 to 1 July 2016"
    assert only(inspection(dates, file="2016-10-12-thornmere.pdf")).date == "2016-10-12"


def test_a_files_day_before_the_inspections_end_is_not_its_publication():
    dates = "Inspection dates: 6 June 2016 to 1 July 2016"
    assert only(inspection(dates, file="2016-05-01-thornmere.pdf")).date == "2016-07-01"


def test_somebodys_summary_of_an_inspection_is_no_inspection():
    paper = only(document([heading("Ofsted inspection of Thornmere – May 2019"), "Officers list what it found."]))
    assert paper.kind == "inspection summary"


@pytest.mark.parametrize(
    ("blocks", "kind"),
    [
        ([heading("Performance scorecard"), "October 2022"], "scorecard"),
        ([row("FC1", "1", "2", headers=("Ref", "Indicator", "Target"))], "scorecard"),
        ([heading("Improvement Plan"), *[row("1", "a", headers=("No.", "Action"))] * 6], "plan"),
        ([heading("Work programme 2022 to 2024")], "work programme"),
        ([heading("Review of recruitment"), "1.1 It is essential."], "report"),
        ([heading("Improvement Board: draft terms of reference"), "1.1 The Board exists."], "other"),
        ([heading("Thoughts")], "other"),
    ],
)
def test_kinds_are_told_by_what_stands_at_the_top(blocks, kind: str):
    assert only(document(blocks)).kind == kind


def test_few_words_on_many_pages_are_a_presentation():
    assert only(document(*[[heading("Slide"), "• point"]] * 3)).kind == "presentation"


@pytest.mark.parametrize(
    ("blocks", "status"),
    [
        ([heading("Improvement Plan 2022-23"), "DRAFT"], "draft"),
        ([heading("Draft Improvement Plan 2022-23")], "draft"),
        ([heading("Improvement Plan 2022-23 (draft)")], "draft"),
        ([heading("Improvement Board: draft terms of reference")], "draft"),
        (
            [
                heading("Improvement Plan 2022-23"),
                "A draft of it was shown to schools, and this takes up what they said.",
            ],
            None,
        ),
        (["DRAFT REPORT", *front_sheet("The hub")], "draft"),
        (front_sheet("Consultation on the draft plan"), None),
    ],
)
def test_a_draft_is_what_says_that_it_is_one(blocks, status: str | None):
    assert only(document(blocks)).status == status


@pytest.mark.parametrize(
    ("file", "date"),
    [
        ("2022-06-14-council.pdf", "2022-06-14"),
        ("20220614_council.pdf", "2022-06-14"),
        ("Pack 14062022 1700 Council.pdf", "2022-06-14"),
        ("Council 14.06.22.pdf", "2022-06-14"),
        ("g1234_pack_14th-Jun-2022_17.00_Council.pdf", "2022-06-14"),
        ("2022-06-council.pdf", "2022-06"),
        ("Council June 2022.pdf", "2022-06"),
        ("improvement-plan-2022-23.pdf", None),
        ("Item 5 report v1.2.3.pdf", None),
        ("31-09-2022.pdf", "2022-09"),
    ],
)
def test_a_files_name_may_hold_a_date(file: str, date: str | None):
    assert date_in_name(file) == date


# What is held back

LAW = "by virtue of paragraph 3 of Part 1 of Schedule 12A of the Local Government Act 1972"


def access(*pages: list[Piece | str]) -> list[Access]:
    return [paper.access for paper in papers_of(document(*pages))]


@pytest.mark.parametrize(
    "banner",
    [
        "NOT FOR PUBLICATION",
        f"Not for publication {LAW}",
        "EXEMPT REPORT",
        "PART B – EXEMPT",
        "Private and confidential",
        "CONFIDENTIAL",
        "Appendix 2 – NOT FOR PUBLICATION",
    ],
)
def test_a_paper_under_a_banner_is_held_back(banner: str):
    assert access([banner, *front_sheet("Contract")]) == [Access.EXEMPT]


@pytest.mark.parametrize(
    "statement",
    [
        f"This report contains exempt information {LAW}.",
        f"This report is not for publication {LAW}.",
        f"This report and its appendices are not for publication {LAW}.",
    ],
)
def test_a_paper_that_says_so_is_held_back_with_the_law(statement: str):
    paper = only(document(front_sheet("Contract", row("Access:", statement))))
    assert paper.access is Access.EXEMPT
    assert paper.reason is not None
    assert paper.reason.endswith("Schedule 12A paragraph 3")


@pytest.mark.parametrize(
    "statement",
    [
        "This report does not contain exempt information.",
        f"This report contains no exempt information {LAW}.",
        "Exempt information: none",
        "Not for publication: No",
        f"Appendix 2 to this report is not for publication {LAW}.",
        f"Item 13 contains exempt information {LAW}.",
    ],
)
def test_a_public_report_that_speaks_of_exemption_is_public(statement: str):
    assert access(front_sheet("Contract", row("Access to information:", statement))) == [Access.PUBLIC]
    assert access([*front_sheet("Contract"), statement]) == [Access.PUBLIC]


@pytest.mark.parametrize(
    "item",
    [
        f"EXCLUSION OF THE PRESS AND PUBLIC To resolve that the public be excluded from item 13 {LAW}.",
        f"PLACEMENTS CONTRACT Report in Part B, exempt {LAW}.",
        "PLACEMENTS CONTRACT (not for publication)",
        "PART B – EXEMPT ITEMS",
    ],
)
def test_an_agenda_that_lists_an_exempt_item_is_public(item: str):
    assert access(agenda(("12", item, ""))) == [Access.PUBLIC]
    assert access([*agenda(("12", "URGENT ITEMS", "")), item]) == [Access.PUBLIC]


def test_minutes_that_shut_the_public_out_are_public():
    resolved = f"RESOLVED that the press and public be excluded as it contains exempt information {LAW}."
    assert access([*MINUTES, resolved]) == [Access.PUBLIC]


def test_an_exempt_paper_in_a_pack_is_held_back_alone():
    doc = document(
        agenda(("4", "HUB", ""), ("13", "CONTRACT", "")),
        ["Agenda Item 4", *front_sheet("The hub")],
        ["Agenda Item 13", "NOT FOR PUBLICATION", *front_sheet("Contract")],
        ["The price is high."],
    )
    assert [(p.item, p.access.value) for p in papers_of(doc)] == [(None, "public"), ("4", "public"), ("13", "exempt")]


def test_an_exempt_appendix_in_a_pack_is_cut_off_also_against_the_outline():
    outline = (Bookmark("Agenda", 1, 1), Bookmark("4 The hub", 1, 2), Bookmark("5 The plan", 1, 4))
    doc = document(
        agenda(("4", "HUB", ""), ("5", "PLAN", "")),
        front_sheet("The hub"),
        ["NOT FOR PUBLICATION", heading("Appendix 1: prices")],
        front_sheet("The plan"),
        outline=outline,
    )
    found = [(p.item, p.first_page, p.access.value) for p in papers_of(doc)]
    assert found == [(None, 1, "public"), ("4", 2, "public"), ("4", 3, "exempt"), ("5", 4, "public")]
