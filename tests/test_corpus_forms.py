"""The same minutes as PDF, Word file, web page and Markdown give the same papers and the same that can be found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.papers import papers_of
from corpus.passages import passages_of
from corpus.reading.witness import squash
from tests.blocks import extracts, unconfirmed

pytestmark = pytest.mark.shared

MINUTES = "2022-07-27-childrens-scrutiny-minutes"
FIELDS = ("kind", "title", "body", "date", "status", "item", "access", "reason")


def papers(document: Document) -> list[dict[str, object]]:
    return [{field: getattr(paper, field) for field in FIELDS} for paper in papers_of(document)]


def passages(document: Document) -> list[str]:
    """The texts of all passages, bars and white space aside."""
    return [
        squash(passage.text)
        for paper in papers_of(document)
        for passage in passages_of(document, paper, count=lambda text: len(text.split()), limit=180)
    ]


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_the_minutes_are_the_same_in_every_form(
    shared_corpus: Path, read_once: Callable[[Path], Document], ending: str
) -> None:
    pdf = read_once(shared_corpus / f"pdf/{MINUTES}.pdf")
    other = read_once(shared_corpus / f"variants/{MINUTES}.{ending}")
    assert papers(other) == papers(pdf)
    missing = [text for text in passages(pdf) if text not in passages(other)]
    more = [text for text in passages(other) if text not in passages(pdf)]
    assert (missing, more) == ([], [])
    assert passages(other) == passages(pdf)
    assert [squash(text) for text, _ in extracts(other)] == [squash(text) for text, _ in extracts(pdf)]


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_all_that_can_be_quoted_of_the_minutes_is_confirmed(
    shared_corpus: Path, read_once: Callable[[Path], Document], ending: str
) -> None:
    document = read_once(shared_corpus / f"variants/{MINUTES}.{ending}")
    assert len(extracts(document)) > 50
    assert unconfirmed(document) == []
