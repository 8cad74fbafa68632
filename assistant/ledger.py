"""Promises as a ledger: which of them to show, and in which order. Pure.

Nothing is judged: a promise is overdue on a day where the last day at which it is due by its newest dated paper has
passed, and its newest paper states neither that it is complete nor that it isn't accepted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum

from assistant.promises import TracedPromise
from corpus.dates import dates_in
from corpus.documents import readable
from corpus.records.promises import Promise
from index.records import Recorded


class Order(StrEnum):
    """In which order; by `MATCH` they stay as they were traced, which with a subject is best first."""

    MATCH = "match"
    PAPER = "paper"
    DUE = "due"
    OWNER = "owner"
    STATUS = "status"


class Only(StrEnum):
    """Which of them."""

    ALL = "all"
    SLIPPED = "slipped"
    OVERDUE = "overdue"


NOT_ACCEPTED = r"not (?:accepted|agreed)|rejected|declined|refused"
"""A status of what was never accepted, and so is never overdue."""

_SETTLED = re.compile(rf"(?:completed?|closed|done|superseded|{NOT_ACCEPTED})\b", re.IGNORECASE)


def listed(promises: Sequence[TracedPromise], only: Only, as_at: str, order: Order) -> tuple[TracedPromise, ...]:
    """The promises to show, in order; `as_at` is the day, or the month or year from whose beginning, in ISO form, what
    is overdue is told. What has no date, owner or status comes after what has one."""
    match only:
        case Only.SLIPPED:
            promises = [promise for promise in promises if promise.slipped]
        case Only.OVERDUE:
            promises = [promise for promise in promises if is_overdue(promise, as_at)]
    match order:
        case Order.MATCH:
            return tuple(promises)
        case Order.PAPER:
            newest = sorted(promises, key=lambda p: p.versions[-1].paper.date or "", reverse=True)
            return tuple(newest)
        case Order.DUE:
            return _by(due_by, promises)
        case Order.OWNER:
            return _by(lambda promise: _words(promise.owner), promises)
        case Order.STATUS:
            return _by(lambda promise: _words(promise.latest.status), promises)


def _by(key: Callable[[TracedPromise], str | None], promises: Sequence[TracedPromise]) -> tuple[TracedPromise, ...]:
    return tuple(sorted(promises, key=lambda promise: (not key(promise), key(promise) or "")))


def _words(said: str | None) -> str | None:
    return readable(said).casefold() if said else None


def due_by(promise: TracedPromise) -> str | None:
    """The last day, in ISO form, at which it is due by the newest paper that dates it; None where none does."""
    return next((day for version in reversed(promise.versions) if (day := _last_day(version))), None)


def _last_day(version: Recorded[Promise]) -> str | None:
    said = version.record
    if said.due is None:
        return None
    return max((date.last for date in dates_in(said.due_as_written or "", near=version.paper.date)), default=None)


def is_overdue(promise: TracedPromise, as_at: str) -> bool:
    """Whether the day at which it is due lies before another one, and its newest paper states it neither complete nor
    not accepted."""
    day = due_by(promise)
    return day is not None and day < as_at and not _SETTLED.match(promise.latest.status or "")


def statuses(promises: Sequence[TracedPromise]) -> tuple[tuple[str | None, int], ...]:
    """The statuses that the newest papers state, and of how many promises, the most frequent first, small and capital
    letters taken as the same; None, for those that no paper states one of, comes last."""
    stated = [_words(promise.latest.status) for promise in promises]
    written = {key: readable(p.latest.status or "") for key, p in zip(stated, promises, strict=True)}
    counts = Counter(stated).items()
    ordered = sorted(counts, key=lambda each: (each[0] is None, -each[1], each[0] or ""))
    return tuple((written[key] if key else None, number) for key, number in ordered)
