"""Text into sentences by place. With `passages`, the only file that knows LlamaIndex's node parsers."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

Span = tuple[int, int]

# The Punkt model that LlamaIndex ships ends a sentence after these all the same; a quotation must not.
_ABBREVIATED = re.compile(
    r"(?:\b(?:Cllr|Cllrs|No|Nos|para|paras|p|pp|e\.g|i\.e|approx|Dr|Mr|Mrs|Ms|St|vs|etc|ref|Ref|Fig|App|Rev|Sgt|Supt|Insp|Hon)\.|\b[A-Z]\.)\s*$"
)


@cache
def _splitter() -> Callable[[str], list[str]]:
    from llama_index.core.node_parser.text.utils import split_by_sentence_tokenizer

    return split_by_sentence_tokenizer()


def sentences(text: str, start: int = 0) -> list[Span]:
    """The places of the text's sentences in order, white space around them left out, `start` added to each offset.

    Sentences are found by LlamaIndex's Punkt tokenizer (Kiss and Strunk 2006, "Unsupervised multilingual sentence
    boundary detection"), and joined again after the abbreviations that council papers use.
    """
    spans: list[Span] = []
    place = 0
    for piece in _splitter()(text):
        end = place + len(piece)
        if spans and _ABBREVIATED.search(text[spans[-1][0] : spans[-1][1]]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((place, end))
        place = end
    return [(start + a, start + b) for a, b in (stripped(text, a, b) for a, b in spans) if a < b]


def stripped(text: str, start: int, end: int) -> Span:
    """The place without the white space at its ends; empty (start, start) where nothing is left."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    kept = len(piece.strip())
    return start + left, start + left + kept
