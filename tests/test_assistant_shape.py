"""What kind of answer a question asks for."""

from __future__ import annotations

import pytest

from assistant.shape import Shape, has, shapes_of


@pytest.mark.parametrize(
    ("question", "shape"),
    [
        ("how many children are in care", Shape.FIGURE),
        ("what percentage of staff", Shape.FIGURE),
        ("what percentage of staff", Shape.SHARE),
        ("how much do we pay a foster carer", Shape.MONEY),
        ("what did the new building cost", Shape.MONEY),
        ("how long did the visit take", Shape.LENGTH_OF_TIME),
        ("what is the name of the new chair", Shape.NAME),
        ("when is the next meeting", Shape.TIME),
        ("who chairs the board", Shape.PERSON),
        ("which three things had to improve", Shape.LIST),
        ("list the priorities", Shape.LIST),
    ],
)
def test_a_question_asks_for_its_kind_of_answer(question: str, shape: Shape) -> None:
    assert shape in shapes_of(question)


def test_a_question_may_ask_for_nothing_in_particular() -> None:
    assert shapes_of("did inspectors like the plan") == frozenset()


@pytest.mark.parametrize(
    ("shape", "text", "expected"),
    [
        (Shape.FIGURE, "It rose to 12%.", True),
        (Shape.FIGURE, "It rose.", False),
        (Shape.FIGURE, "The team counted fourteen panels.", True),
        (Shape.FIGURE, "3.1 The panel met on 14 June 2022, see Table 2.", False),
        (Shape.FIGURE, "Of 12 children seen on 14 June 2022 all were safe.", True),
        (Shape.SHARE, "Three in ten staff are agency staff: 3 of 10.", True),
        (Shape.SHARE, "It rose to 12.", False),
        (Shape.MONEY, "It cost £12,000.", True),
        (Shape.MONEY, "It took 12 days.", False),
        (Shape.LENGTH_OF_TIME, "It took a working week.", True),
        (Shape.LENGTH_OF_TIME, "It took long.", False),
        (Shape.TIME, "The panel met on 14 June 2022.", True),
        (Shape.TIME, "The panel met.", False),
        (Shape.PERSON, "The chair, Rosa Pike, spoke.", True),
        (Shape.PERSON, "the chair spoke", True),
        (Shape.PERSON, "the road was closed", False),
        (Shape.NAME, "The chair, Rosa Pike, spoke.", True),
        (Shape.NAME, "the chair spoke", False),
    ],
)
def test_a_text_has_what_is_asked_for(shape: Shape, text: str, *, expected: bool) -> None:
    assert has(shape, text) == expected
