"""Plain text files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableDocument
from corpus.reading.files import read_file
from corpus.reading.plain import pieces_of_text, wrapped_at
from corpus.reading.witness import squash
from tests.blocks import told, unconfirmed

WRAPPED = """\
Harbour Panel 4 June 2024

The panel heard that the north quay was dredged in the spring, and that
the cost had been higher than planned because the mud was deeper than
the survey of
2019 had found.
The chair thanked all.

1. TOLLS
- Members asked for a plan of the tolls, by the next meeting, with what
  other harbours charge.
- They asked for a date.
"""


def pieces(text: str) -> list[tuple[str, int, str]]:
    return [(piece.kind.name.lower(), piece.level, " | ".join(piece.cells)) for piece in pieces_of_text(text)]


def test_wrapped_lines_are_joined_where_the_next_word_did_not_fit():
    assert pieces(WRAPPED) == [
        ("heading", 1, "Harbour Panel 4 June 2024"),
        (
            "paragraph",
            0,
            "The panel heard that the north quay was dredged in the spring, and that\n"
            "the cost had been higher than planned because the mud was deeper than\nthe survey of",
        ),
        ("paragraph", 0, "2019 had found."),
        ("paragraph", 0, "The chair thanked all."),
        ("heading", 0, "1. TOLLS"),
        (
            "item",
            1,
            "- Members asked for a plan of the tolls, by the next meeting, with what\nother harbours charge.",
        ),
        ("item", 1, "- They asked for a date."),
    ]


def test_a_text_with_long_lines_has_a_paragraph_a_line():
    text = "Chair: Ash\nClerk: Birch\n" + "The harbour was dredged and the quay was mended before winter. " * 3
    assert wrapped_at(text.split("\n")) is None
    assert [kind for kind, _, _ in pieces(text)] == ["paragraph"] * 3


def test_short_lines_are_paragraphs_of_their_own():
    assert len(pieces("Chair: Ash\nClerk: Birch\nVice: Cedar, of the harbour ward, for the day\nEnd.")) == 4


def test_underlined_lines_and_hashes_are_headings_and_drawn_lines_nothing():
    text = "Some text.\n\nHarbour plan\n============\n\nCosts\n-----\nMuch.\n*****\n### Tolls\n"
    assert pieces(text) == [
        ("paragraph", 0, "Some text."),
        ("heading", 1, "Harbour plan"),
        ("heading", 2, "Costs"),
        ("paragraph", 0, "Much."),
        ("heading", 3, "Tolls"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "Action\tOwner\tDue\n------\t---\t---\nDredge\tAsh\t\n",
        "| Action | Owner | Due |\n|---|---|---|\n| Dredge | Ash |  |\n",
    ],
)
def test_tabs_and_bars_part_the_cells_of_a_table(table: str):
    assert pieces(f"Some text.\n{table}") == [
        ("paragraph", 0, "Some text."),
        ("table_head", 0, "Action | Owner | Due"),
        ("row", 0, "Dredge | Ash | "),
    ]


def test_a_number_before_a_tab_is_a_list():
    assert pieces("Some text.\n1.\tApologies\n2.\tMinutes\n")[1:] == [
        ("item", 1, "1. Apologies"),
        ("item", 1, "2. Minutes"),
    ]


@given(st.text(st.sampled_from("ab C.1\n\t|-= #•")))
def test_no_letter_is_lost_or_made_up(text: str):
    letters = [c for c in squash(text) if c.isalnum()]
    assert [
        c for c in squash("".join(cell for piece in pieces_of_text(text) for cell in piece.cells)) if c.isalnum()
    ] == letters


def test_a_text_file_is_one_page_whose_quotations_are_confirmed(tmp_path: Path):
    path = tmp_path / "harbour.TXT"
    path.write_text(WRAPPED, encoding="utf-16")
    document = read_file(path)
    assert document.title == "Harbour Panel 4 June 2024"
    assert [(page.number, page.label) for page in document.pages] == [(1, None)]
    assert unconfirmed(document) == []
    assert told(document)[4] == ("heading", 6, "1. TOLLS")


def test_a_text_without_letters_is_refused(tmp_path: Path):
    (tmp_path / "blank.txt").write_text(" \n\n----\n")
    with pytest.raises(UnreadableDocument, match=r"^blank\.txt: the file has no text\.$"):
        read_file(tmp_path / "blank.txt")
