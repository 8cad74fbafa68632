"""Which papers the public may not see (Local Government Act 1972, Schedule 12A). Pure.

A paper is held back where a banner stands over or under one of its pages, where its front sheet or its beginning says
that it is exempt, or where the agenda has its item in the private part. Agendas and minutes name exempt items and the
law all the time, and are exempt only under a banner. The reason that is given has fixed words: a banner may name a
supplier or a child.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.agendas import is_agenda
from corpus.documents import CELL_BREAK, Access, BlockKind
from corpus.parts import SHEET_BLOCKS, Part, any_of

_SECRET = r"(?:exempt|confidential|private|closed|restricted)"
_PAPER = r"(?:report|item|appendix|annex|paper|minute|document|agenda|pack|information)s?"
_SCHEDULE = (
    r"paragraphs?\W*(?:s\W+)?(?P<numbers>\d[\d, and&]*?)\s+of\s+(?:part\s+\w+\s+of\s+)?(?:the\s+)?schedule\s+12\s?a"
)
_BANNER = any_of(
    r".*\bnot for publication\b.*",
    rf"(?:this |document |the )?(?:{_PAPER} )?(?:is )?(?:exempt|restricted)(?:\W+(?:or|and) (?:confidential|exempt))?"
    rf"(?: {_PAPER})?(?:\W*|\W+(?:commercial|paragraph|schedule|by virtue|under|not for|circulation|information)\b.*)",
    r"exempt information\b\W+\w.*",
    rf"(?:(?:part|section) (?:b|ii|2|two)|{_SECRET})\W.*\b{_SECRET}\b.*",
    rf"(?:strictly |private (?:and|&) )?confidential(?: {_PAPER})?(?: to members.*)?",
    r"(?:closed|private|confidential) (?:session|document pack|pack)",
    r"official[ :–—-]+sensitive.*",
    r"commercial(?:ly)?[ -](?:in[ -]confidence|sensitive).*",
    r"(?:printed on )?pink (?:papers?|pages?|sheets?)\b.*",
    rf"by virtue of {_SCHEDULE}.*",
)
_BARE_PART = any_of(r"(?:part|section) (?:b|ii)")
"""A banner only where the agenda has a private part: forms and assessments have a part B as well."""

_BANNER_WORDS = 25
"""A longer line is a sentence about publication, not the banner that stands over a paper."""

_BANNER_TOP, _BANNER_FOOT = 4, 2
"""How many blocks from the top of a page, and from its foot, a banner may stand."""

_PRIVATE_PACK = any_of(r"\b(?:private|confidential|exempt) (?:document )?pack\b")

_STATES_EXEMPT = any_of(
    r"not for publication",
    r"\bpart b\b[^.]{0,40}exempt",
    r"contains? exempt information",
    r"exempt (?:report|information)[^.]{0,120}schedule 12a",
    r"by virtue of paragraphs?[^.]{0,120}schedule 12a",
)
_DENIED = any_of(
    r"\b(?:no|not|nor|neither|none|if|may|would|whether)\b[^.;]*?(?:publication|exempt|confidential)",
    r"(?:publication|exempt|confidential)(?: information| report)?\W*(?:no|none|n/a|not applicable)\b",
)
_OF_ANOTHER = any_of(
    r"\b(?<!this )(?:appendix|appendices|annex(?:es)?|enclosures?|items?)\b[^.;]*\b(?:is|are|contains?|be|as)\b"
)
_LABEL = any_of(
    r"(?:[\w'’]+[ /]+){0,9}(?:exempt|confidential|restricted|publication|access to information|classification"
    r"|public or private|open or (?:closed|exempt)|status)\b[^:|]{0,60}"
)
"""A front sheet's question whether the report is exempt ("Exempt information:", "Is this report confidential?")."""

_LABEL_WORDS = 16
_YES = any_of(
    rf"(?:yes|{_SECRET}|not for publication|part (?:b|ii|2|two)|official[ –:-]+sensitive"
    r"|(?:schedule 12a\W+)?paragraphs? \d)\b(?!\W*(?:in part|partly|no\b))"
)
_TICKED = any_of(r"[☒☑✔✓]\s*yes\b", r"^\s*yes\s*[☒☑✔✓]")
_ONLY_IN_PART = any_of(r"\b(?:part(?:ly|ially)? exempt|append(?:ix|ices)|annex(?:es)?|enclosures?)\b")
_PARAGRAPH = any_of(_SCHEDULE, r"schedule\s+12\s?a\W+(?:\w+\W+){0,3}paragraphs?\s+(?P<after>\d[\d, and&]*)")

_MARKS = ("not for publication", "confidential", "exempt", "sensitive", "restricted", "private", "closed", "pink paper")
"""The words that a reason may use."""


def access_of(
    part: Part, kind: str, *, private_part: bool = False, under_private: bool = False
) -> tuple[Access, str | None]:
    """Whether a paper is public, and if not the reason.

    `private_part` says that the agenda has an exempt part at all, `under_private` that the paper's item is in it.
    """
    banners = (banner for page in part.pages if (banner := banner_on(part.page(page.number), private_part)))
    words = next(banners, None)
    if words is None and kind not in ("agenda", "minutes"):
        words = _stated(part)
    if words is not None:
        return Access.EXEMPT, f"exempt: marked “{_mark(words)}”{_law(part)}"
    if under_private and kind != "agenda":
        return Access.EXEMPT, f"exempt: the agenda has its item in the private part{_law(part)}"
    return Access.PUBLIC, None


def is_private_pack(document_title: str, first: Part) -> bool:
    """Whether a whole pack is private by its title or the words at its top."""
    return any(_PRIVATE_PACK.search(line) for line in [document_title, *first.lines(3)])


def banner_on(page: Part, private_part: bool = False) -> str | None:
    """The words over or under a page that say that it isn't for publication. An agenda's list of items is none."""
    if is_agenda(page) or _lists_items(page):
        return None
    return next((line for line in _margins(page) if _is_banner(line, private_part)), None)


def opens_exempt(page: Part, private_part: bool = False) -> bool:
    """Whether an exempt paper's banner stands on a page and not on the page before."""
    if banner_on(page, private_part) is None:
        return False
    return page.first_page == 1 or banner_on(page.page(page.first_page - 1), private_part) is None


def _margins(page: Part) -> Iterator[str]:
    """The lines at the top and the foot of a page, table rows of more than one cell aside."""
    blocks = [*page.blocks[:_BANNER_TOP], *page.blocks[_BANNER_TOP:][-_BANNER_FOOT:]]
    for block in blocks:
        cells = [c for c in page.text(block).split(CELL_BREAK) if c]
        if block.kind is BlockKind.ROW and len(cells) != 1:
            continue
        yield from page.lines_of(block)


def _is_banner(line: str, private_part: bool) -> bool:
    if len(line.split()) > _BANNER_WORDS:
        return False
    return (bool(_BANNER.fullmatch(line)) and _states(line)) or (private_part and bool(_BARE_PART.fullmatch(line)))


def _lists_items(page: Part) -> bool:
    headers = " ".join(page.blocks[0].headers).lower() if page.blocks else ""
    return "item" in headers and "page" in headers


def _states(text: str) -> bool:
    """Whether a text that speaks of exemption says it of the paper that it stands in: not that there is none, and not
    that an appendix or another item is exempt."""
    plain = re.sub(r"\bnot for publication\b", "exempt", text, flags=re.IGNORECASE)
    with_it = re.search(r"\breport,? (?:and|with|including)\b", plain, re.IGNORECASE)
    return not _DENIED.search(plain) and (with_it is not None or not _OF_ANOTHER.search(plain))


def _stated(part: Part) -> str | None:
    """What a paper's beginning says of itself: a sentence, or an answer on its front sheet."""
    found = (m.group() for m in _STATES_EXEMPT.finditer(part.head) if _states(_sentence(part.head, m)))
    return next(found, None) or next(_answers(part), None)


def _answers(part: Part) -> Iterator[str]:
    """The front sheet's answers that the report is exempt ("Exempt information: Yes – paragraph 3")."""
    for line in part.lines(SHEET_BLOCKS):
        cells = line.split(CELL_BREAK)
        beside = [tuple(cell.split(":", 1)) for cell in cells if ":" in cell.rstrip(": ")]
        for label, value in [*pairwise(cells), *beside]:
            asked = _LABEL.fullmatch(label.strip(" :?")) and len(label.split()) <= _LABEL_WORDS
            yes = _YES.match(value.strip()) or _TICKED.search(value)
            if asked and yes and not _ONLY_IN_PART.search(value) and not _DENIED.search(value):
                yield f"{label} {value}"


def _sentence(text: str, match: re.Match[str]) -> str:
    """The match with what stands before it in its sentence or line, and with an answer after it ("…: No")."""
    answer = re.match(r"\W{0,4}\w+", text[match.end() :])
    return re.split(r"[.\n]\s", text[: match.start()])[-1] + match.group() + (answer.group() if answer else "")


def _mark(words: str) -> str:
    """What marks a paper as exempt, in fixed words."""
    return next((mark for mark in _MARKS if mark in words.lower()), "exempt")


def _law(part: Part) -> str:
    """The paragraphs of Schedule 12A that a paper's first page names, as numbers alone."""
    page = part.page(part.first_page)
    match = _PARAGRAPH.search("\n".join(page.lines()))
    numbers = re.findall(r"\d{1,2}", match["numbers"] or match["after"]) if match else []
    return f", Schedule 12A paragraph {' and '.join(numbers)}" if numbers else ""
