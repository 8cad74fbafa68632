"""Lines and cells into blocks and text. A line here is 12 points high on a page of 600 by 800 points, 6 a letter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import LINE_END_HYPHEN, BlockKind
from corpus.reading.glyphs import Glyph, LineBreak, PageGlyphs
from corpus.reading.layout import Cell, PageLayout, Table, page_layout, without_furniture
from corpus.reading.lines import Line, lines_of
from corpus.reading.pieces import Piece, write
from corpus.reading.structure import pieces_of_lines, pieces_of_pages
from corpus.reading.tables import Grid

PARAGRAPH, HEADING, ITEM, ROW, HEAD = (
    BlockKind.PARAGRAPH,
    BlockKind.HEADING,
    BlockKind.ITEM,
    BlockKind.ROW,
    BlockKind.TABLE_HEAD,
)
BODY = 11.0


def line(text: str, top: float = 100, *, x: float = 72, size: float = BODY, bold: bool = False) -> Line:
    return Line(text, x, top, x + 6 * len(text), top + 12, size, bold)


def stack(*texts: str, top: float = 100, x: float = 72, gap: float = 2, bold: bool = False) -> list[Line]:
    """Lines below one another."""
    return [line(text, top + i * (12 + gap), x=x, bold=bold) for i, text in enumerate(texts)]


def sideways(text: str, x: float) -> Line:
    return Line(text, x, 300, x + 12, 300 + 6 * len(text), BODY, False, turned=True)


def page(*things: Line | Table) -> PageLayout:
    return PageLayout(tuple(things), 600, 800)


def cell(text: str, box: tuple[float, float, float, float], *, bold: bool = False) -> Cell:
    return Cell(box, tuple(stack(*text.split("\n"), top=box[1] + 1, x=box[0] + 1, bold=bold)) if text else ())


def table(
    *rows: Sequence[str | None], widths: Sequence[float] = (), heads: int = 0, top: float = 200, bold: str = ""
) -> Table:
    """A table whose first `heads` rows, and cells with text in `bold`, are bold; None goes to the cell on its left."""
    widths = widths or [100] * len(rows[0])
    edges = [72, *accumulate(widths, initial=72)][1:]
    built = []
    for r, row in enumerate(rows):
        cells: list[Cell | None] = []
        for c, text in enumerate(row):
            last = c
            while last + 1 < len(row) and row[last + 1] is None:
                last += 1
            box = (edges[c], top + 60 * r, edges[last + 1], top + 60 * (r + 1))
            cells.append(None if text is None else cell(text, box, bold=r < heads or bool(text and text in bold)))
        built.append(tuple(cells))
    return Table(tuple(built))


def kinds(pieces: Sequence[Piece]) -> list[tuple[BlockKind, str]]:
    return [(p.kind, " | ".join(p.cells)) for p in pieces]


def glyphs(text: str, x: float = 72, top: float = 100, *, turned: bool = False) -> list[Glyph | LineBreak]:
    return [Glyph(c, x + 6 * i, top, x + 6 * i + 6, top + 12, BODY, False, turned) for i, c in enumerate(text)]


# Glyphs into lines


def test_a_line_break_ends_a_line_and_white_space_is_folded():
    found = lines_of([*glyphs("one  two "), LineBreak(), *glyphs("three", top=120)])
    assert [(f.text, f.top) for f in found] == [("one two", 100), ("three", 120)]


def test_pieces_on_one_height_left_to_right_are_one_line():
    found = lines_of([*glyphs("•"), LineBreak(), *glyphs("text", x=90), LineBreak(), *glyphs("left", x=10)])
    assert [f.text for f in found] == ["• text", "left"]


def test_a_hyphen_at_a_line_end_ends_the_line_and_is_kept():
    found = lines_of([*glyphs("self" + LINE_END_HYPHEN), *glyphs("evaluation", top=120)])
    assert [f.text for f in found] == ["self" + LINE_END_HYPHEN, "evaluation"]


def test_turned_glyphs_make_lines_of_their_own():
    found = lines_of([*glyphs("text"), *glyphs("12", x=20, turned=True)])
    assert [(f.text, f.turned) for f in found] == [("text", False), ("12", True)]


def test_a_line_is_bold_when_nearly_all_its_letters_are():
    bold = [Glyph(c, 6 * i, 0, 6 * i + 6, 12, BODY, i < 8, False) for i, c in enumerate("abcdefghij")]
    assert lines_of(bold)[0].bold
    assert not lines_of([*bold, *glyphs("k", x=60, top=0)])[0].bold


@given(st.lists(st.text(st.sampled_from(["a", "b", " ", "7"]), max_size=8), max_size=5))
def test_no_letter_is_lost_or_invented(texts: list[str]):
    drawn: list[Glyph | LineBreak] = []
    for i, text in enumerate(texts):
        drawn += [*glyphs(text, top=20 * i), LineBreak()]
    letters = "".join("".join(f.text.split()) for f in lines_of(drawn))
    assert letters == "".join("".join(texts).split())


# Lines into blocks


def test_lines_close_together_are_one_paragraph():
    assert kinds(pieces_of_lines(stack("Children wait", "too long.", "Some wait"), BODY)) == [
        (PARAGRAPH, "Children wait\ntoo long.\nSome wait")
    ]


def test_a_gap_ends_a_paragraph():
    lines = [*stack("One line", "two lines"), *stack("Another", "paragraph", top=150)]
    assert [text for _, text in kinds(pieces_of_lines(lines, BODY))] == ["One line\ntwo lines", "Another\nparagraph"]


def test_bullets_open_items_and_their_lines_follow():
    lines = stack("That Council:", "• accepts the", "findings", "o and says so", "\uf0b7 now")
    assert kinds(pieces_of_lines(lines, BODY)) == [
        (PARAGRAPH, "That Council:"),
        (ITEM, "• accepts the\nfindings"),
        (ITEM, "o and says so"),
        (ITEM, "\uf0b7 now"),
    ]


@pytest.mark.parametrize("sign", ["◼", "◾", "▫", "□", "○", "➢", "➤", "−"])
def test_what_inspectorates_and_councils_draw_for_bullets_opens_items(sign: str):
    lines = stack("What must improve", f"{sign} the help that children", "get", f"{sign} supervision")
    assert [kind for kind, _ in kinds(pieces_of_lines(lines, BODY))] == [PARAGRAPH, ITEM, ITEM]


def test_numbered_paragraphs_follow_one_another():
    lines = stack("1.1 The Board exists", "to see.", "1.2 It will last.", "(a) until then", x=72)
    lines[1] = line("to see.", lines[1].top, x=100)
    assert [kind for kind, _ in kinds(pieces_of_lines(lines, BODY))] == [ITEM, ITEM, ITEM]


def test_a_number_that_begins_a_line_opens_no_item():
    lines = stack("The rate of children in care is now", "89.2 per 10,000 and was", "12 before the summer")
    assert len(pieces_of_lines(lines, BODY)) == 1


def test_a_date_or_a_figure_on_its_own_is_no_item():
    lines = [line("6 June 2022", 100), line("195 referrals in Q2", 150)]
    assert [kind for kind, _ in kinds(pieces_of_lines(lines, BODY))] == [PARAGRAPH, PARAGRAPH]


def test_bold_or_large_short_lines_are_headings():
    lines = [line("Front door", 100, bold=True), line("It is open.", 130), line("Practice", 160, size=16)]
    assert [kind for kind, _ in kinds(pieces_of_lines(lines, BODY))] == [HEADING, PARAGRAPH, HEADING]


def test_a_bold_sentence_is_a_paragraph():
    (found,) = pieces_of_lines([line("Children are not safe.", bold=True)], BODY)
    assert found.kind is PARAGRAPH


def test_bold_numbered_lines_in_a_row_are_a_list():
    lines = [line(f"{n}. Approves it", 100 + 40 * n, bold=True) for n in (1, 2)]
    assert [kind for kind, _ in kinds(pieces_of_lines(lines, BODY))] == [ITEM, ITEM]


def test_a_numbered_heading_over_text_stays_a_heading():
    lines = [line("1. PURPOSE", 100, bold=True), line("The Board meets.", 130)]
    assert [kind for kind, _ in kinds(pieces_of_lines(lines, BODY))] == [HEADING, PARAGRAPH]


def test_headings_are_ranked_by_size():
    pages = [
        page(line("Title", 100, size=20), line("Part", 140, size=14), line("Note", 180, bold=True), *stack("a " * 99))
    ]
    levels = [p.level for p in pieces_of_pages(pages)[0] if p.kind is HEADING]
    assert levels == [1, 2, 6]


# Page ends


def test_a_sentence_goes_on_over_the_page():
    first, second = pieces_of_pages([page(*stack("The panel agreed")), page(*stack("with the plan."))])
    assert second[0].continues
    assert not first[0].continues


def test_a_name_goes_on_with_a_full_line():
    first = page(
        *stack("Members thanked the officers and the staff of", "the service, and asked the officers of North")
    )
    assert pieces_of_pages([first, page(*stack("Fell Police to come."))])[1][0].continues


def test_a_short_open_line_ends_with_its_page():
    minutes = page(*stack("There were no urgent items on the agenda of the panel."), *stack("CHAIR", top=200))
    for opening in ("Children wait too long.", "APPENDIX A"):
        assert not pieces_of_pages([minutes, page(*stack(opening))])[1][0].continues


def test_a_blank_page_never_goes_on():
    first = page(*stack("Members thanked the officers and the staff of"))
    assert not pieces_of_pages([first, page(*stack("This page is intentionally left blank"))])[1][0].continues


# Furniture


def numbered(n: int, *things: Line | Table) -> PageLayout:
    return page(*things, line(str(n), 770, x=300))


def texts(pages: Sequence[PageLayout]) -> list[list[str]]:
    return [[thing.text for thing in page.things if isinstance(thing, Line)] for page in pages]


def test_page_numbers_are_labels_and_no_text():
    kept, labels = without_furniture([numbered(n, line(f"Text {n}", 400)) for n in (1, 2, 3)])
    assert labels == ["1", "2", "3"]
    assert texts(kept) == [["Text 1"], ["Text 2"], ["Text 3"]]


def test_a_number_printed_sideways_in_the_margin_is_a_label():
    kept, labels = without_furniture([page(sideways(str(n), 20), line("Text", 400)) for n in (1, 2)])
    assert labels == ["1", "2"]
    assert texts(kept) == [["Text"], ["Text"]]


def test_a_running_head_is_left_out_whatever_its_figures():
    kept, _ = without_furniture([page(line(f"Volume {n}", 20), line("Text", 400)) for n in (4, 4, 5)])
    assert texts(kept) == [["Text"]] * 3


def test_what_stands_on_two_pages_only_is_kept():
    kept, _ = without_furniture([page(line("Draft", 20), line("Text", 400)) for _ in range(2)])
    assert texts(kept) == [["Draft", "Text"]] * 2


def test_a_figure_in_the_margin_that_does_not_count_on_is_kept():
    kept, labels = without_furniture([page(line("688", 770)), page(line("702", 770))])
    assert labels == [None, None]
    assert texts(kept) == [["688"], ["702"]]


def test_a_number_at_the_end_of_a_running_foot_is_the_pages():
    pages = [page(line("Text", 400), line(f"Inspection of Thornmere, 4 May 2022 {n}", 770)) for n in (2, 3, 4, 5)]
    kept, labels = without_furniture(pages)
    assert labels == ["2", "3", "4", "5"]
    assert texts(kept) == [["Text"]] * 4


def test_a_number_in_a_running_head_that_does_not_count_the_pages_is_none():
    volumes = [page(line(f"Volume {n}", 20), line("Text", 400)) for n in (4, 4, 4, 5, 5, 5)]
    assert without_furniture(volumes)[1] == [None] * 6
    stamps = [page(line(f"Agenda Item {n}", 20), line("Text", 400)) for n in (3, 4, 5, 6)]
    assert without_furniture(stamps)[1] == [None] * 4


def test_a_number_below_everything_else_is_the_pages_though_the_margin_is_wide():
    kept, labels = without_furniture([page(line("Text", 400), line(str(n), 700)) for n in (2, 3, 4)])
    assert labels == ["2", "3", "4"]
    assert texts(kept) == [["Text"]] * 3


def test_a_number_above_other_text_is_not_the_pages():
    _, labels = without_furniture([page(line(str(n), 700), line("Text", 715)) for n in (2, 3, 4)])
    assert labels == [None] * 3


def test_stamps_of_agenda_items_are_no_furniture():
    kept, _ = without_furniture([page(line(f"Agenda Item {n}", 20)) for n in (3, 4, 5, 6)])
    assert texts(kept) == [["Agenda Item 3"], ["Agenda Item 4"], ["Agenda Item 5"], ["Agenda Item 6"]]


def test_a_running_banner_is_kept_once_where_it_begins():
    banner = "NOT FOR PUBLICATION"
    pages = [page(line("Open", 400)), *(page(line(banner, 20), line("Secret", 400)) for _ in range(4))]
    assert texts(without_furniture(pages)[0]) == [["Open"], [banner, "Secret"], ["Secret"], ["Secret"], ["Secret"]]


# Tables


def test_rows_stand_under_their_headers():
    built = table(("Ref", "Now", "Target"), ("FC1", "84%", "95%"), heads=1)
    (pieces,) = pieces_of_pages([page(built)])
    assert kinds(pieces) == [(HEAD, "Ref | Now | Target"), (ROW, "FC1 | 84% | 95%")]
    assert pieces[1].headers == ("Ref", "Now", "Target")


def test_empty_cells_stay_empty_cells():
    built = table(("Ref", "Now", "Target"), ("FC1", "", "95%"), ("FC2", "84%", ""), heads=1)
    (pieces,) = pieces_of_pages([page(built)])
    assert [p.cells for p in pieces[1:]] == [("FC1", "", "95%"), ("FC2", "84%", "")]
    text, _, blocks = write([pieces])
    assert [text[a:b] for a, b in blocks[2].cells] == ["FC2", "84%", ""]
    assert text.endswith("FC2 | 84% | ")


def test_a_header_over_two_columns_is_spelled_out_for_both():
    built = table(
        ("Grade", "Minimum", None, "Maximum", None),
        ("", "Annual £", "Hourly £", "Annual £", "Hourly £"),
        ("ASYE", "30,151", "15.63", "32,020", "16.60"),
        heads=2,
    )
    (pieces,) = pieces_of_pages([page(built)])
    assert pieces[-1].headers == (
        "Grade",
        "Minimum Annual £",
        "Minimum Hourly £",
        "Maximum Annual £",
        "Maximum Hourly £",
    )


def test_a_bold_first_row_below_the_head_is_no_head():
    built = table(("Item No.", "AGENDA", "Page No"), ("1.", "APOLOGIES", ""), ("2.", "MINUTES", "1 - 4"), heads=2)
    (pieces,) = pieces_of_pages([page(built)])
    assert kinds(pieces)[1:] == [(ROW, "1. | APOLOGIES | "), (ROW, "2. | MINUTES | 1 - 4")]
    assert pieces[-1].headers == ("Item No.", "AGENDA", "Page No")


def test_a_row_of_one_cell_is_a_section_heading_also_right_below_the_head():
    built = table(
        ("Ref", "Action", "Lead"),
        ("Priority 1: Leaders", None, None),
        ("1.1", "Write it", "HA"),
        ("Priority 2: Hub", None, None),
        ("2.1", "Open it", "MT"),
        heads=2,
    )
    (pieces,) = pieces_of_pages([page(built)])
    assert kinds(pieces) == [
        (HEAD, "Ref | Action | Lead"),
        (HEADING, "Priority 1: Leaders"),
        (ROW, "1.1 | Write it | HA"),
        (HEADING, "Priority 2: Hub"),
        (ROW, "2.1 | Open it | MT"),
    ]
    assert pieces[-1].headers == ("Ref", "Action", "Lead")


def test_a_bold_row_of_one_cell_at_the_top_is_the_tables_title():
    built = table(("Table 3: what staff say", None, None), ("Answer", "Yes", "No"), ("Pay", "21", "28"), heads=2)
    (pieces,) = pieces_of_pages([page(built)])
    assert kinds(pieces)[0] == (HEADING, "Table 3: what staff say")
    assert pieces[-1].headers == ("Answer", "Yes", "No")


def test_a_table_goes_on_under_its_repeated_head_after_the_page_end():
    first = table(("Ref", "Action"), ("1.1", "Write it."), widths=(60, 300), heads=1)
    second = table(("Ref", "Action"), ("1.2", "Send it."), widths=(60, 300), heads=1)
    before, after = pieces_of_pages([page(first), page(second)])
    assert kinds(after) == [(ROW, "1.2 | Send it.")]
    assert after[0].headers == before[1].headers == ("Ref", "Action")
    assert not after[0].continues


def test_a_table_goes_on_without_its_head_after_the_page_end():
    first = table(("Ref", "Action"), ("1.1", "Write it."), widths=(60, 300), heads=1)
    _, after = pieces_of_pages([page(first), page(table(("1.2", "Send it."), widths=(60, 300)))])
    assert after[0].headers == ("Ref", "Action")


def test_a_row_cut_by_the_page_end_goes_on():
    first = table(("Ref", "Action", "RAG"), ("1.1", "Write the", "red"), heads=1)
    second = table(("Ref", "Action", "RAG"), ("", "new plan.", ""), ("1.2", "Send it.", ""), heads=1)
    _, after = pieces_of_pages([page(first), page(second)])
    assert [(p.cells, p.continues) for p in after] == [
        (("", "new plan.", ""), True),
        (("1.2", "Send it.", ""), False),
    ]


def test_another_table_after_the_page_end_is_not_the_same():
    first = table(("Ref", "Action"), ("1.1", "Write it."), heads=1)
    _, after = pieces_of_pages([page(first), page(table(("a", "b", "c"), ("", "2", "3")))])
    assert [(p.headers, p.continues) for p in after] == [((), False), ((), False)]


def test_text_below_a_table_ends_it():
    first = page(table(("Ref", "Action"), ("1.1", "Write it."), heads=1), line("Members agreed.", 600))
    _, after = pieces_of_pages([first, page(table(("1.2", "Send it.")))])
    assert after[0].headers == ()


def test_a_front_sheet_is_names_with_values_and_prose_under_headings():
    prose = "\n".join(["The report tells members what the inspectors found and asks for money."] * 5)
    built = table(("Report to:", "COUNCIL"), ("Summary:", prose), widths=(100, 400), bold="Report to: Summary:")
    (pieces,) = pieces_of_pages([page(built)])
    assert [(p.kind, p.cells[0].split("\n")[0]) for p in pieces] == [
        (ROW, "Report to:"),
        (HEADING, "Summary:"),
        (PARAGRAPH, "The report tells members what the inspectors found and asks for money."),
    ]


def test_a_table_of_one_column_is_a_frame_around_text():
    (pieces,) = pieces_of_pages([page(table(("Members are asked to note it.",)))])
    assert kinds(pieces) == [(PARAGRAPH, "Members are asked to note it.")]


def test_paragraphs_in_a_cell_stand_apart():
    built = table(("1", "Write it.\n• Send it.\n• Read it.", ""), ("2", "Go on.", ""))
    (pieces,) = pieces_of_pages([page(built)])
    assert pieces[0].cells == ("1", "Write it.\n\n• Send it.\n\n• Read it.", "")


def test_glyphs_are_put_into_the_cells_that_they_stand_in():
    grid = Grid((((70, 90, 200, 120), (200, 90, 330, 120)),))
    drawn = [*glyphs("left"), *glyphs("right", x=210), LineBreak(), *glyphs("below", top=200)]
    built = page_layout(PageGlyphs(tuple(drawn), 600, 800, "", 0, True, 0, 0, True), [grid])
    found, below = built.things
    assert isinstance(found, Table)
    assert [c.text for c in found.rows[0] if c] == ["left", "right"]
    assert isinstance(below, Line)
    assert below.text == "below"


def test_the_lines_of_a_sideways_page_are_put_from_top_to_bottom():
    drawn = [*glyphs("second", top=120), LineBreak(), *glyphs("item", x=90), LineBreak(), *glyphs("•", top=102)]
    built = page_layout(PageGlyphs(tuple(drawn), 600, 800, "", 0, False, 90, 0, True), [])
    assert [thing.text for thing in built.things if isinstance(thing, Line)] == ["• item", "second"]


# Blocks into text


def test_pages_and_blocks_have_their_places_in_the_text():
    pages = [
        [Piece(PARAGRAPH, ("One.",)), Piece(ITEM, ("• Two",))],
        [],
        [Piece(ROW, ("a", "", "b"), headers=("A", "", "B"))],
    ]
    text, spans, blocks = write(pages)
    assert text == "One.\n\n• Two\f\fa |  | b"
    assert spans == [(0, 11), (12, 12), (13, 21)]
    assert [text[b.start : b.end] for b in blocks] == ["One.", "• Two", "a |  | b"]
    assert [text[a:b] for a, b in blocks[2].cells] == ["a", "", "b"]
    assert blocks[1].level == 1
    assert blocks[2].headers == ("A", "", "B")


cells = st.text(st.sampled_from(["a", "7", " ", "|"]), max_size=4)
pieces = st.one_of(
    st.builds(lambda kind, text: Piece(kind, (text,)), st.sampled_from([PARAGRAPH, HEADING, ITEM]), cells),
    st.builds(lambda *row: Piece(ROW, row), cells, cells, cells),
)


@given(st.lists(st.lists(pieces, max_size=4), min_size=1, max_size=4))
def test_every_cell_stands_in_the_text_where_its_block_says(pages: list[list[Piece]]):
    text, spans, blocks = write(pages)
    assert len(spans) == len(pages)
    assert [text[start:end].count("\f") for start, end in spans] == [0] * len(pages)
    flat = [piece for page in pages for piece in page]
    for piece, block in zip(flat, blocks, strict=True):
        places = block.cells or ((block.start, block.end),)
        assert tuple(text[a:b] for a, b in places) == piece.cells
