"""Which column of a plan says what, by the words of its header, in any council's wording and order."""

from __future__ import annotations

import pytest
from clerk import typed

from corpus.documents import Paper
from corpus.records.promises import RECOMMENDATION, Promise
from corpus.records.reading import promises_in


def found(head: str, *rows: str) -> list[Promise]:
    table = "\n".join([f"|! {head} |", *(f"| {row} |" for row in rows)])
    document = typed(f"===\n# Priority 1: Front door\n\n{table}")
    paper = Paper(document.id, 1, "plan", "Plan", 1, 1, 0, len(document.text), date="2022-06-14")
    return list(promises_in(document, paper))


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Action | Action owner | Due date | Update | Status", "Open the hub | Ada Moss | July 2022 | Let | Red"),
        ("Action required | Action by | Completion date | Status", "Open the hub | Ada Moss | July 2022 | Red"),
        ("Status | Lead officer | Agreed action | Deadline", "Red | Ada Moss | Open the hub | July 2022"),
        ("Meeting date | Action | Officer | Due | RAG", "14 June 2022 | Open the hub | Ada Moss | July 2022 | Red"),
        ("Action | Lead | Start date | End date | RAG", "Open the hub | Ada Moss | May 2022 | July 2022 | Red"),
        (
            "Action | Lead | Target date | Revised date | RAG",
            "Open the hub | Ada Moss | May 2022 | July 2022 | Red",
        ),
        (
            "Issue | Actions taken to date | Further action | Who | When | RAG rating",
            "Queues | Let | Open the hub | Ada Moss | July 2022 | Red",
        ),
        ("Milestone | Action | Lead | When | RAG", "Doors | Open the hub | Ada Moss | July 2022 | Red"),
        ("What will we do? | Who? | By when? | BRAG", "Open the hub | Ada Moss | July 2022 | Red"),
    ],
)
def test_a_header_says_what_its_column_holds(head: str, row: str) -> None:
    (promise,) = found(head, row)
    said = (promise.action, promise.owner, promise.due, promise.status)
    assert said == ("Open the hub", "Ada Moss", "2022-07", "Red")
    assert promise.progress in ("Let", None)
    assert (promise.progress == "Let") == ("Let" in row)


def test_news_of_the_status_is_progress() -> None:
    (promise,) = found("Action | Lead | Status update", "Open the hub | Ada Moss | The lease was signed on 3 June.")
    assert (promise.status, promise.progress) == (None, "The lease was signed on 3 June.")


@pytest.mark.parametrize(
    "head",
    [
        "Risk | Likelihood | Impact | Mitigating action | Owner",
        "Date | Topic | Purpose | Officer | Notes",
        "Item | 2017/18 | 2018/19 | Total | Notes",
    ],
)
def test_registers_of_risks_and_programmes_of_work_promise_nothing(head: str) -> None:
    assert found(head, "Fire | High | High | Open the hub | Ada Moss") == []


def test_a_column_of_dates_is_kept_as_written_whole() -> None:
    (promise,) = found(
        "Action | Lead | Timescale", "Open the hub | Ada Moss | Amended date: March 2024; calls by May 23"
    )
    assert (promise.due, promise.due_as_written) == ("2024-03", "Amended date: March 2024; calls by May 23")


def test_a_bare_year_is_a_date_where_only_dates_stand() -> None:
    (promise,) = found("Action | Lead | By when", "Open the hub | Ada Moss | 2023")
    assert promise.due == "2023"


def test_recommendations_with_a_response_to_each_are_followed_with_what_it_says() -> None:
    first, second, third = found(
        "No. | Recommendation | Cabinet response",
        "1 | Let the hub open at weekends | Accepted. The rota will change by March 2023.",
        "2 | Publish the caseloads | Not accepted",
        "3 | Pay team managers more | Agreed in principle, subject to the budget",
    )
    assert [(p.action, p.status, p.due, p.progress) for p in (first, second, third)] == [
        ("Let the hub open at weekends", "Accepted", "2023-03", "Accepted. The rota will change by March 2023."),
        ("Publish the caseloads", "Not accepted", None, None),
        ("Pay team managers more", "Agreed in principle", None, "Agreed in principle, subject to the budget"),
    ]
    assert {p.kind for p in (first, second, third)} == {RECOMMENDATION}
    assert {name for name, _ in first.cells} == {"status", "progress"}
    assert {name for name, _ in second.cells} == {"status"}


def test_with_a_column_of_actions_the_recommendation_heads_them_unless_it_has_none() -> None:
    first, second = found(
        "Recommendation | Response | Action | Lead | By when",
        "Let the hub open at weekends | Accepted | Change the rota | Ada Moss | July 2022",
        "Publish the caseloads | Not accepted | | |",
    )
    assert (first.action, first.heading, first.status, first.owner) == (
        "Change the rota",
        "Priority 1: Front door: Let the hub open at weekends",
        "Accepted",
        "Ada Moss",
    )
    assert (second.action, second.status, second.due) == ("Publish the caseloads", "Not accepted", None)
    assert first.progress is None


def test_what_somebody_thinks_of_recommendations_accepts_none() -> None:
    assert found("Recommendation | Response", "Open the hub | Parents were glad of it", "Let it | Many agreed") == []
    assert found("Recommendation | Reason", "Open the hub | Queues are long") == []
