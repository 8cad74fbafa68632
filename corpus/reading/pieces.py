"""What every reader makes of a file: pieces in reading order, page by page, and how they become one text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.documents import CELL_BREAK, PAGE_BREAK, Block, BlockKind


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it has a place in the text: its cells' texts (one for what isn't a row)."""

    kind: BlockKind
    cells: tuple[str, ...]
    size: float = 0.0
    bold: bool = False
    level: int = 0
    headers: tuple[str, ...] = ()
    continues: bool = False


_TABLE = (BlockKind.ROW, BlockKind.TABLE_HEAD)


def write(pages: Sequence[Sequence[Piece]]) -> tuple[str, list[tuple[int, int]], list[Block]]:
    """The document's text, the offsets of each page in it, and its blocks with theirs."""
    parts: list[str] = []
    length = 0

    def add(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    spans: list[tuple[int, int]] = []
    blocks: list[Block] = []
    for number, pieces in enumerate(pages):
        if number:
            add(PAGE_BREAK)
        page_start = length
        for i, piece in enumerate(pieces):
            if i:
                add("\n" if piece.kind in _TABLE and pieces[i - 1].kind in _TABLE else "\n\n")
            start = length
            cells = []
            for j, cell in enumerate(piece.cells):
                if j:
                    add(CELL_BREAK)
                cells.append((length, length + len(cell)))
                add(cell)
            is_row = piece.kind in _TABLE
            level = piece.level or int(piece.kind is BlockKind.ITEM)
            blocks.append(
                Block(start, length, piece.kind, level, tuple(cells) if is_row else (), piece.headers, piece.continues)
            )
        spans.append((page_start, length))
    return "".join(parts), spans, blocks
