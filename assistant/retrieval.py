"""Question into hits: by meaning, by words, and both fused. Each way gives the same kind of list, so that `eval` can
compare them.

Fusion is by reciprocal rank (Cormack, Clarke and Büttcher 2009): 1 / (k + rank) summed over the lists, because cosines
and BM25 scores have no common scale. The first of the fused list are then ranked again by what their extracts say
(`scoring`), which needs no further model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.question import Question
from assistant.scoring import Asked, Candidate, Stemmer, asked_for, candidates, rank_again
from index.catalogue import Vectors
from index.encoder import Encoder
from index.hits import Filter, FoundBy, Hit
from index.library import Library

FUSION_K = 20
"""The constant k. 20 did a little better on our dev questions than the paper's 60: with a few hundred passages, the
first ranks say more."""

REMEMBERED = 128
"""So many questions' vectors are kept in memory."""

DEPTH = 100
"""How many passages of each way take part in the fusion."""

RANKED_AGAIN = 20
"""How many of the fused passages are ranked again; right ones further down are too few to be worth their time."""

HEADING_WORDS_WEIGHT = 1.0
"""What a word in the title, date or headings counts beside one in the text: by measurement, as much."""


class Retriever:
    """Finds passages in a library."""

    def __init__(self, library: Library, encoder: Encoder) -> None:
        """Search `library` with `encoder`. Raises LibraryMismatch where its vectors are another encoder's."""
        library.check_encoder(encoder)
        self._library = library
        self._encoder = encoder
        self._stemmer = Stemmer()
        # One question is encoded once, though a search and its answer both need its vector.
        self._vector_of = lru_cache(maxsize=REMEMBERED)(self._encoded)

    def _encoded(self, standalone: str) -> Vectors:
        vector: Vectors = self._encoder.encode_questions([standalone])[0]
        return vector

    def by_meaning(self, question: Question, filter_: Filter = Filter(), limit: int = 10) -> list[Hit]:  # noqa: B008
        """The passages nearest in meaning; the score is the cosine of the nearest vector."""
        if not question.standalone:
            return []
        vector = self._vector_of(question.standalone)
        return self._hits([(key, score, "meaning") for key, score in self._library.nearest(vector, filter_, limit)])

    def by_words(self, question: Question, filter_: Filter = Filter(), limit: int = 10) -> list[Hit]:  # noqa: B008
        """The passages that hold the question's words; the score is BM25's."""
        found = self._library.matching(question.terms, filter_, limit, context_weight=HEADING_WORDS_WEIGHT)
        return self._hits([(key, score, "words") for key, score in found])

    def search(self, question: Question, filter_: Filter = Filter(), limit: int = 10) -> list[Hit]:  # noqa: B008
        """Both ways fused, the first ranked again by their extracts; the score falls with the rank."""
        if not question.standalone:
            return []
        vector = self._vector_of(question.standalone)
        meaning = [key for key, _ in self._library.nearest(vector, filter_, DEPTH)]
        words = [
            key
            for key, _ in self._library.matching(question.terms, filter_, DEPTH, context_weight=HEADING_WORDS_WEIGHT)
        ]
        ranked: list[tuple[int, float, FoundBy]] = []
        for key, score in fuse([meaning, words]):
            found_by: FoundBy = "meaning" if key not in words else "words" if key not in meaning else "both"
            ranked.append((key, score, found_by))
        asked, found = self.weigh(question, self._hits(ranked[: max(limit, RANKED_AGAIN)]))
        best = rank_again(found, asked)[:limit]
        return [replace(candidate.hit, rank=rank, score=score) for rank, (candidate, score) in enumerate(best, 1)]

    def weigh(self, question: Question, hits: Sequence[Hit]) -> tuple[Asked, tuple[Candidate, ...]]:
        """What the question looks for, and the hits, in their order, with the extracts that can be held against it."""
        vector = self._vector_of(question.standalone)
        asked = asked_for(question, vector, self._library.rarity, self._stemmer)
        extracts = self._library.extracts([hit.key for hit in hits])
        return asked, candidates(hits, extracts, asked, self._stemmer)

    def _hits(self, ranked: Sequence[tuple[int, float, FoundBy]]) -> list[Hit]:
        placed = self._library.placed([key for key, _, _ in ranked])
        found = [(placed[key], score, found_by) for key, score, found_by in ranked if key in placed]
        return [
            Hit(p.passage, p.paper, p.page, p.page_label, rank, found_by, score, p.key)
            for rank, (p, score, found_by) in enumerate(found, 1)
        ]


def fuse(rankings: Sequence[Sequence[int]], k: int = FUSION_K) -> list[tuple[int, float]]:
    """Rankings of keys into one, best first, each key once with its sum of reciprocal ranks; ties in order of first
    appearance."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking, 1):
            scores[key] = scores.get(key, 0.0) + 1 / (k + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])
