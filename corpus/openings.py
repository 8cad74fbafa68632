"""How a page shows that a paper begins on it: a stamp, a letterhead, a front sheet, "Appendix B". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from corpus.access import opens_exempt
from corpus.agendas import is_agenda
from corpus.dates import first_date
from corpus.documents import CELL_BREAK, BlockKind, Document, readable
from corpus.inspections import is_report_of_inspection
from corpus.kinds import has_front_sheet, names_document
from corpus.meetings import day_in, is_minutes
from corpus.parts import STAMP, TOP_BLOCKS, Part, any_of, item_of
from corpus.titles import without_surroundings

_APPENDIX = any_of(
    r"(?:item \w{1,3}\s*[-–:]?\s*)?(?:appendix|annex|enclosure|enc\.?|attachment|paper)"
    r"(?:\s+(?P<number>[a-z]|\d{1,2})(?:[.(]?\w{1,2}\)?)?)?\b(?P<title>.*)"
)
_LABEL_WORDS = 20
"""Words: a longer line that begins with "Appendix A" is a sentence."""

_BLANK = any_of(r"(?:this page (?:is |has been )?(?:intentionally )?(?:left )?)?(?:intentionally )?blank(?: page)?\.?")

_COVER_WORDS = 25
"""A page of fewer words that opens a paper is its cover: what opens on the next page is the paper itself."""


class Opening(Enum):
    """What shows that a paper begins on a page."""

    LETTER = auto()
    MINUTES = auto()
    INSPECTION = auto()
    SHEET = auto()
    EXEMPT = auto()
    TITLE = auto()
    APPENDIX = auto()
    BLANK_BEFORE = auto()


NONE: frozenset[Opening] = frozenset()
"""What most pages show."""

BY_ITSELF = frozenset({Opening.LETTER, Opening.MINUTES, Opening.INSPECTION, Opening.SHEET, Opening.EXEMPT})
"""What opens a paper whatever else is known."""


def openings_of(page: Part, *, private_part: bool = False) -> frozenset[Opening]:
    """What shows that a paper begins on a page; nothing does on an agenda's. `private_part` says that the agenda has an
    exempt part.

    Readers of files take a page for going on with the one before a little too often: what has a letterhead, a front
    sheet or a list of those present doesn't.
    """
    if not page.blocks or is_agenda(page):
        return NONE
    shown = {
        Opening.LETTER: page.is_letter and first_date(page.before_greeting) is not None,
        Opening.MINUTES: is_minutes(page) and day_in(page.top.split("\n")) is not None,
        Opening.INSPECTION: is_report_of_inspection(page),
        Opening.SHEET: has_front_sheet(page),
        Opening.EXEMPT: opens_exempt(page, private_part),
        Opening.TITLE: not page.goes_on and title_on(page) is not None,
        Opening.APPENDIX: not page.goes_on and appendix_label(page) is not None,
        Opening.BLANK_BEFORE: not page.goes_on and _follows_blank(page),
    }
    return frozenset(opening for opening, is_shown in shown.items() if is_shown)


def title_on(page: Part) -> str | None:
    """The title of a plan, a scorecard or a work programme of its own over a page; None without one."""
    first = next((block for block in page.blocks if not STAMP.fullmatch(page.text(block))), None)
    if first is None or first.kind is not BlockKind.HEADING:
        return None
    title = without_surroundings(page.text(first))
    return title if names_document(title) else None


def names_appendix(line: str) -> bool:
    """Whether a line begins as the name of an appendix does ("Annex 2: …")."""
    return _APPENDIX.match(line) is not None


def appendix_label(page: Part) -> str | None:
    """The number or letter of the appendix that begins on a page ("" for one without), None where none does. A page
    that names several lists them."""
    labels = {label for line in page.lines(TOP_BLOCKS) if (label := _label(line)) is not None}
    at_top = any(_label(line) is not None for line in page.lines(2))
    return labels.pop() if at_top and len(labels) == 1 else None


def _label(line: str) -> str | None:
    """The number or letter of the appendix that a line names; None for a sentence about one."""
    match = _APPENDIX.fullmatch(line)
    if match is None or len(line.split()) > _LABEL_WORDS or line.endswith((".", ";", ",")):
        return None
    return None if re.match(r"\s+[a-z]", match["title"]) else (match["number"] or "").lower()


def is_cover_of(owner: Part, page: Part, openings: frozenset[Opening]) -> bool:
    """Whether a paper is so far one page of a few words, the cover of what begins on the next page ("Appendix A",
    "Letter from the inspectors"). A cover with an exempt paper's banner is one of an appendix only."""
    if owner.first_page != owner.last_page or owner.first_page == 1 or owner.words >= _COVER_WORDS:
        return False
    if openings_of(owner) & (BY_ITSELF - {Opening.EXEMPT}):
        return False
    if Opening.APPENDIX in openings:
        return (appendix_label(owner) or appendix_label(page)) == appendix_label(page)
    plain = all(block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) for block in owner.blocks)
    return plain and not any(line.endswith(".") for line in owner.lines()) and not opens_exempt(owner)


def stamps_of(document: Document) -> dict[int, str]:
    """The pages that bear an "Agenda Item N", and the N. A stamp that runs on over the pages of a paper counts on the
    first; a page with several is a list of decisions."""
    found: dict[int, str] = {}
    for page in document.pages:
        items = _stamps_on(Part(document, page.number, page.number))
        if len(items) == 1:
            found[page.number] = items.pop()
    return {page: item for page, item in found.items() if found.get(page - 1) != item}


def _stamps_on(page: Part) -> set[str]:
    """The items stamped on a page. "Item 5" alone counts at its top only."""
    items = set()
    for i, block in enumerate(page.blocks):
        text = page.document.text[block.start : block.end].replace(CELL_BREAK, " ")
        for line in (readable(text), *map(readable, text.split("\n"))):
            match = STAMP.fullmatch(line)
            if match is not None and (match["agenda"] or i < TOP_BLOCKS / 2):
                items.add(item_of(match))
    return items


def _follows_blank(page: Part) -> bool:
    """Whether the page before was left blank, as clerks do to begin a paper on a right-hand page."""
    before = page.page(page.first_page - 1)
    text = readable(before.raw)
    top = page.lines(1)
    empty = not text and before.first.problem == "blank"
    return bool(top) and not _BLANK.fullmatch(top[0]) and (empty or _BLANK.fullmatch(text) is not None)


@dataclass(frozen=True, slots=True)
class Appendices:
    """How far a report's own appendices have been counted, and how those inside the last of them are lettered."""

    last: str | None = None
    inside_digit: bool | None = None

    def with_next(self, label: str | None, *, of_report: bool) -> tuple[bool, Appendices]:
        """Whether the next appendix is the report's own, and the count with it. It is where it counts on with the last;
        what begins again at 1 or A, or is lettered otherwise, is an appendix of that one."""
        if label is None:
            return False, self
        if self.last is None:
            return of_report, Appendices(label) if of_report else self
        if not label or not self.last:
            return self.inside_digit is None, self
        same_way = label.isdigit() == self.last.isdigit()
        if same_way and self.inside_digit != label.isdigit() and _number(label) > _number(self.last):
            return True, Appendices(label)
        return False, replace(self, inside_digit=label.isdigit())


def _number(label: str) -> int:
    return int(label) if label.isdigit() else ord(label)
