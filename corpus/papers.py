"""A document into its papers: where each begins and ends, and what it is. Pure: takes and returns values.

In plain steps: a document with an agenda is a pack and is cut where its outline or its "Agenda Item N" stamps say that
a new paper begins; any other document is one paper. What a paper is, and when, is read from its first pages by rules
that each look for one thing a clerk would look for (a front sheet, a letterhead, "Present:").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.dates import dates_in, first_date
from corpus.documents import Access, Block, BlockKind, Document, Page, Paper, readable

STAMP = re.compile(r"agenda item\s+(\d{1,2}[a-z]?)$", re.IGNORECASE)
_AGENDA_PAGE = re.compile(r"public document pack|\bsummoned\b|^agenda$|item no\W|apologies for absence", re.I | re.M)
_OUTLINE_ITEM = re.compile(r"(\d{1,2}[a-z]?)\.?\s+(.+)")
_PACK_TITLE = re.compile(r"(?:agenda document (?:pack )?for|minutes of(?: the)?|pack for)\s+(.+?),?\s+\d", re.I)
_INSPECTORATE = re.compile(r"\b((?i:ofsted)|[A-Z][\w'’]+(?: [A-Z][\w'’]+)* Inspectorate)\b")
_EXEMPT = re.compile(
    r"not for publication|\bpart b\b[^.]{0,40}exempt|exempt (?:report|information)[^.]{0,120}schedule 12a"
    r"|contains? exempt information|by virtue of paragraphs?[^.]{0,120}schedule 12a",
    re.IGNORECASE,
)
_PARAGRAPH_OF_ACT = re.compile(r"paragraphs?\s+([\d, and]+?)\s+of\s+(?:part\s+\w+\s+of\s+)?schedule\s+12a", re.I)
_HEAD_WORDS = 150
"""How many words at a paper's beginning say what it is."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a paper begins: its first page, and what the outline or the stamp says of it."""

    page: int
    item: str | None
    hint: str | None


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

    body: str | None
    date: str | None


def papers_of(document: Document) -> tuple[Paper, ...]:
    """The document's papers in order; together they have all its pages."""
    cuts = _cuts(document)
    pack = len(cuts) > 1 or _is_agenda(document, document.pages[0])
    lasts = [cut.page - 1 for cut in cuts[1:]] + [len(document.pages)]
    parts = [_part(document, cut, last) for cut, last in zip(cuts, lasts, strict=True)]
    meeting = _meeting(parts[0], document) if pack else _Meeting(None, None)
    return tuple(_paper(part, number, meeting, pack=pack) for number, part in enumerate(parts, 1))


def _cuts(document: Document) -> list[_Cut]:
    stamps = {
        _page_at(document, b.start): m[1]
        for b in document.blocks
        if (m := STAMP.match(readable(document.text[b.start : b.end]))) is not None
    }
    if not stamps and not any(_is_agenda(document, page) for page in document.pages[:3]):
        return [_Cut(1, None, None)]
    cuts = {page: _Cut(page, item, None) for page, item in stamps.items()}
    item: str | None = None
    for mark in (m for m in document.outline if m.depth == 1):
        match = _OUTLINE_ITEM.fullmatch(mark.title)
        item = stamps.get(mark.page) or (match[1] if match else None)
        cuts[mark.page] = _Cut(mark.page, item, match[2] if match else mark.title)
    first = min(stamps) if stamps else min((c.page for c in cuts.values() if c.item), default=len(document.pages) + 1)
    agenda = [_Cut(1, None, None)] if first > 1 else []
    return agenda + sorted((c for c in cuts.values() if c.page >= first), key=lambda c: c.page)


def _is_agenda(document: Document, page: Page) -> bool:
    found = {m.group().lower() for m in _AGENDA_PAGE.finditer(document.text[page.start : page.end])}
    return len(found) > 1


def _page_at(document: Document, offset: int) -> int:
    return next(page.number for page in document.pages if page.start <= offset <= page.end)


def _part(document: Document, cut: _Cut, last_page: int) -> _Part:
    first, last = document.pages[cut.page - 1], document.pages[last_page - 1]
    inside = tuple(b for b in document.blocks if first.start <= b.start < last.end)
    return _Part(document, cut, first, last, inside)


def _meeting(agenda: _Part, document: Document) -> _Meeting:
    head = agenda.head
    named = _PACK_TITLE.search(document.title)
    body = named[1] if named else None
    if body is None:
        committee = re.compile(r"\b(council|cabinet|committee|panel|board)\b", re.IGNORECASE)
        body = next((_in_title_case(h) for h in agenda.headings if committee.search(h) and len(h.split()) <= 8), None)
    day = first_date(head, with_day=True) or first_date(document.title, with_day=True)
    return _Meeting(body, day or first_date(document.file.replace("-", " ")) or _date_in_name(document.file))


def _date_in_name(file: str) -> str | None:
    return first_date(file[:10])


def _paper(part: _Part, number: int, meeting: _Meeting, *, pack: bool) -> Paper:
    kind = _kind(part, agenda=pack and number == 1)
    body = _body(part, kind, meeting)
    date = _date(part, kind, meeting)
    access, reason = _access(part)
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
    front = part.front_sheet("report to") is not None or part.front_sheet("report summary") is not None
    if re.search(r"^(present|in attendance)\s*:", head, re.I | re.M) and re.search(r"apologies|commenced", head, re.I):
        return "minutes"
    if front:
        return "report"
    if "commissioner" in titles and "report" in f"{titles} {part.document.title}".lower():
        return "commissioner report"
    if _is_letter(part) and _INSPECTORATE.search(part.document.text[part.first.start : part.last.end]):
        return "inspection"
    if "scorecard" in titles or ("indicator" in headers and "target" in headers):
        return "scorecard"
    if re.search(r"\b(improvement|action|delivery|service) plan\b", titles) and rows > 5:
        return "plan"
    if re.search(r"\binspection\b|\bfocused visit\b|\bofsted\b", titles):
        return "inspection" if _by_inspectors(part) else "inspection summary"
    if "work programme" in titles or re.search(r"work programme", head, re.I):
        return "work programme"
    if _is_slides(part):
        return "presentation"
    if re.search(r"\b(report|review)\b", titles) or any(re.match(r"1\.1\s", part.text(b)) for b in part.blocks):
        return "report"
    return "other"


def _is_letter(part: _Part) -> bool:
    return bool(re.search(r"^dear\b", part.head, re.IGNORECASE | re.MULTILINE))


def _by_inspectors(part: _Part) -> bool:
    """Whether inspectors speak in it, not somebody about them: it tells who led the inspection or by what powers."""
    text = part.document.text[part.first.start : part.last.end]
    return bool(re.search(r"lead inspector|inspectors?:|inspection dates?\s*:|majesty['’]s inspector", text, re.I))


def _is_slides(part: _Part) -> bool:
    pages = part.last.number - part.first.number + 1
    words = sum(len(part.text(b).split()) for b in part.blocks)
    return pages >= 3 and words / pages < 150


def _body(part: _Part, kind: str, meeting: _Meeting) -> str | None:
    if kind == "inspection":
        match = _INSPECTORATE.search(part.document.text[part.first.start : part.last.end])
        return match[1] if match else None
    if kind in ("plan", "scorecard"):
        return None
    if kind == "commissioner report":
        return "Commissioner"
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
        published = re.search(r"published(?: on)?\s*:?\s*([^\n]{6,30})", head, re.IGNORECASE)
        day = first_date(published[1], with_day=True) if published else None
        return (
            day
            or first_date(head, with_day=True)
            or first_date(head)
            or meeting.date
            or _date_in_name(part.document.file)
        )
    if kind == "scorecard":
        return first_date(head) or meeting.date
    if meeting.date:
        return meeting.date
    day = part.front_sheet("date")
    written = first_date(day) if day else None
    return written or first_date(head) or first_date(part.document.title) or _date_in_name(part.document.file)


def _title(part: _Part, kind: str, body: str | None, date: str | None, *, pack: bool) -> str:
    subject = part.front_sheet("subject")
    if subject:
        return _in_title_case(subject)
    if kind == "agenda":
        return f"{body or part.document.title}: agenda"
    if kind == "minutes":
        return f"Minutes of {body}" if body else "Minutes"
    if not pack and part.document.title != part.document.file.rsplit(".", 1)[0]:
        return part.document.title
    letter = _is_letter(part)
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


def _status(part: _Part, kind: str, *, pack: bool) -> str | None:
    if kind == "minutes":
        return "draft" if pack else None
    if re.search(r"\bworking draft\b|^draft\b", f"{part.cut.hint or ''}\n{part.head}", re.IGNORECASE | re.MULTILINE):
        return "draft" if kind == "plan" else None
    return None


def _access(part: _Part) -> tuple[Access, str | None]:
    match = _EXEMPT.search(part.head)
    if match is None:
        return Access.PUBLIC, None
    act = _PARAGRAPH_OF_ACT.search(readable(part.document.text[part.first.start : part.first.end]))
    law = f", Schedule 12A paragraph {act[1].strip()}" if act else ""
    return Access.EXEMPT, f'exempt: "{readable(match.group())}"{law}'


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
