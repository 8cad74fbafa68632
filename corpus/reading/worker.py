"""Files read in processes of their own: a bad one costs itself only, and can't crash, hang or starve the rest."""

from __future__ import annotations

import contextlib
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.documents import Document
from corpus.errors import UnreadableDocument
from corpus.reading.files import read_file


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds of time and bytes of memory (the latter only where the system can limit it)."""

    seconds: float = 900.0
    memory: int = 4 * 1024**3


def read_apart(path: Path, password: str | None, limits: Limits) -> Document:
    """The document in a file, read in a process of its own.

    Raises UnreadableDocument with one sentence where the file can't be read, takes too long, needs too much memory or
    brings the reading process down.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read_and_send, args=(theirs, path, password, limits.memory), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(limits.seconds):
            raise UnreadableDocument(
                f"{path.name}: reading took longer than {limits.seconds:.0f} seconds and was ended."
            )
        outcome = ours.recv()
    except EOFError:
        process.join()
        raise UnreadableDocument(
            f"{path.name}: the file brought the reading process down (exit code {process.exitcode})."
        ) from None
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if isinstance(outcome, UnreadableDocument):
        raise outcome
    assert isinstance(outcome, Document)  # the only other thing that is sent
    return outcome


def read_all(
    paths: Sequence[Path], password: str | None, limits: Limits, *, processes: int
) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
    """Read files side by side and give each as it is done, at most `processes` of them in the works or waiting."""
    left = list(reversed(paths))
    with ThreadPoolExecutor(processes) as pool:
        running: dict[Future[Document], Path] = {}
        try:
            while left or running:
                while left and len(running) < processes:
                    path = left.pop()
                    running[pool.submit(read_apart, path, password, limits)] = path
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    path = running.pop(future)
                    error = future.exception()
                    if error is not None and not isinstance(error, UnreadableDocument):
                        raise error
                    yield path, error if isinstance(error, UnreadableDocument) else future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _read_and_send(connection: Connection, path: Path, password: str | None, memory: int) -> None:
    _limit_memory(memory)
    try:
        outcome: Document | UnreadableDocument = read_file(path, password)
    except UnreadableDocument as error:
        outcome = error
    except MemoryError:
        outcome = UnreadableDocument(f"{path.name}: reading needs more than {memory / 1024**3:.0f} GB of memory.")
    except RecursionError:
        outcome = UnreadableDocument(f"{path.name}: the file's parts are nested too deeply.")
    with contextlib.suppress(BrokenPipeError):
        connection.send(outcome)
    connection.close()


def _limit_memory(memory: int) -> None:
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
