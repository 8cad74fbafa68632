"""What people and programs read of a run."""

from __future__ import annotations

import json

from assistant.answer import Status
from eval.floors import Floors, Shortfall
from eval.gold import Evidence, Question
from eval.judging import Run, run
from eval.report import WIDTH, Setting, as_json, between, notes_on, number, report, table
from eval.runs import Cited, Found, Reply, System
from eval.statistics import Interval

FEES = Evidence("report", "mooring fees rise by 4% in April")
SETTING = Setting(3, 2, 30, "fake", ("a note",))
FLOORS = Floors({"accuracy": 0.5})

QUESTIONS = (
    Question("a", "fact", "How much?", ((FEES,),), (("4%", "four"),), "officer", answer="By 4%."),
    Question("b", "fact", "When?", ((FEES,),), (("April",),), "councillor", history=("What rises?",)),
    Question("c", "unanswerable", "Is it fair?", (), (), "councillor", why="opinion-or-advice"),
)


def made(name: str, text: str) -> Run:
    def ask(question: Question) -> Reply:
        found = (Found("minutes", "apologies"), Found("report", FEES.quote))
        cited = (Cited("report", 1, "fees"), Cited("letter", 1, "fees"))
        return Reply(Status.ANSWERED, text, found, cited, 0.5)

    return run(System(name, "made up", ask), QUESTIONS, lambda doc, page: "fees" if doc == "report" else None)


RUNS = [made(name, "They rise by 4%. " * 20) for name in ("assistant", "words only", "meaning only", "LlamaIndex")]


def test_a_table_lines_up_its_columns():
    assert table(["", "one"], [["recall", "0.5"], ["x", "-"]]).splitlines() == [
        "        one",
        "-----------",
        "recall  0.5",
        "x         -",
    ]


def test_an_unknown_score_is_a_dash_and_nought_is_not():
    assert (number(None), number(0.0)) == ("-", "0.000")


def test_the_report_has_every_measure_beside_the_baselines_and_their_floor():
    lines = report(SETTING, RUNS, FLOORS).splitlines()
    (accuracy,) = [line.split() for line in lines if line.startswith("accuracy ") and " to " not in line]
    assert accuracy == ["accuracy", "0.500", "0.500", "0.500", "0.500", "0.500"]
    (recall,) = [line.split() for line in lines if line.startswith("recall@1 ")]
    assert recall == ["recall@1", "0.000", "0.000", "0.000", "0.000", "-"]


def test_the_report_says_how_many_quotes_could_be_checked():
    assert "3 of 6" in report(SETTING, RUNS, None)


def test_the_report_breaks_down_by_type_and_by_asker():
    lines = report(SETTING, RUNS, None).splitlines()
    assert [line.split()[:3] for line in lines if line.startswith(("fact", "councillor"))] == [
        ["fact", "2", "0.500"],
        ["fact", "2", "1.000"],
        ["councillor", "2", "0.000"],
        ["councillor", "2", "1.000"],
    ]


def test_no_line_is_wider_than_a_terminal():
    shown = report(SETTING, RUNS, FLOORS)
    assert max(map(len, shown.splitlines())) <= WIDTH


def test_the_report_has_intervals_and_compares_with_each_baseline():
    lines = report(SETTING, [*RUNS[:1], made("words only", "Nothing.")], None).splitlines()
    start = lines.index(next(line for line in lines if line.startswith("95 % intervals")))
    assert [line.split()[0] for line in lines[start + 2 : start + 5]] == ["recall@5", "MRR@10", "accuracy"]
    (accuracy,) = [line for line in lines if line.startswith("against words only: accuracy")]
    assert accuracy.split()[4:8] == ["2", "0.500", "0.000", "+0.500"]
    assert accuracy.split()[-2:] == ["1.000", "McNemar"]


def test_an_interval_of_differences_shows_its_signs():
    assert between(None) == "-"
    assert between(Interval(0.123, 0.5)) == "0.12 to 0.50"
    assert between(Interval(-0.123, 0.5), signed=True) == "-0.12 to +0.50"


def test_the_json_document_has_measures_and_judgements_of_every_system():
    below = [Shortfall("accuracy", 0.5, 0.6)]
    document = json.loads(json.dumps(as_json(SETTING, RUNS, FLOORS, below)))
    assert list(document["systems"]) == ["assistant", "words only", "meaning only", "LlamaIndex"]
    one = document["systems"]["assistant"]
    assert one["measures"]["accuracy"] == 0.5
    assert one["by type"]["fact"]["questions"] == 2
    assert one["quotes"] == {"cited": 6, "checked": 3}
    assert [(j["id"], j["right"], j["ranks"]) for j in one["judgements"]] == [
        ("a", True, [2]),
        ("b", False, [2]),
        ("c", False, []),
    ]
    assert one["intervals"]["MRR@10"] == [0.5, 0.5]
    assert [(c["against"], c["p"]) for c in document["comparisons"] if c["measure"] == "accuracy"] == [
        ("words only", 1.0),
        ("meaning only", 1.0),
        ("LlamaIndex", 1.0),
    ]
    assert document["below"] == ["accuracy is 0.500, its floor is 0.600"]


def test_gold_that_the_library_cannot_bear_out_is_noted():
    assert notes_on(QUESTIONS, {"report": FEES.quote}) == ()
    assert notes_on(QUESTIONS, {"report": "nothing"}) == (
        "2 evidence quotes don't stand word for word in the library's text: a, b",
    )
    assert notes_on(QUESTIONS, {}) == ("the library lacks 1 documents that the evidence names: report",)
