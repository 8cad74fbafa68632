"""What a committee clerk would look for in a library: papers that stand in it twice or in several versions, printed
pages that may be missing, and meetings of which nothing is held. Reads, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.dates import written_out
from corpus.differences import Difference, differences
from corpus.documents import PAGE_BREAK, Access, Paper, readable
from corpus.mentions import Said, bodies
from corpus.numbering import Jump, jumps
from index.catalogue import Catalogue, Entry, PageText
from index.problems import Problem, counted, listed, page_list
from index.ties import PlacedMention

MOST = 5
"""So many things of a kind are named in one message, and the others counted."""

COMPARED = 3
"""So many versions of a text are compared, each with the one before it."""

_OF_MEETINGS = frozenset(["agenda", "minutes", "report", "presentation", "plan", "scorecard", "work programme"])
"""Kinds of paper that, published alone, bear the date of the meeting that they were for."""


# Papers that are the same, or nearly so


@dataclass(frozen=True, slots=True)
class _Text:
    """One text, and the papers that have it, the oldest first."""

    papers: tuple[Paper, ...]

    @property
    def first(self) -> Paper:
        return self.papers[0]


def copies(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Files with the bytes of a document of another name."""
    for entry in entries:
        if entry.also:
            yield Problem(
                "duplicate",
                "note",
                f"{entry.id} was also added as {listed(entry.also, most=MOST)}: the same file, kept once.",
                "none needed",
            )


def versions(catalogue: Catalogue, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Papers with the same text, and papers with nearly the same, with what differs."""
    added = {entry.id: entry.added for entry in entries}
    papers = {paper.id: paper for entry in entries for paper in entry.papers}
    for texts in _alike(catalogue, papers, added):
        for text in texts:
            if len(text.papers) > 1:
                yield Problem(
                    "same text",
                    "note",
                    f"{_named(text.first)} stands word for word in {len(text.papers)} places: "
                    f"{listed(map(_place, text.papers), most=MOST)}.",
                    "none needed; take out a document that you don't want twice with remove",
                )
        if len(texts) > 1:
            yield _versions(catalogue, texts, added)


def _alike(catalogue: Catalogue, papers: Mapping[str, Paper], added: Mapping[str, int]) -> Iterator[tuple[_Text, ...]]:
    """The texts that are nearly the same, together and the oldest first, and alone each text that has several papers.

    One is older by its paper's date, and else by the run of `add` in which it came.
    """
    ties = catalogue.ties.all()

    def order(paper: Paper) -> tuple[str, int, str, int]:
        return paper.date or "", added[paper.document], paper.document, paper.number

    todo = {id_ for id_, tie in ties.items() if tie.same_as or tie.versions}
    for id_ in sorted(todo, key=lambda id_: order(papers[id_])):
        if id_ not in todo:
            continue
        group, border = set[str](), [id_]
        while border:
            found = border.pop()
            if found not in group:
                group.add(found)
                border += [*ties[found].same_as, *ties[found].versions]
        todo -= group
        texts = {frozenset((i, *ties[i].same_as)) for i in group}
        in_order = [_Text(tuple(sorted((papers[i] for i in ids), key=order))) for ids in texts]
        yield tuple(sorted(in_order, key=lambda text: order(text.first)))


def _versions(catalogue: Catalogue, texts: Sequence[_Text], added: Mapping[str, int]) -> Problem:
    places = listed((_place(text.first) for text in texts[-MOST:]), most=MOST)
    last = f", the last {MOST} of them" if len(texts) > MOST else ""
    newest, before = texts[-1].first, texts[-2].first
    if newest.date and before.date and newest.date != before.date:
        order = "the newest last by their dates"
    elif added[newest.document] != added[before.document]:
        order = "the newest last by when they were added, as their dates don't tell"
    else:
        order = "which is the newest isn't known: their dates don't tell, and they were added together"
    compared = [
        _compared(catalogue, one.first, other.first, in_order="newest last" in order)
        for one, other in pairwise(texts[-COMPARED - 1 :])
    ]
    return Problem(
        "versions",
        "warning",
        f"{_named(newest)} stands in {len(texts)} versions{last}: {places} ({order}). {' '.join(compared)}",
        "look which one holds; take out a document that doesn't with remove",
    )


def _compared(catalogue: Catalogue, one: Paper, other: Paper, *, in_order: bool) -> str:
    """Where a version differs from the one before, in the words of both."""
    texts = [_text_of(catalogue, paper) for paper in (one, other)]
    found = differences(*texts)
    where = f"{_place(other)} differs from the version named before"
    if not found:
        return f"{where} in signs alone."
    shown = [_shown(difference, texts, catalogue, other, in_order=in_order) for difference in found[:COMPARED]]
    more = f"; and {len(found) - COMPARED} more" if len(found) > COMPARED else ""
    return f"{where} in {counted(len(found), 'place')}: {'; '.join(shown)}{more}."


def _shown(difference: Difference, texts: Sequence[str], catalogue: Catalogue, other: Paper, *, in_order: bool) -> str:
    was, now = (_cut(text[slice(*span)]) for text, span in zip(texts, (difference.one, difference.other), strict=True))
    page = catalogue.page_at(other.document, other.start + difference.other[0])
    told = f"“{was}” became “{now}”" if in_order else f"“{now}”, there “{was}”"
    return f"{_page(page) if page else 'page unknown'}: {told}"


def _cut(words: str) -> str:
    text = readable(words)
    return text if len(text) <= 80 else f"{text[:40].rsplit(' ', 1)[0]} … {text[-30:].split(' ', 1)[-1]}"


def _text_of(catalogue: Catalogue, paper: Paper) -> str:
    """The stored text of a paper, which is a public one: nothing is stored of others."""
    pages = catalogue.pages(paper.document, first=paper.first_page, last=paper.last_page)
    whole = PAGE_BREAK.join(page.text for page in pages)
    return whole[paper.start - pages[0].start : paper.end - pages[0].start]


def _named(paper: Paper) -> str:
    return f"“{paper.title}” ({paper.kind}, {written_out(paper.date)})"


def _place(paper: Paper) -> str:
    return f"{paper.document} (file {page_list(range(paper.first_page, paper.last_page + 1))})"


def _page(page: PageText) -> str:
    if page.label == str(page.number):
        return f"page {page.label}"
    return f"page {page.label} (file page {page.number})" if page.label else f"file page {page.number}"


# Printed pages that may be missing


def missing_pages(entry: Entry, pages: Sequence[PageText]) -> Iterator[Problem]:
    """Numbers that the printed numbers of a document's pages pass over."""
    found = jumps([page.label for page in pages])
    if found:
        more = f"; and so in {len(found) - MOST} more places" if len(found) > MOST else ""
        yield Problem(
            "missing pages",
            "warning",
            f"{entry.id}: {'; '.join(map(_jump, found[:MOST]))}{more}.",
            "compare with the paper itself: the pages may be missing, or exempt and left out of what was published",
        )


def _jump(jump: Jump) -> str:
    first, last = jump.missing
    where = f"page {first}" if first == last else f"pages {first}-{last}"
    return (
        f"printed page {jump.labels[0]} is followed by {jump.labels[1]} (file pages {jump.pages[0]} and "
        f"{jump.pages[1]}), so {where} may be missing"
    )


# Meetings


@dataclass(frozen=True, slots=True)
class _Body:
    """A body with its meetings: what is held of each day, and what is said of days."""

    name: str
    held: Mapping[str, Sequence[Paper]]
    said: Mapping[str, Sequence[PlacedMention]]

    def minutes(self, day: str) -> Paper | None:
        return next((paper for paper in self.held.get(day, ()) if paper.kind == "minutes"), None)


def meetings(entries: Sequence[Entry], mentions: Sequence[PlacedMention]) -> Iterator[Problem]:
    """For each body that has minutes or agendas here: its meetings, and those of which something is missing."""
    for body in _bodies(entries, mentions):
        if len(body.held) > 1:
            days = [f"{written_out(day)} ({_held(body.held[day])})" for day in sorted(body.held)]
            yield Problem("meetings", "note", f"{body.name}: papers of {listed(days, most=50)}.", "none needed")
        missing = [
            f"{written_out(day)} ({_said(said)})" for day, said in sorted(body.said.items()) if day not in body.held
        ]
        if missing:
            yield Problem(
                "gap",
                "note",
                f"{body.name}: nothing is held of {listed(missing, most=12)}.",
                "add the papers of these meetings if they were published",
            )
        last = max((day for day in body.held if body.minutes(day)), default="")
        without = [
            written_out(day)
            for day, papers in sorted(body.held.items())
            if day < last and not body.minutes(day) and any(paper.kind == "agenda" for paper in papers)
        ]
        if without:
            yield Problem(
                "gap",
                "note",
                f"{body.name}: the agenda is held but not the minutes of {listed(without, most=12)}, though those of "
                f"{written_out(last)} are.",
                "add the minutes if they were published",
            )


def _bodies(entries: Sequence[Entry], mentions: Sequence[PlacedMention]) -> list[_Body]:
    papers = [(paper, *meeting) for entry in entries for paper, meeting in _of_meetings(entry)]
    named = bodies([*(body for _, body, _ in papers), *(m.mention.body or "" for m in mentions)])
    held: dict[str, dict[str, list[Paper]]] = {}
    for paper, body, day in papers:
        held.setdefault(named[body], {}).setdefault(day, []).append(paper)
    said: dict[str, dict[str, list[PlacedMention]]] = {}
    for placed in mentions:
        if placed.mention.date:
            name = named[placed.mention.body or ""]
            said.setdefault(name, {}).setdefault(placed.mention.date, []).append(placed)
    meeting = {named[body] for paper, body, _ in papers if paper.kind in ("agenda", "minutes")}
    return [_Body(name, held[name], said.get(name, {})) for name in sorted(meeting)]


def _of_meetings(entry: Entry) -> Iterator[tuple[Paper, tuple[str, str]]]:
    """The public papers of a document with the body and the day of the meeting that each belongs to, as far as known:
    minutes to their own, all else to that of the agenda in whose pack they are."""
    public = [paper for paper in entry.papers if paper.access is Access.PUBLIC]
    agenda = next((paper for paper in public if paper.kind == "agenda"), None)
    for paper in public:
        of = agenda if agenda is not None and paper.kind != "minutes" else paper
        if of.kind in _OF_MEETINGS and of.body and of.date and len(of.date) == len("2022-06-14"):
            yield paper, (of.body, of.date)


def _held(papers: Iterable[Paper]) -> str:
    """ "agenda, draft minutes, 3 other papers"."""
    kinds = sorted({(p.kind, p.status or "") for p in papers if p.kind in ("agenda", "minutes")})
    parts = [f"{status} {kind}".strip() for kind, status in kinds]
    others = sum(paper.kind not in ("agenda", "minutes") for paper in papers)
    return ", ".join([*parts, *([counted(others, "other paper")] if others else [])])


def _said(mentions: Sequence[PlacedMention]) -> str:
    """How it is known that there was such a meeting."""
    told = []
    for said, words in ((Said.APPROVED, "minutes approved in"), (Said.ANNOUNCED, "announced in")):
        first = next((m for m in mentions if m.mention.said is said), None)
        if first:
            label = f"page {first.page_label}" if first.page_label else f"file page {first.mention.page}"
            told.append(f"{words} {first.document}, {label}")
    return "; ".join(told)
