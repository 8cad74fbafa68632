"""The library as HTML: its papers, what is to be known of them, its files, and how far those that are handed in have
come. Pure functions; every word from outside is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.holdings import Body, Concern, Held
from assistant.intake import Line, Stage
from assistant.pages.escaping import text_html
from assistant.references import count, kind_words
from corpus.dates import written_out
from corpus.documents import Access, Paper
from index.adding import Outcome
from index.catalogue import Entry, Unread
from index.problems import page_list

OPEN_UP_TO = 40
"""Of so many papers the list stands open; of more, each body's is opened when it is wanted."""

_OUTCOMES = {
    Outcome.ADDED: "Added",
    Outcome.UPDATED: "Updated",
    Outcome.UNCHANGED: "Already here",
    Outcome.DUPLICATE: "Already here under another name",
    Outcome.HELD_BACK: "Held back",
    Outcome.FAILED: "Not added",
}


def papers_html(bodies: Sequence[Body]) -> str:
    """The papers held: for each body a table in order of date."""
    papers = sum(len(body.papers) for body in bodies)
    if not papers:
        return '<p class="lib-empty">No papers are held yet.</p>'
    return "".join(_body(body, number, is_open=papers <= OPEN_UP_TO) for number, body in enumerate(bodies, start=1))


def _body(body: Body, number: int, *, is_open: bool) -> str:
    days = [held.paper.date for held in body.papers if held.paper.date]
    period = f", {_period(days[0], days[-1])}" if days else ""
    held = count(len(body.papers), "paper") + text_html(period)
    summary = f"<summary><h3>{text_html(body.name)}</h3> <span>{held}</span></summary>"
    head = "".join(
        f'<th role="columnheader" scope="col">{name}</th>' for name in ("Date", "Paper", "Item", "File and pages")
    )
    rows = "".join(_paper(held) for held in body.papers)
    return (
        f'<details class="lib-body"{" open" if is_open else ""}>{summary}'
        '<table role="table" class="lib-papers"><caption class="unseen">'
        f"Papers of {text_html(body.name)}, in order of date</caption>{_columns(4)}"
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup" id="lib-body-{number}">{rows}</tbody></table></details>'
    )


def _columns(number: int) -> str:
    return f"<colgroup>{'<col>' * number}</colgroup>"


def _period(first: str, last: str) -> str:
    one, other = written_out(first), written_out(last)
    return one if one == other else f"{one} to {other}"


def _paper(held: Held) -> str:
    paper = held.paper
    told = "".join(f'<span class="lib-told">{text_html(_capital(line))}.</span>' for line in held.told)
    if paper.access is Access.EXEMPT:
        reason = text_html(_capital(paper.reason or "exempt"))
        what = f"<b>Held back</b><span>{reason}. Nothing of its text is kept.</span>"
    else:
        council = f" of {paper.council}" if paper.council else ""
        what = f"<b>{text_html(paper.title)}</b><span>{text_html(kind_words(paper) + council)}</span>{told}"
    cells = (
        ("Date", text_html(_capital(written_out(paper.date)))),
        ("Paper", what),
        ("Item", text_html(paper.item or "")),
        ("File and pages", f"<span>{text_html(held.entry.file)}</span><span>{text_html(_pages(held))}</span>"),
    )
    return f'<tr role="row">{"".join(_cell(name, value) for name, value in cells)}</tr>'


def _cell(name: str, value: str) -> str:
    """A cell, with its column's name for narrow screens, where each row is a card."""
    if name == "Date":
        return f'<th role="rowheader" scope="row" data-column="{name}">{value}</th>'
    if not value:
        return f'<td role="cell" class="lib-none" data-column="{name}"><span class="unseen">none</span></td>'
    return f'<td role="cell" data-column="{name}">{value}</td>'


def _pages(held: Held) -> str:
    """The printed numbers first: they are what is said aloud in a meeting."""
    file = f"file {page_list(range(held.paper.first_page, held.paper.last_page + 1))}"
    if held.printed is None:
        return f"{_capital(file)}, no printed numbers"
    first, last = held.printed
    return f"Page{'s' * (first != last)} {'-'.join(dict.fromkeys(held.printed))} ({file})"


def concerns_html(concerns: Sequence[Concern]) -> str:
    """What is to be known of the papers: first what needs attention, then what is good to know."""
    parts = []
    for attention, heading in ((True, "To look at"), (False, "Good to know")):
        some = [concern for concern in concerns if concern.needs_attention == attention]
        if some:
            count_of = f' <span class="lib-count">{len(some)}</span>' if attention else ""
            parts.append(f"<h2>{heading}{count_of}</h2>{''.join(map(_concern, some))}")
        elif attention:
            parts.append(f"<h2>{heading}</h2><p>Nothing: the library is sound, and every page was read.</p>")
    return "".join(parts)


def _concern(concern: Concern) -> str:
    items = "".join(f"<li>{text_html(message)}</li>" for message in concern.messages)
    kind = "lib-look" if concern.needs_attention else "lib-know"
    return (
        f'<details class="lib-concern {kind}"{" open" if concern.needs_attention else ""}>'
        f"<summary><h3>{text_html(concern.heading)}</h3> <span>{len(concern.messages)}</span></summary>"
        f"<ul>{items}</ul><p><b>What to do:</b> {text_html(concern.remedy)}</p></details>"
    )


def files_html(entries: Sequence[Entry], unread: Sequence[Unread], *, may_remove: bool) -> str:
    """The files of the library and those that could not be read; with buttons to take each out, for who may."""
    if not entries and not unread:
        return ""
    heads = ["File", "Pages", "Papers", "To be known", *(["Take out"] if may_remove else [])]
    head = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in heads)
    rows = "".join(
        _file(entry.file, str(entry.pages), str(len(entry.papers)), _known(entry), entry.id if may_remove else None)
        for entry in sorted(entries, key=lambda entry: entry.file.casefold())
    )
    failed = "".join(
        _file(
            each.file,
            "–",
            "–",
            f"<b>Could not be read.</b> {text_html(_sentence(each.reason))}",
            each.file if may_remove else None,
        )
        for each in unread
    )
    return (
        f'<details class="lib-body"><summary><h3>Documents and files</h3> '
        f"<span>{count(len(entries) + len(unread), 'file')}</span></summary>"
        f'<table role="table" class="lib-files"><caption class="unseen">The files of the library</caption>'
        f"{_columns(len(heads))}"
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{failed}{rows}</tbody></table></details>'
    )


def _file(file: str, pages: str, papers: str, known: str, remove: str | None) -> str:
    cells = [
        f'<th role="rowheader" scope="row" data-column="File">{text_html(file)}</th>',
        *(_cell(name, value) for name, value in (("Pages", pages), ("Papers", papers), ("To be known", known))),
    ]
    if remove is not None:
        button = (
            f'<button type="button" class="lib-button" data-remove="{text_html(remove)}" data-file="{text_html(file)}">'
            f'Take out<span class="unseen"> {text_html(file)}</span></button>'
        )
        cells.append(_cell("Take out", button))
    return f'<tr role="row">{"".join(cells)}</tr>'


def _known(entry: Entry) -> str:
    told = []
    held_back = sum(paper.access is Access.EXEMPT for paper in entry.papers)
    if held_back:
        told.append(f"{count(held_back, 'paper')} held back.")
    if entry.also:
        told.append(f"Also added as {', '.join(entry.also)}.")
    if entry.pages_without_text:
        told.append(f"No text on file {page_list(entry.pages_without_text)}.")
    if entry.pages_low_confidence:
        told.append(f"Text recognition wasn't sure of file {page_list(entry.pages_low_confidence)}.")
    told += entry.notes
    return " ".join(text_html(each) for each in told)


def summary_html(entries: Sequence[Entry], concerns: Sequence[Concern]) -> str:
    """How much is held, and of when, in one paragraph, with the way to what needs attention."""
    papers: list[Paper] = [paper for entry in entries for paper in entry.papers]
    days = sorted(paper.date for paper in papers if paper.date)
    period = f", from {_period(days[0], days[-1])}" if days else ""
    pages = sum(entry.pages for entry in entries)
    matters = sum(concern.needs_attention for concern in concerns)
    look = f' <a href="#lib-concerns">{count(matters, "matter")} to look at</a>' if matters else ""
    return (
        f"<p><b>{count(len(papers), 'paper')}</b> in {count(len(entries), 'document')}, {count(pages, 'page')}"
        f"{text_html(period)}.{look}</p>"
    )


def progress_html(lines: Sequence[Line], *, running: bool, stopping: bool) -> str:
    """How far each file has come that was handed in, and the buttons that stop it or put the list away."""
    if not lines:
        return ""
    items = "".join(_line(line) for line in lines)
    if stopping:
        button = "<p>Stopping…</p>"
    elif running:
        button = '<button type="button" class="lib-button" data-stop>Stop adding</button>'
    else:
        button = '<button type="button" class="lib-button" data-clear>Put this list away</button>'
    return f'<h3>Files handed in</h3><ol class="lib-lines">{items}</ol>{button}'


def progress_words(lines: Sequence[Line], *, running: bool) -> str:
    """The same in one sentence, which is read out as it changes."""
    if not lines:
        return ""
    over = [line for line in lines if line.is_over]
    failed = sum(line.outcome is Outcome.FAILED for line in over)
    added = sum(line.outcome in (Outcome.ADDED, Outcome.UPDATED, Outcome.HELD_BACK) for line in over)
    told = f"{len(over)} of {count(len(lines), 'file')} done" if running else f"Finished: {count(added, 'file')} added"
    return f"{told}{f', {failed} not added' if failed else ''}."


def _line(line: Line) -> str:
    name = f"<b>{text_html(line.file)}</b>"
    if line.stage is Stage.STOPPED:
        return f'<li class="lib-stopped">{name} <span>Stopped</span><p>{text_html(line.message)}</p></li>'
    if line.outcome is not None:
        kind = "lib-failed" if line.outcome is Outcome.FAILED else "lib-done"
        message = line.message.removeprefix(f"{line.file}: ")
        told = text_html(_capital(message))
        return f'<li class="{kind}">{name} <span>{_OUTCOMES[line.outcome]}</span><p>{told}</p></li>'
    bar = "<progress></progress>"
    words = {Stage.WAITING: "Waiting", Stage.READING: "Being read", Stage.ENCODING: "Being encoded"}[line.stage]
    if line.stage is Stage.WAITING:
        bar = ""
    elif line.stage is Stage.READING and line.page:
        words = f"Being read, page {line.page}"
    elif line.stage is Stage.ENCODING and line.passages:
        words = f"Being encoded, {line.encoded} of {count(line.passages, 'passage')}"
        bar = f'<progress max="{line.passages}" value="{line.encoded}"></progress>'
    label = f' aria-label="{text_html(line.file)}"'
    return f"<li>{name} <span>{words}</span>{bar.replace('<progress', f'<progress{label}', 1)}</li>"


def sentences_html(sentences: Iterable[str], *, failed: bool = False) -> str:
    """Sentences of ours, a paragraph each."""
    kind = ' class="lib-fault"' if failed else ""
    return "".join(f"<p{kind}>{text_html(sentence)}</p>" for sentence in sentences)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sentence(words: str) -> str:
    return _capital(words) if words.endswith(".") else f"{_capital(words)}."
