"""Actions out of plans and minutes: whose, by when, how far, and nothing said of an action that isn't its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from clerk import typed

from corpus.documents import CELL_BREAK, Document, Page, Paper
from corpus.papers import papers_of
from corpus.reading.witness import squash
from corpus.records.promises import AGREED, PLAN, Promise
from corpus.records.reading import promises_in

SAMPLE = Path(__file__).parents[1] / "corpus/sample/papers"
HEAD = "|! Action | Lead | Timescale | Progress | RAG |"


def plan(document: Document, kind: str = "plan", date: str = "2022-06-14") -> list[Promise]:
    paper = Paper(document.id, 1, kind, "Improvement Plan", 1, len(document.pages), 0, len(document.text), date=date)
    return list(promises_in(document, paper))


def rows(*lines: str, head: str = HEAD) -> list[Promise]:
    table = "\n".join([head, *lines])
    return plan(typed(f"===\n# Priority 1: Front door\n\n{table}"))


def cells(*columns: str | Sequence[str]) -> Document:
    """A plan of one row, whose cells have line ends: "/" ends a line, "//" a paragraph."""
    written = " | ".join(str(column) for column in columns)
    document = typed(f"===\n# Priority 1: Front door\n\n{HEAD}\n| {written} |")
    text = document.text.replace(" // ", "\n\n").replace(" / ", "\n")
    return _shortened(document, text)


def _shortened(document: Document, text: str) -> Document:
    """The document with another text, whose cells are where the bars are."""
    row = document.blocks[-1]
    place, found = row.start, []
    for cell in text[row.start :].split(CELL_BREAK):
        found.append((place, place + len(cell)))
        place += len(cell) + len(CELL_BREAK)
    page = Page(1, None, 0, len(text), (squash(text),))
    blocks = (*document.blocks[:-1], replace(row, end=len(text), cells=tuple(found)))
    return replace(document, text=text, pages=(page,), blocks=blocks)


def told(promises: Sequence[Promise]) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(p.action, p.owner, p.due, p.status) for p in promises]


def test_a_row_is_a_promise_with_each_cell_in_its_place() -> None:
    (promise,) = rows("| Open the hub | Head of Access | by end July 2022 | Lease signed | Amber |")
    assert told([promise]) == [("Open the hub", "Head of Access", "2022-07", "Amber")]
    assert (promise.due_as_written, promise.progress) == ("by end July 2022", "Lease signed")
    assert (promise.heading, promise.together, promise.kind) == ("Priority 1: Front door", (), PLAN)
    assert [(name, place.quote) for name, place in promise.cells] == [
        ("owner", "Head of Access"),
        ("due", "by end July 2022"),
        ("progress", "Lease signed"),
        ("status", "Amber"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "|! What we will do | Who | By when | Update | Status |",
        "|! Task | Responsible officer | Deadline | Comments | BRAG rating |",
        "|! Milestone | Owner | Due | Position | Complete? |",
        "|! Agreed action | Accountable lead | Target date | Progress/ Comments | RAG |",
    ],
)
def test_columns_are_known_by_the_words_of_their_headers(head: str) -> None:
    (promise,) = rows("| Open the hub | Head of Access | July 2022 | Lease signed | Amber |", head=head)
    assert told([promise]) == [("Open the hub", "Head of Access", "2022-07", "Amber")]
    assert promise.progress == "Lease signed"


@pytest.mark.parametrize(
    "head",
    [
        "|! Body | Members | Chair |",
        "|! Measure | 2021 | 2022 |",
        "|! Item No. | AGENDA | Page No |",
        "|! Action | Cost |",
    ],
)
def test_a_table_without_actions_and_what_is_said_of_them_has_no_promises(head: str) -> None:
    assert rows("| Open the hub | 20 June 2022 | 3 |", head=head) == []


def test_owner_and_date_in_one_cell_are_taken_apart() -> None:
    head = "|! Item | Action | Lead/ Timeframe | RAG |"
    found = rows(
        "| Access | Open the hub | Head of Access by end July 2022 | |",
        "| | Paint it | By August 2022 and reviewed by January 2023 Head of Estates | |",
        "| Roads | Mark the road | 20th June 2022 | |",
        "| | Sweep it | Head of Roads on a monthly basis | |",
        head=head,
    )
    assert told(found) == [
        ("Open the hub", "Head of Access", "2022-07", None),
        ("Paint it", "Head of Estates", "2022-08", None),
        ("Mark the road", None, "2022-06-20", None),
        ("Sweep it", "Head of Roads", None, None),
    ]
    assert [p.due_as_written for p in found] == [
        "by end July 2022",
        "By August 2022 and reviewed by January 2023",
        "20th June 2022",
        "on a monthly basis",
    ]
    front = "Priority 1: Front door"
    assert [p.heading for p in found] == [f"{front}: Access", f"{front}: Access", f"{front}: Roads", f"{front}: Roads"]


def test_several_actions_in_a_row_get_their_own_owners_dates_and_marks() -> None:
    document = cells(
        "Open the hub // Paint it",
        "Head of Access // Head of Estates",
        "July 2022 // May 2023",
        "",
        "Complete / Ongoing",
    )
    assert told(plan(document)) == [
        ("Open the hub", "Head of Access", "2022-07", "Complete"),
        ("Paint it", "Head of Estates", "2023-05", "Ongoing"),
    ]


def test_what_one_cell_says_of_all_is_said_of_each() -> None:
    found = plan(cells("Open the hub // Paint it", "Head of Access", "July 2022", "", "Ongoing / Ongoing / Ongoing"))
    assert told(found) == [
        ("Open the hub", "Head of Access", "2022-07", "Ongoing"),
        ("Paint it", "Head of Access", "2022-07", "Ongoing"),
    ]
    assert [p.together for p in found] == [(), ()]


def test_what_the_layout_does_not_take_apart_is_kept_together_and_marked() -> None:
    found = plan(
        cells("Open the hub // Paint it // Sweep it", "Head of Access // Head of Roads", "", "", "Complete / Ongoing")
    )
    together = "Head of Access Head of Roads"
    assert [(p.owner, p.together) for p in found] == [
        ("Head of Access", ()),
        (together, ("owner",)),
        (together, ("owner",)),
    ]
    assert [p.status for p in found] == [None, None, None]


def test_dates_in_the_actions_tell_which_of_fewer_dates_is_whose() -> None:
    found = plan(cells("Plan the fair // Hold the fair by May 2023 // Clear up", "", "July 2022 // May 2023", "", ""))
    assert [(p.due, p.together) for p in found] == [("2022-07", ()), ("2023-05", ()), (None, ("due",))]


def test_an_action_may_name_its_own_date() -> None:
    (promise,) = rows("| Open the hub by September 22 | Head of Access | | | |")
    assert (promise.due, promise.due_as_written) == ("2022-09", "by September 22")


def test_a_due_that_is_no_date_is_kept_as_written() -> None:
    (promise,) = rows("| Open the hub | Head of Access | When the lease is signed | | |")
    assert (promise.due, promise.due_as_written) == (None, "When the lease is signed")


def test_details_below_a_numbered_action_are_part_of_it() -> None:
    document = typed(
        "===\n# Priority 1: Front door\n\n|! Ref | Action | Lead | RAG |\n| 1.1 | Open it // • Ramp // • Bell | A | |"
    )
    found = plan(_shortened(document, document.text.replace(" // ", "\n\n")))
    assert told(found) == [("Open it • Ramp • Bell", "A", None, None)]


def test_a_row_without_an_action_goes_on_with_the_one_above() -> None:
    (promise,) = rows(
        "| Open the hub | Head of Access | July 2022 | Lease signed | Complete |", "| | | | Windows late | Ongoing |"
    )
    assert (promise.progress, promise.status) == ("Lease signed Windows late", "Complete")


def test_an_action_that_a_page_cuts_is_one_with_two_places() -> None:
    document = typed(
        f"=== 4\n# Plan\n\n{HEAD}\n| Open the hub with | Head of Access | July 2022 | | |\n\n"
        "=== 5\n| staff of all | | | | |"
    )
    blocks = (*document.blocks[:-1], replace(document.blocks[-1], continues=True, headers=document.blocks[-2].headers))
    (promise,) = plan(replace(document, blocks=blocks))
    assert promise.action == "Open the hub with staff of all"
    assert [(place.page_label, place.quote) for place in promise.places] == [
        ("4", "Open the hub with"),
        ("5", "staff of all"),
    ]


def test_minutes_promise_what_stands_under_actions_or_was_agreed() -> None:
    document = typed(
        "===\n# 2. Update\n\n- The role of the Board.\n\n# Actions\n\n- Visit the hub in September.\n\n"
        "# 3. Roads\n\nThe Panel agreed:\n\n- That the road be swept by 5 August 2022.\n\n"
        "Members asked about:\n\n- Paint."
    )
    found = plan(document, kind="minutes", date="2022-07-27")
    assert [(p.action, p.due, p.kind) for p in found] == [
        ("Visit the hub in September.", "2022-09", AGREED),
        ("That the road be swept by 5 August 2022.", "2022-08-05", AGREED),
    ]
    assert [p.heading for p in found] == ["2. Update", "3. Roads"]


# The sample papers, which have no lost structure


@pytest.fixture(scope="module")
def of_sample(read_once: Callable[[Path], Document]) -> Callable[[str, str], list[Promise]]:
    def found(name: str, kind: str) -> list[Promise]:
        document = read_once(SAMPLE / f"{name}.pdf")
        return [p for paper in papers_of(document) if paper.kind == kind for p in promises_in(document, paper)]

    return found


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("2017-02-08-cabinet-report", "plan", 21),
        ("2022-06-21-council-agenda-pack", "plan", 35),
        ("2022-07-20-scrutiny-minutes", "minutes", 6),
        ("2023-01-18-scrutiny-agenda-pack", "plan", 34),
        ("2023-01-18-scrutiny-agenda-pack", "minutes", 5),
        ("2023-03-29-scrutiny-minutes", "minutes", 14),
    ],
)
def test_every_promise_of_a_sample_paper_is_found_and_taken_apart(
    of_sample: Callable[[str, str], list[Promise]], name: str, kind: str, number: int
) -> None:
    found = of_sample(name, kind)
    assert len(found) == number
    assert [p.action for p in found if p.together] == []
