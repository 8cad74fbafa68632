"""Many people asking at once: how a page is asked, how it is measured, and once on a real page."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

import app
from eval.crowd import Asked, Asking, Call, Crowd, PageFailed, Visits, asking_of, crowd, crowd_as_json, crowd_report
from tests.front_door import QUESTION, FakeAssistant

# Gradio asks pandas for two things that pandas is about to drop.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]


def test_a_page_is_asked_by_what_happens_when_its_question_box_is_submitted_and_then() -> None:
    config: dict[str, Any] = {
        "components": [
            {"id": 1, "props": {"elem_id": "question", "value": ""}},
            {"id": 2, "props": {"value": []}},
            {"id": 3, "props": {}},
        ],
        "dependencies": [
            {"id": 7, "targets": [[3, "click"]], "inputs": [3]},
            {"id": 8, "targets": [[3, "click"], [1, "submit"]], "inputs": [3, 1, 2]},
            {"id": 9, "targets": [], "inputs": [2], "trigger_after": 8},
        ],
    }
    asking = asking_of(config)
    assert asking == Asking(Call(8, (None, "", [])), 1, Call(9, ([],)))
    asked = asking.of("Why?").request("v")
    assert asked == b'{"data": [null, "Why?", []], "fn_index": 8, "session_hash": "v"}'
    with pytest.raises(PageFailed):
        asking_of({"components": [], "dependencies": []})


def test_everybody_asks_at_the_same_moment_and_something_else() -> None:
    together = threading.Barrier(3, timeout=10)

    def ask(question: str) -> Asked:
        together.wait()  # breaks unless all three are here
        return Asked(question, 0.1, 0.2)

    found = crowd(ask, ["a", "b", "c", "d"], people=3, rounds=2)
    assert [each.question for each in found.asked] == ["a", "b", "c", "d", "a", "b"]


def test_a_crowd_is_held_against_its_bar() -> None:
    asked = tuple(Asked("Why?", 0.1, n / 10) for n in range(1, 21))
    assert Crowd(20, asked).within(0.5) == 1.0
    assert Crowd(20, asked).within(0.95) == 1.9
    assert Crowd(20, asked).holds
    assert not Crowd(20, (*asked, Asked("Why?", 0.1, 0.2, "it broke"))).holds
    assert not Crowd(20, tuple(Asked("Why?", 0.1, 2.0) for _ in range(20))).holds
    assert not Crowd(1, (Asked("Why?", 0.1, 0.2, "it broke"),)).holds
    report = crowd_report(Crowd(20, (*asked, Asked("Why?", 0.1, 0.2, "it broke"))))
    assert "error: Why?: it broke" in report
    assert crowd_as_json(Crowd(20, asked))["p95"] == 1.9


def test_a_real_page_is_asked_and_its_faults_are_told() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assistant = FakeAssistant()
    page = app.build_app(assistant)
    try:
        visits = Visits(app.serve(page, host="127.0.0.1", port=port))
        found = crowd(visits.ask, [QUESTION, "locked", "Who is the mayor?"], people=3, rounds=1)
    finally:
        page.close(verbose=False)
    assert [each.error for each in found.asked] == [None, "the page says why there is no answer", None]
    assert {question for question, _, _ in assistant.asked} == {QUESTION, "locked", "Who is the mayor?"}
    assert all(0 < each.first <= each.seconds for each in found.asked)
