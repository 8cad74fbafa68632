"""The viewer of a page: what it shows of a place, what it says where it can't, and one visit with a real browser."""

from __future__ import annotations

import re
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.pages.originals import offer_originals
from assistant.pages.page_html import page_html, page_text_html, problem_html
from assistant.pages.viewing import NOT_HERE, Shown, seen
from corpus.documents import PAGE_BREAK, Access, Document, Paper, readable
from corpus.errors import CouncilPapersError, UnreadableDocument
from corpus.reading.marks import Drawing, Quoted, Rectangle
from eval.marks import letters_in
from eval.positions import Placed, Positions
from index.catalogue import PageText

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from assistant.pages.page_view import Opening

# Gradio asks pandas for two things that pandas is about to drop.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]

PACK = "2022-11-pack"
PAGES = (
    "Agenda\n\n1. Apologies",
    "12 Front door\n\nThe front door is the single point of contact for anybody\nwho is worried about a child.",
    "It opened in July.",
)
QUOTE = "The front door is the single point of contact"
START = len(PAGES[0]) + 1 + PAGES[1].index(QUOTE)
PLACE = (PACK, START, START + len(QUOTE))
MINUTES = Paper(
    document=PACK,
    number=2,
    kind="minutes",
    title="Minutes of the Children's Scrutiny Panel",
    first_page=2,
    last_page=3,
    start=len(PAGES[0]) + 1,
    end=sum(map(len, PAGES)) + 2,
    date="2022-06-14",
)
DRAWING = Drawing(b"picture", 1400, 1980, 0, (Rectangle(0.125, 0.5, 0.25, 0.02), Rectangle(0.125, 0.525, 0.1, 0.02)))


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    title: str
    file: str
    pages: int
    papers: tuple[Paper, ...]


@dataclass
class Shelf:
    """A library of one document, whose pages and file are these; each page is labelled two less than its number."""

    texts: Sequence[str] = PAGES
    paper: Paper = MINUTES
    path: Path | None = Path("originals/a1b2.pdf")
    confidence: float | None = None
    title: str = "Agenda pack, November 2022"

    def documents(self) -> Sequence[Entry]:
        return [Entry(self.paper.document, self.title, f"{PACK}.pdf", len(self.texts), (self.paper,))]

    def stored(self) -> Iterator[PageText]:
        start = 0
        for number, text in enumerate(self.texts, 1):
            label = str(number + 13) if number > 1 else None
            yield PageText(number, label, start, start + len(text), text, (), None, self.confidence)
            start += len(text) + len(PAGE_BREAK)

    def page(self, document: str, number: int) -> PageText | None:
        return next((p for p in self.stored() if document == self.paper.document and p.number == number), None)

    def page_at(self, document: str, offset: int) -> PageText | None:
        pages = self.stored()
        return next((p for p in pages if document == self.paper.document and p.start <= offset <= p.end), None)

    def original(self, document: str) -> Path | None:
        return self.path


@dataclass
class Pen:
    """Draws the same drawing again and again, or fails; remembers what was asked for."""

    drawing: Drawing = DRAWING
    fault: Exception | None = None
    asked: list[tuple[int, Quoted | None]] = field(default_factory=list)

    def draw(self, path: Path, number: int, quoted: Quoted | None, /) -> Drawing:
        self.asked.append((number, quoted))
        if self.fault is not None:
            raise self.fault
        return self.drawing if quoted else replace(self.drawing, marks=())


def opening(shelf: Shelf | None = None, pen: Pen | None = None) -> Opening:
    # Here and not above: Gradio takes seconds to import.
    from assistant.pages.page_view import Opening

    library = shelf or Shelf()
    return Opening(lambda: library, pen or Pen())


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


# What is shown


def test_a_place_is_shown_on_its_page_with_the_quoted_words_marked() -> None:
    pen = Pen()
    shown, html = opening(pen=pen).opened(*PLACE)
    assert shown == Shown(PACK, 2, START, START + len(QUOTE))
    assert pen.asked == [(2, Quoted(PAGES[1], PAGES[1].index(QUOTE), PAGES[1].index(QUOTE) + len(QUOTE)))]
    assert html.count('class="marked"') == 2
    assert "left:12.500%;top:50.000%;width:25.000%;height:2.000%" in html
    assert 'src="data:image/webp;base64,cGljdHVyZQ=="' in html
    assert f"<mark>{QUOTE}</mark>" in html


def test_the_heading_says_which_paper_when_and_both_page_numbers() -> None:
    _, html = opening().opened(*PLACE)
    assert "<h2" in html
    said = words_of(html)
    assert said.startswith("Minutes of the Children's Scrutiny Panel 14 June 2022, page 15 (file page 2)")
    assert "In: Agenda pack, November 2022" in said


def test_the_picture_says_what_it_shows_and_where_its_words_are() -> None:
    _, html = opening().opened(*PLACE)
    (alt,) = re.findall(r'alt="([^"]*)"', html)
    assert alt.startswith("Page 15 (file page 2), drawn as it stands in the paper, with the quoted words marked.")


def test_the_document_can_be_opened_at_the_page_and_saved() -> None:
    _, html = opening().opened(*PLACE)
    assert f'href="originals/{PACK}#page=2" target="_blank" rel="noopener"' in html
    assert f'href="originals/{PACK}?download=1" download' in html


def test_one_can_turn_the_pages_and_go_back_to_the_quotation() -> None:
    pages = opening()
    shown, html = pages.opened(*PLACE)
    assert "Back to the quotation" not in html
    shown, html = pages.turned(shown, 3)
    assert shown == Shown(PACK, 3, START, START + len(QUOTE))
    assert 'data-page="2">Back to the quotation' in html
    assert 'class="marked"' not in html
    assert "aria-disabled=true>Next page" in html
    _, html = pages.turned(shown, 1)
    assert "aria-disabled=true>Previous page" in html
    assert "file page 1, no printed number" in words_of(html).lower()


def test_of_a_quotation_over_two_pages_each_page_has_its_part() -> None:
    pages = opening()
    end = len(PAGES[0]) + len(PAGES[1]) + 2 + len("It")
    shown, html = pages.opened(PACK, START, end)
    assert shown is not None
    assert shown.page == 2
    assert "worried about a child.</mark>" in html
    _, html = pages.turned(shown, 3)
    assert "<mark>It" in html


def test_a_closed_viewer_shows_nothing() -> None:
    pages = opening()
    assert pages.closed() == (None, "")
    assert pages.turned(None, 2) == (None, "")


# What can't be drawn or marked


@pytest.mark.parametrize(
    ("shelf", "said"),
    [
        (Shelf(path=Path("a.docx")), "this document is a Word file"),
        (Shelf(path=Path("a.html")), "this document is a web page"),
        (Shelf(path=None), "the library’s copy of the file is gone"),
        (
            Shelf(path=Path("a.pdf"), paper=replace(MINUTES, access=Access.EXEMPT)),
            "This page belongs to a paper that is exempt",
        ),
    ],
    ids=["Word", "web page", "gone", "exempt"],
)
def test_a_page_without_a_drawing_says_why_and_shows_its_text(shelf: Shelf, said: str) -> None:
    pen = Pen()
    _, html = opening(shelf, pen).opened(*PLACE)
    assert said in words_of(html)
    assert f"<mark>{QUOTE}</mark>" in html
    assert "<img" not in html
    assert pen.asked == []


def test_no_page_of_a_file_with_an_exempt_paper_is_drawn() -> None:
    part_b = replace(MINUTES, first_page=3, start=MINUTES.end - len(PAGES[2]), access=Access.EXEMPT)
    pen = Pen()
    _, html = opening(Shelf(paper=part_b), pen).opened(*PLACE)
    assert "keeps no copy of a file with an exempt paper in it" in words_of(html)
    assert pen.asked == []


def test_a_page_that_fails_to_be_drawn_says_why_without_the_files_name() -> None:
    pen = Pen(fault=UnreadableDocument("a1b2.pdf: page 2 can't be drawn (data format error)."))
    _, html = opening(pen=pen).opened(*PLACE)
    assert "The page can’t be drawn (page 2 can't be drawn (data format error)); its text is shown" in words_of(html)
    assert "a1b2" not in html
    assert f"<mark>{QUOTE}</mark>" in html


def test_a_scan_is_drawn_and_its_words_are_marked_in_the_text_only() -> None:
    pen = Pen()
    _, html = opening(Shelf(confidence=0.9), pen).opened(*PLACE)
    assert pen.asked == [(2, None)]
    assert "This page is a scan" in words_of(html)
    assert "<details open>" in html
    assert f"<mark>{QUOTE}</mark>" in html


def test_words_that_cannot_be_placed_are_marked_in_the_text_which_is_open() -> None:
    _, html = opening(pen=Pen(replace(DRAWING, marks=()))).opened(*PLACE)
    assert "couldn’t be placed on the drawing" in words_of(html)
    assert "<details open>" in html
    assert ", with the quoted words marked" not in html


# What comes from the browser


@pytest.mark.parametrize(
    "place",
    [
        ("unknown", 0, 5),
        (PACK, -1, 5),
        (PACK, 5, 5),
        (PACK, 9, 5),
        (PACK, 0, 10_000),
        (PACK, 10**300, 10**300 + 1),
        (PACK, "0", 5),
        (PACK, 0.5, 5),
        (PACK, None, None),
        (["2022-11-pack"], 0, 5),
        (None, None, None),
    ],
)
def test_a_place_that_is_not_the_librarys_is_said(place: tuple[object, object, object]) -> None:
    assert opening().opened(*place) == (None, problem_html(NOT_HERE))


@pytest.mark.parametrize("page", [0, -1, 4, 10**300, "2", None, 1.5])
def test_a_page_that_is_not_there_is_said(page: object) -> None:
    assert opening().turned(Shown(PACK, 2, START, START + 5), page) == (None, problem_html(NOT_HERE))


def test_text_from_papers_is_escaped() -> None:
    evil = '<script>alert("Thornmere")</script>'
    shelf = Shelf(texts=(f"{evil} was said.",), paper=replace(MINUTES, title=evil, first_page=1, start=0), title=evil)
    _, html = opening(shelf).opened(PACK, 0, len(evil))
    assert "<script" not in html
    assert f"<mark>{evil}</mark>" in unescape(html)


def test_an_unexpected_fault_is_an_apology_on_the_page_and_a_traceback_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shown, html = opening(pen=Pen(fault=RuntimeError("secret detail"))).opened(*PLACE)
    assert shown is None
    assert "Sorry, something went wrong" in words_of(html)
    assert "secret detail" not in html
    assert "secret detail" in caplog.text


def test_while_the_library_is_not_open_its_sentence_is_said() -> None:
    from assistant.pages.page_view import Opening

    def library() -> Shelf:
        raise CouncilPapersError("The papers are still being read.")

    _, html = Opening(library, Pen()).opened(*PLACE)
    assert "The papers are still being read." in words_of(html)


@given(st.text(alphabet="ab |\n•<&\N{SOFT HYPHEN}", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_the_text_of_a_page_keeps_every_word_whatever_is_marked(text: str, start: int, end: int) -> None:
    html = page_text_html(text, start, max(start, end))
    kept = re.sub(r"\s", "", readable(text))
    assert re.sub(r"\s", "", unescape(re.sub(r"<[^>]*>", "", html))) == (kept or "Notextisknownofthispage.")


def test_a_rows_cells_and_items_start_a_line_of_their_own() -> None:
    html = page_text_html("Ref | Action\n1.1 | Set up a board\nin July.\n• With a chair", 0, 0)
    assert re.findall("<p>(.*?)</p>", html) == ["Ref | Action", "1.1 | Set up a board in July.", "• With a chair"]


def test_a_page_that_is_gone_is_said() -> None:
    with pytest.raises(CouncilPapersError, match="isn’t in the library"):
        seen(Shelf(), Pen(), Shown(PACK, 9, 0, 5))


def test_the_html_depends_on_the_view_alone() -> None:
    view = seen(Shelf(), Pen(), Shown(PACK, 2, START, START + len(QUOTE)))
    assert page_html(view) == page_html(view)


# With a real browser ------------------------------------------------------------------------------------------------

PAPERS = Path(__file__).parents[1] / "corpus/sample/papers"
PLAN = "2023-01-18-scrutiny-agenda-pack"
PLAN_PAGE = 17
CELL = "First meeting 5th July. Catherine\nBryce-Nolan has chaired since September."
LAST_LINE_PAGE = 3
"""A page in upright format, full of prose, of which the last line is quoted."""


@dataclass
class Pack:
    """A library of the sample council's agenda pack alone."""

    document: Document

    def documents(self) -> Sequence[Entry]:
        pages = len(self.document.pages)
        return [Entry(PLAN, "Agenda pack, 18 January 2023", f"{PLAN}.pdf", pages, ())]

    def page(self, document: str, number: int) -> PageText | None:
        page = self.document.pages[number - 1]
        text = self.document.text[page.start : page.end]
        return PageText(number, page.label, page.start, page.end, text, page.witnesses, page.problem)

    def page_at(self, document: str, offset: int) -> PageText | None:
        return next((self.page(document, p.number) for p in self.document.pages if p.start <= offset <= p.end), None)

    def original(self, document: str) -> Path | None:
        return PAPERS / f"{PLAN}.pdf"


def link_to(start: int, end: int, words: str) -> str:
    place = f'data-document="{PLAN}" data-start="{start}" data-end="{end}"'
    return f'<p><a class="place" href="#" {place}>{words}</a></p>'


@pytest.fixture(scope="module")
def address(read_once: Callable[[Path], Document]) -> Iterator[str]:
    """A page with a link to a place beside the viewer, behind a sign-in."""
    import gradio as gr

    from assistant.pages.chat import STYLE as CHAT_STYLE
    from assistant.pages.page_view import PLACES, STYLE, page_view
    from corpus.reading.worker import Drawer, Limits

    pack = Pack(read_once(PAPERS / f"{PLAN}.pdf"))
    stored, full = pack.page(PLAN, PLAN_PAGE), pack.page(PLAN, LAST_LINE_PAGE)
    assert stored is not None
    assert full is not None
    start = stored.start + stored.text.index(CELL)
    last_line = full.end - len(full.text.split("\n")[-1])
    drawer = Drawer(Limits())
    with gr.Blocks(title="Places", analytics_enabled=False) as page, gr.Row(elem_classes="beside"):
        with gr.Column():
            links = link_to(start, start + len(CELL), "In the plan") + link_to(last_line, full.end, "At the end")
            places = gr.HTML(links, js_on_load=PLACES)
        with gr.Column():
            viewer = page_view(lambda: pack, drawer)
        viewer.follow(places)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    page.launch(
        server_name="127.0.0.1",
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        ssr_mode=False,
        css_paths=[CHAT_STYLE, STYLE],
        auth=("clerk", "moor"),
    )
    offer_originals(page.app, lambda: pack)
    yield f"http://127.0.0.1:{port}"
    page.close(verbose=False)
    drawer.close()


@pytest.fixture
def page(address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page in a browser that has signed in."""
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs Chromium")
    quiet = ["quic", "background-networking", "component-update", "sync", "gpu"]
    arguments = ["--no-sandbox", "--no-first-run", *(f"--disable-{each}" for each in quiet)]
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_page(viewport={"width": getattr(request, "param", 1280), "height": 800})
        assert page.request.get(f"{address}/originals/{PLAN}").status == 401
        page.request.post(f"{address}/login", form={"username": "clerk", "password": "moor"})
        page.goto(address)
        page.get_by_role("link", name="In the plan").wait_for()
        page.locator("#page-view section").wait_for(state="attached")
        yield page
        browser.close()


def opened(page: Page) -> Locator:
    """Open the place with the keyboard; gives its marks."""
    page.get_by_role("link", name="In the plan").press("Enter")
    marks = page.locator("#page-view .marked")
    marks.first.wait_for()
    return marks


def letters_of(quote: str) -> Sequence[Placed]:
    """The letters of a quotation with their own places on the page, by another reading than the one that marked it."""
    with Positions({PLAN: PAPERS / f"{PLAN}.pdf"}) as positions:
        placed = [letter for letter in positions.letters(PLAN, PLAN_PAGE) if letters_in(letter.text)]
    wanted = letters_in(quote)
    start = "".join(letter.text for letter in placed).index(wanted)
    return placed[start : start + len(wanted)]


@pytest.mark.browser
@pytest.mark.parametrize("page", [1280, 320], indirect=True)
def test_the_mark_on_the_screen_covers_the_quoted_words(page: Page) -> None:
    marks = opened(page)
    assert marks.count() == 2
    picture = page.get_by_role("img", name=re.compile("with the quoted words marked"))
    for large in (False, True):
        if large:
            page.get_by_role("button", name="Larger").click()
        sheet = picture.bounding_box()
        boxes = [mark.bounding_box() for mark in marks.all()]
        assert sheet is not None
        for letter in letters_of(CELL):
            x, y = sheet["x"] + letter.x * sheet["width"], sheet["y"] + letter.y * sheet["height"]
            assert any(
                box and box["x"] <= x <= box["x"] + box["width"] and box["y"] <= y <= box["y"] + box["height"]
                for box in boxes
            ), f"{letter} isn't marked"
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.browser
def test_the_viewer_can_be_used_with_the_keyboard_alone(page: Page) -> None:
    link = page.get_by_role("link", name="In the plan")
    opened(page)
    title = page.get_by_role("heading", name="Agenda pack, 18 January 2023")
    assert title.evaluate("each => each === document.activeElement")
    following = page.get_by_role("button", name="Next page")
    following.press("Enter")
    page.get_by_text("page 16 (file page 18)").first.wait_for()
    assert following.evaluate("each => each === document.activeElement"), "the focus is lost when the page turns"
    assert page.locator("#page-view").get_by_role("status").inner_text() == "page 16 (file page 18)"
    page.get_by_role("button", name="Back to the quotation").press("Enter")
    page.locator("#page-view .marked").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("#page-view section").wait_for(state="hidden")
    assert link.evaluate("each => each === document.activeElement"), "the focus isn't given back"


@pytest.mark.browser
def test_the_page_is_scrolled_to_the_mark_with_the_heading_still_in_view(page: Page) -> None:
    from playwright.sync_api import expect

    page.get_by_role("link", name="At the end").click()
    expect(page.locator("#page-view .marked").last).to_be_in_viewport()
    title = page.get_by_role("heading", name="Agenda pack, 18 January 2023")
    expect(title).to_be_in_viewport()

    frame = page.get_by_role("region", name="The page, drawn")
    frame.evaluate("each => each.scrollTo(0, 0)")
    page.get_by_role("link", name="At the end").click()
    expect(page.locator("#page-view .marked").last).to_be_in_viewport()
    expect(title).to_be_focused()


@pytest.mark.browser
def test_the_original_is_given_to_who_has_signed_in(page: Page, address: str) -> None:
    opened(page)
    link = page.get_by_role("link", name="Open the document at this page")
    assert link.get_attribute("href") == f"originals/{PLAN}#page={PLAN_PAGE}"
    given = page.request.get(f"{address}/{link.get_attribute('href')}")
    assert given.body() == (PAPERS / f"{PLAN}.pdf").read_bytes()
