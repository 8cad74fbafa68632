"""The words of the project as types: documents, pages, blocks, papers, passages.

Small and frozen; they hold no behaviour but what follows from their own fields. All offsets count characters of
`Document.text`, from 0, end excluded. Nothing here reads a file or knows a database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

PAGE_BREAK = "\f"
"""Stands between the texts of two pages in `Document.text`, and nowhere else."""

CELL_BREAK = " | "
"""Joins the cells of a table row in the stored text."""

LINE_END_HYPHEN = "\N{SOFT HYPHEN}"
"""A hyphen that ends a line. The print can't say whether it belongs to the word, so the stored text keeps the character
that Unicode has for it, and `readable` shows it as the hyphen that stands on the page."""


class BlockKind(StrEnum):
    """What a stretch of a page is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    TABLE_HEAD = "table head"


class Access(StrEnum):
    """Whether a paper may be shown: exempt papers (Local Government Act 1972, Schedule 12A) are held back."""

    PUBLIC = "public"
    EXEMPT = "exempt"


KINDS = (
    "agenda",
    "minutes",
    "report",
    "presentation",
    "inspection",
    "inspection summary",
    "plan",
    "scorecard",
    "work programme",
    "commissioner report",
    "other",
)
"""The kinds of paper, as the command line names them."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of one page's text that belongs together: a heading, a paragraph, a list item, a table row or its head.

    `level` is a heading's rank (1 is the highest) or an item's depth (1 is the outermost), else 0. A row has the
    offsets of its `cells` and, cell for cell, the `headers` of their columns (empty where the column has none).
    `continues` says that the block goes on with one of the page before, which the page's end cut.
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    cells: tuple[tuple[int, int], ...] = ()
    headers: tuple[str, ...] = ()
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `number` as a viewer counts (from 1), `label` as printed on it (None where nothing is printed).

    `witnesses` are what independent readers make of the page, letters and digits only: a quotation is shown only if all
    of them have it in a row. `problem` says in a few words why the page can't be trusted or read. `confidence` is how
    sure text recognition was of the words of a scanned page (0 to 100), None where the file itself has the text.
    """

    number: int
    label: str | None
    start: int
    end: int
    witnesses: tuple[str, ...] = ()
    problem: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One entry of a file's outline: its title, its depth (1 is the outermost) and the page it opens."""

    title: str
    depth: int
    page: int


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its text, and the pages and blocks in it. `id` is a slug of the file's name."""

    id: str
    file: str
    sha256: str
    title: str
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    outline: tuple[Bookmark, ...] = ()
    notes: tuple[str, ...] = ()
    """What the reader of the file should be told, one sentence each: pages without text, hidden text left out."""

    def __post_init__(self) -> None:
        """Raise ValueError unless the pages tile the text and no block crosses a page's end."""
        if not self.pages or self.pages[0].start != 0 or self.pages[-1].end != len(self.text):
            raise ValueError(f"the pages of {self.id} don't cover its {len(self.text)} characters")
        if any(after.start != before.end + len(PAGE_BREAK) for before, after in pairwise(self.pages)):
            raise ValueError(f"the pages of {self.id} don't follow one another")
        if any(after.start < before.end for before, after in pairwise(self.blocks)):
            raise ValueError(f"the blocks of {self.id} overlap")


@dataclass(frozen=True, slots=True)
class Paper:
    """A part of a document with an identity of its own: an agenda, minutes, a report, a letter, a plan.

    `date` is an ISO date as far as it is known ("2022-06" is one): of the meeting or letter that the paper *is*, not
    of the pack it came in. `number` counts the papers of a document from 1. An inspection has the `council` whose
    services were inspected, and the days on which they were: `inspected`, an ISO 8601 interval
    ("2023-12-04/2023-12-15") or a single date.
    """

    document: str
    number: int
    kind: str
    title: str
    first_page: int
    last_page: int
    start: int
    end: int
    body: str | None = None
    date: str | None = None
    status: str | None = None
    item: str | None = None
    access: Access = Access.PUBLIC
    reason: str | None = None
    """Why the paper is held back, when it is."""
    council: str | None = None
    inspected: str | None = None

    @property
    def id(self) -> str:
        """`document#number`."""
        return f"{self.document}#{self.number}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous slice of a paper's text: what is found. Its identity is its place.

    `headings` is the path of headings above it, outermost first; `headers` are the column headers of a table row.
    `introduction` is the sentence that introduces the list in which the passage stands ("Leaders should:"), where that
    isn't part of it. `extracts` are the stretches of it that can be quoted alone (a sentence, a list item, a row), in
    reading order.
    """

    document: str
    paper: str
    start: int
    end: int
    text: str
    headings: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    introduction: str = ""
    extracts: tuple[tuple[int, int], ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        """Raise ValueError where the text isn't as long as its place."""
        if len(self.text) != self.end - self.start:
            raise ValueError(f"passage {self.id} holds {len(self.text)} characters")

    @property
    def id(self) -> str:
        """`document:start-end`."""
        return f"{self.document}:{self.start}-{self.end}"


def readable(text: str) -> str:
    """The text on one line as a person reads it: white space folded, a hyphen at a line's end shown as a hyphen."""
    return " ".join(text.replace(LINE_END_HYPHEN + "\n", "-").replace(LINE_END_HYPHEN, "-").split())
