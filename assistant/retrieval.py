"""Question into hits: by meaning, by words, and both fused. Each way gives the same kind of list, so that `eval` can
compare them.

Fusion is by reciprocal rank (Cormack, Clarke and Büttcher 2009): 1 / (k + rank) summed over the lists, because cosines
and BM25 scores have no common scale.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question import Question
from index.encoder import Encoder
from index.hits import Filter, FoundBy, Hit
from index.library import Library

FUSION_K = 20
"""The constant k. 20 did a little better on our dev questions than the paper's 60: with a few hundred passages, the
first ranks say more."""

DEPTH = 100
"""How many passages of each way take part in the fusion."""

CONTEXT_WEIGHT = 1.0
"""What a word in the title, date or headings counts beside one in the text: by measurement, as much."""


class Retriever:
    """Finds passages in a library."""

    def __init__(self, library: Library, encoder: Encoder) -> None:
        """Search `library` with `encoder`. Raises LibraryMismatch where its vectors are another encoder's."""
        library.check_encoder(encoder)
        self._library = library
        self._encoder = encoder

    def by_meaning(self, question: Question, filter_: Filter = Filter(), limit: int = 10) -> list[Hit]:  # noqa: B008
        """The passages nearest in meaning; the score is the cosine of the nearest vector."""
        vector = self._encoder.encode_questions([question.standalone])[0]
        return self._hits([(key, score, "meaning") for key, score in self._library.nearest(vector, filter_, limit)])

    def by_words(self, question: Question, filter_: Filter = Filter(), limit: int = 10) -> list[Hit]:  # noqa: B008
        """The passages that hold the question's words; the score is BM25's."""
        found = self._library.matching(question.terms, filter_, limit, context_weight=CONTEXT_WEIGHT)
        return self._hits([(key, score, "words") for key, score in found])

    def search(self, question: Question, filter_: Filter = Filter(), limit: int = 10) -> list[Hit]:  # noqa: B008
        """Both ways fused; the score is the sum of reciprocal ranks."""
        vector = self._encoder.encode_questions([question.standalone])[0]
        meaning = [key for key, _ in self._library.nearest(vector, filter_, DEPTH)]
        words = [
            key for key, _ in self._library.matching(question.terms, filter_, DEPTH, context_weight=CONTEXT_WEIGHT)
        ]
        ranked: list[tuple[int, float, FoundBy]] = []
        for key, score in fuse([meaning, words]):
            found_by: FoundBy = "meaning" if key not in words else "words" if key not in meaning else "both"
            ranked.append((key, score, found_by))
        return self._hits(ranked[:limit])

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
