"""How long the traces take over a large library of papers that hold findings, promises and figures.

The papers (`eval/recording.py`) are added by the library's own `add`, but with an encoder that only adds up words'
directions: encoding takes most of the time of an add, and how long a trace takes doesn't depend on what the vectors
say. Each trace is timed as a reader first meets it after the library changed, in a library and a tracer that have only
just been opened, and then once more. The subject of "about" is encoded by the shipped encoder, which is loaded before.
"""

from __future__ import annotations

import re
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from assistant.tracing import Tracer
from corpus.errors import CouncilPapersError
from corpus.reading.worker import read_here
from eval.adding import CHECKOUT
from eval.recording import GENERATOR as RECORDING
from eval.recording import recording
from eval.report import table
from eval.sample import digest
from eval.unrelated import GENERATOR, WORD_LISTS
from index.adding import Outcome
from index.encoder import Encodable, Encoder, Vectors
from index.library import Library

SEED = 7
"""Any would do; it only has to stay."""

SUBJECT, OWNER, STATUS = "caseloads and supervision", "Birtwell", "delayed"
"""What is asked for where a trace is narrowed."""

LONGEST = 1.0
"""Seconds that no trace over a thousand papers takes, on the machine that the project is measured on."""

Tell = Callable[[str], None]
"""Where progress is told, a line at a time."""


class NotMade(CouncilPapersError):
    """A library can't be made of the papers; the sentence says why."""


class WordEncoder:
    """Adds up a direction for each word, and gives the unit vector of the sum: cheap, and alike for like texts."""

    name = "words"
    limit = 256

    def __init__(self, dimension: int) -> None:
        """Give vectors of so many dimensions."""
        self.dimension = dimension
        self._directions: dict[str, Vectors] = {}

    def count(self, text: str) -> int:
        """How many words a text has."""
        return len(text.split())

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, self.dimension)

    def encode_passages(self, texts: Sequence[Encodable]) -> list[Vectors]:
        """For each text its unit vector, followed by one for each of its spans."""
        return [self.encode_questions([t.text, *(t.text[a:b] for a, b in t.spans)]) for t in texts]

    def _vector(self, text: str) -> Vectors:
        total = sum((self._direction(word) for word in re.findall(r"\w+", text.lower())), self._direction(""))
        unit: Vectors = total / np.linalg.norm(total)
        return unit

    def _direction(self, word: str) -> Vectors:
        if word not in self._directions:
            drawn = np.random.default_rng(zlib.crc32(word.encode())).standard_normal(self.dimension)
            self._directions[word] = drawn.astype(np.float32)
        return self._directions[word]


@dataclass(frozen=True, slots=True)
class Timed:
    """A trace: how many it gives, in how many seconds at first and again."""

    name: str
    given: int
    first: float
    again: float


@dataclass(frozen=True, slots=True)
class Tracing:
    """How large the library is, and its traces."""

    documents: int
    traces: tuple[Timed, ...]

    @property
    def longest(self) -> float:
        """The most seconds that one of them takes."""
        return max(max(trace.first, trace.again) for trace in self.traces)


def made(keep: Path, papers: int, dimension: int, *, tell: Tell) -> Path:
    """The folder in `keep` of a library of so many papers, with vectors of so many dimensions.

    Its name tells what it was made of (the papers, the code that reads and stores them), so that the same is never made
    twice; what an interrupted run left undone is gone on with. Raises NotMade where a paper can't be added.
    """
    code = [path for room in ("corpus", "index") for path in (CHECKOUT / room).rglob("*.py")]
    folder = keep / f"traced-{digest([*code, WORD_LISTS, GENERATOR, RECORDING], str(papers), str(dimension))}"
    with Library.create(folder) as library, tempfile.TemporaryDirectory(prefix="eval-tracing-") as passing:
        files = [_written(Path(passing), number) for number in range(papers)]
        for n, added in enumerate(library.add(files, WordEncoder(dimension), read=read_here), 1):
            if added.outcome not in (Outcome.ADDED, Outcome.UNCHANGED):
                raise NotMade(f"the library in {folder} can't be made: {added.message}")
            if n % 100 == 0 and added.outcome is Outcome.ADDED:
                tell(f"added {n} of {papers} papers")
    return folder


def _written(folder: Path, number: int) -> Path:
    paper = recording(number, SEED)
    path = folder / paper.file
    path.write_text(paper.text, encoding="utf-8")
    return path


def traces() -> dict[str, Callable[[Tracer], Sequence[object]]]:
    """The traces that are timed, by what they are called."""
    return {
        "findings": lambda tracer: tracer.findings(),
        "findings since 2020": lambda tracer: tracer.findings(since="2020"),
        "findings about": lambda tracer: tracer.findings(about=SUBJECT),
        "promises": lambda tracer: tracer.promises(),
        "promises about": lambda tracer: tracer.promises(about=SUBJECT),
        "promises of an owner": lambda tracer: tracer.promises(owner=OWNER),
        "promises of a status": lambda tracer: tracer.promises(status=STATUS),
        "figures": lambda tracer: tracer.figures(),
        "figures about": lambda tracer: tracer.figures(SUBJECT),
    }


def timed(folder: Path, encoder: Encoder, *, clock: Callable[[], float] = time.perf_counter) -> Tracing:
    """The traces over the library in a folder, each in a library and a tracer of its own."""
    encoder.encode_questions([SUBJECT])  # loads the model
    found = []
    for name, trace in traces().items():
        with Library.open(folder) as library:
            tracer, seconds = Tracer(library, encoder), list[float]()
            for _ in range(2):
                began = clock()
                given = trace(tracer)
                seconds.append(clock() - began)
            found.append(Timed(name, len(given), *seconds))
    with Library.open(folder) as library:
        return Tracing(len(library.documents()), tuple(found))


def tracing_report(found: Tracing) -> str:
    """The seconds as a table."""
    rows = [[one.name, str(one.given), f"{one.first:.2f}", f"{one.again:.2f}"] for one in found.traces]
    return table([f"over {found.documents} papers, seconds", "given", "first", "again"], rows)


def tracing_as_json(found: Tracing) -> dict[str, object]:
    """The same as plain values."""
    return {**asdict(found), "longest": found.longest}
