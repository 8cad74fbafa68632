"""Documents as a clerk would type them, for tests of how packs are split into papers: a few lines of text a page."""

from __future__ import annotations

from corpus.documents import Access, BlockKind, Bookmark, Document, Page, Paper
from corpus.papers import papers_of
from corpus.reading.pieces import Piece, write
from corpus.reading.witness import squash


def typed(
    text: str, *, outline: tuple[Bookmark, ...] = (), title: str = "papers", file: str = "papers.pdf"
) -> Document:
    """A document of the pages typed in `text`.

    A line "===" begins a page, "=== 12" one on which the number 12 is printed. An empty line ends a block. A block that
    begins with "# " is a heading, with "- " a list item, with "+ " one as it stands ("+ 4. Text"), with "~ " what goes
    on from the page before; lines that begin with "|" are rows of a table, with "|!" its head; all else is a paragraph.
    Each page has a witness that agrees with it.
    """
    pages: list[list[Piece]] = []
    labels: list[str | None] = []
    for part in text.strip().split("===")[1:]:
        first, _, rest = part.partition("\n")
        labels.append(first.strip() or None)
        pages.append([piece for block in rest.split("\n\n") if block.strip() for piece in _pieces(block.strip("\n"))])
    written, spans, blocks = write(pages)
    numbered = tuple(
        Page(n, label, start, end, (squash(written[start:end]),), problem=None if start < end else "blank")
        for n, (label, (start, end)) in enumerate(zip(labels, spans, strict=True), 1)
    )
    return Document("papers", file, "", title, written, numbered, tuple(blocks), outline)


def _pieces(block: str) -> list[Piece]:
    if block.startswith("|"):
        headers: tuple[str, ...] = ()
        rows = []
        for line in block.split("\n"):
            cells = tuple(cell.strip() for cell in line.lstrip("|!").rstrip("|").split("|"))
            headers = cells if line.startswith("|!") else headers
            kind = BlockKind.TABLE_HEAD if line.startswith("|!") else BlockKind.ROW
            rows.append(Piece(kind, cells, headers=headers if kind is BlockKind.ROW else ()))
        return rows
    if block.startswith("# "):
        return [Piece(BlockKind.HEADING, (block[2:],), level=1)]
    if block.startswith("- "):
        return [Piece(BlockKind.ITEM, (f"• {block[2:]}",), level=1)]
    if block.startswith("+ "):
        return [Piece(BlockKind.ITEM, (block[2:],), level=1)]
    if block.startswith("~ "):
        return [Piece(BlockKind.PARAGRAPH, (block[2:],), continues=True)]
    return [Piece(BlockKind.PARAGRAPH, (block,))]


def listed(document: Document) -> list[str]:
    """The document's papers, a line each: "3-4 minutes (draft), item 3, 2022-11-09: Minutes of the Panel"."""
    return [_line(paper) for paper in papers_of(document)]


def _line(paper: Paper) -> str:
    status = f" ({paper.status})" if paper.status else ""
    item = f", item {paper.item}" if paper.item else ""
    held = ", EXEMPT" if paper.access is Access.EXEMPT else ""
    return (
        f"{paper.first_page}-{paper.last_page} {paper.kind}{status}{item}, {paper.date or 'no date'}{held}: "
        f"{paper.title}"
    )
