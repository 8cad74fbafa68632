"""Markdown: markdown-it-py, which follows CommonMark, makes a web page of it, and `webpage` reads that.

Tables and struck out text are read as GitHub writes them; titles and other facts before the text ("front matter") are
left out of it. A Markdown file is one page without a printed number. Its witness is its own text without the signs.
"""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt

from corpus.documents import Document
from corpus.reading.decoding import read_text
from corpus.reading.flow import document_of
from corpus.reading.numerals import DELIMITER
from corpus.reading.rereading import witness_of_markdown
from corpus.reading.webpage import page_of_html

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"""^title:[ \t]*(["']?)(.+?)\1[ \t]*$""", re.MULTILINE | re.IGNORECASE)


def read_markdown(path: Path, document: str, sha256: str) -> Document:
    """The document in the Markdown file at `path`.

    Raises UnreadableDocument where the file is empty, isn't text or has nothing to read.
    """
    decoded = read_text(path)
    front = _FRONT_MATTER.match(decoded.text)
    stated = _TITLE.search(front[1]) if front else None
    text = decoded.text[front.end() :] if front else decoded.text
    page = page_of_html(html_of_markdown(text))
    return document_of(
        path,
        document,
        sha256,
        title=stated[2] if stated else page.title,
        pages=[page.pieces],
        witnesses=[(witness_of_markdown(text),)],
        notes=(*decoded.notes, *page.notes),
    )


def html_of_markdown(text: str) -> str:
    """The text as HTML; a list's numbers keep the sign that follows them."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    for token in tokens:
        if token.type == "ordered_list_open":
            token.attrSet(DELIMITER, token.markup)
    return str(parser.renderer.render(tokens, parser.options, {}))
