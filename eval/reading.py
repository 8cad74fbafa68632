"""How fast a long PDF is read with its tables, beside pypdf's plain text of the same pages in the same run."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import psutil
import pypdf
from pypdf.errors import PyPdfError

from corpus.errors import UnreadableDocument
from corpus.reading.worker import Limits, read_all

LONG = 300
"""Pages of the file that is made of the sample papers: long enough for the start of the processes not to count."""

MOST_PROCESSES = 4
"""An add reads with a process for each core, but with no more than these."""

LOOK = 0.05
"""Seconds between two looks at what the reading processes hold."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Seconds that reading a file of so many pages took with all cores, and pypdf's plain text of it with one; and the
    most that any reading process held, in bytes."""

    pages: int
    seconds: float
    plain_seconds: float
    peak: int

    @property
    def ratio(self) -> float:
        """Pages a second, as a share of pypdf's."""
        return self.plain_seconds / self.seconds


def joined(papers: Sequence[Path], path: Path, pages: int = LONG) -> Path:
    """Write a PDF of so many pages to `path`: the papers one after another, over and over."""
    writer = pypdf.PdfWriter()
    for paper in cycle(papers):
        writer.append(paper, import_outline=False)
        if len(writer.pages) >= pages:
            break
    writer.write(path)
    return path


def long_file(papers: Path, folder: Path) -> Path:
    """The papers themselves where they are one file; else those of a folder joined to a long one, which is written into
    `folder`."""
    return papers if papers.is_file() else joined(sorted(papers.rglob("*.pdf")), folder / "long.pdf")


def compare_reading(file: Path, processes: int | None = None) -> Reading:
    """Read a PDF as `add` does, then with pypdf alone.

    Raises UnreadableDocument where either can't read it.
    """
    processes = processes or min(MOST_PROCESSES, os.cpu_count() or 1)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    done = threading.Event()
    peaks: list[int] = [0]
    watching = threading.Thread(target=_watch, args=(done, peaks), daemon=True)
    watching.start()
    began = time.perf_counter()
    ((_, document),) = read_all([file], None, Limits(), processes=processes)
    seconds = time.perf_counter() - began
    done.set()
    watching.join()
    if isinstance(document, UnreadableDocument):
        raise document
    began = time.perf_counter()
    try:
        for page in pypdf.PdfReader(file).pages:
            page.extract_text()
    except PyPdfError as error:
        raise UnreadableDocument(
            f"{file.name}: pypdf can't read it ({error}); name a PDF to compare the reading of with --pages."
        ) from error
    return Reading(len(document.pages), seconds, time.perf_counter() - began, max(peaks))


def _watch(done: threading.Event, peaks: list[int]) -> None:
    me = psutil.Process()
    while not done.wait(LOOK):
        for child in me.children(recursive=True):
            try:
                peaks.append(child.memory_info().rss)
            except psutil.Error:  # it ended between two looks
                continue
