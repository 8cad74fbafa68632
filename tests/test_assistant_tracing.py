"""Tracing a library: by the time of the inspection, by subject, and figures by their reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from clerk import typed

from assistant.tracing import Tracer
from corpus.documents import Document
from corpus.errors import UnreadableDocument
from corpus.reading.files import document_id, sha256_of
from corpus.reading.worker import Limits
from index.hits import Filter
from index.library import Library
from tests.fakes import CountingEncoder

LETTER = """
===
{published}

Helen Adeyemi
Director of Children's Services

Dear Ms Adeyemi

# {subject}

This letter summarises the findings of Ofsted's visit on {days}.

# Areas for priority action

{items}
"""

SCORECARD = """
===
# Children's services performance scorecard: {month}

|! Ref | Indicator | {month} | Target |
| FC1 | Contacts about children at the front door | {contacts} | |
| RD2 | Potholes mended on the road to school | {mended} | 95% |
"""


def letter(published: str, days: str, *items: str) -> str:
    subject = "Focused visit to Thornmere children's services"
    return LETTER.format(published=published, subject=subject, days=days, items="\n\n".join(f"- {i}" for i in items))


PAPERS = {
    "2019-letter.pdf": letter("12 December 2019", "5 and 6 November 2019", "The front door.", "The road to school."),
    # Inspected in one year, published in the next.
    "2022-letter.pdf": letter("10 January 2022", "14 and 15 December 2021", "The door that children come to."),
    "2023-letter.pdf": letter("6 June 2023", "10 and 11 May 2023", "The budget plan.", "The front door, again."),
    "2022-10-scorecard.pdf": SCORECARD.format(month="October 2022", contacts="1,304", mended="84%"),
    "2022-11-scorecard.pdf": SCORECARD.format(month="November 2022", contacts="1,288", mended="86%"),
}


def read_typed(
    paths: Sequence[Path], password: str | None, limits: Limits
) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
    """Reads files that a clerk typed."""
    del password, limits
    for path in paths:
        document = typed(path.read_text(encoding="utf-8"), title="", file=path.name)
        yield path, replace(document, id=document_id(path), sha256=sha256_of(path))


@pytest.fixture(scope="module")
def encoder() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture(scope="module")
def tracer(tmp_path_factory: pytest.TempPathFactory, encoder: CountingEncoder) -> Iterator[Tracer]:
    folder = tmp_path_factory.mktemp("tracing")
    for name, text in PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library.create(folder / "library") as library:
        list(library.add([folder / name for name in PAPERS], encoder, read=read_typed))
        yield Tracer(library, encoder)


def told(tracer: Tracer, **asked: object) -> list[str]:
    return [f"{f.inspection.year} {f.text}" for f in tracer.findings(**asked)]  # type: ignore[arg-type]


ALL = [
    "2019 The front door.",
    "2019 The road to school.",
    "2021 The door that children come to.",
    "2023 The budget plan.",
    "2023 The front door, again.",
]


def test_all_findings_come_in_order_of_their_inspections(tracer: Tracer) -> None:
    assert told(tracer) == ALL


@pytest.mark.parametrize(
    ("since", "until", "wanted"),
    [
        ("2021", None, ALL[2:]),
        ("2022", None, ALL[3:]),
        (None, "2021", ALL[:3]),
        ("2019-11", "2021-12-14", ALL[:3]),
        ("2021-12-15", None, ALL[3:]),
        (None, "2019-11-04", []),
        (None, "2019-11", ALL[:2]),
    ],
)
def test_since_and_until_are_about_when_the_inspection_was_not_the_paper(
    tracer: Tracer, since: str | None, until: str | None, wanted: list[str]
) -> None:
    assert told(tracer, since=since, until=until) == wanted


def test_the_findings_about_a_subject_come_best_first_and_the_others_not_at_all(tracer: Tracer) -> None:
    assert told(tracer, about="front door") == [ALL[0], ALL[4], ALL[2]]
    assert told(tracer, about="budget") == [ALL[3]]
    assert told(tracer, about="front door", since="2020") == [ALL[4], ALL[2]]


def test_a_subject_that_no_finding_is_about_gives_none(tracer: Tracer) -> None:
    assert told(tracer, about="visit") == []
    assert told(tracer, about="front door", until="2018") == []


def test_findings_can_be_looked_for_in_some_papers_only(tracer: Tracer) -> None:
    assert told(tracer, within=Filter(documents=("2023-letter",))) == ALL[3:]
    assert told(tracer, within=Filter(kinds=("minutes",))) == []


def test_the_encoder_is_asked_only_where_a_subject_is_named(tracer: Tracer, encoder: CountingEncoder) -> None:
    before = encoder.texts
    told(tracer, since="2020")
    tracer.figures()
    assert encoder.texts == before
    told(tracer, about="budget")
    assert encoder.texts == before + 2


def values(tracer: Tracer, text: str | None = None) -> list[tuple[str, list[str]]]:
    return [(s.indicator, [row.record.values[0][1] for row in s.rows]) for s in tracer.figures(text)]


CONTACTS = ("Contacts about children at the front door", ["1,304", "1,288"])
MENDED = ("Potholes mended on the road to school", ["84%", "86%"])


def test_without_a_text_there_are_all_series(tracer: Tracer) -> None:
    assert values(tracer) == [CONTACTS, MENDED]


@pytest.mark.parametrize("reference", ["RD2", "rd2", " RD2 "])
def test_a_reference_gives_its_series_alone(tracer: Tracer, reference: str) -> None:
    assert values(tracer, reference) == [MENDED]


def test_any_other_text_gives_the_series_that_are_about_it(tracer: Tracer) -> None:
    assert values(tracer, "front door") == [CONTACTS]
    assert values(tracer, "road") == [MENDED]
    assert values(tracer, "budget") == []
