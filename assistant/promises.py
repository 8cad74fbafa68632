"""Promises traced across papers: what later papers say of an action, and whether its date moved. Pure.

In plain steps: papers are read in order of their dates; an action of one is a version of an action of an earlier one
where most of their words stand in the same order, the most alike first and each only once; what minutes say under
"Matters arising" is of the action, of those that the same body agreed earlier, of which it has most words. Nothing is
judged: a status is what the paper states, and a date has slipped only where two papers name two dates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from assistant.alike import Lookup, Words, words_of
from assistant.stopwords import STOP_WORDS
from corpus.dates import WrittenDate, dates_in, written_out
from corpus.documents import Paper
from corpus.records.promises import AGREED, ARISING, Promise
from index.records import Recorded

ALIKE = 0.5
"""The least share of the shorter action's runs of words that two versions of one action have in common."""

NEAREST = 10
"""So many of the traces that share most with an action are compared with it."""

TELLING = 5
"""Letters of a word that tells an action from others in its row."""

SHORTEST, TELLING_WORDS = 4, 2
"""Two versions share at least so many words of so many letters, beside those of every meeting."""

STEM = 6
"""Letters of a word that other forms of it have too: "recruit", "recruitment"."""

MOST = 0.6
"""The least share of an agreed action's telling words that a matter arising from it has."""

REACH = 150
"""Characters before a date in which it is said that something was put off until then."""

NEAR = 40
"""Characters before a date in which it is said that it is still to come."""

_WORD = re.compile(r"[^\W_]+")
_PUT_OFF = re.compile(
    r"\b(?:amended|revised|postponed|slipped|deferred|push(?:ed|ing)? back|put(?:ting)? (?:back|off)"
    r"|mov(?:ed|ing) (?:back )?to)\b",
    re.IGNORECASE,
)

_OF_MEETINGS = frozenset(
    ["cabinet", "committee", "council", "every", "meeting", "meetings", "member", "members", "month", "monthly",
     "panel", "progress", "quarter", "quarterly", "report", "reports", "scrutiny", "update", "updates"]
)  # fmt: skip

_SINCE = re.compile(r"\bsince (?:the )?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;!?]\s+(?=[A-Z\d])")
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter)\b", re.IGNORECASE
)
_TO_COME = re.compile(r"\b(?:will|to|due|until|by|planned|expected|starts?|begins?|next)\b", re.IGNORECASE)
_HAPPENS = re.compile(
    r"\b(?:will|to (?:be|come|go|move|start|begin|report|launch|complete|finish)|due|until|by|from|plan\w*|propos\w+|"
    r"expect\w+|delay\w*|revisit\w*|\w*sent|signed|made|held|began|begun|start\w*|adopted|agreed|approved|appointed|"
    r"complet\w+|clos\w+|open\w*|receiv\w+|launch\w*|issued|publish\w*|circulated|deliver\w*|done|switched|in place|"
    r"in post|transfer\w*|join\w*|commenc\w*|present\w*|introduc\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TracedPromise:
    """An action with its versions, the oldest paper's first: the last says what holds now.

    `id` is the place of the first. `slipped` is True where a later paper names a later date, False where two papers
    name dates and none is later, None where there is nothing to compare; `slipped_because` says why in a sentence.
    """

    id: str
    versions: tuple[Recorded[Promise], ...]
    slipped: bool | None
    slipped_because: str | None

    @property
    def latest(self) -> Promise:
        """What the newest paper says."""
        return self.versions[-1].record

    @property
    def owner(self) -> str | None:
        """Whose it is by the newest paper that says so: what minutes say of an action later often doesn't."""
        return next((said.record.owner for said in reversed(self.versions) if said.record.owner), None)


def traced(recorded: Sequence[Recorded[Promise]]) -> tuple[TracedPromise, ...]:
    """The promises, each once with its versions, in order of the first version's paper and place."""
    papers: dict[str, list[_Version]] = defaultdict(list)
    for each in recorded:
        papers[each.paper.id].append(_Version(each, words_of(each.record.action)))
    traces: list[list[_Version]] = []
    lookup = Lookup()
    for versions in sorted(papers.values(), key=lambda of: (of[0].said.paper.date or "9999", of[0].said.paper.id)):
        linked = dict(_linked(versions, traces, lookup))
        linked |= _arising(
            {p: v for p, v in enumerate(versions) if p not in linked}, traces, frozenset(linked.values())
        )
        for place, version in enumerate(versions):
            trace = linked.get(place, len(traces))
            if trace == len(traces):
                if version.said.record.kind == ARISING:
                    continue  # of an action that no earlier paper here has
                traces.append([])
            traces[trace].append(version)
            lookup.add(version.words, trace)
    return tuple(_traced([version.said for version in trace]) for trace in traces)


@dataclass(frozen=True, slots=True)
class _Version:
    """A promise with what it is compared by."""

    said: Recorded[Promise]
    words: Words


def _linked(
    versions: Sequence[_Version], traces: Sequence[Sequence[_Version]], lookup: Lookup
) -> Iterator[tuple[int, int]]:
    """Which of a paper's promises are versions of which traces, one to one, the most alike first."""
    pairs = []
    for place, version in enumerate(versions):
        for trace in lookup.near(version.words, NEAREST):
            newest = traces[trace][-1].words
            share = version.words.shared(newest)
            if share >= ALIKE and (share == 1 or _is_telling(version.words.runs & newest.runs)):
                pairs.append((-share, -len(version.words.runs & newest.runs), place, trace))
    places, taken = set[int](), set[int]()
    for _, _, place, trace in sorted(pairs):
        if place not in places and trace not in taken:
            places.add(place)
            taken.add(trace)
            yield place, trace


def _arising(versions: Mapping[int, _Version], traces: Sequence[Sequence[_Version]], taken: Set[int]) -> dict[int, int]:
    """Which matters arising in a body's minutes are of which actions that it agreed earlier, one to one: of which most
    telling words stand there, wherever, and of no other so many."""
    arising = {place: version.said for place, version in versions.items() if version.said.record.kind == ARISING}
    if not arising:
        return {}
    paper = next(iter(arising.values())).paper
    agreed = {
        trace: words
        for trace, (first, *_) in enumerate(traces)
        if trace not in taken and first.said.record.kind == AGREED and _is_earlier(first.said.paper, paper)
        if len(words := _telling(first.said.record.action)) >= TELLING_WORDS
    }
    pairs = []
    for place, said in arising.items():
        own = _telling(f"{said.record.action} {said.record.progress}")
        shares = sorted(((len(own & words) / len(words), trace) for trace, words in agreed.items()), reverse=True)
        if shares and shares[0][0] >= MOST and (len(shares) == 1 or shares[0][0] > shares[1][0]):
            pairs.append((-shares[0][0], place, shares[0][1]))
    linked: dict[int, int] = {}
    for _, place, trace in sorted(pairs):
        if trace not in linked.values():
            linked[place] = trace
    return linked


def _is_earlier(one: Paper, other: Paper) -> bool:
    """Whether a paper is of an earlier meeting of the same body as another."""
    return one.body is not None and one.body == other.body and (one.date or "9999") < (other.date or "")


def _telling(text: str) -> frozenset[str]:
    """The words of a text that tell an action from others, cut to the letters that other forms of them have too."""
    words = (word for word in _WORD.findall(text.lower()) if len(word) >= SHORTEST)
    return frozenset(word[:STEM] for word in words if word not in _OF_MEETINGS | STOP_WORDS)


def _is_telling(shingles: Iterable[tuple[str, ...]]) -> bool:
    """Whether runs of words that two actions share say more than where and when ("to every meeting of the Panel")."""
    words = {word for shingle in shingles for word in shingle if len(word) >= SHORTEST}
    return len(words - _OF_MEETINGS) >= TELLING_WORDS


def _traced(versions: Sequence[Recorded[Promise]]) -> TracedPromise:
    first = versions[0].record.places[0]
    slipped, because = _slipped(versions)
    return TracedPromise(f"{first.document}:{first.start}", tuple(versions), slipped, because)


def _slipped(versions: Sequence[Recorded[Promise]]) -> tuple[bool | None, str | None]:
    if len(versions) < 2:
        return None, None
    earliest, newest_dated = _first_dated(versions), _first_dated(versions[::-1])
    if earliest is None or newest_dated is None:
        return None, None
    (first, due), (last, later) = earliest, newest_dated
    if last is not first and max(later) > max(due):
        return True, f"{_says(first)}, and {_says(last)}."
    newest = versions[-1]
    to_come = _after(newest, max(due))
    if to_come is not None and newest is not first:
        return True, f"{_says(first)}, and {_paper(newest.paper)} speaks of {to_come}."
    return False, None


def _first_dated(versions: Iterable[Recorded[Promise]]) -> tuple[Recorded[Promise], list[str]] | None:
    """The first of these versions that says when, with the days."""
    return next(((version, days) for version in versions if (days := _days(version))), None)


def _days(version: Recorded[Promise]) -> list[str]:
    """The last days of the dates at which a promise is due; none where its due isn't told from that of others."""
    if version.record.due is None:
        return []
    return [date.last for date in dates_in(version.record.due_as_written or "", near=version.paper.date)]


def _after(version: Recorded[Promise], due: str) -> str | None:
    """The first date after the day when it was due in what the paper says of its progress, as written.

    While that day is still to come when the paper is written, and where the progress isn't told from that of others, it
    must be said in the action's own words that something was put off.
    """
    promise, text = version.record, version.record.progress or ""
    written = version.paper.date or ""
    plain = "progress" not in promise.together and due < written
    is_complete = (promise.status or "").lower().startswith("complete")
    own = {word for word in _WORD.findall(promise.action.lower()) if len(word) >= TELLING}
    for date in _as_told(dates_in(text, near=version.paper.date), text, written):
        if date.first <= due or (is_complete and date.first > written) or _SINCE.search(text, 0, date.start):
            continue
        put_off = _PUT_OFF.search(text, max(0, date.start - REACH), date.start)
        near = text[put_off.start() : date.end] if put_off else ""
        if (plain and not _counts(text, date)) or own & set(_WORD.findall(near.lower())):
            return date.written
    return None


def _as_told(dates: Iterable[WrittenDate], text: str, written: str) -> Iterator[WrittenDate]:
    """Dates of a report of progress: one without a year that lies ahead is of the year before, unless it is said of
    what is to come."""
    for date in dates:
        if date.inferred and date.first > written and not _TO_COME.search(text, max(0, date.start - NEAR), date.start):
            first, last = (f"{int(day[:4]) - 1}{day[4:]}" for day in (date.first, date.last))
            date = replace(date, first=first, last=last)
        yield date


def _counts(text: str, date: WrittenDate) -> bool:
    """Whether a date is only that of a count: its sentence has a number, and of nothing that it happened or will."""
    start = max((end.end() for end in _SENTENCE_END.finditer(text, 0, date.start)), default=0)
    stop = _SENTENCE_END.search(text, date.end)
    sentence = text[start : stop.start() if stop else len(text)]
    without = sentence.replace(date.written, "")
    return bool(_NUMBER.search(without)) and not _HAPPENS.search(without)


def _says(version: Recorded[Promise]) -> str:
    return f"{_paper(version.paper)} says “{version.record.due_as_written}”"


def _paper(paper: Paper) -> str:
    return f"{paper.title} ({written_out(paper.date)})"
