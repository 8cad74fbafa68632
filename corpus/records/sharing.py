"""Which of the owners, dates, notes and marks in a row's cells are said of which of its actions. Pure.

In plain steps: a cell may hold several, one below the other: where there are as many as actions on a page they belong
together in their order; where there are more marks than actions and all say the same, it is said of each; else what the
layout doesn't take apart is kept together and marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from corpus.dates import WrittenDate, dates_in
from corpus.documents import Document, readable
from corpus.reading.paragraphs import sentence_ended
from corpus.records.dues import BETWEEN_DATES, times_in
from corpus.records.lists import cell_items, joined
from corpus.sentences import Span

_MARKS = re.compile(
    r"\b(?:complete[d]?(?: and ongoing)?|on-?going|not (?:yet )?started|not due|in progress|on track|off track|at risk|"
    r"overdue|delayed|slipped|closed|open|superseded|red|amber|green|blue|grey|yellow|white|black|purple|done)\b",
    re.IGNORECASE,
)

MOST_ALIGNED = 9
"""Actions on a page that are held against the pieces of a cell in every order-keeping way."""


@dataclass(slots=True)
class Drawn:
    """A cell's text, drawn together from the stretches that belong to one action."""

    stretches: list[Span] = field(default_factory=list)
    apart: bool = True


@dataclass(slots=True)
class Action:
    """An action while a table is read: its own stretches, and those of the columns that are said of it."""

    stretches: tuple[Span, ...]
    heading: str
    said: dict[str, Drawn]


def share_out(document: Document, actions: Sequence[Action], name: str, cell: Sequence[Span]) -> None:
    """Give each action of a row what a cell says of it: in order where there are as many of both in the row or, failing
    that, on a page of it."""
    pieces = _marks(document, cell) if name == "status" else said_in(document, actions, name, cell)
    if len(actions) == len(pieces):
        _in_order(actions, name, pieces)
    elif len(pieces) == 1 or (pieces and name == "status" and _alike(document, pieces)):
        for action in actions:
            action.said[name] = Drawn(list(pieces[0]))
    else:
        for page in sorted({_page(document, action.stretches) for action in actions}):
            here = [action for action in actions if _page(document, action.stretches) == page]
            _share_out_on_a_page(document, here, name, [p for p in pieces if _page(document, p) == page])
        if len(actions) == 1 and pieces and name != "status":
            actions[0].said[name] = Drawn([span for piece in pieces for span in piece])


def _share_out_on_a_page(
    document: Document, actions: Sequence[Action], name: str, pieces: Sequence[tuple[Span, ...]]
) -> None:
    if not pieces:
        return
    if len(actions) == len(pieces):
        _in_order(actions, name, pieces)
    elif name == "status":
        alike = _alike(document, pieces)
        for action in actions if alike or len(actions) == 1 else ():
            action.said[name] = Drawn(list(pieces[0]), apart=alike)
    else:
        told = _aligned(document, actions, pieces) if len(pieces) < len(actions) <= MOST_ALIGNED else {}
        together = [span for piece in pieces for span in piece]
        for place, action in enumerate(actions):
            certain = told.get(place)
            action.said[name] = Drawn(list(certain or together), apart=certain is not None or len(actions) == 1)


def _aligned(
    document: Document, actions: Sequence[Action], pieces: Sequence[tuple[Span, ...]]
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
    return list(dates_in(words_in(document, stretches)))


def _agreement(own: Sequence[WrittenDate], said: Sequence[WrittenDate]) -> int:
    """1 where two of the dates share a day, -1 where none do, 0 where one side names none."""
    if not own or not said:
        return 0
    return 1 if any(one.first <= two.last and two.first <= one.last for one in own for two in said) else -1


def _in_order(actions: Sequence[Action], name: str, pieces: Sequence[tuple[Span, ...]]) -> None:
    for action, piece in zip(actions, pieces, strict=True):
        action.said[name] = Drawn(list(piece))


def _alike(document: Document, pieces: Sequence[tuple[Span, ...]]) -> bool:
    return len({words_in(document, piece).lower() for piece in pieces}) == 1


def _page(document: Document, stretches: Sequence[Span]) -> int:
    return next(page.number for page in document.pages if stretches[0][0] < page.end)


def words_in(document: Document, stretches: Sequence[Span]) -> str:
    """The text of these stretches on one line."""
    return " ".join(readable(document.text[a:b]) for a, b in stretches).strip()


def _marks(document: Document, cell: Sequence[Span]) -> list[tuple[Span, ...]]:
    """The status marks in a cell; the cell itself where it has none that is known."""
    found: list[tuple[Span, ...]] = []
    for start, end in cell:
        text = document.text[start:end].replace("\n", " ")
        found += [((start + mark.start(), start + mark.end()),) for mark in _MARKS.finditer(text)]
    return found or [tuple(cell)]


def said_in(document: Document, actions: Sequence[Action], name: str, cell: Sequence[Span]) -> list[tuple[Span, ...]]:
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


def _contradicts(document: Document, actions: Sequence[Action], pieces: Sequence[tuple[Span, ...]]) -> bool:
    """Whether an action names another date than the piece that would be said of it."""
    pairs = zip(actions, pieces, strict=True)
    return any(_agreement(_dates(document, a.stretches), _dates(document, piece)) < 0 for a, piece in pairs)


def _turns(document: Document, stretch: Span, *, rest: bool) -> list[tuple[Span, ...]]:
    """A paragraph that names owner and date, owner and date, cut after each date; whole where it doesn't. What stands
    after the last date is the `rest`: an owner without a date, if so taken."""
    start, end = stretch
    text = document.text[start:end].replace("\n", " ")
    times = times_in(text)
    cuts = [0]
    for before, after in pairwise(times):
        between = text[before[1] : after[0]]
        if not BETWEEN_DATES.fullmatch(between) and any(c.isupper() for c in between):
            cuts.append(before[1])
    after_last = bool(times) and any(c.isalnum() for c in text[times[-1][1] :])
    if rest and after_last:
        cuts.append(times[-1][1])
    elif after_last and len(cuts) > 1:
        return [(stretch,)]
    ends = [*cuts[1:], len(text)]
    return [(_trimmed(text, start, a, b),) for a, b in zip(cuts, ends, strict=True)]


def _trimmed(text: str, offset: int, start: int, end: int) -> Span:
    kept = text[start:end].lstrip(" /,;")
    return offset + end - len(kept), offset + end
