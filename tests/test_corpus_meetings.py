"""Whose a meeting was, and when."""

from __future__ import annotations

import pytest

from corpus.meetings import body_in, day_in, names_minutes


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("CABINET", "CABINET"),
        ("Children's Services Scrutiny Panel 9 November 2022", "Children's Services Scrutiny Panel"),
        ("Minutes of the Corporate Parenting Board held on 9 November 2022", "Corporate Parenting Board"),
        ("MINUTES OF A MEETING OF THE CABINET held in the Town Hall on 9 November 2022", "CABINET"),
        ("At a special meeting of the People Scrutiny Committee, Town Hall", "People Scrutiny Committee"),
        ("People Scrutiny Committee – draft minutes", "People Scrutiny Committee"),
        ("People Scrutiny Committee - Wednesday 9 November 2022", "People Scrutiny Committee"),
        ("Meeting: Corporate Parenting Board", "Corporate Parenting Board"),
        ("Name of meeting | Policy and Scrutiny Committee for Children", "Policy and Scrutiny Committee for Children"),
        ("Report to Scrutiny Board (Children and Families)", "Scrutiny Board (Children and Families)"),
        ("Report to the Health and Wellbeing Board", "Health and Wellbeing Board"),
        ("Notice of a meeting of the Joint Health Scrutiny Committee", "Joint Health Scrutiny Committee"),
        ("Adults, Children and Education Overview and Scrutiny Sub-Committee", None),
        ("Helen Adeyemi, Executive Director of Children's Services", None),
        ("Council Chamber, Town Hall", None),
        ("The committee heard that the price is high.", None),
        ("Contact: Beth Harkness, Committee Services", None),
    ],
)  # fmt: skip
def test_a_body_is_named_by_its_line(line: str, body: str | None):
    assert body_in([line]) == (body if body or "Sub-Committee" not in line else line)


def test_the_council_itself_is_the_body_only_where_there_is_no_other():
    assert body_in(["Thornmere Metropolitan Borough Council", "Cabinet"]) == "Cabinet"
    assert (
        body_in(["Thornmere Metropolitan Borough Council", "9 November 2022"])
        == "Thornmere Metropolitan Borough Council"
    )


@pytest.mark.parametrize(
    "line",
    [
        "Date of next meeting: 9 November 2022",
        "The next meeting of the Panel will be held on 9 November 2022.",
        "Published on 9 November 2022",
        "Date of publication: 9 November 2022",
        "Deadline for questions: 9 November 2022",
    ],
)
def test_another_meetings_day_is_not_the_papers(line: str):
    assert day_in([line]) is None
    assert day_in([line, "Wednesday, 2 November 2022"]) == "2022-11-02"


def test_a_day_before_another_meetings_is_the_papers():
    assert day_in(["2 November 2022; next meeting 9 November 2022"]) == "2022-11-02"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("MINUTES", True),
        ("Draft minutes", True),
        ("Minutes of the meeting held on 2 May 2022", True),
        ("NOTES OF A MEETING OF THE BOARD", True),
        ("Cabinet – Minutes – 2 May 2022", True),
        ("At a Meeting of the Cabinet held in the Town Hall", True),
        ("Minutes of the last meeting", False),
        ("Minutes 3 - 8", False),
        ("Record of an executive decision", False),
        ("The board takes minutes of what it hears and sends them to the director of children's services", False),
        ("45 minutes were given to questions", False),
    ],
)
def test_a_line_says_that_minutes_follow(line: str, expected: bool):
    assert names_minutes(line) == expected


@pytest.mark.parametrize(
    "said",
    [
        "The minutes of the meeting held on 14 June 2022 were agreed.",
        "RESOLVED that the minutes of the meeting of 14 June 2022 be confirmed and signed as a correct record.",
        "The minutes of the Panel of 14 June 2022 were taken as read.",
    ],
)
def test_the_day_of_minutes_that_are_approved_is_not_the_meetings_own(said: str) -> None:
    assert day_in([said, "20 July 2022"]) == "2022-07-20"
