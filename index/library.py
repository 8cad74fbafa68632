"""A library: the folder in which everything that was added is kept, and the only writer of it.

    library.db      the catalogue, which is the truth
    vectors.faiss   its vectors again, ready for searching: brought up to date or made anew from the catalogue
    originals/      the files as they were added, named by their SHA-256 (none of a file that has exempt papers)
    writer.lock     held by the one process that writes

Adding is incremental: a file whose bytes are known is skipped before any model is loaded. A document's rows go into the
catalogue in one transaction, so a kill at any moment loses at most the document in flight, and `check` tells what an
interrupted add still had to read. Reading everything anew (`rebuild`) is one transaction as a whole.
"""

from __future__ import annotations

import contextlib
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
import numpy as np

from corpus.documents import Document
from corpus.errors import CouncilPapersError, UnreadableDocument
from corpus.reading.files import sha256_of
from corpus.reading.worker import Limits, read_all
from index.adding import Added, Adding, settle_approvals
from index.catalogue import (
    Catalogue,
    Entry,
    PageText,
    PlacedPassage,
    Unread,
    Vectors,
)
from index.checks import encoder_mismatch, made_with, problems
from index.database import LibraryUnavailable
from index.encoder import Encoder
from index.hits import Extent, Filter
from index.lexicon import PlacedDefinition
from index.originals import Originals
from index.problems import SEVERITIES, Problem, command, would_be_id
from index.records import RecordTable
from index.schema import FORMAT
from index.ties import Ties

if TYPE_CHECKING:
    from index.vectors import VectorIndex

CATALOGUE = "library.db"
REBUILDING = "rebuild-"

Reading = Callable[[Sequence[Path], str | None, Limits], Iterator[tuple[Path, Document | UnreadableDocument]]]
"""How files become documents: given the files, a password and what one may cost, each file with its document, or with
why it can't be read, in any order."""


class LibraryMissing(CouncilPapersError):
    """There is no library in the folder."""


class LibraryMismatch(CouncilPapersError):
    """The library was made by another encoder or another version of the program."""


class LibraryBusy(CouncilPapersError):
    """Another process is writing to the library."""


class UnknownDocument(CouncilPapersError):
    """The library has no such document."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A stretch of a stored passage that can be quoted, and its unit vector."""

    passage: int
    start: int
    end: int
    vector: Vectors


class Library:
    """An open library. Searching needs vectors of the encoder that it was made with; listing and checking need none."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        """Use `open` or `create`."""
        self.folder = folder
        self._catalogue = catalogue
        self._originals = Originals(folder / "originals")
        self._vectors: tuple[int, VectorIndex] | None = None

    @classmethod
    def open(cls, folder: Path) -> Library:
        """Open the library in a folder.

        Raises LibraryMissing, LibraryMismatch (another format), LibraryDamaged or LibraryUnavailable.
        """
        if not (folder / CATALOGUE).is_file():
            raise LibraryMissing(f"There is no library in {folder}; make one with: {command('add FILES', folder)}")
        return cls._open(folder)

    @classmethod
    def create(cls, folder: Path, *, rebuild: bool = False) -> Library:
        """Open the library in a folder, making an empty one where there is none.

        With `rebuild`, one of an earlier format is opened too, for nothing but an `add` that makes it anew.
        """
        try:
            (folder / "originals").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryMissing(
                f"A library can't be made in {folder} ({error.strerror}); name another with --library."
            ) from error
        return cls._open(folder, rebuild=rebuild)

    @classmethod
    def _open(cls, folder: Path, *, rebuild: bool = False) -> Library:
        catalogue = Catalogue(folder / CATALOGUE)
        library = cls(folder, catalogue)
        try:
            if not (rebuild and catalogue.can_be_renewed):
                library._check_format()
        except LibraryMismatch:
            catalogue.close()
            raise
        return library

    def _check_format(self) -> None:
        if self._catalogue.format != str(FORMAT):
            remedy = "move the folder away and add the files again."
            if self._catalogue.can_be_renewed:
                remedy = f"make it anew from the files that it keeps, with: {command('add --rebuild', self.folder)}"
            raise LibraryMismatch(
                f"The library in {self.folder} has format {self._catalogue.format}, this program reads {FORMAT}; "
                + remedy
            )

    @property
    def is_of_earlier_format(self) -> bool:
        """Whether nothing can be done with it before it is made anew."""
        return self._catalogue.can_be_renewed

    def close(self) -> None:
        """Close the library's files."""
        self._catalogue.close()

    def __enter__(self) -> Library:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    # What is in it

    def documents(self) -> tuple[Entry, ...]:
        """All documents by id, each with its papers."""
        return self._catalogue.entries()

    def ties(self) -> dict[str, Ties]:
        """What ties papers to others, by the papers' ids: approvals of minutes, the same text, versions."""
        return self._catalogue.ties.all()

    @property
    def generation(self) -> int:
        """Counts the changes: what was worked out from the library is out of date where this is another."""
        return self._catalogue.generation

    def definitions(self) -> tuple[PlacedDefinition, ...]:
        """What the papers say that short forms stand for ("MASH"), in order of place."""
        return self._catalogue.lexicon.definitions()

    def spellings(self) -> Mapping[str, int]:
        """The library's own words in lower case, three letters or more, each with the number of passages in which it
        stands. Adds up all documents' words each time: keep it as long as the `generation` is the same."""
        return self._catalogue.lexicon.spellings()

    @property
    def records(self) -> RecordTable:
        """What its papers record: findings, promises and figures."""
        return self._catalogue.records

    def printed_pages(self) -> dict[str, tuple[str, str]]:
        """The first and the last number printed on the pages of each paper, by its id; papers without are left out."""
        return self._catalogue.printed_pages()

    def unreadable(self) -> tuple[Unread, ...]:
        """The files that could not be read, by name, each with the reason."""
        return self._catalogue.unreadable()

    def passages(self) -> Iterator[PlacedPassage]:
        """All passages in the order of their documents."""
        return self._catalogue.passages()

    def placed(self, keys: Sequence[int]) -> dict[int, PlacedPassage]:
        """The passages of these keys, with their papers and pages; keys that are gone are left out."""
        return {placed.key: placed for placed in self._catalogue.passages(keys)}

    def passage_at(self, document: str, start: int, end: int, filter_: Filter) -> PlacedPassage | None:
        """The passage of a document that holds a stretch of its text (by offsets) whole; None where none does, or where
        its paper doesn't pass the filter."""
        return self._catalogue.passage_at(document, start, end, filter_)

    def places(self, key: int) -> tuple[PlacedPassage, ...]:
        """All places in which the text of a passage stands, its own among them, in order of their papers' dates.

        One text is what has the same letters, figures and signs, whatever its line ends, table bars and bullets.
        """
        return self._catalogue.places(key)

    def page(self, document: str, number: int) -> PageText | None:
        """A page as stored, None if there is none."""
        return self._catalogue.page(document, number)

    def page_text(self, document: str, number: int) -> str:
        """The stored text of a page; empty where there is no such page."""
        page = self.page(document, number)
        return page.text if page else ""

    def page_at(self, document: str, offset: int) -> PageText | None:
        """The page on which an offset of a document's text lies, None if there is none."""
        return self._catalogue.page_at(document, offset)

    def pages(self, document: str) -> tuple[PageText, ...]:
        """All pages of a document as stored."""
        return self._catalogue.pages(document)

    def extent(self, filter_: Filter) -> Extent:
        """How much a search under this filter looks through."""
        return self._catalogue.extent(filter_)

    def original(self, document: str) -> Path | None:
        """The document's file as it was added; None where it isn't kept (a file with exempt papers) or is gone."""
        entry = next((entry for entry in self.documents() if entry.id == document), None)
        path = self._originals.path(entry.file, entry.sha256) if entry else None
        return path if path and path.is_file() else None

    # Searching

    @property
    def made_with(self) -> str | None:
        """The name of the encoder that made its vectors; None where it has none yet."""
        return made_with(self._catalogue)

    def check_encoder(self, encoder: Encoder) -> None:
        """Raise LibraryMismatch where the library's vectors were made by another encoder."""
        if mismatch := encoder_mismatch(self.folder, self._catalogue, encoder.name):
            raise LibraryMismatch(f"{mismatch.message[:-1]}; {mismatch.remedy}")

    def nearest(self, vector: Vectors, filter_: Filter, limit: int) -> list[tuple[int, float]]:
        """The passages nearest in meaning to a question's vector: (key, cosine) of each passage's nearest vector, be it
        the whole passage's or an extract's; best first, and in order of place where the cosines are the same.

        Raises LibraryMismatch for a vector of another length than the library's: it was made anew while it was open.
        """
        index = self._index()
        if not len(index):
            return []
        if len(vector) != index.dimension:
            raise LibraryMismatch(
                f"The library in {self.folder} was made anew with the encoder {self._catalogue.meta('encoder')}; "
                "start again with that one."
            )
        allowed = None if filter_ == Filter() else self._catalogue.vector_ids(filter_)
        # A passage has a few vectors; ask for more until enough passages are found or there are no more vectors.
        wanted = limit * 4
        while True:
            found = index.search(vector, wanted, allowed)
            owner = self._catalogue.passages_of([i for i, _ in found])
            best: dict[int, float] = {}
            places = dict(owner.values())
            for i, score in found:
                if i in owner:
                    best.setdefault(owner[i][0], score)
            if len(best) >= limit or len(found) < wanted:
                break
            wanted *= 4
        return sorted(best.items(), key=lambda pair: (-pair[1], places[pair[0]]))[:limit]

    def matching(
        self, terms: Sequence[str], filter_: Filter, limit: int, *, context_weight: float
    ) -> list[tuple[int, float]]:
        """The passages that hold any of the words: (key, BM25 score), best first."""
        return self._catalogue.matching(terms, filter_, limit, context_weight=context_weight)

    def rarity(self, stems: Sequence[str]) -> dict[str, float]:
        """How much each stem tells: ln(1 + passages / (passages that hold it + 1)), so that one in none tells most."""
        total, held = self._catalogue.count_passages(), self._catalogue.document_frequency(stems)
        return {stem: math.log(1 + total / (held.get(stem, 0) + 1)) for stem in stems}

    def extracts(self, keys: Sequence[int]) -> list[Extract]:
        """What can be quoted of these passages, with vectors, in the order in which it was stored."""
        rows, vectors = self._catalogue.vectors(self._dimension, keys)
        whole: set[int] = set()
        spans = {placed.key: placed.passage.extracts for placed in self._catalogue.passages(keys)}
        found = []
        for (passage, start, end), vector in zip(rows, vectors, strict=True):
            alone = len(spans.get(passage, ())) <= 1
            if passage in whole or alone:
                start, end = spans[passage][0] if alone and spans.get(passage) else (start, end)
                found.append(Extract(passage, start, end, vector))
            whole.add(passage)
        return found

    @property
    def _dimension(self) -> int:
        return int(self._catalogue.meta("dimension") or 1)

    def _index(self) -> VectorIndex:
        """The vectors of the catalogue's present generation, from their file as far as it can be trusted."""
        generation = self._catalogue.generation
        held = self._vectors
        if held is None or held[0] != generation:
            held = (generation, self._caught_up())
            self._vectors = held
        return held[1]

    def _caught_up(self) -> VectorIndex:
        """What the file of vectors has, without what has gone from the catalogue, and with what has come since."""
        from index.vectors import VectorIndex

        dimension = self._dimension
        index = VectorIndex(dimension)
        if self._vector_file_is_sound():
            with contextlib.suppress(OSError, ValueError):
                index = VectorIndex.load(self._vector_file)
        if index.dimension != dimension:
            index = VectorIndex(dimension)
        index.remove(np.setdiff1d(index.ids, self._catalogue.vector_ids(Filter())))
        index.add(*self._catalogue.vectors_after(int(index.ids.max(initial=0)), dimension))
        return index

    @property
    def _vector_file(self) -> Path:
        return self.folder / "vectors.faiss"

    def _vector_file_is_sound(self) -> bool:
        """Whether the file of vectors is the one that was written, be it of this generation or an earlier one."""
        path = self._vector_file
        try:
            return path.is_file() and sha256_of(path) == self._catalogue.meta("vectors_sha256")
        except UnreadableDocument:
            return False

    def _vector_file_is_current(self) -> bool:
        if self._catalogue.meta("vectors_generation") != str(self._catalogue.generation):
            return self._catalogue.generation == 0
        return self._vector_file_is_sound()

    # Writing

    @contextmanager
    def _writing(self) -> Iterator[None]:
        lock = filelock.FileLock(self.folder / "writer.lock")
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout as error:
            raise LibraryBusy(
                f"Another process is adding to the library in {self.folder}; try again when it has finished."
            ) from error
        except OSError as error:
            raise LibraryUnavailable(
                f"The library in {self.folder} can't be written to ({error.strerror}); "
                "see that you may write to the folder."
            ) from error
        try:
            self._sweep()
            yield
            self._sweep()
            self._save_vectors()
        finally:
            lock.release()

    def add(
        self,
        paths: Sequence[Path],
        encoder: Encoder,
        *,
        password: str | None = None,
        limits: Limits | None = None,
        rebuild: bool = False,
        read: Reading | None = None,
    ) -> Iterator[Added]:
        """Add files, or files in folders; gives the outcome for each as it is known.

        A file with known bytes is skipped, one with a known name and other bytes replaces its document, one that can't
        be read fails alone. With `rebuild`, everything in the library is read anew, from the files named and else from
        the originals: all of it, or the library stays as it was. `read` reads the files, each in a process of its own
        if not given.

        Raises LibraryBusy where another process writes, LibraryMismatch where the library has another encoder's
        vectors or an earlier format, RebuildFailed where something can't be read anew.
        """
        reading = read or _read_apart
        allowed = limits or Limits()
        with self._writing():
            adding = Adding(
                self.folder, self._catalogue, self._originals, encoder, lambda files: reading(files, password, allowed)
            )
            if not rebuild:
                self._check_format()
                self.check_encoder(encoder)
                yield from adding.add(paths)
                return
            with tempfile.TemporaryDirectory(prefix=REBUILDING, dir=self.folder) as copies:
                yield from adding.rebuild(paths, Path(copies))

    def remove(self, documents: Sequence[str]) -> tuple[str, ...]:
        """Take documents out, each whole; gives their files' names. Raises UnknownDocument before any is taken out.

        A file that an interrupted add left unread, or that could not be read, counts as one by its id or by its name:
        it is given up.
        """
        with self._writing():
            files = self._unread() | {entry.id: entry.file for entry in self.documents()}
            for document in documents:
                if document not in files:
                    raise UnknownDocument(
                        f"The library has no document {document}; see what it has with: {command('list', self.folder)}"
                    )
            unique = tuple(dict.fromkeys(documents))
            for document in unique:
                with self._catalogue.transaction():
                    self._catalogue.remove(document)
                    self._catalogue.done_with(files[document])
                    self._catalogue.forget_unreadable([files[document]])
                    settle_approvals(self._catalogue)
            return tuple(files[document] for document in unique)

    def _unread(self) -> dict[str, str]:
        """The files that aren't documents yet, or never will be, by their names and by the ids that they would have."""
        names = [*self._catalogue.pending(), *(unread.file for unread in self._catalogue.unreadable())]
        ids = {id_: name for name in reversed(names) if (id_ := would_be_id(name))}
        return ids | {name: name for name in names}

    def _save_vectors(self) -> None:
        """Write the vectors of the present generation, unless they are there."""
        if self._vector_file_is_current():
            return
        generation, index = self._catalogue.generation, self._index()
        try:
            index.save(self._vector_file)
            written = sha256_of(self._vector_file)
        except (OSError, UnreadableDocument):
            # The disk is full, or a reader on Windows has the file open. Searching works without; the next add tries
            # again, and `check` tells.
            return
        self._catalogue.set_meta(vectors_generation=str(generation), vectors_sha256=written)

    def _sweep(self) -> None:
        """Take away what has gone from the catalogue, and what an interrupted add left beside it."""
        kept = self._catalogue.kept_files().values()
        self._originals.sweep({self._originals.path(file, sha256) for _, file, sha256 in kept})
        with contextlib.suppress(OSError):
            self._vector_file.with_suffix(".part").unlink(missing_ok=True)
        for path in self.folder.glob(f"{REBUILDING}*"):
            shutil.rmtree(path, ignore_errors=True)

    # Checking

    def check(self, encoder: Encoder) -> tuple[Problem, ...]:
        """What is wrong with the library, each with its remedy; and, as notes, what a reader should know of it. The
        worst comes first."""
        current = self._vector_file_is_current()
        found = problems(self.folder, self._catalogue, self._originals, encoder.name, vectors_current=current)
        return tuple(sorted(found, key=lambda problem: SEVERITIES.index(problem.severity)))


def _read_apart(
    paths: Sequence[Path], password: str | None, limits: Limits
) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
    return read_all(paths, password, limits, processes=max(1, min(4, os.cpu_count() or 1)))
