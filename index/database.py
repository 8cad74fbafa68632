"""A SQLite file with its tables: opened, read, and written in transactions. The only file that knows sqlite3."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import CouncilPapersError

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_OUTSIDE = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}

WAIT = 30.0
"""Seconds to wait for another process that has the file locked."""


class LibraryDamaged(CouncilPapersError):
    """The catalogue is no sound SQLite file."""


class LibraryUnavailable(CouncilPapersError):
    """The catalogue can't be read or written just now: a full disk, a folder that may not be written to."""


class Database:
    """A SQLite file. Reads may come from any thread; one process at a time writes."""

    def __init__(self, path: Path, *, schema: str) -> None:
        """Open the file, making it with the tables of `schema` (one of them is "meta") if it isn't there.

        Raises LibraryDamaged or LibraryUnavailable.
        """
        self._lock = threading.RLock()
        self._path = path
        with self._told():
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=WAIT)
        try:
            try:
                self._set_up(schema)
            except LibraryUnavailable as error:
                # A folder that may only be read has no room for SQLite's own files. Without a log of unmerged changes
                # the file alone is the whole truth, and can be read as it is.
                log = path.with_name(f"{path.name}-wal")
                if _is_busy(error) or not path.is_file() or (log.is_file() and log.stat().st_size):
                    raise
                self._db.close()
                address = f"{path.resolve().as_uri()}?immutable=1"
                self._db = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
                self.rows("SELECT 1 FROM meta")
        except BaseException:
            self._db.close()
            raise

    def _set_up(self, schema: str) -> None:
        with self._told():
            self._db.execute("PRAGMA foreign_keys = ON")
        self._use_log()
        with self._told():
            self._db.execute("PRAGMA synchronous = FULL")
            # What was taken out is overwritten: a paper may have been published by mistake.
            self._db.execute("PRAGMA secure_delete = ON")
        if not self._has_tables():
            with self.transaction():
                if not self._has_tables():  # another process may have made them in the meantime
                    self.run(schema)

    def _use_log(self) -> None:
        """Write to a log first. Whoever makes the file at the same moment has it locked, and for this one statement
        SQLite itself doesn't wait."""
        until = time.monotonic() + WAIT
        while True:
            try:
                with self._told():
                    self._db.execute("PRAGMA journal_mode = WAL")
                return
            except LibraryUnavailable as error:
                if not _is_busy(error) or time.monotonic() > until:
                    raise
            time.sleep(0.02)

    def _has_tables(self) -> bool:
        return bool(self.rows("SELECT 1 FROM sqlite_master WHERE name = 'meta'"))

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

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        """What a query gives."""
        with self._lock, self._told():
            return self._db.execute(sql, values).fetchall()

    def write(self, sql: str, values: Sequence[object] = ()) -> tuple[int, int]:
        """Run a statement that changes the file: how many rows it changed, and the key of the last row that it put in.

        What belongs together stands inside one `transaction`.
        """
        with self._lock, self._told():
            done = self._db.execute(sql, values)
            return done.rowcount, done.lastrowid or 0

    def write_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement for each of these rows."""
        with self._lock, self._told():
            self._db.executemany(sql, rows)

    def run(self, script: str) -> None:
        """Run the statements of a script, which have no semicolon inside them."""
        with self._lock, self._told():
            for statement in script.split(";"):
                self._db.execute(statement)


def _is_busy(error: LibraryUnavailable) -> bool:
    """Whether another has the file locked, which passes."""
    return getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF in _BUSY
