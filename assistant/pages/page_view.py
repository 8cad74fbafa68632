"""See it on the page: the widgets of a viewer beside the conversation, and what happens when they are used.

A place in the papers (a document and two offsets of its text) comes from the browser and is checked like all that does.
The page is drawn in a process of its own, so neither questions nor their model wait for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import gradio as gr

from assistant.pages.page_html import View, page_html, problem_html
from corpus.documents import Access, Paper
from corpus.errors import CouncilPapersError, UnreadableDocument
from corpus.reading.drawing import Drawing, Quoted
from corpus.reading.worker import Drawer, Limits
from index.catalogue import PageText

_log = logging.getLogger(__name__)

HERE = Path(__file__).parent
STYLE = HERE / "page_view.css"
PLACES = (HERE / "places.js").read_text(encoding="utf-8")
"""For the `js_on_load` of a gr.HTML that has links to places (`a.place`) in it: they come out as its event `select`."""

_SCRIPT = HERE / "page_view.js"
_TEMPLATE = '<div class="unseen" role="status"></div><section aria-label="The page of a quotation" hidden></section>'

DRAWING_SECONDS = 15.0
"""A page that takes longer isn't drawn; most take a fifth of a second, and the first waits for its process to start."""

AT_ONCE = 8
"""Readers whose pages are prepared at once. They are drawn one after another."""

LARGEST = 2**53
"""No number that a browser counts with is larger."""

NOT_HERE = (
    "This place isn’t in the library: the document may have been taken out or added anew since the answer was given. "
    "Please ask again."
)
APOLOGY = (
    "Sorry, something went wrong while the page was opened. The details are in the window in which this program runs."
)

_KINDS = {
    ".docx": "a Word file",
    ".html": "a web page",
    ".htm": "a web page",
    ".md": "a text file",
    ".txt": "a text file",
}


class Holding(Protocol):
    """A document in the library, as far as its pages need it."""

    @property
    def id(self) -> str:
        """The document's id."""

    @property
    def title(self) -> str:
        """The document's title."""

    @property
    def file(self) -> str:
        """The file's name as it was added."""

    @property
    def pages(self) -> int:
        """How many pages it has."""

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers in it."""


class Holdings(Protocol):
    """The library, as far as its pages need it."""

    def documents(self) -> Sequence[Holding]:
        """Every document in it."""

    def page(self, document: str, number: int) -> PageText | None:
        """A page as stored, None if there is none."""

    def page_at(self, document: str, offset: int) -> PageText | None:
        """The page on which an offset of a document's text lies, None if there is none."""

    def original(self, document: str) -> Path | None:
        """The document's file, None where it isn't kept or is gone."""


class Draws(Protocol):
    """What draws pages."""

    def draw(self, path: Path, number: int, quoted: Quoted | None, /) -> Drawing:
        """A page of a PDF file, with the marks of what is quoted; raises UnreadableDocument where it can't."""


class PlaceUnknown(CouncilPapersError):
    """A place that came from the browser isn't one of the library's."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The page that is shown: its document and number (file page, from 1), and the quotation that was opened, by its
    offsets in the document's text."""

    document: str
    page: int
    start: int
    end: int


Outputs = tuple[Shown | None, str]
"""The values of a viewer's components: what is shown, and its HTML (empty where the viewer is closed)."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the viewer does: functions of their inputs. `library` gives the library, or raises a CouncilPapersError
    while it isn't open."""

    library: Callable[[], Holdings]
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


def seen(library: Holdings, drawer: Draws, shown: Shown) -> View:
    """What there is to see of a page. Raises PlaceUnknown where the library has no such page."""
    holding = next((each for each in library.documents() if each.id == shown.document), None)
    page = library.page(shown.document, shown.page)
    quoted_page = library.page_at(shown.document, shown.start)
    if holding is None or page is None or quoted_page is None:
        raise PlaceUnknown(NOT_HERE)
    # What is quoted may go on over the page's end; each page has its part.
    length = len(page.text)
    start, end = (min(max(offset - page.start, 0), length) for offset in (shown.start, shown.end))
    paper = _paper(holding, page, max(shown.start, page.start))
    path = library.original(shown.document)
    drawing, reason = None, _undrawable(holding, paper, path)
    if reason is None and path is not None:
        # Text recognition has its words from a picture, and no glyphs to be found again.
        scanned = page.confidence is not None
        quoted = Quoted(page.text, start, end) if start < end and not scanned else None
        try:
            drawing = drawer.draw(path, page.number, quoted)
        except UnreadableDocument as error:
            why = str(error).removeprefix(f"{path.name}: ").rstrip(".")
            reason = f"The page can’t be drawn ({why}); its text is shown instead."
        else:
            reason = _unmarked(drawing, scanned=scanned) if start < end else None
    return View(
        document=holding.id,
        title=holding.title,
        pages=holding.pages,
        paper=paper,
        page=page,
        start=start,
        end=end,
        quoted_page=quoted_page.number,
        drawing=drawing,
        reason=reason,
        kept=path is not None,
        is_pdf=path is not None and path.suffix.lower() == ".pdf",
    )


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


def _paper(holding: Holding, page: PageText, offset: int) -> Paper | None:
    """The paper in which an offset lies, or else the first on the page."""
    on_page = [paper for paper in holding.papers if paper.first_page <= page.number <= paper.last_page]
    return next((paper for paper in on_page if paper.start <= offset < paper.end), on_page[0] if on_page else None)


def _undrawable(holding: Holding, paper: Paper | None, path: Path | None) -> str | None:
    """Why there is no drawing of a document's pages; None where there can be one."""
    if paper is not None and paper.access is Access.EXEMPT:
        return "This page belongs to a paper that is exempt, so nothing of it is kept or shown."
    if path is None and any(each.access is Access.EXEMPT for each in holding.papers):
        return (
            "The page can’t be drawn, because the library keeps no copy of a file with an exempt paper in it. Its text "
            "is shown instead."
        )
    if path is None:
        return "The page can’t be drawn, because the library’s copy of the file is gone. Its text is shown instead."
    if path.suffix.lower() != ".pdf":
        kind = _KINDS.get(path.suffix.lower(), "not a PDF file")
        return f"There is no page to draw, because this document is {kind}. Its text is shown instead."
    return None


def _unmarked(drawing: Drawing, *, scanned: bool) -> str | None:
    """Why a drawing has no marks; None where it has."""
    if scanned:
        return (
            "This page is a scan, read by text recognition, so the quoted words can’t be marked on the drawing. They "
            "are marked in the text below it."
        )
    if not drawing.marks:
        return "The quoted words couldn’t be placed on the drawing. They are marked in the text below it."
    return None


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
        source.select(self._selected, outputs=self.outputs, **_QUIETLY)

    def _selected(self, event: gr.EventData) -> Outputs:
        return self.opened(*(event._data.get(name) for name in ("document", "start", "end")))


_QUIETLY: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "concurrency_id": "page",
    "concurrency_limit": AT_ONCE,
}


def page_view(library: Callable[[], Holdings], drawer: Draws | None = None) -> Viewer:
    """A viewer, empty until a place is opened; to be made within a gr.Blocks. `library` gives the library, or raises a
    CouncilPapersError while it isn't open."""
    opening = Opening(library, drawer or Drawer(Limits(seconds=DRAWING_SECONDS)))
    shown = gr.State(None)
    html = gr.HTML("", html_template=_TEMPLATE, js_on_load=_SCRIPT.read_text(encoding="utf-8"), elem_id="page-view")
    viewer = Viewer(opening, shown, html)

    def turned(now: Shown | None, event: gr.EventData) -> Outputs:
        return opening.turned(now, getattr(event, "page", None))

    html.turn(turned, inputs=shown, outputs=viewer.outputs, **_QUIETLY)
    html.close(opening.closed, outputs=viewer.outputs, **_QUIETLY)
    return viewer
