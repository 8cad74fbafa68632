"""The library: adding, changing and removing; one writer and many readers; what `check` tells and what then helps."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import filelock
import numpy as np
import pytest

from corpus.documents import Document
from corpus.errors import UnreadableDocument
from corpus.reading.files import sha256_of
from corpus.reading.worker import Limits, read_here
from index.adding import Added, Outcome, RebuildFailed, files_in
from index.database import LibraryDamaged, LibraryUnavailable
from index.hits import Filter
from index.library import CATALOGUE, Library, LibraryBusy, LibraryMismatch, LibraryMissing, UnknownDocument
from index.problems import Problem
from tests.fakes import CountingEncoder, counted, make_format_1, read_text, write_pdf

EXEMPT = "NOT FOR PUBLICATION\nThe zyzzyva contract."
LONG = " ".join(f"Road {i} is mended in week {i * 7 % 31}." for i in range(30))
"""A text long enough to be compared with others."""


@dataclass
class Desk:
    """A library and a folder of papers, with an encoder that counts words and a reader of plain text."""

    library: Library
    papers: Path
    encoder: CountingEncoder

    def write(self, name: str, text: str) -> Path:
        path = self.papers / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def add(self, *paths: Path, rebuild: bool = False, encoder: CountingEncoder | None = None) -> list[Added]:
        return list(self.library.add(paths or (self.papers,), encoder or self.encoder, read=read_text, rebuild=rebuild))

    def outcomes(self, *paths: Path) -> dict[str, Outcome]:
        return {added.file: added.outcome for added in self.add(*paths)}

    def near(self, text: str, filter_: Filter = Filter(), limit: int = 10) -> list[str]:  # noqa: B008
        found = self.library.nearest(counted(text), filter_, limit)
        placed = self.library.placed([key for key, _ in found])
        return [placed[key].passage.text for key, _ in found]

    def texts(self) -> list[str]:
        return [placed.passage.text for placed in self.library.passages()]

    def problems(self) -> dict[str, Problem]:
        return {problem.name: problem for problem in self.library.check(self.encoder)}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Library.create(tmp_path / "library") as library:
        (tmp_path / "papers").mkdir()
        yield Desk(library, tmp_path / "papers", CountingEncoder())


def originals(desk: Desk) -> list[str]:
    return sorted(path.read_text() for path in (desk.library.folder / "originals").iterdir())


# Adding, changing, removing


def test_the_nearest_passage_is_the_one_that_speaks_of_it(desk: Desk) -> None:
    desk.write("a.pdf", "children children budget")
    desk.write("b.pdf", "road road children")
    [a, b] = desk.add()
    assert (a.outcome, a.message) == (Outcome.ADDED, "a.pdf: 1 page, 1 paper, 1 passage.")
    assert b.document == "b"
    assert desk.near("children") == ["children children budget", "road road children"]
    assert desk.near("road") == ["road road children", "children children budget"]


def test_passages_equally_near_come_in_order_of_place_whatever_was_added_first(desk: Desk) -> None:
    for name in ("zebra.pdf", "mango.pdf", "apple.pdf"):
        desk.write(name, f"road {name}")
        desk.add()
    assert desk.near("road") == ["road apple.pdf", "road mango.pdf", "road zebra.pdf"]


def test_a_passage_with_many_vectors_does_not_crowd_out_the_others(desk: Desk) -> None:
    desk.write("long.pdf", "\n".join(["The road is long."] * 30))
    desk.write("short.pdf", "The road and the school.")
    desk.add()
    assert len(desk.near("road", limit=2)) == 2
    assert len(desk.near("road", limit=100)) == len(desk.texts())


def test_an_unchanged_file_needs_neither_reader_nor_encoder(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.add()
    before = desk.encoder.texts

    def reader(paths: Sequence[Path], *_: object) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
        assert not paths
        return iter(())

    [added] = desk.library.add([desk.papers], desk.encoder, read=reader)
    assert (added.outcome, added.document) == (Outcome.UNCHANGED, "a")
    assert desk.encoder.texts == before


def test_a_changed_file_takes_the_place_of_its_old_self(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.write("b.pdf", "plan")
    desk.add()
    desk.write("a.pdf", "school")
    assert desk.outcomes() == {"a.pdf": Outcome.UPDATED, "b.pdf": Outcome.UNCHANGED}
    assert desk.texts() == ["school", "plan"]
    assert desk.near("road") == ["school", "plan"]
    assert originals(desk) == ["plan", "school"]


def test_a_removed_document_is_gone_from_everywhere(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.write("b.pdf", "plan")
    desk.add()
    assert desk.library.remove(["a", "a"]) == ("a.pdf",)
    assert desk.near("road") == ["plan"]
    assert desk.library.matching(["road"], Filter(), 10, context_weight=1.0) == []
    assert originals(desk) == ["plan"]
    assert desk.library.original("a") is None
    assert desk.problems() == {}


def test_removing_an_unknown_document_removes_none(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.add()
    with pytest.raises(UnknownDocument, match="no document b; see what it has with: python -m assistant list"):
        desk.library.remove(["a", "b"])
    assert desk.texts() == ["road"]


def test_the_same_bytes_under_another_name_are_not_added_twice(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.write("b.pdf", "road")
    assert desk.outcomes() == {"a.pdf": Outcome.ADDED, "b.pdf": Outcome.DUPLICATE}
    [_, b] = desk.add()
    assert (b.outcome, b.document, b.message) == (Outcome.DUPLICATE, "a", "b.pdf is the same file as a.")
    assert [entry.also for entry in desk.library.documents()] == [("b.pdf",)]
    problem = desk.problems()["duplicate"]
    assert (problem.severity, problem.message) == ("note", "a was also added as b.pdf: the same file, kept once.")
    desk.add(rebuild=True)
    assert [entry.also for entry in desk.library.documents()] == [("b.pdf",)]
    desk.write("a.pdf", "plan")
    desk.add()
    assert {entry.id: entry.also for entry in desk.library.documents()} == {"a": (), "b": ()}


def test_files_that_change_names_with_each_other_are_both_kept(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.write("b.pdf", "plan")
    desk.add()
    desk.write("a.pdf", "plan")
    desk.write("b.pdf", "road")
    desk.add()
    assert sorted(desk.texts()) == ["plan", "road"]


def test_a_document_that_became_a_copy_of_another_is_told(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.write("b.pdf", "plan")
    desk.add()
    desk.write("b.pdf", "road")
    [_, b] = desk.add()
    assert (b.outcome, b.document) == (Outcome.DUPLICATE, "a")
    assert b.message.endswith("The library keeps what it has of b until you remove it.")


def test_the_same_name_with_another_ending_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.adding.SUPPORTED", (".pdf", ".docx"))
    desk.write("a.pdf", "road")
    desk.add()
    [_, failed] = desk.add(desk.write("a.docx", "plan"), desk.papers / "a.pdf")
    assert failed.outcome is Outcome.FAILED
    assert failed.message == "a.docx: the library has a.pdf under the same name a; rename one of the two."


def test_of_files_with_one_name_and_several_endings_the_pdf_is_read(desk: Desk) -> None:
    for ending in (".docx", ".md", ".pdf"):
        desk.write(f"minutes{ending}", f"road {ending}")
    outcomes = desk.outcomes()
    assert [name for name, outcome in outcomes.items() if outcome is Outcome.ADDED] == ["minutes.pdf"]
    assert [unread.file for unread in desk.library.unreadable()] == ["minutes.docx", "minutes.md"]


def test_two_folders_with_the_same_file_name_give_one_and_a_sentence(desk: Desk) -> None:
    desk.write("2022/agenda.pdf", "road")
    other = desk.write("2023/agenda.pdf", "plan")
    outcomes = {added.outcome: added.message for added in desk.add()}
    assert set(outcomes) == {Outcome.ADDED, Outcome.FAILED}
    assert "2022" in outcomes[Outcome.FAILED]
    assert desk.texts() == ["road"]
    assert other.exists()


def test_a_second_folder_with_the_same_file_name_never_takes_the_place_of_the_first(desk: Desk) -> None:
    desk.write("2022/agenda.pdf", "road")
    desk.write("2023/agenda.pdf", "plan")
    desk.add()
    for order in (["2022", "2023"], ["2023", "2022"]):
        outcomes = sorted(added.outcome for added in desk.add(*(desk.papers / year for year in order)))
        assert outcomes == [Outcome.FAILED, Outcome.UNCHANGED]
        assert desk.texts() == ["road"]
        assert "2022" in desk.library.unreadable()[0].reason


def test_the_same_file_in_two_folders_is_added_once(desk: Desk) -> None:
    desk.write("2022/agenda.pdf", "road")
    desk.write("2023/agenda.pdf", "road")
    assert sorted(added.outcome for added in desk.add()) == [Outcome.ADDED, Outcome.DUPLICATE]
    assert {added.outcome for added in desk.add()} == {Outcome.UNCHANGED}
    assert {added.outcome for added in desk.add(rebuild=True)} == {Outcome.UPDATED}
    [entry] = desk.library.documents()
    assert entry.also == ()


def test_a_file_named_twice_is_added_once(desk: Desk) -> None:
    path = desk.write("a.pdf", "road")
    assert [added.outcome for added in desk.add(path, desk.papers, path)] == [Outcome.ADDED]


def test_hidden_files_and_the_library_itself_are_left_out_of_a_folder(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.write(".hidden/b.pdf", "plan")
    desk.write("~$a.pdf", "lock")
    whole = desk.papers.parent
    assert desk.outcomes(whole) == {"a.pdf": Outcome.ADDED}
    assert desk.outcomes(whole) == {"a.pdf": Outcome.UNCHANGED}
    assert files_in([desk.papers / "nowhere.pdf"]) == [desk.papers / "nowhere.pdf"]


def test_a_file_that_can_not_be_read_fails_alone(desk: Desk) -> None:
    desk.write("a.pdf", "broken")
    desk.write("b.pdf", "road")
    desk.write("äöü.pdf", "ids need a letter or digit of English")
    failed = {a.file: a.message for a in desk.add(desk.papers, desk.papers / "c.pdf") if a.outcome is Outcome.FAILED}
    assert failed == {
        "a.pdf": "a.pdf: it is broken.",
        "c.pdf": "c.pdf: the file can't be opened (No such file or directory).",
        "äöü.pdf": "äöü.pdf: the file's name has no letter and no digit to know it by; rename it.",
    }
    assert desk.texts() == ["road"]


def test_files_that_could_not_be_read_are_remembered_until_they_are_read_or_given_up(desk: Desk) -> None:
    desk.write("a.pdf", "broken")
    desk.write("b.xyz", "of a kind that isn't read")
    desk.write("äöü.pdf", "ids need a letter or digit of English")
    desk.add(desk.papers, desk.papers / "nowhere.pdf")
    unreadable = {unread.file: unread.reason for unread in desk.library.unreadable()}
    assert list(unreadable) == ["a.pdf", "b.xyz", "äöü.pdf"]
    assert unreadable["a.pdf"] == "it is broken."
    problems = [p for p in desk.library.check(desk.encoder) if p.name == "unreadable"]
    assert {problem.severity for problem in problems} == {"warning"}
    assert "a.pdf could not be read: it is broken." in {problem.message for problem in problems}
    remedies = [problem.remedy for problem in problems]
    names = ["a", "b", "äöü.pdf"]
    assert all(f"remove {name} --library" in remedy for name, remedy in zip(names, remedies, strict=True))
    desk.write("a.pdf", "road")
    desk.add()
    assert [unread.file for unread in desk.library.unreadable()] == ["b.xyz", "äöü.pdf"]
    assert desk.library.remove(["b", "äöü.pdf"]) == ("b.xyz", "äöü.pdf")
    assert desk.library.unreadable() == ()
    assert desk.problems() == {}
    assert desk.texts() == ["road"]


def test_a_version_that_can_not_be_read_is_given_up_without_its_document(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.add()
    desk.write("a.pdf", "broken")
    desk.add()
    assert "remove a.pdf --library" in desk.problems()["unreadable"].remedy
    desk.library.remove(["a.pdf"])
    assert desk.problems() == {}
    assert desk.texts() == ["road"]
    desk.add()
    desk.write("a.pdf", "road")
    desk.add()
    assert desk.problems() == {}


def test_a_copy_of_a_file_that_can_not_be_read_is_no_copy(desk: Desk) -> None:
    desk.write("a.pdf", "broken")
    desk.write("b.pdf", "broken")
    [a, b] = desk.add()
    assert (a.outcome, b.outcome) == (Outcome.FAILED, Outcome.FAILED)
    assert b.message == "b.pdf: it is the same file as a.pdf, which can't be read."
    assert [unread.file for unread in desk.library.unreadable()] == ["a.pdf", "b.pdf"]


def test_very_many_unreadable_files_are_told_in_one_sentence(desk: Desk) -> None:
    for number in range(30):
        desk.write(f"{number:02}.pdf", f"broken {number}")
    desk.add()
    [problem] = [p for p in desk.library.check(desk.encoder) if p.name == "unreadable"]
    assert "09.pdf and 20 more could not be read: see why with: python -m assistant list" in problem.message


def test_a_file_of_a_kind_that_is_not_read_does_not_take_the_name_of_one_that_is(desk: Desk) -> None:
    desk.write("minutes.abc", "road")
    desk.write("minutes.pdf", "road")
    assert desk.outcomes() == {"minutes.abc": Outcome.FAILED, "minutes.pdf": Outcome.ADDED}


def test_a_document_outlives_a_new_version_that_can_not_be_read(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.add()
    desk.write("a.pdf", "broken")
    [added] = desk.add()
    assert (added.outcome, added.document) == (Outcome.FAILED, "a")
    assert added.message == "a.pdf: it is broken. The library keeps what it had of it."
    assert desk.texts() == ["road"]
    assert originals(desk) == ["road"]


def test_a_text_that_can_not_be_cut_fails_with_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def uncut(*_: object, **__: object) -> None:
        raise ValueError("one word is too long")

    monkeypatch.setattr("index.adding.passages_of", uncut)
    desk.write("a.pdf", "road")
    [added] = desk.add()
    assert added.message == "a.pdf: its text can't be cut into passages (one word is too long)."


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a name be no text")
def test_a_name_that_is_no_text_fails_with_a_sentence(desk: Desk) -> None:
    path = Path(os.fsdecode(os.fsencode(desk.papers) + b"/bad\xff.pdf"))
    path.write_text("road")
    [added] = desk.add()
    assert (added.outcome, added.message) == (
        Outcome.FAILED,
        "bad?.pdf: the file's name has characters that aren't text; rename it.",
    )


def test_a_file_that_changes_while_it_is_read_is_not_kept(desk: Desk) -> None:
    path = desk.write("a.pdf", "road")

    def changing(
        paths: Sequence[Path], password: str | None, limits: Limits
    ) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
        for item in list(read_text(paths, password, limits)):
            path.write_text("something else")
            yield item

    [added] = desk.library.add([path], desk.encoder, read=changing)
    assert (added.outcome, added.message) == (
        Outcome.FAILED,
        "a.pdf: the file was changed while it was read; add it again.",
    )
    assert desk.texts() == []


# The same text, and versions


def test_the_same_text_in_another_file_is_told(desk: Desk) -> None:
    desk.write("a.pdf", LONG)
    desk.write("b.pdf", LONG.replace(". ", ".\n"))
    [a, b] = desk.add()
    assert "same text" not in a.message
    assert "It has the same text as “Paper a” (no date) in a, file page 1." in b.message
    assert b.outcome is Outcome.ADDED
    assert {id_: ties.same_as for id_, ties in desk.library.ties().items()} == {"a#1": ("b#1",), "b#1": ("a#1",)}
    problem = desk.problems()["same text"]
    assert problem.severity == "note"
    assert "stands word for word in 2 places: a (file page 1) and b (file page 1)." in problem.message


def test_a_version_with_one_figure_changed_is_told_with_the_figure(desk: Desk) -> None:
    desk.write("a.pdf", LONG)
    desk.add()
    desk.write("b.pdf", LONG.replace("week 18.", "week 19."))
    [_, b] = desk.add()
    assert "It has nearly the same text as “Paper a” (no date) in a, file page 1." in b.message
    assert {id_: ties.versions for id_, ties in desk.library.ties().items()} == {"a#1": ("b#1",), "b#1": ("a#1",)}
    problem = desk.problems()["versions"]
    assert problem.severity == "warning"
    assert "(the newest last by when they were added, as their dates don't tell)" in problem.message
    assert "in 1 place: page i (file page 1): “week 18. Road” became “week 19. Road”." in problem.message
    desk.library.remove(["a"])
    assert desk.library.ties() == {}
    assert desk.problems() == {}


def test_versions_are_kept_apart_whatever_happens_to_one(desk: Desk) -> None:
    desk.write("a.pdf", LONG)
    desk.write("b.pdf", LONG.replace("week 18.", "week 19."))
    desk.add()
    desk.write("b.pdf", "Something else. " * 30)
    desk.add()
    assert desk.library.ties() == {}
    desk.write("b.pdf", f"{LONG}\n")
    desk.add()
    ties = desk.library.ties()
    assert {id_: tie.same_as for id_, tie in ties.items()} == {"a#1": ("b#1",), "b#1": ("a#1",)}
    desk.add(rebuild=True)
    assert desk.library.ties() == ties


def test_minutes_of_different_meetings_are_no_versions_of_each_other(desk: Desk) -> None:
    for name, day in (("june", "14 June 2022"), ("july", "20 July 2022"), ("june-again", "14 June 2022")):
        week = "week 19." if name == "june-again" else "week 18."
        text = LONG.replace("week 18.", week)
        desk.write(
            f"{name}.pdf", f"Minutes of the Thornmere Scrutiny Panel\n{day}\nPresent: Cllr Coyle (Chair)\n{text}"
        )
    desk.add()
    assert {paper.kind for entry in desk.library.documents() for paper in entry.papers} == {"minutes"}
    assert {id_: tie.versions for id_, tie in desk.library.ties().items()} == {
        "june#1": ("june-again#1",),
        "june-again#1": ("june#1",),
    }


def test_minutes_are_approved_once_a_later_paper_is_added_and_no_longer_when_it_is_gone(desk: Desk) -> None:
    head = "Minutes of the Thornmere Scrutiny Panel\n{}\nPresent: Cllr Coyle (Chair)\n"
    desk.write("june.pdf", head.format("14 June 2022"))
    desk.add()
    [june] = desk.library.documents()[0].papers
    assert june.status is None
    later = "The minutes of the meeting held on 14 June 2022 were approved, subject to one correction to minute 4."
    desk.write("july.pdf", head.format("20 July 2022") + later)
    desk.add()
    papers = {entry.id: entry.papers[0] for entry in desk.library.documents()}
    assert {id_: paper.status for id_, paper in papers.items()} == {"june": "approved", "july": None}
    approval = desk.library.ties()["june#1"].approved_in
    assert approval is not None
    assert (approval.document, approval.mention.page, approval.mention.quote) == ("july", 1, later)
    assert approval.mention.amendment == "subject to one correction to minute 4."
    desk.write("july.pdf", head.format("20 July 2022") + "The minutes were not to hand.")
    desk.add()
    assert desk.library.ties() == {}
    desk.write("july.pdf", head.format("20 July 2022") + later)
    desk.add()
    desk.library.remove(["july"])
    assert desk.library.documents()[0].papers == (june,)


def test_a_held_back_paper_is_compared_with_nothing(desk: Desk) -> None:
    desk.write("a.pdf", f"NOT FOR PUBLICATION\n{LONG}")
    desk.write("b.pdf", f"NOT FOR PUBLICATION\n{LONG} ")
    desk.add()
    assert desk.library.ties() == {}


def test_a_text_has_all_its_places(desk: Desk) -> None:
    desk.write("a.pdf", "The road is long.\f")
    desk.write("b.pdf", "The road\nis long.\f")
    desk.write("c.pdf", "The road is short.\f")
    desk.add()
    keys = {placed.passage.document: placed.key for placed in desk.library.passages()}
    assert [placed.key for placed in desk.library.places(keys["b"])] == [keys["a"], keys["b"]]
    assert [placed.key for placed in desk.library.places(keys["c"])] == [keys["c"]]


# What may not be shown


def test_nothing_of_an_exempt_paper_is_in_the_librarys_folder(desk: Desk) -> None:
    desk.write("part-b.pdf", EXEMPT)
    [added] = desk.add()
    assert added.outcome is Outcome.HELD_BACK
    assert desk.texts() == []
    assert desk.library.original("part-b") is None
    desk.library.close()
    for path in desk.library.folder.rglob("*"):
        assert not path.is_file() or b"zyzzyva" not in path.read_bytes().lower()


def test_a_paper_that_became_exempt_is_gone_with_its_earlier_version(desk: Desk) -> None:
    desk.write("part-b.pdf", "The zyzzyva contract.")
    desk.write("other.pdf", "Roads.")
    desk.add()
    desk.write("part-b.pdf", EXEMPT)
    desk.add()
    desk.library.close()
    for path in desk.library.folder.rglob("*"):
        assert not path.is_file() or b"zyzzyva" not in path.read_bytes().lower()


def test_an_exempt_pdf_leaves_no_trace_in_the_librarys_folder(tmp_path: Path) -> None:

    write_pdf(tmp_path / "part-b.pdf", EXEMPT, title="The zyzzyva contract")
    with Library.create(tmp_path / "library") as library:
        [added] = library.add([tmp_path / "part-b.pdf"], CountingEncoder(), read=read_here)
        assert added.outcome is Outcome.HELD_BACK
        assert "zyzzyva" not in added.message
        assert not any("zyzzyva" in problem.message for problem in library.check(CountingEncoder()))
    for path in (tmp_path / "library").rglob("*"):
        assert not path.is_file() or b"zyzzyva" not in path.read_bytes().lower()


def test_what_short_forms_stand_for_is_kept_of_public_papers_only(desk: Desk) -> None:
    desk.write("pack.pdf", "Roads.\fThe First Contact Hub (FCH).")
    desk.write("part-b.pdf", EXEMPT + "\nThe Public Law Outline (PLO).")
    desk.add()
    [placed] = desk.library.definitions()
    assert (placed.definition.short, placed.paper, placed.page, placed.page_label) == ("FCH", "pack#1", 2, "ii")
    start, end = placed.definition.start, placed.definition.end
    page = desk.library.page("pack", 2)
    assert page is not None
    assert page.text[start - page.start : end - page.start] == "First Contact Hub (FCH)"
    assert "outline" not in desk.library.spellings()


def test_the_spellings_change_with_the_generation(desk: Desk) -> None:
    assert (desk.library.generation, dict(desk.library.spellings())) == (0, {})
    desk.write("a.pdf", "Roads.")
    desk.add()
    assert desk.library.generation == 1
    assert desk.library.spellings()["roads"] == 1
    desk.library.remove(["a"])
    assert (desk.library.generation, dict(desk.library.spellings())) == (2, {})


# One writer, many readers


def test_a_second_writer_is_turned_away_while_readers_read_on(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.write("b.pdf", "plan")
    adding = desk.library.add([desk.papers], desk.encoder, read=read_text)
    next(adding)
    with Library.open(desk.library.folder) as other:
        with pytest.raises(LibraryBusy, match=r"Another process is adding to the library in .*; try again when it has"):
            next(other.add([desk.papers], desk.encoder, read=read_text))
        with pytest.raises(LibraryBusy):
            other.remove(["a"])
        assert [entry.id for entry in other.documents()] == ["a"]
        assert len(other.nearest(counted("road"), Filter(), 5)) == 1
        list(adding)
        assert [added.outcome for added in other.add([desk.papers], desk.encoder)] == [Outcome.UNCHANGED] * 2


def test_a_writer_in_another_process_is_noticed(desk: Desk) -> None:
    code = "import filelock, sys\nwith filelock.FileLock(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    lock = str(desk.library.folder / "writer.lock")
    with subprocess.Popen(
        [sys.executable, "-c", code, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(LibraryBusy):
            desk.add()
        other.kill()
    assert desk.add() == []


def test_a_reader_that_was_opened_before_sees_what_is_added_after(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.add()
    with Library.open(desk.library.folder) as reader:
        assert len(reader.nearest(counted("school"), Filter(), 10)) == 1
        desk.write("b.pdf", "school")
        desk.add()
        placed = reader.placed([key for key, _ in reader.nearest(counted("school"), Filter(), 1)])
        assert [p.passage.text for p in placed.values()] == ["school"]
        desk.library.remove(["b"])
        assert len(reader.nearest(counted("school"), Filter(), 10)) == 1


def test_threads_search_while_another_adds(desk: Desk) -> None:
    desk.write("first.pdf", "road")
    desk.add()
    stop, failed = threading.Event(), list[BaseException]()

    def search() -> None:
        while not stop.is_set():
            try:
                found = desk.library.nearest(counted("road"), Filter(), 5)
                keys = [key for key, _ in found]
                assert keys
                desk.library.placed(keys)
                desk.library.extracts(keys)
                assert desk.library.matching(["road"], Filter(), 5, context_weight=1.0)
            except BaseException as error:
                failed.append(error)
                return

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(15):
        desk.write(f"{number}.pdf", f"road {number}")
    desk.add()
    desk.library.remove([str(number) for number in range(10)])
    stop.set()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(desk.near("road")) == 6


def test_an_add_that_is_given_up_lets_go_of_the_library(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.write("b.pdf", "plan")
    adding = desk.library.add([desk.papers], desk.encoder, read=read_text)
    next(adding)
    adding.close()  # type: ignore[attr-defined]
    assert desk.problems()["interrupted"].message == "An add was interrupted before it had read b.pdf."
    assert desk.outcomes() == {"a.pdf": Outcome.UNCHANGED, "b.pdf": Outcome.ADDED}
    assert desk.problems() == {}


# Encoders and rebuilding


def test_another_encoder_is_refused_with_both_names_and_a_command_that_helps(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.add()
    other = CountingEncoder(name="other", dimension=4)
    with pytest.raises(LibraryMismatch) as refused:
        desk.add(encoder=other)
    assert "made with the encoder counting, not other" in str(refused.value)
    assert f"add --rebuild --encoder other --library {desk.library.folder}" in str(refused.value)
    assert [problem.name for problem in desk.library.check(other)] == ["encoder"]

    shutil.rmtree(desk.papers)  # the originals are enough
    list(desk.library.add([], other, read=read_text, rebuild=True))
    desk.library.check_encoder(other)
    assert [problem.name for problem in desk.library.check(other)] == []
    assert [entry.file for entry in desk.library.documents()] == ["a.pdf"]
    assert len(desk.library.nearest(np.resize(counted("road"), 4), Filter(), 5)) == 1


def test_a_library_without_passages_takes_any_encoder(desk: Desk) -> None:
    desk.write("a.pdf", "broken")
    desk.add()
    desk.write("a.pdf", "road")
    other = CountingEncoder(name="other", dimension=4)
    assert [added.outcome for added in desk.add(encoder=other)] == [Outcome.ADDED]
    desk.library.check_encoder(other)


def test_a_reader_is_told_that_the_library_was_made_anew_with_another_encoder(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.add()
    with Library.open(desk.library.folder) as reader:
        reader.nearest(counted("road"), Filter(), 5)
        desk.add(rebuild=True, encoder=CountingEncoder(name="other", dimension=4))
        with pytest.raises(LibraryMismatch, match="made anew with the encoder other; start again"):
            reader.nearest(counted("road"), Filter(), 5)


def test_a_rebuild_reads_everything_anew_and_changes_nothing_else(desk: Desk) -> None:
    desk.write("a_b c.pdf", "road")
    desk.write("b.pdf", "plan")
    desk.write("part-b.pdf", EXEMPT)
    desk.add()
    before = desk.library.documents(), desk.texts()
    outcomes = {added.file: added.outcome for added in desk.library.add([], desk.encoder, read=read_text, rebuild=True)}
    assert outcomes == {"a_b c.pdf": Outcome.UPDATED, "b.pdf": Outcome.UPDATED}
    assert (desk.library.documents(), desk.texts()) == before
    assert sorted(path.name for path in desk.library.folder.iterdir() if "rebuild" in path.name) == []
    assert {name: p.severity for name, p in desk.problems().items()} == {"held back": "note"}


def test_a_rebuild_takes_the_files_named_in_place_of_the_originals(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.write("b.pdf", "plan")
    desk.add()
    desk.write("a.pdf", "school")
    desk.write("c.pdf", "panel")
    desk.add(rebuild=True)
    assert desk.texts() == ["school", "plan", "panel"]
    assert originals(desk) == ["panel", "plan", "school"]


def test_a_rebuild_that_can_not_read_all_leaves_the_library_as_it_was(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.write("b.pdf", "plan")
    desk.add()
    desk.write("b.pdf", "broken")
    other = CountingEncoder(name="other", dimension=4)
    with pytest.raises(RebuildFailed, match=r"The library stays as it was: b\.pdf: it is broken\."):
        desk.add(rebuild=True, encoder=other)
    desk.library.check_encoder(desk.encoder)
    assert desk.texts() == ["road", "plan"]
    assert desk.near("road") == ["road", "plan"]
    assert originals(desk) == ["plan", "road"]
    assert desk.problems() == {}


def test_a_rebuild_asks_for_a_file_whose_original_is_gone(desk: Desk) -> None:
    path = desk.write("a.pdf", "road")
    desk.add()
    for original in (desk.library.folder / "originals").iterdir():
        original.unlink()
    with pytest.raises(RebuildFailed, match=r"No sound original of a\.pdf .* add --rebuild FILE"):
        list(desk.library.add([], desk.encoder, read=read_text, rebuild=True))
    assert [added.outcome for added in desk.add(path, rebuild=True)] == [Outcome.UPDATED]
    assert desk.problems() == {}


# What may happen to the folder


def vectors_file(desk: Desk) -> Path:
    return desk.library.folder / "vectors.faiss"


def lose(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def turn(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x40
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("damage", [lose, cut, turn])
def test_a_missing_or_damaged_file_of_vectors_is_made_anew(desk: Desk, damage: object) -> None:
    desk.write("a.pdf", "road")
    desk.write("b.pdf", "school")
    desk.add()
    sound = vectors_file(desk).read_bytes()
    assert callable(damage)
    damage(vectors_file(desk))
    with Library.open(desk.library.folder) as reader:
        [problem] = reader.check(desk.encoder)
        assert (problem.name, problem.severity) == ("vectors", "warning")
        assert len(reader.nearest(counted("road"), Filter(), 5)) == 2
    assert desk.encoder.texts == 2
    desk.add()
    assert desk.encoder.texts == 2
    assert vectors_file(desk).read_bytes() == sound
    assert desk.problems() == {}


def test_a_file_of_vectors_from_before_is_brought_up_to_date(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.write("b.pdf", "school")
    desk.add()
    old = vectors_file(desk).read_bytes()
    desk.write("c.pdf", "panel")
    desk.write("b.pdf", "door")
    desk.add()
    vectors_file(desk).write_bytes(old)
    with Library.open(desk.library.folder) as reader:
        placed = reader.placed([key for key, _ in reader.nearest(counted("panel"), Filter(), 1)])
        assert [p.passage.text for p in placed.values()] == ["panel"]
        assert len(reader.nearest(counted("school"), Filter(), 10)) == 3


def test_vectors_that_can_not_be_written_cost_only_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    desk.write("a.pdf", "road")
    with monkeypatch.context() as patch:
        patch.setattr("index.vectors.VectorIndex.save", full)
        assert desk.outcomes() == {"a.pdf": Outcome.ADDED}
    assert list(desk.problems()) == ["vectors"]
    assert desk.near("road") == ["road"]
    desk.add()
    assert desk.problems() == {}


def test_a_lost_original_is_told_and_comes_back_with_the_file(desk: Desk) -> None:
    path = desk.write("a.pdf", "road")
    desk.add()
    for original in (desk.library.folder / "originals").iterdir():
        original.unlink()
    problem = desk.problems()["original"]
    assert (problem.severity, problem.message, problem.remedy) == (
        "warning",
        "The original of a is missing.",
        "add a.pdf again",
    )
    assert desk.library.original("a") is None
    desk.add(path)
    assert desk.problems() == {}
    kept = desk.library.original("a")
    assert kept is not None
    assert kept.read_text() == "road"


def test_a_changed_original_is_told_and_the_remedy_helps(desk: Desk) -> None:
    path = desk.write("a.pdf", "road")
    desk.add()
    [original] = (desk.library.folder / "originals").iterdir()
    original.write_text("forged")
    problem = desk.problems()["original"]
    assert (problem.severity, problem.message) == ("error", "The original of a was changed.")
    assert "remove a --library" in problem.remedy
    desk.library.remove(["a"])
    desk.add(path)
    assert desk.problems() == {}


def test_check_says_that_a_library_is_empty(desk: Desk) -> None:
    assert {name: p.severity for name, p in desk.problems().items()} == {"empty": "warning"}
    assert desk.near("road") == []
    assert desk.library.extracts([1]) == []
    assert desk.library.rarity(["road"]) == {"road": 0.0}


def test_check_says_what_is_held_back(desk: Desk) -> None:
    desk.write("part-b.pdf", EXEMPT)
    desk.add()
    problem = desk.problems()["held back"]
    assert problem.severity == "note"
    assert "part-b, file page 1:" in problem.message
    assert "zyzzyva" not in problem.message


def test_check_says_which_pages_can_not_be_trusted_and_where_text_is_hidden(desk: Desk) -> None:
    from dataclasses import replace

    def reader(
        paths: Sequence[Path], password: str | None, limits: Limits
    ) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
        for path, document in read_text(paths, password, limits):
            assert isinstance(document, Document)
            pages = [replace(page, problem="no text (a picture)") for page in document.pages[1:3]]
            blank = replace(document.pages[3], problem="blank")
            yield (
                path,
                replace(document, pages=(document.pages[0], *pages, blank), notes=("Hidden text was left out.",)),
            )

    desk.write("a.pdf", "road\f\f\f")
    [added] = desk.library.add([desk.papers], desk.encoder, read=reader)
    assert "No text on file pages 2-3." in added.message
    assert "Hidden text was left out." in added.message
    told = {(p.name, p.severity): p.message for p in desk.library.check(desk.encoder)}
    assert told == {
        ("pages", "warning"): "a, file pages 2-3: no text (a picture).",
        ("pages", "note"): "a, file page 4: blank.",
        ("hidden text", "warning"): "a: Hidden text was left out.",
    }


def test_an_interrupted_file_can_be_given_up(desk: Desk) -> None:
    desk.library._catalogue.set_pending(["New paper.pdf"])
    problem = desk.problems()["interrupted"]
    assert problem.severity == "error"
    assert "remove new-paper --library" in problem.remedy
    desk.write("other.pdf", "road")
    desk.add()
    assert "interrupted" in desk.problems()
    desk.library.remove(["new-paper"])
    assert desk.problems() == {}


def test_check_tells_of_a_damaged_catalogue_and_stops_there(desk: Desk) -> None:
    for number in range(30):
        desk.write(f"{number}.pdf", f"road {number} " * 50)
    desk.add()
    desk.library.close()
    path = desk.library.folder / CATALOGUE
    data = path.read_bytes()
    path.write_bytes(data[: -4096 * 8] + b"\xff" * 4096 * 4 + data[-4096 * 4 :])
    with Library.open(desk.library.folder) as library:
        assert [problem.name for problem in library.check(desk.encoder)] == ["catalogue"]


def test_a_damaged_catalogue_does_not_open(desk: Desk) -> None:
    desk.library.close()
    (desk.library.folder / CATALOGUE).write_bytes(b"x" * 9000)
    with pytest.raises(LibraryDamaged):
        Library.open(desk.library.folder)


def test_a_library_of_another_format_says_so(desk: Desk) -> None:
    desk.library.close()
    with closing(sqlite3.connect(desk.library.folder / CATALOGUE)) as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
        db.commit()
    with pytest.raises(LibraryMismatch, match="has format 99, this program reads 4; move the folder away"):
        Library.open(desk.library.folder)


def test_a_library_of_an_earlier_format_is_made_anew_from_its_originals(desk: Desk) -> None:
    """What is held back has no original, and stays."""
    folder = desk.papers.parent / "old"
    (folder / "originals").mkdir(parents=True)
    make_format_1(folder / CATALOGUE)
    (folder / "originals" / "0a.pdf").write_text("road")
    with closing(sqlite3.connect(folder / CATALOGUE)) as db:
        sha256 = sha256_of(folder / "originals" / "0a.pdf")
        db.execute("UPDATE documents SET sha256 = ? WHERE id = 'a'", (sha256,))
        db.commit()
    (folder / "originals" / "0a.pdf").rename(folder / "originals" / f"{sha256}.pdf")
    with pytest.raises(LibraryMismatch, match=r"has format 1, this program reads 4; make it anew .* add --rebuild"):
        Library.open(folder)
    with pytest.raises(LibraryMismatch, match="has format 1"):
        Library.create(folder)
    with Library.create(folder, rebuild=True) as old:
        assert old.is_of_earlier_format
        with pytest.raises(LibraryMismatch, match="has format 1"):
            list(old.add([desk.papers], desk.encoder, read=read_text))
    with Library.create(folder, rebuild=True) as old:

        def fails(paths: Sequence[Path], *_: object) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
            yield from ((path, UnreadableDocument(f"{path.name}: it is broken.")) for path in paths)

        with pytest.raises(RebuildFailed):
            list(old.add([], desk.encoder, read=fails, rebuild=True))
        assert old.is_of_earlier_format
        [added] = old.add([], desk.encoder, read=read_text, rebuild=True)
        assert added.outcome is Outcome.UPDATED
    with Library.open(folder) as made:
        assert [(entry.id, entry.file) for entry in made.documents()] == [("a", "a.pdf"), ("part-b", "part-b.pdf")]
        assert [placed.passage.text for placed in made.passages()] == ["road"]
        assert len(made.nearest(counted("road"), Filter(), 5)) == 1
        assert {problem.name for problem in made.check(desk.encoder)} == {"held back"}


def test_a_folder_without_a_library_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing, match="make one with: python -m assistant add FILES --library"):
        Library.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_library_can_not_be_made_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryMissing, match=r"can't be made in .*; name another with --library"):
        Library.create(tmp_path / "file")


def test_a_command_in_a_message_can_be_copied_though_the_folder_has_spaces(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing, match=r'--library ".*/My papers"'):
        Library.open(tmp_path / "My papers")


def without_rights(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody who may not write where the folder says so; root may write anywhere."""
    if os.name == "nt":
        pytest.skip("folders are guarded otherwise there")
    if os.geteuid() == 0:
        drop = shutil.which("setpriv")
        if drop is None:
            pytest.skip("root may write anywhere")
        arguments = [drop, "--bounding-set=-all", "--inh-caps=-all", *arguments]
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


def test_a_library_in_a_folder_that_may_only_be_read_can_be_read(desk: Desk) -> None:
    desk.write("a.pdf", "road")
    desk.add()
    desk.library.close()
    folder = desk.library.folder
    code = (
        "import pathlib, sys\n"
        "from index.library import Library\n"
        "from index.hits import Filter\n"
        "from tests.fakes import CountingEncoder, counted\n"
        "from corpus.errors import CouncilPapersError\n"
        "with Library.open(pathlib.Path(sys.argv[1])) as library:\n"
        "    print(len(library.nearest(counted('road'), Filter(), 5)))\n"
        "    try: list(library.add([], CountingEncoder()))\n"
        "    except CouncilPapersError as error: print(error)\n"
    )
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = without_rights([sys.executable, "-c", code, str(folder)])
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.stderr == ""
    assert done.stdout.splitlines()[0] == "1"
    assert "see that you may write to the folder" in done.stdout


def test_a_lock_that_can_not_be_made_is_told_in_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(filelock.FileLock, "acquire", refused)
    with pytest.raises(LibraryUnavailable, match=r"can't be written to \(Permission denied\)"):
        desk.library.remove(["a"])


# What can be quoted


def test_an_extract_has_its_own_place_and_vector(desk: Desk) -> None:
    desk.write("a.pdf", "The road is long. The school is new.\nA plan.")
    desk.add()
    [key] = [placed.key for placed in desk.library.passages()]
    text = desk.library.page_text("a", 1)
    extracts = desk.library.extracts([key])
    assert [text[e.start : e.end] for e in extracts] == ["The road is long.", "The school is new.", "A plan."]
    for extract, word in zip(extracts, ("road", "school", "plan"), strict=True):
        np.testing.assert_allclose(extract.vector, counted(word), atol=1e-6)


def test_the_only_extract_of_a_passage_has_the_passages_vector(desk: Desk) -> None:
    desk.write("a.pdf", "The road is long.")
    desk.add()
    [key] = [placed.key for placed in desk.library.passages()]
    [extract] = desk.library.extracts([key])
    assert (extract.start, extract.end) == (0, 17)
    assert desk.library.extracts([key + 100]) == []


def test_a_rare_word_tells_more_than_a_frequent_one(desk: Desk) -> None:
    desk.write("a.pdf", "The road.")
    desk.write("b.pdf", "The road and the school.")
    desk.add()
    rarity = desk.library.rarity(["road", "school", "bridge"])
    assert rarity["bridge"] > rarity["school"] > rarity["road"] > 0
