"""Promises in plans: tables with a column of actions, and columns that say who, by when or how far. Pure.

A cell may hold several actions, taken apart by their signs and blank lines. A row without an action goes on with that
above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus.dates import dates_in
from corpus.documents import Document, Paper
from corpus.reading.paragraphs import marker
from corpus.records.dues import due_in_action, due_of, only_date, without_due
from corpus.records.lists import cell_items, joined, text_of
from corpus.records.places import places_of
from corpus.records.plan_columns import columns_of
from corpus.records.promises import AGREED, PLAN, RECOMMENDATION, Promise
from corpus.records.sharing import Action, Drawn, said_in, share_out, words_in
from corpus.records.tables import Row, rows_of, tables_in
from corpus.sentences import Span

_NO_ACTION_TABLE = frozenset(["agenda", "scorecard", "work programme", "inspection"])

_ANSWER = re.compile(
    r"(?:(?:fully|partially|partly|in part|in principle|not|conditionally) )?"
    r"(?:accepted|agreed|approved|supported|rejected|declined|refused|noted)\b(?:,? (?:in (?:full|part|principle)))?",
    re.IGNORECASE,
)
"""How a response opens that says whether a recommendation is accepted."""

_JOINS = frozenset(
    ["a", "all", "an", "and", "are", "as", "at", "be", "by", "current", "each", "for", "from", "her", "his", "in", "is",
     "its", "key", "new", "of", "on", "or", "other", "our", "the", "their", "to", "with"]
)  # fmt: skip
"""Words after which no action ends."""


def planned_in(document: Document, paper: Paper) -> tuple[Promise, ...]:
    """The promises in a paper's tables."""
    return tuple(p for table in tables_in(rows_of(document, paper)) for p in _of_table(document, paper, table))


def _of_table(document: Document, paper: Paper, table: Sequence[Row]) -> Iterator[Promise]:
    columns = columns_of(table[0].headers) if paper.kind not in _NO_ACTION_TABLE else None
    if columns is None or (_has_only_responses(columns) and not _is_answered(document, table, columns["response"])):
        return
    item, item_heading = "", ""
    held: list[Action] = []
    for row in table:
        section = row.headings[-1] if row.headings else ""
        named = _item(document, row, columns)
        if named or section != item_heading:
            item, item_heading = named, section
        heading = ": ".join(part for part in (section, item) if part)
        actions = _actions(document, row.cells[columns["action"]])
        if not actions and "response" in columns and named:
            # What isn't accepted has no action, and says nothing of the one above.
            actions, heading = _actions(document, row.cells[columns["item"]]), section
        if len(actions) > 1 and _is_one(document, row, columns, actions):
            actions = [_as_one(document, actions)]
        if not actions:
            if held:
                _go_on(row, columns, held[-1])
            continue
        yield from (promise for action in held if (promise := _promise(document, paper, action)) is not None)
        held = [Action(stretches, heading, {}) for stretches in actions]
        for name, column in columns.items():
            if name not in ("action", "item", "ref"):
                share_out(document, held, name, row.cells[column])
    yield from (promise for action in held if (promise := _promise(document, paper, action)) is not None)


def _has_only_responses(columns: Mapping[str, int]) -> bool:
    """Whether nothing but the responses makes a table one of actions."""
    return "response" in columns and not columns.keys() & {"owner", "due", "status"}


def _is_answered(document: Document, table: Sequence[Row], column: int) -> bool:
    """Whether the responses in a column say what is accepted: most, and not what somebody thinks of it."""
    said = [text for row in table if (text := row.said(document, column))]
    return 2 * sum(_ANSWER.match(text) is not None for text in said) > len(said)


def _is_one(document: Document, row: Row, columns: Mapping[str, int], actions: Sequence[tuple[Span, ...]]) -> bool:
    """Whether the paragraphs of a cell are one action with its details: the row has a reference of its own, and doesn't
    name as many owners or dates as there are paragraphs."""
    if "ref" not in columns or not row.cells[columns["ref"]]:
        return False
    drawn = [Action(stretches, "", {}) for stretches in actions]
    said = [said_in(document, drawn, name, row.cells[columns[name]]) for name in ("owner", "due") if name in columns]
    return all(len(pieces) != len(actions) for pieces in said)


def _as_one(document: Document, actions: Sequence[tuple[Span, ...]]) -> tuple[Span, ...]:
    found = actions[0]
    for span in (span for stretches in actions[1:] for span in stretches):
        found = joined(document, found, span)
    return found


def _item(document: Document, row: Row, columns: Mapping[str, int]) -> str:
    return row.said(document, columns["item"]) if "item" in columns else ""


def _actions(document: Document, cell: Sequence[Span]) -> list[tuple[Span, ...]]:
    """The actions in a cell, each as its stretches."""
    found: list[tuple[Span, ...]] = []
    for place, stretch in enumerate(cell):
        for first, stretches in enumerate(cell_items(document, (stretch,))):
            if place and not first and found and _goes_on(document, found[-1], stretches[0]):
                found[-1] = (*found[-1], *stretches)
            else:
                found.append(stretches)
    return [stretches for stretches in found if any(c.isalpha() for a, b in stretches for c in document.text[a:b])]


def _goes_on(document: Document, before: Sequence[Span], after: Span) -> bool:
    """Whether what opens a page goes on with what ended the page before."""
    ended, opens = document.text[before[-1][0] : before[-1][1]].rstrip(), document.text[after[0] : after[1]]
    if ended.endswith((".", "?", "!")) or marker(opens):
        return False
    return not opens[:1].isupper() or ended.split()[-1].lower() in _JOINS


def _go_on(row: Row, columns: Mapping[str, int], action: Action) -> None:
    """A row without an action says more of the one above; its marks are of its own progress."""
    for name, column in columns.items():
        if name in ("progress", "owner", "due") and row.cells[column]:
            drawn = action.said.setdefault(name, Drawn())
            drawn.stretches += [span for span in row.cells[column] if span not in drawn.stretches]
    if "status" in columns and row.cells[columns["status"]] and "status" not in action.said:
        action.said["status"] = Drawn(list(row.cells[columns["status"]]), apart=False)


def _promise(document: Document, paper: Paper, action: Action) -> Promise | None:
    text, _ = text_of(document, action.stretches)
    places = tuple(place for a, b in action.stretches for place in places_of(document, paper, a, b))
    if not places:
        return None
    said = {name: words_in(document, drawn.stretches) or None for name, drawn in action.said.items()}
    shared = said.get("owner") is not None and said.get("owner") == said.get("due")
    due, owner = said.get("due"), said.get("owner")
    timed = due_of(due, paper) if due else None
    if due and not shared:
        timed = next((d.iso for d in dates_in(due, near=paper.date, years=True)), None), due
    owner = without_due(owner, paper) if shared and owner else owner
    together = "due" in action.said and not action.said["due"].apart
    if timed is None or timed[0] is None or together:
        timed = due_in_action(text, paper) or (only_date(due, paper) if due and together else timed)
    response = said.pop("response", None)
    answer = _ANSWER.match(response) if response else None
    # A response that says more than whether something is accepted tells of progress.
    more = response if response and (answer is None or any(c.isalnum() for c in response[answer.end() :])) else None
    if timed is None and more:
        timed = due_in_action(more, paper)
    names = {"response": [*(["status"] if answer else []), *(["progress"] if more else [])]}
    cells = tuple(
        (name, place)
        for heading, drawn in action.said.items()
        for name in names.get(heading, [heading])
        for a, b in drawn.stretches
        for place in places_of(document, paper, a, b)
    )
    return Promise(
        action=text,
        places=places,
        owner=owner or None,
        due=timed[0] if timed else None,
        due_as_written=timed[1] if timed else None,
        status=said.get("status") or (answer[0] if answer else None),
        progress=" ".join(filter(None, (more, said.get("progress")))) or None,
        heading=action.heading,
        cells=cells,
        together=tuple(name for name, drawn in action.said.items() if not drawn.apart),
        kind=RECOMMENDATION if "response" in action.said else AGREED if paper.kind == "minutes" else PLAN,
    )
