"""`kill -9` at any moment of an add leaves a library that opens, tells the truth and is completed by the next add."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.reading.files import sha256_of
from corpus.reading.worker import Limits, read_here
from index.hits import Filter
from index.library import Library
from tests.fakes import CountingEncoder, counted, write_pdf
from tests.interrupted import MOMENTS, add

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are neither forked nor killed so there")

MENDED = "\n".join(f"Road {i} is mended in week {i * 7 % 31}." for i in range(30))

TEXTS = {
    "2022-06-panel.pdf": ("Minutes of the Children Panel\nThe front door was explained.", "The plan was noted."),
    "2022-07-budget.pdf": ("Budget report\nThe school budget grew by 1,204 pounds.",),
    "2022-08-roads.pdf": ("Road report\nThe road to the school was mended.", "A second road is planned."),
    "2022-09-visits.pdf": ("Visits\nEvery visit was made in time.\nOne visit was late.",),
    "2022-10-contract.pdf": ("NOT FOR PUBLICATION\nThe zyzzyva contract of the school.",),
    "2022-11-mending.pdf": (MENDED,),
    "2022-12-mending.pdf": (MENDED.replace("week 18.", "week 19."),),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library to which five papers were added, and one for each moment at which that was cut short."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "old").mkdir()
    (folder / "papers").mkdir()
    old = write_pdf(folder / "old" / "2022-07-budget.pdf", "Budget report\nAn old version.")
    with Library.create(folder / "before") as library:
        list(library.add([old], CountingEncoder(), read=read_here))
    paths = [write_pdf(folder / "papers" / name, *pages) for name, pages in TEXTS.items()]
    paths.append(folder / "papers" / "broken.pdf")
    paths[-1].write_text("nothing")
    read = {path.name: document for path, document in read_here(paths, None, Limits())}
    assert [name for name, document in read.items() if not isinstance(document, Document)] == ["broken.pdf"]
    (folder / "documents.pickle").write_bytes(pickle.dumps(read))
    subprocess.run(
        [sys.executable, "-m", "tests.interrupted", str(folder)],
        check=True,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "OMP_NUM_THREADS": "1"},  # FAISS's threads and forked processes don't go together
        timeout=120,
    )
    return folder


def content(library: Library) -> object:
    """All that a library knows, but for the numbers of its rows."""
    documents = library.documents()
    placed = list(library.passages())
    nearest = {
        word: [library.placed([key])[key].passage.id for key, _ in library.nearest(counted(word), Filter(), 50)]
        for word in ("school", "road", "visit", "door")
    }
    ties = {id_: (tie.same_as, tie.versions) for id_, tie in library.ties().items()}
    originals = sorted(path.name for path in (library.folder / "originals").iterdir())
    return (
        documents,
        [library.pages(entry.id) for entry in documents],
        [(p.passage, p.passage.extracts, p.paper, p.page, p.page_label) for p in placed],
        [[(e.start, e.end, e.vector.tobytes()) for e in library.extracts([p.key])] for p in placed],
        nearest,
        library.rarity(["school", "road", "old"]),
        originals,
        ties,
        library.unreadable(),
        sorted(path.name for path in library.folder.iterdir() if "lock" not in path.name),
    )


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_killed_add_is_told_and_completed_by_the_next(folder: Path, moment: int) -> None:
    encoder = CountingEncoder()
    with Library.open(folder / "whole") as library:
        whole = content(library)
        assert {problem.name for problem in library.check(encoder)} == {"held back", "unreadable", "versions"}
    wanted = {path.name: sha256_of(path) for path in (folder / "papers").iterdir()}
    with Library.open(folder / f"killed-{moment}") as library:
        there = {entry.sha256 for entry in library.documents()}
        unreadable = {unread.file for unread in library.unreadable()}
        missing = sorted(name for name, sha256 in wanted.items() if sha256 not in there and name not in unreadable)
        problems = {problem.name: problem for problem in library.check(encoder)}
        assert {name for name, p in problems.items() if p.severity == "error"} <= {"interrupted"}
        if "interrupted" in problems:
            assert problems["interrupted"].message == f"An add was interrupted before it had read {', '.join(missing)}."
        else:
            assert missing in ([], sorted(wanted)), "an add that was cut short half way isn't told"
        assert library.nearest(counted("budget"), Filter(), 5)
    add(folder, folder / f"killed-{moment}")
    with Library.open(folder / f"killed-{moment}") as library:
        assert content(library) == whole
        assert {problem.name for problem in library.check(encoder)} == {"held back", "unreadable", "versions"}
