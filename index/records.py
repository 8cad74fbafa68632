"""Findings, promises and figures in a catalogue's file, each with its paper and the vectors of what it is about.

A record is read whole or not at all, so it is kept as one JSON text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from corpus.documents import Paper
from corpus.records.figures import Figure
from corpus.records.findings import Finding
from corpus.records.promises import Promise
from corpus.records.reading import Record
from index.database import Database
from index.hits import Filter
from index.rows import PAPER_COLUMNS, columns, paper_of, where

T = TypeVar("T", bound=Record)

Vectors = NDArray[np.float32]

_OF_PAPER = columns(PAPER_COLUMNS, "p")


@dataclass(frozen=True, slots=True)
class EncodedRecord:
    """A record ready to be stored: the number of its paper, and its unit vectors row by row: of what it is about, then
    of each sentence of it where it has several."""

    paper: int
    record: Record
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Recorded(Generic[T]):
    """A record as stored, with its paper and its vectors."""

    record: T
    paper: Paper
    vectors: Vectors


class RecordTable:
    """The records in a catalogue's file. What is put belongs inside the transaction that puts the document."""

    def __init__(self, database: Database) -> None:
        """Use the catalogue's file."""
        self._database = database

    def put(self, document: str, records: Sequence[EncodedRecord]) -> None:
        """Store the records of a document."""
        self._database.write_many(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    document,
                    number,
                    each.paper,
                    type(each.record).__name__,
                    _adapter(type(each.record)).dump_json(each.record).decode(),
                    each.vectors.shape[1],
                    each.vectors.astype("<f4").tobytes(),
                )
                for number, each in enumerate(records)
            ],
        )

    def findings(self, filter_: Filter) -> list[Recorded[Finding]]:
        """The findings of the papers that pass the filter, in order of place."""
        return self._of(Finding, filter_)

    def promises(self, filter_: Filter) -> list[Recorded[Promise]]:
        """The promises of the papers that pass the filter, in order of place."""
        return self._of(Promise, filter_)

    def figures(self, filter_: Filter) -> list[Recorded[Figure]]:
        """The figures of the papers that pass the filter, in order of place."""
        return self._of(Figure, filter_)

    def _of(self, kind: type[T], filter_: Filter) -> list[Recorded[T]]:
        passing, values = where(filter_)
        papers = {
            (row[0], row[1]): paper_of(row)
            for row in self._database.rows(f"SELECT {_OF_PAPER} FROM papers p WHERE {passing}", values)
        }
        rows = self._database.rows(
            "SELECT document, paper, content, size, vectors FROM records WHERE kind = ? ORDER BY document, number",
            (kind.__name__,),
        )
        read = _adapter(kind).validate_json
        return [
            Recorded(read(content), papers[document, paper], _unpacked(vectors, size))
            for document, paper, content, size, vectors in rows
            if (document, paper) in papers
        ]


def _unpacked(vectors: bytes, size: int) -> Vectors:
    return np.frombuffer(vectors, dtype="<f4").reshape(-1, size)


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    return _ADAPTERS[kind]


_ADAPTERS: dict[type, TypeAdapter[Any]] = {kind: TypeAdapter(kind) for kind in (Finding, Promise, Figure)}
