"""Figures across papers: which rows are of one indicator."""

from __future__ import annotations

import numpy as np

from assistant.figures import series_of
from corpus.documents import Paper
from corpus.records.figures import Figure
from corpus.records.places import Place
from index.records import Recorded
from tests.fakes import counted


def row(
    indicator: str,
    *,
    ref: str | None = None,
    values: tuple[tuple[str, str], ...] = (("May", "84%"),),
    section: str = "Visits",
    document: str = "scorecard",
    date: str | None = "2022-10",
) -> Recorded[Figure]:
    place = Place(document, f"{document}#1", 0, len(indicator), 1, None, indicator)
    paper = Paper(document, 1, "scorecard", document, 1, 1, 0, 1000, date=date)
    return Recorded(Figure(ref, indicator, None, values, section, (place,)), paper, counted(indicator)[np.newaxis, :])


def test_rows_of_one_reference_and_name_are_one_series_in_order_of_their_papers_dates():
    january = row("Seen alone", ref="CP10", document="january", date="2023-01")
    october = row("Seen alone", ref="CP10", document="october", date="2022-10")
    undated = row("Seen alone", ref="CP10", document="undated", date=None)
    (series,) = series_of([january, october, undated])
    assert series.rows == (undated, october, january)
    assert series.id == "CP10:seenalone"


def test_a_series_has_the_name_that_the_newest_paper_gives_it():
    (series,) = series_of([row("Seen Alone", ref="cp10", date="2023-01"), row("Seen alone", ref="CP10")])
    assert series.indicator == "Seen Alone"


def test_rows_with_a_reference_are_one_series_whatever_their_headers_and_section():
    later = row("Seen alone", ref="CP10", values=(("June", "86%"),), section="Safeguarding", date="2022-11")
    assert len(series_of([row("Seen alone", ref="CP10"), later])) == 1


def test_a_reference_given_to_another_indicator_is_another_series():
    assert [s.id for s in series_of([row("Seen alone", ref="CP10"), row("Seen at school", ref="CP10")])] == [
        "CP10:seenalone",
        "CP10:seenatschool",
    ]


def test_rows_without_a_reference_are_one_series_only_under_the_same_headers_and_section():
    first = row("Agency workers")
    again = row("Agency  Workers", document="january", date="2023-01")
    other_section = row("Agency workers", section="Costs")
    other_headers = row("Agency workers", values=(("June", "86%"),))
    rows = [len(series.rows) for series in series_of([first, again, other_section, other_headers])]
    assert rows == [2, 1, 1]


def test_series_come_in_order_of_the_first_row_of_each():
    rows = [row("Visits", ref="B1"), row("Seen alone", ref="A1"), row("Visits", ref="B1", date="2023-01")]
    assert [series.indicator for series in series_of(rows)] == ["Visits", "Seen alone"]
    assert series_of([]) == ()
