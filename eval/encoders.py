"""The tuned encoder beside the plain one, on the same papers and questions: by meaning alone, by the whole search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.comparison import MAIN, compare
from eval.judging import Run
from eval.report import change, number, probability, table


@dataclass(frozen=True, slots=True)
class Pair:
    """What one way of searching finds with the tuned encoder and with the plain one."""

    way: str
    tuned: Run
    plain: Run


def encoders_report(pairs: Sequence[Pair]) -> str:
    """For each way of searching the main measures with both encoders, how much better the tuned one is, and the p of
    the difference."""
    rows = []
    for pair in pairs:
        rows.append([pair.way, pair.plain.system, *_cells(pair.plain)])
        compared = compare(pair.tuned, pair.plain, MAIN)
        cells = [cell for c in compared for cell in (number(c.score), change(c), probability(c))]
        rows.append([pair.way, pair.tuned.system, *cells])
    head = [cell for measure in MAIN for cell in (measure.name, "change", "p")]
    return table([f"{len(pairs[0].plain.judgements)} questions", "encoder", *head], rows)


def _cells(run: Run) -> list[str]:
    return [cell for measure in MAIN for cell in (number(measure.score(run.judgements)), "", "")]


def encoders_as_json(pairs: Sequence[Pair]) -> dict[str, dict[str, dict[str, float | None]]]:
    """The same as plain values, by the way of searching, the encoder and the measure."""
    return {
        pair.way: {
            run.system: {measure.name: measure.score(run.judgements) for measure in MAIN}
            for run in (pair.plain, pair.tuned)
        }
        for pair in pairs
    }
