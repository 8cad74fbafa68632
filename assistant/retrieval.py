"""Question into hits: by meaning, by words, and both together. Each way gives the same kind of list, so that `eval` can
compare them.

The candidates are the first hundred of each way. They are ranked by all that speaks for them (`scoring`), which needs
no further model. Passages that say the same are one hit; a question that names several times gets the best from each
first, and one that only names a thing gets what several papers say of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter

from assistant.question import Question
from assistant.scope import Period, Scope
from assistant.scoring import WEIGHTS, Asked, Candidate, Stemmer, asked_for, candidates, evidence_of, of_period
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
"""How many passages of each way are candidates."""

HEADING_WORDS_WEIGHT = 1.0
"""What a word in the title, date or headings counts beside one in the text: by measurement, as much."""

COMPARED = 30
"""A passage is compared with so many that rank above it, to tell whether it says the same."""

ALIKE = 0.9
"""Passages of which each has at least this share of the other's words say the same."""

FEW_STEMS = 4
"""Passages with fewer words are never taken for the same: a figure may be all that tells them apart."""

Scored = tuple[Candidate, float]

LESS_OF_A_PAPER = 1.0
"""So much lower in score is each further passage of a paper, where a question only names a thing."""

SLIPS, PAPERS_WORDS = "slips mended", "the papers' words"
"""The steps of understanding a question."""

STEPS = (
    SLIPS,
    PAPERS_WORDS,
    "meaning",
    "words",
    "ranking again",
    "papers and times named",
    "one hit for the same text",
    "each time named",
    "each paper in turn",
)
"""The steps of a search, and of understanding what is searched for, that can be left out, to see what each earns."""


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
        vector = self._vector_of(question.encoded)
        return self._hits([(key, score, "meaning") for key, score in self._library.nearest(vector, filter_, limit)])

    def by_words(self, question: Question, filter_: Filter = Filter(), limit: int = 10) -> list[Hit]:  # noqa: B008
        """The passages that hold the question's words; the score is BM25's."""
        found = self._library.matching(question.terms, filter_, limit, context_weight=HEADING_WORDS_WEIGHT)
        return self._hits([(key, score, "words") for key, score in found])

    def search(
        self,
        question: Question,
        filter_: Filter = Filter(),  # noqa: B008
        limit: int = 10,
        *,
        without: Container[str] = (),
    ) -> list[Hit]:
        """The best of both ways, ranked by all that speaks for a passage; the score falls with the rank.

        `without` names steps (of `STEPS`) that are left out.
        """
        if not question.standalone:
            return []
        if "papers and times named" in without:
            question = replace(question, scope=Scope())
        meaning, words = dict[int, float](), dict[int, float]()
        if "meaning" not in without:
            meaning = dict(self._library.nearest(self._vector_of(question.encoded), filter_, DEPTH))
        if "words" not in without:
            terms = (*question.terms, *(phrase for each in question.reworded for phrase in each.phrases))
            words = dict(self._library.matching(terms, filter_, DEPTH, context_weight=HEADING_WORDS_WEIGHT))
        fused = fuse([list(meaning), list(words)])
        found_by: dict[int, FoundBy] = {
            key: "both" if key in meaning and key in words else "meaning" if key in meaning else "words"
            for key, _ in fused
        }
        asked, found = self.weigh(question, self._hits([(key, score, found_by[key]) for key, score in fused]))
        scored = [(each, each.hit.score) for each in found]
        if "ranking again" not in without:
            most = max(words.values(), default=1.0)
            shares = {key: score / most for key, score in words.items()}
            scored = self._ranked(found, asked, meaning, shares)
        if "one hit for the same text" not in without:
            scored = one_for_the_same(scored, question.scope)
        if "each time named" not in without:
            scored = from_each_time(scored, question.scope.periods)
        if "each paper in turn" not in without and question.names_one_thing:
            scored = from_each_paper(scored)
        return [replace(each.hit, rank=rank, score=score) for rank, (each, score) in enumerate(scored[:limit], 1)]

    def _ranked(
        self, found: Sequence[Candidate], asked: Asked, meaning: Mapping[int, float], words: Mapping[int, float]
    ) -> list[Scored]:
        """The candidates by all that speaks for them, best first; ties in their old order."""
        scored = []
        for each in found:
            key = each.hit.key
            evidence = evidence_of(each, asked, self._stemmer, meaning=meaning.get(key, 0.0), words=words.get(key, 0.0))
            scored.append((each, evidence.score(WEIGHTS)))
        return sorted(scored, key=lambda pair: -pair[1])

    def weigh(self, question: Question, hits: Sequence[Hit]) -> tuple[Asked, tuple[Candidate, ...]]:
        """What the question looks for, and the hits, in their order, with the extracts that can be held against it."""
        vector = self._vector_of(question.encoded)
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


def one_for_the_same(ranked: Sequence[Scored], scope: Scope) -> list[Scored]:
    """Passages that say the same as one, at the place of the best: the newest of them, or the best where a time is
    named. All are kept where several times are named, for then it is their difference that is asked for."""
    if len(scope.periods) > 1:
        return list(ranked)
    kept: list[Scored] = []
    for each, score in ranked:
        twin = next((i for i, (other, _) in enumerate(kept[:COMPARED]) if _say_the_same(each, other)), None)
        if twin is None:
            kept.append((each, score))
        elif not scope.periods and (each.hit.paper.date or "") > (kept[twin][0].hit.paper.date or ""):
            kept[twin] = (each, kept[twin][1])
    return kept


def _say_the_same(one: Candidate, other: Candidate) -> bool:
    fewer, more = sorted((len(one.stems), len(other.stems)))
    if fewer < FEW_STEMS or fewer < ALIKE * more:
        return False
    return len(one.stems & other.stems) >= ALIKE * more and _figures(one) == _figures(other)


def _figures(candidate: Candidate) -> frozenset[str]:
    return frozenset(stem for stem in candidate.stems if any(c.isdigit() for c in stem))


def from_each_time(ranked: Sequence[Scored], periods: Sequence[Period]) -> list[Scored]:
    """Where several times are named: the best of all, then the best from each time by its paper's date (or, where no
    paper is of that time, by the dates in its text), then the rest in their order."""
    if len(periods) < 2 or not ranked:
        return list(ranked)
    first = [ranked[0]]
    for period in periods:
        best = next(iter(of_period(ranked, period, itemgetter(0))), None)
        if best is not None and not any(best is pair for pair in first):
            first.append(best)
    return [*first, *(pair for pair in ranked if not any(pair is other for other in first))]


def from_each_paper(ranked: Sequence[Scored]) -> list[Scored]:
    """What several papers say rather than much of one: each further passage of a paper counts less."""
    before = Counter[tuple[str, int]]()
    found = []
    for each, score in ranked:
        paper = (each.hit.paper.document, each.hit.paper.number)
        found.append((each, score - LESS_OF_A_PAPER * before[paper]))
        before[paper] += 1
    return sorted(found, key=lambda pair: -pair[1])


def fuse(rankings: Sequence[Sequence[int]], k: int = FUSION_K) -> list[tuple[int, float]]:
    """Rankings of keys into one, best first, each key once with its sum of reciprocal ranks; ties in order of first
    appearance."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking, 1):
            scores[key] = scores.get(key, 0.0) + 1 / (k + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])
