"""What papers say of other meetings: the days, the bodies, the next meetings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import BlockKind, Document, Paper
from corpus.mentions import announcements_in, bodies, days_in, is_own, same_body, units_of
from tests.fakes import make_document, make_paper

PANEL = "Children's Services Scrutiny Panel"


def made(*lines: str, **fields: object) -> tuple[Document, Paper]:
    """A paper of these lines, each a block; one that begins with # is a heading. A form feed begins a page."""
    text = "\n".join(line.removeprefix("#") for line in lines).replace("\n\f", "\f")
    document = make_document("minutes", *text.split("\f"))
    kinds = [BlockKind.HEADING if line.startswith("#") else BlockKind.PARAGRAPH for line in lines]
    blocks = tuple(replace(block, kind=kind) for block, kind in zip(document.blocks, kinds, strict=True))
    document = replace(document, blocks=blocks)
    return document, make_paper(document, **{"kind": "minutes", "date": "2022-09-20", "body": PANEL, **fields})


def announced(*lines: str, **fields: object) -> list[str | None]:
    document, paper = made(*lines, **fields)
    found = announcements_in(document, paper)
    for mention in found:
        assert document.text[mention.start : mention.end] == mention.quote
        assert mention.body == paper.body
    return [mention.date for mention in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("held on 14 June 2022", ["2022-06-14"]),
        ("held on 12 and 19 July 2022", ["2022-07-12", "2022-07-19"]),
        ("on the 23rd May, the 7th June and the 26th July 2022", ["2022-05-23", "2022-06-07", "2022-07-26"]),
        ("on 4 May 2022 and 8 June 2022", ["2022-05-04", "2022-06-08"]),
        ("in July 2022", []),
        ("pages 3 and 4 of 19 July 2022", ["2022-07-19"]),
        ("on 31 June 2022", []),
    ],
)
def test_the_days_of_a_list_share_their_month_and_year(text: str, expected: list[str]) -> None:
    assert [day for day, _ in days_in(text)] == expected


@pytest.mark.parametrize(
    "line",
    [
        "The next meeting of the Panel will be held on Tuesday, 4th October, 2022 at 10.00 am.",
        "To note that the next meeting of the Scrutiny Panel (Children’s Services) takes place on 4 October 2022.",
        "The date and time of the next meeting was confirmed as 6pm on 4 October 2022.",
        "#12. DATE AND TIME OF NEXT MEETING: 4 OCTOBER 2022",
        "10. | DATE OF NEXT MEETING\N{NO-BREAK SPACE}Tuesday 4 October 2022 at 6.00 pm. |",
        "Next scheduled meeting: Tuesday 4 October 2022",
    ],
)
def test_a_next_meeting_is_found_in_a_line(line: str) -> None:
    assert announced(line) == ["2022-10-04"]
    assert announced(line, kind="agenda") == ["2022-10-04"]


def test_a_next_meeting_is_found_under_its_heading() -> None:
    assert announced("#9. DATE OF NEXT MEETING", "Tuesday 4 October 2022, Civic Hall.") == ["2022-10-04"]
    assert announced("#9. DATES OF FUTURE MEETINGS", "4 October 2022, 6 December 2022 and 7 February 2023.") == [
        "2022-10-04",
        "2022-12-06",
        "2023-02-07",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["An update comes to the next meeting, with figures to 30 September 2022."],
        ["#DATE OF NEXT MEETING", "To note the next meeting of Cabinet on 5 October 2022."],
        ["The next meeting of the Health Scrutiny Panel will be on 5 October 2022."],
        ["The next meeting was held on 4 May 2022."],
        ["#DATE OF NEXT MEETING", "#URGENT ITEMS", "A visit is planned for 5 October 2022."],
        ["#DATE OF NEXT MEETING", "To be confirmed.", "None.", "None.", "A visit is planned for 5 October 2022."],
    ],
)
def test_what_announces_no_meeting_of_this_body_isnt_taken_for_it(lines: list[str]) -> None:
    assert announced(*lines) == []


def test_reports_announce_nothing() -> None:
    assert announced("The next meeting is on 4 October 2022.", kind="report") == []


def test_a_block_that_a_pages_end_cut_is_one() -> None:
    document, paper = made("The next meeting is on", "\fTuesday 4 October 2022.", "Another block.")
    blocks = (document.blocks[0], replace(document.blocks[1], continues=True), document.blocks[2])
    document = replace(document, blocks=blocks)
    assert [unit.text for unit in units_of(document, paper)] == [
        "The next meeting is on\fTuesday 4 October 2022.",
        "Another block.",
    ]
    [mention] = announcements_in(document, paper)
    assert (mention.date, mention.page, mention.quote) == ("2022-10-04", 1, "The next meeting is on")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Children's Services Scrutiny Panel", "CHILDREN’S SERVICES SCRUTINY PANEL"),
        ("Children's Services Scrutiny Panel", "Scrutiny Panel (Children's Services)"),
        ("Children's Services Scrutiny Panel", "the Thornmere Childrens Services Scrutiny Panel"),
        ("Health and Wellbeing Board", "Health & Wellbeing Board"),
        ("Council", "Thornmere Metropolitan Borough Council"),
        ("Cabinet", "The Cabinet"),
        ("Cabinet", "Executive Cabinet"),
        ("Audit Sub-Committee", "Audit Sub Committee"),
    ],
)
def test_one_body_has_many_names(one: str, other: str) -> None:
    assert same_body(one, other)
    assert same_body(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Children's Services Scrutiny Panel", "Health Scrutiny Panel"),
        ("Cabinet", "Council"),
        ("Council", "Council Tax Panel"),
        ("Panel", "Children's Services Scrutiny Panel"),
        ("Cabinet", None),
        ("", ""),
    ],
)
def test_two_bodies_are_not_one(one: str, other: str | None) -> None:
    assert not same_body(one, other)
    assert not same_body(other, one)


def test_the_panel_is_the_one_that_speaks() -> None:
    assert is_own("the Panel", PANEL)
    assert is_own(None, PANEL)
    assert not is_own("Cabinet", PANEL)


def test_bodies_are_gathered_under_the_name_that_is_written_most_often() -> None:
    names = [
        PANEL,
        PANEL,
        PANEL.upper(),
        "Scrutiny Panel (Children's Services)",
        "Council",
        "Thornmere Borough Council",
    ]
    assert bodies(names) == {
        PANEL: PANEL,
        PANEL.upper(): PANEL,
        "Scrutiny Panel (Children's Services)": PANEL,
        "Council": "Thornmere Borough Council",
        "Thornmere Borough Council": "Thornmere Borough Council",
    }


def test_a_short_name_that_may_be_either_of_two_bodies_stays_alone() -> None:
    names = ["Scrutiny Panel", "Health Scrutiny Panel", "Housing Scrutiny Panel"]
    assert bodies(names) == {name: name for name in names}


@given(st.lists(st.text()))
def test_no_names_fail(names: list[str]) -> None:
    assert set(bodies(names)) == set(names)


@given(st.text())
def test_no_text_fails(text: str) -> None:
    days_in(text)
    days_in(f"{text} and 4 May 2022")
