"""Actions followed through papers, the sample papers among them: what links them, and which dates moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.promises import TracedPromise, traced
from corpus.documents import Document, Paper
from corpus.papers import papers_of
from corpus.records.places import Place
from corpus.records.promises import Promise
from corpus.records.reading import promises_of
from index.records import Recorded
from tests.fakes import make_document, make_paper

SAMPLE = Path(__file__).parents[1] / "corpus/sample/papers"
NONE = np.zeros((1, 1), dtype=np.float32)
OPEN = "Open the contact hub in Corn Street with staff of all partners"


def said(
    date: str, action: str = OPEN, due: str | None = "July 2022", start: int = 0, **fields: object
) -> Recorded[Promise]:
    """What the plan of a day says of an action; `due` as written, its ISO form anything that isn't None."""
    paper = Paper(f"plan-{date}", 1, "plan", "Improvement Plan", 1, 1, 0, 1000, date=date)
    place = Place(paper.document, paper.id, start, start + len(action), 1, "1", action)
    plain: dict[str, object] = {
        "owner": None, "due": due and "2022", "due_as_written": due, "status": None, "progress": None, "heading": "",
        "cells": (), "together": (), "kind": "plan action",
    }  # fmt: skip
    return Recorded(Promise(action, (place,), **{**plain, **fields}), paper, NONE)  # type: ignore[arg-type]


def slipped(*versions: Recorded[Promise]) -> bool | None:
    (trace,) = traced(versions)
    assert (trace.slipped is True) == (trace.slipped_because is not None)
    return trace.slipped


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        ("To be finished by November 2022.", True),
        ("Policy adopted on 12th September.", True),
        ("Switched on in both systems on 19th August.", True),
        ("Moved to spring 2023.", True),
        ("First payments due in October 2023.", True),
        ("71% of callers had a letter in December.", False),
        ("Twelve children waiting on 9th January.", False),
        ("Daily since 10th October.", False),
        ("Lease signed on 4th July.", False),
        (None, False),
    ],
)
def test_progress_slips_where_it_names_a_later_day_on_which_something_happens(
    progress: str | None, expected: bool
) -> None:
    assert slipped(said("2022-06-21"), said("2023-01-18", progress=progress)) is expected


def test_what_is_complete_is_not_put_off_to_a_day_to_come() -> None:
    later = {"progress": "First payments due in October 2023.", "status": "Complete"}
    assert slipped(said("2022-06-21"), said("2023-01-18", **later)) is False


def test_progress_told_together_with_that_of_others_must_name_the_action() -> None:
    of_others = {"progress": "Recruitment put back to March 2023.", "together": ("progress",)}
    of_it = {
        "progress": "Opening of the contact hub, put back with all partners to March 2023.",
        "together": ("progress",),
    }
    assert slipped(said("2022-06-21"), said("2023-01-18", **of_others)) is False
    assert slipped(said("2022-06-21"), said("2023-01-18", **of_it)) is True


@pytest.fixture(scope="module")
def of_sample(read_once: Callable[[Path], Document]) -> tuple[TracedPromise, ...]:
    records = []
    for path in sorted(SAMPLE.glob("*.pdf")):
        document = read_once(path)
        for paper in papers_of(document):
            records += [Recorded(promise, paper, NONE) for promise in promises_of(document, paper)]
    return traced(records)


SLIPPED = """
Set up a new Improvement Board | Write a refreshed self-evaluation | Commission an independent account |
Training for all 57 councillors | Bring repeat contacts together | Move the hub | Introduce an out-of-hours rota |
Tell early help workers | Introduce a daily briefing | Rewrite the threshold document | Agree with health services |
Supervision every four weeks | Write a sufficiency strategy | Publish the local offer | Bring the average caseload
"""
KEPT = """
Replace the monthly performance pack | Front-line visits | Allocate every child | Tell every parent |
Hold every strategy discussion | Hold a review | Adopt one practice model | Resume audits | Track every family |
IROs and conference chairs | Every child with a plan | Recruit 30 new | STAR panel | Halve the wait | The DSCO |
Reduce agency | Offer a retention payment
"""


def test_the_plan_of_june_is_followed_into_that_of_january(of_sample: tuple[TracedPromise, ...]) -> None:
    followed = {}
    for trace in of_sample:
        plans = {
            version.paper.date: version.record.action for version in trace.versions if version.paper.kind == "plan"
        }
        if {"2022-06-21", "2023-01-18"} <= plans.keys():
            followed[plans["2022-06-21"]] = trace.slipped
    assert len(followed) == 34
    for expected, actions_ in ((True, SLIPPED), (False, KEPT)):
        for opening in (" ".join(part.split()) for part in actions_.split("|")):
            (verdict,) = [slip for action, slip in followed.items() if action.startswith(opening)]
            assert (opening, verdict) == (opening, expected)


def test_the_action_of_june_that_january_leaves_out_stands_alone(of_sample: tuple[TracedPromise, ...]) -> None:
    alone = [
        trace.latest.action[:43]
        for trace in of_sample
        if trace.versions[0].paper.date == "2022-06-21"
        and trace.latest.kind == "plan action"
        and len(trace.versions) == 1
    ]
    assert alone == ["Commission an independent audit of 60 close"]


def test_agreed_actions_are_followed_through_the_minutes(of_sample: tuple[TracedPromise, ...]) -> None:
    (trace,) = [t for t in of_sample if t.versions[0].record.action == "Bring the self-evaluation to the Panel."]
    assert [version.paper.date for version in trace.versions] == ["2022-11-09", "2023-03-29"]
    assert trace.slipped is True


JULY, NOVEMBER = (
    make_paper(make_document(f"{day}-minutes", "Minutes."), kind="minutes", date=day, body="Scrutiny Panel")
    for day in ("2022-07-20", "2022-11-09")
)


def minuted(action: str, paper: Paper = JULY, **fields: object) -> Recorded[Promise]:
    """An action that a body agreed, or what its minutes say of one."""
    return replace(said("2022", action, None, **{"kind": "agreed action", **fields}), paper=paper)  # type: ignore[arg-type]


def arising(action: str, progress: str, paper: Paper = NOVEMBER) -> Recorded[Promise]:
    return minuted(action, paper, progress=progress, kind="matter arising")


LETTER = minuted("Write to the Police Commissioner about officers at weekends.")
VISIT = minuted("Panel members to visit the contact hub.")


def test_a_matter_arising_is_a_version_of_the_action_that_it_has_most_words_of() -> None:
    letter = arising("Police Commissioner", "he had replied that no officers could be spared at weekends")
    assert [trace.versions for trace in traced([LETTER, VISIT, letter])] == [(LETTER, letter), (VISIT,)]


def test_a_matter_arising_of_no_known_action_is_none() -> None:
    assert [trace.versions for trace in traced([LETTER, arising("Parking", "the charges had been agreed")])] == [
        (LETTER,)
    ]


def test_a_matter_arising_in_another_bodys_minutes_is_not_followed() -> None:
    other = replace(NOVEMBER, body="Planning Committee")
    letter = arising("Police Commissioner", "no officers at weekends", other)
    assert [trace.versions for trace in traced([LETTER, letter])] == [(LETTER,)]


def test_where_two_actions_have_as_many_of_its_words_none_is_followed() -> None:
    twin = minuted("Phone the Police Commissioner about officers at weekends.")
    traces = traced([LETTER, twin, arising("Police Commissioner", "no officers at weekends")])
    assert [trace.versions for trace in traces] == [(LETTER,), (twin,)]


def test_whose_an_action_is_stays_known_where_later_minutes_do_not_say_so() -> None:
    owned = minuted(LETTER.record.action, owner="Beth Harkness")
    (trace,) = traced([owned, arising("Police Commissioner", "no officers at weekends")])
    assert (len(trace.versions), trace.latest.owner, trace.owner) == (2, None, "Beth Harkness")
