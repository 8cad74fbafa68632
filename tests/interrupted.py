"""Adds papers to libraries in processes that kill themselves at chosen moments, for test_index_kill.py.

    python -m tests.interrupted FOLDER

FOLDER has `papers`, `documents.pickle` (what their reading gave) and `before` (the library to add to). The moments are
counted in lines of our own code in `index`, so that a run can be repeated; each ends with SIGKILL, as `kill -9` does.
"""

from __future__ import annotations

import os
import pickle
import random
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import index
import index.vectors
from corpus.documents import Document
from corpus.errors import UnreadableDocument
from corpus.papers import papers_of
from corpus.reading.worker import Limits
from index.adding import encode
from index.library import Library
from tests.fakes import CountingEncoder

MOMENTS = 20
OURS = str(Path(index.__file__).parent)


def add(folder: Path, library: Path) -> None:
    """Add all the papers."""
    documents: dict[str, Document | UnreadableDocument] = pickle.loads((folder / "documents.pickle").read_bytes())

    def read(
        paths: Sequence[Path], password: str | None, limits: Limits
    ) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
        for path in paths:
            yield path, documents[path.name]

    with Library.create(library) as opened:
        for _ in opened.add([folder / "papers"], CountingEncoder(), read=read):
            pass


def lines_of_add(folder: Path, library: Path, *, kill_at: int | None = None) -> int:
    """How many lines of our code an add runs; at the one of that number the process ends itself."""
    lines = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if not frame.f_code.co_filename.startswith(OURS):
            return None
        if event == "line":
            lines += 1
            if lines == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    try:
        add(folder, library)
    finally:
        sys.settrace(None)
    return lines


def main(folder: Path) -> None:
    """Add the papers once to the end, then once for each moment."""
    # What is imported on first use is imported now: under a trace it would take seconds each time.
    for document in pickle.loads((folder / "documents.pickle").read_bytes()).values():
        if isinstance(document, Document):
            encode(document, papers_of(document), CountingEncoder())
    shutil.copytree(folder / "before", folder / "whole")
    # In a process of its own as well: FAISS starts threads when it first searches, and they don't outlive a fork.
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.write(writing, str(lines_of_add(folder, folder / "whole")).encode())
        os._exit(0)
    os.wait()
    lines = int(os.read(reading, 100))
    chance = random.Random(2)
    for moment in range(MOMENTS):
        library = folder / f"killed-{moment}"
        shutil.copytree(folder / "before", library)
        kill_at = chance.randrange(lines * moment // MOMENTS, lines * (moment + 1) // MOMENTS) + 1
        if os.fork() == 0:
            lines_of_add(folder, library, kill_at=kill_at)
            os._exit(0)
        _, status = os.wait()
        assert os.WIFSIGNALED(status), f"the add of moment {moment} ran to its end"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
