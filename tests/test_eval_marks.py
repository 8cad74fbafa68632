"""Marks judged by where the letters stand: what is covered, what is left out, what is marked beyond."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.answer import Answer, Searched, Status
from assistant.citations import Citation
from assistant.pages.loading import Entry
from corpus.documents import Document, Paper, Passage
from corpus.errors import UnreadableDocument
from corpus.reading.drawing import rectangles
from corpus.reading.files import read_file
from corpus.reading.marks import Drawing, Quoted, Rectangle
from eval.marks import MarkedCitation, marked_citations, marks_as_json, marks_report
from eval.positions import Positions, upright
from index.catalogue import PageText

canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="needs reportlab: pip install council-papers[sample]")

FIRST = "Visits were late in nine cases of ten."
QUOTE = "late in nine"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "thornmere.pdf"
    pdf = canvas.Canvas(str(made))
    for number, line in enumerate((FIRST, "The panel asked why.")):
        pdf.drawString(72, 700 - 20 * number, line)
    pdf.save()
    return made


@dataclass
class Shelf:
    """A library of the one document in a file."""

    path: Path
    document: Document
    confidence: float | None = None

    def documents(self) -> Sequence[Entry]:
        return [SimpleNamespace(id="thornmere", title="Minutes", file="thornmere.pdf", pages=1, papers=())]

    def page(self, document: str, number: int) -> PageText | None:
        text = self.document.text
        return PageText(1, "1", 0, len(text), text, (), None, self.confidence)

    def page_at(self, document: str, offset: int) -> PageText | None:
        return self.page(document, 1)

    def original(self, document: str) -> Path | None:
        return self.path


@dataclass
class Pen:
    """Marks what is quoted where it stands, each mark moved down and stretched by shares of the page."""

    down: float = 0.0
    wider: float = 0.0

    def draw(self, path: Path, number: int, quoted: Quoted | None, /) -> Drawing:
        marks = rectangles(path, number, quoted) if quoted else ()
        moved = [replace(mark, top=mark.top + self.down, width=mark.width + self.wider) for mark in marks]
        return Drawing(b"", 100, 100, 0, tuple(moved))


@pytest.fixture
def positions(path: Path) -> Iterator[Positions]:
    with Positions({"thornmere": path}) as positions:
        yield positions


def judged(path: Path, positions: Positions, pen: Pen, confidence: float | None = None) -> MarkedCitation:
    shelf = Shelf(path, read_file(path), confidence)
    paper = Paper("thornmere", 1, "minutes", "Minutes", 1, 1, 0, len(shelf.document.text))
    passage = Passage("thornmere", paper.id, 0, len(FIRST), FIRST, ())
    citation = Citation(1, passage, paper, 1, "1", QUOTE)
    answer = Answer("?", "?", Status.ANSWERED, None, (), (citation,), (), Searched(1, 1), 0.1)
    (found,) = marked_citations([("q-1", answer)], shelf, pen, positions)
    return found


def test_a_mark_on_the_quoted_words_covers_them(path: Path, positions: Positions) -> None:
    found = judged(path, positions, Pen())
    assert (found.missing, found.beyond, found.reason) == ("", "", None)
    assert found.is_covered


def test_a_mark_elsewhere_covers_nothing(path: Path, positions: Positions) -> None:
    found = judged(path, positions, Pen(down=0.3))
    assert sorted(found.missing) == sorted("lateinnine")
    assert not found.is_covered


def test_a_mark_on_more_than_the_quoted_words_is_no_cover(path: Path, positions: Positions) -> None:
    found = judged(path, positions, Pen(wider=0.5))
    assert sorted(found.beyond) == sorted("casesoften")
    assert not found.is_covered


def test_a_page_that_shows_its_text_instead_is_counted_with_its_reason(path: Path, positions: Positions) -> None:
    found = judged(path, positions, Pen(), confidence=0.9)
    assert found.reason is not None
    assert not found.is_covered
    measured = marks_as_json([found, judged(path, positions, Pen())])
    assert (measured["citations"], measured["covered"], measured["shown_as_text"]) == (2, 0.5, 1)
    assert "0.500 of 2" in marks_report([found, judged(path, positions, Pen())])
    assert found.reason in marks_report([found])


def test_without_a_citation_there_is_nothing_to_measure() -> None:
    assert marks_as_json([])["covered"] is None
    assert marks_report([]) == "No answer has a citation."


@pytest.mark.parametrize(("document", "page"), [("unknown", 1), ("thornmere", 0), ("thornmere", 2)])
def test_a_page_that_is_not_there_is_said(positions: Positions, document: str, page: int) -> None:
    with pytest.raises(UnreadableDocument, match=document):
        positions.letters(document, page)


def test_a_letters_place_is_a_share_of_the_page_from_its_top_left(positions: Positions) -> None:
    first = positions.letters("thornmere", 1)[0]
    assert first.text == "V"
    assert first.x == pytest.approx(72 / 595, abs=0.01)
    assert first.y == pytest.approx((842 - 700) / 842, abs=0.01)


@pytest.mark.parametrize(("turned", "place"), [(0, (0.1, 0.2)), (90, (0.8, 0.1)), (180, (0.9, 0.8)), (270, (0.2, 0.9))])
def test_a_point_is_turned_with_its_page(turned: int, place: tuple[float, float]) -> None:
    assert upright(0.1, 0.2, turned) == pytest.approx(place)


def test_a_citation_knows_its_place_in_the_document() -> None:
    paper = Paper("thornmere", 1, "minutes", "Minutes", 1, 1, 0, 99)
    passage = Passage("thornmere", paper.id, 50, 50 + len(FIRST), FIRST, ())
    start = 50 + FIRST.index(QUOTE)
    assert Citation(1, passage, paper, 1, None, QUOTE).span == (start, start + len(QUOTE))
    assert Citation(1, passage, paper, 1, None, "nowhere").span is None


def test_a_rectangle_is_told_in_shares_of_the_page(path: Path) -> None:
    (mark,) = rectangles(path, 1, Quoted(read_file(path).text, 0, 6))
    assert isinstance(mark, Rectangle)
    assert mark.left == pytest.approx(72 / 595, abs=0.01)
    assert 0 < mark.width < 0.1
