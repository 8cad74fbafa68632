"""How a quotation's place is referred to in a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.references import Listing, listings, reference
from corpus.documents import Paper

PACK = "2023-01-pack"
PANEL = "Children's Services Scrutiny Panel"
AGENDA = Paper(PACK, 1, "agenda", f"{PANEL}: agenda", 1, 2, 0, 100, body=PANEL, date="2023-01-11")
MINUTES = Paper(PACK, 2, "minutes", f"Minutes of {PANEL}", 3, 6, 101, 200, PANEL, "2022-11-02", "draft", item="3")
PLAN = Paper(PACK, 3, "plan", "Improvement Plan", 17, 46, 201, 300, date="2023-01-11", item="5")
REPORT = Paper(PACK, 4, "report", "Letter from the inspectors", 47, 48, 301, 400, PANEL, "2023-01-11", item="6")
LETTER = Paper(PACK, 5, "inspection", "Focused visit to Thornmere", 49, 54, 401, 500, "Ofsted", "2022-12-06", item="6")
LISTED = listings((AGENDA, MINUTES, PLAN, REPORT, LETTER))


def said(paper: Paper, listing: Listing | None = None) -> str:
    return reference(paper, 17, "15", listing)


def test_an_item_of_a_meeting_is_told_by_the_meeting_and_the_item() -> None:
    assert said(PLAN, LISTED[PLAN.id]) == f"{PANEL}, 11 January 2023, item 5, page 15 (file page 17)"


def test_a_paper_that_shares_its_item_is_told_by_its_title_too() -> None:
    words = f"{PANEL}, 11 January 2023, item 6, Letter from the inspectors, page 15 (file page 17)"
    assert said(REPORT, LISTED[REPORT.id]) == words


def test_a_paper_that_is_older_than_the_meeting_is_named_before_the_meeting() -> None:
    meeting = f"put to {PANEL}, 11 January 2023"
    assert said(MINUTES, LISTED[MINUTES.id]) == (
        f"Minutes of {PANEL}, 2 November 2022, {meeting}, item 3, page 15 (file page 17)"
    )
    assert said(LETTER, LISTED[LETTER.id]) == (
        f"Ofsted, 6 December 2022, Focused visit to Thornmere, {meeting}, item 6, page 15 (file page 17)"
    )


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        (replace(LETTER, item=None), "Ofsted, 6 December 2022, Focused visit to Thornmere"),
        (replace(PLAN, item=None), "Improvement Plan, 11 January 2023"),
        (replace(PLAN, item=None, date="2023"), "Improvement Plan, 2023"),
        (replace(PLAN, item=None, date=None), "Improvement Plan"),
        (PLAN, "Improvement Plan, 11 January 2023, item 5"),
        (AGENDA, f"{PANEL}: agenda, 11 January 2023"),
    ],
)
def test_what_is_not_known_is_left_out(paper: Paper, words: str) -> None:
    assert said(paper) == f"{words}, page 15 (file page 17)"


def test_a_page_without_a_printed_number_says_so() -> None:
    assert reference(PLAN, 17, None, LISTED[PLAN.id]).endswith("item 5, file page 17, no printed number")


def test_only_items_of_a_known_meeting_are_listed() -> None:
    assert set(LISTED) == {MINUTES.id, PLAN.id, REPORT.id, LETTER.id}
    assert listings((replace(AGENDA, body=None), PLAN)) == {}
    assert listings((replace(AGENDA, document="another"), PLAN)) == {}
