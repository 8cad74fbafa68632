"""Which column of a table of actions says what, whatever its headers' wording. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.documents import readable

_STATUS = re.compile(r"\b(?:b?rag|(?:rag )?ratings?|status|complete(?:d)?\??$)", re.IGNORECASE)

_PROGRESS = re.compile(
    r"\b(?:progress|comments?|commentary|updates?|positions?|response|notes?|to date|outcomes? so far|achieved|"
    r"(?:actions?|steps) (?:already )?(?:taken|completed)|(?:has happened|have (?:we )?done))\b",
    re.IGNORECASE,
)

_OWNER = re.compile(
    r"\b(?:leads?|owners?|who|whom|responsib\w+|accountab\w+|officers?|action(?:ed|s)? by|assigned|allocated)\b",
    re.IGNORECASE,
)

_DUE = re.compile(
    r"\b(?:time ?-?frames?|time ?-?scales?|time ?-?lines?|when|due|deadlines?|dates?|complet(?:e|ed|ion) by|"
    r"(?:target|expected|planned) completion)\b|^by$",
    re.IGNORECASE,
)

_NOT_DUE = re.compile(
    r"\b(?:start|begin|commence|raised|opened|agreed|added|meeting|minute|last|review(?:ed)?)\w*", re.IGNORECASE
)
"""Words of a column of dates by which nothing is to be done."""

_MOVED = re.compile(r"\b(?:revised|amended|new|current|latest|forecast)\b", re.IGNORECASE)

_ACTION = re.compile(r"\bactions?\b", re.IGNORECASE)

_LIKE_AN_ACTION = re.compile(
    r"\b(?:what|tasks?|activit(?:y|ies)|milestones?|deliverables?|commitments?|pledges?|steps)\b", re.IGNORECASE
)
"""A column headed so is one of actions where none is headed "Action"."""

_OF_RISKS = re.compile(r"\b(?:likelihood|probability)\b|^(?:description of )?risks?$", re.IGNORECASE)
"""A column of a register of risks, whose ratings and actions are no promise of when."""

_RECOMMENDATION = re.compile(r"\brecommendations?\b", re.IGNORECASE)

_RESPONSE = re.compile(r"\b(?:response|reply|decision|accept(?:ed|ance)?|agreed)\b", re.IGNORECASE)
"""A column that says, beside one of recommendations, which of them were accepted."""

REF_HEADER = re.compile(r"(?:ref(?:erence)?|no|number|id|#)\.?", re.IGNORECASE)


def columns_of(headers: Sequence[str]) -> dict[str, int] | None:
    """Which column is which, None where this is no table of actions. One column may tell owner and date.
    Recommendations with a response to each are the actions or, where another column has these, the items."""
    said = [readable(header).strip(" .:*") for header in headers]
    if any(_OF_RISKS.search(header) for header in said):
        return None
    found: dict[str, int] = {}
    for column, header in enumerate(said):
        for name in _says(header):
            if name not in found or (name == "due" and _MOVED.search(header)):
                found[name] = column
    recommended = _answered(said)
    if recommended is not None:
        found = {name: column for name, column in found.items() if column not in recommended}
        found["response"] = recommended[1]
    free = [column for column in range(len(said)) if column not in found.values()]
    for words in (_ACTION, _LIKE_AN_ACTION):
        action = next((column for column in free if words.search(said[column])), None)
        if action is not None:
            break
    if action is None and recommended is not None:
        action = recommended[0]
    if action is None or not found:
        return None
    found["action"] = action
    before = [
        i for i in range(found["action"]) if i not in found.values() and not REF_HEADER.fullmatch(headers[i].strip())
    ]
    if before:
        found["item"] = before[-1]
    if recommended is not None and recommended[0] != action:
        found["item"] = recommended[0]
    ref = next((i for i, header in enumerate(headers) if REF_HEADER.fullmatch(header.strip())), None)
    if ref is not None:
        found["ref"] = ref
    return found


def _answered(said: Sequence[str]) -> tuple[int, int] | None:
    """The columns of recommendations and of the responses to them, by their headers."""
    recommended = next((column for column, header in enumerate(said) if _RECOMMENDATION.search(header)), None)
    response = next(
        (
            column
            for column, header in enumerate(said)
            if column != recommended and _RESPONSE.search(header) and not _ACTION.search(header)
            if not _DUE.search(header)
        ),
        None,
    )
    return None if recommended is None or response is None else (recommended, response)


def _says(header: str) -> Iterator[str]:
    """What a column so headed says of an action: who and when may stand in one, and a status with news is progress."""
    if _STATUS.search(header) and not (_PROGRESS.search(header) and "status" in header.lower()):
        yield "status"
    elif _PROGRESS.search(header):
        yield "progress"
    else:
        if _OWNER.search(header):
            yield "owner"
        if _DUE.search(header) and not _NOT_DUE.search(header):
            yield "due"
