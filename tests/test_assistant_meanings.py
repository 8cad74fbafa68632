"""Questions for what a short form stands for."""

from __future__ import annotations

import pytest

from assistant.meanings import asked_meaning, definitions_for, short_forms_in
from corpus.acronyms import Definition
from index.lexicon import PlacedDefinition

KNOWN = ("MASH", "IROs", "CAP")


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("what does MASH mean", "MASH"),
        ("What does mash stand for?", "MASH"),
        ("MASH - what is it short for", "MASH"),
        ("what is the MASH?", "MASH"),
        ("what is a MASH that everybody speaks of", "MASH"),
        ("spell out IRO please", "IRO"),
        ("what do the letters XYZ stand for", "XYZ"),
        ("what does CAP mean?", "CAP"),
    ],
)
def test_the_short_form_is_found(question: str, short: str) -> None:
    assert asked_meaning(question, KNOWN) == short


@pytest.mark.parametrize(
    "question",
    [
        "what does it mean for children that the MASH is slow",
        "what is the cap?",
        "who runs the MASH",
        "what is the budget?",
        "what is XYZ?",
        "what does the council mean to do",
        "",
    ],
)
def test_a_question_for_something_else_asks_for_no_meaning(question: str) -> None:
    assert asked_meaning(question, KNOWN) is None


def placed(short: str, long: str, document: str) -> PlacedDefinition:
    return PlacedDefinition(Definition(short, long, 0, 10), f"{document}#1", 1, None)


def test_each_long_form_is_given_once_the_commonest_first_by_its_last_place() -> None:
    found = [placed("DCS", "District Council Service", "a")]
    found += [placed("DCS", "Director of Children's Services", document) for document in ("b", "c")]
    chosen = definitions_for("DCS", [*found, placed("LGA", "Local Government Association", "a")])
    assert [(d.definition.long, d.document) for d in chosen] == [
        ("Director of Children's Services", "c"),
        ("District Council Service", "a"),
    ]


def test_the_short_forms_of_a_text_are_those_that_it_does_not_spell_out() -> None:
    found = [
        placed("MASH", "Multi-Agency Safeguarding Hub", "a"),
        placed("IROs", "independent reviewing officers", "a"),
    ]
    text = "The MASH and every IRO and XYZ; independent reviewing officers met the MASH."
    assert [each.definition.short for each in short_forms_in(text, found, 5)] == ["MASH"]
    assert [each.definition.short for each in short_forms_in("IRO, MASH", found, 5)] == ["IROs", "MASH"]
    assert [each.definition.short for each in short_forms_in("IRO, MASH", found, 1)] == ["IROs"]
