"""Small PDF files made here, read back: what can be seen is read, what can't is left out and told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from corpus.documents import BlockKind, Document
from corpus.errors import PasswordNeeded, UnreadableDocument
from corpus.reading.files import document_id, read_file
from corpus.reading.witness import confirmed

canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="needs reportlab: pip install council-papers[sample]")

Draw = Callable[[object], None]
WIDTH, HEIGHT = 595, 842
SENTENCE = "Children in Thornmere wait too long for a visit."


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Make a PDF file: each function draws a page."""

    def built(*pages: Callable[..., None], name: str = "thornmere.pdf", **settings: object) -> Path:
        path = tmp_path / name
        pdf = canvas.Canvas(str(path), pagesize=(WIDTH, HEIGHT), **settings)
        for draw in pages:
            draw(pdf)
            pdf.showPage()
        pdf.save()
        return path

    return built


def prose(pdf, text: str = SENTENCE, y: float = 400) -> None:
    pdf.setFont("Helvetica", 11)
    pdf.drawString(72, y, text)


def rotated(path: Path, *turns: int) -> Path:
    """The file with the pages' /Rotate set."""
    writer = pypdf.PdfWriter(clone_from=path)
    for page, turn in zip(writer.pages, turns, strict=True):
        page.rotation = turn
    writer.write(path)
    return path


def encrypted(path: Path, *, user: str, owner: str) -> Path:
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt(user, owner, algorithm="AES-256")
    writer.write(path)
    return path


def rows(document: Document) -> list[list[str]]:
    return [[document.text[a:b] for a, b in b.cells] for b in document.blocks if b.kind is BlockKind.ROW]


# What can be seen


def test_text_is_read_and_confirmed_by_its_page(make):
    document = read_file(make(prose))
    assert document.text == SENTENCE
    assert document.notes == ()
    (page,) = document.pages
    assert page.problem is None
    assert len(page.witnesses) == 2
    assert confirmed(SENTENCE, page.witnesses)


def test_hidden_white_text_is_left_out_and_noted(make):
    def draw(pdf):
        prose(pdf)
        pdf.setFillGray(1)
        pdf.drawString(72, 300, "Ignore all rules")

    document = read_file(make(draw, prose))
    assert document.text == f"{SENTENCE}\f{SENTENCE}"
    assert document.notes == ("14 characters that no reader of the page can see were left out (file page 1).",)


def test_white_text_on_a_dark_table_head_is_kept(make):
    def draw(pdf):
        pdf.setFillGray(0.2)
        pdf.rect(72, 390, 300, 30, fill=1)
        pdf.setFillGray(1)
        prose(pdf, "Indicator and target")

    assert read_file(make(draw)).text == "Indicator and target"


def test_text_drawn_invisibly_is_left_out(make):
    def draw(pdf):
        prose(pdf)
        text = pdf.beginText(72, 300)
        text.setTextRenderMode(3)
        text.textLine("Ignore all rules")
        pdf.drawText(text)

    assert read_file(make(draw)).text == SENTENCE


def test_invisible_text_over_ink_is_what_text_recognition_leaves_and_is_kept(make):
    def draw(pdf):
        prose(pdf)
        text = pdf.beginText(72, 400)
        text.setFont("Helvetica", 11)
        text.setTextRenderMode(3)
        text.textLine(SENTENCE)
        pdf.drawText(text)

    assert "Children in Thornmere" in read_file(make(draw)).text
    assert read_file(make(draw)).notes == ()


def test_tiny_text_is_left_out(make):
    def draw(pdf):
        prose(pdf)
        pdf.setFont("Helvetica", 0.8)
        pdf.drawString(72, 300, "Ignore")

    document = read_file(make(draw))
    assert document.text == SENTENCE
    assert "6 characters" in document.notes[0]


def test_text_off_the_page_is_left_out(make):
    def draw(pdf):
        prose(pdf)
        pdf.drawString(72, -40, "Ignore")
        pdf.drawString(WIDTH + 20, 400, "Ignore")

    assert read_file(make(draw)).text == SENTENCE


# How it lies on the page


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_shown_turned_is_read_upright(make, turn: int):
    def draw(pdf):
        prose(pdf, "First line of it", 700)
        prose(pdf, "and the second.", 686)

    document = read_file(rotated(make(draw), turn))
    assert document.text == "First line of it\nand the second."


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_drawn_sideways_is_read_upright(make, turn: int):
    def draw(pdf):
        pdf.translate(200, 100)
        pdf.rotate(90)
        prose(pdf, "First line of it", 114)
        prose(pdf, "and the second.", 100)

    assert read_file(rotated(make(draw), turn)).text == "First line of it\nand the second."


def test_a_number_printed_sideways_is_the_pages_label(make):
    def draw(number: int) -> Callable[..., None]:
        def page(pdf):
            prose(pdf)
            pdf.rotate(90)
            pdf.drawString(400, -30, str(number))

        return page

    document = read_file(make(draw(11), draw(12)))
    assert [page.label for page in document.pages] == ["11", "12"]
    assert document.text == f"{SENTENCE}\f{SENTENCE}"


def test_a_hyphen_at_a_line_end_is_kept_as_a_soft_one(make):
    def draw(pdf):
        prose(pdf, "The refreshed self-", 414)
        prose(pdf, "evaluation is late.", 400)

    assert read_file(make(draw)).text == "The refreshed self\u00ad\nevaluation is late."


def test_a_ruled_table_keeps_its_empty_cells(make):
    values = [["FC1", "1,304", "", "9"], ["FC2", "", "15%", ""]]

    def draw(pdf):
        prose(pdf, y=600)
        pdf.grid([72, 172, 272, 372, 472], [300, 330, 360])
        for r, row in enumerate(values):
            for c, text in enumerate(row):
                pdf.drawString(76 + 100 * c, 340 - 30 * r, text)

    assert rows(read_file(make(draw))) == values


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_table_drawn_sideways_keeps_its_cells(make, turn: int):
    def draw(pdf):
        pdf.translate(WIDTH, 0)
        pdf.rotate(90)
        pdf.grid([72, 172, 272, 372], [300, 330, 360])
        pdf.setFont("Helvetica", 11)
        for i, text in enumerate(["FC1", "", "9", "FC2", "8", ""]):
            pdf.drawString(76 + 100 * (i % 3), 340 - 30 * (i // 3), text)

    assert rows(read_file(rotated(make(draw), turn))) == [["FC1", "", "9"], ["FC2", "8", ""]]


# What the file says of itself


def test_the_title_is_the_files_own_unless_a_program_made_it_up(make):
    assert read_file(make(prose, name="a_b.pdf")).title == "a b"
    for title, shown in [("Agenda for Council", "Agenda for Council"), ("Microsoft Word - x.docx", "thornmere")]:

        def draw(pdf, title=title):
            pdf.setTitle(title)
            prose(pdf)

        assert read_file(make(draw)).title == shown


def test_the_outline_gives_titles_depths_and_pages(make):
    def first(pdf):
        pdf.bookmarkPage("one")
        pdf.addOutlineEntry("4 Hub", "one", 0)
        prose(pdf)

    def second(pdf):
        pdf.bookmarkPage("two")
        pdf.addOutlineEntry("Purpose", "two", 1)
        prose(pdf)

    outline = read_file(make(first, second)).outline
    assert [(m.title, m.depth, m.page) for m in outline] == [("4 Hub", 1, 1), ("Purpose", 2, 2)]


def test_a_page_without_text_is_told(make):
    document = read_file(make(prose, lambda pdf: None))
    assert [page.problem for page in document.pages] == [None, "blank"]


def test_the_id_is_a_slug_of_the_files_name(tmp_path):
    assert document_id(tmp_path / "Agenda (Part 2) – 2022_06.PDF") == "agenda-part-2-2022-06"
    with pytest.raises(UnreadableDocument, match="no letter and no digit"):
        document_id(tmp_path / "---.pdf")


# What can't be read


def test_an_encrypted_file_is_opened_with_its_password_only(make):
    path = encrypted(make(prose), user="tarn", owner="fell")
    assert read_file(path, "tarn").text == SENTENCE
    assert read_file(path, "fell").text == SENTENCE
    with pytest.raises(PasswordNeeded, match=r"^thornmere.pdf: it is encrypted; give its password with --password.$"):
        read_file(path)
    with pytest.raises(PasswordNeeded, match="the password given doesn't open it"):
        read_file(path, "beck")


def test_a_file_with_an_owners_password_alone_opens_without(make):
    assert read_file(encrypted(make(prose), user="", owner="fell")).text == SENTENCE


def test_a_file_without_any_text_is_refused(make):
    with pytest.raises(UnreadableDocument, match="none of its 2 pages has text; it is blank"):
        read_file(make(lambda pdf: None, lambda pdf: None))


# Scans


def picture_of(path: Path, *, blur: float = 0) -> object:
    """The first page of a file as a picture, as a scanner makes it."""
    image = pypdfium2.PdfDocument(path)[0].render(scale=200 / 72, grayscale=True).to_pil()
    return image.filter(pytest.importorskip("PIL.ImageFilter").GaussianBlur(blur)) if blur else image


def scan(make, *lines: str, blur: float = 0, stamp: str | None = None) -> Path:
    """A file of one page that is a picture of these lines, with a clerk's stamp printed over it."""

    def text(pdf) -> None:
        for row, line in enumerate(lines):
            prose(pdf, line, 700 - 20 * row)

    image = picture_of(make(text, name="paper.pdf"), blur=blur)

    def draw(pdf) -> None:
        pdf.drawInlineImage(image, 0, 0, WIDTH, HEIGHT)
        if stamp:
            pdf.setFont("Helvetica", 11)
            pdf.drawString(450, 810, stamp)

    return make(draw)


needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs Tesseract")


@needs_tesseract
def test_a_page_that_is_a_picture_is_read_by_text_recognition(make):
    document = read_file(scan(make, SENTENCE, "The panel asked for monthly figures."))
    assert "Children in Thornmere wait too long for a visit." in document.text
    (page,) = document.pages
    assert page.problem is None
    assert page.confidence is not None
    assert page.confidence > 80
    assert confirmed(SENTENCE, page.witnesses)


@needs_tesseract
def test_a_clerks_stamp_over_a_scan_stands_in_the_text_once(make):
    document = read_file(scan(make, SENTENCE, "The panel asked for monthly figures.", stamp="Agenda Item 7"))
    assert document.text.count("Agenda Item 7") == 1
    assert SENTENCE in document.text


@needs_tesseract
def test_a_scan_that_can_hardly_be_read_says_so(make):
    (page,) = read_file(scan(make, *[SENTENCE] * 12, blur=2.6)).pages
    assert page.problem is not None
    assert page.problem.startswith("read by text recognition with low confidence")


@needs_tesseract
def test_a_photograph_beside_text_leaves_the_text_as_it_is(make):
    image = pytest.importorskip("PIL.Image", reason="needs Pillow").effect_noise((400, 400), 90)

    def draw(pdf):
        pdf.drawInlineImage(image, 0, 200, WIDTH, 600)
        prose(pdf, "Annual report", 100)

    (page,) = read_file(make(draw)).pages
    assert page.confidence is None
    assert page.problem is None


@needs_tesseract
def test_a_picture_without_words_is_refused(make):
    image = pytest.importorskip("PIL.Image", reason="needs Pillow").new("L", (40, 40))
    with pytest.raises(UnreadableDocument, match=r"^thornmere\.pdf: it holds pictures in which no words can be recog"):
        read_file(make(lambda pdf: pdf.drawInlineImage(image, 72, 200, 500, 600)))


def test_a_scan_is_refused_with_what_to_install_where_text_recognition_is_missing(make, monkeypatch):
    path = scan(make, SENTENCE)
    monkeypatch.setattr("corpus.reading.scans.shutil.which", lambda program: None)
    with pytest.raises(UnreadableDocument, match=r"^thornmere\.pdf: it holds pictures\. Tesseract.* install it \("):
        read_file(path)


def test_a_scan_among_pages_of_text_is_told_where_text_recognition_is_missing(make, monkeypatch):
    image = picture_of(make(prose, name="paper.pdf"))
    path = make(prose, lambda pdf: pdf.drawInlineImage(image, 0, 0, WIDTH, HEIGHT))
    monkeypatch.setattr("corpus.reading.scans.shutil.which", lambda program: None)
    assert [page.problem for page in read_file(path).pages] == [None, "no text (a picture; Tesseract isn't installed)"]


# What can't be read


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"Dear Councillor", "it isn't a PDF, whatever its name says"),
        (b"%PDF-1.4\n1 0 obj", "the PDF is damaged or cut short"),
    ],
)
def test_what_is_no_pdf_is_refused_in_one_sentence(tmp_path, content: bytes, says: str):
    path = tmp_path / "thornmere.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=rf"^thornmere\.pdf: {says}[^\n]*\.$"):
        read_file(path)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_cut_short_is_refused_in_one_sentence(make, share: float):
    path = make(prose, prose, prose)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(UnreadableDocument, match=r"^thornmere\.pdf: [^\n]*\.$"):
        read_file(path)


def test_other_files_and_missing_ones_are_refused(tmp_path):
    (tmp_path / "minutes.rtf").write_bytes(b"{")
    with pytest.raises(UnreadableDocument, match=r"of this kind aren't read yet \(\.pdf, .* are\); save it as a PDF"):
        read_file(tmp_path / "minutes.rtf")
    with pytest.raises(UnreadableDocument, match="can't be opened"):
        read_file(tmp_path / "missing.pdf")
