"""The views of traces in a real browser, over sample papers: open a cell, filter, sort, save and reopen; keyboard
alone, narrow screens."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from corpus.documents import Document
from corpus.errors import UnreadableDocument
from corpus.reading.worker import Limits
from index.library import Library
from tests.axe import assert_accessible
from tests.fakes import CountingEncoder
from tests.visiting import GRADIO_WARNINGS, chromium, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [*GRADIO_WARNINGS, pytest.mark.browser]

ROOT = Path(__file__).parents[1]
PAPERS = (
    "2019-06-18-inspection-report",
    "2022-06-21-council-agenda-pack",
    "2023-01-18-scrutiny-agenda-pack",
    "2024-07-commissioner-report",
)
STYLE = ROOT / "assistant/pages/traces.css"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, read_once: Callable[[Path], Document]) -> Iterator[Library]:
    def read(
        paths: Sequence[Path], password: str | None, limits: Limits
    ) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
        del password, limits
        for path in paths:
            yield path, read_once(path)

    with Library.create(tmp_path_factory.mktemp("traces") / "library") as made:
        list(made.add([ROOT / f"corpus/sample/papers/{name}.pdf" for name in PAPERS], CountingEncoder(), read=read))
        yield made


@pytest.fixture(scope="module")
def address(library: Library) -> Iterator[str]:
    from tests.traces_page import page_of_traces

    with served(page_of_traces(library, CountingEncoder())) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(address: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width = getattr(request, "param", 1280)
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        complaints: list[str] = []
        page = context.new_page()
        page.on("pageerror", lambda each: complaints.append(str(each)))
        page.goto(address)
        page.get_by_role("tab", name="Findings").wait_for()
        page.get_by_role("textbox", name="Place that was").wait_for()
        page.add_style_tag(path=str(STYLE))
        yield page
        assert complaints == []


def view(page: Page, name: str) -> Locator:
    """A view, opened by its tab and there to be used."""
    page.get_by_role("tab", name=name).click()
    found = page.get_by_role("tabpanel").filter(has=page.locator(f"#{name.lower()}-trace"))
    found.get_by_role("button", name="Show", exact=True).wait_for()
    return found


def show(view: Locator) -> str:
    """Press "Show" and wait for what is said of the trace; gives that."""
    view.get_by_role("button", name="Show", exact=True).click()
    return said(view)


def said(view: Locator) -> str:
    status = view.get_by_role("status").filter(has=view.page.locator("p:not(.pending)")).first
    status.wait_for()
    return status.inner_text()


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent")
    return " ".join(text.split())


def test_a_cell_of_the_matrix_opens_its_quotations_and_a_page_is_led_to(page: Page) -> None:
    findings = view(page, "Findings")
    assert "inspections" in show(findings)
    table = findings.get_by_role("table")
    assert table.get_by_role("columnheader").first.inner_text() == "Theme"
    assert table.get_by_text("not mentioned").first.is_visible()
    cell = table.get_by_role("button", name="finding").first
    cell.click()
    opened = findings.locator("section.opened")
    opened.wait_for()
    assert cell.get_attribute("aria-current") == "true"
    quotation = opened.locator("blockquote").first.inner_text()
    opened.locator("a.place").first.click()
    place = page.get_by_role("textbox", name="Place that was")
    page.wait_for_function("box => box.value !== ''", arg=place.element_handle())
    # The page has the number of the item before it.
    assert quotation[:20] in " ".join(place.input_value().split())
    opened.get_by_role("link", name="Back to the table").click()
    assert cell.evaluate("each => each === document.activeElement")


def test_findings_about_a_subject_are_a_list_by_inspection(page: Page) -> None:
    findings = view(page, "Findings")
    findings.get_by_role("textbox", name="Subject").fill("children")
    page.keyboard.press("Enter")
    assert "about “children”" in said(findings)
    assert findings.get_by_role("table").count() == 0
    assert findings.locator("blockquote").count() > 0


def test_a_view_is_opened_from_elsewhere_with_its_boxes_filled(page: Page) -> None:
    findings = view(page, "Findings")
    page.get_by_role("button", name="What was found about children?").click()
    assert "about “children”" in said(findings)
    assert findings.get_by_role("textbox", name="Subject").input_value() == "children"


def test_promises_are_filtered_sorted_saved_and_the_files_hold_what_is_shown(page: Page, tmp_path: Path) -> None:
    promises = view(page, "Promises")
    everything = show(promises)
    promises.get_by_role("textbox", name="Status").fill("amber")
    promises.get_by_role("group", name="In order of").get_by_role("radio", name="Owner").check()
    with page.expect_response("**/queue/data*"):
        promises.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_function(
        "before => ![before, 'Tracing…', ''].includes(document.querySelector('#promises-trace .said').innerText)",
        arg=everything,
    )
    rows = promises.locator("tbody[data-item]")
    statuses = rows.locator("td[data-label^=Status]").all_inner_texts()
    owners = [owner.casefold() for owner in rows.locator("td[data-label=Owner]").all_inner_texts()]
    stated = [owner for owner in owners if owner != "not stated"]
    assert statuses
    assert all("amber" in status.casefold() for status in statuses)
    assert stated == sorted(stated)
    assert owners[: len(stated)] == stated
    actions = {" ".join(row.split()) for row in rows.locator("th").all_inner_texts()}

    for ending, read in ((".csv", read_csv), (".xlsx", read_xlsx)):
        with page.expect_download() as download:
            promises.get_by_role("button", name=f"Save as {ending}").click()
        assert download.value.suggested_filename == f"promises{ending}"
        path = tmp_path / f"promises{ending}"
        download.value.save_as(path)
        headers, *lines = read(path)
        assert len({line[0] for line in lines}) == len(statuses)
        newest = {str(line[0]): " ".join(str(line[headers.index("action")]).split()) for line in lines}
        assert all(any(action in shown for shown in actions) for action in newest.values())


def read_csv(path: Path) -> list[list[object]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [list(line) for line in csv.reader(file)]


def read_xlsx(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [list(line) for line in sheet.iter_rows(values_only=True)]


def test_more_promises_come_on_request_and_the_keyboard_goes_on_there(page: Page) -> None:
    promises = view(page, "Promises")
    show(promises)
    rows = promises.locator("tbody[data-item]")
    assert rows.locator("visible=true").count() < rows.count()
    more = promises.get_by_role("button", name="Show more")
    while more.count():
        before = promises.locator("tbody[data-item]:not([hidden])").count()
        more.focus()
        page.keyboard.press("Enter")
        assert promises.locator("tbody[data-item]:not([hidden])").count() > before
        assert focused(page) == " ".join(rows.nth(before).evaluate("each => each.textContent").split())
    assert promises.locator("tbody[data-item][hidden]").count() == 0


def test_an_indicator_is_a_table_and_a_chart_with_a_name(page: Page) -> None:
    figures = view(page, "Figures")
    figures.get_by_role("textbox", name="Indicator").fill("FC6")
    page.keyboard.press("Enter")
    assert "1 indicator for “FC6”." in said(figures)
    chart = figures.get_by_role("img", name="FC6")
    chart.wait_for()
    assert chart.count() == 1, "the chart for narrow screens is shown beside the wide one"
    assert figures.get_by_role("table").get_by_role("cell").count() > 3


def test_a_view_can_be_used_with_the_keyboard_alone(page: Page) -> None:
    figures = view(page, "Figures")
    figures.get_by_role("textbox", name="Indicator").focus()
    for name in ("Show", "Save as .xlsx", "Save as .csv"):
        page.keyboard.press("Tab")
        assert focused(page) == name
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    said(figures)
    for _ in range(3):
        page.keyboard.press("Tab")
    name = focused(page)
    page.keyboard.press("Enter")
    figures.locator("section.opened").wait_for()
    assert focused(page) == name
    assert page.evaluate("document.activeElement.tagName") == "H3"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert (page.evaluate("document.activeElement.tagName"), focused(page)) == ("BUTTON", name)


def test_a_filter_that_leaves_nothing_is_said_in_words(page: Page) -> None:
    promises = view(page, "Promises")
    promises.get_by_role("textbox", name="Owner").fill("nobody at all")
    assert "No promise within what you chose." in show(promises)


@pytest.mark.parametrize("page", [320], indirect=True)
def test_nothing_needs_sideways_scrolling_on_a_narrow_screen(page: Page) -> None:
    for name in ("Findings", "Promises", "Figures"):
        found = view(page, name)
        show(found)
        if name != "Promises":
            found.get_by_role("button", name="finding").or_(found.locator("[data-open]")).first.click()
            found.locator("section.opened").wait_for()
        else:
            found.locator("summary").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        beyond = (
            "each => [...each.querySelectorAll('.traced-html *')].filter("
            "each => each.getBoundingClientRect().right > 321 && !each.closest('thead, .unseen')).length"
        )
        assert found.evaluate(beyond) == 0


def test_axe_finds_no_grave_fault_in_any_view_in_light_or_dark(page: Page) -> None:
    for name in ("Findings", "Promises", "Figures"):
        found = view(page, name)
        show(found)
        if name != "Promises":
            found.locator("[data-open]").first.click()
            found.locator("section.opened").wait_for()
        else:
            found.locator("summary").first.click()
        assert_accessible(page, within=f"[role=tabpanel]:has(#{name.lower()}-trace)")
