"""Files that are handed in: told line by line, added as on the command line, stopped, taken out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

import pytest
from fakes import CountingEncoder, Vectors, read_text, write_pdf
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from assistant import intake as intake_module
from assistant.intake import Busy, Destination, Handed, Intake, Line, Stage, safe_name
from corpus.documents import Document
from corpus.errors import CouncilPapersError, UnreadableDocument
from corpus.reading.worker import Limits, Told
from index.adding import Outcome
from index.encoder import Encodable
from index.library import Library

Stopped = Callable[[], bool]
Read = Iterator[tuple[Path, Document | UnreadableDocument]]


def read_at_once(paths: Sequence[Path], limits: Limits, told: Told, stopped: Stopped) -> Read:
    for path, document in read_text(paths, None, limits):
        told(path, "opening it")
        told(path, "reading page 7")
        yield path, document


class Desk:
    """An intake with a library of its own, and where files lie before they are handed in."""

    def __init__(self, folder: Path, encoder: CountingEncoder | None = None, read: object = read_at_once) -> None:
        self.library, self.uploads, self.kept = folder / "library", folder / "uploads", folder / "kept"
        self.uploads.mkdir()
        self.kept.mkdir()
        self.arrived: list[Path] = []
        self.encoder = encoder or CountingEncoder()
        self.intake = Intake(self.kept, self.destination, self.arrived.append, read)  # type: ignore[arg-type]

    def destination(self) -> Destination:
        return Destination(self.library, self.encoder)

    def file(self, name: str, text: str, given: str | None = None) -> Handed:
        path = self.uploads / name
        path.write_text(text)
        return Handed(path, given or name)

    def hand_in(self, *files: Handed) -> tuple[Line, ...]:
        self.intake.hand_in(files)
        return self.ended()

    def ended(self) -> tuple[Line, ...]:
        for _ in range(1000):
            if not self.intake.is_running:
                return self.intake.lines()
            time.sleep(0.01)
        pytest.fail("the intake doesn't end")

    def documents(self) -> list[str]:
        with Library.open(self.library) as library:
            return [entry.id for entry in library.documents()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_files_are_added_in_the_words_of_add_and_nothing_is_left_lying_about(desk: Desk) -> None:
    one, other = desk.hand_in(desk.file("a.txt", "the road budget"), desk.file("b.txt", "broken"))
    assert (one.stage, one.outcome, one.message) == (Stage.DONE, Outcome.ADDED, "a.txt: 1 page, 1 paper, 1 passage.")
    assert (one.page, one.encoded, one.passages) == (7, 1, 1)
    assert (other.stage, other.outcome, other.message) == (Stage.DONE, Outcome.FAILED, "b.txt: it is broken.")
    assert desk.documents() == ["a"]
    assert desk.arrived == [desk.library]
    assert [*desk.kept.iterdir(), *desk.uploads.iterdir()] == []
    with Library.open(desk.library) as library:
        assert [unread.file for unread in library.unreadable()] == ["b.txt"]


def test_a_file_that_is_handed_in_again_is_told_to_be_there(desk: Desk) -> None:
    desk.hand_in(desk.file("a.txt", "the road"))
    *_, again = desk.hand_in(desk.file("a.txt", "the road"))
    assert (again.outcome, again.message) == (Outcome.UNCHANGED, "a.txt is in the library as it is.")
    *_, changed = desk.hand_in(desk.file("a.txt", "the other road"))
    assert changed.outcome is Outcome.UPDATED
    *_, copy = desk.hand_in(desk.file("b.txt", "the other road"))
    assert (copy.outcome, copy.message) == (Outcome.DUPLICATE, "b.txt is the same file as a.")


def test_a_message_never_names_the_folder_in_which_a_file_waited(desk: Desk) -> None:
    lines = desk.hand_in(desk.file("a b.txt", "the road"), desk.file("a-b.txt", "the budget"))
    assert {line.outcome for line in lines} == {Outcome.ADDED, Outcome.FAILED}
    assert any("a-b.txt: a b.txt has the same name a-b" in line.message for line in lines)
    assert not any(str(desk.kept) in line.message for line in lines)


def test_a_kind_of_file_that_is_not_read_is_told(desk: Desk) -> None:
    (line,) = desk.hand_in(desk.file("a.xls", "the road"))
    assert line.outcome is Outcome.FAILED
    assert line.message.startswith("a.xls: files of this kind aren't read yet")


def test_a_file_that_is_too_large_is_told_and_not_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_module, "LARGEST", 3)
    (line,) = desk.hand_in(desk.file("a.txt", "the road"))
    assert line.outcome is Outcome.FAILED
    assert "files of up to 0 MB are taken" in line.message
    assert [*desk.kept.iterdir(), *desk.uploads.iterdir()] == []


def test_a_file_that_did_not_arrive_is_told(desk: Desk) -> None:
    (line,) = desk.hand_in(Handed(desk.uploads / "gone.pdf", "gone.pdf"))
    assert line.message == "gone.pdf: the file didn't arrive (No such file or directory); hand it in again."


def test_while_another_process_writes_it_is_said(desk: Desk) -> None:
    desk.hand_in(desk.file("a.txt", "the road"))
    with FileLock(desk.library / "writer.lock"):
        *_, line = desk.hand_in(desk.file("b.txt", "the budget"))
    assert line.outcome is Outcome.FAILED
    assert line.message.startswith("b.txt: Another process is adding to the library")


def test_a_library_that_is_not_there_yet_is_said_of_each_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_ready() -> Destination:
        raise CouncilPapersError("The papers are still being read {now}.")

    monkeypatch.setattr(desk.intake, "_destination", not_ready)
    (line,) = desk.hand_in(desk.file("a.txt", "the road"))
    assert line.message == "a.txt: The papers are still being read {now}."


def test_an_unexpected_fault_is_a_sentence_here_and_a_traceback_in_the_log(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(desk.encoder, "encode_passages", lambda texts: 1 / 0)
    (line,) = desk.hand_in(desk.file("a.txt", "the road"))
    assert "unexpected fault" in line.message
    assert "division" not in line.message
    assert "ZeroDivisionError" in caplog.text
    assert desk.documents() == []
    assert [*desk.kept.iterdir()] == []


class Gate:
    """Reads the first file at once, and the next only when the gate is open or nobody wants it any more."""

    def __init__(self) -> None:
        self.reached, self.open = Event(), Event()

    def __call__(self, paths: Sequence[Path], limits: Limits, told: Told, stopped: Stopped) -> Read:
        for number, (path, document) in enumerate(read_text(paths, None, limits)):
            told(path, "opening it")
            if number:
                self.reached.set()
                while not self.open.wait(0.01):
                    if stopped():
                        return
            yield path, document


def test_what_was_added_before_it_is_stopped_stays_and_nothing_else(tmp_path: Path) -> None:
    gate = Gate()
    desk = Desk(tmp_path, read=gate)
    desk.intake.hand_in([desk.file("a.txt", "the road"), desk.file("b.txt", "the budget")])
    assert gate.reached.wait(10)
    desk.intake.hand_in([desk.file("c.txt", "the plan")])
    with pytest.raises(Busy, match="Files are being added"):
        desk.intake.remove("a")
    desk.intake.stop()
    lines = desk.ended()
    assert [line.stage for line in lines] == [Stage.DONE, Stage.STOPPED, Stage.STOPPED]
    assert lines[1].message == "b.txt: stopped before it was added; nothing of it was kept."
    assert desk.documents() == ["a"]
    assert [*desk.kept.iterdir()] == []
    with Library.open(desk.library) as library:
        assert not [p for p in library.check(desk.encoder) if p.name in ("interrupted", "vectors")]
    gate.open.set()
    *_, after = desk.hand_in(desk.file("d.txt", "the school"))
    assert after.outcome is Outcome.ADDED


class Slow(CountingEncoder):
    """Says when it is asked for passages, and waits until it may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.go_on = Event(), Event()

    def encode_passages(self, texts: Sequence[Encodable]) -> list[Vectors]:
        self.reached.set()
        assert self.go_on.wait(10)
        return super().encode_passages(texts)


def test_a_long_document_can_be_stopped_while_it_is_encoded(tmp_path: Path) -> None:
    encoder = Slow()
    desk = Desk(tmp_path, encoder)
    paragraphs = "\n".join(f"The road number {n} is to be mended with money of the budget." for n in range(1200))
    desk.intake.hand_in([desk.file("a.txt", paragraphs)])
    assert encoder.reached.wait(10)
    (line,) = desk.intake.lines()
    assert line.stage is Stage.ENCODING
    assert line.passages > 64
    desk.intake.stop()
    assert desk.intake.is_stopping
    encoder.go_on.set()
    (line,) = desk.ended()
    assert line.stage is Stage.STOPPED
    assert desk.documents() == []


def test_two_files_of_one_name_at_once_are_not_taken_for_versions(tmp_path: Path) -> None:
    gate = Gate()
    desk = Desk(tmp_path, read=gate)
    desk.intake.hand_in([desk.file("a.txt", "the road"), desk.file("b.txt", "x"), desk.file("c.txt", "y", "B.txt")])
    assert gate.reached.wait(10)
    gate.open.set()
    lines = desk.ended()
    assert [line.outcome for line in lines] == [Outcome.ADDED, Outcome.ADDED, Outcome.FAILED]
    assert lines[2].message.startswith("B.txt: another file of that name is being added")


def test_a_document_is_taken_out_and_a_file_that_could_not_be_read_is_given_up(desk: Desk) -> None:
    desk.hand_in(desk.file("a.txt", "the road"), desk.file("b.txt", "broken"))
    assert desk.intake.remove("a") == "a.txt was taken out of the library."
    assert desk.intake.remove("b.txt") == "b.txt was taken out of the library."
    assert desk.documents() == []
    with pytest.raises(CouncilPapersError, match="no document zzz"):
        desk.intake.remove("zzz")


def test_lines_that_are_over_can_be_cleared(desk: Desk) -> None:
    desk.hand_in(desk.file("a.txt", "the road"))
    desk.intake.clear()
    assert desk.intake.lines() == ()


def test_a_damaged_pdf_is_told_in_a_sentence_by_the_real_reader(tmp_path: Path) -> None:
    desk = Desk(tmp_path, read=None)
    (desk.uploads / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    write_pdf(desk.uploads / "sound.pdf", "The front door of the council is at the road.")
    lines = desk.hand_in(*(Handed(desk.uploads / name, name) for name in ("broken.pdf", "sound.pdf")))
    assert [line.outcome for line in lines] == [Outcome.FAILED, Outcome.ADDED]
    assert lines[0].message.startswith("broken.pdf: ")
    assert lines[1].page == 1


@given(st.text())
def test_a_name_is_kept_as_it_was_given_but_for_what_is_dangerous(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not set(safe) & {"/", "\\", "\0", "\n"}
    assert safe.strip(".")
    assert len(safe.encode()) <= 200
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Children's pack (final), 14 June.pdf", "Children's pack (final), 14 June.pdf"),
        ("Bwrdd Iechyd – cofnodion.docx", "Bwrdd Iechyd – cofnodion.docx"),
        ("../../etc/minutes.pdf", "minutes.pdf"),
        ("C:\\papers\\minutes.pdf", "minutes.pdf"),
        ("min\u202eutes\n.pdf", "minutes.pdf"),
        ("..", "file"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
    ],
)
def test_names_as_they_come(given: str, kept: str) -> None:
    assert safe_name(given) == kept
