"""The view in which people ask: its widgets, and what happens when they are used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import gradio as gr

from assistant.pages.conversation import (
    OVERTAKEN,
    UNWRITTEN,
    Turn,
    Turns,
    answered,
    is_awaited,
    stopped,
    to_be_written,
    unwritten,
    written,
)
from assistant.pages.guest import Guest
from assistant.pages.keeping import keeping_view, new_id, opened, to_keep
from assistant.pages.listening import QUIETLY
from assistant.pages.loading import Answering
from assistant.pages.narrowing import NarrowingView, narrowing_of, narrowing_view
from assistant.pages.page_view import PLACES
from assistant.pages.rendering import turn_html
from assistant.pages.taking import taking_view, to_download
from corpus.documents import readable
from corpus.errors import CouncilPapersError

HERE = Path(__file__).parent
STYLE = HERE / "chat.css"
SCRIPT = HERE / "conversation.js"

LONGEST_QUESTION = 1000
"""Characters; nobody asks in more, and a whole paper that is pasted by mistake isn't a question."""

AT_ONCE = 2
"""Questions that are answered at once: they share the model and the processors; the others wait in their order."""


WRITTEN_AT_ONCE = 4
"""Drafts that language models write at once; on this machine they cost little but for their checking."""


@dataclass(frozen=True, slots=True)
class Starters:
    """Questions to begin with, and for whom."""

    reader: str
    questions: tuple[str, ...]


STARTERS = (
    Starters("For a councillor", ("What is the front door?", "How many children are in care?")),
    Starters(
        "For a commissioner",
        ("Which recommendations recur over the years?", "What did the inspectors say about supervision?"),
    ),
    Starters("For an officer", ("What is overdue in the improvement plan?", "Which promises have slipped?")),
)
"""Questions that can be asked of any council's papers about its services for children."""


class Shown(NamedTuple):
    """What the view shows: the conversation and its HTML, one string a turn, the question box, and what its browser is
    told to keep (see `keeping.to_keep`), under which id. `replacing` is the place of the turn that the next question
    replaces, with all after it; `note` says so."""

    turns: Turns
    html: list[str]
    box: Any
    id: str
    keep: Any
    replacing: Any = None
    note: Any = ""


@dataclass(frozen=True, slots=True)
class Handlers:
    """What the view does: functions of their inputs. All that a conversation is travels through them."""

    assistant: Answering
    guest: Guest | None = None

    def begin(self, question: str, turns: Turns, id_: str = "", replacing: int | None = None, *narrowing: Any) -> Shown:
        """What is shown at once of a question that is asked. It stands at the place `replacing`, if that is given, else
        after the other turns; `narrowing` are the values of the widgets that narrow the search."""
        question = question.strip()
        now = Shown(turns, shown(turns), question, id_, gr.skip(), replacing, gr.skip())
        if not question:
            gr.Info("Please write a question first.")
            return now
        if is_awaited(turns):
            gr.Info("The question before is still being answered.")
            return now
        id_ = id_ or new_id()
        earlier = turns if replacing is None else turns[:replacing]
        try:
            within = narrowing_of(narrowing).filter()
        except CouncilPapersError as error:
            # The question stays in its box: only the filter has to be written again.
            turns = (*earlier, Turn(question, problem=str(error)))
            return Shown(turns, shown(turns), question, id_, to_keep(turns, id_))
        self._end(id_)
        turns = (*unwritten(earlier, OVERTAKEN), Turn(question, within=within))
        return Shown(turns, shown(turns), "", id_, gr.skip())

    def finish(self, turns: Turns, id_: str) -> tuple[Turns, list[str], Any]:
        """The turns with the answer to the question that waits for one, as HTML, and what the browser keeps."""
        if is_awaited(turns):
            turns = to_be_written(answered(turns, self.assistant), self.guest)
            return turns, shown(turns), to_keep(turns, id_)
        return turns, shown(turns), gr.skip()

    def write(self, turns: Turns, id_: str) -> tuple[Any, Any, Any]:
        """The same as `finish` with what the language model writes above the answer. Nothing is changed where none is
        to write, or where nobody waits for it any more."""
        unchanged = (gr.skip(), gr.skip(), gr.skip())
        if self.guest is None or not turns or not turns[-1].writer or self.guest.writing.is_begun(id_):
            return unchanged
        with self.guest.writing.begun(id_) as ended:
            turns = written(turns, self.guest, ended)
            return unchanged if ended.is_set() else (turns, shown(turns), to_keep(turns, id_))

    def _end(self, id_: str) -> None:
        """Nobody waits any more for what is being written in a conversation."""
        if self.guest is not None:
            self.guest.writing.end(id_)

    def retry(self, turns: Turns, id_: str, event: gr.EventData, *narrowing: Any) -> Shown:
        """The same as `begin` for the question of a turn, asked once more: its answer, and what came after, goes."""
        place = _place(event, turns)
        if place is None:
            return Shown(turns, shown(turns), gr.skip(), id_, gr.skip(), gr.skip(), gr.skip())
        return self.begin(turns[place].question, turns, id_, place, *narrowing)

    def edit(self, turns: Turns, event: gr.EventData) -> tuple[str, int | None, str]:
        """The question of a turn in the box, to be changed: what the box holds, which turn it replaces, and the note
        that says so."""
        place = _place(event, turns)
        return ("", None, "") if place is None else (turns[place].question, place, note_html(turns, place))

    def keep_as_it_is(self) -> tuple[str, int | None, str]:
        """The box empty, and no turn replaced."""
        return "", None, ""

    def stop(self, turns: Turns, id_: str) -> Shown:
        """What is shown when a question, or what a language model writes, is no longer waited for."""
        self._end(id_)
        turns = unwritten(stopped(turns), UNWRITTEN)
        return Shown(turns, shown(turns), "", id_, to_keep(turns, id_))

    def start_again(self, id_: str = "") -> Shown:
        """An empty conversation, after that with the id."""
        self._end(id_)
        return Shown((), [], "", "", to_keep((), ""))

    def give_back(self, event: gr.EventData, id_: str = "") -> Shown:
        """A conversation that the browser kept, in place of that with the id."""
        self._end(id_)
        found = opened(event.content)
        if found.problem is None:
            return Shown(found.turns, shown(found.turns), "", event.id, gr.skip())
        # What can't be read isn't written over by the next question.
        return Shown((), [f'<p class="problem">{escape(found.problem)}</p>'], "", "", gr.skip())

    def take(self, turns: Turns, event: gr.EventData) -> str:
        """The conversation as a file to download."""
        return to_download(turns, str(event.ending))

    def save(self, turns: Turns, event: gr.EventData) -> str:
        """One answer of it as a Word file to download."""
        place = _place(event, turns)
        return to_download(turns[place : place + 1] if place is not None else (), ".docx")


def _place(event: gr.EventData, turns: Turns) -> int | None:
    """The place of the turn that the browser names, None where there is none."""
    place = getattr(event, "turn", None)
    return place if isinstance(place, int) and 0 <= place < len(turns) else None


def shown(turns: Turns) -> list[str]:
    """The turns as HTML, one string a turn."""
    return [turn_html(turn, number) for number, turn in enumerate(turns, start=1)]


def note_html(turns: Turns, place: int) -> str:
    """That the question in the box replaces that of a turn, and a button to leave it as it is."""
    later = len(turns) - place - 1
    goes = "its answer goes" if not later else "its answer, and what you asked after it, goes"
    return (
        f"<p>You are changing question {place + 1}, “{escape(readable(turns[place].question))}”; when you ask, {goes}. "
        '<button type="button">Leave it as it is</button></p>'
    )


@dataclass(frozen=True, slots=True)
class ChatView:
    """The view's widgets, for the page around it: places in the papers, and subjects to follow, come out of
    `conversation` as its events; `narrowing` is what answers are narrowed to."""

    conversation: gr.HTML
    narrowing: NarrowingView


def chat_view(assistant: Answering, starters: Sequence[Starters] = STARTERS, guest: Guest | None = None) -> ChatView:
    """The widgets; places them where it is called."""
    handlers = Handlers(assistant, guest)
    narrowing = narrowing_view(lambda: assistant.library)
    conversation = gr.HTML(
        [],
        html_template='<div role="log" aria-live="polite" aria-label="Questions and answers"></div>',
        js_on_load=SCRIPT.read_text(encoding="utf-8") + PLACES,
        elem_id="conversation",
    )
    turns, id_, replacing = gr.State(()), gr.State(""), gr.State(None)
    with gr.Row(elem_id="starters"):
        buttons = [_starter_column(group) for group in starters]
    with gr.Column(elem_id="form"):
        note = gr.HTML(
            "",
            html_template='<div role="status">${value}</div>',
            js_on_load="element.addEventListener('click', (event) => {"
            " if (event.target.closest('button')) trigger('leave'); });",
            elem_id="note",
        )
        question = gr.Textbox(
            label="Your question", lines=1, max_lines=6, max_length=LONGEST_QUESTION, elem_id="question"
        )
        with gr.Row(elem_id="buttons"):
            ask = gr.Button("Ask", variant="primary", min_width=120)
            stop = gr.Button("Stop", min_width=120, elem_id="stop")
            again = gr.Button("New conversation", min_width=120)
    files = taking_view()
    kept = keeping_view()

    outputs = [turns, conversation, question, id_, kept, replacing, note]
    # Shown at once, however many people wait for answers.
    beginning = QUIETLY | {"outputs": outputs, "queue": False}
    earlier = [turns, id_, replacing, *narrowing.inputs]
    begun = [gr.on([question.submit, ask.click], handlers.begin, inputs=[question, *earlier], **beginning)]
    for column in buttons:
        begun += [button.click(partial(handlers.begin, text), inputs=earlier, **beginning) for text, button in column]
    begun.append(conversation.retry(handlers.retry, inputs=[turns, id_, *narrowing.inputs], **beginning))
    finishing: dict[str, Any] = {
        "inputs": [turns, id_],
        "outputs": [turns, conversation, kept],
        "concurrency_id": "ask",
        "concurrency_limit": AT_ONCE,
        **QUIETLY,
    }
    awaited = [each.then(handlers.finish, **finishing) for each in begun]
    if guest is not None:
        # In a row of its own: whoever only asks doesn't wait for somebody else's draft.
        writing = finishing | {"concurrency_id": "write", "concurrency_limit": WRITTEN_AT_ONCE}
        awaited += [each.then(handlers.write, **writing) for each in awaited]
    focus = "() => document.querySelector('#question textarea').focus()"
    stop.click(handlers.stop, [turns, id_], outputs, cancels=awaited, **QUIETLY)
    editing: dict[str, Any] = {"outputs": [question, replacing, note], **QUIETLY}
    conversation.edit(handlers.edit, inputs=turns, **editing).then(None, js=focus, **QUIETLY)
    note.leave(handlers.keep_as_it_is, **editing).then(None, js=focus, **QUIETLY)
    again.click(handlers.start_again, id_, outputs=outputs, **QUIETLY).then(None, js=focus, **QUIETLY)
    kept.select(handlers.give_back, id_, outputs=outputs, **QUIETLY)
    files.select(handlers.take, turns, files, **QUIETLY)
    conversation.save(handlers.save, turns, files, **QUIETLY)
    return ChatView(conversation, narrowing)


def _starter_column(group: Starters) -> list[tuple[str, gr.Button]]:
    with gr.Column(min_width=220):
        gr.HTML(f"<h2>{escape(group.reader)}</h2>")
        return [(text, gr.Button(text, elem_classes="starter")) for text in group.questions]
