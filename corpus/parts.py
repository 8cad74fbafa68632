"""A part of a document as the rules that name papers see it: its first lines, its headings, its front sheet. Pure.

A part is a run of pages: a whole paper, or one page that may open one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.date_forms import MONTHS
from corpus.documents import CELL_BREAK, Block, BlockKind, Document, Page, readable


def any_of(*patterns: str) -> re.Pattern[str]:
    """A pattern for any of several, whatever the case; ^ and $ stand for the ends of a line."""
    return re.compile("|".join(patterns), re.IGNORECASE | re.MULTILINE)


STAMP = any_of(
    r"(?P<agenda>(?:.{0,60}\W)?agenda\s+)?item\s*(?:no\.?|number)?\s*[:.]?\s*"
    r"(?P<prefix>[a-f])?0?(?P<number>\d{1,2})\s?(?:\(?(?P<letter>[a-z])\)?|\.(?P<part>\d{1,2}))?"
)
"""What a clerk stamps on a paper's first page: "Agenda Item 5", "Item No. 5a"."""

HEAD_WORDS = 150
"""How many words at a part's beginning say what it is."""

TOP_BLOCKS = 6
"""How many blocks at the top of a page say what begins there."""

SHEET_BLOCKS = 40
"""A front sheet is no longer than this."""

SHORT_LINE = 14
"""Words: a longer line is a sentence, and no title, date or name."""

_MONTH = any_of(*(rf"(?:{month}|{month[:3]})\b" for month in (*MONTHS, "Sept")))
_LABEL_AHEAD = re.compile(r"\n(?=[A-Z][^\n:|]{1,40}:(?:\s|$))")
_NUMBER = r"(?:\d{1,2}(?:\.\d{1,2})?[.)]?\s+)?"


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a paper begins: its first page, its item, and what the outline calls it."""

    page: int
    item: str | None = None
    hint: str | None = None


@dataclass(frozen=True)
class Part:
    """Pages of a document. `item` is the agenda item under which they stand, `hint` what the outline calls them."""

    document: Document
    first_page: int
    last_page: int
    item: str | None = None
    hint: str | None = None

    @property
    def first(self) -> Page:
        """Its first page."""
        return self.document.pages[self.first_page - 1]

    @property
    def last(self) -> Page:
        """Its last page."""
        return self.document.pages[self.last_page - 1]

    @property
    def pages(self) -> tuple[Page, ...]:
        """All its pages."""
        return self.document.pages[self.first_page - 1 : self.last_page]

    def page(self, number: int) -> Part:
        """One page of the same document."""
        return Part(self.document, number, number)

    @property
    def raw(self) -> str:
        """Its text as stored."""
        return self.document.text[self.first.start : self.last.end]

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return len(self.raw.split())

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Its blocks in reading order."""
        blocks = self.document.blocks
        start, end = (bisect_left(blocks, place, key=lambda b: b.start) for place in (self.first.start, self.last.end))
        return blocks[start:end]

    @property
    def goes_on(self) -> bool:
        """Whether its first block goes on with what the page before began."""
        return bool(self.blocks) and self.blocks[0].continues

    def text(self, block: Block) -> str:
        """A block's text on one line."""
        return readable(self.document.text[block.start : block.end])

    def lines_of(self, block: Block) -> Iterator[str]:
        """A block's lines, each as a person reads it: a paragraph is one, unless its lines are short and stand apart as
        those of a heading or an address do, or open with labels ("Date: …")."""
        text = self.document.text[block.start : block.end]
        if block.kind is BlockKind.PARAGRAPH:
            pieces = text.split("\n")
            apart = all(len(piece.split()) <= SHORT_LINE / 2 and not piece[:1].islower() for piece in pieces)
            yield from map(readable, pieces if apart else _LABEL_AHEAD.split(text))
        else:
            yield readable(text)

    def lines(self, blocks: int | None = None) -> list[str]:
        """The lines of its first blocks (of all, with None), without stamps."""
        return [line for block in self.blocks[:blocks] for line in self.lines_of(block) if not STAMP.fullmatch(line)]

    @cached_property
    def head(self) -> str:
        """Its first words, line by line."""
        lines: list[str] = []
        words = 0
        for block in self.blocks:
            if words > HEAD_WORDS:
                break
            lines += self.lines_of(block)
            words += len(self.document.text[block.start : block.end].split())
        return "\n".join(lines)

    @cached_property
    def top(self) -> str:
        """The first lines of its first page, without stamps."""
        here = [
            b for b in self.blocks[: TOP_BLOCKS + 2] if b.start < self.first.end and not STAMP.fullmatch(self.text(b))
        ]
        return "\n".join(line for b in here[:TOP_BLOCKS] for line in self.lines_of(b))

    @cached_property
    def opening(self) -> str:
        """All lines of its first two pages: what an inspectorate says of a report stands at the foot of the first."""
        end = self.document.pages[min(self.first_page, self.last_page - 1)].end
        return "\n".join(line for b in self.blocks if b.start < end for line in self.lines_of(b))

    @cached_property
    def headings(self) -> list[str]:
        """Its headings, without stamps."""
        found = (self.text(b) for b in self.blocks if b.kind is BlockKind.HEADING)
        return [text for text in found if not STAMP.fullmatch(text)]

    @property
    def is_letter(self) -> bool:
        """Whether it greets somebody at its beginning."""
        return bool(re.search(r"^dear\b", self.head, re.IGNORECASE | re.MULTILINE))

    @property
    def before_greeting(self) -> str:
        """A letter's lines above "Dear …"; nothing of what is none."""
        match = re.match(r"([\s\S]{0,700}?)^dear\b", self.head, re.IGNORECASE | re.MULTILINE)
        return match[1] if match else ""

    def field(self, name: str, blocks: int = SHEET_BLOCKS) -> str | None:
        """What stands beside a label on a report's front sheet ("Subject:"), None without one. `name` is a pattern.

        It stands in the next cell, behind the colon, or under a label that has a line of its own.
        """
        label = re.compile(rf"{_NUMBER}(?:{name})\s*:?", re.IGNORECASE)
        beside = re.compile(rf"{_NUMBER}(?:{name})\s*:\s*(?P<value>.+)", re.IGNORECASE)
        sheet = [line for b in self.blocks[:blocks] if not _names_columns(b) for line in self.lines_of(b)]
        for line, below in zip(sheet, [*sheet[1:], None], strict=True):
            cells = line.split(CELL_BREAK)
            for cell, following in zip(cells, [*cells[1:], None], strict=True):
                if match := beside.fullmatch(cell):
                    return match["value"]
                if label.fullmatch(cell) and (following or below) is not None:
                    return following or below
        return None


def opens_with_month(text: str) -> bool:
    """Whether a text begins with the name of a month, as what follows the number of a day does."""
    return _MONTH.match(text) is not None


def item_of(stamp: re.Match[str]) -> str:
    """The item that a stamp names: "5", "5a", "5.1" or "C5"."""
    return (
        (stamp["prefix"] or "").upper()
        + stamp["number"]
        + (stamp["letter"] or "").lower()
        + (f".{stamp['part']}" if stamp["part"] else "")
    )


def _names_columns(block: Block) -> bool:
    """Whether a block is the head of a table proper: that of a front sheet has a label and what stands beside it."""
    return block.kind is BlockKind.TABLE_HEAD and len(block.cells) > 2
