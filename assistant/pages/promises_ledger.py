"""Promises as HTML: a ledger with a row for every promise, and its versions. Pure; every word is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from assistant.ledger import Order, is_overdue, statuses
from assistant.pages.place_links import more_html, place_link, source_html, text_html
from assistant.pages.rendering import count
from assistant.promises import TracedPromise
from corpus.dates import written_out
from corpus.documents import readable
from corpus.records.places import Place
from corpus.records.promises import Promise
from index.records import Recorded

AT_ONCE = 25
"""Rows that are shown before somebody asks for more."""

NOT_STATED = "not stated"

_COLOUR = re.compile(r"\b(red|amber|green)\b", re.IGNORECASE)
_HEADERS = (
    ("Action", None),
    ("Owner", Order.OWNER),
    ("Due, as written", Order.DUE),
    ("Status, as stated", Order.STATUS),
    ("Papers", Order.PAPER),
)


def ledger_html(promises: Sequence[TracedPromise], as_at: str, order: Order) -> str:
    """The ledger; `as_at` is the ISO date at which it is told what is overdue, `order` the column it is sorted by."""
    heads = "".join(_head(name, by, order) for name, by in _HEADERS)
    rows = "".join(_row(promise, as_at, place >= AT_ONCE) for place, promise in enumerate(promises))
    more = more_html(len(promises) - AT_ONCE, AT_ONCE)
    return (
        '<table class="traced ledger" role="table"><caption>Promises, each as its newest paper has it</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>{more}'
    )


def _head(name: str, by: Order | None, order: Order) -> str:
    direction = "descending" if by is Order.PAPER else "ascending"
    sorted_by = f' aria-sort="{direction}"' if by is order else ""
    return f'<th scope="col" role="columnheader"{sorted_by}>{name}</th>'


def summary_words(promises: Sequence[TracedPromise], as_at: str) -> str:
    """How many there are, how many slipped or are overdue, and which statuses are stated; escaped."""
    slipped = sum(promise.slipped is True for promise in promises)
    overdue = sum(is_overdue(promise, as_at) for promise in promises)
    stated = ", ".join(f"{text_html(status or 'none')} {number:,}" for status, number in statuses(promises))
    return (
        f"{count(len(promises), 'promise')}: {slipped:,} slipped to a later date, {overdue:,} overdue as at "
        f"{escape(written_out(as_at))}. Status as stated: {stated}."
    )


def _row(promise: TracedPromise, as_at: str, is_hidden: bool) -> str:
    latest = promise.latest
    heading = f'<span class="quiet">{text_html(latest.heading)}</span>' if latest.heading else ""
    cells = (
        f'<th scope="row" role="rowheader">{heading}{text_html(latest.action)}{_together(latest)}</th>',
        _cell("Owner", _stated(latest.owner)),
        _cell("Due, as written", _due(promise, as_at)),
        _cell("Status, as stated", status_html(latest.status)),
        _cell("Papers", _papers(promise)),
    )
    return f'<tr role="row" data-item{" hidden" if is_hidden else ""}>{"".join(cells)}</tr>'


def _cell(label: str, html: str) -> str:
    return f'<td role="cell" data-label="{label}"><div>{html}</div></td>'


def _stated(words: str | None) -> str:
    return text_html(words) if words else f'<span class="quiet">{NOT_STATED}</span>'


def status_html(status: str | None) -> str:
    """A status in its own words; a colour that it names is shown beside them, never instead of them."""
    if not status:
        return _stated(status)
    named = set(map(str.lower, _COLOUR.findall(readable(status))))
    colour = f" {named.pop()}" if len(named) == 1 else ""
    return f'<span class="status{colour}">{text_html(status)}</span>'


def _together(promise: Promise) -> str:
    if not promise.together:
        return ""
    which = ", ".join(promise.together)
    return f'<span class="quiet">The paper states the {which} of several actions together.</span>'


def _due(promise: TracedPromise, as_at: str) -> str:
    marks = []
    if promise.slipped:
        marks.append('<span class="mark">Slipped</span>')
    if is_overdue(promise, as_at):
        marks.append(f'<span class="mark">Overdue as at {escape(written_out(as_at))}</span>')
    return f"{_stated(promise.latest.due_as_written)} {' '.join(marks)}"


def _papers(promise: TracedPromise) -> str:
    """The newest paper and, where there are several versions or more to say, a disclosure with all of them."""
    newest = promise.versions[-1]
    source = f"<p>{source_html(newest.paper, newest.record.places)}</p>"
    if len(promise.versions) == 1 and not newest.record.progress:
        return source
    several = len(promise.versions) > 1
    name = f"What {len(promise.versions)} papers say" if several else "Progress as stated"
    slipped = (
        f'<p><span class="mark">Slipped</span> {text_html(promise.slipped_because or "")}</p>'
        if promise.slipped
        else ""
    )
    items = "".join(f"<li>{_version(version)}</li>" for version in promise.versions)
    unseen = f'<span class="unseen"> of: {text_html(promise.latest.action)}</span>'
    return f'{source}<details><summary>{name}{unseen}</summary>{slipped}<ol role="list">{items}</ol></details>'


def _version(version: Recorded[Promise]) -> str:
    said, cells = version.record, dict(version.record.cells)
    lines = "".join(
        f"<div><dt>{term}</dt><dd>{html}</dd></div>" for term, html in _terms(said, cells) if html is not None
    )
    return f'<p>{source_html(version.paper, said.places)}</p><dl class="terms">{lines}</dl>'


def _terms(said: Promise, cells: dict[str, Place]) -> Iterator[tuple[str, str | None]]:
    yield "Action", f"“{text_html(said.action)}”"
    yield "Owner", _linked(said.owner, cells.get("owner"))
    yield "Due", _linked(said.due_as_written, cells.get("due"))
    yield "Status", _linked(said.status, cells.get("status"))
    yield "Progress", _linked(said.progress, cells.get("progress")) if said.progress else None


def _linked(words: str | None, place: Place | None) -> str:
    """A cell's words as a link to the cell, where its place is known."""
    if not words:
        return _stated(None)
    return f"“{place_link(place, words) if place else text_html(words)}”"
