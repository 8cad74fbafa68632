"""A page of a PDF file drawn, and its marks held against pdfplumber's own reading of where each letter stands."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from corpus.documents import Document
from corpus.errors import PasswordNeeded, UnreadableDocument
from corpus.reading import drawing
from corpus.reading.drawing import WIDTH, drawn_page, rectangles
from corpus.reading.files import read_file
from corpus.reading.glyphs import LARGEST_DRAWING
from corpus.reading.marks import Quoted, Rectangle
from corpus.reading.worker import Drawer, Limits
from eval.positions import Placed, Positions, upright

canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="needs reportlab: pip install council-papers[sample]")

PAPERS = Path(__file__).parents[1] / "corpus/sample/papers"
PACK = PAPERS / "2023-01-18-scrutiny-agenda-pack.pdf"
PLAN_PAGE = 17
"""The first page of the improvement plan: a ruled table whose rows run over several lines."""

SENTENCE = "Children in Thornmere wait too long for a visit."


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Make a PDF file: each function draws a page."""

    def built(*pages: Callable[..., None], size: tuple[float, float] = (595, 842), **settings: object) -> Path:
        path = tmp_path / "thornmere.pdf"
        pdf = canvas.Canvas(str(path), pagesize=size, **settings)
        for draw in pages:
            draw(pdf)
            pdf.showPage()
        pdf.save()
        return path

    return built


def lines(*texts: str, x: float = 72, y: float = 500, size: float = 11) -> Callable[..., None]:
    """Draws lines of text one below the other."""

    def draw(pdf) -> None:
        pdf.setFont("Helvetica", size)
        for number, text in enumerate(texts):
            pdf.drawString(x, y - number * 1.3 * size, text)

    return draw


def quoted_on(document: Document, page: int, words: str, *, time: int = 1) -> Quoted:
    """Words as they stand on a page, the first time or a later one."""
    stored = document.pages[page - 1]
    text = document.text[stored.start : stored.end]
    start = -1
    for _ in range(time):
        start = text.index(words, start + 1)
    return Quoted(text, start, start + len(words))


def under(path: Path, page: int, marks: Sequence[Rectangle], turned: int = 0) -> str:
    """The letters of a page whose middles lie under marks, in the file's order, without white space."""
    with Positions({"paper": path}) as positions:
        return "".join(
            letter.text for letter in positions.letters("paper", page) if is_under(letter, marks, turned)
        ).replace(" ", "")


def is_under(letter: Placed, marks: Sequence[Rectangle], turned: int) -> bool:
    x, y = upright(letter.x, letter.y, turned)
    return any(m.left <= x <= m.left + m.width and m.top <= y <= m.top + m.height for m in marks)


def squashed(words: str) -> str:
    return "".join(words.replace("|", "").replace("\N{SOFT HYPHEN}", "-").split())


# The sample papers


@pytest.fixture
def pack(read_once: Callable[[Path], Document]) -> Document:
    return read_once(PACK)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("First meeting 5th July. Catherine\nBryce-Nolan has chaired since September.", 2),
        ("Graham Loxley,\nChief Executive | 1 st July 22 | First meeting 5th July. Catherine", 4),
        ("meeting.\n\n• Membership to include a foster carer and two", 2),
        ("Priority 1: Leaders know the service and act on what they know", 1),
        ("Amber", 1),
    ],
    ids=["a cell's lines", "several cells", "a sentence and an item", "a row over the whole width", "one word"],
)
def test_the_marks_in_a_table_cover_the_quoted_words_and_no_others(pack: Document, words: str, count: int) -> None:
    marks = rectangles(PACK, PLAN_PAGE, quoted_on(pack, PLAN_PAGE, words))
    assert len(marks) == count
    assert under(PACK, PLAN_PAGE, marks) == squashed(words)


def test_of_words_that_stand_there_several_times_the_quoted_ones_are_marked(pack: Document) -> None:
    first, second = (rectangles(PACK, PLAN_PAGE, quoted_on(pack, PLAN_PAGE, "Amber", time=time))[0] for time in (1, 2))
    assert first.left == pytest.approx(second.left, abs=0.001)
    assert first.top + first.height < second.top


def test_a_quotation_in_prose_is_marked_line_by_line_from_the_top(pack: Document) -> None:
    page = next(p for p in pack.pages if p.end - p.start > 1500 and "|" not in pack.text[p.start : p.end])
    text = pack.text[page.start : page.end]
    words = text[300:700].strip()
    marks = rectangles(PACK, page.number, quoted_on(pack, page.number, words))
    assert under(PACK, page.number, marks) == squashed(words)
    assert [mark.top for mark in marks] == sorted(mark.top for mark in marks)


# Pages made here


def test_a_word_that_goes_on_in_the_next_line_is_marked_with_its_hyphen(make: Callable[..., Path]) -> None:
    path = make(lines("The panel asked for a safe-", "guarding plan by July."))
    words = "safe\N{SOFT HYPHEN}\nguarding"
    marks = rectangles(path, 1, quoted_on(read_file(path), 1, words))
    assert len(marks) == 2
    assert under(path, 1, marks) == "safe-guarding"


@pytest.mark.parametrize("cropped", [False, True])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_marks_stand_right_on_a_page_that_is_turned_or_cropped(
    make: Callable[..., Path], turn: int, cropped: bool
) -> None:
    path = make(lines(SENTENCE, "Nobody told the panel."))
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].rotation = turn
    if cropped:
        writer.pages[0].cropbox = pypdf.generic.RectangleObject((30, 70, 560, 640))
    writer.write(path)
    quoted = quoted_on(read_file(path), 1, "wait too long")
    drawn = drawn_page(path, 1, quoted, width=600)
    assert under(path, 1, drawn.marks, drawn.turned) == "waittoolong"
    assert darkest_under(drawn.picture, drawn.marks) < 100


@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_drawn_sideways_is_turned_upright_and_marked(make: Callable[..., Path], turn: int) -> None:
    def draw(pdf) -> None:
        pdf.rotate(turn)
        pdf.setFont("Helvetica", 11)
        for number, text in enumerate((SENTENCE, "Nobody told the panel.")):
            pdf.drawString(100 if turn == 90 else -700, (-200 if turn == 90 else 300) - 15 * number, text)

    path = make(draw)
    drawn = drawn_page(path, 1, quoted_on(read_file(path), 1, "told the panel"), width=800)
    assert drawn.width > drawn.height
    assert drawn.turned == turn
    assert under(path, 1, drawn.marks, drawn.turned) == "toldthepanel"
    assert darkest_under(drawn.picture, drawn.marks) < 100


def test_what_stands_far_apart_on_a_line_is_marked_apart(make: Callable[..., Path]) -> None:
    def draw(pdf) -> None:
        pdf.setFont("Helvetica", 11)
        pdf.drawString(72, 500, "Visits in time")
        pdf.drawString(400, 500, "81 per cent")

    path = make(draw)
    text = read_file(path).text
    left, right = rectangles(path, 1, Quoted(text, 0, len(text)))
    assert left.left + left.width < 0.5 < right.left


def darkest_under(picture: bytes, marks: Sequence[Rectangle]) -> int:
    """The darkest grey (0 to 255) of a picture under marks: letters are black."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    boxes = [
        (
            m.left * image.width,
            m.top * image.height,
            (m.left + m.width) * image.width,
            (m.top + m.height) * image.height,
        )
        for m in marks
    ]
    darkest = [image.crop(tuple(map(round, box))).getextrema()[0] for box in boxes]
    return max(int(value) for value in darkest if isinstance(value, int))


# Stored text that isn't what the page says today


def test_where_the_stored_text_was_made_otherwise_the_words_are_looked_for(make: Callable[..., Path]) -> None:
    path = make(lines(SENTENCE, "Nobody told the panel."))
    quoted = Quoted("Nobody told the panel.\n(Lost words.)", 0, len("Nobody told the panel."))
    assert under(path, 1, rectangles(path, 1, quoted)) == "Nobodytoldthepanel."


def test_words_that_stand_there_otherwise_often_than_in_the_stored_text_are_not_marked(
    make: Callable[..., Path],
) -> None:
    path = make(lines("Visits rose.", "Visits rose.", "Visits fell."))
    assert rectangles(path, 1, Quoted("Visits rose.\nand more", 0, len("Visits rose."))) == ()


def test_words_that_do_not_stand_there_are_not_marked(make: Callable[..., Path]) -> None:
    assert rectangles(make(lines(SENTENCE)), 1, Quoted("Another paper.", 0, 14)) == ()


@given(st.lists(st.tuples(st.text("ab", min_size=1, max_size=3), st.booleans(), st.booleans()), max_size=12))
def test_the_lines_that_are_chosen_spell_the_stored_text(page: list[tuple[str, bool, bool]]) -> None:
    texts = [text for text, _, _ in page]
    stored = "".join(text for text, is_kept, _ in page if is_kept)
    chosen = drawing._kept(stored, texts, [margin for _, _, margin in page])
    assert chosen is not None
    assert chosen == sorted(set(chosen))
    assert "".join(texts[number] for number in chosen) == stored


def test_of_two_lines_that_say_the_same_the_one_in_the_margin_is_left_out() -> None:
    assert drawing._kept("abc", ["a", "a", "bc"], [True, False, False]) == [1, 2]
    assert drawing._kept("abc", ["a", "bc", "a"], [False, False, True]) == [0, 1]
    assert drawing._kept("ax", ["a", "b"], [False, False]) is None


# The drawing


def test_a_page_is_drawn_as_wide_as_asked(make: Callable[..., Path]) -> None:
    drawn = drawn_page(make(lines(SENTENCE)), 1, width=300)
    image = Image.open(io.BytesIO(drawn.picture))
    assert image.format == "WEBP"
    assert image.size == (drawn.width, drawn.height)
    assert drawn.width == pytest.approx(300, abs=1)
    assert drawn.marks == ()


@pytest.mark.parametrize("size", [(14400, 14400), (3, 14400), (1_000_000, 1_000_000), (14400, 3)])
def test_a_page_of_absurd_size_takes_no_more_memory_than_any(
    make: Callable[..., Path], size: tuple[float, float]
) -> None:
    drawn = drawn_page(make(lines(SENTENCE), size=size), 1)
    assert drawn.width * drawn.height <= LARGEST_DRAWING * 1.01
    assert drawn.width <= WIDTH + 1


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_page_that_is_not_there_is_said(make: Callable[..., Path], number: int) -> None:
    with pytest.raises(UnreadableDocument, match=f"thornmere.pdf: it has no page {number}"):
        drawn_page(make(lines(SENTENCE)), number)


def test_an_encrypted_file_is_drawn_with_its_password_only(make: Callable[..., Path]) -> None:
    path = make(lines(SENTENCE))
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt("moor", "owner", algorithm="AES-256")
    writer.write(path)
    with pytest.raises(PasswordNeeded, match="its password isn't kept"):
        drawn_page(path, 1)
    assert len(rectangles(path, 1, Quoted(SENTENCE, 0, 8), password="moor")) == 1


def test_a_file_that_is_no_pdf_is_said(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(UnreadableDocument, match=r"broken\.pdf: the file can't be opened"):
        drawn_page(path, 1)
    with pytest.raises(UnreadableDocument, match=r"gone\.pdf: the file can't be opened"):
        drawn_page(tmp_path / "gone.pdf", 1)


# In a process of its own


@pytest.fixture(scope="module")
def drawer() -> Iterator[Drawer]:
    drawer = Drawer(Limits())
    yield drawer
    drawer.close()


def test_a_page_is_drawn_by_another_process(drawer: Drawer, pack: Document) -> None:
    drawn = drawer.draw(PACK, PLAN_PAGE, quoted_on(pack, PLAN_PAGE, "Helen Adeyemi"))
    assert under(PACK, PLAN_PAGE, drawn.marks) == "HelenAdeyemi"


def test_a_page_that_cannot_be_drawn_costs_itself_only(drawer: Drawer) -> None:
    with pytest.raises(UnreadableDocument, match="it has no page 99"):
        drawer.draw(PACK, 99)
    assert drawer.draw(PACK, 1).picture


def test_a_page_that_takes_too_long_is_given_up() -> None:
    drawer = Drawer(Limits(seconds=0.0))
    with pytest.raises(UnreadableDocument, match="took longer than 0 seconds"):
        drawer.draw(PACK, 1)
