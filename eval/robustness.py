"""The same questions in other forms (as keywords, at length, with typing mistakes, in lay words): what that costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.comparison import ACCURACY, RECALL, RIGHT, Measure
from eval.gold import FORMS, BadGold, Question
from eval.judging import PageText, Run, run
from eval.metrics import mean
from eval.report import number, table
from eval.runs import System

AS_ASKED = "as asked"

MEASURES = (RECALL, ACCURACY, RIGHT)


@dataclass(frozen=True, slots=True)
class Steadiness:
    """How one score bears the other forms of a question.

    `worst` is the score of the form that scores least, `spread` how far the forms lie apart, from the least to the
    most. `worst_of_each` is the mean of every question's least value, `spread_of_each` that of its own spread: a system
    may get as many right in each form and yet other ones. All are None where no question is measured.
    """

    by_form: Mapping[str, float | None]
    worst: float | None
    spread: float | None
    worst_of_each: float | None
    spread_of_each: float | None


def in_all_forms(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions that have variants; raises BadGold where none has."""
    found = tuple(question for question in questions if question.variants)
    if not found:
        raise BadGold(f"none of the {len(questions)} questions has variants: give some with {', '.join(FORMS)}")
    return found


def run_in_forms(
    system: System,
    questions: Sequence[Question],
    page_text: PageText,
    counted: Callable[[Sequence[Question], str], Iterator[Question]],
) -> dict[str, Run]:
    """What the system makes of the questions as they are asked, and in each of their forms, by the form's name.

    `counted` hands the questions on, and may tell how far it is with those of a name.
    """
    asked = {AS_ASKED: list(questions), **{form: [question.in_form(form) for question in questions] for form in FORMS}}
    return {form: run(system, counted(those, form), page_text) for form, those in asked.items()}


def steadiness(measure: Measure, runs: Mapping[str, Run]) -> Steadiness:
    """How a score bears the forms; `runs` are those of the same questions by form."""
    values = {form: measure.values(one.judgements) for form, one in runs.items()}
    by_form = {form: mean(those) for form, those in values.items()}
    scores = [score for form in FORMS if (score := by_form[form]) is not None]
    of_each = list(zip(*(values[form] for form in FORMS), strict=True))
    return Steadiness(
        by_form=by_form,
        worst=min(scores, default=None),
        spread=max(scores) - min(scores) if scores else None,
        worst_of_each=mean(min(each) for each in of_each),
        spread_of_each=mean(max(each) - min(each) for each in of_each),
    )


def steadiness_report(runs: Mapping[str, Run]) -> str:
    """Every measure in every form, the worst of the forms and their spread."""
    found = [steadiness(measure, runs) for measure in MEASURES]
    rows = [[form, *(number(one.by_form[form]) for one in found)] for form in runs]
    rows += [
        ["worst of the four forms", *(number(one.worst) for one in found)],
        ["spread of the four forms", *(number(one.spread) for one in found)],
        ["worst form of each question", *(number(one.worst_of_each) for one in found)],
        ["spread within a question", *(number(one.spread_of_each) for one in found)],
    ]
    questions = len(runs[AS_ASKED].judgements)
    return table([f"{questions} questions in four forms", *(measure.name for measure in MEASURES)], rows)
