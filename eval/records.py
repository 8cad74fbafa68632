"""Findings, promises and figures of the sample papers, held against gold: what is in the papers by their sources, with
every document in which it stands. Tests hold the gold against the sources (`tests/test_eval_records.py`, and row by row
`tests/test_sample_promises.py`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.figures import Series
from assistant.findings import TracedFinding
from assistant.promises import TracedPromise
from assistant.tracing import Tracer

OWN_RECORDS = Path(__file__).parent / "gold_records"
"""The folder of the gold: a file for each kind of record, a JSON object a line."""

Record = Mapping[str, Any]

KEYS = {"findings": ("year", "kind", "text"), "promises": ("documents", "action"), "figures": ("document", "indicator")}
"""What a record is known by; the rest of it is held against the gold field by field."""


def recorded(tracer: Tracer) -> dict[str, list[Record]]:
    """What a library holds, in the form of the gold: formal findings, promises and figures."""
    return {
        "findings": [_finding(finding) for finding in tracer.findings() if finding.is_formal],
        "promises": [_promise(promise) for promise in tracer.promises()],
        "figures": [figure for series in tracer.figures() for figure in _figures(series)],
    }


def gold_records(folder: Path = OWN_RECORDS) -> dict[str, list[Record]]:
    """The gold; raises OSError or ValueError where a file isn't there or isn't JSON lines."""
    return {
        kind: [json.loads(line) for line in (folder / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()]
        for kind in KEYS
    }


def scores(found: Mapping[str, Sequence[Record]], gold: Mapping[str, Sequence[Record]]) -> dict[str, dict[str, float]]:
    """For each kind its recall and precision, and for each field the share of those found that have it as the gold."""
    return {kind: dict(_scores(kind, found[kind], gold[kind])) for kind in gold}


def _scores(kind: str, found: Sequence[Record], gold: Sequence[Record]) -> Iterator[tuple[str, float]]:
    by_key = {_key(kind, record): record for record in found}
    wanted = {_key(kind, record): record for record in gold}
    both = [(by_key[key], record) for key, record in wanted.items() if key in by_key]
    yield "recall", len(both) / len(wanted) if wanted else 1.0
    yield "precision", sum(_key(kind, record) in wanted for record in found) / len(found) if found else 1.0
    for field in sorted({field for record in gold for field in record} - set(KEYS[kind])):
        yield field, sum(one.get(field) == other.get(field) for one, other in both) / len(both) if both else 0.0


def _key(kind: str, record: Record) -> str:
    return json.dumps([record[field] for field in KEYS[kind]], ensure_ascii=False)


def _finding(finding: TracedFinding) -> Record:
    return {
        "year": finding.inspection.year,
        "inspection": finding.inspection.name,
        "kind": finding.kind.value,
        "number": finding.number,
        "text": finding.text,
        "documents": [each.paper.document for each in finding.standing],
    }


def _promise(promise: TracedPromise) -> Record:
    return {
        "documents": [version.paper.document for version in promise.versions],
        "action": promise.versions[0].record.action,
        "owners": [version.record.owner for version in promise.versions],
        "due": [version.record.due for version in promise.versions],
        "status": [version.record.status for version in promise.versions],
        "slipped": promise.slipped,
    }


def _figures(series: Series) -> Iterable[Record]:
    for row in series.rows:
        figure = row.record
        yield {
            "document": row.paper.document,
            "indicator": f"{figure.section}: {figure.indicator}",
            "ref": figure.ref,
            "values": dict(figure.values),
        }
