"""Cells that a table leaves empty: a question for the value that a row lacks isn't answered by the row. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.scope import Period
from corpus.dates import dates_in
from corpus.documents import CELL_BREAK, readable

_WORD = re.compile(r"[^\W\d_]{3,}")
_SAYS_NOTHING = frozenset(["average", "current", "performance", "value", "number", "total", "the", "per", "and", "for"])
_YEAR_BEFORE = re.compile(r"\b(?:last|previous|prior) year\b|\byear (?:before|earlier)\b|\ba year ago\b", re.IGNORECASE)


def asked_columns(question: str, headers: Sequence[str], periods: Sequence[Period]) -> tuple[int, ...]:
    """The columns, but for the first, that a question names: by a word of their header ("target"), by the time in it,
    or as the year before."""
    words = {word.lower() for word in _WORD.findall(question)}
    return tuple(column for column, header in enumerate(headers) if column and _names(question, words, periods, header))


def _names(question: str, words: set[str], periods: Sequence[Period], header: str) -> bool:
    if _YEAR_BEFORE.search(header) and _YEAR_BEFORE.search(question):
        return True
    dates = list(dates_in(header, years=True))
    if dates:
        return any(period.first == date.first and period.last == date.last for date in dates for period in periods)
    telling = {word.lower() for word in _WORD.findall(header)} - _SAYS_NOTHING
    return bool(telling) and telling <= words


def blank(row: str, headers: Sequence[str], columns: Sequence[int]) -> tuple[str, tuple[str, ...]] | None:
    """The name of a row and the headers of these columns, where the row has a value but none in any of them."""
    cells = [readable(cell) for cell in row.split(CELL_BREAK)]
    if not columns or len(cells) != len(headers):
        return None
    if any(cells[column] for column in columns) or not any(_values(cells)):
        return None
    name = next((cell for cell in cells if len(cell) > 1 and not re.fullmatch(r"[A-Z]{0,6}[\d.]+", cell)), cells[0])
    return name, tuple(headers[column] for column in columns)


def _values(cells: Sequence[str]) -> Iterator[bool]:
    return (any(c.isdigit() for c in cell) for cell in cells[1:])
