"""The headings above each block of a paper. Pure: takes and returns values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.documents import Block, BlockKind, Document, readable
from corpus.inspections import names_inspection

IN_TABLES = (7, 9)
"""The levels of a table's title and of the sections in it (`structure`): they end with the table."""

_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?\W*", re.IGNORECASE)
"""A heading under which only the list of contents stands, however large it is set."""


_ENTRY = re.compile(r".*\D\s\d{1,3}", re.DOTALL)
"""A heading and its page, as a list of contents has it."""


def headings_above(document: Document, blocks: Sequence[Block], *, summary: bool) -> tuple[tuple[str, ...], ...]:
    """For each of a paper's blocks the path of headings above it, outermost first; of a heading, with itself.

    A `summary` sets several inspections one after another, often in letters of one size: there a heading that names an
    inspection stands above those of its own level, until the next that does.
    """
    found: list[tuple[str, ...]] = []
    path: list[tuple[int, str]] = []
    after_row = False
    in_contents = False
    for block in blocks:
        if block.kind is not BlockKind.TABLE_HEAD:
            if after_row and block.kind is not BlockKind.ROW and block.level not in IN_TABLES:
                path = [step for step in path if step[0] not in IN_TABLES]
            if block.kind is BlockKind.HEADING:
                heading = readable(document.text[block.start : block.end])
                above = [step for step in path if step[0] < block.level and not _stands_alone(step[1], in_contents)]
                in_contents = bool(_CONTENTS.fullmatch(heading) or (in_contents and _ENTRY.fullmatch(heading)))
                if summary and not names_inspection(heading):
                    above += [step for step in path if step[0] == block.level and names_inspection(step[1])]
                path = [*above, (block.level, heading)]
            after_row = block.kind is BlockKind.ROW
        found.append(tuple(step for _, step in path))
    return tuple(found)


def _stands_alone(heading: str, in_contents: bool) -> bool:
    """Whether nothing after it belongs under a heading: it opens a list of contents, or is an entry of one."""
    return bool(_CONTENTS.fullmatch(heading) or (in_contents and _ENTRY.fullmatch(heading)))
