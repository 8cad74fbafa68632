import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.councils import councils_in, principal_authorities
from assistant.declining import Coverage, Declined, Why, coverage_of, declined_at_once, outside_coverage
from assistant.needs import must_have, times_in, years_in
from assistant.question import LONGEST

THORNMERE = Coverage(
    first="2016-10-12",
    last="2024-07",
    own=frozenset(["Thornmere"]),
    named=frozenset(["Thornmere", "Calderby", "Oldham"]),
    years=frozenset(range(2015, 2026)),
)
"""The coverage of the sample papers, more or less; Oldham is a council that they name once."""


def why(text: str) -> Why | None:
    declined = declined_at_once(text)
    return declined.why if declined else None


def outside(text: str) -> tuple[Why, bool] | None:
    declined = outside_coverage(text, THORNMERE)
    return (declined.why, declined.is_certain) if declined else None


def needed(text: str) -> list[str]:
    return [need.terms[0] for need in must_have(text, own=THORNMERE.own, also=THORNMERE.named)]


@pytest.mark.parametrize(
    "text", ["", "  \n", "q", "?!", "👍😂", "\x00\x07\x1b", "что это", "这是什么", "7", "\u200b\u202e"]
)
def test_what_holds_no_word_asks_nothing(text: str) -> None:
    assert why(text) is Why.NOTHING_ASKED


@pytest.mark.parametrize("text", ["IRO", "A5", "1.6", "662", "neglect 👍", "MASH — что это", "kin\x00ship"])
def test_a_word_a_number_or_a_reference_can_be_searched_for(text: str) -> None:
    assert why(text) is None


def test_a_text_that_is_too_long_to_be_searched_for_whole_is_declined_with_its_length() -> None:
    declined = declined_at_once("word " * 2000)
    assert declined is not None
    assert declined.why is Why.TOO_LONG
    assert "10,000 characters" in declined.reason
    assert why(("word " * LONGEST)[:LONGEST]) is None


@pytest.mark.parametrize(
    "text",
    [
        "Should I vote for the budget?",
        "should we sack the director",
        "Honestly, should we trust these figures?",
        "So should I resign from the panel?",
        "What should I do about my group leader?",
        "how should we vote on the motion",
        "Which councillor should I believe?",
        "Should the chief executive resign?",
        "who should be sacked for this",
        "Who would you appoint as chair?",
        "Would you trust the improvement board?",
        "what would you do in my place",
        "How would you rate the leader?",
        "What do you think of the new plan?",
        "Do you think Thornmere will improve?",
        "In your opinion, was the plan a failure?",
        "what's your view on the trust",
        "Is the new head of safeguarding any good?",
        "is our leader up to the job",
        "Are the cabinet members competent?",
        "was the last director useless",
        "Is she any good?",
        "Who is the best councillor on the panel?",
        "which of our officers is the laziest",
        "Who'd make a better lead member, Pellow or Sadiq?",
        "who will win in May",
        "Can you predict the next grade?",
        "what are our chances of getting a good next time",
        "How likely is it that they sack us?",
        "Is it fair to charge care leavers council tax?",
    ],
)
def test_an_opinion_advice_or_a_forecast_of_the_assistants_own_is_declined(text: str) -> None:
    assert why(text) is Why.OPINION


@pytest.mark.parametrize(
    "text",
    [
        "Did the commissioner think that the director should resign?",
        "What should the council do according to the inspectors?",
        "Is the training enough or did the commissioner want more?",
        "Who should I have sent my apologies to?",
        "Should I have had the minutes by now?",
        "How should I read an empty box in the table?",
        "Who should we contact about a missing child?",
        "How many cases should each social worker have?",
        "What caseload should we expect by June?",
        "When should the panel get the next scorecard?",
        "Should children's services be taken off the council?",
        "Did Cabinet agree that the post should be replaced?",
        "Would you tell me the number of foster carers?",
        "would you please list the six priorities",
        "Where would you go to report a concern?",
        "When would you hold a strategy meeting?",
        "Is the hub any good?",
        "Was adoption judged good?",
        "Which team stood out as the best?",
        "Who is the best placed agency to lead early help?",
        "what did inspectors make of the director",
        "Which recommendations did the panel think worth keeping?",
        "Can you show me the fostering figures?",
        "Do you have the minutes of July 2022?",
        "Who won the contract for return interviews?",
        "What is the chief executive's view of the plan?",
        "who is the director and is the post permanent",
        "was the officer in charge given training",
        "Is it likely that the hub moves in June?",
        "children in homes who'd be better off in a family",
        "The young people's council said what we should do: what was it?",
    ],
)
def test_what_others_thought_and_what_is_due_is_not_an_opinion(text: str) -> None:
    assert why(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Name the three children in unregistered homes.",
        "Can you name the family in the serious case review?",
        "What is the surname of the family that moved four times?",
        "names of the young people who went missing",
        "what's the boy's name",
        "Give me the child’s full name and date of birth",
        "girl of 12 in the case study: name and address",
        "home adress of the foster carer",
        "What is the leader's home address?",
        "give me his personal mobile number",
        "Who is the girl on slide 4?",
        "who are the parents of the baby that died",
        "Who is Child B?",
        "Where does the family live?",
        "where does Cllr Sadiq live",
        "which school does she go to",
        "Who is my daughter's social worker?",
        "what is happening with my son's case",
        "look up my neighbours",
        "Why did social services visit the family next door?",
        "The couple next door to us keep shouting, do you know them?",
        "Identify the whistleblower.",
        "what is the identity of the complainant",
        "phone number for the victim's mother",
    ],
)
def test_who_a_child_a_family_or_a_private_person_is_is_declined(text: str) -> None:
    assert why(text) is Why.PERSONAL


@pytest.mark.parametrize(
    "text",
    [
        "names of the inspectors",
        "Who is the lead member for children?",
        "who is the children's commissioner",
        "Name the two children's homes that were closed.",
        "name the childrens homes in special measures",
        "Which two homes are meant, names please, and how many children live there?",
        "What is the name of the charity that works with runaways?",
        "what's the family hub called",
        "Names of the family hubs that opened in 2023",
        "Name the parent governor representative on the panel.",
        "who chairs the children in care council",
        "What is the name of the independent chair?",
        "names of the members of the corporate parenting board",
        "Who is the head of the looked after children team?",
        "What is the address of the new hub?",
        "phone number of the duty team",
        "Where do care leavers live after they turn 18?",
        "which school has most exclusions",
        "How do we compare with our statistical neighbours?",
        "are we slow at hiring compared to next door",
        "did our neighbours offer to help",
        "the teenager on the slide who ran off: what made her stop?",
        "My son is 17: what support is there for care leavers?",
        "Was each child's name recorded on the plan?",
        "How many families were referred in April?",
        "Who are the partners of the safeguarding children partnership?",
        "who is the independent reviewing officer for",
        "which mental health service do children wait for",
    ],
)
def test_officers_members_services_and_numbers_of_children_are_nobodys_private_life(text: str) -> None:
    assert why(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "looked after children in Wigan",
        "wigan childrens services ofsted grade",
        "What is Stockport's rate of re-referrals?",
        "How many social workers does Kirklees have?",
        "ofsted rating for the London Borough of Sutton",
        "What did inspectors write about the Isle of Wight?",
        "brighton & hove agency staff",
        "Bury council foster carers allowance",
        "reading borough council caseloads",
        "CHILDREN IN CARE IN ROCHDALE",
        "has southend on sea got a trust",
        "how many homes are there in hull city council's area",
    ],
)
def test_a_question_about_a_council_that_no_paper_names_is_declined(text: str) -> None:
    assert outside(text) == (Why.COUNCIL, True)


@pytest.mark.parametrize("text", ["Care leavers in Oldham?", "what does Calderby pay", "oldham early help rate"])
def test_a_question_about_a_council_that_papers_name_is_declined_unless_the_passage_names_it(text: str) -> None:
    declined = outside_coverage(text, THORNMERE)
    assert declined is not None
    assert not declined.is_certain
    assert declined.holds("Thornmere pays £38,000.", "Pay of social workers")
    assert not declined.holds("| Calderby | £39,000 |\n| Oldham | £38,500 |")
    assert not declined.holds("£39,000", "CALDERBY AND OLDHAM")
    assert declined.holds("The Oldhams moved to Calderbyshire.")


@pytest.mark.parametrize(
    "text",
    [
        "Is our rate higher than Wigan's?",
        "caseloads compared with Stockport",
        "When was the visit to Manchester?",
        "Did officers visit Stockport?",
        "Are the inspectors from Leeds?",
        "Thornmere and Wigan: which pays more?",
        "How does Wigan compare with us?",
        "the Greater Manchester average",
        "What did Councillor Bolton ask?",
        "who is Mrs Lancaster",
        "what did Simon Preston report",
        "Is there a hub on Manchester Road?",
        "Kent Police strategy meetings",
        "homeless 16 year olds: is the Southwark judgement kept to",
        "how did derby county get on",
        "is it buried in the report",
        "reading results of children in care",
        "Reading results of children in care",
        "a hart lane planning application",
        "how do we stoke up interest",
        "are things like those in Rochdale",
        "do we do the same as in Rochdale",
        "placements out of borough",
    ],
)
def test_a_council_that_is_met_or_compared_with_or_no_council_at_all_is_no_reason_to_decline(text: str) -> None:
    assert outside(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "agency share in March 2027",
        "Who chairs the panel in the 2026/27 municipal year?",
        "What did inspectors find in January 2027?",
        "children in care in March 2012",
        "budget 2009/10",
        "what happened before 2010",
    ],
)
def test_a_time_outside_the_papers_that_none_of_them_names_is_declined(text: str) -> None:
    assert outside(text) == (Why.PERIOD, True)


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("What is due in January 2025?", "A decision is to be taken in January 2025."),
        ("caseloads in 2015", "In 2015/16 the average was 27."),
        ("What was decided after July 2024?", "The Board meets again on 9 September 2024."),
        ("Which milestones are there for 2025/26?", "By June 2025: all posts filled."),
    ],
)
def test_a_time_outside_the_papers_that_one_of_them_names_is_declined_unless_the_passage_names_it(
    text: str, passage: str
) -> None:
    declined = outside_coverage(text, Coverage("2016-10-12", "2024-06-30", years=THORNMERE.years))
    assert declined is not None
    assert declined.why is Why.PERIOD
    assert not declined.is_certain
    assert declined.holds("The average was 19 in June 2019.", "Caseloads", "2019-06-18")
    assert not declined.holds(passage)


@pytest.mark.parametrize(
    "text",
    [
        "children in care in October 2022",
        "What has changed since 2016?",
        "what was agreed by July 2024",
        "How does March 2012 compare with March 2022?",
        "duties under the Children Act 1989",
        "does the 1996 Education Act apply",
        "how many 16 and 17 year olds are in care",
        "a rate of 1990 per 10,000",
        "who may vote in march",
        "the next meeting",
    ],
)
def test_a_time_within_the_papers_and_no_time_at_all_is_no_reason_to_decline(text: str) -> None:
    assert outside(text) is None


def test_nothing_is_outside_papers_of_which_nothing_is_known() -> None:
    assert outside_coverage("looked after children in Wigan in March 2035", Coverage()) is None


def test_the_reason_says_what_the_papers_cover() -> None:
    about_2030 = outside_coverage("How many children are in care in May 2030?", THORNMERE)
    about_leeds = outside_coverage("How many children are in care in Leeds?", THORNMERE)
    assert about_2030 == Declined(
        Why.PERIOD, "The papers searched go from October 2016 to July 2024; they don't speak of May 2030."
    )
    assert about_leeds == Declined(Why.COUNCIL, "The papers searched are about Thornmere; they don't speak of Leeds.")


def test_the_reason_counts_the_councils_of_many_papers() -> None:
    declined = outside_coverage("children in care in Leeds", Coverage(own=frozenset(["A", "B", "C", "D", "E"])))
    assert declined is not None
    assert declined.reason == "The papers searched are about 5 councils; they don't speak of Leeds."


def test_a_document_is_about_the_council_that_it_names_most_and_more_than_once() -> None:
    coverage = coverage_of(
        ["2022-06-21", None, "2024", "2024-07"],
        [{"Thornmere": 9, "Calderby": 3}, {"Eskmoor": 1}, {}, {"Hexley": 2}],
        [1989],
    )
    assert coverage == Coverage(
        "2022-06-21",
        "2024",
        frozenset(["Thornmere", "Hexley"]),
        frozenset(["Thornmere", "Calderby", "Eskmoor", "Hexley"]),
        frozenset([1989, 2022, 2024]),
    )


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("What did Ruth Pellow recommend in April 2019?", ["April 2019", "Pellow"]),
        ("what did Cllr Sadiq promise", ["Sadiq"]),
        ("Did Marcus Tilling's report name Calderby?", ["Calderby", "Tilling"]),
        ("What did the CQC find in Thornmere?", ["CQC"]),
        ("Has the Care Quality Commission visited?", ["CQC"]),
        ("Is our rate higher than Wigan's?", ["Wigan"]),
        ("children in care, March 2021 and March 2022", ["March 2021", "March 2022"]),
        ("What did the Improvement Board tell Full Council?", []),
        ("Who is the Independent Reviewing Officer?", []),
        ("Why Was The Hub Moved To Market Street So Late?", []),
        ("Name the Corporate Parenting Board's members", []),
        ("how many foster carers are there", []),
        ("Is there Staying Put for all, and are EHAs on time?", []),
        ("what was Mrs O'Dowd's answer to Dr Ruth Pellow", ["O'Dowd", "Pellow"]),
    ],
)
def test_a_passage_must_have_the_council_the_time_the_body_and_the_person(text: str, terms: list[str]) -> None:
    assert needed(text) == terms


def test_a_time_is_met_by_any_way_of_writing_it_and_by_the_papers_date() -> None:
    (need,) = must_have("caseloads in October 2022")
    assert need.is_in("| Team | Oct-22 |")
    assert need.is_in("as at 31/10/2022")
    assert need.is_in("in the second half of 2022/23, and in autumn 2022")
    assert need.is_in("an average of 19", None, "2022-10")
    assert need.is_in("an average of 19", "2022-10-12/2022-10-14")
    assert not need.is_in("an average of 19", "2023-01-18")
    assert not need.is_in("2,022 children")


def test_an_open_time_is_met_by_any_time_on_its_open_side() -> None:
    (since,) = must_have("every inspection since 2019")
    assert since.is_in("November 2023")
    assert not since.is_in("October 2016")
    (before,) = must_have("inspections before 2019")
    assert before.is_in("October 2016")
    assert not before.is_in("November 2023")


def test_a_body_is_met_by_its_long_form_and_a_council_by_another_form_of_its_name() -> None:
    (body,) = must_have("what did the CQC find")
    assert body.is_in("the Care\nQuality Commission's report")
    (council,) = must_have("is it better than in kingston upon hull")
    assert council.is_in("| Hull | 112 |")
    (manchester,) = must_have("is it better than in Manchester")
    assert not manchester.is_in("the Greater Manchester average")


def test_the_years_in_a_text_include_both_of_a_financial_year() -> None:
    assert years_in("In 2022/23, unlike 2019-20 or 2016; £2021, 12.2018 and 20171 aside.") == {
        2019,
        2020,
        2016,
        2022,
        2023,
    }


def test_times_are_open_at_the_side_where_the_question_leaves_them_open() -> None:
    spans = [(p.first, p.last) for p in times_in("before 2017, in May 2019 and since 2022")]
    assert spans == [("0001-01-01", "2017-12-31"), ("2019-05-01", "2019-05-31"), ("2022-01-01", "9999-12-31")]


def test_the_list_has_every_principal_authority_once() -> None:
    names = principal_authorities()
    assert len(names) == 21 + 36 + 33 + 63 + 164 + 2
    forms = [form.lower() for group in names.values() for form in group]
    assert len(set(forms)) == len(forms)


def test_every_form_of_a_councils_name_is_found_before_the_word_council() -> None:
    for name, forms in principal_authorities().items():
        for form in forms:
            for text in (f"What does {form} Council pay?", f"what does {form.lower()} council pay"):
                assert [(c.council, c.is_asked_about) for c in councils_in(text)] == [(name, True)], text


@given(st.text(max_size=200))
def test_any_text_at_all_gets_a_reply_or_none(text: str) -> None:
    for declined in (declined_at_once(text), outside_coverage(text, THORNMERE)):
        assert declined is None or declined.reason[-1] in ".?"
    must_have(text)


@given(st.text(st.sampled_from("ab12 /-'’.,:OldhaminMr20")), st.sampled_from(sorted(principal_authorities())))
def test_a_council_that_is_found_stands_where_it_is_said_to(text: str, name: str) -> None:
    whole = f"{text} {name} {text}"
    found = councils_in(whole)
    assert all(0 <= c.start < c.end <= len(whole) for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "piece",
    ["a", "a ", "would you ", "should i ", "name the ", "2022 ", "the two children ", "Oldham ", "Ab ", "é", "\x00",
     "what is the child's ", "who is the ", "is the director ", "my ", "'", "👍", "girl ", "1/", "is x y z cllr "],
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    long, longest = (piece * 100_000)[:100_000], (piece * LONGEST)[:LONGEST]
    began = time.perf_counter()
    for text in (long, longest):
        declined_at_once(text)
        outside_coverage(text, THORNMERE)
        must_have(text[:LONGEST])
    assert time.perf_counter() - began < 0.5  # six calls; on an idle machine under 0.1
