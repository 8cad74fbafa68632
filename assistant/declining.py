"""What must be declined, and why: a question that asks for an opinion or about somebody's private life, or one about a
time or a council of which the papers can't speak. Pure.

Two mistakes are possible, and declining what the papers answer is the worse one. So `declined_at_once` knows only plain
forms of asking, and `outside_coverage` says on which condition its ground falls away: a passage that names the council
or the time answers in spite of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter

from assistant.askings import asks_about_private_life, asks_an_opinion
from assistant.councils import councils_in
from assistant.needs import Needed, needed_council, times_in
from assistant.question import LONGEST
from assistant.scope import Period, period_of
from corpus.dates import written_out

_UNSEEN = frozenset(["Cc", "Cf", "Co", "Cs", "Cn"])

_NOTHING_ASKED = "There is nothing to search for in that; ask in words, for example: what did the inspectors recommend?"
_OPINION_REASON = (
    "That asks for an opinion, advice or a forecast, and this assistant has none of its own; ask what the papers say, "
    "for example what inspectors found or what was recommended."
)
_PERSONAL_REASON = (
    "That asks about a child, a family or somebody's private details; nobody is identified here, and the papers can be "
    "asked about the service as a whole."
)

_NAMED_AT_MOST = 4
"""Councils that a reason names; more are counted."""

_WORD_OR_NUMBER = re.compile(r"[a-zà-ÿ]{2}|\d[\d.,/]{0,20}\d|[a-z]\d|\d[a-z]", re.IGNORECASE)
"""The least that can be searched for: a word of two letters, a number, a reference such as "A5"."""

_OURSELVES = re.compile(r"\b(?:our|ours|us|we)\b", re.IGNORECASE)
"""Words that make another council's name part of a comparison with ours."""


class Why(StrEnum):
    """Why a question is declined."""

    NOTHING_ASKED = "nothing asked"
    TOO_LONG = "too long"
    OPINION = "opinion"
    PERSONAL = "personal"
    PERIOD = "period"
    COUNCIL = "council"


@dataclass(frozen=True, slots=True)
class Declined:
    """A ground for declining a question, and the sentence that says so to the person who asked.

    The ground is certain, or falls away where the best passage has what is in `unless`.
    """

    why: Why
    reason: str
    unless: Needed | None = None

    @property
    def is_certain(self) -> bool:
        """Whether no passage can answer."""
        return self.unless is None

    def holds(self, *texts: str | None) -> bool:
        """Whether to decline though there is a passage: `texts` are the passage, its headings and headers, its paper's
        title and ISO dates."""
        return self.unless is None or not self.unless.is_in(*texts)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a library's papers speak of: the ISO dates of its first and last paper as far as known, the councils that
    they are about (`own`) and that they name at all, and the years that they name."""

    first: str | None = None
    last: str | None = None
    own: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()


def coverage_of(
    dates: Iterable[str | None], councils: Iterable[Mapping[str, int]], years: Iterable[int] = ()
) -> Coverage:
    """The coverage of papers with these ISO dates, whose texts name these years.

    `councils` has for each document how often it names each council, under the names of `principal_authorities` or
    others. A document is about the council that it names most, and more than once.
    """
    known = sorted(date for date in dates if date)
    counts = [{name: count for name, count in document.items() if count > 0} for document in councils]
    most = (max(sorted(document.items()), key=itemgetter(1)) for document in counts if document)
    own = frozenset(name for name, count in most if count > 1)
    named = frozenset(name for document in counts for name in document)
    last = max(known, key=lambda iso: period_of(iso)[0].last, default=None)
    return Coverage(known[0] if known else None, last, own, named, frozenset(years) | {int(d[:4]) for d in known})


def declined_at_once(text: str) -> Declined | None:
    """Why a question is declined whatever the papers hold; None for all others."""
    if len(text) > LONGEST:
        reason = f"That is {len(text):,} characters long; please ask in one or two sentences, {LONGEST:,} at most."
        return Declined(Why.TOO_LONG, reason)
    asked = _printable(text)
    if not _WORD_OR_NUMBER.search(asked):
        return Declined(Why.NOTHING_ASKED, _NOTHING_ASKED)
    if asks_about_private_life(asked):
        return Declined(Why.PERSONAL, _PERSONAL_REASON)
    if asks_an_opinion(asked):
        return Declined(Why.OPINION, _OPINION_REASON)
    return None


def outside_coverage(text: str, coverage: Coverage) -> Declined | None:
    """Whether a question asks about a council or a time of which the papers don't speak; None where it doesn't."""
    asked = _printable(text[:LONGEST])
    return _another_council(asked, coverage) or _another_time(asked, coverage)


def _another_council(asked: str, coverage: Coverage) -> Declined | None:
    if not coverage.own or _OURSELVES.search(asked):
        return None
    named = councils_in(asked, coverage.own | coverage.named)
    if any(council.council in coverage.own for council in named):
        return None
    others = list(dict.fromkeys(council.council for council in named if council.is_asked_about))
    if not others:
        return None
    own = _listed(sorted(coverage.own)) if len(coverage.own) <= _NAMED_AT_MOST else f"{len(coverage.own)} councils"
    about = f"The papers searched are about {own}"
    if coverage.named.isdisjoint(others):
        return Declined(Why.COUNCIL, f"{about}; they don't speak of {_listed(others, 'or')}.")
    reason = f"{about}; they name {_listed(others, 'or')}, but nothing in them answers this."
    return Declined(Why.COUNCIL, reason, needed_council(*others))


def _another_time(asked: str, coverage: Coverage) -> Declined | None:
    if coverage.first is None or coverage.last is None:
        return None
    periods = times_in(asked)
    covered = Period(period_of(coverage.first)[0].first, period_of(coverage.last)[0].last)
    if not periods or any(period.overlaps(covered) for period in periods):
        return None
    period = periods[0]
    first, last = written_out(coverage.first[:7]), written_out(coverage.last[:7])
    span = f"go from {first} to {last}" if first != last else f"are of {last}"
    if coverage.years.isdisjoint(year for each in periods for year in each.years):
        return Declined(Why.PERIOD, f"The papers searched {span}; they don't speak of {period.said}.")
    reason = f"The papers searched {span}; nothing in them answers this for {period.said}."
    return Declined(Why.PERIOD, reason, Needed((period.written,), period))


def _listed(names: list[str], link: str = "and") -> str:
    *others, last = names
    return f"{', '.join(others)} {link} {last}" if others else last


def _printable(text: str) -> str:
    """A text on one line, without control characters and such as nobody sees."""
    return " ".join("".join(" " if unicodedata.category(c) in _UNSEEN else c for c in text).split())
