"""A language model that may write above the quotations, by choice of whoever runs the page."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from threading import Event, Lock

from assistant.answer import Answer


@dataclass(frozen=True, slots=True)
class Writing:
    """The drafts that are being written, each under a key, so that one for which nobody waits can be ended. Threads
    share it; it keeps nothing of what is written."""

    _ends: dict[Hashable, Event] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def is_begun(self, key: Hashable) -> bool:
        """Whether a draft is being written under this key, and not ended."""
        with self._lock:
            return key in self._ends

    @contextmanager
    def begun(self, key: Hashable) -> Iterator[Event]:
        """The event that `end` sets while this lasts."""
        over = Event()
        with self._lock:
            self._ends[key] = over
        try:
            yield over
        finally:
            with self._lock:
                # Another draft may have begun under the same key since this one was ended.
                if self._ends.get(key) is over:
                    del self._ends[key]

    def end(self, key: Hashable) -> None:
        """Nobody waits for this draft any more, if it is being written."""
        with self._lock:
            over = self._ends.pop(key, None)
        if over is not None:
            over.set()


@dataclass(frozen=True, slots=True)
class Guest:
    """A language model: its name, the machine on which it runs, and what puts its draft above an answer's quotations.

    `draft` takes a while, and ends early when its event is set; it raises only CouncilPapersError.
    """

    name: str
    host: str
    draft: Callable[[Answer, Event], Answer]
    writing: Writing = field(default_factory=Writing)

    @property
    def is_here(self) -> bool:
        """Whether it runs on the machine on which this program runs."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def where(self) -> str:
        """The machine on which it runs, in words; readers on other machines don't know this one as "localhost"."""
        return "the machine on which this program runs" if self.is_here else self.host
