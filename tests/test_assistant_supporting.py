"""Whether a passage supports a sentence that a model wrote."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting import Claim, Material
from assistant.scoring import Stemmer
from assistant.supporting import (
    BEYOND,
    NO_CITATION,
    OF_ANOTHER,
    TOO_SHORT,
    TURNED,
    Support,
    Unsupported,
    numbers_in,
    support,
)
from corpus.documents import Passage
from tests.fakes import make_document, make_paper

STEMMER = Stemmer()

REPORT = (
    "4.2 The rate of agency social workers was 37.7% in May 2022, against 22 per cent in similar councils.",
    "Councillor Pike asked why two of the 14 team managers had not been replaced.",
    "Spending on agency staff rose to £3.4 million.",
    "Inspectors judged support for care leavers to be inadequate.",
)


def alike(text: str, others: Sequence[str]) -> list[float]:
    """Every text means the same: what is left to tell are the facts and the words."""
    return [1.0 for _ in others]


def shown(*lines: str, number: int = 1, headers: tuple[str, ...] = (), introduction: str = "") -> Material:
    document = make_document("report", "\n".join(lines))
    extracts = tuple((block.start, block.end) for block in document.blocks)
    end = len(document.text)
    passage = Passage("report", "report#1", 0, end, document.text, ("Staff",), headers, introduction, extracts)
    return Material(number, passage, make_paper(document, title="Report on Thornmere's workforce", date="2022-06-14"))


def judged(sentence: str, *lines: str, cited: tuple[int, ...] = (1,)) -> Support | Unsupported:
    return support(Claim(sentence, cited), [shown(*lines or REPORT)], similar=alike, stemmer=STEMMER)


@pytest.mark.parametrize(
    "sentence",
    [
        "The rate of agency social workers was 37.7% in May 2022.",
        "In May 2022, 37.7 per cent of social workers were agency workers.",
        "Similar councils had a rate of 22% agency social workers.",
        "Cllr Pike asked why 2 of the fourteen managers had not been replaced.",
        "In Thornmere, spending on agency staff rose to £3.4m.",
        "Spending on agency staff rose to £3,400,000.",
        "Support for care leavers was judged inadequate.",
        "Yes, spending on agency staff rose.",
        "Spending on agency staff rose in June 2022.",  # the paper's own date
    ],
)
def test_a_sentence_is_supported_by_what_says_it(sentence: str) -> None:
    found = judged(sentence)
    assert isinstance(found, Support), found
    assert 0 <= found.start < found.end <= found.material.passage.end


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The rate of agency social workers was 3.3%.", "“3.3%” doesn't stand"),
        ("The rate of agency social workers was 37.7.", "“37.7” doesn't stand"),
        ("The rate of agency social workers was 4.2%.", "“4.2%” doesn't stand"),
        ("The rate of agency social workers was 37.7% in June 2021.", "“June 2021” doesn't stand"),
        ("Councillor Quill asked why two team managers had not been replaced.", "“Quill” doesn't stand"),
        ("Councillor Pike asked why three team managers had not been replaced.", "“three” doesn't stand"),
        ("Councillor Pike asked why half of the team managers had not been replaced.", "“half” doesn't stand"),
        ("Councillor Pike asked why two of the 14 team managers had been replaced.", TURNED),
        ("Spending on agency staff fell to £3.4 million.", TURNED),
        ("Spending on agency staff rose to £3.4 billion.", "“£3.4 billion” doesn't stand"),
        ("Spending on agency staff did not rise to £3.4 million.", TURNED),
        ("Inspectors judged support for care leavers to be good.", "“good” doesn't stand"),
        ("Inspectors judged support for care leavers to be adequate.", TURNED),
        ("Northgate spent on agency staff, and Brantlow did.", "“Brantlow” doesn't stand"),
        ("Libraries closed early because of snow.", BEYOND),
        ("37.7%.", TOO_SHORT),
    ],
)  # fmt: skip
def test_a_sentence_is_not_supported_by_what_says_something_else(sentence: str, why: str) -> None:
    found = judged(sentence)
    assert isinstance(found, Unsupported), found
    assert why in found.why


@pytest.mark.parametrize("cited", [(), (2,)])
def test_a_sentence_that_cites_nothing_that_was_shown_is_not_supported(cited: tuple[int, ...]) -> None:
    assert judged("Spending on agency staff rose to £3.4 million.", cited=cited) == Unsupported(NO_CITATION)


def test_another_passage_than_the_one_cited_does_not_support() -> None:
    both = [shown(REPORT[0]), shown(REPORT[2], number=2)]
    claim = Claim("Spending on agency staff rose to £3.4 million.", (1,))
    assert isinstance(support(claim, both, similar=alike, stemmer=STEMMER), Unsupported)


def test_what_means_something_else_is_not_supported_though_it_shares_words() -> None:
    def unlike(text: str, others: Sequence[str]) -> list[float]:
        return [0.0 for _ in others]

    claim = Claim("Spending on agency staff rose to £3.4 million.", (1,))
    assert support(claim, [shown(*REPORT)], similar=unlike, stemmer=STEMMER) == Unsupported(BEYOND)


def test_a_number_of_something_else_in_the_same_passage_does_not_support() -> None:
    lines = ("58 of 140 children had gone to see their family.", "22 said that they were bullied where they lived.")
    assert judged("22 of 140 children had gone to see their family.", *lines) == Unsupported(OF_ANOTHER.format("22"))


def test_facts_that_stand_apart_support_no_sentence_that_puts_them_together() -> None:
    lines = ("The rate was 37.7%.", "It rained.", "Nobody came.", "Spending on staff was £3 million.")
    found = judged("The rate was 37.7% and spending on staff was £3 million.", *lines)
    assert isinstance(found, Unsupported)


def test_the_shortest_stretch_that_says_it_is_the_support() -> None:
    found = judged("Spending on agency staff rose to £3.4 million.")
    assert isinstance(found, Support)
    assert found.material.passage.text[found.start : found.end] == REPORT[2]


def test_a_cell_has_the_unit_and_the_month_of_its_header() -> None:
    row = shown("Agency workers | 37.7 | 35", headers=("Indicator", "% in May 2022", "% in June 2022"))
    claim = Claim("In May 2022, 37.7% were agency workers.", (1,))
    assert isinstance(support(claim, [row], similar=alike, stemmer=STEMMER), Support)


def test_numbers_are_the_same_however_they_are_written() -> None:
    found = [
        (n.value, n.unit) for n in numbers_in("37.7%, twenty-one of 1,200, £3.4 million, 2nd, five per cent, -4, half")
    ]
    assert found == [
        (Decimal("37.7"), "%"),
        (Decimal(1200), ""),
        (Decimal(3400000), "£"),
        (Decimal(2), "th"),
        (Decimal(-4), ""),
        (Decimal(21), ""),
        (Decimal(5), "%"),
        (Decimal(0), "half"),
    ]


NUMBERS = st.one_of(
    st.integers(0, 1_000_000).map(str),
    st.integers(1000, 1_000_000).map("{:,}".format),
    st.decimals(0, 1000, places=1).map(str),
)


@given(NUMBERS, NUMBERS, st.sampled_from(["{}", "{}%", "{} per cent", "£{}", "£{}m", "{} thousand"]))
def test_a_changed_number_is_never_supported(written: str, changed: str, form: str) -> None:
    sentence = "The council counted {} visits to families in Brantlow"
    found = judged(sentence.format(form.format(changed)), sentence.format(form.format(written)))
    same = Decimal(written.replace(",", "")) == Decimal(changed.replace(",", ""))
    assert isinstance(found, Support) == same


@given(NUMBERS, st.sampled_from(["{}%", "£{}", "{}"]), st.sampled_from(["{}%", "£{}", "{}"]))
def test_a_changed_unit_is_never_supported(number: str, form: str, changed: str) -> None:
    sentence = "Visits to families in Brantlow came to {} by the end"
    found = judged(sentence.format(changed.format(number)), sentence.format(form.format(number)))
    assert isinstance(found, Support) == (form == changed)


@given(st.dates(), st.dates())
def test_a_changed_day_is_never_supported(written: object, changed: object) -> None:
    sentence = "The panel visited families in Brantlow on {:%d %B %Y} for the first time"
    if 1990 <= written.year <= 2039 and 1990 <= changed.year <= 2039:  # type: ignore[attr-defined]
        found = judged(sentence.format(changed), sentence.format(written))
        assert isinstance(found, Support) == (written == changed)


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_written_is_judged(sentence: str, text: str) -> None:
    assert isinstance(judged(sentence, text.replace("\f", " ").replace("\n", " ") or "."), Support | Unsupported)
