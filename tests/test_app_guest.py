"""A language model that writes above the quotations: the page with one, and with one whose server fails."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler
from threading import Event, Thread
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import app
from assistant.answer import Answer
from assistant.drafted_answers import Teller
from assistant.model import connect
from assistant.pages.about import about_html
from assistant.pages.conversation import Turn, Turns
from assistant.pages.guest import Guest
from assistant.pages.keeping import kept, opened
from assistant.pages.rendering import turn_html
from assistant.scoring import Stemmer
from assistant.settings import ModelSettings
from corpus.reading.witness import squash
from tests.axe import assert_accessible
from tests.endpoint import Answering, says, sends, serving
from tests.fakes import CountingEncoder
from tests.front_door import PAGE, QUESTION, QUOTE, FakeAssistant
from tests.visiting import GRADIO_WARNINGS, chromium, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from assistant.pages.chat import Handlers

pytestmark = GRADIO_WARNINGS

RIGHT = "The front door is the single point of contact for anybody who is worried about a child [1]."
WRONG = "Contacts to the front door rose to 9,999 in June 2022 [2]."


def guest_at(url: str, seconds: float = 20) -> Guest:
    """A language model behind this address."""
    model = connect(ModelSettings(url, "small", None, seconds))
    page = replace(PAGE, witnesses=(squash(PAGE.text),))
    teller = Teller(model, CountingEncoder(), lambda document, offset: page, Stemmer())
    return Guest("small", "127.0.0.1", teller.tell_above)


def handlers_with(guest: Guest | None) -> Handlers:
    from assistant.pages.chat import Handlers

    return Handlers(FakeAssistant(), guest)


def quoted_by(handlers: Handlers, question: str = QUESTION, turns: Turns = ()) -> Turns:
    """The turns as they stand when the quotations are there."""
    return handlers.finish(handlers.begin(question, turns, "id").turns, "id")[0]


def drafted_with(answer: Answering) -> Turn:
    with serving(answer) as (url, _):
        handlers = handlers_with(guest_at(url))
        turns, _, _ = handlers.write(quoted_by(handlers), "id")
    (turn,) = turns
    assert isinstance(turn, Turn)
    return turn


def test_the_quotations_are_there_before_the_model_writes() -> None:
    with serving(says(RIGHT)) as (url, asked):
        turns = quoted_by(handlers_with(guest_at(url)))
        assert asked == []
    html = turn_html(turns[0], 1)
    assert "<blockquote>" in html
    assert "The language model small is writing" in html
    assert html.index("is writing") < html.index("<blockquote>")


def test_a_draft_stands_above_the_quotations_with_its_writer_and_what_was_removed() -> None:
    html = turn_html(drafted_with(says(f"{RIGHT} {WRONG}")), 1)
    assert "Written by the language model small from the passages below" in html
    draft, _, quotations = html.partition("In the papers’ own words")
    assert "single point of contact" in draft
    assert '<a class="reference place"' in draft
    assert "<q>Contacts to the front door rose to 9,999 in June 2022.</q>" in draft
    assert "Removed from what it wrote (1)" in draft
    assert "<blockquote>" in quotations
    assert "is writing" not in html


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (sends(b"", 500), "refused (status 500). This is the answer in quotations."),
        (says(WRONG), "Nothing that the language model small wrote is supported by the passages."),
        (says("NOT FOUND"), "The language model small found no answer in the passages."),
    ],
)
def test_where_there_is_no_draft_the_quotations_stand_and_say_why(answer: Answering, sentence: str) -> None:
    html = turn_html(drafted_with(answer), 1)
    assert sentence in html
    assert "Written by" not in html
    assert "<blockquote>" in html


def test_a_question_that_is_declined_is_not_put_to_the_model() -> None:
    with serving(says(RIGHT)) as (url, asked):
        handlers = handlers_with(guest_at(url))
        turns = quoted_by(handlers, "Who is the mayor?")
        assert turns[0].writer == ""
        handlers.write(turns, "id")
        assert asked == []


def test_without_a_model_nothing_speaks_of_one() -> None:
    turns = quoted_by(handlers_with(None))
    assert "language model" not in turn_html(turns[0], 1)
    assert 'class="draft"' not in turn_html(turns[0], 1)
    assert "No text is generated" in about_html()
    config: Any = app.build_app(FakeAssistant()).get_config_file()
    assert "language model (" not in json.dumps(config, default=str)


@contextmanager
def being_written(answer: Event) -> Iterator[tuple[Handlers, Turns, list[Any], Thread]]:
    """Handlers, the turns, and a thread in which a draft is being written that waits for an event, and what it gave."""

    def draft(quoted: Answer, ended: Event) -> Answer:
        begun.set()
        assert ended.wait(10)
        return quoted

    begun = Event()
    handlers = handlers_with(Guest("small", "127.0.0.1", draft))
    turns = quoted_by(handlers)
    gave: list[Any] = []
    thread = Thread(target=lambda: gave.append(handlers.write(turns, "id")))
    thread.start()
    assert begun.wait(10)
    yield handlers, turns, gave, thread


@pytest.mark.parametrize("how", ["stop", "ask", "start again", "another conversation"])
def test_a_draft_for_which_nobody_waits_is_ended_and_changes_nothing(how: str) -> None:
    with being_written(Event()) as (handlers, turns, gave, thread):
        match how:
            case "stop":
                now = handlers.stop(turns, "id").turns
                assert "You stopped the language model small." in turn_html(now[0], 1)
            case "ask":
                now = handlers.begin("Who runs it?", turns, "id").turns
                assert "You went on before the language model small had written." in turn_html(now[0], 1)
            case "start again":
                now = handlers.start_again("id").turns
            case _:
                event: Any = SimpleNamespace(id="other", content="")
                now = handlers.give_back(event, "id").turns
        thread.join(10)
        assert not thread.is_alive()
    assert all(turn.writer == "" for turn in now)
    assert not any(isinstance(each, tuple | list) for each in gave[0]), "no turns and no HTML"


def test_a_draft_that_breaks_is_an_apology_and_the_quotations_stay(caplog: pytest.LogCaptureFixture) -> None:
    def breaks(quoted: Answer, ended: Event) -> Answer:
        raise RuntimeError("secret detail")

    handlers = handlers_with(Guest("small", "127.0.0.1", breaks))
    turns, html, _ = handlers.write(quoted_by(handlers), "id")
    assert turns[0].answer is not None
    assert "Sorry, something went wrong while the language model small was writing." in html[0]
    assert "secret detail" in caplog.text
    assert "secret detail" not in html[0]


def test_a_kept_conversation_has_its_draft_and_waits_for_none() -> None:
    turn = drafted_with(says(f"{RIGHT} {WRONG}"))
    (back,) = opened(kept((turn,))).turns
    assert back.answer is not None
    assert turn.answer is not None
    assert back.answer.drafted == turn.answer.drafted
    assert turn_html(back, 1) == turn_html(turn, 1)
    (unfinished,) = opened(kept((Turn(QUESTION, turn.answer, writer="small"),))).turns
    assert unfinished.writer == ""


def test_a_draft_is_taken_along_with_its_marks() -> None:
    turn = drafted_with(says(f"{RIGHT} {WRONG}"))
    event: Any = SimpleNamespace(ending=".md")
    text = b64decode(json.loads(handlers_with(None).take((turn,), event))["content"]).decode()
    assert text.index("## Written by a language model") < text.index("## In the papers’ own words")
    assert "**Written by the language model small from the passages below" in text
    assert "Removed from what small wrote: “Contacts to the front door rose to 9,999 in June 2022.”" in text
    assert "writes nothing but" not in text


@pytest.mark.parametrize(("host", "where"), [("127.0.0.1", "the machine on which this program runs"), ("ai.test",) * 2])
def test_the_page_about_the_page_says_which_model_writes_and_where(host: str, where: str) -> None:
    html = about_html(None, Guest("<small>", host, lambda answer, ended: answer))
    assert f"<strong>&lt;small&gt;</strong>, which runs on\n<strong>{where}</strong>" in html
    assert "No text is generated" not in html
    assert "No outside service is used" not in html.replace("\n", " ")
    assert "<small>" not in html


def test_a_page_with_a_model_that_is_not_set_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COUNCIL_PAPERS_MODEL_URL", raising=False)
    from tests.visiting import free_port

    assert app.main(["--model", "--port", str(free_port())]) == 1
    told = capsys.readouterr().err
    assert "set COUNCIL_PAPERS_MODEL_URL" in told
    assert told.count("\n") == 1


# With a real browser ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@contextmanager
def visited(browser: Browser, answer: Answering, width: int = 1280) -> Iterator[Page]:
    """The page with a model whose server answers so, the question asked and its quotations there."""
    with serving(answer) as (url, _), served(app.build_app(FakeAssistant(), guest=guest_at(url))) as address:
        page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
        page.goto(address)
        page.get_by_text("can be asked about").wait_for()
        page.get_by_role("button", name="Search only some", expanded=False).wait_for()
        page.get_by_role("link", name="Ask", exact=True).and_(page.locator("[aria-current=page]")).wait_for()
        page.get_by_role("textbox", name="Your question").fill(QUESTION)
        page.keyboard.press("Enter")
        page.locator("figure blockquote").wait_for()
        yield page
        page.context.close()


def held(answer: Answering, go: Event, request: BaseHTTPRequestHandler) -> None:
    go.wait(20)
    answer(request)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_a_reader_goes_on_with_the_quotations_while_the_model_writes_above_them(browser: Browser, width: int) -> None:
    go = Event()
    with visited(browser, partial(held, says(f"{RIGHT} {WRONG}"), go), width) as page:
        log = page.get_by_role("log")
        log.get_by_text("The language model small is writing").wait_for()
        assert_accessible(page)
        passage = page.locator("ol.sources details").first
        passage.locator("summary").click()
        quotation = page.locator(".turn > .statement blockquote")
        quotation.evaluate("each => { each.dataset.same = 'yes' }")
        go.set()
        log.get_by_text("Written by the language model small from the passages below").wait_for()
        assert quotation.get_attribute("data-same") == "yes", "it isn't drawn anew"
        assert passage.get_attribute("open") is not None, "what was opened stays open"
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
        page.get_by_text("Removed from what it wrote (1)").click()
        assert log.get_by_text("Removed because").is_visible()
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator(".draft").get_by_role("link", name="source 2 on its page").click()
        marks = page.locator("#page-view mark")
        marks.first.wait_for()
        assert QUOTE.replace("\n", " ") in " ".join(marks.all_inner_texts())


@pytest.mark.browser
def test_a_server_that_fails_is_told_above_the_quotations(browser: Browser) -> None:
    with visited(browser, sends(b"", 500)) as page:
        page.get_by_role("log").get_by_text("refused (status 500). This is the answer in quotations.").wait_for()
        assert page.locator("figure blockquote").count() == 1
        assert_accessible(page)


@pytest.mark.browser
def test_stop_ends_the_draft_and_another_question_can_be_asked(browser: Browser) -> None:
    go = Event()
    with visited(browser, partial(held, says(RIGHT), go)) as page:
        page.get_by_text("The language model small is writing").wait_for()
        page.get_by_role("button", name="Stop").click()
        page.get_by_text("You stopped the language model small.").wait_for()
        go.set()
        page.get_by_role("textbox", name="Your question").fill("Who is the mayor?")
        page.keyboard.press("Enter")
        page.get_by_text("No paper that was searched speaks of this.").wait_for()
        assert page.get_by_text("You stopped the language model small.").is_visible()
        assert page.get_by_text("Written by the language model").count() == 0


@pytest.mark.browser
def test_drafts_that_take_long_keep_nobody_from_the_quotations(browser: Browser) -> None:
    from assistant.pages.chat import WRITTEN_AT_ONCE

    go = Event()
    with visited(browser, partial(held, says(RIGHT), go)) as page:
        others = [browser.new_context().new_page() for _ in range(WRITTEN_AT_ONCE + 1)]
        for other in others:
            other.set_default_timeout(6000)
        for other in others:
            other.goto(page.url)
            other.get_by_text("can be asked about").wait_for()
            other.get_by_role("link", name="Ask", exact=True).and_(other.locator("[aria-current=page]")).wait_for()
            other.get_by_role("textbox", name="Your question").fill("Where is the front door?")
            other.keyboard.press("Enter")
            other.get_by_role("article", name="Where is the front door?").locator("figure blockquote").wait_for()
            assert other.get_by_text("The language model small is writing").is_visible()
        assert not go.is_set(), "no draft has come meanwhile"
        go.set()
        others[-1].get_by_text("Written by the language model small").wait_for()
        for other in others:
            other.context.close()
