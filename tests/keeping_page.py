"""The smallest page that keeps conversations and lets them be taken along, for a browser to try."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant.pages.conversation import Turn, Turns
from assistant.pages.keeping import keeping_view, new_id, opened, to_keep
from assistant.pages.rendering import turn_html
from assistant.pages.taking import taking_view, to_download


def shown(turns: Turns) -> str:
    return "".join(turn_html(turn, number) for number, turn in enumerate(turns, 1))


def page_that_keeps(answered: Callable[[str], Turn]) -> gr.Blocks:
    """Answers every question as told, and keeps the conversations."""

    def ask(question: str, turns: Turns, id_: str) -> tuple[Turns, str, str, str]:
        turns = (*turns, answered(question))
        id_ = id_ or new_id()
        return turns, shown(turns), id_, to_keep(turns, id_)

    def start_again() -> tuple[Turns, str, str, str]:
        return (), "", "", to_keep((), "")

    def give_back(event: gr.EventData) -> tuple[Turns, str, str]:
        found = opened(event.content)
        # What can't be read isn't written over by the next question.
        return found.turns, found.problem or shown(found.turns), "" if found.problem else event.id

    def take(turns: Turns, event: gr.EventData) -> str:
        return to_download(turns, event.ending)

    with gr.Blocks() as page:
        gr.HTML("<h1>Keeping</h1>")
        conversation = gr.HTML(elem_id="conversation", js_on_load=None)
        turns, id_ = gr.State(()), gr.State("")
        question = gr.Textbox(label="Question")
        button = gr.Button("New conversation")
        view = keeping_view()
        files = taking_view()
        outputs = [turns, conversation, id_]
        # Gradio would veil what waits for an answer, and publish the handlers as an interface for programs.
        quietly: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        question.submit(ask, [question, turns, id_], [*outputs, view], **quietly)
        button.click(start_again, None, [*outputs, view], **quietly)
        view.select(give_back, None, outputs, **quietly)
        files.select(take, turns, files, **quietly)
    return page
