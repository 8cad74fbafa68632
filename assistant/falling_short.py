"""Why the passages that are nearest to a question don't answer it, if they don't. Pure.

Meaning alone can't tell a near miss from an answer: the passage that speaks of last year's figure, of another council's
or of no figure at all is as near. What a question names, and what kind of thing it asks for, must be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.cells import asked_columns, blank
from assistant.declining import Declined
from assistant.needs import must_have
from assistant.question import Question
from assistant.shape import Shape, has
from assistant.writing import NOT_FOUND, Window

NO_VALUE = "The papers searched give no value for “{}” under {}."

NOT_NAMED = "What the papers searched say of this doesn't name {}."
"""Said where a question names a person, a body or another council, and the nearest passages speak of somebody else."""

OTHER_TIMES = "What the papers searched say of this is of other times than the question names."
"""Said where neither the nearest passages nor their papers are of a time that the question names."""

LACKS = "The papers searched speak of this, but {} isn't given where they do."
"""Said where a question asks for a kind of thing that none of the nearest passages has."""

_NEEDED = {Shape.MONEY: "a sum of money", Shape.NAME: "a name", Shape.SHARE: "a share", Shape.FIGURE: "a figure"}
"""What must be in a quotation where it is asked for. The other shapes only weigh: a time or a person is told in too
many ways."""


def why_no_answer(
    question: Question, windows: Sequence[Window], outside: Declined | None, own: Iterable[str]
) -> str | None:
    """The reason why these windows, of which all would be quoted, don't answer; None where they do.

    `outside` is what the question asks for beyond what the papers cover, as far as that is known; `own` are the
    names of the council whose papers they are.
    """
    if not windows:
        return NOT_FOUND
    if empty := _empty_cell(question, windows):
        return empty
    around = [text for window in windows for text in _around(window)]
    if outside and outside.holds(*around):
        return outside.reason
    # Of times by what the windows are of: people name a time otherwise than papers do, and these in many ways.
    named = [need for need in must_have(question.text, own=own) if need.period is None]
    if named and not any(need.is_in(*around) for need in named):
        return NOT_NAMED.format(" or ".join(need.terms[0] for need in named))
    if all(window.out_of_time for window in windows):
        return OTHER_TIMES
    lacks = _lacks(question, windows)
    return LACKS.format(lacks) if lacks else None


def _empty_cell(question: Question, windows: Sequence[Window]) -> str | None:
    """Why the row that would be quoted doesn't answer: it has nothing in the column that the question names."""
    window = max(windows, key=lambda window: window.score)
    headers = window.hit.passage.headers
    columns = asked_columns(question.text, headers, question.scope.periods) if Shape.FIGURE in question.shapes else ()
    missing = blank(window.text, headers, columns)
    if missing is None:
        return None
    name, empty = missing
    return NO_VALUE.format(name, " or ".join(f"“{header}”" for header in empty))


def _lacks(question: Question, windows: Sequence[Window]) -> str | None:
    """What the question asks for and none of the windows has: a figure, a share, a sum of money, somebody's name."""
    texts = [" ".join([*window.hit.passage.headers, window.text]) for window in windows]
    asked = (shape for shape in _NEEDED if shape in question.shapes)
    return next((_NEEDED[shape] for shape in asked if not any(has(shape, text) for text in texts)), None)


def _around(window: Window) -> tuple[str | None, ...]:
    """A window's passage, and what stands around it."""
    passage, paper = window.hit.passage, window.hit.paper
    around = (*passage.headings, *passage.headers, passage.introduction)
    return (passage.text, *around, paper.title, paper.date, paper.inspected)
