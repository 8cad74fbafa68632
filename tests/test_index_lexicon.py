"""What a library knows about words: what short forms stand for, and how its words are spelled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.acronyms import Definition, definitions_of
from corpus.documents import Document
from index.catalogue import Catalogue
from index.lexicon import PlacedDefinition, spelled
from tests.fakes import make_document, make_paper, make_passages


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with closing(Catalogue(tmp_path / "library.db")) as opened:
        yield opened


def put(catalogue: Catalogue, document: Document) -> None:
    paper = make_paper(document)
    definitions = {paper.number: definitions_of(document, paper)}
    catalogue.put(document, [paper], make_passages(document, paper), definitions=definitions)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The FRONT door, the front-door.", {"the", "front", "door"}),
        ("Children's homes", {"children", "homes"}),
        ("In 2022 the GCP2 and S47 of Q1 rose", {"the", "and", "rose"}),
        ("foot\N{SOFT HYPHEN}\npath and multi\N{SOFT HYPHEN}agency work", {"and", "work"}),
        ("Children | née_x | Zoë", {"children", "zoë"}),
        ("", set()),
    ],
)
def test_words_are_letters_in_lower_case_and_whole(text: str, words: set[str]) -> None:
    assert spelled(text) == words


@given(st.text())
def test_whatever_the_text_its_words_are_letters(text: str) -> None:
    assert all(word.isalpha() and len(word) >= 3 for word in spelled(text))


def test_definitions_come_with_their_places_in_order(catalogue: Catalogue) -> None:
    put(catalogue, make_document("pack", "Roads.", "The Public Law Outline (PLO).\nKey Stage 4 (KS4)."))
    put(catalogue, make_document("letter", "First Contact Hub (FCH)"))
    assert catalogue.lexicon.definitions() == (
        PlacedDefinition(Definition("FCH", "First Contact Hub", 0, 23), "letter#1", 1, "i"),
        PlacedDefinition(Definition("PLO", "Public Law Outline", 11, 35), "pack#1", 2, "ii"),
        PlacedDefinition(Definition("KS4", "Key Stage 4", 37, 54), "pack#1", 2, "ii"),
    )
    for placed in catalogue.lexicon.definitions():
        page = catalogue.page(placed.document, placed.page)
        assert page is not None
        stretch = page.text[placed.definition.start - page.start : placed.definition.end - page.start]
        assert placed.definition.short in stretch
        assert placed.definition.long in stretch


def test_a_word_counts_once_for_each_passage_that_it_is_found_by(catalogue: Catalogue) -> None:
    put(catalogue, make_document("minutes", "Roads and roads.\nRoads.", "Bridges."))
    put(catalogue, make_document("plan", "Bridges."))
    assert catalogue.lexicon.spellings() == {
        "and": 1, "bridges": 2, "minutes": 3, "paper": 4, "plan": 1, "roads": 2,
    }  # fmt: skip


def test_what_is_known_about_words_goes_with_its_document(catalogue: Catalogue) -> None:
    put(catalogue, make_document("minutes", "The First Contact Hub (FCH)."))
    put(catalogue, make_document("minutes", "The Public Law Outline (PLO)."))
    assert [placed.definition.short for placed in catalogue.lexicon.definitions()] == ["PLO"]
    assert "outline" in catalogue.lexicon.spellings()
    assert "contact" not in catalogue.lexicon.spellings()
    catalogue.remove("minutes")
    assert catalogue.lexicon.definitions() == ()
    assert catalogue.lexicon.spellings() == {}
