"""Runs as text for a terminal (at most 120 columns), and as one JSON document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from eval.comparison import MAIN, RECALL, RIGHT, Comparison, Measure, compare
from eval.floors import Floors, Shortfall
from eval.gold import Question, not_verbatim
from eval.judging import Run, Scores, grouped, scores
from eval.metrics import percentile
from eval.statistics import Interval

WIDTH = 120
"""The widest line of a report, in characters."""

BROKEN_DOWN = (RIGHT, RECALL)
"""What is told by type and by asker."""

BREAKDOWNS: Mapping[str, Callable[[Question], str]] = {
    "type": lambda question: question.type,
    "asker": lambda question: question.asker,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What was evaluated: questions, library, encoder; `notes` are sentences that qualify the numbers."""

    questions: int
    documents: int
    pages: int
    encoder: str
    notes: tuple[str, ...] = ()


def notes_on(questions: Sequence[Question], texts: Mapping[str, str]) -> tuple[str, ...]:
    """What is to be known of the gold beside these documents (id to whole text): what it names and they don't have."""
    wanted = {evidence.document for question in questions for group in question.evidence for evidence in group}
    lost = [(question, evidence) for question, evidence in not_verbatim(questions, texts) if evidence.document in texts]
    notes = []
    if missing := sorted(wanted - texts.keys()):
        notes.append(f"the library lacks {len(missing)} documents that the evidence names: {', '.join(missing)}")
    if lost:
        ids = ", ".join(dict.fromkeys(question.id for question, _ in lost))
        notes.append(f"{len(lost)} evidence quotes don't stand word for word in the library's text: {ids}")
    return tuple(notes)


def report(setting: Setting, runs: Sequence[Run], floors: Floors | None) -> str:
    """The whole report: every measure beside the baselines, with intervals and tests, then by type and by asker.

    The first run is the one that is compared with the others; `floors` are its.
    """
    head = (
        f"{setting.questions} questions about {setting.documents} documents of {setting.pages} pages, "
        f"encoder {setting.encoder}"
    )
    parts = [
        "\n".join([head, *(shorten(f"note: {note}", WIDTH, placeholder=" ...") for note in setting.notes)]),
        _measures(runs, floors),
        "\n".join(f"{run.system}: {run.note}" for run in runs),
        _intervals(runs),
        *([_comparisons(runs[0], runs[1:])] if runs[1:] else []),
        *(
            _breakdown(f"{measure.name}, by {name}", runs, key, measure)
            for name, key in BREAKDOWNS.items()
            for measure in BROKEN_DOWN
        ),
    ]
    return "\n\n".join(parts)


def as_json(
    setting: Setting, runs: Sequence[Run], floors: Floors | None, below: Sequence[Shortfall]
) -> dict[str, object]:
    """The report as plain values, with every judgement, for another program."""
    return {
        "questions": setting.questions,
        "documents": setting.documents,
        "pages": setting.pages,
        "encoder": setting.encoder,
        "notes": list(setting.notes),
        "floors": None if floors is None else {"measures": dict(floors.measures), "types": dict(floors.types)},
        "below": [str(shortfall) for shortfall in below],
        "systems": {run.system: _run_as_json(run) for run in runs},
        "comparisons": [_comparison_as_json(found) for other in runs[1:] for found in compare(runs[0], other)],
    }


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns two spaces apart, the first to the left, all others to the right, as wide as their widest cell."""
    widths = [max(len(row[n]) for row in (header, *rows)) for n in range(len(header))]
    lines = []
    for row in (header, *rows):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def number(value: float | None) -> str:
    """A score to three places, a dash where nothing was measured."""
    return "-" if value is None else f"{value:.3f}"


def between(interval: Interval | None, *, signed: bool = False) -> str:
    """An interval to two places, with signs where it is one of differences; a dash where there is none."""
    sign = "+" if signed else ""
    return "-" if interval is None else f"{interval.low:{sign}.2f} to {interval.high:{sign}.2f}"


def change(comparison: Comparison) -> str:
    """The difference of two scores with its sign, a dash where nothing was measured."""
    return "-" if comparison.difference is None else f"{comparison.difference:+.3f}"


def probability(comparison: Comparison) -> str:
    """The p of a comparison to three places, a dash where nothing was measured."""
    if comparison.difference is None:
        return "-"
    return "<0.001" if comparison.p < 0.0005 else f"{comparison.p:.3f}"


def _measures(runs: Sequence[Run], floors: Floors | None) -> str:
    values = [scores(run.judgements) for run in runs]
    rows = [[name, *(number(value[name]) for value in values)] for name in values[0]]
    if floors is not None:
        rows = [[*row, number(floors.measures.get(row[0]))] for row in rows]
    rows += [
        [label, *cells, *([""] if floors is not None else [])]
        for label, cells in (
            ("quotes checked", [_quotes_checked(run) for run in runs]),
            ("seconds, median", [number(_seconds(run, 0.5)) for run in runs]),
            ("seconds, 95 %", [number(_seconds(run, 0.95)) for run in runs]),
        )
    ]
    return table(["", *(run.system for run in runs), *(["floor"] if floors is not None else [])], rows)


def _quotes_checked(run: Run) -> str:
    """How many of the quotes could be looked up in a PDF, so that a perfect exactness of nothing is seen as such."""
    checked = sum(len(judgement.exact) for judgement in run.judgements)
    return f"{checked} of {sum(len(judgement.reply.cited) for judgement in run.judgements)}"


def _seconds(run: Run, share: float) -> float | None:
    return percentile((judgement.reply.seconds for judgement in run.judgements), share)


def _intervals(runs: Sequence[Run]) -> str:
    rows = [[measure.name, *(between(measure.interval(run.judgements)) for run in runs)] for measure in MAIN]
    return table(["95 % intervals", *(run.system for run in runs)], rows)


def _comparisons(run: Run, others: Sequence[Run]) -> str:
    rows = [
        [
            f"against {other.system}: {found.measure.name}",
            str(found.questions),
            number(found.score),
            number(found.other),
            change(found),
            between(found.interval, signed=True),
            probability(found),
            found.test,
        ]
        for other in others
        for found in compare(run, other)
    ]
    return table([run.system, "questions", "score", "other", "change", "95 %", "p", "test"], rows)


def _breakdown(title: str, runs: Sequence[Run], key: Callable[[Question], str], measure: Measure) -> str:
    groups = [grouped(run.judgements, key) for run in runs]
    first, *others = groups
    rows = [
        [
            name,
            str(len(judgements)),
            number(measure.score(judgements)),
            between(measure.interval(judgements)),
            *(number(measure.score(group[name])) for group in others),
        ]
        for name, judgements in first.items()
    ]
    names = [run.system for run in runs]
    return table([title, "questions", names[0], "95 %", *names[1:]], rows)


def _comparison_as_json(comparison: Comparison) -> dict[str, object]:
    return {
        "measure": comparison.measure.name,
        "against": comparison.against,
        "questions": comparison.questions,
        "score": comparison.score,
        "other": comparison.other,
        "difference": comparison.difference,
        "interval": _interval(comparison.interval),
        "p": comparison.p,
        "test": comparison.test,
    }


def _interval(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def _run_as_json(run: Run) -> dict[str, object]:
    def by(key: Callable[[Question], str]) -> dict[str, dict[str, object]]:
        return {
            name: {"questions": len(group), "right": RIGHT.score(group), **_known(scores(group))}
            for name, group in grouped(run.judgements, key).items()
        }

    return {
        "note": run.note,
        "measures": dict(scores(run.judgements)),
        "seconds": {"p50": _seconds(run, 0.5), "p95": _seconds(run, 0.95)},
        "quotes": {
            "cited": sum(len(judgement.reply.cited) for judgement in run.judgements),
            "checked": sum(len(judgement.exact) for judgement in run.judgements),
        },
        "intervals": {measure.name: _interval(measure.interval(run.judgements)) for measure in MAIN},
        **{f"by {name}": by(key) for name, key in BREAKDOWNS.items()},
        "judgements": [
            {
                "id": judgement.question.id,
                "status": judgement.reply.status.value,
                "right": None if judgement.outcome is None else judgement.outcome.right,
                "ranks": list(judgement.ranks),
                "relevant": list(judgement.relevant),
                "exact": list(judgement.exact),
                "evidence": judgement.reply.evidence,
                "seconds": judgement.reply.seconds,
            }
            for judgement in run.judgements
        ],
    }


def _known(values: Scores) -> dict[str, float]:
    return {name: value for name, value in values.items() if value is not None}
