"""What axe-core finds on the page as people meet it: before, while and after they ask, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

import app
from tests.axe import Violation, assert_accessible, violations
from tests.front_door import QUESTION, FakeAssistant
from tests.visiting import GRADIO_WARNINGS, chromium, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [*GRADIO_WARNINGS, pytest.mark.browser]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(app.build_app(FakeAssistant())) as address:
        yield address


@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_has_no_grave_violation_before_and_after_a_question(
    browser: Browser, address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    page.get_by_role("button", name="Search only some", expanded=False).wait_for()
    page.get_by_text("can be asked about").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Search only some").click()
    page.get_by_role("group", name="Kinds of paper").wait_for()
    page.get_by_role("textbox", name="Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator("blockquote").wait_for()
    page.get_by_role("link", name="source 1").click()
    page.locator("#page-view mark").first.wait_for()
    page.locator("ol.sources summary").first.click()
    assert_accessible(page)
    page.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_no_view_has_a_grave_violation(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for view in ("findings", "promises", "figures", "about"):
        page.goto(f"{address}/#{view}")
        page.locator(f"#view-{view}").wait_for()
        page.get_by_text("can be asked about").wait_for()
        assert_accessible(page)
    page.close()


def test_what_is_wrong_is_found_and_named(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<html lang="en"><title>Odd</title><main><h1>Odd</h1><button></button></main></html>')
    (found,) = violations(page)
    assert found == Violation("button-name", "critical", "Buttons must have discernible text", ("button",))
    assert violations(page, but=["button-name"]) == []
    with pytest.raises(AssertionError, match=r"light: .*button-name[\s\S]*dark: .*button-name"):
        assert_accessible(page)
    page.close()
