"""Dates as councils write them; none is ever invented, and what can't be is marked."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import WrittenDate, dates_in, first_date, first_days, written_out

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
MONTHS += ["November", "December"]


def isos(text: str, near: str | None = None, *, years: bool = False) -> list[str]:
    return [d.iso for d in dates_in(text, near=near, years=years)]


def only(text: str, near: str | None = None) -> WrittenDate:
    (found,) = dates_in(text, near=near)
    return found


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("21 June 2022", "2022-06-21"),
        ("Tuesday, 21st June, 2022 at 6.30 pm", "2022-06-21"),
        ("Tuesday 21 st\nJune, 2022", "2022-06-21"),
        ("TUESDAY 21 JUNE 2022", "2022-06-21"),
        ("Tues. 21\xa0June\xa02022", "2022-06-21"),
        ("June 21, 2022", "2022-06-21"),
        ("June 21st 2022", "2022-06-21"),
        ("the 3rd of May 2022", "2022-05-03"),
        ("Monday the 30th of May 2022", "2022-05-30"),
        ("3 Sept. 2022", "2022-09-03"),
        ("3-Sep-22", "2022-09-03"),
        ("by 1 st July 22", "2022-07-01"),
        ("21June2022", "2022-06-21"),
        ("03/05/2022", "2022-05-03"),
        ("3/5/22", "2022-05-03"),
        ("3.5.2022", "2022-05-03"),
        ("03.05.22", "2022-05-03"),
        ("03-05-2022", "2022-05-03"),
        ("2022-05-03", "2022-05-03"),
        ("18 FEB 2014", "2014-02-18"),
        ("29 February 2024", "2024-02-29"),
        ("by June 2022", "2022-06"),
        ("in june 2022", "2022-06"),
        ("by Sept 22", "2022-09"),
        ("by Sept. 2022.", "2022-09"),
        ("Sept '22", "2022-09"),
        ("Sept ’22", "2022-09"),
        ("Jun-22", "2022-06"),
        ("since May 98", "1998-05"),
        ("2022-06", "2022-06"),
        ("mid-\xad\nJuly 2022", "2022-07"),
    ],
)
def test_dates_are_read_as_councils_write_them(text: str, iso: str):
    found = only(text)
    assert (found.iso, found.doubt, found.inferred) == (iso, None, False)


@pytest.mark.parametrize(
    ("text", "iso", "first", "last"),
    [
        ("21 June 2022", "2022-06-21", "2022-06-21", "2022-06-21"),
        ("June 2022", "2022-06", "2022-06-01", "2022-06-30"),
        ("end June 2022", "2022-06", "2022-06-30", "2022-06-30"),
        ("the end of February 2024", "2024-02", "2024-02-29", "2024-02-29"),
        ("start of June 2022", "2022-06", "2022-06-01", "2022-06-01"),
        ("early June 2022", "2022-06", "2022-06-01", "2022-06-10"),
        ("mid-June 2022", "2022-06", "2022-06-11", "2022-06-20"),
        ("late June 22", "2022-06", "2022-06-21", "2022-06-30"),
        ("the second half of June 2022", "2022-06", "2022-06-16", "2022-06-30"),
        ("Early 2023", "2023", "2023-01-01", "2023-04-30"),
        ("mid 2023", "2023", "2023-05-01", "2023-08-31"),
        ("late 2023", "2023", "2023-09-01", "2023-12-31"),
        ("by the end of 2023", "2023", "2023-12-31", "2023-12-31"),
        ("the first half of 2023", "2023", "2023-01-01", "2023-06-30"),
        ("Autumn 2022", "2022", "2022-09-01", "2022-11-30"),
        ("by summer of 22", "2022", "2022-06-01", "2022-08-31"),
        ("late summer 2022", "2022", "2022-08-01", "2022-08-31"),
        ("winter 2023", "2023", "2023-12-01", "2024-02-29"),
        ("Winter 2022/23", "2022", "2022-12-01", "2023-02-28"),
        ("Spring 2022/23", "2023", "2023-03-01", "2023-05-31"),
        ("the summer term 2023", "2023", "2023-04-01", "2023-07-31"),
        ("2022/23", "2022", "2022-04-01", "2023-03-31"),
        ("2022-2023", "2022", "2022-04-01", "2023-03-31"),
        ("1999/00", "1999", "1999-04-01", "2000-03-31"),
        ("financial year 2022–23", "2022", "2022-04-01", "2023-03-31"),
        ("the 2022/23 municipal year", "2022", "2022-05-01", "2023-05-31"),
        ("municipal year 2022/23", "2022", "2022-05-01", "2023-05-31"),
        ("the 2022/23 academic year", "2022", "2022-09-01", "2023-08-31"),
        ("end of the 2022/23 municipal year", "2023", "2023-05-31", "2023-05-31"),
        ("2016-23", "2016", "2016-01-01", "2023-12-31"),
        ("2019 to\n2020/21", "2020", "2020-04-01", "2021-03-31"),
        ("Q2 2022/23", "2022", "2022-07-01", "2022-09-30"),
        ("Q4 22/23", "2023", "2023-01-01", "2023-03-31"),
        ("2022-23 Q3", "2022", "2022-10-01", "2022-12-31"),
        ("quarter one of 2022/23", "2022", "2022-04-01", "2022-06-30"),
        ("the third quarter of 2022/23", "2022", "2022-10-01", "2022-12-31"),
        ("end of Q2 2022/23", "2022", "2022-09-30", "2022-09-30"),
        ("week commencing 4 July 2022", "2022-07-04", "2022-07-04", "2022-07-10"),
        ("w/c Monday 4th July 22", "2022-07-04", "2022-07-04", "2022-07-10"),
        ("week ending 10 July 2022", "2022-07-10", "2022-07-04", "2022-07-10"),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, iso: str, first: str, last: str):
    found = only(text)
    assert (found.iso, found.first, found.last, found.doubt) == (iso, first, last, None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("4-8 July 2022", "2022-07-04", "2022-07-08"),
        ("4 – 8 July 2022", "2022-07-04", "2022-07-08"),
        ("Monday 4 to Friday 8 July 2022", "2022-07-04", "2022-07-08"),
        ("28 June to 2 July 2022", "2022-06-28", "2022-07-02"),
        ("28 November 2022 to 9 December 2022", "2022-11-28", "2022-12-09"),
        ("28 December to 12 January 2023", "2022-12-28", "2023-01-12"),
        ("05 July 2022–27 July 2022", "2022-07-05", "2022-07-27"),
        ("01/04/22-31/03/23", "2022-04-01", "2023-03-31"),
        ("between 4 and 15 April 2022", "2022-04-04", "2022-04-15"),
        ("between November 2021 and February 2022", "2021-11-01", "2022-02-28"),
        ("from October to January 23", "2022-10-01", "2023-01-31"),
        ("June 2022-June 2023", "2022-06-01", "2023-06-30"),
        ("November through to January 2023", "2022-11-01", "2023-01-31"),
        ("2020/21 to 2022/23", "2020-04-01", "2023-03-31"),
    ],
)
def test_a_range_is_one_date_from_its_first_day_to_its_last(text: str, first: str, last: str):
    found = only(text)
    assert (found.first, found.last) == (first, last)
    assert text.endswith(found.written)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("July 22 and December 22", ["2022-07", "2022-12"]),
        ("by September 22, December 22 and March 23", ["2022-09", "2022-12", "2023-03"]),
        ("September, October and November 22", ["2022-09", "2022-10", "2022-11"]),
        ("June/July 2022", ["2022-06", "2022-07"]),
        ("December/January 2023", ["2022-12", "2023-01"]),
        ("Dec 22/Jan 23", ["2022-12", "2023-01"]),
        ("4 and 5 December 2023", ["2023-12-04", "2023-12-05"]),
        ("5th, 12th & 19th July 2022", ["2022-07-05", "2022-07-12", "2022-07-19"]),
        ("8 March, 12 April and 10 May 2023", ["2023-03-08", "2023-04-12", "2023-05-10"]),
        ("on the 8th March, the 12th April and on the 10th May 2023", ["2023-03-08", "2023-04-12", "2023-05-10"]),
        ("the 8th and the 12th of April 2023", ["2023-04-08", "2023-04-12"]),
        ("8 March, 12 April 2023", ["2023-03-08", "2023-04-12"]),
        ("8 March 2023 12 April 2023", ["2023-03-08", "2023-04-12"]),
        ("8 March 23 April 2023", ["2023-04-23"]),
        ("30 and 31 January and 1 February 2023", ["2023-01-30", "2023-01-31", "2023-02-01"]),
        ("spring/summer 2023", ["2023", "2023"]),
        ("by July 2022, revisited in March 2023", ["2022-07", "2023-03"]),
        ("14 June 2022\n- 15 July 2022\n- 16 August 2022", ["2022-06-14", "2022-07-15", "2022-08-16"]),
    ],
)
def test_a_list_is_as_many_dates_as_it_has(text: str, expected: list[str]):
    assert isos(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Item 4, 14 June 2022",
        "Item 4 - 14 June 2022",
        "Room 1, 14 June 2022",
        "at 10.30 - 14 June 2022",
        "22, 14 June 2022",
    ],
)
def test_a_number_that_only_stands_before_a_date_is_no_day(text: str):
    assert only(text).written == "14 June 2022"


@pytest.mark.parametrize(
    ("text", "iso", "doubt"),
    [
        ("31st September 2022", "2022-09", "September 2022 has no day 31"),
        ("29 February 2023", "2023-02", "February 2023 has no day 29"),
        ("32/01/2022", "2022-01", "January 2022 has no day 32"),
        ("0 May 2022", "2022-05", "May 2022 has no day 0"),
        ("2022-13-01", "2022", "there is no month 13"),
        ("5/13/2022", "2022", "there is no month 13"),
        ("Tuesday 14 June 2023", "2023-06-14", "14 June 2023 is a Wednesday"),
        ("Q2 2022", "2022", "the quarter of a financial or of a calendar year"),
        ("In May 22 children came", "2022-05", "22 may count what follows"),
    ],
)
def test_what_cannot_be_is_given_as_far_as_it_can_with_a_doubt(text: str, iso: str, doubt: str):
    found = only(text)
    assert (found.iso, found.doubt) == (iso, doubt)
    assert found.written in text


def test_a_doubt_about_one_end_is_the_ranges():
    assert only("Monday 4 to Monday 8 July 2022").doubt == "8 July 2022 is a Friday"


@pytest.mark.parametrize(
    "text",
    [
        *("May", "2022", "2022 children were seen", "officers may 22 times", "march 22 miles", "April Smith", "June"),
        *("3.12", "12.5", "3.5.12 The panel", "see 4.3.22", "24/7", "1 in 10", "£22.50", "£2022", "0161 2022-2345"),
        *("section 12/13", "the 1989 Act", "the Children Act 1989", "SI 1990/85", "v1.2.10", "CYP/22/06/14"),
        *("May 22%", "June 3.5", "in April 222", "the 1980s", "192.168.10.12", "20222", "May 45", "12/34/22"),
        *("within 3 months", "quarterly", "each quarter", "ongoing", "last summer", "in Q2", "27 July", "at 7.30pm"),
        *("1 Junk 2022", "٣ May ٢٠٢٢", "the 3 Marches 2022", "3 Auguſt 2022", "in October\n\n22 children"),
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str):
    assert isos(text) == []


@pytest.mark.parametrize(
    ("text", "near", "iso"),
    [
        ("27 July", "2022-07-27", "2022-07-27"),
        ("Wednesday 21 September", "2022-07", "2022-09-21"),
        ("week commencing 30 May", "2022-06-14", "2022-05-30"),
        ("by November", "2022-07-27", "2022-11"),
        ("in January", "2022-11-02", "2023-01"),
        ("in November", "2023-01-11", "2022-11"),
        ("in February", "2022", "2022-02"),
        ("end June", "2022-06-14", "2022-06"),
        ("by mid-July", "2022-06-14", "2022-07"),
        ("September", "2022-07-27", "2022-09"),
        ("July 22nd", "2022-06-14", "2022-07-22"),
        ("by May", "2022-06-14", "2022-05"),
    ],
)
def test_a_date_without_a_year_is_of_the_nearest_to_the_papers_own(text: str, near: str, iso: str):
    assert isos(text) == []
    assert (only(text, near).iso, only(text, near).inferred) == (iso, True)


def test_lists_and_ranges_without_a_year_hang_together():
    assert isos("September / October", "2022-07-27") == ["2022-09", "2022-10"]
    over_new_year = only("November through to January", "2023-01-11")
    assert (over_new_year.first, over_new_year.last) == ("2022-11-01", "2023-01-31")
    assert only("28 June to 2 July 2022", "2025-01-01").inferred is False


@pytest.mark.parametrize(
    "text",
    [
        "officers may see",
        "May I ask",
        "May we ask",
        "April Smith spoke",
        "by June Smith",
        "ages 14 and 17 may be",
        "June 3.5",
    ],
)
def test_a_month_that_is_a_verb_or_a_name_is_no_date(text: str):
    assert isos(text, "2022-07-27") == []


def test_a_weekday_shows_when_the_nearest_year_is_wrong():
    assert only("Tuesday 21 September", "2022-07-27").doubt == "21 September 2022 is a Wednesday"


def test_two_figures_far_from_the_papers_own_year_may_be_the_day():
    assert only("by September 30", "2022-06-14").doubt == "30 may be the day"
    assert only("by September 23", "2022-06-14").doubt is None
    assert only("by 1 September 30", "2022-06-14").doubt is None


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("since 2016", [("2016-01-01", "2016-12-31")]),
        ("in 2022 children", [("2022-01-01", "2022-12-31")]),
        ("between 2016 and 2023", [("2016-01-01", "2023-12-31")]),
        ("from 2016 to 2019", [("2016-01-01", "2019-12-31")]),
        ("2016, 2019", [("2016-01-01", "2016-12-31"), ("2019-01-01", "2019-12-31")]),
        ("2022 children", []),
        ("the Children Act 1989", []),
        ("the 2004 Regulations", []),
        ("£2022", []),
    ],
)
def test_a_bare_year_is_a_date_when_asked_for(text: str, spans: list[tuple[str, str]]):
    assert [(d.first, d.last) for d in dates_in(text, years=True)] == spans
    assert isos(text) == []


def test_the_first_date_may_be_asked_for_with_its_day():
    assert first_date("2021/22; June 2022; 3 July 2022") == "2022-06"
    assert first_date("June 2022; 3 July 2022", with_day=True) == "2022-07-03"
    assert first_date("31 June 2022; 3 July 2022", with_day=True) == "2022-07-03"
    assert first_date("June 2022", with_day=True) is None
    assert first_date("autumn 2022") is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("4 December 2023 to 15 December 2023", ("2023-12-04", "2023-12-15")),
        ("in 2023: 4 and 5 December 2023, and before that 6 May 2021", ("2023-12-04", "2023-12-05")),
        ("on 10 May 2022", ("2022-05-10", "2022-05-10")),
        ("in May 2022 and on 7 June 2022", ("2022-06-07", "2022-06-07")),
        ("in May 2022", None),
    ],
)
def test_the_first_days_are_those_of_one_list_or_range(text: str, days: tuple[str, str] | None):
    assert first_days(text) == days


def test_a_place_is_that_of_the_date_with_its_weekday_alone():
    text = "held on Tuesday 21 June 2022, in the hall"
    found = only(text)
    assert text[found.start : found.end] == found.written == "Tuesday 21 June 2022"


def test_dates_are_written_out_as_far_as_they_are_known():
    assert written_out("2022-06-01") == "1 June 2022"
    assert written_out("2022-06") == "June 2022"
    assert written_out("2022") == "2022"
    assert written_out(None) == "no date"


@pytest.mark.parametrize(
    "text", ["4 to 5 to ", "1, 2, ", "1-2-3-", "14 June, ", "may and ", "2022/23 - ", "q1 of the "]
)
def test_long_rows_of_what_could_begin_a_date_are_read_in_no_time(text: str):
    """Without possessive gaps the first of these takes a minute."""
    list(dates_in(text * 3000, near="2022-06-14", years=True))


pieces = st.one_of(
    st.sampled_from(
        [*MONTHS, "Sept", "jan", "of", "st", "th", " ", "\n", ",", "/", "-", ".", "٣", "ſ", "’", "to", "and"]
    ),
    st.sampled_from(
        ["Tuesday", "end of", "mid", "Q3", "autumn", "w/c", "2022/23", "municipal year", "14 June 2022", "22"]
    ),
    st.integers(0, 2200).map(str),
    st.text(max_size=3),
)
texts = st.lists(pieces, max_size=14).flatmap(lambda parts: st.sampled_from(["".join(parts), " ".join(parts)]))


@given(texts, st.sampled_from([None, "2022", "2022-06", "2024-02-29"]), st.booleans())
def test_every_date_found_is_real_and_its_figures_stand_in_the_text(text: str, near: str | None, years: bool):
    end = 0
    for found in dates_in(text, near=near, years=years):
        assert end <= found.start < found.end
        end = found.end
        assert text[found.start : found.end] == found.written
        assert date.fromisoformat(found.first) <= date.fromisoformat(found.last)
        year, *rest = found.iso.split("-")
        date(int(year), *map(int, [*rest, "1", "1"][:2]))
        if not found.inferred and len(found.iso) == 10 and found.doubt is None:
            assert str(int(rest[1])) in [n.lstrip("0") for n in re.findall(r"[0-9]+", found.written)]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back_from_how_it_is_written(day: date):
    assert first_date(f"held on {written_out(day.isoformat())}.", with_day=True) == day.isoformat()


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2039, 12, 31)))
def test_a_year_of_two_figures_is_read_as_the_whole_one(day: date):
    assert isos(f"by {day:%B} {day.year % 100:02d}") == [day.isoformat()[:7]]
    assert isos(f"by {day.day}.{day.month:02d}.{day.year % 100:02d}") == [day.isoformat()]
