"""What an agenda says: its pages, its items, where their papers begin, and what is private."""

from __future__ import annotations

import pytest
from clerk import typed

from corpus.agendas import agenda_of, is_agenda, printed_places
from corpus.parts import Part

TOP = "# CABINET\n\nWednesday, 14 September 2022\n\n# AGENDA\n\n1. Apologies for absence"


def items(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(item.number, item.title, item.places) for item in agenda_of(typed(f"===\n{text}")).items]


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("2. Family hubs", ("2", "Family hubs", ())),
        ("2 Family hubs (Pages 5 - 12)", ("2", "Family hubs", ("5",))),
        ("2. Family hubs (Page 5)", ("2", "Family hubs", ("5",))),
        ("2. Family hubs Pages 5 to 12", ("2", "Family hubs", ("5",))),
        ("2) Family hubs pp. 5-12", ("2", "Family hubs pp. 5-12", ("5",))),
        ("2. Family hubs 5 – 12", ("2", "Family hubs 5 – 12", ("5",))),
        ("2. Family hubs: decisions of May (Pages 5 - 12)", ("2", "Family hubs", ("5",))),
        ("2. Family hubs ........ 5", ("2", "Family hubs ........ 5", ("5",))),
        ("2. Family hubs\nReport of the Director\n(Pages 5 - 12)", ("2", "Family hubs", ("5",))),
        ("Item 2: Family hubs (to follow)", ("2", "Family hubs (to follow", ())),
        ("|! Item | Subject | Page |\n| 2 | Family hubs | 5 - 12 |", ("2", "Family hubs", ("5",))),
        ("|! Item | Subject | Page |\n| 2. | Family hubs | 5 |", ("2", "Family hubs", ("5",))),
        ("|! Item | Subject | Page |\n| 2. | Family hubs | |", ("2", "Family hubs", ())),
    ],
)
def test_an_item_is_its_number_its_title_and_the_page_on_which_it_begins(line: str, item: tuple[str, str, tuple[str]]):
    found = items(f"{TOP}\n\n{line}")
    assert [i[0] for i in found] == ["1", "2"]
    assert (found[1][0], found[1][2]) == (item[0], item[2])
    assert found[1][1].startswith("Family hubs")


def test_items_below_an_item_have_a_letter_of_their_own():
    found = items(
        f"{TOP}\n\n2. Improvement\n\n(a) Plan (Pages 5 - 12)\n\n(b) Letter (Pages 13 - 18)\n\n3a. Staff (Page 19)"
    )
    assert [(i[0], i[2]) for i in found] == [("1", ()), ("2", ()), ("2a", ("5",)), ("2b", ("13",)), ("3a", ("19",))]


def test_items_may_be_lettered_by_part_of_the_agenda():
    found = items("# AGENDA\n\nA1. Apologies for absence\n\nB2. Family hubs (Pages 5 - 12)\n\nC3. Staff\n\nB3 3BU")
    assert [(i[0], i[2]) for i in found] == [("A1", ()), ("B2", ("5",)), ("C3", ())]


def test_a_title_may_begin_like_a_month():
    found = items(f"{TOP}\n\n2. Decisions since July\n\n3 Mayor's announcements\n\n4. Apprenticeships")
    assert [i[0] for i in found] == ["1", "2", "3", "4"]


def test_a_date_or_a_room_is_no_item():
    found = items(f"14 September 2022 at 5.00 pm\n\n{TOP}\n\n2. Family hubs\n\n18 January 2023 is the next meeting")
    assert [i[0] for i in found] == ["1", "2"]


def test_an_appendix_with_its_own_pages_begins_there():
    found = items(f"{TOP}\n\n2. Improvement (Pages 5 - 12)\nAppendix A: the plan (Pages 13 - 20)")
    assert found[1][2] == ("5", "13")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("Public Document Pack\n\nCABINET\n\n1. Apologies for absence", True),
        (
            "A meeting of the Cabinet will be held on 14 September.\n\n1. Apologies\n\n2. Declarations of interest",
            True,
        ),
        ("# Agenda\n\n1. Welcome and apologies\n\n2. Disclosures of members' interests", True),
        ("# FAMILIES SCRUTINY COMMITTEE AGENDA\n\n1 Apologies for absence", True),
        ("The council has an ambitious improvement\nagenda\n\nfor all its children and families", False),
        ("# SUPPLEMENTARY AGENDA\n\n5. Family hubs (Pages 3 - 8)", True),
        ("# CABINET\n\n1. Apologies for absence\n\nNone.\n\n2. Declarations of interest\n\nNone.", False),
        ("# AGENDA\n\nPresent: Councillor Pellow (Chair)\n\nApologies for absence: Councillor Coyle", False),
        ("# AGENDA\n\n1. Apologies for absence\n\nRESOLVED that they be noted.", False),
        ("# Family hubs\n\nReport to: Cabinet\n\n1.1 The agenda for change.", False),
    ],
)
def test_an_agenda_says_that_it_is_one_and_has_the_items_of_one(page: str, expected: bool):
    assert is_agenda(Part(typed(f"===\n{page}"), 1, 1)) == expected


def test_an_agenda_goes_on_while_its_items_count_on():
    agenda = agenda_of(
        typed(f"""
===
{TOP}
===
2. Family hubs (Pages 1 - 4)

3. Date of next meeting
=== 1
# Family hubs

1. The first paragraph of a report counts on from nothing.
""")
    )
    assert agenda.last_page == 2
    assert [item.number for item in agenda.items] == ["1", "2", "3"]


def test_a_document_without_an_agenda_has_none():
    assert agenda_of(typed("===\n# Family hubs\n\n1.1 Text.")).last_page == 0


def places(text: str) -> dict[int, str]:
    document = typed(text)
    return printed_places(document, agenda_of(document))


def test_items_begin_on_the_pages_that_bear_the_numbers():
    pages = "\n".join(f"=== {n}\nText." for n in range(1, 9))
    assert places(f"===\n{TOP}\n\n2. Hubs (Pages 1 - 4)\n\n3. Plan (Pages 5 - 8)\n{pages}") == {2: "2", 6: "3"}


def test_where_no_number_is_printed_the_last_item_ends_with_the_file():
    pages = "\n".join("===\nText." for _ in range(8))
    assert places(f"===\n{TOP}\n\n2. Hubs (Pages 1 - 4)\n\n3. Plan (Pages 5 - 8)\n{pages}") == {2: "2", 6: "3"}
    assert places(f"===\n{TOP}\n\n2. Hubs (Pages 1 - 4)\n\n3. Plan (Pages 5 - 80)\n{pages}") == {}


def test_a_page_number_that_no_page_bears_places_nothing():
    assert places(f"===\n{TOP}\n\n2. Hubs (Pages 40 - 50)\n=== 1\nText.") == {}
