"""What is drawn of an indicator: numbers of a time that the table names, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.plotting import Line, Plot, Role, plot_of
from tests.recorded import JANUARY, row, series

SCORECARD = {"Oct 2021": "26.8%", "Current": "23.1%", "Target": "20%", "Statistical neighbours": "22%"}


def values(line: Line) -> list[tuple[str, float]]:
    return [(point.period.name, point.value) for point in line.points]


def by_role(plot: Plot) -> dict[Role, Line]:
    return {line.role: line for line in plot.lines}


def test_values_stand_at_the_times_that_their_headers_name() -> None:
    plot = plot_of(series(row(SCORECARD, period="October 2022", indicator="Re-referrals")))
    assert plot.is_drawable
    assert plot.unit == "%"
    assert [(line.name, line.role) for line in plot.lines] == [
        ("Re-referrals", Role.OWN),
        ("Target", Role.TARGET),
        ("Statistical neighbours", Role.COMPARATOR),
    ]
    assert values(plot.lines[0]) == [("Oct 2021", 26.8), ("October 2022", 23.1)]
    assert values(plot.lines[1]) == [("October 2022", 20)]


def test_papers_of_several_times_make_one_line() -> None:
    rows = [row({"Now": "1", "Current": "58%"}, period="May 2022"), row({"Current": "61%"}, period="June 2022")]
    assert values(by_role(plot_of(series(*rows)))[Role.OWN]) == [("May 2022", 58), ("June 2022", 61)]


def test_the_year_before_is_a_year_before_the_tables_time() -> None:
    plot = plot_of(series(row({"Previous year": "40", "Current": "36"}, period="2022")))
    assert values(plot.lines[0]) == [("2021", 40), ("2022", 36)]


@pytest.mark.parametrize("written", ["n/a", "-", "12 of 15", "10–20%", "up", "58% (Q1)", "suppressed", "1.2.3"])
def test_a_cell_that_is_not_one_number_is_told_and_never_drawn(written: str) -> None:
    plot = plot_of(series(row({"May 2022": written, "June 2022": "58%", "July 2022": "61%"})))
    assert values(plot.lines[0]) == [("June 2022", 58), ("July 2022", 61)]
    assert plot.told == (f"Not drawn: “{written}” under “May 2022”, which isn't one number.",)


def test_a_value_in_another_unit_is_told_and_never_drawn() -> None:
    plot = plot_of(series(row({"May 2022": "58%", "June 2022": "61%", "Target": "£4"}, period="June 2022")))
    assert Role.TARGET not in by_role(plot)
    assert plot.told == ("Not drawn: “£4” under “Target”, which is in another unit.",)


def test_an_empty_cell_and_a_direction_of_travel_are_no_values() -> None:
    plot = plot_of(series(row({"May 2022": "", "June 2022": "58%", "RAG": "3", "Direction of travel": "2"})))
    assert [values(line) for line in plot.lines] == [[("June 2022", 58)]]
    assert plot.told == ()
    assert not plot.is_drawable


def test_where_two_papers_differ_the_later_is_drawn_and_the_difference_told() -> None:
    both = [row({"May 2022": "58%"}), row({"May 2022": "59%", "June 2022": "61%"}, paper=JANUARY)]
    plot = plot_of(series(*both))
    assert values(plot.lines[0]) == [("May 2022", 59), ("June 2022", 61)]
    (told,) = plot.told
    assert "an earlier paper says “58%”" in told
    assert "Improvement Plan (11 January 2023) says “59%”" in told


@pytest.mark.parametrize(("written", "value"), [("1,304", 1304), ("£1,200.50", 1200.5), ("-4", -4), ("−4", -4)])
def test_numbers_are_read_as_councils_write_them(written: str, value: float) -> None:
    assert values(plot_of(series(row({"May 2022": written}))).lines[0]) == [("May 2022", value)]


@given(st.dictionaries(st.text(min_size=1, max_size=12), st.text(max_size=8), max_size=5))
def test_any_table_can_be_looked_at_and_only_numbers_are_drawn(cells: dict[str, str]) -> None:
    plot = plot_of(series(row({**cells, "May 2022": "58"}, period="May 2022")))
    written = {point.written for line in plot.lines for point in line.points}
    assert all(any(character.isdigit() for character in each) for each in written)
