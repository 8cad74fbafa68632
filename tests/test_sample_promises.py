"""Every promise of the sample plans and minutes, cell for cell as its source has it, with its date by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.papers import papers_of
from corpus.records.reading import promises_in

SAMPLE = Path(__file__).parents[1] / "corpus/sample"

# fmt: off
DAYS = {
    "": None, "at once": None, "in place": None,
    "1 September 2017": "2017-09-01", "July 2017": "2017-07", "20 February 2017": "2017-02-20",
    "December 2017": "2017-12", "April 2017": "2017-04", "March 2017": "2017-03", "June 2017": "2017-06",
    "March 2019": "2019-03", "May 2017": "2017-05", "31 March 2017": "2017-03-31", "September 2017": "2017-09",
    "from March 2017": "2017-03",
    "1 st July 22": "2022-07-01", "by end Sept 22": "2022-09", "27th June 2022": "2022-06-27",
    "from July 2022": "2022-07", "31st September 2022": "2022-09", "Autumn 2022": "2022",
    "30th June 2022": "2022-06-30", "by end July 22": "2022-07", "August 2022": "2022-08", "November 2022": "2022-11",
    "1 st August 22": "2022-08-01", "by end June 22": "2022-06", "from 4th July 2022": "2022-07-04",
    "by end August 22": "2022-08", "December 2022": "2022-12", "quarterly from Sept 22": "2022-09",
    "by end Oct 22": "2022-10", "July 2022": "2022-07", "1 st September 22": "2022-09-01",
    "September 2022": "2022-09", "in place by end July 22": "2022-07", "by end Nov 22": "2022-11",
    "March 2024; calls by 1st Sept 22": "2024-03", "March 2023": "2023-03", "from September 2022": "2022-09",
    "Amended date: end Feb 23": "2023-02", "Amended date: by end March 23": "2023-03",
    "Amended date: by end Jan 23": "2023-01", "Amended date: April 2023": "2023-04",
    "Amended date: 1st December 22": "2022-12-01", "Amended date: March 2023": "2023-03",
    "Amended date: by end April 23": "2023-04", "Amended date: June 2023": "2023-06",
    "Amended date: by end Oct 22": "2022-10",
    "by 30 September 2022": "2022-09-30", "by 5 August 2022": "2022-08-05", "from 21 September 2022": "2022-09-21",
    "by 31 July 2022": "2022-07-31", "from January 2023": "2023-01", "by 30 November 2022": "2022-11-30",
    "January 2023": "2023-01", "14 June 2023": "2023-06-14", "by 7 April 2023": "2023-04-07",
    "before 24 May 2023": "2023-05-24",
}
# fmt: on

COLUMNS = {
    "Action": "action", "Owner": "owner", "Lead": "owner", "Who": "owner", "By": "due", "Timescale": "due",
    "When": "due", "Progress": "progress", "Position at 29 March 2023": "progress", "RAG": "status",
}  # fmt: skip


def plain(text: str) -> str:
    return re.sub(r"[’‘]", "'", text.replace("<br>- ", " • ").replace("<br>", " ")).strip()


def written(name: str) -> Iterator[dict[str, str]]:
    """The rows of a source's tables of actions, by what their columns say, and the section they stand in."""
    head: list[str] = []
    section = ""
    for line in (SAMPLE / f"sources/{name}.md").read_text(encoding="utf-8").split("\n"):
        cells = [plain(cell) for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            head = []
        elif "Action" in cells:
            head, section = cells, ""
        elif head and cells[0].startswith("## "):
            section = cells[0].removeprefix("## ")
        elif head and not set(line) <= set("| -"):
            row = {COLUMNS[header]: cell for header, cell in zip(head, cells, strict=True) if header in COLUMNS}
            yield {"owner": "", "due": "", "progress": "", "status": "", "section": section, **row}


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("2017-02-08-cabinet-report", 21),
        ("2022-06-21-council-agenda-pack", 35),
        ("2022-07-20-scrutiny-minutes", 6),
        ("2023-01-18-scrutiny-agenda-pack", 39),
        ("2023-03-29-scrutiny-minutes", 14),
    ],
)
def test_each_row_of_a_sample_plan_is_a_promise_cell_for_cell(
    read_once: Callable[[Path], Document], name: str, number: int
) -> None:
    document = read_once(SAMPLE / f"papers/{name}.pdf")
    found = [promise for paper in papers_of(document) for promise in promises_in(document, paper)]
    rows = list(written(name))
    assert len(rows) == number
    told = [[plain(v or "") for v in (p.action, p.owner, p.due_as_written, p.progress, p.status)] for p in found]
    assert told == [[row[k] for k in ("action", "owner", "due", "progress", "status")] for row in rows]
    assert [p.due for p in found] == [DAYS[row["due"]] for row in rows]
    assert [row["section"] in plain(p.heading) for p, row in zip(found, rows, strict=True)] == [True] * number
    assert [p.action for p in found if p.together] == []


def test_each_action_has_one_place_on_each_of_its_pages(read_once: Callable[[Path], Document]) -> None:
    document = read_once(SAMPLE / "papers/2022-06-21-council-agenda-pack.pdf")
    for paper in papers_of(document):
        for promise in promises_in(document, paper):
            pages = [place.page for place in promise.places]
            assert len(pages) == len(set(pages))
            assert all(document.text[place.start : place.end] == place.quote for place in promise.places)
