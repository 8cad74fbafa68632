"""Inspections: an inspectorate's own letters and reports, whose services were inspected, when, and when that was
published. Pure.
"""

from __future__ import annotations

import re

from corpus.dates import dates_in, first_date, first_days
from corpus.parts import Part, any_of
from corpus.titles import unshouted

_INSPECTORATE = re.compile(
    r"\b((?i:ofsted)|[A-Z][\w'’]+(?: [A-Z][\w'’]+)* Inspectorate(?: of [A-Z]\w+(?:(?:,| and)? [A-Z]\w+)*)?"
    r"|Care Quality Commission|HMICFRS)\b"
)
_SUBJECT = any_of(
    r"\b(?:re-?)?inspections? (?:of|into)\b",
    r"\b(?:focus+ed|monitoring|assurance) visits?\b",
    r"\btargeted area inspection\b",
    r"\b(?:local )?area (?:send )?(?:inspection|re-?visit)\b",
    r"\binspection report\b",
    r"\bsocial care common inspection\b",
    r"\bchild protection inspection",
    r"\breview of health services for children\b",
)
"""What an inspectorate's letter or report is about."""

_BY_INSPECTORS = any_of(
    r"lead inspector",
    r"\binspectors?:",
    r"inspection dates?\s*:",
    r"report published",
    r"majesty['’]s inspector",
    r"(?:ofsted|inspectorate) produces this report",
    r"inspected under the social care common inspection framework",
    r"\bhm inspectorate\b",
)
_REPORTS = any_of(
    r"\bthis letter (?:summari[sz]es|reports|contains|sets out)\b",
    r"\bmajesty['’]s inspectors?\b",
    r"\binspectors? (?:for this|looked|found|visited|evaluated|considered|were|met)\b",
    r"\binspectorate\b",
    r"\bi am writing to (?:report|summari[sz]e)\b",
    r"\b(?:ofsted|we)\b.{0,30}\b(?:visited|inspected)\b",
)
_DEPARTMENT = any_of(r"\bdepartment for education\b", r"\bsecretary of state\b", r"\bminister\b")
_ANSWERS = any_of(r"\b(?:your|the) (?:recent )?letter (?:of|dated)\b", r"\bin response to your\b")
_PUBLISHED = any_of(r"\bpublished(?: on)?\s*[:|]?\s*([^\n]{6,30})")
_INSPECTED = any_of(
    r"(?<!previous )\b(?:inspection dates?|dates? of (?:the |this )?inspection|inspected (?:on|between|from))"
    r"\s*[:|]?\s*([^\n]{6,80})"
)
_VISITED = any_of(r"[^.\n]*\b(?:visit|inspect)(?:ed|ion)?\b[^.\n]*")

_PLACE = r"(?P<place>[A-Z][\w.&-]*(?:[ -](?:(?:and|of|the|upon|on|in|with|under|le|by)[ -])*[A-Z][\w.&-]*)*)"
_WHOSE = [
    re.compile(pattern)
    for pattern in (
        rf"(?i:inspections? of (?:services for children (?:and young people )?in )?(?:the )?){_PLACE}(?:['’]s)?"
        r"(?i:(?: local authority| council)? children['’]?s? (?:social care )?services?)",
        rf"(?i:visits? (?:to|of|at) (?:the )?){_PLACE}(?:['’]s)?"
        r"(?i:(?: local authority| council)? (?:children['’]?s? (?:social care )?services?|local area))",
        rf"(?i:area (?:send )?(?:inspection|re-?visit) (?:of|in|to) (?:the )?){_PLACE}",
        rf"(?i:targeted area inspection (?:of|in) (?:the )?){_PLACE}",
        rf"(?i:targeted area inspection of .{{0,120}} in (?:the )?){_PLACE}",
        rf"(?i:registered provider\W+){_PLACE}",
        rf"(?i:ofsted inspection (?:of|in) (?:the )?){_PLACE}",
        rf"(?i:children['’]?s (?:social care )?services in ){_PLACE}",
    )
]
_AUTHORITY = any_of(r"\b(?:council|borough|county|city|district|authority|isles?)\b")
_ORGANISATION_BEFORE = any_of(
    r"^(?:the )?(?:(?:london|royal|metropolitan) )*(?:borough|city|district|county)(?: council)? of (?:the )?",
    r"^the ",
)
_ORGANISATION_AFTER = any_of(
    r"(?:\W+(?:metropolitan|borough|city|county|district|unitary|council(?:['’]s)?|local|authority|area|partnership|mbc"
    r"|cc|bc|dc|children['’]?s?|social|care|services?))+\W*$"
)
_WHOSE_WORDS = 10
"""Words: a longer line above a report's title isn't the name of a council."""


def inspectorate_in(part: Part) -> str | None:
    """The inspectorate that speaks: named at the top, or else anywhere in it."""
    found = _INSPECTORATE.search(part.head) or _INSPECTORATE.search(part.raw)
    if found is None:
        return None
    return "Ofsted" if found[1].lower() == "ofsted" else found[1]


def is_inspection(part: Part) -> bool:
    """Whether a part is an inspectorate's own letter or report, not somebody's words about one."""
    if part.is_letter:
        named = f"{' '.join(part.headings[:3])}\n{part.head}"
        return bool(_SUBJECT.search(named)) and inspectorate_in(part) is not None and _writes_itself(part)
    return is_report_of_inspection(part)


def is_report_of_inspection(part: Part) -> bool:
    """Whether a part has the cover of an inspectorate's report: what was inspected, and that inspectors wrote it."""
    return bool(_SUBJECT.search(part.top) and _BY_INSPECTORS.search(part.opening))


def _writes_itself(part: Part) -> bool:
    """Whether a letter about an inspection is the inspectorate's own: it reports what inspectors found, and isn't a
    department's, nor an answer to the inspectorate."""
    said = part.head[len(part.before_greeting) :]
    return bool(_REPORTS.search(said)) and not _DEPARTMENT.search(part.before_greeting) and not _ANSWERS.search(said)


def names_inspection(heading: str) -> bool:
    """Whether a heading names an inspection and its date, so that what follows is of that one ("Ofsted focused visit –
    April 2022")."""
    named = _INSPECTORATE.search(heading) and _SUBJECT.search(heading)
    return bool(named) and next(iter(dates_in(heading, years=True)), None) is not None


def council_of(part: Part) -> str | None:
    """Whose services were inspected, as short as people call the place ("Tameside", "Isle of Wight"); None where no
    line says so."""
    lines = part.lines(30)
    for line in [part.hint or "", *lines]:
        if (place := council_named(line)) is not None:
            return place
    above = None if part.is_letter else _line_above_subject(part)
    if above is not None and (place := _short(above)):
        return place
    named = (line for line in lines if _AUTHORITY.search(line) and len(line.split()) <= _WHOSE_WORDS)
    return next((place for line in named if (place := _short(line)) and place[:1].isupper()), None)


def council_named(title: str) -> str | None:
    """Whose services a title or line names, as short as people call the place; None where it names none's."""
    matches = (pattern.search(title) for pattern in _WHOSE)
    return next((place for match in matches if match is not None and (place := _short(match["place"]))), None)


def _short(name: str) -> str | None:
    """A council's name without what kind of council it is: "City of Bradford Metropolitan District Council" is
    "Bradford"; None where nothing is left."""
    plain = " ".join(unshouted(name, "").split()).strip(" ,.:")
    place = _ORGANISATION_AFTER.sub("", f" {plain}").strip()
    return _ORGANISATION_BEFORE.sub("", place).strip() or None


def inspected_on(part: Part) -> str | None:
    """The days of the inspection, an ISO 8601 interval ("2023-12-04/2023-12-15"), or the only one; None where they
    aren't given."""
    opening = part.opening
    stated = [match[1] for match in _INSPECTED.finditer(opening)]
    for text in [*stated, *(match[0] for match in _VISITED.finditer(opening))]:
        if (days := first_days(text)) is not None:
            return "/".join(dict.fromkeys(days))
    return None


def published_on(part: Part, file_date: str | None) -> str | None:
    """When an inspectorate's letter or report came out, in ISO form as far as known.

    A letter bears its date, and older reports say when they were published. Ofsted's reports since 2018 don't, and the
    file was made days or weeks before: then `file_date`, the date in the file's name, is the last resort, unless the
    inspection hadn't ended; and else all that is known is when that was.
    """
    stated = (first_date(match[1], with_day=True) for match in _PUBLISHED.finditer(part.opening))
    day = next((d for d in stated if d), None)
    if day or part.is_letter:
        return day or first_date(part.before_greeting, with_day=True) or first_date(part.before_greeting) or file_date
    inspected = inspected_on(part)
    ended = inspected.split("/")[-1] if inspected else None
    if file_date and (ended is None or file_date >= ended):
        return file_date
    return ended or first_date(part.top)


def inspection_title(part: Part) -> str | None:
    """A report's title, with whose services were inspected; None where no line at its top says."""
    lines = [line for line in part.top.split("\n") if not _INSPECTORATE.fullmatch(line)]
    place = next((i for i, line in enumerate(lines) if _SUBJECT.search(line)), None)
    if place is None:
        return None
    named = re.split(r"\s+(?:and review of the effectiveness|and$|inspection dates?\s*:)", lines[place], flags=re.I)[0]
    above = _line_above_subject(part)
    whose = above if above is not None and _short(above) else None
    return f"{whose}: {named[:1].lower()}{named[1:]}" if whose else named


def _line_above_subject(part: Part) -> str | None:
    """The line above a report's title, where it is short: the council's name."""
    lines = [line for line in part.top.split("\n") if not _INSPECTORATE.fullmatch(line)]
    place = next((i for i, line in enumerate(lines) if _SUBJECT.search(line)), 0)
    above = lines[place - 1] if place else None
    return above if above is not None and len(above.split()) <= _WHOSE_WORDS else None
