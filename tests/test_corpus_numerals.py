"""Bullets and numbers as they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading.numerals import (
    DELIMITER,
    FORMATS,
    HIGHEST_ROMAN,
    ListMarkers,
    in_letters,
    in_roman,
    note_mark,
    ordinal,
    symbol,
)

VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@pytest.mark.parametrize(("number", "letters"), [(1, "a"), (26, "z"), (27, "aa"), (28, "bb"), (53, "aaa"), (0, "0")])
def test_letters_double_after_z(number: int, letters: str):
    assert in_letters(number) == letters


@given(st.integers(1, HIGHEST_ROMAN))
def test_a_roman_numeral_has_the_value_of_its_signs(number: int):
    values = [VALUES[sign] for sign in in_roman(number)]
    assert sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)) == number
    assert not any(sign * 4 in in_roman(number) for sign in "ivxlcd")


@pytest.mark.parametrize("number", [-1, 0, HIGHEST_ROMAN + 1])
def test_what_roman_numerals_cannot_say_stays_a_figure(number: int):
    assert in_roman(number) == str(number)


def test_ordinals_and_words_forms():
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 21, 113)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "21st",
        "113th",
    ]
    assert [FORMATS[form](4) for form in ("decimalZero", "upperLetter", "upperRoman")] == ["04", "D", "IV"]


def markers(name: str, attributes: dict[str, str | None], *items: dict[str, str | None]) -> list[str]:
    made = ListMarkers(name, attributes, len(items))
    return [made.next(item) for item in items]


def test_a_list_counts_as_browsers_do():
    assert markers("ul", {}, {}, {}) == ["•", "•"]
    assert markers("ol", {}, {}, {}) == ["1.", "2."]
    assert markers("ol", {"start": "4", "type": "a"}, {}, {"value": "9"}, {}) == ["d.", "i.", "j."]
    assert markers("ol", {"reversed": None}, {}, {}, {}) == ["3.", "2.", "1."]
    assert markers("ol", {"style": "list-style-type: upper-roman"}, {}, {}) == ["I.", "II."]
    assert markers("ol", {"start": "x"}, {}) == ["1."]


def test_a_list_without_signs_has_none():
    assert markers("ul", {"style": "list-style: none"}, {}) == [""]
    assert markers("ol", {"style": "list-style:none"}, {}) == [""]


def test_markdown_hands_on_the_sign_after_the_number():
    assert markers("ol", {DELIMITER: ")"}, {}, {}) == ["1)", "2)"]


def test_footnotes_have_figures_and_endnotes_roman_numerals():
    assert (note_mark("footnoteReference", 4), note_mark("endnoteReference", 4)) == ("4", "iv")


def test_ticks_and_arrows_of_symbol_fonts_are_characters():
    assert [symbol("Wingdings", "F0FC"), symbol("Symbol", "f0b3"), symbol("Webdings", "F0FC")] == ["✓", "≥", ""]
