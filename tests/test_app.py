"""The page: its handlers called directly, loading, the command line, and visits with a real browser."""

from __future__ import annotations

import json
import os
import re
import socket
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

import app
from assistant.answer import Status
from assistant.pages.conversation import APOLOGY, STOPPED, Turns, narrowed
from assistant.pages.dates import UnclearDate, iso_date
from assistant.pages.keeping import kept
from assistant.pages.loading import FAULT, READING, Answering, Loading, NotReady
from assistant.pages.rendering import turn_html
from corpus.errors import CouncilPapersError
from index.hits import Filter
from tests.front_door import QUESTION, QUOTE, FakeAssistant
from tests.visiting import GRADIO_WARNINGS, chromium, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from assistant.pages.chat import Handlers

pytestmark = GRADIO_WARNINGS


@pytest.fixture
def handlers() -> Handlers:
    from assistant.pages.chat import Handlers

    return Handlers(FakeAssistant())


def fake(handlers: Handlers) -> FakeAssistant:
    assert isinstance(handlers.assistant, FakeAssistant)
    return handlers.assistant


def pressed(**data: object) -> Any:
    """What the browser says of what was pressed."""
    return SimpleNamespace(**data)


def ask_of(
    handlers: Handlers, question: str, turns: Turns = (), *narrowing: Any, replacing: int | None = None
) -> Turns:
    """The turns with the answer to a question, asked as the page asks it."""
    begun = handlers.begin(question, turns, "id", replacing, *narrowing)
    return handlers.finish(begun.turns, begun.id)[0]


def test_a_question_is_shown_at_once_and_answered_then(handlers: Handlers) -> None:
    begun = handlers.begin(QUESTION, ())
    assert QUESTION in begun.html[0]
    assert "Searching the papers" in begun.html[0]
    assert begun.box == ""
    _, html, keep = handlers.finish(begun.turns, begun.id)
    assert "<blockquote>" in html[0]
    assert QUESTION in json.loads(keep)["title"]


def test_a_follow_up_is_asked_with_the_earlier_questions_and_not_with_failed_ones(handlers: Handlers) -> None:
    turns: Turns = ()
    for question in (QUESTION, "locked", "Who runs it?"):
        turns = ask_of(handlers, question, turns)
    assert fake(handlers).asked[-1] == ("Who runs it?", (QUESTION,), Filter())
    assert len(turns) == 3


def test_the_page_keeps_nothing_of_one_visitor_for_another(handlers: Handlers) -> None:
    ask_of(handlers, QUESTION)
    assert len(ask_of(handlers, "Who is the mayor?")) == 1


def test_what_is_chosen_reaches_the_assistant(handlers: Handlers) -> None:
    ask_of(handlers, QUESTION, (), "June 2022", "2023", ["minutes", "plan"], ["Cabinet"], ["2022-11-pack#3"])
    assert fake(handlers).asked[0][2] == Filter(
        "2022-06", "2023", ("minutes", "plan"), bodies=("Cabinet",), papers=("2022-11-pack#3",)
    )


def test_a_date_that_cannot_be_read_keeps_the_question_in_its_box(handlers: Handlers) -> None:
    begun = handlers.begin(QUESTION, (), "", None, "Juneish", "", [], [], [])
    assert begun.box == QUESTION
    assert "“Juneish” under “Since” is not a date" in begun.html[0]
    assert handlers.finish(begun.turns, begun.id)[0] == begun.turns
    assert fake(handlers).asked == []


@pytest.mark.parametrize("question", ["  ", ""])
def test_an_empty_question_is_not_asked(handlers: Handlers, question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = informed(monkeypatch)
    assert handlers.begin(question, ()).turns == ()
    assert told == ["Please write a question first."]


def test_a_question_waits_in_its_box_until_the_one_before_is_answered(
    handlers: Handlers, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = informed(monkeypatch)
    begun = handlers.begin(QUESTION, ())
    again = handlers.begin("Who runs it?", begun.turns, begun.id)
    assert (again.turns, again.box) == (begun.turns, "Who runs it?")
    assert told == ["The question before is still being answered."]


def informed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The notes that the page shows from now on."""
    import gradio as gr

    told: list[str] = []
    monkeypatch.setattr(gr, "Info", told.append)
    return told


def test_a_known_error_is_shown_as_its_sentence(handlers: Handlers) -> None:
    assert ask_of(handlers, "locked")[0].problem == "The library is being written; try again in a minute."


def test_an_unexpected_error_is_an_apology_on_the_page_and_a_traceback_in_the_log(
    handlers: Handlers, caplog: pytest.LogCaptureFixture
) -> None:
    assert ask_of(handlers, "break")[0].problem == APOLOGY
    assert "secret detail" in caplog.text


def test_a_question_that_is_stopped_says_so_and_another_can_be_asked(handlers: Handlers) -> None:
    begun = handlers.begin(QUESTION, ())
    stopped = handlers.stop(begun.turns, begun.id)
    assert stopped.turns[0].problem == STOPPED
    turns = ask_of(handlers, QUESTION, stopped.turns)
    assert handlers.stop(turns, "id").turns == turns, "an answer that is there stays"


def test_a_question_is_changed_in_its_box_and_goes_with_what_came_after_it(handlers: Handlers) -> None:
    turns = ask_of(handlers, "Who runs it?", ask_of(handlers, "Who is the <mayor>?"))
    box, replacing, note = handlers.edit(turns, pressed(turn=0))
    assert (box, replacing) == ("Who is the <mayor>?", 0)
    assert "“Who is the &lt;mayor&gt;?”" in note
    assert "and what you asked after it" in note
    assert [turn.question for turn in ask_of(handlers, QUESTION, turns, replacing=replacing)] == [QUESTION]
    assert handlers.keep_as_it_is() == ("", None, "")


def test_a_question_is_asked_again_without_what_came_after_it(handlers: Handlers) -> None:
    turns = ask_of(handlers, "Who runs it?", ask_of(handlers, QUESTION))
    begun = handlers.retry(turns, "id", pressed(turn=0))
    assert [turn.question for turn in begun.turns] == [QUESTION]
    assert begun.turns[0].answer is None
    for place in (7, -1, "0", None):
        assert handlers.retry(turns, "id", pressed(turn=place)).turns == turns
        assert handlers.edit(turns, pressed(turn=place)) == ("", None, "")


def test_one_answer_and_a_whole_conversation_are_taken_along(handlers: Handlers) -> None:
    turns = ask_of(handlers, "Who is the mayor?", ask_of(handlers, QUESTION))
    whole = json.loads(handlers.take(turns, pressed(ending=".md")))
    assert all(question in b64decode(whole["content"]).decode() for question in (QUESTION, "Who is the mayor?"))
    assert json.loads(handlers.save(turns, pressed(turn=1)))["name"].endswith(".docx")
    assert "problem" in json.loads(handlers.take(turns, pressed(ending=".exe")))


def test_a_new_conversation_is_empty_and_a_kept_one_comes_back(handlers: Handlers) -> None:
    turns = ask_of(handlers, QUESTION)
    assert handlers.start_again()[:4] == ((), [], "", "")
    back = handlers.give_back(pressed(id="id", content=kept(turns)))
    assert [turn.question for turn in back.turns] == [QUESTION]
    assert back.html == [turn_html(turns[0], 1)]
    assert back.id == "id"
    damaged = handlers.give_back(pressed(id="id", content="{"))
    assert (damaged.turns, damaged.id) == ((), "")
    assert "what this browser kept of it is damaged" in damaged.html[0]


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
    from assistant.pages.page import state_html

    def load(say: Callable[[str], None]) -> Answering:
        raise error

    loading = Loading(load)
    loading.start()
    with pytest.raises(NotReady, match=re.escape(sentence)):
        loading.ask(QUESTION, (), Filter())
    assert loading.progress().failed
    assert sentence.split("'")[0] in state_html(loading.progress(), loading)
    assert "disk" not in state_html(loading.progress(), loading)


def test_the_page_says_what_it_can_be_asked_about_and_whose_papers_there_are() -> None:
    import gradio as gr

    from assistant.pages.page import Announcing

    said, clock, bodies = Announcing(FakeAssistant(), app.always_ready, lambda: gr.CheckboxGroup(["Panel"])).state()
    assert "2 papers in 1 document" in said
    assert not clock.active
    assert isinstance(bodies, gr.CheckboxGroup)


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


# With a real browser ------------------------------------------------------------------------------------------------


@dataclass
class Visit:
    """A page in a browser, and what the browser asked for and complained of."""

    page: Page
    requests: list[str]
    complaints: list[str]


@dataclass
class Patient(FakeAssistant):
    """The same; asked to wait, it does until it is let go."""

    def __post_init__(self) -> None:
        self.go = Event()

    def ask(self, question: str, history: Any, within: Filter, /) -> Any:
        if question == "wait":
            self.go.wait(30)
        return super().ask(question, history, within)


@pytest.fixture(scope="module")
def assistant() -> Patient:
    return Patient()


@pytest.fixture(scope="module")
def address(assistant: Patient) -> Iterator[str]:
    with served(app.build_app(assistant)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    visit = visited(browser, address, getattr(request, "param", 1280))
    yield visit
    visit.page.context.close()


def visited(browser: Browser, address: str, width: int = 1280) -> Visit:
    """The page as somebody opens it who hasn't been there before."""
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    visit = Visit(page, [], [])
    page.on("request", lambda each: visit.requests.append(each.url))
    page.on("console", lambda each: visit.complaints.append(each.text) if each.type == "error" else None)
    page.on("pageerror", lambda each: visit.complaints.append(str(each)))
    page.goto(address)
    page.get_by_role("textbox", name="Your question").wait_for()
    page.get_by_text("can be asked about").wait_for()
    # Gradio draws the page in steps; what is pressed before the last of them is lost.
    page.get_by_role("button", name="Search only some", expanded=False).wait_for()
    page.get_by_role("link", name="Ask", exact=True).and_(page.locator("[aria-current=page]")).wait_for()
    return visit


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox", name="Your question").fill(question)
    page.keyboard.press("Enter")


def article(page: Page, question: str) -> Locator:
    return page.get_by_role("article", name=question)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focused element's words contain a name; fails after a whole round of the page."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement === document.body ? '' : document.activeElement.textContent"):
            return
    pytest.fail(f"{name!r} can't be reached with the keyboard")


@pytest.mark.browser
def test_a_visitor_reads_the_quotation_its_page_and_its_passage(visit: Visit) -> None:
    page = visit.page
    ask(page, QUESTION)
    quotation = page.get_by_role("log").locator("blockquote")
    quotation.wait_for()
    assert quotation.inner_text() == QUOTE.replace("\n", " ")
    assert "page 15 (file page 17)" in page.locator("figcaption").inner_text()
    # The page itself isn't kept here: its text is shown, and that is said.
    page.get_by_role("link", name="source 1 on its page").click()
    viewer = page.get_by_role("region", name="The page of a quotation")
    viewer.locator("mark").first.wait_for()
    assert viewer.locator("mark").first.inner_text() == QUOTE.replace("\n", " ")
    viewer.get_by_role("button", name="Close").click()
    viewer.wait_for(state="hidden")

    source = page.locator("ol.sources summary").first
    source.click()
    mark = page.locator("#conversation mark")
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
    assert page.evaluate("document.activeElement.textContent") == "Skip to the question"
    page.keyboard.press("Enter")
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
    page.locator("#page-view mark").first.wait_for()
    assert page.evaluate("document.activeElement.closest('#page-view') !== null"), "the focus follows to the page"
    tab_to(page, "Close")
    page.keyboard.press("Enter")
    page.locator("#page-view mark").first.wait_for(state="detached")
    assert "source 1" in page.evaluate("document.activeElement.textContent"), "and comes back"
    page.locator("body").press("Home")
    tab_to(page, "Findings")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Findings over the years").wait_for()


@pytest.mark.browser
def test_what_the_keyboard_reaches_is_not_hidden_behind_the_question_box(visit: Visit) -> None:
    page = visit.page
    for question in (QUESTION, "Who is the mayor?", f"{QUESTION} And the back door?"):
        ask(page, question)
        article(page, question).locator(".actions").wait_for()
    page.get_by_role("textbox", name="Your question").focus()
    hidden = """() => {
        const focused = document.activeElement.getBoundingClientRect();
        const form = document.querySelector('#form').getBoundingClientRect();
        return document.activeElement.closest('#conversation') !== null
            && (focused.bottom > form.top + 1 || focused.top < 0);
    }"""
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(hidden), page.evaluate("document.activeElement.outerHTML")


@pytest.mark.browser
def test_two_people_at_once_have_conversations_of_their_own(browser: Browser, address: str) -> None:
    one, two = visited(browser, address).page, visited(browser, address).page
    ask(one, QUESTION)
    ask(two, "Who is the mayor?")
    article(two, "Who is the mayor?").locator(".declined").wait_for()
    article(one, QUESTION).locator("blockquote").wait_for()
    assert one.get_by_role("article").count() == two.get_by_role("article").count() == 1
    assert one.locator("#keeping li").count() == 1
    for page in (one, two):
        page.context.close()


@pytest.mark.browser
def test_a_conversation_is_kept_in_the_browser_and_opened_as_it_was(visit: Visit) -> None:
    page = visit.page
    ask(page, QUESTION)
    page.locator("blockquote").wait_for()
    before = page.locator("#conversation").inner_text()
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("article").first.wait_for(state="detached")
    page.locator("#keeping").get_by_role("button", name=QUESTION, exact=True).click()
    page.locator("blockquote").wait_for()
    assert page.locator("#conversation").inner_text() == before
    page.reload()
    page.locator("blockquote").wait_for()
    page.get_by_role("link", name="source 1 on its page").click()
    page.locator("#page-view mark").first.wait_for()


@pytest.mark.browser
def test_waiting_is_stopped_and_the_page_goes_on(visit: Visit, assistant: Patient) -> None:
    page = visit.page
    assistant.go.clear()
    ask(page, "wait")
    page.get_by_text("Searching the papers").wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped before it was answered").wait_for()
    assistant.go.set()
    assert page.get_by_role("button", name="Stop").is_hidden()
    ask(page, QUESTION)
    article(page, QUESTION).locator("blockquote").wait_for()
    assert article(page, "wait").get_by_text("Stopped before it was answered").is_visible()


@pytest.mark.browser
def test_a_question_is_changed_and_its_answer_replaced(visit: Visit) -> None:
    page = visit.page
    ask(page, "Who is the mayor?")
    page.get_by_role("button", name="Change the question").click()
    page.get_by_text("You are changing question 1").wait_for()
    box = page.get_by_role("textbox", name="Your question")
    assert box.input_value() == "Who is the mayor?"
    page.get_by_role("button", name="Leave it as it is").click()
    page.get_by_text("You are changing question 1").wait_for(state="detached")
    assert box.input_value() == ""
    page.get_by_role("button", name="Change the question").click()
    page.get_by_text("You are changing question 1").wait_for()
    ask(page, QUESTION)
    article(page, QUESTION).locator("blockquote").wait_for()
    assert page.get_by_role("article").count() == 1
    with page.expect_download() as download:
        page.get_by_role("button", name="Save this answer (Word)").click()
    assert download.value.suggested_filename.endswith(".docx")


@pytest.mark.browser
def test_what_is_chosen_stands_above_the_answers_and_is_taken_away_there(visit: Visit, assistant: Patient) -> None:
    page = visit.page
    page.get_by_role("button", name="Search only some").click()
    since = page.locator("#filters").get_by_label("Since")
    since.fill("June 2022")
    page.get_by_role("checkbox", name="Minutes").check()
    page.get_by_label("Single papers").fill("scorecard 2022")
    page.get_by_role("checkbox", name="Performance scorecard, June 2022").check()
    chosen = page.get_by_role("group", name="What is searched")
    chosen.get_by_role("button", name="Performance scorecard").wait_for()
    ask(page, QUESTION)
    article(page, QUESTION).locator("blockquote").wait_for()
    assert assistant.asked[-1][2] == Filter("2022-06", kinds=("minutes",), papers=("2022-11-pack#4",))
    chosen.get_by_role("button", name="Minutes only").click()
    chosen.get_by_role("button", name="Minutes only").wait_for(state="detached")
    assert not page.get_by_role("checkbox", name="Minutes").is_checked()
    chosen.get_by_role("button", name="Search all papers").click()
    chosen.get_by_role("listitem").first.wait_for(state="detached")
    assert since.input_value() == ""
    ask(page, "Who is the mayor?")
    article(page, "Who is the mayor?").locator(".declined").wait_for()
    assert assistant.asked[-1][2] == Filter()


@pytest.mark.browser
def test_the_subject_of_a_question_is_followed_into_the_traces_and_back(visit: Visit, assistant: Patient) -> None:
    page = visit.page
    ask(page, QUESTION)
    page.get_by_role("button", name="Findings", exact=True).click()
    page.get_by_role("heading", name="Findings over the years").wait_for()
    page.get_by_text("hold no findings").wait_for()
    assert page.locator("#view-findings").get_by_label("Subject").input_value() == "front door"
    assert "front door" in assistant.tracer.asked
    assert urlsplit(page.url).fragment == "findings"
    page.go_back()
    page.locator("blockquote").wait_for()
    page.get_by_role("link", name="About").click()
    page.get_by_role("heading", name="About this page").wait_for()
    assert page.locator("blockquote").is_hidden()


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
    page.locator("#page-view mark").first.wait_for()
    page.get_by_role("button", name="Search only some").click()
    page.get_by_role("group", name="Kinds of paper").wait_for()
    # A table may scroll by itself.
    beyond = """[...document.querySelectorAll('main *')].filter((each) => !each.parentElement.closest('.wide')
        && each.getBoundingClientRect().right > 321).length"""
    for view in ("Ask", "Findings", "Promises", "Figures", "About"):
        page.get_by_role("navigation", name="Views").get_by_role("link", name=view).click()
        page.locator(f"#view-{view.lower()}").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") == 320, view
        assert page.evaluate(beyond) == 0, view
