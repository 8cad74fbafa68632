"""Promises in minutes: the items under "Actions", or after "the Panel agreed:". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.documents import Document, Paper
from corpus.records.dues import due_in
from corpus.records.lists import Item, items_of, text_of
from corpus.records.places import places_of
from corpus.records.promises import AGREED, Promise

_AGREED = re.compile(r"\b(?:agreed|resolved|undertook|undertaken|actions?)\b", re.IGNORECASE)

ACTIONS_HEADING = re.compile(
    r"\W*(?:agreed |follow-?up |further )?(?:actions?|action points)(?: agreed| arising)?\W*", re.IGNORECASE
)


def agreed_in(document: Document, paper: Paper) -> Iterator[Promise]:
    """The actions agreed in a paper of minutes: the items under a heading "Actions", or after a sentence that
    introduces what was agreed; each under the heading of what was discussed."""
    introduced = False
    heading, subject = "", ""
    for item in items_of(document, paper):
        text, _ = text_of(document, item.stretches)
        above = item.headings[-1] if item.headings else ""
        if above != heading:
            introduced, heading = False, above
        is_list_of_actions = ACTIONS_HEADING.fullmatch(heading) is not None
        if not is_list_of_actions:
            subject = heading
        if not item.is_item:
            introduced = text.endswith(":") and _AGREED.search(text) is not None
        elif introduced or is_list_of_actions:
            yield from _agreed(document, paper, item, text, subject)


def _agreed(document: Document, paper: Paper, item: Item, text: str, subject: str) -> Iterator[Promise]:
    places = tuple(place for a, b in item.stretches for place in places_of(document, paper, a, b))
    if places:
        iso, written = due_in(text, paper)
        yield Promise(text, places, None, iso, written, None, None, subject, (), (), AGREED)
