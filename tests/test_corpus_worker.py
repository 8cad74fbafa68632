"""A bad file costs itself only, whatever it does to the process that reads it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pypdf
import pytest

from corpus.documents import Document
from corpus.errors import UnreadableDocument
from corpus.reading import worker
from corpus.reading.worker import Limits, Reader, read_all, read_apart

PAPER = Path(__file__).parents[1] / "corpus/sample/papers/2023-01-18-part-b-placements-contract.pdf"


def crash(connection: Connection, password: str | None, memory: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang(connection: Connection, password: str | None, memory: int) -> None:
    time.sleep(600)


def _greedy(path: Path, password: str | None) -> Document:
    return bytearray(2**33)  # type: ignore[return-value]


def starve(connection: Connection, password: str | None, memory: int) -> None:
    worker.read_file = _greedy  # type: ignore[assignment]
    worker._serve(connection, password, memory)


def test_a_document_comes_back_from_its_process_whole():
    document = read_apart(PAPER, None, Limits())
    assert document.id == "2023-01-18-part-b-placements-contract"
    assert len(document.pages) == 2


def test_an_unreadable_file_gives_its_own_sentence(tmp_path):
    path = tmp_path / "empty.pdf"
    path.touch()
    with pytest.raises(UnreadableDocument, match=r"^empty\.pdf: the file is empty \(0 bytes\)\.$"):
        read_apart(path, None, Limits())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_file_that_crashes_the_reader_costs_itself_only(monkeypatch, tmp_path):
    monkeypatch.setattr(worker, "_serve", crash)
    with pytest.raises(UnreadableDocument, match=r"^bad\.pdf: the file brought the reading process down"):
        read_apart(tmp_path / "bad.pdf", None, Limits())


def test_a_file_that_takes_too_long_is_ended(monkeypatch, tmp_path):
    monkeypatch.setattr(worker, "_serve", hang)
    began = time.monotonic()
    with pytest.raises(UnreadableDocument, match=r"^slow\.pdf: reading took longer than 1 seconds? and was ended\.$"):
        read_apart(tmp_path / "slow.pdf", None, Limits(seconds=1))
    assert time.monotonic() - began < 20


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to the limit on memory")
def test_a_file_that_needs_too_much_memory_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(worker, "_serve", starve)
    with pytest.raises(UnreadableDocument, match=r"^big\.pdf: reading needs more than 4 GB of memory\.$"):
        read_apart(tmp_path / "big.pdf", None, Limits())


def test_bad_files_do_not_stop_the_good_ones(tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_text("not a PDF")
    outcomes = dict(read_all([bad, PAPER], None, Limits(), processes=2))
    assert isinstance(outcomes[bad], UnreadableDocument)
    assert isinstance(outcomes[PAPER], Document)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_reader_that_went_down_is_replaced_for_the_next_file(monkeypatch, tmp_path):
    reader = Reader(None, Limits())
    with monkeypatch.context() as patched:
        patched.setattr(worker, "_serve", crash)
        with pytest.raises(UnreadableDocument, match="brought the reading process down"):
            reader.read(tmp_path / "bad.pdf")
    try:
        assert len(reader.read(PAPER).pages) == 2
    finally:
        reader.close()


def test_reading_that_is_given_up_half_way_leaves_no_process(tmp_path):
    outcomes = read_all([PAPER, PAPER, PAPER], None, Limits(), processes=1)
    next(outcomes)
    outcomes.close()
    assert multiprocessing.active_children() == []


def test_a_password_reaches_the_reader(tmp_path):
    path = tmp_path / "locked.pdf"
    writer = pypdf.PdfWriter(clone_from=PAPER)
    writer.encrypt("tarn", algorithm="AES-256")
    writer.write(path)
    assert len(read_apart(path, "tarn", Limits()).pages) == 2
