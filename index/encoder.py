"""What the rest of the program asks of an encoder: text into unit vectors.

A passage and the extracts in it get their vectors from one reading of the passage: an extract's is the mean of its own
word pieces' vectors, which know the words around them (Günther et al. 2024, "Late Chunking"). That costs nothing more
than the passage alone, and on our dev questions finds as much as encoding each extract apart, which reads all twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import CouncilPapersError

Vectors = NDArray[np.float32]
"""One unit vector a row."""

WINDOW = 64
"""So many texts, alike in length, are read at a time, so that the vectors of their word pieces fit into memory."""


@dataclass(frozen=True, slots=True)
class Encodable:
    """A text to encode, and the stretches in it (start, end) that get a vector of their own."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


class EncoderMissing(CouncilPapersError):
    """The encoder's files aren't there or aren't what they should be."""


class Encoder(Protocol):
    """What the rest of the program asks of an encoder; a test double is a dozen lines."""

    @property
    def name(self) -> str:
        """What a library remembers to tell whether its vectors were made by this encoder."""

    @property
    def dimension(self) -> int:
        """The length of its vectors."""

    @property
    def limit(self) -> int:
        """How many word pieces it reads, its own two marks included; what is beyond is lost."""

    def count(self, text: str) -> int:
        """How many word pieces a text has, the two marks left out."""

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a question."""

    def encode_passages(self, texts: Sequence[Encodable]) -> list[Vectors]:
        """For each text its unit vector, followed by one for each of its spans."""


def pooled(whole: Vectors, pieces: Vectors, offsets: Sequence[tuple[int, int]], text: Encodable) -> Vectors:
    """The unit vector of a text, followed by one for each of its spans: the mean of the vectors of the word pieces in
    it, or the text's where the encoder read none of them.

    `whole` is the text's own vector, `pieces` has one for each word piece that was read, `offsets` where they stand.
    """
    rows = [whole]
    for start, end in text.spans:
        inside = [k for k, (a, b) in enumerate(offsets[: len(pieces)]) if start <= a < b <= end]
        rows.append(pieces[inside].mean(axis=0) if inside else whole)
    return unit(np.array(rows, dtype=np.float32))


def unit(vectors: Vectors) -> Vectors:
    """The vectors, each of length 1."""
    found: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found
