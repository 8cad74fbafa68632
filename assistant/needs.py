"""What a passage must have to answer a question: the council, the time, the person or the body that is asked about.
Pure.

A passage may be near to a question in all its other words and still be about another year or another council. So what a
question names is looked for in what is quoted, its headings, and its paper's title and date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.councils import councils_in, has_capitals_throughout, principal_authorities
from assistant.question import STOP_WORDS
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

_LETTER = r"[^\W\d_]"
_NAME = rf"(?:[A-Z]['’])?[A-Z][a-z]{_LETTER}*(?:['’-]{_LETTER}+)*"
_TITLE = r"(?i:cllr|councillor|mr|mrs|ms|miss|mx|dr|sir|dame|lord|lady|baroness|professor|supt|inspector|rev)\.?"
_TITLED = re.compile(rf"\b{_TITLE} (?:{_NAME} )?(?P<surname>{_NAME}(?:[ -]{_NAME})?)")
_CAPITALISED = re.compile(rf"(?<![\w’'-]){_NAME}(?: {_NAME})+(?![\w-])")

# fmt: off
_NO_PERSON = STOP_WORDS | {
    "academy", "act", "action", "adult", "adults", "advisory", "agency", "agenda", "annual", "april", "area",
    "assessment", "assistant", "asylum", "august", "authority", "autumn", "best", "better", "board", "borough",
    "budget", "cabinet", "care", "carer", "carers", "case", "centre", "chair", "chief", "child", "children",
    "children's", "childrens", "city", "clerk", "code", "college", "commission", "commissioner",
    "commissioners", "committee", "community", "compare", "conference", "constitution", "contact", "contract",
    "corporate", "council", "council's", "councillor", "councillors", "county", "court", "cross", "data",
    "december", "dem", "dems", "department", "deputy", "describe", "development", "director", "directors",
    "district", "domestic", "draft", "duty", "early", "east", "edge", "education", "educational", "emergency",
    "england", "english", "equality", "europe", "executive", "explain", "families", "family", "family's",
    "february", "finance", "financial", "first", "focused", "forum", "foster", "fostering", "friday", "front",
    "full", "fund", "funding", "getting", "governance", "government", "grant", "greater", "green", "group",
    "guidance", "head", "health", "help", "high", "hm", "home", "homes", "hospital", "house", "housing", "hub",
    "improvement", "independent", "initiative", "inspection", "inspector", "inspectorate", "inspectors", "interim",
    "january", "joint", "july", "june", "keeping", "key", "labour", "lead", "leader", "leaders", "learning",
    "leaver", "leavers", "legal", "letter", "lib", "list", "local", "london", "looked", "manager", "manual",
    "march", "mayor", "meeting", "meetings", "member", "members", "mental", "metropolitan", "midlands", "minister",
    "ministry", "minutes", "missing", "model", "monday", "monitoring", "month", "motion", "multi-agency",
    "municipal", "name", "national", "needs", "neglect", "new", "north", "northern", "november", "october",
    "office", "officer", "officers", "ofsted", "older", "open", "operation", "order", "overview", "panel", "parent",
    "parenting", "parents", "parish", "park", "parliament", "part", "partner", "partners", "partnership", "party",
    "pathway", "performance", "permanent", "person", "phase", "place", "placement", "plan", "planning", "police",
    "policy", "practice", "practitioner", "practitioners", "primary", "principal", "priority", "private",
    "programme", "protection", "provider", "public", "pupil", "pupils", "put", "quality", "quarter", "rapid",
    "recovery", "region", "regional", "report", "return", "review", "reviewing", "right", "rights", "road", "royal",
    "safe", "safeguarding", "saturday", "school", "schools", "scorecard", "scrutiny", "second", "secondary",
    "secretary", "section", "senior", "september", "serious", "service", "services", "set", "show", "signs",
    "since", "single", "social", "south", "special", "spell", "spring", "staff", "standards", "standing", "start",
    "state", "statutory", "stay", "staying", "strategic", "strategy", "street", "summary", "summer", "sunday",
    "support", "supporting", "survey", "team", "term", "terms", "third", "thursday", "together", "town", "trace",
    "trading", "troubled", "trust", "tuesday", "unaccompanied", "union", "unit", "united", "university", "vice",
    "victim", "virtual", "visit", "way", "wednesday", "welfare", "west", "winter", "work", "worker", "workers",
    "workforce", "working", "year", "young", "youth",
}
# fmt: on
"""Words that no person is called by in council papers: of bodies, posts, papers and times, and such as open a
question."""

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
    needs += [Needed((surname,)) for surname in _surnames(text)]
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


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word)


def _plain(word: str) -> str:
    return _bare(word).lower()


def _surnames(text: str) -> Iterator[str]:
    """The surnames of the people named: after a title, or as the last of two or three capitalised words."""
    for match in _TITLED.finditer(text):
        words = match["surname"].split()
        if _plain(words[0]) not in _NO_PERSON:
            yield _bare(words[-1] if _plain(words[-1]) not in _NO_PERSON else words[0])
    if has_capitals_throughout(text):
        return
    for match in _CAPITALISED.finditer(text):
        words = match[0].split()
        while words and _plain(words[0]) in _NO_PERSON:
            del words[0]
        if 2 <= len(words) <= 3 and not any(_plain(word) in _NO_PERSON for word in words):
            yield _bare(words[-1])
