"""What becomes of ranked passages: one hit for the same text, and the best from each time that a question names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.question import Reworded, understand
from assistant.retrieval import LESS_OF_A_PAPER, from_each_paper, from_each_time, one_for_the_same
from assistant.scope import Scope, named_in
from assistant.scoring import MEANT_WORDS, Candidate, Stemmer, Stretch, asked_for, named
from corpus.documents import Passage
from index.hits import Hit
from tests.fakes import make_document, make_paper

stemmer = Stemmer()


def candidate(text: str, date: str | None, key: int) -> Candidate:
    document = make_document(f"paper-{key}", text)
    passage = Passage(document.id, f"{document.id}#1", 0, len(text), text)
    hit = Hit(passage, make_paper(document, date=date), 1, None, key, "both", 0.0, key)
    stretch = Stretch(0, len(text), text, stemmer.stems_in(text), 0.5)
    return Candidate(hit, (stretch,), frozenset())


def ranked(*papers: tuple[str, str | None]) -> list[tuple[Candidate, float]]:
    return [(candidate(text, date, n), -float(n)) for n, (text, date) in enumerate(papers, 1)]


def keys(found: list[tuple[Candidate, float]]) -> list[int]:
    return [each.hit.key for each, _ in found]


ROAD = "The panel agreed the new road plan for schools"


def test_the_same_text_is_one_hit_the_newest_at_the_place_of_the_best() -> None:
    found = one_for_the_same(ranked((ROAD, "2022-06"), ("Budgets grew a little", "2022"), (ROAD, "2023-01")), Scope())
    assert keys(found) == [3, 2]
    assert found[0][1] == -1


def test_where_a_time_is_named_the_best_of_the_same_text_is_kept() -> None:
    assert keys(one_for_the_same(ranked((ROAD, "2022-06"), (ROAD, "2023-01")), named_in("in June 2022"))) == [1]


def test_where_two_times_are_named_both_are_kept() -> None:
    scope = named_in("June 2022 and January 2023")
    assert keys(one_for_the_same(ranked((ROAD, "2022-06"), (ROAD, "2023-01")), scope)) == [1, 2]


@pytest.mark.parametrize("other", ["The panel agreed the new road plan for schools in 12 weeks", "Road plan"])
def test_a_figure_or_a_few_words_are_enough_to_differ(other: str) -> None:
    papers = ranked((ROAD + " in 11 weeks", "2022"), (other, "2023"))
    assert keys(one_for_the_same(papers, Scope())) == [1, 2]


def test_the_best_from_each_time_follows_the_best_of_all() -> None:
    papers = ranked(("a", "2024"), ("b", "2022-06"), ("c", "2022-06"), ("d", "2023-01"))
    periods = named_in("June 2022 and January 2023").periods
    assert keys(from_each_time(papers, periods)) == [1, 2, 4, 3]


def test_where_no_paper_is_of_a_time_the_dates_in_the_texts_tell() -> None:
    papers = ranked(("a", "2024"), ("b", "2024"), ("It began in May 2019.", "2024"), ("d", "2023-01"))
    periods = named_in("May 2019 and January 2023").periods
    assert keys(from_each_time(papers, periods)) == [1, 3, 4, 2]


def test_one_time_or_none_changes_nothing() -> None:
    papers = ranked(("a", "2024"), ("b", "2022-06"))
    assert keys(from_each_time(papers, named_in("June 2022").periods)) == [1, 2]
    assert from_each_time([], named_in("June 2022 and May 2023").periods) == []


def test_of_one_paper_each_further_passage_counts_less() -> None:
    first, other = candidate("a", "2022", 1), candidate("b", "2023", 2)
    papers = [(first, 3.0), (first, 2.5), (first, 2.2), (other, 2.0 - LESS_OF_A_PAPER / 10)]
    scores = [3.0, 2.0 - LESS_OF_A_PAPER / 10, 2.5 - LESS_OF_A_PAPER, 2.2 - 2 * LESS_OF_A_PAPER]
    found = from_each_paper(papers)
    assert keys(found) == [1, 2, 1, 1]
    assert [score for _, score in found] == pytest.approx(scores)


ASKED = asked_for(
    replace(
        understand("kids in care waiting"),
        reworded=(Reworded(("kids", "care"), ("cared for children", "looked after children")),),
    ),
    np.zeros(1, dtype=np.float32),
    lambda stems: dict.fromkeys(stems, 1.0),
    stemmer,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kids in care are waiting", 3.0),
        ("cared for children", 1 + MEANT_WORDS),
        ("looked after children, cared for children", 1 + MEANT_WORDS),
        ("children at the road", 0.0),
        ("care", 1.0),
    ],
)
def test_any_one_of_the_papers_phrases_stands_in_for_a_questions_words(text: str, words: float) -> None:
    assert ASKED.coverage(stemmer.stems_in(text)) == pytest.approx(words / 3)


@pytest.mark.parametrize(
    ("question", "row", "share"),
    [
        ("How many cared for children were there in October?", "CF1 | Cared for children (No.) | 662", 1.0),
        ("How many cared for children were there in October?", "CF9 | Cared for children placed at home | 90", 2 / 4),
        ("What is said of cared for children?", "CF1 | Cared for children (No.) | 662", 0.0),
        ("How many roads are there?", "12 | 13", 0.0),
    ],
)
def test_a_row_whose_name_the_question_says_is_the_one_asked_for(question: str, row: str, share: float) -> None:
    asked = asked_for(
        understand(question), np.zeros(1, dtype=np.float32), lambda stems: dict.fromkeys(stems, 1.0), stemmer
    )
    passage = Passage("pack", "pack#1", 0, len(row), row, headers=("Ref", "Indicator", "Now"))
    assert named(passage, Stretch(0, len(row), row, stemmer.stems_in(row), 0.5), asked) == pytest.approx(share)
    assert named(replace(passage, headers=()), Stretch(0, 9, row, stemmer.stems_in(row), 0.5), asked) == 0.0
