"""What tests look at in a document: its blocks as they stand on its pages, and what its witnesses don't have."""

from __future__ import annotations

from corpus.documents import Document
from corpus.papers import papers_of
from corpus.passages import passages_of
from corpus.reading.witness import confirmed


def told(document: Document, page: int | None = None) -> list[tuple[str, int, str]]:
    """The kind, level and text of each block, of all pages or one."""
    places = [(p.start, p.end) for p in document.pages if page in (None, p.number)]
    return [
        (block.kind.name.lower().replace("_", " "), block.level, document.text[block.start : block.end])
        for block in document.blocks
        if any(start <= block.start and block.end <= end for start, end in places)
    ]


def texts(document: Document, page: int | None = None) -> list[str]:
    """The text of each block, of all pages or one."""
    return [text for _, _, text in told(document, page)]


def extracts(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    """Every stretch that can be quoted, with the witnesses of its page."""
    found = []
    for paper in papers_of(document):
        for passage in passages_of(document, paper, count=lambda text: len(text.split()), limit=180):
            for start, end in passage.extracts:
                page = next(page for page in document.pages if page.start <= start <= page.end)
                found.append((document.text[start:end], page.witnesses))
    return found


def unconfirmed(document: Document) -> list[str]:
    """The stretches that can be quoted and that a witness doesn't have."""
    assert extracts(document)
    return [text for text, witnesses in extracts(document) if not confirmed(text, witnesses)]
