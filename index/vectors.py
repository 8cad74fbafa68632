"""Nearest vectors under a filter. The only file that knows FAISS.

Unit vectors and inner product: a score is the cosine, 1 is the same direction, higher is better.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]


class VectorIndex:
    """Vectors by id, in memory; exact search (a council's papers are few enough for it)."""

    def __init__(self, dimension: int) -> None:
        """Make an empty index for vectors of that length."""
        self._index: faiss.IndexIDMap2 = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Read an index from a file. Raises ValueError where the file is none, OSError where it isn't there."""
        # Python reads the bytes and not FAISS, which on Windows opens no path with letters beyond ASCII.
        try:
            index = faiss.deserialize_index(np.frombuffer(path.read_bytes(), dtype=np.uint8))
        except (RuntimeError, MemoryError) as error:
            raise ValueError(f"{path} is no index of vectors") from error
        if not isinstance(index, faiss.IndexIDMap2):
            raise ValueError(f"{path} is no index of vectors with ids")
        made = cls.__new__(cls)
        made._index = index
        return made

    def save(self, path: Path) -> None:
        """Write the index beside `path` and move it there, so that a kill leaves the old file or the new one."""
        half = path.with_suffix(".part")
        half.write_bytes(faiss.serialize_index(self._index).tobytes())
        os.replace(half, path)

    def __len__(self) -> int:
        """Count the vectors."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of its vectors."""
        return int(self._index.d)

    @property
    def ids(self) -> Ids:
        """The ids of its vectors."""
        return np.asarray(faiss.vector_to_array(self._index.id_map), dtype=np.int64)

    def add(self, ids: Sequence[int] | Ids, vectors: Vectors) -> None:
        """Add vectors under ids that aren't in use. Raises ValueError where the two don't fit each other."""
        if vectors.shape != (len(ids), self.dimension):
            raise ValueError(f"{len(ids)} ids for vectors of shape {vectors.shape}, dimension {self.dimension}")
        if len(ids):
            self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), np.asarray(ids, np.int64))

    def remove(self, ids: Sequence[int] | Ids) -> int:
        """Remove the vectors of these ids; gives how many were there."""
        return int(self._index.remove_ids(faiss.IDSelectorBatch(np.asarray(ids, np.int64)))) if len(ids) else 0

    def search(self, vector: Vectors, limit: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """The ids nearest to one vector and their cosines, best first, at most `limit`; among `allowed` if given.

        Vectors at the same cosine come in the order of their ids. Raises ValueError for a vector of another length.
        """
        if vector.shape != (self.dimension,):
            raise ValueError(f"a vector of shape {vector.shape} for an index of dimension {self.dimension}")
        count = min(limit, len(self), len(self) if allowed is None else len(allowed))
        if count <= 0:
            return []
        chosen = None
        if allowed is not None:
            chosen = faiss.SearchParameters(sel=faiss.IDSelectorBatch(np.asarray(allowed, np.int64)))  # type: ignore[call-arg]
        scores, ids = self._index.search(vector[np.newaxis, :].astype(np.float32), count, params=chosen)
        # FAISS fills up with the id -1 where fewer vectors are left than asked for.
        found = [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))
