"""Traces as the JSON of the command line: names and fields are a contract (README, "Commands")."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.figures import Series
from assistant.findings import TracedFinding, themes_of
from assistant.output import Json
from assistant.promises import TracedPromise
from corpus.records.figures import Figure
from corpus.records.findings import Inspection
from corpus.records.places import Place
from corpus.records.promises import Promise
from index.records import Recorded


def findings_json(findings: Sequence[TracedFinding]) -> Json:
    """Findings as `findings` gives them, with their inspections and themes."""
    return {
        "inspections": [_inspection_json(inspection, under) for inspection, under in _by_inspection(findings)],
        "findings": [_finding_json(finding) for finding in findings],
        "themes": [
            {
                "theme": theme.name,
                "source": "computed" if theme.computed else "document",
                "years": {str(year): list(ids) for year, ids in theme.years},
                "recurs_in": theme.recurs_in,
            }
            for theme in themes_of(findings)
        ],
    }


def _by_inspection(findings: Sequence[TracedFinding]) -> list[tuple[Inspection, list[TracedFinding]]]:
    """The inspections by date; what papers say of one that doesn't name its council goes with the one that does."""
    found: dict[tuple[int, str, str | None], list[TracedFinding]] = {}
    for finding in findings:
        inspection = finding.inspection
        found.setdefault((inspection.year, inspection.kind, inspection.council), []).append(finding)
    pairs = [(under[0].inspection, under) for under in found.values()]
    return sorted(pairs, key=lambda pair: (pair[0].date or str(pair[0].year), pair[0].name, pair[0].council or ""))


def _inspection_json(inspection: Inspection, findings: Sequence[TracedFinding]) -> Json:
    return {
        "name": inspection.name,
        "date": inspection.date,
        "year": inspection.year,
        "kind": inspection.kind,
        "council": inspection.council,
        "document": findings[0].standing[0].paper.document,
    }


def _finding_json(finding: TracedFinding) -> Json:
    return {
        "id": finding.id,
        "inspection": finding.inspection.name,
        "year": finding.inspection.year,
        "kind": finding.kind.value,
        "number": finding.number,
        "text": finding.text,
        "theme": finding.theme or None,
        "places": [
            {
                **_place_json(place),
                "paper": each.paper.id,
                "paper_date": each.paper.date,
                "said": each.record.said.value,
            }
            for each in finding.standing
            for place in each.record.places
        ],
    }


def promises_json(promises: Sequence[TracedPromise]) -> Json:
    """Promises as `promises` gives them: each as its newest paper has it, then all its versions, oldest first."""
    return {
        "promises": [
            {
                "id": promise.id,
                **_version_json(promise.versions[-1]),
                "page_label": promise.latest.places[0].page_label,
                "action": promise.latest.action,
                "owner": promise.owner,
                "heading": promise.latest.heading,
                "kind": promise.latest.kind,
                "together": list(promise.latest.together),
                "versions": [_version_json(version) for version in promise.versions],
                "slipped": promise.slipped,
                "slipped_because": promise.slipped_because,
            }
            for promise in promises
        ]
    }


def _version_json(version: Recorded[Promise]) -> Json:
    promise = version.record
    return {
        "document": version.paper.document,
        "paper_date": version.paper.date,
        "due": promise.due,
        "due_as_written": promise.due_as_written,
        "status": promise.status,
        "progress": promise.progress,
        "page": promise.places[0].page,
        "quote": promise.places[0].quote,
    }


def figures_json(series: Sequence[Series]) -> Json:
    """Figures as `figures` gives them; rows of one indicator have the same `series`."""
    return {"figures": [_figure_json(each.id, row) for each in series for row in each.rows]}


def _figure_json(series: str, row: Recorded[Figure]) -> Json:
    figure = row.record
    return {
        "ref": figure.ref,
        "indicator": figure.indicator,
        "period": figure.period,
        "values": dict(figure.values),
        "section": figure.section,
        "series": series,
        "paper_date": row.paper.date,
        **_place_json(figure.places[0]),
    }


def _place_json(place: Place) -> Json:
    return {
        "document": place.document,
        "page": place.page,
        "page_label": place.page_label,
        "quote": place.quote,
    }
