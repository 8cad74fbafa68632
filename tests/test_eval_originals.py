"""The independent reading of PDF files."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from eval.metrics import is_exact
from eval.originals import Originals, document_id, pdfs_in


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    (tmp_path / "packs").mkdir()
    canvas = Canvas(str(tmp_path / "packs" / "Harbour Board (May).PDF"))
    for line in ("The ferry fund paid.", "Mooring fees rise."):
        canvas.drawString(72, 700, line)
        canvas.showPage()
    canvas.save()
    return tmp_path


def test_a_page_is_read_by_document_id_and_number_from_one(papers: Path):
    with Originals(pdfs_in([papers])) as originals:
        assert is_exact("Mooring fees rise.", originals.page_text("harbour-board-may", 2) or "")
        assert not is_exact("Mooring fees rise.", originals.page_text("harbour-board-may", 1) or "")


@pytest.mark.parametrize(
    ("document", "page"), [("harbour-board-june", 1), ("harbour-board-may", 0), ("harbour-board-may", 3)]
)
def test_what_no_pdf_has_is_unknown_and_not_empty(papers: Path, document: str, page: int):
    with Originals(pdfs_in([papers])) as originals:
        assert originals.page_text(document, page) is None


def test_the_earlier_folder_counts_where_two_have_the_same_document(papers: Path, tmp_path: Path):
    other = tmp_path / "other"
    other.mkdir()
    canvas = Canvas(str(other / "harbour-board-may.pdf"))
    canvas.drawString(72, 700, "Another paper.")
    canvas.save()
    with Originals(pdfs_in([other, papers])) as originals:
        assert "Another" in (originals.page_text("harbour-board-may", 1) or "")


def test_the_id_of_a_document_is_the_slug_of_its_files_name():
    assert document_id(Path("a/2021-05 Harbour_Board (final).pdf")) == "2021-05-harbour-board-final"
