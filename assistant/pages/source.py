"""Where a page's answers come from: a library that is opened behind the page, and exchanged for the user's own when
that gets its first papers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock
from typing import cast

from assistant.answer import Answer, Assistant
from assistant.drafted_answers import Teller
from assistant.holdings import Holdings, holdings_of
from assistant.intake import Destination
from assistant.model import Model
from assistant.pages.loading import Loading, NotReady, Progress
from assistant.scoring import Stemmer
from assistant.settings import default_library, sample_library
from assistant.start import open_or_make_library
from index.encoder import Encoder
from index.library import Library


class Source:
    """The library of a page, the assistant that answers from it, and the library to which the page adds."""

    def __init__(self, folder: Path | None, load_encoder: Callable[[], Encoder]) -> None:
        """Answer from the library in `folder`; without one, from the user's own or else that of the sample papers."""
        self._folder = folder
        self._load_encoder = load_encoder
        self._lock = Lock()
        self._encoder: Encoder | None = None
        self.answering = Loading(self._opened)

    def start(self) -> None:
        """Begin to open it; returns at once."""
        self.answering.start()

    def progress(self) -> Progress:
        """How far opening it has come."""
        return self.answering.progress()

    @property
    def is_renewing(self) -> bool:
        """Whether another library is being opened in place of this one."""
        return self.answering.is_renewing

    def written_above(self, model: Model, answer: Answer, ended: Event) -> Answer:
        """An answer of this library with a language model's sentences above it (`Teller.tell_above`); raises NotReady
        like asking."""
        teller = Teller(model, self._known_encoder(), self._library().page_at, Stemmer())
        return teller.tell_above(answer, ended)

    def holdings(self) -> Holdings:
        """What the library holds; raises NotReady like asking, and what reading it raises."""
        library = self._library()
        return holdings_of(library, self._known_encoder(), is_sample=library.folder == sample_library())

    def destination(self) -> Destination:
        """The library to which files are added: never that of the sample papers. Waits for the encoder.

        Raises NotReady where that isn't there, and never will be.
        """
        self.answering.wait()
        folder = default_library() if self._folder is None else self._folder
        return Destination(folder, self._known_encoder())

    def arrived(self, folder: Path) -> None:
        """Take notice that a document is in the library in `folder`: go over to it, unless it is the one that is
        open."""
        try:
            is_open = self._library().folder == folder
        except NotReady:
            is_open = False
        if not is_open:
            self.answering.renew()

    def _library(self) -> Library:
        # `_opened` has put it there.
        return cast("Library", self.answering.library)

    def _known_encoder(self) -> Encoder:
        with self._lock:
            if self._encoder is None:
                self._encoder = self._load_encoder()
            return self._encoder

    def _opened(self, say: Callable[[str], None]) -> Assistant:
        encoder = self._known_encoder()
        assistant = Assistant(open_or_make_library(self._folder, encoder, say), encoder)
        say("Loading the model…")
        # It loads with the first question, which shall not be the first visitor's.
        assistant.warm_up()
        return assistant
