"""Quotations and the check that each stands on its page, word for word.

The check is made again for every answer, against what the library stores: the quotation is exactly the stored text at
its place, lies on one page, and every independent reader of that page (`corpus.reading.witness`) has it too. What fails
isn't shown. Nothing else in the program makes a `Citation`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.documents import Paper, Passage, readable
from corpus.reading.witness import confirmed, squash
from corpus.records.places import Place
from index.catalogue import PageText


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation and its place: `quote` is exactly the stored text of page `page` (file page, from 1).

    `page_label` is the number printed on that page, None where none is printed. `problem` says why the page's text
    can't be trusted (text recognition wasn't sure of it), None where it can.
    """

    number: int
    passage: Passage
    paper: Paper
    page: int
    page_label: str | None
    quote: str
    problem: str | None = None

    @property
    def span(self) -> tuple[int, int] | None:
        """Offsets of the quotation in its document's text; None where its passage doesn't hold it."""
        place = self.passage.text.find(self.quote)
        start = self.passage.start + place
        return None if place < 0 else (start, start + len(self.quote))


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing the answer says, and the numbers of the citations that it rests on."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of a passage that is to be quoted: offsets in its document's text."""

    passage: Passage
    paper: Paper
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verified:
    """A quotation that passed the check, with its page."""

    quotation: Quotation
    page: PageText
    quote: str


Group = tuple[str, list[Verified]]
"""What a statement says, and the verified quotations behind it."""

PageAt = Callable[[str, int], PageText | None]
"""The stored page of a document (by its id) on which an offset of its text lies."""


def verify(quotation: Quotation, page_at: PageAt) -> Verified | None:
    """The quotation with its page, or None where it doesn't stand there word for word."""
    passage = quotation.passage
    if not passage.start <= quotation.start < quotation.end <= passage.end:
        return None
    page = page_at(passage.document, quotation.start)
    if page is None or quotation.end > page.end:
        return None
    quote = page.text[quotation.start - page.start : quotation.end - page.start]
    same = quote == passage.text[quotation.start - passage.start : quotation.end - passage.start]
    return Verified(quotation, page, quote) if same and confirmed(quote, page.witnesses) else None


def verify_place(place: Place, paper: Paper, page_at: PageAt, *, heading: str = "") -> Verified | None:
    """The same for the place of a record; the passage of its quotation is the quotation itself."""
    headings = (heading,) if heading else ()
    passage = Passage(place.document, paper.id, place.start, place.end, place.quote, headings)
    return verify(Quotation(passage, paper, place.start, place.end), page_at)


def in_quotation_marks(quoted: Sequence[Verified]) -> str:
    """Quotations as a statement says them, one for each page that they lie on."""
    return " ".join(f"“{readable(found.quote)}”" for found in quoted)


def same_words(one: Verified, other: Verified) -> bool:
    """Whether two quotations say the same, word for word, wherever they stand."""
    return squash(one.quote) == squash(other.quote)


def cite(groups: Sequence[tuple[str, Sequence[Verified]]]) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Number the quotations behind each statement's text, in order, from 1."""
    statements: list[Statement] = []
    citations: list[Citation] = []
    for text, group in groups:
        numbers = []
        for found in group:
            number = len(citations) + 1
            numbers.append(number)
            passage, paper = found.quotation.passage, found.quotation.paper
            page = found.page
            citations.append(Citation(number, passage, paper, page.number, page.label, found.quote, page.problem))
        statements.append(Statement(text, tuple(numbers)))
    return tuple(statements), tuple(citations)
