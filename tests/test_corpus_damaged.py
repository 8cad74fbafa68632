"""A hundred damaged files beside good ones: none stops the reading, each is named once with its reason."""

from __future__ import annotations

import multiprocessing
import re
from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.errors import UnreadableDocument
from corpus.reading.files import read_file
from corpus.reading.worker import Limits, read_all
from tests.damaged import PAPERS, make

GOOD = [PAPERS / f"{name}.pdf" for name in ("2022-07-20-scrutiny-minutes", "2023-03-29-scrutiny-minutes")]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Document | UnreadableDocument]]:
    """What became of the damaged files and the good ones among them."""
    damaged = make(tmp_path_factory.mktemp("damaged"))
    assert len(damaged) == 100
    paths = [*damaged[:50], GOOD[0], *damaged[50:], GOOD[1]]
    found = list(read_all(paths, None, Limits(seconds=20), processes=2))
    assert sorted(path for path, _ in found) == sorted(paths)
    return found


def test_the_same_seed_gives_the_same_files(tmp_path: Path):
    first, second = make(tmp_path / "one"), make(tmp_path / "two")
    unlike = [a.name for a, b in zip(first, second, strict=True) if a.read_bytes() != b.read_bytes()]
    # An encryption has keys of its own each time.
    assert [name for name in unlike if "locked" not in name] == []


def test_each_file_is_read_or_refused_in_one_sentence(outcomes):
    refused = {path.name: str(outcome) for path, outcome in outcomes if isinstance(outcome, UnreadableDocument)}
    odd = {
        name: said
        for name, said in refused.items()
        if not re.fullmatch(rf"{re.escape(name)}: [^\n]{{10,300}}\.", said) or "Traceback" in said
    }
    assert odd == {}
    assert len(refused) > 40


def test_good_files_among_them_are_read_as_ever(outcomes):
    found = dict(outcomes)
    assert [found[path] == read_file(path) for path in GOOD] == [True, True]


def test_no_reading_process_is_left(outcomes):
    assert multiprocessing.active_children() == []


def test_a_page_of_a_damaged_file_on_which_no_letter_is_read_says_what_is_wrong(outcomes):
    for path, outcome in outcomes:
        if isinstance(outcome, Document):
            silent = [p.number for p in outcome.pages if not any(p.witnesses) and not p.problem]
            assert silent == [], path.name
