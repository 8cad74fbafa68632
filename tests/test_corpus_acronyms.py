"""Where a text defines a short form; and, above all, where it doesn't."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.acronyms import Definition, definitions_in, definitions_of, spells, words_in
from corpus.documents import Document, readable
from tests.fakes import make_document, make_paper


def defined(text: str) -> list[tuple[str, str]]:
    """The short and long forms in a text; each stretch that defines one must hold both."""
    found = definitions_in(text)
    for definition in found:
        stretch = readable(text[definition.start : definition.end])
        assert definition.short in stretch
        assert definition.long in stretch
    return [(definition.short, definition.long) for definition in found]


FCH = [("FCH", "First Contact Hub")]


@pytest.mark.parametrize(
    "text",
    [
        "The First Contact Hub (FCH) opened in Brackwater.",
        "The First Contact Hub (‘FCH’) opened.",
        'The First Contact Hub (the "FCH") opened.',
        "The First Contact Hub (hereafter the FCH) opened.",
        "The First Contact Hub (FCH, in Brackwater) opened.",
        "The First Contact Hub (FCH for short) opened.",
        "The First Contact Hub [FCH] opened.",
        "The First Contact Hub, known as the FCH, opened.",
        "The First Contact Hub or FCH opened.",
        "3. First Contact Hub – FCH\n\nIt opened.",
        "The FCH (First Contact Hub) opened.",
        "The 'FCH' (the First Contact Hub) opened.",
        "The FCH – First Contact Hub – opened.",
        "FCH: First Contact Hub",
        "FCH = First Contact Hub",
        "FCH stands for First Contact Hub.",
        "FCH, which stands for “First Contact Hub”.",
        "The FCH is the First Contact Hub, where concerns are received.",
        "FCH | First Contact Hub | opened in 2021",
        "First Contact Hub | FCH",
        "Short form | Meaning\nFCH | First Contact Hub\n",
        "FCH   First Contact Hub\n",
        "FCH\nFirst Contact Hub\n",
    ],
)
def test_a_short_form_is_defined_in_any_way_in_which_papers_do_it(text: str) -> None:
    assert defined(text) == FCH


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("the independent reviewing officers (IROs)", "IROs", "independent reviewing officers"),
        ("independent reviewing officers’ (IROs’) views", "IROs", "independent reviewing officers"),
        ("serious incident reviews (SIR’s)", "SIR’s", "serious incident reviews"),
        ("PERSONAL EDUCATION PLANS (PEPS)", "PEPS", "PERSONAL EDUCATION PLANS"),
        ("a Youth Offer Framework (YOFs)", "YOFs", "Youth Offer Framework"),
        ("Multi-agency safeguarding hub (MASH)", "MASH", "Multi-agency safeguarding hub"),
        ("unaccompanied asylum-seeking children (UASC)", "UASC", "unaccompanied asylum-seeking children"),
        ("the Multi\xad\nAgency Safe\xad\nguarding Hub (MASH)", "MASH", "Multi-Agency Safe-guarding Hub"),
        ("the director of\nchildren's services\n(DCS)", "DCS", "director of\nchildren's services"),
        ("Early Help & Safety Hub (EHSH)", "EHSH", "Early Help & Safety Hub"),
        ("Health and Wellbeing Board (H&WB)", "H&WB", "Health and Wellbeing Board"),
        ("the Health and Wellbeing Board (HWBB)", "HWBB", "Health and Wellbeing Board"),
        ("A&E (accident and emergency)", "A&E", "accident and emergency"),
        ("Growing Confidence Programme 2 (GCP2)", "GCP2", "Growing Confidence Programme 2"),
        ("Key Stage 4 (KS4)", "KS4", "Key Stage 4"),
        ("the Five Cs (5Cs)", "5Cs", "Five Cs"),
        ("Voices for Change (V4C)", "V4C", "Voices for Change"),
        ("Voices4Change (V4C)", "V4C", "Voices4Change"),
        ("the Department for Education (DfE)", "DfE", "Department for Education"),
        ("each child in need (CiN)", "CiN", "child in need"),
        ("the Keep in Touch Interview (KITI)", "KITI", "Keep in Touch Interview"),
        ("inspections of local authority children's services (ILACS)", "ILACS", "inspections of local authority "),
        ("the supported first year in employment (SFYE)", "SFYE", "supported first year in employment"),
        ("NEET (not in education, employment or training)", "NEET", "not in education, employment or training"),
        ("in education, employment or training (EET)", "EET", "education, employment or training"),
        ("Talk, Listen, Change (TLC)", "TLC", "Talk, Listen, Change"),
        ("needs coordinator (SENCo): special educational needs coordinator (SENCo)", "SENCo", "special educational"),
        ("the Children's Independent Rights Advocate (CHIRA)", "CHIRA", "Children's Independent Rights Advocate"),
        ("the UK Missing Person Unit (UKMPU)", "UKMPU", "UK Missing Person Unit"),
        ("the families, school and advice team (FSA)", "FSA", "families, school and advice team"),
        ("STAR (Securing Timely And Right homes)", "STAR", "Securing Timely And Right homes"),
        ("eleven Lower Layer Super Output\nAreas (LSOAs)", "LSOAs", "Lower Layer Super Output Areas"),
        ("CCG - Clinical Care Group - the body that plans", "CCG", "Clinical Care Group"),
        ("PSW: principal social worker\nThe post is new.", "PSW", "principal social worker"),
    ],
)
def test_the_long_form_is_what_the_short_form_spells(text: str, short: str, long: str) -> None:
    [(found_short, found_long)] = defined(text)
    assert found_short == short
    assert found_long.startswith(readable(long))


@pytest.mark.parametrize(
    "text",
    [
        "the self-evaluation (SEF)",  # nothing says what the F is
        "the Self-Assessment Framework (SEF)",
        "child and adolescent mental health (CAMHS) team",
        "Director, Adult Services (DASS)",
        "a strategic partner for Thornmere (SP)",
        "decisions of the MASH (FMASH) steering group",
        "number of permanent social workers (FTE)",
        "the statement was read out (YES)",
        "members of the first. Contact Hub (FCH)",
        "First Contact\n\nHub (FCH)",
        "First | Contact Hub (FCH)",
        "from the hub; contact hub (HCH)",
        "the local layer super area (LSA)",  # which of the two words is the L?
        "MASH: Multi-Agency Safeguarding Hub Manager",
        "DAS – Director of Adult Safety and Support",
        "FCH First Contact Hub opened in Brackwater",
        "the FCH\nFirst Contact Hub opened",
        "FC9 | First contacts seen in time | 64%",
        "CP | children placed | 12",  # two letters are easily met
        "SW – some were absent",
        "Lead | AD CSC | Children's Social Care",
        "AD\nCSC/AD\n",
        "Councillor Rosa Pike (RP) asked",
        "Dr Jane Ashdown (JA)",
        "the Number of (No)",
        "No – Number of",
        "the FCH (opened in 2021)",
        "the number of 4 (4)",
        "FCH-led First Contact Hub",
        "the first contact hub (CSE/FCH)",
        "(FCH)",
        "FCH",
        "",
    ],
)
def test_what_only_looks_like_a_definition_is_none(text: str) -> None:
    assert defined(text) == []


def test_each_line_of_a_glossary_defines_its_own() -> None:
    lines = "DCS Director of Children's Services\nAOB Any other business anything else\nPLO Public Law Outline"
    assert defined(lines) == [("DCS", "Director of Children's Services"), ("PLO", "Public Law Outline")]
    columns = "IRO\nIndependent reviewing officer\nDCS\nDirector of children's services"
    assert [short for short, _ in defined(columns)] == ["IRO", "DCS"]


def test_the_stretch_that_defines_is_all_of_it_and_nothing_else() -> None:
    text = "In Thornmere the First\nContact Hub (FCH) opened; STAR (Securing Timely And Right homes) began."
    assert [text[d.start : d.end] for d in definitions_in(text)] == [
        "First\nContact Hub (FCH)",
        "STAR (Securing Timely And Right homes)",
    ]


@pytest.mark.parametrize(("short", "singular"), [("IROs", "IRO"), ("IRO's", "IRO"), ("DCS", "DCS"), ("5Cs", "5C")])
def test_a_plural_has_a_singular(short: str, singular: str) -> None:
    assert Definition(short, "", 0, 0).singular == singular


def test_a_definition_lies_on_one_page_of_its_paper() -> None:
    document = make_document(
        "pack", "Public Law Outline (PLO).", "The First", "Contact Hub (FCH).", "Key Stage 4 (KS4)."
    )
    last = make_paper(document, 2, first_page=4, last_page=4, start=document.pages[3].start)
    first = make_paper(document, first_page=1, last_page=3, end=document.pages[2].end)
    assert [d.short for d in definitions_of(document, first)] == ["PLO"]
    [definition] = definitions_of(document, last)
    assert document.text[definition.start : definition.end] == "Key Stage 4 (KS4)"


WORDS = st.lists(st.from_regex(r"[A-Za-z][a-z]{2,7}", fullmatch=True), min_size=3, max_size=6)


@given(WORDS, st.sampled_from(["{} ({})", "{} (the ‘{}’)", "{}, known as {},"]))
def test_the_initials_of_words_beside_them_are_defined_by_them(words: list[str], form: str) -> None:
    short = "".join(word[0] for word in words).upper()
    long = " ".join(words)
    for definition in definitions_in(f"Then: {form.format(long, short)}"):
        assert (definition.short, definition.long) == (short, long)


PIECES = [
    "First ", "contact ", "Hub ", "of ", "and ", "Children's ", "co-", "2 ", "FCH", "FH", "DfE", "IROs", "5C", "H&B",
    "&", "(", ")", " – ", " | ", ", ", ". ", ": ", "‘", "’", "\n", "\xad\n", "\f", "or ", "the ", " stands for ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=60))
def test_whatever_the_text_a_definition_holds_both_forms_and_its_words_spell_the_short_one(text: str) -> None:
    found = definitions_in(text)
    assert [d.start for d in found] == sorted(d.start for d in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for definition in found:
        assert 0 <= definition.start < definition.end <= len(text)
        stretch = readable(text[definition.start : definition.end])
        assert definition.short in stretch
        assert definition.long in stretch
        assert "\f" not in text[definition.start : definition.end]
        words = list(words_in(definition.long))
        assert any(spells(words[:n], definition.singular, most=3) for n in range(1, len(words) + 1))
        assert definition.long[0].upper() == definition.short[0] or definition.short[0].isdigit()


def test_a_page_of_capitals_and_brackets_takes_no_time() -> None:
    assert definitions_in("AB (" * 20_000) == []
    assert definitions_in("A" * 100_000) == []
    assert len(definitions_in("First Contact Hub (FCH) " * 1_000)) == 1_000


@pytest.mark.shared
def test_the_definitions_in_real_papers_are_right(shared_corpus: Path, read_once: Callable[[Path], Document]) -> None:
    found: dict[str, set[str]] = {}
    for path in sorted((shared_corpus / "pdf").glob("*.pdf")):
        document = read_once(path)
        for page in document.pages:
            for definition in definitions_in(document.text[page.start : page.end]):
                long = re.sub(r"[\s-]+", " ", definition.long).lower()
                found.setdefault(definition.singular, set()).add(long)
    assert found["MASH"] == {"multi agency safeguarding hub"}
    assert found["DCS"] == {"director of children's services", "director, children's services"}
    assert found["SLIP"] == {"sector led improvement programme"}
    assert found["ASYE"] == {"assessed and supported year in employment"}
    assert found["LSOA"] == {"lower layer super output areas"}
    assert {"MTFS", "ILACS", "RRT", "GMP", "SEF", "LSCP", "CSC", "UKMPU", "TLC"} <= set(found)
    assert not {"DSCO", "EHASH", "TSCP", "FTE", "YTD", "AD", "SP", "DASS"} & set(found)
    assert len(found) <= 30
