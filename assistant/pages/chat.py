"""The chat page: its widgets, and what happens when they are used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.pages.conversation import Turn, Turns, answered, narrowed
from assistant.pages.loading import Answering, Progress
from assistant.pages.rendering import turn_html
from assistant.references import count
from corpus.documents import KINDS, Access
from corpus.errors import CouncilPapersError

HERE = Path(__file__).parent
STYLE = HERE / "chat.css"
SCRIPT = HERE / "conversation.js"
NAMES = HERE / "names.js"

TITLE = "Council papers: questions and quotations"
LONGEST_QUESTION = 1000
"""Characters; nobody asks in more, and a whole paper that is pasted by mistake isn't a question."""


@dataclass(frozen=True, slots=True)
class Starters:
    """Questions to begin with, and for whom."""

    reader: str
    questions: tuple[str, ...]


STARTERS = (
    Starters("For a councillor", ("What is the front door?", "How many children are in care?")),
    Starters(
        "For a commissioner",
        ("Which recommendations recur from 2016 to 2023?", "What did the inspectors say about supervision?"),
    ),
    Starters("For an officer", ("What did we promise in July 2022?", "What is overdue in the improvement plan?")),
)
"""For the papers of the sample council."""


@dataclass(frozen=True, slots=True)
class Handlers:
    """What the page does: functions of their inputs. All that a conversation is travels through them as `turns`."""

    assistant: Answering
    progress: Callable[[], Progress]

    def ask(
        self, question: str, turns: Turns, since: str | None = None, until: str | None = None, kinds: Sequence[str] = ()
    ) -> Iterator[tuple[Turns, list[str], str]]:
        """The turns, the turns as HTML, and what the question box holds: first while it is searched, then answered."""
        question = question.strip()
        if not question:
            gr.Info("Please write a question first.")
            yield turns, shown(turns), ""
            return
        try:
            within = narrowed(since, until, kinds)
        except CouncilPapersError as error:
            # The question stays in its box: only the filter has to be written again.
            turns = (*turns, Turn(question, problem=str(error)))
            yield turns, shown(turns), question
            return
        turns = (*turns, Turn(question))
        yield turns, shown(turns), ""
        turns = answered(turns, self.assistant, within)
        yield turns, shown(turns), ""

    def start_again(self) -> tuple[Turns, list[str], str]:
        """An empty conversation."""
        return (), [], ""

    def state(self) -> tuple[str, gr.Timer]:
        """What the page says about the library, and the clock that asks again until it is there."""
        progress = self.progress()
        return state_html(progress, self.assistant), gr.Timer(active=not progress.done)


def shown(turns: Turns) -> list[str]:
    """The turns as HTML, one string a turn."""
    return [turn_html(turn, number) for number, turn in enumerate(turns, start=1)]


def state_html(progress: Progress, assistant: Answering) -> str:
    """One line: what is being read, what can be asked about, or why nothing can."""
    if progress.failed or not progress.done:
        return f'<p class="{"failed" if progress.failed else "reading"}">{escape(progress.sentence)}</p>'
    try:
        entries = assistant.library.documents()
    except CouncilPapersError as error:
        return f'<p class="failed">{escape(str(error))}</p>'
    # An exempt paper is in the library's list, but nothing of it can be asked about.
    papers = [sum(paper.access is Access.PUBLIC for paper in entry.papers) for entry in entries]
    documents = sum(number > 0 for number in papers)
    return f"<p>Ready: {count(sum(papers), 'paper')} in {count(documents, 'document')} can be asked about.</p>"


def chat_page(
    assistant: Answering, progress: Callable[[], Progress], starters: Sequence[Starters] = STARTERS
) -> gr.Blocks:
    """The page, not yet served."""
    handlers = Handlers(assistant, progress)
    page = gr.Blocks(title=TITLE, analytics_enabled=False)
    with page:
        gr.HTML(
            f"<h1>{TITLE}</h1><p>Answers are made of sentences from the papers, word for word, each with its page.</p>",
            elem_id="masthead",
        )
        state = gr.HTML("", html_template='<div role="status">${value}</div>', js_on_load=None, elem_id="state")
        clock = gr.Timer(1.0)
        conversation = gr.HTML(
            [],
            html_template='<div role="log" aria-live="polite" aria-label="Questions and answers"></div>',
            js_on_load=SCRIPT.read_text(encoding="utf-8"),
            elem_id="conversation",
        )
        turns = gr.State(())
        with gr.Column(elem_id="form"):
            question = gr.Textbox(
                label="Your question",
                lines=1,
                max_lines=6,
                max_length=LONGEST_QUESTION,
                elem_id="question",
            )
            with gr.Row(elem_id="buttons"):
                ask = gr.Button("Ask", variant="primary", min_width=120)
                again = gr.Button("New conversation", min_width=120)
            with gr.Accordion("Search only some of the papers", open=False, elem_id="filters"):
                with gr.Row():
                    since = gr.Textbox(label="Since", info="2022, June 2022 or 14 June 2022", min_width=200)
                    until = gr.Textbox(label="Until", info="That day, month or year included", min_width=200)
                kinds = gr.CheckboxGroup(
                    [(kind.capitalize(), kind) for kind in KINDS], label="Kinds of paper", elem_id="kinds"
                )
        with gr.Row(elem_id="starters"):
            buttons = [_starter_column(group) for group in starters]
        gr.HTML(
            "<p>This page only quotes papers that were added to its library. It gives no advice and decides nothing. "
            "Always check the page of the paper before you rely on it.</p>",
            elem_id="colophon",
        )

        narrowing = [turns, since, until, kinds]
        outputs = [turns, conversation, question]
        # One question at a time: they share the model and the processor.
        quietly: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asking = quietly | {"outputs": outputs, "concurrency_id": "ask", "concurrency_limit": 1}
        gr.on([question.submit, ask.click], handlers.ask, inputs=[question, *narrowing], **asking)
        for column in buttons:
            for text, button in column:
                button.click(partial(handlers.ask, text), inputs=narrowing, **asking)
        focus = "() => document.querySelector('#question textarea').focus()"
        again.click(handlers.start_again, outputs=outputs, **quietly).then(None, js=focus, **quietly)
        page.load(None, js=NAMES.read_text(encoding="utf-8"), **quietly)
        gr.on([page.load, clock.tick], handlers.state, outputs=[state, clock], **quietly)
    return page


def _starter_column(group: Starters) -> list[tuple[str, gr.Button]]:
    with gr.Column(min_width=220):
        gr.HTML(f"<h2>{escape(group.reader)}</h2>")
        return [(text, gr.Button(text, elem_classes="starter")) for text in group.questions]
