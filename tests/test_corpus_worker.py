"""A bad file costs itself only, whatever it does to the process that reads it; a long one is read by several."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import pypdf
import pytest
from fakes import make_document

from corpus.documents import Document
from corpus.errors import UnreadableDocument
from corpus.reading import worker
from corpus.reading.files import OpenFile, read_file
from corpus.reading.worker import Limits, Reader, read_all, read_apart

PAPERS = Path(__file__).parents[1] / "corpus/sample/papers"
PAPER = PAPERS / "2023-01-18-part-b-placements-contract.pdf"
PACK = PAPERS / "2023-01-18-scrutiny-agenda-pack.pdf"


class Book:
    """A file of as many pages as its name says ("3.book"); what the path holds is done on the page that it names."""

    def __init__(self, path: Path) -> None:
        self.parts = int(path.stem)
        self._page, _, self._deed = (path.read_text() if path.exists() else "0 nothing").partition(" ")
        self._path = path

    def read(self, part: int) -> str:
        if part == int(self._page):
            match self._deed:
                case "crash":
                    os.kill(os.getpid(), signal.SIGKILL)
                case "hang":
                    time.sleep(600)
                case "starve":
                    return str(len(bytearray(2**33)))
                case "fault":
                    raise ZeroDivisionError("our own fault")
        return f"page {part}"

    def document(self, parts: Sequence[str]) -> Document:
        return make_document(self._path.stem, *parts)

    def close(self) -> None:
        pass


def open_book(path: Path, password: str | None) -> OpenFile:
    return Book(path)


def serve_books(connection: Connection, password: str | None, limits: Limits) -> None:
    worker.open_file = open_book
    worker._serve(connection, password, limits)


@pytest.fixture
def books(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reading processes read books."""
    monkeypatch.setattr(worker, "_serve", serve_books)


def book(folder: Path, pages: int, deed: str = "0 nothing") -> Path:
    """A file that does its deed ("3 crash") on the page named."""
    path = folder / f"{pages}.book"
    path.write_text(deed)
    return path


def test_a_document_comes_back_from_its_process_whole():
    document = read_apart(PAPER, None, Limits())
    assert document.id == "2023-01-18-part-b-placements-contract"
    assert len(document.pages) == 2


def test_a_long_file_that_several_processes_read_is_the_same_as_read_by_one():
    assert len(read_file(PACK).pages) > worker.AT_ONCE
    assert dict(read_all([PACK], None, Limits(), processes=2)) == {PACK: read_file(PACK)}


def test_an_unreadable_file_gives_its_own_sentence(tmp_path):
    path = tmp_path / "empty.pdf"
    path.touch()
    with pytest.raises(UnreadableDocument, match=r"^empty\.pdf: the file is empty \(0 bytes\)\.$"):
        read_apart(path, None, Limits())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.usefixtures("books")
@pytest.mark.parametrize(("pages", "page"), [(3, 2), (50, 45)])
def test_a_page_that_crashes_the_reader_is_named(tmp_path, pages: int, page: int):
    said = rf"^{pages}\.book: reading page {page} brought the reading process down \(exit code -9\)\.$"
    with pytest.raises(UnreadableDocument, match=said):
        read_apart(book(tmp_path, pages, f"{page} crash"), None, Limits())


@pytest.mark.usefixtures("books")
def test_a_page_that_takes_too_long_is_ended(tmp_path):
    began = time.monotonic()
    said = r"^9\.book: reading page 7 took longer than 3 seconds and was ended\.$"
    with pytest.raises(UnreadableDocument, match=said):
        read_apart(book(tmp_path, 9, "7 hang"), None, Limits(seconds=3))
    assert time.monotonic() - began < 30


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to the limit on memory")
@pytest.mark.usefixtures("books")
def test_a_file_that_needs_too_much_memory_is_refused(tmp_path):
    with pytest.raises(UnreadableDocument, match=r"^2\.book: reading needs more than 1\.5 GB of memory\.$"):
        read_apart(book(tmp_path, 2, "1 starve"), None, Limits(memory=3 * 2**29))


@pytest.mark.usefixtures("books")
def test_a_fault_of_the_program_costs_only_the_file_on_which_it_shows(tmp_path):
    with pytest.raises(UnreadableDocument, match=r"^2\.book: reading failed \(ZeroDivisionError: our own fault\)\.$"):
        read_apart(book(tmp_path, 2, "1 fault"), None, Limits())


@pytest.mark.usefixtures("books")
def test_a_file_of_too_many_pages_is_refused_before_they_are_read(tmp_path):
    with pytest.raises(UnreadableDocument, match=r"^9\.book: it has 9 pages, more than the 8 that are read; split it"):
        read_apart(book(tmp_path, 9, "1 fault"), None, Limits(pages=8))


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize("processes", [1, 2, 3])
def test_every_file_comes_out_once_with_its_pages_in_order(tmp_path, processes: int):
    sizes = [1, worker.AT_ONCE, worker.AT_ONCE + 1, 3 * worker.AT_ONCE, 97]
    outcomes = list(read_all([book(tmp_path, n) for n in sizes], None, Limits(), processes=processes))
    assert sorted(int(path.stem) for path, _ in outcomes) == sizes
    for path, document in outcomes:
        assert isinstance(document, Document)
        assert document.text.split("\f") == [f"page {n}" for n in range(1, int(path.stem) + 1)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.usefixtures("books")
def test_bad_files_do_not_stop_the_good_ones(tmp_path):
    deeds = {30: "25 crash", 31: "0 nothing", 32: "1 fault", 33: "0 nothing", 34: "34 hang"}
    files = [book(tmp_path, pages, deed) for pages, deed in deeds.items()]
    outcomes = dict(read_all(files, None, Limits(seconds=6), processes=2))
    assert {int(path.stem) for path, outcome in outcomes.items() if isinstance(outcome, Document)} == {31, 33}
    assert len(outcomes) == len(deeds)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.usefixtures("books")
def test_a_reader_that_went_down_is_replaced_for_the_next_file(tmp_path):
    reader = Reader(None, Limits())
    try:
        with pytest.raises(UnreadableDocument, match="brought the reading process down"):
            reader.do(worker._Open(book(tmp_path, 2, "1 crash")))
        assert isinstance(reader.do(worker._Open(book(tmp_path, 3))), Document)
    finally:
        reader.close()


@pytest.mark.usefixtures("books")
def test_reading_that_is_given_up_half_way_leaves_no_process(tmp_path):
    outcomes = read_all([book(tmp_path, n) for n in (1, 2, 60)], None, Limits(), processes=2)
    next(outcomes)
    outcomes.close()
    assert multiprocessing.active_children() == []


def test_a_password_reaches_the_reader(tmp_path):
    path = tmp_path / "locked.pdf"
    writer = pypdf.PdfWriter(clone_from=PAPER)
    writer.encrypt("tarn", algorithm="AES-256")
    writer.write(path)
    assert len(read_apart(path, "tarn", Limits()).pages) == 2
