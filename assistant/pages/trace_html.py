"""What all traces have in common as HTML: which paper says something, links that open its page, sentences where there
is nothing to see. Pure; every word is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.pages.escaping import text_html
from assistant.pages.place_links import link_to
from assistant.references import page_words
from corpus.dates import written_out
from corpus.documents import Paper
from corpus.records.places import Place

NOTHING_TO_OPEN = "The library has changed meanwhile; press “Show” again."


def place_link(place: Place, words: str | None = None) -> str:
    """A link that opens a quotation on its page; its words are the page's numbers unless others are given."""
    said = words or page_words(place.page, place.page_label)
    return link_to(place.document, place.start, place.end, text_html(said))


def source_html(paper: Paper, places: Sequence[Place]) -> str:
    """Which paper says it, its date, and every page on which it does."""
    pages = " and ".join(place_link(place) for place in places)
    return f"<b>{text_html(paper.title)}</b>, {escape(written_out(paper.date))}, {pages}"


def quotation_html(words: str) -> str:
    """A quotation that stands apart from its sources."""
    return f"<blockquote><p>{text_html(words)}</p></blockquote>"


def nothing_html(thing: str, about: str | None) -> str:
    """A sentence for a trace that is empty though the library holds such things: what to do about it."""
    subject = f" about “{text_html(about)}”" if about else ""
    return f"<p>No {thing}{subject} within what you chose. Try other words, or empty a box, and press “Show” again.</p>"


def more_html(hidden: int, at_once: int) -> str:
    """A button that shows so many more of what is hidden at once; "" where nothing is hidden."""
    if hidden <= 0:
        return ""
    left = f"(<span data-left>{hidden:,}</span> left)"
    return f'<p><button type="button" class="more" data-more="{at_once}">Show more {left}</button></p>'


def problem_html(sentence: str) -> str:
    """A sentence that says why there is nothing to see; the keyboard is led to it where it stands in a trace."""
    return f'<p class="problem" data-focus tabindex="-1">{escape(sentence)}</p>'
