"""The answer to a question, and the assistant that gives it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from assistant.citations import (
    Citation,
    Group,
    Quotation,
    Statement,
    Verified,
    cite,
    same_words,
    verify,
    verify_place,
)
from assistant.councils import councils_in
from assistant.declining import Coverage, coverage_of, declined_at_once, outside_coverage
from assistant.falling_short import why_no_answer
from assistant.meanings import asked_meaning, definitions_for, short_forms_in
from assistant.needs import years_in
from assistant.question import LONGEST, Question, understand
from assistant.retrieval import PAPERS_WORDS, SLIPS, Retriever
from assistant.spelling import Vocabulary, mended
from assistant.traced_answers import told_by_trace, trace_asked
from assistant.tracing import Tracer
from assistant.wording import Wording, in_the_papers_words, read_wording
from assistant.writing import NOT_SPELLED_OUT, NOTHING_ASKED, Window, choose, said, source
from corpus.documents import Paper, readable
from corpus.records.places import Place
from index.encoder import Encoder
from index.hits import Filter, Hit
from index.lexicon import PlacedDefinition
from index.library import Library

NO_PAPERS = "The library has no paper within what the search was narrowed to; widen it and ask again."

HITS = 10
"""Passages behind an answer."""


MEANINGS = 2
"""So many meanings of one short form are quoted."""

SHORT_FORMS = 8
"""So many short forms of an answer are spelled out beside it."""

MEANING_WORDS = 60
"""A longer sentence isn't quoted for the few words in it that spell a short form out."""


class Status(StrEnum):
    """What an answer is worth."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through for an answer: how many documents and papers, the years of the oldest and the newest of
    them, and the filters in force; single papers by their titles."""

    documents: int
    papers: int
    since: str | None = None
    until: str | None = None
    kinds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A sentence that a language model wrote and that isn't shown as an answer, and why, in words that go on from
    "removed because"."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a language model had to do with an answer: its name, its sentences that were removed, and, where the answer
    stays in quotations all the same, the sentence that says why.

    `above` are its sentences where they stand above the answer's own statements and not in their place; the citations
    that they name are the answer's.
    """

    model: str
    removed: tuple[Removed, ...] = ()
    fallback: str | None = None
    above: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says: statements with their citations, or the reason why there are none.

    `standalone` is the question as it was searched for. `hits` are the ten best passages behind the answer; when the
    status is `not_found` they are the nearest, and no answer. `seconds` is how long the answer took. `short_forms` are
    those in the statements that these don't spell out, each with the place that does. `drafted` is set only where a
    language model was asked (`assistant.drafted_answers`).
    """

    question: str
    standalone: str
    status: Status
    reason: str | None
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    searched: Searched
    seconds: float
    short_forms: tuple[PlacedDefinition, ...] = ()
    drafted: Drafted | None = None

    @property
    def text(self) -> str:
        """The answer as plain text: a line a statement, each followed by its citation numbers; else the reason."""
        if not self.statements:
            return self.reason or ""
        return "\n".join(f"{s.text} {''.join(f'[{n}]' for n in s.citations)}".strip() for s in self.statements)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What questions are held against beside the passages: what the papers of one generation of a library speak of,
    what they say that short forms stand for, their words, and what they say in place of everyday words."""

    generation: int
    coverage: Coverage
    definitions: tuple[PlacedDefinition, ...]
    vocabulary: Vocabulary
    wording: Wording


Search = Callable[[Question, Filter, int], list[Hit]]
"""A way of searching: the retriever's `search`, `by_meaning` or `by_words`."""


class Assistant:
    """Answers questions from a library with quotations. Threads may share it: it keeps nothing of a question."""

    def __init__(self, library: Library, encoder: Encoder) -> None:
        """Raise LibraryMismatch where the library's vectors are another encoder's."""
        self.library = library
        self.retriever = Retriever(library, encoder)
        self.tracer = Tracer(library, encoder)
        self.encoder = encoder
        self._lay_words = read_wording()
        self._known: Knowledge | None = None

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for: the model and the vectors."""
        self.retriever.search(understand("warm up"), Filter(), 1)
        self._knowledge()

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        filter: Filter = Filter(),  # noqa: A002, B008  (the word of the command line; frozen)
        *,
        search: Search | None = None,
        without: Container[str] = (),
    ) -> Answer:
        """Answer a question; `history` has the earlier questions of the conversation, oldest first.

        `search` is the way of searching, both ways fused if not given; `without` names steps (of `retrieval.STEPS`)
        that are left out.
        """
        began = time.perf_counter()
        written = " ".join(question.split())[:LONGEST]
        asked = self.understand(question, history, without)
        searched = self._searched(filter)

        def answer(status: Status, reason: str | None, hits: Sequence[Hit], groups: Sequence[Group]) -> Answer:
            statements, citations = cite(groups)
            return Answer(
                question=written,
                # What is declined at once isn't searched for, so nothing earlier was needed to understand it.
                standalone=written if status is Status.REFUSED else asked.standalone,
                status=status,
                reason=reason,
                statements=statements,
                citations=citations,
                hits=tuple(hits),
                searched=searched,
                seconds=time.perf_counter() - began,
                short_forms=self._short_forms(statements),
            )

        if declined := declined_at_once(question):
            return answer(Status.REFUSED, declined.reason, (), ())
        if not asked.terms:
            return answer(Status.REFUSED, NOTHING_ASKED, (), ())
        if not searched.papers and filter != Filter():
            return answer(Status.NOT_FOUND, NO_PAPERS, (), ())
        hits = (search or partial(self.retriever.search, without=without))(asked, filter, HITS)
        known = self._knowledge()
        declined = outside_coverage(asked.text, known.coverage)
        if declined and declined.is_certain:
            return answer(Status.NOT_FOUND, declined.reason, hits, ())
        short = asked_meaning(asked.text, [d.definition.short for d in known.definitions])
        if short is not None:
            meanings = self._meanings(definitions_for(short, known.definitions), filter)
            if meanings:
                return answer(Status.ANSWERED, None, hits, meanings)
            return answer(Status.NOT_FOUND, NOT_SPELLED_OUT.format(short), hits, ())
        traced = trace_asked(asked)
        if traced is not None and (told := self._traced(traced, filter)):
            return replace(answer(Status.ANSWERED, None, hits, told), standalone=traced.standalone)
        found = self._quotations(asked, hits)
        if short_of := why_no_answer(asked, [window for window, _ in found], declined, known.coverage.own):
            return answer(Status.NOT_FOUND, short_of, hits, ())
        groups = [(said(window), verified) for window, verified in found]
        if len(asked.terms) == 1:
            # A short form on its own: what it stands for, before what the papers say of it.
            alone = asked.terms[0].upper()
            groups = [*self._meanings(definitions_for(alone, known.definitions), filter), *groups]
        return answer(Status.ANSWERED, None, hits, groups)

    def _short_forms(self, statements: Sequence[Statement]) -> tuple[PlacedDefinition, ...]:
        words = " ".join(statement.text for statement in statements)
        return short_forms_in(words, self._knowledge().definitions, SHORT_FORMS) if words else ()

    def _searched(self, filter_: Filter) -> Searched:
        extent = self.library.extent(filter_)
        titles: tuple[str, ...] = ()
        if filter_.papers:
            titles = tuple(p.title for e in self.library.documents() for p in e.papers if p.id in filter_.papers)
        return Searched(
            extent.documents,
            extent.papers,
            filter_.since,
            filter_.until,
            filter_.kinds,
            filter_.bodies,
            titles,
            extent.first,
            extent.last,
        )

    def understand(self, question: str, history: Sequence[str] = (), without: Container[str] = ()) -> Question:
        """The question as it is searched for: without slips of the keyboard, and with the papers' words for its own.

        `history` has the earlier questions of the conversation, oldest first; `without` names steps (of
        `retrieval.STEPS`) that are left out.
        """
        known = self._knowledge()
        texts = [question[:LONGEST], *(earlier[:LONGEST] for earlier in history)]
        if SLIPS not in without:
            texts = [mended(text, known.vocabulary, partial(self._is_a_word, known.wording)) for text in texts]
        asked = understand(texts[0], texts[1:])
        if PAPERS_WORDS in without:
            return asked
        return in_the_papers_words(asked, known.wording, known.vocabulary.__contains__)

    def _is_a_word(self, wording: Wording, word: str) -> bool:
        """Whether a word is spelled rightly though no paper has it: a lay word, or one that the encoder has whole."""
        return wording.knows(word) or self.encoder.count(word) == 1

    def _knowledge(self) -> Knowledge:
        """What is known of the library's papers, found out once for what it holds now."""
        generation = self.library.generation
        if self._known is None or self._known.generation != generation:
            dates = [paper.date for entry in self.library.documents() for paper in entry.papers]
            councils: dict[str, Counter[str]] = {}
            years: set[int] = set()
            for placed in self.library.passages():
                text = placed.passage.text
                councils.setdefault(placed.passage.document, Counter()).update(n.council for n in councils_in(text))
                years |= years_in(text)
            covered = coverage_of(dates, councils.values(), years)
            definitions = self.library.definitions()
            self._known = Knowledge(
                generation,
                covered,
                definitions,
                Vocabulary(self.library.spellings()),
                self._lay_words.with_acronyms((d.definition.short, d.definition.long) for d in definitions),
            )
        return self._known

    def _meanings(self, definitions: Sequence[PlacedDefinition], filter_: Filter) -> list[Group]:
        """What the papers say a short form stands for, and the verified quotations that do."""
        groups: list[Group] = []
        for each in definitions:
            start, end = each.definition.start, each.definition.end
            placed = self.library.passage_at(each.document, start, end, filter_)
            if placed is None:
                continue
            passage = placed.passage
            around = next((e for e in passage.extracts if e[0] <= start and end <= e[1]), (start, end))
            if len(passage.text[around[0] - passage.start : around[1] - passage.start].split()) > MEANING_WORDS:
                around = (start, end)
            found = verify(Quotation(passage, placed.paper, *around), self.library.page_at)
            if found is not None and len(groups) < MEANINGS:
                meaning = f"{each.definition.short} stands for {each.definition.long}"
                quoted = f"{source(placed.paper, passage)}: “{readable(found.quote)}”"
                groups.append((f"{meaning}. {quoted}", [found]))
        return groups

    def _traced(self, question: Question, filter_: Filter) -> list[Group]:
        """What inspectors found over the years, or what came of promises, as the question asks."""

        def quote(place: Place, paper: Paper) -> Verified | None:
            return verify_place(place, paper, self.library.page_at)

        return told_by_trace(question, self.tracer, filter_, quote)

    def _quotations(self, question: Question, hits: Sequence[Hit]) -> list[tuple[Window, list[Verified]]]:
        """What to quote, and the verified quotations of each, in order of date and place; the same words once."""
        asked, weighed = self.retriever.weigh(question, hits)
        groups: list[tuple[Window, list[Verified]]] = []
        for window in choose(weighed, asked):
            hit = window.hit
            found = verify(Quotation(hit.passage, hit.paper, window.start, window.end), self.library.page_at)
            if found is None:
                continue
            twin = next((group for _, group in groups if same_words(group[0], found)), None)
            if twin is not None:
                twin.append(found)
            else:
                groups.append((window, [found]))
        return sorted(groups, key=lambda pair: _place(pair[0]))


def _place(window: Window) -> tuple[str, str, int]:
    """What quotations are ordered by: their papers' dates, then their places."""
    return (window.hit.paper.date or "", window.hit.passage.document, window.start)
