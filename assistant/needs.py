"""What a passage must have to answer a question: the council, the time, the person or the body that is asked about.
Pure.

A passage may be near to a question in all its other words and still be about another year or another council. So what a
question names is looked for in what is quoted, its headings, and its paper's title and date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.councils import councils_in, has_capitals_throughout, principal_authorities
from assistant.people import surnames_in
from assistant.scope import Period
from corpus.dates import WrittenDate, dates_in
from corpus.documents import readable

_BODIES = (
    ("ADCS", "Association of Directors of Children's Services"),
    ("Cafcass", "Children and Family Court Advisory and Support Service"),
    ("CIPFA", "Chartered Institute of Public Finance"),
    ("CQC", "Care Quality Commission"),
    ("DHSC", "Department of Health"),
    ("DLUHC", "Department for Levelling Up"),
    ("EHRC", "Equality and Human Rights Commission"),
    ("HMICFRS", "HMIC", "Inspectorate of Constabulary"),
    ("HMIP", "Inspectorate of Probation", "Inspectorate of Prisons"),
    ("ICO", "Information Commissioner"),
    ("LGA", "Local Government Association"),
    ("LGSCO", "LGO", "Ombudsman"),
    ("MHCLG", "Ministry of Housing"),
    ("NAO", "National Audit Office"),
    ("NSPCC", "National Society for the Prevention of Cruelty"),
    ("SCIE", "Social Care Institute for Excellence"),
)
"""National bodies that visit, judge or advise councils, by the short forms and the names that papers use."""

_OPEN_BEFORE = re.compile(r"\b(?:before|prior to|until|till|up to|earlier than)\s(?:the\s)?(?:\w+\s)?$", re.IGNORECASE)
_OPEN_AFTER = re.compile(r"\b(?:since|after|following|later than)\s(?:the\s)?(?:\w+\s)?$", re.IGNORECASE)
_ONWARDS = re.compile(r"\sonwards?\b", re.IGNORECASE)
_YEARS = re.compile(r"(?<![\d£.,])((?:19|20)\d\d)(?:[/–-](\d\d)(?!\d))?(?!\d)")
_NO_DATE = re.compile(r"\sper\b|(?:\s[A-Z][\w'’]+){1,5}\s(?:Act|Regulations|Rules|Order|Code)\b")
"""What follows a rate or the year of a law: "1990 per 10,000", "the 1996 Education Act"."""

BEGINNING, END = "0001-01-01", "9999-12-31"
"""The first and the last day of a period that is open at that side."""


@dataclass(frozen=True, slots=True)
class NamedTime(Period):
    """A time that a question names, as `written`; open at the side where it has `BEGINNING` or `END`."""

    written: str

    @property
    def said(self) -> str:
        """The time in words, with the side at which it is open."""
        if self.first == BEGINNING:
            return f"the time up to {self.written}"
        return f"the time from {self.written} on" if self.last == END else self.written

    @property
    def years(self) -> range:
        """The years in which it lies; of an open period that in which it begins or ends."""
        first, last = int(self.first[:4]), int(self.last[:4])
        if self.first == BEGINNING:
            return range(last, last + 1)
        return range(first, first + 1 if self.last == END else last + 1)


@dataclass(frozen=True, slots=True)
class Needed:
    """What a passage must have to answer: one of the `terms` as whole words or, for a period, a date in it."""

    terms: tuple[str, ...]
    period: NamedTime | None = None

    def is_in(self, *texts: str | None) -> bool:
        """Whether one of the texts has it: the passage, its headings and headers, its paper's title and ISO dates."""
        return any(self._is_in(readable(text)) for text in texts if text)

    def _is_in(self, text: str) -> bool:
        if self.period is not None:
            dates = (Period(found.first, found.last) for found in dates_in(text, years=True))
            return any(self.period.overlaps(date) for date in dates)
        words = "|".join(re.escape(form) for term in self.terms for form in (term, term.upper()))
        return re.search(rf"(?<!Greater )(?<![\w-])(?:{words})(?!\w)", text) is not None


def must_have(text: str, *, own: Iterable[str] = (), also: Iterable[str] = ()) -> tuple[Needed, ...]:
    """What the passages that are quoted must have among them: each council, period, body and person that a question
    names. `own` are the councils that the papers are about, which no passage needs to name; `also` are names of
    councils beside the principal authorities of England.
    """
    ours = frozenset(own)
    named = councils_in(text, [*also, *ours])
    councils = dict.fromkeys(n.council for n in named if n.council not in ours)
    needs = [needed_council(council) for council in councils]
    needs += [Needed((period.written,), period) for period in times_in(text)]
    needs += [Needed(forms) for forms in _BODIES if any(re.search(rf"\b{re.escape(form)}\b", text) for form in forms)]
    if not has_capitals_throughout(text):
        needs += [Needed((surname,)) for surname in surnames_in(text)]
    return tuple(dict.fromkeys(needs))


def needed_council(*councils: str) -> Needed:
    """That a passage names one of these councils, in any form of its name."""
    return Needed(tuple(f for council in councils for f in principal_authorities().get(council, (council,))))


def years_in(text: str) -> set[int]:
    """The years that a text names, cheaply: of "2025/26" both. What only looks like a year is among them."""
    return {year for match in _YEARS.finditer(text) for year in _years(match[1], match[2])}


def _years(first: str, second: str | None) -> tuple[int, ...]:
    year = int(first)
    return (year, year + 1) if second and int(second) == (year + 1) % 100 else (year,)


def times_in(text: str) -> list[NamedTime]:
    """The times that a question names; no rates and no years of laws.

    "Since" and "before" leave a time open at one side. The time named belongs to it, because a passage that answers
    often names that alone.
    """
    return [_period(text, found) for found in dates_in(text, years=True) if not _NO_DATE.match(text, found.end)]


def _period(text: str, found: WrittenDate) -> NamedTime:
    before = text[max(0, found.start - 30) : found.start]
    if _OPEN_BEFORE.search(before):
        return NamedTime(BEGINNING, found.last, found.written)
    if _ONWARDS.match(text, found.end) or _OPEN_AFTER.search(before):
        return NamedTime(found.first, END, found.written)
    return NamedTime(found.first, found.last, found.written)
