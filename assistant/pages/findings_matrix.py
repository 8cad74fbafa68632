"""Findings as HTML: the matrix of themes and inspections, a cell's quotations, a subject's findings. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from assistant.findings import TracedFinding
from assistant.matrix import PROSE, REST, Column, Findings, Matrix, Row, column_of
from assistant.pages.escaping import text_html
from assistant.pages.trace_html import NOTHING_TO_OPEN, problem_html, quotation_html, source_html
from assistant.references import count
from corpus.dates import written_out
from corpus.reading.witness import squash

NOT_MENTIONED = "not mentioned"
CAUTION = (
    "“Not mentioned” says only that none of that inspection’s formal findings stands under the theme. It doesn’t say "
    "that anything had improved."
)
_NOTES = {
    REST: "Formal findings that no paper puts under a theme.",
    PROSE: "What the inspectors say outside their lists; name a subject above to search it.",
}
COMPUTED = "Computed theme: named after the words of its findings, in no paper."


def inspection_words(column: Column, columns: Sequence[Column]) -> str:
    """An inspection in a few words; its council is named where there are several, or where that alone tells it from
    another."""
    alike = [each for each in columns if (each.year, each.kind) == (column.year, column.kind)]
    several = len(alike) > 1 or len({each.council for each in columns if each.council}) > 1
    council = f", {column.council or 'council not named'}" if several else ""
    return f"{column.year} {column.kind}{council}"


def matrix_html(matrix: Matrix) -> str:
    """The matrix as a table; each cell with findings is a button that opens them."""
    names = [inspection_words(column, matrix.columns) for column in matrix.columns]
    heads = "".join(
        f'<th scope="col" role="columnheader">{_column_head(column, name)}</th>'
        for column, name in zip(matrix.columns, names, strict=True)
    )
    rows = "".join(_row(row, matrix.columns, names) for row in matrix.rows)
    return (
        f'<p class="caution">{CAUTION}</p>'
        '<div class="sideways" role="region" aria-label="Themes and inspections" tabindex="0">'
        '<table class="traced matrix" role="table">'
        "<caption>Formal findings: themes by inspections, those first that recur most</caption>"
        f'<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Theme</th>{heads}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def _column_head(column: Column, name: str) -> str:
    year, _, rest = name.partition(" ")
    day = column.date if column.date and len(column.date) > 4 else None
    when = f'<span class="quiet">{escape(written_out(day))}</span>' if day else ""
    return f"<b>{year}</b> {text_html(rest)} {when}"


def _row(row: Row, columns: Sequence[Column], names: Sequence[str]) -> str:
    cells = "".join(
        f'<td role="cell" data-label="{escape(name)}">{_cell(row, column, name, found)}</td>'
        for column, name, found in zip(columns, names, row.cells, strict=True)
    )
    notes = [_NOTES.get(row.key) or f"In {count(row.recurs_in, 'inspection')}."]
    if row.computed:
        notes.append(COMPUTED)
    note = "".join(f'<span class="quiet">{escape(words)}</span>' for words in notes)
    return f'<tr role="row"><th scope="row" role="rowheader">{text_html(row.name)} {note}</th>{cells}</tr>'


def _cell(row: Row, column: Column, name: str, found: Findings) -> str:
    if not found:
        words = "none quoted" if row.key in (REST, PROSE) else NOT_MENTIONED
        return f'<span class="quiet">{words}</span>'
    return (
        f'<button type="button" class="opens" data-open data-row="{escape(row.key)}" '
        f'data-column="{escape(column.key)}">{count(len(found), "finding")}'
        f'<span class="unseen">: {text_html(row.name)}, {text_html(name)}</span></button>'
    )


def opened_html(matrix: Matrix, row: str, column: str) -> str:
    """The quotations of a cell; a sentence where there is no such cell any more."""
    found = matrix.cell(row, column)
    if found is None or not found[2]:
        return problem_html(NOTHING_TO_OPEN)
    under, of, findings = found
    name = inspection_words(of, matrix.columns)
    return (
        '<section class="opened" aria-labelledby="findings-cell"><h3 id="findings-cell" data-focus tabindex="-1">'
        f"{text_html(under.name)}: {text_html(name)}</h3>"
        f'<p><a href="#" data-back="findings-trace">Back to the table</a></p>{_list(findings)}</section>'
    )


def matrix_words(findings: Sequence[TracedFinding], matrix: Matrix) -> str:
    """How much the matrix holds, in a sentence; escaped."""
    themes = sum(row.key not in (REST, PROSE) for row in matrix.rows)
    return (
        f"{count(len(findings), 'finding')} of {count(len(matrix.columns), 'inspection')}, {count(themes, 'theme')}. "
        "Choose a number to read its findings."
    )


def about_words(findings: Sequence[TracedFinding], about: str, columns: Sequence[Column]) -> str:
    """How much belongs to a subject, in a sentence; escaped."""
    said = len({column_of(finding, columns) for finding in findings})
    of = count(len(columns), "inspection")
    return f"{count(len(findings), 'finding')} about “{text_html(about)}”, in {said} of {of}."


def about_html(findings: Sequence[TracedFinding], columns: Sequence[Column]) -> str:
    """What belongs to a subject, inspection by inspection of all that there are, the best first in each."""
    under: list[list[TracedFinding]] = [[] for _ in columns]
    for finding in findings:
        under[column_of(finding, columns)].append(finding)
    caution = "Which findings belong to a subject is told by their words and meaning; some may be missing. "
    silent = f"“Not mentioned” says that these papers quote nothing of the inspection that belongs to it: {_NO_BETTER}"
    groups = "".join(
        f"<h3>{text_html(inspection_words(column, columns))}</h3>{_list(found) if found else _silent()}"
        for column, found in zip(columns, under, strict=True)
    )
    return f'<p class="caution">{caution}{silent}</p>{groups}'


_NO_BETTER = "it doesn’t mean that anything had improved."


def _silent() -> str:
    return f'<p class="quiet">{NOT_MENTIONED.capitalize()}.</p>'


def _list(findings: Sequence[TracedFinding]) -> str:
    items = "".join(f"<li>{finding_html(finding)}</li>" for finding in findings)
    return f'<ol class="found" role="list">{items}</ol>'


def finding_html(finding: TracedFinding) -> str:
    """A finding: its quotation, what it is, and every paper that says it; where one words it otherwise, its words."""
    number = f" {finding.number}" if finding.number is not None else ""
    kind = (finding.kind.value if finding.is_formal else "finding in prose").capitalize()
    computed = " (computed theme)" if finding.computed else ""
    theme = f" · {text_html(finding.theme)}{computed}" if finding.theme else ""
    sources = "".join(f"<li>{source}</li>" for source in _sources(finding))
    return (
        f'<figure><p class="quiet">{escape(kind)}{number}{theme}</p>{quotation_html(finding.text)}'
        f'<figcaption><ul role="list">{sources}</ul></figcaption></figure>'
    )


def _sources(finding: TracedFinding) -> Iterator[str]:
    for each in finding.standing:
        who = f'<span class="quiet">({escape(each.record.said.value)})</span>'
        said = f"{source_html(each.paper, each.record.places)} {who}"
        differs = squash(each.record.text) != squash(finding.text)
        yield f"{said}: “{text_html(each.record.text)}”" if differs else said
