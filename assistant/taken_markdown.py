"""Blocks as Markdown (CommonMark). What a paper says stays text: no character of it becomes markup. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.taking_along import Block, Kind

_MARKUP = re.compile(
    r"""[\\`*_{}\[\]<>&#|~$^@!]         # markup wherever they stand, in CommonMark or in one of its dialects
    | (?:(?<!\d): | :(?!\d))(?!\s|$)    # in an address, which some dialects make a link, or in the name of a picture
    | (?<=www)\.
    | ^[-+=]                            # may open a list, or underline a heading
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
"""May number a list."""


def markdown(blocks: Sequence[Block]) -> str:
    """The text of a file that holds these blocks."""
    return "\n\n".join(_written(block) for block in blocks if block.lines) + "\n"


def escaped(text: str) -> str:
    """A line of text so that it is shown letter for letter."""
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", text))


def _written(block: Block) -> str:
    lines = [escaped(line) for line in block.lines]
    match block.kind:
        case Kind.QUESTION:
            return f"# {lines[0]}"
        case Kind.HEADING:
            return f"## {lines[0]}"
        case Kind.NOTICE:
            return f"**{lines[0]}**"
        case Kind.QUOTATION:
            return "\n>\n".join(f"> {line}" for line in lines)
        case Kind.SOURCE:
            return f"- {lines[0]}"
        case _:
            return lines[0]
