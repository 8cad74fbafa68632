"""Hits into a draft of an answer, without a language model: the few quotations that answer best.

In plain steps: in each of the hits, every run of neighbouring extracts that is short enough to read aloud is a window.
Windows are weighed by the question's words and meaning in them, by how well their passage was ranked, and by whether
they have what is asked for (a number, a date, a name). The best is quoted, and others that come close to it; where the
question names several times ("in June 2022 and in January 2023"), the best from each. If even the best holds too
little, nothing is quoted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import attrgetter
from statistics import fmean

from assistant.scope import Period, Scope, closeness, is_of_kind, is_told_by
from assistant.scoring import Asked, Candidate, Stretch, Weighed, named, of_period
from assistant.shape import has
from corpus.dates import written_out
from corpus.documents import CELL_BREAK, PAGE_BREAK, Paper, Passage, readable
from corpus.inspections import names_inspection
from corpus.reading.paragraphs import opens_with_marker
from index.hits import Hit

WINDOW_EXTRACTS = 6
WINDOW_WORDS = 90
"""A window of several extracts has at most this many of them and this many words: half a minute read aloud."""

LIST_WORDS = 160
"""A list is quoted whole, with the sentence that introduces it, up to this many words."""

MOST = 3
"""Quotations in an answer; more only where the question names more times than that."""

MOST_WORDS = 220
"""Words in all quotations together."""

CLOSE = 2.0
"""A window is quoted beside the best if its score is at most this much lower."""

FAR = 5.0
"""The best window from a time that the question names is quoted beside the best of all if its score is at most this
much lower."""

LEAST_EVIDENCE = 0.7
"""The best window's coverage of the question's words (0 to 1) and its cosine, summed: below this the papers speak of
other things."""

HEADING_WORDS = 14
"""A longer heading isn't said before a quotation."""

_AGENDA_ITEM = re.compile(r"\W*agenda item(?: no\.?)? ?\d+\w?\W*", re.IGNORECASE)
"""The mark at the top of a report's first page, which tells nothing of a table."""

_CONTENTS_ENTRY = re.compile(r"[^.!?;|]{3,90}?[\s.]+(\d{1,3})", re.DOTALL)
"""A heading and its page."""

NOT_FOUND = "Nothing in the papers searched answers this."
NOT_SPELLED_OUT = "None of the papers searched spells out what {} stands for."
NOTHING_ASKED = "There is nothing to search for in that; ask in words, for example: what did the inspectors recommend?"


@dataclass(frozen=True, slots=True)
class Merit(Weighed):
    """What speaks for a window as a quotation; as `WEIGHTS`, what each of these counts.

    `rank` is 1 divided by its passage's rank, `behind` how far its passage's score lies below the first's (not above
    0); `coverage` the share of the question's words in it, its headings or its paper's title, `densest` that of its
    best extract alone; `nearest` and `mean` are cosines of its extracts; `shape` counts what it has of what is asked
    for; `row` says whether it is a table's row, `named` the share of the words of a row that the question says, where
    it asks for a figure; `length` is the logarithm of its words; `dated` says how well its paper's date fits the times
    that the question names, `kind` whether the paper is of a kind that it names, `out_of_time` whether neither the
    paper nor the window is of any of these times.
    """

    rank: float
    behind: float
    coverage: float
    densest: float
    nearest: float
    mean: float
    shape: float
    row: float
    named: float
    length: float
    dated: float
    kind: float
    out_of_time: float


WEIGHTS = Merit(
    rank=0.8,
    behind=0.2,
    coverage=5.9,
    densest=1.6,
    nearest=3.0,
    mean=5.2,
    shape=1.5,
    row=0.1,
    named=4.5,
    length=0.65,
    dated=0.7,
    kind=0.75,
    out_of_time=-2.0,
)
"""Fitted on our dev questions on real packs and on the questions on the sample papers, then rounded."""


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring extracts of one hit on one page, quoted as one, and how well they answer.

    `extracts` are their places, `coverage` the share of the question's words, `nearest` the best cosine, and
    `out_of_time` whether the question names times and nothing here is of any of them.
    """

    candidate: Candidate
    extracts: tuple[tuple[int, int], ...]
    score: float
    coverage: float
    nearest: float
    out_of_time: bool = False

    @property
    def hit(self) -> Hit:
        """The hit that it is a part of."""
        return self.candidate.hit

    @property
    def start(self) -> int:
        """Where it begins in its document's text."""
        return self.extracts[0][0]

    @property
    def end(self) -> int:
        """Where it ends in its document's text."""
        return self.extracts[-1][1]

    @property
    def text(self) -> str:
        """Its text as stored."""
        passage = self.hit.passage
        return passage.text[self.start - passage.start : self.end - passage.start]

    def overlaps(self, other: Window) -> bool:
        """Whether the two share text."""
        same = self.hit.passage.document == other.hit.passage.document
        return same and self.start < other.end and other.start < self.end


def choose(found: Sequence[Candidate], asked: Asked) -> list[Window]:
    """The windows to quote, best first; empty where the best doesn't answer."""
    first = found[0].hit.score if found else 0.0
    windows = [w for c in found for w in _windows(c, first, asked)]
    windows.sort(key=lambda w: -w.score)
    windows = _spoken(windows, asked.scope)
    if max((w.coverage + w.nearest for w in windows), default=0.0) < LEAST_EVIDENCE:
        return []
    chosen = _of_each_time(windows, asked.scope.periods)
    for window in windows:
        if window.score >= windows[0].score - CLOSE and _has_room(window, chosen):
            chosen.append(window)
    return chosen


def _spoken(windows: list[Window], scope: Scope) -> list[Window]:
    """Where a question asks what somebody said, the windows that are their own words; all, where there are none."""
    if scope.speaker is None:
        return windows
    hits = ((window, window.hit) for window in windows)
    return [w for w, hit in hits if is_told_by(hit.paper, hit.passage.headings, scope.speaker)] or windows


def _of_each_time(windows: Sequence[Window], periods: Sequence[Period]) -> list[Window]:
    """Where several times are named, the best window from each, by its paper's date or, where no paper is of that time,
    by the dates in it; else none."""
    chosen: list[Window] = []
    if len(periods) < 2:
        return chosen
    near = [w for w in windows if w.score >= windows[0].score - FAR]
    for period in periods:
        of_it = of_period(near, period, attrgetter("candidate"))
        best = next((w for w in of_it if _has_room(w, chosen)), None)
        if best is not None and not any(w in chosen for w in of_it[:1]):
            chosen.append(best)
    return chosen


def _has_room(window: Window, chosen: Sequence[Window]) -> bool:
    words = sum(len(w.text.split()) for w in [*chosen, window])
    fits = not chosen or words <= MOST_WORDS
    return len(chosen) < MOST and fits and not any(window.overlaps(other) for other in chosen)


def _is_contents(stretches: Sequence[Stretch]) -> bool:
    """Whether these are a list of contents: most are a heading and a number, and the numbers rise like pages."""
    entries = [match for stretch in stretches if (match := _CONTENTS_ENTRY.fullmatch(stretch.text.strip()))]
    pages = [int(match[1]) for match in entries]
    return len(pages) >= 3 and len(pages) > len(stretches) / 2 and pages == sorted(pages) and pages[0] < pages[-1]


def windows_of(candidate: Candidate) -> Iterator[tuple[Stretch, ...]]:
    """The runs of neighbouring extracts that can be quoted as one, each on one page; none of a list of contents."""
    passage = candidate.hit.passage
    stretches = [s for s in candidate.stretches if any(c.isalpha() for c in s.text)]
    if _is_contents(stretches):
        return
    lists = _lists(stretches)
    for first in range(len(stretches)):
        lasts = {*range(first, min(first + WINDOW_EXTRACTS, len(stretches))), *(b for a, b in lists if a == first)}
        for last in sorted(lasts):
            run = stretches[first : last + 1]
            text = passage.text[run[0].start - passage.start : run[-1].end - passage.start]
            most = LIST_WORDS if (first, last) in lists else WINDOW_WORDS
            fits = last == first or (len(text.split()) <= most and PAGE_BREAK not in text)
            if fits and not any(first <= a <= last < b for a, b in lists):
                yield tuple(run)


def _lists(stretches: Sequence[Stretch]) -> frozenset[tuple[int, int]]:
    """The introduced lists among these extracts: the places of the sentence that ends with a colon, and of the last
    item. None of them is quoted in part but without its introduction."""
    found = set()
    for place, stretch in enumerate(stretches):
        if stretch.text.rstrip().endswith(":"):
            items = takewhile(lambda item: opens_with_marker(item.text), stretches[place + 1 :])
            found.add((place, place + sum(1 for _ in items)))
    return frozenset((first, last) for first, last in found if last > first)


def merit_of(candidate: Candidate, run: Sequence[Stretch], first: float, asked: Asked) -> Merit:
    """What speaks for a run of a hit's extracts; `first` is the score of the first hit."""
    hit = candidate.hit
    stems = frozenset[str]().union(*(stretch.stems for stretch in run))
    words = sum(len(stretch.text.split()) for stretch in run)
    return Merit(
        rank=1 / hit.rank,
        behind=min(0.0, hit.score - first),
        coverage=asked.coverage(stems | candidate.context),
        densest=max(asked.coverage(stretch.stems) for stretch in run),
        nearest=max(stretch.cosine for stretch in run),
        mean=fmean(stretch.cosine for stretch in run),
        shape=float(sum(any(has(shape, stretch.text) for stretch in run) for shape in asked.shapes)),
        row=float(bool(hit.passage.headers)),
        named=named(hit.passage, run[0], asked) if len(run) == 1 else 0.0,
        length=math.log(words),
        dated=closeness(candidate.dated, asked.scope),
        kind=float(is_of_kind(hit.paper, asked.scope.kinds)),
        out_of_time=float(candidate.is_out_of_time(run, asked.scope)),
    )


def _windows(candidate: Candidate, first: float, asked: Asked) -> Iterator[Window]:
    for run in windows_of(candidate):
        merit = merit_of(candidate, run, first, asked)
        spans = tuple((stretch.start, stretch.end) for stretch in run)
        yield Window(candidate, spans, merit.score(WEIGHTS), merit.coverage, merit.nearest, bool(merit.out_of_time))


def source(paper: Paper, passage: Passage) -> str:
    """Who says a passage, when, and under which heading, in plain words."""
    said = f"{paper.title}, {written_out(paper.date)}" if paper.date else paper.title
    heading = readable(passage.headings[-1]).rstrip(": ") if passage.headings else ""
    # In a summary of several inspections the heading alone doesn't say which of them found it, and above a table it
    # doesn't say what is counted: "Children in care" may be those whom somebody met.
    above = [readable(step) for step in passage.headings[:-1] if names_inspection(step)][-1:]
    if passage.headers and not above:
        above = [readable(step) for step in passage.headings[-2:-1] if not _AGENDA_ITEM.fullmatch(readable(step))]
    steps = [step for step in (*above, heading) if step and step.lower() not in paper.title.lower()]
    steps = [step for step in steps if len(step.split()) <= HEADING_WORDS]
    return f"{said}, under {' › '.join(steps)}" if steps else said


def said(window: Window) -> str:
    """A window as an answer says it: its source, then the quotation; a cell of a long row after the row's name and the
    column's header, an item of a list after the sentence that introduces it."""
    passage = window.hit.passage
    name, header = _cell(passage, window.start, window.end)
    where = [part for part in (name, header, passage.introduction.rstrip(": ")) if part]
    quoted = "; ".join(
        spoken(passage.text[start - passage.start : end - passage.start], passage.headers)
        for start, end in (window.extracts if passage.headers and not header else ((window.start, window.end),))
    )
    return ": ".join([source(window.hit.paper, passage), *where, quoted])


def _cell(passage: Passage, start: int, end: int) -> tuple[str, str]:
    """The name of the row (its first cell) and the header of the one cell in which a stretch of a row lies; empty where
    it lies in several, or in the first."""
    cells = passage.text.split(CELL_BREAK)
    column, last = (passage.text[: place - passage.start].count(CELL_BREAK) for place in (start, end))
    if len(cells) != len(passage.headers) or len(cells) < 2 or last > column:
        return "", ""
    name = readable(cells[0])
    return (name if column and len(name.split()) <= HEADING_WORDS else ""), passage.headers[column]


def spoken(quote: str, headers: Sequence[str]) -> str:
    """A quotation as an answer says it: between quotation marks; a table row as its cells under their headers."""
    cells = [cell.strip() for cell in readable(quote).split(CELL_BREAK.strip())]
    if len(cells) > 1 and len(cells) == len(headers):
        named = zip(headers, cells, strict=True)
        return "; ".join(f"{header}: {cell}" if header else cell for header, cell in named if cell)
    return f"“{readable(quote)}”"
