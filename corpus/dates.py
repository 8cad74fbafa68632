"""Dates as councils write them, into ISO dates as far as they are known. Pure.

"2022-06" is a date: the day isn't known. A date that can't be ("31st September 2022") is none here, and is never
mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"  # noqa: E501
_YEAR = r"((?:19|20)\d{2})"
_DATE = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})\s?(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})\.?,?\s+(?P<y>{_YEAR})"
    rf"|(?P<d2>\d{{1,2}})[/.](?P<m2>\d{{1,2}})[/.](?P<y2>{_YEAR})"
    rf"|(?P<y3>{_YEAR})-(?P<m3>\d{{2}})-(?P<d3>\d{{2}})"
    rf"|(?P<m4>{_MONTH})\.?,?\s+(?P<y4>{_YEAR}))\b",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date found in a text: its ISO form ("2022-06-14" or "2022-06") and where it stands."""

    iso: str
    start: int
    end: int


def dates_in(text: str) -> Iterator[WrittenDate]:
    """The possible dates in a text, in order: day, month and year, or month and year."""
    for match in _DATE.finditer(text):
        iso = _iso(match)
        if iso is not None:
            yield WrittenDate(iso, match.start(), match.end())


def first_date(text: str, *, with_day: bool = False) -> str | None:
    """The first date in a text in ISO form, or None; `with_day` passes over months without a day."""
    return next((d.iso for d in dates_in(text) if not with_day or len(d.iso) == 10), None)


def month_number(name: str) -> int:
    """1 for "January" or "jan". Raises ValueError for what begins no month's name."""
    for number, month in enumerate(_MONTHS, 1):
        if len(name) >= 3 and month.startswith(name.lower()):
            return number
    raise ValueError(f"{name!r} is no month")


def written_out(iso: str | None) -> str:
    """An ISO date as people write it: "14 June 2022", "June 2022", "2022"; "no date" for None."""
    if iso is None:
        return "no date"
    year, *rest = iso.split("-")
    words = [year]
    if rest:
        words.insert(0, _MONTHS[int(rest[0]) - 1].capitalize())
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return " ".join(words)


def _iso(match: re.Match[str]) -> str | None:
    part = match.groupdict()
    if part["m4"]:
        return f"{part['y4']}-{month_number(part['m4']):02d}"
    if part["m"]:
        day, month, year = part["d"], month_number(part["m"]), part["y"]
    else:
        day, month, year = (part["d2"] or part["d3"], int(part["m2"] or part["m3"]), part["y2"] or part["y3"])
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None
