"""What each step of finding and answering earns: the scores with all of them, and without one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from eval.comparison import MAIN, compare
from eval.gold import Question
from eval.judging import PageText, Run, run
from eval.report import change, number, probability, table
from eval.runs import Reply, System

ALL_STEPS = "all steps"


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
    rows = [[whole.system, *(cell for m in MAIN for cell in (number(m.score(whole.judgements)), "", ""))]]
    rows += [
        [
            one.system,
            *(cell for c in compare(one, whole, MAIN) for cell in (number(c.score), change(c), probability(c))),
        ]
        for one in rest
    ]
    head = [cell for measure in MAIN for cell in (measure.name, "change", "p")]
    return table([f"{len(whole.judgements)} questions", *head], rows)


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
