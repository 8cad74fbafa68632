"""A library: the folder in which everything that was added is kept, and the only writer of it.

    library.db        the catalogue, which is the truth
    vectors-N.faiss   the vectors of the catalogue's generation N, derived: made anew where it is missing or stale
    originals/        the files as they were added, named by their SHA-256 (none of a file that has exempt papers)
    writer.lock       held by the one process that writes

Adding is incremental: a file whose bytes are known is skipped before any model is loaded. A document's rows go into the
catalogue in one transaction, so a kill at any moment loses at most the document in flight, and `check` tells what an
interrupted add still had to read.
"""

from __future__ import annotations

import contextlib
import math
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import filelock

from corpus.dates import written_out
from corpus.documents import Access, Document, Paper, Passage
from corpus.errors import CouncilPapersError, UnreadableDocument
from corpus.papers import papers_of
from corpus.passages import passages_of
from corpus.reading.files import document_id, sha256_of
from corpus.reading.worker import Limits, read_all
from index.catalogue import FORMAT, Catalogue, EncodedPassage, Entry, PageText, PlacedPassage, Vectors, searchable
from index.encoder import ROOM_FOR_CONTEXT, Encoder, encodable
from index.hits import Filter

CATALOGUE = "library.db"


class LibraryMissing(CouncilPapersError):
    """There is no library in the folder."""


class LibraryMismatch(CouncilPapersError):
    """The library was made by another encoder or another version of the program."""


class LibraryBusy(CouncilPapersError):
    """Another process is writing to the library."""


class LibraryDamaged(CouncilPapersError):
    """The catalogue is no sound SQLite file."""


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
class Problem:
    """Something `check` found: its name, whether it is an error, a warning or a note, and what to do about it."""

    name: str
    severity: str
    message: str
    remedy: str


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
        self._vectors: tuple[int, object] | None = None

    @classmethod
    def open(cls, folder: Path) -> Library:
        """Open the library in a folder. Raises LibraryMissing, LibraryMismatch or LibraryDamaged."""
        if not (folder / CATALOGUE).is_file():
            raise LibraryMissing(
                f"There is no library in {folder}; make one with: python -m assistant add FILES --library {folder}"
            )
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
        try:
            catalogue = Catalogue(folder / CATALOGUE)
            found = catalogue.meta("format")
        except sqlite3.Error as error:
            raise LibraryDamaged(
                f"The catalogue {folder / CATALOGUE} can't be read ({error}); "
                "move the folder away and add the files again."
            ) from error
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
        entry = self._catalogue.entry(document)
        path = self._original(entry) if entry else None
        return path if path and path.is_file() else None

    def _original(self, entry: Entry) -> Path:
        return self.folder / "originals" / f"{entry.sha256}{Path(entry.file).suffix.lower()}"

    # Searching

    def check_encoder(self, encoder: Encoder) -> None:
        """Raise LibraryMismatch where the library's vectors were made by another encoder."""
        made_by = self._catalogue.meta("encoder")
        if made_by is not None and made_by != encoder.name:
            raise LibraryMismatch(
                f"The library in {self.folder} was made with the encoder {made_by}, not {encoder.name}; ask with "
                f"--encoder {made_by}, or make it anew with: "
                f"python -m assistant add --rebuild --encoder {encoder.name} --library {self.folder}"
            )

    def nearest(self, vector: Vectors, filter_: Filter, limit: int) -> list[tuple[int, float]]:
        """The passages nearest in meaning to a question's vector: (key, cosine) of each passage's nearest vector, be it
        the whole passage's or an extract's; best first."""
        from index.vectors import VectorIndex

        index = self._index()
        assert isinstance(index, VectorIndex)
        allowed = None if filter_ == Filter() else self._catalogue.vector_ids(filter_)
        best: dict[int, float] = {}
        # A passage has a few vectors; ask for more until enough passages are found or there are no more vectors.
        wanted = limit * 4
        while True:
            found = index.search(vector, wanted, allowed)
            owner = self._catalogue.passage_of([i for i, _ in found])
            best = {}
            for i, score in found:
                if i in owner:
                    best.setdefault(owner[i], score)
            if len(best) >= limit or len(found) < wanted:
                break
            wanted *= 4
        return list(best.items())[:limit]

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
        for (_, passage, start, end), vector in zip(rows, vectors, strict=True):
            alone = len(spans.get(passage, ())) <= 1
            if passage in whole or alone:
                start, end = spans[passage][0] if alone and spans.get(passage) else (start, end)
                found.append(Extract(passage, start, end, vector))
            whole.add(passage)
        return found

    @property
    def _dimension(self) -> int:
        return int(self._catalogue.meta("dimension") or 1)

    def _index(self) -> object:
        """The vectors of the catalogue's present generation, read from their file or made from the catalogue."""
        from index.vectors import VectorIndex

        generation = self._catalogue.generation
        if self._vectors is None or self._vectors[0] != generation:
            try:
                index = VectorIndex.load(self._vector_file(generation))
            except RuntimeError:
                index = VectorIndex(self._dimension)
                rows, vectors = self._catalogue.vectors(self._dimension)
                index.add([row[0] for row in rows], vectors)
            self._vectors = (generation, index)
        return self._vectors[1]

    def _vector_file(self, generation: int) -> Path:
        return self.folder / f"vectors-{generation}.faiss"

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
        try:
            yield
        finally:
            lock.release()

    def add(
        self,
        paths: Sequence[Path],
        encoder: Encoder,
        *,
        password: str | None = None,
        limits: Limits | None = None,
        processes: int | None = None,
        rebuild: bool = False,
    ) -> Iterator[Added]:
        """Add files, or files in folders; gives the outcome for each as it is known.

        A file with known bytes is skipped, one with a known name and other bytes replaces its document, one that can't
        be read fails alone. With `rebuild`, everything in the library is read anew from its originals first.
        Raises LibraryBusy where another process writes, LibraryMismatch where the library has another encoder's
        vectors.
        """
        with self._writing():
            if rebuild:
                self._catalogue.set_meta(encoder=encoder.name, dimension=str(encoder.dimension))
            self.check_encoder(encoder)
            self._sweep()
            again = [self._original(entry) for entry in self.documents()] if rebuild else []
            yield from self._add(
                [p for p in again if p.is_file()], paths, encoder, password, limits or Limits(), processes
            )

    def _add(
        self,
        again: Sequence[Path],
        paths: Sequence[Path],
        encoder: Encoder,
        password: str | None,
        limits: Limits,
        processes: int | None,
    ) -> Iterator[Added]:
        names = {self._original(entry): entry for entry in self.documents()}
        to_read: list[Path] = list(again)
        for path in files_in(paths):
            try:
                known = self._known(path, to_read)
            except UnreadableDocument as error:
                yield Added(path.name, Outcome.FAILED, str(error))
                continue
            if known is not None:
                yield known
            else:
                to_read.append(path)
        if to_read:
            if self._catalogue.meta("encoder") is None:
                self._catalogue.set_meta(encoder=encoder.name, dimension=str(encoder.dimension))
            self._catalogue.set_pending([p.name for p in to_read])
            count = processes or max(1, min(4, os.cpu_count() or 1))
            for path, document in read_all(to_read, password, limits, processes=count):
                if isinstance(document, UnreadableDocument):
                    self._catalogue.done_with(path.name)
                    yield Added(path.name, Outcome.FAILED, str(document))
                    continue
                if path in names:
                    document = replace(document, id=names[path].id, file=names[path].file)
                yield self._put(path, document, encoder)
        self._save_vectors()

    def _known(self, path: Path, to_read: Sequence[Path]) -> Added | None:
        """The outcome for a file that needs no reading, None for one that does."""
        sha256, id_ = sha256_of(path), document_id(path)
        entries = self.documents()
        same_name = next((entry for entry in entries if entry.id == id_), None)
        if same_name and same_name.sha256 == sha256:
            return Added(path.name, Outcome.UNCHANGED, f"{path.name}: unchanged.", id_)
        if same_name and Path(same_name.file).suffix.lower() != path.suffix.lower():
            raise UnreadableDocument(
                f"{path.name}: the library has {same_name.file} under the same name; rename one of the two."
            )
        twin = next((other for other in to_read if document_id(other) == id_), None)
        if twin is not None:
            raise UnreadableDocument(f"{path.name}: {twin} has the same name; rename one of the two.")
        same_bytes = next((entry for entry in entries if entry.sha256 == sha256), None)
        if same_bytes is None:
            copy = next((other for other in to_read if sha256_of(other) == sha256), None)
            original = document_id(copy) if copy else None
        else:
            original = same_bytes.id
        if original is None:
            return None
        return Added(
            path.name,
            Outcome.DUPLICATE,
            f"{path.name}: the same file as {original}, which is in the library.",
            original,
        )

    def _put(self, path: Path, document: Document, encoder: Encoder) -> Added:
        papers = tuple(_without_text(paper) for paper in papers_of(document))
        exempt = [paper for paper in papers if paper.access is Access.EXEMPT]
        if exempt:
            document = replace(document, title=Path(document.file).stem)
        shown = [paper for paper in papers if paper.access is Access.PUBLIC]
        encoded = encode(document, shown, encoder)
        before = self._catalogue.entry(document.id)
        if not exempt:
            self._keep(path, document)
        self._catalogue.put(document, papers, encoded)
        if before is not None and before.sha256 != document.sha256:
            self._original(before).unlink(missing_ok=True)
        return _added(document, papers, len(encoded), updated=before is not None)

    def _keep(self, path: Path, document: Document) -> None:
        """Copy the file into the library; a kill leaves at most a half copy, which the next add sweeps away."""
        kept = self.folder / "originals" / f"{document.sha256}{path.suffix.lower()}"
        if not kept.exists():
            half = kept.with_suffix(".part")
            shutil.copyfile(path, half)
            os.replace(half, kept)

    def remove(self, documents: Sequence[str]) -> tuple[str, ...]:
        """Take documents out, each whole; gives their files' names. Raises UnknownDocument before any is taken out."""
        with self._writing():
            entries = {entry.id: entry for entry in self.documents()}
            for document in documents:
                if document not in entries:
                    raise UnknownDocument(
                        f"The library has no document {document}; python -m assistant list shows what it has."
                    )
            for document in documents:
                self._catalogue.remove(document)
                self._original(entries[document]).unlink(missing_ok=True)
            self._save_vectors()
            return tuple(entries[document].file for document in documents)

    def _save_vectors(self) -> None:
        """Write the vectors of the present generation, and take away the files of earlier ones."""
        from index.vectors import VectorIndex

        wanted = self._vector_file(self._catalogue.generation)
        if self._catalogue.meta("dimension") is None or wanted.exists():
            return
        index = self._index()
        assert isinstance(index, VectorIndex)
        index.save(wanted)
        for stale in self.folder.glob("vectors-*.faiss"):
            if stale != wanted:
                # A reader on Windows may have it open; the next add tries again.
                with contextlib.suppress(OSError):
                    stale.unlink()

    def _sweep(self) -> None:
        """Take away what an interrupted add left beside the catalogue."""
        wanted = {self._original(entry) for entry in self.documents()}
        for path in (self.folder / "originals").glob("*"):
            if path not in wanted:
                path.unlink(missing_ok=True)

    # Checking

    def check(self, encoder: Encoder) -> tuple[Problem, ...]:
        """What is wrong with the library, each with its remedy; and, as notes, what a reader should know of it."""
        return tuple(self._problems(encoder))

    def _problems(self, encoder: Encoder) -> Iterator[Problem]:
        again = f"run: python -m assistant add FILES --library {self.folder}"
        if not self._catalogue.is_sound():
            yield Problem(
                "catalogue", "error", "The catalogue is damaged.", "move the folder away and add the files again"
            )
        try:
            self.check_encoder(encoder)
        except LibraryMismatch as error:
            sentence, _, remedy = str(error).partition("; ")
            yield Problem("encoder", "error", f"{sentence}.", remedy)
        if pending := self._catalogue.pending():
            yield Problem(
                "interrupted",
                "error",
                f"An add was interrupted before it had read {', '.join(pending)}.",
                again.replace("FILES", "the same files again"),
            )
        entries = self.documents()
        if not entries:
            yield Problem("empty", "warning", "The library has no documents.", again)
        generation = self._catalogue.generation
        if entries and not self._vector_file(generation).is_file():
            yield Problem(
                "vectors",
                "warning",
                "The file of vectors is missing or stale; every start makes the vectors anew from the catalogue.",
                "run: python -m assistant add --library " + str(self.folder),
            )
        for entry in entries:
            yield from self._problems_of(entry)

    def _problems_of(self, entry: Entry) -> Iterator[Problem]:
        exempt = [paper for paper in entry.papers if paper.access is Access.EXEMPT]
        for paper in exempt:
            yield Problem(
                "held back",
                "note",
                f"{entry.id}, file pages {paper.first_page}-{paper.last_page}: {paper.reason}; nothing of it is kept.",
                "none needed; if the paper may be published, publish it without its marking and add that",
            )
        original = self._original(entry)
        if not exempt and not original.is_file():
            yield Problem(
                "original",
                "warning",
                f"The original of {entry.id} is missing.",
                f"add {entry.file} again after removing it",
            )
        elif not exempt and sha256_of(original) != entry.sha256:
            yield Problem(
                "original",
                "error",
                f"The original of {entry.id} was changed.",
                f"remove {entry.id} and add {entry.file}",
            )
        by_problem: dict[str, list[int]] = {}
        for page in self._catalogue.pages(entry.id):
            if page.problem and page.problem != "held back":
                by_problem.setdefault(page.problem, []).append(page.number)
        for problem, numbers in by_problem.items():
            severity = "note" if problem == "blank" else "warning"
            where = ", ".join(map(str, numbers[:12])) + (" and others" if len(numbers) > 12 else "")
            yield Problem(
                "pages",
                severity,
                f"{entry.id}, file page{'s' * (len(numbers) > 1)} {where}: {problem}.",
                "none needed" if problem == "blank" else "compare with the paper itself, or add a better copy",
            )
        for note in entry.notes:
            yield Problem(
                "hidden text", "warning", f"{entry.id}: {note}", "look at the page; hidden text is never quoted"
            )


class UnknownDocument(CouncilPapersError):
    """The library has no such document."""


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


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files named, and all files in the folders named but hidden ones, in order of their paths."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith((".", "~$")))
        else:
            found.append(path)
    return found


def _without_text(paper: Paper) -> Paper:
    """A paper as it may be kept: an exempt one without its title."""
    return replace(paper, title="Exempt paper, held back", body=None) if paper.access is Access.EXEMPT else paper


def _added(document: Document, papers: Sequence[Paper], passages: int, *, updated: bool) -> Added:
    pages = len(document.pages)
    exempt = [paper for paper in papers if paper.access is Access.EXEMPT]
    what = f"{pages} page{'s' * (pages != 1)}, {len(papers)} paper{'s' * (len(papers) != 1)}, {passages} passages"
    message = f"{document.file}: {what}."
    for paper in exempt:
        message += f" Held back, file pages {paper.first_page}-{paper.last_page}: {paper.reason}."
    unread = [p.number for p in document.pages if p.problem and p.problem.startswith("no text")]
    if unread:
        message += f" No text on file page{'s' * (len(unread) > 1)} {', '.join(map(str, unread[:10]))}."
    message += "".join(f" {note}" for note in document.notes)
    outcome = Outcome.HELD_BACK if len(exempt) == len(papers) else Outcome.UPDATED if updated else Outcome.ADDED
    return Added(document.file, outcome, message, document.id)
