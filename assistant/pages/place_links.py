"""Places of quotations as HTML: which paper says it, and links that open its page. Pure; every word is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.pages.rendering import page_words
from corpus.dates import written_out
from corpus.documents import Paper, readable
from corpus.records.places import Place


def text_html(words: str) -> str:
    """Words from outside, escaped, on one line as people read them."""
    return escape(readable(words))


def place_link(place: Place, words: str | None = None) -> str:
    """A link that opens a quotation on its page; its words are the page's numbers unless others are given."""
    return (
        f'<a class="place" href="#" data-document="{escape(place.document)}" data-start="{place.start}" '
        f'data-end="{place.end}">{text_html(words or page_words(place.page, place.page_label))}</a>'
    )


def source_html(paper: Paper, places: Sequence[Place]) -> str:
    """Which paper says it, its date, and every page on which it does."""
    pages = " and ".join(place_link(place) for place in places)
    return f"<b>{text_html(paper.title)}</b>, {escape(written_out(paper.date))}, {pages}"


def quotation_html(words: str) -> str:
    """A quotation that stands apart from its sources."""
    return f"<blockquote><p>{text_html(words)}</p></blockquote>"
