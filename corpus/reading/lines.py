"""Glyphs into lines of text. Pure: takes and returns values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.documents import LINE_END_HYPHEN
from corpus.reading.glyphs import Glyph, LineBreak

BOLD_SHARE = 0.8
"""A line counts as bold when at least this share of its letters is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and the box around it, in points from the top left; `size` is its largest letter's height.

    `glyphs` are those that it is made of, in the order of its text, where they were asked for.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    turned: bool = False
    glyphs: tuple[Glyph, ...] = field(default=(), compare=False, repr=False)

    @property
    def height(self) -> float:
        """The height of its letters, in points."""
        return max(self.bottom - self.top, 1.0)


def lines_of(glyphs: Iterable[Glyph | LineBreak], *, keep_glyphs: bool = False) -> list[Line]:
    """The glyphs' lines in the order in which they are drawn. Pieces on one height, left to right, are one line
    (a bullet and its text, a raised "th", the halves of a justified line).

    With `keep_glyphs` each has its glyphs; a pack's lines with all of theirs would take gigabytes."""
    lines: list[Line] = []
    run: list[Glyph] = []
    for glyph in glyphs:
        if isinstance(glyph, LineBreak) or (run and glyph.turned != run[-1].turned and not glyph.text.isspace()):
            _close(run, lines, keep_glyphs)
            run = []
        if isinstance(glyph, Glyph):
            run.append(glyph)
            if glyph.text == LINE_END_HYPHEN:
                _close(run, lines, keep_glyphs)
                run = []
    _close(run, lines, keep_glyphs)
    return lines


def _close(run: list[Glyph], lines: list[Line], keep_glyphs: bool) -> None:
    line = _line(run, keep_glyphs)
    if line is None:
        return
    if lines and _same_line(lines[-1], line):
        before = lines.pop()
        line = Line(
            f"{before.text} {line.text}",
            min(before.x0, line.x0),
            min(before.top, line.top),
            max(before.x1, line.x1),
            max(before.bottom, line.bottom),
            max(before.size, line.size),
            before.bold and line.bold,
            line.turned,
            (*before.glyphs, *line.glyphs),
        )
    lines.append(line)


def _line(run: list[Glyph], keep_glyphs: bool) -> Line | None:
    text = " ".join("".join(g.text for g in run).split())
    drawn = [g for g in run if not g.text.isspace() and g.size]
    if not text or not drawn:
        return None
    letters = [g for g in drawn if g.text.isalnum()] or drawn
    return Line(
        text,
        min(g.x0 for g in drawn),
        min(g.top for g in drawn),
        max(g.x1 for g in drawn),
        max(g.bottom for g in drawn),
        max(g.size for g in letters),
        sum(g.bold for g in letters) >= BOLD_SHARE * len(letters),
        drawn[0].turned,
        tuple(run) if keep_glyphs else (),
    )


def _same_line(before: Line, after: Line) -> bool:
    if before.turned or after.turned:
        return False
    overlap = min(before.bottom, after.bottom) - max(before.top, after.top)
    return overlap > 0.5 * min(before.height, after.height) and after.x0 >= before.x1 - 1
