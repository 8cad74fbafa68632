"""Gold files: what they may hold, and how their faults are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.gold import FORMS, BadGold, Evidence, Question, load, not_verbatim, own_question_files

ROW = {
    "id": "q-1",
    "asker": "councillor",
    "type": "fact",
    "question": "Who repairs the quays?",
    "answer": "The harbour office.",
    "answer_keys": [["harbour office"]],
    "evidence": [[{"doc": "2021-minutes", "quote": "the harbour office repairs the quays"}]],
}


def written(folder: Path, *rows: object, name: str = "some.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def test_a_line_becomes_a_question_with_its_evidence_and_history(tmp_path: Path):
    (question,) = load([written(tmp_path, {**ROW, "history": ["Who owns them?"]})])
    assert question == Question(
        id="q-1",
        type="fact",
        question="Who repairs the quays?",
        evidence=((Evidence("2021-minutes", "the harbour office repairs the quays"),),),
        answer_keys=(("harbour office",),),
        asker="councillor",
        history=("Who owns them?",),
        answer="The harbour office.",
    )


def test_blank_lines_and_unknown_fields_are_passed_over(tmp_path: Path):
    assert len(load([written(tmp_path, ROW, "", {**ROW, "id": "q-2", "remark": "easy"})])) == 2


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{", "not a line of JSON"),
        ("[]", "is no object"),
        ({**ROW, "question": " "}, "question is ' '"),
        ({**ROW, "answer_keys": None}, "answer_keys is None"),
        ({**ROW, "answer_keys": ["harbour"]}, "answer_keys has 'harbour'"),
        ({**ROW, "answer_keys": [[]]}, "empty group"),
        ({**ROW, "evidence": [{"doc": "a", "quote": "b"}]}, "expected a list of objects"),
        ({**ROW, "evidence": [[{"doc": "a", "quote": "-"}]]}, "has no words"),
        ({**ROW, "evidence": [], "answer_keys": []}, "no evidence and no answer keys"),
        ({**ROW, "history": "Who owns them?"}, "history has"),
        ({**ROW, "variants": {"keywords": "quay repairs"}}, "expected a text for each of keywords, long, typos, lay"),
        ({**ROW, "variants": dict.fromkeys(FORMS, " ")}, "keywords is ' '"),
    ],
)
def test_a_faulty_line_is_named_with_its_file_and_number(tmp_path: Path, row: object, says: str):
    path = written(tmp_path, ROW, row)
    with pytest.raises(BadGold, match=says) as caught:
        load([path])
    assert str(caught.value).startswith(f"{path}:2: ")


def test_an_id_that_is_used_twice_names_both_places(tmp_path: Path):
    first, second = written(tmp_path, ROW), written(tmp_path, ROW, name="more.jsonl")
    with pytest.raises(BadGold, match=r"more\.jsonl:1: the id 'q-1' is taken by .*some\.jsonl:1"):
        load([first, second])


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(BadGold, match=r"none\.jsonl can't be read"):
        load([tmp_path / "none.jsonl"])


def test_files_without_questions_are_an_error(tmp_path: Path):
    with pytest.raises(BadGold, match="no questions"):
        load([written(tmp_path)])


def test_other_gold_in_the_folder_is_not_taken_for_questions(tmp_path: Path):
    wanted = [written(tmp_path, ROW, name=name) for name in ("a.jsonl", "b.jsonl")]
    written(tmp_path, {"document": "2021-minutes"}, name="papers.jsonl")
    assert own_question_files(tmp_path) == tuple(wanted)


def test_a_folder_without_questions_is_an_error(tmp_path: Path):
    with pytest.raises(BadGold, match="holds no questions"):
        own_question_files(tmp_path)


def test_a_question_on_a_false_premise_counts_neither_way(tmp_path: Path):
    unanswerable = {**ROW, "type": "unanswerable", "answer_keys": [], "evidence": []}
    rows = [ROW, {**ROW, "id": "q-2", "answer_keys": []}, {**unanswerable, "id": "q-3"}]
    rows.append({**unanswerable, "id": "q-4", "why": "false-premise"})
    questions = load([written(tmp_path, *rows)])
    assert [question.counts for question in questions] == [True, False, True, False]
    assert [question.answerable for question in questions] == [True, True, False, False]


def test_evidence_that_does_not_stand_in_the_text_is_found(tmp_path: Path):
    questions = load([written(tmp_path, ROW)])
    assert not_verbatim(questions, {"2021-minutes": "So | the Harbour\noffice repairs the quays."}) == ()
    assert not_verbatim(questions, {"2021-minutes": "the harbour office mends the quays"}) != ()
    assert not_verbatim(questions, {}) == ((questions[0], questions[0].evidence[0][0]),)


def test_a_question_can_be_asked_in_each_of_its_forms(tmp_path: Path):
    (question,) = load([written(tmp_path, {**ROW, "variants": {form: f"in {form}" for form in FORMS}})])
    assert [question.in_form(form).question for form in FORMS] == ["in keywords", "in long", "in typos", "in lay"]
    assert question.in_form("lay").answer_keys == question.answer_keys


def test_thirty_of_our_own_questions_and_more_have_all_forms_each_in_words_of_its_own():
    varied = [question for question in load(own_question_files()) if question.variants]
    assert len(varied) >= 30
    for question in varied:
        texts = [question.question, *question.variants.values()]
        assert len({text.lower() for text in texts}) == len(texts), question.id
