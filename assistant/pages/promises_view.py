"""Promises on the page: a ledger of what was undertaken, by whom, by when, and what later papers say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import gradio as gr

from assistant.ledger import Only, Order, listed
from assistant.pages.conversation import narrowed
from assistant.pages.dates import iso_date
from assistant.pages.loading import Progress
from assistant.pages.promises_ledger import ledger_html, summary_words
from assistant.pages.trace_html import nothing_html
from assistant.pages.trace_view import (
    EMPTY,
    Outputs,
    Said,
    Traceable,
    TraceView,
    opening,
    steps,
    text_box,
    trace_view,
    words,
)
from assistant.promises import TracedPromise
from assistant.spreadsheets import Table, promises_table

NONE_HELD = "The papers in the library hold no promises: no action plans, and no actions in minutes."
_ORDERS = (
    ("Best match or oldest", Order.MATCH),
    ("Newest paper", Order.PAPER),
    ("Due date", Order.DUE),
    ("Owner", Order.OWNER),
    ("Status", Order.STATUS),
)
_WHICH = (("All", Only.ALL), ("Slipped to a later date", Only.SLIPPED), ("Overdue", Only.OVERDUE))


@dataclass(frozen=True, slots=True)
class PromisesAsked:
    """Which promises, and in which order: words of subject, owner and status, the time of their papers, and the day
    at which it is told what is overdue; times in ISO form as far as given."""

    about: str | None
    owner: str | None
    status: str | None
    since: str | None
    until: str | None
    only: Only
    as_at: str
    order: Order


@dataclass(frozen=True, slots=True)
class PromisesHandlers:
    """What the view does: functions of their inputs, and of the day on which it is used."""

    assistant: Traceable
    progress: Callable[[], Progress]
    today: Callable[[], date] = date.today

    def shown(
        self,
        about: str = "",
        owner: str = "",
        status: str = "",
        since: str = "",
        until: str = "",
        only: str = Only.ALL,
        as_at: str = "",
        order: str = Order.MATCH,
    ) -> Iterator[Outputs[PromisesAsked]]:
        """The promises about a subject, of an owner and with a status ("" for any), of papers of a time as people type
        it; `only` and `order` are values of `Only` and `Order`, `as_at` is a date, "" for today."""
        yield from steps(
            lambda: self._shown(about, owner, status, since, until, Only(only), as_at, Order(order)), self.progress
        )

    def _shown(
        self, about: str, owner: str, status: str, since: str, until: str, only: Only, as_at: str, order: Order
    ) -> Outputs[PromisesAsked]:
        within = narrowed(since, until, ())
        day = iso_date(as_at, "Overdue as at") or self.today().isoformat()
        of = words(about), words(owner), words(status)
        asked = PromisesAsked(*of, within.since, within.until, only, day, order)
        found = self._promises(asked)
        if not found:
            held = bool(self.assistant.tracer.promises())
            return asked, [nothing_html("promise", asked.about) if held else f"<p>{NONE_HELD}</p>", ""], EMPTY
        return asked, [f"<p>{summary_words(found, day)}</p>", ledger_html(found, day, order)], EMPTY

    def opened(self, asked: PromisesAsked | None, event: gr.EventData) -> tuple[PromisesAsked | None, Said]:
        """Nothing: the versions of a promise are opened where they stand."""
        return opening(asked, lambda of: (of, ""))

    def table(self, asked: PromisesAsked) -> Table:
        """What is shown, to save."""
        return promises_table(self._promises(asked))

    def _promises(self, asked: PromisesAsked) -> Sequence[TracedPromise]:
        found = self.assistant.tracer.promises(
            about=asked.about, owner=asked.owner, status=asked.status, since=asked.since, until=asked.until
        )
        return listed(found, asked.only, asked.as_at, asked.order)


def promises_view(assistant: Traceable, progress: Callable[[], Progress]) -> TraceView:
    """The view's widgets, within the Blocks or Tab that is being made; its inputs are subject, owner, status, since,
    until, which, as at, and order."""
    gr.HTML(
        "<h2>Promises and what became of them</h2><p>What plans and minutes say that somebody will do, by when, and "
        "what later papers say of it. Statuses are those that the papers state; nothing is judged here.</p>",
        elem_classes="trace-head",
    )
    with gr.Column(elem_classes="trace-form"):
        with gr.Row():
            about = text_box("Subject", "Such as foster carers")
            owner = text_box("Owner", "Such as Director")
            status = text_box("Status", "As stated, such as Amber")
        with gr.Row():
            since = text_box("Since", "Papers since June 2022")
            until = text_box("Until", "Papers until the end of 2023")
            as_at = text_box("Overdue as at", "A date, or empty for today")
        only = gr.Radio(
            list(_WHICH), value=Only.ALL, label="Which", elem_id="promises-only", elem_classes="trace-choice"
        )
        order = gr.Radio(
            list(_ORDERS), value=Order.MATCH, label="In order of", elem_id="promises-order", elem_classes="trace-choice"
        )
    handlers = PromisesHandlers(assistant, progress)
    return trace_view("promises", handlers, (about, owner, status, since, until, only, as_at, order))
