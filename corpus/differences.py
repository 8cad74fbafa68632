"""Where two texts that are nearly the same differ. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.documents import LINE_END_HYPHEN
from corpus.fingerprints import essence

AROUND = 1
"""Words shown on either side of what differs, so that "6" is seen to be "£6 million"."""

CLOSE = 2
"""Differences with at most so many words between them are told as one."""

_WORD = re.compile(rf"(?:{LINE_END_HYPHEN}\s+|\S)+")


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch in which two texts differ, with a word around it: where it stands in each (start, end)."""

    one: tuple[int, int]
    other: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    essence: str


def differences(one: str, other: str) -> tuple[Difference, ...]:
    """The stretches in which two texts differ in more than white space, hyphens and bullets, in order.

    Words are compared with difflib (Ratcliff and Obershelp); what both begin and end with is set aside first.
    """
    a, b = list(_words(one)), list(_words(other))
    head = _shared([w.essence for w in a], [w.essence for w in b])
    tail = _shared([w.essence for w in reversed(a[head:])], [w.essence for w in reversed(b[head:])])
    matcher = SequenceMatcher(
        None, [w.essence for w in a[head : len(a) - tail]], [w.essence for w in b[head : len(b) - tail]]
    )
    changes: list[tuple[int, int, int, int]] = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if changes and a1 - changes[-1][1] <= CLOSE and b1 - changes[-1][3] <= CLOSE:
            changes[-1] = (changes[-1][0], a2, changes[-1][2], b2)
        else:
            changes.append((a1, a2, b1, b2))
    return tuple(
        Difference(_span(a, a1 + head, a2 + head), _span(b, b1 + head, b2 + head)) for a1, a2, b1, b2 in changes
    )


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        if essential := essence(match.group()):
            yield _Word(match.start(), match.end(), essential)


def _shared(a: list[str], b: list[str]) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _span(words: list[_Word], first: int, after: int) -> tuple[int, int]:
    """The characters of these words and of one on either side."""
    around = words[max(0, first - AROUND) : after + AROUND]
    return (around[0].start, around[-1].end) if around else (0, 0)
