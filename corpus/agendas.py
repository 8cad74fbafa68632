"""The agenda in front of a pack: which pages it has, its items, the pages that it gives for them, and which of its
items the public may not see. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from corpus.documents import CELL_BREAK, BlockKind, Document, readable
from corpus.meetings import is_minutes
from corpus.parts import STAMP, Part, any_of, opens_with_month

AGENDA_LENGTH = 6
"""Pages: an agenda is no longer than this."""

_SAYS_SO = (
    any_of(
        r"(?:public|private|confidential|exempt|supplementary) (?:document|agenda|reports?)? ?(?:pack|supplement)\b"
    ),
    any_of(
        r"\bsummon(?:ed|s)\b",
        r"^notice of (?:the |a )?(?:public )?meeting",
        r"\bmeeting of (?:the )?[^.\n]{3,80} (?:will|to) be held",
    ),
    any_of(
        r"^(?:\w+ )?(?:agenda|a g e n d a)(?: items| supplement\b.*| pack)?(?:\W+part\b.*)?$",
        r"^[^.\n]{0,80}\b(?:committee|cabinet|panel|board|council|commission|executive)\W+agenda$",
        r"\bAGENDA \|",
    ),
    any_of(r"item no\W"),
    any_of(r"\(pages? \d"),
)
"""Signs that a page says that it is an agenda."""

_HAS_ITS_ITEMS = (
    any_of(r"^(?:\d{1,2}\W+)?(?:welcome and )?apologies\b", r"apologies for absence"),
    any_of(r"(?:declarations?|disclosures?) of (?:members['’] )?(?:\w+ )?interests?"),
)
"""Signs that a page has the items that an agenda has; minutes have them too."""

_RESOLVED = re.compile(r"\bRESOLVED\b|^\W*resolved\b", re.MULTILINE)
_ITEM = any_of(
    r"(?:item\s+)?(?P<prefix>[a-f])?(?P<number>\d{1,2})(?!\w*\s+\d[a-z]{2}$)(?:\.(?P<part>\d{1,2}))?(?P<letter>[a-z])?\s*[.):]?(?:\s+(?P<title>.*)|$)"
)
_SUB_ITEM = re.compile(r"\(?(?P<letter>[a-h])[.)]\s+(?P<title>.+)")
_PAGES = any_of(
    r"(?:(?P<column>\|\s*)|(?P<dots>\.{3,}\s*))?(?P<word>\(?(?:pages?|pp?\.)\s*)?\b(?P<first>\d{1,4})"
    r"(?:\s*(?:[-–—]|to)\s*(?P<last>\d{1,4}))?\s*\)?\s*$"
)
_PARAGRAPH = "¶"
"""Stands for an empty line within a table's cell: what follows it isn't the item's title."""

_NEXT_ITEM = 5
"""How many numbers an agenda may leave out between its items: a larger step is a date or a room."""

_TITLE_WORDS = 25
"""Words: of an item that says more, these are its title."""

_SECRET = r"(?:exempt|confidential|restricted|private)"
_PRIVATE_SECTION = any_of(
    r"part (?:b|ii)\b(?!.*\b(?:public|open) (?:items?|session|meeting)\b).{0,90}",
    rf"(?:part|section) (?:2|two)\b.{{0,40}}\b(?:{_SECRET}|closed|excluded|not open)\b.{{0,60}}",
    rf"{_SECRET}(?: (?:and|or|/) {_SECRET})? (?:items?|business|session|agenda|matters|reports?)\b.{{0,60}}",
    r"items? (?:to be considered |for consideration )?(?:in private|(?:with|after) the (?:press and )?public).{0,80}",
    r"items? (?:containing exempt|from which the (?:press and )?public).{0,80}",
)
"""Headings of an agenda's private part."""

_PUBLIC_SECTION = any_of(
    r"(?:part|section) (?:a|i|1|one)\b.{0,60}",
    r"(?:public|open) (?:items?|session|business|agenda)\b.{0,40}",
)
_PRIVATE_ITEM = any_of(
    r"\bnot for publication\b",
    r"\bin part (?:b|ii|2|two)\b",
    rf"\(\s*{_SECRET}(?: (?:item|report|session|paper))?\s*[-–:,)]",
    rf"^{_SECRET}\s*[-–:(]",
    rf"\b{_SECRET} (?:report|minutes?|item)\b",
    r"\b(?:report|item|minutes?) (?:is |are )?exempt\b",
)
"""What an item says of itself."""

_OF_AN_APPENDIX = any_of(r"\b(?:appendix|appendices|annex)\b")
_EXCLUSION = any_of(r"\bexclu(?:sion|de)\b.*\bpublic\b", r"\bpublic\b.*\bexclu(?:ded|sion)\b")
_OF_WHAT_FOLLOWS = any_of(r"\b(?:following|remaind?er|remaining)\b")
_OF_NOTHING = any_of(r"\b(?:none|no (?:exempt |confidential |such )?(?:items?|reports?|business))\b", r"\bif\b")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an agenda, and all that it says.

    `places` are the printed pages on which its papers begin, as far as it gives them, and `last` the last of its pages;
    `private` says that the agenda has it in its exempt part.
    """

    number: str
    title: str
    text: str = ""
    places: tuple[str, ...] = ()
    last: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda of a pack: its first and only pages up to `last_page` (0: there is none), and its items."""

    last_page: int = 0
    items: tuple[Item, ...] = ()

    @property
    def private(self) -> frozenset[str]:
        """The numbers of the items that the public may not see."""
        return frozenset(item.number for item in self.items if item.private)


def agenda_of(document: Document) -> Agenda:
    """The agenda at a document's beginning, without items where it has none."""
    stamped = (part for part in _first_pages(document, AGENDA_LENGTH) if _is_stamped(part))
    before_papers = next((part.first_page - 1 for part in stamped), AGENDA_LENGTH)
    pages = [part for part in _first_pages(document, before_papers) if is_agenda(part)]
    if not pages:
        return Agenda()
    last = pages[-1].first_page
    while last < min(len(document.pages), before_papers):
        items = _items(_lines(document, 1, last))
        if not _goes_on(Part(document, last + 1, last + 1), items[-1].number if items else None):
            break
        last += 1
    return Agenda(last, _with_private(_items(_lines(document, 1, last))))


def is_agenda(part: Part) -> bool:
    """Whether a page reads as an agenda: it says so, or two signs of one stand on it; and it isn't minutes."""
    text = part.document.text[part.first.start : part.last.end]
    says, has = (sum(bool(sign.search(text)) for sign in signs) for signs in (_SAYS_SO, _HAS_ITS_ITEMS))
    return says + has > 1 and says > 0 and not _RESOLVED.search(text) and not is_minutes(part)


def printed_places(document: Document, agenda: Agenda) -> dict[int, str]:
    """The file pages on which the papers of items begin, by the printed pages that the agenda gives, and the item.

    One counts where a page after the agenda bears the number, and no earlier item had a later one. Where no page bears
    a number, the numbers are counted back from the last page of the last item, if that fits.
    """
    after = document.pages[agenda.last_page :]
    bearing = {page.label: page.number for page in reversed(after) if page.label}
    places = bearing or _counted_back(document, agenda)
    found: dict[int, str] = {}
    for item in agenda.items:
        for place in item.places:
            page = places.get(place)
            if page is not None and page > max(found, default=0):
                found[page] = item.number
    return found


def _counted_back(document: Document, agenda: Agenda) -> Mapping[str, int]:
    """File pages by the numbers that ought to be printed on them: the last item ends with the file."""
    first = next((int(place) for item in agenda.items for place in item.places), None)
    last = next((int(item.last) for item in reversed(agenda.items) if item.last), None)
    if first is None or last is None:
        return {}
    ahead = len(document.pages) - last
    if first + ahead <= agenda.last_page or ahead < 0:
        return {}
    return {str(page - ahead): page for page in range(agenda.last_page + 1, len(document.pages) + 1)}


def _first_pages(document: Document, count: int) -> Iterator[Part]:
    return (Part(document, page.number, page.number) for page in document.pages[:count])


def _is_stamped(part: Part) -> bool:
    return any((m := STAMP.fullmatch(part.text(b))) is not None and m["agenda"] for b in part.blocks)


def _goes_on(page: Part, before: str | None) -> bool:
    """Whether a page goes on with an agenda's items: its table has the agenda's head, or its items count on."""
    if not page.blocks or is_minutes(page):
        return False
    headers = " ".join(page.blocks[0].headers).lower()
    if "item" in headers and "page" in headers:
        return True
    items = _items(_lines(page.document, page.first_page, page.first_page), before)
    counts_on = bool(items) and before is not None and _whole(items[0].number) == _whole(before) + 1
    first = page.text(page.blocks[0])
    opens = _ITEM.match(first) is not None or _PRIVATE_SECTION.match(first) is not None
    return counts_on and opens and (len(items) > 1 or bool(items[0].places)) and page.words < 400


def _lines(document: Document, first: int, last: int) -> Iterator[tuple[str, bool]]:
    """The lines of pages, a table's row as one, and whether it is one."""
    part = Part(document, first, last)
    for block in part.blocks:
        text, in_table = document.text[block.start : block.end], block.kind is BlockKind.ROW
        if in_table:
            yield readable(text.replace("\n\n", f" {_PARAGRAPH} ")), True
        else:
            yield from ((readable(line), False) for line in text.split("\n"))


def _items(lines: Iterable[tuple[str, bool]], before: str | None = None) -> list[Item]:
    """The items that open in lines, in order. `before` is the number of the item before them."""
    items: list[Item] = []
    in_private = False
    for text, in_table in lines:
        opened = _opened(text, in_table, items[-1].number if items else before)
        if opened is not None:
            items.append(replace(opened, private=in_private))
        else:
            in_private = _goes_on_in_private(text.replace(CELL_BREAK, " ").strip(), in_private)
        if items:
            items[-1] = _with_line(items[-1], text)
    return items


def _opened(text: str, in_table: bool, before: str | None) -> Item | None:
    """The item that a line opens; its number goes on from the item before."""
    cells = text.split(CELL_BREAK) if in_table else [text]
    match = _ITEM.match(cells[0])
    if match is None:
        sub = _SUB_ITEM.match(cells[0])
        if sub is None or before is None:
            return None
        return Item(f"{_whole(before)}{sub['letter'].lower()}", _title(cells, sub["title"]))
    title = match["title"] or ""
    if opens_with_month(title) or title[:1] in ("/", "%"):
        return None
    prefix, number = (match["prefix"] or "").upper(), int(match["number"])
    known = _whole(before) if before and before.startswith(prefix) else 0
    if not (in_table or 0 <= number - known <= _NEXT_ITEM):
        return None
    part = f".{match['part']}" if match["part"] else ""
    return Item(f"{prefix}{number}{part}{(match['letter'] or '').lower()}", _title(cells, title))


def _title(cells: list[str], beside_number: str) -> str:
    """An item's title: what stands beside its number or in the next cell, without its pages and what it says more."""
    named = (beside_number or next((cell for cell in cells[1:] if cell), "")).split(_PARAGRAPH)[0]
    named = _PAGES.sub("", named) if "page" in named.lower() else named
    return " ".join(named.split()[:_TITLE_WORDS]).strip(" -–(")


def _whole(number: str) -> int:
    """An item's number without letters: 5 of "5", "5a", "5.1" and "C5"."""
    return int(re.sub(r"^[A-Z]|\D.*$", "", number))


def _with_line(item: Item, text: str) -> Item:
    """An item with one more of its lines, and the pages that the line gives."""
    item = replace(item, text=f"{item.text} {text.replace(CELL_BREAK, ' ')}".strip())
    pages = _PAGES.search(text)
    if pages is None or not (pages["last"] or pages["column"] or pages["word"] or pages["dots"]):
        return item
    last = pages["last"] or pages["first"]
    return item if int(last) < int(pages["first"]) else replace(item, places=(*item.places, pages["first"]), last=last)


def _goes_on_in_private(line: str, in_private: bool) -> bool:
    """Whether what follows a line is in the agenda's private part: a heading may begin or end it."""
    if len(line.split()) > _TITLE_WORDS:
        return in_private
    return bool(_PRIVATE_SECTION.fullmatch(line)) or (in_private and not _PUBLIC_SECTION.fullmatch(line))


def _with_private(items: list[Item]) -> tuple[Item, ...]:
    """The items, also those marked as private that say so themselves, or follow the item by which the public is shut
    out for what follows. Where that comes early, most of what follows is public, and is marked if it isn't."""
    shuts_out = next((i for i, item in enumerate(items) if _shuts_out(item)), len(items))
    after = shuts_out if len(items) - shuts_out - 1 <= shuts_out else len(items)
    return tuple(
        replace(item, private=item.private or i > after or _says_that_it_is_private(item))
        for i, item in enumerate(items)
    )


def _shuts_out(item: Item) -> bool:
    """Whether the public is to leave for what follows an item."""
    named = _EXCLUSION.search(item.text) and _OF_WHAT_FOLLOWS.search(item.text)
    return bool(named) and not _OF_NOTHING.search(item.text)


def _says_that_it_is_private(item: Item) -> bool:
    text = re.sub(r"^[\d.a-zA-Z]{1,4}\W+", "", item.text)
    if _EXCLUSION.search(text) or _OF_AN_APPENDIX.search(text):
        return False
    return _PRIVATE_ITEM.search(text) is not None
