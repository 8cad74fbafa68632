from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import LONGEST, Reworded, terms_of, understand
from assistant.stopwords import STOP_WORDS


def test_words_that_say_nothing_are_not_looked_for() -> None:
    assert terms_of("What is the front door?") == ("front", "door")


def test_numbers_rates_and_acronyms_are_looked_for() -> None:
    assert terms_of("FC9 in 2022: 12.5 per 10,000?") == ("fc9", "2022", "12.5", "10,000")
    assert terms_of("Is A&E full?") == ("a&e", "full")


def test_each_word_is_looked_for_once_in_order() -> None:
    assert terms_of("budget, plan and Budget") == ("budget", "plan")


def test_a_question_of_stop_words_emoji_or_one_letter_has_nothing_to_look_for() -> None:
    assert understand("what is it about?").terms == ()
    assert understand("👍😂").terms == ()
    assert understand("q").terms == ()


def test_a_follow_up_is_searched_for_together_with_the_question_that_it_leans_on() -> None:
    question = understand(
        "and in 2019?", ["what does the road plan cost?", "how many agency workers work in Thornmere"]
    )
    assert question.text == "and in 2019?"
    assert question.standalone == "how many agency workers work in Thornmere and in 2019?"
    assert question.recalled == {"agency", "workers", "work", "thornmere"}


def test_what_is_leant_on_may_lean_on_the_question_before_it() -> None:
    earlier = ["how many children went missing from Thornmere homes", "and how many of them twice?"]
    assert understand("was it more than before?", earlier).standalone.startswith("how many children went missing")


def test_a_long_question_points_back_to_itself() -> None:
    asked = "In spring the inspectors gave Thornmere two urgent things to put right - what were they?"
    assert understand(asked, ["what does the road plan cost?"]).standalone == asked
    asked = "The inspectors named two weak teams - which were they?"
    assert understand(asked, ["what does the road plan cost?"]).standalone == asked


def test_that_there_are_some_points_to_nothing() -> None:
    asked = "how many agency workers in Thornmere are there?"
    assert understand(asked, ["what does the road plan cost?"]).standalone == asked


def test_a_question_that_needs_none_before_it_is_searched_for_alone() -> None:
    question = understand("how many agency workers are in Thornmere teams", ["what does the road plan cost?"])
    assert question.standalone == question.text
    assert question.recalled == frozenset()


def test_a_question_without_history_stands_alone() -> None:
    assert understand("  how many\nchildren ").standalone == "how many children"


def test_of_ten_thousand_characters_the_beginning_is_searched_for() -> None:
    assert len(understand("children " * 2000).standalone) == LONGEST


@given(st.text())
def test_terms_are_lower_case_distinct_and_never_stop_words(text: str) -> None:
    terms = terms_of(text)
    assert len(set(terms)) == len(terms)
    assert all(term not in STOP_WORDS and term == term.lower() for term in terms)


@pytest.mark.parametrize("text", ["budget", "Budget?", "what is the budget?"])
def test_a_word_names_one_thing(text: str) -> None:
    assert understand(text).names_one_thing


@pytest.mark.parametrize("text", ["road plan", "how many schools?", "budget in June 2022", "what is it?"])
def test_more_words_a_figure_or_a_time_ask_for_something_in_particular(text: str) -> None:
    assert not understand(text).names_one_thing


def test_a_known_phrase_names_one_thing() -> None:
    question = replace(understand("kids in care"), reworded=(Reworded(("kids", "care"), ("cared for children",)),))
    assert question.names_one_thing


@pytest.mark.parametrize(
    "question", ["What did the inspectors say about supervision?", "What is the front door?", "who chairs the board"]
)
def test_a_question_that_names_its_subject_does_not_lean_on_the_one_before(question: str) -> None:
    assert understand(question, ["What is overdue in the improvement plan?"]).standalone == question
