"""What answers are narrowed to: a period, kinds of paper, bodies, single papers; and chips that say what is chosen and
take it away again. It holds for every question until it is taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.components import Component

from assistant.pages.conversation import narrowed
from assistant.pages.listening import QUIETLY
from assistant.pages.loading import Shelf
from corpus.dates import written_out
from corpus.documents import KINDS, Access, Paper, readable
from corpus.errors import CouncilPapersError
from index.hits import Filter

_SCRIPT = Path(__file__).parent / "narrowing.js"

LISTED = 12
"""Papers offered at once; of more, the words that are looked for have to say more."""

FIND = "Words of its title, or its date"

Choice = tuple[str, str]
"""A choice as Gradio takes it: what it says, and its value."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is typed and ticked, as it is; papers by their ids."""

    since: str = ""
    until: str = ""
    kinds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()

    def filter(self) -> Filter:
        """What it lets through; raises UnclearDate or PeriodBackwards."""
        return narrowed(self.since, self.until, self.kinds, self.bodies, self.papers)

    def without(self, field_: str, value: str) -> Narrowing:
        """The same without one thing that is chosen; without anything where the field is empty."""
        match field_:
            case "since":
                return replace(self, since="")
            case "until":
                return replace(self, until="")
            case "kinds":
                return replace(self, kinds=tuple(each for each in self.kinds if each != value))
            case "bodies":
                return replace(self, bodies=tuple(each for each in self.bodies if each != value))
            case "papers":
                return replace(self, papers=tuple(each for each in self.papers if each != value))
        return Narrowing()


def narrowing_of(values: Sequence[Any]) -> Narrowing:
    """What is chosen, of the values of the widgets in their order; nothing where there are none."""
    if not values:
        return Narrowing()
    since, until, kinds, bodies, papers = values
    return Narrowing(since or "", until or "", tuple(kinds or ()), tuple(bodies or ()), tuple(papers or ()))


def chips_html(chosen: Narrowing, titles: Sequence[Choice]) -> str:
    """What is chosen, each with a button that takes it away; empty where nothing is. `titles` names papers."""
    names = {id_: name for name, id_ in titles}
    chips = [(f, f"{f.capitalize()} {v.strip()}", "") for f, v in _period(chosen)]
    chips += [("kinds", f"{kind.capitalize()} only", kind) for kind in chosen.kinds]
    chips += [("bodies", body, body) for body in chosen.bodies]
    chips += [("papers", names.get(paper, paper), paper) for paper in chosen.papers]
    if not chips:
        return ""
    buttons = "".join(
        f'<li><button type="button" data-field="{escape(name)}" data-value="{escape(value)}">{escape(readable(words))} '
        '<span aria-hidden="true">×</span><span class="unseen"> (take away)</span></button></li>'
        for name, words, value in chips
    )
    every = '<li><button type="button" class="every" data-field="" data-value="">Search all papers</button></li>'
    try:
        chosen.filter()
    except CouncilPapersError as error:
        problem = f'<p class="problem">{escape(str(error))}</p>'
    else:
        problem = ""
    return f'<p id="chosen-words">Searching only:</p><ul aria-labelledby="chosen-words">{buttons}{every}</ul>{problem}'


def _period(chosen: Narrowing) -> list[tuple[str, str]]:
    return [(name, typed) for name, typed in (("since", chosen.since), ("until", chosen.until)) if typed.strip()]


def papers_of(shelf: Shelf) -> list[Paper]:
    """The papers that can be asked about, the newest first."""
    papers = [paper for entry in shelf.documents() for paper in entry.papers if paper.access is Access.PUBLIC]
    return sorted(papers, key=lambda paper: paper.date or "", reverse=True)


def paper_choices(papers: Sequence[Paper], wanted: str, chosen: Sequence[str]) -> list[Choice]:
    """The papers that are chosen, and those with all words that are looked for in title, body or date."""
    words = wanted.lower().split()
    held = [paper for paper in papers if paper.id in chosen]
    found = [paper for paper in papers if words and paper not in held and all(w in _searched(paper) for w in words)]
    return [(_named(paper), paper.id) for paper in (*held, *found[:LISTED])]


def _named(paper: Paper) -> str:
    return ", ".join(filter(None, (readable(paper.title), written_out(paper.date) if paper.date else "")))


def _searched(paper: Paper) -> str:
    return f"{_named(paper)} {paper.body or ''} {paper.kind}".lower()


@dataclass(frozen=True, slots=True)
class NarrowingHandlers:
    """What the widgets do: functions of their inputs. `shelf` gives the library, or raises a CouncilPapersError."""

    shelf: Callable[[], Shelf]

    def told(self, *values: Any) -> str:
        """The chips of what is chosen."""
        chosen = narrowing_of(values)
        return chips_html(chosen, self._titles(chosen))

    def widened(self, event: gr.EventData, *values: Any) -> tuple[Any, ...]:
        """The values of the widgets without what was taken away, and the chips."""
        name, value = (str(getattr(event, of, "")) for of in ("field", "value"))
        chosen = narrowing_of(values).without(name, value)
        lists = (list(chosen.kinds), list(chosen.bodies), list(chosen.papers))
        return chosen.since, chosen.until, *lists, chips_html(chosen, self._titles(chosen))

    def found(self, wanted: str, chosen: Sequence[str]) -> gr.CheckboxGroup:
        """The papers to choose from."""
        choices = paper_choices(self._papers(), wanted, chosen)
        return gr.CheckboxGroup(choices=choices, value=list(chosen))

    def bodies(self) -> gr.CheckboxGroup:
        """The bodies to choose from; none while the library isn't open."""
        names = sorted({paper.body for paper in self._papers() if paper.body})
        return gr.CheckboxGroup(choices=names)

    def _titles(self, chosen: Narrowing) -> list[Choice]:
        return paper_choices(self._papers(), "", chosen.papers) if chosen.papers else []

    def _papers(self) -> list[Paper]:
        try:
            return papers_of(self.shelf())
        except CouncilPapersError:
            # The page says elsewhere why there is no library.
            return []


@dataclass(frozen=True, slots=True)
class NarrowingView:
    """The widgets: `inputs` are what is chosen, in the order of `narrowing_of`."""

    inputs: tuple[Component, ...]
    bodies: gr.CheckboxGroup
    handlers: NarrowingHandlers


def narrowing_view(shelf: Callable[[], Shelf]) -> NarrowingView:
    """The widgets, and the chips above them; places them where it is called."""
    handlers = NarrowingHandlers(shelf)
    chosen = gr.HTML(
        "",
        html_template='<div role="group" aria-label="What is searched">${value}</div>',
        js_on_load=_SCRIPT.read_text(encoding="utf-8"),
        elem_id="chosen",
    )
    with gr.Accordion("Search only some of the papers", open=False, elem_id="filters"):
        with gr.Row():
            since = gr.Textbox(label="Since", info="2022, June 2022 or 14 June 2022", min_width=200)
            until = gr.Textbox(label="Until", info="That day, month or year included", min_width=200)
        kinds = gr.CheckboxGroup([(kind.capitalize(), kind) for kind in KINDS], label="Kinds of paper", elem_id="kinds")
        bodies = gr.CheckboxGroup([], label="Committees and authors", elem_id="bodies")
        wanted = gr.Textbox(label="Single papers", info=FIND, min_width=200)
        papers = gr.CheckboxGroup([], label="Papers found", elem_id="papers-found")
    inputs = (since, until, kinds, bodies, papers)
    told: dict[str, Any] = {"inputs": list(inputs), "outputs": chosen, "trigger_mode": "always_last", **QUIETLY}
    gr.on(
        [since.submit, since.blur, until.submit, until.blur, kinds.input, bodies.input, papers.input],
        handlers.told,
        **told,
    )
    wanted.change(handlers.found, [wanted, papers], papers, trigger_mode="always_last", **QUIETLY)
    chosen.widen(handlers.widened, list(inputs), [*inputs, chosen], **QUIETLY)
    return NarrowingView(inputs, bodies, handlers)
