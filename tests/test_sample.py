"""The sample papers that ship with the project: they are what their sources say, and are read as their list says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.documents import Access, BlockKind, readable
from corpus.papers import papers_of
from corpus.parts import STAMP

ROOT = Path(__file__).parents[1]
PAPERS = sorted((ROOT / "corpus/sample/papers").glob("*.pdf"))
SOURCES = sorted((ROOT / "corpus/sample/sources").glob("*.md"))
GOLD = [json.loads(line) for line in (ROOT / "eval/questions/papers.jsonl").read_text(encoding="utf-8").splitlines()]
EXEMPT = "2023-01-18-part-b-placements-contract"

by_name = pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)


def test_every_source_has_its_paper():
    assert [path.stem for path in SOURCES] == [path.stem for path in PAPERS]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_building_again_gives_the_same_bytes(source: Path):
    pytest.importorskip("reportlab", reason="needs reportlab: pip install council-papers[sample]")
    pytest.importorskip("markdown_it", reason="needs markdown-it-py: pip install council-papers[sample]")
    from corpus.sample.build import build

    data, _ = build(source)
    same = data == (ROOT / f"corpus/sample/papers/{source.stem}.pdf").read_bytes()
    assert same, f"{source.stem}.pdf isn't what its source makes: run python -m corpus.sample.build"


@by_name
@pytest.mark.parametrize("outline", [True, False], ids=["outline", "without"])
def test_papers_are_found_as_listed(path: Path, outline: bool, read_once):
    document = read_once(path)
    found = papers_of(document if outline else replace(document, outline=()))
    listed = [row for row in GOLD if row["document"] == path.stem]
    fields = ("kind", "item", "first_page", "last_page")
    assert [[getattr(p, f) for f in fields] for p in found] == [[row[f] for f in fields] for row in listed]
    for paper, row in zip(found, listed, strict=True):
        assert paper.date is not None
        assert paper.date.startswith(row["date"])


@pytest.mark.parametrize("name", ["2022-06-21-council-agenda-pack", "2023-01-18-scrutiny-agenda-pack"])
@pytest.mark.parametrize("without", ["stamps", "printed numbers", "headings", "title"])
@pytest.mark.parametrize("outline", [True, False], ids=["outline", "without"])
def test_a_packs_papers_are_found_whatever_else_is_missing(name: str, without: str, outline: bool, read_once):
    document = read_once(ROOT / f"corpus/sample/papers/{name}.pdf")
    if without == "stamps":
        stamped = {b for b in document.blocks if STAMP.fullmatch(readable(document.text[b.start : b.end]))}
        document = replace(document, blocks=tuple(b for b in document.blocks if b not in stamped))
    if without == "printed numbers":
        document = replace(document, pages=tuple(replace(page, label=None) for page in document.pages))
    if without == "headings":
        plain = (replace(b, kind=BlockKind.PARAGRAPH) if b.kind is BlockKind.HEADING else b for b in document.blocks)
        document = replace(document, blocks=tuple(plain))
    if without == "title":
        document = replace(document, title="download", file="download.pdf")
    found = papers_of(document if outline else replace(document, outline=()))
    fields = ("kind", "item", "first_page", "last_page")
    listed = [[row[f] for f in fields] for row in GOLD if row["document"] == name]
    assert [[getattr(paper, f) for f in fields] for paper in found] == listed


@by_name
def test_only_the_exempt_paper_is_held_back(path: Path, read_once):
    held = [paper.access is Access.EXEMPT for paper in papers_of(read_once(path))]
    assert held == [path.stem == EXEMPT] * len(held)


@by_name
def test_every_page_is_read_by_two_readers_who_agree(path: Path, read_once):
    document = read_once(path)
    assert [page.number for page in document.pages if page.problem or len(page.witnesses) != 2] == []
    assert document.notes == ()


@by_name
def test_columns_are_named_by_their_heads_alone(path: Path, read_once):
    rows = [b for b in read_once(path).blocks if b.kind is BlockKind.ROW and b.headers]
    assert [b.headers for b in rows if len(b.headers) != len(b.cells)] == []
    assert [h for b in rows for h in b.headers if "Priority" in h or "APOLOGIES" in h or "First Contact Hub" in h] == []


def test_the_scorecard_keeps_its_empty_cells(read_once):
    document = read_once(ROOT / "corpus/sample/papers/2023-01-18-scrutiny-agenda-pack.pdf")
    rows = {document.text[b.cells[0][0] : b.cells[0][1]]: b for b in document.blocks if b.kind is BlockKind.ROW}
    values = [document.text[a:b] for a, b in rows["FC5"].cells]
    assert values[1:] == [
        "Rate of referrals per 10,000 (12 months)",
        "668.4",
        "612.7",
        "",
        "590.2",
        "624.0",
        "537.7",
        "worse",
    ]
    assert rows["FC5"].headers[5] == "North Fell average"


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("2016-10-12-inspection-report", [None, "1", "2", "3", "4", "5"]),
        ("2022-06-21-council-agenda-pack", [None, None, *map(str, range(1, 19))]),
        ("2023-01-18-scrutiny-agenda-pack", [None, None, *map(str, range(1, 30))]),
        ("2023-11-14-inspection-report", [None, "2", "3", "4", "5", "6"]),
        ("2024-07-commissioner-report", [None, None, *map(str, range(3, 14))]),
    ],
)
def test_pages_have_the_numbers_that_are_printed_on_them(name: str, labels: list[str | None], read_once):
    document = read_once(ROOT / f"corpus/sample/papers/{name}.pdf")
    assert [page.label for page in document.pages] == labels
