"""A page of a paper as HTML: the drawing with its marks, the text, and what can be done with it. Pure functions of
values; every word from outside is escaped.
"""

from __future__ import annotations

import re
from base64 import b64encode

from assistant.pages.escaping import marked_html, text_html
from assistant.pages.originals import original_address
from assistant.pages.viewing import View
from assistant.references import page_words
from corpus.dates import written_out
from corpus.documents import CELL_BREAK, readable
from corpus.reading.marks import Drawing, Rectangle

_CELL = re.escape(CELL_BREAK)
_PARAGRAPH = re.compile(rf"\n[ \t]*\n|\n(?=[^\n]*{_CELL})|(?<={_CELL})\n|\n(?=\s*[•●▪◦‣–-]\s)")
"""Where the text of a page starts a new line for the eye: at a blank line, a table's row, a bullet."""


def page_html(view: View) -> str:
    """A page with its heading, buttons, drawing or text, and links."""
    text = f'<div class="text">{page_text_html(view.page.text, view.start, view.end)}</div>'
    if view.drawing is None:
        body = f"<h3>The text of this page</h3>{text}"
    else:
        opened = " open" if view.start < view.end and not view.drawing.marks else ""
        body = (
            f"{_drawing(view, view.drawing)}<details{opened}><summary>The text of this page</summary>{text}</details>"
        )
    reason = f'<p class="reason">{text_html(view.reason)}</p>' if view.reason else ""
    return (
        f'<article aria-labelledby="page-view-title">{_heading(view)}{_tools(view)}{reason}{body}{_links(view)}'
        "</article>"
    )


def problem_html(sentence: str) -> str:
    """What stands there instead of a page that can't be shown."""
    return (
        '<article aria-labelledby="page-view-title"><h2 id="page-view-title" tabindex="-1">The page can’t be shown</h2>'
        f'<div class="tools">{_button("Close", "close")}</div><p class="reason">{text_html(sentence)}</p></article>'
    )


def page_text_html(text: str, start: int, end: int) -> str:
    """The text of a page as paragraphs, the stretch from `start` to `end` marked; a sentence where it has none."""
    parts: list[str] = []
    place = 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        stop, after = (gap.start(), gap.end()) if gap else (len(text), len(text))
        if text[place:stop].strip():
            parts.append(f"<p>{marked_html(text, (place, stop), (start, end))}</p>")
        place = after
    return "".join(parts) or "<p>No text is known of this page.</p>"


def _heading(view: View) -> str:
    paper, page = view.paper, view.page
    title = readable(paper.title if paper else view.title)
    date = f"{written_out(paper.date)}, " if paper and paper.date else ""
    where = f"{date}{page_words(page.number, page.label)}; the file has {view.pages} page{'s' * (view.pages != 1)}"
    within = f'<p class="within">In: {text_html(view.title)}</p>' if title != readable(view.title) else ""
    return (
        f'<h2 id="page-view-title" tabindex="-1">{text_html(title)}</h2>'
        f'<p class="where">{text_html(where[:1].upper() + where[1:])}</p>{within}'
    )


def _tools(view: View) -> str:
    number = view.page.number
    buttons = [
        _button("Previous page", "turn", number - 1, disabled=number <= 1),
        _button("Next page", "turn", number + 1, disabled=number >= view.pages),
    ]
    if number != view.quoted_page:
        buttons.append(_button("Back to the quotation", "turn", view.quoted_page))
    if view.drawing is not None:
        buttons.append('<button type="button" class="larger" aria-pressed="false">Larger</button>')
    buttons.append(_button("Close", "close"))
    words = page_words(number, view.page.label)
    return f'<div class="tools" role="group" aria-label="Page" data-said="{text_html(words)}">{"".join(buttons)}</div>'


def _button(words: str, kind: str, page: int | None = None, *, disabled: bool = False) -> str:
    # `aria-disabled` and not `disabled`: the focus stays on a button that has come to its end.
    to = "" if page is None else f' data-page="{page}"'
    return f'<button type="button" class="{kind}"{to}{" aria-disabled=true" * disabled}>{words}</button>'


def _drawing(view: View, drawing: Drawing) -> str:
    picture = b64encode(drawing.picture).decode("ascii")
    said = f"{page_words(view.page.number, view.page.label)}, drawn as it stands in the paper"
    quoted = ", with the quoted words marked" if drawing.marks else ""
    alt = f"{said[:1].upper()}{said[1:]}{quoted}. Its words follow under “The text of this page”."
    marks = "".join(_mark(mark) for mark in drawing.marks)
    return (
        '<div class="frame" role="region" aria-label="The page, drawn" tabindex="0"><div class="sheet">'
        f'<img alt="{text_html(alt)}" width="{drawing.width}" height="{drawing.height}" '
        f'src="data:image/webp;base64,{picture}">{marks}</div></div>'
    )


def _mark(mark: Rectangle) -> str:
    place = f"left:{mark.left:.3%};top:{mark.top:.3%};width:{mark.width:.3%};height:{mark.height:.3%}"
    return f'<span class="marked" style="{place}"></span>'


def _links(view: View) -> str:
    number = view.page.number
    check = f'<p class="check">Always check the page: open the document at file page {number}.</p>'
    if not view.kept:
        return check
    links = []
    if view.is_pdf:
        address = original_address(view.document, page=number)
        links.append(
            f'<a href="{text_html(address)}" target="_blank" rel="noopener">Open the document at this page '
            "(in a new tab)</a>"
        )
    download = original_address(view.document, download=True)
    links.append(f'<a href="{text_html(download)}" download>Save the document</a>')
    return f'{check}<p class="links">{" ".join(links)}</p>'
