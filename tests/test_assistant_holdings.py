"""What is held, by body and date, and what is to be known of it; and both as HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.holdings import NO_BODY, Body, by_body, concerns
from assistant.intake import Line, Stage
from assistant.pages.holdings_html import (
    OPEN_UP_TO,
    concerns_html,
    files_html,
    papers_html,
    progress_html,
    progress_words,
    summary_html,
)
from corpus.documents import Access, Paper
from index.adding import Outcome
from index.catalogue import Entry, Unread
from index.problems import Problem
from index.ties import Ties

PANEL = "Children's Scrutiny Panel"


def paper(document: str, number: int = 1, **fields: object) -> Paper:
    plain: dict[str, object] = {"kind": "minutes", "title": "Minutes", "first_page": 1, "last_page": 3, "body": PANEL}
    return Paper(document=document, number=number, start=0, end=9, **{**plain, **fields})  # type: ignore[arg-type]


def entry(id_: str, *papers: Paper, **fields: object) -> Entry:
    return Entry(id_, f"Title {id_}", f"{id_}.pdf", "0", 9, papers, (), **fields)  # type: ignore[arg-type]


def titles(body: Body) -> list[str]:
    return [held.paper.title for held in body.papers]


def test_papers_stand_under_their_bodies_in_order_of_date() -> None:
    entries = (
        entry(
            "pack",
            paper("pack", 1, kind="agenda", title="Agenda", date="2023-01-11"),
            paper("pack", 2, title="Minutes", date="2022-11-02"),
            paper("pack", 3, kind="report", title="A report", body=None, date="2023-01-11"),
            paper("pack", 4, kind="report", title="Undated"),
        ),
        entry("letter", paper("letter", title="Letter", body="Ofsted", date="2022-06")),
        entry("note", paper("note", title="Note", body=None)),
    )
    found = by_body(entries, {}, {})
    assert [body.name for body in found] == [PANEL, "Ofsted", NO_BODY]
    assert titles(found[0]) == ["Minutes", "Agenda", "A report", "Undated"]


def test_a_paper_says_where_it_was_approved_and_what_it_is_a_version_of() -> None:
    one, other = paper("a", date="2022-06-14"), paper("b", date="2022-07-01")
    (body,) = by_body((entry("a", one), entry("b", other)), {one.id: Ties(versions=(other.id,))}, {})
    assert body.papers[0].told
    assert "nearly the same text as" in body.papers[0].told[0]
    assert body.papers[1].told == ()


def test_what_needs_attention_comes_first_and_has_a_remedy_that_is_no_command() -> None:
    problems = (
        Problem("unreadable", "warning", "a.pdf could not be read: it is broken.", "give up with: python -m assistant"),
        Problem("pages", "note", "a, file page 2: blank.", "none needed"),
        Problem("pages", "warning", "a, file page 3: no text.", "compare with the paper itself"),
        Problem("gap", "note", "Panel: nothing is held of 1 June 2022.", "add the papers"),
        Problem("new thing", "warning", "Something.", "do something"),
    )
    found = concerns(problems)
    html = concerns_html(found)
    assert [each.heading for each in found if not each.needs_attention] == [
        "Blank pages",
        "Meetings of which something is missing",
    ]
    assert {each.heading for each in found if each.needs_attention} == {
        "Files that could not be read",
        "Pages without text, or hard to read",
        "New thing",
    }
    assert html.index("To look at") < html.index("Files that could not be read") < html.index("Good to know")
    assert "python -m" not in html
    assert "Do something." in html


def test_a_sound_library_says_so() -> None:
    assert "the library is sound" in concerns_html(())


def test_of_a_paper_that_is_held_back_nothing_but_that_is_shown() -> None:
    exempt = paper(
        "a", title="Secret placement of a child", access=Access.EXEMPT, reason="marked as not for publication"
    )
    html = papers_html(by_body((entry("a", exempt),), {}, {}))
    assert "Held back" in html
    assert "Marked as not for publication" in html
    assert "Secret" not in html


def test_printed_numbers_come_before_those_of_the_file() -> None:
    one = paper("a", first_page=17, last_page=19)
    assert "Pages 15-17 (file pages 17-19)" in papers_html(by_body((entry("a", one),), {}, {one.id: ("15", "17")}))
    assert "File pages 17-19, no printed numbers" in papers_html(by_body((entry("a", one),), {}, {}))


@pytest.mark.parametrize(("papers", "are_open"), [(OPEN_UP_TO, True), (OPEN_UP_TO + 1, False)])
def test_a_long_list_is_opened_body_by_body(papers: int, are_open: bool) -> None:
    entries = tuple(entry(f"a{n}", paper(f"a{n}")) for n in range(papers))
    assert ('<details class="lib-body" open>' in papers_html(by_body(entries, {}, {}))) == are_open


def test_files_can_be_taken_out_by_who_may_and_by_nobody_else() -> None:
    entries, unread = (entry("a", paper("a")),), (Unread("b.pdf", "it is broken."),)
    html = files_html(entries, unread, may_remove=True)
    assert 'data-remove="a"' in html
    assert 'data-remove="b.pdf"' in html
    assert "It is broken." in html
    assert "data-remove" not in files_html(entries, unread, may_remove=False)


def test_the_summary_leads_to_what_needs_attention() -> None:
    found = concerns((Problem("original", "error", "The original of a was changed.", "add it again"),))
    entries = (entry("a", paper("a", date="2022-06-14"), paper("a", 2, date="2023-01")),)
    assert summary_html(entries, found) == (
        "<p><b>2 papers</b> in 1 document, 9 pages, from 14 June 2022 to January 2023. "
        '<a href="#lib-concerns">1 matter to look at</a></p>'
    )


LINES = (
    Line(1, "a.pdf", Stage.DONE, outcome=Outcome.ADDED, message="a.pdf: 1 page, 1 paper, 1 passage."),
    Line(2, "b.pdf", Stage.DONE, outcome=Outcome.FAILED, message="b.pdf: it is broken."),
    Line(3, "c.pdf", Stage.READING, page=4),
    Line(4, "d.pdf", Stage.ENCODING, encoded=64, passages=200),
    Line(5, "e.pdf"),
)


def test_each_file_tells_how_far_it_has_come() -> None:
    html = progress_html(LINES, running=True, stopping=False)
    for words in ("Added", "Not added", "It is broken.", "page 4", "64 of 200 passages", "Waiting", "Stop adding"):
        assert words in html
    assert progress_words(LINES, running=True) == "2 of 5 files done, 1 not added."
    assert "data-stop" not in progress_html(LINES, running=True, stopping=True)
    assert progress_words(LINES[:2], running=False) == "Finished: 1 file added, 1 not added."
    assert "data-clear" in progress_html(LINES[:2], running=False, stopping=False)
    assert progress_html((), running=False, stopping=False) == progress_words((), running=False) == ""


class Tags(HTMLParser):
    """The names of all tags that are opened, and whether each that needs it is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        if tag not in ("col", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(st.text(alphabet="<>&\"'/ab \u202e\x00", min_size=1))
def test_words_from_outside_never_become_markup(words: str) -> None:
    held = paper("a", title=words, body=f"x{words}", item=words, council=words)
    one = Entry("a", words, words, "0", 1, (held,), (words,), (words,))
    found = concerns((Problem(f"p{words}", "warning", words, words),))
    lines = (Line(1, words, Stage.DONE, outcome=Outcome.FAILED, message=words), Line(2, words, Stage.READING))
    html = (
        papers_html(by_body((one,), {}, {}))
        + files_html((one,), (Unread(words, words),), may_remove=True)
        + concerns_html(found)
        + progress_html(lines, running=True, stopping=False)
    )
    tags = Tags(html)
    assert tags.open == []
    assert not tags.seen & {"a", "ab", "script"}
