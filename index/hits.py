"""What a search is narrowed by, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.documents import Paper, Passage

FoundBy = Literal["meaning", "words", "both"]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which papers a search may look at: dates as ISO prefixes ("2022", "2022-06", "2022-06-14"), both ends included,
    kinds of paper, bodies whose papers they are, documents and single papers by their ids. Empty means all. A paper
    without a date passes only where no date is asked for."""

    since: str | None = None
    until: str | None = None
    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a filter lets through: documents, papers, and the years of the oldest and the newest dated paper."""

    documents: int
    papers: int
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found: its paper, its page, its rank from 1, and how it was found.

    `score` orders the hits of one search and is comparable within that search only; higher is better.
    `page` and `page_label` are those on which the passage begins. `key` is the passage's number in its library.
    """

    passage: Passage
    paper: Paper
    page: int
    page_label: str | None
    rank: int
    found_by: FoundBy
    score: float
    key: int
