"""A library's documents as `list` shows them to a person: a line a paper, and under it what else is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.dates import written_out
from corpus.documents import Paper
from index.catalogue import Entry, Unread
from index.problems import counted, listed, page_list
from index.ties import PlacedMention, Ties

MOST = 5
"""So many places of a text are named, and the others counted."""

Printed = tuple[str, str]
"""The first and the last number printed on a paper's pages."""


def list_lines(
    entries: Sequence[Entry], ties: Mapping[str, Ties], printed: Mapping[str, Printed], unreadable: Sequence[Unread]
) -> Iterator[str]:
    """The lines of a list of documents; `ties` and `printed` are by the ids of papers."""
    papers = {paper.id: paper for entry in entries for paper in entry.papers}
    for entry in entries:
        yield f"{entry.id}  ({counted(entry.pages, 'page')})"
        yield from (f"    {line}" for line in _of_document(entry))
        for paper in entry.papers:
            yield f"    {_of_paper(paper, printed.get(paper.id))}"
            yield from (f"        {line}" for line in ties_told(ties.get(paper.id, Ties()), papers))
    if unreadable:
        yield "Could not be read:"
        yield from (f"    {unread.file}: {unread.reason}" for unread in unreadable)


def _of_document(entry: Entry) -> Iterator[str]:
    if entry.also:
        yield f"also added as {listed(entry.also, most=MOST)}"
    if entry.pages_without_text:
        yield f"no text on file {page_list(entry.pages_without_text)}"
    if entry.pages_low_confidence:
        yield f"text recognition wasn't sure of file {page_list(entry.pages_low_confidence)}"
    yield from entry.notes


def _of_paper(paper: Paper, printed: Printed | None) -> str:
    numbers = f" (printed {'-'.join(dict.fromkeys(printed))})" if printed else ""
    item = f"item {paper.item}, " if paper.item else ""
    status = f", {paper.status}" if paper.status else ""
    council = f", {paper.council}" if paper.council else ""
    held = f", HELD BACK: {paper.reason}" if paper.reason else ""
    what = f"{item}{paper.kind}, {written_out(paper.date)}{status}{council}: {paper.title}{held}"
    return f"file {_pages(paper)}{numbers}: {what}"


def _pages(paper: Paper) -> str:
    return page_list(range(paper.first_page, paper.last_page + 1))


def ties_told(ties: Ties, papers: Mapping[str, Paper]) -> Iterator[str]:
    """What ties a paper to others, a line each; `papers` are the library's, by their ids."""
    if ties.approved_in:
        yield _approval(ties.approved_in)
    for how, ids in (("the same text as", ties.same_as), ("nearly the same text as", ties.versions)):
        places = [f"{papers[id_].document} (file {_pages(papers[id_])})" for id_ in ids if id_ in papers]
        if places:
            yield f"{how} {listed(places, most=MOST)}"


def _approval(placed: PlacedMention) -> str:
    label = f"page {placed.page_label}" if placed.page_label else f"file page {placed.mention.page}"
    amended = ", with an amendment" if placed.mention.amendment else ""
    return f"approved in {placed.document}, {label}{amended}"
