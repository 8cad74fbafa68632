"""Buttons with which the reader takes a conversation along as a file. The server writes none: the file travels to the
browser within the page, and `taking.js` hands it to the browser's own downloads.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64encode
from pathlib import Path

import gradio as gr

from assistant.pages.conversation import Turns, to_take_along
from assistant.taking_along import take_along
from corpus.errors import CouncilPapersError

STYLE = Path(__file__).parent / "taking.css"
_SCRIPT = Path(__file__).parent / "taking.js"


def to_download(turns: Turns, ending: str) -> str:
    """What `taking.js` is told: the file of these turns, or the sentence that says why there is none."""
    # Gradio tells the page only of values that are new; the same file may be wanted twice.
    once = secrets.token_hex(8)
    try:
        taken = take_along(to_take_along(turns), ending)
    except CouncilPapersError as error:
        return json.dumps({"once": once, "problem": str(error)})
    return json.dumps({"once": once, "name": taken.name, "content": b64encode(taken.content).decode()})


def taking_view() -> gr.HTML:
    """The buttons; places them where it is called.

    It triggers `select` with the `ending` that is wanted, and downloads what its value is then set to by `to_download`.
    """
    return gr.HTML(
        "",
        html_template=(
            '<section aria-labelledby="taking-title"><h2 id="taking-title">Take it along</h2>'
            "<p>All questions and answers of this conversation, with the quotations and their pages.</p>"
            '<p class="files"><button type="button" data-ending=".docx">Word file (.docx)</button> '
            '<button type="button" data-ending=".md">Markdown file (.md)</button></p>'
            '<p role="status"></p></section>'
        ),
        js_on_load=_SCRIPT.read_text(encoding="utf-8"),
        elem_id="taking",
    )
