"""The page: its handlers called directly, loading, the command line, and one visit with a real browser."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

import app
from assistant.answer import Answer, Searched, Status
from assistant.citations import Citation, Statement
from assistant.pages.conversation import APOLOGY, Turn, narrowed
from assistant.pages.dates import UnclearDate, iso_date
from assistant.pages.loading import FAULT, READING, Answering, Loading, NotReady
from corpus.documents import Paper, Passage
from corpus.errors import CouncilPapersError
from index.hits import Filter, Hit

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from assistant.pages.chat import Handlers

# Gradio asks pandas for two things that pandas is about to drop.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]

QUESTION = "What is the front door?"
QUOTE = "The front door is the single point of contact for anybody\nwho is worried about a child."
MINUTES = Paper(
    document="2022-11-pack",
    number=3,
    kind="minutes",
    title="Minutes of the Children's Scrutiny Panel",
    first_page=15,
    last_page=19,
    start=0,
    end=900,
    body="Children's Scrutiny Panel",
    date="2022-06-14",
    status="draft",
)
SCORECARD = Paper("2022-11-pack", 4, "scorecard", "Performance scorecard", 20, 22, 900, 1800, date="2022-06")


def passage(text: str, paper: Paper = MINUTES, headings: tuple[str, ...] = ("Minutes", "12 Front door")) -> Passage:
    return Passage(paper.document, paper.id, 100, 100 + len(text), text, headings)


FRONT_DOOR = passage(f"Members asked what happens to a referral.\n\n{QUOTE} Members noted the report.")
CONTACTS = passage("Contacts to the front door rose to 1,204 in June 2022.", SCORECARD, ("Performance",))
HITS = (
    Hit(FRONT_DOOR, MINUTES, 17, "15", 1, "both", 0.9, 1),
    Hit(CONTACTS, SCORECARD, 20, None, 2, "words", 0.4, 2),
)
SEARCHED = Searched(documents=10, papers=23)


@dataclass(frozen=True, slots=True)
class FakeEntry:
    id: str
    title: str
    papers: tuple[Paper, ...]


class FakeLibrary:
    def documents(self) -> Sequence[FakeEntry]:
        return (FakeEntry("2022-11-pack", "Thornmere agenda pack, November 2022", (MINUTES, SCORECARD)),)


@dataclass
class FakeAssistant:
    """Knows what the front door is and nothing else; remembers what it was asked. It breaks when told to."""

    library: FakeLibrary = field(default_factory=FakeLibrary)
    asked: list[tuple[str, tuple[str, ...], Filter]] = field(default_factory=list)

    def ask(self, question: str, history: Sequence[str], within: Filter, /) -> Answer:
        self.asked.append((question, tuple(history), within))
        if question == "break":
            raise RuntimeError("secret detail")
        if question == "locked":
            raise CouncilPapersError("The library is being written; try again in a minute.")
        standalone = f"{question} (the front door)" if history else question
        if "front door" not in question:
            reason = "No paper that was searched speaks of this."
            return Answer(question, standalone, Status.NOT_FOUND, reason, (), (), HITS, SEARCHED, 0.1)
        citation = Citation(1, FRONT_DOOR, MINUTES, 17, "15", QUOTE)
        statements = (Statement("The draft minutes of 14 June 2022 say:", (1,)),)
        return Answer(question, standalone, Status.ANSWERED, None, statements, (citation,), HITS, SEARCHED, 0.1)


@pytest.fixture(scope="module", autouse=True)
def _closed_event_loops() -> Iterator[None]:
    # Gradio makes event loops for every page and never closes them; a warning would hit whatever test runs then.
    made: list[asyncio.AbstractEventLoop] = []
    make = asyncio.new_event_loop

    def remembered() -> asyncio.AbstractEventLoop:
        made.append(make())
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio, "new_event_loop", remembered)
        yield
    for loop in made:
        if not loop.is_running():
            loop.close()


@pytest.fixture
def handlers() -> Handlers:
    from assistant.pages.chat import Handlers

    return Handlers(FakeAssistant(), app.always_ready)


def last(steps: Iterator[tuple[tuple[Turn, ...], list[str], str]]) -> tuple[tuple[Turn, ...], list[str], str]:
    *_, step = steps
    return step


def test_a_question_is_shown_at_once_and_answered_then(handlers: Handlers) -> None:
    first, second = list(handlers.ask(QUESTION, ()))
    assert QUESTION in first[1][0]
    assert "Searching the papers" in first[1][0]
    assert "<blockquote>" in second[1][0]
    assert first[2] == second[2] == ""


def test_a_follow_up_is_asked_with_the_earlier_questions_and_not_with_failed_ones(handlers: Handlers) -> None:
    turns: tuple[Turn, ...] = ()
    for question in (QUESTION, "locked", "Who runs it?"):
        turns, _, _ = last(handlers.ask(question, turns))
    assert isinstance(handlers.assistant, FakeAssistant)
    assert handlers.assistant.asked[-1] == ("Who runs it?", (QUESTION,), Filter())
    assert len(turns) == 3


def test_the_page_keeps_nothing_of_one_visitor_for_another(handlers: Handlers) -> None:
    last(handlers.ask(QUESTION, ()))
    turns, shown, _ = last(handlers.ask("Who is the mayor?", ()))
    assert len(turns) == len(shown) == 1


def test_the_filters_reach_the_assistant(handlers: Handlers) -> None:
    last(handlers.ask(QUESTION, (), "June 2022", "2023", ["minutes", "plan"]))
    assert isinstance(handlers.assistant, FakeAssistant)
    assert handlers.assistant.asked[0][2] == Filter("2022-06", "2023", ("minutes", "plan"))


def test_a_date_that_cannot_be_read_keeps_the_question_in_its_box(handlers: Handlers) -> None:
    turns, shown, box = last(handlers.ask(QUESTION, (), "Juneish"))
    assert box == QUESTION
    assert "“Juneish” under “Since” is not a date" in shown[0]
    assert turns[0].answer is None


def test_an_empty_question_is_not_asked(handlers: Handlers, monkeypatch: pytest.MonkeyPatch) -> None:
    import gradio as gr

    told: list[str] = []
    monkeypatch.setattr(gr, "Info", told.append)
    assert list(handlers.ask("  ", ())) == [((), [], "")]
    assert told == ["Please write a question first."]


def test_a_known_error_is_shown_as_its_sentence(handlers: Handlers) -> None:
    _, shown, _ = last(handlers.ask("locked", ()))
    assert "The library is being written; try again in a minute." in shown[0]


def test_an_unexpected_error_is_an_apology_on_the_page_and_a_traceback_in_the_log(
    handlers: Handlers, caplog: pytest.LogCaptureFixture
) -> None:
    _, shown, _ = last(handlers.ask("break", ()))
    assert APOLOGY in shown[0]
    assert "secret detail" not in shown[0]
    assert "secret detail" in caplog.text


def test_a_new_conversation_is_empty(handlers: Handlers) -> None:
    assert handlers.start_again() == ((), [], "")


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2022", "2022"),
        ("2022-06", "2022-06"),
        ("2022-06-14", "2022-06-14"),
        (" June  2022", "2022-06"),
        ("14 June 2022", "2022-06-14"),
        ("14/06/2022", "2022-06-14"),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_read_as_far_as_it_was_typed(typed: str | None, iso: str | None) -> None:
    assert iso_date(typed, "Since") == iso


@pytest.mark.parametrize("typed", ["31 June 2022", "last year", "22"])
def test_a_date_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(UnclearDate, match=typed):
        iso_date(typed, "Since")


@pytest.mark.parametrize(("since", "until"), [("2023", "2022"), ("July 2022", "June 2022"), ("2023-01", "2022")])
def test_a_period_that_ends_before_it_begins_is_refused(since: str, until: str) -> None:
    with pytest.raises(CouncilPapersError, match="ends before it begins"):
        narrowed(since, until, ())


@pytest.mark.parametrize(("since", "until"), [("2022", "2022"), ("July 2022", "2022"), ("2022", "June 2022")])
def test_a_period_may_be_known_more_closely_at_one_end(since: str, until: str) -> None:
    assert narrowed(since, until, ()).since


def test_a_question_waits_until_the_library_is_there() -> None:
    go = Event()

    def load(say: Callable[[str], None]) -> Answering:
        say("Reading 1 of 2 documents.")
        go.wait(10)
        return FakeAssistant()

    loading = Loading(load)
    assert loading.progress().sentence == READING
    loading.start()
    assert not loading.progress().done
    go.set()
    assert loading.ask(QUESTION, (), Filter()).status is Status.ANSWERED
    assert loading.progress().done


def test_a_question_does_not_wait_longer_than_was_said() -> None:
    with pytest.raises(NotReady, match="still being read"):
        Loading(lambda say: FakeAssistant(), longest_wait=0.01).ask(QUESTION, (), Filter())


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(CouncilPapersError("The library was made by another model."), "made by another model"), (OSError("disk"), FAULT)],
)
def test_a_library_that_cannot_be_opened_says_why_on_the_page(error: Exception, sentence: str) -> None:
    from assistant.pages.chat import state_html

    def load(say: Callable[[str], None]) -> Answering:
        raise error

    loading = Loading(load)
    loading.start()
    with pytest.raises(NotReady, match=re.escape(sentence)):
        loading.ask(QUESTION, (), Filter())
    assert loading.progress().failed
    assert sentence.split("'")[0] in state_html(loading.progress(), loading)
    assert "disk" not in state_html(loading.progress(), loading)


def test_the_page_says_what_it_can_be_asked_about(handlers: Handlers) -> None:
    said, clock = handlers.state()
    assert "2 papers in 1 document" in said
    assert not clock.active


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.7", "example.org", "::", ""])
def test_any_host_but_this_machine_is_refused_in_one_sentence(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--host", host]) == 1
    told = capsys.readouterr().err
    assert told.startswith("The page is only served on this machine")
    assert told.count("\n") == 1


def test_a_port_that_is_taken_is_said_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert app.main(["--port", str(port)]) == 1
    assert capsys.readouterr().err == (
        f"Port {port} is taken by another program; choose another one, such as --port {port + 1}.\n"
    )


@pytest.mark.parametrize("port", ["0", "-1", "99999"])
def test_a_number_that_is_no_port_is_refused_in_one_sentence(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--port", port]) == 1
    assert capsys.readouterr().err == f"{port} is not a port; choose one between 1024 and 65535.\n"


def test_gradio_reports_to_nobody() -> None:
    from gradio import analytics

    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert not analytics.analytics_enabled()
    assert not app.build_app(FakeAssistant()).analytics_enabled


def test_no_handler_can_be_called_as_a_public_service() -> None:
    config: Any = app.build_app(FakeAssistant()).get_config_file()
    assert {each["api_visibility"] for each in config["dependencies"]} == {"private"}
    assert max(len(each["outputs"]) for each in config["dependencies"]) <= 3


# With a real browser ------------------------------------------------------------------------------------------------


@dataclass
class Visit:
    """A page in a browser, and what the browser asked for and complained of."""

    page: Page
    address: str
    requests: list[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    page = app.build_app(FakeAssistant())
    yield app.serve(page, host="127.0.0.1", port=port)
    page.close(verbose=False)


@pytest.fixture
def visit(address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    quiet = ["quic", "background-networking", "component-update", "sync", "gpu"]
    arguments = ["--no-sandbox", "--no-first-run", *(f"--disable-{each}" for each in quiet)]
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_page(viewport={"width": getattr(request, "param", 1280), "height": 800})
        visit = Visit(page, address, [], [])
        page.on("request", lambda each: visit.requests.append(each.url))
        page.on("console", lambda each: visit.complaints.append(each.text) if each.type == "error" else None)
        page.on("pageerror", lambda each: visit.complaints.append(str(each)))
        page.goto(address)
        page.get_by_role("textbox", name="Your question").wait_for()
        page.get_by_text("can be asked about").wait_for()
        # Gradio draws the page in steps; what is pressed before the last of them is lost.
        page.get_by_role("button", name="Search only some", expanded=False).wait_for()
        yield visit
        browser.close()


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox", name="Your question").fill(question)
    page.keyboard.press("Enter")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focused element's words contain a name; fails after a whole round of the page."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement === document.body ? '' : document.activeElement.textContent"):
            return
    pytest.fail(f"{name!r} can't be reached with the keyboard")


@pytest.mark.browser
def test_a_visitor_reads_the_quotation_its_pages_and_its_passage(visit: Visit) -> None:
    page = visit.page
    ask(page, QUESTION)
    quotation = page.get_by_role("log").locator("blockquote")
    quotation.wait_for()
    assert quotation.inner_text() == QUOTE.replace("\n", " ")
    assert "page 15 (file page 17)" in page.locator("figcaption").inner_text()
    mark = page.locator("mark")
    assert not mark.is_visible()
    page.get_by_role("link", name="source 1").click()
    mark.wait_for()
    assert mark.inner_text() == QUOTE.replace("\n", " ")
    assert page.get_by_text("Thornmere agenda pack, November 2022").first.is_visible()
    assert page.get_by_text("Always check the page").first.is_visible()

    ask(page, "Who is the mayor of Atlantis?")
    page.get_by_role("heading", name="Not an answer, but nearest").wait_for()
    assert page.get_by_text("No paper that was searched speaks of this.").is_visible()
    assert mark.is_visible(), "the next answer closed a passage that was open"
    assert page.get_by_role("article").count() == 2

    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("article").first.wait_for(state="detached")
    assert page.get_by_role("article").count() == 0


@pytest.mark.browser
def test_the_page_can_be_used_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    page.locator("body").press("Tab")
    assert page.get_by_role("textbox", name="Your question").evaluate("each => each === document.activeElement")
    tab_to(page, "Search only some")
    filters = page.get_by_role("button", name="Search only some")
    assert filters.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    page.get_by_role("group", name="Kinds of paper").wait_for()
    assert filters.get_attribute("aria-expanded") == "true"
    tab_to(page, QUESTION)
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.locator("blockquote").wait_for()
    tab_to(page, "source 1")
    page.keyboard.press("Enter")
    page.locator("mark").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.locator("mark").wait_for(state="hidden")


@pytest.mark.browser
def test_the_page_asks_nobody_but_this_machine_for_anything(visit: Visit) -> None:
    ask(visit.page, QUESTION)
    visit.page.locator("blockquote").wait_for()
    # What the page would fetch late; the network is never idle, for the page listens to its server.
    visit.page.wait_for_timeout(1000)
    assert {urlsplit(url).hostname for url in visit.requests} == {"127.0.0.1"}
    assert visit.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("visit", [320], indirect=True)
def test_nothing_needs_sideways_scrolling_on_a_narrow_screen_or_at_400_percent(visit: Visit) -> None:
    page = visit.page
    ask(page, QUESTION)
    page.get_by_role("link", name="source 1").click()
    page.get_by_role("button", name="Search only some").click()
    page.get_by_role("group", name="Kinds of paper").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    beyond = "[...document.querySelectorAll('main *')].filter(each => each.getBoundingClientRect().right > 321).length"
    assert page.evaluate(beyond) == 0
