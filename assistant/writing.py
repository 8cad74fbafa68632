"""Hits into a draft of an answer, without a language model: the few quotations that answer best.

In plain steps: in each of the best hits, every run of neighbouring extracts that is short enough to read aloud is a
window. Windows are scored by the question's words and meaning in them. The best is quoted; others beside it only if
they come close or bring words of the question that nothing quoted so far has. If even the best holds too little,
nothing is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from assistant.scoring import Asked, Candidate, Stretch
from corpus.documents import CELL_BREAK, PAGE_BREAK, readable
from index.hits import Hit

CONSIDERED = 8
"""Hits of which windows may be quoted."""

WINDOW_EXTRACTS = 4
WINDOW_WORDS = 80
"""A window of several extracts has at most this many of them and this many words: half a minute read aloud."""

MOST = 3
"""Quotations in an answer."""

MOST_WORDS = 220
"""Words in all quotations together."""

RANK_WEIGHT = 0.5
"""What the rank of its passage counts in a window's score: this, divided by one more than the rank."""

CLOSE = 0.8
COVERS = 0.7
"""A window is quoted beside the best if it scores at least this share of it, and covers this share of the question's
words that the best covers: what only sounds alike stays out."""

NEW_WORDS = 0.3
CLOSE_WITH_NEW_WORDS = 0.6
"""Or if it brings at least this share of what the question's words tell, and scores this share of the best."""

LEAST_EVIDENCE = 0.55
"""The best window's coverage of the question's words (0 to 1) and its cosine, summed: below this the papers speak of
other things. Of the answerable dev questions one in a hundred lies below, of the nonsense nearly all; a near miss (the
right subject, but not the fact) can't be told apart by it."""

_CONTENTS_ENTRY = re.compile(r"[^.!?;|]{3,90}?[\s.]+(\d{1,3})", re.DOTALL)
"""A heading and its page."""

NOT_FOUND = "Nothing in the papers searched answers this."
NOTHING_ASKED = "There is nothing to search for in that; ask in words, for example: what did the inspectors recommend?"


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring extracts of one hit on one page, quoted as one, and how well they answer."""

    hit: Hit
    start: int
    end: int
    score: float
    coverage: float
    nearest: float
    stems: frozenset[str]

    def overlaps(self, other: Window) -> bool:
        """Whether the two share text."""
        same = self.hit.passage.document == other.hit.passage.document
        return same and self.start < other.end and other.start < self.end


def choose(found: Sequence[Candidate], asked: Asked) -> list[Window]:
    """The windows to quote, best first; empty where the best doesn't answer."""
    windows = [w for rank, c in enumerate(found[:CONSIDERED], 1) for w in _windows(c, rank, asked)]
    windows.sort(key=lambda w: -w.score)
    if max((w.coverage + w.nearest for w in windows), default=0.0) < LEAST_EVIDENCE:
        return []
    chosen: list[Window] = []
    for window in windows:
        if len(chosen) == MOST:
            break
        if not chosen or _is_worth_adding(window, chosen, asked):
            chosen.append(window)
    return chosen


def _is_worth_adding(window: Window, chosen: Sequence[Window], asked: Asked) -> bool:
    words = sum(_words(w) for w in [*chosen, window])
    if words > MOST_WORDS or any(window.overlaps(other) for other in chosen):
        return False
    share = window.score / chosen[0].score
    seen = frozenset[str]().union(*(w.stems for w in chosen))
    brings = asked.coverage(window.stems | seen) - asked.coverage(seen)
    covers = window.coverage >= COVERS * chosen[0].coverage
    return (covers and share >= CLOSE) or (share >= CLOSE_WITH_NEW_WORDS and brings >= NEW_WORDS)


def _words(window: Window) -> int:
    passage = window.hit.passage
    return len(passage.text[window.start - passage.start : window.end - passage.start].split())


def _is_contents(stretches: Sequence[Stretch]) -> bool:
    """Whether these are a list of contents: most are a heading and a number, and the numbers rise like pages."""
    entries = [match for stretch in stretches if (match := _CONTENTS_ENTRY.fullmatch(stretch.text.strip()))]
    pages = [int(match[1]) for match in entries]
    return len(pages) >= 3 and len(pages) > len(stretches) / 2 and pages == sorted(pages) and pages[0] < pages[-1]


def _windows(candidate: Candidate, rank: int, asked: Asked) -> Iterator[Window]:
    passage = candidate.hit.passage
    stretches = [s for s in candidate.stretches if any(c.isalpha() for c in s.text)]
    if _is_contents(stretches):
        return
    for first in range(len(stretches)):
        for last in range(first, min(first + WINDOW_EXTRACTS, len(stretches))):
            run = stretches[first : last + 1]
            text = passage.text[run[0].start - passage.start : run[-1].end - passage.start]
            if last > first and (len(text.split()) > WINDOW_WORDS or PAGE_BREAK in text):
                break
            yield _window(candidate, run, rank, asked)


def _window(candidate: Candidate, run: Sequence[Stretch], rank: int, asked: Asked) -> Window:
    stems = frozenset[str]().union(*(stretch.stems for stretch in run))
    coverage = asked.coverage(stems | candidate.context)
    nearest = max(stretch.cosine for stretch in run)
    score = RANK_WEIGHT / (rank + 1) + coverage + nearest + fmean(stretch.cosine for stretch in run)
    return Window(candidate.hit, run[0].start, run[-1].end, score, coverage, nearest, stems)


def spoken(quote: str, headers: Sequence[str]) -> str:
    """A quotation as an answer says it: between quotation marks; a table row as its cells under their headers."""
    cells = [cell.strip() for cell in readable(quote).split(CELL_BREAK.strip())]
    if len(cells) > 1 and len(cells) == len(headers):
        named = zip(headers, cells, strict=True)
        return "; ".join(f"{header}: {cell}" if header else cell for header, cell in named if cell)
    return f"“{readable(quote)}”"
