"""How well an encoder finds the passage that a question was written for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from eval.training.pairs import FORMS, Pair

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to unit vectors, a row each."""


@dataclass(frozen=True, slots=True)
class Found:
    """Of the questions of a form: the share whose passage is first, among the first five, among the first ten, and the
    mean reciprocal rank."""

    form: str
    first: float
    five: float
    ten: float
    reciprocal: float


def validate(
    encode: Encode,
    asked: Sequence[Pair],
    among: Sequence[Pair],
    forms: Sequence[str] = FORMS,
    passage: Callable[[Pair], str] = attrgetter("in_context"),
) -> tuple[Found, ...]:
    """For each of the forms how the questions of `asked` find their passages among all those of `among`, which holds
    them. `passage` gives the text that stands for a pair's."""
    passages = encode([passage(pair) for pair in among])
    place = {pair: row for row, pair in enumerate(among)}
    own = np.array([place[pair] for pair in asked])
    found = []
    for number, form in enumerate(forms):
        cosines = encode([pair.questions[number] for pair in asked]) @ passages.T
        ranks = 1 + (cosines > cosines[np.arange(len(asked)), own][:, None]).sum(axis=1)
        first, five, ten = (float((ranks <= k).mean()) for k in (1, 5, 10))
        found.append(Found(form, first, five, ten, float((1 / ranks).mean())))
    return tuple(found)
