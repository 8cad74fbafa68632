"""Links that open a stretch of a document's text on its page; `places.js` tells Python where they point. Pure."""

from __future__ import annotations

from html import escape


def link_to(document: str, start: int, end: int, html: str, name: str = "") -> str:
    """A link to the text between two offsets of a document; `html` are its words, `name` another class of it."""
    data = f'data-document="{escape(document)}" data-start="{start}" data-end="{end}"'
    return f'<a class="{f"{name} " if name else ""}place" href="#" {data}>{html}</a>'
