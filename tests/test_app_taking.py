"""A conversation taken along from the page: what the reader downloads is the file that `taking_along` makes."""

from __future__ import annotations

import io
import json
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from assistant.pages.conversation import Turn, to_take_along
from assistant.taking_along import take_along
from tests.axe import assert_accessible
from tests.test_app_keeping import QUOTE, ask, turn
from tests.visiting import GRADIO_WARNINGS, chromium, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = GRADIO_WARNINGS


def told(*turns: Turn, ending: str = ".md") -> dict[str, str]:
    from assistant.pages.taking import to_download

    value: dict[str, str] = json.loads(to_download(turns, ending))
    return value


def test_the_page_is_told_the_files_name_and_its_bytes() -> None:
    taken = take_along(to_take_along((turn(),)), ".md")
    assert told(turn())["name"] == taken.name == "what-is-the-front-door-2026-03-09.md"
    assert b64decode(told(turn())["content"]) == taken.content


def test_only_questions_that_were_answered_are_taken_along() -> None:
    failed = Turn("locked", problem="The library is being written.")
    assert told(turn(), failed)["content"] == told(turn())["content"]


@pytest.mark.parametrize(("turns", "ending", "words"), [((), ".md", "ask one"), ((turn(),), ".exe", "not as .exe")])
def test_why_there_is_no_file_is_said_in_a_sentence(turns: tuple[Turn, ...], ending: str, words: str) -> None:
    assert words in told(*turns, ending=ending)["problem"]


def test_the_same_file_can_be_had_again() -> None:
    assert told(turn())["once"] != told(turn())["once"]


@pytest.fixture(scope="module")
def visit() -> Iterator[Page]:
    from tests.keeping_page import page_that_keeps

    with served(page_that_keeps(turn)) as address, chromium() as browser:
        page = browser.new_page()
        page.goto(address)
        page.get_by_role("region", name="Take it along").wait_for()
        yield page


@pytest.mark.browser
def test_a_reader_finds_the_files_in_their_downloads(visit: Page, tmp_path: Path) -> None:
    visit.get_by_role("button", name="Word file").click()
    visit.get_by_text("No question has been answered yet").wait_for()
    ask(visit, "What is the front door?")
    for _ in range(2):
        with visit.expect_download() as download:
            visit.get_by_role("button", name="Word file").click()
        assert download.value.suggested_filename == "what-is-the-front-door-2026-03-09.docx"
        download.value.save_as(tmp_path / "answer.docx")
        saved = docx.Document(io.BytesIO((tmp_path / "answer.docx").read_bytes()))
        assert QUOTE in [paragraph.text for paragraph in saved.paragraphs]
    with visit.expect_download() as download:
        visit.get_by_role("button", name="Markdown file").click()
    download.value.save_as(tmp_path / "answer.md")
    assert (tmp_path / "answer.md").read_bytes() == take_along(to_take_along((turn(),)), ".md").content
    visit.get_by_text("Saved in your downloads: what-is-the-front-door-2026-03-09.md").wait_for()
    assert_accessible(visit, within="#taking")
