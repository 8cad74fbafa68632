"""The whole page: its views, the way from one to the other, and the page of a paper beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.pages import about, chat, keeping, library_view, page_view, taking, trace_view
from assistant.pages.about import about_view
from assistant.pages.chat import STARTERS, Starters, chat_view
from assistant.pages.figures_view import figures_view
from assistant.pages.findings_view import findings_view
from assistant.pages.guest import Guest
from assistant.pages.library_view import Keeper
from assistant.pages.library_view import library_view as papers_view
from assistant.pages.listening import QUIETLY
from assistant.pages.loading import Answering, Progress
from assistant.pages.page_view import page_view as viewer_of
from assistant.pages.promises_view import promises_view
from assistant.pages.trace_view import TRACED, TraceView
from assistant.pages.viewing import Draws
from assistant.references import count
from corpus.documents import Access
from corpus.errors import CouncilPapersError

if TYPE_CHECKING:
    from assistant.intake import Intake

HERE = Path(__file__).parent
STYLES = (
    chat.STYLE,
    HERE / "page.css",
    page_view.STYLE,
    trace_view.STYLE,
    library_view.STYLE,
    keeping.STYLE,
    taking.STYLE,
    about.STYLE,
)

TITLE = "Council papers: questions and quotations"
SUBTITLE = "Answers are made of sentences from the papers, word for word, each with its page."

VIEWS = {
    "ask": "Ask",
    "findings": "Findings",
    "promises": "Promises",
    "figures": "Figures",
    "library": "Papers",
    "about": "About",
}
"""The views by the names in their addresses ("#findings"), and what leads to them."""

KEPT_SECONDS = 3600
"""Traces that are saved lie in the server's folder for temporary files for so long."""


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """What the view of the library needs: who knows what is held, what takes files in, and whether it may."""

    keeper: Keeper
    intake: Intake
    may_add: bool


@dataclass(frozen=True, slots=True)
class Announcing:
    """What the head of the page says of the library; functions of their inputs."""

    assistant: Answering
    progress: Callable[[], Progress]
    bodies: Callable[[], gr.CheckboxGroup]

    def state(self) -> tuple[str, gr.Timer, gr.CheckboxGroup | dict[str, Any]]:
        """One line on the library, the clock that asks again until it is there, and the bodies to choose from."""
        progress = self.progress()
        clock = gr.Timer(active=not progress.done)
        return state_html(progress, self.assistant), clock, self.bodies() if progress.done else gr.skip()


def state_html(progress: Progress, assistant: Answering) -> str:
    """One line: what is being read, what can be asked about, or why nothing can."""
    if progress.failed or not progress.done:
        return f'<p class="{"failed" if progress.failed else "reading"}">{escape(progress.sentence)}</p>'
    try:
        entries = assistant.library.documents()
    except CouncilPapersError as error:
        return f'<p class="failed">{escape(str(error))}</p>'
    # An exempt paper is in the library's list, but nothing of it can be asked about.
    papers = [sum(paper.access is Access.PUBLIC for paper in entry.papers) for entry in entries]
    documents = sum(number > 0 for number in papers)
    return f"<p>Ready: {count(sum(papers), 'paper')} in {count(documents, 'document')} can be asked about.</p>"


def navigation_html(views: Sequence[str]) -> str:
    """Links to the views, and one for the keyboard that skips them."""
    links = "".join(f'<li><a href="#{name}" data-view="{name}">{VIEWS[name]}</a></li>' for name in views)
    return (
        f'<a class="skip" href="#question">Skip to the question</a><nav aria-label="Views"><ul role="list">{links}</ul>'
        "</nav>"
    )


def council_page(
    assistant: Answering,
    progress: Callable[[], Progress],
    library: LibraryPage | None = None,
    *,
    starters: Sequence[Starters] = STARTERS,
    folder: Path | None = None,
    drawer: Draws | None = None,
    guest: Guest | None = None,
) -> gr.Blocks:
    """The page, not yet served. Without `library` it has no view of the library; `folder`, if it is given, is named as
    the place where the papers are kept. `drawer` draws pages; without one, one that ends with the program.
    `guest` is a language model that writes above the answers."""
    names = [name for name in VIEWS if name != "library" or library is not None]
    page = gr.Blocks(title=TITLE, analytics_enabled=False, delete_cache=(KEPT_SECONDS, KEPT_SECONDS))
    with page:
        gr.HTML(f"<h1>{TITLE}</h1><p>{SUBTITLE}{_guest_html(guest)}</p>", elem_id="masthead")
        state = gr.HTML("", html_template='<div role="status">${value}</div>', js_on_load=None, elem_id="state")
        clock = gr.Timer(1.0)
        navigation = gr.HTML(
            navigation_html(names),
            js_on_load=(HERE / "page.js").read_text(encoding="utf-8"),
            elem_id="navigation",
        )
        with gr.Row(elem_classes="beside"):
            with gr.Column(elem_id="views"):
                with _view("ask"):
                    asking = chat_view(assistant, starters, guest)
                traces: dict[str, TraceView] = {}
                for name, make in (("findings", findings_view), ("promises", promises_view), ("figures", figures_view)):
                    with _view(name):
                        traces[name] = make(assistant, progress)
                if library is not None:
                    with _view("library"):
                        filling = papers_view(library.keeper, library.intake, may_add=library.may_add)
                    page.load(**filling)
                    navigation.library(**filling)
                with _view("about"):
                    about_view(folder, guest)
            with gr.Column(elem_id="side"):
                viewer = viewer_of(lambda: assistant.library, drawer)
        gr.HTML(
            f"<p>This page {'' if guest else 'only '}quotes papers that were added to its library. It gives no "
            "advice and decides nothing. "
            "Always check the page of the paper before you rely on it.</p>",
            elem_id="colophon",
        )

        viewer.follow(asking.conversation)
        for name, trace in traces.items():
            for html in trace.places:
                viewer.follow(html)
            getattr(navigation, name)(trace.shown, list(trace.inputs), list(trace.outputs), **TRACED)
            trace.opened_by(getattr(asking.conversation, name), _following(len(trace.inputs)))
        announcing = Announcing(assistant, progress, asking.narrowing.handlers.bodies)
        page.load(None, js=(HERE / "names.js").read_text(encoding="utf-8"), **QUIETLY)
        told: dict[str, Any] = {"outputs": [state, clock, asking.narrowing.bodies], **QUIETLY}
        gr.on([page.load, clock.tick], announcing.state, **told)
        navigation.ask(announcing.state, **told)
    return page


def _guest_html(guest: Guest | None) -> str:
    if guest is None:
        return ""
    return escape(f" Above them a language model ({guest.name}, on {guest.where}) writes what it makes of them.")


def _view(name: str) -> gr.Column:
    return gr.Column(elem_id=f"view-{name}", elem_classes="view")


def _following(boxes: int) -> Callable[[gr.EventData], Any]:
    """What fills the boxes of a trace, the first of which is the subject, when a subject is followed."""

    def fill(event: gr.EventData) -> Any:
        subject = str(getattr(event, "about", ""))
        # Gradio takes a single value for a single box. The others keep what they hold.
        return subject if boxes == 1 else (subject, *(gr.skip() for _ in range(boxes - 1)))

    return fill
