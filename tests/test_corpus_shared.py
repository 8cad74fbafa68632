"""The real papers beside the checkout, where they are there: what was right once stays right."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest

from corpus.documents import Access, BlockKind, Document, readable
from corpus.errors import UnreadableDocument
from corpus.papers import papers_of
from corpus.passages import passages_of
from corpus.reading.files import read_file
from corpus.reading.witness import confirmed
from corpus.reading.worker import Limits, read_all
from index.encodable import ROOM_FOR_CONTEXT
from index.encoders import load_encoder

pytestmark = pytest.mark.shared

SCORECARD_ROWS = 118
APPENDIX_2_FINDINGS, APPENDIX_2_THEMES = 33, 7
CUT_ROWS = {"2022-06-14": (10, 10), "2023-01-11": (19, 22)}
"""Rows of each improvement plan that go on over a page's end, and how many page ends they go on over: three rows of the
second plan fill a page between two others."""

QUOTES = 837
"""Quotations in the gold, those of promises' actions among them."""

COLUMNS = ("ref", "indicator", "current", "previous_year", "target", "gm_average", "nw_average")
COLUMNS += ("statistical_neighbour_average", "england_average", "direction")
OPENED = {"owner-password", "v2", "exempt-paper", "hidden-instructions", "rotated-pages", "two-column-newsletter"}
OPENED |= {"childrens-scrutiny-minutes"}
if shutil.which("tesseract"):
    OPENED |= {"minutes-scan"}
TOO_LONG = "thousand-pages.pdf"
"""It takes a minute to read, and is read once, by several processes."""

UNNUMBERED = 2
"""Pages at the beginning of both packs (their agendas) and of the commissioner's report that bear no number."""

VOLUMES = (
    ("2023-01-11-childrens-scrutiny-agenda-pack", 78, 2),
    ("2024-07-commissioner-report", 45, 0),
    ("2022-06-14-council-agenda-pack", 32, 2),
    ("2017-03-22-executive-cabinet-improvement-plan", 5, 0),
    ("2022-07-27-childrens-scrutiny-minutes", 3, 0),
)
"""The packs in the order in which `TOO_LONG` repeats them: pages, and how far the printed numbers lag behind."""


def printed_numbers(pages: int, lag: int) -> list[str | None]:
    unnumbered = UNNUMBERED if pages > 5 else 0
    return [None] * unnumbered + [str(n - lag) for n in range(unnumbered + 1, pages + 1)]


def squashed(text: str) -> str:
    """Letters and digits only, so that bars, bullets, hyphens and line ends don't count."""
    return re.sub(r"[\W_]+", "", text).lower()


def quotes_in(row: object, document: str | None = None) -> Iterator[tuple[str, str]]:
    """The quotations anywhere in a line of gold, each with the document that it is from."""
    if isinstance(row, dict):
        document = row.get("doc", row.get("document", document))
        for key, value in row.items():
            if key in ("quote", "action") and isinstance(value, str) and document is not None:
                yield document, value
            else:
                yield from quotes_in(value, document)
    elif isinstance(row, list):
        for value in row:
            yield from quotes_in(value, document)


def lines_of(path: Path) -> list[dict[str, Any]]:
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


def test_every_finding_of_appendix_2_stands_under_its_inspection_and_theme(packs, shared_eval):
    report = packs["2024-07-commissioner-report"]
    rows: list[tuple[str, dict[str, str]]] = []  # the theme, and the cells by the year in their headers
    theme = ""
    for block in report.blocks:
        if block.kind is BlockKind.HEADING:
            theme = readable(report.text[block.start : block.end])
        if block.kind is BlockKind.ROW and "2016" in " ".join(block.headers):
            years = [year for header in block.headers for year in re.findall(r"20\d\d", header)]
            cells = dict(zip(years, (squashed(report.text[a:b]) for a, b in block.cells), strict=True))
            if block.continues:
                _, first = rows.pop()
                cells = {year: first[year] + cells[year] for year in years}
            rows.append((theme, cells))
    findings = [row for row in lines_of(shared_eval / "findings.jsonl") if row.get("theme_source") == "appendix-2"]
    wrong = [
        row["id"]
        for row in findings
        if not any(
            squashed(row["theme"]) in squashed(theme) and squashed(row["text"]) in cells[str(row["year"])]
            for theme, cells in rows
        )
    ]
    assert wrong == []
    assert (len(findings), len({theme for theme, _ in rows})) == (APPENDIX_2_FINDINGS, APPENDIX_2_THEMES)


def test_rows_of_the_plans_that_a_pages_end_cuts_are_joined(packs):
    joined = {}
    for name in ("2022-06-14-council-agenda-pack", "2023-01-11-childrens-scrutiny-agenda-pack"):
        document = packs[name]
        (plan,) = (paper for paper in papers_of(document) if paper.kind == "plan")
        passages = passages_of(document, plan, count=lambda text: len(text.split()), limit=10_000)
        whole: list[tuple[int, int]] = []
        cuts = 0
        for block in document.blocks:
            if block.kind is not BlockKind.ROW or not plan.start <= block.start < plan.end:
                continue
            if block.continues:
                cuts += 1
                whole[-1] = (whole[-1][0], block.end)
            else:
                whole.append((block.start, block.end))
        cut = [(a, b) for a, b in whole if "\f" in document.text[a:b]]
        assert [(p.start, p.end) for p in passages if p.headers and "\f" in p.text] == cut
        joined[name[:10]] = (len(cut), cuts)
    assert joined == CUT_ROWS


def test_nearly_every_quotation_of_the_gold_stands_in_one_passage_or_two_neighbours(packs, shared_eval):
    encoder = load_encoder()
    limit = encoder.limit - 2 - ROOM_FOR_CONTEXT
    passages = {
        name: [
            squashed(passage.text)
            for paper in papers_of(document)
            for passage in passages_of(document, paper, count=encoder.count, limit=limit)
        ]
        for name, document in packs.items()
    }
    quotes = [
        quote for path in sorted(shared_eval.glob("*.jsonl")) for row in lines_of(path) for quote in quotes_in(row)
    ]
    missed = [
        (name, quote)
        for name, quote in quotes
        if not any(squashed(quote) in one + two for one, two in pairwise([*passages[name], ""]))
    ]
    assert len(quotes) == QUOTES
    assert len(missed) <= 0.02 * len(quotes), "\n".join(f"{name}: {quote}" for name, quote in missed)


@pytest.mark.parametrize(("name", "pages", "lag"), VOLUMES)
def test_printed_numbers_of_the_packs_are_read(packs, name: str, pages: int, lag: int):
    assert [page.label for page in packs[name].pages] == printed_numbers(pages, lag)


def test_a_thousand_pages_are_read_with_every_printed_number_and_no_other(shared_corpus):
    ((_, document),) = read_all([shared_corpus / "variants" / TOO_LONG], None, Limits(), processes=2)
    assert isinstance(document, Document)
    expected = [label for _, pages, lag in VOLUMES * 7 for label in printed_numbers(pages, lag)][:1000]
    assert [page.label for page in document.pages] == expected
    assert sum(label is not None for label in expected) == 962


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs Tesseract")
def test_the_minutes_as_a_scan_are_the_same_paper_with_the_same_passages(shared_corpus, packs, read_once):
    scan = read_once(shared_corpus / "variants/2022-07-27-childrens-scrutiny-minutes-scan.pdf")
    printed = packs["2022-07-27-childrens-scrutiny-minutes"]
    found, wanted = ([*papers_of(document)] for document in (scan, printed))
    fields = ("kind", "title", "body", "date", "status", "item", "first_page", "last_page")
    assert [[getattr(p, f) for f in fields] for p in found] == [[getattr(p, f) for f in fields] for p in wanted]
    found_passages = passages_of(scan, found[0], count=lambda text: len(text.split()), limit=180)
    texts = [squashed(passage.text) for passage in found_passages]
    extracts = [
        squashed(printed.text[a:b])
        for passage in passages_of(printed, wanted[0], count=lambda text: len(text.split()), limit=180)
        for a, b in passage.extracts
    ]
    assert sum(any(extract in text for text in texts) for extract in extracts) >= 0.95 * len(extracts)
    assert [page.problem for page in scan.pages] == [None] * 3


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


INSPECTIONS = {
    "2014-05-23-ofsted-bradford": ("Bradford", "2014-02-18/2014-03-12"),
    "2015-01-06-ofsted-lincolnshire": ("Lincolnshire", "2014-10-22/2014-11-12"),
    "2015-09-01-ofsted-darlington": ("Darlington", "2015-06-23/2015-07-16"),
    "2016-09-20-ofsted-wakefield": ("Wakefield", "2016-07-05/2016-07-27"),
    "2016-12-09-ofsted-tameside": ("Tameside", "2016-09-26/2016-10-20"),
    "2019-06-11-ofsted-lincolnshire": ("Lincolnshire", "2019-04-29/2019-05-03"),
    "2019-07-01-ofsted-tameside": ("Tameside", "2019-05-13/2019-05-24"),
    "2022-05-18-ofsted-torbay": ("Torbay", "2022-03-21/2022-04-01"),
    "2023-06-14-ofsted-lincolnshire": ("Lincolnshire", "2023-04-24/2023-04-28"),
    "2023-12-15-ofsted-isle-of-wight": ("Isle of Wight", "2023-10-30/2023-11-03"),
    "2024-02-13-ofsted-tameside": ("Tameside", "2023-12-04/2023-12-15"),
    "2025-01-29-ofsted-leicester": ("Leicester", "2024-09-23/2024-09-27"),
}
"""Each report's council and the days of its inspection, as its first page says."""


def test_inspection_reports_as_published_have_council_days_and_inspectorate(shared_corpus, tmp_path):
    found, wanted = {}, {}
    for path in sorted((shared_corpus / "ofsted").glob("*.pdf")):
        # What a report is stands on its first pages and its last, and the others take long to read.
        writer = pypdf.PdfWriter()
        last = len(pypdf.PdfReader(path).pages)
        writer.append(path, pages=(0, 2))
        writer.append(path, pages=(last - 1, last))
        writer.write(tmp_path / path.name)
        (paper,) = papers_of(read_file(tmp_path / path.name))
        found[path.stem] = (paper.kind, paper.body, paper.date, paper.council, paper.inspected)
        wanted[path.stem] = ("inspection", "Ofsted", path.name[:10], *INSPECTIONS[path.stem])
        assert paper.council is not None
        assert paper.council in paper.title
    assert found == wanted
    assert len(found) == 12


IMPROVEMENTS = {
    "2014-05-23-ofsted-bradford": [7, 5],
    "2015-01-06-ofsted-lincolnshire": [14, 3],
    "2015-09-01-ofsted-darlington": [18, 6],
    "2016-09-20-ofsted-wakefield": [13, 4],
    "2016-12-09-ofsted-tameside": [14, 6],
    "2019-06-11-ofsted-lincolnshire": [2],
    "2019-07-01-ofsted-tameside": [4],
    "2022-05-18-ofsted-torbay": [4],
    "2023-06-14-ofsted-lincolnshire": [2],
    "2023-12-15-ofsted-isle-of-wight": [7],
    "2024-02-13-ofsted-tameside": [13],
    "2025-01-29-ofsted-leicester": [5],
}
"""Items of the lists under each report's headings that say what is to improve: in the earlier ones the council's list
and its safeguarding board's, numbered; since 2019 one with bullets."""

OF_EACH_PART = "Inspection findings"
"""A heading that stands in each of a report's three parts, and so is no running head."""


@pytest.mark.parametrize("name", INSPECTIONS)
def test_inspection_reports_have_their_printed_numbers_and_no_running_feet(shared_corpus, read_once, name: str):
    document = read_once(shared_corpus / "ofsted" / f"{name}.pdf")
    labels = [page.label for page in document.pages]
    # Reports since 2022 print none on their first page.
    assert labels[1:] == [str(page.number) for page in document.pages[1:]]
    assert labels[0] in (None, "1")
    heads = {document.text[block.start : block.end] for block in document.blocks if block.kind is BlockKind.TABLE_HEAD}
    lines = Counter(
        line
        for page in document.pages
        for line in {
            re.sub(r"\d+", "#", text)
            for text in document.text[page.start : page.end].split("\n")
            if text not in ("", *heads, OF_EACH_PART)
        }
    )
    # A word alone is what a line break left over of a paragraph, unless it stands on most pages.
    assert [line for line, pages in lines.items() if pages >= 3 and (" " in line or pages > len(labels) / 3)] == []


@pytest.mark.parametrize("name", INSPECTIONS)
def test_lists_of_what_is_to_improve_are_intact(shared_corpus, read_once, name: str):
    document = read_once(shared_corpus / "ofsted" / f"{name}.pdf")
    items: list[int] = []
    inside = False
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            heading = readable(document.text[block.start : block.end])
            inside = bool(re.fullmatch(r"What needs to improve\??|Areas for improvement|Recommendations", heading))
            if inside:
                items.append(0)
        elif inside and block.kind is BlockKind.ITEM and not block.continues:
            items[-1] += 1
    assert items == IMPROVEMENTS[name]
    assert sum(block.kind is BlockKind.ITEM for block in document.blocks) > 40


def test_letters_and_summaries_in_packs_have_council_and_days(packs):
    papers = [paper for document in packs.values() for paper in papers_of(document)]
    found = [(p.kind, p.date, p.council, p.inspected) for p in papers if p.kind.startswith("inspection")]
    assert found == [
        ("inspection", "2022-06-06", "Tameside", "2022-04-27/2022-04-28"),
        ("inspection summary", "2023-01-11", "Tameside", "2019-05"),
    ]


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
