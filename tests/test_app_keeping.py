"""Conversations that the browser keeps: given back as they were, never an error, and not lost by another tab."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Searched, Status
from assistant.citations import Citation, Statement
from assistant.pages.conversation import Turn, Turns, to_take_along
from assistant.pages.rendering import turn_html
from assistant.references import Listing
from assistant.taking_along import blocks_of
from corpus.documents import Paper, Passage
from index.hits import Hit
from tests.axe import assert_accessible
from tests.visiting import GRADIO_WARNINGS, chromium, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = GRADIO_WARNINGS

WHEN = datetime(2026, 3, 9, 14, 5, tzinfo=timezone(timedelta(hours=1)))
MINUTES = Paper("pack", 3, "minutes", "Minutes of the Panel", 15, 19, 0, 900, "Panel", "2022-06-14", "draft", item="3")
OTHER = replace(MINUTES, document="other", body=None, item=None)
QUOTE = "The front door is the single point of contact."


def passage(text: str, paper: Paper = MINUTES, headers: tuple[str, ...] = ()) -> Passage:
    return Passage(paper.document, paper.id, 9, 9 + len(text), text, ("Front door",), headers, extracts=((9, 12),))


def hit(number: int, paper: Paper = MINUTES) -> Hit:
    return Hit(passage(f"Passage {number} of the hits.", paper), paper, 17, None, number, "both", 0.5, number)


def turn(question: str = "What is the front door?", **fields: Any) -> Turn:
    cited = passage(f"Before. {QUOTE} After.")
    citation = Citation(1, cited, MINUTES, 17, "15", QUOTE, "read by text recognition")
    plain: dict[str, Any] = {
        "status": Status.ANSWERED,
        "reason": None,
        "statements": (Statement(f"The minutes say: “{QUOTE}”", (1,)),),
        "citations": (citation,),
        "hits": (replace(hit(1), passage=cited), hit(2), hit(3, OTHER)),
        "searched": Searched(10, 23, since="2022-06", kinds=("minutes",)),
        "seconds": 0.25,
    }
    answer = Answer(question=question, standalone=f"{question} (2022)", **{**plain, **fields})
    titles = {"pack": "Agenda pack", "other": "Other minutes", "unrelated": "Never shown"}
    listed = {MINUTES.id: Listing("Panel", "2022-11-08", alone=True)}
    return Turn(question, answer, titles=titles, listings=listed, when=WHEN)


DECLINED = turn(
    "Who is the mayor?", status=Status.NOT_FOUND, reason="No paper says so.", statements=(), citations=(),
    hits=tuple(hit(number) for number in range(1, 11)),
)  # fmt: skip
TURNS: Turns = (turn(), DECLINED, Turn("locked", problem="The library is being written.", when=WHEN))


def shown(turns: Turns) -> list[str]:
    return [turn_html(each, number) for number, each in enumerate(turns, 1)]


def back(turns: Turns) -> Turns:
    from assistant.pages.keeping import kept, opened

    found = opened(kept(turns))
    assert found.problem is None
    return found.turns


def test_a_conversation_comes_back_with_the_same_answers_and_citations() -> None:
    assert shown(back(TURNS)) == shown(TURNS)
    assert [t.answer.citations for t in back(TURNS) if t.answer] == [t.answer.citations for t in TURNS if t.answer]
    assert list(blocks_of(to_take_along(back(TURNS)))) == list(blocks_of(to_take_along(TURNS)))
    assert back(back(TURNS)) == back(TURNS)


def test_a_question_that_is_still_being_answered_is_not_kept() -> None:
    from assistant.pages.keeping import kept

    assert back((turn(), Turn("And now?"))) == back((turn(),))
    assert kept((Turn("And now?"),)) == kept(()) == ""
    assert back(()) == ()


def test_nothing_is_kept_that_the_page_does_not_show() -> None:
    from assistant.pages.keeping import kept

    content = kept(TURNS)
    assert "Never shown" not in content
    assert "extracts" not in content
    assert "Passage 5 of the hits" in content
    assert "Passage 6 of the hits" not in content


@pytest.mark.parametrize(
    "content", [" ", "{", "[]", "null", '"x"', "{}", '{"format": "one"}', '{"format": 1}', "[" * 99999, "{" + "x" * 50]
)
def test_anything_else_gives_an_empty_conversation_and_a_sentence(content: str) -> None:
    from assistant.pages.keeping import DAMAGED, opened

    assert opened(content).turns == ()
    assert opened(content).problem == DAMAGED


def test_a_conversation_of_another_version_says_so() -> None:
    from assistant.pages.keeping import OTHER_VERSION, kept, opened

    assert opened(kept(TURNS).replace('"format":1', '"format":99')).problem == OTHER_VERSION


def test_a_conversation_that_is_far_too_long_is_not_even_read() -> None:
    from assistant.pages.keeping import DAMAGED, MOST_CHARACTERS, opened

    assert opened('{"format":1,"turns":[]}' + " " * MOST_CHARACTERS).problem == DAMAGED


LEAVES = st.none() | st.integers(-5, 99) | st.sampled_from(["", "2022-13", "<i>x</i>", "x", "99"]) | st.just([])


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value that can be set to something else."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from places(inner)


@given(st.data())
def test_whatever_is_changed_in_what_was_kept_is_shown_or_told_as_damaged(data: st.DataObject) -> None:
    from assistant.pages.keeping import kept, opened

    value = json.loads(kept(TURNS))
    holder, key = data.draw(st.sampled_from(list(places(value["turns"]))))
    holder[key] = data.draw(LEAVES)
    found = opened(json.dumps(value))
    assert (found.problem is None) or found.turns == ()
    assert "<i>x</i>" not in "".join(shown(found.turns))
    list(blocks_of(to_take_along(found.turns)))


def test_what_the_browser_is_told_has_the_first_question_and_the_last_time() -> None:
    from assistant.pages.keeping import opened, to_keep

    told = json.loads(to_keep((turn(), replace(DECLINED, when=WHEN + timedelta(days=1))), "1f"))
    assert (told["id"], told["title"], told["when"]) == (
        "1f",
        "What is the front door?",
        "2026-03-10T13:05:00.000+00:00",
    )
    assert len(opened(told["content"]).turns) == 2
    assert json.loads(to_keep((), "1f"))["id"] == ""
    assert to_keep((), "1f") != to_keep((), "1f"), "Gradio wouldn't tell the page"


# With a real browser ------------------------------------------------------------------------------------------------


def answered(question: str) -> Turn:
    return turn(question, reason="x" * 4_000_000) if question == "Too long?" else turn(question)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    from tests.keeping_page import page_that_keeps

    with served(page_that_keeps(answered)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(address: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    opened_at(page, address)
    yield page
    context.close()


def opened_at(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("textbox", name="Question").wait_for()
    page.get_by_role("region", name="Your conversations").wait_for()


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox", name="Question").fill(question)
    page.keyboard.press("Enter")
    page.get_by_role("article", name=question).wait_for()


def start_again(page: Page) -> None:
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("article").wait_for(state="detached")


def articles(page: Page) -> list[str]:
    return page.get_by_role("article").evaluate_all("all => all.map(each => each.outerHTML)")


def titles(page: Page) -> list[str]:
    return page.locator("#keeping .open").all_inner_texts()


@pytest.mark.browser
def test_a_conversation_is_there_after_a_reload(visit: Page, address: str) -> None:
    ask(visit, "First?")
    ask(visit, "Second?")
    before = articles(visit)
    visit.get_by_role("button", name="First?", exact=True).wait_for()
    opened_at(visit, address)
    visit.get_by_role("article", name="Second?").wait_for()
    assert articles(visit) == before
    ask(visit, "Third?")
    assert titles(visit) == ["First?"], "the conversation went on as another one"
    assert_accessible(visit, within="#keeping")


@pytest.mark.browser
def test_two_tabs_have_conversations_of_their_own_and_each_can_be_opened_in_the_other(
    visit: Page, address: str
) -> None:
    other = visit.context.new_page()
    opened_at(other, address)
    ask(visit, "Here?")
    ask(other, "There?")
    visit.get_by_role("button", name="There?", exact=True).wait_for()
    assert sorted(titles(visit)) == sorted(titles(other)) == ["Here?", "There?"]
    visit.get_by_role("button", name="There?", exact=True).click()
    visit.get_by_role("article", name="There?").wait_for()
    assert visit.evaluate("document.activeElement.textContent") == "There?", "the keyboard's place was lost"
    assert visit.get_by_role("article").count() == 1
    opened_at(visit, address)
    visit.get_by_role("article", name="There?").wait_for()


@pytest.mark.browser
def test_a_new_conversation_is_listed_beside_the_old_and_both_can_be_deleted(visit: Page, address: str) -> None:
    ask(visit, "First?")
    start_again(visit)
    visit.get_by_role("button", name="First?", exact=True).click()
    visit.get_by_role("article", name="First?").wait_for()
    start_again(visit)
    visit.locator("#keeping [aria-current]").wait_for(state="detached")
    ask(visit, "Second?")
    visit.get_by_role("button", name="Second?", exact=True).wait_for()
    assert len(titles(visit)) == 2
    visit.get_by_role("button", name="Delete “First?”").click()
    visit.get_by_text("The conversation was deleted").wait_for()
    assert titles(visit) == ["Second?"]
    assert visit.evaluate("document.activeElement.textContent") == "Second?"
    visit.once("dialog", lambda dialog: dialog.accept())
    visit.get_by_role("button", name="Delete all").click()
    visit.get_by_role("article").wait_for(state="detached")
    visit.get_by_text("keeps no conversation yet").wait_for()
    opened_at(visit, address)
    visit.get_by_text("keeps no conversation yet").wait_for()
    assert visit.evaluate("localStorage.length") == 0


@pytest.mark.browser
def test_the_oldest_is_dropped_and_named_where_there_is_no_room(visit: Page, address: str) -> None:
    fill = """count => { for (let n = 0; n < count; n++) localStorage.setItem(`council-papers:conversation:old${n}`,
        JSON.stringify({title: `Old ${n}`, when: `2020-01-${10 + n}T10:00:00+00:00`, content: '{}'})); }"""
    visit.evaluate(fill, 12)
    visit.evaluate("localStorage.setItem('council-papers:conversation:big', JSON.stringify({title: 'Big <b>one</b>',"
                   " when: '2019-01-01T10:00:00+00:00', content: 'x'.repeat(5100000)}))")  # fmt: skip
    ask(visit, "New?")
    visit.get_by_text("the oldest was deleted: Big <b>one</b>").wait_for()
    assert len(titles(visit)) == 13
    visit.evaluate(fill, 30)
    ask(visit, "Newer?")
    visit.get_by_text("the oldest was deleted: Old 0").wait_for()
    assert len(titles(visit)) == 30
    visit.get_by_role("button", name="Old 29", exact=True).click()
    visit.get_by_text("This conversation can't be opened").wait_for()


@pytest.mark.browser
def test_a_conversation_that_is_too_long_is_said_to_be_and_leaves_the_others(visit: Page) -> None:
    ask(visit, "First?")
    start_again(visit)
    ask(visit, "Too long?")
    visit.get_by_text("too long for this browser to keep").wait_for()
    assert titles(visit) == ["First?"]


@pytest.mark.browser
def test_what_is_damaged_is_listed_and_can_be_deleted(visit: Page, address: str) -> None:
    visit.evaluate("localStorage.setItem('council-papers:conversation:x', '{not json')")
    opened_at(visit, address)
    visit.get_by_role("button", name="Damaged conversation", exact=True).click()
    visit.get_by_text("is damaged").wait_for()
    visit.get_by_role("button", name="Delete “Damaged").click()
    visit.get_by_text("keeps no conversation yet").wait_for()
