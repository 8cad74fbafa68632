"""The real papers beside the checkout, where they are there: what was right once stays right."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from corpus.documents import Access, BlockKind, Document
from corpus.errors import UnreadableDocument
from corpus.papers import papers_of
from corpus.passages import passages_of
from corpus.reading.files import read_file
from corpus.reading.witness import confirmed

pytestmark = pytest.mark.shared

SCORECARD_ROWS = 118
COLUMNS = ("ref", "indicator", "current", "previous_year", "target", "gm_average", "nw_average")
COLUMNS += ("statistical_neighbour_average", "england_average", "direction")
OPENED = {"owner-password", "v2", "exempt-paper", "hidden-instructions", "rotated-pages", "two-column-newsletter"}
TOO_LONG = "thousand-pages.pdf"
"""It takes minutes to read, and holds nothing that the others don't."""


def lines_of(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def packs(shared_corpus, read_once) -> dict[str, Document]:
    return {path.stem: read_once(path) for path in sorted((shared_corpus / "pdf").glob("*.pdf"))}


@pytest.fixture(scope="session")
def scorecard(packs) -> Document:
    return packs["2023-01-11-childrens-scrutiny-agenda-pack"]


@pytest.mark.parametrize("outline", [True, False], ids=["outline", "without"])
def test_all_papers_are_found(packs, shared_eval, outline: bool):
    fields = ("document", "kind", "item", "first_page", "last_page", "body", "date")
    found = []
    for document in packs.values():
        papers = papers_of(document if outline else replace(document, outline=()))
        found += [[getattr(paper, field) for field in fields] for paper in papers]
        assert [paper.access for paper in papers] == [Access.PUBLIC] * len(papers)
    wanted = [[row[field] for field in fields] for row in lines_of(shared_eval / "papers.jsonl")]
    for row, gold in zip(found, wanted, strict=True):
        row[-1] = gold[-1] if str(row[-1]).startswith(gold[-1]) else row[-1]
    assert found == wanted
    assert len(found) == 16


def test_every_row_of_the_scorecard_has_its_cells(scorecard, shared_eval):
    rows = {}
    for block in scorecard.blocks:
        if block.kind is BlockKind.ROW and block.headers[1:2] == ("Indicator",):
            cells = [" ".join(scorecard.text[a:b].split()) for a, b in block.cells]
            rows[cells[0]] = dict(zip(COLUMNS, cells, strict=True))
            assert [header.split()[0] for header in block.headers[2:6]] == ["Current", "Previous", "Target", "Greater"]
    assert len(rows) == SCORECARD_ROWS
    for gold in lines_of(shared_eval / "figures.dev.jsonl"):
        assert rows[gold["ref"]] == {name: " ".join((gold[name] or "").split()) for name in COLUMNS}


def test_passages_of_real_papers_are_verbatim_and_short_enough(packs):
    for document in packs.values():
        for paper in papers_of(document):
            end = paper.start
            for passage in passages_of(document, paper, count=lambda text: len(text.split()), limit=180):
                assert passage.text == document.text[passage.start : passage.end]
                assert len(passage.text.split()) <= 180
                assert end <= passage.start
                end = passage.end
                assert passage.extracts


def test_all_but_one_extract_is_confirmed_by_its_page(packs):
    checked = refused = 0
    for document in packs.values():
        for paper in papers_of(document):
            for passage in passages_of(document, paper, count=len, limit=1000):
                for a, b in passage.extracts:
                    page = next(p for p in document.pages if p.start <= a < p.end)
                    checked += 1
                    refused += not confirmed(document.text[a:b], page.witnesses)
    assert checked > 2000
    assert refused <= 1


def test_inspection_reports_as_published_have_their_day_and_inspectorate(shared_corpus, tmp_path):
    found, wanted = {}, {}
    for path in sorted((shared_corpus / "ofsted").glob("*.pdf")):
        # What a report is stands on its first pages and its last, and the others take long to read.
        writer = pypdf.PdfWriter()
        last = len(pypdf.PdfReader(path).pages)
        writer.append(path, pages=(0, 2))
        writer.append(path, pages=(last - 1, last))
        writer.write(tmp_path / path.name)
        (paper,) = papers_of(read_file(tmp_path / path.name))
        found[path.name] = (paper.kind, paper.body, paper.date)
        wanted[path.name] = ("inspection", "Ofsted", path.name[:10])
    assert found == wanted
    assert len(found) == 12


def test_every_variant_is_read_or_refused_in_one_sentence(shared_corpus, read_once):
    read, refused = set(), {}
    for path in sorted((shared_corpus / "variants").iterdir()):
        if path.name == TOO_LONG:
            continue
        try:
            read_once(path)
            read.add(path.stem)
        except UnreadableDocument as error:
            refused[path.name] = str(error)
    assert [
        name for name, said in refused.items() if not re.fullmatch(rf"{re.escape(name)}: [^\n]{{20,}}\.", said)
    ] == []
    assert {name for name in read if any(name.endswith(opened) for opened in OPENED)} | {
        "executive-cabinet-22-march-2017-childrens-report"
    } == read
    assert len(read) == len(OPENED) + 1


def test_the_exempt_variant_is_held_back(shared_corpus, read_once):
    (paper,) = papers_of(read_once(shared_corpus / "variants/exempt-paper.pdf"))
    assert paper.access is Access.EXEMPT
    assert paper.reason is not None
    assert paper.reason.endswith("Schedule 12A paragraph 3")


def test_hidden_instructions_are_left_out_and_told(shared_corpus, packs, read_once):
    document = read_once(shared_corpus / "variants/hidden-instructions.pdf")
    # Its pages break elsewhere.
    assert document.text.split() == packs["2017-03-22-executive-cabinet-improvement-plan"].text.split()
    assert "characters that no reader of the page can see were left out (file page 2, 4)" in document.notes[0]


def test_turned_pages_hold_the_same_words_in_the_same_order(shared_corpus, packs, read_once):
    turned = read_once(shared_corpus / "variants/rotated-pages.pdf")
    upright = packs["2017-03-22-executive-cabinet-improvement-plan"]
    assert [page.label for page in turned.pages] == [page.label for page in upright.pages]
    assert turned.text.split() == upright.text.split()
