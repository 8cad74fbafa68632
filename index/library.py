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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
import numpy as np

from corpus.dates import written_out
from corpus.documents import Access, Document, Paper, Passage
from corpus.errors import CouncilPapersError, UnreadableDocument
from corpus.papers import papers_of
from corpus.passages import passages_of
from corpus.reading.files import SUPPORTED, document_id, sha256_of
from corpus.reading.worker import Limits, read_all
from index.catalogue import (
    FORMAT,
    Catalogue,
    EncodedPassage,
    Entry,
    LibraryUnavailable,
    PageText,
    PlacedPassage,
    Vectors,
    searchable,
)
from index.checks import Problem, command, encoder_mismatch, problems
from index.encoder import ROOM_FOR_CONTEXT, Encoder, encodable
from index.hits import Filter

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


class RebuildFailed(CouncilPapersError):
    """Not everything in the library can be read anew; it stays as it was."""


class UnknownDocument(CouncilPapersError):
    """The library has no such document."""


class Outcome(StrEnum):
    """What became of a file that was to be added."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    HELD_BACK = "held back"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Added:
    """The outcome for one file, and a sentence about it."""

    file: str
    outcome: Outcome
    message: str
    document: str | None = None


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
    def create(cls, folder: Path) -> Library:
        """Open the library in a folder, making an empty one where there is none."""
        try:
            (folder / "originals").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryMissing(
                f"A library can't be made in {folder} ({error.strerror}); name another with --library."
            ) from error
        return cls._open(folder)

    @classmethod
    def _open(cls, folder: Path) -> Library:
        catalogue = Catalogue(folder / CATALOGUE)
        found = catalogue.meta("format")
        if found != str(FORMAT):
            catalogue.close()
            raise LibraryMismatch(
                f"The library in {folder} has format {found}, this program reads {FORMAT}; "
                "move the folder away and add the files again."
            )
        return cls(folder, catalogue)

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

    def passages(self) -> Iterator[PlacedPassage]:
        """All passages in the order of their documents."""
        return self._catalogue.passages()

    def placed(self, keys: Sequence[int]) -> dict[int, PlacedPassage]:
        """The passages of these keys, with their papers and pages; keys that are gone are left out."""
        return {placed.key: placed for placed in self._catalogue.passages(keys)}

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

    def count_papers(self, filter_: Filter) -> tuple[int, int]:
        """How many documents and papers a search under this filter looks through."""
        return self._catalogue.count_papers(filter_)

    def original(self, document: str) -> Path | None:
        """The document's file as it was added; None where it isn't kept (a file with exempt papers) or is gone."""
        entry = next((entry for entry in self.documents() if entry.id == document), None)
        path = self._original(entry) if entry else None
        return path if path and path.is_file() else None

    def _original(self, entry: Entry) -> Path:
        return self._kept(entry.file, entry.sha256)

    def _kept(self, file: str, sha256: str) -> Path:
        return self.folder / "originals" / f"{sha256}{Path(file).suffix.lower()}"

    # Searching

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
        vectors, RebuildFailed where something can't be read anew.
        """
        read = read or _read_apart
        limits = limits or Limits()
        with self._writing():
            if not rebuild:
                self.check_encoder(encoder)
                reading: dict[str, Path] = {}
                yield from self._sort_out(paths, reading)
                self._catalogue.set_pending([path.name for path in reading.values()])
                yield from self._read(reading, encoder, lambda files: read(files, password, limits))
                return
            with tempfile.TemporaryDirectory(prefix=REBUILDING, dir=self.folder) as copies:
                reading = {entry.id: Path(copies) / entry.file for entry in self.documents()}
                yield from self._sort_out(paths, reading)
                self._fetch_originals(Path(copies), reading)
                with self._catalogue.transaction():
                    self._catalogue.set_meta(encoder=encoder.name, dimension=str(encoder.dimension))
                    for added in self._read(reading, encoder, lambda files: read(files, password, limits)):
                        if added.outcome is Outcome.FAILED and added.document is not None:
                            raise RebuildFailed(f"The library stays as it was: {added.message}")
                        yield added

    def _fetch_originals(self, copies: Path, reading: dict[str, Path]) -> None:
        """Put copies of the originals that are to be read in place, under the names of their files."""
        for entry in self.documents():
            if reading[entry.id].parent != copies:
                continue
            if all(paper.access is Access.EXEMPT for paper in entry.papers):
                del reading[entry.id]  # nothing of it is kept, so nothing has to be read anew
                continue
            original = self._original(entry)
            if not original.is_file() or sha256_of(original) != entry.sha256:
                raise RebuildFailed(
                    f"No sound original of {entry.file} is in the library, which stays as it was; name that file too: "
                    + command("add --rebuild FILE", self.folder)
                )
            shutil.copyfile(original, reading[entry.id])

    def _sort_out(self, paths: Sequence[Path], reading: dict[str, Path]) -> Iterator[Added]:
        """The outcomes of files that need no reading; those that do go into `reading`, by the ids of their documents.

        What is in `reading` before will be read anew in any case; a file that is named takes its place.
        """
        entries = {entry.id: entry for entry in self.documents()}
        files: list[tuple[Path, str, str]] = []
        for path in files_in(paths, apart_from=self.folder):
            try:
                files.append((path, *_known_by(path)))
            except UnreadableDocument as error:
                self._catalogue.done_with(path.name)
                yield Added(path.name, Outcome.FAILED, str(error))
        coming = {id_: sha256 for _, id_, sha256 in files}
        # A document that is about to change no longer stands for the bytes that it had.
        by_bytes = {e.sha256: id_ for id_, e in entries.items() if coming.get(id_, e.sha256) == e.sha256}
        named: dict[str, Path] = {}
        for path, id_, sha256 in files:
            outcome = self._outcome(path, id_, sha256, entries.get(id_), named.get(id_), by_bytes.get(sha256))
            if outcome is not None and not (outcome.outcome is Outcome.UNCHANGED and id_ in reading):
                self._catalogue.done_with(path.name)
                yield outcome
                continue
            named[id_] = reading[id_] = path
            by_bytes.setdefault(sha256, id_)

    def _outcome(
        self, path: Path, id_: str, sha256: str, old: Entry | None, twin: Path | None, same: str | None
    ) -> Added | None:
        """The outcome for a file that needs no reading, None for one that does. `old` is the document with its id,
        `twin` a file named before with the same id, `same` the document with the same bytes."""
        if old is not None and old.sha256 == sha256:
            if all(paper.access is Access.PUBLIC for paper in old.papers):
                self._keep(path, sha256)
            return Added(path.name, Outcome.UNCHANGED, f"{path.name} is in the library as it is.", id_)
        if same is not None:
            stays = f" The library keeps what it has of {id_} until you remove it." if old is not None else ""
            return Added(path.name, Outcome.DUPLICATE, f"{path.name} is the same file as {same}.{stays}", same)
        if twin is not None:
            return Added(
                path.name, Outcome.FAILED, f"{path.name}: {twin} would have the same name {id_}; rename one of the two."
            )
        if old is not None and Path(old.file).suffix.lower() != path.suffix.lower():
            return Added(
                path.name,
                Outcome.FAILED,
                f"{path.name}: the library has {old.file} under the same name {id_}; rename one of the two.",
            )
        return None

    def _read(
        self,
        reading: dict[str, Path],
        encoder: Encoder,
        read: Callable[[Sequence[Path]], Iterator[tuple[Path, Document | UnreadableDocument]]],
    ) -> Iterator[Added]:
        """Read files and put their documents into the catalogue, each as it is read."""
        if not reading:
            return
        if not self._catalogue.count_passages():
            self._catalogue.set_meta(encoder=encoder.name, dimension=str(encoder.dimension))
        before = {entry.id for entry in self.documents()}
        ids = {path: id_ for id_, path in reading.items()}
        for path, document in read(list(ids)):
            id_ = ids[path]
            try:
                if isinstance(document, UnreadableDocument):
                    raise document
                yield self._put(path, document, encoder, updated=id_ in before)
            except UnreadableDocument as error:
                self._catalogue.done_with(path.name)
                stays = " The library keeps what it had of it." if id_ in before else ""
                yield Added(path.name, Outcome.FAILED, f"{error}{stays}", id_ if id_ in before else None)

    def _put(self, path: Path, document: Document, encoder: Encoder, *, updated: bool) -> Added:
        papers = tuple(_without_text(paper) for paper in papers_of(document))
        exempt = any(paper.access is Access.EXEMPT for paper in papers)
        if exempt:
            document = replace(document, title=path.stem)
        shown = [paper for paper in papers if paper.access is Access.PUBLIC]
        try:
            encoded = encode(document, shown, encoder)
        except ValueError as error:
            raise UnreadableDocument(f"{path.name}: its text can't be cut into passages ({error}).") from error
        if not exempt:
            self._keep(path, document.sha256)
        self._catalogue.put(document, papers, encoded)
        return _added(document, papers, len(encoded), updated=updated)

    def _keep(self, path: Path, sha256: str) -> None:
        """Copy the file into the library; a kill leaves at most a half copy, which the next add sweeps away."""
        kept = self._kept(path.name, sha256)
        if kept.exists():
            return
        half = kept.with_suffix(".part")
        try:
            shutil.copyfile(path, half)
            if sha256_of(half) != sha256:
                raise UnreadableDocument(f"{path.name}: the file was changed while it was read; add it again.")
            os.replace(half, kept)
        except OSError as error:
            raise UnreadableDocument(
                f"{path.name}: the file can't be copied into the library ({error.strerror})."
            ) from error

    def remove(self, documents: Sequence[str]) -> tuple[str, ...]:
        """Take documents out, each whole; gives their files' names. Raises UnknownDocument before any is taken out.

        A file that an interrupted add left unread counts as one: it is given up.
        """
        with self._writing():
            files = {document_id(Path(file)): file for file in self._catalogue.pending()}
            files |= {entry.id: entry.file for entry in self.documents()}
            for document in documents:
                if document not in files:
                    raise UnknownDocument(
                        f"The library has no document {document}; see what it has with: {command('list', self.folder)}"
                    )
            unique = tuple(dict.fromkeys(documents))
            for document in unique:
                self._catalogue.remove(document)
                self._catalogue.done_with(files[document])
            return tuple(files[document] for document in unique)

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
        wanted = {
            self._original(entry)
            for entry in self.documents()
            if all(paper.access is Access.PUBLIC for paper in entry.papers)
        }
        # A reader on Windows may have one of them open; the next add tries again.
        with contextlib.suppress(OSError):
            for path in (self.folder / "originals").glob("*"):
                if path not in wanted:
                    path.unlink(missing_ok=True)
            self._vector_file.with_suffix(".part").unlink(missing_ok=True)
        for path in self.folder.glob(f"{REBUILDING}*"):
            shutil.rmtree(path, ignore_errors=True)

    # Checking

    def check(self, encoder: Encoder) -> tuple[Problem, ...]:
        """What is wrong with the library, each with its remedy; and, as notes, what a reader should know of it."""
        current = self._vector_file_is_current()
        return tuple(
            problems(self.folder, self._catalogue, encoder.name, vectors_current=current, original=self._original)
        )


def encode(document: Document, papers: Sequence[Paper], encoder: Encoder) -> list[EncodedPassage]:
    """The passages of these papers with their vectors: the whole passage's first, then one for each extract."""
    passages: list[tuple[Paper, Passage]] = [
        (paper, passage)
        for paper in papers
        for passage in passages_of(document, paper, count=encoder.count, limit=encoder.limit - 2 - ROOM_FOR_CONTEXT)
    ]
    vectors = encoder.encode_passages(
        [encodable(document.text, paper, passage, encoder) for paper, passage in passages]
    )
    return [
        EncodedPassage(passage, context_words(paper, passage), own)
        for (paper, passage), own in zip(passages, vectors, strict=True)
    ]


def context_words(paper: Paper, passage: Passage) -> str:
    """The words beside its own by which a passage is found."""
    parts = [paper.title, paper.body or "", paper.kind, written_out(paper.date) if paper.date else ""]
    return searchable(" ".join([*parts, *passage.headings, *passage.headers]))


def files_in(paths: Sequence[Path], *, apart_from: Path | None = None) -> list[Path]:
    """The files named, and all files in the folders named, each once, in order of their paths.

    Left out are hidden ones, the lock files of word processors, and in folders what lies in `apart_from`.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            within = sorted(p for p in path.rglob("*") if p.is_file())
            found += [
                p
                for p in within
                if not any(part.startswith((".", "~$")) for part in p.relative_to(path).parts)
                and not (apart_from and p.resolve().is_relative_to(apart_from.resolve()))
            ]
        else:
            found.append(path)
    return list({path.resolve(): path for path in reversed(found)}.values())[::-1]


def _known_by(path: Path) -> tuple[str, str]:
    """A file's document id and SHA-256. Raises UnreadableDocument where it has none, and for a kind that isn't read:
    such a file shall not take the name of one that is."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        shown = path.name.encode(errors="replace").decode()
        raise UnreadableDocument(f"{shown}: the file's name has characters that aren't text; rename it.") from None
    if path.suffix.lower() not in SUPPORTED:
        raise UnreadableDocument(
            f"{path.name}: files of this kind aren't read yet ({', '.join(SUPPORTED)} are); save it as a PDF."
        )
    return document_id(path), sha256_of(path)


def _read_apart(
    paths: Sequence[Path], password: str | None, limits: Limits
) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
    return read_all(paths, password, limits, processes=max(1, min(4, os.cpu_count() or 1)))


def _without_text(paper: Paper) -> Paper:
    """A paper as it may be kept: an exempt one without its title."""
    return replace(paper, title="Exempt paper, held back", body=None) if paper.access is Access.EXEMPT else paper


def _added(document: Document, papers: Sequence[Paper], passages: int, *, updated: bool) -> Added:
    exempt = [paper for paper in papers if paper.access is Access.EXEMPT]
    counts = {"page": len(document.pages), "paper": len(papers), "passage": passages}
    what = ", ".join(f"{number} {thing}{'s' * (number != 1)}" for thing, number in counts.items())
    message = f"{document.file}: {what}."
    for paper in exempt:
        message += f" Held back, file pages {paper.first_page}-{paper.last_page}: {paper.reason}."
    unread = [p.number for p in document.pages if p.problem and p.problem.startswith("no text")]
    if unread:
        message += f" No text on file page{'s' * (len(unread) > 1)} {', '.join(map(str, unread[:10]))}."
    message += "".join(f" {note}" for note in document.notes)
    outcome = Outcome.HELD_BACK if len(exempt) == len(papers) else Outcome.UPDATED if updated else Outcome.ADDED
    return Added(document.file, outcome, message, document.id)
