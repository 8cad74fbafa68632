"""Where papers begin in a document. Pure.

In plain steps: the agenda comes first. A page opens a paper where a clerk's stamp, a page range of the agenda or an
entry of the outline says so; else, where none of these places any item, where its title is that of an agenda item. A
letter, an inspection's cover, minutes, a front sheet and an exempt paper's banner always open a paper. "Appendix B"
does where it counts on with the report's own appendices, and under an outline that leaves it out only if it has a name
of its own; a page after one left blank does where there is no outline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.agendas import Agenda, printed_places
from corpus.documents import Document
from corpus.kinds import is_report, kind_of
from corpus.meetings import body_in, is_minutes
from corpus.openings import (
    BY_ITSELF,
    NONE,
    Appendices,
    Opening,
    appendix_label,
    is_cover_of,
    openings_of,
    stamps_of,
    title_on,
)
from corpus.outlines import marks_of
from corpus.parts import Cut, Part
from corpus.titles import alike, without_surroundings

_HAVE_APPENDICES = ("report", "presentation")
"""Kinds whose appendices are papers of their own: an inspection's, a plan's and a commissioner's are part of it."""

_HAVE_TITLED_PAGES = ("agenda", "plan", "scorecard", "work programme", "commissioner report")
"""Kinds inside which a page may have the title of a plan or a scorecard."""


@dataclass(frozen=True, slots=True)
class _Signs:
    """What is known of where the papers of a pack begin: what each page shows, and what is told of it."""

    document: Document
    agenda: Agenda
    openings: dict[int, frozenset[Opening]]
    stamps: dict[int, str]
    ranges: dict[int, str]
    marks: dict[int, Cut]
    titles: dict[int, str]

    @property
    def told(self) -> set[int]:
        """The pages of which a stamp, the agenda or the outline says that a paper begins there."""
        return {*self.stamps, *self.ranges, *self.marks, *self.titles}

    def cut(self, page: int) -> Cut:
        """What is told of the paper that begins on a page."""
        mark = self.marks.get(page, Cut(page))
        item = self.stamps.get(page) or mark.item or self.ranges.get(page) or self.titles.get(page)
        return Cut(page, item, mark.hint)


def is_pack(document: Document, agenda: Agenda) -> bool:
    """Whether a document is papers under an agenda, or under stamps."""
    return agenda.last_page > 0 or max(stamps_of(document), default=1) > 1


def cuts_of_pack(document: Document, agenda: Agenda) -> list[Cut]:
    """The agenda and the papers after it, in order."""
    signs = _signs_of(document, agenda)
    begin = min({*signs.told, *signs.openings} - {1}, default=len(document.pages) + 1)
    cuts = [Cut(1, signs.stamps.get(1))]
    appendices = Appendices()
    for number in range(begin, len(document.pages) + 1):
        page, openings, told = Part(document, number, number), signs.openings.get(number, NONE), number in signs.told
        label = appendix_label(page) if Opening.APPENDIX in openings else None
        of_report = label is not None and (told or _heads_appendices(document, cuts, number))
        own, counted = appendices.with_next(label, of_report=of_report)
        owner = _paper_before(document, cuts, number)
        if told or _opens(owner, page, openings, own_appendix=own, outlined=bool(signs.marks)):
            cut = signs.cut(number)
            if cut.item is None:
                cut = Cut(number, _item_by_look(signs, cuts[-1], page, openings), cut.hint)
            if told and cut.item != cuts[-1].item:
                counted = Appendices().with_next(label, of_report=True)[1]
            if told or not is_cover_of(owner, page, openings):
                cuts.append(cut)
        appendices = counted
    return cuts


def cuts_of_report(document: Document) -> list[Cut]:
    """A document without an agenda: one paper, with one more for each appendix and letter of a council's report, for
    each further meeting in a bundle of minutes, and for what stands under an exempt paper's banner."""
    item = stamps_of(document).get(1)
    whole, first = Part(document, 1, len(document.pages), item), Part(document, 1, 1)
    of_minutes = is_minutes(first)
    of_report = not of_minutes and is_report(whole)
    cuts = [Cut(1, item)]
    appendices = Appendices()
    for number in range(2, len(document.pages) + 1):
        page = Part(document, number, number)
        openings = openings_of(page)
        label = appendix_label(page) if of_report and Opening.APPENDIX in openings else None
        own, appendices = appendices.with_next(label, of_report=True)
        owner = _paper_before(document, cuts, number)
        enclosed = own or bool(openings & {Opening.LETTER, Opening.INSPECTION}) or _is_titled(owner, page, openings)
        opens = (of_report and enclosed) or (of_minutes and Opening.MINUTES in openings) or Opening.EXEMPT in openings
        if opens and not is_cover_of(owner, page, openings):
            cuts.append(Cut(number, item))
    return cuts


def _opens(owner: Part, page: Part, openings: frozenset[Opening], *, own_appendix: bool, outlined: bool) -> bool:
    """Whether a page of which nothing is told opens a paper, by how it looks. `owner` is the paper before."""
    if openings & BY_ITSELF == {Opening.LETTER}:
        # A commissioner's report may begin with the letter that sends it.
        return kind_of(owner) != "commissioner report"
    if openings & BY_ITSELF or _is_titled(owner, page, openings):
        return True
    if own_appendix and (not outlined or kind_of(page) not in ("report", "other")):
        return True
    return Opening.BLANK_BEFORE in openings and not outlined


def _is_titled(owner: Part, page: Part, openings: frozenset[Opening]) -> bool:
    """Whether a page has the title of a plan or scorecard of its own, after a paper that hasn't the same over its own
    first page: that one runs on over the pages."""
    title = title_on(page) if Opening.TITLE in openings else None
    if title is None or kind_of(owner, opens_item=True) in _HAVE_TITLED_PAGES:
        return False
    return title not in map(without_surroundings, owner.page(owner.first_page).headings)


def _paper_before(document: Document, cuts: Sequence[Cut], page: int) -> Part:
    """The last paper so far, up to the page before."""
    return Part(document, cuts[-1].page, page - 1, cuts[-1].item, cuts[-1].hint)


def _heads_appendices(document: Document, cuts: Sequence[Cut], page: int) -> bool:
    """Whether the first paper of the last item is one whose appendices are papers of their own."""
    under = [cut for cut in cuts[1:] if cut.item == cuts[-1].item]
    if not under:
        return True
    ends = next((cut.page for cut in cuts if cut.page > under[0].page), page)
    return kind_of(_paper_before(document, under[:1], ends), opens_item=True) in _HAVE_APPENDICES


def _item_by_look(signs: _Signs, before: Cut, page: Part, openings: frozenset[Opening]) -> str | None:
    """The item of a paper of which no item is told: a front sheet's subject may be an item's title, and minutes have an
    item of their own. Else it goes with the paper before, unless it is a report and nothing at all is told."""
    items = signs.agenda.items
    if Opening.SHEET in openings:
        titles = list(_titles_on(page, ""))
        named = (item.number for item in items if any(alike(item.title, title, strict=True) for title in titles))
        return next(named, before.item if signs.told else None)
    if Opening.MINUTES in openings and (before.page == 1 or not signs.told):
        return next((item.number for item in items if re.search(r"\bminutes\b", item.title, re.I)), before.item)
    return before.item


def _signs_of(document: Document, agenda: Agenda) -> _Signs:
    stamps, ranges = stamps_of(document), printed_places(document, agenda)
    after = document.pages[max(1, agenda.last_page) :]
    parts = (Part(document, page.number, page.number) for page in after)
    openings = {p.first_page: o for p in parts if (o := openings_of(p, private_part=bool(agenda.private)))}
    marks = marks_of(document, agenda, openings, {*stamps, *ranges, *openings})
    titles = {} if stamps or ranges or marks else _by_titles(document, agenda)
    return _Signs(document, agenda, openings, stamps, ranges, marks, titles)


def _by_titles(document: Document, agenda: Agenda) -> dict[int, str]:
    """The pages that begin with the title of an agenda item, in the order of the items."""
    body = body_in(Part(document, 1, max(1, agenda.last_page)).lines()) or ""
    after = (Part(document, page.number, page.number) for page in document.pages[agenda.last_page :])
    titles = {page.first_page: list(_titles_on(page, body)) for page in after if not is_minutes(page)}
    found: dict[int, str] = {}
    for item in agenda.items:
        later = (number for number in titles if number > max(found, default=agenda.last_page))
        place = next((n for n in later if any(alike(item.title, title, strict=True) for title in titles[n])), None)
        if place is not None:
            found[place] = item.number
    return found


def _titles_on(page: Part, body: str) -> Iterator[str]:
    """What may be the title of what begins on a page, the committee's name aside: a numbered line is a section's."""
    if page.goes_on:
        return
    for line in [*page.lines(3), page.field("subject|title|report title|title of report") or ""]:
        if not line[:1].isdigit():
            yield line.replace(body, "") if body else line
