"""Traces as the command line shows them to a person: quotations with their pages, nothing judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.figures import Series
from assistant.findings import TracedFinding, themes_of
from assistant.promises import TracedPromise
from corpus.dates import written_out
from corpus.documents import Paper
from corpus.records.findings import Inspection, Said
from corpus.records.places import Place
from corpus.records.promises import Promise
from index.problems import counted
from index.records import Recorded

NONE_FOUND = "The papers in the library hold none."
NOT_SAID = "not stated"


def finding_lines(findings: Sequence[TracedFinding], *, about: str | None) -> Iterator[str]:
    """Findings by theme and inspection or, where a subject is named, as they come: best first. Without a subject those
    in prose are only counted. Where they are of several councils, each is named."""
    if not findings:
        yield NONE_FOUND
        return
    several = len({finding.inspection.council for finding in findings} - {None}) > 1
    if about is not None:
        for finding in findings:
            yield from _finding(finding, several)
        return
    formal = {finding.id: finding for finding in findings if finding.is_formal}
    told: set[str] = set()
    for theme in themes_of(list(formal.values())):
        under = [formal[id_].inspection for _, ids in theme.years for id_ in ids]
        years = ", ".join(dict.fromkeys(_when_and_whose(of, several) for of in under))
        computed = " (a theme computed from the words, in no paper)" if theme.computed else ""
        yield f"{theme.name}{computed}: {years}"
        for _, ids in theme.years:
            for id_ in ids:
                told.add(id_)
                yield from (f"  {line}" for line in _finding(formal[id_], several))
    rest = [finding for id_, finding in formal.items() if id_ not in told]
    if rest:
        yield "Under no theme:"
        for finding in rest:
            yield from (f"  {line}" for line in _finding(finding, several))
    prose = len(findings) - len(formal)
    if prose:
        yield f"And {counted(prose, 'finding')} in the inspectors' prose: name a subject to see them, with --about."


def _when_and_whose(inspection: Inspection, several: bool) -> str:
    """An inspection's year; where findings are of several councils, with whose services it was of."""
    return f"{inspection.year} {inspection.council or '(council not named)'}" if several else str(inspection.year)


def _finding(finding: TracedFinding, several: bool) -> Iterator[str]:
    number = f" {finding.number}" if finding.number is not None else ""
    whose = f" of {finding.inspection.council}" if several and finding.inspection.council else ""
    yield f"{finding.inspection.name}{whose}, {finding.kind.value}{number}: “{finding.text}”"
    for each in finding.standing:
        first = each.record.places[0]
        said = "" if each.record.said is Said.THEMSELVES else f" ({each.record.said.value})"
        yield f"    {source(each.paper, first)}{said}"


def finding_source(finding: TracedFinding) -> str:
    """Which paper says a finding, when, and whether it is the inspectors' own."""
    first = finding.standing[0]
    said = "" if first.record.said is Said.THEMSELVES else f" ({first.record.said.value})"
    return f"{first.paper.title}, {written_out(first.paper.date)}{said}"


def promise_lines(promises: Sequence[TracedPromise]) -> Iterator[str]:
    """Promises, each as its newest paper has it, with what earlier ones said and whether its date slipped."""
    if not promises:
        yield NONE_FOUND
    for promise in promises:
        latest = promise.latest
        yield f"“{latest.action}”"
        yield f"    owner: {promise.owner or NOT_SAID}"
        for version in promise.versions:
            yield f"    {source(version.paper, version.record.places[0])}: {_version(version)}"
        if promise.slipped:
            yield f"    slipped: {promise.slipped_because}"


def _version(version: Recorded[Promise]) -> str:
    said = version.record
    progress = f", progress: “{said.progress}”" if said.progress else ""
    return f"due {said.due_as_written or NOT_SAID}, status {said.status or NOT_SAID}{progress}"


def figure_lines(series: Sequence[Series]) -> Iterator[str]:
    """Indicators with their values, paper by paper."""
    if not series:
        yield NONE_FOUND
    for each in series:
        reference = each.rows[-1].record.ref
        yield f"{reference + ' ' if reference else ''}{each.indicator}"
        for row in each.rows:
            values = "; ".join(f"{header}: {value}" for header, value in row.record.values if value)
            period = f"{row.record.period}: " if row.record.period else ""
            yield f"    {period}{values}"
            yield f"        {source(row.paper, row.record.places[0])}"


def source(paper: Paper, place: Place) -> str:
    """Where a quotation stands, as it is read aloud: the paper, its date, the printed and the file's page."""
    page = f"page {place.page_label} (file page {place.page})" if place.page_label else f"file page {place.page}"
    return f"{paper.title}, {written_out(paper.date)}, {place.document}, {page}"
