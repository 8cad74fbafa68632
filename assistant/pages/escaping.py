"""Words from papers and people as HTML. Pure."""

from __future__ import annotations

from html import escape

from corpus.documents import readable


def text_html(words: str) -> str:
    """Words from outside, escaped, on one line as people read them."""
    return escape(readable(words))


def marked_html(text: str, line: tuple[int, int], marked: tuple[int, int]) -> str:
    """One line of a text (offsets of it), escaped, with what of it is marked in a `mark`."""
    start, end = (min(max(place, line[0]), line[1]) for place in marked)
    before, inside, after = text[line[0] : start], text[start:end], text[end : line[1]]
    if not inside.strip():
        return text_html(text[line[0] : line[1]])
    mark = f"<mark>{text_html(inside)}</mark>"
    return f"{text_html(before)}{_gap(before, inside)}{mark}{_gap(inside, after)}{text_html(after)}"


def _gap(left: str, right: str) -> str:
    # `readable` takes the white space off the ends of what it is given.
    return " " if left[-1:].isspace() or right[:1].isspace() else ""
