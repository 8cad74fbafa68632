"""The systems that are compared, and what each gives to a question.

A `System` is a name and a function from a gold question to a `Reply`; whatever it is made of, the judge sees replies
only. Here are the assistant and its two single ways of searching; LlamaIndex is in `eval.llamaindex`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from assistant.answer import Answer, Status
from eval.gold import Question
from index.hits import Hit

DEPTH = 10
"""How many hits of an answer are judged."""

DECLINED = frozenset({Status.NOT_FOUND, Status.REFUSED})
"""The statuses with which a question is declined."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found, as far as it is judged: its document's id and its text."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A quotation as it was given: its document's id, its file page (from 1) and its words."""

    document: str
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system gave to one question: its status, its text, its hits best first, its citations, and the seconds.

    `evidence` is how much the system thinks that its hits hold of the answer, from 0 to 1; None where it doesn't say.
    """

    status: Status
    text: str
    found: tuple[Found, ...]
    cited: tuple[Cited, ...]
    seconds: float
    evidence: float | None = None

    @property
    def declined(self) -> bool:
        """Whether the system said that it doesn't answer."""
        return self.status in DECLINED


@dataclass(frozen=True, slots=True)
class System:
    """A way of answering: its name in the report, what the reader should know of it, and how it is asked."""

    name: str
    note: str
    ask: Callable[[Question], Reply]


Search: TypeAlias = Callable[..., list[Hit]]
"""A way of searching. Here it is only handed on, so what it takes doesn't matter."""


class Retriever(Protocol):
    """The ways of searching that are compared."""

    @property
    def by_meaning(self) -> Search:
        """The passages nearest in meaning."""

    @property
    def by_words(self) -> Search:
        """The passages that share words."""


class Asks(Protocol):
    """What is asked of the assistant here."""

    @property
    def retriever(self) -> Retriever:
        """What it searches with."""

    def ask(self, question: str, history: Sequence[str] = ..., *, search: Search | None = ...) -> Answer:
        """The answer; `search` takes the place of its own way of searching."""


class Entry(Protocol):
    """A document of a library, as far as it matters here."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def pages(self) -> int:
        """How many pages it has."""


class Papers(Protocol):
    """A library, as far as it matters here."""

    def documents(self) -> Sequence[Entry]:
        """Every document."""

    def page_text(self, document: str, number: int) -> str:
        """The stored text of a file page (from 1)."""


def whole_texts(library: Papers) -> dict[str, str]:
    """The stored text of each document, by id: its pages, a line break between them."""
    return {
        entry.id: "\n".join(library.page_text(entry.id, number) for number in range(1, entry.pages + 1))
        for entry in library.documents()
    }


def reply_of(answer: Answer) -> Reply:
    """The judged part of an answer."""
    return Reply(
        status=answer.status,
        text=answer.text,
        found=tuple(Found(hit.passage.document, hit.passage.text) for hit in answer.hits[:DEPTH]),
        cited=tuple(Cited(c.passage.document, c.page, c.quote) for c in answer.citations),
        seconds=answer.seconds,
    )


def assistant_systems(assistant: Asks) -> tuple[System, ...]:
    """The assistant as it is, then with words only and with meaning only; all else is the same."""
    by_words, by_meaning = assistant.retriever.by_words, assistant.retriever.by_meaning
    return (
        System("assistant", "as shipped", lambda q: reply_of(assistant.ask(q.question, q.history))),
        System(
            "words only",
            "the assistant, searching by words alone",
            lambda q: reply_of(assistant.ask(q.question, q.history, search=by_words)),
        ),
        System(
            "meaning only",
            "the assistant, searching by meaning alone",
            lambda q: reply_of(assistant.ask(q.question, q.history, search=by_meaning)),
        ),
    )
