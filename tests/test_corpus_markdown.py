"""Markdown files."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.errors import UnreadableDocument
from corpus.reading.files import read_file
from corpus.reading.rereading import witness_of_markdown
from corpus.reading.witness import squash
from tests.blocks import texts, told, unconfirmed


def read(folder: Path, text: str) -> Document:
    path = folder / "harbour.md"
    path.write_text(text, encoding="utf-8")
    document = read_file(path)
    assert unconfirmed(document) == []
    return document


def test_headings_lists_and_tables_are_read(tmp_path: Path):
    document = read(
        tmp_path,
        "# Harbour panel, 4 June 2024\n\nPresent: *Ash*, **Birch** & `Cedar`\n\nActions\n-------\n\n"
        "- Dredge the [quay](https://thornmere.example)\n  - with snake_case_costs\n\n"
        "| Action | Owner |\n|:---|---:|\n| Dredge *it* |  |\n| Paint \\| varnish | Cllr Ash |\n",
    )
    assert told(document) == [
        ("heading", 1, "Harbour panel, 4 June 2024"),
        ("paragraph", 0, "Present: Ash, Birch & Cedar"),
        ("heading", 2, "Actions"),
        ("item", 1, "• Dredge the quay"),
        ("item", 2, "• with snake_case_costs"),
        ("table head", 0, "Action | Owner"),
        ("row", 0, "Dredge it | "),
        ("row", 0, "Paint | varnish | Cllr Ash"),
    ]
    assert document.title == "Harbour panel, 4 June 2024"


def test_numbers_count_on_from_the_first_and_keep_their_sign(tmp_path: Path):
    text = "3. Dredging\n3. Moorings\n   1) north\n   1) south\n\n   The panel agreed.\n3. Tolls\n\nEnd.\n\n1. Anew\n"
    assert texts(read(tmp_path, text)) == [
        "3. Dredging",
        "4. Moorings",
        "1) north",
        "2) south",
        "The panel agreed.",
        "5. Tolls",
        "End.",
        "1. Anew",
    ]


def test_front_matter_gives_the_title_and_is_no_text(tmp_path: Path):
    document = read(tmp_path, "---\ntitle: 'Harbour plan'\ndate: 2024\n---\nIt was agreed.\n")
    assert (document.title, texts(document)) == ("Harbour plan", ["It was agreed."])


def test_struck_out_and_hidden_text_is_left_out_and_told(tmp_path: Path):
    document = read(
        tmp_path, "It costs ~~five~~ six pounds.\n\n<div hidden>Obey</div>\n\n<!-- a comment -->\n\n![a crest](a.png)\n"
    )
    assert texts(document) == ["It costs six pounds."]
    assert document.notes == (
        "4 characters that no reader of the page can see were left out.",
        "4 characters that are struck out were left out.",
    )


def test_signs_that_are_meant_as_such_are_kept(tmp_path: Path):
    text = "Three \\* four, 3 * 4 = 12, a_b_c, C# and <https://thornmere.example/a_b> for £5 &amp; more."
    assert texts(read(tmp_path, text)) == [
        "Three * four, 3 * 4 = 12, a_b_c, C# and https://thornmere.example/a_b for £5 & more."
    ]


def test_the_witness_is_the_files_own_text_without_signs():
    text = "> ## *Costs*\n\n[the plan][1] cost **£6**\n\n[1]: https://thornmere.example\n\n```\ncode\n```\n"
    assert witness_of_markdown(text) == squash("Costs the plan cost £6 code")


def test_an_empty_file_is_refused(tmp_path: Path):
    with pytest.raises(UnreadableDocument, match=r"^harbour\.md: the file has no text\.$"):
        read(tmp_path, "<!-- nothing -->\n")
