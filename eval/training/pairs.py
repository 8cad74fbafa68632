"""Passages with the questions written for them, and their split into those to learn from and those to check with."""

from __future__ import annotations

import json
import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.stopwords import STOP_WORDS
from corpus.dates import written_out
from corpus.errors import CouncilPapersError

WRITTEN = ("lay", "desk", "short")
"""How the questions in the file are put: in everyday words, as a professional would, as keywords."""

FORMS = (*WRITTEN, "term")
"""And a question made of the passage: one or two of its own words, as many people search."""

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")

VALIDATION = 0.15
"""The share of the councils whose passages nothing is learned from."""


class BadPairs(CouncilPapersError):
    """The file of pairs can't be used; the sentence names the line and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage, the report it stands in, and a question for it in each of the `FORMS`, in their order."""

    report: str
    passage: str
    questions: tuple[str, ...]

    @property
    def council(self) -> str:
        """The council that the report is on: a report's name is that council's number and name, then a date."""
        return self.report.rsplit("-", 3)[0]

    @property
    def in_context(self) -> str:
        """The passage as the program encodes it, after its paper's title and date (`index.encodable`)."""
        name = self.council.partition("-")[2].replace("-", " ").title()
        date = written_out("-".join(self.report.rsplit("-", 3)[1:]))
        return f"Inspection of children's services in {name}, {date}. {self.passage}"


def load_pairs(file: Path) -> tuple[Pair, ...]:
    """The pairs of a file of JSON lines with `doc`, `text` and a field for each of the `FORMS`; raises BadPairs."""
    pairs = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            pairs.append(Pair(str(row["doc"]), str(row["text"]), tuple(str(row[form]) for form in WRITTEN)))
        except (ValueError, KeyError, TypeError) as error:
            raise BadPairs(
                f"{file.name}, line {number} is no passage with questions ({error!r}); "
                f"give it doc, text, {', '.join(WRITTEN)}."
            ) from error
    return with_terms(pairs)


def with_terms(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs, each with one question more: the word that tells its passage from the others best (by tf-idf, Spärck
    Jones 1972), in every second pair the two. A word that no other passage has is a name, and says little."""
    words = [Counter(word.lower() for word in _WORD.findall(pair.passage)) for pair in pairs]
    passages = Counter(word for counted in words for word in counted)
    found = []
    for number, (pair, counted) in enumerate(zip(pairs, words, strict=True)):
        weights = {
            word: count * math.log(len(pairs) / passages[word])
            for word, count in counted.items()
            if passages[word] > 1 and word not in STOP_WORDS
        }
        best = sorted(weights, key=lambda word: (-weights[word], word))[: 1 + number % 2]
        found.append(Pair(pair.report, pair.passage, (*pair.questions, " ".join(best) or pair.questions[-1])))
    return tuple(found)


def split(pairs: Sequence[Pair], seed: int, share: float = VALIDATION) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """The pairs to learn from and those to check with, in their order.

    All reports on one council go to one side: they repeat one another over the years.
    """
    councils = sorted({pair.council for pair in pairs})
    random.Random(seed).shuffle(councils)
    held = frozenset(councils[: round(len(councils) * share)])
    return _of(pairs, frozenset(councils) - held), _of(pairs, held)


def _of(pairs: Iterable[Pair], councils: frozenset[str]) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if pair.council in councils)
