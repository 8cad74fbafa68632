"""A conversation as values: its turns, and how the next one comes about. Knows no widgets and no HTML."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Event

from assistant.answer import Answer, Drafted
from assistant.drafted_answers import may_be_told
from assistant.pages.dates import iso_date
from assistant.pages.guest import Guest
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


UNWRITTEN = "You stopped the language model {}. This is the answer in quotations."
OVERTAKEN = "You went on before the language model {} had written. This is the answer in quotations."
FAILED = (
    "Sorry, something went wrong while the language model {} was writing. This is the answer in quotations; the "
    "details are in the window in which this program runs."
)


class PeriodBackwards(CouncilPapersError):
    """The end of the period that was asked for lies before its beginning."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, or the sentence that says why there is none, or nothing yet.

    `titles` are the titles of the documents when it was answered, `listings` the meetings at which the papers were an
    item: an answer that stands on the page stays as it is, whatever happens to the library. `within` is what was chosen
    when it was asked. `writer` is the language model that is still to write above the answer, empty where none is.
    """

    question: str
    answer: Answer | None = None
    problem: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    listings: Mapping[str, Listing] = field(default_factory=dict)
    when: datetime | None = None
    within: Filter = field(default_factory=Filter)
    writer: str = ""


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


def written(turns: Turns, guest: Guest, ended: Event) -> Turns:
    """The same turns, with what the language model wrote above the last answer; where it fails, the answer says so."""
    *earlier, turn = turns
    if turn.answer is None:
        return turns
    try:
        answer = guest.draft(turn.answer, ended)
    except CouncilPapersError as error:
        answer = replace(turn.answer, drafted=Drafted(guest.name, fallback=str(error)))
    except Exception:
        _log.exception("A language model's draft could not be made.")
        answer = replace(turn.answer, drafted=Drafted(guest.name, fallback=FAILED.format(guest.name)))
    return (*earlier, replace(turn, answer=answer, writer=""))


def to_be_written(turns: Turns, guest: Guest | None) -> Turns:
    """The same turns; the last one says that a language model is still to write above its answer, if one is to."""
    answer = turns[-1].answer
    if guest is None or answer is None or not may_be_told(answer):
        return turns
    return (*turns[:-1], replace(turns[-1], writer=guest.name))


def unwritten(turns: Turns, why: str) -> Turns:
    """The same turns; no language model writes above any of them any more. `why`, with the model's name in it, is said
    at the answer."""
    return tuple(_unwritten(turn, why) for turn in turns)


def _unwritten(turn: Turn, why: str) -> Turn:
    answer = turn.answer
    if not turn.writer or answer is None:
        return turn
    drafted = Drafted(turn.writer, fallback=why.format(turn.writer))
    return replace(turn, answer=replace(answer, drafted=drafted), writer="")


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
