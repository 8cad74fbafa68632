"""Where a record stands, in the words of its page. Pure.

A record is made of quotations only: what doesn't stand on its page word for word, by every independent reader of the
page, isn't part of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.documents import PAGE_BREAK, Document, Paper
from corpus.reading.witness import confirmed
from corpus.sentences import stripped


@dataclass(frozen=True, slots=True)
class Place:
    """A quotation on one page: `quote` is exactly the document's text from `start` to `end`.

    `page` is the file page (from 1), `page_label` the number printed on it, None where none is printed.
    """

    document: str
    paper: str
    start: int
    end: int
    page: int
    page_label: str | None
    quote: str


def places_of(document: Document, paper: Paper, start: int, end: int) -> tuple[Place, ...]:
    """The places of a stretch of a paper's text, one for each page it lies on, white space at the ends left out;
    empty where the stretch is blank or a page's independent readers don't have it word for word."""
    found = tuple(_pieces(document, paper, start, end))
    return found if all(_stands(document, place) for place in found) else ()


def _pieces(document: Document, paper: Paper, start: int, end: int) -> Iterator[Place]:
    place = start
    for piece in document.text[start:end].split(PAGE_BREAK):
        a, b = stripped(document.text, place, place + len(piece))
        if a < b:
            page = next(p for p in document.pages if a < p.end)
            yield Place(document.id, paper.id, a, b, page.number, page.label, document.text[a:b])
        place += len(piece) + len(PAGE_BREAK)


def _stands(document: Document, place: Place) -> bool:
    return confirmed(place.quote, document.pages[place.page - 1].witnesses)
