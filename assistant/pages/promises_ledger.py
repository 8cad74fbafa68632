"""Promises as HTML: a ledger with a row for every promise, and its versions. Pure; every word is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from assistant.ledger import Order, is_overdue, statuses
from assistant.pages.escaping import text_html
from assistant.pages.trace_html import more_html, place_link, source_html
from assistant.promises import TracedPromise
from assistant.references import count
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
    ("Due", Order.DUE),
    ("Status", Order.STATUS),
    ("Newest paper", Order.PAPER),
)


def ledger_html(promises: Sequence[TracedPromise], as_at: str, order: Order) -> str:
    """The ledger, a group of rows for every promise; `as_at` is the ISO date at which it is told what is overdue,
    `order` the column that it is sorted by."""
    heads = "".join(_head(name, by, order) for name, by in _HEADERS)
    groups = "".join(_group(promise, as_at, place >= AT_ONCE) for place, promise in enumerate(promises))
    return (
        '<table class="traced ledger" role="table"><caption>Promises, each as its newest paper words it</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>{groups}</table>'
        f"{more_html(len(promises) - AT_ONCE, AT_ONCE)}"
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


def _group(promise: TracedPromise, as_at: str, is_hidden: bool) -> str:
    latest, newest = promise.latest, promise.versions[-1]
    heading = f'<span class="quiet">{text_html(latest.heading)}</span>' if latest.heading else ""
    cells = (
        f'<th scope="row" role="rowheader">{heading}{text_html(latest.action)}{_together(latest)}</th>',
        _cell("Owner", _stated(promise.owner)),
        _cell("Due", _due(promise, as_at)),
        _cell("Status", status_html(latest.status)),
        _cell("Newest paper", source_html(newest.paper, newest.record.places)),
    )
    more = _more(promise)
    further = (
        f'<tr role="row" class="further"><td role="cell" colspan="{len(_HEADERS)}">{more}</td></tr>' if more else ""
    )
    hidden = " hidden" if is_hidden else ""
    return f'<tbody role="rowgroup" data-item{hidden}><tr role="row">{"".join(cells)}</tr>{further}</tbody>'


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
        marks.append('<span class="mark">Overdue</span>')
    return f"{_stated(promise.latest.due_as_written)} {' '.join(marks)}"


def _more(promise: TracedPromise) -> str:
    """A disclosure with all versions, where there are several or more to say; "" where there is neither."""
    several = len(promise.versions) > 1
    if not several and not promise.latest.progress:
        return ""
    name = f"What {len(promise.versions)} papers say" if several else "Progress as stated"
    because = f'<p><span class="mark">Slipped</span> {text_html(promise.slipped_because or "")}</p>'
    items = "".join(f"<li>{_version(version)}</li>" for version in promise.versions)
    unseen = f'<span class="unseen"> of: {text_html(promise.latest.action)}</span>'
    return (
        f"<details><summary>{name}{unseen}</summary>{because if promise.slipped else ''}"
        f'<ol role="list">{items}</ol></details>'
    )


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
