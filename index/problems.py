"""What `check` tells, and the words that its messages share with those of `add`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableDocument
from corpus.reading.files import document_id

SEVERITIES = ("error", "warning", "note")
"""The worst first: what breaks the library, what may make answers wrong, what a reader should know."""

MOST_RANGES = 12
"""A list of pages tells so many stretches and then only that there are others."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something `check` found: its name, whether it is an error, a warning or a note, and what to do about it."""

    name: str
    severity: str
    message: str
    remedy: str


def command(words: str, folder: Path) -> str:
    """A command of ours, as it can be copied into a terminal."""
    return f"python -m assistant {words} --library {quoted(folder)}"


def quoted(value: object) -> str:
    """A value as an argument of a command."""
    text = str(value)
    return f'"{text}"' if any(c.isspace() for c in text) else text


def counted(number: int, thing: str) -> str:
    """ "1 page", "2 pages"."""
    return f"{number} {thing}{'s' * (number != 1)}"


def page_list(numbers: Sequence[int]) -> str:
    """ "page 4", "pages 2-3, 7"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][-1] == number - 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number])
    shown = ", ".join("-".join(map(str, ends)) for ends in ranges[:MOST_RANGES])
    return f"page{'s' * (len(numbers) > 1)} {shown}{' and others' if len(ranges) > MOST_RANGES else ''}"


def listed(things: Iterable[str], *, most: int) -> str:
    """ "a, b and c"; of more than `most` things only so many, and how many more."""
    found = list(things)
    if len(found) > most:
        return f"{', '.join(found[:most])} and {len(found) - most} more"
    return " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def would_be_id(file: str) -> str | None:
    """The id that the document in a file of that name would have, None where the name gives none."""
    try:
        return document_id(Path(file))
    except UnreadableDocument:
        return None
