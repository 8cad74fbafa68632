"""What papers are called."""

from __future__ import annotations

import pytest
from clerk import typed
from hypothesis import given
from hypothesis import strategies as st

from corpus.parts import Part
from corpus.titles import first_title, unshouted, without_surroundings


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Item 05 - Family_hubs_report v3.pdf", "Family hubs report"),
        ("Appendix A: Improvement plan", "Improvement plan"),
        ("Appendix 2 – Improvement plan FINAL.docx", "Improvement plan"),
        ("APPENDIX B", "APPENDIX B"),
        ("Annex 1 Improvement plan", "Improvement plan"),
        ("Agenda item 7: Family hubs", "Family hubs"),
        ("12. Family hubs", "Family hubs"),
        ("Re: Improvement notice", "Improvement notice"),
        ("2022 in review", "2022 in review"),
        ("Plan 2022-25", "Plan 2022-25"),
    ],
)
def test_what_stands_around_a_title_is_taken_off(text: str, title: str):
    assert without_surroundings(text) == title


RUNNING = (
    "Children with SEND in Thornmere were seen by Ofsted and by the DfE last year.\n"
    "The head of the MASH, Councillor McAuley and others answered the inspectors at once."
)


@pytest.mark.parametrize(
    ("shouted", "title"),
    [
        ("CHILDREN'S SERVICES IMPROVEMENT PLAN 2022-23", "Children's Services Improvement Plan 2022-23"),
        ("SEND AND THE DFE: WHAT OFSTED SAID", "SEND and the DfE: What Ofsted Said"),
        ("COUNCILLOR MCAULEY ON THE MASH", "Councillor McAuley on the MASH"),
        ("EXECUTIVE BOARD (PRIVATE SESSION)", "Executive Board (Private Session)"),
        ("OVERVIEW AND SCRUTINY SUB-COMMITTEE", "Overview and Scrutiny Sub-Committee"),
        ("PERFORMANCE, Q2", "Performance, Q2"),
        ("Family hubs", "Family hubs"),
        ("Family Hubs and SEND", "Family Hubs and SEND"),
    ],
)
def test_a_title_in_capitals_is_written_as_its_paper_writes(shouted: str, title: str):
    assert unshouted(shouted, RUNNING) == title


def test_capitals_beside_capitals_are_no_acronyms():
    assert unshouted("PEOPLE SCRUTINY COMMITTEE", "A meeting of the PEOPLE SCRUTINY COMMITTEE was held") == (
        "People Scrutiny Committee"
    )


@given(st.text(alphabet=st.characters(categories=("Lu", "Ll", "Nd", "Zs", "Po")), max_size=60))
def test_only_capitals_change(text: str):
    assert unshouted(text, RUNNING).lower().split() == text.lower().split()


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("# Cabinet\n14 September 2022\n\n# Family hubs: progress", "Family hubs: progress"),
        ("# Cabinet\n\n# 14 September 2022\n\n# Family hubs: progress", "Family hubs: progress"),
        ("# Appendix B\n\n# Improvement plan", "Improvement plan"),
        ("# Appendix B: Improvement plan\n\n# Vision", "Appendix B: Improvement plan"),
        ("# DRAFT\n\n# Improvement plan", "Improvement plan"),
        ("# Report of the Director of Children's Services\n\n# Family hubs", "Family hubs"),
        ("# OFFICIAL\n\n# Family hubs", "Family hubs"),
        ("# 1. Introduction\n\nFamily hubs are open to all.\n\n# 2. Costs", None),
        (
            "Family hubs in Thornmere\n\nThey opened in 2022, and many families came to see them.",
            "Family hubs in Thornmere",
        ),
        ("6 June 2022\n\n# Thornmere Council\n\nDear Ms Adeyemi\n\n# Focused visit\n\nThis letter.", "Focused visit"),
        ("6 June 2022\n\nDear Ms Adeyemi\n\nRe: Improvement notice\n\nI write to you.", "Re: Improvement notice"),
    ],
)
def test_a_papers_title_is_the_first_line_that_says_what_it_is_about(page: str, title: str | None):
    part = Part(typed(f"===\n{page}"), 1, 1)
    assert first_title(part, "Cabinet", after_greeting=part.is_letter) == title
