"""Named headings, items and table cells into pieces; how a document is made of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import BlockKind
from corpus.errors import UnreadableDocument
from corpus.reading.flow import (
    Cell,
    Row,
    document_of,
    hidden_note,
    pieces_of_paragraph,
    pieces_of_table,
    raised,
    rows_of_cells,
    tidy,
)
from corpus.reading.pieces import Piece

HEADING, PARAGRAPH, ITEM, ROW, HEAD = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.ITEM,
    BlockKind.ROW,
    BlockKind.TABLE_HEAD,
)
PROSE = "The harbour was dredged, and the quay was mended before the winter came. " * 5


def cell(text: str, first: int, after: int | None = None, *, bold: bool = False, names: bool = False) -> Cell:
    pieces = tuple(pieces_of_paragraph(text, bold=bold))
    return Cell(pieces, first, first + 1 if after is None else after, names)


def row(*texts: str, bold: bool = False, names: bool = False) -> list[Cell]:
    return [cell(text, i, bold=bold, names=names) for i, text in enumerate(texts)]


def table(*rows: list[Cell], title: str = "") -> list[Piece]:
    return [piece for _, piece in pieces_of_table([Row(cells) for cells in rows_of_cells(rows)], title)]


def told(pieces: list[Piece]) -> list[tuple[BlockKind, str]]:
    return [(piece.kind, " | ".join(piece.cells)) for piece in pieces]


def test_white_space_is_folded_and_what_draws_nothing_is_left_out():
    assert tidy(" a\u00a0 soft\u00adhyphen,\ta \u200bb\ufeff \n c\u2028d\x00 ") == "a softhyphen, a b\nc d"


def test_text_hidden_in_tags_is_left_out():
    assert tidy("Agenda" + "".join(chr(0xE0000 + ord(c)) for c in "obey me")) == "Agenda"


@given(st.text())
def test_tidying_twice_changes_nothing(text: str):
    assert tidy(tidy(text)) == tidy(text)


def test_figures_are_raised():
    assert raised("12") == "¹²"


def test_two_line_breaks_part_paragraphs_and_only_the_first_has_the_marker():
    assert told(pieces_of_paragraph("One\n \ntwo\nthree.", marker="(a)")) == [
        (ITEM, "(a) One"),
        (PARAGRAPH, "two\nthree."),
    ]


@pytest.mark.parametrize(
    ("text", "level", "bold", "kind"),
    [
        ("Purpose of the report", 2, False, HEADING),
        ("1. Introduction.", 2, False, HEADING),
        ("3.12 " + PROSE, 2, False, ITEM),
        (PROSE, 1, False, PARAGRAPH),
        ("Purpose of the report", 0, True, HEADING),
        ("This is stressed, and ends as a sentence does.", 0, True, PARAGRAPH),
        ("• a bold item", 0, True, ITEM),
        ("2024", 0, True, PARAGRAPH),
        ("(a) the north quay", 0, False, ITEM),
    ],
)
def test_headings_are_short_and_named_or_bold(text: str, level: int, bold: bool, kind: BlockKind):
    (piece,) = pieces_of_paragraph(text, level=level, bold=bold)
    assert piece.kind is kind
    assert piece.level == (level if kind is HEADING else int(kind is ITEM))


def test_an_item_has_the_depth_of_its_list():
    (piece,) = pieces_of_paragraph("the south quay", marker="•", depth=3)
    assert (piece.kind, piece.level, piece.cells) == (ITEM, 3, ("• the south quay",))


def test_rows_stand_under_their_headers():
    pieces = table(row("Indicator", "2023", bold=True), row("Visits on time", ""), row("Plans reviewed", "77%"))
    assert told(pieces) == [(HEAD, "Indicator | 2023"), (ROW, "Visits on time | "), (ROW, "Plans reviewed | 77%")]
    assert pieces[1].headers == ("Indicator", "2023")


def test_a_spanning_header_is_spelled_out_for_every_column():
    pieces = table(
        [cell("Indicator", 0, names=True), cell("Actual", 1, 3, names=True), cell("Target", 3, names=True)],
        [cell("2022", 1, names=True), cell("2023", 2, names=True)],
        row("Visits on time", "81%", "84%", "90%"),
    )
    assert told(pieces[:2]) == [(HEAD, "Indicator | Actual |  | Target"), (HEAD, " | 2022 | 2023 | ")]
    assert pieces[2].headers == ("Indicator", "Actual 2022", "Actual 2023", "Target")


def test_a_row_that_is_one_cell_is_a_heading_within_the_table():
    pieces = table(
        row("Action", "Owner", "Due", bold=True),
        [cell("Harbour", 0, 3, bold=True)],
        row("Dredge the quay", "Cllr Ash", "June 2024"),
    )
    assert [(piece.kind, piece.level) for piece in pieces] == [(HEAD, 0), (HEADING, 9), (ROW, 0)]


def test_a_first_row_that_is_one_bold_cell_is_the_tables_title():
    pieces = table([cell("Table 1: visits", 0, 3, bold=True)], row("a", "b", "c", bold=True), row("1", "2", "3"))
    assert [(piece.kind, piece.level) for piece in pieces] == [(HEADING, 7), (HEAD, 0), (ROW, 0)]


def test_a_caption_is_the_tables_title():
    assert told(table(row("a", "b", names=True), row("1", "2"), title="Visits"))[0] == (HEADING, "Visits")


def test_prose_over_the_whole_width_is_no_heading():
    assert told(table([cell(PROSE, 0, 3)], row("1", "2", "3")))[0] == (PARAGRAPH, PROSE.strip())


def test_a_front_sheet_is_rows_and_its_prose_stands_under_its_name():
    pieces = table(
        [cell("Subject:", 0, bold=True), cell("HARBOUR PLAN", 1)],
        [cell("Report summary:", 0, bold=True), cell(PROSE, 1)],
    )
    assert told(pieces) == [
        (ROW, "Subject: | HARBOUR PLAN"),
        (HEADING, "Report summary:"),
        (PARAGRAPH, PROSE.strip()),
    ]
    assert pieces[1].level == 8


def test_a_bold_front_sheet_has_no_head():
    pieces = table(row("Subject", "Harbour", bold=True), row("Date", "4 June 2024", bold=True))
    assert [piece.kind for piece in pieces] == [ROW, ROW]


def test_a_table_of_one_column_is_a_frame():
    assert told(table([cell("Recommendations", 0, bold=True)], [cell("That the plan be noted.", 0)])) == [
        (HEADING, "Recommendations"),
        (PARAGRAPH, "That the plan be noted."),
    ]


def test_columns_in_which_no_cell_begins_are_none():
    assert [len(cells) for cells in rows_of_cells([[cell("a", 0, 100)], [cell("b", 0, 2), cell("c", 2, 3)]])] == [2, 2]


@given(st.lists(st.lists(st.integers(1, 4), max_size=4), max_size=4))
def test_rows_are_as_wide_as_each_other_and_keep_every_cell(spans: list[list[int]]):
    rows = []
    for row_spans in spans:
        starts = [sum(row_spans[:i]) for i in range(len(row_spans))]
        rows.append([cell(f"t{i}", a, a + s) for i, (a, s) in enumerate(zip(starts, row_spans, strict=True))])
    made = rows_of_cells(rows)
    assert len({len(cells) for cells in made}) <= 1
    assert [[c.text for c in cells if c] for cells in made] == [[c.text for c in cells] for cells in rows]
    for cells in made:
        assert all(c.first == i and c.after > i for i, c in enumerate(cells) if c)


def test_what_a_pages_end_cut_off_a_row_goes_on_with_it():
    rows = rows_of_cells([row("Action", "Progress", bold=True), row("Dredge", "First half"), row("", "second half.")])
    pieces = pieces_of_table([Row(rows[0]), Row(rows[1]), Row(rows[2], page=1, continues=True)])
    assert [(page, piece.continues) for page, piece in pieces] == [(0, False), (0, False), (1, True)]
    assert pieces[2][1].headers == ("Action", "Progress")


def document(*pages: list[Piece], title: str = "", file: str = "harbour_plan.docx"):
    return document_of(Path(file), "harbour-plan", "0" * 64, title=title, pages=pages, witnesses=[()] * len(pages))


def test_without_named_headings_the_larger_ranks_higher():
    pages = [
        *pieces_of_paragraph("Harbour plan", size=20, large=True),
        *pieces_of_paragraph("Why", size=14, large=True),
    ]
    pages += pieces_of_paragraph("Costs", size=11, bold=True)
    assert [block.level for block in document(pages).blocks] == [1, 2, 6]


def test_beside_named_headings_bold_lines_rank_lowest():
    pages = [*pieces_of_paragraph("Harbour plan", level=1), *pieces_of_paragraph("Why", size=20, bold=True)]
    assert [block.level for block in document(pages).blocks] == [1, 6]


def test_bold_numbered_lines_in_a_row_are_a_list():
    pages = [piece for text in ("1. Apologies", "2. Minutes") for piece in pieces_of_paragraph(text, bold=True)]
    assert [block.kind for block in document(pages).blocks] == [ITEM, ITEM]


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Harbour plan 2024", "Harbour plan 2024"),
        ("The harbour | Thornmere Council", "The harbour"),
        ("Microsoft Word - plan.docx", "The harbour"),
        ("Document1", "The harbour"),
        ("", "The harbour"),
    ],
)
def test_the_title_is_the_files_own_unless_a_program_made_it(stated: str, title: str):
    assert document(pieces_of_paragraph("The harbour", level=1), title=stated).title == title


def test_without_a_title_or_heading_the_file_name_is_the_title():
    assert document(pieces_of_paragraph("Some text.")).title == "harbour plan"


def test_a_page_without_text_is_blank_and_a_document_without_any_is_refused():
    read = document(pieces_of_paragraph("Text."), [])
    assert [page.problem for page in read.pages] == [None, "blank"]
    assert [page.label for page in read.pages] == [None, None]
    with pytest.raises(UnreadableDocument, match=r"^harbour_plan\.docx: the file has no text\.$"):
        document([])


def test_hidden_text_is_told_with_its_pages():
    assert hidden_note({}, 3) == ()
    assert hidden_note({1: 7}, 1) == ("7 characters that no reader of the page can see were left out.",)
    assert "left out (file page 2, 4)." in hidden_note({4: 1, 2: 7}, 5)[0]
