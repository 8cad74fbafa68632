"""Sentences spoiled on purpose, and how many of them are kept as supported."""

from __future__ import annotations

from collections.abc import Sequence

from eval.gold import Evidence, Question
from eval.support import KINDS, SUPPORTED, cases, kept, spoilt, support_report
from tests.fakes import make_document, make_paper, make_passages

DOCUMENT = make_document(
    "report",
    "Cllr Pike said that 37.7% of the 93 social workers were agency staff.\nThe front door is open at weekends.",
)
PAPER = make_paper(DOCUMENT)
PASSAGES = [(each.passage, PAPER) for each in make_passages(DOCUMENT, PAPER)]
ANSWER = "Cllr Pike said that 37.7% were agency staff."
QUESTION = Question("q", "fact", "?", ((Evidence("report", "37.7% of the 93 social workers"),),), (), answer=ANSWER)


def alike(text: str, others: Sequence[str]) -> list[float]:
    return [1.0 for _ in others]


def test_a_sentence_is_spoiled_in_each_way_that_it_allows() -> None:
    assert list(spoilt(ANSWER, "93 of them")) == [
        ("a number changed", "Cllr Pike said that 93% were agency staff."),
        ("a name changed", "Cllr Quillfeather said that 37.7% were agency staff."),
        ("turned round", "Cllr Pike said that 37.7% were not agency staff."),
    ]
    assert list(spoilt("Nothing to spoil", "")) == []


def test_each_place_of_the_gold_gives_sentences_about_it_and_about_its_neighbour() -> None:
    found = list(cases([QUESTION], PASSAGES))
    assert {case.kind for case in found} == set(KINDS)
    assert {case.sentence for case in found if case.kind == SUPPORTED} == {ANSWER, "37.7% of the 93 social workers"}
    assert all(case.material.passage == PASSAGES[1][0] for case in found if case.kind == KINDS[4])


def test_only_what_stands_as_it_is_is_kept() -> None:
    told = kept(cases([QUESTION], PASSAGES), alike, least_words=0.5, least_strength=1.1)
    assert told == {
        SUPPORTED: (2, 2),
        "a number changed": (0, 2),
        "a name changed": (0, 1),
        "turned round": (0, 1),
        "another passage cited": (0, 2),
    }


def test_the_report_has_a_line_for_each_kind() -> None:
    assert support_report({SUPPORTED: (2, 3)}) == "as it stands: 2 of 3 kept"
