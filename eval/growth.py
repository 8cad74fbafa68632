"""What growing does to a library's answers: a copy is grown with unrelated papers, and asked the same questions.

The papers are added by the library's own `add`, from Markdown files, so that what is measured is what a reader would
meet. Only their passages are short (twenty to forty words), because encoding is what takes the time: some 50 passages a
second on two cores, two minutes for a pack of 160 pages ten times over, and twenty for a hundred times.
"""

from __future__ import annotations

import math
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CouncilPapersError
from corpus.reading.worker import read_here
from eval.comparison import ACCURACY, MRR, RECALL
from eval.judging import Run, scores
from eval.metrics import percentile
from eval.report import number, table
from eval.sample import digest
from eval.unrelated import GENERATOR, PASSAGES, WORD_LISTS, unrelated
from index.adding import Outcome
from index.encoder import Encoder
from index.library import CATALOGUE, Library

SEED = 7
"""Any would do; it only has to stay."""

MEASURES = (RECALL.name, MRR.name, ACCURACY.name, "refusal recall", "refusal precision")
"""What is told before and after; of these, growing should cost little."""

Tell = Callable[[str], None]
"""Where progress is told, a line at a time."""


class NotGrown(CouncilPapersError):
    """A library can't be grown; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a library is."""

    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class Grown:
    """A grown library: its folder, how large it was and is; how many passages were added now, and in how many seconds.

    Nothing is added now to a library that was kept from an earlier run.
    """

    folder: Path
    before: Size
    after: Size
    added: int
    seconds: float


def size(library: Library) -> Size:
    """How large a library is."""
    return Size(len(library.documents()), sum(1 for _ in library.passages()))


def papers_needed(passages: int, times: int, each: int = PASSAGES) -> int:
    """How many papers of `each` passages make a library of `passages` at least `times` as large."""
    return math.ceil(passages * (times - 1) / each)


def grow(source: Path, times: int, encoder: Encoder, *, keep: Path, seed: int = SEED, tell: Tell) -> Grown:
    """A copy of the library in the folder `source`, grown to `times` its passages, in a folder of its own in `keep`.

    The name of that folder tells what it was made of (the library, the papers, their number), so that the same is never
    made twice; what an interrupted run left undone is gone on with. Raises NotGrown where a paper can't be added.
    """
    made_of = [source / CATALOGUE, WORD_LISTS, GENERATOR]
    folder = keep / f"grown-{digest(made_of, encoder.name, str(times), str(seed))}"
    with Library.open(source) as library:
        before = size(library)
    if not folder.is_dir():
        half = folder.with_suffix(".part")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(source, half)
        half.rename(folder)
    with Library.create(folder) as library, tempfile.TemporaryDirectory(prefix="eval-growth-") as papers:
        had = size(library).passages
        files = _written(Path(papers), papers_needed(before.passages, times), seed)
        began = time.perf_counter()
        for n, added in enumerate(library.add(files, encoder, read=read_here), 1):
            if added.outcome not in (Outcome.ADDED, Outcome.UNCHANGED):
                raise NotGrown(f"the library in {folder} can't be grown: {added.message}")
            if n % 20 == 0 and added.outcome is Outcome.ADDED:
                tell(f"added {n} of {len(files)} papers in {time.perf_counter() - began:.0f} seconds")
        seconds = time.perf_counter() - began
        after = size(library)
    return Grown(folder, before, after, after.passages - had, seconds)


def _written(folder: Path, count: int, seed: int) -> list[Path]:
    """The first `count` papers as files."""
    paths = []
    for number_ in range(count):
        paper = unrelated(number_, seed)
        paths.append(folder / paper.file)
        paths[-1].write_text(paper.text, encoding="utf-8")
    return paths


@dataclass(frozen=True, slots=True)
class Change:
    """A measure before and after the library grew; None where nothing was measured."""

    name: str
    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        """After less before."""
        return None if self.before is None or self.after is None else self.after - self.before


def changes(before: Run, after: Run) -> tuple[Change, ...]:
    """The main measures before and after, and the 95th percentile of the seconds that an answer took."""
    was, is_ = scores(before.judgements), scores(after.judgements)
    slow = [percentile((judgement.reply.seconds for judgement in run.judgements), 0.95) for run in (before, after)]
    return (*(Change(name, was[name], is_[name]) for name in MEASURES), Change("seconds, 95 %", *slow))


def growth_report(grown: Grown, found: Sequence[Change]) -> str:
    """What changed, as a table, and how long the growing took."""
    rows = [
        [one.name, number(one.before), number(one.after), "-" if one.difference is None else f"{one.difference:+.3f}"]
        for one in found
    ]
    rows += [
        ["documents", str(grown.before.documents), str(grown.after.documents), ""],
        ["passages", str(grown.before.passages), str(grown.after.passages), ""],
    ]
    speed = f", {grown.added / grown.seconds:.0f} a second" if grown.added else ""
    head = f"grown {grown.after.passages / grown.before.passages:.1f} times"
    return f"{table([head, 'before', 'after', 'change'], rows)}\n{grown.added} passages added now{speed}"


def growth_as_json(grown: Grown, found: Sequence[Change]) -> dict[str, object]:
    """The same as plain values."""
    return {
        "folder": str(grown.folder),
        "documents": [grown.before.documents, grown.after.documents],
        "passages": [grown.before.passages, grown.after.passages],
        "added": grown.added,
        "seconds": grown.seconds,
        "measures": {one.name: {"before": one.before, "after": one.after, "change": one.difference} for one in found},
    }
