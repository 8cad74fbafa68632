"""What is wrong with a library, each with its remedy. Reads, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.documents import Access
from index.catalogue import LOW_CONFIDENCE, Catalogue, Entry, PageText
from index.originals import Originals
from index.problems import Problem, command, listed, page_list, quoted, would_be_id
from index.review import copies, meetings, missing_pages, versions

MOST_FILES = 10
"""So many files are named in one message, and the others counted."""


def made_with(catalogue: Catalogue) -> str | None:
    """The name of the encoder that made the vectors, None where there are none yet."""
    return catalogue.meta("encoder") if catalogue.count_passages() else None


def encoder_mismatch(folder: Path, catalogue: Catalogue, encoder: str) -> Problem | None:
    """That the library was made with another encoder, None where it wasn't or has no vectors yet."""
    made_by = made_with(catalogue)
    if made_by in (None, encoder):
        return None
    return Problem(
        "encoder",
        "error",
        f"The library in {folder} was made with the encoder {made_by}, not {encoder}.",
        f"ask with --encoder {quoted(made_by)}, or make it anew with: "
        + command(f"add --rebuild --encoder {quoted(encoder)}", folder),
    )


def problems(
    folder: Path, catalogue: Catalogue, originals: Originals, encoder: str, *, vectors_current: bool
) -> Iterator[Problem]:
    """What is wrong with the library in a folder that is to be used with an encoder, and what a reader should know.

    `vectors_current` tells whether the file of vectors fits the catalogue.
    """
    if not catalogue.is_sound():
        yield Problem(
            "catalogue",
            "error",
            "The catalogue is damaged.",
            "move the folder away and add the files again; the originals are in " + str(folder / "originals"),
        )
        return
    if mismatch := encoder_mismatch(folder, catalogue, encoder):
        yield mismatch
    if pending := catalogue.pending():
        yield Problem(
            "interrupted",
            "error",
            f"An add was interrupted before it had read {', '.join(pending)}.",
            f"add the same files again with: {command('add FILES', folder)}, or give them up with: "
            + command(_remove(pending, catalogue), folder),
        )
    yield from _unreadable(folder, catalogue)
    entries = catalogue.entries()
    if not entries:
        yield Problem(
            "empty",
            "warning",
            "The library has no documents.",
            f"add some with: {command('add FILES', folder)}",
        )
    if not vectors_current:
        yield Problem(
            "vectors",
            "warning",
            "The file of vectors is missing, damaged or out of date, so every start takes longer.",
            "none needed: the next add or remove makes it anew from the catalogue",
        )
    for entry in entries:
        pages = catalogue.pages(entry.id)
        yield from _problems_of(entry, folder, originals)
        yield from _problems_of_pages(entry, pages)
        yield from missing_pages(entry, pages)
    yield from copies(entries)
    yield from versions(catalogue, entries)
    yield from meetings(entries, catalogue.ties.mentions())


def _unreadable(folder: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """The files that could not be read: those with the same reason together, or very many all together."""
    unreadable = catalogue.unreadable()
    many = len(unreadable) > MOST_FILES
    files: dict[str, list[str]] = {}
    for unread in unreadable:
        reason = f"see why with: {command('list', folder)}" if many else unread.reason.rstrip(".")
        files.setdefault(reason, []).append(unread.file)
    for reason, names in files.items():
        yield Problem(
            "unreadable",
            "warning",
            f"{listed(names, most=MOST_FILES)} could not be read: {reason}.",
            f"mend that and add {'it' if len(names) == 1 else 'them'} again, or give up with: "
            + command(_remove(names[:MOST_FILES], catalogue), folder),
        )


def _remove(files: Sequence[str], catalogue: Catalogue) -> str:
    """The command that gives files up: by the ids that they would have, or by their names where a document has that."""
    taken = {entry.id for entry in catalogue.entries()}
    ids = ((file, would_be_id(file)) for file in files)
    return " ".join(["remove", *(quoted(file if id_ is None or id_ in taken else id_) for file, id_ in ids)])


def _problems_of(entry: Entry, folder: Path, originals: Originals) -> Iterator[Problem]:
    exempt = [paper for paper in entry.papers if paper.access is Access.EXEMPT]
    for paper in exempt:
        yield Problem(
            "held back",
            "note",
            f"{entry.id}, file {page_list(range(paper.first_page, paper.last_page + 1))}: {paper.reason}; nothing of "
            "it is kept.",
            "none needed; if the paper may be published, publish it without its marking and add that",
        )
    if not exempt and not originals.path(entry.file, entry.sha256).is_file():
        yield Problem(
            "original",
            "warning",
            f"The original of {entry.id} is missing.",
            f"add {entry.file} again",
        )
    elif not exempt and not originals.is_sound(entry.file, entry.sha256):
        yield Problem(
            "original",
            "error",
            f"The original of {entry.id} was changed.",
            f"take it out with: {command(f'remove {entry.id}', folder)}, and add {entry.file} again",
        )
    for note in entry.notes:
        hidden = "left out" in note
        yield Problem(
            "hidden text" if hidden else "reading",
            "warning" if hidden else "note",
            f"{entry.id}: {note}",
            "look at the file; what was left out is never quoted" if hidden else "compare with the file itself",
        )


def _problems_of_pages(entry: Entry, pages: Sequence[PageText]) -> Iterator[Problem]:
    by_problem: dict[str, list[int]] = {}
    for page in pages:
        if page.problem and page.problem != "held back":
            by_problem.setdefault(_alike(page.problem), []).append(page.number)
    for problem, numbers in by_problem.items():
        yield Problem(
            "pages",
            "note" if problem == "blank" else "warning",
            f"{entry.id}, file {page_list(numbers)}: {problem}.",
            "none needed" if problem == "blank" else "compare with the paper itself, or add a better copy",
        )


def _alike(problem: str) -> str:
    """What pages with such a problem have in common: of those that text recognition read, not how sure it was."""
    return problem.split(" (")[0] if problem.startswith(LOW_CONFIDENCE) else problem
