"""An assistant for tests of the page: it knows what the front door is, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.answer import Answer, Searched, Status
from assistant.citations import Citation, Statement
from assistant.figures import Series
from assistant.findings import TracedFinding
from assistant.promises import TracedPromise
from corpus.documents import Paper, Passage
from corpus.errors import CouncilPapersError
from index.catalogue import PageText
from index.hits import Filter, Hit

QUESTION = "What is the front door?"
QUOTE = "The front door is the single point of contact for anybody\nwho is worried about a child."
MINUTES = Paper(
    document="2022-11-pack",
    number=3,
    kind="minutes",
    title="Minutes of the Children's Scrutiny Panel",
    first_page=15,
    last_page=19,
    start=0,
    end=900,
    body="Children's Scrutiny Panel",
    date="2022-06-14",
    status="draft",
)
SCORECARD = Paper("2022-11-pack", 4, "scorecard", "Performance scorecard", 20, 22, 900, 1800, date="2022-06")


def passage(text: str, paper: Paper = MINUTES, headings: tuple[str, ...] = ("Minutes", "12 Front door")) -> Passage:
    return Passage(paper.document, paper.id, 100, 100 + len(text), text, headings)


FRONT_DOOR = passage(f"Members asked what happens to a referral.\n\n{QUOTE} Members noted the report.")
CONTACTS = passage("Contacts to the front door rose to 1,204 in June 2022.", SCORECARD, ("Performance",))
HITS = (
    Hit(FRONT_DOOR, MINUTES, 17, "15", 1, "both", 0.9, 1),
    Hit(CONTACTS, SCORECARD, 20, None, 2, "words", 0.4, 2),
)
PAGE = PageText(17, "15", 100, 100 + len(FRONT_DOOR.text), FRONT_DOOR.text, (), None, None)
SEARCHED = Searched(documents=10, papers=23)


@dataclass(frozen=True, slots=True)
class FakeEntry:
    id: str
    title: str
    papers: tuple[Paper, ...]
    file: str = "2022-11-pack.pdf"
    pages: int = 30


class FakeLibrary:
    """A pack whose page 17 is all that is known of it."""

    def documents(self) -> Sequence[FakeEntry]:
        return (FakeEntry("2022-11-pack", "Thornmere agenda pack, November 2022", (MINUTES, SCORECARD)),)

    def page(self, document: str, number: int) -> PageText | None:
        return PAGE if number == PAGE.number else None

    def page_at(self, document: str, offset: int) -> PageText | None:
        return PAGE if document == MINUTES.document and PAGE.start <= offset <= PAGE.end else None

    def original(self, document: str) -> Path | None:
        return None


class FakeTracer:
    """Traces nothing, and remembers of what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str | None] = []

    def findings(
        self, *, since: str | None = None, until: str | None = None, about: str | None = None
    ) -> Sequence[TracedFinding]:
        self.asked.append(about)
        return ()

    def promises(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        about: str | None = None,
        owner: str | None = None,
        status: str | None = None,
    ) -> Sequence[TracedPromise]:
        self.asked.append(about)
        return ()

    def figures(self, text: str | None = None) -> Sequence[Series]:
        self.asked.append(text)
        return ()


@dataclass
class FakeAssistant:
    """Knows what the front door is and nothing else; remembers what it was asked. It breaks when told to."""

    library: FakeLibrary = field(default_factory=FakeLibrary)
    tracer: FakeTracer = field(default_factory=FakeTracer)
    asked: list[tuple[str, tuple[str, ...], Filter]] = field(default_factory=list)

    def ask(self, question: str, history: Sequence[str], within: Filter, /) -> Answer:
        self.asked.append((question, tuple(history), within))
        if question == "break":
            raise RuntimeError("secret detail")
        if question == "locked":
            raise CouncilPapersError("The library is being written; try again in a minute.")
        standalone = f"{question} (the front door)" if history else question
        if "front door" not in question:
            reason = "No paper that was searched speaks of this."
            return Answer(question, standalone, Status.NOT_FOUND, reason, (), (), HITS, SEARCHED, 0.1)
        citation = Citation(1, FRONT_DOOR, MINUTES, 17, "15", QUOTE)
        statements = (Statement("The draft minutes of 14 June 2022 say:", (1,)),)
        return Answer(question, standalone, Status.ANSWERED, None, statements, (citation,), HITS, SEARCHED, 0.1)
