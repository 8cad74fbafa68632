"""The page about the page: whole, true to the README, and fit for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.settings import VERSION
from tests.axe import assert_accessible
from tests.visiting import GRADIO_WARNINGS, chromium, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = GRADIO_WARNINGS

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")

STANDARD = [
    *(f"0.{n}" for n in range(1, 16)),
    *(f"1.{n}" for n in range(1, 5)),
    *(f"2.1.{n}" for n in range(1, 5)),
    *(f"2.1.4.{n}" for n in range(1, 6)),
    *(f"2.2.{n}" for n in range(1, 6)),
    *(f"2.3.{n}" for n in range(1, 7)),
    *(f"2.4.1.{n}" for n in range(1, 5)),
    *(f"2.4.2.{n}" for n in range(1, 10)),
    *(f"2.4.3.{n}" for n in range(1, 12)),
    *(f"2.5.{n}" for n in range(1, 3)),
]
"""The numbers of the fields in version 3.0 of the Algorithmic Transparency Recording Standard."""


class Outline(HTMLParser):
    """The ids, the links, the levels of the headings, and the elements that were never closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []
        self.unclosed: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unclosed.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        if re.fullmatch(r"h\d", tag):
            self.levels.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed.pop() == tag


def about(folder: Path | None = None) -> str:
    from assistant.pages.about import about_html

    return about_html(folder)


def test_it_is_well_formed_and_every_link_leads_to_a_part_of_it() -> None:
    outline = Outline(about())
    assert outline.unclosed == []
    assert len(set(outline.ids)) == len(outline.ids)
    assert {link.removeprefix("#") for link in outline.links} < set(outline.ids)


def test_its_headings_begin_below_the_pages_own_and_leave_out_no_level() -> None:
    levels = Outline(about()).levels
    assert levels[0] == 2
    assert all(level <= before + 1 for before, level in pairwise(levels))


def test_it_tells_the_version_and_the_librarys_folder_only_where_it_is_given() -> None:
    assert f"version {VERSION}." in about()
    assert "<code>" not in about()
    assert "<code>a&lt;b</code>" in about(Path("a<b"))


def test_the_record_has_every_field_of_the_standard_in_order_and_none_is_empty() -> None:
    from assistant.pages.about import transparency_record

    fields = [field for section in transparency_record() for field in section.fields]
    assert sorted(STANDARD) == sorted(field.number for field in fields)
    assert [field.number for field in fields if not (field.text or field.council)] == []
    numbers = [tuple(map(int, field.number.split("."))) for field in fields]
    assert numbers == sorted(numbers)


def test_the_record_states_no_number_that_the_readme_does_not() -> None:
    from assistant.pages.about import transparency_record

    said = " ".join(
        field.text for section in transparency_record() for field in section.fields if field.name != "Standard version"
    )
    assert {number for number in re.findall(r"\d+(?:\.\d+)*", said) if number not in README} == set()


def test_what_a_council_must_fill_in_is_marked() -> None:
    from assistant.pages.about import transparency_record

    fields = [field for section in transparency_record() for field in section.fields]
    marked = about().count('<p class="fill"><strong>For the council to fill in:</strong>')
    assert marked == 1 + sum(bool(field.council) for field in fields)


# With a real browser ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    import gradio as gr

    from assistant.pages.about import about_view

    with gr.Blocks(analytics_enabled=False) as page:
        gr.HTML("<h1>Council papers</h1>", js_on_load=None)
        about_view(Path("/srv/papers/library"))
    with served(page) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def visited(browser: Browser, address: str, width: int) -> Page:
    from assistant.pages.about import STYLE

    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    page.get_by_role("heading", name="About this page").wait_for()
    page.add_style_tag(path=STYLE)
    return page


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_it_is_accessible_and_fits_wide_and_narrow_in_light_and_dark(
    browser: Browser, address: str, width: int
) -> None:
    page = visited(browser, address, width)
    page.get_by_text("The draft, field by field").click()
    page.get_by_text("2.5.2 Risks and mitigations").wait_for()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.browser
def test_its_contents_lead_to_their_parts_by_keyboard(browser: Browser, address: str) -> None:
    page = visited(browser, address, 1280)
    page.get_by_role("link", name="Draft transparency record").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'about-record'")
    page.wait_for_function("document.getElementById('about-record').getBoundingClientRect().top < 800")
    page.close()
