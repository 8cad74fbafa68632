"""Approvals of minutes: how councils word them, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.approvals import approvals_in, approved
from corpus.documents import Paper
from corpus.mentions import Mention, Said
from tests.test_corpus_mentions import PANEL, made

OWN = PANEL


def told(*lines: str, **fields: object) -> list[tuple[str | None, str | None]]:
    """The bodies and days of the meetings whose minutes the lines approve."""
    return [(mention.body, mention.date) for mention in mentions(*lines, **fields)]


def mentions(*lines: str, **fields: object) -> tuple[Mention, ...]:
    document, paper = made(*lines, **fields)
    found = approvals_in(document, paper)
    for mention in found:
        assert document.text[mention.start : mention.end] == mention.quote
        assert document.pages[mention.page - 1].start <= mention.start <= document.pages[mention.page - 1].end
    return found


@pytest.mark.parametrize(
    "lines",
    [
        ["RESOLVED that the minutes of the meeting held on 14 June 2022 be approved as a correct record."],
        ["#MINUTES", "RESOLVED", "That the Minutes of the Panel of 14 June 2022 be confirmed and signed by the Mayor."],
        ["The minutes of the meeting of the Panel held on Tuesday, 14th June, 2022 were agreed as a correct record."],
        ["AGREED – that the minutes of the last meeting, held on 14 June 2022, be accepted as a fair account."],
        ["#MINUTES OF THE MEETING HELD ON 14 JUNE 2022", "The minutes were taken as read and signed by the Chair."],
        ["#MINUTES OF 14 JUNE 2022", "RESOLVED – That the minutes be approved and signed."],
        [
            "#MINUTES",
            "To approve the minutes of the meeting held on 14 June 2022.",
            "They were agreed as a true record.",
        ],
        ["#MINUTES", "The minutes of 14 June 2022 were considered.", "RESOLVED – Approved as a correct record."],
        ["The Panel resolved to accept the minutes of the Children's Services Scrutiny Panel meeting of 14 June 2022."],
        ["The Chair signed the minutes of the meeting held on 14 June 2022."],
        ["The Panel approved, as a correct record, the open minutes of its meeting on 14 June 2022."],
        ["It was moved by Cllr. Coyle and RESOLVED that the Minutes of 14 June 2022 (as circulated) be approved."],
        ["That the Chair be authorised to sign the minutes of the Scrutiny Panel (Children's Services), 14 June 2022"],
        ["The minutes of the meeting of 14 June 2022, deferred from July 2022, were confirmed."],
        ["35.1 The minutes of the meeting held on", "\f14 June 2022 were approved as a correct record."],
    ],
)
def test_an_approval_is_found_in_the_words_of_many_councils(lines: list[str]) -> None:
    if lines[-1].startswith("\f"):
        document, paper = made(*lines)
        blocks = (document.blocks[0], replace(document.blocks[1], continues=True))
        [found] = approvals_in(replace(document, blocks=blocks), paper)
        assert (found.body, found.date, found.page) == (OWN, "2022-06-14", 2)
        assert found.quote == "14 June 2022 were approved as a correct record."
    else:
        assert told(*lines) == [(OWN, "2022-06-14")]


@pytest.mark.parametrize(
    "lines",
    [
        ["#MINUTES", "To approve the minutes of the meeting held on 14 June 2022 as a correct record."],
        ["#MINUTES", "Members were not minded to approve the minutes of 14 June 2022 as a correct record."],
        ["#MINUTES", "The minutes of the meeting held on 14 June 2022 were not agreed."],
        ["#MINUTES", "The minutes of the meeting held on 14 June 2022 will be approved at the next meeting."],
        ["#MINUTES", "The minutes of the meeting held on 14 June 2022 are to be approved in October."],
        ["#MINUTES", "The minutes of 14 June 2022 were submitted and it was agreed to defer them."],
        ["#MINUTES", "RESOLVED that the minutes of the Parenting Board held on 14 June 2022 be noted."],
        ["#MINUTES", "The minutes of the working group of 14 June 2022 were noted and the actions agreed."],
        ["#MINUTES", "To approve the minutes of 14 June 2022.", "It was agreed that the minutes be deferred."],
        ["#CHAIR'S UPDATE", "The minutes of the working group were circulated and actions were agreed."],
        ["#CHAIR'S UPDATE", "The actions that the Panel agreed in the minutes of 14 June 2022 are under way."],
        ["#BUDGET", "The budget was approved, and members agreed it as a correct record of spending on 14 June 2022."],
    ],
)
def test_what_only_looks_like_an_approval_is_none(lines: list[str]) -> None:
    assert told(*lines) == []


def test_several_minutes_are_approved_at_once() -> None:
    line = "The minutes of the meetings held on 12 and 19 July 2022 were approved."
    assert told(line) == [(OWN, "2022-07-12"), (OWN, "2022-07-19")]
    line = "The minutes of the ordinary meeting of 4 May 2022 and the special meeting of 11 May 2022 were confirmed."
    assert told(line) == [(OWN, "2022-05-04"), (OWN, "2022-05-11")]


def test_minutes_of_another_body_are_that_bodys() -> None:
    line = "RESOLVED: that the minutes of the former Housing and Care Forum held on 14 June 2022 be adopted."
    [(body, day)] = told(line)
    assert day == "2022-06-14"
    assert body == "former Housing and Care Forum"


def test_the_last_minutes_have_no_day_of_their_own() -> None:
    assert told(
        "#MINUTES OF THE LAST MEETING", "The minutes of the previous meeting were agreed as a true record."
    ) == [(OWN, None)]


def test_a_day_that_isnt_before_the_meeting_isnt_the_one() -> None:
    assert told("#MINUTES", "The minutes of the meeting held on 20 September 2022 were approved.") == []
    assert told("#MINUTES", "The minutes of the meeting held on 20 September 2022 were approved.", date=None) == [
        (OWN, "2022-09-20")
    ]


def test_what_was_put_right_is_kept() -> None:
    line = "The minutes of 14 June 2022 were agreed, subject to one correction. In minute 4 “ten” should be “two”."
    [found] = mentions(line)
    assert found.amendment == "subject to one correction. In minute 4 “ten” should be “two”."
    assert found.quote == line
    [found] = mentions("The minutes of 14 June 2022 were agreed, with no amendments. Ms Bell left.")
    assert found.amendment is None
    assert found.quote == "The minutes of 14 June 2022 were agreed, with no amendments."


def test_a_day_in_the_correction_isnt_the_meetings() -> None:
    line = "The minutes of 14 June 2022 were agreed, subject to 3 May 2022 being read as 4 May 2022."
    assert told(line) == [(OWN, "2022-06-14")]


def test_an_agenda_approves_only_what_it_says_was_resolved() -> None:
    line = "That the minutes of the meeting held on 14 June 2022 be approved as a correct record."
    assert told(line, kind="agenda") == []
    assert told(f"RESOLVED: {line}", kind="agenda") == [(OWN, "2022-06-14")]
    assert told(line, kind="report") == []


# Which papers that makes approved


def paper(document: str, date: str | None, kind: str = "minutes", body: str | None = PANEL, number: int = 1) -> Paper:
    return Paper(document, number, kind, "Title", 1, 2, 0, 10, body=body, date=date)


def approval(by: Paper, date: str | None, body: str | None = PANEL, start: int = 0) -> Mention:
    return Mention(Said.APPROVED, by.id, body, date, 1, start, start + 5, "quote")


JULY, NOVEMBER, MARCH = (paper(d[:7], d) for d in ("2022-07-20", "2022-11-09", "2023-03-29"))


def test_minutes_are_approved_where_a_later_paper_says_so() -> None:
    said = [approval(MARCH, "2022-11-09"), approval(NOVEMBER, "2022-07-20", "Scrutiny Panel (Children’s Services)")]
    assert approved([JULY, NOVEMBER, MARCH], said) == {JULY.id: said[1], NOVEMBER.id: said[0]}


def test_the_first_approval_counts_and_all_copies_of_the_minutes_are_approved() -> None:
    copy = paper("pack", "2022-07-20", number=2)
    said = [approval(MARCH, "2022-07-20"), approval(NOVEMBER, "2022-07-20")]
    assert approved([JULY, copy, NOVEMBER, MARCH], said) == {JULY.id: said[1], copy.id: said[1]}


def test_another_body_or_day_or_kind_isnt_approved() -> None:
    others = [
        paper("a", "2022-11-10"),
        paper("b", "2022-11-09", body="Cabinet"),
        paper("c", "2022-11-09", kind="agenda"),
        paper("d", "2022-11-09", body=None),
    ]
    assert approved([*others, MARCH], [approval(MARCH, "2022-11-09")]) == {}
    assert approved([JULY], [approval(NOVEMBER, "2022-07-20")]) == {}, "the approving paper isn't there"


def test_the_last_minutes_are_those_in_the_pack_of_the_meeting() -> None:
    agenda = paper("2023-03-pack", "2023-03-29", kind="agenda")
    in_pack = paper("2023-03-pack", "2022-11-09", number=2)
    said = [approval(MARCH, None)]
    assert approved([JULY, agenda, in_pack, MARCH], said) == {in_pack.id: said[0]}


def test_the_last_minutes_are_those_that_announced_the_meeting() -> None:
    announced = Mention(Said.ANNOUNCED, NOVEMBER.id, PANEL, "2023-03-29", 1, 0, 5, "quote")
    said = [approval(MARCH, None), announced]
    assert approved([JULY, NOVEMBER, MARCH], said) == {NOVEMBER.id: said[0]}


def test_the_last_minutes_arent_guessed() -> None:
    assert approved([JULY, NOVEMBER, MARCH], [approval(MARCH, None)]) == {}
    agenda = paper("2023-03-pack", "2023-03-29", kind="agenda")
    two = [paper("2023-03-pack", "2022-11-09", number=2), paper("2023-03-pack", "2023-01-18", number=3)]
    assert approved([agenda, *two, MARCH], [approval(MARCH, None)]) == {}
