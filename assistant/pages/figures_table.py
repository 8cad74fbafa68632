"""Figures as HTML: the indicators to choose from; one of them as a table and a chart. Pure; every word is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.figures import Series
from assistant.pages.chart import chart_html
from assistant.pages.escaping import text_html
from assistant.pages.trace_html import more_html, place_link
from assistant.plotting import plot_of
from assistant.references import count
from corpus.dates import written_out
from corpus.records.figures import Figure
from index.records import Recorded

AT_ONCE = 25
"""Indicators that are listed before somebody asks for more."""

NO_LINE = "There is no chart: the papers don’t give this indicator as one number at two times."
EMPTY = "(empty)"


def name_of(series: Series) -> str:
    """An indicator's name with its reference, where it has one."""
    ref = series.rows[-1].record.ref
    return f"{ref} {series.indicator}" if ref else series.indicator


def indicators_words(found: Sequence[Series], asked: str | None) -> str:
    """How many indicators there are, in a sentence, escaped; `asked` is what was looked for."""
    several = len(found) > 1
    order = ", best first" if several else ""
    about = f" for “{text_html(asked)}”{order}" if asked else " in the papers’ tables"
    return f"{count(len(found), 'indicator')}{about}.{' Choose one to see its values.' if several else ''}"


def indicators_html(found: Sequence[Series]) -> str:
    """The indicators, each a button that opens it, by its place among them and its id."""
    items = "".join(_item(series, place) for place, series in enumerate(found))
    return f'<ul class="indicators" role="list">{items}</ul>{more_html(len(found) - AT_ONCE, AT_ONCE)}'


def _item(series: Series, place: int) -> str:
    newest = series.rows[-1]
    where = [newest.record.section, newest.paper.title, written_out(newest.paper.date)]
    return (
        f"<li data-item{' hidden' if place >= AT_ONCE else ''}>"
        f'<button type="button" class="opens" data-open data-at="{place}" data-series="{escape(series.id)}">'
        f"{text_html(name_of(series))}</button> "
        f'<span class="quiet">{text_html(", ".join(filter(None, where)))}</span></li>'
    )


def series_html(series: Series) -> str:
    """An indicator: its chart, where its values make a line, what isn't drawn and why, and its table."""
    plot = plot_of(series)
    name = name_of(series)
    chart = chart_html(plot, name, "figures-chart") if plot.is_drawable else f'<p class="quiet">{NO_LINE}</p>'
    told = "".join(f"<li>{text_html(sentence)}</li>" for sentence in plot.told) if plot.is_drawable else ""
    return (
        '<section class="opened" aria-labelledby="figures-series">'
        f'<h3 id="figures-series" data-focus tabindex="-1">{text_html(name)}</h3>'
        f'<p><a href="#" data-back="figures-trace">Back to the indicators</a></p>{chart}'
        f"{f'<ul>{told}</ul>' if told else ''}{table_html(series)}</section>"
    )


def table_html(series: Series) -> str:
    """Every value under its header, a row for every paper's row, each with a link to its page."""
    headers = list(dict.fromkeys(header for row in series.rows for header, _ in row.record.values))
    heads = "".join(f'<th scope="col" role="columnheader">{text_html(header)}</th>' for header in headers)
    rows = "".join(_row(row, headers) for row in series.rows)
    return (
        '<div class="sideways" role="region" aria-label="Values as printed" tabindex="0">'
        f'<table class="traced figures" role="table"><caption>{text_html(name_of(series))}: values as printed</caption>'
        '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Paper</th>'
        f'<th scope="col" role="columnheader">Period of the table</th>{heads}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def _row(row: Recorded[Figure], headers: Sequence[str]) -> str:
    figure, values = row.record, dict(row.record.values)
    pages = " and ".join(place_link(place) for place in figure.places)
    paper = f"{text_html(row.paper.title)}, {escape(written_out(row.paper.date))}, {pages}"
    period = text_html(figure.period) if figure.period else '<span class="quiet">not named</span>'
    cells = "".join(_cell(header, values.get(header)) for header in headers)
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{paper}</th>'
        f'<td role="cell" data-label="Period of the table"><div>{period}</div></td>{cells}</tr>'
    )


def _cell(header: str, value: str | None) -> str:
    said = (
        text_html(value)
        if value
        else f'<span class="quiet">{EMPTY if value is not None else "(no such column)"}</span>'
    )
    return f'<td role="cell" data-label="{text_html(header)}"><div>{said}</div></td>'
