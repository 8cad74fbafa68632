"""The outline of a file as far as it tells where papers begin: its entries for items and documents, not those for
headings, slides and pages. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from corpus.agendas import Agenda, is_agenda
from corpus.documents import Bookmark, Document
from corpus.openings import BY_ITSELF, NONE, Opening, names_appendix
from corpus.parts import Cut, Part, any_of, opens_with_month
from corpus.titles import alike, without_surroundings

_ITEM = any_of(r"(?:agenda )?(?:item )?0?(?P<item>\d{1,2}[a-z]?)\s*[-–.:)]*\s+(?P<title>.+)")
_PAGE = any_of(r"(?:page|slide|sheet)?\s*\d+")
_OF_AGENDA = any_of(
    r"(?:\d+\W+)?(?:public |supplementary )?agenda\b(?! item)",
    r"(?:\d+\W+)?(?:summons|notice of meeting|(?:front|cover)\W?(?:sheet|page)?$)",
)

DOCUMENTS = 6
"""An item with more entries below it has an outline of headings or slides there, not of documents."""


def marks_of(
    document: Document, agenda: Agenda, openings: Mapping[int, frozenset[Opening]], placed: Iterable[int]
) -> dict[int, Cut]:
    """The entries of the outline that open a paper, by page: its outermost, and below them documents, appendices and
    what opens a paper by itself.

    None where fewer than half of the outermost are borne out, by what `openings` their pages show, by a paper that is
    `placed` there or by the agenda: the outline is then one of pages, or of one paper's headings.
    """
    first = max(1, agenda.last_page) + 1
    entries = [entry for entry in document.outline if entry.page >= first and not _PAGE.fullmatch(entry.title)]
    outermost = _outermost(entries)
    deepest = outermost + _are_documents(entries, outermost)
    found: dict[int, Cut] = {}
    borne_out: list[bool] = []
    for entry in entries:
        mark = _mark(entry, agenda)
        is_paper = names_appendix(mark.hint or "") or bool(openings.get(entry.page, NONE) & BY_ITSELF)
        in_agenda = mark.item is None and _is_of_agenda(document, entry)
        if entry.page in found or in_agenda or not (entry.depth <= deepest or is_paper):
            continue
        found[entry.page] = mark
        if entry.depth == outermost:
            borne_out.append(is_paper or entry.page in placed or _is_on(agenda, mark))
    unknown = not agenda.items and not placed
    return found if unknown or 2 * sum(borne_out) >= len(borne_out) else {}


def _outermost(entries: Iterable[Bookmark]) -> int:
    """The depth of the entries that stand for items: the outermost on which there are several."""
    depths = sorted(entry.depth for entry in entries)
    return next((depth for depth in depths if depths.count(depth) > 1), depths[0] if depths else 1)


def _are_documents(entries: Sequence[Bookmark], outermost: int) -> bool:
    """Whether the entries below an outline's outermost are documents: each opens a page of its own, none is numbered as
    sections and minutes are, and no item has as many as slides."""
    below: Counter[int] = Counter()
    item = 0
    for entry in entries:
        item = entry.page if entry.depth == outermost else item
        below[item] += entry.depth > outermost
    numbered = any(entry.title[:1].isdigit() for entry in entries if entry.depth > outermost)
    apart = len({entry.page for entry in entries}) == len(entries)
    return apart and not numbered and max(below.values(), default=0) <= DOCUMENTS


def _mark(entry: Bookmark, agenda: Agenda) -> Cut:
    """What an entry says: its page, its item, and its title."""
    title = entry.title.replace("_", " ")
    match = _ITEM.fullmatch(title)
    if match is not None and not opens_with_month(match["title"]):
        return Cut(entry.page, match["item"].lower(), match["title"])
    named = (item.number for item in agenda.items if alike(item.title, without_surroundings(title), strict=True))
    return Cut(entry.page, next(named, None), title)


def _is_of_agenda(document: Document, entry: Bookmark) -> bool:
    return _OF_AGENDA.match(entry.title) is not None or is_agenda(Part(document, entry.page, entry.page))


def _is_on(agenda: Agenda, mark: Cut) -> bool:
    """Whether the agenda has what an entry names, under the same number if it has one."""
    return any(mark.item in (None, item.number) and alike(item.title, mark.hint or "") for item in agenda.items)
