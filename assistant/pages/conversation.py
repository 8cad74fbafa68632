"""A conversation as values: its turns, and how the next one comes about. Knows no widgets and no HTML."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from assistant.answer import Answer
from assistant.pages.dates import iso_date
from assistant.pages.loading import Answering
from assistant.references import Listing, listings
from assistant.taking_along import Asked
from corpus.errors import CouncilPapersError
from index.hits import Filter

_log = logging.getLogger(__name__)

APOLOGY = (
    "Sorry, something went wrong while this question was being answered. Nothing was changed; you can ask again. "
    "The details are in the window in which this program runs."
)


STOPPED = "Stopped before it was answered. Nothing was changed; you can ask again."


class PeriodBackwards(CouncilPapersError):
    """The end of the period that was asked for lies before its beginning."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, or the sentence that says why there is none, or nothing yet.

    `titles` are the titles of the documents when it was answered, `listings` the meetings at which the papers were an
    item: an answer that stands on the page stays as it is, whatever happens to the library. `within` is what was chosen
    when it was asked.
    """

    question: str
    answer: Answer | None = None
    problem: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    listings: Mapping[str, Listing] = field(default_factory=dict)
    when: datetime | None = None
    within: Filter = field(default_factory=Filter)


Turns = tuple[Turn, ...]


def narrowed(
    since: str | None,
    until: str | None,
    kinds: Sequence[str] = (),
    bodies: Sequence[str] = (),
    papers: Sequence[str] = (),
) -> Filter:
    """The filter that was typed and ticked; raises UnclearDate or PeriodBackwards."""
    first, last = iso_date(since, "Since"), iso_date(until, "Until")
    # Only what both say can be compared: since July 2022 until 2022 is a period, the rest of that year.
    if first and last and last[: len(first)] < first[: len(last)]:
        raise PeriodBackwards("The period ends before it begins; please look at “Since” and “Until”.")
    return Filter(since=first, until=last, kinds=tuple(kinds), bodies=tuple(bodies), papers=tuple(papers))


def _now() -> datetime:
    return datetime.now().astimezone()


def answered(turns: Turns, assistant: Answering, now: Callable[[], datetime] = _now) -> Turns:
    """The same turns, the last one answered; whatever goes wrong becomes its problem, in words."""
    *earlier, turn = turns
    turn = replace(turn, when=now())
    history = tuple(each.question for each in earlier if each.answer is not None)
    try:
        answer = assistant.ask(turn.question, history, turn.within)
        entries = assistant.library.documents()
    except CouncilPapersError as error:
        return (*earlier, replace(turn, problem=str(error)))
    except Exception:
        _log.exception("A question could not be answered.")
        return (*earlier, replace(turn, problem=APOLOGY))
    titles = {entry.id: entry.title for entry in entries}
    listed = listings(paper for entry in entries for paper in entry.papers)
    return (*earlier, replace(turn, answer=answer, titles=titles, listings=listed))


def stopped(turns: Turns) -> Turns:
    """The same turns; one that was still being answered says that it was stopped."""
    return (*turns[:-1], replace(turns[-1], problem=STOPPED)) if is_awaited(turns) else turns


def is_awaited(turns: Turns) -> bool:
    """Whether the last question waits for its answer."""
    return bool(turns) and turns[-1].answer is None and turns[-1].problem is None


def to_take_along(turns: Turns) -> tuple[Asked, ...]:
    """The questions that were answered, as `taking_along.take_along` wants them."""
    return tuple(
        Asked(turn.answer, turn.when or now, turn.titles, turn.listings)
        for now in [_now()]
        for turn in turns
        if turn.answer is not None
    )
