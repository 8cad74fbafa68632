"""Passages and sentences: verbatim slices in order, never longer than is read. Lengths are counted in characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import BlockKind, Document, Page, Paper, Passage, readable
from corpus.passages import passages_of
from corpus.reading.pieces import Piece, write
from corpus.sentences import sentences

PARAGRAPH, HEADING, ITEM, ROW, HEAD = (
    BlockKind.PARAGRAPH,
    BlockKind.HEADING,
    BlockKind.ITEM,
    BlockKind.ROW,
    BlockKind.TABLE_HEAD,
)


def piece(
    kind: BlockKind, *cells: str, level: int = 0, headers: tuple[str, ...] = (), continues: bool = False
) -> Piece:
    return Piece(kind, cells, level=level, headers=headers, continues=continues)


def document(*pages: list[Piece]) -> Document:
    text, spans, blocks = write(pages)
    numbered = tuple(Page(n, None, start, end) for n, (start, end) in enumerate(spans, 1))
    return Document("thornmere", "thornmere.pdf", "", "Thornmere", text, numbered, tuple(blocks))


def passages(of: Document, limit: int = 1000) -> list[Passage]:
    paper = Paper(of.id, 1, "report", "Report", 1, len(of.pages), 0, len(of.text))
    return list(passages_of(of, paper, count=len, limit=limit))


def quotable(of: Document, passage: Passage) -> list[str]:
    return [of.text[a:b] for a, b in passage.extracts]


def test_blocks_are_gathered_under_their_heading():
    doc = document([piece(HEADING, "Front door", level=1), piece(PARAGRAPH, "It is open."), piece(ITEM, "• Daily.")])
    (found,) = passages(doc)
    assert found.text == "Front door\n\nIt is open.\n\n• Daily."
    assert found.headings == ("Front door",)
    assert quotable(doc, found) == ["It is open.", "• Daily."]


def test_a_heading_begins_a_passage_and_knows_those_above():
    doc = document(
        [
            piece(HEADING, "Care", level=1),
            piece(PARAGRAPH, "One."),
            piece(HEADING, "Homes", level=2),
            piece(PARAGRAPH, "Two."),
            piece(HEADING, "Staff", level=1),
            piece(PARAGRAPH, "Three."),
        ]
    )
    assert [p.headings for p in passages(doc)] == [("Care",), ("Care", "Homes"), ("Staff",)]


def test_no_section_stands_under_the_list_of_contents():
    doc = document(
        [
            piece(HEADING, "Contents", level=1),
            piece(PARAGRAPH, "Visits 7"),
            piece(HEADING, "Visits", level=2),
            piece(PARAGRAPH, "They are late."),
        ]
    )
    assert [p.headings for p in passages(doc)] == [("Contents",), ("Visits",)]


def test_what_belongs_together_stays_together_where_a_passage_is_full():
    doc = document(
        [
            piece(PARAGRAPH, "Before."),
            piece(ITEM, "3.1 Actions are:", level=1),
            piece(ITEM, "(a) to write", level=2),
            piece(ITEM, "(b) to send", level=2),
        ]
    )
    assert [p.text for p in passages(doc, limit=45)] == ["Before.", "3.1 Actions are:\n\n(a) to write\n\n(b) to send"]


def test_a_part_of_a_list_keeps_the_sentence_that_introduces_it_beside_it():
    doc = document(
        [
            piece(PARAGRAPH, "The panel met. It agreed:"),
            *(piece(ITEM, f"• action {name}", level=1) for name in ("one", "two", "three")),
            piece(PARAGRAPH, "It then closed."),
        ]
    )
    first, second, third = passages(doc, limit=42)
    assert (first.text, first.introduction) == ("The panel met. It agreed:\n\n• action one", "")
    assert (second.text, second.introduction) == ("• action two\n\n• action three", "It agreed:")
    assert (third.text, third.introduction) == ("It then closed.", "")


def test_the_section_of_a_table_that_is_a_sentence_can_be_found():
    doc = document(
        [
            piece(HEADING, "Plan", level=1),
            piece(HEADING, "1. Make sure that every child is seen", level=9),
            piece(ROW, "1.1", "Visit"),
        ]
    )
    assert [p.text for p in passages(doc)] == ["Plan\n\n1. Make sure that every child is seen", "1.1 | Visit"]


def test_what_does_not_fit_into_a_passage_begins_the_next():
    doc = document([piece(PARAGRAPH, "a" * 6), piece(PARAGRAPH, "b" * 6), piece(PARAGRAPH, "c" * 6)])
    assert [p.text for p in passages(doc, limit=14)] == ["aaaaaa\n\nbbbbbb", "cccccc"]


def test_a_long_paragraph_is_cut_between_sentences():
    doc = document([piece(PARAGRAPH, "One is here. Two is here. Three is here.")])
    assert [p.text for p in passages(doc, limit=26)] == ["One is here. Two is here.", "Three is here."]


def test_a_long_sentence_is_cut_between_words():
    doc = document([piece(PARAGRAPH, "one two three four five")])
    assert [p.text for p in passages(doc, limit=9)] == ["one two", "three", "four five"]


def test_a_word_that_is_too_long_alone_is_cut_in_itself():
    doc = document([piece(PARAGRAPH, "Homes " + "." * 25 + " 7")])
    assert [p.text for p in passages(doc, limit=10)] == ["Homes", "." * 10, "." * 10, "..... 7"]


def test_a_limit_that_no_character_fits_is_refused():
    with pytest.raises(ValueError, match="alone is longer than the 0 word pieces"):
        passages(document([piece(PARAGRAPH, "one")]), limit=0)


def test_a_table_row_is_a_passage_with_its_headings_and_headers():
    headers = ("Ref", "Now", "Target")
    long = " ".join(["95%"] * 80)
    doc = document(
        [
            piece(HEADING, "Scorecard", level=1),
            piece(HEADING, "First Contact Hub", level=9),
            piece(HEAD, *headers),
            piece(ROW, "FC1", "", long, headers=headers),
            piece(ROW, "FC2", long, "", headers=headers),
        ]
    )
    first, second = passages(doc)
    assert first.text == f"FC1 |  | {long}"
    assert second.text == f"FC2 | {long} | "
    assert first.headers == second.headers == headers
    assert first.headings == second.headings == ("Scorecard", "First Contact Hub")


def test_a_short_table_is_one_passage_whose_rows_can_be_quoted_alone():
    headers = ("Job", "Agency")
    rows = [piece(ROW, job, share, headers=headers) for job, share in (("Manager", "29%"), ("Social worker", "37%"))]
    doc = document([piece(HEAD, *headers), *rows, piece(PARAGRAPH, "Shares have risen.")])
    table, prose = passages(doc)
    assert table.text == "Manager | 29%\nSocial worker | 37%"
    assert [doc.text[a:b] for a, b in table.extracts] == ["Manager | 29%", "Social worker | 37%"]
    assert table.headers == headers
    assert prose.text == "Shares have risen."


def test_the_rows_of_a_long_table_are_passages_of_their_own():
    rows = [piece(ROW, f"R{n}", "a cell of several words that goes on", headers=("Ref", "Cell")) for n in range(30)]
    assert len(passages(document(rows), limit=5000)) == 30


def test_a_row_goes_on_over_the_page_and_is_quoted_page_by_page():
    doc = document(
        [piece(ROW, "1.2", "Write a")], [piece(ROW, "", "new plan", continues=True), piece(ROW, "1.3", "Go")]
    )
    first, second = passages(doc)
    assert first.text == "1.2 | Write a\f | new plan"
    assert second.text == "1.3 | Go"
    assert quotable(doc, first) == ["1.2 | Write a", " | new plan"]


def test_a_paragraph_goes_on_over_the_page_and_no_extract_crosses_it():
    doc = document([piece(PARAGRAPH, "The panel agreed")], [piece(PARAGRAPH, "with the plan. Good.", continues=True)])
    (found,) = passages(doc)
    assert quotable(doc, found) == ["The panel agreed", "with the plan.", "Good."]


def test_a_row_that_goes_on_is_not_glued_to_a_note_below_the_table():
    doc = document(
        [piece(ROW, "1.2", "Write a"), piece(PARAGRAPH, "See note")], [piece(ROW, "", "plan", continues=True)]
    )
    assert [p.text for p in passages(doc)] == ["1.2 | Write a", "See note", " | plan"]


def test_a_section_of_a_table_ends_with_the_table():
    doc = document(
        [
            piece(HEADING, "Plan", level=1),
            piece(HEADING, "Table 1", level=7),
            piece(ROW, "a", "b"),
            piece(HEADING, "Section B", level=9),
            piece(ROW, "c", "d"),
            piece(PARAGRAPH, "After the table."),
        ]
    )
    assert [p.headings for p in passages(doc)] == [("Plan", "Table 1"), ("Plan", "Table 1", "Section B"), ("Plan",)]


def test_a_heading_that_the_rows_do_not_carry_is_a_passage_of_its_own():
    doc = document([piece(HEADING, "A", level=1), piece(HEADING, "B", level=1), piece(ROW, "c", "d")])
    first, second = passages(doc)
    assert first.text == "A\n\nB"
    assert second.headings == ("B",)


def test_a_long_row_is_quoted_by_cell_and_paragraph():
    doc = document([piece(ROW, "1.2", "Write it.\n\nThen " + "say " * 90 + "so.")])
    assert quotable(doc, passages(doc)[0])[:2] == ["1.2", "Write it."]


def test_only_the_papers_own_blocks_are_cut():
    doc = document([piece(PARAGRAPH, "One.")], [piece(PARAGRAPH, "Two.")])
    second = Paper(doc.id, 2, "report", "Two", 2, 2, doc.pages[1].start, doc.pages[1].end)
    assert [p.text for p in passages_of(doc, second, count=len, limit=100)] == ["Two."]


words = st.lists(
    st.sampled_from(["a", "hub", "Cllr.", "cared", "3.2", "£40.", "open.", "child-\nren", "…"]), min_size=1
)
prose = words.map(" ".join)
cells = st.one_of(st.just(""), prose)
blocks = st.one_of(
    st.builds(piece, st.sampled_from([PARAGRAPH, ITEM]), prose, continues=st.booleans()),
    st.builds(piece, st.just(HEADING), prose, level=st.integers(1, 9)),
    st.builds(lambda a, b, on: piece(ROW, a, b, headers=("A", "B"), continues=on), prose, cells, st.booleans()),
    st.builds(lambda a, b: piece(HEAD, a, b), prose, cells),
)
documents = st.lists(st.lists(blocks, max_size=5), min_size=1, max_size=4).map(lambda pages: document(*pages))


@settings(deadline=None)
@given(documents, st.integers(1, 60))
def test_passages_are_verbatim_slices_in_order_and_never_too_long(doc: Document, limit: int):
    end = 0
    for passage in passages(doc, limit):
        assert passage.text == doc.text[passage.start : passage.end]
        assert passage.text.strip()
        assert len(passage.text) <= limit
        assert end <= passage.start
        end = passage.end


@settings(deadline=None)
@given(documents, st.integers(1, 60))
def test_passages_hold_all_text_but_heads_and_headings_of_tables(doc: Document, limit: int):
    found = passages(doc, limit)
    covered = {place for p in found for place in range(p.start, p.end)}
    carried = {heading for p in found for heading in p.headings}
    for block in doc.blocks:
        visible = [i for i in range(block.start, block.end) if not doc.text[i].isspace()]
        missing = [i for i in visible if i not in covered]
        if block.kind is HEADING and missing:
            after = [b.kind for b in doc.blocks if b.start > block.end and b.kind is not HEADING]
            assert after[0] in (ROW, HEAD)
            assert readable(doc.text[block.start : block.end]) in carried or after[0] is HEAD
        elif block.kind is not HEAD:
            assert not missing


@settings(deadline=None)
@given(documents, st.integers(8, 60))
def test_extracts_lie_in_their_passage_in_order_and_on_one_page(doc: Document, limit: int):
    for passage in passages(doc, limit):
        assert passage.extracts or not passage.text.strip("\f\n |")
        end = passage.start
        for a, b in passage.extracts:
            assert end <= a < b <= passage.end
            assert "\f" not in doc.text[a:b]
            end = b


def test_sentences_are_not_ended_by_the_abbreviations_of_councils():
    text = "Cllr. Astley asked about No. 7. Mr. Kilbride, i.e. the officer, replied. J. Prendergast did not."
    assert [text[a:b] for a, b in sentences(text)] == [
        "Cllr. Astley asked about No. 7.",
        "Mr. Kilbride, i.e. the officer, replied.",
        "J. Prendergast did not.",
    ]


def test_places_of_sentences_are_counted_from_where_the_text_begins():
    assert sentences("  One. Two.  ", 100) == [(102, 106), (107, 111)]


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a", "B", "Cllr", ".", "!", "?", " ", "\n\n", "7", "\u00a0", "”"])).map("".join))
def test_sentences_tile_the_text_with_only_white_space_between(text: str):
    end = 0
    for a, b in sentences(text):
        assert not text[end:a].strip()
        assert text[a:b] == text[a:b].strip() != ""
        end = b
    assert not text[end:].strip()


@pytest.mark.parametrize(
    ("kind", "above"), [("inspection summary", ["Ofsted focused visit – May 2021"]), ("report", [])]
)
def test_in_a_summary_an_inspections_name_stands_above_headings_of_its_own_size(kind: str, above: list[str]):
    visits = [
        ("Ofsted focused visit – May 2021", "Children wait."),
        ("Ofsted inspection of Thornmere 2023", "They do."),
    ]
    pieces = []
    for visit, found in visits:
        pieces += [piece(HEADING, visit, level=3), piece(HEADING, "Findings", level=3), piece(PARAGRAPH, found)]
    pieces += [piece(HEADING, "Priorities", level=3), piece(PARAGRAPH, "Help sooner.")]
    doc = document(pieces)
    paper = Paper(doc.id, 1, kind, "Summary", 1, 1, 0, len(doc.text))
    first, second, third = passages_of(doc, paper, count=len, limit=1000)
    assert list(first.headings) == [*above, "Findings"]
    assert second.headings[-1] == "Findings"
    assert list(third.headings) == ([visits[1][0]] if above else []) + ["Priorities"]
