"""What this page is, how it works, what it keeps and for whom it works; with a draft transparency record.

The words are in `about.html`, `about_writing.toml` and `transparency_record.toml`, which hold no figure
that the README doesn't.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

import gradio as gr

from assistant.pages.guest import Guest
from assistant.settings import VERSION

_HERE = Path(__file__).parent
STYLE = _HERE / "about.css"

FOLDER_OF_THE_LIBRARY = "In the library’s folder, on the machine on which this program runs"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the record: what holds for every council, and what each must fill in itself; either may be empty."""

    number: str
    name: str
    text: str = ""
    council: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The fields of the record under one heading."""

    title: str
    fields: tuple[Field, ...]


def transparency_record() -> tuple[Section, ...]:
    """The draft record, by the fields of the UK's Algorithmic Transparency Recording Standard, version 3.0."""
    record = tomllib.loads((_HERE / "transparency_record.toml").read_text(encoding="utf-8"))
    return tuple(
        Section(section["title"], tuple(Field(**field) for field in section["fields"])) for section in record["section"]
    )


def about_html(folder: Path | None = None, guest: Guest | None = None) -> str:
    """The page about the page; its headings begin at the second level.

    `folder` is the library's; without it (readers on other machines have no use for it) only its place is told.
    `guest` is the language model that writes above the answers, if one does.
    """
    library = FOLDER_OF_THE_LIBRARY + (f": <code>{escape(str(folder))}</code>" if folder else "")
    words = Template((_HERE / "about.html").read_text(encoding="utf-8"))
    about_writing = tomllib.loads((_HERE / "about_writing.toml").read_text(encoding="utf-8"))
    named = {"name": escape(guest.name), "where": escape(guest.where)} if guest else {}
    writing = about_writing["with" if guest else "without"]
    told = {key: Template(text).substitute(named) for key, text in writing.items()}
    return words.substitute(library=library, record=_record(transparency_record()), version=VERSION, **told)


def about_view(folder: Path | None = None, guest: Guest | None = None) -> gr.HTML:
    """The page about the page; places it where it is called."""
    return gr.HTML(about_html(folder, guest), js_on_load=None, elem_id="about")


def _record(sections: Iterable[Section]) -> str:
    return "".join(
        f"<h4>{escape(section.title)}</h4><dl>{''.join(_field(field) for field in section.fields)}</dl>"
        for section in sections
    )


def _field(field: Field) -> str:
    text = f"<p>{escape(field.text)}</p>" if field.text else ""
    fill = f'<p class="fill"><strong>For the council to fill in:</strong> {escape(field.council)}.</p>'
    said = text + (fill if field.council else "")
    return f"<div><dt>{escape(field.number)} {escape(field.name)}</dt><dd>{said}</dd></div>"
