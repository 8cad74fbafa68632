"""The whole page over real files: a question, its quotation on the drawn page, a follow-up, a trace, and a file to take
along; on the sample papers and, where they are, on the real packs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import app
from assistant.answer import Assistant
from corpus.documents import Document
from corpus.errors import UnreadableDocument
from corpus.reading.worker import Drawer, Limits
from eval.marks import letters_in
from eval.positions import Positions
from index.library import Library
from tests.axe import assert_accessible
from tests.conftest import SHARED
from tests.fakes import CountingEncoder
from tests.visiting import GRADIO_WARNINGS, chromium, free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [*GRADIO_WARNINGS, pytest.mark.browser]

SAMPLE = Path(__file__).parents[1] / "corpus" / "sample" / "papers"
OF_THE_SAMPLE = ("2022-06-21-council-agenda-pack", "2022-07-20-scrutiny-minutes", "2024-07-commissioner-report")
QUESTION = "What did the inspectors say about the supervision of social workers?"


@dataclass(frozen=True, slots=True)
class Desk:
    """A page that is served over these files."""

    address: str
    library: Library
    files: dict[str, Path]


@pytest.fixture(scope="module", params=["sample", pytest.param("packs", marks=pytest.mark.shared)])
def desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, read_once: Callable[[Path], Document]
) -> Iterator[Desk]:
    def read(
        paths: Sequence[Path], password: str | None, limits: Limits
    ) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
        del password, limits
        for path in paths:
            yield path, read_once(path)

    if request.param == "sample":
        files = [SAMPLE / f"{name}.pdf" for name in OF_THE_SAMPLE]
    else:
        files = sorted((SHARED / "corpus" / "pdf").glob("*.pdf"))
        if not files:
            pytest.skip("../shared/corpus isn't beside this checkout")
    encoder = CountingEncoder()
    with Library.create(tmp_path_factory.mktemp("journey") / "library") as library:
        list(library.add(files, encoder, read=read))
        drawer = Drawer(Limits(seconds=15))
        page = app.build_app(Assistant(library, encoder), drawer=drawer)
        address = app.serve(page, host="127.0.0.1", port=free_port(), shelf=lambda: library)
        yield Desk(address, library, {file.stem: file for file in files})
        page.close(verbose=False)
        drawer.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        complaints: list[str] = []
        page = context.new_page()
        page.on("pageerror", lambda each: complaints.append(str(each)))
        page.goto(desk.address)
        page.get_by_text("can be asked about").wait_for()
        page.get_by_role("button", name="Search only some", expanded=False).wait_for()
        page.get_by_role("link", name="Ask", exact=True).and_(page.locator("[aria-current=page]")).wait_for()
        yield page
        assert complaints == []


def ask(page: Page, question: str) -> Locator:
    """The answer to a question, when it is there."""
    page.get_by_role("textbox", name="Your question").fill(question)
    page.keyboard.press("Enter")
    answer = page.get_by_role("article", name=question)
    answer.locator(".actions").wait_for()
    return answer


def under_the_marks(page: Page, desk: Desk, document: str, number: int) -> Counter[str]:
    """The letters that lie, by a reading of the file of its own, under the marks as they stand on the screen."""
    sheet = page.locator("#page-view .sheet img").bounding_box()
    boxes = [box for each in page.locator("#page-view .marked").all() if (box := each.bounding_box())]
    assert sheet is not None

    def is_marked(x: float, y: float) -> bool:
        x, y = sheet["x"] + x * sheet["width"], sheet["y"] + y * sheet["height"]
        return any(b["x"] <= x <= b["x"] + b["width"] and b["y"] <= y <= b["y"] + b["height"] for b in boxes)

    with Positions(desk.files) as positions:
        letters = positions.letters(document, number)
    return Counter(letters_in("".join(letter.text for letter in letters if is_marked(letter.x, letter.y))))


def test_each_citation_opens_its_page_with_the_quoted_words_marked(page: Page, desk: Desk) -> None:
    answer = ask(page, QUESTION)
    links = answer.locator("figcaption a.reference.place")
    assert links.count() > 0
    for link in links.all()[:4]:
        document, start, end = (link.get_attribute(f"data-{name}") or "" for name in ("document", "start", "end"))
        stored = desk.library.page_at(document, int(start))
        assert stored is not None
        quote = stored.text[int(start) - stored.start : int(end) - stored.start]
        link.click()
        page.locator("#page-view h2").filter(has_text=re.compile(r"\w")).wait_for()
        page.locator(f"#page-view a[href='originals/{document}#page={stored.number}']").wait_for()
        page.locator("#page-view .marked").first.wait_for()
        marked = under_the_marks(page, desk, document, stored.number)
        assert not Counter(letters_in(quote)) - marked, quote
        assert sum((marked - Counter(letters_in(quote))).values()) <= 0.02 * len(quote), quote
    original = page.request.get(f"{desk.address}/originals/{document}")
    assert original.body() == desk.files[document].read_bytes()


def test_page_and_answer_stand_side_by_side_and_nothing_is_cut_off(page: Page) -> None:
    answer = ask(page, QUESTION)
    answer.locator("a.reference.place").first.click()
    page.locator("#page-view .marked").first.wait_for()
    left, right = answer.bounding_box(), page.locator("#page-view section").bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)


def test_a_follow_up_says_what_was_searched_for(page: Page) -> None:
    ask(page, QUESTION)
    answer = ask(page, "And about caseloads?")
    assert answer.get_by_text(f"Searched for: {QUESTION} And about caseloads?").is_visible()
    assert answer.get_by_text(re.compile(r"Searched: \d+ documents, \d+ papers, \d{4} to \d{4}\.")).is_visible()


def test_a_subject_is_followed_into_the_findings_and_from_there_onto_a_page(page: Page) -> None:
    ask(page, QUESTION).get_by_role("button", name="Findings", exact=True).click()
    findings = page.locator("#view-findings")
    place = findings.locator("a.place").first
    place.wait_for()
    assert "supervision" in findings.get_by_label("Subject").input_value()
    place.click()
    page.locator("#page-view .marked").first.wait_for()
    page.go_back()
    page.get_by_role("article", name=QUESTION).wait_for()
    assert page.locator("#page-view .marked").first.is_visible(), "the page stays open beside the other view"


def test_a_conversation_is_taken_along_as_a_file(page: Page, tmp_path: Path) -> None:
    import docx

    answer = ask(page, QUESTION)
    quote = answer.locator("blockquote").first.inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Word file (.docx)").click()
    download.value.save_as(tmp_path / "taken.docx")
    text = "\n".join(each.text for each in docx.Document(str(tmp_path / "taken.docx")).paragraphs)
    assert QUESTION in text
    assert quote in " ".join(text.split()) or quote in text
