"""What a model is asked, and what its draft says."""

from __future__ import annotations

import pytest

from assistant.drafting import PASSAGES, WORDS, Claim, claims_in, material, prompt
from corpus.documents import Passage
from tests.fakes import make_document, make_paper

DOCUMENT = make_document("report", "The road plan slipped to the autumn of 2023.\nThe panel asked why.")
PAPER = make_paper(DOCUMENT, title="Road plan", date="2023-01-11")


def passage(start: int, end: int, **fields: object) -> Passage:
    return Passage("report", PAPER.id, start, end, DOCUMENT.text[start:end], **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("draft", "claims"),
    [
        ("It slipped [1]. They asked [2, 3].", [Claim("It slipped.", (1,)), Claim("They asked.", (2, 3))]),
        ("It slipped. [1] They asked.[2][3]", [Claim("It slipped.", (1,)), Claim("They asked.", (2, 3))]),
        ("- **It** slipped [1].\n2. They asked.", [Claim("It slipped.", (1,)), Claim("They asked.", ())]),
        ("It slipped [1][1].", [Claim("It slipped.", (1,))]),
        ("NOT FOUND", []),
        ("Not found.", []),
        ("The answer is NOT_FOUND [1].", []),
        ("", []),
        ("[1]", []),
        ("…\n\n---", []),
    ],
)  # fmt: skip
def test_a_draft_is_its_sentences_with_what_each_cites(draft: str, claims: list[Claim]) -> None:
    assert list(claims_in(draft)) == claims


def test_no_more_sentences_are_read_than_anybody_asked_for() -> None:
    assert len(claims_in("It slipped [1]. " * 100)) == 8


def test_the_passages_stand_before_the_question_each_with_its_source() -> None:
    shown = material([(passage(0, 44, headings=("Roads",)), PAPER)])
    assert prompt(" When is\nthe road done?", shown) == (
        "[1] (Road plan, 11 January 2023, Roads)\nThe road plan slipped to the autumn of 2023.\n\n"
        "Question: When is the road done?"
    )


def test_a_table_row_is_shown_under_its_headers() -> None:
    document = make_document("scorecard", "CF1 | 37.7% | ")
    row = Passage("scorecard", "scorecard#1", 0, 14, document.text, headers=("Ref", "June", "July"))
    assert prompt("?", material([(row, make_paper(document))])).splitlines()[1] == "Ref: CF1; June: 37.7%"


def test_a_passage_within_another_is_shown_once() -> None:
    shown = material([(passage(0, 44), PAPER), (passage(4, 20), PAPER), (passage(45, 65), PAPER)])
    assert [(each.number, each.passage.start) for each in shown] == [(1, 0), (2, 45)]


def test_what_is_shown_fits_into_the_least_room() -> None:
    long = make_document("long", "\n".join("word " * 400 for _ in range(9)))
    parts = [
        (Passage("long", "long#1", b.start, b.end, long.text[b.start : b.end]), make_paper(long)) for b in long.blocks
    ]
    assert len(material(parts)) == WORDS // 400
    short = [(passage(at, at + 1), PAPER) for at in range(0, 20, 2)]
    assert len(material(short)) == PASSAGES
