"""Findings on the page: what inspections found, as a matrix of themes or, about a subject, as a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import gradio as gr

from assistant.findings import TracedFinding
from assistant.matrix import columns_of, matrix_of
from assistant.pages.conversation import narrowed
from assistant.pages.findings_matrix import about_html, about_words, matrix_html, matrix_words, opened_html
from assistant.pages.loading import Progress
from assistant.pages.trace_html import nothing_html
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
from assistant.spreadsheets import Table, findings_table

NONE_HELD = "The papers in the library hold no findings of inspectors or commissioners."


@dataclass(frozen=True, slots=True)
class FindingsAsked:
    """Which findings: the subject, and the time of their inspections in ISO form as far as given."""

    about: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class FindingsHandlers:
    """What the view does: functions of their inputs."""

    assistant: Traceable
    progress: Callable[[], Progress]

    def shown(self, about: str = "", since: str = "", until: str = "") -> Iterator[Outputs[FindingsAsked]]:
        """The findings about a subject, "" for the matrix of all, of a time as people type it."""
        yield from steps(lambda: self._shown(about, since, until), self.progress)

    def _shown(self, about: str, since: str, until: str) -> Outputs[FindingsAsked]:
        within = narrowed(since, until, ())
        asked = FindingsAsked(words(about), within.since, within.until)
        found = self._findings(asked)
        if not found:
            held = bool(self.assistant.tracer.findings())
            return asked, [nothing_html("finding", asked.about) if held else f"<p>{NONE_HELD}</p>", ""], EMPTY
        if asked.about is None:
            matrix = matrix_of(found)
            return asked, [f"<p>{matrix_words(found, matrix)}</p>", matrix_html(matrix)], EMPTY
        columns = columns_of(self.assistant.tracer.findings(since=asked.since, until=asked.until))
        summary = f"<p>{about_words(found, asked.about, columns)}</p>"
        return asked, [summary, about_html(found, columns)], EMPTY

    def opened(self, asked: FindingsAsked | None, event: gr.EventData) -> tuple[FindingsAsked | None, Said]:
        """The quotations of a cell of the matrix, which the browser names by the keys of its row and column."""
        return opening(asked, lambda of: (of, self._cell(of, named(event, "row"), named(event, "column"))))

    def _cell(self, asked: FindingsAsked, row: str, column: str) -> str:
        return opened_html(matrix_of(self._findings(asked)), row, column)

    def table(self, asked: FindingsAsked) -> Table:
        """What is shown, to save."""
        return findings_table(self._findings(asked))

    def _findings(self, asked: FindingsAsked) -> Sequence[TracedFinding]:
        return self.assistant.tracer.findings(about=asked.about, since=asked.since, until=asked.until)


def findings_view(assistant: Traceable, progress: Callable[[], Progress]) -> TraceView:
    """The view's widgets, within the Blocks or Tab that is being made; its inputs are subject, since and until."""
    gr.HTML(
        "<h2>Findings over the years</h2><p>What inspectors and commissioners found and recommended, in their own "
        "words: themes by inspections or, if you name a subject, all that is about it.</p>",
        elem_classes="trace-head",
    )
    with gr.Column(elem_classes="trace-form"):
        about = text_box("Subject", "Such as caseloads; empty shows all themes")
        with gr.Row():
            since = text_box("Since", "Inspections since 2016 or June 2022")
            until = text_box("Until", "Inspections until the end of 2023")
    return trace_view("findings", FindingsHandlers(assistant, progress), (about, since, until))
