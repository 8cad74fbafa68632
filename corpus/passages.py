"""Papers into passages: what is found, and in them the extracts that are quoted. Pure: takes and returns values.

In plain steps: a table row is a passage, with the half that a page's end cut off. Everything else is gathered under its
heading, block by block, while the encoder can still read it whole; a block that is too long alone is cut between
sentences. Lengths are counted with the encoder's own tokenizer, because what it can't read it drops without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.documents import PAGE_BREAK, Block, BlockKind, Document, Paper, Passage, readable
from corpus.sentences import Span, sentences, stripped

WHOLE_ROW = 90
"""Words: a longer table row is quoted by cell."""

WHOLE_BLOCK = 60
"""Words: a longer paragraph of a cell, or list item, is quoted by sentence."""

IN_TABLES = (7, 9)
"""The levels of a table's title and of the sections in it (`layout`): they end with the table."""

Count = Callable[[str], int]
"""How many word pieces the encoder makes of a text."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage to be: consecutive blocks, and the headings above the first."""

    blocks: tuple[Block, ...]
    headings: tuple[str, ...]


def passages_of(document: Document, paper: Paper, *, count: Count, limit: int) -> tuple[Passage, ...]:
    """The passages of a paper in reading order, none longer than `limit` word pieces as told by `count`.

    They are verbatim slices that don't overlap and hold all of the paper's text but the heads and headings of its
    tables, which their rows carry along. Raises ValueError where one character alone is longer than `limit`.
    """
    blocks = [b for b in document.blocks if paper.start <= b.start < paper.end]
    found = []
    for draft in _drafts(document, blocks, count=count, limit=limit):
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
                    extracts=inside or tuple(_by_page(document.text, a, b)),
                )
            )
    return tuple(found)


def _drafts(document: Document, blocks: Sequence[Block], *, count: Count, limit: int) -> Iterator[_Draft]:
    """Blocks that go into one passage: rows alone, other blocks under one heading as long as they fit."""
    path: list[tuple[int, str]] = []
    open_blocks: list[Block] = []
    open_path: tuple[str, ...] = ()

    def size(more: Block) -> int:
        return count(document.text[open_blocks[0].start : more.end])

    for block in blocks:
        only_headings = all(b.kind is BlockKind.HEADING for b in open_blocks)
        after_row = bool(open_blocks) and open_blocks[-1].kind is BlockKind.ROW
        is_table = block.kind in (BlockKind.ROW, BlockKind.TABLE_HEAD)
        goes_on = block.continues and not only_headings and after_row == is_table
        apart = not only_headings if block.kind is BlockKind.HEADING else not goes_on and (is_table or after_row)
        if open_blocks and (apart or (not goes_on and size(block) > limit)):
            if not (only_headings and is_table and all(_text(document, b) in open_path for b in open_blocks)):
                yield _Draft(tuple(open_blocks), open_path)
            open_blocks = []
        if block.kind is BlockKind.TABLE_HEAD:
            continue
        if after_row and not is_table and block.level not in IN_TABLES:
            path = [step for step in path if step[0] not in IN_TABLES]
        if block.kind is BlockKind.HEADING:
            path = [*(step for step in path if step[0] < block.level), (block.level, _text(document, block))]
        if not open_blocks or only_headings:
            open_path = tuple(step for _, step in path)
        open_blocks.append(block)
    if open_blocks:
        yield _Draft(tuple(open_blocks), open_path)


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
