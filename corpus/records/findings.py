"""Findings: what inspectors and commissioners found and recommended, out of any paper that says so. Pure.

In plain steps: an inspectorate's letter or report, somebody's summary of one, and a commissioner's report are read
heading by heading; under "Recommendations", "What needs to improve" or "Areas for priority action" every item of the
list is a formal finding, elsewhere every paragraph or item is a finding in the inspectors' prose. A table whose columns
are inspections gives the formal findings of each column under the theme that heads the rows. Other reports often repeat
such a list in their own text; there the items are kept as quotations of a finding that some other paper must hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.dates import dates_in
from corpus.documents import Block, BlockKind, Document, Paper, readable
from corpus.inspections import names_inspection
from corpus.records.lists import Item, below_number, cell_items, is_below, items_of, text_of
from corpus.records.places import Place, places_of
from corpus.records.tables import Row, rows_of, tables_in


class FindingKind(StrEnum):
    """What a finding is, in the words of the inspectorates; a `FINDING` is one in prose."""

    RECOMMENDATION = "recommendation"
    IMPROVE = "what needs to improve"
    PRIORITY = "area for priority action"
    FINDING = "finding"


class Said(StrEnum):
    """Who says it: those who found it, a paper that sets inspections side by side, or one that sums one up."""

    THEMSELVES = "by those who found it"
    TABLE = "in a table of inspections"
    SUMMARY = "in a summary"
    QUOTED = "quoted in another paper"


@dataclass(frozen=True, slots=True)
class Inspection:
    """Which inspection: its year, what kind it was ("full inspection", "focused visit", "commissioner"), the day or
    month of it as far as known, and the council, where the paper names it."""

    year: int
    kind: str
    date: str | None = None
    council: str | None = None

    @property
    def name(self) -> str:
        """The year and the kind: "2022 focused visit"."""
        return f"{self.year} {self.kind}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding as one paper says it. `inspection` is None where the paper only quotes it.

    `number` is the one it has in its list. `theme` is the document's own heading for it ("" where it has none); the
    heading of a list of formal findings isn't a theme. `places` are its quotations, one for each page it lies on.
    """

    inspection: Inspection | None
    kind: FindingKind
    number: int | None
    text: str
    theme: str
    said: Said
    places: tuple[Place, ...]


COMMISSIONER = "commissioner"

_KINDS = (
    (
        FindingKind.PRIORITY,
        r"\bareas? (?:for|of|requiring) (?:immediate |urgent )?(?:priority )?action\b"
        r"|\bpriority (?:(?:and|or) (?:immediate|urgent) )?actions?\b|\bimmediate (?:and priority )?actions?\b",
    ),
    (FindingKind.IMPROVE, r"\bneeds? to (?:be )?improved?\b|\bareas? (?:for|of|requiring) (?:further )?improvement\b"),
    (FindingKind.RECOMMENDATION, r"\brecommendations?\b"),
)
_KIND_WORDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_HEADING_WORDS = 14

_INSPECTION_KINDS = (
    ("focused visit", r"\bfocuss?ed visit"),
    ("monitoring visit", r"\bmonitoring visit"),
    ("assurance visit", r"\bassurance (?:visit|inspection)"),
    ("joint targeted area inspection", r"\btargeted area inspection|\bjtai\b"),
    ("area SEND inspection", r"\barea send\b|\bsend (?:local )?(?:area )?(?:re-?)?(?:inspection|visit)"),
    ("short inspection", r"\bshort inspection"),
    ("peer review", r"\bpeer (?:review|challenge)"),
    ("full inspection", r"\binspection|\binspected"),
    (COMMISSIONER, r"\bcommissioner"),
)
_INSPECTION_WORDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _INSPECTION_KINDS)

_APPENDIX = re.compile(r"^\W*(?:annex|appendi(?:x|ces))\b", re.IGNORECASE)

_ABOUT_OTHERS = re.compile(
    r"^\W*(?:[\d.]+\s+)?(?:introduction|methodology|terms of reference|information about|"
    r"about (?!the (?:impact|experience))|background|context|other information|acknowledge?ments|references|glossary|"
    r"roles and responsibilities)",
    re.IGNORECASE,
)
"""Headings under which, however deep, a report tells of itself, of the area or of others, and finds nothing."""

_REPEATS = re.compile(
    r"^\W*(?:[\d.]+\s+)?(?:contents|the inspection team|(?:other|previous) (?:\w+ )?inspections|ofsted reports and|"
    r"children living|children in this area|(?:child protection|children looked after) in this area|local leadership|"
    r"what (?:the )?inspection judge?ments mean|(?:executive )?summary\b|conclusions?\b|foreword|how to\b|"
    r"inspection (?:dates?|report)|(?:what (?:happens|will happen) )?next(?: steps)?$|timetable)",
    re.IGNORECASE,
)
"""Headings right under which a report says again what it says elsewhere, or what is no finding."""

_FORMULA = re.compile(
    r"^(?:dear|yours (?:sincerely|faithfully)|this (?:letter|visit|inspection|report) (?:summarises|was|sets|is)|"
    r"ofsted will (?:take|undertake|carry)|we have notified|you should submit|inspectors looked at|"
    r"we (?:are )?(?:copying|would like to thank)|the following (?:sections?|judgements?)|source(?:s)? (?:of|:)|table |"
    r"this page is|figure \d|tel|telephone|www\.|http|©|lead inspector)",
    re.IGNORECASE,
)
"""What opens a paragraph that is a formula of letters and reports."""

_FINDINGS = re.compile(
    r"\W*(?:(?:main|headline|key|inspection|our|summary of(?: the)?(?: main| key)?) )?findings\b.{0,40}", re.IGNORECASE
)
"""A heading that says that findings follow, but not of what."""

# fmt: off
_JUDGES = re.compile(
    r"\b(?:too|not|no|never|none|nor|without|lack\w*|weak\w*|poor\w*|inadequate\w*|insufficient\w*|delay\w*|drift\w*|"
    r"slow\w*|(?:in)?consisten\w*|(?:un)?clear\w*|fail\w*|concern\w*|needs?|must|should|strong\w*|good|(?:in)?effective\w*|"
    r"positive\w*|well|better|best|worse|worst|improv\w*|impress\w*|impact\w*|progress\w*|fragile|risks?|high\w*|low\w*|difficult\w*|"
    r"challeng\w*|vulnerab\w*|absen\w*|few|fewer|little|limited|gaps?|issues?|appropriate\w*|timel\w*|prompt\w*|"
    r"quick\w*|robust\w*|thorough\w*|successful\w*|sensible|sufficien\w*|enough|only|most|some|many|always|benefit\w*|"
    r"significant\w*|problems?|variab\w*|outstanding|helpful\w*|valued?|committed|stable|(?:un)?stability)\b",
    re.IGNORECASE,
)
# fmt: on
"""Words with which prose says how something is."""

TOGETHER = 200
"""Words of paragraphs of prose that lean on each other and so are one finding."""

JUDGING = 25
"""Prose in which fewer than one word in so many says how something is tells what is, and finds nothing."""

CATCHWORDS = 5
"""An item of a summary with no more words says nothing that could be read aloud alone."""

FEWEST_WORDS = 8
"""A paragraph of prose with fewer words is a line of an address, a caption or a leftover, not a finding."""

_INTRODUCES = re.compile(r"\b(?:ofsted|inspect|focuss?ed visit|commissioner|letter)", re.IGNORECASE)


def findings_in(document: Document, paper: Paper) -> tuple[Finding, ...]:
    """The findings that a paper holds, in reading order; those of its tables of inspections last."""
    own = _own_inspection(paper)
    if own is not None or paper.kind == "inspection summary":
        prose = [*_in_sections(document, paper, own), *_in_tables_of_formal(document, paper, own)]
    else:
        prose = list(_quoted(document, paper)) if paper.kind in ("report", "presentation", "plan", "other") else []
    return (*prose, *_side_by_side(document, paper), *_in_tables_of_summaries(document, paper))


def _own_inspection(paper: Paper) -> Inspection | None:
    """The inspection that a paper is the report of."""
    if paper.kind == "commissioner report":
        year = _year(paper.date)
        return Inspection(year, COMMISSIONER, paper.date, paper.council) if year else None
    if paper.kind != "inspection":
        return None
    began = (paper.inspected or paper.date or "").partition("/")[0]
    year = _year(began)
    return Inspection(year, _inspection_kind(paper.title) or "full inspection", began, paper.council) if year else None


def _year(date: str | None) -> int | None:
    return int(date[:4]) if date and date[:4].isdigit() else None


def _inspection_kind(text: str) -> str | None:
    return next((kind for kind, words in _INSPECTION_WORDS if words.search(text)), None)


def _named(heading: str, council: str | None) -> Inspection | None:
    """The inspection that a heading names ("2019 – Full inspection", "Ofsted focused visit – April 2022")."""
    kind = _inspection_kind(heading)
    date = next(iter(dates_in(heading, years=True)), None)
    if kind is None or date is None:
        return None
    return Inspection(int(date.first[:4]), kind, date.iso, council)


def _formal_kind(heading: str) -> FindingKind | None:
    """What a list under a heading is a list of, None where the heading names none."""
    if len(heading.split()) > _HEADING_WORDS:
        return None
    return next((kind for kind, words in _KIND_WORDS if words.search(heading)), None)


# Prose and lists under headings


def _in_sections(document: Document, paper: Paper, own: Inspection | None) -> Iterator[Finding]:
    # Within a list of formal findings: the headings above it, and the line that heads what follows in it.
    part, subject = tuple[str, ...](), ""
    for item in items_of(document, paper, lambda block, held: _belongs(document, block, held)):
        inspection = own or _inspection_above(item.headings, paper)
        kind = _kind_above(item.headings, own)
        text, number = text_of(document, item.stretches)
        if kind is not None and not item.is_item and _is_subject(text):
            part, subject = item.headings, text
        if inspection is None or (kind is not None and not item.is_item):
            continue  # the words around a list of formal findings
        if kind is None and not _finds(item, text, summed_up=own is None):
            continue
        places = tuple(place for a, b in item.stretches for place in places_of(document, paper, a, b))
        if places and not any(_APPENDIX.match(step) for step in item.headings):
            of_list = subject if part == item.headings else ""
            theme = of_list if kind is not None else _own_theme(item.headings, paper)
            said = Said.SUMMARY if own is None else Said.THEMSELVES
            yield Finding(inspection, kind or FindingKind.FINDING, number if kind else None, text, theme, said, places)


def _is_subject(text: str) -> bool:
    """Whether a line in a list of formal findings heads some of them by their subject ("Care leavers"), and not by when
    they are to be done."""
    is_line = text[:1].isupper() and text[-1].isalnum() and len(text.split()) <= _SUBJECT_WORDS
    return is_line and not _WHEN.fullmatch(text) and _formal_kind(text) is None


_SUBJECT_WORDS = 8
_WHEN = re.compile(
    r"(?:immediate(?:ly)?|urgent(?:ly)?|as soon as possible|(?:within|in) (?:the )?(?:next )?\S+ "
    r"(?:days|weeks|months|years?))\W*",
    re.IGNORECASE,
)
"""A heading or line by when a part of a list is to be done."""


def _finds(item: Item, text: str, *, summed_up: bool) -> bool:
    """Whether a paragraph or item of prose finds something; in a summary all below an inspection's name does."""
    if not item.headings or _FORMULA.match(text) or _REPEATS.match(item.headings[-1]):
        return False
    if _CONTENTS_ENTRY.fullmatch(item.headings[-1]):
        return False
    if any(_ABOUT_OTHERS.match(step) for step in item.headings):
        return False
    if summed_up:
        return _says_something(text)
    introduces = text.endswith(":") and not item.is_item
    words = len(text.split())
    return not introduces and FEWEST_WORDS <= words <= JUDGING * len(_JUDGES.findall(text))


_GRADE = re.compile(
    r"(?::|(?:\s+(?:is|are|was|were|that|it))+)?\s*"
    r"(?:outstanding|good|inadequate|requires? improvement(?: to be good)?|adequate)\.?$",
    re.IGNORECASE,
)
"""The grade at the end of a heading: the subject is the same whatever it was graded."""

_CONTENTS_ENTRY = re.compile(r".*\D\s\d{1,3}")
"""A heading and its page in a list of contents."""


def _says_something(text: str) -> bool:
    """Whether an item of a summary is more than a catchword ("Permanence planning.")."""
    return sum(any(c.isalpha() for c in word) for word in text.split()) > CATCHWORDS


def _own_theme(headings: Sequence[str], paper: Paper) -> str:
    """The nearest heading, if it is the name of a subject: not the report's own, nor half a sentence."""
    heading = _GRADE.sub("", headings[-1]) if headings else ""
    named = heading[:1].isupper() and not heading.endswith(".") and len(heading.split()) <= _HEADING_WORDS
    others = names_inspection(heading) or _FINDINGS.fullmatch(heading) or heading.startswith("Lead inspector")
    titles = [part.strip().lower() for part in (paper.title, *paper.title.split(":"))]
    return heading if named and not others and heading.lower() not in titles else ""


def _inspection_above(headings: Sequence[str], paper: Paper) -> Inspection | None:
    named = next((step for step in reversed(headings) if names_inspection(step)), None)
    return _named(named, paper.council) if named else None


def _kind_above(headings: Sequence[str], own: Inspection | None) -> FindingKind | None:
    """What the nearest heading says that a list is of, but for one that only says by when ("Within three months"). A
    commissioner recommends, and quotes what inspectors did."""
    # Below any other heading than one of a time may stand the rest of the report: a heading's size is often misleading.
    near = next((heading for heading in reversed(headings[-2:]) if not _WHEN.fullmatch(heading.strip())), "")
    kind = _formal_kind(near)
    if kind is not None and own is not None and own.kind == COMMISSIONER and _of_others(near):
        return None
    return kind


def _of_others(heading: str) -> bool:
    return re.search(r"\b(?:ofsted|inspect\w+)\b", heading, re.IGNORECASE) is not None


def _belongs(document: Document, block: Block, held: Item) -> bool:
    """Whether a block belongs to the one before it: an item set deeper, a bullet below a number, a paragraph that can't
    be read aloud without the one before. A numbered recommendation goes on until the next number."""
    if block.kind is BlockKind.PARAGRAPH and not held.is_item:
        words = len(document.text[held.stretches[0][0] : block.end].split())
        return words <= TOGETHER and _LEANS.match(document.text[block.start : block.end]) is not None
    if below_number(document, block, held) and held.headings and _formal_kind(held.headings[-1]) is not None:
        text = readable(document.text[block.start : block.end])
        heads = block.kind is BlockKind.PARAGRAPH and (_is_subject(text) or _WHEN.fullmatch(text) is not None)
        return not heads or document.text[held.stretches[-1][0] : held.stretches[-1][1]].rstrip().endswith(":")
    return is_below(document, block, held)


_LEANS = re.compile(
    r"(?:this|these|those|such|they|it|both|two|together|similarly|consequently|therefore|thus|as such|as a result|"
    r"in addition|additionally|furthermore|moreover|however|nonetheless|nevertheless|(?:but|and|so),?)\b"
    r"|(?:[^\s.,]+\s){1,6}(?:these|this(?! (?:visit|inspection|review|report|letter|area|year|council)))\b",
    re.IGNORECASE,
)
"""How a paragraph opens that leans on the one before it."""


# Tables whose columns are inspections


def _side_by_side(document: Document, paper: Paper) -> Iterator[Finding]:
    # What a row of kinds says of the columns ("Recommendations", "What needs to improve") holds until another says
    # otherwise: a table that goes on under its next theme doesn't repeat it.
    said: dict[Inspection, tuple[Inspection, FindingKind]] = {}
    for table in tables_in(rows_of(document, paper)):
        columns = [_named(header, paper.council) or _year_alone(header, paper.council) for header in table[0].headers]
        if sum(column is not None for column in columns) < 2:
            continue
        for row in table:
            cells = [row.said(document, column) for column in range(len(columns))]
            kinds = [_formal_kind(cell) if len(cell.split()) <= _KIND_ROW_WORDS else None for cell in cells]
            if any(kinds) and all(kind or not cell for kind, cell in zip(kinds, cells, strict=True)):
                for column, kind, cell in zip(columns, kinds, cells, strict=True):
                    if column is not None and kind is not None:
                        said[column] = replace(column, kind=_inspection_kind(cell) or column.kind), kind
            else:
                yield from _of_row(document, paper, row, columns, said)


def _in_tables_of_summaries(document: Document, paper: Paper) -> Iterator[Finding]:
    """The items in the tables of a summary, under the inspection that a heading names; their column is their theme."""
    if paper.kind != "inspection summary":
        return
    for row in rows_of(document, paper):
        inspection = _inspection_above(row.headings, paper)
        if inspection is None or sum(_named(header, None) is not None for header in row.headers) > 1:
            continue
        for cell, header in zip(row.cells, row.headers, strict=True):
            for stretches in cell_items(document, cell):
                text, _ = text_of(document, stretches)
                places = tuple(place for a, b in stretches for place in places_of(document, paper, a, b))
                if places and _says_something(text):
                    yield Finding(inspection, FindingKind.FINDING, None, text, header, Said.SUMMARY, places)


def _in_tables_of_formal(document: Document, paper: Paper, own: Inspection | None) -> Iterator[Finding]:
    """The items of a report's table with a column so headed ("Areas for improvement"), or with one column below such a
    heading; a column beside it says whose they are."""
    for row in rows_of(document, paper) if own is not None and own.kind != COMMISSIONER else ():
        kinds = [_formal_kind(header) for header in row.headers]
        if len(row.cells) == 1 and kinds == [None]:
            kinds = [_kind_above(row.headings, own)]
        if sum(kind is not None for kind in kinds) != 1:
            continue  # one that sets inspections, or kinds, side by side
        column, kind = next((column, kind) for column, kind in enumerate(kinds) if kind is not None)
        for stretches in cell_items(document, row.cells[column]):
            text, number = text_of(document, stretches)
            places = tuple(place for a, b in stretches for place in places_of(document, paper, a, b))
            if places and _says_something(text):
                yield Finding(own, kind, number, text, "", Said.THEMSELVES, places)


def _year_alone(header: str, council: str | None) -> Inspection | None:
    is_year = re.fullmatch(r"(?:19|20)\d\d", header.strip()) is not None
    return Inspection(int(header), "inspection", council=council) if is_year else None


def _of_row(
    document: Document,
    paper: Paper,
    row: Row,
    columns: Sequence[Inspection | None],
    said: Mapping[Inspection, tuple[Inspection, FindingKind]],
) -> Iterator[Finding]:
    theme = _theme(row.headings[-1]) if row.headings else ""
    if columns[0] is None and row.cells[0]:
        theme = row.said(document, 0)
    for cell, column in zip(row.cells, columns, strict=True):
        if column is None:
            continue
        inspection, kind = said.get(column, (column, FindingKind.FINDING))
        for stretches in cell_items(document, cell):
            text, number = text_of(document, stretches)
            places = tuple(place for a, b in stretches for place in places_of(document, paper, a, b))
            if places and any(c.isalpha() for c in text):
                yield Finding(inspection, kind, number, text, theme, Said.TABLE, places)


_KIND_ROW_WORDS = 8

_THEME_OPENS = re.compile(
    r"(?:(?:recommendations?|findings?|judge?ments?) (?:of|by|from) \w+\W+)?(?:theme\b\W*(?:\d{1,2}\b\W*)?)?",
    re.IGNORECASE,
)


def _theme(heading: str) -> str:
    """The theme that a heading names: "Recommendations of Ofsted: Theme: Permanence" is "Permanence"."""
    return _THEME_OPENS.sub("", heading, count=1).strip() or heading


# Quotations of findings in other papers


def _quoted(document: Document, paper: Paper) -> Iterator[Finding]:
    """The items of lists that a sentence about inspectors introduces as their formal findings."""
    introduction: FindingKind | None = None
    for item in items_of(document, paper, lambda block, held: _belongs(document, block, held)):
        text, number = text_of(document, item.stretches)
        if not item.is_item or text.endswith(":"):
            said = next((kind for kind, words in _KIND_WORDS if words.search(text)), None)
            introduction = said if text.endswith(":") and _INTRODUCES.search(text) else None
            continue
        if introduction is not None:
            places = tuple(place for a, b in item.stretches for place in places_of(document, paper, a, b))
            if places:
                yield Finding(None, introduction, number, text, "", Said.QUOTED, places)
