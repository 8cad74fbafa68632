"""Dates as councils write them; none is ever invented."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import dates_in, first_date, month_number, written_out

NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
NAMES += ["November", "December"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("21 June 2022", "2022-06-21"),
        ("Tuesday, 21st June, 2022 at 6.30 pm", "2022-06-21"),
        ("Tuesday 21 st\nJune, 2022", "2022-06-21"),
        ("the 3rd of May 2022", "2022-05-03"),
        ("3 Sept. 2022", "2022-09-03"),
        ("03/05/2022", "2022-05-03"),
        ("3.5.2022", "2022-05-03"),
        ("2022-05-03", "2022-05-03"),
        ("18 FEB 2014", "2014-02-18"),
        ("by June 2022", "2022-06"),
        ("29 February 2024", "2024-02-29"),
    ],
)
def test_dates_are_read_as_councils_write_them(text: str, iso: str):
    assert [d.iso for d in dates_in(text)] == [iso]


@pytest.mark.parametrize(
    "text",
    ["31st September 2022", "29 February 2023", "99 May 2022", "2022-13-01", "32/01/2022", "5/13/2022", "May", "2022"],
)
def test_a_date_that_cannot_be_is_none_and_is_never_mended(text: str):
    assert list(dates_in(text)) == []


@pytest.mark.parametrize("text", ["1 Junk 2022", "٣ May ٢٠٢٢", "the 3 Marches 2022", "3 Auguſt 2022"])
def test_what_only_looks_like_a_date_is_none(text: str):
    assert list(dates_in(text)) == []


def test_the_first_date_may_be_asked_for_with_its_day():
    assert first_date("June 2022; 3 July 2022") == "2022-06"
    assert first_date("June 2022; 3 July 2022", with_day=True) == "2022-07-03"
    assert first_date("June 2022", with_day=True) is None


def test_a_place_is_that_of_the_date_alone():
    text = "held on 21 June 2022, in the hall"
    (found,) = dates_in(text)
    assert text[found.start : found.end] == "21 June 2022"


def test_month_names_and_their_beginnings_have_numbers():
    assert [month_number(name) for name in NAMES] == list(range(1, 13))
    assert month_number("sept") == 9
    assert month_number("JUN") == 6


@pytest.mark.parametrize("name", ["ju", "junk", "", "day"])
def test_what_begins_no_month_is_refused(name: str):
    with pytest.raises(ValueError, match="is no month"):
        month_number(name)


def test_dates_are_written_out_as_far_as_they_are_known():
    assert written_out("2022-06-01") == "1 June 2022"
    assert written_out("2022-06") == "June 2022"
    assert written_out("2022") == "2022"
    assert written_out(None) == "no date"


pieces = st.one_of(
    st.sampled_from([*NAMES, "Sept", "jan", "of", "st", "th", " ", "\n", ",", "/", "-", ".", "٣", "ſ"]),
    st.integers(0, 2200).map(str),
    st.text(max_size=3),
)


@given(st.lists(pieces, max_size=14).flatmap(lambda parts: st.sampled_from(["".join(parts), " ".join(parts)])))
def test_every_date_found_is_real_and_its_figures_stand_in_the_text(text: str):
    end = 0
    for found in dates_in(text):
        assert end <= found.start < found.end
        end = found.end
        written = text[found.start : found.end]
        year, month, *day = found.iso.split("-")
        date(int(year), int(month), int(day[0]) if day else 1)
        figures = [int(n) for n in re.findall(r"[0-9]+", written)]
        assert int(year) in figures
        assert not day or int(day[0]) in figures
        assert int(month) in figures or NAMES[int(month) - 1][:3].lower() in written.lower()


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back_from_how_it_is_written(day: date):
    assert first_date(f"held on {written_out(day.isoformat())}.", with_day=True) == day.isoformat()
