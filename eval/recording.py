"""Papers that hold findings, promises and figures, made up from the word lists of `eval/unrelated.toml`: traces are
timed over them. Pure but for reading the lists.

Of four papers one is an inspectorate's report, one an improvement plan, one a set of minutes and one a scorecard. A
council's plan comes back again and again with most of its actions, some of them later, and its scorecard with the same
indicators, so that there is something to trace. What inspectors find is as long as theirs and shares no more turns of
phrase with the rest than theirs does: a sentence, then words without sense. Paper n of a seed is always the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from eval.unrelated import MONTHS, YEARS, Unrelated, filled_sentence, filled_words, word_lists

GENERATOR = Path(__file__)
"""What decides the papers' texts, beside the word lists and what fills them in."""

RECOMMENDATIONS, PARAGRAPHS, ACTIONS, AGREED, INDICATORS = 8, 42, 20, 6, 40
"""Formal findings and paragraphs of a report, actions of a plan and of minutes, rows of a scorecard: as many, or nearly
so, as the real papers of their kind have."""

FORMAL_WORDS, PROSE_WORDS = 15, 45
"""Words without sense in a formal finding and in a paragraph."""

KEPT = 0.8
"""The share of a plan's actions that its next version has too."""

Lists = Mapping[str, Any]


def recording(number: int, seed: int) -> Unrelated:
    """The paper of that number, from 0."""
    lists = word_lists()
    made = _KINDS[number % len(_KINDS)]
    council = lists["councils"][number // len(_KINDS) % len(lists["councils"])]
    return Unrelated(f"recording-{number:05}.md", made(number, seed, council, lists))


def _report(number: int, seed: int, council: str, lists: Lists) -> str:
    random = Random(f"{seed}:report:{number}")
    subject = random.choice(lists["subjects"])
    parts = [
        f"# Inspection of {council} local authority children's services",
        f"Inspection dates: {_day(random)}",
        f"Lead inspector: {random.choice(lists['first_names'])} {random.choice(lists['surnames'])}",
        "## What needs to improve",
    ]
    parts += [f"- {_sentence(random, lists, subject)} {_words(random, FORMAL_WORDS)}" for _ in range(RECOMMENDATIONS)]
    for place in range(PARAGRAPHS):
        if place % 6 == 0:
            work, where = random.choice(subject["work"]), random.choice(lists["places"])
            parts.append(f"## {work[0].upper()}{work[1:]} in {where}")
        told = f"{_sentence(random, lists, subject)} {_words(random, PROSE_WORDS)}"
        parts.append(f"Leaders do not know enough, and this is not good: it is weak and slow. {told}")
    return "\n\n".join(parts) + "\n"


def _plan(number: int, seed: int, council: str, lists: Lists) -> str:
    subject = Random(f"{seed}:plan:{council}").choice(lists["subjects"])
    random = Random(f"{seed}:plan:{number}")
    rows = []
    for place in range(ACTIONS):
        of_plan = random.random() < KEPT
        own = Random(f"{seed}:action:{council}:{place}" if of_plan else f"{seed}:action:{number}:{place}")
        words = filled_words(own, lists, subject)
        action = f"{own.choice(subject['actions'])} for {words['people']} in {words['place']} and {words['elsewhere']}"
        when = f"{random.choice(MONTHS)} {random.randint(*YEARS)}"
        state, told = random.choice(lists["states"]), _sentence(random, lists, subject)
        rows.append([f"{place + 1}", action, f"{words['first']} {words['surname']}", when, told, state])
    headers = ["Ref", "Action", "Lead", "Timescale", "Progress", "Status"]
    return _paper(f"Improvement plan of {council} Council", council, random, headers, rows)


def _scorecard(number: int, seed: int, council: str, lists: Lists) -> str:
    random = Random(f"{seed}:scorecard:{number}")
    rows = []
    for place in range(INDICATORS):
        own = Random(f"{seed}:indicator:{council}:{place}")
        subject = own.choice(lists["subjects"])
        name = f"{own.choice(subject['measures'])}, {own.choice(lists['places'])}"
        words = filled_words(random, lists, subject)
        rows.append([f"{subject['letter']}{place}", name, words["share"], words["percent"], words["target"]])
    headers = ["Ref", "Measure", "Last year", "This year", "Target"]
    return _paper(f"Performance scorecard of {council} Council", council, random, headers, rows)


def _minutes(number: int, seed: int, council: str, lists: Lists) -> str:
    random = Random(f"{seed}:minutes:{number}")
    subject = random.choice(lists["subjects"])
    parts = [f"# {council} Council: {subject['committee']}", f"Minutes of the meeting held on {_day(random)}"]
    for item in range(1, AGREED // 2 + 1):
        words = filled_words(random, lists, subject)
        parts += [
            f"## {item}. {random.choice(subject['work'])} in {words['place']}",
            f"{_sentence(random, lists, subject)} The Committee agreed:",
        ]
        for _ in range(2):
            action = random.choice(subject["actions"])
            parts.append(f"- {words['first']} {words['surname']} to {action.lower()} by {_day(random)}")
    return "\n\n".join(parts) + "\n"


_KINDS: Sequence[Callable[[int, int, str, Lists], str]] = (_report, _plan, _minutes, _scorecard)


def _paper(title: str, council: str, random: Random, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headers, ["---"] * len(headers), *rows]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"# {title}\n\n{council} Council, Scrutiny Panel, {_day(random)}\n\n## Plan and progress\n\n{table}\n"


def _sentence(random: Random, lists: Lists, subject: Mapping[str, Any]) -> str:
    return filled_sentence(random, lists, subject)


def _words(random: Random, number: int) -> str:
    """So many words as a sentence."""
    return " ".join(random.choices(_vocabulary(), k=number)).capitalize() + "."


@cache
def _vocabulary() -> tuple[str, ...]:
    """The words of what the subjects are about, each once."""
    phrases = (phrase for subject in word_lists()["subjects"] for name in _ABOUT for phrase in subject[name])
    return tuple(sorted({word.lower() for phrase in phrases for word in phrase.split() if word.isalpha()}))


_ABOUT = ("people", "things", "work", "measures", "actions")


def _day(random: Random) -> str:
    return f"{random.randint(1, 28)} {random.choice(MONTHS)} {random.randint(*YEARS)}"
