"""The page of misses."""

from __future__ import annotations

import pytest

from eval.gold import Question
from eval.judging import judge
from eval.misses import Fault, fault, page
from eval.runs import Reply
from tests.judged import asked, judged, reply, unchecked

NO_ANSWER = asked("no", type="unanswerable", why="opinion-or-advice")
LOST = asked("lost", history=("What rises?",), asker="councillor", answer="By 4%.", keys=("4%", "April"))


@pytest.mark.parametrize(
    ("question", "given", "expected"),
    [
        (asked("a"), reply(rank=5), None),
        (asked("a"), reply(rank=6), Fault.NOT_FOUND),
        (asked("a", keys=()), reply(rank=None), Fault.NOT_FOUND),
        (asked("a"), reply("Nothing.", rank=5), Fault.NOT_QUOTED),
        (asked("a"), reply(""), Fault.DECLINED),
        (NO_ANSWER, reply("It is fair."), Fault.NOT_DECLINED),
        (NO_ANSWER, reply(""), None),
    ],
)
def test_a_miss_has_one_fault(question: Question, given: Reply, expected: Fault | None):
    assert fault(judge(question, given, unchecked)) is expected


def test_the_page_shows_what_was_asked_expected_answered_and_found():
    text = page(judged([(asked("fine"), reply()), (LOST, reply("Soon.", rank=7, evidence=0.25))]))
    assert "1 of 2 questions that count went wrong" in text
    assert "- No evidence among the first 5 hits: 1" in text
    assert "### lost: lost?" in text
    assert "- Asked before: What rises?" in text
    assert "- Expected: By 4%. (must have: 4% and April)" in text
    assert "- Ranks of the evidence: 7" in text
    assert "- Answered (answered, evidence 0.25): Soon." in text
    assert "fine?" not in text


def test_the_first_hits_are_shown_and_any_further_one_that_matches():
    lines = page(judged([(LOST, reply("Soon.", rank=7))])).splitlines()
    hits = [line for line in lines if line[:1].isdigit() and line[1] == "."]
    assert [line[0] for line in hits] == ["1", "2", "3", "4", "5", "7"]
    assert hits[0] == "1. report: Apologies 1"
    assert hits[-1] == "7. ✔ report: mooring fees rise by 4% in April"


def test_an_unanswerable_question_says_why_it_is_one():
    assert "- Expected: none (opinion-or-advice)" in page(judged([(NO_ANSWER, reply("It is fair."))]))


def test_signs_of_markdown_in_a_paper_stay_signs():
    text = page(judged([(asked("a"), reply("See *note* <b> | [1] for # 3.\n\nNext", rank=None))]))
    assert r"See \*note\* \<b\> \| \[1\] for \# 3. Next" in text
