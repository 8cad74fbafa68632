"""Where a record stands: one place for each page, in words that every witness of the page has."""

from __future__ import annotations

from dataclasses import replace

from clerk import typed
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading.witness import squash
from corpus.records.places import Place, places_of
from tests.fakes import make_paper

DOCUMENT = typed("=== 7\nThe hub moves to\n\n===\n~ Millgarth House.\n\n=== 9\nThat is all.")
PAPER = make_paper(DOCUMENT)


def test_a_stretch_on_one_page_has_one_place_without_white_space_at_its_ends():
    start = DOCUMENT.text.index("hub")
    assert places_of(DOCUMENT, PAPER, start - 1, start + 4) == (
        Place("papers", "papers#1", start, start + 3, 1, "7", "hub"),
    )


def test_a_stretch_over_a_pages_end_has_a_place_on_each_page():
    found = places_of(DOCUMENT, PAPER, 0, DOCUMENT.text.index("That"))
    assert [(place.page, place.page_label, place.quote) for place in found] == [
        (1, "7", "The hub moves to"),
        (2, None, "Millgarth House."),
    ]


def test_a_stretch_of_which_one_page_is_blank_has_no_place_there():
    document = typed("===\nOne.\n\n===\n\n===\nTwo.")
    found = places_of(document, make_paper(document), 0, len(document.text))
    assert [(place.page, place.quote) for place in found] == [(1, "One."), (3, "Two.")]


def test_a_blank_stretch_stands_nowhere():
    end = DOCUMENT.text.index("\f")
    assert places_of(DOCUMENT, PAPER, end, end + 1) == ()
    assert places_of(DOCUMENT, PAPER, 3, 3) == ()


def test_what_one_witness_of_a_page_does_not_have_stands_nowhere_not_even_on_the_other_page():
    doubted = replace(DOCUMENT.pages[1], witnesses=(squash("Millgarth House."), "MillgarthMouse"))
    document = replace(DOCUMENT, pages=(DOCUMENT.pages[0], doubted, DOCUMENT.pages[2]))
    assert places_of(document, PAPER, 0, document.text.index("That")) == ()
    assert len(places_of(document, PAPER, 0, document.text.index("\f"))) == 1


def test_a_page_without_a_witness_confirms_nothing():
    document = replace(DOCUMENT, pages=tuple(replace(page, witnesses=()) for page in DOCUMENT.pages))
    assert places_of(document, PAPER, 0, 7) == ()


@given(st.data())
def test_a_quotation_is_always_the_text_between_its_offsets_and_on_its_page(data: st.DataObject):
    start = data.draw(st.integers(0, len(DOCUMENT.text)))
    end = data.draw(st.integers(start, len(DOCUMENT.text)))
    found = places_of(DOCUMENT, PAPER, start, end)
    for place in found:
        page = DOCUMENT.pages[place.page - 1]
        assert place.quote == DOCUMENT.text[place.start : place.end] == place.quote.strip()
        assert max(start, page.start) <= place.start < place.end <= min(end, page.end)
    assert "".join(squash(place.quote) for place in found) in ("", squash(DOCUMENT.text[start:end]))
