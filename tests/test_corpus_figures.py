"""Figures: rows of numbers, every cell under its header as printed, and what is no figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from clerk import typed

from corpus.documents import Document
from corpus.papers import papers_of
from corpus.records.figures import Figure, figures_in
from tests.fakes import make_paper

SAMPLE = Path(__file__).parents[1] / "corpus/sample/papers"


def figures(text: str, kind: str = "report", **fields: object) -> tuple[Figure, ...]:
    document = typed(text)
    return figures_in(document, make_paper(document, kind=kind, **fields))


SCORECARD = """
===
# First Contact Hub

|! Ref | Indicator | Oct 2022 | Target | Direction |
| FC1 | Contacts in the month | 1,304 | | better |
| FC2 | Contacts decided in a day | 84% | 95% | |
"""


def test_each_cell_stands_under_its_header_as_printed_and_empty_cells_stay():
    first, second = figures(SCORECARD)
    assert first.values == (("Oct 2022", "1,304"), ("Target", ""), ("Direction", "better"))
    assert second.values == (("Oct 2022", "84%"), ("Target", "95%"), ("Direction", ""))


def test_references_are_kept_apart_from_names():
    assert [(figure.ref, figure.indicator) for figure in figures(SCORECARD)] == [
        ("FC1", "Contacts in the month"),
        ("FC2", "Contacts decided in a day"),
    ]


@pytest.mark.parametrize("header", ["Ref", "No.", "KPI", "PI ref", "Indicator number", "Code"])
def test_a_column_of_references_is_known_by_its_header(header: str):
    (figure,) = figures(f"===\n|! {header} | Measure | May |\n| 4.2 | Reviews on time | 95% |")
    assert (figure.ref, figure.indicator, figure.values) == ("4.2", "Reviews on time", (("May", "95%"),))


def test_a_column_headed_number_after_the_names_counts_and_before_them_refers():
    (counts,) = figures("===\n|! Reason | Number | Share |\n| Left for another council | 12 | 40% |")
    assert (counts.ref, counts.indicator) == (None, "Left for another council")
    assert counts.values == (("Number", "12"), ("Share", "40%"))
    (refers,) = figures("===\n|! Number | Measure | May |\n| 12 | Reviews on time | 95% |")
    assert (refers.ref, refers.indicator, refers.values) == ("12", "Reviews on time", (("May", "95%"),))


def test_a_month_and_its_year_in_digits_is_no_number():
    listed = "===\n|! Home | Opened | Inspected |\n| Fell View | 06/2023 | 09/23 |\n| The Croft | 11/2021 | 01/22 |"
    assert figures(listed) == ()


def test_a_list_of_who_was_met_and_when_holds_no_figures():
    assert figures("===\n|! Role | Number | When |\n| Team managers | 24 | |\n| Head teachers | 12 | 7 May |") == ()


def test_a_count_of_so_many_is_a_number():
    (figure,) = figures("===\n|! Team | Audits found good |\n| North | 6/23 |")
    assert figure.values == (("Audits found good", "6/23"),)


def test_a_column_of_references_without_a_header_is_known_by_what_stands_in_it():
    text = "===\n|! | Measure | May |\n| EH1 | Assessments begun | 118 |\n| EH2 | Led by schools | 41% |"
    assert [(figure.ref, figure.indicator) for figure in figures(text)] == [
        ("EH1", "Assessments begun"),
        ("EH2", "Led by schools"),
    ]


def test_a_row_without_a_reference_in_such_a_column_has_none():
    text = "===\n|! Ref | Measure | May |\n| W1 | Posts | 208.5 |\n| | of which filled | 126.0 |"
    assert [figure.ref for figure in figures(text)] == ["W1", None]


def test_the_first_column_names_the_rows_where_no_header_says_so():
    text = "===\n|! Answer | Assessment teams | All |\n| More pay | 8 | 22 |\n| A payment for staying | | 11 |"
    assert [(figure.ref, figure.indicator, dict(figure.values)) for figure in figures(text)] == [
        (None, "More pay", {"Assessment teams": "8", "All": "22"}),
        (None, "A payment for staying", {"Assessment teams": "", "All": "11"}),
    ]


def test_a_table_without_a_column_of_names_takes_its_heading():
    (figure,) = figures("===\n# Children in care\n\n|! 2021/22 | 2022/23 |\n| 659 | 671 |")
    assert (figure.indicator, figure.section) == ("Children in care", "Children in care")
    assert figure.values == (("2021/22", "659"), ("2022/23", "671"))


def test_a_table_with_neither_names_nor_heading_takes_the_papers_title():
    (figure,) = figures("===\n|! 2021/22 | 2022/23 |\n| 659 | 671 |", title="Children in care")
    assert (figure.indicator, figure.section) == ("Children in care", "")


def test_two_columns_of_one_name_are_kept_apart():
    text = "===\n|! Grade | Annual £ | Hourly £ | Annual £ |\n| Social worker | 32,909 | 17.06 | 34,723 |"
    (figure,) = figures(text)
    assert figure.values == (("Annual £", "32,909"), ("Hourly £", "17.06"), ("Annual £ (2)", "34,723"))


def test_a_column_of_values_without_a_header_is_told_as_such():
    (figure,) = figures("===\n|! Measure | May | |\n| Reviews on time | 95% | ↑ |")
    assert figure.values == (("May", "95%"), ("(no header)", "↑"))


@pytest.mark.parametrize(
    "value",
    [
        "1,304",
        "84%",
        "£2.85m",
        "(4.1)",
        "-3",
        "<5",
        "12 days",
        "26 – 28",
        "3 of 7",
        "19 (61%)",
        "14.3*",
        "£612 per year",
    ],
)
def test_numbers_are_values_however_they_are_written(value: str):
    (figure,) = figures(f"===\n|! Measure | May |\n| Longest wait | {value} |")
    assert figure.values == (("May", value),)


@pytest.mark.parametrize("value", ["n/a", "↓", "worse", "no change", "–"])
def test_what_stands_for_a_number_is_a_value_beside_numbers(value: str):
    text = f"===\n|! Measure | May | June |\n| Longest wait | 6 | {value} |\n| Visits | 3 | 4 |"
    assert [dict(figure.values)["June"] for figure in figures(text)] == [value, "4"]


def test_a_row_without_any_value_is_no_figure():
    text = "===\n|! Measure | May |\n| Visits | |\n| Alone | 84% |\n| On time | 88% |"
    assert [figure.indicator for figure in figures(text)] == ["Alone", "On time"]


def test_a_table_without_headers_gives_no_figures():
    assert figures("===\n| Visits | 3 |\n| Alone | 84% |") == ()


PLAN = """
===
|! Ref | Action | Lead | By | Progress |
| 1.1 | Open the hub | Director | 1 September 2017 | Lease signed |
| 1.2 | Write the threshold document | Head of Access | July 2017 | |
"""
NAMES = """
===
|! Councillor | First elected | Ward |
| A Bhatti | 5 May 2022 | Brantlow |
| D Astley | May 2014 | Hexley |
"""
DATES = """
===
|! Meeting | Day | Papers by |
| Panel | 20 July 2022 | 12 July 2022 |
| Board | 5 July 2022 | 28 June 2022 |
"""


YEARS = "===\n|! Review | Begun | To end |\n| Fostering | 2021/22 | 2023/24 |\n| Early help | 2019-20 | |"


@pytest.mark.parametrize("text", [PLAN, NAMES, DATES, YEARS], ids=["plan", "names", "dates", "years"])
def test_plans_and_lists_of_names_and_dates_give_none(text: str):
    assert figures(text) == ()


def test_a_table_of_signs_with_a_number_here_and_there_gives_none():
    text = "===\n|! Team | May | June | July |\n| Hub | ↑ | ↓ | 5 |\n| Care | ↑ | – | ↓ |\n| Fostering | ↓ | ↓ | ↑ |"
    assert figures(text) == ()


def test_an_agenda_gives_none():
    text = "===\n|! Item | Business | Page |\n| 3 | Minutes | 1 |\n| 4 | Children who go missing | 5 |"
    assert figures(text, kind="agenda") == ()
    assert len(figures(text)) == 2


def test_a_cell_that_a_pages_end_cut_is_one_value_and_the_row_has_a_place_on_both_pages():
    document = typed("===\n|! Measure | May |\n| Children seen | 84% |\n===\n| alone | |")
    *rows, last = document.blocks
    cut = replace(document, blocks=(*rows, replace(last, headers=rows[-1].headers, continues=True)))
    (figure,) = figures_in(cut, make_paper(cut))
    assert (figure.indicator, figure.values) == ("Children seen alone", (("May", "84%"),))
    assert [(place.page, place.quote) for place in figure.places] == [(1, "Children seen | 84%"), (2, "alone |")]


def test_a_row_that_a_witness_does_not_have_is_left_out():
    document = typed("===\n|! Measure | May |\n| Visits | 3 |\n| Alone | 84% |")
    (page,) = document.pages
    doubted = replace(document, pages=(replace(page, witnesses=("MeasureMayVisits8Alone84%",)),))
    assert [figure.indicator for figure in figures_in(doubted, make_paper(doubted))] == ["Alone"]


# The time that values are of


def test_the_period_is_the_one_that_the_nearest_heading_names():
    text = "===\n# Year to March 2021\n\n# Pay in October 2022\n\n|! Grade | Annual £ |\n| Manager | 44,539 |"
    document = typed(text)
    above, below, *rows = document.blocks
    nested = replace(document, blocks=(above, replace(below, level=2), *rows))
    (figure,) = figures_in(nested, make_paper(nested))
    assert (figure.period, figure.section) == ("October 2022", "Pay in October 2022")


def test_a_scorecards_date_is_its_figures_period():
    assert {figure.period for figure in figures(SCORECARD, kind="scorecard", date="2022-10")} == {"October 2022"}


def test_the_date_of_any_other_paper_says_nothing_of_its_figures_period():
    assert {figure.period for figure in figures(SCORECARD, date="2023-01-18")} == {None}


# The sample papers

FIGURES = {
    ("2017-02-08-cabinet-report", 1): 12,
    ("2023-01-18-part-b-placements-contract", 1): 3,
    ("2023-01-18-scrutiny-agenda-pack", 3): 5,
    ("2023-01-18-scrutiny-agenda-pack", 5): 64,
    ("2023-01-18-scrutiny-agenda-pack", 6): 21,
    ("2024-07-commissioner-report", 1): 5,
}
"""Rows of numbers in each sample paper, counted in its source; the others have none."""


@pytest.fixture(scope="module")
def sample(read_once) -> dict[tuple[str, int], tuple[Figure, ...]]:
    documents: list[Document] = [read_once(path) for path in sorted(SAMPLE.glob("*.pdf"))]
    return {(d.id, paper.number): figures_in(d, paper) for d in documents for paper in papers_of(d)}


def test_the_sample_papers_have_all_their_figures_and_no_other(sample):
    assert {place: len(found) for place, found in sample.items() if found} == FIGURES


def test_the_sample_scorecard_has_every_reference_once(sample):
    sections = {"FC": 10, "EH": 5, "AS": 6, "CP": 12, "CC": 14, "MI": 2, "CL": 6, "W": 9}
    wanted = [f"{section}{number}" for section, rows in sections.items() for number in range(1, rows + 1)]
    assert [figure.ref for figure in sample["2023-01-18-scrutiny-agenda-pack", 5]] == wanted


def test_a_row_of_the_sample_scorecard_is_told_with_its_period_section_and_printed_page(sample):
    (figure,) = (f for f in sample["2023-01-18-scrutiny-agenda-pack", 5] if f.ref == "CC13")
    assert (figure.indicator, figure.period, figure.section) == (
        "Average days from entering care to moving in with adopters",
        "October 2022",
        "Cared for children",
    )
    assert figure.values == (
        ("Oct 2022 (current)", "402"),
        ("Oct 2021 (previous year)", "431"),
        ("Target", "426"),
        ("North Fell average", ""),
        ("Statistical neighbour average", "388"),
        ("England average", "367"),
        ("Direction", "better"),
    )
    assert [(place.page, place.page_label) for place in figure.places] == [(26, "24")]


def test_headings_over_two_columns_are_spelled_out_for_each(sample):
    (figure,) = (f for f in sample["2023-01-18-scrutiny-agenda-pack", 6] if f.indicator == "Northgate City")
    assert figure.values == (
        ("Minimum Annual £", "37,261"),
        ("Minimum Hourly £", "19.31"),
        ("Maximum Annual £", ""),
        ("Maximum Hourly £", ""),
    )
    assert figure.period == "October 2022"
