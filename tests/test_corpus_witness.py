"""What counts as the same words for two readers of a page, and the small facts of documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import LINE_END_HYPHEN, Block, BlockKind, Document, Page, Paper, Passage, readable
from corpus.reading.witness import confirmed, squash

text = st.text(st.sampled_from(["a", "B", "7", " ", "\n", "-", "–", "|", "•", "’", "“", "ﬁ", "\u00ad", "£", "."]))


def test_white_space_bars_hyphens_and_bullets_are_left_out():
    assert squash("• Front-\nline | visits – 7") == "Frontlinevisits7"
    assert squash("◼ one ○ two ➢ three − four") == "onetwothreefour"


def test_quotation_marks_and_ligatures_are_made_alike():
    assert squash("the ‘ﬁrst’ “day”") == "the'first'\"day\""


def test_case_and_figures_are_kept():
    assert squash("A 6.5") != squash("a 6.5")
    assert squash("6.5") != squash("65")


@given(text)
def test_squashing_twice_changes_nothing(any_text: str):
    assert squash(squash(any_text)) == squash(any_text)


@given(text, text)
def test_squashing_is_done_piece_by_piece(one: str, other: str):
    assert squash(one + other) == squash(one) + squash(other)


@given(text)
def test_white_space_never_matters(any_text: str):
    assert squash("".join(any_text.split())) == squash(any_text)


def test_a_quotation_counts_where_every_witness_has_it():
    page = (squash("688 children were in care."), squash("688 chil-\ndren were in care."))
    assert confirmed("688 children were in care", page)
    assert not confirmed("689 children were in care", page)
    assert not confirmed("688 children were in care", (page[0], squash("no text")))


def test_no_witness_and_no_words_confirm_nothing():
    assert not confirmed("688 children", ())
    assert not confirmed(" • ", (squash("anything"),))


def test_a_hyphen_at_a_line_end_is_shown_as_a_hyphen():
    assert readable(f"self{LINE_END_HYPHEN}\nevaluation \n of\fthe service") == "self-evaluation of the service"


def page(number: int, start: int, end: int) -> Page:
    return Page(number, None, start, end)


def test_a_document_whose_pages_leave_a_gap_is_refused():
    with pytest.raises(ValueError, match="follow one another"):
        Document("a", "a.pdf", "", "A", "one\ftwo", (page(1, 0, 2), page(2, 4, 7)), ())


def test_a_document_whose_pages_do_not_cover_its_text_is_refused():
    with pytest.raises(ValueError, match="don't cover its 7 characters"):
        Document("a", "a.pdf", "", "A", "one\ftwo", (page(1, 0, 3),), ())


def test_a_document_whose_blocks_overlap_is_refused():
    blocks = (Block(0, 2, BlockKind.PARAGRAPH), Block(1, 3, BlockKind.PARAGRAPH))
    with pytest.raises(ValueError, match="overlap"):
        Document("a", "a.pdf", "", "A", "one", (page(1, 0, 3),), blocks)


def test_a_passage_as_long_as_another_place_is_refused():
    with pytest.raises(ValueError, match="a:0-5 holds 3 characters"):
        Passage("a", "a#1", 0, 5, "one")


def test_papers_and_passages_are_known_by_their_places():
    assert Paper("a", 2, "report", "A", 1, 1, 0, 3).id == "a#2"
    assert Passage("a", "a#2", 0, 3, "one").id == "a:0-3"
