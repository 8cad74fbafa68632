"""The library's view: what is held, what is to be known of it, adding files and taking them out."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Protocol

import gradio as gr
from gradio.utils import get_upload_folder

from assistant.holdings import Holdings, by_body, concerns
from assistant.intake import LARGEST, Handed, Intake, kinds_taken
from assistant.pages.holdings_html import (
    concerns_html,
    files_html,
    papers_html,
    progress_html,
    progress_words,
    sentences_html,
    summary_html,
)
from assistant.pages.listening import QUIETLY
from assistant.pages.loading import Progress
from corpus.errors import CouncilPapersError

_log = logging.getLogger(__name__)

HERE = Path(__file__).parent
STYLE = HERE / "library.css"


READ_ONLY = (
    "Files can't be added or taken out here, because this page is served read-only. Whoever runs it can add files "
    "with “python -m assistant add FILES”, which this page then shows, or start it so that adding is allowed: without "
    "“--read-only”, and with “--allow-adding” where other machines can reach it."
)
SAMPLE = (
    "These are the sample papers of Thornmere, a council that doesn't exist; they show how the page works. {} the "
    "sample papers are then no longer shown."
)
STARTS_OWN = "The first file that you add starts your own library, and this page goes over to it:"
STARTS_OWN_ELSEWHERE = "When the first papers are added, the page answers from those alone after its next start:"
KINDS_IN_WORDS = "PDF and Word files, web pages, Markdown and plain text"
EXCHANGING = "Your own library has its first papers; the page is going over to it…"
FAULT = (
    "Sorry, something went wrong while the library was being looked through. Nothing was changed; load this page "
    "again. The details are in the window in which this program runs."
)


class Keeper(Protocol):
    """What opens the library and knows what it holds."""

    def progress(self) -> Progress:
        """How far opening it has come."""

    @property
    def is_renewing(self) -> bool:
        """Whether another library is being opened in place of this one."""

    def holdings(self) -> Holdings:
        """What it holds; raises a CouncilPapersError where it isn't open or can't be read."""


@dataclass(frozen=True, slots=True)
class LibraryHandlers:
    """What the view does: functions of their inputs. What is held and what is being added is the same for everybody."""

    keeper: Keeper
    intake: Intake
    may_add: bool

    def opened(self) -> tuple[dict[str, str], dict[str, str], gr.Timer]:
        """What is held, how far files have come that were handed in, and the clock that asks again while either
        changes."""
        changing = self._is_changing()
        return self._shelves(), self._lines(), gr.Timer(active=changing)

    def ticked(self) -> tuple[Any, dict[str, str], gr.Timer]:
        """The same; but what is held is left as it stands while files are being added, for somebody may be reading."""
        adding, changing = self.intake.is_running, self._is_changing()
        return gr.skip() if adding else self._shelves(), self._lines(), gr.Timer(active=changing)

    def hand_in(self, event: gr.EventData) -> tuple[dict[str, str], gr.Timer]:
        """Take over files that have arrived."""
        files = arrived(event.files)
        self.intake.hand_in(files)
        for each in files:
            with suppress(OSError):
                # Gradio gives each file a folder of its own.
                each.path.parent.rmdir()
        return self._lines(), gr.Timer(active=True)

    def stop(self) -> dict[str, str]:
        """Stop adding."""
        self.intake.stop()
        return self._lines()

    def clear(self) -> dict[str, str]:
        """Put the list of files away that are done with."""
        self.intake.clear()
        return self._lines()

    def remove(self, event: gr.EventData) -> dict[str, str]:
        """Take a document out, and say so above what is held now."""
        try:
            return self._shelves(sentences_html([self.intake.remove(str(event.document))]))
        except CouncilPapersError as error:
            return self._shelves(sentences_html([str(error)], failed=True))
        except Exception:
            _log.exception("A document could not be taken out.")
            return self._shelves(sentences_html([FAULT], failed=True))

    def _is_changing(self) -> bool:
        return not self.keeper.progress().done or self.keeper.is_renewing or self.intake.is_running

    def _shelves(self, said: str = "") -> dict[str, str]:
        try:
            return shelves(self.keeper, may_add=self.may_add, said=said)
        except CouncilPapersError as error:
            return _shelf_values(summary=sentences_html([str(error)], failed=True), said=said)
        except Exception:
            _log.exception("The library could not be looked through.")
            return _shelf_values(summary=sentences_html([FAULT], failed=True), said=said)

    def _lines(self) -> dict[str, str]:
        running, stopping = self.intake.is_running, self.intake.is_stopping
        lines = self.intake.lines()
        return {
            "list": progress_html(lines, running=running, stopping=stopping),
            "words": progress_words(lines, running=running),
        }


def shelves(keeper: Keeper, *, may_add: bool, said: str = "") -> dict[str, str]:
    """What is held as HTML, by the places in which it is shown; `said` is what came of what was just done."""
    progress = keeper.progress()
    if not progress.done:
        return _shelf_values(summary=sentences_html([progress.sentence]), said=said)
    held = keeper.holdings()
    notes = []
    if keeper.is_renewing:
        notes.append(EXCHANGING)
    elif held.is_sample:
        notes.append(SAMPLE.format(STARTS_OWN if may_add else STARTS_OWN_ELSEWHERE))
    found = concerns(held.problems)
    return _shelf_values(
        summary=summary_html(held.entries, found) + sentences_html(notes),
        papers=papers_html(by_body(held.entries, held.ties, held.printed))
        # The sample papers are the program's own: it would put them back.
        + files_html(held.entries, held.unread, may_remove=may_add and not held.is_sample),
        concerns=concerns_html(found),
        said=said,
    )


def _shelf_values(*, summary: str, papers: str = "", concerns: str = "", said: str = "") -> dict[str, str]:
    return {"summary": summary, "papers": papers, "concerns": concerns, "said": said}


def arrived(files: Any) -> list[Handed]:
    """The files that a browser says it has sent, without whatever isn't where files arrive: a browser can say what it
    likes, and no other file of this machine is its business."""
    folder = Path(get_upload_folder()).resolve()
    found = []
    for each in files if isinstance(files, list) else []:
        path, name = (str(each.get(key) or "") for key in ("path", "name")) if isinstance(each, dict) else ("", "")
        with suppress(OSError, ValueError):
            whole = Path(path).resolve()
            if whole.is_relative_to(folder) and whole.is_file():
                found.append(Handed(whole, name or whole.name))
    return found


def library_view(keeper: Keeper, intake: Intake, *, may_add: bool) -> dict[str, Any]:
    """Put the view where it is called: into a page, a route of one, or a tab.

    Gives the arguments of the event by which the view fills itself, for the place that shows it to wire: the page's
    `load`, a tab's `select`.
    """
    handlers = LibraryHandlers(keeper, intake, may_add)
    with gr.Column(elem_id="lib"):
        files = None
        if may_add:
            files = gr.HTML(
                html_template=adding_html(),
                js_on_load=_script("library_files.js"),
                apply_default_css=False,
                elem_id="lib-adding",
            )
        else:
            gr.HTML(f'<p class="lib-note">{escape(READ_ONLY)}</p>', apply_default_css=False, elem_id="lib-adding")
        lines = gr.HTML(
            {"list": "", "words": ""},
            html_template='<div role="status" class="unseen" data-words></div><div data-lines></div>',
            js_on_load=_script("library_lines.js"),
            apply_default_css=False,
            elem_id="lib-progress",
        )
        papers = gr.HTML(
            _shelf_values(summary=""),
            html_template=_SHELVES,
            js_on_load=_script("library_papers.js"),
            apply_default_css=False,
            elem_id="lib-papers",
        )
        clock = gr.Timer(1.0)
        outputs = [papers, lines, clock]
        clock.tick(handlers.ticked, outputs=outputs, **QUIETLY)
        if files is not None:
            files.handed(handlers.hand_in, outputs=[lines, clock], **QUIETLY)
            lines.stopped(handlers.stop, outputs=[lines], **QUIETLY)
            lines.cleared(handlers.clear, outputs=[lines], **QUIETLY)
            papers.removal(handlers.remove, outputs=[papers], **QUIETLY)
    return {"fn": handlers.opened, "outputs": outputs, **QUIETLY}


def adding_html() -> str:
    """Where files are dropped or chosen; what its script needs to know stands in the attributes."""
    kinds = kinds_taken()
    sentences = {
        "kinds": kinds,
        "largest": str(LARGEST),
        "kind-sentence": f"{{}}: files of this kind aren't read; take one of {kinds}.",
        "size-sentence": f"{{}}: it is larger than {LARGEST // 2**20} MB, the most that is taken here; split it, or "
        "have it added with “python -m assistant add FILE”.",
        "send-sentence": "{}: it couldn't be sent; see whether the program still runs, and hand it in again.",
    }
    data = " ".join(f'data-{name}="{escape(value)}"' for name, value in sentences.items())
    return (
        '<h2>Add papers</h2><label class="lib-drop"><b id="lib-drop">Drop files here, or choose them</b>'
        f'<span id="lib-kinds">{KINDS_IN_WORDS}; several at once, up to {LARGEST // 2**20} MB each. A file of the '
        "same name as one that is held replaces it.</span>"
        '<input type="file" multiple aria-labelledby="lib-drop" aria-describedby="lib-kinds" '
        f'accept="{escape(kinds)}" {data}></label>'
        '<div role="status" class="lib-sending" data-sending></div>'
    )


_SHELVES = """
<h2>Papers held</h2>
<div role="status" class="lib-said" tabindex="-1" data-said></div>
<div data-summary></div>
<div class="lib-filter" data-filter hidden>
<label for="lib-find">Find in this list</label>
<input type="search" id="lib-find" autocomplete="off" spellcheck="false">
<p role="status" data-found></p>
</div>
<div data-list></div>
<div id="lib-concerns" tabindex="-1" data-concerns></div>
<dialog aria-labelledby="lib-asking">
<h3 id="lib-asking">Take this file out of the library?</h3>
<p data-name></p>
<p>Answers no longer quote it. The file that you added it from stays where it is; to have it back, add it again.</p>
<div class="lib-choice">
<button type="button" class="lib-button" value="no">Keep it</button>
<button type="button" class="lib-button lib-grave" value="yes">Take it out</button>
</div>
</dialog>
"""


def _script(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
