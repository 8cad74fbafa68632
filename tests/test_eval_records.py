"""Records held against gold, and the gold against the sources of the sample papers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from eval.records import OWN_RECORDS, gold_records, scores

SOURCES = Path(__file__).parents[1] / "corpus/sample/sources"

VISIT = {"documents": ["june", "january"], "action": "Visit", "due": ["2022-07", None], "slipped": None}
PAINT = {"documents": ["june"], "action": "Paint", "due": ["2022-05"], "slipped": None}
GOLD = {"findings": [], "promises": [VISIT, PAINT], "figures": []}


def test_what_is_found_and_what_is_right_of_it_are_told_apart() -> None:
    found = {**GOLD, "promises": [{**VISIT, "due": ["2022-07", "2022-10"]}, {**PAINT, "documents": ["may"]}]}
    measured = scores(found, GOLD)["promises"]
    assert measured == {"recall": 0.5, "precision": 0.5, "due": 0.0, "slipped": 1.0}


def test_all_is_right_where_the_gold_itself_is_found() -> None:
    assert set(scores(GOLD, GOLD)["promises"].values()) == {1.0}
    assert scores(GOLD, GOLD)["figures"] == {"recall": 1.0, "precision": 1.0}


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9%£.,]", "", text.lower().replace("’", "'"))


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in SOURCES.glob("*.md")}


def test_every_gold_figure_is_a_row_of_its_source_cell_for_cell(sources: dict[str, str]) -> None:
    for gold in gold_records()["figures"]:
        rows = [line.strip().strip("|").split("|") for line in sources[gold["document"]].split("\n") if "|" in line]
        name = gold["indicator"].rpartition(": ")[2]
        cells = [letters(cell) for cell in (gold["ref"] or "", name, *gold["values"].values())]
        filled = [cell for cell in cells if cell]
        assert filled in [[cell for cell in map(letters, row) if cell] for row in rows], gold


def test_every_gold_finding_and_promise_stands_in_its_sources(sources: dict[str, str]) -> None:
    whole = {document: letters(text) for document, text in sources.items()}
    gold = gold_records()
    assert [g["text"] for g in gold["findings"] for d in g["documents"] if letters(g["text"]) not in whole[d]] == []
    first = [(g["documents"][0], letters(g["action"].partition("•")[0])) for g in gold["promises"]]
    assert [action for document, action in first if action not in whole[document]] == []


def test_the_gold_is_kept_one_record_a_line() -> None:
    for path in OWN_RECORDS.glob("*.jsonl"):
        assert all(isinstance(json.loads(line), dict) for line in path.read_text(encoding="utf-8").splitlines())
