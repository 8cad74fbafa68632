"""Passages into batches whose members are hard to tell apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray


def neighbourhoods(likeness: NDArray[np.float32], size: int, random: np.random.Generator) -> Iterator[list[int]]:
    """All rows of a square matrix of cosines, in batches: half of a batch is nearest to a row taken at random, the rest
    is random."""
    left = np.ones(len(likeness), dtype=bool)
    for seed in random.permutation(len(likeness)):
        if not left[seed]:
            continue
        left[seed] = False
        nearest = np.argsort(-likeness[seed], kind="stable")
        near = [seed, *nearest[left[nearest]][: max(0, size // 2 - 1)]]
        left[near] = False
        others = random.permutation(np.flatnonzero(left))[: size - len(near)]
        left[others] = False
        yield [int(row) for row in (*near, *others)]
