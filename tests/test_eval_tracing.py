"""Timing the traces: what the made-up papers hold, what is timed, and what is told."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from eval.recording import ACTIONS, INDICATORS, RECOMMENDATIONS, recording
from eval.tracing import SEED, Timed, Tracing, WordEncoder, made, timed, traces, tracing_as_json, tracing_report
from index.hits import Filter
from index.library import Library
from tests.fakes import DIMENSION, CountingEncoder

FEW = 72
"""Papers, so that a council has a second plan."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("kept"), FEW, DIMENSION, tell=lambda line: None)


def test_a_paper_is_the_same_each_time_and_another_by_number():
    assert recording(3, SEED) == recording(3, SEED)
    assert len({recording(number, SEED).text for number in range(40)}) == 40


def test_the_papers_hold_findings_promises_and_figures(folder: Path):
    with Library.open(folder) as library:
        kinds = [paper.kind for entry in library.documents() for paper in entry.papers]
        assert {kind: kinds.count(kind) for kind in kinds} == dict.fromkeys(
            ("inspection", "plan", "minutes", "scorecard"), FEW // 4
        )
        findings = library.records.findings(Filter())
        assert sum(f.record.kind.value == "what needs to improve" for f in findings) == FEW // 4 * RECOMMENDATIONS
        assert len(findings) > FEW // 4 * (RECOMMENDATIONS + 20)
        plans = [p for p in library.records.promises(Filter()) if p.paper.kind == "plan"]
        assert len(plans) == FEW // 4 * ACTIONS
        assert len(library.records.figures(Filter())) == FEW // 4 * INDICATORS


def test_a_councils_next_plan_has_most_of_its_actions_again(folder: Path):
    with Library.open(folder) as library:
        plans = [p for p in library.records.promises(Filter()) if "Ottermarsh" in p.paper.title]
    first, second = ({p.record.action for p in plans if p.paper.document == d} for d in sorted(_documents(plans)))
    assert ACTIONS / 2 < len(first & second) < ACTIONS


def _documents(plans: list) -> set[str]:  # type: ignore[type-arg]
    return {plan.paper.document for plan in plans if plan.paper.kind == "plan"}


def test_a_kept_library_is_used_again(folder: Path, tmp_path: Path):
    kept = tmp_path / folder.name
    shutil.copytree(folder, kept)
    before = (kept / "library.db").stat().st_mtime_ns
    assert made(tmp_path, FEW, DIMENSION, tell=lambda line: None) == kept
    with Library.open(kept) as library:
        assert len(library.documents()) == FEW
    assert (kept / "library.db").stat().st_mtime_ns == before


def test_each_trace_is_timed_twice(folder: Path):
    clock = count().__next__  # a second from each look at it to the next
    found = timed(folder, CountingEncoder(), clock=clock)
    assert found.documents == FEW
    assert {trace.name for trace in found.traces} == traces().keys()
    assert {(trace.first, trace.again) for trace in found.traces} == {(1, 1)}
    given = {trace.name: trace.given for trace in found.traces}
    assert given["findings"] > given["findings since 2020"] > 0
    assert given["promises"] > given["promises of a status"] > 0


def test_the_longest_is_that_of_all_at_first_and_again():
    found = Tracing(4, (Timed("findings", 9, 0.7, 0.1), Timed("figures", 3, 0.2, 0.8)))
    assert found.longest == tracing_as_json(found)["longest"] == 0.8
    assert "0.70" in tracing_report(found)
    assert "4 papers" in tracing_report(found)


def test_the_words_of_a_text_make_its_vector():
    encoder = WordEncoder(16)
    one, same, other = encoder.encode_questions(["late visits", "Visits late", "bridges"])
    np.testing.assert_allclose(one, same, rtol=1e-6)
    assert float(one @ other) < float(one @ one) == pytest.approx(1.0)
