"""Which questions are answered from a trace: what recurs, what one inspection demanded, what came of promises."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from assistant.citations import Group
from assistant.findings import TracedFinding
from assistant.promised import asked_of_promises, what_came_of_it
from assistant.promises import TracedPromise
from assistant.question import Question, goes_on, points_back, understand
from assistant.recurring import Quote, asks_what_recurs, formal_findings, formal_findings_asked, what_recurs
from assistant.subjects import LEAST, SURE
from assistant.tracing import Tracer
from index.hits import Filter


def trace_asked(question: Question) -> Question | None:
    """The question for a trace, None where none is asked for. It is taken alone, though it be short, unless it points
    back to what was said before; and only a question that goes on with the one before asks for a trace because that
    did."""
    own = understand(question.text)
    asked = question if points_back(question.text) else own
    if goes_on(question.text) and own.scope.periods:
        # "And in 2019?" asks of that year alone.
        asked = question = replace(question, scope=replace(question.scope, periods=own.scope.periods))
    if not asks_for_trace(own) and not (goes_on(question.text) and asks_for_trace(question)):
        return None
    return asked if asks_for_trace(asked) else own


def asks_for_trace(question: Question) -> bool:
    """Whether a question asks for findings over the years, those of one inspection, or what came of promises."""
    formal, promised = formal_findings_asked(question), asked_of_promises(question)
    return formal is not None or promised is not None or asks_what_recurs(question.standalone)


def told_by_trace(question: Question, tracer: Tracer, filter_: Filter, quote: Quote) -> list[Group]:
    """The statements of the answer to a question for a trace (see `trace_asked`), each with its quotations, out of the
    papers that pass the filter; none where they hold nothing of it."""

    def findings(least: float, about: str | None) -> tuple[TracedFinding, ...]:
        return tracer.findings(about=about, within=filter_, least=least)

    def promises(about: str | None) -> tuple[TracedPromise, ...]:
        return tracer.promises(about=about, within=filter_, least=SURE)

    if asks_what_recurs(question.standalone):
        return what_recurs(question, partial(findings, LEAST), quote)
    if kind := formal_findings_asked(question):
        return formal_findings(question, kind, partial(findings, SURE), quote)
    asks = asked_of_promises(question)
    return what_came_of_it(question, asks, promises, quote) if asks is not None else []
