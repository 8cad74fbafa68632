"""Lines into groups that belong together: paragraphs, list items, headings. Pure: takes and returns values."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from itertools import pairwise

from corpus.reading.lines import Line

BULLETS = "•●▪■◼◾▫□◦○‣⁃∙·➢➤–−-o*"
"""Signs that open a list item when white space follows. "o" is how Word writes a second level; symbol fonts put their
bullets into Unicode's private use area."""

_BULLET = re.compile(rf"[{re.escape(BULLETS)}\ue000-\uf8ff]\s+(?=\S)|[\ue000-\uf8ff](?=\S)")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
_NUMBERED = re.compile(
    rf"(?:\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}[.)]|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}|\d{{1,2}}(?!\s+(?i:{_MONTH}))"
    r"|\([a-z]{1,4}\)|[a-z]\)|[ivx]{1,4}[.)])\s+(?=\S)"
)
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)]*$")


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines into groups that belong together: a paragraph, a list item, a heading."""
    gaps = [b.top - a.bottom for a, b in pairwise(lines) if 0 <= b.top - a.bottom < a.height]
    usual = statistics.median_low(gaps) if gaps else 0.0
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, usual):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(group: list[Line], line: Line, usual_gap: float) -> bool:
    before = group[-1]
    if line.turned != before.turned or _opens_item(group, line, usual_gap):
        return False
    if line.turned:
        return False
    unfinished = not sentence_ended(before.text) and line.text[:1].islower()
    if abs(line.size - before.size) > 0.08 * max(line.size, before.size):
        return unfinished and abs(line.top - before.top) < 1.5 * before.height
    if line.bold != before.bold and not unfinished:
        return False
    gap = line.top - before.bottom
    if gap < -0.5 * before.height or gap > 2.5 * before.height:
        return unfinished and not before.bold
    return gap <= usual_gap + 0.4 * before.height


def _opens_item(group: list[Line], line: Line, usual_gap: float) -> bool:
    """Whether a line opens a list item. A number may also just begin a line ("89.2 per 10,000"): it opens an item only
    where a sentence ended, a gap is left, or it hangs to the left of the text before."""
    if is_bullet(line.text):
        return True
    if not is_numbered(line.text):
        return False
    before = group[-1]
    if sentence_ended(before.text) or line.top - before.bottom > usual_gap + 0.3 * before.height:
        return True
    beside_marker = opens_with_marker(group[0].text) and abs(line.x0 - group[0].x0) < 3
    return line.x0 < before.x0 - 3 or line.top < before.top or beside_marker


def is_bullet(text: str) -> bool:
    """Whether a text opens with a bullet."""
    return bool(_BULLET.match(text))


def is_numbered(text: str) -> bool:
    """Whether a text opens with a number as list items and numbered paragraphs do ("3.12", "(a)", "iv.")."""
    return bool(_NUMBERED.match(text))


def opens_with_marker(text: str) -> bool:
    """Whether a text opens with a bullet or a number."""
    return is_bullet(text) or is_numbered(text)


def marker(text: str) -> str:
    """The bullet or number with which a text opens, and the white space after it; empty where it opens with none."""
    match = _BULLET.match(text) or _NUMBERED.match(text)
    return match[0] if match else ""


def sentence_ended(text: str) -> bool:
    """Whether a text ends as a sentence does, or introduces a list."""
    return bool(_SENTENCE_END.search(text))
