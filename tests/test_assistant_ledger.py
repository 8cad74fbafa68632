"""Promises as a ledger: which are shown, and in which order; what a paper doesn't say comes last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ledger import Only, Order, due_by, is_overdue, listed, statuses
from assistant.promises import TracedPromise
from tests.recorded import JANUARY, JUNE, promise, promised

VISIT = promise(promised("Visit every child", "July 2022", owner="Head of Visits", status="Amber"))
PAINT = promise(promised("Paint the road markings", "1 May 2022", owner="Head of Roads", status="Green"))
COUNT = promise(promised("Count the open cases", paper=JANUARY))
MOVED = promise(
    promised("Open the contact hub in Corn Street", "July 2022"),
    promised("Open the contact hub in Corn Street", "March 2023", JANUARY, status="amber"),
)
ALL = (VISIT, PAINT, COUNT, MOVED)


def actions(promises: tuple[TracedPromise, ...]) -> list[str]:
    return [promise.latest.action.split()[0] for promise in promises]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.MATCH, ["Visit", "Paint", "Count", "Open"]),
        (Order.PAPER, ["Count", "Open", "Visit", "Paint"]),
        (Order.DUE, ["Paint", "Visit", "Open", "Count"]),
        (Order.OWNER, ["Paint", "Visit", "Count", "Open"]),
        (Order.STATUS, ["Visit", "Open", "Paint", "Count"]),
    ],
)
def test_promises_come_in_the_order_that_is_asked_for(order: Order, expected: list[str]) -> None:
    assert actions(listed(ALL, Only.ALL, "2022-06-14", order)) == expected


def test_only_those_that_slipped() -> None:
    assert actions(listed(ALL, Only.SLIPPED, "2022-06-14", Order.MATCH)) == ["Open"]


def test_only_those_that_are_overdue_on_a_day() -> None:
    assert actions(listed(ALL, Only.OVERDUE, "2022-06-14", Order.MATCH)) == ["Paint"]
    assert actions(listed(ALL, Only.OVERDUE, "2022-08", Order.MATCH)) == ["Visit", "Paint"]


@pytest.mark.parametrize(("as_at", "overdue"), [("2022-07-31", False), ("2022-08-01", True)])
def test_a_promise_is_overdue_only_after_the_last_day_on_which_it_is_due(as_at: str, overdue: bool) -> None:
    assert due_by(VISIT) == "2022-07-31"
    assert is_overdue(VISIT, as_at) is overdue


@pytest.mark.parametrize("status", ["Complete", "completed", "Closed", "Not accepted", "Rejected"])
def test_what_its_newest_paper_states_complete_or_not_accepted_is_not_overdue(status: str) -> None:
    assert not is_overdue(promise(promised("Visit every child", "July 2022", status=status)), "2030")


def test_a_promise_without_a_date_is_never_overdue() -> None:
    assert not is_overdue(COUNT, "2030")


def test_the_newest_date_counts() -> None:
    assert due_by(MOVED) == "2023-03-31"


def test_statuses_are_counted_in_small_and_capital_letters_alike_and_none_stated_comes_last() -> None:
    assert statuses(ALL) == (("amber", 2), ("Green", 1), (None, 1))
    assert statuses(()) == ()


@given(st.lists(st.sampled_from(ALL)), st.sampled_from(Order))
def test_an_order_leaves_nothing_out(promises: list[TracedPromise], order: Order) -> None:
    assert sorted(map(id, listed(promises, Only.ALL, "2022", order))) == sorted(map(id, promises))


def test_papers_of_one_day_keep_their_order() -> None:
    assert actions(listed((PAINT, VISIT), Only.ALL, JUNE.date or "", Order.PAPER)) == ["Paint", "Visit"]
