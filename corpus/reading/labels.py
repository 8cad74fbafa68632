"""The number printed on each page. Pure: takes and returns values.

A number in a margin is only taken for the page's if the pages beside it count on with it: a figure that happens to
stand alone at the foot of a page is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_PRINTED = re.compile(
    r"(?:page\s+|p\.\s*|[-–—]\s*)?(\d{1,4})(?:\s*[-–—])?(?:\s+of\s+\d{1,4})?", re.IGNORECASE | re.ASCII
)

REACH = 3
"""How many pages away the neighbour may stand that confirms a number: pages between may be blank or unnumbered."""


def printed_number(text: str) -> int | None:
    """The number in a line that could be a page's number and nothing else ("Page 12", "12", "- 12 -", "12 of 40")."""
    match = _PRINTED.fullmatch(text.strip())
    return int(match[1]) if match else None


def page_labels(candidates: Sequence[Sequence[str]]) -> list[str | None]:
    """For each page, in order, its printed number out of the lines found in its margins, or None.

    A candidate counts if a page at most `REACH` away has one that differs by just as many. Where two count (a slide's
    own number beside the pack's), the one that more neighbours confirm wins, then the one that more pages of the whole
    document do. A document of one page has no neighbour to confirm a number: there the word "page" must stand with it.
    """
    numbers = [{n: line for line in page if (n := printed_number(line)) is not None} for page in candidates]
    ahead = Counter(n - i for i, found in enumerate(numbers) for n in found)
    labels: list[str | None] = []
    for i, found in enumerate(numbers):
        confirmed = [n for n in found if _neighbours(numbers, i, n)]
        if not confirmed and len(numbers) == 1:
            confirmed = [n for n, line in found.items() if "page" in line.lower()]
        confirmed.sort(key=lambda n: (_neighbours(numbers, i, n), ahead[n - i]))
        labels.append(str(confirmed[-1]) if confirmed else None)
    return labels


def _neighbours(numbers: Sequence[dict[int, str]], place: int, number: int) -> int:
    near = range(max(0, place - REACH), min(len(numbers), place + REACH + 1))
    return sum(number + (other - place) in numbers[other] for other in near if other != place)
