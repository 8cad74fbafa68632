"""Growing a library with unrelated papers: what they are, and what a grown library is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reading.files import read_file
from eval.growth import SEED, Grown, NotGrown, Size, changes, grow, growth_as_json, growth_report, papers_needed
from eval.unrelated import PASSAGES, unrelated
from index.library import Library
from tests.fakes import CountingEncoder, read_text
from tests.judged import asked, judged, reply


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of fifty passages: papers of a sentence each."""
    folder = tmp_path_factory.mktemp("source")
    papers = []
    for n in range(50):
        papers.append(folder / f"minutes-{n}.txt")
        papers[-1].write_text(f"The panel spoke of children in care, case {n}.", encoding="utf-8")
    with Library.create(folder / "library") as library:
        list(library.add(papers, CountingEncoder(), read=read_text))
    return folder / "library"


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 100))
def test_a_paper_is_the_same_each_time_and_has_nothing_left_open(number: int, seed: int):
    paper = unrelated(number, seed)
    assert paper == unrelated(number, seed)
    assert "{" not in paper.text
    assert "children" not in paper.text
    assert "Thornmere" not in paper.text


def test_papers_differ_by_number_and_by_seed():
    assert len({unrelated(number, seed).text for number in range(5) for seed in range(2)}) == 10


def test_a_paper_reads_as_paragraphs_under_headings_and_two_tables(tmp_path: Path):
    paper = unrelated(0, SEED)
    (tmp_path / paper.file).write_text(paper.text, encoding="utf-8")
    kinds = [block.kind.value for block in read_file(tmp_path / paper.file).blocks]
    assert (kinds.count("paragraph"), kinds.count("row"), kinds.count("table head")) == (71, 40, 2)


@pytest.mark.parametrize(("passages", "times", "papers"), [(100, 2, 1), (PASSAGES, 2, 1), (PASSAGES, 4, 3), (1, 2, 1)])
def test_as_many_papers_are_made_as_are_needed(passages: int, times: int, papers: int):
    assert papers_needed(passages, times) == papers


def test_a_grown_library_has_so_many_times_the_passages_and_all_that_it_had(source: Path, tmp_path: Path):
    grown = grow(source, 4, CountingEncoder(), keep=tmp_path, tell=lambda line: None)
    assert (grown.before, grown.after.documents) == (Size(50, 50), 52)
    assert grown.after.passages >= 4 * 50
    assert grown.added == grown.after.passages - 50
    with Library.open(grown.folder) as library:
        assert {"minutes-0", "unrelated-00000"} <= {entry.id for entry in library.documents()}
    with Library.open(source) as library:
        assert len(library.documents()) == 50


def test_a_kept_library_is_used_again_and_another_size_is_another(source: Path, tmp_path: Path):
    encoder = CountingEncoder()
    first = grow(source, 2, encoder, keep=tmp_path, tell=lambda line: None)
    texts = encoder.texts
    again = grow(source, 2, encoder, keep=tmp_path, tell=lambda line: None)
    assert (again.folder, again.after, again.added) == (first.folder, first.after, 0)
    assert encoder.texts == texts
    assert grow(source, 4, encoder, keep=tmp_path, tell=lambda line: None).folder != first.folder


def test_what_an_interrupted_run_left_undone_is_gone_on_with(source: Path, tmp_path: Path):
    class Stopping(CountingEncoder):
        def encode_passages(self, texts):
            if self.texts > 100:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    with pytest.raises(KeyboardInterrupt):
        grow(source, 6, Stopping(), keep=tmp_path, tell=lambda line: None)
    grown = grow(source, 6, CountingEncoder(), keep=tmp_path, tell=lambda line: None)
    assert 0 < grown.added < grown.after.passages - grown.before.passages
    assert grown.after.passages >= 6 * 50


def test_a_library_that_has_a_paper_of_the_same_name_cannot_be_grown(tmp_path: Path):
    paper = tmp_path / "unrelated-00000.txt"
    paper.write_text("The panel spoke of children.", encoding="utf-8")
    with Library.create(tmp_path / "library") as library:
        list(library.add([paper], CountingEncoder(), read=read_text))
    with pytest.raises(NotGrown, match=r"can't be grown: unrelated-00000\.md"):
        grow(tmp_path / "library", 2, CountingEncoder(), keep=tmp_path, tell=lambda line: None)


GROWN = Grown(Path("grown"), Size(1, 100), Size(10, 1000), 900, 10.0)
QUESTIONS = [asked("a"), asked("no", type="unanswerable")]
BEFORE = judged(dict(zip(QUESTIONS, [reply(), reply("")], strict=True)))
AFTER = judged(dict(zip(QUESTIONS, [reply(rank=6), reply("By 4%.")], strict=True)))


def test_what_growing_costs_is_told_measure_by_measure():
    found = {change.name: change.difference for change in changes(BEFORE, AFTER)}
    assert found["recall@5"] == -1.0
    assert found["MRR@10"] == pytest.approx(1 / 6 - 1)
    assert found["refusal recall"] == -1.0
    assert found["refusal precision"] is None  # nothing was declined after
    assert found["seconds, 95 %"] == 0.0


def test_the_report_has_both_sizes_and_the_pace():
    lines = growth_report(GROWN, changes(BEFORE, AFTER)).splitlines()
    assert lines[0].split() == ["grown", "10.0", "times", "before", "after", "change"]
    assert lines[2].split() == ["recall@5", "1.000", "0.000", "-1.000"]
    assert lines[-2].split() == ["passages", "100", "1000"]
    assert lines[-1] == "900 passages added now, 90 a second"


def test_the_json_document_of_growing_has_the_same_numbers():
    document = growth_as_json(GROWN, changes(BEFORE, AFTER))
    assert document["passages"] == [100, 1000]
    assert document["measures"]["recall@5"] == {"before": 1.0, "after": 0.0, "change": -1.0}
