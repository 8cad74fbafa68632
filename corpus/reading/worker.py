"""Files read in processes of their own: a bad one costs itself only, and can't crash, hang or starve the rest.

In plain steps: a few reading processes wait for tasks. One opens a file; a short one it reads there and then, of a long
one it tells the number of parts (pages), which are dealt out to all processes a few at a time; when all are read, one
process makes the document of them. Between two parts a process gives a sign of life; one that gives none for too long
is ended, and its file is refused. At most as many files are in the works as there are processes.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock

from corpus.documents import Document
from corpus.errors import UnreadableDocument
from corpus.reading.files import OpenFile, open_file, read_file
from corpus.reading.marks import Drawing, Quoted

AT_ONCE = 20
"""Parts (pages) that are read in one task; a file of no more is read whole by the process that opens it."""


LOOK = 0.2
"""Seconds between two looks whether reading is still wanted."""

Told = Callable[[Path, str], None]
"""Is told, from several threads, what is being done with a file: "opening it", "reading page 3"."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost: seconds for one step (opening it, one page, putting it together), bytes of memory for the
    process that reads it (only where the system can limit it), and pages."""

    seconds: float = 60.0
    memory: int = 2 * 1024**3
    pages: int = 20_000


@dataclass(frozen=True, slots=True)
class _Open:
    """Open a file and, if it is short, read it: gives its Document, else the number of its parts."""

    path: Path


@dataclass(frozen=True, slots=True)
class _Read:
    """Read the parts from `first` to `last`: gives them pickled, for nobody but `_Finish` to unpack."""

    path: Path
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Finish:
    """Make the document of all parts, pickled by several `_Read` in order: gives the Document."""

    path: Path
    parts: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class _Draw:
    """Draw a page and mark what is quoted on it: gives the Drawing."""

    path: Path
    number: int
    quoted: Quoted | None


_Task = _Open | _Read | _Finish | _Draw
_Given = Document | int | bytes | Drawing
_Outcome = _Given | UnreadableDocument


@dataclass(frozen=True, slots=True)
class _Alive:
    """A sign of life between two steps, with what comes next."""

    step: str


class Reader:
    """A process that does one task after another; one that crashes, hangs or starves is replaced by a fresh one."""

    def __init__(self, password: str | None, limits: Limits, told: Told | None = None) -> None:
        """Set up; the process starts with the first task."""
        self._password = password
        self._limits = limits
        self._told = told or _tell_nobody
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._stopped = False
        # One thread does tasks, another may stop it: between them, one process is started and ended once.
        self._lock = Lock()

    def do(self, task: _Task) -> _Given:
        """What a task gives.

        Raises UnreadableDocument with one sentence where the file can't be read, takes too long, needs too much memory
        or brings the process down.
        """
        step, name = "opening it", task.path.name
        try:
            connection = self._connection or self._start()
            connection.send(task)
            if isinstance(task, _Open):
                self._told(task.path, step)
            while True:
                if not connection.poll(self._limits.seconds):
                    self.close()
                    raise UnreadableDocument(
                        f"{name}: {step} took longer than {self._limits.seconds:.0f} seconds and was ended."
                    )
                outcome = connection.recv()
                if not isinstance(outcome, _Alive):
                    break
                step = outcome.step
                self._told(task.path, step)
        except (EOFError, OSError):
            exit_code = self.close()
            raise UnreadableDocument(
                f"{name}: {step} brought the reading process down (exit code {exit_code})."
            ) from None
        if isinstance(outcome, UnreadableDocument):
            raise outcome
        assert isinstance(outcome, _Given)  # the only other things that are sent
        return outcome

    def _start(self) -> Connection:
        with self._lock:
            if self._stopped:
                raise EOFError
            context = multiprocessing.get_context("spawn")
            self._connection, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, self._password, self._limits), daemon=True)
            self._process.start()
            theirs.close()
            return self._connection

    def stop(self) -> None:
        """End the process at once, and for good, from another thread than the one that does a task: the task comes
        back as one that brought its process down."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> int | None:
        """End the process, whatever it is doing; gives its exit code where it had ended by itself."""
        with self._lock:
            process, connection = self._process, self._connection
            self._process = self._connection = None
        if process is None or connection is None:
            return None
        connection.close()
        # A moment for one that is going down by itself to say how.
        process.join(0.2)
        exit_code = process.exitcode
        process.kill()
        process.join()
        process.close()
        return exit_code


def _tell_nobody(path: Path, step: str) -> None:
    """Where nobody wants to know."""


def read_apart(path: Path, password: str | None, limits: Limits) -> Document:
    """The document in a file, read in a process of its own; raises UnreadableDocument as `Reader.do` does."""
    ((_, outcome),) = read_all([path], password, limits, processes=1)
    if isinstance(outcome, UnreadableDocument):
        raise outcome
    return outcome


class Drawer:
    """Draws pages in a process of its own, one at a time, whichever thread asks; it starts with the first page."""

    def __init__(self, limits: Limits) -> None:
        """Set up; a page that costs more than the limits isn't drawn."""
        self._reader = Reader(None, limits)
        self._lock = Lock()

    def draw(self, path: Path, number: int, quoted: Quoted | None = None) -> Drawing:
        """Page `number` (from 1) of a PDF file, drawn as `drawing.drawn_page` does.

        Raises UnreadableDocument, as it does and where the page takes too long, needs too much memory or brings the
        process down; PDFium isn't made for several threads, and a page may be made to harm it.
        """
        with self._lock:
            drawing = self._reader.do(_Draw(path, number, quoted))
        assert isinstance(drawing, Drawing)  # what the task gives
        return drawing

    def close(self) -> None:
        """End the process."""
        self._reader.close()


@dataclass(slots=True, eq=False)
class _Job:
    """A file in the works: the tasks that wait, and the parts that are read, by the number of their first."""

    path: Path
    waiting: list[_Task]
    read: dict[int, bytes] = field(default_factory=dict)
    running: int = 0

    def take_in(self, task: _Task, outcome: int | bytes) -> None:
        """Note what a task gave, and what is to be done next."""
        if isinstance(outcome, int):
            firsts = range(1, outcome + 1, AT_ONCE)
            self.waiting = [_Read(self.path, n, min(n + AT_ONCE - 1, outcome)) for n in reversed(firsts)]
        elif isinstance(task, _Read):
            self.read[task.first] = outcome
            if not self.waiting and not self.running:
                self.waiting = [_Finish(self.path, tuple(self.read[first] for first in sorted(self.read)))]


def read_here(
    paths: Sequence[Path], password: str | None, limits: Limits
) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
    """The files as documents, or why they can't be read, in order, as `read_all` gives them; but in this process and
    without limits, which saves a process for each of many small files that are known to be sound."""
    del limits
    for path in paths:
        try:
            yield path, read_file(path, password)
        except UnreadableDocument as error:
            yield path, error


def read_all(
    paths: Sequence[Path],
    password: str | None,
    limits: Limits,
    *,
    processes: int,
    told: Told | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
    """Read files with several processes and give each document as it is done, at most `processes` files in the works.

    A long file is read by all processes at once. Whatever is wrong with a file comes out as its UnreadableDocument.
    `told` hears what is being done. Once `stopped` says so, no more files come, whatever is in the works.
    """
    left = list(reversed(paths))
    readers = [Reader(password, limits, told) for _ in range(processes)]
    free = list(readers)
    jobs: list[_Job] = []
    running: dict[Future[_Given], tuple[_Job, _Task, Reader]] = {}
    pool = ThreadPoolExecutor(processes)
    try:
        while left or jobs:
            while free and (job := _next_job(jobs, left, processes)):
                task, reader = job.waiting.pop(), free.pop()
                job.running += 1
                running[pool.submit(reader.do, task)] = job, task, reader
            done, _ = wait(running, timeout=LOOK if stopped else None, return_when=FIRST_COMPLETED)
            if stopped and stopped():
                return
            for future in done:
                job, task, reader = running.pop(future)
                job.running -= 1
                free.append(reader)
                if job not in jobs:  # another of its tasks failed before
                    continue
                outcome = _outcome_of(future)
                if isinstance(outcome, (Document, UnreadableDocument)):
                    jobs.remove(job)
                    yield job.path, outcome
                elif not isinstance(outcome, Drawing):
                    job.take_in(task, outcome)
    finally:
        # Also when somebody stops half way: nobody waits for files that nobody wants any more.
        for reader in readers:
            reader.stop()
        pool.shutdown(cancel_futures=True)
        for reader in readers:
            reader.close()


def _next_job(jobs: list[_Job], left: list[Path], most: int) -> _Job | None:
    """The file in the works that has a task waiting, a new one where none has, None where enough are in the works."""
    job = next((job for job in jobs if job.waiting), None)
    if job is None and left and len(jobs) < most:
        path = left.pop()
        job = _Job(path, [_Open(path)])
        jobs.append(job)
    return job


def _outcome_of(future: Future[_Given]) -> _Outcome:
    try:
        return future.result()
    except UnreadableDocument as error:
        return error


def _serve(connection: Connection, password: str | None, limits: Limits) -> None:
    """Do the tasks that come in until the other side closes."""
    # An interrupt is the parent's to answer: it ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(limits.memory)
    desk = _Desk(password, limits, lambda step: connection.send(_Alive(step)))
    with contextlib.suppress(EOFError, OSError):
        while True:
            connection.send(desk.outcome(connection.recv()))


class _Desk:
    """Where a reading process does its tasks; the file of the last one stays open for the next."""

    def __init__(self, password: str | None, limits: Limits, alive: Callable[[str], None]) -> None:
        self._password = password
        self._limits = limits
        self._alive = alive
        self._path: Path | None = None
        self._file: OpenFile | None = None

    def outcome(self, task: _Task) -> _Outcome:
        name = task.path.name
        try:
            return self._do(task)
        except UnreadableDocument as error:
            outcome = error
        except MemoryError:
            outcome = UnreadableDocument(
                f"{name}: reading needs more than {self._limits.memory / 1024**3:.3g} GB of memory."
            )
        except RecursionError:
            outcome = UnreadableDocument(f"{name}: the file's parts are nested too deeply.")
        except Exception as error:  # a fault of ours, on a file that nobody foresaw: it still costs that file only
            outcome = UnreadableDocument(f"{name}: reading failed ({type(error).__name__}: {str(error)[:120]}).")
        self._put_away()
        return outcome

    def _do(self, task: _Task) -> _Outcome:
        if isinstance(task, _Draw):
            # Here and not above: reading other files needs none of what draws.
            from corpus.reading.drawing import drawn_page

            self._alive(f"drawing page {task.number}")
            return drawn_page(task.path, task.number, task.quoted, password=self._password)
        file = self._open(task.path)
        if isinstance(task, _Open):
            if file.parts > self._limits.pages:
                raise UnreadableDocument(
                    f"{task.path.name}: it has {file.parts} pages, more than the {self._limits.pages} that are read; "
                    "split it."
                )
            if file.parts > AT_ONCE:
                return file.parts
            return self._finished(file, self._parts(file, 1, file.parts))
        if isinstance(task, _Read):
            return pickle.dumps(self._parts(file, task.first, task.last))
        return self._finished(file, [part for parts in task.parts for part in pickle.loads(parts)])

    def _parts(self, file: OpenFile, first: int, last: int) -> list[object]:
        parts = []
        for part in range(first, last + 1):
            self._alive(f"reading page {part}")
            parts.append(file.read(part))
        return parts

    def _finished(self, file: OpenFile, parts: Sequence[object]) -> Document:
        self._alive("putting its pages together")
        return file.document(parts)

    def _open(self, path: Path) -> OpenFile:
        if self._file is None or self._path != path:
            self._put_away()
            self._file, self._path = open_file(path, self._password), path
        return self._file

    def _put_away(self) -> None:
        file, self._file, self._path = self._file, None, None
        if file is not None:
            # The file is done with; one that can't even be closed shall not take the next one down with it.
            with contextlib.suppress(Exception):
                file.close()


def _limit_memory(memory: int) -> None:
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
