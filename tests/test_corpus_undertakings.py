"""What is promised in prose: who gave their word in minutes, and whom a report's recommendations give a task."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from clerk import typed

from corpus.documents import Document, Paper
from corpus.papers import papers_of
from corpus.records.promises import RECOMMENDATION, Promise
from corpus.records.undertakings import UNDERTAKING, undertakings_in

SAMPLE = Path(__file__).parents[1] / "corpus/sample/papers"


def found(text: str, kind: str = "minutes", date: str = "2022-07-20") -> list[Promise]:
    document = typed(f"===\n{text}")
    paper = Paper(document.id, 1, kind, "Minutes", 1, len(document.pages), 0, len(document.text), date=date)
    return list(undertakings_in(document, paper))


@pytest.mark.parametrize(
    ("sentence", "owner", "due"),
    [
        ("Ms Harkness undertook to circulate the rota by 5 August 2022.", "Ms Harkness", "2022-08-05"),
        ("The Head of Fostering agreed to bring the figures back in October.", "The Head of Fostering", "2022-10"),
        ("Officers would write to the two schools.", "Officers", None),
        ("Councillor Sadiq replied that he would hold a day for carers in May 2023.", "Councillor Sadiq", "2023-05"),
        ("The Chair will also arrange a visit.", "The Chair", None),
        ("Dr Ashdown gave an assurance that no child was left out.", "Dr Ashdown", None),
        ("A note on the budget will be circulated to members.", None, None),
        ("The rota to be reported to the Panel on 21 September 2022.", None, "2022-09-21"),
    ],
)
def test_whoever_gives_their_word_makes_an_undertaking(sentence: str, owner: str | None, due: str | None) -> None:
    (promise,) = found(f"# 3. Update\n\n{sentence}")
    assert (promise.action, promise.owner, promise.due) == (sentence, owner, due)
    assert (promise.kind, promise.heading) == (UNDERTAKING, "3. Update")
    assert [place.quote for place in promise.places] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Members asked that officers would write to the two schools.",
        "Councillor Coyle suggested that the Panel would invite the carers.",
        "The Panel agreed to note the report.",
        "The Panel agreed to the change.",
        "Mr Tilling said that it would pay for two workers.",
        "Superintendent Dutton would not send a second officer.",
        "The grant will also provide help for carers.",
        "Ms Teague had trained 11 carers.",
        "The Chair would have the following in mind:",
    ],
)
def test_what_is_asked_or_noted_or_costs_money_is_no_undertaking(sentence: str) -> None:
    assert found(f"# 3. Update\n\n{sentence}") == []


def test_he_and_she_are_the_person_named_before() -> None:
    (promise,) = found("# 3. Update\n\nMs Adeyemi was sorry for the delay. She would bring the paper in December.")
    assert (promise.owner, promise.due) == ("Ms Adeyemi", "2022-12")


def test_what_has_passed_is_no_date_by_which_anything_is_due() -> None:
    (promise,) = found("# 3. Update\n\nMs Adeyemi would send the figures that were counted on 3 May 2022.")
    assert (promise.due, promise.due_as_written) == (None, None)


def test_agreed_actions_and_formal_items_are_left_to_others() -> None:
    assert found("# Agreed actions\n\n- Officers would write to the two schools.") == []
    assert found("# 7. Date of next meeting\n\nThe date will be circulated to members.") == []


RECOMMENDED = "# Recommendations:\n\nThat Council:\n\n"


@pytest.mark.parametrize(
    ("item", "owner", "due"),
    [
        ("Asks the chief executive to report to Council by October 2022.", "the chief executive", "2022-10"),
        ("That the Panel instructs the Borough Solicitor to draft a rule.", "the Borough Solicitor", None),
        ("The Director of Roads be asked to report back by May 2023.", "The Director of Roads", "2023-05"),
        ("The council and its partners review the hub by autumn 2022.", "The council and its partners", "2022"),
    ],
)
def test_a_recommendation_that_gives_a_task_is_a_promise(item: str, owner: str, due: str | None) -> None:
    (promise,) = found(f"{RECOMMENDED}+ 1. {item}", kind="report")
    assert (promise.action, promise.owner, promise.due, promise.kind) == (item, owner, due, RECOMMENDATION)


@pytest.mark.parametrize(
    "item",
    [
        "Approves the plan.",
        "Notes that 24 posts will be filled by 1 March 2023.",
        "Endorses the move of the hub by November 2022.",
        "That the council values its carers.",
        "Asks members to note the report.",
    ],
)
def test_deciding_is_no_promise(item: str) -> None:
    assert found(f"{RECOMMENDED}+ 1. {item}", kind="report") == []


def test_what_another_body_is_asked_to_do_is_not_accepted_yet() -> None:
    text = "# 5. Recommendations\n\nThat Cabinet be asked to:\n\n+ 1. The Director be asked to report by May 2023."
    assert found(text, kind="report") == []


def test_the_sample_papers_hold_these_and_no_more(read_once: Callable[[Path], Document]) -> None:
    told = []
    for path in sorted(SAMPLE.glob("*.pdf")):
        document = read_once(path)
        for paper in papers_of(document):
            told += [
                (path.name[:10], p.owner, p.due, " ".join(p.action.split()[-3:]))
                for p in undertakings_in(document, paper)
            ]
    assert told == [
        ("2022-06-21", "the Children’s Services Scrutiny Panel", "2023-01", "in January 2023."),
        ("2022-06-21", "the chief executive", "2022-10", "by October 2022."),
        ("2022-07-20", "Ms Harkness", None, "members a note."),
        ("2022-07-20", "Councillor Sadiq", "2023", "set its agenda."),
        ("2022-07-20", "Ms Adeyemi", "2022-09-21", "in the plan."),
        ("2022-07-20", "Members", "2023-01", "in January 2023."),
        ("2022-07-20", "The Chair", None, "report any replies."),
        ("2023-01-18", "Ms Adeyemi", "2022-12", "the Panel wished."),
        ("2023-01-18", "Ms Adeyemi", None, "be no third."),
        ("2023-01-18", "Dr Ashdown", "2022-11-30", "by 30 November."),
        ("2023-03-29", None, "2023-06-14", "14 June 2023."),
        ("2023-03-29", "Ms Teague", "2023-05-24", "24 May 2023."),
    ]
