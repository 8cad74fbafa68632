"""Versions of one action in several papers, and dates that slipped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.promises import TracedPromise, traced
from corpus.documents import Paper
from corpus.records.places import Place
from corpus.records.promises import Promise
from index.records import Recorded

JUNE = Paper("june", 1, "plan", "Improvement Plan", 1, 9, 0, 900, date="2022-06-14")
JANUARY = replace(JUNE, document="january", date="2023-01-11")
VECTORS = np.ones((1, 2), dtype=np.float32)
VISIT = "Visit every child who waits at the front door within a day"
PAINT = "Paint the road markings by the school with the new paint"


def said(
    action: str, paper: Paper, due: str | None = None, written: str | None = None, **more: object
) -> Recorded[Promise]:
    place = Place(paper.document, paper.id, 0, len(action), 3, "3", action)
    plain = Promise(action, (place,), None, due, written, None, None, "", (), (), "plan action")
    return Recorded(replace(plain, **more), paper, VECTORS)  # type: ignore[arg-type]


def only(*recorded: Recorded[Promise]) -> TracedPromise:
    (trace,) = traced(recorded)
    return trace


def test_an_action_with_a_few_words_changed_is_a_version_of_it() -> None:
    trace = only(said(f"{VISIT} and a night", JANUARY), said(VISIT, JUNE))
    assert [version.paper.document for version in trace.versions] == ["june", "january"]
    assert trace.latest.action == f"{VISIT} and a night"
    assert trace.id == "june:0"


def test_two_actions_of_one_paper_are_never_versions_of_each_other() -> None:
    assert len(traced([said(VISIT, JUNE), said(f"{VISIT} again", JUNE)])) == 2


def test_the_most_alike_are_versions_and_each_only_once() -> None:
    both = [said(VISIT, JUNE), said(f"{VISIT} and a night", JUNE)]
    later = [said(f"{VISIT} and a night", JANUARY), said(VISIT, JANUARY)]
    found = traced([*both, *later])
    assert [[v.record.action for v in trace.versions] for trace in found] == [
        [VISIT, VISIT],
        [f"{VISIT} and a night", f"{VISIT} and a night"],
    ]


def test_different_actions_are_different_promises() -> None:
    assert [len(trace.versions) for trace in traced([said(VISIT, JUNE), said(PAINT, JANUARY)])] == [1, 1]


def test_a_later_date_in_a_later_paper_is_a_slip_told_with_both() -> None:
    trace = only(said(VISIT, JUNE, "2022-07", "by July 2022"), said(VISIT, JANUARY, "2022-10", "October 22"))
    assert trace.slipped is True
    assert trace.slipped_because == (
        "Improvement Plan (14 June 2022) says “by July 2022”, and Improvement Plan (11 January 2023) says “October 22”."
    )


def test_the_last_of_several_dates_counts() -> None:
    more = only(said(VISIT, JUNE, "2022-07", "July 22"), said(VISIT, JANUARY, "2022-07", "July 22 and December 22"))
    assert more.slipped is True


def test_a_date_that_stays_or_is_nearer_has_not_slipped() -> None:
    for date, written in (("2022-07", "July 2022"), ("2022-05", "May 2022")):
        trace = only(said(VISIT, JUNE, "2022-07", "July 2022"), said(VISIT, JANUARY, date, written))
        assert (trace.slipped, trace.slipped_because) == (False, None)


def test_without_a_second_version_or_a_date_nothing_can_be_told() -> None:
    assert only(said(VISIT, JUNE, "2022-07", "July 2022")).slipped is None
    assert only(said(VISIT, JUNE), said(VISIT, JANUARY)).slipped is None
    together = said(VISIT, JANUARY, None, "July 2022 May 2023", together=("due",))
    assert only(said(VISIT, JUNE), together).slipped is None


def test_progress_after_the_day_when_it_was_due_is_a_slip() -> None:
    late = said(VISIT, JANUARY, "2022-07", "July 2022", progress="Visits began in October 2022.")
    trace = only(said(VISIT, JUNE, "2022-07", "July 2022"), late)
    assert trace.slipped is True
    assert str(trace.slipped_because).endswith("and Improvement Plan (11 January 2023) speaks of October 2022.")


def test_what_is_to_come_is_a_slip_only_where_the_action_itself_is_put_off() -> None:
    def slipped(progress: str, together: tuple[str, ...] = ()) -> bool | None:
        later = said(VISIT, JANUARY, "2023-02", "Feb 23", progress=progress, together=together)
        return only(said(VISIT, JUNE, "2023-02", "Feb 23"), later).slipped

    assert slipped("Roads will be swept in May 2023.") is False
    assert slipped("Need to push back the visit of children. Revisit in May 2023") is True
    assert slipped("Need to push back the sweeping. Revisit in May 2023", ("progress",)) is False


@pytest.mark.parametrize("action", ["Go", "Open it", "• – •"])
def test_very_short_actions_are_versions_only_where_they_are_the_same(action: str) -> None:
    assert len(traced([said(action, JUNE), said(VISIT, JANUARY)])) == 2
    assert len(traced([said(action, JUNE), said(action, JANUARY)])) == 1


@given(st.permutations(range(4)), st.lists(st.integers(6, 12), min_size=8, max_size=8))
def test_the_order_in_which_papers_come_makes_no_difference(order: list[int], lengths: list[int]) -> None:
    words = VISIT.split()
    papers = [
        [
            said(" ".join([*words[:length], kind]), replace(JUNE, document=f"plan-{n}", date=f"2022-0{n + 1}-01"))
            for length, kind in zip(lengths[2 * n : 2 * n + 2], ("today", "every week of the year"), strict=True)
        ]
        for n in range(4)
    ]
    straight = [each for paper in papers for each in paper]
    assert shape([each for n in order for each in papers[n]]) == shape(straight)


def shape(recorded: list[Recorded[Promise]]) -> list[list[tuple[str, str]]]:
    return [[(v.paper.document, v.record.action) for v in trace.versions] for trace in traced(recorded)]
