"""The headings above each block: what stands over what, and what ends with a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from clerk import typed

from corpus.documents import BlockKind
from corpus.headings import headings_above


def paths(text: str, levels: Mapping[str, int] | None = None, *, summary: bool = False) -> list[tuple[str, ...]]:
    """The path above each block that isn't a heading; a heading's level is 1 where `levels` doesn't say."""
    document = typed(text)
    blocks = [
        replace(block, level=(levels or {}).get(document.text[block.start : block.end], 1))
        if block.kind is BlockKind.HEADING
        else block
        for block in document.blocks
    ]
    above = headings_above(document, blocks, summary=summary)
    return [path for block, path in zip(blocks, above, strict=True) if block.kind is not BlockKind.HEADING]


def test_a_lower_heading_stands_below_a_higher_one_until_the_next_of_its_own_level():
    text = """
===
# Care

# Health

Dentists.

# School

Teachers.

# Workforce

Caseloads.
"""
    assert paths(text, {"Health": 2, "School": 2}) == [("Care", "Health"), ("Care", "School"), ("Workforce",)]


def test_a_heading_stands_below_itself_and_is_told_on_one_line():
    document = typed("===\n# Care\nleavers\n\nRooms.")
    assert headings_above(document, document.blocks, summary=False) == (("Care leavers",), ("Care leavers",))


def test_text_before_any_heading_stands_below_none():
    assert paths("===\nDear Councillor\n\n# Agenda\n\nApologies.") == [(), ("Agenda",)]


def test_the_heading_of_a_list_of_contents_stands_over_nothing_that_is_set_smaller():
    text = "===\n# Contents\n\n# Summary\n\nThe plan.\n\n# Next\n\nThe hub."
    assert paths(text, {"Summary": 2, "Next": 2}) == [("Summary",), ("Next",)]


def test_the_entries_of_a_list_of_contents_stand_over_nothing_that_is_set_smaller():
    text = """
===
# Contents

# Care leavers 4

# Workforce 11

===
# Services in Thornmere

Rooms.
"""
    levels = {"Contents": 1, "Care leavers 4": 2, "Workforce 11": 2, "Services in Thornmere": 3}
    assert paths(text, levels) == [("Services in Thornmere",)]


def test_a_heading_that_ends_in_a_number_is_no_entry_where_no_contents_are_listed():
    text = "===\n# Priority 4\n\n# Supervision\n\nEvery four weeks."
    assert paths(text, {"Supervision": 2}) == [("Priority 4", "Supervision")]


def test_the_first_heading_without_a_page_ends_the_list_of_contents():
    text = "===\n# Contents\n\n# Care 4\n\n# Plans\n\n# Priority 4\n\n# Supervision\n\nEvery four weeks."
    levels = {"Care 4": 2, "Plans": 2, "Priority 4": 3, "Supervision": 4}
    assert paths(text, levels) == [("Plans", "Priority 4", "Supervision")]


TABLE = """
===
# Performance

# Table 1. Contacts

|! Measure | May |
| Decided in a day | 93% |

# Visits

| On time | 88% |

The hub is calm.
"""
IN_TABLE = {"Table 1. Contacts": 7, "Visits": 9}


def test_the_title_and_the_sections_of_a_table_end_with_it():
    _, first, second, after = paths(TABLE, IN_TABLE)
    assert first == ("Performance", "Table 1. Contacts")
    assert second == ("Performance", "Table 1. Contacts", "Visits")
    assert after == ("Performance",)


def test_a_repeated_table_head_ends_no_section():
    text = "===\n# Visits\n\n|! Measure | May |\n| On time | 88% |\n|! Measure | May |\n| Alone | 84% |"
    assert paths(text, {"Visits": 9}) == [("Visits",)] * 4


def test_a_heading_of_the_text_survives_the_tables_below_it():
    text = "===\n# Visits\n\n| On time | 88% |\n\nThe hub is calm."
    assert paths(text, {"Visits": 3}) == [("Visits",), ("Visits",)]


SUMMARY = """
===
# Ofsted inspection of children's services – May 2019

# Strengths

Early help is liked.

# Ofsted focused visit – April 2022

# Strengths

Staff stay.
"""


def test_in_a_summary_a_heading_that_names_an_inspection_stands_above_those_of_its_own_size():
    assert paths(SUMMARY, summary=True) == [
        ("Ofsted inspection of children's services – May 2019", "Strengths"),
        ("Ofsted focused visit – April 2022", "Strengths"),
    ]


def test_elsewhere_headings_of_one_size_stand_beside_each_other():
    assert paths(SUMMARY) == [("Strengths",), ("Strengths",)]
