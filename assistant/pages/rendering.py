"""Answers as HTML: plain headings, quotations, lists, disclosures. Pure functions; every word from outside is escaped.

The result is never parsed back: whoever needs an answer again keeps the `Answer`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate, pairwise

from assistant.answer import Answer, Searched, Status
from assistant.citations import Citation, Statement
from assistant.pages.conversation import Turn
from assistant.writing import spoken
from corpus.dates import written_out
from corpus.documents import CELL_BREAK, PAGE_BREAK, Paper, Passage, readable
from corpus.reading.witness import squash
from index.hits import Hit

NEAREST = 5
"""How many passages stand under an answer that declines: enough to see what the papers do say, few enough to read."""

_NEW_LINE = re.compile(PAGE_BREAK + r"|\n[ \t]*\n|\n(?=\s*[•●▪◦‣\u2013-]\s)")
"""Where a passage starts a new line for the eye: at a blank line, a page's end, a bullet."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a table row: its column's header, and where it stands in the passage."""

    header: str
    start: int
    end: int


def turn_html(turn: Turn, number: int) -> str:
    """One turn as an article: the question as its heading, then the answer, or why there is none."""
    place = f"turn-{number}"
    if turn.answer is not None:
        body = answer_html(turn.answer, turn.titles, place)
    elif turn.problem is not None:
        body = f'<p class="problem">{_text(turn.problem)}</p>'
    else:
        body = '<p class="pending">Searching the papers…</p>'
    heading = f'<h2 id="{place}"><span class="unseen">Question {number}: </span>{_text(turn.question)}</h2>'
    return f'<article class="turn" aria-labelledby="{place}">{heading}{body}</article>'


def answer_html(answer: Answer, titles: Mapping[str, str], place: str) -> str:
    """An answer without its question. `titles` are the documents' titles by id; `place` starts every id in it."""
    parts = []
    if readable(answer.standalone) != readable(answer.question):
        parts.append(f'<p class="aside">Searched for: {_text(answer.standalone)}</p>')
    if answer.status in (Status.NOT_FOUND, Status.REFUSED):
        parts.append(f'<p class="declined"><strong>{_text(answer.reason or "Not found.")}</strong></p>')
        if answer.hits:
            parts.append(f"<h3>Not an answer, but nearest</h3>{_hits(answer.hits[:NEAREST], titles)}")
    else:
        if answer.status is Status.PARTIAL:
            parts.append(f'<p class="declined"><strong>A part of the answer.</strong> {_text(answer.reason or "")}</p>')
        parts += _statements(answer, place)
        parts.append(f"<h3>Sources</h3>{_sources(answer.citations, titles, place)}")
        cited = {citation.passage.id for citation in answer.citations}
        others = [hit for hit in answer.hits if hit.passage.id not in cited]
        if others:
            summary = f"<summary>Other passages that were found ({len(others)})</summary>"
            parts.append(f'<details class="others">{summary}{_hits(others, titles)}</details>')
    parts.append(f'<p class="aside">{_text(searched_words(answer.searched))}</p>')
    return "".join(parts)


def searched_words(searched: Searched) -> str:
    """What was searched, in one line: how much, and the period and kinds where they were narrowed."""
    words = f"Searched: {count(searched.documents, 'document')}, {count(searched.papers, 'paper')}"
    if searched.since:
        words += f", from {written_out(searched.since)}"
    if searched.until:
        words += f", until {written_out(searched.until)}"
    if searched.kinds:
        words += f", only of these kinds: {', '.join(searched.kinds)}"
    return words + "."


def page_words(number: int, label: str | None) -> str:
    """A page as it is cited: the printed number first, which is the one that is said aloud in a meeting."""
    return f"page {readable(label)} (file page {number})" if label else f"file page {number}, no printed number"


def kind_words(paper: Paper) -> str:
    """What a paper is: its kind, and its status where it has one."""
    kind = paper.kind[:1].upper() + paper.kind[1:]
    return f"{kind}, {paper.status}" if paper.status else kind


def count(number: int, thing: str) -> str:
    """How many of a thing: "1 paper", "1,204 papers"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def passage_html(passage: Passage, quote: str = "") -> str:
    """The whole passage, the quotation marked in it; a table row as its cells under their column headers.

    Where the passage doesn't hold the quotation (it may go on beyond the passage's end), nothing is marked.
    """
    marked = _span(passage, quote)
    cells = _cells(passage)
    if cells:
        return _row(passage, cells, marked)
    breaks = [(0, 0), *(match.span() for match in _NEW_LINE.finditer(passage.text)), (len(passage.text),) * 2]
    lines = (_marked(passage.text, (before[1], after[0]), marked) for before, after in pairwise(breaks))
    return "".join(f"<p>{line}</p>" for line in lines if line)


def _statements(answer: Answer, place: str) -> Iterator[str]:
    citations = {citation.number: citation for citation in answer.citations}
    shown: set[int] = set()
    for statement in answer.statements:
        cited = [citations[number] for number in statement.citations if number in citations]
        yield f'<div class="statement">{"".join(_statement(statement, cited, shown, place))}</div>'
        shown |= {citation.number for citation in cited}


def _statement(statement: Statement, cited: Sequence[Citation], shown: set[int], place: str) -> Iterator[str]:
    """The statement's own words as paragraphs, and each quotation where it stands among them, else after them.

    The same words in several papers are one quotation with several sources. A quotation that an earlier statement has
    shown, and that this one doesn't repeat, is only pointed at.
    """
    words = readable(statement.text)
    groups: dict[str, list[Citation]] = {}
    for citation in cited:
        groups.setdefault(squash(citation.quote), []).append(citation)
    at = 0
    after: list[list[Citation]] = []
    for (start, end), group in sorted(
        ((_standing(words, group[0]), group) for group in groups.values()), key=lambda found: found[0]
    ):
        # One that doesn't stand in the words, or overlaps another, comes after them.
        if start < at:
            after.append(group)
            continue
        yield _own_words(words[at:start])
        yield _quotation(group, place, words[at:start])
        at = end
    again = [group[0].number for group in after if group[0].number in shown]
    yield _own_words(words[at:], "".join(f" {_reference(number, place)}" for number in again))
    for group in after:
        if group[0].number not in shown:
            yield _quotation(group, place, words[at:])


def _standing(words: str, citation: Citation) -> Span:
    """Where a quotation stands in a statement's words, as `spoken` put it there or as it reads; (-1, -1) if nowhere."""
    for said in (spoken(citation.quote, citation.passage.headers), readable(citation.quote)):
        start = words.find(said)
        if start >= 0:
            return start, start + len(said)
    return -1, -1


def _own_words(words: str, references: str = "") -> str:
    # Around a quotation that the page sets apart, its quotation marks, a comma or a full stop are left over.
    words = words.strip(' “”"').lstrip(" ,;.")
    if not any(character.isalnum() for character in words):
        words = ""
    return f"<p>{_text(words)}{references}</p>" if words or references else ""


def _quotation(group: Sequence[Citation], place: str, said: str) -> str:
    """A quotation and its sources; what has been `said` of a source just before is not said again."""
    citation, passage = group[0], group[0].passage
    start, end = _span(passage, citation.quote)
    cells = [cell for cell in _cells(passage) if cell.start < end and start < cell.end]
    # Headers help to read a row; a quotation of some words of one cell is clearer alone.
    whole = len(cells) > 1 and start <= cells[0].start and cells[-1].end <= end
    words = _row(passage, cells) if whole else f"<p>{_text(citation.quote)}</p>"
    captions = "".join(f"<div>{_reference(each.number, place)} {_text(_caption(each, said))}</div>" for each in group)
    return f'<figure class="quotation"><blockquote>{words}</blockquote><figcaption>{captions}</figcaption></figure>'


def _caption(citation: Citation, said: str) -> str:
    paper = citation.paper
    named = readable(paper.title) in said and written_out(paper.date) in said
    source = "" if named else f"{paper.title}, {written_out(paper.date)}, "
    careful = f"; careful with this page: {citation.problem}" if citation.problem else ""
    return source + page_words(citation.page, citation.page_label) + careful


def _reference(number: int, place: str) -> str:
    target = _source_id(number, place)
    return f'<a class="reference" href="#{target}">[<span class="unseen">source </span>{number}]</a>'


def _source_id(number: int, place: str) -> str:
    return f"{place}-source-{number}"


def _sources(citations: Sequence[Citation], titles: Mapping[str, str], place: str) -> str:
    return _list(
        f'<li><details id="{_source_id(citation.number, place)}">'
        f"{_summary(f'[{citation.number}]', citation.paper, citation.page, citation.page_label)}"
        f"{_facts(citation.paper, titles, citation.passage)}"
        f'<div class="passage">{passage_html(citation.passage, citation.quote)}</div>{_check(citation.page)}'
        "</details></li>"
        for citation in citations
    )


def _hits(hits: Sequence[Hit], titles: Mapping[str, str]) -> str:
    return _list(
        f"<li><details>{_summary('', hit.paper, hit.page, hit.page_label)}"
        f"{_facts(hit.paper, titles, hit.passage)}"
        f'<div class="passage">{passage_html(hit.passage)}</div>{_check(hit.page)}</details></li>'
        for hit in hits
    )


def _list(items: Iterable[str]) -> str:
    # Safari forgets that a list without bullets is one, unless its role says so.
    return f'<ol class="sources" role="list">{"".join(items)}</ol>'


def _summary(mark: str, paper: Paper, page: int, label: str | None) -> str:
    where = f"{written_out(paper.date)}, {page_words(page, label)}"
    return f"<summary>{_text(mark)} <b>{_text(paper.title)}</b>, {_text(where)}</summary>"


def _facts(paper: Paper, titles: Mapping[str, str], passage: Passage) -> str:
    """What the summary leaves out of where the passage stands, as a list of terms."""
    document = titles.get(paper.document, paper.document)
    facts = {
        "Document": document,
        "Kind": kind_words(paper),
        "By": paper.body or "",
        "Item": paper.item or "",
        "Under": " > ".join(passage.headings),
        "Introduced by": passage.introduction,
    }
    terms = "".join(f"<div><dt>{term}</dt><dd>{_text(fact)}</dd></div>" for term, fact in facts.items() if fact)
    return f'<dl class="facts">{terms}</dl>'


def _check(page: int) -> str:
    return f'<p class="check">Always check the page: open the document at file page {page}.</p>'


def _span(passage: Passage, quote: str) -> Span:
    start = passage.text.find(quote) if quote else -1
    return (start, start + len(quote)) if start >= 0 else (0, 0)


def _cells(passage: Passage) -> list[_Cell]:
    """The cells of a table row; none where the passage isn't one, or its cells can't be matched to their headers."""
    texts = passage.text.split(CELL_BREAK)
    if not any(passage.headers) or len(texts) != len(passage.headers):
        return []
    ends = list(accumulate(len(text) + len(CELL_BREAK) for text in texts))
    return [
        _Cell(header, end - len(CELL_BREAK) - len(text), end - len(CELL_BREAK))
        for header, text, end in zip(passage.headers, texts, ends, strict=True)
    ]


def _row(passage: Passage, cells: Sequence[_Cell], marked: Span = (0, 0)) -> str:
    pairs = (
        f"<div><dt>{_text(cell.header) or 'No heading'}</dt>"
        f"<dd>{_marked(passage.text, (cell.start, cell.end), marked) or '(empty)'}</dd></div>"
        for cell in cells
    )
    return f'<dl class="row">{"".join(pairs)}</dl>'


def _marked(text: str, line: Span, marked: Span) -> str:
    """One line of a text, escaped, with what of it is marked in a `mark`."""
    start, end = (min(max(place, line[0]), line[1]) for place in marked)
    before, inside, after = text[line[0] : start], text[start:end], text[end : line[1]]
    if not inside.strip():
        return _text(text[line[0] : line[1]])
    return f"{_text(before)}{_gap(before, inside)}<mark>{_text(inside)}</mark>{_gap(inside, after)}{_text(after)}"


def _gap(left: str, right: str) -> str:
    # `readable` takes the white space off the ends of what it is given.
    return " " if left[-1:].isspace() or right[:1].isspace() else ""


def _text(text: str) -> str:
    return escape(readable(text))
