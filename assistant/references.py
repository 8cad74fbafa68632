"""How a quotation's place, and what was searched, are said: on the page and in a report alike. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Searched
from corpus.dates import written_out
from corpus.documents import Paper, readable

AGENDA = "agenda"


@dataclass(frozen=True, slots=True)
class Listing:
    """The meeting on whose agenda a paper is an item, and whether the paper is all that there is under that item.

    The meeting isn't always the paper's own: the minutes of November are an item of the meeting of January.
    """

    body: str
    date: str
    alone: bool


def listings(papers: Iterable[Paper]) -> dict[str, Listing]:
    """The listings of the papers of documents, by the papers' ids; only of those that are items of a known meeting."""
    papers = tuple(papers)
    meetings: dict[str, Paper] = {}
    for paper in papers:
        if paper.kind == AGENDA and paper.body and paper.date:
            meetings.setdefault(paper.document, paper)
    under = Counter((paper.document, paper.item) for paper in papers)
    return {
        paper.id: Listing(meeting.body, meeting.date, under[paper.document, paper.item] == 1)
        for paper in papers
        if paper.item and (meeting := meetings.get(paper.document)) and meeting.body and meeting.date
    }


def reference(paper: Paper, page: int, label: str | None, listing: Listing | None = None) -> str:
    """Where a quotation stands, as a report refers to it: "Children's Services Scrutiny Panel, 11 January 2023, item 5,
    page 15 (file page 17)". What isn't known is left out.

    The paper's title is said where the meeting and the item don't tell which paper it is; a paper that isn't the
    meeting's own (a letter, earlier minutes) is named first, and then the meeting that it was put before.
    """
    title, item = readable(paper.title), f"item {readable(paper.item)}" if paper.item else ""
    if listing is None:
        return _joined(*_named(paper), item, page_words(page, label))
    meeting = (readable(listing.body), written_out(listing.date), item)
    if paper.body in (None, listing.body) and paper.date in (None, listing.date):
        return _joined(*meeting, "" if listing.alone else title, page_words(page, label))
    body, *when_and_where = meeting
    return _joined(*_named(paper), f"put to {body}", *when_and_where, page_words(page, label))


def page_words(number: int, label: str | None) -> str:
    """A page as it is cited: the printed number first, which is the one that is said aloud in a meeting."""
    return f"page {readable(label)} (file page {number})" if label else f"file page {number}, no printed number"


def kind_words(paper: Paper) -> str:
    """What a paper is: its kind, and its status where it has one."""
    kind = paper.kind[:1].upper() + paper.kind[1:]
    return f"{kind}, {paper.status}" if paper.status else kind


def searched_words(searched: Searched) -> str:
    """What was searched, in one line: how much, of which years, and what it was narrowed to."""
    words = f"Searched: {count(searched.documents, 'document')}, {count(searched.papers, 'paper')}"
    if searched.first and searched.last:
        words += f", {searched.first}" if searched.first == searched.last else f", {searched.first} to {searched.last}"
    if searched.since:
        words += f", from {written_out(searched.since)}"
    if searched.until:
        words += f", until {written_out(searched.until)}"
    if searched.kinds:
        words += f", only of these kinds: {', '.join(searched.kinds)}"
    if searched.bodies:
        words += f", only of {' and '.join(map(readable, searched.bodies))}"
    if searched.only:
        words += f", only {' and '.join(f'“{readable(title)}”' for title in searched.only)}"
    return words + "."


def count(number: int, thing: str) -> str:
    """How many of a thing: "1 paper", "1,204 papers"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _named(paper: Paper) -> tuple[str, ...]:
    """A paper by its body, date and title; the title first where there is no body, or where it has the body in it."""
    title, date = readable(paper.title), written_out(paper.date) if paper.date else ""
    body = readable(paper.body or "")
    return (title, date) if body.lower() in title.lower() else (body, date, title)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def written_by(model: str) -> str:
    """Who wrote the sentences above an answer's quotations, and what was done with them."""
    return (
        f"Written by the language model {model} from the passages below; each sentence was checked against them. The "
        "check isn’t perfect: read the quotation."
    )
