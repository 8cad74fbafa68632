"""Papers of other councils about other things, made up from word lists: what a library is grown with. Pure but for
reading the lists.

They are near enough to distract (figures and dates, targets, vacancies, inspectors, boards, plans with leads and
timescales) and answer no question about the papers that they are put beside. Paper n of a seed is always the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

GENERATOR = Path(__file__)
WORD_LISTS = GENERATOR.with_suffix(".toml")
"""What decides the papers' texts, all in all."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
YEARS = (2015, 2025)
"""The first and the last year that is spoken of."""

SECTIONS = 70
ROWS = 20
"""Paragraphs of a paper, each under a heading of its own so that it is a passage; and rows of each of its tables."""

PASSAGES = SECTIONS + 2 * ROWS
"""Passages that a paper makes, or nearly so."""


@dataclass(frozen=True, slots=True)
class Unrelated:
    """A paper: the name of its file and its text, in Markdown."""

    file: str
    text: str


def unrelated(number: int, seed: int) -> Unrelated:
    """The paper of that number, from 0."""
    lists = word_lists()
    random = Random(f"{seed}:{number}")
    subject = random.choice(lists["subjects"])
    council, month, year = random.choice(lists["councils"]), random.choice(MONTHS), random.randint(*YEARS)
    day = random.randint(1, 28)
    parts = [
        f"# {subject['name']}: report of the {subject['head']}",
        f"{council} Council, {subject['committee']}, {day} {month} {year}",
    ]
    for section in range(1, SECTIONS + 1):
        work, place = random.choice(subject["work"]), random.choice(lists["places"])
        sentences = [filled_sentence(random, lists, subject) for _ in range(random.choice((1, 2, 2)))]
        parts += [f"## {section}. {work[0].upper()}{work[1:]}, {place}", " ".join(sentences)]
    for name in ("performance", "plan"):
        parts += [f"## {subject['name']}: {name}", _table(random, lists, subject, lists[name])]
    return Unrelated(f"unrelated-{number:05}.md", "\n\n".join(parts) + "\n")


@cache
def word_lists() -> dict[str, Any]:
    """The word lists, by name."""
    return tomllib.loads(WORD_LISTS.read_text(encoding="utf-8"))


def filled_sentence(random: Random, lists: Mapping[str, Any], subject: Mapping[str, Any]) -> str:
    """A sentence about a subject."""
    return _filled(random.choice(lists["sentences"]), filled_words(random, lists, subject))


def _table(random: Random, lists: Mapping[str, Any], subject: Mapping[str, Any], table: Mapping[str, Any]) -> str:
    rows: list[Sequence[str]] = [table["headers"], ["---"] * len(table["headers"])]
    for _ in range(ROWS):
        words = {**filled_words(random, lists, subject), "sentence": filled_sentence(random, lists, subject)}
        rows.append([_filled(cell, words) for cell in table["row"]])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _filled(template: str, words: Mapping[str, str]) -> str:
    text = template.format_map(words)
    return text[0].upper() + text[1:]


def filled_words(random: Random, lists: Mapping[str, Any], subject: Mapping[str, Any]) -> dict[str, str]:
    """A word for everything that a sentence may leave open."""
    year = random.randint(*YEARS)
    place, elsewhere = random.sample(lists["places"], 2)
    month, later_month = random.choice(MONTHS), random.choice(MONTHS)
    share = random.randint(3, 60)
    return {
        "thing": random.choice(subject["things"]),
        "work": random.choice(subject["work"]),
        "people": random.choice(subject["people"]),
        "measure": random.choice(subject["measures"]),
        "action": random.choice(subject["actions"]),
        "head": subject["head"],
        "committee": subject["committee"],
        "letter": subject["letter"],
        "place": place,
        "elsewhere": elsewhere,
        "first": random.choice(lists["first_names"]),
        "surname": random.choice(lists["surnames"]),
        "change": random.choice(lists["changes"]),
        "state": random.choice(lists["states"]),
        "month": month,
        "year": str(year),
        "later": f"{later_month} {year + 1}",
        "date": f"{random.randint(1, 28)} {random.choice(MONTHS)} {random.randint(year, year + 1)}",
        "percent": f"{random.randint(20, 990) / 10:g}%",
        "share": f"{share}%",
        "target": f"{random.randint(12, 20) * 5}%",
        "small": str(random.randint(2, 9)),
        "few": str(random.randint(10, 60)),
        "sample": str(random.randint(12, 24) * 5),
        "many": f"{random.randint(100, 4900):,}",
        "days": str(random.choice((5, 10, 15, 20, 28, 35, 45))),
        "money": random.choice((f"£{random.randint(12, 900)},000", f"£{random.randint(11, 98) / 10:g} million")),
    }
