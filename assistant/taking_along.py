"""Answers as files to take along: every question with its quotations word for word, and where each of them stands.

What stands in such a file is a sequence of blocks, whatever kind of file it is; `taken_word` and `taken_markdown` only
write them down.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from assistant.answer import Answer, Drafted, Status
from assistant.citations import Citation
from assistant.quoting import NEAREST, Cell, OwnWords, Part, Quoted, above_of, cells_of, lines_of, parts_of
from assistant.references import Listing, kind_words, reference, searched_words, written_by
from assistant.settings import VERSION
from assistant.spreadsheets import UnknownFileKind
from corpus.dates import written_out
from corpus.documents import Paper, Passage, readable
from corpus.errors import CouncilPapersError
from index.hits import Hit

ENDINGS = (".docx", ".md")
"""The kinds of file."""

NAME_LENGTH = 60
"""Characters of a question in a file's name; some systems allow 255 bytes for all of it."""

CHECK = (
    "Always check the page before you rely on a quotation: each is word for word from the paper, but what stands "
    "around it may matter."
)
MADE_BY = f"Made with Council papers {VERSION}, which quotes papers and writes nothing but the few words around them."

MADE_BY_BOTH = (
    f"Made with Council papers {VERSION}, which quotes papers; what a language model wrote for it is marked as such."
)
TOLD_BY = (
    "Told by the language model {}: the words around the quotations are its own. Each sentence was checked against the "
    "quotation after it; the check isn’t perfect."
)

_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters without a shape that XML or Markdown forbid."""


class NothingToTake(CouncilPapersError):
    """A file was asked for, but no question has been answered."""


class Kind(StrEnum):
    """What a block of a file is."""

    QUESTION = "question"
    HEADING = "heading"
    WORDS = "words"
    NOTICE = "notice"
    QUOTATION = "quotation"
    REFERENCE = "reference"
    SOURCE = "source"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or paragraph. Only a quotation may have several lines: those of a passage, or the cells of a row."""

    kind: Kind
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer and when it was asked.

    `titles` are the documents' titles by id, `listings` the meetings at which the papers were an item, by the papers'
    ids: both as they were when it was answered.
    """

    answer: Answer
    when: datetime
    titles: Mapping[str, str] = field(default_factory=dict)
    listings: Mapping[str, Listing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """A file to take along: its name, which every system accepts, and what is in it."""

    name: str
    content: bytes


def take_along(asked: Sequence[Asked], ending: str) -> Taken:
    """One answer or a whole conversation as a file of one of the kinds of `ENDINGS`.

    Raises UnknownFileKind for another kind, NothingToTake where nothing was asked.
    """
    check_ending(ending)
    if not asked:
        raise NothingToTake("No question has been answered yet; ask one, and take its answer along then.")
    blocks = tuple(blocks_of(asked))
    if ending.lower() == ".md":
        from assistant.taken_markdown import markdown

        content = markdown(blocks).encode()
    else:
        from assistant.taken_word import word_file

        content = word_file(blocks, title=title_of(asked), when=asked[-1].when)
    return Taken(file_name(asked, ending.lower()), content)


def check_ending(ending: str) -> None:
    """Raise UnknownFileKind unless files of that ending can be made."""
    if ending.lower() not in ENDINGS:
        raise UnknownFileKind(
            f"An answer is saved as .docx or .md, not as {ending or 'a file without an ending'}; give the file one of "
            "these endings."
        )


def save(asked: Sequence[Asked], path: Path) -> None:
    """Write the file; an earlier one is replaced. Raises what `take_along` does, OSError where it can't be written."""
    path.write_bytes(take_along(asked, path.suffix).content)


def file_name(asked: Sequence[Asked], ending: str) -> str:
    """A name from the first question and the day of the last: letters, digits and hyphens, so that every system takes
    it."""
    words = unicodedata.normalize("NFC", asked[0].answer.question).lower()
    slug = "-".join(re.findall(r"[^\W_]+", words))
    if len(slug) > NAME_LENGTH:
        slug = slug[: NAME_LENGTH + 1].rpartition("-")[0] or slug[:NAME_LENGTH]
    more = f"-and-{len(asked) - 1}-more" if len(asked) > 1 else ""
    return f"{slug or 'question'}{more}-{asked[-1].when:%Y-%m-%d}{ending}"


def title_of(asked: Sequence[Asked]) -> str:
    """What the file is called by programs that show its title."""
    more = f" and {len(asked) - 1} more" if len(asked) > 1 else ""
    return f"Council papers: {_clean(asked[0].answer.question)}{more}"


def blocks_of(asked: Sequence[Asked]) -> Iterator[Block]:
    """Everything that stands in the file, in order."""
    for each in asked:
        yield from _of_answer(each)
    yield _block(Kind.NOTICE, CHECK)
    is_drafted = any(each.answer.drafted is not None for each in asked)
    yield _block(Kind.NOTE, MADE_BY_BOTH if is_drafted else MADE_BY)


def _of_answer(asked: Asked) -> Iterator[Block]:
    answer = asked.answer
    yield _block(Kind.QUESTION, answer.question)
    yield _block(Kind.NOTE, f"Asked on {written_out(asked.when.date().isoformat())} at {asked.when:%H:%M}.")
    if readable(answer.standalone) != readable(answer.question):
        yield _block(Kind.NOTE, f"Searched for: {answer.standalone}")
    if answer.status in (Status.NOT_FOUND, Status.REFUSED):
        yield _block(Kind.NOTICE, answer.reason or "Not found.")
        if answer.hits:
            yield _block(Kind.HEADING, "Not an answer, but nearest")
            for hit in answer.hits[:NEAREST]:
                yield from _of_hit(hit, asked)
    else:
        if answer.status is Status.PARTIAL:
            yield _block(Kind.NOTICE, f"A part of the answer. {answer.reason or ''}")
        if answer.drafted:
            yield from _of_draft(answer.drafted, asked)
        yield from _of_parts(parts_of(answer), asked)
        yield _block(Kind.HEADING, "Sources")
        yield from _sources(answer.citations, asked.titles)
    yield _block(Kind.NOTE, searched_words(answer.searched))


def _of_draft(drafted: Drafted, asked: Asked) -> Iterator[Block]:
    """What a language model had to do with an answer: who wrote what, and what was removed."""
    if drafted.fallback is not None:
        yield _block(Kind.NOTE, drafted.fallback)
    elif drafted.above:
        yield _block(Kind.HEADING, "Written by a language model")
        yield _block(Kind.NOTICE, written_by(drafted.model))
        yield from _of_parts(above_of(asked.answer), asked)
    else:
        yield _block(Kind.NOTICE, TOLD_BY.format(drafted.model))
    for removed in drafted.removed:
        yield _block(Kind.NOTE, f"Removed from what {drafted.model} wrote: “{removed.text}”, because {removed.why}.")
    if drafted.above:
        yield _block(Kind.HEADING, "In the papers’ own words")


def _of_parts(statements: Iterable[Sequence[Part]], asked: Asked) -> Iterator[Block]:
    for parts in statements:
        for part in parts:
            yield from _of_words(part) if isinstance(part, OwnWords) else _of_quotation(part, asked)


def _of_words(words: OwnWords) -> Iterator[Block]:
    yield _block(Kind.WORDS, f"{words.text} {''.join(f'[{number}]' for number in words.again)}")


def _of_quotation(quoted: Quoted, asked: Asked) -> Iterator[Block]:
    first = quoted.citations[0]
    yield _block(Kind.QUOTATION, *(_row(first.passage, quoted.cells) if quoted.cells else _lines(first.quote)))
    for citation in quoted.citations:
        where = _reference(citation.paper, citation.page, citation.page_label, asked)
        careful = f"; careful with this page: {citation.problem}" if citation.problem else ""
        yield _block(Kind.REFERENCE, f"[{citation.number}] {where}{careful}")


def _of_hit(hit: Hit, asked: Asked) -> Iterator[Block]:
    cells = cells_of(hit.passage)
    yield _block(Kind.QUOTATION, *(_row(hit.passage, cells) if cells else _lines(hit.passage.text)))
    yield _block(Kind.REFERENCE, _reference(hit.paper, hit.page, hit.page_label, asked))


def _lines(text: str) -> list[str]:
    return [text[start:end] for start, end in lines_of(text)]


def _row(passage: Passage, cells: Sequence[Cell]) -> list[str]:
    return [
        f"{readable(cell.header) or 'No heading'}: {readable(passage.text[cell.start : cell.end]) or '(empty)'}"
        for cell in cells
    ]


def _reference(paper: Paper, page: int, label: str | None, asked: Asked) -> str:
    return reference(paper, page, label, asked.listings.get(paper.id))


def _sources(citations: Sequence[Citation], titles: Mapping[str, str]) -> Iterator[Block]:
    """The citations by their sources: several from one place of a paper are told once."""
    numbers: dict[str, list[int]] = {}
    for citation in citations:
        numbers.setdefault(_source(citation, titles), []).append(citation.number)
    for source, cited in numbers.items():
        yield _block(Kind.SOURCE, f"{', '.join(f'[{number}]' for number in cited)} {source}")


def _source(citation: Citation, titles: Mapping[str, str]) -> str:
    """What finds the paper again and a reference leaves out: its title and kind, its document, the heading."""
    paper, passage = citation.paper, citation.passage
    facts = [f"{paper.title}, {written_out(paper.date)} ({kind_words(paper)})"]
    title = titles.get(paper.document)
    facts.append(f"Document: {title} ({paper.document})" if title else f"Document: {paper.document}")
    if passage.headings:
        facts.append(f"Under: {' › '.join(passage.headings)}")
    if passage.introduction:
        facts.append(f"Introduced by: {passage.introduction}")
    return ". ".join(facts)


def _block(kind: Kind, *lines: str) -> Block:
    cleaned = (_clean(line) for line in lines)
    return Block(kind, tuple(line for line in cleaned if line))


def _clean(text: str) -> str:
    return readable(_UNWRITABLE.sub(" ", readable(text)))
