"""When something is to be done, as a sentence or a cell says it, and what is left of the cell without that. Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.dates import dates_in
from corpus.documents import Paper
from corpus.sentences import Span

_BEFORE_DATE = (
    r"(?:\b(?:by|before|from|until|till|on|in|at|to|w/?c|during|due|review(?:ed)?)\b[ ,:]*(?:the\b|end(?: of)?\b)?\s*)"
)

_LEAD_IN = re.compile(rf"(?:\b(?:and|then|&)\s+)?(?:[A-Z]?[a-z]+ date:?\s+)?{_BEFORE_DATE}*$", re.IGNORECASE)

_BY = re.compile(r"\b(?:by|before|until|till|no later than|due)\b(?:\s\w+){0,2}\s*$", re.IGNORECASE)

BETWEEN_DATES = re.compile(
    r"[\s,;/&–-]*(?:(?:and|then|or|reviewed|review|revisit\w*|again|by|in|to|at)[\s,]*){0,4}", re.IGNORECASE
)

_EVERY = re.compile(
    r"\b(?:(?:on a )?(?:weekly|fortnightly|monthly|quarterly|annual(?:ly)?|daily|termly|bi-?\w+) ?(?:basis)?|ongoing|"
    r"each meeting|every (?:\w+ )?(?:meeting|week|month|quarter|year)|immediate(?:ly)?|tbc)\b",
    re.IGNORECASE,
)
"""When there is no date but a rhythm."""

BESIDE = 30
"""Characters between a rhythm and a date that are said together: "ongoing each meeting, review by December 22"."""


def due_in(text: str, paper: Paper) -> tuple[str | None, str | None]:
    """When a sentence says that something is to be done, in ISO form as far as known and as written; what is past when
    the paper is written is no such date."""
    due = due_in_action(text, paper) or due_of(text, paper)
    if due is None or due[0] is None or (paper.date and due[0] < paper.date[: len(due[0])]):
        return None, None
    return due


def due_of(text: str, paper: Paper) -> tuple[str | None, str] | None:
    """The first date in ISO form and the stretch of the text that says when; a rhythm where no date is named."""
    stretch = _due_stretch(text, paper)
    if stretch is None:
        return None
    first, (start, end) = stretch
    return first, text[start:end].strip(" ,;/")


def _due_stretch(text: str, paper: Paper) -> tuple[str | None, Span] | None:
    dates = list(dates_in(text, near=paper.date))
    if not dates:
        rhythm = _EVERY.search(text)
        return (None, (rhythm.start(), rhythm.end())) if rhythm else None
    end = dates[0].end
    for before, after in pairwise(dates):
        if not BETWEEN_DATES.fullmatch(text[before.end : after.start]):
            break
        end = after.end
    lead_in = _LEAD_IN.search(text, 0, dates[0].start)
    start = lead_in.start() if lead_in else dates[0].start
    return dates[0].iso, (start, end)


def without_due(text: str, paper: Paper) -> str:
    """The owners in a text that also says when."""
    stretch = _due_stretch(text, paper)
    if stretch is None:
        return text
    _, (start, end) = stretch
    return " ".join(f"{text[:start]} {text[end:]}".split()).strip(" ,;/–-")


def only_date(text: str, paper: Paper) -> tuple[str | None, str]:
    """When several actions are due together: the one date that is named, or all that is said and no date of its own."""
    dates = [date.iso for date in dates_in(text, near=paper.date)]
    return (dates[0] if len(dates) == 1 else None), text


def due_in_action(text: str, paper: Paper) -> tuple[str, str] | None:
    """The date by which an action says itself that it is to be done."""
    for date in dates_in(text, near=paper.date):
        by = _BY.search(text, 0, date.start)
        if by is not None:
            return date.iso, text[by.start() : date.end]
    return None


def times_in(text: str) -> list[Span]:
    """Where a text says when: its dates, and the rhythms that aren't beside one."""
    dates = [(date.start, date.end) for date in dates_in(text)]
    rhythms = [match.span() for match in _EVERY.finditer(text)]
    alone = [(a, b) for a, b in rhythms if not any(a < end + BESIDE and start < b + BESIDE for start, end in dates)]
    return sorted([*dates, *alone])
