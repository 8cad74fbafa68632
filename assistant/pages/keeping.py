"""Conversations that the reader's own browser keeps, and gives back as they were. The server keeps none.

A conversation travels as JSON that only these two functions write and read. `keeping.js` puts it into the browser's
storage, one entry a conversation, so that two tabs don't overwrite each other's; it lists them, newest first, and drops
the oldest where there are too many. What comes back isn't trusted: it is checked, and shown escaped like any answer.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import gradio as gr
from pydantic import TypeAdapter

from assistant.answer import Answer, Status
from assistant.pages.conversation import Turn, Turns
from assistant.quoting import NEAREST
from corpus.documents import Paper, Passage
from index.hits import Filter

FORMAT = 1
"""Counted up with every change of the types that are kept after which what was kept would be read otherwise, or of a
default in them: defaults aren't written down."""

MOST = 30
"""Conversations that a browser keeps."""

MOST_CHARACTERS = 4_000_000
"""Characters that they may have together. Browsers allow a page about five million, some half of that: there the oldest
are dropped as soon as one more doesn't fit."""

DAMAGED = (
    "This conversation can't be opened: what this browser kept of it is damaged. The papers aren't; please ask again."
)
OTHER_VERSION = (
    "This conversation can't be opened: another version of this program kept it. The papers haven't changed because of "
    "that; please ask again."
)

STYLE = Path(__file__).parent / "keeping.css"
_SCRIPT = Path(__file__).parent / "keeping.js"
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as it is kept."""

    format: int
    turns: Turns


_ADAPTER = TypeAdapter(Conversation)


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation that was given back, or the sentence that says why it can't be read."""

    turns: Turns
    problem: str | None = None


def kept(turns: Turns) -> str:
    """The conversation as JSON, without what the page doesn't show; empty where nothing was asked.

    A question that is still being answered isn't part of it.
    """
    finished = tuple(_shown(turn) for turn in turns if turn.answer is not None or turn.problem is not None)
    if not finished:
        return ""
    # The format has no default and so is always written.
    return _ADAPTER.dump_json(Conversation(FORMAT, finished), exclude_defaults=True).decode()


def opened(content: str) -> Opened:
    """The conversation that `kept` made JSON of; never an error, whatever the text is."""
    if content == "":
        return Opened(())
    if not isinstance(content, str) or len(content) > MOST_CHARACTERS:
        return Opened((), DAMAGED)
    try:
        version = json.loads(content)["format"]
        if version != FORMAT:
            return Opened((), OTHER_VERSION if isinstance(version, int) else DAMAGED)
        turns = _ADAPTER.validate_json(content).turns
        whole = all(_is_whole(turn) for turn in turns)
    except (ValueError, LookupError, TypeError, RecursionError):
        return Opened((), DAMAGED)
    return Opened(turns) if whole else Opened((), DAMAGED)


def new_id() -> str:
    """What a conversation is known by in its reader's browser."""
    return secrets.token_hex(8)


def to_keep(turns: Turns, id_: str) -> str:
    """What `keeping.js` is told: to keep this conversation under its id or, where it is empty, that none is open."""
    content = kept(turns)
    if not content:
        # Gradio tells the page only of values that are new, and this one must be told each time.
        return json.dumps({"id": "", "once": new_id()})
    last = max((turn.when for turn in turns if turn.when is not None), default=datetime.now().astimezone())
    # Browsers compare the times as text, so all are of one zone.
    when = last.astimezone(UTC).isoformat(timespec="milliseconds")
    return json.dumps({"id": id_, "title": turns[0].question, "when": when, "content": content})


def keeping_view() -> gr.HTML:
    """The list of the conversations that this browser keeps; places it where it is called.

    Its value, set to what `to_keep` gives, keeps a conversation. It triggers `select` with `id` and `content` when one
    is opened, also where the page is loaded anew and had one open; both are empty where the open one was deleted.
    """
    return gr.HTML(
        "",
        html_template=(
            '<section aria-labelledby="keeping-title"><h2 id="keeping-title">Your conversations</h2>'
            "<p>They are kept in this browser and nowhere else. Whoever uses this browser can read them.</p>"
            '<p class="none"></p><p role="status" tabindex="-1"></p><ol role="list"></ol>'
            '<button type="button" class="all" hidden>Delete all</button></section>'
        ),
        js_on_load=_SCRIPT.read_text(encoding="utf-8"),
        elem_id="keeping",
        most=MOST,
        characters=MOST_CHARACTERS,
    )


def _shown(turn: Turn) -> Turn:
    """A turn with what the page shows of it."""
    answer = turn.answer
    if answer is None:
        return Turn(turn.question, problem=turn.problem, when=turn.when)
    cited = {citation.passage.id for citation in answer.citations}
    declined = answer.status in (Status.NOT_FOUND, Status.REFUSED)
    hits = answer.hits[:NEAREST] if declined else [hit for hit in answer.hits if hit.passage.id not in cited]
    answer = replace(
        answer,
        citations=tuple(replace(each, passage=_unsliced(each.passage)) for each in answer.citations),
        hits=tuple(replace(each, passage=_unsliced(each.passage)) for each in hits),
    )
    papers = tuple(_papers(answer))
    documents, ids = {paper.document for paper in papers}, {paper.id for paper in papers}
    return replace(
        turn,
        answer=answer,
        titles={document: title for document, title in turn.titles.items() if document in documents},
        listings={paper: listing for paper, listing in turn.listings.items() if paper in ids},
        # The answer says what was searched.
        within=Filter(),
        # Nobody waits for a draft when a conversation is opened again.
        writer="",
    )


def _unsliced(passage: Passage) -> Passage:
    # What of it could be quoted alone matters only to who answers, but for a table, whose rows these are.
    return replace(passage, extracts=passage.extracts if passage.headers else ())


def _papers(answer: Answer) -> Iterator[Paper]:
    yield from (citation.paper for citation in answer.citations)
    yield from (hit.paper for hit in answer.hits)


def _is_whole(turn: Turn) -> bool:
    """Whether a turn can be shown: its dates are dates."""
    if turn.answer is None:
        return turn.problem is not None
    searched = turn.answer.searched
    dates = [searched.since, searched.until, *(paper.date for paper in _papers(turn.answer))]
    dates += [listing.date for listing in turn.listings.values()]
    return all(date is None or _DATE.fullmatch(date) for date in dates)
