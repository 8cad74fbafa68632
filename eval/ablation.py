"""What each step of finding and answering earns: the scores with all of them, and without one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from eval.comparison import MAIN, compare
from eval.gold import Question
from eval.judging import PageText, Run, run
from eval.report import change, number, probability, table
from eval.runs import Reply, System

ALL_STEPS = "all steps"

MAIN_HEAD = tuple(cell for measure in MAIN for cell in (measure.name, "change", "p"))


def ablation(
    whole: Callable[[Question], Reply],
    without: Mapping[str, Callable[[Question], Reply]],
    questions: Sequence[Question],
    page_text: PageText,
    counted: Callable[[Sequence[Question], str], Iterator[Question]],
) -> tuple[Run, ...]:
    """The runs with all steps, and then without each, in order; `without` has for each step's name the way of asking
    that does without it. `counted` hands the questions on, and may tell how far it is with those of a name."""
    ways = {ALL_STEPS: whole, **{f"without {step}": ask for step, ask in without.items()}}
    return tuple(run(System(name, "", ask), counted(questions, name), page_text) for name, ask in ways.items())


def ablation_report(runs: Sequence[Run]) -> str:
    """The main measures without each step beside those with all of them, and the p of the difference."""
    whole, *rest = runs
    rows = [[whole.system, *main_cells(whole)], *([one.system, *changed_cells(one, whole)] for one in rest)]
    return table([f"{len(whole.judgements)} questions", *MAIN_HEAD], rows)


def main_cells(run: Run) -> list[str]:
    """The main measures of a run, under `MAIN_HEAD`."""
    return [cell for measure in MAIN for cell in (number(measure.score(run.judgements)), "", "")]


def changed_cells(run: Run, against: Run) -> list[str]:
    """The same, with how much each differs from another run's and the p of the difference."""
    return [cell for c in compare(run, against, MAIN) for cell in (number(c.score), change(c), probability(c))]


def ablation_as_json(runs: Sequence[Run]) -> dict[str, dict[str, dict[str, float | None]]]:
    """The same as plain values, by the name of the run and of the measure."""
    whole, *rest = runs
    found: dict[str, dict[str, dict[str, float | None]]] = {
        whole.system: {measure.name: {"score": measure.score(whole.judgements)} for measure in MAIN}
    }
    for one in rest:
        found[one.system] = {
            c.measure.name: {"score": c.score, "change": c.difference, "p": c.p} for c in compare(one, whole, MAIN)
        }
    return found
