"""Findings, promises and figures as a few lines of test make them, each at one place of one paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assistant.figures import Series
from assistant.findings import TracedFinding
from assistant.promises import TracedPromise, traced
from corpus.documents import Paper
from corpus.records.figures import Figure
from corpus.records.findings import Finding, FindingKind, Inspection, Said
from corpus.records.places import Place
from corpus.records.promises import Promise
from index.records import Recorded

FULL_2016 = Inspection(2016, "full inspection", "2016-06-06", "Thornmere")
VISIT_2022 = Inspection(2022, "focused visit", "2022-05-10", "Thornmere")
JUNE = Paper("june", 1, "plan", "Improvement Plan", 1, 9, 0, 900, date="2022-06-14")
JANUARY = replace(JUNE, document="january", date="2023-01-11")
VECTORS = np.ones((1, 2), dtype=np.float32)


def place(quote: str, paper: Paper = JUNE, start: int = 40, page: int = 7, label: str | None = "5") -> Place:
    """Where a quotation stands."""
    return Place(paper.document, paper.id, start, start + len(quote), page, label, quote)


def finding(
    text: str,
    inspection: Inspection = FULL_2016,
    *,
    theme: str = "",
    computed: bool = False,
    kind: FindingKind = FindingKind.RECOMMENDATION,
    number: int | None = None,
    papers: tuple[Paper, ...] = (JUNE,),
) -> TracedFinding:
    """A finding as these papers say it."""
    standing = tuple(
        Recorded(Finding(inspection, kind, number, text, theme, Said.THEMSELVES, (place(text, paper),)), paper, VECTORS)
        for paper in papers
    )
    return TracedFinding(f"{text}:{inspection.year}", inspection, kind, number, text, theme, computed, standing)


def promised(action: str, due: str | None = None, paper: Paper = JUNE, **fields: object) -> Recorded[Promise]:
    """An action as a paper has it, due as written."""
    plain = Promise(action, (place(action, paper),), None, due and "2022", due, None, None, "", (), (), "plan action")
    return Recorded(replace(plain, **fields), paper, VECTORS)  # type: ignore[arg-type]


def promise(*versions: Recorded[Promise]) -> TracedPromise:
    """The one promise that these are versions of."""
    (one,) = traced(versions)
    return one


def row(
    values: dict[str, str], *, indicator: str = "Visits", period: str | None = None, paper: Paper = JUNE, ref: str = ""
) -> Recorded[Figure]:
    """An indicator's row of a paper's table, values by their headers."""
    figure = Figure(ref or None, indicator, period, tuple(values.items()), "Front door", (place(indicator, paper),))
    return Recorded(figure, paper, VECTORS)


def series(*rows: Recorded[Figure]) -> Series:
    """One indicator with these rows."""
    return Series(rows[0].record.indicator, rows)
