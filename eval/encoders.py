"""The tuned encoder beside the plain one, on the same papers and questions: by meaning alone, by the whole search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.ablation import MAIN_HEAD, changed_cells, main_cells
from eval.comparison import MAIN
from eval.judging import Run
from eval.report import table


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
        rows.append([pair.way, pair.plain.system, *main_cells(pair.plain)])
        rows.append([pair.way, pair.tuned.system, *changed_cells(pair.tuned, pair.plain)])
    return table([f"{len(pairs[0].plain.judgements)} questions", "encoder", *MAIN_HEAD], rows)


def encoders_as_json(pairs: Sequence[Pair]) -> dict[str, dict[str, dict[str, float | None]]]:
    """The same as plain values, by the way of searching, the encoder and the measure."""
    return {
        pair.way: {
            run.system: {measure.name: measure.score(run.judgements) for measure in MAIN}
            for run in (pair.plain, pair.tuned)
        }
        for pair in pairs
    }
