"""Questions for what a short form stands for ("what does MASH mean?"), and the definitions that answer them. Pure.

The papers' own definitions answer (`corpus.acronyms`); where they use a short form and never spell it out, saying so is
the answer, because a passage that merely uses it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.acronyms import singular
from index.lexicon import PlacedDefinition

_FORM = r"[\"'“‘]?([\w&/]+)[\"'”’]?"
_ASKS = re.compile(
    r"\b(?:stands? for|short for|abbreviat\w+|acronyms?|initials|spell(?:ed|s|t)?\b.{0,20}\bout|full name|in full"
    r"|letters?)\b",
    re.IGNORECASE,
)
_MEAN = re.compile(rf"{_FORM} (?:means?|meant)\b(?! for)|\bmeaning of (?:the )?{_FORM}", re.IGNORECASE)
_WHAT_IS = re.compile(
    rf"\W*(?:(?:so|and|please|ok|sorry),? )*what(?:'s|’s| is| are)(?: an?| the)? {_FORM}\W*(?:$|\bthat\b)",
    re.IGNORECASE,
)
_SHORT_FORM = re.compile(r"(?=[\w&/]*[A-Z][\w&/]*[A-Z0-9])[A-Za-z0-9][\w&/]*")

_CAPITALS = re.compile(r"\b(?=[\w&/]*[A-Z][\w&/]*[A-Z0-9])[A-Za-z0-9][\w&/]*")

_MOST_WORDS = 16
"""A longer question asks for something else besides."""

# fmt: off
_EVERYDAY = frozenset({
    "am", "as", "cap", "care", "fast", "fit", "for", "go", "in", "is", "it", "mean", "or", "out", "par", "plan",
    "short", "slip", "stem", "step", "the", "us", "we", "what",
})
# fmt: on
"""Short forms that are words too are known only in capitals."""


def asked_meaning(question: str, known: Iterable[str]) -> str | None:
    """The short form whose meaning a question asks for, None where it asks for something else. `known` are those that
    the papers define: they may be typed in lower case, others must be in capitals ("EHASH")."""
    if len(question.split()) > _MOST_WORDS:
        return None
    asks = bool(_ASKS.search(question))
    if asks:
        words = re.findall(r"[\w&/]+", question)
    else:
        words = [word for found in _MEAN.findall(question) for word in found if word]
        if alone := _WHAT_IS.match(question):
            words.append(alone[1])
    forms = {form for short in known for form in (short, singular(short))}
    by_lower = {form.lower(): form for form in sorted(forms) if form.lower() not in _EVERYDAY}
    for word in words:
        if word in forms or word.lower() in by_lower:
            return word if word in forms else by_lower[word.lower()]
    is_alone = not asks and not _MEAN.search(question)
    return next((word for word in words if _SHORT_FORM.fullmatch(word) and not is_alone), None)


def definitions_for(short: str, found: Sequence[PlacedDefinition]) -> tuple[PlacedDefinition, ...]:
    """The definitions of a short form, one for each long form that the papers give it: those that stand in most places
    first, each by its last place."""
    by_long: dict[str, list[PlacedDefinition]] = {}
    for each in found:
        if short in (each.definition.short, each.definition.singular):
            by_long.setdefault(re.sub(r"\W+", " ", each.definition.long.lower()).strip(), []).append(each)
    return tuple(places[-1] for places in sorted(by_long.values(), key=lambda places: -len(places)))


def short_forms_in(text: str, found: Sequence[PlacedDefinition], most: int) -> tuple[PlacedDefinition, ...]:
    """The short forms that a text uses and doesn't spell out itself, each with its commonest meaning in the papers, in
    order of appearance; at most so many."""
    known = {form for each in found for form in (each.definition.short, each.definition.singular)}
    used = dict.fromkeys(word for word in _CAPITALS.findall(text) if word in known)
    meant = (definitions_for(word, found)[0] for word in used)
    lower = text.lower()
    each_once = {d.definition.short: d for d in meant if d.definition.long.lower() not in lower}
    return tuple(each_once.values())[:most]
