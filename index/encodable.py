"""What is encoded for a passage: its text in its context."""

from __future__ import annotations

from corpus.dates import written_out
from corpus.documents import CELL_BREAK, Paper, Passage, readable
from index.encoder import Encodable, Encoder

ROOM_FOR_CONTEXT = 64
"""Word pieces kept free for what is encoded with a passage but not quoted: title, date, headings, column headers."""


def context_of(paper: Paper, passage: Passage, encoder: Encoder) -> str:
    """What is encoded before a passage: its paper's title and date, the headings above it and the sentence that
    introduces it, as far as there is room.

    The nearest says the most, so the outer ones are left out first.
    """
    steps = [f"{paper.title}, {written_out(paper.date)}" if paper.date else paper.title, *passage.headings]
    if passage.introduction and encoder.count(readable(passage.introduction)) <= ROOM_FOR_CONTEXT:
        steps.append(passage.introduction)
    while len(steps) > 1 and encoder.count(". ".join(steps)) > ROOM_FOR_CONTEXT:
        steps.pop(1 if len(steps) > 2 else 0)
    context = ". ".join(readable(step) for step in steps)
    return context if encoder.count(context) <= ROOM_FOR_CONTEXT else ""


def encodable(document_text: str, paper: Paper, passage: Passage, encoder: Encoder) -> Encodable:
    """What stands for a passage in the index by meaning: its context, then its text, a row's cells with their headers;
    and where its extracts lie in that, if it has several. `document_text` is the text that the offsets count in."""
    text = readable(passage.text)
    cells = text.split(CELL_BREAK.strip())
    if passage.headers and len(cells) == len(passage.headers):
        named = (
            f"{header}: {cell.strip()}" for header, cell in zip(passage.headers, cells, strict=True) if cell.strip()
        )
        spelled = "; ".join(named)
        text = spelled if encoder.count(spelled) <= encoder.limit - 2 - ROOM_FOR_CONTEXT else text
    context = context_of(paper, passage, encoder)
    if passage.headers and len(passage.extracts) > 1 and len(cells) > len(passage.headers):
        heads = "; ".join(header for header in passage.headers if header)
        context = f"{context}. {heads}" if context else heads
    text = f"{context}. {text}" if context else text
    if len(passage.extracts) < 2:
        return Encodable(text)
    spans, place = [], len(context)
    for start, end in passage.extracts:
        extract = readable(document_text[start:end])
        found = text.find(extract, place)
        spans.append((found, found + len(extract)) if found >= 0 else (0, len(text)))
        place = max(place, found)
    return Encodable(text, tuple(spans))
