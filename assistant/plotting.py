"""What of an indicator's values can be drawn as lines over time: its own, its target, what it is compared with. Pure.

In plain steps: a column whose header names a time holds values of that time; "Current" is the time that the row's table
is of, "Previous year" a year before. A column of targets, or of averages and other areas, is a line of its own. Only a
cell that is one number, in the same unit as the indicator's own, is drawn; of the others it is told why they are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from assistant.figures import Series
from corpus.dates import WrittenDate, dates_in, written_out
from corpus.documents import readable
from corpus.records.figures import Figure
from index.records import Recorded


class Role(StrEnum):
    """Whose values a line is of."""

    OWN = "own"
    TARGET = "target"
    COMPARATOR = "comparator"


@dataclass(frozen=True, slots=True)
class Period:
    """A time that values are of: its first and its last day, and its name for people."""

    first: date
    last: date
    name: str

    @property
    def middle(self) -> date:
        """The day in its middle, at which it is drawn."""
        return self.first + (self.last - self.first) / 2


@dataclass(frozen=True, slots=True)
class Point:
    """A value as a number, as written, and when."""

    period: Period
    value: float
    written: str


@dataclass(frozen=True, slots=True)
class Line:
    """A name, whose values, and the values in order of time."""

    name: str
    role: Role
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """The lines of one indicator, all in one `unit` ("%", "£", "" for plain numbers), its own first; and, a sentence
    each, what is not drawn and why."""

    unit: str
    lines: tuple[Line, ...]
    told: tuple[str, ...]

    @property
    def is_drawable(self) -> bool:
        """Whether there is a line: values of the indicator's own at two times."""
        return any(line.role is Role.OWN and len(line.points) > 1 for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that holds a value, or should: on which line, and when it is known, the time."""

    role: Role
    name: str
    period: Period | None
    header: str
    written: str
    paper: str


_NUMBER = re.compile(
    r"(?P<sign>[-−])?(?P<money>£)?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?\s?(?P<unit>%|[a-z]+)?",
    re.IGNORECASE,
)
_DIRECTION = re.compile(r"\b(?:direction|travel|trend|b?rag|rating|status|change|variance|polarity)\b", re.IGNORECASE)
"""A column that says where a value goes or what is thought of it: it holds none."""
_TARGET = re.compile(r"\b(?:targets?|goals?)\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:averages?|mean|neighbours?|england|national(?:ly)?|region(?:al|ally)?|benchmarks?|comparators?|peers?)\b",
    re.IGNORECASE,
)
_CURRENT = re.compile(r"\b(?:current(?: performance)?|latest|actual|performance|outturn)\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"\b(?:previous|last|prior) year\b", re.IGNORECASE)
_FILLING = re.compile(r"\b(?:for|at|as at|in|by|of|on|to|the|year|ending)\b|[()\[\]:,–—-]", re.IGNORECASE)
"""What is left around a date in a header, and names no line."""


def plot_of(series: Series) -> Plot:
    """What of an indicator's values can be drawn, by all its rows."""
    cells = [cell for row in series.rows for cell in _cells(row)]
    own = [number for cell in cells if cell.role is Role.OWN and (number := _number(cell.written))]
    unit = own[0].unit if own else ""
    told: list[str] = []
    lines: dict[tuple[Role, str], tuple[str, dict[tuple[date, date], Point]]] = {}
    for cell in cells:
        number = _number(cell.written)
        if why := _not_drawn(cell, number, unit):
            told.append(f"Not drawn: “{cell.written}” under “{cell.header}”, {why}.")
            continue
        assert number is not None
        assert cell.period is not None
        name, points = lines.setdefault((cell.role, cell.name.casefold()), (cell.name or series.indicator, {}))
        when = cell.period.first, cell.period.last
        if when in points and points[when].value != number.value:
            told.append(
                f"{name}, {cell.period.name}: an earlier paper says “{points[when].written}”, and {cell.paper} says "
                f"“{cell.written}”, which is drawn."
            )
        points[when] = Point(cell.period, number.value, cell.written)
    drawn = [
        Line(readable(name), role, tuple(sorted(points.values(), key=lambda point: point.period.middle)))
        for (role, _), (name, points) in lines.items()
    ]
    return Plot(unit, tuple(sorted(drawn, key=lambda line: list(Role).index(line.role))), tuple(dict.fromkeys(told)))


def _not_drawn(cell: _Cell, number: _Number | None, unit: str) -> str:
    """Why a cell isn't drawn, "" where it is."""
    if number is None:
        return "which isn't one number"
    if number.unit != unit:
        return "which is in another unit"
    return "" if cell.period else "which is of no time that the table names"


def _number(written: str) -> _Number | None:
    match = _NUMBER.fullmatch(readable(written))
    if match is None:
        return None
    value = float(match["digits"].replace(",", "") + (match["part"] or ""))
    return _Number(-value if match["sign"] else value, (match["money"] or "") + (match["unit"] or "").lower())


def _cells(row: Recorded[Figure]) -> Iterator[_Cell]:
    """The cells of a row that hold something, on the lines that their headers name; others are passed over."""
    figure = row.record
    now = _period(row)
    for header, written in figure.values:
        words = readable(header)
        if not written.strip() or _DIRECTION.search(words):
            continue
        dated = _dated(words, now, row.paper.date)
        role = Role.TARGET if _TARGET.search(words) else Role.COMPARATOR if _COMPARED.search(words) else Role.OWN
        is_before, is_current = bool(_YEAR_BEFORE.search(words)), bool(_CURRENT.search(words))
        if role is Role.OWN and not (dated or is_before or is_current):
            continue
        period = dated or (_a_year_before(now) if is_before and now else now)
        name = _line_name(words, dated) or role.value.capitalize()
        yield _Cell(role, "" if name == "Own" else name, period, words, readable(written), _paper(row))


def _dated(header: str, now: Period | None, paper_date: str | None) -> Period | None:
    """The time that a header names; one without a year must lie within that of the table."""
    near = now.middle.isoformat() if now else paper_date
    found = next((each for each in dates_in(header, near=near, years=True) if each.doubt is None), None)
    if found is None:
        return None
    period = _of(found)
    if found.inferred:
        if now is None or not now.first <= period.first <= period.last <= now.last:
            return None
        period = replace(period, name=f"{period.name} {period.first.year}")
    return period


def _period(row: Recorded[Figure]) -> Period | None:
    """The time that a row's table is of or, where neither it nor a header names any, the date of its paper."""
    named = next(dates_in(row.record.period or "", near=row.paper.date, years=True), None)
    is_dated = any(next(dates_in(header, years=True), None) for header, _ in row.record.values)
    if named is None and row.paper.date is not None and not is_dated:
        named = next(dates_in(written_out(row.paper.date), years=True), None)
    return _of(named) if named else None


def _of(found: WrittenDate) -> Period:
    return Period(date.fromisoformat(found.first), date.fromisoformat(found.last), readable(found.written))


def _a_year_before(period: Period) -> Period:
    first, after = (_moved(day, -1) for day in (period.first, period.last + timedelta(days=1)))
    year = str(period.first.year)
    name = period.name.replace(year, str(int(year) - 1)) if year in period.name else f"a year before {period.name}"
    return Period(first, after - timedelta(days=1), name)


def _moved(day: date, years: int) -> date:
    # Only 29 February has no namesake in another year.
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def _line_name(header: str, dated: Period | None) -> str:
    """What a header names beside the time."""
    left = header
    if dated:
        written = next(dates_in(header, near=dated.middle.isoformat(), years=True)).written
        left = left.replace(written, " ")
    for known in (_YEAR_BEFORE, _CURRENT, _FILLING):
        left = known.sub(" ", left)
    return " ".join(left.split())


def _paper(row: Recorded[Figure]) -> str:
    return f"{readable(row.paper.title)} ({written_out(row.paper.date)})"


def spread(lines: Sequence[Line]) -> tuple[Period, ...]:
    """The times at which the lines have values, each once, in order."""
    found = {(point.period.first, point.period.last): point.period for line in lines for point in line.points}
    return tuple(sorted(found.values(), key=lambda period: period.middle))
