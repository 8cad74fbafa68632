"""A line chart as SVG. Pure: lines are told apart by their dashes and marks, and named in words below. Every word from
outside is escaped."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from assistant.pages.escaping import text_html
from assistant.plotting import Line, Period, Plot, Point, Role, spread

HEIGHT = 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 24, 14, 44
"""Room around the lines for the numbers and the periods."""

TICKS = 5
"""So many numbers stand at the side, at most one more."""

_MARKS = (
    '<circle class="dot" r="5"/>',
    '<path class="dot" d="M-5 -5h10v10h-10z"/>',
    '<path class="dot" d="M0 -6l6 10h-12z"/>',
    '<path class="hollow" d="M0 -6l6 6l-6 6l-6 -6z"/>',
    '<path class="hollow" d="M-5 -5l10 10m0 -10l-10 10"/>',
    '<circle class="hollow" r="5"/>',
)
DASHES = len(_MARKS)
"""So many lines look each different from the others; others begin anew."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where values and days stand in the drawing."""

    width: int
    first: int
    last: int
    low: float
    high: float

    def x(self, point: Period) -> float:
        span = max(self.last - self.first, 1)
        return _LEFT + (point.middle.toordinal() - self.first) / span * (self.width - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        return _TOP + (self.high - value) / (self.high - self.low) * (HEIGHT - _TOP - _BOTTOM)


def ticks_of(values: Sequence[float]) -> tuple[float, ...]:
    """Round numbers in even steps from 0, or from below the least value where that is below 0, to the greatest at
    least."""
    low, high = min([0.0, *values]), max([0.0, *values])
    rough = (high - low) / TICKS or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 2.5, 5, 10) if power * times >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(round(step * times, 10) for times in range(first, max(last, first + 1) + 1))


def chart_html(plot: Plot, indicator: str, prefix: str) -> str:
    """The chart for wide and for narrow screens, and its key; `prefix` begins its ids."""
    wide, narrow = (
        _svg(plot, indicator, f"{prefix}-{name}", width) for name, width in (("wide", 640), ("narrow", 300))
    )
    key = "".join(
        f'<li><svg class="sample" viewBox="0 0 44 16" width="44" height="16" aria-hidden="true">'
        f'<g class="{_style(place)}"><path class="line" d="M2 8H42"/>{_mark(place, 22, 8)}</g></svg> '
        f"{escape(_key_words(line))}</li>"
        for place, line in enumerate(plot.lines)
    )
    return (
        f'<figure class="chart"><div class="wide">{wide}</div><div class="narrow">{narrow}</div>'
        f'<figcaption><ul class="key" role="list">{key}</ul></figcaption></figure>'
    )


def _key_words(line: Line) -> str:
    """Its name; a value that stands alone may lie under another's mark, so it is said."""
    if len(line.points) > 1:
        return _named(line)
    only = line.points[0]
    return f"{_named(line)}: {only.written} in {only.period.name}"


def _named(line: Line) -> str:
    """Its name and, where that doesn't tell that it isn't the indicator's own, what it is."""
    is_told = line.role is Role.OWN or line.role.value in line.name.casefold()
    return line.name if is_told else f"{line.name} ({line.role.value})"


def _svg(plot: Plot, indicator: str, id_: str, width: int) -> str:
    periods = spread(plot.lines)
    values = [point.value for line in plot.lines for point in line.points]
    ticks = ticks_of(values)
    days = [period.middle.toordinal() for period in periods]
    scale = _Scale(width, days[0], days[-1], ticks[0], ticks[-1])
    drawn = "".join(_line(line, place, scale) for place, line in enumerate(plot.lines))
    return (
        f'<svg viewBox="0 0 {width} {HEIGHT}" role="img" aria-labelledby="{id_}-title {id_}-desc">'
        f'<title id="{id_}-title">{text_html(indicator)}, from {text_html(periods[0].name)} to '
        f'{text_html(periods[-1].name)}</title><desc id="{id_}-desc">{escape(described(plot))}</desc>'
        f'<g aria-hidden="true">{"".join(_grid(ticks, plot.unit, scale))}{"".join(_axis(periods, scale))}{drawn}'
        "</g></svg>"
    )


def described(plot: Plot) -> str:
    """The chart in words: each line with its values."""
    return " ".join(
        f"{_named(line)}: {', '.join(f'{point.written} in {point.period.name}' for point in line.points)}."
        for line in plot.lines
    )


def _grid(ticks: Sequence[float], unit: str, scale: _Scale) -> Iterator[str]:
    for tick in ticks:
        y = scale.y(tick)
        yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{scale.width - _RIGHT}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{escape(_with_unit(tick, unit))}</text>'


def _with_unit(value: float, unit: str) -> str:
    number = f"{value:,.10f}".rstrip("0").rstrip(".")
    money = "£" if unit.startswith("£") else ""
    rest = unit.removeprefix("£")
    return f"{money}{number}{rest if len(rest) == 1 else ''}"


def _axis(periods: Sequence[Period], scale: _Scale) -> Iterator[str]:
    """The periods' names, as far as they don't run into one another; first and last always."""
    least = 90 if scale.width > 400 else 80
    shown = [periods[0]]
    for period in periods[1:-1]:
        if scale.x(period) - scale.x(shown[-1]) >= least and scale.x(periods[-1]) - scale.x(period) >= least:
            shown.append(period)
    shown += periods[-1:] if len(periods) > 1 else []
    for period in periods:
        yield f'<path class="tick" d="M{scale.x(period):.1f} {HEIGHT - _BOTTOM}v6"/>'
    for place, period in enumerate(shown):
        anchor = "start" if place == 0 else "end" if place == len(shown) - 1 else "middle"
        x = _LEFT if anchor == "start" else scale.width - 2 if anchor == "end" else scale.x(period)
        yield f'<text x="{x:.1f}" y="{HEIGHT - _BOTTOM + 22}" text-anchor="{anchor}">{text_html(period.name)}</text>'


def _line(line: Line, place: int, scale: _Scale) -> str:
    stops = [(scale.x(point.period), scale.y(point.value), point) for point in line.points]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y, _ in stops)
    stroke = f'<path class="line" d="M{path}"/>' if len(stops) > 1 else ""
    marks = "".join(f"<g>{_tip(line, point)}{_mark(place, x, y)}</g>" for x, y, point in stops)
    return f'<g class="{_style(place)}">{stroke}{marks}</g>'


def _tip(line: Line, point: Point) -> str:
    return f"<title>{escape(line.name)}, {text_html(point.period.name)}: {text_html(point.written)}</title>"


def _style(place: int) -> str:
    return f"series series-{place % DASHES + 1}"


def _mark(place: int, x: float, y: float) -> str:
    return f'<g transform="translate({x:.1f} {y:.1f})">{_MARKS[place % DASHES]}</g>'
