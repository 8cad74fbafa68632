"""What a library holds, as a clerk would set it out: its papers by body and in order of date, and what is to be known
of them, each with what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.listing import Printed, ties_told
from corpus.documents import Access, Paper
from corpus.mentions import bodies
from index.catalogue import Entry, Unread
from index.encoder import Encoder
from index.library import Library
from index.problems import Problem
from index.ties import Ties

NO_BODY = "Other papers"
"""Where papers stand that name no body and no author."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that `list` and `check` tell of a library; `ties` and `printed` (the numbers printed on first and last page)
    are by the ids of papers. `is_sample` tells that these are the sample papers."""

    entries: tuple[Entry, ...]
    ties: Mapping[str, Ties]
    printed: Mapping[str, Printed]
    unread: tuple[Unread, ...]
    problems: tuple[Problem, ...]
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A paper as it is held: the document that it is in, the numbers printed on its first and last page where there are
    any, and what ties it to other papers, a line each."""

    paper: Paper
    entry: Entry
    printed: Printed | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A body, or an author, with the papers that are held of it, the oldest first; those without a date are last."""

    name: str
    papers: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Concern:
    """What `check` tells of one matter: a heading, what is to be done about it, and the sentences. `needs_attention`
    tells that answers may be wrong or missing because of it."""

    heading: str
    remedy: str
    messages: tuple[str, ...]
    needs_attention: bool


def holdings_of(library: Library, encoder: Encoder, *, is_sample: bool = False) -> Holdings:
    """What a library holds now; raises what reading it raises."""
    return Holdings(
        library.documents(),
        library.ties(),
        library.printed_pages(),
        library.unreadable(),
        library.check(encoder),
        is_sample,
    )


def by_body(entries: Sequence[Entry], ties: Mapping[str, Ties], printed: Mapping[str, Printed]) -> tuple[Body, ...]:
    """A library's papers by the body that they belong to; `ties` and `printed` are by the ids of papers."""
    papers = {paper.id: paper for entry in entries for paper in entry.papers}
    held = [
        (
            _body_of(paper, entry),
            Held(paper, entry, printed.get(paper.id), tuple(ties_told(ties.get(paper.id, Ties()), papers))),
        )
        for entry in entries
        for paper in entry.papers
    ]
    named = bodies(name for name, _ in held if name)
    gathered: dict[str, list[Held]] = {}
    for name, each in held:
        gathered.setdefault(named[name] if name else NO_BODY, []).append(each)
    return tuple(
        Body(name, tuple(sorted(gathered[name], key=_order)))
        for name in sorted(gathered, key=lambda name: (name == NO_BODY, name.casefold()))
    )


def _body_of(paper: Paper, entry: Entry) -> str | None:
    """The body or author that a paper names, else the body of the agenda in whose pack it is."""
    agenda = next((p for p in entry.papers if p.kind == "agenda" and p.access is Access.PUBLIC), None)
    return paper.body or (agenda.body if agenda else None)


def _order(held: Held) -> tuple[bool, str, str, int]:
    return held.paper.date is None, held.paper.date or "", held.paper.document, held.paper.number


@dataclass(frozen=True, slots=True)
class _Matter:
    """How the page speaks of problems of one name: its heading and its remedy (that of `check` where it has none)."""

    heading: str
    remedy: str | None = None


_GIVE_UP = "or give it up under “Documents and files”"
_MATTERS = {
    "catalogue": _Matter("The library is damaged"),
    "encoder": _Matter("The library was made with another model"),
    "interrupted": _Matter("Adding was interrupted", f"Add these files again, {_GIVE_UP}."),
    "unreadable": _Matter("Files that could not be read", f"Mend what is said and add the file again, {_GIVE_UP}."),
    "empty": _Matter("Nothing is held yet", "Add the first papers above."),
    "vectors": _Matter("Every start takes longer", "None needed: the next file that is added or taken out mends it."),
    "original": _Matter(
        "Files that the library no longer has as they were",
        "Add the file again; if it was changed, take its document out first.",
    ),
    "hidden text": _Matter(
        "Text that nobody can see on the page was left out", "Look at the file. What was left out is never quoted."
    ),
    "pages": _Matter(
        "Pages without text, or hard to read",
        "Compare with the paper itself, or add a better copy. Nothing can be quoted from a page without text.",
    ),
    "missing pages": _Matter(
        "Printed pages that may be missing",
        "Compare with the paper itself: the pages may be missing, or exempt and left out of what was published.",
    ),
    "versions": _Matter(
        "Papers that are here in several versions", "Look which one holds, and take out a document that doesn't."
    ),
    "gap": _Matter(
        "Meetings of which something is missing", "Add the papers of these meetings if they were published."
    ),
    "held back": _Matter(
        "Papers that are held back",
        "None needed: they are marked as exempt, and nothing of their text is kept. If a paper may be published, "
        "publish it without its marking and add that.",
    ),
    "reading": _Matter("Notes of the reading", "Compare with the file itself."),
    "same text": _Matter(
        "The same text in several places", "None needed. Take out a document that you don't want twice."
    ),
    "duplicate": _Matter("The same file under several names", "None needed: it is kept once."),
    "meetings": _Matter("Meetings of which papers are held", "None needed."),
}
"""In the order in which they are shown."""

_ATTENTION = ("error", "warning")


def concerns(problems: Sequence[Problem]) -> tuple[Concern, ...]:
    """What `check` found, a matter at a time, in words for somebody who looks at the page and types no commands."""
    return tuple(_concerns(problems))


def _concerns(problems: Sequence[Problem]) -> Iterator[Concern]:
    names = [*_MATTERS, *sorted({problem.name for problem in problems} - set(_MATTERS))]
    for name in names:
        found = [problem for problem in problems if problem.name == name]
        # A matter may be grave in one document and a note in another: pages without text, and blank ones.
        for attention in (True, False):
            some = [problem for problem in found if (problem.severity in _ATTENTION) == attention]
            if not some:
                continue
            matter = _MATTERS.get(name, _Matter(name.capitalize()))
            blank = name == "pages" and not attention
            remedies = dict.fromkeys(_sentence(problem.remedy) for problem in some)
            yield Concern(
                "Blank pages" if blank else matter.heading,
                "None needed." if blank else matter.remedy or " ".join(remedies),
                tuple(problem.message for problem in some),
                attention,
            )


def _sentence(remedy: str) -> str:
    return f"{remedy[:1].upper()}{remedy[1:]}{'' if remedy.endswith('.') else '.'}"
