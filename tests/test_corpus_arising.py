"""Matters arising: what minutes say of earlier actions, taken apart into the action and what is said of it."""

from __future__ import annotations

import pytest
from clerk import typed

from corpus.records.arising import arising_in
from tests.fakes import make_paper


def found(text: str) -> list[tuple[str, str | None]]:
    document = typed(text)
    paper = make_paper(document, kind="minutes", date="2022-11-09", body="Scrutiny Panel")
    return [(promise.action, promise.progress) for promise in arising_in(document, paper)]


@pytest.mark.parametrize(
    "heading",
    [
        "Matters arising",
        "4. MATTERS ARISING",
        "Minutes of the last meeting and matters arising",
        "Action log",
        "Update on actions",
        "Actions from the previous meeting",
        "Progress against agreed actions",
    ],
)
def test_what_stands_under_such_a_heading_is_said_of_earlier_actions(heading: str):
    assert found(f"===\n# {heading}\n\n- Letter to the police – sent on 3 August.") == [
        ("Letter to the police", "sent on 3 August.")
    ]


@pytest.mark.parametrize("heading", ["Actions", "Minutes", "Fostering", "What matters"])
def test_what_stands_under_another_heading_is_not(heading: str):
    assert found(f"===\n# {heading}\n\n- Letter to the police – sent on 3 August.") == []


def test_without_a_subject_apart_the_first_sentence_is_the_action_and_all_is_said_of_it():
    text = "Ms Moss reported that the letter had been sent. No reply had come."
    assert found(f"===\n# Matters arising\n\n{text}") == [("Ms Moss reported that the letter had been sent.", text)]


@pytest.mark.parametrize(
    "text",
    [
        "There were no matters arising.",
        "None.",
        "The minutes were approved as a correct record.",
        "Members heard that:",
    ],
)
def test_formulas_say_nothing_of_actions(text: str):
    assert found(f"===\n# Matters arising\n\n{text}") == []


def test_a_sum_or_a_time_after_a_colon_sets_no_subject_apart():
    text = "The meeting on the rota began at 10:30 and agreed nothing."
    assert found(f"===\n# Matters arising\n\n{text}") == [(text, text)]
