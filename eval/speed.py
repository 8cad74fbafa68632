"""How fast papers are added and questions answered, on this machine, now.

Throughput is told as a ratio to the bare encoder on the same texts in the same run, because seconds alone say more of
the machine than of the project.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

from eval.gold import Question
from eval.metrics import percentile
from eval.reading import Reading
from eval.report import table
from eval.runs import Asks

T = TypeVar("T")

REPEATS = 3
"""How often each way of encoding is timed: the median of three shrugs off one disturbance."""

MOST_PASSAGES = 64
"""How many passages are encoded at a time, spread over the library: some ten seconds on a laptop without a GPU."""

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Encoding:
    """Texts a second, of the library's way of encoding and of the bare encoder: medians of interleaved repeats."""

    library: float
    bare: float

    @property
    def ratio(self) -> float:
        """The library's throughput as a share of the bare encoder's."""
        return self.library / self.bare


@dataclass(frozen=True, slots=True)
class Speed:
    """Everything that is measured; seconds of wall time, peaks in bytes of resident memory (None where unknown).

    `texts` is how many texts an add of the `pages` encodes.
    """

    pages: int
    texts: int
    add_seconds: float
    add_again_seconds: float
    encoding: Encoding
    query_p50: float | None
    query_p95: float | None
    add_peak: int | None
    answering_peak: int | None
    reading: Reading

    @property
    def add_ratio(self) -> float:
        """The throughput of a whole add, from start-up to the last write, as a share of the bare encoder's."""
        return (self.texts / self.add_seconds) / self.encoding.bare

    @property
    def seconds_per_100_pages(self) -> float:
        """Seconds that a whole add takes for a hundred pages."""
        return 100 * self.add_seconds / self.pages


def spread(items: Sequence[T], most: int = MOST_PASSAGES) -> list[T]:
    """At most `most` of the items in their order, evenly spread over the whole."""
    if len(items) <= most:
        return list(items)
    return [items[n * len(items) // most] for n in range(most)]


def compare_encoding(
    texts: int,
    library: Callable[[], object],
    bare: Callable[[], object],
    *,
    repeats: int = REPEATS,
    clock: Callable[[], float] = time.perf_counter,
) -> Encoding:
    """Time both ways of encoding the same `texts` texts, in turns, so that a slow spell of the machine hits both.

    Whatever is loaded at a first call isn't part of the comparison: each way should have been called before.
    """
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeats):
        for encode, taken in zip((library, bare), seconds, strict=True):
            began = clock()
            encode()
            taken.append(clock() - began)
    return Encoding(*(texts / statistics.median(taken) for taken in seconds))


def query_seconds(
    assistant: Asks, questions: Iterable[Question], *, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """The seconds of each question, after the first was asked once to warm up."""
    asked = list(questions)
    for question in asked[:1]:
        assistant.ask(question.question, question.history)
    seconds = []
    for question in asked:
        began = clock()
        assistant.ask(question.question, question.history)
        seconds.append(clock() - began)
    return seconds


def percentiles(seconds: Sequence[float]) -> tuple[float | None, float | None]:
    """The median and the 95th percentile."""
    return percentile(seconds, 0.5), percentile(seconds, 0.95)


def speed_report(speed: Speed) -> str:
    """The measurements as a table."""
    rows = [
        ["encoding as an add does, share of the bare encoder's throughput", f"{speed.encoding.ratio:.2f}"],
        ["whole add with start-up, share of the bare encoder's throughput", f"{speed.add_ratio:.2f}"],
        ["bare encoder, texts a second", f"{speed.encoding.bare:.1f}"],
        ["reading with tables, share of pypdf's plain text in pages a second", f"{speed.reading.ratio:.2f}"],
        ["reading, pages a second", f"{speed.reading.pages / speed.reading.seconds:.1f}"],
        ["reading, peak memory of a process, MiB", _mebibytes(speed.reading.peak)],
        ["add, seconds per 100 pages", f"{speed.seconds_per_100_pages:.1f}"],
        ["add, seconds", f"{speed.add_seconds:.1f}"],
        ["add again with nothing changed, seconds", f"{speed.add_again_seconds:.1f}"],
        ["query, seconds, p50", _seconds(speed.query_p50)],
        ["query, seconds, p95", _seconds(speed.query_p95)],
        ["add, peak memory, MiB", _mebibytes(speed.add_peak)],
        ["answering, peak memory, MiB", _mebibytes(speed.answering_peak)],
    ]
    return table([f"{speed.pages} pages, {speed.texts} texts to encode", ""], rows)


def speed_as_json(speed: Speed) -> dict[str, object]:
    """The measurements as plain values, seconds and bytes."""
    return {
        **asdict(speed),
        "encoding_ratio": speed.encoding.ratio,
        "add_ratio": speed.add_ratio,
        "reading_ratio": speed.reading.ratio,
        "seconds_per_100_pages": speed.seconds_per_100_pages,
    }


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _mebibytes(value: int | None) -> str:
    return "-" if value is None else f"{value / MEBIBYTE:.0f}"
