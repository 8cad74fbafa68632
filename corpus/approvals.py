"""Which minutes were approved, and where. Pure: takes and returns values.

In plain steps: minutes say near their beginning that those of an earlier meeting are a correct record. A sentence says
so if it speaks of minutes and has "were approved", "RESOLVED that … be confirmed", "agreed to accept …" or one of their
kin, with no "to be" or "not" before; what is only received or noted isn't approved. The day is named in the sentence,
or else in what stands before it under the same heading; failing both, it is the meeting before, and that one is known
only if the agenda pack of this meeting has its minutes, or they announced this meeting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from corpus.documents import PAGE_BREAK, BlockKind, Document, Paper
from corpus.mentions import Mention, Said, Unit, days_in, is_own, page_of, same_body, units_of

T = TypeVar("T")

_PARTICIPLE = r"(?:approved|agreed|confirmed|signed|accepted|adopted|ratified|endorsed)\b"
_VERB = r"(?:approve|agree|confirm|sign|accept|adopt|ratify|endorse)\b"
_RECORD = (
    r"\b(?:true|correct|accurate|fair|proper)(?:,?\s+(?:and|&)\s+\w+)?\s+(?:records?|reflections?|accounts?|copy)\b"
)
_ACTOR = (
    r"\b(?:committee|panel|board|council|cabinet|members|chair(?:man|woman|person)?|forum|partnership|executive|group"
    r"|commission|leader|mayor|meeting)\b"
)
_NO_PART = r"(?:not|never|to|that|the|it|was|were|once|when|until|unless|if|before|after)"
_SAYS_SO = [
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        # "The minutes of … were approved", "that the minutes of … be taken as read and signed"
        r"\bminutes\b.*?(?<!\bwill\s)(?<!\bto\s)(?<!\bnot\s)(?<!\bmay\s)(?<!\bcan\s)(?<!\bmust\s)(?<!\bshould\s)"
        r"(?<!\bwould\s)(?<!\bcould\s)(?<!\bshall\s)(?<!\bmight\s)(?<!\bit\s)"
        rf"\b(?:were|was|are|is|be|being|been)\s+(?:(?!{_NO_PART}\b)\w+,?\s+){{0,6}}?{_PARTICIPLE}",
        # "The Panel approved the minutes", "The Chair signed, as a correct record, the minutes"
        rf"{_ACTOR}(?:\s+(?:then|duly|unanimously|formally|therefore|also|and|\w+ly))*\s+{_PARTICIPLE}"
        r"(?:,?\s+as\s+[^,;]{3,40},?)?(?:\s+(?!that\b|to\b|as\b|in\b|at\b|on\b|from\b|with\b|by\b|for\b)\w+){0,4}?\s+minutes\b",
        # "RESOLVED to approve the minutes", "It was agreed unanimously to accept the minutes"
        rf"\b(?:resolved|agreed|decided|voted)\b[\s:,–—-]*(?:\w+ly[\s,]+)?to\s+{_VERB}.*?\bminutes\b",
        # "that the Chair be authorised to sign the minutes"
        rf"\b(?:be|was|were)\s+authori[sz]ed\s+to\s+sign\b.*?\bminutes\b|\bauthori[sz]ed\s+{_ACTOR}\s+to\s+sign\b.*?\bminutes\b",
    )
]
_SAYS_SO_OF_THEM = re.compile(
    r"(?:\b(?:they|these|it|this|which)\s+(?:were|was)\s+(?:(?!not\b)\w+,?\s+){0,6}?"
    rf"|^\W*(?:resolved|agreed|decision|outcome)?[\s:–—-]*(?:that\s+)?(?:they\s+)?(?:be\s+)?){_PARTICIPLE}.*{_RECORD}",
    re.IGNORECASE | re.DOTALL,
)
"""With no "minutes" in the sentence: the heading or what stands before must have it."""
_RESOLVED = re.compile(r"\b(?:resolved|agreed|decided|ordered|carried)\b", re.IGNORECASE)
_OF_A_MEETING = re.compile(
    rf"\bminutes\s+(?:\w+\s+){{0,8}}?(?:meetings?|proceedings|session)\b|\b(?:last|previous|preceding)\b|{_RECORD}",
    re.I,
)
_AMENDMENT = re.compile(
    r"\bsubject\s+to\b|\b(?:with|including|following|incorporating)\s+(?!(?:no|any)\b)(?:\w+\s+){0,3}?"
    r"(?:amendments?|corrections?|exception|additions?|clarifications?|changes?)\b|\bas\s+(?:amended|corrected)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    r"(?<!\bcllr)(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bdr)(?<!\bno)[.!?][\"”’]?\s+(?=[A-Z“\"(\d])", re.I
)
_FILLER = re.compile(
    r"\b(?:minutes?|of|the|a|an|its|their|all|meetings?|proceedings|held|dated|on|from|last|previous|preceding|past|most"
    r"|recent|ordinary|special|annual|extraordinary|general|open|public|exempt|confidential|private|part|section|session"
    r"|and|i{1,3}|one|two|\d+|were|was|be|are|is|as|that|by|at|in|to|read|taken|been|circulated|submitted|considered"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|[^\w\s'’&()-]",
    re.IGNORECASE,
)
_LOOK_BACK = 6
"""Blocks before a decision in which the day may be named."""

_LONGEST_BODY = 12
"""Words: what is longer between "minutes" and the day isn't a body's name."""


def approvals_in(document: Document, paper: Paper) -> tuple[Mention, ...]:
    """The approvals of earlier minutes that a paper records; an agenda only says what was resolved if it says so."""
    if paper.kind not in ("minutes", "agenda"):
        return ()
    units = units_of(document, paper)
    found: dict[tuple[str | None, str | None], Mention] = {}
    for i, unit in enumerate(units):
        if unit.kind is BlockKind.HEADING:
            continue
        before = _before(units, i)
        for start, end in _sentences(unit.text):
            sentence = unit.text[start:end]
            if not _approves(sentence, before):
                continue
            if paper.kind == "agenda" and not _resolved(sentence, before):
                continue
            for body, day in _whose(sentence, unit.text[:start], before, paper):
                amendment = _amendment(units, i, start, end)
                mention = _mention(document, paper, unit, (start, end), body, day, amendment)
                found.setdefault((body if day is None else None, day), mention)
    return tuple(found.values())


def _before(units: Sequence[Unit], place: int) -> list[str]:
    """What stands before a block under its heading, and the heading, the nearest first."""
    texts = []
    for unit in reversed(units[max(0, place - _LOOK_BACK) : place]):
        texts.append(unit.text)
        if unit.kind is BlockKind.HEADING:
            break
    return texts


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, end.start() + 1
        start = end.end()
    yield start, len(text.rstrip())


def _approves(sentence: str, before: Sequence[str]) -> bool:
    of_minutes = any("minutes" in text.lower() for text in before)
    if re.search(r"\bminutes\b", sentence, re.IGNORECASE):
        said = any(pattern.search(sentence) for pattern in _SAYS_SO)
        return said and (_OF_A_MEETING.search(sentence) is not None or of_minutes or bool(days_in(sentence)))
    return of_minutes and _SAYS_SO_OF_THEM.search(sentence) is not None


def _resolved(sentence: str, before: Sequence[str]) -> bool:
    return any(_RESOLVED.search(text) for text in (sentence, *before[:1]))


def _whose(sentence: str, earlier: str, before: Sequence[str], paper: Paper) -> Iterator[tuple[str | None, str | None]]:
    """The bodies and days of the meetings whose minutes a sentence approves, `earlier` being what stands before it in
    its block. A day on or after that of the paper itself isn't one."""
    marker = _AMENDMENT.search(sentence)
    told = sentence[: marker.start()] if marker and days_in(sentence[: marker.start()]) else sentence
    for text in (told, earlier, *before):
        days = [(day, start) for day, start in days_in(text) if paper.date is None or day < paper.date]
        if days and (text is told or "minutes" in text.lower()):
            body = _named(text, days[0][1])
            yield from ((paper.body if is_own(body, paper.body) else body, day) for day, _ in days)
            return
    if is_own(_named(sentence, len(sentence)), paper.body) and not days_in(told):
        yield paper.body, None


def _named(text: str, end: int) -> str | None:
    """The body that stands between "minutes" and the day, or the verb, in the words of the text."""
    after = re.search(r"\bminutes\b", text[:end], re.IGNORECASE)
    if after is None:
        return None
    between = text[after.end() : end]
    verb = re.search(rf"\b(?:were|was|be|are|is|as)\b|,?\s*\bsubject\b|\b{_PARTICIPLE}", between, re.IGNORECASE)
    between = between[: verb.start()] if verb else between
    words = " ".join(re.sub(r"^\W+|\W+$", "", _without_filler(between)).split())
    return words if words and len(words.split()) <= _LONGEST_BODY else None


def _without_filler(text: str) -> str:
    """The text without the words around a body's name; those inside it stay ("Board of Trustees")."""
    words = text.split()
    names = [i for i, word in enumerate(words) if _FILLER.sub("", word).strip("'’&()-")]
    return " ".join(words[names[0] : names[-1] + 1]) if names else ""


def _amendment(units: Sequence[Unit], place: int, start: int, end: int) -> str | None:
    """What was put right: from "subject to" to the end of the block, and the list that it may introduce."""
    text = units[place].text
    marker = _AMENDMENT.search(text, start, end)
    if marker is None:
        return None
    parts = [text[marker.start() :].rstrip()]
    if re.search(r":\W*$", parts[0]):
        for unit in units[place + 1 : place + 1 + _LOOK_BACK]:
            if unit.kind is not BlockKind.ITEM:
                break
            parts.append(unit.text)
    return "\n".join(parts)


def _mention(
    document: Document,
    paper: Paper,
    unit: Unit,
    span: tuple[int, int],
    body: str | None,
    day: str | None,
    amendment: str | None,
) -> Mention:
    """The approval with its words: the sentence, and the rest of its block where an amendment follows; on one page."""
    start, end = span[0], len(unit.text.rstrip()) if amendment else span[1]
    cut = unit.text.rfind(PAGE_BREAK, start, span[1])
    start = max(start, cut + 1)
    cut = unit.text.find(PAGE_BREAK, start, end)
    end = cut if cut >= 0 else end
    place = (page_of(document, unit.start + start), unit.start + start, unit.start + end)
    return Mention(Said.APPROVED, paper.id, body, day, *place, unit.text[start:end], amendment)


def approved(papers: Sequence[Paper], mentions: Sequence[Mention]) -> dict[str, Mention]:
    """For the ids of those papers that are approved minutes, where they were approved: the first approval.

    `papers` are all minutes and agendas of a library, `mentions` all that they say of other meetings.
    """
    by_id = {paper.id: paper for paper in papers}
    minutes = [paper for paper in papers if paper.kind == "minutes"]
    on_day = _gathered((paper.date, paper) for paper in minutes)
    in_document = _gathered((paper.document, paper) for paper in minutes)
    agendas = _gathered((paper.date, paper) for paper in papers if paper.kind == "agenda")
    announced = _gathered((m.date, m) for m in mentions if m.said is Said.ANNOUNCED)

    def day_before(meeting: Paper) -> str | None:
        """The day of the minutes in a meeting's own agenda pack, or of those that announced it, if it is one day."""
        packs = [agenda for agenda in agendas.get(meeting.date, ()) if same_body(agenda.body, meeting.body)]
        held = [paper for agenda in packs for paper in in_document.get(agenda.document, ())]
        held += [by_id[m.paper] for m in announced.get(meeting.date, ()) if m.paper in by_id]
        days = {p.date for p in held if p.kind == "minutes" and same_body(p.body, meeting.body)}
        before = [day for day in days if day and meeting.date and day < meeting.date]
        return before[0] if len(before) == 1 else None

    found: dict[str, Mention] = {}
    told = [mention for mention in mentions if mention.said is Said.APPROVED and mention.paper in by_id]
    for approval in sorted(told, key=lambda m: (by_id[m.paper].date or "", m.paper, m.start)):
        day = approval.date or day_before(by_id[approval.paper])
        for paper in on_day.get(day, ()) if day else ():
            if paper.id != approval.paper and same_body(paper.body, approval.body):
                found.setdefault(paper.id, approval)
    return found


def _gathered(pairs: Iterable[tuple[str | None, T]]) -> dict[str | None, list[T]]:
    found: dict[str | None, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
