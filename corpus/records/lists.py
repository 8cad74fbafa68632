"""Paragraphs and list items with all that belongs to them, outside tables and in their cells. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.documents import PAGE_BREAK, Block, BlockKind, Document, Paper, readable
from corpus.headings import headings_above
from corpus.reading.paragraphs import BULLETS, is_bullet, marker
from corpus.sentences import Span

_SIGNS = "".join(sign for sign in BULLETS if sign not in "–−-")
_INNER_SIGN = re.compile(rf"(?<=\n)\s*[{re.escape(_SIGNS)}\ue000-\uf8ff]\s+(?=\S)")
"""The bullet of an item inside an item; a dash that opens a line may be part of a sentence."""

_BEFORE_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=(?P<line>[^\n]+))")


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph or list item by the stretches of what belongs to it, its first block, and the headings above it."""

    stretches: tuple[Span, ...]
    block: Block
    headings: tuple[str, ...]

    @property
    def is_item(self) -> bool:
        """Whether it is a list item."""
        return self.block.kind is BlockKind.ITEM


Belongs = Callable[[Block, Item], bool]
"""Whether a block belongs to the item before it."""


def items_of(document: Document, paper: Paper, belongs: Belongs | None = None) -> Iterator[Item]:
    """A paper's paragraphs and list items outside its tables, each with what a page's end cut off from it and what
    `belongs` to it: if not given, the items that stand below it."""
    blocks = [b for b in document.blocks if paper.start <= b.start < paper.end]
    above = headings_above(document, blocks, summary=paper.kind == "inspection summary")
    held: Item | None = None
    for block, headings in zip(blocks, above, strict=True):
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            if block.kind is not BlockKind.TABLE_HEAD and held is not None:
                yield held
                held = None
            continue
        if held is not None:
            more = block.continues or (belongs(block, held) if belongs else is_below(document, block, held))
            if more:
                held = replace(held, stretches=joined(document, held.stretches, (block.start, block.end)))
                continue
            yield held
        held = Item(((block.start, block.end),), block, headings)
    if held is not None:
        yield held


def is_below(document: Document, block: Block, held: Item) -> bool:
    """Whether a block is an item that stands below an item: set deeper, with a bullet below a number, or with another
    sign below an item that introduces it."""
    if block.kind is not BlockKind.ITEM or not held.is_item:
        return False
    return block.level > held.block.level or below_number(document, block, held) or _introduced(document, block, held)


def below_number(document: Document, block: Block, held: Item) -> bool:
    """Whether a block has no number and follows an item that has one."""
    first, this = (marker(document.text[b.start : b.end]) for b in (held.block, block))
    return first[:1].isdigit() and not this[:1].isdigit()


def _introduced(document: Document, block: Block, held: Item) -> bool:
    """Whether an item ends with a colon, and a block after it has another sign than it."""
    first, this = (document.text[b.start : b.end].strip() for b in (held.block, block))
    if not first.endswith(":") or block.level < held.block.level:
        return False
    signs = [marker(text).strip() for text in (first, this)]
    return not any(sign[:1].isalnum() for sign in signs) and signs[0] != signs[1]


def joined(document: Document, stretches: tuple[Span, ...], more: Span) -> tuple[Span, ...]:
    """The stretches with one more: part of the last where only white space stands between them on one page."""
    *before, (start, end) = stretches
    between = document.text[end : more[0]]
    return (*before, (start, more[1])) if between.isspace() and PAGE_BREAK not in between else (*stretches, more)


def text_of(document: Document, stretches: Sequence[Span]) -> tuple[str, int | None]:
    """The text of an item on one line without the sign or number that opens it, and the number."""
    text = " ".join(readable(_INNER_SIGN.sub(" • ", document.text[a:b])) for a, b in stretches)
    sign = marker(text)
    digits = re.match(r"\d{1,3}(?=[.)]?\s*$)", sign)
    return text[len(sign) :].strip(), int(digits[0]) if digits else None


def cell_items(document: Document, stretches: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
    """The items of a cell: each begins with its sign or number or, where none has one, after a blank line. What stands
    on the next page without a sign goes on with the last."""
    text = document.text
    pieces = [piece for a, b in stretches for piece in _paragraphs(text, a, b)]
    signed = any(marker(text[a:b]) for a, b in pieces)
    firsts = {a for a, b in stretches}
    held: tuple[Span, ...] = ()
    for start, end in pieces:
        opens = bool(marker(text[start:end])) if signed else start not in firsts or not held
        if held and not opens:
            held = joined(document, held, (start, end))
            continue
        if held:
            yield held
        held = ((start, end),)
    if held:
        yield held


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """The paragraphs of a cell: cut at blank lines, and before lines that open with a bullet."""
    place = start
    for gap in _BEFORE_PARAGRAPH.finditer(text, start, end):
        if gap["line"] is None or is_bullet(gap["line"]):
            yield place, gap.start()
            place = gap.end()
    yield place, end
