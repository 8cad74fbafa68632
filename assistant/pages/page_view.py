"""See it on the page: the widgets of a viewer beside the conversation, and what happens when they are used.

A place in the papers (a document and two offsets of its text) comes from the browser and is checked like all that does.
The page is drawn in a process of its own, so neither questions nor their model wait for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.pages.listening import QUIETLY
from assistant.pages.loading import Shelf
from assistant.pages.page_html import page_html, problem_html
from assistant.pages.viewing import NOT_HERE, Draws, PlaceUnknown, Shown, seen
from corpus.errors import CouncilPapersError
from corpus.reading.worker import Drawer, Limits

_log = logging.getLogger(__name__)

HERE = Path(__file__).parent
STYLE = HERE / "page_view.css"
PLACES = (HERE / "places.js").read_text(encoding="utf-8")
"""For the `js_on_load` of a gr.HTML that has links to places (`a.place`) in it: they come out as its event `select`."""

_SCRIPT = HERE / "page_view.js"
_TEMPLATE = '<div class="unseen" role="status"></div><section aria-label="The page of a quotation" hidden></section>'
_TELL = "() => document.querySelector('#page-view section').dispatchEvent(new Event('{}'))"
"""Tells the viewer in the browser that a place is `opening`, before Python knows of it, or has `opened`."""

DRAWING_SECONDS = 15.0
"""A page that takes longer isn't drawn; most take a fifth of a second, and the first waits for its process to start."""

AT_ONCE = 8
"""Readers whose pages are prepared at once. They are drawn one after another."""

LARGEST = 2**53
"""No number that a browser counts with is larger."""

APOLOGY = (
    "Sorry, something went wrong while the page was opened. The details are in the window in which this program runs."
)

Outputs = tuple[Shown | None, str]
"""The values of a viewer's components: what is shown, and its HTML (empty where the viewer is closed)."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the viewer does: functions of their inputs. `library` gives the library, or raises a CouncilPapersError
    while it isn't open."""

    library: Callable[[], Shelf]
    drawer: Draws

    def opened(self, document: object, start: object, end: object) -> Outputs:
        """The page on which a quotation begins, and its words marked; a sentence where there is no such place."""
        return _told(lambda: self._at(*_place(document, start, end)))

    def turned(self, shown: Shown | None, page: object) -> Outputs:
        """Another page of the document that is shown."""
        if shown is None:
            return self.closed()
        number = page if isinstance(page, int) and 0 < page < LARGEST else 0
        return _told(lambda: self._show(Shown(shown.document, number, shown.start, shown.end)))

    def closed(self) -> Outputs:
        """Nothing."""
        return None, ""

    def _at(self, document: str, start: int, end: int) -> Outputs:
        library = self.library()
        page = library.page_at(document, start)
        if page is None or library.page_at(document, end) is None:
            raise PlaceUnknown(NOT_HERE)
        return self._show(Shown(document, page.number, start, end))

    def _show(self, shown: Shown) -> Outputs:
        return shown, page_html(seen(self.library(), self.drawer, shown))


def _place(document: object, start: object, end: object) -> tuple[str, int, int]:
    """A place as the browser should have sent it. Raises PlaceUnknown for anything else."""
    if isinstance(document, str) and isinstance(start, int) and isinstance(end, int) and 0 <= start < end < LARGEST:
        return document, start, end
    raise PlaceUnknown(NOT_HERE)


def _told(show: Callable[[], Outputs]) -> Outputs:
    """What `show` gives; whatever goes wrong in words."""
    try:
        return show()
    except CouncilPapersError as error:
        return None, problem_html(str(error))
    except Exception:
        _log.exception("A page could not be opened.")
        return None, problem_html(APOLOGY)


@dataclass(frozen=True, slots=True)
class Viewer:
    """The viewer on the page: its components, and what fills them."""

    opening: Opening
    shown: gr.State
    html: gr.HTML

    @property
    def outputs(self) -> list[Any]:
        """The components that `opened`, `turned` and `closed` give the values of."""
        return [self.shown, self.html]

    def opened(self, document: object, start: object, end: object) -> Outputs:
        """The values of `outputs` for a place that is opened."""
        return self.opening.opened(document, start, end)

    def follow(self, source: gr.HTML) -> None:
        """Open what is chosen in a component whose `js_on_load` is, or has in it, `PLACES`."""
        source.select(None, js=_TELL.format("opening"), **_PAGE)
        opening = source.select(self._selected, outputs=self.outputs, **_LAST)
        opening.then(None, js=_TELL.format("opened"), **_PAGE)

    def _selected(self, event: gr.EventData) -> Outputs:
        return self.opened(*(getattr(event, name, None) for name in ("document", "start", "end")))


_PAGE = QUIETLY | {"concurrency_id": "page", "concurrency_limit": AT_ONCE}
_LAST = _PAGE | {"trigger_mode": "always_last"}
"""Who opens another place while the first is still being drawn wants the other."""


def page_view(library: Callable[[], Shelf], drawer: Draws | None = None) -> Viewer:
    """A viewer, empty until a place is opened; to be made within a gr.Blocks. `library` gives the library, or raises a
    CouncilPapersError while it isn't open."""
    opening = Opening(library, drawer or Drawer(Limits(seconds=DRAWING_SECONDS)))
    shown = gr.State(None)
    html = gr.HTML("", html_template=_TEMPLATE, js_on_load=_SCRIPT.read_text(encoding="utf-8"), elem_id="page-view")
    viewer = Viewer(opening, shown, html)

    def turned(now: Shown | None, event: gr.EventData) -> Outputs:
        return opening.turned(now, getattr(event, "page", None))

    html.turn(turned, inputs=shown, outputs=viewer.outputs, **_LAST)
    html.close(opening.closed, outputs=viewer.outputs, **_PAGE)
    return viewer
