"""What is wrong with a library, each with its remedy. Reads, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.documents import Access
from corpus.reading.files import document_id, sha256_of
from index.catalogue import Catalogue, Entry


@dataclass(frozen=True, slots=True)
class Problem:
    """Something `check` found: its name, whether it is an error, a warning or a note, and what to do about it."""

    name: str
    severity: str
    message: str
    remedy: str


def encoder_mismatch(folder: Path, catalogue: Catalogue, encoder: str) -> Problem | None:
    """That the library was made with another encoder, None where it wasn't or has no vectors yet."""
    made_by = catalogue.meta("encoder")
    if made_by in (None, encoder) or not catalogue.count_passages():
        return None
    return Problem(
        "encoder",
        "error",
        f"The library in {folder} was made with the encoder {made_by}, not {encoder}.",
        f"ask with --encoder {_quoted(made_by)}, or make it anew with: "
        + command(f"add --rebuild --encoder {_quoted(encoder)}", folder),
    )


def problems(
    folder: Path, catalogue: Catalogue, encoder: str, *, vectors_current: bool, original: Callable[[Entry], Path]
) -> Iterator[Problem]:
    """What is wrong with the library in a folder that is to be used with an encoder, and what a reader should know.

    `vectors_current` tells whether the file of vectors fits the catalogue, `original` where a document's file is kept.
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
            + command(f"remove {' '.join(document_id(Path(file)) for file in pending)}", folder),
        )
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
        yield from _problems_of(entry, folder, catalogue, original(entry))


def _problems_of(entry: Entry, folder: Path, catalogue: Catalogue, original: Path) -> Iterator[Problem]:
    exempt = [paper for paper in entry.papers if paper.access is Access.EXEMPT]
    for paper in exempt:
        yield Problem(
            "held back",
            "note",
            f"{entry.id}, file pages {paper.first_page}-{paper.last_page}: {paper.reason}; nothing of it is kept.",
            "none needed; if the paper may be published, publish it without its marking and add that",
        )
    if not exempt and not original.is_file():
        yield Problem(
            "original",
            "warning",
            f"The original of {entry.id} is missing.",
            f"add {entry.file} again",
        )
    elif not exempt and sha256_of(original) != entry.sha256:
        yield Problem(
            "original",
            "error",
            f"The original of {entry.id} was changed.",
            f"take it out with: {command(f'remove {entry.id}', folder)}, and add {entry.file} again",
        )
    by_problem: dict[str, list[int]] = {}
    for page in catalogue.pages(entry.id):
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
        yield Problem("hidden text", "warning", f"{entry.id}: {note}", "look at the page; hidden text is never quoted")


def command(words: str, folder: Path) -> str:
    """A command of ours, as it can be copied into a terminal."""
    return f"python -m assistant {words} --library {_quoted(folder)}"


def _quoted(value: object) -> str:
    text = str(value)
    return f'"{text}"' if any(c.isspace() for c in text) else text
