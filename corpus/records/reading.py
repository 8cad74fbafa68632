"""All that a paper records: its findings, promises and figures. Pure."""

from __future__ import annotations

from corpus.documents import Document, Paper
from corpus.records.agreed import agreed_in
from corpus.records.arising import arising_in
from corpus.records.figures import Figure, figures_in
from corpus.records.findings import Finding, findings_in
from corpus.records.plans import planned_in
from corpus.records.promises import Promise
from corpus.records.undertakings import undertakings_in

Record = Finding | Promise | Figure


def records_in(document: Document, paper: Paper) -> tuple[Record, ...]:
    """A paper's findings, promises and figures, each in reading order."""
    return (*findings_in(document, paper), *promises_of(document, paper), *figures_in(document, paper))


def promises_of(document: Document, paper: Paper) -> tuple[Promise, ...]:
    """A paper's promises: those of its tables and lists, then those of its prose."""
    return (*promises_in(document, paper), *undertakings_in(document, paper))


def promises_in(document: Document, paper: Paper) -> tuple[Promise, ...]:
    """The promises of a paper's tables and, in minutes, of its lists and of what it says of earlier ones, in reading
    order."""
    minuted = [*agreed_in(document, paper), *arising_in(document, paper)] if paper.kind == "minutes" else []
    return tuple(sorted([*planned_in(document, paper), *minuted], key=lambda promise: promise.places[0].start))


def subject_of(record: Record) -> str:
    """What a record is about, in its own words: what it is found by."""
    match record:
        case Finding():
            return record.text
        case Figure():
            return f"{record.section}: {record.indicator}" if record.section else record.indicator
        case _:
            return record.action
