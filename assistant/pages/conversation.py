"""A conversation as values: its turns, and how the next one comes about. Knows no widgets and no HTML."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Answer
from assistant.pages.dates import iso_date
from assistant.pages.loading import Answering
from corpus.errors import CouncilPapersError
from index.hits import Filter

_log = logging.getLogger(__name__)

APOLOGY = (
    "Sorry, something went wrong while this question was being answered. Nothing was changed; you can ask again. "
    "The details are in the window in which this program runs."
)


class PeriodBackwards(CouncilPapersError):
    """The end of the period that was asked for lies before its beginning."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, or the sentence that says why there is none, or nothing yet.

    `titles` are the titles of the documents when it was answered: an answer that stands on the page stays as it is,
    whatever happens to the library.
    """

    question: str
    answer: Answer | None = None
    problem: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)


Turns = tuple[Turn, ...]


def narrowed(since: str | None, until: str | None, kinds: Sequence[str]) -> Filter:
    """The filter that was typed and ticked; raises UnclearDate or PeriodBackwards."""
    first, last = iso_date(since, "Since"), iso_date(until, "Until")
    # Only what both say can be compared: since July 2022 until 2022 is a period, the rest of that year.
    if first and last and last[: len(first)] < first[: len(last)]:
        raise PeriodBackwards("The period ends before it begins; please look at “Since” and “Until”.")
    return Filter(since=first, until=last, kinds=tuple(kinds))


def answered(turns: Turns, assistant: Answering, within: Filter) -> Turns:
    """The same turns, the last one answered; whatever goes wrong becomes its problem, in words."""
    *earlier, turn = turns
    history = tuple(each.question for each in earlier if each.answer is not None)
    try:
        answer = assistant.ask(turn.question, history, within)
        titles = {entry.id: entry.title for entry in assistant.library.documents()}
    except CouncilPapersError as error:
        return (*earlier, replace(turn, problem=str(error)))
    except Exception:
        _log.exception("A question could not be answered.")
        return (*earlier, replace(turn, problem=APOLOGY))
    return (*earlier, replace(turn, answer=answer, titles=titles))
