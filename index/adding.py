"""Adding to a library: which files need reading, what becomes of each, and what ties it to what is there already.

A file whose bytes are known is skipped before any model is loaded. A document's rows go into the catalogue in one
transaction, with what ties its papers to others: so a kill at any moment loses at most the document in flight. Reading
everything anew is one transaction as a whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import accumulate
from pathlib import Path

from corpus.acronyms import definitions_of
from corpus.approvals import approvals_in, approved
from corpus.dates import written_out
from corpus.documents import Access, Document, Paper, Passage
from corpus.errors import CouncilPapersError, UnreadableDocument
from corpus.fingerprints import NEARLY_SAME, Fingerprint, fingerprint, similarity
from corpus.mentions import announcements_in
from corpus.papers import papers_of
from corpus.passages import passages_of
from corpus.reading.files import SUPPORTED, document_id, sha256_of
from corpus.records.reading import records_in, subject_of
from corpus.sentences import sentences
from index.catalogue import NO_TEXT, Catalogue, EncodedPassage, Entry, searchable
from index.encodable import ROOM_FOR_CONTEXT, encodable
from index.encoder import Encoder
from index.originals import Originals
from index.problems import command, counted, page_list
from index.records import EncodedRecord

Reader = Callable[[Sequence[Path]], Iterator[tuple[Path, Document | UnreadableDocument]]]
"""How files become documents: each file with its document, or with why it can't be read, in any order."""

SHARED = 4
"""How many of its lowest hashes a paper must share to be compared. Of sixteen, nearly the same texts share twelve or
more, while two that have only their boilerplate in common share two or three."""

TOLD = 3
"""So many papers are told of at `add`; `list` and `check` tell all."""


class RebuildFailed(CouncilPapersError):
    """Not everything in the library can be read anew; it stays as it was."""


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
class _File:
    """A file that is to be added, with the id of the document that it would become, and its SHA-256."""

    path: Path
    id: str
    sha256: str


@dataclass(slots=True)
class _SortedOut:
    """What is to be done with files: those to read, by the ids of their documents, and the `twins` with the same bytes;
    and of the others the outcomes, why they can't be read, and the SHA-256 of those that are copies. `names` are all
    that were looked at."""

    reading: dict[str, Path]
    twins: dict[str, list[_File]] = field(default_factory=dict)
    outcomes: list[Added] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)

    def tell(self, path: Path, outcome: Outcome, message: str, document: str | None = None) -> None:
        """Add an outcome."""
        self.outcomes.append(Added(path.name, outcome, message, document))

    def fail(self, path: Path, message: str) -> None:
        """Add that a file could not be read; a file that isn't even there isn't remembered."""
        self.tell(path, Outcome.FAILED, message)
        if path.exists():
            self.unreadable[shown_name(path)] = message.removeprefix(f"{shown_name(path)}: ")


class Adding:
    """One run of `add`, by the process that holds the library's lock. `read` reads files."""

    def __init__(
        self, folder: Path, catalogue: Catalogue, originals: Originals, encoder: Encoder, read: Reader
    ) -> None:
        """Hold the parts of the library in `folder`."""
        self._folder = folder
        self._catalogue = catalogue
        self._originals = originals
        self._encoder = encoder
        self._read_files = read

    def add(self, paths: Sequence[Path]) -> Iterator[Added]:
        """Read and store what is new or changed among these files and folders."""
        sorted_out = self._sort_out(paths, {})
        with self._catalogue.transaction():
            self._note(sorted_out)
            self._catalogue.set_pending([path.name for path in sorted_out.reading.values()])
        yield from sorted_out.outcomes
        yield from self._read(sorted_out)

    def rebuild(self, paths: Sequence[Path], copies: Path) -> Iterator[Added]:
        """Read everything anew, in one transaction; `copies` is an empty folder in which the originals get their names
        back. Raises RebuildFailed where something can't be read; the catalogue stays as it was."""
        with self._catalogue.transaction():
            self._catalogue.renew()
            entries = {entry.id: entry for entry in self._catalogue.entries()}
            sorted_out = self._sort_out(paths, {id_: copies / entry.file for id_, entry in entries.items()})
            self._note(sorted_out)
            self._fetch_originals(copies, sorted_out.reading, entries)
            self._catalogue.set_meta(encoder=self._encoder.name, dimension=str(self._encoder.dimension))
            yield from sorted_out.outcomes
            for added in self._read(sorted_out):
                if added.outcome is Outcome.FAILED and added.document is not None:
                    raise RebuildFailed(f"The library stays as it was: {added.message}")
                yield added

    def _fetch_originals(self, copies: Path, reading: dict[str, Path], entries: dict[str, Entry]) -> None:
        """Put copies of the originals that are to be read in place, under the names of their files."""
        for id_, entry in entries.items():
            if reading[id_].parent != copies:
                continue
            if all(paper.access is Access.EXEMPT for paper in entry.papers):
                del reading[id_]  # nothing of it is kept, so nothing has to be read anew
                continue
            if not self._originals.is_sound(entry.file, entry.sha256):
                raise RebuildFailed(
                    f"No sound original of {entry.file} is in the library, which stays as it was; name that file too: "
                    + command("add --rebuild FILE", self._folder)
                )
            shutil.copyfile(self._originals.path(entry.file, entry.sha256), reading[id_])

    def _sort_out(self, paths: Sequence[Path], anew: dict[str, Path]) -> _SortedOut:
        """What is to be done with these files. What is in `anew` will be read in any case; a file that is named takes
        its place."""
        found = _SortedOut(dict(anew))
        files: list[_File] = []
        for path in files_in(paths, apart_from=self._folder):
            found.names.append(shown_name(path))
            try:
                files.append(_known_by(path))
            except UnreadableDocument as error:
                found.fail(path, str(error))
        # Of files with the same name the PDF is what was published, and has its pages.
        files.sort(key=lambda file: file.path.suffix.lower() != ".pdf")
        entries = {entry.id: entry for entry in self._catalogue.entries()}
        unchanged = {f.id: f.path for f in files if f.id in entries and entries[f.id].sha256 == f.sha256}
        coming = {file.id: file.sha256 for file in files if file.id not in unchanged}
        # A document that is about to change no longer stands for the bytes that it had.
        by_bytes = {e.sha256: id_ for id_, e in entries.items() if coming.get(id_, e.sha256) == e.sha256}
        named = dict(unchanged)
        for file in files:
            path, old, same = file.path, entries.get(file.id), by_bytes.get(file.sha256)
            twin, known = named.get(file.id, path), old is not None and old.sha256 == file.sha256
            if old is not None and known and file.id not in anew:
                if all(paper.access is Access.PUBLIC for paper in old.papers):
                    self._originals.keep(path, file.sha256)
                found.tell(path, Outcome.UNCHANGED, f"{path.name} is in the library as it is.", file.id)
            elif same is not None and not known:
                if same in named and same not in unchanged:
                    found.twins.setdefault(same, []).append(file)
                    continue
                if old is None:
                    found.copies[path.name] = file.sha256
                found.outcomes.append(_duplicate(path, same, replaced=old.id if old is not None else None))
            elif old is not None and Path(old.file).suffix.lower() != path.suffix.lower():
                found.fail(
                    path,
                    f"{path.name}: the library has {old.file} under the same name {file.id}; rename one of the two.",
                )
            elif twin != path and not known:
                found.fail(path, f"{path.name}: {twin} has the same name {file.id}; rename one of the two.")
            else:
                named[file.id] = found.reading[file.id] = path
                by_bytes.setdefault(file.sha256, file.id)
        return found

    def _note(self, sorted_out: _SortedOut) -> None:
        """Write down what is known of files that need no reading; what was known of all of them is past."""
        self._catalogue.forget_unreadable(sorted_out.names)
        reading = {path.name for path in sorted_out.reading.values()}
        for name in sorted_out.names:
            if name not in reading:
                self._catalogue.done_with(name)
        for file, sha256 in sorted_out.copies.items():
            self._catalogue.set_copy(file, sha256)
        for file, reason in sorted_out.unreadable.items():
            self._catalogue.set_unreadable(file, reason)

    def _read(self, sorted_out: _SortedOut) -> Iterator[Added]:
        """Read files and put their documents into the catalogue, each as it is read."""
        if not sorted_out.reading:
            return
        if not self._catalogue.count_passages():
            self._catalogue.set_meta(encoder=self._encoder.name, dimension=str(self._encoder.dimension))
        run = self._catalogue.next_run()
        before = {entry.id for entry in self._catalogue.entries()}
        ids = {path: id_ for id_, path in sorted_out.reading.items()}
        for path, document in self._read_files(list(ids)):
            id_ = ids[path]
            twins = sorted_out.twins.get(id_, ())
            try:
                if isinstance(document, UnreadableDocument):
                    raise document
                yield self._put(path, document, run, updated=id_ in before)
            except UnreadableDocument as error:
                yield self._failed(path, str(error), kept=id_ if id_ in before else None)
                for twin in twins:
                    message = f"{twin.path.name}: it is the same file as {path.name}, which can't be read."
                    yield self._failed(twin.path, message, kept=twin.id if twin.id in before else None)
            else:
                for twin in twins:
                    if twin.id not in before:
                        self._catalogue.set_copy(twin.path.name, twin.sha256)
                    yield _duplicate(twin.path, id_, replaced=twin.id if twin.id in before else None)

    def _failed(self, path: Path, message: str, *, kept: str | None) -> Added:
        """Note why a file can't be read; `kept` is the document of which the library keeps what it had."""
        self._catalogue.set_unreadable(path.name, message.removeprefix(f"{path.name}: "))
        stays = " The library keeps what it had of it." if kept is not None else ""
        return Added(path.name, Outcome.FAILED, f"{message}{stays}", kept)

    def _put(self, path: Path, document: Document, run: int, *, updated: bool) -> Added:
        papers = tuple(_without_text(paper) for paper in papers_of(document))
        exempt = any(paper.access is Access.EXEMPT for paper in papers)
        if exempt:
            document = replace(document, title=path.stem)
        shown = [paper for paper in papers if paper.access is Access.PUBLIC]
        try:
            encoded = encode(document, shown, self._encoder)
            records = encode_records(document, shown, self._encoder)
        except ValueError as error:
            raise UnreadableDocument(f"{path.name}: its text can't be cut into passages ({error}).") from error
        prints = {p.number: found for p in shown if (found := fingerprint(document.text[p.start : p.end]))}
        mentions = [mention for p in shown for mention in (*approvals_in(document, p), *announcements_in(document, p))]
        definitions = {p.number: definitions_of(document, p) for p in shown}
        if not exempt:
            self._originals.keep(path, document.sha256)
        with self._catalogue.transaction():
            self._catalogue.put(
                document,
                papers,
                encoded,
                prints=prints,
                mentions=mentions,
                definitions=definitions,
                records=records,
                run=run,
            )
            ties = [(p, *self._tied(p, prints[p.number])) for p in shown if p.number in prints]
            self._catalogue.ties.set_alike([(paper, other) for paper, _, near in ties for other in near])
            settle_approvals(self._catalogue)
        return _added(document, papers, len(encoded), _told(document, ties), updated=updated)

    def _tied(self, paper: Paper, print_: Fingerprint) -> tuple[list[Paper], list[Paper]]:
        """The papers in the library that have the same text as a paper, and those that have nearly the same."""
        same = [other for other in self._catalogue.ties.same(print_.whole) if other.id != paper.id]
        near = [
            other
            for other, found in self._catalogue.ties.near(print_, shared=min(SHARED, len(print_.lowest)))
            if found.whole != print_.whole and similarity(found, print_) >= NEARLY_SAME and not _apart(paper, other)
        ]
        return same, near


def _apart(one: Paper, other: Paper) -> bool:
    """Whether two papers are of different meetings, and so no versions of each other however alike they are."""
    of_meetings = one.kind == other.kind and one.kind in ("agenda", "minutes")
    return of_meetings and None not in (one.date, other.date) and one.date != other.date


def settle_approvals(catalogue: Catalogue) -> None:
    """Mark the minutes that another paper approves, as things stand in the catalogue; part of each change to it."""
    mentions = catalogue.ties.mentions()
    keys = {placed.mention: placed.key for placed in mentions}
    found = approved(catalogue.ties.meeting_papers(), [placed.mention for placed in mentions])
    catalogue.ties.set_approved({paper: keys[mention] for paper, mention in found.items()})


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


def encode_records(document: Document, papers: Sequence[Paper], encoder: Encoder) -> list[EncodedRecord]:
    """What these papers record, with the vectors of what it is about and of its sentences; of a long text, of as much
    as the encoder reads, for that tells its subject."""
    found = [(paper.number, record) for paper in papers for record in records_in(document, paper)]
    texts = [_with_sentences(subject_of(record)) for _, record in found]
    vectors = encoder.encode_questions([text for several in texts for text in several])
    ends = list(accumulate(len(several) for several in texts))
    return [
        EncodedRecord(paper, record, vectors[end - len(several) : end])
        for (paper, record), several, end in zip(found, texts, ends, strict=True)
    ]


def _with_sentences(text: str) -> list[str]:
    """A text, then each of its sentences where it has several."""
    spans = sentences(text)
    return [text, *(text[a:b] for a, b in spans)] if len(spans) > 1 else [text]


def context_words(paper: Paper, passage: Passage) -> str:
    """The words beside its own by which a passage is found."""
    parts = [paper.title, paper.body or "", paper.kind, written_out(paper.date) if paper.date else ""]
    return searchable(" ".join([*parts, *passage.headings, *passage.headers, passage.introduction]).strip())


def files_in(paths: Sequence[Path], *, apart_from: Path | None = None) -> list[Path]:
    """The files named, and all files in the folders named, each once, in order of their paths.

    Left out are hidden ones, the lock files of word processors, and in folders what lies in `apart_from`.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            # "minutes.pdf" before "minutes (1).pdf": of files that are the same, the first gives the document its name.
            within = sorted((p for p in path.rglob("*") if p.is_file()), key=lambda p: (p.parent, p.stem, p.suffix))
            found += [
                p
                for p in within
                if not any(part.startswith((".", "~$")) for part in p.relative_to(path).parts)
                and not (apart_from and p.resolve().is_relative_to(apart_from.resolve()))
            ]
        else:
            found.append(path)
    return list({path.resolve(): path for path in reversed(found)}.values())[::-1]


def shown_name(path: Path) -> str:
    """A file's name as text, whatever its bytes."""
    return path.name.encode(errors="replace").decode()


def _known_by(path: Path) -> _File:
    """A file's document id and SHA-256. Raises UnreadableDocument where it has none, and for a kind that isn't read:
    such a file shall not take the name of one that is."""
    if shown_name(path) != path.name:
        raise UnreadableDocument(f"{shown_name(path)}: the file's name has characters that aren't text; rename it.")
    if path.suffix.lower() not in SUPPORTED:
        raise UnreadableDocument(
            f"{path.name}: files of this kind aren't read yet ({', '.join(SUPPORTED)} are); save it as a PDF."
        )
    return _File(path, document_id(path), sha256_of(path))


def _without_text(paper: Paper) -> Paper:
    """A paper as it may be kept: an exempt one without its title."""
    if paper.access is Access.PUBLIC:
        return paper
    return replace(paper, title="Exempt paper, held back", body=None, council=None, inspected=None)


def _added(document: Document, papers: Sequence[Paper], passages: int, told: str, *, updated: bool) -> Added:
    exempt = [paper for paper in papers if paper.access is Access.EXEMPT]
    counts = (("page", len(document.pages)), ("paper", len(papers)), ("passage", passages))
    message = f"{document.file}: {', '.join(counted(number, thing) for thing, number in counts)}."
    for paper in exempt:
        message += f" Held back, file {_pages(paper)}: {paper.reason}."
    unread = [p.number for p in document.pages if p.problem and p.problem.startswith(NO_TEXT)]
    if unread:
        message += f" No text on file {page_list(unread)}."
    message += "".join(f" {note}" for note in document.notes) + told
    outcome = Outcome.HELD_BACK if len(exempt) == len(papers) else Outcome.UPDATED if updated else Outcome.ADDED
    return Added(document.file, outcome, message, document.id)


def _duplicate(path: Path, same: str, *, replaced: str | None) -> Added:
    """The outcome for a file with the bytes of the document `same`; `replaced` is the one that it was before."""
    stays = f" The library keeps what it has of {replaced} until you remove it." if replaced is not None else ""
    return Added(path.name, Outcome.DUPLICATE, f"{path.name} is the same file as {same}.{stays}", same)


def _told(document: Document, ties: Sequence[tuple[Paper, list[Paper], list[Paper]]]) -> str:
    """What is to be said of papers that are the same, or nearly so, as one in the library; one sentence a paper."""
    told = []
    for paper, same, near in ties:
        other = next(iter(same + near), None)
        if other is None:
            continue
        whose = "It has" if paper.last_page - paper.first_page + 1 == len(document.pages) else f"“{paper.title}” has"
        how = "the same text as" if same else "nearly the same text as"
        told.append(f" {whose} {how} {_place_of(other, document)}.")
    more = f" So it is with {len(told) - TOLD} more of its papers: see check." if len(told) > TOLD else ""
    return "".join(told[:TOLD]) + more


def _place_of(paper: Paper, document: Document) -> str:
    where = "this file" if paper.document == document.id else paper.document
    return f"“{paper.title}” ({written_out(paper.date)}) in {where}, file {_pages(paper)}"


def _pages(paper: Paper) -> str:
    return page_list(range(paper.first_page, paper.last_page + 1))
