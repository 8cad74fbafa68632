"""Files handed in to a library: added in the background, told line by line, stopped when somebody wishes.

A file that is handed in is moved into a folder of the intake's own, keeps its name there, and is gone when its outcome
is known. The library stays the only writer: what `add` says of a file on the command line is what a line says here.
What is shared by all who look is the library and what is being added to it; nothing of the people is kept.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from threading import Event, Lock, Thread

from corpus.documents import Document
from corpus.errors import CouncilPapersError, UnreadableDocument
from corpus.reading.files import SUPPORTED
from corpus.reading.worker import Limits, Told, read_all
from index.adding import Added, Outcome
from index.encoder import WINDOW, Encodable, Encoder, Vectors
from index.library import Library, UnknownDocument
from index.library import Reading as LibraryReading

_log = logging.getLogger(__name__)

LARGEST = 500 * 2**20
"""Bytes of a file that is taken: a scanned pack of a thousand pages has some 300 MB."""

MOST_LINES = 500
"""So many files are told of; the oldest that are done are forgotten first."""

FAULT = (
    "{}: it couldn't be added because of an unexpected fault; nothing of it was kept. The details are in the window in "
    "which this program runs."
)
STOPPED = "{}: stopped before it was added; nothing of it was kept."

Reading = Callable[
    [Sequence[Path], Limits, Told, Callable[[], bool]], Iterator[tuple[Path, Document | UnreadableDocument]]
]
"""How files become documents: given the files, what one may cost, who is told, and whether it is still wanted."""


class Stage(StrEnum):
    """How far a file has come."""

    WAITING = "waiting"
    READING = "being read"
    ENCODING = "being encoded"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of a file: its stage, how far that has come (`page`; `encoded` of `passages`), and in the end its
    outcome and the sentence about it."""

    number: int
    file: str
    stage: Stage = Stage.WAITING
    page: int = 0
    encoded: int = 0
    passages: int = 0
    outcome: Outcome | None = None
    message: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.stage in (Stage.DONE, Stage.STOPPED)


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that somebody hands in: where it lies, and the name that its owner gave it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Destination:
    """The folder of the library into which files go, and the encoder that it is made with."""

    folder: Path
    encoder: Encoder


class Busy(CouncilPapersError):
    """Something can't be done while files are being added."""


class _Stopped(Exception):
    """Somebody wished that no more is added."""


class Intake:
    """What is handed in to a library. Its methods may be called from any thread, and return at once."""

    def __init__(
        self,
        folder: Path,
        destination: Callable[[], Destination],
        arrived: Callable[[Path], None],
        read: Reading | None = None,
    ) -> None:
        """Keep what is handed in under `folder` until it is added.

        `destination` may raise a CouncilPapersError, which is then what is said of each file. `arrived` is told the
        library's folder each time a document is in it.
        """
        self._folder = folder
        self._destination = destination
        self._arrived = arrived
        self._read = read or _read_apart
        self._lock = Lock()
        self._lines: dict[int, Line] = {}
        self._waiting: list[tuple[int, Path]] = []
        self._count = 0
        self._thread: Thread | None = None
        self._stop = Event()

    def lines(self) -> tuple[Line, ...]:
        """What is known of the files that were handed in, in order."""
        with self._lock:
            return tuple(self._lines.values())

    @property
    def is_running(self) -> bool:
        """Whether files are being added."""
        with self._lock:
            return self._thread is not None

    @property
    def is_stopping(self) -> bool:
        """Whether it was wished to stop and there is still something in hand."""
        return self.is_running and self._stop.is_set()

    def hand_in(self, files: Sequence[Handed]) -> None:
        """Take files over, and begin to add them unless that has begun already."""
        for handed in files:
            self._take(handed)
        with self._lock:
            if self._waiting and self._thread is None:
                # A daemon: who closes the program doesn't wait for a long file. The catalogue is whole at any moment.
                self._thread = Thread(target=self._run, name="intake", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Give up what waits and what is in hand; what was added stays. Files that are handed in later aren't meant."""
        with self._lock:
            if self._thread is None:
                return
            self._stop.set()
            waiting, self._waiting = self._waiting, []
        for number, path in waiting:
            shutil.rmtree(path.parent, ignore_errors=True)
            self._change(number, stage=Stage.STOPPED, message=STOPPED.format(path.name))

    def clear(self) -> None:
        """Forget the lines of files to which nothing more will happen."""
        with self._lock:
            self._lines = {number: line for number, line in self._lines.items() if not line.is_over}

    def remove(self, document: str) -> str:
        """Take a document out of the library, or give up a file that couldn't be read; gives a sentence.

        Raises Busy while files are being added, and what `Library.remove` raises.
        """
        if self.is_running:
            raise Busy(f"Files are being added just now; take {document} out when that has finished.")
        with Library.open(self._destination().folder) as library:
            (file,) = library.remove([document])
        return f"{file} was taken out of the library."

    def _take(self, handed: Handed) -> None:
        """Move a file into a folder of its own under its name, and give it a line."""
        name = safe_name(handed.name)
        with self._lock:
            self._count += 1
            number = self._count
            same = any(not each.is_over and each.file.casefold() == name.casefold() for each in self._lines.values())
            self._lines[number] = Line(number, name)
            over = [n for n, line in self._lines.items() if line.is_over]
            for old in over[: max(0, len(self._lines) - MOST_LINES)]:
                del self._lines[old]
        refused = None
        path = Path(tempfile.mkdtemp(dir=self._folder)) / name
        try:
            if same:
                refused = (
                    f"{name}: another file of that name is being added; rename one of the two, or hand this one in "
                    "again afterwards to replace the other."
                )
            elif (size := handed.path.stat().st_size) > LARGEST:
                refused = too_large(name, size)
            else:
                shutil.move(handed.path, path)
        except OSError as error:
            refused = f"{name}: the file didn't arrive ({error.strerror}); hand it in again."
        if refused is None:
            with self._lock:
                self._waiting.append((number, path))
            return
        with suppress(OSError):
            handed.path.unlink(missing_ok=True)
        shutil.rmtree(path.parent, ignore_errors=True)
        self._change(number, stage=Stage.DONE, outcome=Outcome.FAILED, message=refused)

    def _run(self) -> None:
        while True:
            with self._lock:
                waiting, self._waiting = self._waiting, []
                if not waiting:
                    self._thread = None
                    return
                self._stop.clear()
            numbers = {path: number for number, path in waiting}
            try:
                self._add(numbers)
            finally:
                for path in numbers:
                    shutil.rmtree(path.parent, ignore_errors=True)

    def _add(self, numbers: dict[Path, int]) -> None:
        """Add files, and give each line an end, whatever happens."""
        left = dict(numbers)
        why = STOPPED
        try:
            self._add_to_library(left)
        except _Stopped:
            pass
        except CouncilPapersError as error:
            why = "{}: " + str(error).replace("{", "{{").replace("}", "}}")
        except Exception:
            _log.exception("Files could not be added.")
            why = FAULT
        stopped = why == STOPPED
        for path, number in left.items():
            self._change(
                number,
                stage=Stage.STOPPED if stopped else Stage.DONE,
                outcome=None if stopped else Outcome.FAILED,
                message=why.format(path.name),
            )

    def _add_to_library(self, left: dict[Path, int]) -> None:
        """Add the files that are left, and take each off when its outcome is known."""
        destination = self._destination()
        with Library.create(destination.folder) as library:
            try:
                encoder = _Watched(destination.encoder, self._stop.is_set)
                for added in library.add(list(left), encoder, read=self._reading(dict(left), encoder)):
                    path = next(path for path in left if path.name == added.file)
                    self._end(left.pop(path), added, [*left, path])
                    if added.outcome in (Outcome.ADDED, Outcome.UPDATED, Outcome.HELD_BACK):
                        self._arrived(destination.folder)
            finally:
                # The library remembers what it set out to read; nobody wants that any more.
                for path in left:
                    with suppress(UnknownDocument):
                        library.remove([path.name])

    def _reading(self, numbers: dict[Path, int], encoder: _Watched) -> LibraryReading:
        """Reading that tells the lines what is done with their files."""

        def told(path: Path, step: str) -> None:
            page = re.fullmatch(r"reading page (\d+)", step)
            line = self._lines[numbers[path]]
            # A long file is read by several at once, so its pages don't come in order.
            self._change(line.number, stage=Stage.READING, page=max(line.page, int(page[1]) if page else 0))

        def read(
            paths: Sequence[Path], password: str | None, limits: Limits
        ) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
            for path, document in self._read(paths, limits, told, self._stop.is_set):
                number = numbers[path]
                self._change(number, stage=Stage.ENCODING)
                encoder.tell(partial(self._encoded, number))
                yield path, document

        return read

    def _encoded(self, number: int, encoded: int, passages: int) -> None:
        self._change(number, encoded=encoded, passages=passages)

    def _end(self, number: int, added: Added, paths: Sequence[Path]) -> None:
        """A line's outcome, in the words of `add`; where the file lay meanwhile is nobody's business."""
        message = added.message
        for path in paths:
            message = message.replace(str(path), path.name)
        self._change(number, stage=Stage.DONE, outcome=added.outcome, message=message)

    def _change(self, number: int, **fields: object) -> None:
        with self._lock:
            if number in self._lines:
                self._lines[number] = replace(self._lines[number], **fields)  # type: ignore[arg-type]


class _Watched:
    """An encoder that tells how far it has come with a document's passages, and that can be stopped between two lots of
    them. Its vectors are the encoder's own: the lots are those that it makes itself."""

    def __init__(self, encoder: Encoder, stopped: Callable[[], bool]) -> None:
        self._encoder = encoder
        self._stopped = stopped
        self._told: Callable[[int, int], None] = _tell_nobody
        self.name, self.dimension, self.limit = encoder.name, encoder.dimension, encoder.limit

    def tell(self, told: Callable[[int, int], None]) -> None:
        """From now on tell this one."""
        self._told = told

    def count(self, text: str) -> int:
        return self._encoder.count(text)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        self._go_on()
        return self._encoder.encode_questions(texts)

    def encode_passages(self, texts: Sequence[Encodable]) -> list[Vectors]:
        by_length = sorted(range(len(texts)), key=lambda i: (len(texts[i].text), i))
        found: dict[int, Vectors] = {}
        for first in range(0, len(by_length), WINDOW):
            self._go_on()
            self._told(first, len(texts))
            lot = by_length[first : first + WINDOW]
            found |= zip(lot, self._encoder.encode_passages([texts[i] for i in lot]), strict=True)
        self._told(len(texts), len(texts))
        return [found[i] for i in range(len(texts))]

    def _go_on(self) -> None:
        if self._stopped():
            raise _Stopped


def safe_name(name: str) -> str:
    """A file's name as its owner gave it, without what no file system should be asked to keep: folders, control
    characters, and more than 200 bytes."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    printable = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    stem, ending = os.path.splitext(printable)
    room = 200 - len(ending.encode())
    short = stem.encode()[: max(room, 0)].decode(errors="ignore").strip()
    whole = f"{short}{ending}" if room > 0 else printable.encode()[:200].decode(errors="ignore")
    return whole if whole.strip(".") else "file"


def too_large(name: str, size: int) -> str:
    """That a file is larger than those that are taken."""
    return (
        f"{name} has {size / 2**20:.0f} MB; files of up to {LARGEST // 2**20} MB are taken. Split it, or add it with: "
        f"python -m assistant add FILE"
    )


def kinds_taken() -> str:
    """The kinds of file that are read, by their endings."""
    return ", ".join(SUPPORTED)


def _read_apart(
    paths: Sequence[Path], limits: Limits, told: Told, stopped: Callable[[], bool]
) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
    # One processor less than there are: somebody may be asking meanwhile.
    processes = max(1, min(4, (os.cpu_count() or 1) - 1))
    return read_all(paths, None, limits, processes=processes, told=told, stopped=stopped)


def _tell_nobody(encoded: int, passages: int) -> None:
    """Before anything is read."""
