"""A document into its papers: where each begins and ends, and what it is. Pure: takes and returns values.

The rules live next door: `packs` finds where papers begin, `agendas` reads the agenda in front, `kinds` tells what a
paper is, `inspections` what an inspectorate says of its own papers, `meetings` whose a meeting was and when, `titles`
what a paper is called, and `access` which papers are held back. Here they are put together.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.access import access_of, is_private_pack
from corpus.agendas import Agenda, agenda_of
from corpus.dates import first_date
from corpus.documents import Access, Document, Paper
from corpus.inspections import council_named, council_of, inspected_on, inspection_title, inspectorate_in, published_on
from corpus.kinds import kind_of
from corpus.meetings import Meeting, body_in, day_in, own_dates
from corpus.packs import cuts_of_pack, cuts_of_report, is_pack
from corpus.parts import SHORT_LINE, Cut, Part, any_of
from corpus.titles import first_title, unshouted, without_surroundings

_PACK_TITLE = any_of(
    r"(?:agenda|minutes|reports?|document|pack|supplement)\s*(?:document\s*)?(?:pack\s*)?(?:\bfor\b|\bof\b|:)\s*"
    r"(?:the\s+)?(.+?),?\s+(?:\w+day,?\s+)?\d"
)
_TO_BE_HELD = any_of(r"\b(?:to be|will be) held\b", r"\bmeeting of\b", r"^(?:date|day)\b")
_SUPPLEMENT = any_of(r"\bsupplement(?:ary|al)?\b")
_DRAFT_MINUTES = any_of(r"\b(?:draft|unconfirmed|unapproved)\b", r"\bsubject to (?:approval|confirmation)\b")
_DRAFT = any_of(r"\bworking draft\b", r"^\W*draft\b", r"\bdraft(?: (?:v|version)\s?\d.*)?\)?$", r"\bdraft (?=\w)")
_DRAFT_REPORT = any_of(r"\W*(?:working )?draft(?: (?:report|for|v|version)\b.*)?\W*")
_SUBJECT = "subject|report title|title of (?:the )?report|title|report subject|subject of report"
_BELONGING = ("plan", "scorecard")
"""Kinds that speak for nobody: their papers have no body."""

_IN_NAME = (
    re.compile(r"(?<!\d)(?P<y>20\d\d)-?(?P<m>[01]\d)-?(?P<d>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>[0-3]\d)(?P<m>[01]\d)(?P<y>20\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[-. ](?P<m>\d{1,2})[-. ](?P<y>(?:20)?\d\d)(?!\d)"),
)


def papers_of(document: Document) -> tuple[Paper, ...]:
    """The document's papers in order; together they have all its pages."""
    agenda = agenda_of(document)
    pack = is_pack(document, agenda)
    cuts = cuts_of_pack(document, agenda) if pack else cuts_of_report(document)
    parts = _parts(document, cuts)
    meeting = _meeting_of_pack(parts[0], agenda) if pack else _meeting_of_report(parts)
    papers: list[Paper] = []
    for part in parts:
        opens_item = pack and part.item is not None and (not papers or papers[-1].item != part.item)
        kind = "agenda" if not papers and _is_agenda(part, agenda) else kind_of(part, opens_item=opens_item)
        papers.append(_paper(part, kind, papers, meeting, agenda, pack=pack))
    if pack and is_private_pack(document.title, parts[0]):
        papers = [_held_back(paper) for paper in papers]
    return tuple(papers)


def _parts(document: Document, cuts: list[Cut]) -> list[Part]:
    lasts = [cut.page - 1 for cut in cuts[1:]] + [len(document.pages)]
    return [Part(document, cut.page, last, cut.item, cut.hint) for cut, last in zip(cuts, lasts, strict=True)]


def _is_agenda(part: Part, agenda: Agenda) -> bool:
    return agenda.last_page > 0 and part.item is None


def _held_back(paper: Paper) -> Paper:
    if paper.access is Access.EXEMPT:
        return paper
    return replace(paper, access=Access.EXEMPT, reason="exempt: the whole pack is marked “private”")


def _paper(part: Part, kind: str, before: list[Paper], meeting: Meeting, agenda: Agenda, *, pack: bool) -> Paper:
    access, reason = access_of(
        part,
        kind,
        private_part=bool(agenda.private),
        under_private=part.item is not None and part.item in agenda.private,
    )
    inspects = kind in ("inspection", "inspection summary")
    date = _date(part, kind, meeting)
    if date is None and before and before[-1].kind == kind:
        date = before[-1].date
    body = _body(part, kind, meeting)
    if kind == "minutes" and body is None and before:
        body = before[-1].body
    title = _title(part, kind, body, pack=pack)
    return Paper(
        document=part.document.id,
        number=len(before) + 1,
        kind=kind,
        title=title,
        first_page=part.first_page,
        last_page=part.last_page,
        start=part.first.start,
        end=part.last.end,
        body=body,
        date=date,
        status=_status(part, kind, pack=pack),
        item=part.item,
        access=access,
        reason=reason,
        council=council_of(part) if inspects else council_named(title) if kind == "commissioner report" else None,
        inspected=_inspected(part, kind),
    )


def _meeting_of_pack(agenda: Part, items: Agenda) -> Meeting:
    """Whose pack it is, and the day of the meeting: from the file's title, else from the agenda."""
    title = agenda.document.title
    front = Part(agenda.document, 1, max(1, min(agenda.last_page, items.last_page or 1)))
    lines = front.lines()
    named = _PACK_TITLE.search(title)
    body = named[1].strip(" ,") if named else body_in(lines)
    held = [line for line in lines if _TO_BE_HELD.search(line)]
    day = first_date(title, with_day=True) or day_in(held) or day_in(lines)
    return Meeting(_unshouted(body, front), day or date_in_name(agenda.document.file))


def _meeting_of_report(parts: list[Part]) -> Meeting:
    """The meeting to which a council's report goes, for the appendices that come with it."""
    if len(parts) == 1:
        return Meeting()
    kind = kind_of(parts[0])
    if kind != "report":
        return Meeting()
    return Meeting(_body(parts[0], kind, Meeting()), _date(parts[0], kind, Meeting()))


def _body(part: Part, kind: str, meeting: Meeting) -> str | None:
    """The committee whose paper it is, or its author."""
    if kind == "inspection":
        return inspectorate_in(part)
    if kind in _BELONGING:
        return None
    if kind == "commissioner report":
        names = re.findall(r"(?:[A-Z][\w'’]+ )*Commissioner\b", f"{part.document.title}\n{part.head}")
        return max(names, key=len, default="Commissioner")
    if kind == "minutes":
        named = _PACK_TITLE.search(part.document.title) if meeting.body is None else None
        return named[1] if named else _unshouted(body_in(part.head.split("\n")), part) or meeting.body
    if kind == "other" and part.is_letter:
        return _sender(part) or meeting.body
    if meeting.body:
        return meeting.body
    to = part.field("report (?:to|for)|committee|meeting|decision maker")
    return _unshouted((body_in([to]) or to) if to else body_in(part.lines(8)), part)


def _sender(part: Part) -> str | None:
    """The government department whose letter it is."""
    return "Department for Education" if re.search(r"\bdepartment for education\b", part.head, re.IGNORECASE) else None


def _date(part: Part, kind: str, meeting: Meeting) -> str | None:
    """The day of the meeting or the letter that the paper is, as far as known."""
    in_name = date_in_name(part.document.file) if part.first_page == 1 else None
    lines = part.head.split("\n")
    if kind == "minutes":
        held = [line for line in lines if re.search(r"\bheld\b|^date\b", line, re.IGNORECASE)]
        own = day_in(held[:1]) or day_in(lines)
        return own or (first_date(part.document.title, with_day=True) if part.first_page == 1 else None) or meeting.date
    if kind == "inspection":
        return published_on(part, in_name) or meeting.date
    if part.is_letter and kind != "agenda":
        return first_date(part.before_greeting) or meeting.date or in_name
    if kind == "scorecard":
        return first_date(part.head) or meeting.date or in_name
    if kind == "commissioner report":
        return _written(part) or meeting.date or in_name
    if meeting.date:
        return meeting.date
    on_sheet = part.field("(?:meeting |report )?date(?: of (?:the )?(?:meeting|decision|report))?")
    return (on_sheet and first_date(on_sheet)) or _written(part) or first_date(part.document.title) or in_name


def _written(part: Part) -> str | None:
    """The first date that stands in a short line of its own: one in a sentence is the date of something else."""
    short = [line for line in part.head.split("\n") if len(line.split()) <= SHORT_LINE]
    return day_in(short) or next((d.iso for line in short for d in own_dates(line)), None)


def _inspected(part: Part, kind: str) -> str | None:
    if kind == "inspection":
        return inspected_on(part)
    if kind == "inspection summary":
        return inspected_on(part) or first_date("\n".join([part.hint or "", *part.headings[:1]]))
    return None


def date_in_name(file: str) -> str | None:
    """The date in a file's name ("2023-03-14", "20230314", "14.03.23", "14 March 2023") as an ISO date."""
    name = re.sub(r"\.\w{2,4}$", "", file)
    for pattern in _IN_NAME:
        for match in pattern.finditer(name):
            year = match["y"] if len(match["y"]) > 2 else f"20{match['y']}"
            day = first_date(f"{year}-{int(match['m']):02d}-{int(match['d']):02d}")
            if day is not None:
                return day
    return first_date(name) or first_date(re.sub(r"[-_.]+", " ", name))


def _title(part: Part, kind: str, body: str | None, *, pack: bool) -> str:
    """What a clerk would call the paper."""
    if kind == "agenda":
        what = "supplementary agenda" if _SUPPLEMENT.search(f"{part.document.title}\n{part.top}") else "agenda"
        return f"{body or part.document.title}: {what}"
    if kind == "minutes":
        return f"Minutes of {body}" if body else "Minutes"
    subject = part.field(_SUBJECT)
    if subject and not part.is_letter:
        return _named(subject, part)
    if kind == "inspection" and not part.is_letter:
        return _named(inspection_title(part) or part.document.title, part)
    if not pack and part.first_page == 1 and _says(part, part.document.title):
        return part.document.title
    in_letter = part.is_letter and kind in ("inspection", "other")
    return _named(first_title(part, body, after_greeting=in_letter) or part.hint or part.document.title, part)


def _says(part: Part, title: str) -> bool:
    """Whether a file's title is its paper's: it is written by hand, and most of its words stand on the first pages.
    Programs put the names of templates and of other files there."""
    words = {w for w in re.findall(r"\w{4,}", title.lower()) if not w.isdigit()}
    known = set(re.findall(r"\w{4,}", f"{part.opening}\n".lower()))
    return title != part.document.file.rsplit(".", 1)[0] and bool(words) and 2 * len(words & known) > len(words)


def _named(title: str, part: Part) -> str:
    return _unshouted(without_surroundings(title), part) or title


def _unshouted(text: str | None, part: Part) -> str | None:
    if text is None:
        return None
    return unshouted(text, part.raw)


def _status(part: Part, kind: str, *, pack: bool) -> str | None:
    """ "draft" for minutes in a pack, until a later paper approves them, and for what says that it is one."""
    said = [part.hint or "", *part.top.split("\n")[:4]]
    if kind == "minutes":
        return "draft" if pack or any(_DRAFT_MINUTES.search(line) for line in said) else None
    short = [line for line in said if len(line.split()) <= SHORT_LINE]
    if kind == "report":
        # "Consultation on the draft plan" is no draft.
        return "draft" if any(_DRAFT_REPORT.fullmatch(line) for line in short) else None
    if kind in ("plan", "other", "work programme"):
        return "draft" if any(_DRAFT.search(line) for line in short) else None
    return None
