"""Everything a library knows, in one SQLite file: documents, pages, papers, passages, extracts, vectors, full text,
what ties papers together (`index.ties`), what is known about words (`index.lexicon`), and what the papers record
(`index.records`).

The catalogue is the truth: a document is in it whole or not at all, because all its rows are written in one
transaction. Whatever else lies in the library's folder is derived from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.acronyms import Definition
from corpus.documents import PAGE_BREAK, Access, Document, Page, Paper, Passage
from corpus.fingerprints import Fingerprint, essence, text_hash
from corpus.mentions import Mention
from index.database import Database, LibraryDamaged
from index.hits import Extent, Filter
from index.lexicon import Lexicon
from index.records import EncodedRecord, RecordTable
from index.rows import PAPER_COLUMNS, columns, numbers, paper_of, paper_row, places, where
from index.schema import EARLIER, FORMAT, SCHEMA
from index.ties import TieTable

Vectors = NDArray[np.float32]

_OF_PAPER = columns(PAPER_COLUMNS, "p")

NO_TEXT = "no text"
LOW_CONFIDENCE = "read by text recognition"
"""How a page's problem begins where the page has no text, or where text recognition wasn't sure of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as a library lists it. Minutes that another paper approves have the status "approved".

    `also` are the names of other files with the same bytes. `added` tells in which run of `add` the document came with
    these bytes: a later run has a higher number. It isn't part of what the document is.
    """

    id: str
    title: str
    file: str
    sha256: str
    pages: int
    papers: tuple[Paper, ...]
    notes: tuple[str, ...]
    also: tuple[str, ...] = ()
    pages_without_text: tuple[int, ...] = ()
    pages_low_confidence: tuple[int, ...] = ()
    added: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, by its name, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """A passage as stored: its key, its paper, and the page on which it begins."""

    key: int
    passage: Passage
    paper: Paper
    page: int
    page_label: str | None


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A passage ready to be stored: the words it is found by beside its own, and its vectors.

    The first vector is the whole passage's; one for each of its extracts follows, unless it is its only extract.
    """

    passage: Passage
    context: str
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class PageText:
    """A stored page: its place in the document's text, the text, and what independent readers make of it."""

    number: int
    label: str | None
    start: int
    end: int
    text: str
    witnesses: tuple[str, ...]
    problem: str | None
    confidence: float | None = None


class Catalogue:
    """The SQLite file of a library. Reads may come from any thread; one process at a time writes."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it with its tables if it isn't there. Raises LibraryDamaged or LibraryUnavailable."""
        self._database = Database(path, schema=SCHEMA)
        self.ties = TieTable(self._database)
        self.lexicon = Lexicon(self._database)
        self.records = RecordTable(self._database)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written inside is kept together, or nothing of it is. One inside another is part of it."""
        return self._database.transaction()

    # What the library is

    def meta(self, key: str) -> str | None:
        """A fact about the library ("encoder", "dimension", "generation", "format"), None if unknown."""
        rows = self._database.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def set_meta(self, **facts: str) -> None:
        """Write facts about the library."""
        with self.transaction():
            self._database.write_many("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(facts.items()))

    @property
    def generation(self) -> int:
        """Counts the changes: derived files carry it, and are stale where theirs is another."""
        return int(self.meta("generation") or 0)

    @property
    def format(self) -> str | None:
        """The format of its tables."""
        return self.meta("format")

    @property
    def can_be_renewed(self) -> bool:
        """Whether its tables are of an earlier format that `renew` knows."""
        return self.format in EARLIER

    def renew(self) -> None:
        """Give a catalogue of an earlier format today's tables; its documents must then be put anew."""
        if self.can_be_renewed:
            with self.transaction():
                self._database.run(EARLIER[str(self.format)])
                self.set_meta(format=str(FORMAT))

    def is_sound(self) -> bool:
        """Whether SQLite finds no damage in the file."""
        try:
            return self._database.rows("PRAGMA quick_check") == [("ok",)]
        except LibraryDamaged:
            return False

    # Files that aren't documents: still to be read, unreadable, or the same as another

    def pending(self) -> tuple[str, ...]:
        """The files that an add began and didn't finish with, by name."""
        return tuple(str(row[0]) for row in self._database.rows("SELECT file FROM pending ORDER BY file"))

    def set_pending(self, files: Sequence[str]) -> None:
        """Note what an add sets out to read, beside what an earlier one left unread."""
        with self.transaction():
            self._database.write_many("INSERT OR IGNORE INTO pending VALUES (?)", [(f,) for f in files])

    def done_with(self, file: str) -> None:
        """Take a file off the list of those still to read."""
        if file in self.pending():
            with self.transaction():
                self._database.write("DELETE FROM pending WHERE file = ?", (file,))

    def unreadable(self) -> tuple[Unread, ...]:
        """The files that could not be read, by name."""
        return tuple(Unread(*row) for row in self._database.rows("SELECT file, reason FROM unreadable ORDER BY file"))

    def set_unreadable(self, file: str, reason: str) -> None:
        """Note why a file can't be read; it is no longer to be read, nor the same as another."""
        with self.transaction():
            self.done_with(file)
            self._database.write("DELETE FROM copies WHERE file = ?", (file,))
            self._database.write("INSERT OR REPLACE INTO unreadable VALUES (?, ?)", (file, reason))

    def forget_unreadable(self, files: Sequence[str]) -> None:
        """Forget that these files could not be read: they are looked at again, or given up."""
        noted = {unread.file for unread in self.unreadable()}.intersection(files)
        if noted:
            with self.transaction():
                self._database.write_many("DELETE FROM unreadable WHERE file = ?", [(file,) for file in noted])

    def set_copy(self, file: str, sha256: str) -> None:
        """Note that a file has the bytes of a document of another name."""
        if not self._database.rows("SELECT 1 FROM copies WHERE file = ? AND sha256 = ?", (file, sha256)):
            with self.transaction():
                self._database.write("INSERT OR REPLACE INTO copies VALUES (?, ?)", (file, sha256))

    # Documents

    def entries(self) -> tuple[Entry, ...]:
        """All documents by id, with their papers."""
        papers: dict[str, list[Paper]] = {}
        for row in self._database.rows(f"SELECT {PAPER_COLUMNS} FROM papers ORDER BY document, number"):
            papers.setdefault(row[0], []).append(paper_of(row))
        copies: dict[str, list[str]] = {}
        for file, sha256 in self._database.rows("SELECT file, sha256 FROM copies ORDER BY file"):
            copies.setdefault(sha256, []).append(file)
        without_text, low_confidence = (self._pages_with(p) for p in (NO_TEXT, LOW_CONFIDENCE))
        pages = dict(self._database.rows("SELECT document, count(*) FROM pages GROUP BY document"))
        return tuple(
            Entry(
                id=id_,
                title=title,
                file=file,
                sha256=sha256,
                pages=pages.get(id_, 0),
                papers=tuple(papers.get(id_, ())),
                notes=tuple(json.loads(notes)),
                also=tuple(copies.get(sha256, ())),
                pages_without_text=without_text.get(id_, ()),
                pages_low_confidence=low_confidence.get(id_, ()),
                added=added,
            )
            for id_, title, file, sha256, notes, added in self._database.rows(
                "SELECT id, title, file, sha256, notes, added FROM documents ORDER BY id"
            )
        )

    def _pages_with(self, problem: str) -> dict[str, tuple[int, ...]]:
        """The pages whose problem begins with these words, by document."""
        found: dict[str, tuple[int, ...]] = {}
        for document, number in self._database.rows(
            "SELECT document, number FROM pages WHERE substr(problem, 1, ?) = ? ORDER BY document, number",
            (len(problem), problem),
        ):
            found[document] = (*found.get(document, ()), number)
        return found

    def kept_files(self) -> dict[str, tuple[str, str, str]]:
        """The documents whose files are kept, because none of their papers is exempt: id, file and SHA-256 of each.

        All formats of the catalogue can tell this.
        """
        rows = self._database.rows(
            "SELECT id, file, sha256 FROM documents WHERE id NOT IN"
            " (SELECT document FROM papers WHERE access <> 'public') ORDER BY id"
        )
        return {row[0]: row for row in rows}

    def put(
        self,
        document: Document,
        papers: Sequence[Paper],
        passages: Sequence[EncodedPassage],
        *,
        prints: Mapping[int, Fingerprint] | None = None,
        mentions: Sequence[Mention] = (),
        definitions: Mapping[int, Sequence[Definition]] | None = None,
        records: Sequence[EncodedRecord] = (),
        run: int | None = None,
    ) -> None:
        """Store a document in place of what was stored under its id; all of it or, on any error, nothing.

        Of an exempt paper, only its place and the reason are stored. `prints` are the papers' fingerprints by their
        numbers, `mentions` what they say of other meetings, `definitions` what they say that short forms stand for, by
        the papers' numbers, `records` its findings, promises and figures; `run` is the number of the run of `add` (a
        new one if not given).
        """
        held_back = [p for p in papers if p.access is Access.EXEMPT]
        with self.transaction():
            added = self._run_of(document, run)
            self._delete(document.id)
            self._database.write("DELETE FROM copies WHERE file = ?", (document.file,))
            self._database.write(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)",
                (document.id, document.file, document.sha256, document.title, json.dumps(document.notes), added),
            )
            self._database.write_many(
                f"INSERT INTO pages VALUES ({places(9)})",
                [_page_row(document, page, held_back) for page in document.pages],
            )
            self._database.write_many(
                f"INSERT INTO papers ({PAPER_COLUMNS}) VALUES ({places(17)})", [paper_row(p) for p in papers]
            )
            for encoded in passages:
                self._put_passage(document, encoded)
            self.ties.put(document.id, prints or {}, mentions)
            texts = (f"{encoded.passage.text}\n{encoded.context}" for encoded in passages)
            self.lexicon.put(document, definitions or {}, texts)
            self.records.put(document.id, records)
            self.done_with(document.file)
            self.set_meta(generation=str(self.generation + 1))

    def next_run(self) -> int:
        """A number for a run of `add` that no document has yet."""
        return int(self._database.rows("SELECT coalesce(max(added), 0) + 1 FROM documents")[0][0])

    def _run_of(self, document: Document, run: int | None) -> int:
        """The run in which a document came: the one that it had, as long as its bytes are the same."""
        rows = self._database.rows("SELECT sha256, added FROM documents WHERE id = ?", (document.id,))
        if rows and rows[0][0] == document.sha256:
            return int(rows[0][1])
        if rows:
            self._database.write("DELETE FROM copies WHERE sha256 = ?", (rows[0][0],))
        return self.next_run() if run is None else run

    def _put_passage(self, document: Document, encoded: EncodedPassage) -> None:
        passage = encoded.passage
        page = next(p.number for p in document.pages if passage.start <= p.end)
        _, key = self._database.write(
            "INSERT INTO passages (document, paper, start, end, text, page, headings, headers, extracts, introduction,"
            f" same) VALUES ({places(11)})",
            (
                passage.document,
                int(passage.paper.rpartition("#")[2]),
                passage.start,
                passage.end,
                passage.text,
                page,
                json.dumps(passage.headings),
                json.dumps(passage.headers),
                json.dumps(passage.extracts),
                passage.introduction,
                text_hash(passage.text),
            ),
        )
        self._database.write(
            "INSERT INTO words (rowid, text, context) VALUES (?, ?, ?)",
            (key, searchable(passage.text), encoded.context),
        )
        spans = [(passage.start, passage.end), *passage.extracts][: len(encoded.vectors)]
        self._database.write_many(
            "INSERT INTO vectors (passage, start, end, vector) VALUES (?, ?, ?, ?)",
            [
                (key, start, end, vector.astype("<f4").tobytes())
                for (start, end), vector in zip(spans, encoded.vectors, strict=True)
            ],
        )

    def remove(self, document: str) -> None:
        """Take a document out whole."""
        with self.transaction():
            self._database.write(
                "DELETE FROM copies WHERE sha256 IN (SELECT sha256 FROM documents WHERE id = ?)", (document,)
            )
            self._delete(document)
            self.set_meta(generation=str(self.generation + 1))

    def _delete(self, document: str) -> None:
        taken_out, _ = self._database.write(
            "DELETE FROM words WHERE rowid IN (SELECT key FROM passages WHERE document = ?)", (document,)
        )
        if taken_out:
            # FTS5 only marks words as deleted until it merges its parts.
            self._database.write("INSERT INTO words (words) VALUES ('optimize')")
        self._database.write("DELETE FROM documents WHERE id = ?", (document,))

    def printed_pages(self) -> dict[str, tuple[str, str]]:
        """The first and the last number printed on the pages of each paper, by its id; papers without are left out."""
        inside = "SELECT label FROM pages WHERE document = p.document AND number BETWEEN p.first_page AND p.last_page"
        first, last = (f"({inside} AND label IS NOT NULL ORDER BY number {order} LIMIT 1)" for order in ("", "DESC"))
        rows = self._database.rows(f"SELECT p.document, p.number, {first}, {last} FROM papers p")
        return {f"{document}#{number}": (one, other) for document, number, one, other in rows if one is not None}

    # Pages and passages

    def page(self, document: str, number: int) -> PageText | None:
        """One page as stored, None if it isn't there."""
        rows = self._database.rows(f"{_PAGE} WHERE document = ? AND number = ?", (document, number))
        return _page_text(rows[0]) if rows else None

    def page_at(self, document: str, offset: int) -> PageText | None:
        """The page on which an offset of a document's text lies, None if there is none."""
        rows = self._database.rows(
            f"{_PAGE} WHERE document = ? AND start <= ? AND ? <= end", (document, offset, offset)
        )
        return _page_text(rows[0]) if rows else None

    def pages(self, document: str, *, first: int = 1, last: int | None = None) -> tuple[PageText, ...]:
        """The pages of a document in order: all, or those from `first` to `last`."""
        rows = self._database.rows(
            f"{_PAGE} WHERE document = ? AND number >= ? AND number <= coalesce(?, number) ORDER BY number",
            (document, first, last),
        )
        return tuple(_page_text(row) for row in rows)

    def places(self, key: int) -> tuple[PlacedPassage, ...]:
        """The passage of that key and all others with the same text, in order of their papers' dates and of place."""
        rows = self._database.rows(
            "SELECT key FROM passages WHERE same = (SELECT same FROM passages WHERE key = ?)", (key,)
        )
        found = list(self.passages([row[0] for row in rows]))
        text = next((essence(placed.passage.text) for placed in found if placed.key == key), None)
        same = [placed for placed in found if essence(placed.passage.text) == text]
        return tuple(sorted(same, key=lambda p: (p.paper.date or "9999", p.passage.document, p.passage.start)))

    def passage_at(self, document: str, start: int, end: int, filter_: Filter) -> PlacedPassage | None:
        """The passage of a document that holds that stretch of its text whole; None where none does, or where its paper
        doesn't pass the filter."""
        passing, values = where(filter_)
        rows = self._database.rows(
            "SELECT x.key FROM passages x JOIN papers p ON p.document = x.document AND p.number = x.paper "
            f"WHERE x.document = ? AND x.start <= ? AND x.end >= ? AND {passing} ORDER BY x.start DESC LIMIT 1",
            (document, start, end, *values),
        )
        return next(self.passages([rows[0][0]])) if rows else None

    def passages(self, keys: Sequence[int] | None = None) -> Iterator[PlacedPassage]:
        """The passages of these keys, or all, in the order of the documents."""
        where = "" if keys is None else f"WHERE x.key IN ({numbers(keys)})"
        for row in self._database.rows(
            "SELECT x.key, x.start, x.end, x.text, x.headings, x.headers, x.introduction, x.extracts, x.page, g.label, "
            f"{_OF_PAPER} FROM passages x JOIN papers p ON p.document = x.document AND p.number = x.paper "
            f"JOIN pages g ON g.document = x.document AND g.number = x.page {where} ORDER BY x.document, x.start"
        ):
            key, start, end, text, headings, headers, introduction, extracts, page, label, *rest = row
            paper = paper_of(rest)
            passage = Passage(
                document=paper.document,
                paper=paper.id,
                start=start,
                end=end,
                text=text,
                headings=tuple(json.loads(headings)),
                headers=tuple(json.loads(headers)),
                introduction=introduction,
                extracts=tuple((a, b) for a, b in json.loads(extracts)),
            )
            yield PlacedPassage(key, passage, paper, page, label)

    # Vectors and words

    def vectors(self, dimension: int, passages: Sequence[int]) -> tuple[list[tuple[int, int, int]], Vectors]:
        """The vectors of these passages: (passage key, start, end) of each as stored, and the vectors row by row."""
        rows = self._database.rows(
            f"SELECT passage, start, end, vector FROM vectors WHERE passage IN ({numbers(passages)}) ORDER BY id"
        )
        return [(row[0], row[1], row[2]) for row in rows], _unpacked([row[3] for row in rows], dimension)

    def vectors_after(self, id_: int, dimension: int) -> tuple[NDArray[np.int64], Vectors]:
        """The vectors stored after the one of that id: their ids, and the vectors row by row. No id is used twice."""
        rows = self._database.rows("SELECT id, vector FROM vectors WHERE id > ? ORDER BY id", (id_,))
        return np.array([row[0] for row in rows], dtype=np.int64), _unpacked([row[1] for row in rows], dimension)

    def vector_ids(self, filter_: Filter) -> NDArray[np.int64]:
        """The ids of the vectors whose papers pass the filter."""
        passing, values = where(filter_)
        rows = self._database.rows(
            "SELECT v.id FROM vectors v JOIN passages x ON x.key = v.passage "
            f"JOIN papers p ON p.document = x.document AND p.number = x.paper WHERE {passing} ORDER BY v.id",
            values,
        )
        return np.array([row[0] for row in rows], dtype=np.int64)

    def passages_of(self, vectors: Sequence[int]) -> dict[int, tuple[int, tuple[str, int]]]:
        """For each of these vectors its passage: key and place (document, start)."""
        rows = self._database.rows(
            "SELECT v.id, x.key, x.document, x.start FROM vectors v JOIN passages x ON x.key = v.passage "
            f"WHERE v.id IN ({numbers(vectors)})"
        )
        return {id_: (key, (document, start)) for id_, key, document, start in rows}

    def matching(
        self, terms: Sequence[str], filter_: Filter, limit: int, *, context_weight: float
    ) -> list[tuple[int, float]]:
        """Passage keys that hold any of the terms, best first, with their BM25 score turned so that higher is better.

        `context_weight` is what a match in title, date and headings counts beside one in the text (1.0). BM25 as SQLite
        FTS5 has it (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75). Passages that score alike come in order of place.
        """
        query = " OR ".join(f'"{term}"' for term in (re.sub(r"[^\w]+", " ", t).strip() for t in terms) if term)
        if not query or limit <= 0:
            return []
        passing, values = where(filter_)
        rows = self._database.rows(
            "SELECT x.key, -bm25(words, 1.0, ?) AS score FROM words JOIN passages x ON x.key = words.rowid "
            f"JOIN papers p ON p.document = x.document AND p.number = x.paper WHERE words MATCH ? AND {passing} "
            "ORDER BY score DESC, x.document, x.start LIMIT ?",
            (context_weight, query, *values, limit),
        )
        return [(int(key), float(score)) for key, score in rows]

    def document_frequency(self, stems: Sequence[str]) -> dict[str, int]:
        """In how many passages each stem (as FTS5's Porter tokenizer makes them) stands; those in none are left out."""
        marks = ", ".join("?" * len(stems))
        return dict(self._database.rows(f"SELECT term, doc FROM vocabulary WHERE term IN ({marks})", list(stems)))

    def count_passages(self) -> int:
        """How many passages there are."""
        return int(self._database.rows("SELECT count(*) FROM passages")[0][0])

    def extent(self, filter_: Filter) -> Extent:
        """How much passes the filter."""
        passing, values = where(filter_)
        counted = "count(DISTINCT document), count(*), min(substr(date, 1, 4)), max(substr(date, 1, 4))"
        return Extent(*self._database.rows(f"SELECT {counted} FROM papers p WHERE {passing}", values)[0])


def searchable(text: str) -> str:
    """The text as words are looked for in it: a word that a line's end cut is whole again."""
    return text.replace("\N{SOFT HYPHEN}\n", "-").replace("\N{SOFT HYPHEN}", "-").replace(PAGE_BREAK, " ")


def _unpacked(rows: Sequence[bytes], dimension: int) -> Vectors:
    return np.frombuffer(b"".join(rows), dtype="<f4").astype(np.float32).reshape(len(rows), dimension)


_PAGE = "SELECT number, label, start, end, text, witnesses, problem, confidence FROM pages"


def _page_text(row: Sequence[object]) -> PageText:
    number, label, start, end, text, witnesses, problem, confidence = row
    told = tuple(json.loads(witnesses))  # type: ignore[arg-type]
    return PageText(number, label, start, end, text, told, problem, confidence)  # type: ignore[arg-type]


def _page_row(document: Document, page: Page, held_back: Sequence[Paper]) -> tuple[object, ...]:
    exempt = any(p.first_page <= page.number <= p.last_page for p in held_back)
    text = "" if exempt else document.text[page.start : page.end]
    witnesses = () if exempt else page.witnesses
    problem, confidence = ("held back", None) if exempt else (page.problem, page.confidence)
    return document.id, page.number, page.label, page.start, page.end, text, json.dumps(witnesses), problem, confidence
