"""Answers to "has that been said before?" and "which recommendations recur?": the findings of each inspection, quoted
in order. Pure, but for the tracer that it is given.

Only plain forms of asking are known, because a question about one paper that is answered with a history of all is the
worse mistake.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.citations import Group, Verified, in_quotation_marks
from assistant.findings import TracedFinding, themes_of
from assistant.question import Question, terms_of
from assistant.traces import finding_source
from corpus.documents import Paper
from corpus.reading.paragraphs import marker
from corpus.records.findings import COMMISSIONER, FindingKind
from corpus.records.places import Place

THEMES = 8
"""Themes that an answer tells of at most; those that recur most."""

OF_ONE = 2
"""Findings of one inspection about a subject that are quoted at most."""

MOST = 12
"""Findings about a subject that are quoted at most: the best of each inspection first."""

_ASKS = re.compile(
    r"\b(?:recur\w*|repeat(?:ed|edly|s)?|keeps? (?:coming|being|getting|saying|finding|on)"
    r"|kept (?:coming|being|saying|finding)|(?:again|time) and again|persist\w*"
    r"|(?:said|found|raised|told|criticised|complained|moaned|worried|mentioned|flagged|warned|recommended)\b.{0,60}"
    r"\b(?:before|earlier|previously|already|in the past)|over the years)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:ofsted|inspect\w+|recommend\w*|findings?|critici\w+|weakness\w*|themes?)\b", re.IGNORECASE)
_OVER_TIME = re.compile(
    r"\b(?:(?:every|each|(?:across|through|in) (?:all )?(?:of )?(?:the )?) ?(?:inspections?|visits?)"
    r"|since (?:19|20)\d\d|(?:from|between) (?:19|20)\d\d (?:to|until|till|and) (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|earlier|previously|already|in the past)\b", re.IGNORECASE)
_FINDINGS = re.compile(r"\b(?:recommend\w*|findings?|critici\w+|weakness\w*|themes?)\b", re.IGNORECASE)

_SAYS_NOTHING = frozenset(
    ["recommendations", "recommendation", "recommended", "findings", "finding", "found", "criticism", "criticisms",
     "criticised", "weaknesses", "weakness", "themes", "theme", "ofsted", "ofsted's", "inspector", "inspectors",
     "inspection", "inspections", "inspectorate", "inspectorate's", "raised", "repeated", "repeatedly", "persistent",
     "mentioned", "flagged", "warned", "told", "previously", "earlier", "past", "years", "year", "time", "times",
     "visit", "visits", "quote", "trace", "list", "council", "papers", "issues", "things", "points", "already",
     "demand", "demands", "demanded", "say", "said", "saying", "made", "make", "ask", "asked", "one", "ones", "ever",
     "still", "same", "again"]
)  # fmt: skip
"""Words of such questions that name no subject."""

Quote = Callable[[Place, Paper], Verified | None]
"""A place as a verified quotation."""

Find = Callable[[str | None], tuple[TracedFinding, ...]]
"""The findings about a subject, best first; without one all."""


_INSPECTORS = re.compile(r"\b(?:ofsted|inspect\w+|letter|focuss?ed visit|commissioner(?:'?s)?)\b", re.IGNORECASE)
_COMMISSIONER = re.compile(r"\bcommissioner", re.IGNORECASE)
_APART_FROM = re.compile(
    r"\b(?:apart from|besides|other than|aside from|not counting|except(?: for)?)\b[^,.;?]*", re.IGNORECASE
)
_FORMAL = {
    FindingKind.PRIORITY: r"\bpriority actions?\b|\burgently\b|\bstraight away\b"
    r"|\burgent (?:things?|jobs?|actions?|issues?|matters?|priorit\w+|tasks?|points?|areas?)\b",
    FindingKind.RECOMMENDATION: r"\brecommend\w*\b",
    FindingKind.IMPROVE: r"\b(?:needs?|needed|had|has|have|must|should|wanted)\b.{0,40}"
    r"\b(?:improved?|get better|better)\b|\bareas? for improvement\b|\bput right\b|\bto improve\b",
}
_FORMAL_WORDS = {kind: re.compile(words, re.IGNORECASE) for kind, words in _FORMAL.items()}
_SUBJECT = re.compile(
    r"\b(?:about|regarding|concerning|on the subject of)\s+(?P<subject>.+?)\s*(?:\b(?:in|from|after|at) (?:the )?\w*\s?"
    r"(?:19|20)\d\d|[?.;]|$)",
    re.IGNORECASE,
)


def formal_findings_asked(question: Question) -> FindingKind | None:
    """Which formal findings of one inspection a question asks for ("what did Ofsted say needs to improve in 2022?");
    None where it asks for none, or names no one year; of commissioners, who seldom report, it needn't name one."""
    text = _APART_FROM.sub(" ", question.standalone)
    years = {year for period in question.scope.periods for year in (period.first[:4], period.last[:4])}
    if not _INSPECTORS.search(text) or not _ASKS_FOR_THEM.search(text) or _FIGURES.search(text):
        return None
    kind = next((kind for kind, words in _FORMAL_WORDS.items() if words.search(text)), None)
    one = len(years) == 1 or (not years and _COMMISSIONER.search(text) and kind is FindingKind.RECOMMENDATION)
    return kind if one else None


_FIGURES = re.compile(r"\b(?:figures?|per ?cent(?:age)?|what (?:number|rate|share|proportion))\b|%", re.IGNORECASE)
_ASKS_FOR_THEM = re.compile(r"\b(?:what|which|list|name|give|show|tell|quote)\b", re.IGNORECASE)


def formal_findings(question: Question, kind: FindingKind, find: Find, quote: Quote) -> list[Group]:
    """The formal findings of the inspection of the year that a question names (if it names none, of the newest), all of
    a kind, in their order; where it names a subject those that belong to it."""
    years = {int(period.first[:4]) for period in question.scope.periods}
    subject = _SUBJECT.search(question.standalone)
    named = bool(_COMMISSIONER.search(question.standalone))
    found = [
        finding
        for finding in find(subject["subject"] if subject else None)
        if finding.kind is kind and (finding.inspection.kind == COMMISSIONER) is named
    ]
    year = max(years or {finding.inspection.year for finding in found}, default=0)
    found = [finding for finding in found if finding.inspection.year == year]
    return [
        (f"{_said(finding)}, {finding_source(finding)}: {in_quotation_marks(quoted)}", quoted)
        for finding in found[:MOST_FORMAL]
        if (quoted := _quoted(finding, quote))
    ]


MOST_FORMAL = 16
"""Formal findings of one inspection that are quoted at most."""


def asks_what_recurs(text: str) -> bool:
    """Whether a question asks what inspectors said more than once, or over the years."""
    return bool((_ASKS.search(text) and _OF.search(text)) or (_OVER_TIME.search(text) and _FINDINGS.search(text)))


def subject_in(question: Question) -> str:
    """What such a question is about; empty where it asks of all."""
    named = [term for term in terms_of(question.standalone) if term not in _SAYS_NOTHING]
    telling = [term for term in named if not set(re.findall(r"\w+", term)) <= question.scope.words]
    return " ".join(term for term in telling if not _ASKS.fullmatch(term))


def what_recurs(question: Question, find: Find, quote: Quote) -> list[Group]:
    """The statements of an answer, each with its quotations: about a subject the findings of each inspection in order
    of time, without one the themes that recur, with the first finding of each inspection under them."""
    years = sorted(int(year) for period in question.scope.periods for year in (period.first[:4], period.last[:4]))
    subject = subject_in(question)
    found = find(subject or None)
    if years:
        first, last = years[0], years[-1] if len(set(years)) > 1 else datetime.MAXYEAR
        of_time = range(first, last + 1) if _OVER_TIME.search(question.standalone) else frozenset(years)
        if _BEFORE.search(question.standalone) and len(set(years)) == 1:
            of_time = range(first + 1)
        found = tuple(finding for finding in found if finding.inspection.year in of_time)
    return list(_about(found, quote) if subject else _themes(found, quote))


def _about(found: Sequence[TracedFinding], quote: Quote) -> Iterator[Group]:
    by_inspection: dict[tuple[str, str | None], list[TracedFinding]] = {}
    for finding in found:
        by_inspection.setdefault((finding.inspection.name, finding.inspection.council), []).append(finding)
    chosen = [f for rank in range(OF_ONE) for of_it in by_inspection.values() for f in of_it[rank : rank + 1]][:MOST]
    for finding in sorted(chosen, key=lambda f: (f.inspection.year, f.inspection.name, f.id)):
        if quoted := _quoted(finding, quote):
            yield f"{_said(finding)}, {finding_source(finding)}: {in_quotation_marks(quoted)}", quoted


def _themes(found: Sequence[TracedFinding], quote: Quote) -> Iterator[Group]:
    formal = {finding.id: finding for finding in found if finding.is_formal}
    recurring = [theme for theme in themes_of(list(formal.values())) if theme.recurs_in > 1]
    for theme in recurring[:THEMES]:
        quoted: list[Verified] = []
        told = []
        for _, ids in theme.years:
            first = formal[ids[0]]
            if here := _quoted(first, quote):
                quoted += here
                told.append(f"{_said(first)}: {in_quotation_marks(here)}")
        if len(told) > 1:
            years = ", ".join(str(year) for year, _ in theme.years)
            ours = " (a theme computed from the words)" if theme.computed else ""
            yield f"{theme.name}{ours}, {years}. {'; '.join(told)}", quoted


def _said(finding: TracedFinding) -> str:
    number = f" {finding.number}" if finding.number is not None else ""
    return f"{finding.inspection.name}, {finding.kind.value}{number}"


def _quoted(finding: TracedFinding, quote: Quote) -> list[Verified]:
    """The finding's first standing, without the sign or number that opens it, verified on each page it lies on; empty
    where one fails."""
    first = finding.standing[0]
    opening, *others = first.record.places
    sign = len(marker(opening.quote))
    opening = replace(opening, start=opening.start + sign, quote=opening.quote[sign:])
    quoted = [quote(place, first.paper) for place in (opening, *others)]
    return [found for found in quoted if found is not None] if None not in quoted else []
