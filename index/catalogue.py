"""Everything a library knows, in one SQLite file: documents, pages, papers, passages, extracts, vectors, full text.

The catalogue is the truth: a document is in it whole or not at all, because all its rows are written in one
transaction. Whatever else lies in the library's folder is derived from it. The only file that knows sqlite3.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.documents import PAGE_BREAK, Access, Document, Page, Paper, Passage
from corpus.errors import CouncilPapersError
from index.hits import Filter

FORMAT = 1
"""Raised when the tables change; a library of another format is made anew from its originals."""

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pending (file TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT NOT NULL, notes TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE pages (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, number INTEGER NOT NULL, label TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, witnesses TEXT NOT NULL, problem TEXT,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE papers (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, number INTEGER NOT NULL, kind TEXT NOT NULL,
    title TEXT NOT NULL, first_page INTEGER NOT NULL, last_page INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, body TEXT, date TEXT, status TEXT, item TEXT, access TEXT NOT NULL, reason TEXT,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE passages (
    key INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    paper INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, page INTEGER NOT NULL,
    headings TEXT NOT NULL, headers TEXT NOT NULL, extracts TEXT NOT NULL
);
CREATE INDEX passages_document ON passages (document);
CREATE TABLE vectors (
    id INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX vectors_passage ON vectors (passage);
CREATE VIRTUAL TABLE words USING fts5 (text, context, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
"""

_PAPER_COLUMNS = (
    "document, number, kind, title, first_page, last_page, start, end, body, date, status, item, access, reason"
)

Vectors = NDArray[np.float32]

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_OUTSIDE = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}


class LibraryDamaged(CouncilPapersError):
    """The catalogue is no sound SQLite file."""


class LibraryUnavailable(CouncilPapersError):
    """The catalogue can't be read or written just now: a full disk, a folder that may not be written to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as a library lists it."""

    id: str
    title: str
    file: str
    sha256: str
    pages: int
    papers: tuple[Paper, ...]
    notes: tuple[str, ...]


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


class Catalogue:
    """The SQLite file of a library. Reads may come from any thread; one process at a time writes."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it with its tables if it isn't there. Raises LibraryDamaged or LibraryUnavailable."""
        self._lock = threading.RLock()
        self._path = path
        with self._told():
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        try:
            try:
                self._set_up()
            except LibraryUnavailable:
                # A folder that may only be read has no room for SQLite's own files. Without a log of unmerged changes
                # the file alone is the whole truth, and can be read as it is.
                log = path.with_name(f"{path.name}-wal")
                if not path.is_file() or (log.is_file() and log.stat().st_size):
                    raise
                self._db.close()
                address = f"{path.resolve().as_uri()}?immutable=1"
                self._db = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
                self._rows("SELECT 1 FROM meta")
        except BaseException:
            self._db.close()
            raise

    def _set_up(self) -> None:
        with self._told():
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            # What was taken out is overwritten: a paper may have been published by mistake.
            self._db.execute("PRAGMA secure_delete = ON")
        if not self._has_tables():
            with self.transaction():
                if not self._has_tables():  # another process may have made them in the meantime
                    for statement in _SCHEMA.split(";"):
                        self._db.execute(statement)
                    self.set_meta(format=str(FORMAT), generation="0")

    def _has_tables(self) -> bool:
        return bool(self._rows("SELECT 1 FROM sqlite_master WHERE name = 'meta'"))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept together, or nothing of it is. One inside another is part of it."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            with self._told():
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield
                    self._db.execute("COMMIT")
                except BaseException:
                    if self._db.in_transaction:
                        self._db.execute("ROLLBACK")
                    raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what SQLite says of a damaged file, or of a disk or folder that it can't use, into a sentence."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the higher bits tell finer kinds apart
            if code in _DAMAGE:
                raise LibraryDamaged(
                    f"The catalogue {self._path} is damaged ({error}); move the folder away and add the files again."
                ) from error
            if code in _OUTSIDE:
                raise LibraryUnavailable(
                    f"The library in {self._path.parent} can't be used just now ({error}); "
                    "see that the disk has room and that you may write to the folder."
                ) from error
            raise

    def _rows(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock, self._told():
            return self._db.execute(sql, values).fetchall()

    # What the library is

    def meta(self, key: str) -> str | None:
        """A fact about the library ("encoder", "dimension", "generation", "format"), None if unknown."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def set_meta(self, **facts: str) -> None:
        """Write facts about the library."""
        with self.transaction():
            self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(facts.items()))

    @property
    def generation(self) -> int:
        """Counts the changes: derived files carry it, and are stale where theirs is another."""
        return int(self.meta("generation") or 0)

    def is_sound(self) -> bool:
        """Whether SQLite finds no damage in the file."""
        try:
            return self._rows("PRAGMA quick_check") == [("ok",)]
        except LibraryDamaged:
            return False

    # Files that an add has set out to read

    def pending(self) -> tuple[str, ...]:
        """The files that an add began and didn't finish with, by name."""
        return tuple(str(row[0]) for row in self._rows("SELECT file FROM pending ORDER BY file"))

    def set_pending(self, files: Sequence[str]) -> None:
        """Note what an add sets out to read, beside what an earlier one left unread."""
        with self.transaction():
            self._db.executemany("INSERT OR IGNORE INTO pending VALUES (?)", [(f,) for f in files])

    def done_with(self, file: str) -> None:
        """Take a file off the list of those still to read."""
        if file in self.pending():
            with self.transaction():
                self._db.execute("DELETE FROM pending WHERE file = ?", (file,))

    # Documents

    def entries(self) -> tuple[Entry, ...]:
        """All documents by id, with their papers."""
        papers: dict[str, list[Paper]] = {}
        for row in self._rows(f"SELECT {_PAPER_COLUMNS} FROM papers ORDER BY document, number"):
            papers.setdefault(row[0], []).append(_paper(row))
        pages = dict(self._rows("SELECT document, count(*) FROM pages GROUP BY document"))
        return tuple(
            Entry(id_, title, file, sha256, pages.get(id_, 0), tuple(papers.get(id_, ())), tuple(json.loads(notes)))
            for id_, title, file, sha256, notes in self._rows(
                "SELECT id, title, file, sha256, notes FROM documents ORDER BY id"
            )
        )

    def put(self, document: Document, papers: Sequence[Paper], passages: Sequence[EncodedPassage]) -> None:
        """Store a document in place of what was stored under its id; all of it or, on any error, nothing.

        Of an exempt paper, only its place and the reason are stored.
        """
        held_back = [p for p in papers if p.access is Access.EXEMPT]
        with self.transaction():
            self._delete(document.id)
            self._db.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?)",
                (document.id, document.file, document.sha256, document.title, json.dumps(document.notes)),
            )
            self._db.executemany(
                "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [_page_row(document, page, held_back) for page in document.pages],
            )
            self._db.executemany(
                f"INSERT INTO papers ({_PAPER_COLUMNS}) VALUES ({', '.join('?' * 14)})", [_paper_row(p) for p in papers]
            )
            for encoded in passages:
                self._put_passage(document, encoded)
            self.done_with(document.file)
            self.set_meta(generation=str(self.generation + 1))

    def _put_passage(self, document: Document, encoded: EncodedPassage) -> None:
        passage = encoded.passage
        page = next(p.number for p in document.pages if passage.start <= p.end)
        key = self._db.execute(
            "INSERT INTO passages (document, paper, start, end, text, page, headings, headers, extracts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            ),
        ).lastrowid
        assert key is not None  # SQLite gives a key for every row inserted
        self._db.execute(
            "INSERT INTO words (rowid, text, context) VALUES (?, ?, ?)",
            (key, searchable(passage.text), encoded.context),
        )
        spans = [(passage.start, passage.end), *passage.extracts][: len(encoded.vectors)]
        self._db.executemany(
            "INSERT INTO vectors (passage, start, end, vector) VALUES (?, ?, ?, ?)",
            [
                (key, start, end, vector.astype("<f4").tobytes())
                for (start, end), vector in zip(spans, encoded.vectors, strict=True)
            ],
        )

    def remove(self, document: str) -> None:
        """Take a document out whole."""
        with self.transaction():
            self._delete(document)
            self.set_meta(generation=str(self.generation + 1))

    def _delete(self, document: str) -> None:
        words = self._db.execute(
            "DELETE FROM words WHERE rowid IN (SELECT key FROM passages WHERE document = ?)", (document,)
        )
        if words.rowcount:
            # FTS5 only marks words as deleted until it merges its parts.
            self._db.execute("INSERT INTO words (words) VALUES ('optimize')")
        self._db.execute("DELETE FROM documents WHERE id = ?", (document,))

    # Pages and passages

    def page(self, document: str, number: int) -> PageText | None:
        """One page as stored, None if it isn't there."""
        rows = self._rows(f"{_PAGE} WHERE document = ? AND number = ?", (document, number))
        return _page_text(rows[0]) if rows else None

    def page_at(self, document: str, offset: int) -> PageText | None:
        """The page on which an offset of a document's text lies, None if there is none."""
        rows = self._rows(f"{_PAGE} WHERE document = ? AND start <= ? AND ? <= end", (document, offset, offset))
        return _page_text(rows[0]) if rows else None

    def pages(self, document: str) -> tuple[PageText, ...]:
        """All pages of a document in order."""
        return tuple(_page_text(row) for row in self._rows(f"{_PAGE} WHERE document = ? ORDER BY number", (document,)))

    def passages(self, keys: Sequence[int] | None = None) -> Iterator[PlacedPassage]:
        """The passages of these keys, or all, in the order of the documents."""
        where = "" if keys is None else f"WHERE x.key IN ({_marks(keys)})"
        papers = ", ".join(f"p.{column}" for column in _PAPER_COLUMNS.split(", "))
        for row in self._rows(
            "SELECT x.key, x.start, x.end, x.text, x.headings, x.headers, x.extracts, x.page, g.label, "
            f"{papers} FROM passages x JOIN papers p ON p.document = x.document AND p.number = x.paper "
            f"JOIN pages g ON g.document = x.document AND g.number = x.page {where} ORDER BY x.document, x.start"
        ):
            key, start, end, text, headings, headers, extracts, page, label, *rest = row
            paper = _paper(rest)
            passage = Passage(
                document=paper.document,
                paper=paper.id,
                start=start,
                end=end,
                text=text,
                headings=tuple(json.loads(headings)),
                headers=tuple(json.loads(headers)),
                extracts=tuple((a, b) for a, b in json.loads(extracts)),
            )
            yield PlacedPassage(key, passage, paper, page, label)

    # Vectors and words

    def vectors(self, dimension: int, passages: Sequence[int]) -> tuple[list[tuple[int, int, int]], Vectors]:
        """The vectors of these passages: (passage key, start, end) of each as stored, and the vectors row by row."""
        rows = self._rows(
            f"SELECT passage, start, end, vector FROM vectors WHERE passage IN ({_marks(passages)}) ORDER BY id"
        )
        return [(row[0], row[1], row[2]) for row in rows], _unpacked([row[3] for row in rows], dimension)

    def vectors_after(self, id_: int, dimension: int) -> tuple[NDArray[np.int64], Vectors]:
        """The vectors stored after the one of that id: their ids, and the vectors row by row. No id is used twice."""
        rows = self._rows("SELECT id, vector FROM vectors WHERE id > ? ORDER BY id", (id_,))
        return np.array([row[0] for row in rows], dtype=np.int64), _unpacked([row[1] for row in rows], dimension)

    def vector_ids(self, filter_: Filter) -> NDArray[np.int64]:
        """The ids of the vectors whose papers pass the filter."""
        where, values = _where(filter_)
        rows = self._rows(
            "SELECT v.id FROM vectors v JOIN passages x ON x.key = v.passage "
            f"JOIN papers p ON p.document = x.document AND p.number = x.paper WHERE {where} ORDER BY v.id",
            values,
        )
        return np.array([row[0] for row in rows], dtype=np.int64)

    def passages_of(self, vectors: Sequence[int]) -> dict[int, tuple[int, tuple[str, int]]]:
        """For each of these vectors its passage: key and place (document, start)."""
        rows = self._rows(
            "SELECT v.id, x.key, x.document, x.start FROM vectors v JOIN passages x ON x.key = v.passage "
            f"WHERE v.id IN ({_marks(vectors)})"
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
        where, values = _where(filter_)
        rows = self._rows(
            "SELECT x.key, -bm25(words, 1.0, ?) AS score FROM words JOIN passages x ON x.key = words.rowid "
            f"JOIN papers p ON p.document = x.document AND p.number = x.paper WHERE words MATCH ? AND {where} "
            "ORDER BY score DESC, x.document, x.start LIMIT ?",
            (context_weight, query, *values, limit),
        )
        return [(int(key), float(score)) for key, score in rows]

    def document_frequency(self, stems: Sequence[str]) -> dict[str, int]:
        """In how many passages each stem (as FTS5's Porter tokenizer makes them) stands; those in none are left out."""
        marks = ", ".join("?" * len(stems))
        return dict(self._rows(f"SELECT term, doc FROM vocabulary WHERE term IN ({marks})", list(stems)))

    def count_passages(self) -> int:
        """How many passages there are."""
        return int(self._rows("SELECT count(*) FROM passages")[0][0])

    def count_papers(self, filter_: Filter) -> tuple[int, int]:
        """How many documents and papers pass the filter."""
        where, values = _where(filter_)
        rows = self._rows(f"SELECT count(DISTINCT document), count(*) FROM papers p WHERE {where}", values)
        return int(rows[0][0]), int(rows[0][1])


def searchable(text: str) -> str:
    """The text as words are looked for in it: a word that a line's end cut is whole again."""
    return text.replace("\N{SOFT HYPHEN}\n", "-").replace("\N{SOFT HYPHEN}", "-").replace(PAGE_BREAK, " ")


def _marks(numbers: Sequence[int]) -> str:
    """Whole numbers as SQL; written out because SQLite takes only so many values beside a statement."""
    return ", ".join(str(int(number)) for number in numbers)


def _unpacked(rows: Sequence[bytes], dimension: int) -> Vectors:
    return np.frombuffer(b"".join(rows), dtype="<f4").astype(np.float32).reshape(len(rows), dimension)


_PAGE = "SELECT number, label, start, end, text, witnesses, problem FROM pages"


def _page_text(row: Sequence[object]) -> PageText:
    number, label, start, end, text, witnesses, problem = row
    return PageText(number, label, start, end, text, tuple(json.loads(witnesses)), problem)  # type: ignore[arg-type]


def _page_row(document: Document, page: Page, held_back: Sequence[Paper]) -> tuple[object, ...]:
    exempt = any(p.first_page <= page.number <= p.last_page for p in held_back)
    text = "" if exempt else document.text[page.start : page.end]
    witnesses = () if exempt else page.witnesses
    problem = "held back" if exempt else page.problem
    return document.id, page.number, page.label, page.start, page.end, text, json.dumps(witnesses), problem


def _paper_row(paper: Paper) -> tuple[object, ...]:
    return (
        paper.document,
        paper.number,
        paper.kind,
        paper.title,
        paper.first_page,
        paper.last_page,
        paper.start,
        paper.end,
        paper.body,
        paper.date,
        paper.status,
        paper.item,
        paper.access.value,
        paper.reason,
    )


def _paper(row: Sequence) -> Paper:  # type: ignore[type-arg]
    document, number, kind, title, first_page, last_page, start, end, body, date, status, item, access, reason = row
    return Paper(
        document=document,
        number=number,
        kind=kind,
        title=title,
        first_page=first_page,
        last_page=last_page,
        start=start,
        end=end,
        body=body,
        date=date,
        status=status,
        item=item,
        access=Access(access),
        reason=reason,
    )


def _where(filter_: Filter) -> tuple[str, list[object]]:
    """The filter as SQL over papers `p`. Dates compare as prefixes: "2022-06" lies in "2022" and holds "2022-06-14"."""
    clauses, values = ["p.access = 'public'"], list[object]()
    if filter_.since:
        # A paper of "2022" may be as late as December: it passes if the end of what is known isn't before.
        clauses.append("p.date IS NOT NULL AND substr(p.date || '-99-99', 1, 10) >= ?")
        values.append(filter_.since)
    if filter_.until:
        clauses.append("p.date IS NOT NULL AND p.date <= ?")
        values.append(filter_.until + "-99-99"[: 10 - len(filter_.until)])
    for column, wanted in (("p.kind", filter_.kinds), ("p.document", filter_.documents)):
        if wanted:
            clauses.append(f"{column} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    return " AND ".join(clauses), values
