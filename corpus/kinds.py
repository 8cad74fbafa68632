"""What a paper is: one of the kinds in `documents.KINDS`. Pure.

Each rule looks for one thing that a clerk would look for: a front sheet, a letterhead, "Present:", a title.
"""

from __future__ import annotations

import re

from corpus.documents import BlockKind
from corpus.inspections import is_inspection
from corpus.meetings import is_minutes, names_minutes
from corpus.parts import SHEET_BLOCKS, SHORT_LINE, Part, any_of
from corpus.titles import first_title

_SHEET_LABELS = (
    r"report (?:to|for|title)",
    r"(?:joint )?report (?:of|by|from)",
    r"title of (?:the )?report",
)
"""Labels with which a report's front sheet begins."""

_REPORT_LABELS = (
    *_SHEET_LABELS,
    r"report (?:summary|author)",
    r"(?:purpose|reasons?) (?:of|for) (?:the |this )?report",
)
"""Labels that only a report has."""

_OTHER_LABELS = (
    r"(?:reporting|lead|contact|responsible|report|chief) (?:officer|director)",
    r"from",
    r"decision maker",
    r"(?:type of decision|decision type|(?:is (?:this|it) a )?key decision\??)",
    r"(?:cabinet|executive|lead) (?:member|lead)|portfolio(?: holder)?",
    r"(?:electoral )?(?:wards?|divisions?)(?:\(s\))?(?: or (?:wards?|divisions?))?(?: affected)?",
    r"subject|title",
    r"recommendations?",
    r"(?:report )?classification",
    r"meeting|committee",
)
"""Labels of which a report has more than one."""

_REPORT_LINE = any_of(r"(?:joint )?report (?:of|by|from) (?:the |an? )?(?!.*\bcommissioner)[\w'’,&() -]{3,200}\.?")
_DECISION = any_of(r"\b(?:record|notice|statement|summary) of (?:an? |the )?(?:\w+ ){0,3}decisions?\b")
_DECISION_NOTICE = any_of(r"\bdecisions? (?:notice|record|sheet|list)\b")
_COMMISSIONER = any_of(
    r"commissioner['’]?s? report\b",
    r"\breport (?:of|by|from) (?:the )?(?:[\w'’-]+ ){0,4}commissioner\b",
)
_OTHER_COMMISSIONER = any_of(r"police (?:and|&|fire) ")
_SCORECARD = any_of(
    r"\bscorecard\b",
    r"\bdashboard\b",
    r"\bperformance (?:data|indicators?|measures?|tables?)\b",
    r"\bdata ?set\b",
    r"\bkey indicators?\b",
)
_INDICATOR = any_of(r"\b(?:indicators?|measures?|metrics?|kpis?|pis?)\b")
_VALUES = any_of(
    r"\b(?:target|actual|outturn|current|latest|previous|average|q[1-4]|rag|trend|direction|(?:19|20)\d\d)\b"
)
_WORK_PROGRAMME = any_of(r"\bwork(?:ing)? (?:programme|plan|program)\b", r"\bforward plan\b", r"\bforward work\b")
_OTHER = any_of(
    r"\bterms of reference\b",
    r"\bimpact assessment\b",
    r"\baction (?:log|tracker)\b",
    r"\bactions? (?:arising|outstanding)\b",
    r"\b(?:recommendations?|outcomes?|resolutions?) tracker\b",
    r"\bstatutory direction\b",
    r"\bimprovement notice\b",
    r"\bstatement of purpose\b",
    r"\bglossary\b",
)
_PLAN = any_of(
    r"\b(?:improvement|action|delivery|service|business|recovery|implementation|transformation|workforce|development"
    r"|corporate|priority|strategic) plan\b",
    r"\bstrategy\b",
    r"\bplan\b(?=\W*(?:(?:19|20)\d\d|$))",
)
_PLAN_OF_ACTIONS = any_of(r"\b(?:improvement|action|delivery|service|implementation|recovery) plan\b")
_PLAN_ROWS = 5
"""More rows of a table than this make a plan of what is called a plan of actions."""

_ABOUT_ANOTHER = any_of(
    r"\b(?:update|report|review|progress|monitoring|response|summary|briefing|overview|scrutiny|consultation|on the"
    r"|presentation|letter|proposal|approval|development of)\b"
)
_INSPECTION = any_of(r"\binspections?\b", r"\bfocus+ed visit\b", r"\bmonitoring visit\b", r"\bofsted\b")
_PRESENTATION = any_of(r"\bpresentation\b", r"\bslides?\b", r"\.pptx?$")
_REPORT = any_of(r"\b(?:report|review|update|briefing|evaluation|position statement)\b")
_NUMBERED = re.compile(r"1\.[01]\s")

SLIDE_WORDS = 150
"""Words: pages of slides have fewer, on average."""

SLIDES = 3
"""Pages: fewer aren't a presentation."""


def kind_of(part: Part, *, opens_item: bool = False) -> str:
    """The kind of a paper, by the first rule that holds. `opens_item` says that it is the first under its agenda item:
    that is a report where nothing says otherwise."""
    headings = part.headings[:3] or [line for line in part.top.split("\n")[:3] if len(line.split()) <= SHORT_LINE]
    titles = "\n".join([part.hint or "", *headings, part.field("subject|title") or ""])
    named = f"{part.hint or ''}\n{part.top}"
    if is_minutes(part):
        return "minutes"
    if _DECISION.search(part.top) or _DECISION_NOTICE.search(titles):
        return "other"
    if is_report(part):
        return "report"
    if any(map(names_minutes, [part.hint or "", *part.top.split("\n")[:3]])):
        return "minutes"
    if _is_commissioners(part, named):
        return "commissioner report"
    if is_inspection(part):
        return "inspection"
    if part.is_letter:
        return "other"
    return _kind_by_title(part, titles, opens_item=opens_item)


def _kind_by_title(part: Part, titles: str, *, opens_item: bool) -> str:
    """What a paper is that has no letterhead, no front sheet and no list of those present."""
    first = first_title(part) or part.hint or ""
    if _SCORECARD.search(titles) or _has_indicators(part):
        return "scorecard"
    if _WORK_PROGRAMME.search(titles) or _WORK_PROGRAMME.search("\n".join(part.top.split("\n")[:3])):
        return "work programme"
    if _OTHER.search(titles) or _OTHER.search(first):
        return "other"
    rows = sum(b.kind is BlockKind.ROW and bool(b.headers) for b in part.blocks)
    if is_plan_title(first) or (rows > _PLAN_ROWS and _PLAN_OF_ACTIONS.search(titles)):
        return "plan"
    if _INSPECTION.search(titles):
        return "inspection summary"
    if _PRESENTATION.search(titles) or _is_slides(part):
        return "presentation"
    if opens_item or _REPORT.search(titles) or any(_NUMBERED.match(part.text(b)) for b in part.blocks):
        return "report"
    return "other"


def is_report(part: Part) -> bool:
    """Whether a part has the front sheet of a council's report, as a table, as lines, or "Report of the …" alone."""
    if _labels(part, _REPORT_LABELS) or any(_REPORT_LINE.fullmatch(line) for line in part.lines(12)):
        return not _COMMISSIONER.search(part.top)
    return _labels(part, _OTHER_LABELS) > 1 and not is_inspection(part)


def has_front_sheet(page: Part) -> bool:
    """Whether a page begins with a front sheet: a label that begins one, and another; or its title, and two more."""
    begins, others = _labels(page, _SHEET_LABELS, blocks=8), _labels(page, _OTHER_LABELS, blocks=12)
    line = any(_REPORT_LINE.fullmatch(line) for line in page.lines(8))
    titled = page.field("subject|title", 8) is not None
    return (begins > 0 and begins + others > 1) or (line and others > 0) or (titled and others > 2)


def _labels(part: Part, names: tuple[str, ...], blocks: int = SHEET_BLOCKS) -> int:
    return sum(part.field(name, blocks) is not None for name in names)


def is_plan_title(title: str) -> bool:
    """Whether a title is a plan's or a strategy's own, not that of a paper about one."""
    return bool(_PLAN.search(title)) and not _ABOUT_ANOTHER.search(title)


def names_document(title: str) -> bool:
    """Whether a title is that of a plan, a scorecard or a work programme of its own: it says for which year."""
    named = is_plan_title(title) or _SCORECARD.search(title) or _WORK_PROGRAMME.search(title)
    return bool(named) and bool(re.search(r"\b(?:19|20)\d\d\b", title)) and not _ABOUT_ANOTHER.search(title)


def _is_commissioners(part: Part, named: str) -> bool:
    own = f"{part.document.title}\n{named}" if part.first_page == 1 else named
    return bool(_COMMISSIONER.search(own)) and not _OTHER_COMMISSIONER.search(own)


def _has_indicators(part: Part) -> bool:
    """Whether most rows of a part's tables give indicators and their values."""
    headed = [" ".join(b.headers) for b in part.blocks if b.kind is BlockKind.ROW and b.headers]
    indicators = sum(bool(_INDICATOR.search(h) and _VALUES.search(h)) for h in headed)
    return indicators > len(headed) / 2


def _is_slides(part: Part) -> bool:
    pages = part.last_page - part.first_page + 1
    return pages >= SLIDES and part.words / pages < SLIDE_WORDS
