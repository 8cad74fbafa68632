"""Traces as the page shows them: their HTML, what the handlers make of what is typed, and what is saved."""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import app
from assistant.figures import Series
from assistant.findings import TracedFinding
from assistant.ledger import Only, Order
from assistant.matrix import columns_of, matrix_of
from assistant.pages.chart import DASHES, chart_html, ticks_of
from assistant.pages.figures_table import indicators_html, series_html, table_html
from assistant.pages.findings_matrix import about_html, matrix_html, opened_html
from assistant.pages.loading import NotReady, Progress
from assistant.pages.promises_ledger import AT_ONCE, ledger_html, status_html
from assistant.pages.trace_html import place_link
from assistant.plotting import Line, Period, Plot, Point, Role, plot_of
from assistant.promises import TracedPromise
from corpus.errors import CouncilPapersError
from corpus.records.findings import FindingKind
from tests.recorded import FULL_2016, JANUARY, JUNE, VISIT_2022, finding, place, promise, promised, row, series
from tests.visiting import GRADIO_WARNINGS

pytestmark = GRADIO_WARNINGS

HOSTILE = '<img src=x onerror="alert(1)"> & "quoted"'
BOTH = finding("Learn of weaknesses sooner.", VISIT_2022, theme="Leadership", number=2, papers=(JUNE, JANUARY))
OLD = finding("Know the service.", FULL_2016, theme="Leadership")
PARTNERS = finding("Work with partners.", FULL_2016, theme="Partners", computed=True)
PROSE = finding("Practice is uneven.", VISIT_2022, kind=FindingKind.FINDING)
FINDINGS = (BOTH, OLD, PARTNERS, PROSE)
MOVED = promise(
    promised("Open the contact hub in Corn Street", "July 2022", owner="Head of Hubs"),
    promised("Open the contact hub in Corn Street", "March 2023", JANUARY, owner="Head of Hubs", status="Amber"),
)
VISIT = promise(promised("Visit every child", "July 2022", owner="Head of Visits", progress="Two are left."))
PROMISES = (MOVED, VISIT)
REFERRALS = series(
    row(
        {"Oct 2021": "26.8%", "Current": "23.1%", "Target": "20%", "RAG": "", "Neighbours": "n/a"},
        indicator="Re-referrals",
        period="October 2022",
        ref="FC6",
    )
)
WAITING = series(row({"May 2022": "12"}, indicator="Children waiting"))


def matrix_of_all() -> str:
    return matrix_html(matrix_of(FINDINGS))


# As HTML


def test_a_cell_says_how_many_findings_it_opens_and_is_named_by_theme_and_inspection() -> None:
    html = matrix_of_all()
    assert html.count("data-open") == 4
    assert '>1 finding<span class="unseen">: Leadership, 2022 focused visit</span></button>' in html
    assert "<caption>" in html
    assert html.count('<th scope="col"') == 3
    assert html.count('<th scope="row"') == 3


def test_an_empty_cell_is_not_mentioned_and_the_matrix_says_that_this_is_no_improvement() -> None:
    html = matrix_of_all()
    assert html.count(">not mentioned<") == 1
    assert "It doesn’t say that anything had improved." in html


def test_themes_tell_in_how_many_inspections_they_recur_and_whether_they_are_computed() -> None:
    html = matrix_of_all()
    assert "In 2 inspections." in html
    assert html.count("Computed theme:") == 1
    assert html.index("Leadership") < html.index("Partners")


def test_an_opened_cell_has_every_paper_that_says_it_with_its_pages_and_who_says_so() -> None:
    matrix = matrix_of(FINDINGS)
    html = opened_html(matrix, matrix.rows[0].key, matrix.columns[1].key)
    assert "<blockquote><p>Learn of weaknesses sooner.</p></blockquote>" in html
    assert "Recommendation 2 · Leadership" in html
    assert html.count('class="place"') == 2
    assert html.count("page 5 (file page 7)") == 2
    assert html.count("by those who found it") == 2
    assert "Know the service." not in html


def test_a_cell_that_is_gone_is_a_sentence() -> None:
    assert "The library has changed meanwhile" in opened_html(matrix_of(FINDINGS), "theme: Gone", "1999/x/")


def test_what_is_about_a_subject_stands_under_its_inspection_and_the_silent_ones_are_named() -> None:
    html = about_html([BOTH], columns_of(FINDINGS))
    assert html.index("2016 full inspection") < html.index("Not mentioned.") < html.index("2022 focused visit")
    assert html.index("2022 focused visit") < html.index("Learn of weaknesses")


def test_a_link_to_a_place_holds_its_offsets() -> None:
    link = place_link(place("Visit every child"))
    assert 'class="place" href="#" data-document="june" data-start="40" data-end="57"' in link
    assert "page 5 (file page 7)" in link


def test_a_promise_has_its_action_owner_due_status_and_versions() -> None:
    html = ledger_html([MOVED], "2022-12", Order.DUE)
    assert 'scope="row" role="rowheader">Open the contact hub in Corn Street</th>' in html
    assert "Head of Hubs" in html
    assert "March 2023" in html
    assert "What 2 papers say" in html
    assert "says “July 2022”, and Improvement Plan (11 January 2023) says “March 2023”." in html
    assert 'aria-sort="ascending">Due<' in html
    assert html.count("aria-sort") == 1


def test_what_is_overdue_or_slipped_is_said_in_words() -> None:
    assert ">Slipped</span> <span" not in ledger_html([MOVED], "2022-12", Order.MATCH)
    assert '>Slipped</span> <span class="mark">Overdue</span>' in ledger_html([MOVED], "2023-12", Order.MATCH)


def test_a_status_is_never_told_by_its_colour_alone() -> None:
    assert status_html("Amber – at risk") == '<span class="status amber">Amber – at risk</span>'
    assert status_html("Green to Amber") == '<span class="status">Green to Amber</span>'
    assert "not stated" in status_html(None)


def test_of_many_promises_the_first_are_shown_and_the_others_on_request() -> None:
    html = ledger_html([VISIT] * (AT_ONCE + 3), "2022", Order.MATCH)
    assert html.count("data-item hidden") == 3
    assert "(<span data-left>3</span> left)" in html
    assert "data-more" not in ledger_html([VISIT] * AT_ONCE, "2022", Order.MATCH)


def test_every_value_stands_under_its_header_and_every_row_leads_to_its_page() -> None:
    rows = [row({"Current": "58%", "Target": ""}, period="May 2022"), row({"Current": "61%"}, paper=JANUARY)]
    html = table_html(series(*rows))
    assert [html.count(f">{header}</th>") for header in ("Current", "Target")] == [1, 1]
    assert 'data-label="Current"><div>58%</div>' in html
    assert "(empty)" in html
    assert "(no such column)" in html
    assert html.count('class="place"') == 2


def test_a_chart_has_a_name_and_tells_its_values_in_words() -> None:
    html = series_html(REFERRALS)
    svg = ET.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])
    assert svg.attrib["role"] == "img"
    title, description = svg[0], svg[1]
    assert svg.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
    assert title.text == "FC6 Re-referrals, from Oct 2021 to October 2022"
    assert description.text == "Re-referrals: 26.8% in Oct 2021, 23.1% in October 2022. Target: 20% in October 2022."
    assert "Not drawn: “n/a” under “Neighbours”, which isn&#x27;t one number." in html


def test_an_indicator_of_one_time_has_a_table_and_says_why_it_has_no_chart() -> None:
    html = series_html(WAITING)
    assert "<svg" not in html
    assert "There is no chart" in html
    assert "<table" in html


def test_lines_differ_by_their_dashes_and_their_marks() -> None:
    days = [Period(date(year, 1, 1), date(year, 12, 31), str(year)) for year in (2021, 2022)]
    points = tuple(Point(day, 5.0, "5") for day in days)
    plot = Plot("", tuple(Line(f"Line {n}", Role.COMPARATOR, points) for n in range(DASHES)), ())
    html = chart_html(plot, "Visits", "chart")
    assert all(f"series-{n}" in html for n in range(1, DASHES + 1))
    drawn = html[: html.index("</svg>")].split('class="series')[1:]
    assert len({line[line.index(')">') :].split("</g>")[0] for line in drawn}) == DASHES
    assert all(f"Line {n} (comparator)" in html for n in range(DASHES))


@given(st.lists(st.integers(-(10**8), 10**8).map(lambda hundredths: hundredths / 100), min_size=1))
def test_ticks_are_even_few_and_hold_every_value_and_zero(values: list[float]) -> None:
    ticks = ticks_of(values)
    steps = [after - before for before, after in pairwise(ticks)]
    assert ticks[0] <= min(0.0, *values)
    assert ticks[-1] >= max(0.0, *values)
    assert 2 <= len(ticks) <= 8
    assert max(steps) == pytest.approx(min(steps), abs=1e-9)


def test_words_from_papers_are_escaped_wherever_they_stand() -> None:
    found = finding(HOSTILE, theme=HOSTILE)
    kept = promise(promised(HOSTILE, HOSTILE, owner=HOSTILE, status=HOSTILE, progress=HOSTILE, heading=HOSTILE))
    figure = series(row({HOSTILE: HOSTILE, "May 2022": "1", "June 2022": "2", "Target": HOSTILE}, indicator=HOSTILE))
    matrix = matrix_of([found])
    pages = (
        matrix_html(matrix),
        opened_html(matrix, matrix.rows[0].key, matrix.columns[0].key),
        about_html([found], matrix.columns),
        ledger_html([kept], "2022", Order.MATCH),
        indicators_html([figure]),
        series_html(figure),
    )
    for html in pages:
        assert "<img" not in html
        assert HOSTILE in " ".join(unescape(html).split())
        ET.fromstring(f"<div>{html.replace('data-item hidden', '')}</div>".replace(" data-open", "").replace(
            " data-item", ""
        ).replace(" data-focus", ""))  # fmt: skip


# What the handlers do


@dataclass
class FakeTracer:
    """Holds what it is given; what is about caseloads is the first of each, and about the moon nothing is. It remembers
    what it was asked, and breaks when told to."""

    held: bool = True
    asked: list[dict[str, object]] = field(default_factory=list)
    error: Exception | None = None

    def findings(self, **asked: Any) -> Sequence[TracedFinding]:
        found = self._about(FINDINGS, asked)
        since = asked.get("since")
        return [each for each in found if since is None or str(each.inspection.year) >= since]

    def promises(self, **asked: Any) -> Sequence[TracedPromise]:
        owner = (asked.get("owner") or "").lower()
        return [each for each in self._about(PROMISES, asked) if owner in (each.latest.owner or "").lower()]

    def figures(self, text: str | None = None) -> Sequence[Series]:
        return self._about((REFERRALS, WAITING), {"about": text} if text else {})

    def _about(self, things: Sequence[Any], asked: dict[str, Any]) -> Sequence[Any]:
        self.asked.append({name: value for name, value in asked.items() if value is not None})
        if self.error is not None:
            raise self.error
        if not self.held:
            return ()
        match asked.get("about"):
            case None:
                return things
            case "the moon":
                return ()
        return things[:1]


@dataclass
class FakeAssistant:
    tracer: FakeTracer = field(default_factory=FakeTracer)


class StillLoading:
    @property
    def tracer(self) -> FakeTracer:
        raise NotReady("The papers are still being read; please ask again in a minute.")


TODAY = date(2022, 12, 1)


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


def views(assistant: Any, progress: Callable[[], Progress] = app.always_ready) -> dict[str, Any]:
    from assistant.pages.figures_view import FiguresHandlers
    from assistant.pages.findings_view import FindingsHandlers
    from assistant.pages.promises_view import PromisesHandlers

    return {
        "findings": FindingsHandlers(assistant, progress),
        "promises": PromisesHandlers(assistant, progress, lambda: TODAY),
        "figures": FiguresHandlers(assistant, progress),
    }


VIEWS = ("findings", "promises", "figures")


def last(steps: Iterator[tuple[Any, list[str], list[str]]]) -> tuple[Any, list[str], list[str]]:
    *_, step = steps
    return step


def pressed(**data: object) -> Any:
    import gradio as gr

    return gr.EventData(None, data)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_says_at_once_that_it_is_tracing(name: str, assistant: FakeAssistant) -> None:
    first, second = views(assistant)[name].shown()
    assert first[0] is None
    assert "Tracing…" in first[1][0]
    assert second[0] is not None
    assert second[1][1]


@pytest.mark.parametrize("name", VIEWS)
def test_a_library_that_is_still_loading_is_a_sentence(name: str) -> None:
    reading = Progress("Reading 1 of 2 documents.", done=False)
    first, second = views(StillLoading(), lambda: reading)[name].shown()
    assert "Reading 1 of 2 documents." in first[1][0]
    assert "still being read" in second[1][0]
    assert second[0] is None


@pytest.mark.parametrize("name", VIEWS)
def test_an_error_is_its_sentence_and_an_unexpected_one_an_apology_with_a_traceback_in_the_log(
    name: str, assistant: FakeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    assistant.tracer.error = CouncilPapersError("The library is <being> written.")
    assert "The library is &lt;being&gt; written." in last(views(assistant)[name].shown())[1][0]
    assistant.tracer.error = RuntimeError("secret detail")
    said = last(views(assistant)[name].shown())[1][0]
    assert "Sorry, something went wrong" in said
    assert "secret detail" not in said
    assert "secret detail" in caplog.text


@pytest.mark.parametrize("name", VIEWS)
def test_no_such_records_and_none_within_a_filter_are_told_apart(name: str, assistant: FakeAssistant) -> None:
    asked, (said, trace), _ = last(views(assistant)[name].shown("the moon"))
    assert "about “the moon” within what you chose" in said
    assert (asked is not None, trace) == (True, "")
    assistant.tracer.held = False
    assert "The papers in the library hold no" in last(views(assistant)[name].shown())[1][0]


def test_findings_are_a_matrix_or_with_a_subject_a_list(assistant: FakeAssistant) -> None:
    handlers = views(assistant)["findings"]
    _, (said, trace), _ = last(handlers.shown())
    assert "4 findings of 2 inspections, 2 themes." in said
    assert "<table" in trace
    _, (said, trace), _ = last(handlers.shown(" Case  loads ", "2022", "June 2023"))
    assert said == "<p>1 finding about “Case loads”, in 1 of 1 inspection.</p>"
    assert "<table" not in trace
    assert {"about": "Case loads", "since": "2022", "until": "2023-06"} in assistant.tracer.asked


@pytest.mark.parametrize("name", ["findings", "promises"])
def test_a_date_that_cannot_be_read_is_refused_before_anything_is_traced(name: str, assistant: FakeAssistant) -> None:
    since = {"findings": ("", "Juneish"), "promises": ("", "", "", "Juneish")}[name]
    asked, (said, _), _ = last(views(assistant)[name].shown(*since))
    assert "“Juneish” under “Since” is not a date" in said
    assert asked is None
    assert assistant.tracer.asked == []


def test_a_cell_opens_its_quotations_and_what_the_browser_makes_up_opens_nothing(assistant: FakeAssistant) -> None:
    handlers = views(assistant)["findings"]
    asked, _, _ = last(handlers.shown())
    matrix = matrix_of(FINDINGS)
    now, (_, html) = handlers.opened(asked, pressed(row=matrix.rows[0].key, column=matrix.columns[1].key))
    assert "Learn of weaknesses sooner." in html
    assert now == asked
    for event in (pressed(row="x", column=3), pressed()):
        assert "The library has changed meanwhile" in handlers.opened(asked, event)[1][1]
    assert "press “Show” again" in handlers.opened(None, pressed())[1][1]


def test_promises_are_told_overdue_today_unless_another_day_is_named(assistant: FakeAssistant) -> None:
    handlers = views(assistant)["promises"]
    asked, (said, _), _ = last(handlers.shown())
    assert "2 promises: 1 slipped to a later date, 1 overdue as at 1 December 2022." in said
    assert asked.as_at == "2022-12-01"
    _, (said, _), _ = last(handlers.shown(as_at="May 2023"))
    assert "2 overdue as at May 2023" in said


def test_promises_are_filtered_and_ordered_as_asked(assistant: FakeAssistant) -> None:
    handlers = views(assistant)["promises"]
    asked, (said, _), _ = last(handlers.shown(owner="hubs", only=Only.SLIPPED, order=Order.DUE))
    assert "1 promise:" in said
    assert [line[1] for line in handlers.table(asked).rows] == ["Open the contact hub in Corn Street"] * 2
    asked, _, _ = last(handlers.shown(order=Order.OWNER))
    assert [line[1].split()[0] for line in handlers.table(asked).rows] == ["Open", "Open", "Visit"]


def test_an_indicator_is_opened_by_its_place_and_id_and_alone_at_once(assistant: FakeAssistant) -> None:
    handlers = views(assistant)["figures"]
    asked, _, opened = last(handlers.shown())
    assert opened == ["", ""]
    now, (_, html) = handlers.opened(asked, pressed(at="1", series=WAITING.id))
    assert "Children waiting" in html
    assert {line[1] for line in handlers.table(now).rows} == {"Children waiting"}
    for event in (pressed(at="0", series=WAITING.id), pressed(at="²", series=""), pressed()):
        again, (_, html) = handlers.opened(now, event)
        assert "The library has changed meanwhile" in html
        assert again.opened is None
    asked, _, (_, html) = last(handlers.shown("FC6"))
    assert "FC6 Re-referrals" in html
    assert asked.opened == (0, REFERRALS.id)


def test_figures_are_saved_as_listed_while_none_is_open(assistant: FakeAssistant) -> None:
    handlers = views(assistant)["figures"]
    asked, _, _ = last(handlers.shown())
    assert {line[1] for line in handlers.table(asked).rows} == {"Re-referrals", "Children waiting"}


def test_what_is_shown_is_saved_with_its_filters(assistant: FakeAssistant, tmp_path: Path) -> None:
    from assistant.pages.trace_view import saved

    handlers = views(assistant)["findings"]
    asked, _, _ = last(handlers.shown("caseloads"))
    path = saved(lambda: handlers.table(asked), "findings.csv", tmp_path / "new")
    assert path is not None
    with open(path, encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [(line["finding"], line["file page"]) for line in lines] == [("Learn of weaknesses sooner.", "7")] * 2
    path = saved(lambda: handlers.table(asked), "findings.xlsx", tmp_path)
    assert path is not None
    assert openpyxl.load_workbook(path).active.max_row == 3  # type: ignore[union-attr]


def test_what_cannot_be_saved_is_a_word_to_the_reader(
    assistant: FakeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gradio as gr

    from assistant.pages.trace_view import saved

    told: list[str] = []
    monkeypatch.setattr(gr, "Warning", told.append)
    assistant.tracer.error = CouncilPapersError("The library is being written.")
    assert saved(lambda: assistant.tracer.findings(), "findings.csv", tmp_path) is None  # type: ignore[arg-type]
    assert told == ["findings.csv could not be saved: The library is being written."]


def test_no_handler_of_a_view_can_be_called_as_a_public_service(assistant: FakeAssistant) -> None:
    import gradio as gr

    from assistant.pages.findings_view import findings_view

    with gr.Blocks(analytics_enabled=False) as page:
        view = findings_view(assistant, app.always_ready)
    config: Any = page.get_config_file()
    assert {each["api_visibility"] for each in config["dependencies"]} == {"private"}
    assert max(len(each["outputs"]) for each in config["dependencies"]) <= 3
    assert len(view.inputs) == 3
    assert len(view.outputs) == 3


def test_no_selector_has_a_comma_within_brackets_for_gradio_would_split_it_there() -> None:
    style = (Path(app.__file__).parent / "assistant/pages/traces.css").read_text(encoding="utf-8")
    assert not re.findall(r"[^{}]*:\w+\([^){}]*,[^{}]*\{", style)


def test_a_plot_without_values_says_nothing() -> None:
    assert plot_of(series(row({"Team": "North"}))).lines == ()
