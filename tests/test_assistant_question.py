from hypothesis import given
from hypothesis import strategies as st

from assistant.question import LONGEST, STOP_WORDS, terms_of, understand


def test_words_that_say_nothing_are_not_looked_for() -> None:
    assert terms_of("What is the front door?") == ("front", "door")


def test_numbers_rates_and_acronyms_are_looked_for() -> None:
    assert terms_of("FC9 in 2022: 12.5 per 10,000?") == ("fc9", "2022", "12.5", "10,000")


def test_each_word_is_looked_for_once_in_order() -> None:
    assert terms_of("budget, plan and Budget") == ("budget", "plan")


def test_a_question_of_stop_words_emoji_or_one_letter_has_nothing_to_look_for() -> None:
    assert understand("what is it about?").terms == ()
    assert understand("👍😂").terms == ()
    assert understand("q").terms == ()


def test_a_follow_up_is_searched_for_together_with_the_two_questions_before_it() -> None:
    question = understand("and in 2019?", ["oldest", "agency workers", "which teams"])
    assert question.text == "and in 2019?"
    assert question.standalone == "agency workers which teams and in 2019?"


def test_a_question_without_history_stands_alone() -> None:
    assert understand("  how many\nchildren ").standalone == "how many children"


def test_of_ten_thousand_characters_the_beginning_is_searched_for() -> None:
    assert len(understand("children " * 2000).standalone) == LONGEST


@given(st.text())
def test_terms_are_lower_case_distinct_and_never_stop_words(text: str) -> None:
    terms = terms_of(text)
    assert len(set(terms)) == len(terms)
    assert all(term not in STOP_WORDS and term == term.lower() for term in terms)
