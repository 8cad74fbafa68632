"""Floors: read strictly, compared exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Status
from eval.floors import BadFloors, Floors, Shortfall, load_floors, shortfalls
from eval.gold import Question
from eval.judging import Judgement, judge
from eval.runs import Reply


def judgement(*, correct: bool, kind: str = "who") -> Judgement:
    question = Question("q", kind, "Who?", evidence=(), answer_keys=(("Holm",),))
    return judge(question, Reply(Status.ANSWERED, "Holm" if correct else "?", (), (), 0.1), lambda document, page: None)


def written(folder: Path, text: str) -> Path:
    path = folder / "expected.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_projects_own_floors_can_be_read():
    assert load_floors().measures["quote exactness"] == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[measure]\naccuracy = 1", "only \\[measures\\] and \\[types\\]"),
        ("[measures]\nrecal = 0.5", "a floor for \\['recal'\\]"),
        ('[measures]\naccuracy = "high"', "the floor 'high'"),
        ("[measures]\naccuracy = 70", "the floor 70"),
        ("[types]\nwho = true", "the floor True"),
        ("measures = 1", "expected a table"),
        ("[", "can't be read as TOML"),
    ],
)
def test_an_unknown_or_impossible_floor_is_an_error(tmp_path: Path, text: str, says: str):
    with pytest.raises(BadFloors, match=says):
        load_floors(written(tmp_path, text))


def test_a_score_at_its_floor_does_not_fall_short():
    judgements = [judgement(correct=True), judgement(correct=False)]
    assert shortfalls(judgements, Floors({"accuracy": 0.5}, {"who": 0.5})) == ()


def test_a_score_below_its_floor_falls_short():
    judgements = [judgement(correct=True), judgement(correct=False)]
    below = shortfalls(judgements, Floors({"accuracy": 0.6}, {"who": 0.7}))
    assert below == (Shortfall("accuracy", 0.5, 0.6), Shortfall("right answers, type who", 0.5, 0.7))
    assert str(below[0]) == "accuracy is 0.500, its floor is 0.600"


def test_what_was_not_measured_falls_short_of_any_floor():
    below = shortfalls([judgement(correct=True)], Floors({"recall@5": 0}, {"when": 0}))
    assert [shortfall.value for shortfall in below] == [None, None]
    assert str(below[0]) == "recall@5 was not measured, its floor is 0.000"
