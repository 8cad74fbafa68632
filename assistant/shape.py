"""What kind of answer a question asks for: a figure, a sum of money, a time, a person, a list. Pure.

Told from the question's own words, as people put them. A sentence that has what is asked for is the likelier answer:
for "how many" one with a number that is neither a date nor the number of a paragraph, for "who" one that names
somebody. Only a question for the meaning of a short form is answered differently (`assistant.meanings`).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from assistant.people import surnames_in
from corpus.dates import dates_in

REMEMBERED = 16384
"""Texts of which it is remembered what they have: neighbouring windows share their extracts, and questions theirs."""


class Shape(StrEnum):
    """What a question asks for."""

    FIGURE = "figure"
    SHARE = "share"
    MONEY = "money"
    LENGTH_OF_TIME = "length of time"
    TIME = "time"
    PERSON = "person"
    NAME = "name"
    LIST = "list"


_ASKS = {
    Shape.FIGURE: re.compile(
        r"\bhow (?:many|much|long|often|high|low|fast|far|old|big|large|quickly)\b|\bper ?cent(?:age)?\b"
        r"|%|\bproportion\b|\bwhat share\b|\bfigures?\b|\bnumbers?\b|\brates?\b|\baverage\b|\bhow .{0,30}\bcompare",
        re.IGNORECASE,
    ),
    Shape.SHARE: re.compile(r"\bper ?cent(?:age)?\b|%|\bproportion\b|\bwhat share\b", re.IGNORECASE),
    Shape.MONEY: re.compile(
        r"£|\bin pounds\b|\bsalar(?:y|ies)\b"
        r"|\b(?:how much|what)\b.{0,120}\b(?:costs?|pay|paid|spend|spent|earns?|earned|overspen[dt]|charged?|fees?)\b"
        r"|\bhow much (?:money|funding)\b",
        re.IGNORECASE,
    ),
    Shape.LENGTH_OF_TIME: re.compile(
        r"\bhow long\b|\bhow many (?:working )?(?:minutes|hours|days|weeks|months|years)\b", re.IGNORECASE
    ),
    Shape.TIME: re.compile(
        r"\bwhen\b|\b(?:what|which) (?:date|day|month|year)\b|\bby when\b|\bsince when\b|\bdeadlines?\b|\bdate\b",
        re.IGNORECASE,
    ),
    Shape.NAME: re.compile(r"\bnames?\b(?! (?:the|all)\b)|\bname the\b", re.IGNORECASE),
    Shape.PERSON: re.compile(
        r"\bwho(?:se|m|'s)?\b|\b(?:which|what) (?:officer|councillor|person|director|member)s?\b",
        re.IGNORECASE,
    ),
    Shape.LIST: re.compile(
        r"\blists?\b|\b(?:what|which)(?: \w+)? (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b"
        r"|\bname (?:the|all)\b|\b(?:what|which) (?:are|were) the\b|\bpriorities\b|\ball (?:the|of)\b|\beach\b",
        re.IGNORECASE,
    ),
}

_COUNTED = (
    r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|dozens?|half|third|quarter|none|never)\b)"
)
_NUMBER = re.compile(_COUNTED, re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_NO_FIGURE = re.compile(
    rf"\b(?:\d\d?(?:st|nd|rd|th)?(?: of)? )?{_MONTH}(?: \d\d?(?:st|nd|rd|th)?,?)?(?: (?:\d{{4}}|['’]?\d\d)\b)?(?=\W|$)"
    r"|\b\d\d?[/.-]\d\d?[/.-]\d{2,4}\b"
    r"|(?<![£\d.,])\b(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?\b(?!%|,\d)"
    r"|^\W*\(?[A-Z]{0,3}\d[\d.]{0,6}[.)]?\s"
    r"|\b(?:section|appendix|annex|table|item|page|paragraph|priority|recommendation|phase|level|tier|stage|part|schedule"
    r"|figure|grade|objective|theme|chapter|act|no\.?|q|quarter|regulation|article) ?\d[\d.]*"
    r"|\b\d\d?[.:]\d\d ?(?:hrs|hours|am|pm)\b|\b\d\d? ?(?:am|pm)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Numbers that count nothing: of dates and times of day, paragraphs, and parts of papers."""

_SHARE = re.compile(rf"%|\bper ?cent\b|{_COUNTED} (?:of|in|out of) (?:the )?{_COUNTED}", re.IGNORECASE)
_MONEY = re.compile(r"£|\b(?:pounds|million|pence)\b", re.IGNORECASE)
_LENGTH = re.compile(
    rf"(?:{_COUNTED}|\b(?:a|one|\d+))[-\s]*(?:working )?[-\s]*(?:minute|hour|day|week|fortnight|month|year)s?\b",
    re.IGNORECASE,
)

_POST = re.compile(
    r"\b(?:[Cc]hair|[Dd]irector|[Oo]fficer|[Ll]eader?|[Mm]anager|[Mm]ember|[Cc]ommissioner|[Hh]ead of|[Hh]o[Ss]"
    r"|[Ss]ecretary|[Cc]ouncillor|[Mm]inister|[Ss]olicitor|[Tt]reasurer|[Aa]dviser|[Cc]oordinator|[Pp]artner|DCS|AD|CEX|CSC)\b"
)
"""Posts and people by what they do."""


def shapes_of(question: str) -> frozenset[Shape]:
    """What a question asks for; may be several ("who was it and when?") or nothing in particular."""
    return frozenset(shape for shape, words in _ASKS.items() if words.search(question))


@lru_cache(maxsize=REMEMBERED)
def has(shape: Shape, text: str) -> bool:
    """Whether a text has what the answer to such a question needs."""
    match shape:
        case Shape.FIGURE:
            return bool(_NUMBER.search(_NO_FIGURE.sub(" ", text)))
        case Shape.SHARE:
            return bool(_SHARE.search(text))
        case Shape.MONEY:
            return bool(_MONEY.search(text))
        case Shape.LENGTH_OF_TIME:
            return bool(_LENGTH.search(text))
        case Shape.TIME:
            return next(iter(dates_in(text, years=True)), None) is not None
        case Shape.NAME:
            return next(surnames_in(text), None) is not None
        case Shape.PERSON:
            return bool(_POST.search(text)) or next(surnames_in(text), None) is not None
        case Shape.LIST:
            return ";" in text or "\n" in text
