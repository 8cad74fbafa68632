"""Files read in processes of their own: a bad one costs itself only, and can't crash, hang or starve the rest."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from corpus.documents import Document
from corpus.errors import UnreadableDocument
from corpus.reading.files import read_file


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds of time and bytes of memory (the latter only where the system can limit it)."""

    seconds: float = 900.0
    memory: int = 4 * 1024**3


class Reader:
    """A process that reads one file after another; one that crashes, hangs or starves is replaced by a fresh one."""

    def __init__(self, password: str | None, limits: Limits) -> None:
        """Set up; the process starts with the first file."""
        self._password = password
        self._limits = limits
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def read(self, path: Path) -> Document:
        """The document in a file.

        Raises UnreadableDocument with one sentence where the file can't be read, takes too long, needs too much memory
        or brings the process down.
        """
        connection = self._connection or self._start()
        try:
            connection.send(path)
            if not connection.poll(self._limits.seconds):
                self.close()
                raise UnreadableDocument(
                    f"{path.name}: reading took longer than {self._limits.seconds:.0f} seconds and was ended."
                )
            outcome = connection.recv()
        except (EOFError, OSError):
            exit_code = self.close()
            raise UnreadableDocument(
                f"{path.name}: the file brought the reading process down (exit code {exit_code})."
            ) from None
        if isinstance(outcome, UnreadableDocument):
            raise outcome
        assert isinstance(outcome, Document)  # the only other thing that is sent
        return outcome

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._password, self._limits.memory), daemon=True)
        self._process.start()
        theirs.close()
        return self._connection

    def close(self) -> int | None:
        """End the process, whatever it is doing; gives its exit code where it had ended by itself."""
        exit_code = None
        if self._process is not None and self._connection is not None:
            self._connection.close()
            # A moment for one that is going down by itself to say how.
            self._process.join(0.2)
            exit_code = self._process.exitcode
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._connection = None
        return exit_code


def read_apart(path: Path, password: str | None, limits: Limits) -> Document:
    """The document in a file, read in a process of its own; raises what `Reader.read` does."""
    reader = Reader(password, limits)
    try:
        return reader.read(path)
    finally:
        reader.close()


def read_all(
    paths: Sequence[Path], password: str | None, limits: Limits, *, processes: int
) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
    """Read files side by side and give each as it is done, at most `processes` of them in the works or waiting."""
    left = list(reversed(paths))
    readers = [Reader(password, limits) for _ in range(min(processes, len(left)))]
    free = list(readers)
    running: dict[Future[Document], tuple[Path, Reader]] = {}
    pool = ThreadPoolExecutor(max(1, len(readers)))
    try:
        while left or running:
            while left and free:
                path, reader = left.pop(), free.pop()
                running[pool.submit(reader.read, path)] = path, reader
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                path, reader = running.pop(future)
                free.append(reader)
                error = future.exception()
                if error is not None and not isinstance(error, UnreadableDocument):
                    raise error
                yield path, error if isinstance(error, UnreadableDocument) else future.result()
    finally:
        # Also when somebody stops half way: nobody waits for files that nobody wants any more.
        for reader in readers:
            reader.close()
        pool.shutdown(cancel_futures=True)


def _serve(connection: Connection, password: str | None, memory: int) -> None:
    """Read the files whose paths come in until the other side closes."""
    # An interrupt is the parent's to answer: it ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(memory)
    with contextlib.suppress(EOFError, OSError):
        while True:
            connection.send(_outcome(connection.recv(), password, memory))


def _outcome(path: Path, password: str | None, memory: int) -> Document | UnreadableDocument:
    try:
        return read_file(path, password)
    except UnreadableDocument as error:
        return error
    except MemoryError:
        return UnreadableDocument(f"{path.name}: reading needs more than {memory / 1024**3:.0f} GB of memory.")
    except RecursionError:
        return UnreadableDocument(f"{path.name}: the file's parts are nested too deeply.")


def _limit_memory(memory: int) -> None:
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
