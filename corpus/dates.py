"""Dates as councils write them, found in running text and turned into ISO dates as far as they are known. Pure.

How council usage is read:

- A number after a month is the year: English councils write the day first, so "July 22" is July 2022. It is the day
  only as "July 22nd" or "July 22, 2022". Two figures mean a year from 1990 to 2039.
- "2022/23" runs from April to March, as budgets and statistics do; a municipal year from May to the May after, since
  annual meetings fall on no fixed day; an academic year from September to August. "2016-23" is 2016 to 2023. Quarters
  are the financial year's.
- Seasons are three whole months, spring from March. Early, mid and late are thirds of a month, season or year; the end
  is the last day.
- A date without a year is one only when the paper's own date is given; its year is then the nearest.
- A bare year is a date only when asked for, but "early 2023" and "the end of 2023" always are.
- What can't be, or doesn't agree with itself, is given as far as it can be, with a doubt. Nothing is mended.

Date libraries were tried on 40 such dates and 33 texts without one: dateutil, dateparser and datefinder each read 26 of
the 40, took "July 22" for a day of this year, saw dates in durations or prices, and mended the impossible without a
word. So the forms are our own (`corpus.date_forms`), and the calendar is Python's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.date_forms import MONTHS, Part, link, parts_in, stands_alone

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHARES = {"early": (0, 3), "mid": (1, 3), "late": (2, 3), "first half": (0, 2), "second half": (1, 2)}
"""Which part of a period is meant, counted from 0, and of how many equal ones."""

_YEARS_AROUND = 5
"""How far from the paper's own date a year of two figures is believed without a doubt."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date or period found in a text, and where it stands there.

    `iso` says when it is, or begins, no more exactly than it is written: "2022-06-14", "2022-06" or "2022". `first` and
    `last` are the first and last day that it may mean, in ISO form ("2022-09-01" and "2022-11-30" for autumn 2022).
    `doubt` says in a few words why it can't be taken as it stands; `inferred`, that its year isn't written.
    """

    iso: str
    start: int
    end: int
    written: str
    first: str
    last: str
    doubt: str | None = None
    inferred: bool = False


def dates_in(text: str, *, near: str | None = None, years: bool = False) -> Iterator[WrittenDate]:
    """The dates and periods in a text, in order; none overlap.

    A list is as many dates as it has ("4 and 5 July 2022" two, "June/July 2022" two), a range is one ("4-8 July 2022").
    `near` is the paper's own date in ISO form, as far as known, for dates without a year; `years` asks for bare years.
    """
    parts = _with_years(list(parts_in(text, years=years)), text, near)
    return _ranges((_resolved(part, text) for part in parts), text)


def first_date(text: str, *, with_day: bool = False) -> str | None:
    """The first day or month in a text in ISO form, or None; `with_day` passes over what has no day."""
    return next((d.iso for d in dates_in(text) if len(d.iso) >= (10 if with_day else 7)), None)


def first_days(text: str) -> tuple[str, str] | None:
    """The first and the last day of the first list or range of days in a text: of "4 and 5 December 2023", of "4 to 15
    December 2023". A single day is both; None where no day stands."""
    days: list[WrittenDate] = []
    for day in dates_in(text):
        if days and link(text[days[-1].end : day.start]) is None:
            break
        if len(day.iso) == 10:
            days.append(day)
    return (min(d.first for d in days), max(d.last for d in days)) if days else None


def written_out(iso: str | None) -> str:
    """An ISO date as people write it: "14 June 2022", "June 2022", "2022"; "no date" for None."""
    if iso is None:
        return "no date"
    year, *rest = iso.split("-")
    words = [year]
    if rest:
        words.insert(0, MONTHS[int(rest[0]) - 1])
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return " ".join(words)


def _with_years(parts: list[Part], text: str, near: str | None) -> list[Part]:
    """The parts whose year is known: their own, that of the next in their list or range, or the nearest to `near`."""
    today = date.fromisoformat((near + ("-07-01" if len(near) == 4 else "-15"))[:10]) if near else None
    known: list[Part] = []
    following: Part | None = None
    for part in reversed(parts):
        if part.year is None and following and following.year and _are_linked(part, following, text):
            part = replace(part, year=following.year - _is_later(part, following), inferred=following.inferred)
        elif part.year is None and today and stands_alone(part, text):
            part = replace(part, year=_nearest_year(part, today), inferred=True)
        elif part.year and today and part.known == 7 and abs(part.year - today.year) > _YEARS_AROUND:
            figures = re.search(r"\s(\d\d)$", text[part.start : part.end])
            part = replace(part, doubt=f"{figures[1]} may be the day") if figures else part
        following = part
        if part.year is not None:
            known.append(part)
    return known[::-1]


def _are_linked(part: Part, following: Part, text: str) -> bool:
    how = link(text[part.end : following.start])
    return how == "range" or (how == "list" and part.known == following.known)


def _is_later(part: Part, following: Part) -> bool:
    """Whether a part comes later in a year than what is written after it, and so is of the year before."""
    if part.month == following.month and part.day and following.day:
        return part.day > following.day
    return part.month > following.month


def _nearest_year(part: Part, today: date) -> int:
    day = min(part.day or 15, 28)
    years = (today.year, today.year - 1, today.year + 1)
    return min(years, key=lambda year: abs(date(year, part.month, day) - today))


def _ranges(days: Iterable[WrittenDate], text: str) -> Iterator[WrittenDate]:
    """The dates, those made one that are the two ends of a range."""
    held: WrittenDate | None = None
    for day in days:
        if held and held.first < day.first and held.last < day.last and _is_range(held, day, text):
            doubt, inferred = held.doubt or day.doubt, held.inferred or day.inferred
            place = (held.start, day.end, text[held.start : day.end])
            held = WrittenDate(held.iso, *place, held.first, day.last, doubt, inferred)
            continue
        if held:
            yield held
        held = day
    if held:
        yield held


def _is_range(held: WrittenDate, day: WrittenDate, text: str) -> bool:
    gap = text[held.end : day.start]
    between = re.search(r"\bbetween\s(?:the\s)?$", text[max(0, held.start - 12) : held.start], re.IGNORECASE)
    return link(gap) == "range" or (between is not None and gap.strip() == "and")


def _resolved(part: Part, text: str) -> WrittenDate:
    year, known, doubt = part.year or 0, part.known, part.doubt
    first, last = _span(year, part.month, part.months)
    if part.day is not None and not 1 <= part.day <= last.day:
        known, doubt = 7, f"{MONTHS[part.month - 1]} {year} has no day {part.day}"
    elif part.day is not None:
        first = last = first.replace(day=part.day)
        weekday = _WEEKDAYS[first.weekday()]
        if not weekday.lower().startswith(part.weekday[:3]):
            doubt = f"{written_out(first.isoformat())} is a {weekday}"
    elif part.share:
        first, last = _share(part, year, first, last)
    iso = first.isoformat()[:known]
    if part.week and known == 10:
        first -= timedelta(days=6 if part.week in ("w/e", "week ending") else 0)
        last = first + timedelta(days=6)
    written = text[part.start : part.end]
    return WrittenDate(iso, part.start, part.end, written, first.isoformat(), last.isoformat(), doubt, part.inferred)


def _share(part: Part, year: int, first: date, last: date) -> tuple[date, date]:
    """The days that "early", "the end of" and the like leave of a period."""
    if part.share == "end":
        return last, last
    if part.share not in _SHARES:
        return first, first
    share, of = _SHARES[part.share]
    if part.months > 1:
        length = part.months // of
        return _span(year, part.month + share * length, length)
    length = 30 // of
    return first.replace(day=share * length + 1), last if share + 1 == of else first.replace(day=(share + 1) * length)


def _span(year: int, month: int, months: int) -> tuple[date, date]:
    """The first and the last day of so many months; the month may lie beyond December."""
    first, after = (date(year + m // 12, m % 12 + 1, 1) for m in (month - 1, month - 1 + months))
    return first, after - timedelta(days=1)
