"""What the tests share: the papers beside the checkout, each PDF read once, and no silent skips in CI."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

from corpus.documents import Document
from corpus.reading.files import read_file
from tests.visiting import closed_event_loops

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared_corpus() -> Path:
    """The folder of real papers beside the checkout."""
    return _beside("corpus")


@pytest.fixture(scope="session")
def shared_eval() -> Path:
    """The folder of gold data beside the checkout."""
    return _beside("eval")


@pytest.fixture(scope="session")
def read_once() -> Callable[[Path], Document]:
    """Read a file, and read each file only once in a run: a long pack takes seconds."""
    return cache(read_file)


@pytest.fixture(scope="module", autouse=True)
def _closed_event_loops(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close what Gradio leaves open, where a page is made."""
    if not request.module.__name__.rpartition(".")[2].startswith(("test_app", "test_eval_crowd")):
        yield
        return
    with closed_event_loops():
        yield


def _beside(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"../shared/{name} isn't beside this checkout")
    return folder


def _fail_if_needed(report: Report) -> Report:
    """In CI everything that a test "needs" is installed: there such a skip is a failure."""
    if os.environ.get("CI") == "true" and report.skipped and isinstance(report.longrepr, tuple):
        reason = str(report.longrepr[2]).removeprefix("Skipped: ")
        if reason.startswith("needs"):
            report.outcome = "failed"
            report.longrepr = f"skipped, but CI must have it: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Judge the skips of tests."""
    return _fail_if_needed((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Judge the skips of whole files."""
    return _fail_if_needed((yield))
