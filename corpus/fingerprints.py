"""What tells that two texts are the same, or nearly so, without laying them side by side. Pure.

The same: their essence has the same hash. Nearly the same: they share most of their shingles (runs of three words), as
far as their sketches tell. A sketch is the smallest hashes of a text's shingles; of the smallest hashes of two texts
together, the share that both have estimates the Jaccard similarity of their shingles (Broder 1997, "On the resemblance
and containment of documents"), here with a standard error of at most 0.045.
"""

from __future__ import annotations

import hashlib
import heapq
import re
import unicodedata
from array import array
from dataclasses import dataclass

from corpus.documents import LINE_END_HYPHEN
from corpus.reading.witness import squash

SHINGLE = 3
"""Words: a figure that changes costs three shingles, so that a corrected letter of one page stays nearly the same."""

SKETCH = 128
"""How many hashes a sketch has at most; a shorter text's sketch has all of them, and tells exactly."""

LOWEST = 16
"""How many of a sketch's smallest hashes are looked up to find what might be nearly the same."""

NEARLY_SAME = 0.8
"""From this similarity on, two texts are nearly the same. Measured: a report with one figure changed 0.997; an
improvement plan and its next edition seven months later 0.37 and 0.59."""

FEWEST_WORDS = 40
"""A shorter paper (a title page, a page left blank) is the same in very many packs, which tells nobody anything."""

_MINUS = re.compile(r"(?<![\w)])[-\u2212\u2013](?=[£$€]?\d)")
_WORD = re.compile(r"\d+(?:[.,]\d+)*\w*|[^\W\d]\w*")
_HYPHENS = re.compile(r"[-\u2010-\u2015'’]+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A text's hash (64 bits, signed) and its sketch (hashes of 64 bits, signed, the smallest first)."""

    whole: int
    sketch: tuple[int, ...]

    @property
    def lowest(self) -> tuple[int, ...]:
        """By which to look for what might be nearly the same: it shares several of these."""
        return self.sketch[:LOWEST]


def essence(text: str) -> str:
    """What makes two texts the same: their letters, figures and signs without white space, cell bars, hyphens, dashes
    and bullets, as a page's witnesses have them; but a minus before a figure counts."""
    return squash(_MINUS.sub("minus", text))


def text_hash(text: str) -> int:
    """The hash of a text's essence, 64 bits, signed."""
    return _hash(essence(text))


def fingerprint(text: str) -> Fingerprint | None:
    """A text's fingerprint, None for a text of fewer than `FEWEST_WORDS` words."""
    plain = unicodedata.normalize("NFKC", text.replace(f"{LINE_END_HYPHEN}\n", "").replace(LINE_END_HYPHEN, ""))
    words = _WORD.findall(_HYPHENS.sub("", plain.casefold()))
    if len(words) < FEWEST_WORDS:
        return None
    shingles = {_hash(" ".join(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1)}
    return Fingerprint(text_hash(text), tuple(heapq.nsmallest(SKETCH, shingles)))


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """An estimate of the share of both texts' shingles that both have, from 0 to 1."""
    a, b = set(one.sketch), set(other.sketch)
    smallest = heapq.nsmallest(SKETCH, a | b)
    return sum(shingle in a and shingle in b for shingle in smallest) / len(smallest) if smallest else 1.0


def packed(sketch: tuple[int, ...]) -> bytes:
    """A sketch as bytes."""
    return array("q", sketch).tobytes()


def unpacked(sketch: bytes) -> tuple[int, ...]:
    """A sketch out of its bytes."""
    numbers = array("q")
    numbers.frombytes(sketch)
    return tuple(numbers)


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
