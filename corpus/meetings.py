"""Meetings: how their minutes begin, whose they were and on which day. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.dates import WrittenDate, dates_in
from corpus.parts import Part, any_of

_NAMED_MINUTES = any_of(
    r"(?:(?:the|draft|unconfirmed|unapproved|approved|public|open|exempt|confidential|private)\W+)*"
    r"(?:(?:minutes?|notes|record) of (?!decision|the (?:last|previous)\b|an? (?:\w+ )*decision).*"
    r"|(?:minutes?|notes)(?: from\b.*|\W*|\s*[-–:,].*))",
    r"[^.|]{3,90}\W(?:draft |unconfirmed |public )?minutes(?:\W+(?:of (?:the )?)?meeting)?(?:\W.{0,40})?",
    r"at an? (?:[\w-]+ ){0,3}meeting of .*",
)
_NAME_WORDS = 40
"""Words: a longer line that names minutes is a sentence about them."""

_ATTENDED = any_of(
    r"^\W*(?:(?:members?|councillors?|officers?|also|those|others?) )*"
    r"(?:present|p r e s e n t|in attendance|attendance|attendees|attended)"
    r"(?=\s*(?:[:|–-]|$|were\b|was\b|councillors?\b|cllrs?\b|mrs?\b|ms\b|dr\b))"
)
_MET = any_of(
    r"\bapologies\b",
    r"\bcommenced\b",
    r"\bterminated\b",
    r"\bin the chair\b",
    r"\b(?:chair(?:man|woman|person)?|mayor|leader) in the\b",
    r"\((?:[\w ]+, )?(?:chair\w*|leader)\)",
    r"\bmeeting (?:started|opened|closed|ended)\b",
)
_BODY = any_of(
    r"\b(?:committee|cabinet|executive|panel|board|forum|commission|partnership|council|assembly)\b",
    r"\b(?:working|task) group\b",
)
_AUTHORITY = any_of(r".*\b(?:council|authority)\b\W*")
_NO_BODY = any_of(
    r"\b(?:director|officer|members?|councillors?|cllr|leader|lead|secretary|chief|clerk|head of|manager)\b",
    r"\b(?:room|chamber|building|house|contact|email)\b",
    r"\breport of\b|\bservices?$|@|\bdear\b",
)
_BEFORE_BODY = any_of(
    r".*\b(?:meeting|minutes|notes|proceedings|agenda|pack|report) (?:of|for|to) (?:the |an? )?"
    r"(?:(?:meeting|special|annual|extraordinary|ordinary) (?:of (?:the |an? )?)?)*",
    r"^(?:(?:name of )?(?:the )?(?:meeting|committee|body)|the)\s*[:|]?\s+",
)
_AFTER_BODY = any_of(
    r",? (?:held|will be|to be|which|was|at|on)\b.*",
    r"\s*[-–:|,(]?\s*(?:(?:draft|unconfirmed|public) )?(?:minutes|agenda|supplement|action log|work programme)\b.*",
    r"\W+\(?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*",
    r"[.;|].*",
)
_BODY_WORDS = 14
"""Words: a longer line is a sentence, and no body's name."""

_ANOTHER_DAY = any_of(
    r"\b(?:next|previous|last|future|following) (?:meeting|ordinary meeting)",
    r"\bnext\b.{0,30}\bmeeting\b",
    r"\b(?:published|publication|issued|despatch(?:ed)?|deadline|review date|expir\w+)\b",
    r"\bminutes of\b.*\b(?:approved|agreed|confirmed|signed|accepted|received|noted|taken as read"
    r"|(?:correct|true|accurate) record)\b",
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Whose meeting, and its day in ISO form; None for what isn't known."""

    body: str | None = None
    date: str | None = None


def is_minutes(part: Part) -> bool:
    """Whether a part begins as minutes do: who was there and who presided or excused themselves, or that it says so."""
    attended, met = _ATTENDED.search(part.head), _MET.search(part.head)
    return bool(attended) and (bool(met) or any(map(names_minutes, part.top.split("\n"))))


def names_minutes(line: str) -> bool:
    """Whether a line says that minutes follow ("Minutes of the meeting held on …")."""
    return bool(_NAMED_MINUTES.fullmatch(line)) and len(line.split()) <= _NAME_WORDS


def body_in(lines: Iterable[str]) -> str | None:
    """The first committee, cabinet, panel or board that a line is or names the meeting of; a council as a whole only
    where there is no other. As it is written there."""
    council: str | None = None
    for line in lines:
        name = _body(line)
        if name is None:
            continue
        if not _AUTHORITY.fullmatch(name):
            return name
        council = council or name
    return council


def _body(line: str) -> str | None:
    """The body that a line is or, behind "meeting of", names."""
    behind = _BEFORE_BODY.sub("", line, count=1)
    for text in (behind, line):
        if text == line and re.search(r"[.;,]$", line):
            continue
        day = next(dates_in(text), None)
        name = text[: day.start] if day is not None and day.start > 2 else text
        name = _AFTER_BODY.sub("", name, count=1).strip(" ,-–:|")
        name = name[1:-1] if name.startswith("(") and name.endswith(")") else name
        first, comma, rest = name.partition(",")
        name = first if comma and _BODY.search(first) and not _BODY.search(rest) else name
        named = _BODY.search(name) and not _NO_BODY.search(name) and len(name.split()) <= _BODY_WORDS
        if named and name[:1].isupper():
            return name
    return None


def day_in(lines: Iterable[str]) -> str | None:
    """The first date with a day that isn't that of another meeting or of publication, in ISO form."""
    return next((day.iso for line in lines for day in own_dates(line) if len(day.iso) == len("2022-06-14")), None)


def own_dates(line: str) -> list[WrittenDate]:
    """The dates in a line that could be a paper's own: not what follows "next meeting", "published" and the like."""
    other = _ANOTHER_DAY.search(line)
    return [day for day in dates_in(line) if len(day.iso) > 4 and (other is None or day.end <= other.start())]
