"""Promises: actions that somebody undertook, with owner, date, progress and status as stated. Pure.

In plain steps: a table with a column of actions, and columns that say who, by when or how far, is a plan, whatever its
headers' wording. A cell may hold several actions, owners, dates and status marks, one below the other: where there are
as many of each on a page they belong together in their order; where there are more marks than actions and all say the
same, it is said of each; else what the layout doesn't take apart is kept together and marked as such. A row without an
action goes on with the one above. Outside tables, the items under "Actions" or after "the Panel agreed:" in minutes,
and those that a report's recommendations accept, are promises too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from corpus.dates import WrittenDate, dates_in
from corpus.documents import Document, Paper, readable
from corpus.reading.paragraphs import marker, sentence_ended
from corpus.records.lists import Item, cell_items, items_of, joined, text_of
from corpus.records.places import Place, places_of
from corpus.records.tables import Row, rows_of, tables_in
from corpus.sentences import Span


@dataclass(frozen=True, slots=True)
class Promise:
    """What one paper says of one action.

    `places` are the action's quotations, one for each page it lies on. `owner`, `due_as_written`, `status` and
    `progress` are as stated, None where nothing is; `due` is the first date in ISO form as far as it is known
    ("2022-06"). `heading` is that of the plan's section, and the item that several actions share. `cells` are the
    places of the owner, due, progress and status by these names; `together` names those of them that are of a cell of
    several actions which the layout doesn't take apart.
    """

    action: str
    places: tuple[Place, ...]
    owner: str | None
    due: str | None
    due_as_written: str | None
    status: str | None
    progress: str | None
    heading: str
    cells: tuple[tuple[str, Place], ...]
    together: tuple[str, ...]
    kind: str


PLAN, AGREED = "plan action", "agreed action"

_STATUS = re.compile(r"\b(?:b?rag|(?:rag )?ratings?|status|complete(?:d)?\??$)", re.IGNORECASE)
_PROGRESS = re.compile(
    r"\b(?:progress|comments?|commentary|updates?|positions?|response|notes?|to date|outcomes? so far|achieved|"
    r"(?:actions?|steps) (?:already )?(?:taken|completed)|(?:has happened|have (?:we )?done))\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"\b(?:leads?|owners?|who|whom|responsib\w+|accountab\w+|officers?|action(?:ed|s)? by|assigned|allocated)\b",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:time ?-?frames?|time ?-?scales?|time ?-?lines?|when|due|deadlines?|dates?|complet(?:e|ed|ion) by|"
    r"(?:target|expected|planned) completion)\b|^by$",
    re.IGNORECASE,
)
_NOT_DUE = re.compile(
    r"\b(?:start|begin|commence|raised|opened|agreed|added|meeting|minute|last|review(?:ed)?)\w*", re.IGNORECASE
)
"""Words of a column of dates by which nothing is to be done."""
_MOVED = re.compile(r"\b(?:revised|amended|new|current|latest|forecast)\b", re.IGNORECASE)
_ACTION = re.compile(r"\bactions?\b", re.IGNORECASE)
_LIKE_AN_ACTION = re.compile(
    r"\b(?:what|tasks?|activit(?:y|ies)|milestones?|deliverables?|commitments?|pledges?|steps)\b", re.IGNORECASE
)
"""A column headed so is one of actions where none is headed "Action"."""
_OF_RISKS = re.compile(r"\b(?:likelihood|probability)\b|^(?:description of )?risks?$", re.IGNORECASE)
"""A column of a register of risks, whose ratings and actions are no promise of when."""

_REF = re.compile(r"(?:ref(?:erence)?|no|number|id|#)\.?", re.IGNORECASE)
_NO_ACTION_TABLE = frozenset(["agenda", "scorecard", "work programme", "inspection"])

_MARKS = re.compile(
    r"\b(?:complete[d]?(?: and ongoing)?|on-?going|not (?:yet )?started|not due|in progress|on track|off track|at risk|"
    r"overdue|delayed|slipped|closed|open|superseded|red|amber|green|blue|grey|yellow|white|black|purple|done)\b",
    re.IGNORECASE,
)
_JOINS = frozenset(
    ["a", "all", "an", "and", "are", "as", "at", "be", "by", "current", "each", "for", "from", "her", "his", "in", "is",
     "its", "key", "new", "of", "on", "or", "other", "our", "the", "their", "to", "with"]
)  # fmt: skip
"""Words after which no action ends."""

_BEFORE_DATE = (
    r"(?:\b(?:by|before|from|until|till|on|in|at|to|w/?c|during|due|review(?:ed)?)\b[ ,:]*(?:the\b|end(?: of)?\b)?\s*)"
)
_LEAD_IN = re.compile(rf"(?:\b(?:and|then|&)\s+)?(?:[A-Z]?[a-z]+ date:?\s+)?{_BEFORE_DATE}*$", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|before|until|till|no later than|due)\b(?:\s\w+){0,2}\s*$", re.IGNORECASE)
_BETWEEN_DATES = re.compile(
    r"[\s,;/&–-]*(?:(?:and|then|or|reviewed|review|revisit\w*|again|by|in|to|at)[\s,]*){0,4}", re.IGNORECASE
)
_EVERY = re.compile(
    r"\b(?:(?:on a )?(?:weekly|fortnightly|monthly|quarterly|annual(?:ly)?|daily|termly|bi-?\w+) ?(?:basis)?|ongoing|"
    r"each meeting|every (?:\w+ )?(?:meeting|week|month|quarter|year)|immediate(?:ly)?|tbc)\b",
    re.IGNORECASE,
)
"""When there is no date but a rhythm."""


def promises_in(document: Document, paper: Paper) -> tuple[Promise, ...]:
    """The promises that a paper records, in reading order."""
    in_tables = [p for table in tables_in(rows_of(document, paper)) for p in _of_table(document, paper, table)]
    in_lists = _of_lists(document, paper) if paper.kind == "minutes" else iter(())
    return tuple(sorted([*in_tables, *in_lists], key=lambda promise: promise.places[0].start))


# Tables


@dataclass(slots=True)
class _Drawn:
    """A cell's text, drawn together from the stretches that belong to one action."""

    stretches: list[Span] = field(default_factory=list)
    apart: bool = True


@dataclass(slots=True)
class _Action:
    """An action while a table is read: its own stretches, and those of the columns that are said of it."""

    stretches: tuple[Span, ...]
    heading: str
    said: dict[str, _Drawn]


def _of_table(document: Document, paper: Paper, table: Sequence[Row]) -> Iterator[Promise]:
    columns = _columns(table[0].headers) if paper.kind not in _NO_ACTION_TABLE else None
    if columns is None:
        return
    item, item_heading = "", ""
    held: list[_Action] = []
    for row in table:
        section = row.headings[-1] if row.headings else ""
        named = _item(document, row, columns)
        if named or section != item_heading:
            item, item_heading = named, section
        heading = ": ".join(part for part in (section, item) if part)
        actions = _actions(document, row.cells[columns["action"]])
        if len(actions) > 1 and _is_one(document, row, columns, actions):
            actions = [_as_one(document, actions)]
        if not actions:
            if held:
                _go_on(row, columns, held[-1])
            continue
        yield from (promise for action in held if (promise := _promise(document, paper, action)) is not None)
        held = [_Action(stretches, heading, {}) for stretches in actions]
        for name, column in columns.items():
            if name not in ("action", "item", "ref"):
                _share_out(document, held, name, row.cells[column])
    yield from (promise for action in held if (promise := _promise(document, paper, action)) is not None)


def _columns(headers: Sequence[str]) -> dict[str, int] | None:
    """Which column is which, None where this is no table of actions. One column may tell owner and date."""
    said = [readable(header).strip(" .:*") for header in headers]
    if any(_OF_RISKS.search(header) for header in said):
        return None
    found: dict[str, int] = {}
    for column, header in enumerate(said):
        for name in _says(header):
            if name not in found or (name == "due" and _MOVED.search(header)):
                found[name] = column
    free = [column for column in range(len(said)) if column not in found.values()]
    for words in (_ACTION, _LIKE_AN_ACTION):
        action = next((column for column in free if words.search(said[column])), None)
        if action is not None:
            break
    if action is None or not found:
        return None
    found["action"] = action
    before = [i for i in range(found["action"]) if i not in found.values() and not _REF.fullmatch(headers[i].strip())]
    if before:
        found["item"] = before[-1]
    ref = next((i for i, header in enumerate(headers) if _REF.fullmatch(header.strip())), None)
    if ref is not None:
        found["ref"] = ref
    return found


def _says(header: str) -> Iterator[str]:
    """What a column so headed says of an action: who and when may stand in one, and a status with news is progress."""
    if _STATUS.search(header) and not (_PROGRESS.search(header) and "status" in header.lower()):
        yield "status"
    elif _PROGRESS.search(header):
        yield "progress"
    else:
        if _OWNER.search(header):
            yield "owner"
        if _DUE.search(header) and not _NOT_DUE.search(header):
            yield "due"


def _is_one(document: Document, row: Row, columns: Mapping[str, int], actions: Sequence[tuple[Span, ...]]) -> bool:
    """Whether the paragraphs of a cell are one action with its details: the row has a reference of its own, and doesn't
    name as many owners or dates as there are paragraphs."""
    if "ref" not in columns or not row.cells[columns["ref"]]:
        return False
    drawn = [_Action(stretches, "", {}) for stretches in actions]
    said = [_said_in(document, drawn, name, row.cells[columns[name]]) for name in ("owner", "due") if name in columns]
    return all(len(pieces) != len(actions) for pieces in said)


def _as_one(document: Document, actions: Sequence[tuple[Span, ...]]) -> tuple[Span, ...]:
    found = actions[0]
    for span in (span for stretches in actions[1:] for span in stretches):
        found = joined(document, found, span)
    return found


def _item(document: Document, row: Row, columns: Mapping[str, int]) -> str:
    return row.said(document, columns["item"]) if "item" in columns else ""


def _actions(document: Document, cell: Sequence[Span]) -> list[tuple[Span, ...]]:
    """The actions in a cell, each as its stretches."""
    found: list[tuple[Span, ...]] = []
    for place, stretch in enumerate(cell):
        for first, stretches in enumerate(cell_items(document, (stretch,))):
            if place and not first and found and _goes_on(document, found[-1], stretches[0]):
                found[-1] = (*found[-1], *stretches)
            else:
                found.append(stretches)
    return [stretches for stretches in found if any(c.isalpha() for a, b in stretches for c in document.text[a:b])]


def _goes_on(document: Document, before: Sequence[Span], after: Span) -> bool:
    """Whether what opens a page goes on with what ended the page before."""
    ended, opens = document.text[before[-1][0] : before[-1][1]].rstrip(), document.text[after[0] : after[1]]
    if ended.endswith((".", "?", "!")) or marker(opens):
        return False
    return not opens[:1].isupper() or ended.split()[-1].lower() in _JOINS


def _go_on(row: Row, columns: Mapping[str, int], action: _Action) -> None:
    """A row without an action says more of the one above; its marks are of its own progress."""
    for name, column in columns.items():
        if name in ("progress", "owner", "due") and row.cells[column]:
            drawn = action.said.setdefault(name, _Drawn())
            drawn.stretches += [span for span in row.cells[column] if span not in drawn.stretches]
    if "status" in columns and row.cells[columns["status"]] and "status" not in action.said:
        action.said["status"] = _Drawn(list(row.cells[columns["status"]]), apart=False)


def _share_out(document: Document, actions: Sequence[_Action], name: str, cell: Sequence[Span]) -> None:
    """Give each action of a row what a cell says of it: in order where there are as many of both in the row or, failing
    that, on a page of it."""
    pieces = _marks(document, cell) if name == "status" else _said_in(document, actions, name, cell)
    if len(actions) == len(pieces):
        _in_order(actions, name, pieces)
    elif len(pieces) == 1 or (pieces and name == "status" and _alike(document, pieces)):
        for action in actions:
            action.said[name] = _Drawn(list(pieces[0]))
    else:
        for page in sorted({_page(document, action.stretches) for action in actions}):
            here = [action for action in actions if _page(document, action.stretches) == page]
            _share_out_on_a_page(document, here, name, [p for p in pieces if _page(document, p) == page])
        if len(actions) == 1 and pieces and name != "status":
            actions[0].said[name] = _Drawn([span for piece in pieces for span in piece])


def _share_out_on_a_page(
    document: Document, actions: Sequence[_Action], name: str, pieces: Sequence[tuple[Span, ...]]
) -> None:
    if not pieces:
        return
    if len(actions) == len(pieces):
        _in_order(actions, name, pieces)
    elif name == "status":
        alike = _alike(document, pieces)
        for action in actions if alike or len(actions) == 1 else ():
            action.said[name] = _Drawn(list(pieces[0]), apart=alike)
    else:
        told = _aligned(document, actions, pieces) if len(pieces) < len(actions) <= MOST_ALIGNED else {}
        together = [span for piece in pieces for span in piece]
        for place, action in enumerate(actions):
            certain = told.get(place)
            action.said[name] = _Drawn(list(certain or together), apart=certain is not None or len(actions) == 1)


def _aligned(
    document: Document, actions: Sequence[_Action], pieces: Sequence[tuple[Span, ...]]
) -> dict[int, tuple[Span, ...]]:
    """Which of fewer pieces than actions is said of which action, as far as that is certain: what stands at the top of
    both cells belongs together, the order holds, and no other way agrees as well with the dates that actions name."""
    own = [_dates(document, action.stretches) for action in actions]
    said = [_dates(document, piece) for piece in pieces]
    ways: dict[int, list[tuple[int, ...]]] = {}
    for rest in combinations(range(1, len(actions)), len(pieces) - 1):
        way = (0, *rest)
        agreed = sum(_agreement(own[place], said[piece]) for piece, place in enumerate(way))
        ways.setdefault(agreed, []).append(way)
    best = ways[max(ways)]
    return {place: pieces[piece] for piece, place in enumerate(best[0]) if all(way[piece] == place for way in best)}


def _dates(document: Document, stretches: Sequence[Span]) -> list[WrittenDate]:
    return list(dates_in(_words(document, stretches)))


def _agreement(own: Sequence[WrittenDate], said: Sequence[WrittenDate]) -> int:
    """1 where two of the dates share a day, -1 where none do, 0 where one side names none."""
    if not own or not said:
        return 0
    return 1 if any(one.first <= two.last and two.first <= one.last for one in own for two in said) else -1


MOST_ALIGNED = 9
"""Actions on a page that are held against the pieces of a cell in every order-keeping way."""


def _in_order(actions: Sequence[_Action], name: str, pieces: Sequence[tuple[Span, ...]]) -> None:
    for action, piece in zip(actions, pieces, strict=True):
        action.said[name] = _Drawn(list(piece))


def _alike(document: Document, pieces: Sequence[tuple[Span, ...]]) -> bool:
    return len({_words(document, piece).lower() for piece in pieces}) == 1


def _page(document: Document, stretches: Sequence[Span]) -> int:
    return next(page.number for page in document.pages if stretches[0][0] < page.end)


def _words(document: Document, stretches: Sequence[Span]) -> str:
    return " ".join(readable(document.text[a:b]) for a, b in stretches).strip()


def _marks(document: Document, cell: Sequence[Span]) -> list[tuple[Span, ...]]:
    """The status marks in a cell; the cell itself where it has none that is known."""
    found: list[tuple[Span, ...]] = []
    for start, end in cell:
        text = document.text[start:end].replace("\n", " ")
        found += [((start + mark.start(), start + mark.end()),) for mark in _MARKS.finditer(text)]
    return found or [tuple(cell)]


def _said_in(document: Document, actions: Sequence[_Action], name: str, cell: Sequence[Span]) -> list[tuple[Span, ...]]:
    """What a cell says, piece by piece, page by page: its paragraphs or, where a cell names owners and dates in turn
    and its paragraphs aren't as many as the actions, what ends with a date."""
    found: list[tuple[Span, ...]] = []
    for stretch in cell:
        page = _page(document, (stretch,))
        here = [a for a in actions if _page(document, a.stretches) == page]
        paragraphs = _paragraphs(document, stretch)
        if found and paragraphs and _ends_open(document, found[-1]):
            found[-1] = (*found[-1], *paragraphs.pop(0))
        if name not in ("owner", "due") or len(paragraphs) == len(here):
            found += paragraphs
            continue
        turns = [turn for piece in paragraphs for turn in _turns(document, piece[0], rest=False)]
        with_rest = [turn for piece in paragraphs for turn in _turns(document, piece[0], rest=True)]
        fits = len(turns) != len(here) == len(with_rest) and not _contradicts(document, here, with_rest)
        found += with_rest if fits else turns
    return found


def _paragraphs(document: Document, stretch: Span) -> list[tuple[Span, ...]]:
    """The paragraphs of a cell on one page; a dash after a blank line goes on with what didn't end before it."""
    found: list[tuple[Span, ...]] = []
    for span in (span for item in cell_items(document, (stretch,)) for span in _by_blank_lines(document, item)):
        text = document.text[slice(*span)]
        if found and text[:1] in "–−-" and not sentence_ended(document.text[found[-1][0][0] : found[-1][-1][1]]):
            found[-1] = joined(document, found[-1], span)
        else:
            found.append((span,))
    return found


def _by_blank_lines(document: Document, stretches: Sequence[Span]) -> Iterator[Span]:
    for start, end in stretches:
        for match in re.finditer(r"\S(?:[^\n]|\n(?!\s*\n))*", document.text[start:end]):
            yield start + match.start(), start + match.end()


def _ends_open(document: Document, stretches: Sequence[Span]) -> bool:
    """Whether a page ends in the middle of what is said: with "by", or with a slash or a comma."""
    words = document.text[stretches[-1][0] : stretches[-1][1]].split()
    return bool(words) and (words[-1].lower() in ("by", "and", "until", "from", "of", "the") or words[-1][-1] in "/,&")


def _contradicts(document: Document, actions: Sequence[_Action], pieces: Sequence[tuple[Span, ...]]) -> bool:
    """Whether an action names another date than the piece that would be said of it."""
    pairs = zip(actions, pieces, strict=True)
    return any(_agreement(_dates(document, a.stretches), _dates(document, piece)) < 0 for a, piece in pairs)


def _turns(document: Document, stretch: Span, *, rest: bool) -> list[tuple[Span, ...]]:
    """A paragraph that names owner and date, owner and date, cut after each date; whole where it doesn't. What stands
    after the last date is the `rest`: an owner without a date, if so taken."""
    start, end = stretch
    text = document.text[start:end].replace("\n", " ")
    times = _times(text)
    cuts = [0]
    for before, after in pairwise(times):
        between = text[before[1] : after[0]]
        if not _BETWEEN_DATES.fullmatch(between) and any(c.isupper() for c in between):
            cuts.append(before[1])
    after_last = bool(times) and any(c.isalnum() for c in text[times[-1][1] :])
    if rest and after_last:
        cuts.append(times[-1][1])
    elif after_last and len(cuts) > 1:
        return [(stretch,)]
    ends = [*cuts[1:], len(text)]
    return [(_trimmed(text, start, a, b),) for a, b in zip(cuts, ends, strict=True)]


def _times(text: str) -> list[Span]:
    """Where a text says when: its dates, and the rhythms that aren't beside one."""
    dates = [(date.start, date.end) for date in dates_in(text)]
    rhythms = [match.span() for match in _EVERY.finditer(text)]
    alone = [(a, b) for a, b in rhythms if not any(a < end + BESIDE and start < b + BESIDE for start, end in dates)]
    return sorted([*dates, *alone])


BESIDE = 30
"""Characters between a rhythm and a date that are said together: "ongoing each meeting, review by December 22"."""


def _trimmed(text: str, offset: int, start: int, end: int) -> Span:
    kept = text[start:end].lstrip(" /,;")
    return offset + end - len(kept), offset + end


def _promise(document: Document, paper: Paper, action: _Action) -> Promise | None:
    text, _ = text_of(document, action.stretches)
    places = tuple(place for a, b in action.stretches for place in places_of(document, paper, a, b))
    if not places:
        return None
    said = {name: _words(document, drawn.stretches) or None for name, drawn in action.said.items()}
    shared = said.get("owner") is not None and said.get("owner") == said.get("due")
    due, owner = said.get("due"), said.get("owner")
    timed = _due(due, paper) if due else None
    if due and not shared:
        timed = next((d.iso for d in dates_in(due, near=paper.date, years=True)), None), due
    owner = _without_due(owner, paper) if shared and owner else owner
    together = "due" in action.said and not action.said["due"].apart
    if timed is None or timed[0] is None or together:
        timed = _due_in_action(text, paper) or (_only_date(due, paper) if due and together else timed)
    cells = tuple(
        (name, place)
        for name, drawn in action.said.items()
        for a, b in drawn.stretches
        for place in places_of(document, paper, a, b)
    )
    return Promise(
        action=text,
        places=places,
        owner=owner or None,
        due=timed[0] if timed else None,
        due_as_written=timed[1] if timed else None,
        status=said.get("status"),
        progress=said.get("progress"),
        heading=action.heading,
        cells=cells,
        together=tuple(name for name, drawn in action.said.items() if not drawn.apart),
        kind=AGREED if paper.kind == "minutes" else PLAN,
    )


# Dates and owners


def _due(text: str, paper: Paper) -> tuple[str | None, str] | None:
    """The first date in ISO form and the stretch of the text that says when; a rhythm where no date is named."""
    stretch = _due_stretch(text, paper)
    if stretch is None:
        return None
    first, (start, end) = stretch
    return first, text[start:end].strip(" ,;/")


def _due_stretch(text: str, paper: Paper) -> tuple[str | None, Span] | None:
    dates = list(dates_in(text, near=paper.date))
    if not dates:
        rhythm = _EVERY.search(text)
        return (None, (rhythm.start(), rhythm.end())) if rhythm else None
    end = dates[0].end
    for before, after in pairwise(dates):
        if not _BETWEEN_DATES.fullmatch(text[before.end : after.start]):
            break
        end = after.end
    lead_in = _LEAD_IN.search(text, 0, dates[0].start)
    start = lead_in.start() if lead_in else dates[0].start
    return dates[0].iso, (start, end)


def _without_due(text: str, paper: Paper) -> str:
    """The owners in a text that also says when."""
    stretch = _due_stretch(text, paper)
    if stretch is None:
        return text
    _, (start, end) = stretch
    return " ".join(f"{text[:start]} {text[end:]}".split()).strip(" ,;/–-")


def _only_date(text: str, paper: Paper) -> tuple[str | None, str]:
    """When several actions are due together: the one date that is named, or all that is said and no date of its own."""
    dates = [date.iso for date in dates_in(text, near=paper.date)]
    return (dates[0] if len(dates) == 1 else None), text


def _due_in_action(text: str, paper: Paper) -> tuple[str, str] | None:
    """The date by which an action says itself that it is to be done."""
    for date in dates_in(text, near=paper.date):
        by = _BY.search(text, 0, date.start)
        if by is not None:
            return date.iso, text[by.start() : date.end]
    return None


# Lists in minutes

_AGREED = re.compile(r"\b(?:agreed|resolved|undertook|undertaken|actions?)\b", re.IGNORECASE)
ACTIONS_HEADING = re.compile(
    r"\W*(?:agreed |follow-?up |further )?(?:actions?|action points)(?: agreed| arising)?\W*", re.IGNORECASE
)


def _of_lists(document: Document, paper: Paper) -> Iterator[Promise]:
    """The items under a heading "Actions", or after a sentence that introduces what was agreed; each under the heading
    of what was discussed."""
    introduced = False
    heading, subject = "", ""
    for item in items_of(document, paper):
        text, _ = text_of(document, item.stretches)
        above = item.headings[-1] if item.headings else ""
        if above != heading:
            introduced, heading = False, above
        is_list_of_actions = ACTIONS_HEADING.fullmatch(heading) is not None
        if not is_list_of_actions:
            subject = heading
        if not item.is_item:
            introduced = text.endswith(":") and _AGREED.search(text) is not None
        elif introduced or is_list_of_actions:
            yield from _agreed(document, paper, item, text, subject)


def _agreed(document: Document, paper: Paper, item: Item, text: str, subject: str) -> Iterator[Promise]:
    places = tuple(place for a, b in item.stretches for place in places_of(document, paper, a, b))
    if places:
        iso, written = due_in(text, paper)
        yield Promise(text, places, None, iso, written, None, None, subject, (), (), AGREED)


def due_in(text: str, paper: Paper) -> tuple[str | None, str | None]:
    """When a sentence says that something is to be done, in ISO form as far as known and as written; what is past when
    the paper is written is no such date."""
    due = _due_in_action(text, paper) or _due(text, paper)
    if due is None or due[0] is None or (paper.date and due[0] < paper.date[: len(due[0])]):
        return None, None
    return due
