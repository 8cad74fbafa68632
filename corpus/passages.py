"""Papers into passages: what is found, and in them the extracts that are quoted. Pure: takes and returns values.

In plain steps: a table row is a passage, with the half that a page's end cut off; so is the heading of a table's
section that is a sentence of its own (a plan's priority). Everything else is gathered under its heading, block by
block, while the encoder can still read it whole. Where it can't, what belongs together stays so: a numbered paragraph
with the items below it, a list with the sentence that introduces it; each part of a list too long for that keeps its
introducing sentence beside it. A block that is too long alone is cut between sentences. Lengths are counted with the
encoder's own tokenizer, because what it can't read it drops without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.documents import PAGE_BREAK, Block, BlockKind, Document, Paper, Passage, readable
from corpus.headings import IN_TABLES, headings_above
from corpus.sentences import Span, sentences, stripped

WHOLE_ROW = 90
"""Words: a longer table row is quoted by cell."""

SHORT_TABLE = 160
"""Words, bars between the cells counted: a table of no more is one passage, whose rows can be quoted alone."""

WHOLE_BLOCK = 60
"""Words: a longer paragraph of a cell, or list item, is quoted by sentence."""

NAME_WORDS = 5
"""A section of a table whose heading has no more words has a name only ("Front door"), which its rows carry along."""

_CLAUSE = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,2}[.)]?\s")
"""What opens a numbered paragraph ("3.12") or an item of a numbered list ("4.")."""

Count = Callable[[str], int]
"""How many word pieces the encoder makes of a text."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage to be: consecutive blocks, the headings above the first, and the sentence that introduces its list."""

    blocks: tuple[Block, ...]
    headings: tuple[str, ...]
    introduction: str = ""


def passages_of(document: Document, paper: Paper, *, count: Count, limit: int) -> tuple[Passage, ...]:
    """The passages of a paper in reading order, none longer than `limit` word pieces as told by `count`.

    They are verbatim slices that don't overlap and hold all of the paper's text but the heads and headings of its
    tables, which their rows carry along. Raises ValueError where one character alone is longer than `limit`.
    """
    blocks = [b for b in document.blocks if paper.start <= b.start < paper.end]
    found = []
    summary = paper.kind == "inspection summary"
    for draft in _drafts(document, blocks, summary=summary, count=count, limit=limit):
        start, end = draft.blocks[0].start, draft.blocks[-1].end
        row = next((b for b in draft.blocks if b.kind is BlockKind.ROW), None)
        extracts = [e for block in draft.blocks for e in _extracts(document, block)]
        for a, b in _cut(document.text, start, end, extracts, count=count, limit=limit):
            inside = tuple(e for e in extracts if a <= e[0] and e[1] <= b)
            found.append(
                Passage(
                    document=document.id,
                    paper=paper.id,
                    start=a,
                    end=b,
                    text=document.text[a:b],
                    headings=draft.headings,
                    headers=row.headers if row is not None else (),
                    introduction=draft.introduction,
                    extracts=inside or tuple(_by_page(document.text, a, b)),
                )
            )
    return tuple(found)


def _drafts(
    document: Document, blocks: Sequence[Block], *, summary: bool, count: Count, limit: int
) -> Iterator[_Draft]:
    """Blocks that go into one passage: rows alone, other blocks under one heading as long as they fit."""
    open_blocks: list[Block] = []
    open_path: tuple[str, ...] = ()
    introductions = _introductions(document, blocks)
    together = _short_tables(document, blocks, count=count, limit=limit)

    def draft(gathered: Sequence[Block]) -> _Draft:
        return _Draft(tuple(gathered), open_path, introductions.get(gathered[0].start, ""))

    def fits(more: Block, first: Block) -> bool:
        return count(document.text[first.start : more.end]) <= limit

    for block, path in zip(blocks, headings_above(document, blocks, summary=summary), strict=True):
        only_headings = all(b.kind is BlockKind.HEADING for b in open_blocks)
        after_row = bool(open_blocks) and open_blocks[-1].kind is BlockKind.ROW
        is_table = block.kind in (BlockKind.ROW, BlockKind.TABLE_HEAD)
        goes_on = not only_headings and after_row == is_table and (block.continues or block.start in together)
        apart = not only_headings if block.kind is BlockKind.HEADING else not goes_on and (is_table or after_row)
        if open_blocks and apart:
            carried = is_table and only_headings and all(_text(document, b) in open_path for b in open_blocks)
            if not carried or (open_blocks[-1].level in IN_TABLES and _is_sentence(document, open_blocks[-1])):
                yield draft(open_blocks)
            open_blocks = []
        elif open_blocks and not goes_on and not fits(block, open_blocks[0]):
            kept = _kept(document, open_blocks, block)
            if kept and not fits(block, open_blocks[kept]):
                kept = 0  # what belongs together is too long to stay so
            done, open_blocks = (open_blocks[:kept], open_blocks[kept:]) if kept else (open_blocks, [])
            yield draft(done)
            open_path = path
        if block.kind is BlockKind.TABLE_HEAD:
            continue
        if not open_blocks or only_headings:
            open_path = path
        open_blocks.append(block)
    if open_blocks:
        yield draft(open_blocks)


def _short_tables(document: Document, blocks: Sequence[Block], *, count: Count, limit: int) -> frozenset[int]:
    """The offsets of the rows that go on with the row before them, because their whole table is so short that it is
    read at one glance: which is the highest, what came after what."""
    found: set[int] = set()
    rows: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and block.kind is BlockKind.ROW and (not rows or block.headers == rows[0].headers):
            rows.append(block)
            continue
        words = sum(len(document.text[row.start : row.end].split()) for row in rows)
        short = len(rows) > 1 and words <= SHORT_TABLE and not any(row.continues for row in rows)
        if short and count(document.text[rows[0].start : rows[-1].end]) <= limit:
            found.update(row.start for row in rows[1:])
        rows = [block] if block is not None and block.kind is BlockKind.ROW else []
    return frozenset(found)


def _kept(document: Document, gathered: Sequence[Block], block: Block) -> int:
    """At which of the gathered blocks the passage is cut so that `block`, which doesn't fit, stays with what it belongs
    to: its numbered paragraph, or the sentence that introduces its list. 0 where it belongs to none of them."""
    place = len(gathered) - 1
    if not _introduces(document, gathered[place], block):
        if block.kind is not BlockKind.ITEM or _is_clause(document, block):
            return 0
        while place and gathered[place].kind is BlockKind.ITEM and not _is_clause(document, gathered[place]):
            place -= 1
    # A heading stays with what stands under it.
    alone = BlockKind.HEADING in (gathered[place].kind, gathered[place - 1].kind)
    return 0 if alone else place


def _is_clause(document: Document, block: Block) -> bool:
    return block.kind is BlockKind.ITEM and bool(_CLAUSE.match(document.text[block.start : block.end]))


def _is_sentence(document: Document, block: Block) -> bool:
    return len(document.text[block.start : block.end].split()) > NAME_WORDS


def _introduces(document: Document, block: Block, item: Block) -> bool:
    """Whether a block ends with a colon, and an item follows it."""
    prose = block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    return prose and item.kind is BlockKind.ITEM and document.text[block.start : block.end].endswith(":")


def _introductions(document: Document, blocks: Sequence[Block]) -> dict[int, str]:
    """For each item but the first of an introduced list, by its offset: the sentence that introduces it.

    An introduction holds until something else than an item follows, or an item that introduces its own.
    """
    found: dict[int, str] = {}
    introduction = ""
    for before, block in pairwise(blocks):
        if _introduces(document, before, block):
            start, end = sentences(document.text[before.start : before.end], before.start)[-1]
            introduction = readable(document.text[start:end])
        elif block.kind is not BlockKind.ITEM and not block.continues:
            introduction = ""
        elif introduction:
            found[block.start] = introduction
    return found


def _text(document: Document, block: Block) -> str:
    return readable(document.text[block.start : block.end])


def _extracts(document: Document, block: Block) -> list[Span]:
    """What can be quoted of a block: a short item or row whole, else its cells and sentences. Headings say nothing
    alone, and no extract crosses a page's end."""
    text = document.text
    if block.kind is BlockKind.HEADING:
        return []
    if block.kind is BlockKind.ROW:
        if len(text[block.start : block.end].split()) <= WHOLE_ROW:
            return [(block.start, block.end)]
        return [e for a, b in block.cells for e in _cell_extracts(text, a, b)]
    if block.kind is BlockKind.ITEM and len(text[block.start : block.end].split()) <= WHOLE_BLOCK:
        return [(block.start, block.end)]
    return sentences(text[block.start : block.end], block.start)


def _cell_extracts(text: str, start: int, end: int) -> list[Span]:
    found = []
    place = start
    for paragraph in text[start:end].split("\n\n"):
        a, b = stripped(text, place, place + len(paragraph))
        place += len(paragraph) + 2
        if a < b:
            found += [(a, b)] if len(paragraph.split()) <= WHOLE_BLOCK else sentences(text[a:b], a)
    return found


def _by_page(text: str, start: int, end: int) -> Iterator[Span]:
    place = start
    for piece in text[start:end].split(PAGE_BREAK):
        a, b = stripped(text, place, place + len(piece))
        if a < b:
            yield a, b
        place += len(piece) + len(PAGE_BREAK)


def _cut(text: str, start: int, end: int, extracts: Sequence[Span], *, count: Count, limit: int) -> Iterator[Span]:
    """The stretch itself if the encoder can read it whole, else pieces that it can: cut before an extract where that
    is enough, else (one very long sentence) between words. White space is left out where it is cut, but not at the
    stretch's own ends: the empty cells of a row are part of it."""
    while start < end:
        if count(text[start:end]) <= limit:
            yield start, end
            return
        ends = [a for a, _ in extracts if start < a < end]
        best = start
        for place in ends:
            if count(text[start:place]) > limit:
                break
            best = place
        if best == start:
            best = _between_words(text, start, min([*ends, end]), count=count, limit=limit)
        yield start, start + len(text[start:best].rstrip())
        start = stripped(text, best, end)[0]


def _between_words(text: str, start: int, end: int, *, count: Count, limit: int) -> int:
    best, place = start, start
    while place < end:
        space = next((i for i in range(place + 1, end) if text[i].isspace()), end)
        if count(text[start:space]) > limit:
            break
        best = place = space
    return best if best > start else _in_a_word(text, start, end, count=count, limit=limit)


def _in_a_word(text: str, start: int, end: int, *, count: Count, limit: int) -> int:
    """Where a word that is too long alone (the dots of a table of contents, a web address) must be cut."""
    fits, too_far = start, end
    while too_far - fits > 1:
        middle = (fits + too_far) // 2
        fits, too_far = (middle, too_far) if count(text[start:middle]) <= limit else (fits, middle)
    if fits == start:
        raise ValueError(f"{text[start]!r} at {start} alone is longer than the {limit} word pieces of the encoder")
    return fits
