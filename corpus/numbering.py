"""Where the numbers printed on the pages jump, so that pages may be missing. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.reading.labels import printed_number

SHORTEST_RUN = 2
"""Pages: a single page with a number of its own is no sequence to be missing from."""


@dataclass(frozen=True, slots=True)
class Jump:
    """Printed numbers that don't follow one another: the file pages on either side, their labels, and the labels that
    may be missing (first, last)."""

    pages: tuple[int, int]
    labels: tuple[str, str]
    missing: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Numbered:
    page: int
    label: str
    style: str
    number: int

    @property
    def ahead(self) -> int:
        """How far its number is ahead of its place in the file: the same for all pages of a run."""
        return self.number - self.page


def jumps(labels: Sequence[str | None]) -> tuple[Jump, ...]:
    """The jumps in the labels of a document's pages, given in order.

    Pages without a label count as numbered. A sequence that begins anew, or goes on with one that was broken off (the
    numbers of a report inside a pack), is no jump.
    """
    runs: list[list[_Numbered]] = []
    for page, label in enumerate(labels, 1):
        numbered = _numbered(page, label)
        if numbered is None:
            continue
        if runs and (runs[-1][-1].style, runs[-1][-1].ahead) == (numbered.style, numbered.ahead):
            runs[-1].append(numbered)
        else:
            runs.append([numbered])
    runs = [run for run in runs if len(run) >= SHORTEST_RUN]
    found, seen = [], set[tuple[str, int]]()
    for before, after in pairwise(runs):
        last, first = before[-1], after[0]
        seen.add((last.style, last.ahead))
        if first.style != last.style or (first.style, first.ahead) in seen or first.ahead <= last.ahead:
            continue
        unnumbered = first.page - last.page - 1
        lowest, highest = last.number + unnumbered + 1, first.number - 1
        found.append(
            Jump((last.page, first.page), (last.label, first.label), (_like(last, lowest), _like(last, highest)))
        )
    return tuple(found)


def _numbered(page: int, label: str | None) -> _Numbered | None:
    if label is None:
        return None
    printed = printed_number(label)
    return _Numbered(page, label, printed.series, printed.number) if printed else None


def _like(label: _Numbered, number: int) -> str:
    """A number written as a label is: "A15" for one like "A14"."""
    prefix = re.match(r"[^\d]*", label.label)
    return f"{prefix[0] if prefix and label.style != 'roman' else ''}{number}"
