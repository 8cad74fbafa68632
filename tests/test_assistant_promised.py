"""Answers from plans and minutes: what is overdue, what slipped, what came of a promise, whose it is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from assistant.citations import Quotation, Verified
from assistant.promised import Asks, asked_of_promises, what_came_of_it
from assistant.promises import TracedPromise, traced
from assistant.question import understand
from corpus.documents import Paper, Passage
from corpus.records.places import Place
from corpus.records.promises import Promise
from index.catalogue import PageText
from index.records import Recorded

PAGE = PageText(3, "3", 0, 900, "", (), None)
VECTORS = np.ones((1, 2), dtype=np.float32)
VISIT = "Visit every child who waits at the front door within a day"
PAINT = "Paint the road markings by the school with the new paint"


def quote(place: Place, paper: Paper) -> Verified | None:
    passage = Passage(place.document, paper.id, place.start, place.end, place.quote)
    return Verified(Quotation(passage, paper, place.start, place.end), PAGE, place.quote)


def said(date: str, action: str, **cells: str) -> Recorded[Promise]:
    """What the plan of a day says of an action; of its cells each stands 100 characters after the one before."""
    paper = Paper(f"plan-{date}", 1, "plan", "Improvement Plan", 1, 9, 0, 900, date=date)

    def place(text: str, start: int) -> Place:
        return Place(paper.document, paper.id, start, start + len(text), 3, "3", text)

    start = 0 if action == VISIT else 500
    places = tuple((name, place(text, start + 100 * n)) for n, (name, text) in enumerate(cells.items(), 1))
    due = cells.get("due")
    promise = Promise(
        action=action,
        places=(place(action, start),),
        owner=cells.get("owner"),
        due="2022" if due else None,
        due_as_written=due,
        status=cells.get("status"),
        progress=cells.get("progress"),
        heading="",
        cells=places,
        together=(),
        kind="plan action",
    )
    return Recorded(promise, paper, VECTORS)


TRACED = traced(
    [
        said("2022-06-14", VISIT, owner="Head of Visits", due="July 2022"),
        said("2022-06-14", PAINT, owner="Head of Roads", due="May 2022", status="Amber"),
        said("2023-01-11", VISIT, owner="Head of Visits", due="March 2023", status="Ongoing"),
        said("2023-01-11", PAINT, owner="Head of Roads", due="May 2022", status="Complete"),
    ]
)


def about(*subjects: str) -> Callable[[str | None], tuple[TracedPromise, ...]]:
    def find(subject: str | None) -> tuple[TracedPromise, ...]:
        assert subject in (subjects or (None,))
        return tuple(t for t in TRACED if subject is None or subject.split()[-1] in t.latest.action)

    return find


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("What is overdue as at January 2023?", Asks.OVERDUE),
        ("Which actions in the plan are still outstanding?", Asks.OVERDUE),
        ("Has the council missed any deadlines?", Asks.OVERDUE),
        ("What has slipped since June 2022?", Asks.SLIPPED),
        ("What was promised in July 2022 and what came of it?", Asks.CAME_OF),
        ("What did the council undertake to do? What became of the promises?", Asks.CAME_OF),
        ("Who is responsible for the visits?", Asks.OWNER),
        ("Whose job was it in the plan to paint the road?", Asks.OWNER),
        ("When was the paint due in the June 2022 plan and what did it become in January 2023?", Asks.CHANGED),
        ("6.1 paint action: original deadline and the amended one", Asks.CHANGED),
    ],
)
def test_what_is_asked_of_promises_is_known(question: str, asks: Asks) -> None:
    assert asked_of_promises(understand(question)) is asks


@pytest.mark.parametrize(
    "question",
    [
        "In 2022 we promised to embed a method. What was it?",
        "Who chairs the board?",
        "How many children waited in June 2022 and in January 2023?",
        "When is the next meeting?",
        "What does the plan say about visits?",
    ],
)
def test_other_questions_are_not_taken_for_it(question: str) -> None:
    assert asked_of_promises(understand(question)) is None


def answer(question: str, find: Callable[[str | None], tuple[TracedPromise, ...]]) -> list[str]:
    asked = understand(question)
    asks = asked_of_promises(asked)
    assert asks is not None
    return [text for text, _ in what_came_of_it(asked, asks, find, quote)]


def test_overdue_is_what_was_due_before_and_not_complete_by_the_papers_of_that_time() -> None:
    assert answer("What is overdue as at June 2022?", about()) == [
        f"Improvement Plan, 14 June 2022: “{PAINT}”; owner: “Head of Roads”; due: “May 2022”; status: “Amber”"
    ]
    assert answer("What is overdue as at January 2023?", about()) == []


def test_a_slip_is_told_with_both_versions_cell_by_cell() -> None:
    assert answer("What has slipped?", about()) == [
        f"Improvement Plan, 14 June 2022: “{VISIT}”; owner: “Head of Visits”; due: “July 2022”",
        f"Improvement Plan, 11 January 2023: “{VISIT}”; owner: “Head of Visits”; due: “March 2023”; status: “Ongoing”",
    ]


def test_what_was_promised_at_a_time_is_what_its_papers_say_first() -> None:
    told = answer("What was promised in June 2022 and what came of it?", about())
    assert len(told) == 4
    assert answer("What was promised in May 2021 and what came of it?", about()) == []


def test_an_owner_is_told_as_the_newest_paper_has_it() -> None:
    (told,) = answer("Who is responsible for the paint?", about("paint"))
    assert told.startswith(f"Improvement Plan, 11 January 2023: “{PAINT}”; owner: “Head of Roads”")
    assert answer("Who is responsible?", about()) == []


def test_a_cell_that_tells_owner_and_date_is_quoted_once() -> None:
    both = said("2022-06-14", VISIT, owner="Head of Visits by July 2022")
    place = both.record.cells[0][1]
    record = Promise(*[getattr(both.record, name) for name in _BEFORE], (("owner", place), ("due", place)), (), "plan")
    found = traced([Recorded(record, both.paper, VECTORS)])
    told = answer("Who is responsible for the front door?", lambda subject: found)
    assert told == [f"Improvement Plan, 14 June 2022: “{VISIT}”; owner and due: “Head of Visits by July 2022”"]


_BEFORE = ("action", "places", "owner", "due", "due_as_written", "status", "progress", "heading")


def test_of_a_long_note_on_progress_the_first_sentences_are_quoted() -> None:
    note = f"{'Visits began at once and went on. ' * 10}The last visit was in May."
    found = traced([said("2022-06-14", VISIT, owner="Head of Visits", progress=note)])
    (told,) = answer("Who is responsible for the front door?", lambda subject: found)
    assert "progress: “Visits began" in told
    assert "The last visit" not in told
    assert len(told.partition("progress: ")[2].split()) <= 60


def test_an_action_that_is_not_on_its_page_is_not_told() -> None:
    asked = understand("What has slipped?")
    assert what_came_of_it(asked, Asks.SLIPPED, about(), lambda place, paper: None) == []
