"""Which papers and which times a question names: "the minutes", "Ofsted's 2022 letter", "in October 2022".
Pure: takes and returns values.

What is named only ranks: people name a paper by the month of its figures, of its meeting or of the pack it came in, and
"in 2022 we promised" may stand in a paper of 2023. What must hold is set by a filter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.dates import WrittenDate, dates_in, written_out
from corpus.documents import Paper, Passage

_KINDS: Mapping[str, str] = {
    "inspection": r"ofsted|inspect(?:ion|or)s?|inspectorate|hmi|ilacs|regulator|(?:focus+ed|monitoring) visit|letter",
    "commissioner report": r"commissioner(?:'?s)?",
    "plan": r"plans?|actions?|promised?|milestones?|deadlines?",
    "scorecard": r"score ?cards?|dashboard|dataset|performance (?:report|data|figures)",
    "minutes": r"minutes|meetings?|panel|agreed|discuss(?:ed|ion)?|resolved|apologies|chair",
    "work programme": r"work ?program(?:me)?s?|forward plan",
    "agenda": r"agendas?|next meeting",
    "presentation": r"presentations?|slides?",
    "report": r"reports?|reviews?|papers?",
}
_NAMED = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _KINDS.items()}

_INSPECTION, _COMMISSIONER = r"\b(?:ofsted|inspectors?|inspectorate)\b", r"\bcommissioner\b"
_SPEAKERS = {
    kind: re.compile(who, re.IGNORECASE)
    for kind, who in (("inspection", _INSPECTION), ("commissioner report", _COMMISSIONER))
}
_SAYS = re.compile(
    rf"\b(?:did|does|do|has|have|had)(?: the)? (?:{_INSPECTION}|{_COMMISSIONER}).{{0,15}}"
    r"\b(?:says?|said|finds?|found|thinks?|thought|concluded?|recommend(?:ed)?|praised?|critici[sz]ed?|judged?|described?"
    r"|noted?|warn(?:ed)?|want(?:ed)?|make of|made of|complain(?:ed)?)\b"
    rf"|\baccording to(?: the)? (?:{_INSPECTION}|{_COMMISSIONER})",
    re.IGNORECASE,
)
"""Forms of asking for the words of those who inspect a council or report on it."""

_LATEST = re.compile(r"\b(?:latest|newest|most recent|currently|nowadays|at present)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time by its first and last day, in ISO form."""

    first: str
    last: str

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    @property
    def days(self) -> int:
        """How many days it has."""
        return (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question names: times, kinds of paper, whether it asks for the latest; and the words that do so. `speaker`
    is the kind of paper whose author it asks for the words of ("what did the inspectors say")."""

    periods: tuple[Period, ...] = ()
    kinds: tuple[str, ...] = ()
    latest: bool = False
    speaker: str | None = None
    words: frozenset[str] = frozenset()


def named_in(text: str) -> Scope:
    """The times and kinds of paper that a question names."""
    dates = [d for d in dates_in(text, years=True) if d.doubt is None]
    named = {kind: [match.group() for match in words.finditer(text)] for kind, words in _NAMED.items()}
    said = " ".join([*(d.written for d in dates), *(word for found in named.values() for word in found)])
    return Scope(
        periods=tuple(dict.fromkeys(Period(d.first, d.last) for d in dates)),
        kinds=tuple(kind for kind, found in named.items() if found),
        latest=bool(_LATEST.search(text)),
        speaker=_speaker(text),
        words=frozenset(re.findall(r"\w+", said.lower())),
    )


def _speaker(text: str) -> str | None:
    """The kind of paper whose author a question asks for the words of; None where it names several such authors."""
    named = [kind for kind, who in _SPEAKERS.items() if who.search(text)]
    return named[0] if len(named) == 1 and _SAYS.search(text) else None


def is_of_kind(paper: Paper, kinds: Collection[str]) -> bool:
    """Whether the paper is of one of these kinds; a summary of an inspection counts as one."""
    return paper.kind in kinds or (paper.kind == "inspection summary" and "inspection" in kinds)


def is_told_by(paper: Paper, headings: Iterable[str], speaker: str) -> bool:
    """Whether the author of papers of a kind says what stands under these headings of a paper: a commissioner's list of
    "Recommendations of Ofsted" isn't the commissioner's."""
    others = [who for kind, who in _SPEAKERS.items() if kind != speaker]
    return is_of_kind(paper, (speaker,)) and not any(who.search(heading) for who in others for heading in headings)


def closeness(dated: Iterable[Period], scope: Scope) -> float:
    """How well the times fit those that the question names, 0 to 1: 1 where the two share a day and neither is much
    longer than the other, less where a month meets a whole year."""
    return max((_shared(one, other) for one in dated for other in scope.periods if one.overlaps(other)), default=0.0)


def _shared(one: Period, other: Period) -> float:
    shorter, longer = sorted((max(one.days, 28), max(other.days, 28)))
    return float((shorter / longer) ** 0.5)


@lru_cache(maxsize=1024)
def period_of(iso: str | None) -> tuple[Period, ...]:
    """The period that a paper's ISO date, as far as it is known, means; none without a date."""
    return tuple(Period(d.first, d.last) for d in dates_in(written_out(iso), years=True)) if iso else ()


def periods_in(passage: Passage, near: str | None) -> tuple[Period, ...]:
    """The times that a passage's text and headings name."""
    return times_in(" \n".join([*passage.headings, passage.text]), near)


@lru_cache(maxsize=20_000)
def times_in(text: str, near: str | None) -> tuple[Period, ...]:
    """The times that a text names, of a paper of the date `near`. Remembered, for the same texts are looked at for many
    questions."""
    found: Iterable[WrittenDate] = dates_in(text, near=near, years=True)
    return tuple(Period(d.first, d.last) for d in found if d.doubt is None)
