"""Text recognition: what Tesseract finds on a picture becomes lines, cells and a measure of how sure it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter

from corpus.reading import scans
from corpus.reading.layout import Table
from corpus.reading.lines import Line
from corpus.reading.order import in_reading_order
from corpus.reading.pictures import ruled_lines, slant
from corpus.reading.scans import RecognitionFailed, ScannedPage, missing, page_of, problem_of, recognised, words_of

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs Tesseract")

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
DPI = 72
"""At this many dots per inch a pixel is a point."""


def tsv(*lines: str) -> str:
    """Tesseract's table of words: each line is "left top word word …", its words 10 high and 8 a letter wide."""
    rows = [HEAD, "1\t1\t0\t0\t0\t0\t0\t0\t600\t800\t-1\t"]
    for number, line in enumerate(lines, 1):
        left, top, *words = line.split()
        x = int(left)
        for k, word in enumerate(words, 1):
            rows.append(f"5\t1\t1\t1\t{number}\t{k}\t{x}\t{top}\t{8 * len(word)}\t10\t90\t{word}")
            x += 8 * len(word) + 8
    return "\n".join(rows)


def page(*lines: str) -> ScannedPage:
    return page_of(words_of(tsv(*lines)), np.full((800, 600), 255, dtype=np.uint8), DPI)


def texts(found: ScannedPage) -> list[str]:
    return [thing.text for thing in found.layout.things if isinstance(thing, Line)]


def test_only_rows_of_words_are_words():
    words = words_of(tsv("72 100 The panel met."))
    assert [word.text for word in words] == ["The", "panel", "met."]
    assert words[1].box == (104, 100, 144, 110)


def test_words_of_a_line_are_a_line_in_points():
    (line,) = page("72 100 The panel met.").layout.things
    assert isinstance(line, Line)
    assert (line.text, line.x0, line.x1) == ("The panel met.", 72, 184)


def test_lines_come_in_the_order_in_which_they_are_read():
    assert texts(page("72 140 Second", "72 100 First")) == ["First", "Second"]


def test_two_columns_are_read_one_after_the_other():
    left = [f"72 {100 + 20 * n} left column line number {n}" for n in range(4)]
    right = [f"340 {100 + 20 * n} right column line number {n}" for n in range(4)]
    read = texts(page(*left, *right))
    assert read == [f"left column line number {n}" for n in range(4)] + [
        f"right column line number {n}" for n in range(4)
    ]


def test_a_label_stands_on_the_line_of_what_it_names():
    lines = [Line("Date:", 72, 100, 110, 110, 10, False), Line("14 June 2022", 200, 100, 290, 110, 10, False)]
    assert [line.text for line in in_reading_order(lines)] == ["Date: 14 June 2022"]


def test_a_hyphen_that_ends_a_line_is_marked_as_in_other_papers():
    assert texts(page("72 100 The self-", "72 120 evaluation is late.")) == ["The self\u00ad", "evaluation is late."]


def test_the_confidence_counts_long_words_more():
    rows = [HEAD, *(f"5\t1\t1\t1\t1\t{k}\t{x}\t100\t{w}\t10\t{c}\t{t}" for k, x, w, c, t in [
        (1, 72, 8, 20, "a"), (2, 100, 72, 100, "councilor")])]  # fmt: skip
    found = page_of(words_of("\n".join(rows)), np.full((800, 600), 255, dtype=np.uint8), DPI)
    assert found.confidence == pytest.approx(92)
    assert found.doubtful == ("a",)


def test_a_page_of_doubtful_words_has_a_problem_and_an_empty_one_has_none():
    sure = page("72 100 The panel met.")
    assert problem_of(sure) is None
    unsure = ScannedPage(sure.layout, sure.plain, 62.4)
    assert problem_of(unsure) == "read by text recognition with low confidence (62 of 100)"
    assert problem_of(page()) is None


def test_what_is_missing_is_told_with_how_to_install_it(monkeypatch):
    monkeypatch.setattr(scans.shutil, "which", lambda program: None)
    monkeypatch.setattr(scans.sys, "platform", "linux")
    said = missing()
    assert said is not None
    assert "apt-get install tesseract-ocr" in said
    with pytest.raises(RecognitionFailed, match="Tesseract isn't installed"):
        recognised(Image.new("L", (60, 60), 255), dpi=DPI)


@pytest.mark.parametrize("degrees", [-2.0, -0.6, 0.0, 0.8, 3.0])
def test_the_slant_of_a_page_is_measured(degrees: float):
    picture = Image.new("L", (800, 600), 255)
    for y in range(50, 550, 20):
        picture.paste(0, (60, y, 740, y + 6))
    turned = picture.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=255)
    assert slant(np.asarray(turned)) == pytest.approx(degrees, abs=0.1)


def test_ruled_lines_are_found_across_and_upright():
    picture = np.full((200, 300), 255, dtype=np.uint8)
    for y in (50, 100, 150):
        picture[y : y + 2, 40:260] = 0
    for x in (40, 150, 259):
        picture[50:152, x : x + 2] = 0
    across, upright = ruled_lines(picture, 1.0)
    assert sorted({round((rule.top + rule.bottom) / 20) * 10 for rule in across}) == [50, 100, 150]
    # One that others cross may come in pieces.
    assert sorted({round((rule.x0 + rule.x1) / 20) * 10 for rule in upright}) == [40, 150, 260]


# With Tesseract


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    """A page of Thornmere's with a heading, a paragraph, a list and a table, as a scanner sees it."""
    pytest.importorskip("reportlab", reason="needs reportlab: pip install council-papers[sample]")
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    path: Path = tmp_path_factory.mktemp("scan") / "page.pdf"
    pdf = Canvas(str(path), pagesize=A4)
    pdf.setFont("Helvetica-Bold", 16)
    pdf.drawString(72, 750, "Visits to children in Thornmere")
    pdf.setFont("Helvetica", 11)
    for row, line in enumerate(("The panel heard that social workers visit too seldom,", "and asked for figures.")):
        pdf.drawString(72, 715 - 14 * row, line)
    for row, line in enumerate(("Visits are to be counted every month.", "Visits are to be reported to the panel.")):
        pdf.circle(78, 669 - 16 * row, 2.2, fill=1)
        pdf.drawString(90, 665 - 16 * row, line)
    rows = [("Month", "Visits"), ("April", "412"), ("May", "377")]
    for r, cells in enumerate(rows):
        for c, cell in enumerate(cells):
            pdf.rect(72 + 150 * c, 580 - 24 * r, 150, 24)
            pdf.drawString(80 + 150 * c, 588 - 24 * r, cell)
    pdf.drawCentredString(297, 40, "12")
    pdf.showPage()
    pdf.save()
    drawn: Image.Image = pypdfium2.PdfDocument(path)[0].render(scale=300 / 72, grayscale=True).to_pil()
    return drawn


@needs_tesseract
@pytest.mark.parametrize("turned", [0, 90, 180])
def test_a_page_is_read_whichever_way_it_lies(picture: Image.Image, turned: int):
    found = recognised(picture.rotate(turned, expand=True), dpi=300)
    assert "The panel heard that social workers visit too seldom," in texts(found)
    assert "12" in texts(found)
    assert found.confidence > 85


@needs_tesseract
def test_headings_are_larger_bullets_are_bullets_and_tables_have_cells(picture: Image.Image):
    found = recognised(picture.rotate(0.7, Image.Resampling.BICUBIC, fillcolor=255), dpi=300)
    lines = {thing.text: thing for thing in found.layout.things if isinstance(thing, Line)}
    heading, text = lines["Visits to children in Thornmere"], lines["and asked for figures."]
    assert heading.size > 1.3 * text.size
    assert "• Visits are to be counted every month." in lines
    (table,) = (thing for thing in found.layout.things if isinstance(thing, Table))
    assert [[cell.text if cell else None for cell in row] for row in table.rows] == [
        ["Month", "Visits"],
        ["April", "412"],
        ["May", "377"],
    ]


@needs_tesseract
def test_an_empty_page_holds_nothing():
    assert recognised(Image.new("L", (1200, 1600), 255), dpi=150).layout.things == ()


@needs_tesseract
def test_a_page_that_can_hardly_be_read_has_a_problem(picture: Image.Image):
    blurred = picture.resize((picture.width // 3, picture.height // 3)).filter(ImageFilter.GaussianBlur(2.2))
    found = recognised(blurred, dpi=100)
    assert found.confidence < scans.DOUBTFUL_PAGE
    assert found.layout.things == () or problem_of(found) is not None


@needs_tesseract
def test_recognition_that_takes_too_long_is_ended(picture: Image.Image):
    with pytest.raises(RecognitionFailed, match="took too long and was ended"):
        recognised(picture, dpi=300, seconds=0.01)
