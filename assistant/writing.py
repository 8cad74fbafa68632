"""Hits into a draft of an answer, without a language model: the few extracts that answer best, as quotations.

In plain steps: every extract of the best hits is scored by how near it is in meaning and by how much of what the
question's words tell it holds. The best is quoted; others only if they come close to it or bring words of the question
that nothing quoted so far has. If even the best holds too little, nothing is quoted and the reason is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import snowballstemmer

from assistant.question import Question, terms_of
from corpus.documents import CELL_BREAK, readable
from index.catalogue import Vectors
from index.hits import Hit
from index.library import Extract

CONSIDERED = 8
"""Hits whose extracts may be quoted."""

MOST = 4
"""Quotations in an answer."""

CLOSE = 0.85
"""An extract is quoted beside the best if it scores at least this share of it."""

NEW_WORDS = 0.2
"""Or if it brings at least this share of what the question's words tell, and ENOUGH_ALONE of the best's score."""

ENOUGH_ALONE = 0.65

CONTEXT_SHARE = 0.6
"""What a word of the question counts that stands only in the extract's headings or paper's title, beside one in it."""

MEANING_SHARE = 0.5
"""What nearness in meaning counts in an extract's score; the words count the rest."""

RANK_SHARE = 0.1
"""What the rank of its passage counts on top: 1 for the first, less for each after it."""

LEAST = 0.45
"""An answer's best extract must score this much."""

NOT_FOUND = "Nothing in the papers searched answers this."
NOTHING_ASKED = "There is nothing to search for in that; ask in words, for example: what did the inspectors recommend?"

Rarity = Callable[[Sequence[str]], Mapping[str, float]]
"""How much each stem tells, by how few passages hold it."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """An extract chosen for the answer, of which hit it is, and its score between 0 and about 1."""

    hit: Hit
    start: int
    end: int
    score: float
    held: frozenset[str]


class Stems:
    """Words to stems as the index by words makes them (Porter 1980)."""

    def __init__(self) -> None:
        """Set up the stemmer."""
        self._stemmer = snowballstemmer.stemmer("porter")

    def of(self, words: Sequence[str]) -> frozenset[str]:
        """The stems of these words; a word with a hyphen, slash or apostrophe gives those of its parts."""
        parts = (part for word in words for part in re.split(r"[^\w]+", word) if part)
        return frozenset(self._stemmer.stemWords([part.lower() for part in parts]))


def choose(
    question: Question,
    hits: Sequence[Hit],
    extracts: Sequence[Extract],
    vector: Vectors,
    rarity: Rarity,
    text_of: Callable[[Hit, int, int], str],
) -> list[Quoted]:
    """The extracts to quote, best first; empty where the best doesn't answer."""
    stems = Stems()
    asked = stems.of(question.terms)
    weights = rarity(sorted(asked))
    total = sum(weights.values())
    if not total:
        return []
    scored = []
    by_key = {hit.key: hit for hit in hits[:CONSIDERED]}
    context = {
        key: asked & stems.of(terms_of(" ".join([hit.paper.title, *hit.passage.headings, *hit.passage.headers])))
        for key, hit in by_key.items()
    }
    for extract in extracts:
        hit = by_key.get(extract.passage)
        if hit is None:
            continue
        own = asked & stems.of(terms_of(text_of(hit, extract.start, extract.end)))
        share = sum(weights[s] * (1.0 if s in own else CONTEXT_SHARE) for s in own | context[hit.key]) / total
        near = float(np.dot(extract.vector, vector))
        score = MEANING_SHARE * near + (1 - MEANING_SHARE) * share + RANK_SHARE / hit.rank
        scored.append(Quoted(hit, extract.start, extract.end, score, own))
    scored.sort(key=lambda q: (-q.score, q.hit.rank, q.start))
    if not scored or scored[0].score < LEAST:
        return []
    chosen = [scored[0]]
    for candidate in scored[1:]:
        if len(chosen) == MOST:
            break
        seen = frozenset[str]().union(*(q.held for q in chosen))
        brings = sum(weights[s] for s in candidate.held - seen) / total
        best = chosen[0].score
        if candidate.score >= CLOSE * best or (brings >= NEW_WORDS and candidate.score >= ENOUGH_ALONE * best):
            chosen.append(candidate)
    return chosen


def spoken(quote: str, headers: Sequence[str]) -> str:
    """A quotation as an answer says it: between quotation marks; a table row as its cells under their headers."""
    cells = [cell.strip() for cell in readable(quote).split(CELL_BREAK.strip())]
    if len(cells) > 1 and len(cells) == len(headers):
        return "; ".join(
            f"{header}: {cell}" if header else cell for header, cell in zip(headers, cells, strict=True) if cell
        )
    return f"“{readable(quote)}”"
