"""Answers to "what was promised, and what came of it?", "what is overdue?", "what slipped?" and "who is responsible
for …?": what plans and minutes say, version by version, cell by cell. Pure, but for what it is given to find and quote.

Only plain forms of asking are known. Overdue is said only of a date that has passed, and of an action that the newest
paper of that time doesn't state to be complete; both are quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from assistant.citations import Group, in_quotation_marks
from assistant.ledger import NOT_ACCEPTED
from assistant.promises import TracedPromise
from assistant.question import Question, terms_of
from assistant.recurring import Quote
from corpus.dates import dates_in, written_out
from corpus.records.places import Place
from corpus.records.promises import Promise
from corpus.sentences import sentences
from index.records import Recorded


class Asks(StrEnum):
    """What is asked of promises."""

    OVERDUE = "overdue"
    SLIPPED = "slipped"
    CAME_OF = "came of"
    CHANGED = "changed"
    OWNER = "owner"


MOST = {Asks.OVERDUE: 8, Asks.SLIPPED: 6, Asks.CAME_OF: 5, Asks.CHANGED: 1, Asks.OWNER: 1}
"""Promises that an answer tells of at most."""

PROGRESS_WORDS = 60
"""Words of a long progress note that are quoted: its first sentences."""

_PLANS = r"actions?|plans?|promis\w+|commit\w+|deadlines?|dates?|targets?|undertak\w+|things?|anything|improvement"
_ASKS = {
    Asks.OVERDUE: rf"\boverdue\b|\b(?:{_PLANS})\b.{{0,60}}\b(?:past (?:its|their) (?:due )?(?:date|deadline)s?|late\b"
    rf"|not (?:yet )?(?:been )?(?:done|completed?|finished|delivered)|still (?:open|outstanding|to be done))"
    rf"|\bmissed (?:(?:its|their|the|any) )?(?:deadline|date)s?\b",
    Asks.SLIPPED: r"\bslipp\w+\b|\b(?:dates?|deadlines?)\b.{0,40}\b(?:moved|put back|pushed back|extended|changed)\b",
    Asks.CAME_OF: r"\bwhat\b.{0,40}\b(?:promis\w+|undert(?:ook|aken|akings?))\b|\bpromises\b"
    r"|\bwhat (?:came|has come|became|has become) of\b",
    Asks.OWNER: r"\b(?:who(?:'s| is| was| were)? (?:the )?(?:responsible|lead(?:s|ing)?|in charge|accountable)\b"
    r"|whose (?:job|task|responsibility)\b|who (?:owns?|leads?)\b)",
}
_ASKED = {asks: re.compile(words, re.IGNORECASE) for asks, words in _ASKS.items()}

_SETTLED = re.compile(
    rf"\b(?:completed?|closed|done|blue)\b(?! and ongoing)|^(?:{NOT_ACCEPTED})\b",
    re.IGNORECASE,
)
"""A status after which nothing is overdue: it is complete, or was never accepted."""

# fmt: off
_SAYS_NOTHING = frozenset({
    "according", "accountable", "action", "actions", "amended", "anything", "back", "became", "become", "came",
    "change", "changed", "changes", "charge", "come", "compare", "compared", "complete", "completed", "council",
    "date", "dates", "deadline", "deadlines", "delivered", "done", "draft", "everything", "extended", "finished",
    "first", "gave", "happened", "improvement", "instead", "job", "late", "later", "lead", "leading", "leads",
    "list", "missed", "move", "moved", "now", "one", "open", "original", "outstanding", "overdue", "owner", "owns",
    "plan", "plan's", "plans", "promise", "promised", "promises", "pushed", "put", "responsibility", "responsible",
    "revised", "say", "sent", "slip", "slippage", "slipped", "still", "supposed", "task", "things", "today",
    "undertaken", "undertaking", "undertakings", "undertook", "version", "versions", "vs", "went",
})
# fmt: on
"""Words of such questions that name no subject."""

Find = Callable[[str | None], Sequence[TracedPromise]]
"""The promises about a subject, best first; without one all, in order of time and place."""


_OF_A_PLAN = re.compile(r"\b(?:plan|version|action)s?\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:instead|becom\w+|became|compare\w*|vs|versus|what happened|chang\w+|moved?|later)\b", re.IGNORECASE
)

_OLD_AND_NEW = re.compile(
    r"\b(?:original|first|old)\b.{0,60}\b(?:amended|revised|new|latest)\b.{0,30}\b(?:dates?|deadlines?|one|due)\b",
    re.IGNORECASE,
)


def asked_of_promises(question: Question) -> Asks | None:
    """What a question asks of promises; None where it asks of something else."""
    text = question.standalone
    asked = next((asks for asks, words in _ASKED.items() if words.search(text)), None)
    compared = (len(question.scope.periods) > 1 and _CHANGE.search(text)) or _OLD_AND_NEW.search(text)
    return Asks.CHANGED if asked is None and compared and _OF_A_PLAN.search(text) else asked


def what_came_of_it(question: Question, asks: Asks, find: Find, quote: Quote) -> list[Group]:
    """The statements of an answer, each with its quotations; none where the papers hold no such promise."""
    subject = " ".join(
        term
        for term in terms_of(question.standalone)
        if term not in _SAYS_NOTHING
        and not re.fullmatch(r"\d+\.\d+", term)  # the number of an action tells nothing of its subject
        and not set(re.findall(r"\w+", term)) <= question.scope.words
    )
    if asks in (Asks.OWNER, Asks.CHANGED) and not subject:
        return []
    found = list(find(subject or None))
    match asks:
        case Asks.OVERDUE:
            as_at = question.scope.periods[-1].last if question.scope.periods else None
            return list(_overdue(found, as_at, quote))
        case Asks.SLIPPED:
            found = [promise for promise in found if promise.slipped]
        case Asks.CAME_OF:
            found = [promise for promise in found if _of_time(promise, question)]
        case Asks.OWNER:
            found = [promise for promise in found if promise.latest.owner]
        case Asks.CHANGED:
            found = [promise for promise in found if len(promise.versions) > 1]
    return [
        group
        for promise in found[: MOST[asks]]
        for version in (promise.versions[-1:] if asks is Asks.OWNER else promise.versions)
        if (group := _group(version, quote)) is not None
    ]


def _of_time(promise: TracedPromise, question: Question) -> bool:
    """Whether it was first promised at a time that the question names, if it names any."""
    periods = question.scope.periods
    made = promise.versions[0].paper.date or ""
    return not periods or any(p.first <= made <= p.last or p.first.startswith(made) for p in periods if made)


def _overdue(found: Sequence[TracedPromise], as_at: str | None, quote: Quote) -> Iterator[Group]:
    """The promises whose date had passed on a day (of the newest paper, if none is given) and which weren't complete,
    those that were due first before the others."""
    papers = [version.paper.date or "" for promise in found for version in promise.versions]
    day = as_at or max(papers, default="")
    late = []
    for promise in found:
        known = [version for version in promise.versions if (version.paper.date or "") <= day]
        if not known:
            continue
        said = known[-1].record
        due = max((d.last for d in dates_in(said.due_as_written or "", near=known[-1].paper.date)), default=None)
        if said.due is not None and due is not None and due < day and not _SETTLED.search(said.status or ""):
            late.append((due, known[-1]))
    for _, version in sorted(late, key=lambda pair: pair[0])[: MOST[Asks.OVERDUE]]:
        if (group := _group(version, quote)) is not None:
            yield group


def _group(version: Recorded[Promise], quote: Quote) -> Group | None:
    """A promise as one paper has it: its action, then the cells that say whose it is, by when, and how far it is."""
    promise, paper = version.record, version.paper
    action = [quote(place, paper) for place in promise.places]
    quoted = [found for found in action if found is not None]
    if not quoted or None in action:
        return None
    told = [in_quotation_marks(quoted)]
    for names, place in _cells(promise):
        found = quote(place, paper)
        if found is not None:
            quoted.append(found)
            together = " (of several actions together)" if set(names) & set(promise.together) else ""
            told.append(f"{' and '.join(names)}{together}: {in_quotation_marks([found])}")
    date = f", {written_out(paper.date)}" if paper.date else ""
    return f"{paper.title}{date}: {'; '.join(told)}", quoted


def _cells(promise: Promise) -> Iterator[tuple[tuple[str, ...], Place]]:
    """The cells that say something of a promise, with what they say: one that tells owner and date once, and of notes
    on progress no more than is read aloud."""
    by_place: dict[tuple[int, int], tuple[tuple[str, ...], Place]] = {}
    noted = 0
    for name, place in promise.cells:
        names, _ = by_place.get((place.start, place.end), ((), place))
        if name == "progress":
            if noted >= PROGRESS_WORDS:
                continue
            place = _shortened(place, PROGRESS_WORDS - noted)
            noted += len(place.quote.split())
        by_place[place.start, place.end] = (*names, name), place
    yield from by_place.values()


def _shortened(place: Place, most: int) -> Place:
    """A quotation's first sentences: as many as have that many words, and one at least."""
    if len(place.quote.split()) <= most:
        return place
    ends = [end for _, end in sentences(place.quote)]
    end = max((end for end in ends if len(place.quote[:end].split()) <= most), default=ends[0])
    return replace(place, end=place.start + end, quote=place.quote[:end])
