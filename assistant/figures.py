"""Figures traced across papers: one indicator's rows in several papers are a series. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.reading.witness import squash
from corpus.records.figures import Figure
from index.records import Recorded


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator's rows, in order of their papers' dates. `id` is made of its reference and name."""

    id: str
    rows: tuple[Recorded[Figure], ...]

    @property
    def indicator(self) -> str:
        """Its name, as the newest paper has it."""
        return self.rows[-1].record.indicator


def series_of(recorded: Sequence[Recorded[Figure]]) -> tuple[Series, ...]:
    """The figures as series, in order of the first place of each. Rows are of one indicator where their references and
    names are the same letter for letter and, where they have no reference, their tables' headers too."""
    found: dict[tuple[object, ...], list[Recorded[Figure]]] = defaultdict(list)
    for each in recorded:
        found[_key(each.record)].append(each)
    return tuple(
        Series(f"{key[0]}:{key[1]}".strip(":"), tuple(sorted(rows, key=lambda r: (r.paper.date or "", r.paper.id))))
        for key, rows in found.items()
    )


def _key(figure: Figure) -> tuple[object, ...]:
    name = squash(figure.indicator).lower()
    if figure.ref is not None:
        return (figure.ref.upper(), name)
    return ("", name, squash(figure.section).lower(), tuple(squash(header).lower() for header, _ in figure.values))
