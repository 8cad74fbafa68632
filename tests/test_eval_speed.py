"""Timing, with a clock that is told the time, and processes that are weighed."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableDocument
from corpus.reading.worker import Limits
from eval.adding import AddFailed, add, own_peak, watch
from eval.gold import Question
from eval.reading import Reading, compare_reading, joined, long_file
from eval.sample import SAMPLE_PAPERS, digest
from eval.speed import (
    Encoding,
    Speed,
    compare_encoding,
    percentiles,
    query_seconds,
    speed_as_json,
    speed_report,
    spread,
)

MEASURED = Speed(
    pages=50,
    texts=300,
    add_seconds=30.0,
    add_again_seconds=2.0,
    encoding=Encoding(library=18.0, bare=20.0),
    query_p50=0.02,
    query_p95=None,
    add_peak=900 * 2**20,
    answering_peak=None,
    reading=Reading(pages=300, seconds=20.0, plain_seconds=12.0, peak=150 * 2**20),
)


class Watch:
    """A clock that stands still unless it is turned on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_encoding_is_compared_by_the_medians_of_interleaved_repeats():
    clock, calls = Watch(), list[str]()
    seconds: Iterator[float] = iter([2, 1, 2, 4, 100, 1])  # library and bare in turns

    def encode(name: str) -> None:
        calls.append(name)
        clock.now += next(seconds)

    measured = compare_encoding(2, lambda: encode("library"), lambda: encode("bare"), clock=clock)
    assert calls == ["library", "bare"] * 3
    assert (measured.library, measured.bare, measured.ratio) == (1.0, 2.0, 0.5)


def test_the_first_question_is_asked_once_more_to_warm_up():
    clock = Watch()
    asked: list[str] = []

    class Slow:
        def ask(self, question: str, history: Sequence[str] = ()) -> None:
            clock.now += 5.0 if not asked else 0.5
            asked.append(question)

    questions = [Question(name, "fact", name, (), (("x",),)) for name in ("a", "b")]
    assert query_seconds(Slow(), questions, clock=clock) == [0.5, 0.5]  # type: ignore[arg-type]
    assert asked == ["a", "a", "b"]


def test_percentiles_are_the_median_and_the_95th():
    assert percentiles([float(n) for n in range(1, 101)]) == (50.0, 95.0)


@given(st.lists(st.text(max_size=2)), st.integers(1, 20))
def test_a_spread_keeps_the_order_and_takes_at_most_so_many(texts: list[str], most: int):
    taken = spread(texts, most)
    assert len(taken) == min(most, len(texts))
    rest = iter(texts)
    assert all(text in rest for text in taken)


def test_the_throughput_of_an_add_is_told_as_a_share_of_the_bare_encoders():
    assert MEASURED.add_ratio == 0.5  # 10 texts a second against 20
    assert MEASURED.seconds_per_100_pages == 60.0
    assert speed_as_json(MEASURED)["encoding_ratio"] == 0.9


def test_the_report_of_speed_shows_ratios_seconds_and_mebibytes():
    shown = speed_report(MEASURED)
    assert "50 pages, 300 texts" in shown
    for label, value in (
        ("seconds per 100 pages", "60.0"),
        ("p50", "0.020"),
        ("add, peak memory, MiB", "900"),
        ("share of pypdf's plain text in pages a second", "0.60"),
        ("reading, pages a second", "15.0"),
        ("reading, peak memory of a process, MiB", "150"),
    ):
        assert any(label in line and line.endswith(value) for line in shown.splitlines()), label


@pytest.mark.skipif(sys.platform == "win32", reason="the system doesn't tell a process's peak memory")
def test_a_watched_process_weighs_at_least_what_it_held_and_gives_its_exit_code():
    with tempfile.TemporaryFile() as output:
        # Filled: of zeros alone the system holds nothing until they are used.
        holds = "x = b'x' * 150_000_000; raise SystemExit(3)"
        code, peak = watch([sys.executable, "-c", holds], output.fileno())
    assert code == 3
    assert peak is not None
    assert peak > 150_000_000
    assert (own_peak() or 0) > 10_000_000


def test_a_long_file_of_the_papers_is_read_in_two_ways(tmp_path: Path):
    papers = sorted(SAMPLE_PAPERS.glob("*minutes.pdf"))
    long = joined(papers, tmp_path / "long.pdf", pages=25)
    measured = compare_reading(long, processes=1)
    assert measured.pages == 27  # nine times three
    assert measured.ratio == measured.plain_seconds / measured.seconds
    assert measured.peak > 10_000_000


def test_one_paper_is_its_own_long_file_and_a_folders_are_joined(tmp_path: Path):
    paper = next(SAMPLE_PAPERS.glob("*minutes.pdf"))
    assert long_file(paper, tmp_path) == paper
    long = long_file(SAMPLE_PAPERS, tmp_path)
    assert long.parent == tmp_path
    assert len(pypdf.PdfReader(long).pages) >= 300


def test_a_file_that_pypdf_cannot_read_is_refused_in_one_sentence(tmp_path: Path):
    web_page = tmp_path / "minutes.html"
    web_page.write_text("<h1>Minutes</h1><p>The Panel met at Thornmere Town Hall.</p>")
    with pytest.raises(UnreadableDocument, match=r"^minutes\.html: pypdf can't read it \([^)]+\); name a PDF .+\.$"):
        compare_reading(web_page, processes=1)


def test_as_many_processes_read_as_in_an_add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[int] = []

    def read(paths: Sequence[Path], password: str | None, limits: Limits, *, processes: int) -> object:
        asked.append(processes)
        return iter([(paths[0], UnreadableDocument(f"{paths[0].name}: it is damaged."))])

    monkeypatch.setattr("eval.reading.read_all", read)
    for cores in (None, 2, 64):
        monkeypatch.setattr("os.cpu_count", lambda cores=cores: cores)
        with pytest.raises(UnreadableDocument, match="damaged"):
            compare_reading(tmp_path / "pack.pdf")
    assert asked == [1, 2, 4]


def test_an_add_that_fails_says_what_the_command_line_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fails(command: Sequence[str], output: int) -> tuple[int, int | None]:
        with open(output, "wb", closefd=False) as said:
            said.write(b"reading\nthe file is locked\n")
        return 1, None

    monkeypatch.setattr("eval.adding.watch", fails)
    with pytest.raises(AddFailed, match="the command line said: the file is locked"):
        add([tmp_path / "a.pdf"], tmp_path / "library")


def test_a_digest_changes_with_contents_names_and_words_and_not_with_order(tmp_path: Path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    two.write_text("2")
    first = digest([one, two], "encoder")
    assert digest([two, one], "encoder") == first
    assert digest([one, two], "another") != first
    two.write_text("3")
    assert digest([one, two], "encoder") != first
