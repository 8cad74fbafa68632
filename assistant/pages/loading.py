"""Opening the library and the model behind the page's back, so that the page is there at once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Protocol

from assistant.answer import Answer
from assistant.figures import Series
from assistant.findings import TracedFinding
from assistant.promises import TracedPromise
from corpus.documents import Paper
from corpus.errors import CouncilPapersError
from index.catalogue import PageText
from index.hits import Filter

_log = logging.getLogger(__name__)

READING = "Reading the papers and loading the model…"
FAULT = (
    "The library couldn't be opened because of an unexpected fault; its details are in the window in which this "
    "program runs."
)
LONGEST_WAIT = 300.0
"""Seconds that a question waits for the library. A first start reads the sample papers, which takes about a minute."""


class Entry(Protocol):
    """A document in the library, as far as the pages need it."""

    @property
    def id(self) -> str:
        """The document's id."""

    @property
    def title(self) -> str:
        """The document's title."""

    @property
    def file(self) -> str:
        """The file's name as it was added."""

    @property
    def pages(self) -> int:
        """How many pages it has."""

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers in it."""


class Shelf(Protocol):
    """The library, as far as the pages need it."""

    def documents(self) -> Sequence[Entry]:
        """Every document in it."""

    def page(self, document: str, number: int) -> PageText | None:
        """A page as stored, None if there is none."""

    def page_at(self, document: str, offset: int) -> PageText | None:
        """The page on which an offset of a document's text lies, None if there is none."""

    def original(self, document: str) -> Path | None:
        """The document's file, None where it isn't kept or is gone."""


class Tracing(Protocol):
    """What traces, as far as the pages need it."""

    def findings(
        self, *, since: str | None = None, until: str | None = None, about: str | None = None
    ) -> Sequence[TracedFinding]:
        """Findings of the inspections of a time; those that belong to a subject best first."""

    def promises(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        about: str | None = None,
        owner: str | None = None,
        status: str | None = None,
    ) -> Sequence[TracedPromise]:
        """Promises of the papers of a time; those that belong to a subject best first."""

    def figures(self, text: str | None = None) -> Sequence[Series]:
        """Indicators; with a text, those that it names or is about."""


class Answering(Protocol):
    """What answers questions: the assistant, or one that is still loading."""

    @property
    def library(self) -> Shelf:
        """The library that it answers from."""

    @property
    def tracer(self) -> Tracing:
        """What traces findings, promises and figures through it."""

    def ask(self, question: str, history: Sequence[str], within: Filter, /) -> Answer:
        """The answer to a question from what is within a filter; `history` are the conversation's earlier questions."""


class NotReady(CouncilPapersError):
    """The library isn't open: it is still being read, or it can't be opened; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far loading has come: the sentence for the reader, and whether anything more will happen."""

    sentence: str
    done: bool
    failed: bool = False


class Loading:
    """An assistant that is made in a background thread; it can be asked at once, and waits until it is there."""

    def __init__(self, load: Callable[[Callable[[str], None]], Answering], longest_wait: float = LONGEST_WAIT) -> None:
        """`load` makes the assistant; what it passes to its argument, one sentence a time, is shown meanwhile."""
        self._load = load
        self._longest_wait = longest_wait
        self._lock = Lock()
        self._finished = Event()
        self._sentence = READING
        self._assistant: Answering | None = None
        self._failed = False
        self._renewing = False

    def start(self) -> None:
        """Begin to load; returns at once."""
        # A daemon: a person who closes the program doesn't wait until a model is loaded that nobody will ask.
        Thread(target=self._run, name="loading", daemon=True).start()

    def progress(self) -> Progress:
        """How far it has come."""
        with self._lock:
            done = self._finished.is_set()
            return Progress("" if done and not self._failed else self._sentence, done, failed=self._failed)

    def wait(self) -> None:
        """Wait until it is there or can't be; raises NotReady if neither happens within the longest wait."""
        if not self._finished.wait(self._longest_wait):
            raise NotReady("The papers are still being read; please ask again in a minute.")

    def renew(self) -> None:
        """Load again behind the page, unless that is being done; until then the assistant that is there goes on
        answering. Where it fails, that is the progress, and the one that was there stays."""
        with self._lock:
            if self._renewing:
                return
            self._renewing = True
        Thread(target=self._run, name="renewing", daemon=True).start()

    @property
    def is_renewing(self) -> bool:
        """Whether it is being loaded again."""
        with self._lock:
            return self._renewing

    @property
    def library(self) -> Shelf:
        """The library; raises NotReady like `ask`."""
        return self._ready().library

    @property
    def tracer(self) -> Tracing:
        """What traces; raises NotReady like `ask`."""
        return self._ready().tracer

    def ask(self, question: str, history: Sequence[str], within: Filter, /) -> Answer:
        """The assistant's answer; raises NotReady if it isn't there within the longest wait, or never will be."""
        return self._ready().ask(question, history, within)

    def _ready(self) -> Answering:
        self.wait()
        with self._lock:
            if self._assistant is None:
                raise NotReady(self._sentence)
            return self._assistant

    def _run(self) -> None:
        try:
            assistant = self._load(self._say)
        except CouncilPapersError as error:
            self._finish(None, str(error))
        except Exception:
            _log.exception("The library could not be opened.")
            self._finish(None, FAULT)
        else:
            self._finish(assistant, "")

    def _say(self, sentence: str) -> None:
        with self._lock:
            self._sentence = sentence

    def _finish(self, assistant: Answering | None, sentence: str) -> None:
        with self._lock:
            self._assistant = assistant or self._assistant
            self._failed, self._sentence, self._renewing = assistant is None, sentence, False
            self._finished.set()
