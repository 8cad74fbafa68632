"""The papers' words for the words of a question: what the list says, how it is matched, and what a bad list is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question import Reworded, understand
from assistant.wording import LAY_WORDS, UnreadableWording, Wording, in_the_papers_words, read_wording

LIST = """
same = ["cared for children; looked after children", "lead member; portfolio holder"]
everyday = ["it", "STEP"]

[words]
"kid; youngster" = "children; young people"
"kids in care" = "cared for children; looked after children"
"boss" = "director"
"agency; agency people" = "interim"
"out of hours" = "emergency duty team"
"vote" = "vote; resolved"

[short_forms]
"IRO" = "independent reviewing officer"
"EHCP" = "education, health and care plan"
"IT" = "information technology"
"A&E" = "accident and emergency"
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "words.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Wording:
    return read_wording(written(tmp_path_factory.mktemp("wording"), LIST))


@pytest.fixture(scope="module")
def shipped() -> Wording:
    return read_wording()


def expanded(wording: Wording, text: str) -> dict[str, tuple[str, ...]]:
    return {expansion.phrase: expansion.words for expansion in wording.expansions(text)}


def test_an_everyday_phrase_gives_the_words_of_the_papers_in_the_lists_order(small: Wording) -> None:
    assert expanded(small, "How many kids?") == {"kids": ("children", "young people")}


def test_lay_words_go_one_way(small: Wording) -> None:
    assert expanded(small, "children and young people") == {}


def test_the_longest_phrase_wins(small: Wording) -> None:
    assert expanded(small, "Kids in care, and other kids") == {
        "Kids in care": ("cared for children", "looked after children"),
        "kids": ("children", "young people"),
    }


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("the BOSSES", "BOSSES"),
        ("the boss's car", "boss's"),
        ("agencies", "agencies"),
        ("the out-of-hours team", "out-of-hours"),
        ("out  of\nhours", "out  of\nhours"),
        ("looked after child", "looked after child"),
        ("Education health and care plans", "Education health and care plans"),
        ("EHCPs", "EHCPs"),
        ("ehcp", "ehcp"),
        ("a&e", "a&e"),
    ],
)
def test_case_hyphens_and_simple_plurals_do_not_matter(small: Wording, text: str, phrase: str) -> None:
    assert list(expanded(small, text)) == [phrase]


@pytest.mark.parametrize("text", ["kidnapped", "embossed", "out. Of hours", "kids. In care"])
def test_a_phrase_is_found_in_whole_words_of_one_sentence_only(small: Wording, text: str) -> None:
    assert not {"out of hours", "kids in care", "boss"} & {phrase.lower() for phrase in expanded(small, text)}
    assert "kid" not in expanded(small, text)


def test_a_phrase_is_not_its_own_expansion(small: Wording) -> None:
    assert expanded(small, "votes") == {"votes": ("resolved",)}


def test_things_with_several_names_go_every_way(small: Wording) -> None:
    assert expanded(small, "portfolio holder") == {"portfolio holder": ("lead member",)}
    assert expanded(small, "lead members") == {"lead members": ("portfolio holder",)}


def test_short_forms_go_both_ways(small: Wording) -> None:
    assert expanded(small, "iros") == {"iros": ("independent reviewing officer",)}
    assert expanded(small, "independent reviewing officers") == {"independent reviewing officers": ("IRO",)}


def test_a_short_form_that_is_an_everyday_word_counts_in_capitals_only(small: Wording) -> None:
    assert expanded(small, "is it good?") == {}
    assert expanded(small, "is IT good?") == {"IT": ("information technology",)}
    assert expanded(small, "the IT's cost") == {"IT's": ("information technology",)}
    assert expanded(small, "information technology") == {"information technology": ("IT",)}


def test_capitals_tell_nothing_where_all_is_in_capitals(small: Wording) -> None:
    assert expanded(small, "IS IT GOOD?") == {}
    assert expanded(small, "IT") == {"IT": ("information technology",)}
    assert list(expanded(small, "THE KIDS OF TODAY")) == ["KIDS"]


def test_what_papers_define_goes_both_ways_and_comes_first(small: Wording) -> None:
    learned = small.with_acronyms(
        [("FCH", "First Contact Hub"), ("IROs", "Inspection Review Officers"), ("STEP", "Support to Every Parent")]
    )
    assert expanded(learned, "fch") == {"fch": ("First Contact Hub",)}
    assert expanded(learned, "first contact hub") == {"first contact hub": ("FCH",)}
    assert expanded(learned, "IRO") == {"IRO": ("Inspection Review Officers", "independent reviewing officer")}
    assert expanded(learned, "the next step, says STEP") == {"STEP": ("Support to Every Parent",)}
    assert expanded(small, "fch") == {}


def test_what_papers_define_as_it_was_known_is_told_once(small: Wording) -> None:
    learned = small.with_acronyms([("IRO", "Independent Reviewing Officers")])
    assert expanded(learned, "IRO") == {"IRO": ("Independent Reviewing Officers",)}


def test_the_words_on_both_sides_are_known(small: Wording) -> None:
    assert all(small.knows(word) for word in ("Kids", "youngster", "boss", "director", "EHCPs", "emergency", "IT"))
    assert not small.knows("scrutiny")


PIECES = st.sampled_from(
    [
        "kids",
        "in",
        "care",
        "KIDS",
        "boss's",
        "out-of-hours",
        "IT",
        "it",
        "a&e",
        ",",
        ". ",
        "’",
        "-",
        " ",
        "x",
        "\n",
        "İ",
        "ß",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)))
def test_expansions_stand_in_the_text_in_order_and_never_overlap(shipped: Wording, text: str) -> None:
    end = 0
    for expansion in shipped.expansions(text):
        assert end <= expansion.start < expansion.end <= len(text)
        assert text[expansion.start : expansion.end] == expansion.phrase
        assert expansion.words
        end = expansion.end


@given(st.lists(st.tuples(st.text(), st.text())))
def test_whatever_papers_define_what_was_known_stays_known(
    shipped: Wording, definitions: list[tuple[str, str]]
) -> None:
    before = expanded(shipped, "kids in care and IROs")
    after = shipped.with_acronyms(definitions).expansions("kids in care and IROs")
    found = {word for expansion in after for word in expansion.words}
    assert {word.lower() for words in before.values() for word in words} <= {word.lower() for word in found}


@pytest.mark.parametrize(
    ("text", "phrase", "word"),
    [
        ("how many of our kids in care moved house", "kids in care", "cared for children"),
        ("runaways last winter", "runaways", "missing from home"),
        ("were dads invited", "dads", "fathers"),
        ("who got sacked", "sacked", "dismissed"),
        ("do the bosses know", "bosses", "senior leaders"),
        ("is there money for golden hellos", "golden hellos", "market supplement"),
        ("the night-and-weekend rota", "night-and-weekend", "out of hours"),
        ("did the panel sign off the minutes", "sign off", "approve"),
        ("where will they cut", "cut", "reduce"),
        ("ofstead", "ofstead", "Ofsted"),
        ("who is the DCS", "DCS", "director of children's services"),
        ("director of childrens services", "director of childrens services", "DCS"),
        ("SEND places", "SEND", "special educational needs and disabilities"),
        ("looked after children", "looked after children", "cared for children"),
        ("looked after children", "looked after children", "LAC"),
        ("when is bin day", "bin day", "waste collection"),
        ("mend the potholes", "potholes", "highways"),
        ("Q2 figures", "Q2", "second quarter"),
    ],
)
def test_the_shipped_list_knows_what_people_say(shipped: Wording, text: str, phrase: str, word: str) -> None:
    assert word in expanded(shipped, text)[phrase]


@pytest.mark.parametrize(
    "text",
    [
        "Please send it to us, and start the next step.",
        "Who sat where?",
        "As many as 40 per cent",
        "What did Mark say?",
    ],
)
def test_the_shipped_list_leaves_plain_english_alone(shipped: Wording, text: str) -> None:
    assert expanded(shipped, text) == {}


def test_the_lines_of_the_shipped_list_can_be_read_without_scrolling() -> None:
    assert max(map(len, LAY_WORDS.read_text(encoding="utf-8").splitlines())) <= 120


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[wordz]\n"kid" = "children"', r'the list "wordz" means nothing here: the lists are same, words,'),
        ('[words]\n"kid" = ["children"]', r'"kid" in words has \[.children.\] on its right: write words in quotation'),
        ('[words]\n"kid; " = "children"', r'"kid; " in words has an empty place: write a word there'),
        ('[words]\n"kid" = "?"', r'"\?" in words has an empty place'),
        ('[words]\n"kid" = "children"\n"Kids" = "young people"', r'"kid" and "Kids" in words count as the same: leave'),
        ('same = ["cabinet; executive", "executive; board"]', r'"executive" and "executive" in same count as the same'),
        ('same = "cabinet; executive"', r"same must be lines in quotation marks between"),
        ("everyday = [1]", r"everyday must be lines in quotation marks between"),
        ('words = ["kid"]', r'words must be lines of the form "left" = "right" below \[words\]'),
        ('[words]\n"kid" = children', r"isn't in the form that its head describes \(.*line 2.*\): mend it"),
        ('[words]\n"kid" = "children"\n"kid" = "children"', r"isn't in the form that its head describes"),
    ],
)
def test_a_line_that_is_wrong_is_told_with_its_remedy(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UnreadableWording, match=told) as error:
        read_wording(written(tmp_path, text))
    assert str(tmp_path / "words.toml") in str(error.value)


def test_a_list_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableWording, match=r"can't be read \(.+\): restore it"):
        read_wording(tmp_path / "none.toml")
    path = tmp_path / "words.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableWording, match="isn't in the form"):
        read_wording(path)


def test_an_empty_list_knows_nothing(tmp_path: Path) -> None:
    assert read_wording(written(tmp_path, "")).expansions("kids in care") == ()


def test_a_question_is_given_the_papers_words_for_its_own(small: Wording) -> None:
    question = in_the_papers_words(understand("how much does the boss earn?"), small, {"boss", "earn"}.__contains__)
    assert question.reworded == (Reworded(("boss",), ("director",)),)
    assert question.encoded == question.standalone


def test_for_words_that_no_paper_has_the_papers_words_are_looked_for_by_meaning_too(small: Wording) -> None:
    question = in_the_papers_words(understand("how many kids in care?"), small, {"care"}.__contains__)
    phrases = ("cared for children", "looked after children")
    assert question.reworded == (Reworded(("kids", "care"), phrases, needed=True),)
    assert question.encoded == "how many kids in care? (cared for children)"


def test_a_phrase_of_words_that_say_nothing_is_no_part_of_a_question(tmp_path: Path) -> None:
    wording = read_wording(written(tmp_path, '[words]\n"by when" = "due date"'))
    assert in_the_papers_words(understand("by when?"), wording, lambda word: False).reworded == ()


@pytest.mark.parametrize("text", ["how many children are in care", "children who are in care", "children in care"])
def test_a_phrase_is_found_with_is_and_who_between_its_words(shipped: Wording, text: str) -> None:
    [found] = [each for each in shipped.expansions(text) if "cared for children" in each.words]
    assert found.phrase.startswith("children")
    assert found.phrase.endswith("in care")


def test_a_phrase_keeps_the_is_and_who_that_it_has_itself(shipped: Wording) -> None:
    assert "present" in next(each.words for each in shipped.expansions("who came") if each.phrase == "who came")
    assert all("present" not in each.words for each in shipped.expansions("how the change came about"))
