"""Runs as text for a terminal (at most 120 columns), as a page of misses, and as one JSON document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from eval.floors import Floors, Shortfall
from eval.gold import Question, not_verbatim
from eval.judging import Judgement, Run, Scores, grouped, right, scores
from eval.metrics import percentile

WIDTH = 120
"""The widest line of a report, in characters."""

BREAKDOWN_MEASURE = "recall@5"
"""What is broken down by type and asker besides the right outcomes: five hits are what a reader looks through."""


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
    """The whole report: every measure beside the baselines, then by type and by asker. `floors` are the first run's."""
    head = (
        f"{setting.questions} questions about {setting.documents} documents of {setting.pages} pages, "
        f"encoder {setting.encoder}"
    )
    parts = [
        "\n".join([head, *(shorten(f"note: {note}", WIDTH, placeholder=" ...") for note in setting.notes)]),
        _measures(runs, floors),
        "\n".join(f"{run.system}: {run.note}" for run in runs),
        _breakdown("right, by type", runs, lambda question: question.type, right),
        _breakdown(f"{BREAKDOWN_MEASURE}, by type", runs, lambda question: question.type, _breakdown_measure),
        _breakdown("right, by asker", runs, lambda question: question.asker, right),
        _breakdown(f"{BREAKDOWN_MEASURE}, by asker", runs, lambda question: question.asker, _breakdown_measure),
    ]
    return "\n\n".join(parts)


def misses(run: Run) -> str:
    """A page of what went wrong: question, status, rank of the first matching hit, what was expected and answered."""
    missed = [judgement for judgement in run.judgements if judgement.missed]
    counted = sum(judgement.outcome is not None for judgement in run.judgements)
    blocks = [f"{run.system}: {len(missed)} of {counted} questions went wrong"]
    blocks += [_miss(judgement) for judgement in missed]
    return "\n\n".join(blocks)


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


def _breakdown(
    title: str,
    runs: Sequence[Run],
    key: Callable[[Question], str],
    value: Callable[[Sequence[Judgement]], float | None],
) -> str:
    groups = [grouped(run.judgements, key) for run in runs]
    rows = [
        [name, str(len(judgements)), *(number(value(group[name])) for group in groups)]
        for name, judgements in groups[0].items()
    ]
    return table([title, "questions", *(run.system for run in runs)], rows)


def _breakdown_measure(judgements: Sequence[Judgement]) -> float | None:
    return scores(judgements)[BREAKDOWN_MEASURE]


def _miss(judgement: Judgement) -> str:
    question, reply = judgement.question, judgement.reply
    if not question.evidence:
        found = "no evidence to find"
    elif judgement.first_rank is None:
        found = f"nothing that matches among {len(reply.found)} hits"
    else:
        found = f"first match at rank {judgement.first_rank}"
    expected = question.answer or ("an answer" if question.answerable else f"none ({question.why or question.type})")
    wanted = " and ".join("/".join(group) for group in question.answer_keys)
    rows = [
        ("asked", " >> ".join([*question.history, question.question])),
        ("expected", expected + (f" [{wanted}]" if wanted else "")),
        ("answered", reply.text or "(nothing)"),
    ]
    head = f"{question.id}  {question.type}, {question.asker}  {reply.status}  {found}"
    return "\n".join([head, *(f"    {name:9} {shorten(text, WIDTH - 14, placeholder=' ...')}" for name, text in rows)])


def _run_as_json(run: Run) -> dict[str, object]:
    def by(key: Callable[[Question], str]) -> dict[str, dict[str, object]]:
        return {
            name: {"questions": len(group), "right": right(group), **_known(scores(group))}
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
        "by type": by(lambda question: question.type),
        "by asker": by(lambda question: question.asker),
        "judgements": [
            {
                "id": judgement.question.id,
                "status": judgement.reply.status.value,
                "right": None if judgement.outcome is None else judgement.outcome.right,
                "ranks": list(judgement.ranks),
                "relevant": list(judgement.relevant),
                "exact": list(judgement.exact),
                "seconds": judgement.reply.seconds,
            }
            for judgement in run.judgements
        ],
    }


def _known(values: Scores) -> dict[str, float]:
    return {name: value for name, value in values.items() if value is not None}
