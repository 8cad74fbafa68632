"""A document into its papers: where each begins and ends, and what it is. Pure: takes and returns values.

In plain steps: a document with an agenda is a pack. It is cut where its "Agenda Item N" stamps, the page ranges of its
agenda or its outline say that a new paper begins; without an outline also where a page looks like a paper's first (a
letter, a front sheet, "Appendix A", the page after one left blank). A council report of its own is cut at its
appendices; any other document is one paper. What a paper is, and when, is read from its first pages by rules that each
look for one thing a clerk would look for (a front sheet, a letterhead, "Present:").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.dates import dates_in, first_date
from corpus.documents import Access, Block, BlockKind, Document, Page, Paper, readable

STAMP = re.compile(r"agenda item\s+(?:no\.?\s*)?(\d{1,2}[a-z]?)$", re.IGNORECASE)
_AGENDA_SIGNS = [
    re.compile(sign, re.IGNORECASE | re.MULTILINE)
    for sign in (
        r"public document pack",
        r"\bsummon(?:ed|s)\b|^notice of (?:the |a )?meeting|\bmeeting of (?:the )?[^.\n]{3,80} (?:will|to) be held",
        r"^(?:agenda|a g e n d a)$|\bAGENDA \|",
        r"item no\W",
        r"apologies for absence",
        r"declarations? of interests?",
        r"\(pages? \d",
    )
]
_MINUTES = re.compile(r"^(?:(?:members|also) )?(?:present|in attendance)\b(?! to\b)", re.IGNORECASE | re.MULTILINE)
_OPENS_MINUTES = re.compile(r"\bapologies\b|\bcommenced\b|\bterminated\b|\bchair(?:man)? in the\b|\(chair\)", re.I)
_OUTLINE_ITEM = re.compile(r"(?:item |agenda item )?(\d{1,2}[a-z]?)[.:]?\s+(.+)", re.IGNORECASE)
_AGENDA_MARK = re.compile(r"\b(?:agenda|summons|notice of meeting|front sheet|cover)\b(?! item)", re.IGNORECASE)
_AGENDA_ITEM = re.compile(r"((\d{1,2})[a-z]?)[.:]?(?:\s|$)")
_AGENDA_PAGES = re.compile(
    r"(?:\|\s*|\(?pages?\s+)?\b(\d{1,4})(?:\s*(?:[-–—]|to)\s*(\d{1,4}))?\s*\)?\s*$", re.IGNORECASE
)
_APPENDIX = re.compile(r"(?:appendix|annex|enclosure)\s+[a-z0-9]{1,3}\b", re.IGNORECASE)
_BLANK = re.compile(r"this page is intentionally (?:left )?blank\.?", re.IGNORECASE)
_PACK_TITLE = re.compile(
    r"(?:agenda|minutes|reports?|document|pack)\s*(?:document\s*)?(?:pack\s*)?(?:\bfor\b|\bof\b|:)\s*(?:the\s+)?"
    r"(.+?),?\s+(?:\w+day,?\s+)?\d",
    re.IGNORECASE,
)
_MEETING_DAY = re.compile(r"(?:\bto be held|\bwill be held|\bmeeting of|^date\b|^day\b)[\s\S]{0,200}", re.I | re.M)
_INSPECTORATE = re.compile(
    r"\b((?i:ofsted)|[A-Z][\w'’]+(?: [A-Z][\w'’]+)* Inspectorate(?: of [A-Z]\w+(?:(?:,| and)? [A-Z]\w+)*)?"
    r"|Care Quality Commission)\b"
)
_INSPECTION = re.compile(
    r"\binspections? of\b|\bfocus+ed visit\b|\bmonitoring visit\b|\btargeted area inspection\b", re.I
)
_BY_INSPECTORS = re.compile(
    r"lead inspector|\binspectors?:|inspection dates?\s*:|report published|(?:ma)jesty['’]s inspector"
    r"|(?:ofsted|inspectorate) produces this report",
    re.IGNORECASE,
)
_COMMISSIONER = re.compile(
    r"commissioner['’]?s? report\b|\breport (?:of|by|from) (?:the )?(?:[\w'’-]+ ){0,4}commissioner\b", re.IGNORECASE
)
_FRONT_SHEET = (
    r"report (?:to|of|for|by|from|summary|title|author)",
    r"title of report",
    r"(?:reporting|lead|contact) officer",
    r"decision maker",
    r"(?:cabinet|executive|lead) (?:member|lead)",
    r"wards? affected",
    r"subject",
    r"purpose of (?:the )?report",
)
_BANNER = re.compile(
    r".*\bnot for publication\b.*|exempt(?: (?:report|item|appendix|paper|minutes)s?\b.*)?|exempt information\b\W+\w.*"
    r"|(?:part (?:b|2|ii)|private|closed)\W.*\b(?:exempt|private|confidential|closed)\b.*"
    r"|(?:strictly |private (?:and|&) )?confidential(?: (?:report|item|appendix|paper))?|official[ :–-]+sensitive.*",
    re.IGNORECASE,
)
_BANNER_WORDS = 25
"""A longer block is a sentence about publication, not the banner that stands over a paper."""
_STATES_EXEMPT = re.compile(
    r"not for publication|\bpart b\b[^.]{0,40}exempt|contains? exempt information"
    r"|exempt (?:report|information)[^.]{0,120}schedule 12a|by virtue of paragraphs?[^.]{0,120}schedule 12a",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|not|nor|neither|none|if|may|would)\b[^.;]*?(?:publication|exempt|confidential)"
    r"|(?:publication|exempt|confidential)(?: information| report)?\W*(?:no|none|n/a|not applicable)\b",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?<!this )(?:appendix|appendices|annex(?:es)?|enclosures?|items?)\b[^.;]*\b(?:is|are|contains?|be|as)\b",
    re.IGNORECASE,
)
_PARAGRAPH_OF_ACT = re.compile(r"paragraphs?\s+([\d, and]+?)\s+of\s+(?:part\s+\w+\s+of\s+)?schedule\s+12a", re.I)
_TITLE_WORDS = 20
"""A longer line that begins with "Appendix A" is a sentence."""
_NEXT_ITEM = 5
"""How many numbers an agenda may leave out between its items: a larger step is a date or a room."""
_AGENDA_LENGTH = 6
"""Pages: an agenda is no longer than this."""
_HEAD_WORDS = 150
"""How many words at a paper's beginning say what it is."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a paper begins: its first page, and what the outline or the stamp says of it."""

    page: int
    item: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """The pages of one paper with what the rules look at."""

    document: Document
    cut: _Cut
    first: Page
    last: Page
    blocks: tuple[Block, ...]

    def text(self, block: Block) -> str:
        return readable(self.document.text[block.start : block.end])

    @property
    def head(self) -> str:
        """Its first words, a line a block."""
        lines: list[str] = []
        for block in self.blocks:
            if sum(len(line.split()) for line in lines) > _HEAD_WORDS:
                break
            lines.append(self.text(block))
        return "\n".join(lines)

    @property
    def top(self) -> str:
        """Its first page's first blocks, without the stamp."""
        first = [b for b in self.blocks if b.start < self.first.end and not STAMP.match(self.text(b))]
        return "\n".join(self.text(b) for b in first[:6])

    @property
    def opening(self) -> str:
        """All of its first two pages: what an inspectorate says of a report stands at the foot of the first."""
        end = self.document.pages[min(self.first.number, self.last.number - 1)].end
        return "\n".join(self.text(b) for b in self.blocks if b.start < end)

    @property
    def is_report(self) -> bool:
        """Whether it has the front sheet of a council's report."""
        names = sum(self.front_sheet(name) is not None for name in _FRONT_SHEET)
        return names > 1 or self.front_sheet("report to") is not None or self.front_sheet("report summary") is not None

    @property
    def headings(self) -> list[str]:
        return [self.text(b) for b in self.blocks if b.kind is BlockKind.HEADING and not STAMP.match(self.text(b))]

    def front_sheet(self, name: str) -> str | None:
        """What stands beside `name` on a report's front sheet ("Subject", "Date"), None without one."""
        for i, block in enumerate(self.blocks[:40]):
            label, _, value = self.text(block).partition(" | ")
            if not re.fullmatch(rf"{name}\s*:?", label, re.IGNORECASE):
                match = re.match(rf"{name}\s*:\s*(.+)", self.text(block), re.IGNORECASE)
                if match:
                    return match[1]
                continue
            following = self.blocks[i + 1] if i + 1 < len(self.blocks) else None
            return value or (self.text(following) if following else None)
        return None


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Whose pack it is, and the day of the meeting."""

    body: str | None = None
    date: str | None = None


def papers_of(document: Document) -> tuple[Paper, ...]:
    """The document's papers in order; together they have all its pages."""
    pack = any(_is_agenda(document, page) for page in document.pages[:3]) or max(_stamps(document), default=1) > 1
    cuts = _cuts_of_pack(document) if pack else _cuts_of_report(document)
    lasts = [cut.page - 1 for cut in cuts[1:]] + [len(document.pages)]
    parts = [_part(document, cut, last) for cut, last in zip(cuts, lasts, strict=True)]
    meeting = _Meeting()
    if pack:
        meeting = _meeting(parts[0], document)
    elif len(parts) > 1:
        meeting = _Meeting(_body(parts[0], "report", meeting), _date(parts[0], "report", meeting))
    return tuple(_paper(part, number, meeting, pack=pack) for number, part in enumerate(parts, 1))


def _cuts_of_report(document: Document) -> list[_Cut]:
    """One paper, and one for each appendix of a council's report: those are documents of their own."""
    item = _stamps(document).get(1)
    whole = _part(document, _Cut(1, item), len(document.pages))
    appendices = [page for page in document.pages[1:] if whole.is_report and _opens_appendix(document, page)]
    return [_Cut(1, item), *(_Cut(page.number, item) for page in appendices)]


def _cuts_of_pack(document: Document) -> list[_Cut]:
    """The agenda and what follows it. Stamps and the agenda's own page ranges come first, then the outline; pages that
    look like a paper's first count only without an outline, but an exempt paper's always does."""
    stamps, ranges, marks = _stamps(document), _ranges(document), _marks(document)
    openers = [page.number for page in document.pages[1:] if _opens_paper(document, page)]
    certain = {*stamps, *ranges, *marks, *openers} - {1}
    begin = min(certain, default=len(document.pages) + 1)
    found = {*stamps, *ranges, *marks} | {
        p for p in openers if not marks or _has_banner(document, document.pages[p - 1])
    }
    if not marks:
        found |= {page.number for page in document.pages[begin:] if _follows_blank(document, page)}
    cuts = [_Cut(1, stamps.get(1))]
    item: str | None = None
    for page in sorted(p for p in found if p >= begin and p > 1):
        mark = marks.get(page)
        item = stamps.get(page) or (mark.item if mark else None) or ranges.get(page) or item
        cuts.append(_Cut(page, item, mark.hint if mark else None))
    return cuts


def _stamps(document: Document) -> dict[int, str]:
    """Pages that bear an "Agenda Item N", and the N."""
    return {
        _page_at(document, b.start): m[1]
        for b in document.blocks
        if (m := STAMP.match(readable(document.text[b.start : b.end]))) is not None
    }


def _marks(document: Document) -> dict[int, _Cut]:
    """The outermost entries of the outline that open a page after the agenda."""
    found = {}
    for mark in document.outline:
        match = _OUTLINE_ITEM.fullmatch(mark.title)
        page = document.pages[mark.page - 1]
        item, hint = (match[1], match[2]) if match else (None, mark.title)
        in_agenda = not item and (_AGENDA_MARK.search(mark.title) or _is_agenda(document, page))
        if mark.depth == 1 and mark.page > 1 and not in_agenda and mark.page not in found:
            found[mark.page] = _Cut(mark.page, item, hint)
    return found


def _ranges(document: Document) -> dict[int, str]:
    """The pages on which the agenda says that its items begin ("4. MINUTES | 1 - 4", "4 Minutes (Pages 3 - 8)").

    It gives printed numbers. One counts where a page after the agenda bears it, and no earlier item had a later one.
    """
    before_items = document.pages[: min(_stamps(document), default=_AGENDA_LENGTH + 1) - 1]
    agenda = [page for page in before_items if _is_agenda(document, page)]
    if not agenda:
        return {}
    # An agenda that goes on over the page doesn't say so again: its table of items does.
    ends = agenda[-1].number
    while ends < len(document.pages) and _goes_on_with_items(document, document.pages[ends]):
        ends += 1
    places = {page.label: page.number for page in reversed(document.pages[ends:]) if page.label}
    found: dict[int, str] = {}
    item: str | None = None
    for text, in_table in _lines(document, document.pages[:ends]):
        opens = _AGENDA_ITEM.match(text)
        before = int(re.sub(r"\D", "", item)) if item else 0
        if opens and (in_table or 0 <= int(opens[2]) - before <= _NEXT_ITEM):
            item = opens[1]
        pages = _AGENDA_PAGES.search(text)
        if item is None or pages is None or not (pages[2] or "|" in pages[0] or "page" in pages[0].lower()):
            continue
        place = places.get(pages[1])
        last = int(pages[2] or pages[1])
        if place is not None and place > max(found, default=0) and last >= int(pages[1]):
            found[place] = item
    return found


def _goes_on_with_items(document: Document, page: Page) -> bool:
    blocks = _blocks(document, page)
    headed = [b for b in blocks if b.kind is BlockKind.ROW and "item" in " ".join(b.headers[:1]).lower()]
    return bool(blocks) and blocks[0] in headed and "page" in " ".join(blocks[0].headers).lower()


def _lines(document: Document, pages: Sequence[Page]) -> Iterator[tuple[str, bool]]:
    """The lines of pages, a table's row as one, and whether it is one."""
    for page in pages:
        for block in _blocks(document, page):
            text, in_table = document.text[block.start : block.end], block.kind is BlockKind.ROW
            yield from ((readable(line), in_table) for line in ([text] if in_table else text.split("\n")))


def _is_agenda(document: Document, page: Page) -> bool:
    text = document.text[page.start : page.end]
    signs = sum(bool(sign.search(text)) for sign in _AGENDA_SIGNS)
    return signs > 1 and not ("RESOLVED" in text or (_MINUTES.search(text) and _OPENS_MINUTES.search(text)))


def _blocks(document: Document, page: Page) -> list[Block]:
    first, last = (bisect_left(document.blocks, place, key=lambda b: b.start) for place in (page.start, page.end))
    return list(document.blocks[first:last])


def _top(document: Document, page: Page, blocks: int) -> list[str]:
    """The page's first blocks as text; nothing where it goes on with what the page before began."""
    first = _blocks(document, page)[:blocks]
    if not first or first[0].continues:
        return []
    return [readable(document.text[b.start : b.end]) for b in first]


def _opens_paper(document: Document, page: Page) -> bool:
    """Whether a page of a pack looks like a paper's first: a letter, an appendix, minutes, a front sheet, a banner."""
    top = _top(document, page, 12)
    if not top or _is_agenda(document, page):
        return False
    text = "\n".join(top)
    before_dear = re.match(r"([\s\S]{0,500}?)^dear\b", text, re.IGNORECASE | re.MULTILINE)
    letter = before_dear is not None and first_date(before_dear[1]) is not None
    minutes = bool(_MINUTES.search(text)) and bool(_OPENS_MINUTES.search(text)) and first_date("\n".join(top[:4]))
    names = sum(any(re.match(rf"{name}\s*(?::|\||$)", line, re.IGNORECASE) for line in top) for name in _FRONT_SHEET)
    return letter or bool(minutes) or names > 1 or _opens_appendix(document, page) or _opens_exempt(document, page)


def _opens_appendix(document: Document, page: Page) -> bool:
    top = _top(document, page, 2)
    return any(_APPENDIX.match(line) and len(line.split()) <= _TITLE_WORDS for line in top)


def _opens_exempt(document: Document, page: Page) -> bool:
    """Whether an exempt paper's banner stands on a page and not on the page before."""
    return _has_banner(document, page) and not _has_banner(document, document.pages[page.number - 2])


def _has_banner(document: Document, page: Page) -> bool:
    return _banner(document, page) is not None


def _banner(document: Document, page: Page) -> str | None:
    """The words over a page that say that it isn't for publication. An agenda's list of items is none."""
    if _is_agenda(document, page) or _goes_on_with_items(document, page):
        return None
    blocks = [b for b in _blocks(document, page) if b.kind not in (BlockKind.ROW, BlockKind.TABLE_HEAD)]
    texts = [readable(document.text[b.start : b.end]) for b in [*blocks[:4], *blocks[-1:]]]
    return next((t for t in texts if _BANNER.fullmatch(t) and len(t.split()) <= _BANNER_WORDS and _states(t)), None)


def _states(text: str) -> bool:
    """Whether a text that speaks of exemption says it of the paper that it stands in: not that there is none, and not
    that an appendix or another item is exempt."""
    plain = re.sub(r"\bnot for publication\b", "exempt", text, flags=re.IGNORECASE)
    with_it = re.search(r"\breport,? (?:and|with|including)\b", plain, re.IGNORECASE)
    return not _DENIED.search(plain) and (with_it is not None or not _OF_ANOTHER.search(plain))


def _follows_blank(document: Document, page: Page) -> bool:
    """Whether the page before was left blank, as clerks do to begin a paper on a right-hand page."""
    before = document.pages[page.number - 2]
    top = _top(document, page, 1)
    blank = document.text[before.start : before.end].strip()
    empty = not blank and before.problem == "blank"
    return bool(top) and not _BLANK.fullmatch(top[0]) and (empty or _BLANK.fullmatch(readable(blank)) is not None)


def _page_at(document: Document, offset: int) -> int:
    return next(page.number for page in document.pages if page.start <= offset <= page.end)


def _part(document: Document, cut: _Cut, last_page: int) -> _Part:
    first, last = document.pages[cut.page - 1], document.pages[last_page - 1]
    inside = tuple(b for b in document.blocks if first.start <= b.start < last.end)
    return _Part(document, cut, first, last, inside)


def _meeting(agenda: _Part, document: Document) -> _Meeting:
    head = agenda.head
    named = _PACK_TITLE.search(document.title)
    body = named[1].strip(" ,") if named else None
    if body is None:
        committee = re.compile(r"\b(council|cabinet|committee|panel|board)\b", re.IGNORECASE)
        body = next((_in_title_case(h) for h in agenda.headings if committee.search(h) and len(h.split()) <= 8), None)
    to_be_held = (first_date(m.group(), with_day=True) for m in _MEETING_DAY.finditer(head))
    day = first_date(document.title, with_day=True) or next((d for d in to_be_held if d), None)
    day = day or first_date(head, with_day=True)
    return _Meeting(body, day or first_date(document.file.replace("-", " ")) or _date_in_name(document.file))


def _date_in_name(file: str) -> str | None:
    return first_date(file[:10])


def _paper(part: _Part, number: int, meeting: _Meeting, *, pack: bool) -> Paper:
    kind = _kind(part, agenda=pack and number == 1 and not part.cut.item)
    body = _body(part, kind, meeting)
    date = _date(part, kind, meeting)
    access, reason = _access(part, kind)
    return Paper(
        document=part.document.id,
        number=number,
        kind=kind,
        title=_title(part, kind, body, date, pack=pack),
        first_page=part.first.number,
        last_page=part.last.number,
        start=part.first.start,
        end=part.last.end,
        body=body,
        date=date,
        status=_status(part, kind, pack=pack),
        item=part.cut.item,
        access=access,
        reason=reason,
    )


def _kind(part: _Part, *, agenda: bool) -> str:
    """The first rule that holds."""
    if agenda:
        return "agenda"
    head, hint = part.head, part.cut.hint or ""
    titles = " ".join([hint, *part.headings[:3], part.front_sheet("subject") or ""]).lower()
    headers = " ".join(" ".join(b.headers) for b in part.blocks if b.headers).lower()
    rows = sum(b.kind is BlockKind.ROW and bool(b.headers) for b in part.blocks)
    if _MINUTES.search(head) and _OPENS_MINUTES.search(head):
        return "minutes"
    if part.is_report:
        return "report"
    if re.match(r"(?:draft )?minutes\b", f"{hint}\n{part.top}".strip(), re.IGNORECASE):
        return "minutes"
    named = f"{hint}\n{part.top}" if part.cut.page > 1 else f"{part.document.title}\n{part.top}"
    if _COMMISSIONER.search(named) and not re.search(r"police and crime", named, re.IGNORECASE):
        return "commissioner report"
    if _is_letter(part) and _INSPECTION.search(f"{titles}\n{head}") and _inspectorate(part):
        return "inspection"
    if _INSPECTION.search(part.top) and _BY_INSPECTORS.search(part.opening):
        return "inspection"
    if "scorecard" in titles or ("indicator" in headers and "target" in headers):
        return "scorecard"
    if re.search(r"\b(improvement|action|delivery|service) plan\b", titles) and rows > 5:
        return "plan"
    if re.search(r"\binspection\b|\bfocused visit\b|\bofsted\b", titles):
        return "inspection summary"
    if "work programme" in titles or re.search(r"work programme", head, re.I):
        return "work programme"
    if "terms of reference" in titles:
        return "other"
    if _is_slides(part):
        return "presentation"
    if re.search(r"\b(report|review)\b", titles) or any(re.match(r"1\.1\s", part.text(b)) for b in part.blocks):
        return "report"
    return "other"


def _is_letter(part: _Part) -> bool:
    return bool(re.search(r"^dear\b", part.head, re.IGNORECASE | re.MULTILINE))


def _inspectorate(part: _Part) -> str | None:
    """The inspectorate that speaks: named at the top, or else anywhere in it."""
    found = _INSPECTORATE.search(part.head) or _INSPECTORATE.search(
        part.document.text[part.first.start : part.last.end]
    )
    if found is None:
        return None
    return "Ofsted" if found[1].lower() == "ofsted" else found[1]


def _is_slides(part: _Part) -> bool:
    pages = part.last.number - part.first.number + 1
    words = sum(len(part.text(b).split()) for b in part.blocks)
    return pages >= 3 and words / pages < 150


def _body(part: _Part, kind: str, meeting: _Meeting) -> str | None:
    if kind == "inspection":
        return _inspectorate(part)
    if kind in ("plan", "scorecard"):
        return None
    if kind == "commissioner report":
        names = re.findall(r"(?:[A-Z][\w'’]+ )*Commissioner\b", f"{part.document.title}\n{part.head}")
        return max(names, key=len, default="Commissioner")
    if meeting.body:
        return meeting.body
    to = part.front_sheet("report to")
    if to:
        return _in_title_case(to)
    if kind == "minutes":
        named = _PACK_TITLE.search(part.document.title)
        return named[1] if named else _committee(part)
    return None


def _committee(part: _Part) -> str | None:
    for heading in part.headings[:3]:
        day = next(dates_in(heading), None)
        if day is not None and day.start > 3:
            return _in_title_case(re.sub(r"^minutes of (the )?", "", heading[: day.start], flags=re.I).strip(" ,-–:"))
    return None


def _date(part: _Part, kind: str, meeting: _Meeting) -> str | None:
    head = part.head
    if kind == "minutes":
        return first_date(head, with_day=True) or first_date(part.document.title, with_day=True) or meeting.date
    if kind == "inspection":
        return _published(part, meeting)
    if kind == "scorecard":
        return first_date(head) or meeting.date
    if meeting.date:
        return meeting.date
    day = part.front_sheet("date")
    written = first_date(day) if day else None
    return written or first_date(head) or first_date(part.document.title) or _date_in_name(part.document.file)


def _published(part: _Part, meeting: _Meeting) -> str | None:
    """When an inspection's letter or report came out. Reports don't always say so: then their file's name may, and
    else all that is known is when the inspection ended."""
    stated = re.search(r"published(?: on)?\s*:?\s*([^\n]{6,30})", part.opening, re.IGNORECASE)
    day = first_date(stated[1], with_day=True) if stated else None
    if day or _is_letter(part):
        return day or first_date(part.head, with_day=True) or first_date(part.head) or meeting.date
    visited = re.search(r"inspection dates?\s*:?\s*([^\n]{6,60})", part.opening, re.IGNORECASE)
    ended = max((d.iso for d in dates_in(visited[1])), default=None) if visited else None
    name = _date_in_name(part.document.file) if meeting.date is None else None
    if name and (ended is None or name >= ended):
        return name
    return ended or first_date(part.head, with_day=True) or first_date(part.head) or meeting.date


def _title(part: _Part, kind: str, body: str | None, date: str | None, *, pack: bool) -> str:
    subject = part.front_sheet("subject")
    if subject:
        return _in_title_case(subject)
    if kind == "agenda":
        return f"{body or part.document.title}: agenda"
    if kind == "minutes":
        return f"Minutes of {body}" if body else "Minutes"
    letter = _is_letter(part)
    if kind == "inspection" and not letter:
        return _inspection_title(part)
    if not pack and part.cut.page == 1 and part.document.title != part.document.file.rsplit(".", 1)[0]:
        return part.document.title
    dull = re.compile(r"dear\b|date\b|\W*$|\d", re.IGNORECASE)
    after_dear = False
    for block in part.blocks:
        text = part.text(block)
        if letter and re.match(r"dear\b", text, re.IGNORECASE):
            after_dear = True
        elif block.kind is not BlockKind.HEADING or STAMP.match(text) or dull.match(text) or after_dear != letter:
            continue
        elif not (body and text.lower() in body.lower()):
            return _in_title_case(text)
    return part.cut.hint or part.document.title


def _inspection_title(part: _Part) -> str:
    """What was inspected, and whose it is: the heading before it, where that isn't the inspectorate itself."""
    lines = [line for line in part.top.split("\n") if not _INSPECTORATE.fullmatch(line)]
    place = next((i for i, line in enumerate(lines) if _INSPECTION.search(line)), None)
    if place is None:
        return part.document.title
    named = re.split(r"\s+(?:and review of the effectiveness|and$|inspection dates?\s*:)", lines[place], flags=re.I)[0]
    whose = lines[place - 1] if place else ""
    return f"{whose}: {named[:1].lower()}{named[1:]}" if whose and len(whose.split()) <= _TITLE_WORDS else named


def _status(part: _Part, kind: str, *, pack: bool) -> str | None:
    if kind == "minutes":
        return "draft" if pack else None
    if re.search(r"\bworking draft\b|^draft\b", f"{part.cut.hint or ''}\n{part.head}", re.IGNORECASE | re.MULTILINE):
        return "draft" if kind == "plan" else None
    return None


def _access(part: _Part, kind: str) -> tuple[Access, str | None]:
    """Whether a paper is held back: a banner stands over one of its pages, or its beginning says that it is exempt.

    Agendas and minutes name exempt items and the law all the time, and are exempt only under a banner.
    """
    document = part.document
    pages = document.pages[part.first.number - 1 : part.last.number]
    words = next((banner for page in pages if (banner := _banner(document, page))), None)
    if words is None and kind not in ("agenda", "minutes"):
        words = next((m.group() for m in _STATES_EXEMPT.finditer(part.head) if _states(_sentence(part.head, m))), None)
    if words is None:
        return Access.PUBLIC, None
    act = _PARAGRAPH_OF_ACT.search(readable(document.text[part.first.start : part.first.end]))
    law = f", Schedule 12A paragraph {act[1].strip()}" if act else ""
    return Access.EXEMPT, f"exempt: {_marking(words)}{law}"


def _marking(words: str) -> str:
    """What marks a paper as exempt, in fixed words: a banner may name a supplier or a child, and nothing of an exempt
    paper's own text is kept."""
    known = ("not for publication", "confidential", "exempt", "sensitive", "private", "closed")
    found = next((mark for mark in known if mark in words.lower()), "exempt")
    return f"marked “{found}”"


def _sentence(text: str, match: re.Match[str]) -> str:
    """The match with what stands before it in its sentence or line, and with an answer after it ("…: No")."""
    answer = re.match(r"\W{0,4}\w+", text[match.end() :])
    return re.split(r"[.\n]\s", text[: match.start()])[-1] + match.group() + (answer.group() if answer else "")


_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "under", "with"]
)


def _in_title_case(text: str) -> str:
    """Capitals taken back where a title shouts; acronyms of up to four letters can't be told from words and suffer."""
    letters = [c for c in text if c.isalpha()]
    if sum(c.isupper() for c in letters) < 0.8 * len(letters):
        return text
    words: Sequence[str] = text.lower().split()
    return " ".join(w if i and w in _SMALL else w[:1].upper() + w[1:] for i, w in enumerate(words))
