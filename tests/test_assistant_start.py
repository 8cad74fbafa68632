"""What the chat page opens when nothing was named: the user's own papers, else the sample's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import filelock
import pytest

from assistant.start import open_or_make_library
from index.library import Library, LibraryMissing
from tests.fakes import CountingEncoder, read_text


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's data folder, sample papers of two lines, and nothing read in a process of its own."""
    monkeypatch.setattr("assistant.start.default_library", lambda: tmp_path / "own")
    monkeypatch.setattr("assistant.start.sample_library", lambda: tmp_path / "sample")
    monkeypatch.setattr("assistant.start.sample_papers", lambda: tmp_path / "papers")
    monkeypatch.setattr("index.library._read_apart", read_text)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "sample.pdf").write_text("The road.")
    return tmp_path


def opened(folder: Path | None, encoder: CountingEncoder | None = None) -> tuple[list[str], list[str]]:
    said: list[str] = []
    with closing(open_or_make_library(folder, encoder or CountingEncoder(), said.append)) as library:
        return [entry.id for entry in library.documents()], said


def test_the_first_start_makes_the_library_of_the_sample_papers(places: Path) -> None:
    documents, said = opened(None)
    assert documents == ["sample"]
    assert any("fictional council" in sentence for sentence in said)
    assert not (places / "own").exists()
    assert opened(None)[0] == ["sample"]


def test_the_users_own_library_comes_first_if_there_is_anything_in_it(places: Path) -> None:
    Library.create(places / "own").close()
    assert opened(None)[0] == ["sample"], "an add that failed left the user's library empty"
    (places / "mine.pdf").write_text("The plan.")
    with Library.create(places / "own") as library:
        list(library.add([places / "mine.pdf"], CountingEncoder()))
    assert opened(None) == (["mine"], [])


def test_the_library_that_is_named_is_opened_or_missed(places: Path) -> None:
    with pytest.raises(LibraryMissing):
        opened(places / "named")
    assert not (places / "named").exists()
    Library.create(places / "named").close()
    assert opened(places / "named") == ([], [])


def test_the_sample_papers_are_read_anew_for_another_encoder(places: Path) -> None:
    opened(None)
    other = CountingEncoder(name="other", dimension=4)
    assert opened(None, other)[0] == ["sample"]
    with Library.open(places / "sample") as library:
        library.check_encoder(other)


def test_a_second_page_uses_what_the_first_has_read_so_far(places: Path) -> None:
    opened(None)
    with filelock.FileLock(places / "sample" / "writer.lock"):
        documents, said = opened(None)
    assert documents == ["sample"]
    assert said[-1] == "Another program is reading the sample papers."
