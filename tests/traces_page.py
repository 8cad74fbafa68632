"""The smallest page that shows the three views of traces, for a browser to try."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

import app
from assistant.pages.figures_view import figures_view
from assistant.pages.findings_view import findings_view
from assistant.pages.promises_view import promises_view
from assistant.tracing import Tracer
from index.encoder import Encoder
from index.library import Library


@dataclass(frozen=True, slots=True)
class Tracing:
    """An assistant that only traces."""

    tracer: Tracer


def page_of_traces(library: Library, encoder: Encoder) -> gr.Blocks:
    """A tab for every view, and a box with the words of the place that was followed last."""

    def followed(event: gr.EventData) -> str:
        page = library.page_at(event.document, event.start)
        assert page is not None
        return page.text[event.start - page.start : event.end - page.start]

    assistant = Tracing(Tracer(library, encoder))
    with gr.Blocks(title="Traces", analytics_enabled=False) as page:
        gr.HTML("<h1>Traces</h1>")
        views = []
        for name, view in (("Findings", findings_view), ("Promises", promises_view), ("Figures", figures_view)):
            with gr.Tab(name):
                views.append(view(assistant, app.always_ready))
        button = gr.Button("What was found about children?")
        views[0].opened_by(button.click, lambda: ("children", "", ""))
        place = gr.Textbox(label="Place that was followed")
        for each in (html for view in views for html in view.places):
            each.select(followed, outputs=place, api_visibility="private")
    return page
