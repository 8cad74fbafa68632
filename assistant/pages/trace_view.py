"""What the views of findings, promises and figures have in common: how a trace is shown, opened and saved as a file."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Protocol, TypeVar

import gradio as gr
from gradio.components import Component
from gradio.events import Dependency

from assistant.pages.listening import QUIETLY
from assistant.pages.loading import Progress, Tracing
from assistant.pages.trace_html import NOTHING_TO_OPEN, problem_html
from assistant.spreadsheets import Table, save
from corpus.errors import CouncilPapersError

_log = logging.getLogger(__name__)

HERE = Path(__file__).parent
STYLE = HERE / "traces.css"
_SCRIPT = (HERE / "places.js").read_text(encoding="utf-8") + (HERE / "traces.js").read_text(encoding="utf-8")
_TEMPLATE = '<div class="said" role="status"></div><div class="trace"></div>'
_SAVE_FILE = """(file) => {
  if (!file) return;
  const link = document.createElement('a');
  link.href = file.url;
  link.download = file.orig_name;
  link.click();
}"""

LONGEST_WORDS = 200
"""Characters in a box; nobody names a subject in more."""

AT_ONCE = 4
"""Traces that are made at once: each may take a second, and questions shall still be answered meanwhile."""

TRACED = QUIETLY | {"concurrency_id": "trace", "concurrency_limit": AT_ONCE}
"""How listeners are made: none is a public service, and traces don't wait for questions."""

TRACING = "Tracing…"
NOTHING_SHOWN = "There is nothing to save yet; press “Show” first."
APOLOGY = (
    "Sorry, something went wrong while this was being traced. Nothing was changed; you can try again. The details are "
    "in the window in which this program runs."
)


class Traceable(Protocol):
    """An assistant, as far as the views need it; one that is still loading waits, or raises a CouncilPapersError."""

    @property
    def tracer(self) -> Tracing:
        """What traces its library."""


Asked = TypeVar("Asked")
Said = list[str]
"""What a trace's component shows: a sentence, and what it speaks of; both HTML."""

Outputs = tuple[Asked | None, Said, Said]
"""What was asked for (None where nothing is shown), the trace, and what is opened of it."""

EMPTY: Said = ["", ""]


class Handlers(Protocol[Asked]):
    """What a view does: functions of their inputs."""

    @property
    def shown(self) -> Callable[..., Iterator[Outputs[Asked]]]:
        """The outputs for the values of the view's boxes, first while it is traced, then traced."""

    def opened(self, asked: Asked | None, event: gr.EventData) -> tuple[Asked | None, Said]:
        """What is asked for now, and what was opened of the trace."""

    def table(self, asked: Asked) -> Table:
        """What is shown, to save."""


@dataclass(frozen=True, slots=True)
class TraceView:
    """A view's widgets, for the page around it. `shown` takes the values of `inputs`, in order, and gives `outputs`;
    links to places in the papers come out of `places` as their event `select`."""

    inputs: tuple[Component, ...]
    outputs: tuple[Component, ...]
    places: tuple[gr.HTML, ...]
    shown: Callable[..., Iterator[Outputs[Any]]]

    def opened_by(
        self, listener: Callable[..., Dependency], values: Callable[..., Any], inputs: Sequence[Component] = ()
    ) -> Dependency:
        """Have an event, such as a button's `click`, open the view: `values` makes the values of its boxes out of those
        of the event's `inputs`, in order (a single one where there is a single box)."""
        filled = listener(values, list(inputs), list(self.inputs), **QUIETLY)
        shown: Dependency = filled.then(self.shown, list(self.inputs), list(self.outputs), **TRACED)
        return shown


def steps(work: Callable[[], Outputs[Asked]], progress: Callable[[], Progress]) -> Iterator[Outputs[Asked]]:
    """First a word that it is being traced, then what came of it; whatever goes wrong becomes a sentence."""
    now = progress()
    yield None, [f'<p class="pending">{escape(TRACING if now.done else now.sentence)}</p>', ""], EMPTY
    try:
        yield work()
    except CouncilPapersError as error:
        yield None, [problem_html(str(error)), ""], EMPTY
    except Exception:
        _log.exception("Nothing could be traced.")
        yield None, [problem_html(APOLOGY), ""], EMPTY


def opening(asked: Asked | None, work: Callable[[Asked], tuple[Asked, str]]) -> tuple[Asked | None, Said]:
    """What is opened of a trace; whatever goes wrong becomes a sentence, which stands where the opened would."""
    if asked is None:
        return None, ["", problem_html(NOTHING_TO_OPEN)]
    try:
        now, html = work(asked)
    except CouncilPapersError as error:
        return asked, ["", problem_html(str(error))]
    except Exception:
        _log.exception("Nothing could be opened.")
        return asked, ["", problem_html(APOLOGY)]
    return now, ["", html]


def named(event: gr.EventData, name: str) -> str:
    """What the browser says of what was pressed, "" where it doesn't."""
    return str(getattr(event, name, ""))


def words(typed: str | None) -> str | None:
    """Words that were typed into a box, None where there are none."""
    return " ".join((typed or "").split()) or None


def text_box(label: str, info: str, *, scale: int = 1) -> gr.Textbox:
    """A box for a few words, with a line that says how to fill it."""
    return gr.Textbox(
        label=label, info=info, lines=1, max_lines=1, max_length=LONGEST_WORDS, min_width=200, scale=scale
    )


def saved(table: Callable[[], Table], name: str, folder: Path) -> str | None:
    """The path of a trace saved as a file of that name in a new folder within a folder; None, and a word to the
    reader, where it can't be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = Path(tempfile.mkdtemp(dir=folder)) / name
        save(table(), path)
    except (CouncilPapersError, OSError) as error:
        _log.warning("%s could not be saved: %s", name, error)
        gr.Warning(escape(f"{name} could not be saved: {error}"))
        return None
    except Exception:
        _log.exception("%s could not be saved.", name)
        gr.Warning(APOLOGY)
        return None
    return str(path)


def trace_view(name: str, handlers: Handlers[Any], inputs: Sequence[Component]) -> TraceView:
    """The widgets below a view's boxes, within the Blocks or Tab that is being made, and what they do. `name` begins
    the ids, and the names of files."""
    with gr.Row(elem_classes="trace-buttons"):
        show = gr.Button("Show", variant="primary", min_width=120)
        exports = {ending: gr.Button(f"Save as {ending}", min_width=120) for ending in (".xlsx", ".csv")}
    asked = gr.State(None)
    trace, opened = (
        gr.HTML(
            EMPTY,
            html_template=_TEMPLATE,
            js_on_load=_SCRIPT,
            apply_default_css=False,
            elem_id=f"{name}-{part}",
            elem_classes="traced-html",
        )
        for part in ("trace", "opened")
    )
    outputs = (asked, trace, opened)
    boxes = [box.submit for box in inputs if isinstance(box, gr.Textbox)]
    gr.on([show.click, *boxes], handlers.shown, inputs=list(inputs), outputs=list(outputs), **TRACED)
    trace.click(handlers.opened, inputs=asked, outputs=[asked, opened], **TRACED)
    for ending, button in exports.items():
        # Gradio's button gives the file that it held before it was pressed; so another is pressed, and this one holds.
        file = gr.DownloadButton(visible=False)
        making = button.click(_saver(name + ending, handlers, Path(file.GRADIO_CACHE)), asked, file, **TRACED)
        making.then(None, inputs=file, js=_SAVE_FILE, **QUIETLY)
    return TraceView(tuple(inputs), outputs, (trace, opened), handlers.shown)


def _saver(file: str, handlers: Handlers[Any], folder: Path) -> Callable[[Any], str | None]:
    def save_shown(asked: Any) -> str | None:
        if asked is None:
            gr.Info(NOTHING_SHOWN)
            return None
        return saved(lambda: handlers.table(asked), file, folder)

    return save_shown
