"""Records in a library: they come back as they were put, with their papers, and go with their documents."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from clerk import typed
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document, Paper
from corpus.errors import UnreadableDocument
from corpus.reading.files import document_id, sha256_of
from corpus.reading.worker import Limits
from corpus.records.figures import Figure
from corpus.records.findings import Finding, FindingKind, Inspection, Said
from corpus.records.places import Place
from index.catalogue import Catalogue
from index.hits import Filter
from index.library import CATALOGUE, Library
from index.records import EncodedRecord
from tests.fakes import CountingEncoder, counted, make_document, make_paper, make_passages

ANYTHING = Filter()

PLACE = Place("letter", "letter#1", 0, 6, 1, "i", "Visit.")
FULL = Finding(
    Inspection(2022, "focused visit", "2022-05-10", "Thornmere"),
    FindingKind.PRIORITY,
    2,
    "Visit “every” child – soon.",
    "Visits",
    Said.THEMSELVES,
    (PLACE, replace(PLACE, page=2, page_label=None)),
)
QUOTED = Finding(None, FindingKind.FINDING, None, "Visit.", "", Said.QUOTED, (PLACE,))
FIGURE = Figure("FC1", "Contacts", "October 2022", (("May", "1,304"), ("Target", "")), "Hub", (PLACE,))
BARE_FIGURE = Figure(None, "Contacts", None, (("May", "84%"),), "", (PLACE,))


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with closing(Catalogue(tmp_path / "library.db")) as opened:
        yield opened


def encoded(record: Finding | Figure, paper: int = 1, *texts: str) -> EncodedRecord:
    return EncodedRecord(paper, record, np.stack([counted(text) for text in texts or ("visit",)]))


def put(catalogue: Catalogue, document: Document, papers: Sequence[Paper], *records: EncodedRecord) -> None:
    passages = [passage for paper in papers for passage in make_passages(document, paper)]
    catalogue.put(document, papers, passages, records=records)


def test_each_kind_of_record_comes_back_as_it_was_put_with_its_paper(catalogue: Catalogue) -> None:
    letter = make_document("letter", "Visit.", "Soon.")
    paper = make_paper(letter, kind="inspection", date="2022-06-06", council="Thornmere", inspected="2022-05-10")
    put(catalogue, letter, [paper], *map(encoded, (FULL, FIGURE, QUOTED, BARE_FIGURE)))
    assert [each.record for each in catalogue.records.findings(ANYTHING)] == [FULL, QUOTED]
    assert [each.record for each in catalogue.records.figures(ANYTHING)] == [FIGURE, BARE_FIGURE]
    assert catalogue.records.promises(ANYTHING) == []
    assert {each.paper for each in catalogue.records.findings(ANYTHING)} == {paper}


def test_what_comes_back_is_of_the_same_types(catalogue: Catalogue) -> None:
    letter = make_document("letter", "Visit.")
    put(catalogue, letter, [make_paper(letter)], encoded(FULL), encoded(FIGURE))
    [finding] = catalogue.records.findings(ANYTHING)
    [figure] = catalogue.records.figures(ANYTHING)
    assert isinstance(finding.record.inspection, Inspection)
    assert (type(finding.record.kind), type(finding.record.said)) == (FindingKind, Said)
    assert isinstance(finding.record.places, tuple)
    assert isinstance(figure.record.values[0], tuple)
    assert hash(finding.record) == hash(FULL)


def test_the_vectors_of_a_record_and_its_sentences_come_back_row_by_row(catalogue: Catalogue) -> None:
    letter = make_document("letter", "Visit.")
    put(catalogue, letter, [make_paper(letter)], encoded(FULL, 1, "children visit", "children", "visit"))
    [finding] = catalogue.records.findings(ANYTHING)
    wanted = np.stack([counted("children visit"), counted("children"), counted("visit")])
    assert finding.vectors.shape == wanted.shape
    np.testing.assert_array_equal(finding.vectors, wanted)


text = st.text(st.characters(codec="utf-8"), max_size=20)
places = st.builds(Place, text, text, st.integers(0), st.integers(0), st.integers(1), st.none() | text, text)
figures = st.builds(
    Figure,
    st.none() | text,
    text,
    st.none() | text,
    st.lists(st.tuples(text, text), max_size=3).map(tuple),
    text,
    st.lists(places, max_size=2).map(tuple),
)
findings = st.builds(
    Finding,
    st.none() | st.builds(Inspection, st.integers(1900, 2100), text, st.none() | text, st.none() | text),
    st.sampled_from(FindingKind),
    st.none() | st.integers(0, 999),
    text,
    text,
    st.sampled_from(Said),
    st.lists(places, max_size=2).map(tuple),
)


@settings(deadline=None, max_examples=30)
@given(st.lists(figures | findings, max_size=4))
def test_any_record_comes_back_as_it_was_put(records: list[Figure | Finding]) -> None:
    with closing(Catalogue(Path(":memory:"))) as catalogue:
        letter = make_document("letter", "Visit.")
        put(catalogue, letter, [make_paper(letter)], *map(encoded, records))
        back = [*catalogue.records.findings(ANYTHING), *catalogue.records.figures(ANYTHING)]
        kinds = (Finding, Figure)
        assert [each.record for each in back] == [r for kind in kinds for r in records if isinstance(r, kind)]


def test_records_are_narrowed_by_the_dates_kinds_and_documents_of_their_papers(catalogue: Catalogue) -> None:
    pack = make_document("pack", "One.\nTwo.\nThree.")
    papers = [
        make_paper(pack, 1, kind="inspection", date="2022-06-06", end=4),
        make_paper(pack, 2, kind="report", date="2022-06-21", start=5, end=9),
        make_paper(pack, 3, kind="report", start=10),
    ]
    said = [replace(QUOTED, text=text) for text in ("One.", "Two.", "Three.")]
    put(catalogue, pack, papers, *(encoded(finding, paper.number) for finding, paper in zip(said, papers, strict=True)))
    other = make_document("other", "Four.")
    later = [encoded(replace(QUOTED, text=text)) for text in ("Four.", "Five.")]
    put(catalogue, other, [make_paper(other, kind="report", date="2023")], *later)

    def found(**filter_: object) -> list[str]:
        return [each.record.text for each in catalogue.records.findings(Filter(**filter_))]  # type: ignore[arg-type]

    assert found() == ["Four.", "Five.", "One.", "Two.", "Three."]
    assert found(since="2022-06-10") == ["Four.", "Five.", "Two."]
    assert found(until="2022") == ["One.", "Two."]
    assert found(since="2022-06-06", until="2022-06-06") == ["One."]
    assert found(kinds=("report",)) == ["Four.", "Five.", "Two.", "Three."]
    assert found(documents=("pack",), kinds=("inspection",)) == ["One."]


def test_putting_a_document_again_replaces_its_records(catalogue: Catalogue) -> None:
    letter = make_document("letter", "Visit.")
    put(catalogue, letter, [make_paper(letter)], encoded(FULL), encoded(FIGURE))
    put(catalogue, letter, [make_paper(letter)], encoded(QUOTED))
    assert [each.record for each in catalogue.records.findings(ANYTHING)] == [QUOTED]
    assert catalogue.records.figures(ANYTHING) == []


def test_records_go_with_their_document_and_with_no_other(catalogue: Catalogue) -> None:
    for id_ in ("letter", "other"):
        document = make_document(id_, "Visit.")
        put(catalogue, document, [make_paper(document)], encoded(replace(QUOTED, text=f"The {id_}.")))
    catalogue.remove("letter")
    assert [each.record.text for each in catalogue.records.findings(ANYTHING)] == ["The other."]


def test_an_error_half_way_leaves_the_old_records(catalogue: Catalogue) -> None:
    letter = make_document("letter", "Visit.")
    put(catalogue, letter, [make_paper(letter)], encoded(FULL))
    unstorable = replace(encoded(QUOTED), paper={})  # type: ignore[arg-type]
    with pytest.raises(sqlite3.Error):
        put(catalogue, letter, [make_paper(letter)], encoded(QUOTED), unstorable)
    assert [each.record for each in catalogue.records.findings(ANYTHING)] == [FULL]


# What `add` stores


def read_typed(
    paths: Sequence[Path], password: str | None, limits: Limits
) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
    """Reads files that a clerk typed."""
    del password, limits
    for path in paths:
        document = typed(path.read_text(encoding="utf-8"), title="", file=path.name)
        yield path, replace(document, id=document_id(path), sha256=sha256_of(path))


LETTER = """
===
6 June 2022

Helen Adeyemi
Director of Children's Services

Dear Ms Adeyemi

# Focused visit to Thornmere children's services

This letter summarises the findings of Ofsted's visit on 10 and 11 May 2022.

# Areas for priority action

- The first visit to children. The plan of the visit.
"""
EXEMPT = (
    f"===\n# NOT FOR PUBLICATION\n\nExempt under paragraph 3 of Schedule 12A.\n{LETTER.removeprefix(chr(10) + '===')}"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as made:
        yield made


def add(library: Library, name: str, text: str) -> None:
    path = library.folder.parent / name
    path.write_text(text, encoding="utf-8")
    list(library.add([path], CountingEncoder(), read=read_typed))


def stored(library: Library) -> int:
    with closing(sqlite3.connect(library.folder / CATALOGUE)) as db:
        return int(db.execute("SELECT count(*) FROM records").fetchone()[0])


def test_adding_a_paper_stores_what_it_records_with_the_vectors_of_its_sentences(library: Library) -> None:
    add(library, "letter.pdf", LETTER)
    [finding] = library.records.findings(ANYTHING)
    assert finding.record.inspection == Inspection(2022, "focused visit", "2022-05-10", "Thornmere")
    assert finding.paper == library.documents()[0].papers[0]
    sentences = ("The first visit to children.", "The plan of the visit.")
    wanted = np.stack([counted(text) for text in (" ".join(sentences), *sentences)])
    np.testing.assert_allclose(finding.vectors, wanted, rtol=1e-6)


def test_an_exempt_paper_leaves_no_record(library: Library) -> None:
    add(library, "letter.pdf", EXEMPT)
    assert [paper.access.value for entry in library.documents() for paper in entry.papers] == ["exempt"]
    assert stored(library) == 0


def test_a_paper_that_becomes_exempt_loses_its_records(library: Library) -> None:
    add(library, "letter.pdf", LETTER)
    assert stored(library) == 1
    add(library, "letter.pdf", EXEMPT)
    assert stored(library) == 0


def test_what_a_removed_document_recorded_is_not_in_the_file_any_more(library: Library) -> None:
    add(library, "letter.pdf", LETTER.replace("first visit", "zyzzyva visit"))
    assert stored(library) == 1
    library.remove(["letter"])
    assert stored(library) == 0
    library.close()
    assert b"zyzzyva" not in (library.folder / CATALOGUE).read_bytes()
