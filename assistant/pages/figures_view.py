"""Figures on the page: the indicators of the papers' tables; of one of them its values, as a table and a line chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import gradio as gr

from assistant.figures import Series
from assistant.pages.figures_table import indicators_html, indicators_words, series_html
from assistant.pages.loading import Progress
from assistant.pages.trace_html import NOTHING_TO_OPEN, nothing_html, problem_html
from assistant.pages.trace_view import (
    EMPTY,
    Outputs,
    Said,
    Traceable,
    TraceView,
    named,
    opening,
    steps,
    text_box,
    trace_view,
    words,
)
from assistant.spreadsheets import Table, figures_table

NONE_HELD = "The papers in the library hold no tables of figures."


@dataclass(frozen=True, slots=True)
class FiguresAsked:
    """Which indicators, by words or a reference; `opened` is the place among them of the one that is open, with its
    id."""

    text: str | None = None
    opened: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class FiguresHandlers:
    """What the view does: functions of their inputs."""

    assistant: Traceable
    progress: Callable[[], Progress]

    def shown(self, text: str = "") -> Iterator[Outputs[FiguresAsked]]:
        """The indicators that a text names or is about, "" for all; where there is only one, it is opened."""
        yield from steps(lambda: self._shown(words(text)), self.progress)

    def _shown(self, text: str | None) -> Outputs[FiguresAsked]:
        tracer = self.assistant.tracer
        found = tracer.figures(text)
        if not found:
            held = bool(tracer.figures())
            return FiguresAsked(text), [nothing_html("indicator", text) if held else f"<p>{NONE_HELD}</p>", ""], EMPTY
        listing = [f"<p>{indicators_words(found, text)}</p>", indicators_html(found)]
        if len(found) > 1:
            return FiguresAsked(text), listing, EMPTY
        return FiguresAsked(text, (0, found[0].id)), listing, ["", series_html(found[0])]

    def opened(self, asked: FiguresAsked | None, event: gr.EventData) -> tuple[FiguresAsked | None, Said]:
        """The values of an indicator, which the browser names by its place in the list and its id."""
        return opening(asked, lambda of: self._opened(of, named(event, "at"), named(event, "series")))

    def _opened(self, asked: FiguresAsked, at: str, series: str) -> tuple[FiguresAsked, str]:
        chosen = replace(asked, opened=(int(at) if at.isdecimal() else -1, series))
        found = self._chosen(chosen)
        if len(found) != 1:
            return replace(asked, opened=None), problem_html(NOTHING_TO_OPEN)
        return chosen, series_html(found[0])

    def table(self, asked: FiguresAsked) -> Table:
        """What is shown, to save: the indicator that is open, or else all that are listed."""
        return figures_table(self._chosen(asked))

    def _chosen(self, asked: FiguresAsked) -> Sequence[Series]:
        """The indicator that is open, none where the library has changed meanwhile; all where none is open."""
        found = self.assistant.tracer.figures(asked.text)
        if asked.opened is None:
            return found
        # Several may have one id: without a reference the name alone makes it.
        place, id_ = asked.opened
        return [series for at, series in enumerate(found) if at == place and series.id == id_]


def figures_view(assistant: Traceable, progress: Callable[[], Progress]) -> TraceView:
    """The view's widgets, within the Blocks or Tab that is being made; its input is the indicator."""
    gr.HTML(
        "<h2>Figures over time</h2><p>Indicators from the papers’ tables, every value as it is printed, under its own "
        "heading.</p>",
        elem_classes="trace-head",
    )
    with gr.Column(elem_classes="trace-form"):
        text = text_box("Indicator", "A name, a subject or a reference such as FC5; empty shows all")
    return trace_view("figures", FiguresHandlers(assistant, progress), (text,))
