"""What kind of answer a question asks for: a figure, a time, a person, a list, a meaning. Pure.

Told from the question's own words, as people put them. It only weighs: a sentence with a number in it is the likelier
answer to "how many". Only a question for the meaning of a short form is answered differently (`assistant.meanings`).
"""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.dates import dates_in


class Shape(StrEnum):
    """What a question asks for."""

    FIGURE = "figure"
    TIME = "time"
    PERSON = "person"
    LIST = "list"


_ASKS = {
    Shape.FIGURE: re.compile(
        r"\bhow (?:many|much|long|often|high|low|fast|far|old|big|large|quickly)\b|\bpercent(?:age|tge)?\b|%"
        r"|\bproportion\b|\bwhat share\b|\bfigures?\b|\bnumbers?\b|\brates?\b|\baverage\b|\bhow .{0,30}\bcompare",
        re.IGNORECASE,
    ),
    Shape.TIME: re.compile(
        r"\bwhen\b|\b(?:what|which) (?:date|day|month|year)\b|\bby when\b|\bsince when\b|\bdeadlines?\b|\bdate\b"
        r"|\bhow long\b",
        re.IGNORECASE,
    ),
    Shape.PERSON: re.compile(
        r"\bwho(?:se|m|'s)?\b|\bnames?\b|\b(?:which|what) (?:officer|councillor|person|director|member)s?\b",
        re.IGNORECASE,
    ),
    Shape.LIST: re.compile(
        r"\blists?\b|\b(?:what|which)(?: \w+)? (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b"
        r"|\bname (?:the|all)\b|\b(?:what|which) (?:are|were) the\b|\bpriorities\b|\ball (?:the|of)\b|\beach\b",
        re.IGNORECASE,
    ),
}

_NUMBER = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|none|never)\b")
_NAME = re.compile(r"\b[A-Z][a-z]+(?:[-'’][A-Z][a-z]+)? (?:[A-Z]\.? )?[A-Z][a-z]*[-'’]?[A-Za-z]+\b")


def shapes_of(question: str) -> frozenset[Shape]:
    """What a question asks for; may be several ("who was it and when?") or nothing in particular."""
    return frozenset(shape for shape, words in _ASKS.items() if words.search(question))


def has(shape: Shape, text: str) -> bool:
    """Whether a text has what the answer to such a question needs: a number, a date, two capitalised words."""
    if shape is Shape.FIGURE:
        return bool(_NUMBER.search(text))
    if shape is Shape.TIME:
        return next(iter(dates_in(text, years=True)), None) is not None
    if shape is Shape.PERSON:
        return bool(_NAME.search(text))
    return ";" in text or "\n" in text
