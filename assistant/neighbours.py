"""Which of very many texts may be alike, found for all of them at once. Pure.

The same as looking each up (`assistant/alike.py`), but reckoned with whole arrays: letters, words and runs of words are
numbers here, so that ten thousand paragraphs take a fraction of a second. Two runs may get the same number by chance
(64 bits); whoever asks compares the texts themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.alike import ANCHOR, COMMON, FEWEST, LIKELY, RUN

Numbers = NDArray[np.uint64]
Places = NDArray[np.intp]

_STEP = np.uint64(0x9E3779B97F4A7C15)
"""Odd, and its powers are spread over all 64 bits: what the place of a letter in its word or text is multiplied by."""


def neighbours(texts: Sequence[str], most: int) -> list[tuple[int, ...]]:
    """For each text the places of others that may be alike: the same letter for letter first, then those that share
    most runs of words, at most so many."""
    words, lengths, of_word = _words(texts)
    if not len(words):
        return [()] * len(texts)
    found: dict[int, list[int]] = defaultdict(list)
    for one, other in _same(words, lengths, of_word):
        found[one].append(other)
    shared: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, other, number in _sharing(_mixed(words), lengths, of_word, len(texts)):
        shared[one].append((-number, other))
        shared[other].append((-number, one))
    for place, others in shared.items():
        found[place] += [other for _, other in sorted(others)[:most]]
    return [tuple(dict.fromkeys(found[place])) if place in found else () for place in range(len(texts))]


def _words(texts: Sequence[str]) -> tuple[Numbers, Places, Places]:
    """All words of the texts, without capitals, as numbers: the sum of their letters, each times a power of `_STEP` by
    its place in the word. Of each word also how many letters it has, and the place of its text."""
    small = [text.lower() for text in texts]
    codes = np.frombuffer("\n".join(small).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    present = np.flatnonzero(np.bincount(codes))
    table = np.zeros(present[-1] + 1 if len(present) else 1, dtype=bool)
    table[present] = [chr(code).isalnum() for code in present]
    is_letter = table[codes]
    starts = np.flatnonzero(is_letter & ~np.concatenate(([False], is_letter[:-1])))
    ends = np.flatnonzero(is_letter & ~np.concatenate((is_letter[1:], [False]))) + 1
    lengths = ends - starts
    firsts = np.cumsum(lengths) - lengths  # of each word, among the letters alone
    letters = codes[is_letter].astype(np.uint64)
    within = np.arange(len(letters)) - np.repeat(firsts, lengths)
    powers = _powers(int(lengths.max(initial=0)))
    sums = np.add.reduceat(letters * powers[within], firsts) if len(firsts) else letters
    begins = np.cumsum([0, *(len(text) + 1 for text in small[:-1])])
    return sums, lengths, np.searchsorted(begins, starts, side="right") - 1


def _powers(number: int) -> Numbers:
    return np.multiply.accumulate(np.full(number, _STEP, dtype=np.uint64))


def _mixed(numbers: Numbers) -> Numbers:
    return (numbers ^ (numbers >> np.uint64(29))) * _STEP


def _same(words: Numbers, lengths: Places, of_word: Places) -> list[tuple[int, int]]:
    """The pairs of texts, both ways, that are the same letter for letter, wherever their words end."""
    firsts = np.flatnonzero(np.diff(of_word, prepend=-1))
    before = np.cumsum(lengths) - lengths
    within = before - np.repeat(before[firsts], np.diff(np.append(firsts, len(words))))
    powers = np.concatenate(([np.uint64(1)], _powers(int(within.max()))))
    by_number: dict[int, list[int]] = defaultdict(list)
    texts = of_word[firsts].tolist()
    for number, text in zip(np.add.reduceat(words * powers[within], firsts).tolist(), texts, strict=True):
        by_number[number].append(text)
    return [(a, b) for several in by_number.values() if len(several) > 1 for a in several for b in several if a != b]


def _sharing(words: Numbers, lengths: Places, of_word: Places, texts: int) -> list[tuple[int, int, int]]:
    """The pairs of texts that share enough of the runs by which they are looked up, and how many."""
    of_run = of_word[: 1 - RUN]
    within = of_run == of_word[RUN - 1 :]
    runs = np.zeros(len(of_run), dtype=np.uint64)
    for place in range(RUN):
        runs = _mixed(runs + words[place : len(words) - RUN + 1 + place])
    of_run, runs, anchors = of_run[within], runs[within], (lengths[: 1 - RUN] >= ANCHOR)[within]
    few = np.bincount(_once(of_run[anchors], runs[anchors])[0], minlength=texts) < FEWEST
    of_run, runs = _once(of_run[anchors | few[of_run]], runs[anchors | few[of_run]])
    number = np.bincount(of_run, minlength=texts)
    rare = np.flatnonzero(np.diff(runs, prepend=~runs[:1]))  # where another run begins
    spread = np.diff(np.append(rare, len(runs)))
    kept = np.repeat((spread > 1) & (spread <= COMMON), spread)
    of_run, runs = of_run[kept], runs[kept]
    ones, others = [], []
    for apart in range(1, COMMON):
        both = runs[:-apart] == runs[apart:]
        ones.append(of_run[:-apart][both])
        others.append(of_run[apart:][both])
    pairs, shared = np.unique(np.concatenate(ones) * texts + np.concatenate(others), return_counts=True)
    one, other = np.divmod(pairs, texts)
    likely = shared >= LIKELY * np.minimum(number[one], number[other])
    return list(zip(one[likely].tolist(), other[likely].tolist(), shared[likely].tolist(), strict=True))


def _once(of_run: Places, runs: Numbers) -> tuple[Places, Numbers]:
    """Each run of each text once, in order of the runs and then of the texts."""
    order = np.lexsort((of_run, runs))
    of_run, runs = of_run[order], runs[order]
    first = np.ones(len(runs), dtype=bool)
    first[1:] = (runs[1:] != runs[:-1]) | (of_run[1:] != of_run[:-1])
    return of_run[first], runs[first]
