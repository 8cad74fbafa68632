"""What minutes say of the actions of earlier meetings: the paragraphs and items under "Matters arising". Pure.

In plain steps: where a line names its subject before a dash or colon, the subject is the action and the rest its
progress; else the first sentence is the action, and all of it the progress. Whether it is the action of an earlier
meeting is seen only beside that meeting's minutes; alone such a line promises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.documents import Document, Paper, readable
from corpus.reading.paragraphs import marker
from corpus.records.lists import Item, items_of
from corpus.records.places import Place, places_of
from corpus.records.promises import ARISING, Promise
from corpus.sentences import Span, sentences

_HEADING = re.compile(
    r"\W*(?:[\d.]+\s+)?(?:minutes (?:of the (?:last|previous) meeting )?and )?"
    r"(?:matters arising|action (?:log|tracker|sheet|list)|(?:updates?|progress) (?:on|with|against) (?:the )?"
    r"(?:previous |earlier |agreed |outstanding )?actions|(?:outstanding |previous )?actions (?:from|of) "
    r"(?:the )?(?:previous|earlier|last) (?:meetings?|minutes))\b.{0,60}",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?P<subject>[^.;:–—]{8,120}?)\s*(?::\s|\s[–—-]\s)\s*(?=\S)")
"""A subject of a few words, and the sign that sets it apart from what is said of it."""

_SAYS_LITTLE = re.compile(r"\W*(?:there were )?no(?:ne|\b.{0,40}matters arising)\b|.*\bcorrect record\b", re.IGNORECASE)


def arising_in(document: Document, paper: Paper) -> Iterator[Promise]:
    """What a paper of minutes says of earlier actions."""
    for item in items_of(document, paper):
        if item.headings and _HEADING.fullmatch(item.headings[-1]):
            yield from _said(document, paper, item)


def _said(document: Document, paper: Paper, item: Item) -> Iterator[Promise]:
    start, end = item.stretches[0]
    text = document.text[start:end]
    if _SAYS_LITTLE.match(readable(text)) or readable(text).endswith(":"):
        return
    opening = len(marker(text))
    named = _SUBJECT.match(text, opening)
    if named:
        action, more = (start + opening, start + named.end("subject")), (start + named.end(), end)
    else:
        first = next(iter(sentences(text[opening:])), (0, len(text) - opening))
        action, more = (start + opening, start + opening + first[1]), (start + opening, end)
    places = places_of(document, paper, *action)
    progress = tuple(_places(document, paper, (more, *item.stretches[1:])))
    if places and progress:
        yield Promise(
            action=readable(document.text[slice(*action)]),
            places=places,
            owner=None,
            due=None,
            due_as_written=None,
            status=None,
            progress=" ".join(readable(place.quote) for place in progress),
            heading=item.headings[-1],
            cells=tuple(("progress", place) for place in progress),
            together=(),
            kind=ARISING,
        )


def _places(document: Document, paper: Paper, stretches: tuple[Span, ...]) -> Iterator[Place]:
    for a, b in stretches:
        yield from places_of(document, paper, a, b)
