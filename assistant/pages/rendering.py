"""Answers as HTML: plain headings, quotations, lists, disclosures. Pure functions; every word from outside is escaped.

The result is never parsed back: whoever needs an answer again keeps the `Answer`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from assistant.answer import Answer, Status
from assistant.citations import Citation
from assistant.pages.conversation import Turn
from assistant.pages.escaping import marked_html, text_html
from assistant.pages.place_links import link_to
from assistant.question import understand
from assistant.quoting import (
    NEAREST,
    Cell,
    OwnWords,
    Part,
    Quoted,
    Span,
    above_of,
    cells_of,
    lines_of,
    parts_of,
    span_of,
)
from assistant.recurring import subject_in
from assistant.references import kind_words, page_words, searched_words, written_by
from corpus.dates import written_out
from corpus.documents import Paper, Passage, readable
from index.hits import Hit
from index.lexicon import PlacedDefinition

TRACES = {"findings": "Findings", "promises": "Promises", "figures": "Figures"}
"""The views in which the subject of a question can be followed, by their names, and what their buttons say."""


def turn_html(turn: Turn, number: int) -> str:
    """One turn as an article: the question as its heading, then the answer, or why there is none."""
    place = f"turn-{number}"
    if turn.answer is not None:
        body = answer_html(turn.answer, turn.titles, place, turn.writer) + _actions(number, turn.answer)
    elif turn.problem is not None:
        body = f'<p class="problem">{text_html(turn.problem)}</p>{_actions(number)}'
    else:
        body = '<p class="pending">Searching the papers…</p>'
    heading = f'<h2 id="{place}"><span class="unseen">Question {number}: </span>{text_html(turn.question)}</h2>'
    return f'<article class="turn" aria-labelledby="{place}">{heading}{body}</article>'


def answer_html(answer: Answer, titles: Mapping[str, str], place: str, writer: str = "") -> str:
    """An answer without its question. `titles` are the documents' titles by id; `place` starts every id in it; `writer`
    is the language model that is still to write above it."""
    parts = []
    if readable(answer.standalone) != readable(answer.question):
        parts.append(f'<p class="aside">Searched for: {text_html(answer.standalone)}</p>')
    if answer.status in (Status.NOT_FOUND, Status.REFUSED):
        parts.append(f'<p class="declined"><strong>{text_html(answer.reason or "Not found.")}</strong></p>')
        if answer.hits:
            parts.append(f"<h3>Not an answer, but nearest</h3>{_hits(answer.hits[:NEAREST], titles)}")
    else:
        if answer.status is Status.PARTIAL:
            parts.append(
                f'<p class="declined"><strong>A part of the answer.</strong> {text_html(answer.reason or "")}</p>'
            )
        if writer or answer.drafted:
            # One element from first to last, so that the page can leave what stands around it as it is.
            parts.append(f'<div class="draft">{_draft(answer, place, writer)}</div>')
        parts += _statements(answer, place)
        if answer.short_forms:
            parts.append(f'<p class="aside">In full: {"; ".join(map(_short_form, answer.short_forms))}.</p>')
        parts.append(f"<h3>Sources</h3>{_sources(answer.citations, titles, place)}")
        cited = {citation.passage.id for citation in answer.citations}
        others = [hit for hit in answer.hits if hit.passage.id not in cited]
        if others:
            summary = f"<summary>Other passages that were found ({len(others)})</summary>"
            parts.append(f'<details class="others">{summary}{_hits(others, titles)}</details>')
    parts.append(f'<p class="aside">{text_html(searched_words(answer.searched))}</p>')
    return "".join(parts)


def passage_html(passage: Passage, quote: str = "") -> str:
    """The whole passage, the quotation marked in it; a table row as its cells under their column headers.

    Where the passage doesn't hold the quotation (it may go on beyond the passage's end), nothing is marked.
    """
    marked = span_of(passage, quote)
    cells = cells_of(passage)
    if cells:
        return _row(passage, cells, marked)
    lines = (marked_html(passage.text, line, marked) for line in lines_of(passage.text))
    return "".join(f"<p>{line}</p>" for line in lines if line)


def _short_form(found: PlacedDefinition) -> str:
    """A short form and what it stands for; a click opens the page that says so."""
    defined = found.definition
    link = link_to(found.document, defined.start, defined.end, text_html(defined.short))
    return f"{link}, {text_html(defined.long)}, {text_html(page_words(found.page, found.page_label))}"


def _actions(number: int, answer: Answer | None = None) -> str:
    """What can be done with a turn: the question changed or asked again, the answer saved, its subject followed."""
    named = f'aria-label="With question {number}"'

    def button(act: str, words: str, data: str = "") -> str:
        return f'<button type="button" data-act="{act}" data-turn="{number - 1}"{data}>{words}</button>'

    acts = [button("edit", "Change the question"), button("retry", "Ask it again")]
    if answer is not None:
        acts.append(button("save", "Save this answer (Word)"))
    follow = ""
    subject = _subject(answer) if answer is not None and answer.statements else ""
    if subject:
        data = f' data-about="{escape(subject)}"'
        traces = "".join(button(act, words, data) for act, words in TRACES.items())
        follow = f'<div class="follow"><span>Follow “{text_html(subject)}” through the papers:</span>{traces}</div>'
    return f'<div class="actions" role="group" {named}><div>{"".join(acts)}</div>{follow}</div>'


def _subject(answer: Answer) -> str:
    """What a question is about: by its own words or, where they name nothing, by those that it leans on as well."""
    return subject_in(understand(answer.question)) or subject_in(understand(answer.standalone))


def _draft(answer: Answer, place: str, writer: str) -> str:
    """What a language model wrote above an answer, by whom it is and what was removed; or that it is still writing, or
    why there is nothing."""
    if writer:
        words = f"The quotations are below. The language model {writer} is writing from them…"
        return f'<p class="pending">{text_html(words)}</p>'
    drafted = answer.drafted
    if drafted is None:
        return ""
    if not drafted.above:
        parts = [f'<p class="aside">{text_html(drafted.fallback or "")}</p>']
    else:
        parts = [
            f'<h3>Written by a language model</h3><p class="aside">{text_html(written_by(drafted.model))}</p>',
            *_shown_parts(answer, above_of(answer), place),
        ]
    if drafted.removed:
        removed = "".join(
            f"<li><q>{text_html(each.text)}</q> <span>Removed because {text_html(each.why)}.</span></li>"
            for each in drafted.removed
        )
        summary = f"Removed from what it wrote ({len(drafted.removed)})"
        parts.append(f'<details class="others"><summary>{summary}</summary><ul>{removed}</ul></details>')
    if drafted.above:
        parts.append("<h3>In the papers’ own words</h3>")
    return "".join(parts)


def _statements(answer: Answer, place: str) -> Iterator[str]:
    return _shown_parts(answer, parts_of(answer), place)


def _shown_parts(answer: Answer, statements: Iterable[Sequence[Part]], place: str) -> Iterator[str]:
    citations = {citation.number: citation for citation in answer.citations}
    for parts in statements:
        shown = (
            _own_words(part, citations, place) if isinstance(part, OwnWords) else _quotation(part, place)
            for part in parts
        )
        yield f'<div class="statement">{"".join(shown)}</div>'


def _own_words(words: OwnWords, citations: Mapping[int, Citation], place: str) -> str:
    references = "".join(f" {_reference(citations[number], place)}" for number in words.again)
    return f"<p>{text_html(words.text)}{references}</p>"


def _quotation(quoted: Quoted, place: str) -> str:
    """A quotation and its sources; what has been said of a source just before is not said again."""
    first = quoted.citations[0]
    words = _row(first.passage, quoted.cells) if quoted.cells else f"<p>{text_html(first.quote)}</p>"
    captions = "".join(
        f"<div>{_reference(each, place)} {text_html(_caption(each, quoted.said))}</div>" for each in quoted.citations
    )
    return f'<figure class="quotation"><blockquote>{words}</blockquote><figcaption>{captions}</figcaption></figure>'


def _caption(citation: Citation, said: str) -> str:
    paper = citation.paper
    named = readable(paper.title) in said and written_out(paper.date) in said
    source = "" if named else f"{paper.title}, {written_out(paper.date)}, "
    careful = f"; careful with this page: {citation.problem}" if citation.problem else ""
    return source + page_words(citation.page, citation.page_label) + careful


def _reference(citation: Citation, place: str) -> str:
    """A citation's number, which opens its page; its source in the list below where it can't be placed."""
    number = f"[{_unseen('source ')}{citation.number}{_unseen(' on its page')}]"
    if citation.span is None:
        target = _source_id(citation.number, place)
        return f'<a class="reference" href="#{target}">{number}</a>'
    return link_to(citation.passage.document, *citation.span, number, "reference")


def _unseen(words: str) -> str:
    return f'<span class="unseen">{words}</span>'


def _source_id(number: int, place: str) -> str:
    return f"{place}-source-{number}"


def _sources(citations: Sequence[Citation], titles: Mapping[str, str], place: str) -> str:
    return _list(
        f'<li><details id="{_source_id(citation.number, place)}">'
        f"{_summary(f'[{citation.number}]', citation.paper, citation.page, citation.page_label)}"
        f"{_facts(citation.paper, titles, citation.passage)}"
        f'<div class="passage">{passage_html(citation.passage, citation.quote)}</div>'
        f"{_check(citation.passage, citation.page, citation.span)}"
        "</details></li>"
        for citation in citations
    )


def _hits(hits: Sequence[Hit], titles: Mapping[str, str]) -> str:
    return _list(
        f"<li><details>{_summary('', hit.paper, hit.page, hit.page_label)}"
        f"{_facts(hit.paper, titles, hit.passage)}"
        f'<div class="passage">{passage_html(hit.passage)}</div>{_check(hit.passage, hit.page)}</details></li>'
        for hit in hits
    )


def _list(items: Iterable[str]) -> str:
    # Safari forgets that a list without bullets is one, unless its role says so.
    return f'<ol class="sources" role="list">{"".join(items)}</ol>'


def _summary(mark: str, paper: Paper, page: int, label: str | None) -> str:
    where = f"{written_out(paper.date)}, {page_words(page, label)}"
    return f"<summary>{text_html(mark)} <b>{text_html(paper.title)}</b>, {text_html(where)}</summary>"


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
    terms = "".join(f"<div><dt>{term}</dt><dd>{text_html(fact)}</dd></div>" for term, fact in facts.items() if fact)
    return f'<dl class="facts">{terms}</dl>'


def _check(passage: Passage, page: int, span: Span | None = None) -> str:
    link = link_to(passage.document, *(span or (passage.start, passage.end)), f"see file page {page}")
    return f'<p class="check">Always check the page: {link}.</p>'


def _row(passage: Passage, cells: Sequence[Cell], marked: Span = (0, 0)) -> str:
    pairs = (
        f"<div><dt>{text_html(cell.header) or 'No heading'}</dt>"
        f"<dd>{marked_html(passage.text, (cell.start, cell.end), marked) or '(empty)'}</dd></div>"
        for cell in cells
    )
    return f'<dl class="row">{"".join(pairs)}</dl>'
