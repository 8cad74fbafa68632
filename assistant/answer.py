"""The answer to a question, and the assistant that gives it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.citations import Citation, Quotation, Statement, Verified, cite, same_words, verify
from assistant.question import Question, understand
from assistant.retrieval import Retriever
from assistant.writing import NOT_FOUND, NOTHING_ASKED, Window, choose, spoken
from corpus.dates import written_out
from index.encoder import Encoder
from index.hits import Filter, Hit
from index.library import Library

HITS = 10
"""Passages behind an answer."""


class Status(StrEnum):
    """What an answer is worth."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked through for an answer: how many documents and papers, and the filters in force."""

    documents: int
    papers: int
    since: str | None = None
    until: str | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says: statements with their citations, or the reason why there are none.

    `standalone` is the question as it was searched for. `hits` are the ten best passages behind the answer; when the
    status is `not_found` they are the nearest, and no answer. `seconds` is how long the answer took.
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

    @property
    def text(self) -> str:
        """The answer as plain text: a line a statement, each followed by its citation numbers; else the reason."""
        if not self.statements:
            return self.reason or ""
        return "\n".join(f"{s.text} {''.join(f'[{n}]' for n in s.citations)}".strip() for s in self.statements)


Group = tuple[str, list[Verified]]
"""What a statement says, and the verified quotations behind it."""

Search = Callable[[Question, Filter, int], list[Hit]]
"""A way of searching: the retriever's `search`, `by_meaning` or `by_words`."""


class Assistant:
    """Answers questions from a library with quotations. Threads may share it: it keeps nothing of a question."""

    def __init__(self, library: Library, encoder: Encoder) -> None:
        """Raise LibraryMismatch where the library's vectors are another encoder's."""
        self.library = library
        self.retriever = Retriever(library, encoder)

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for: the model and the vectors."""
        self.retriever.search(understand("warm up"), Filter(), 1)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        filter: Filter = Filter(),  # noqa: A002, B008  (the word of the command line; frozen)
        *,
        search: Search | None = None,
    ) -> Answer:
        """Answer a question; `history` has the earlier questions of the conversation, oldest first.

        `search` is the way of searching, both ways fused if not given.
        """
        began = time.perf_counter()
        asked = understand(question, history)
        searched = Searched(*self.library.count_papers(filter), filter.since, filter.until, filter.kinds)

        def answer(status: Status, reason: str | None, hits: Sequence[Hit], groups: Sequence[Group]) -> Answer:
            statements, citations = cite(groups)
            return Answer(
                question=asked.text,
                standalone=asked.standalone,
                status=status,
                reason=reason,
                statements=statements,
                citations=citations,
                hits=tuple(hits),
                searched=searched,
                seconds=time.perf_counter() - began,
            )

        if not asked.terms:
            return answer(Status.REFUSED, NOTHING_ASKED, (), ())
        hits = (search or self.retriever.search)(asked, filter, HITS)
        groups = self._groups(asked, hits)
        if not groups:
            return answer(Status.NOT_FOUND, NOT_FOUND, hits, ())
        return answer(Status.ANSWERED, None, hits, groups)

    def _groups(self, question: Question, hits: Sequence[Hit]) -> list[Group]:
        """What to say, and the verified quotations behind it, in order of date and place; the same words once."""
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
        groups.sort(key=lambda pair: (pair[0].hit.paper.date or "", pair[0].hit.passage.document, pair[0].start))
        return [(_statement(window, group), group) for window, group in groups]


def _statement(window: Window, group: Sequence[Verified]) -> str:
    """Who says it and when, in plain words, and the quotation."""
    paper = window.hit.paper
    when = f", {written_out(paper.date)}" if paper.date else ""
    return f"{paper.title}{when}: {spoken(group[0].quote, window.hit.passage.headers)}"
