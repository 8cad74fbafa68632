"""What is encoded for a passage."""

from __future__ import annotations

from dataclasses import replace

from corpus.documents import Passage
from index.encodable import ROOM_FOR_CONTEXT, context_of, encodable
from index.encoder import Encodable
from tests.fakes import CountingEncoder, make_document, make_paper

DOCUMENT = make_document("minutes", "The road is long. The school\nis new.")
PAPER = make_paper(DOCUMENT, title="Minutes", date="2022-06-14")


def passage(**fields: object) -> Passage:
    plain = Passage("minutes", "minutes#1", 0, len(DOCUMENT.text), DOCUMENT.text, ("Roads", "Schools"))
    return replace(plain, **fields)  # type: ignore[arg-type]


def test_a_passage_is_encoded_after_its_title_date_and_headings() -> None:
    made = encodable(DOCUMENT.text, PAPER, passage(), CountingEncoder())
    assert made == Encodable("Minutes, 14 June 2022. Roads. Schools. The road is long. The school is new.")


def test_each_of_several_extracts_is_found_in_what_is_encoded() -> None:
    made = encodable(DOCUMENT.text, PAPER, passage(extracts=((0, 17), (18, 36))), CountingEncoder())
    assert [made.text[a:b] for a, b in made.spans] == ["The road is long.", "The school is new."]


def test_a_rows_cells_are_encoded_with_their_headers() -> None:
    row = make_document("plan", "Mend the road | A. Pell | ")
    made = encodable(
        row.text,
        make_paper(row, title="Plan"),
        Passage("plan", "plan#1", 0, len(row.text), row.text, headers=("Action", "Owner", "Due")),
        CountingEncoder(),
    )
    assert made.text == "Plan. Action: Mend the road; Owner: A. Pell"


def test_a_long_path_of_headings_gives_way_from_the_outside() -> None:
    long = " ".join(["word"] * (ROOM_FOR_CONTEXT - 2))
    assert context_of(PAPER, passage(headings=(long, "Near")), CountingEncoder()) == "Minutes, 14 June 2022. Near"
    assert context_of(PAPER, passage(headings=(long, "Near", "Nearest")), CountingEncoder()).endswith("Near. Nearest")
    assert context_of(replace(PAPER, title=long * 2), passage(headings=()), CountingEncoder()) == ""


def test_the_sentence_that_introduces_a_list_is_the_nearest_of_all() -> None:
    introduced = replace(passage(headings=("Near",)), introduction="Leaders\nshould:")
    assert context_of(PAPER, introduced, CountingEncoder()) == "Minutes, 14 June 2022. Near. Leaders should:"
    long = " ".join(["heading"] * 60)
    near = replace(passage(headings=(long, long)), introduction="Leaders should:")
    assert context_of(PAPER, near, CountingEncoder()) == "Minutes, 14 June 2022. Leaders should:"
    endless = replace(passage(headings=("Near",)), introduction=long * 2)
    assert context_of(PAPER, endless, CountingEncoder()) == "Minutes, 14 June 2022. Near"
