"""Steps left out one at a time."""

from __future__ import annotations

from eval.ablation import ALL_STEPS, ablation, ablation_as_json, ablation_report
from tests.judged import asked, quietly, reply, unchecked

QUESTIONS = [asked("a"), asked("b")]

RUNS = ablation(
    lambda question: reply(rank=1),
    {"meaning": lambda question: reply(rank=2), "words": lambda question: reply("Nothing.", rank=None)},
    QUESTIONS,
    unchecked,
    quietly,
)


def test_there_is_a_run_with_all_steps_and_one_without_each():
    assert [run.system for run in RUNS] == [ALL_STEPS, "without meaning", "without words"]


def test_the_report_tells_what_leaving_out_a_step_costs():
    lines = ablation_report(RUNS).splitlines()
    assert lines[0].split() == [
        "2",
        "questions",
        *(w for m in ("recall@5", "MRR@10", "accuracy") for w in (m, "change", "p")),
    ]
    assert lines[2].split() == ["all", "steps", "1.000", "1.000", "1.000"]
    assert lines[3].split()[2:8] == ["1.000", "+0.000", "1.000", "0.500", "-0.500", "0.500"]
    assert lines[4].split()[2:4] == ["0.000", "-1.000"]


def test_the_json_document_has_the_same_numbers():
    found = ablation_as_json(RUNS)
    assert found["all steps"]["MRR@10"] == {"score": 1.0}
    assert found["without meaning"]["MRR@10"] == {"score": 0.5, "change": -0.5, "p": 0.5}
