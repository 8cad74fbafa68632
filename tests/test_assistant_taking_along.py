"""Answers as files: reopened, they say word for word what the answer says, and refer to every place."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answer import Answer, Searched, Status
from assistant.citations import Citation, Statement
from assistant.references import Listing
from assistant.settings import VERSION
from assistant.spreadsheets import UnknownFileKind
from assistant.taken_markdown import escaped, markdown
from assistant.taken_word import word_file
from assistant.taking_along import (
    Asked,
    Block,
    Kind,
    NothingToTake,
    Taken,
    blocks_of,
    check_ending,
    file_name,
    save,
    take_along,
)
from corpus.documents import LINE_END_HYPHEN, Paper, Passage, readable
from index.hits import Hit

WHEN = datetime(2026, 3, 9, 14, 5)
PANEL = "Children's Scrutiny Panel"
PLAN = Paper("pack", 3, "plan", "Improvement Plan", 17, 46, 0, 900, date="2023-01-11", status="draft", item="5")
LISTINGS = {PLAN.id: Listing(PANEL, "2023-01-11", alone=True)}
REFERENCE = f"{PANEL}, 11 January 2023, item 5, page 15 (file page 17)"
QUOTE = f"The front door is the single point of con{LINE_END_HYPHEN}\ntact for *anybody* who is worried."
SHOWN = "The front door is the single point of con-tact for *anybody* who is worried."
HOSTILE = (
    "<script>alert(1)</script> *b* _i_ `c` $x$ [l](javascript:x) ![p](y) # 1. | ~~d~~ &amp; https://x.org www.x.org"
)


def passage(text: str, headers: tuple[str, ...] = ()) -> Passage:
    return Passage("pack", PLAN.id, 100, 100 + len(text), text, ("Actions", "Front door"), headers)


ROW = passage("CS12 | Contacts to the\nfront door |  | 1,204", ("Ref", "Indicator", "Target", ""))


def citation(quote: str = QUOTE, number: int = 1, within: Passage | None = None) -> Citation:
    return Citation(number, within or passage(f"Before. {quote} After."), PLAN, 17, "15", quote)


def answered(*statements: Statement, citations: tuple[Citation, ...] = (), hits: tuple[Hit, ...] = ()) -> Answer:
    searched = Searched(documents=10, papers=23, since="2022-06")
    question = "What is the front door?"
    return Answer(question, question, Status.ANSWERED, None, statements, citations, hits, searched, 0.2)


PLAIN = answered(
    Statement(f"The plan says: “{SHOWN}”", (1,)), Statement("So it stands.", (1,)), citations=(citation(),)
)


def asked(answer: Answer = PLAIN) -> Asked:
    return Asked(answer, WHEN, {"pack": "Agenda pack of the panel"}, LISTINGS)


def lines(*of: Asked) -> list[tuple[Kind, str]]:
    return [(block.kind, line) for block in blocks_of(of) for line in block.lines]


def test_an_answer_is_its_question_its_words_its_quotation_and_the_reference() -> None:
    assert lines(asked()) == [
        (Kind.QUESTION, "What is the front door?"),
        (Kind.NOTE, "Asked on 9 March 2026 at 14:05."),
        (Kind.WORDS, "The plan says:"),
        (Kind.QUOTATION, SHOWN),
        (Kind.REFERENCE, f"[1] {REFERENCE}"),
        (Kind.WORDS, "So it stands. [1]"),
        (Kind.HEADING, "Sources"),
        (
            Kind.SOURCE,
            "[1] Improvement Plan, 11 January 2023 (Plan, draft). Document: Agenda pack of the panel (pack). "
            "Under: Actions › Front door",
        ),
        (Kind.NOTE, "Searched: 10 documents, 23 papers, from June 2022."),
        *CLOSING,
    ]


CLOSING = lines()


def test_the_file_ends_with_the_advice_to_check_the_page_and_the_version_of_the_program() -> None:
    (notice, check), (note, made) = CLOSING
    assert (notice, note) == (Kind.NOTICE, Kind.NOTE)
    assert check.startswith("Always check the page")
    assert VERSION in made


def test_the_version_is_the_projects() -> None:
    project = Path(__file__).parents[1] / "pyproject.toml"
    assert tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"] == VERSION


def test_a_row_is_told_cell_by_cell_under_its_headers() -> None:
    row = citation(ROW.text, within=ROW)
    told = lines(asked(answered(Statement("", (1,)), citations=(row,))))
    assert [line for kind, line in told if kind is Kind.QUOTATION] == [
        "Ref: CS12",
        "Indicator: Contacts to the front door",
        "Target: (empty)",
        "No heading: 1,204",
    ]


def test_the_same_words_in_two_papers_are_one_quotation_with_two_references() -> None:
    other = replace(citation(number=2), paper=replace(PLAN, document="other", item=None), page=3, page_label=None)
    told = lines(asked(answered(Statement("", (1, 2)), citations=(citation(), other))))
    assert [line for kind, line in told if kind is Kind.REFERENCE] == [
        f"[1] {REFERENCE}",
        "[2] Improvement Plan, 11 January 2023, file page 3, no printed number",
    ]
    assert sum(kind is Kind.QUOTATION for kind, _ in told) == 1


def test_citations_from_one_place_of_a_paper_are_one_source() -> None:
    both = answered(Statement("", (1, 2)), citations=(citation(), citation("Another.", 2)))
    assert [line[:25] for kind, line in lines(asked(both)) if kind is Kind.SOURCE] == ["[1], [2] Improvement Plan"]


def test_the_items_of_a_quoted_list_are_lines_of_their_own() -> None:
    told = lines(asked(answered(Statement("", (1,)), citations=(citation("Leaders should:\n• listen\n• act."),))))
    assert [line for kind, line in told if kind is Kind.QUOTATION] == ["Leaders should:", "• listen", "• act."]


def test_a_page_that_was_hard_to_read_is_told_with_the_reference() -> None:
    problem = "read by text recognition with low confidence (62 of 100)"
    told = lines(asked(answered(Statement("", (1,)), citations=(replace(citation(), problem=problem),))))
    assert (Kind.REFERENCE, f"[1] {REFERENCE}; careful with this page: {problem}") in told


@pytest.mark.parametrize("status", [Status.NOT_FOUND, Status.REFUSED])
def test_declining_gives_the_reason_and_the_nearest_passages_as_such(status: Status) -> None:
    hits = tuple(Hit(passage(f"Nearest {n}.\n\nMore."), PLAN, 17, "15", n, "words", 0.1, n) for n in range(1, 8))
    told = lines(asked(replace(answered(hits=hits), status=status, reason="No paper speaks of it.")))
    assert (Kind.NOTICE, "No paper speaks of it.") in told
    nearest = told[told.index((Kind.HEADING, "Not an answer, but nearest")) + 1 :]
    assert nearest[:3] == [(Kind.QUOTATION, "Nearest 1."), (Kind.QUOTATION, "More."), (Kind.REFERENCE, REFERENCE)]
    assert sum(kind is Kind.REFERENCE for kind, _ in nearest) == 5


def test_what_a_partial_answer_lacks_and_a_rewritten_question_are_told() -> None:
    told = lines(asked(replace(PLAIN, status=Status.PARTIAL, reason="2023 is missing.", standalone="The front door?")))
    assert (Kind.NOTICE, "A part of the answer. 2023 is missing.") in told
    assert (Kind.NOTE, "Searched for: The front door?") in told


@pytest.mark.parametrize("ending", [".docx", ".md", ".DOCX"])
def test_a_conversation_has_every_question_in_turn(ending: str) -> None:
    second = replace(PLAIN, question="And who runs it?", standalone="And who runs it?")
    taken = take_along([asked(), asked(second)], ending)
    assert taken.name == f"what-is-the-front-door-and-1-more-2026-03-09{ending.lower()}"
    text = "\n".join(reopened(taken))
    assert text.index("What is the front door?") < text.index("And who runs it?")
    assert text.count(SHOWN) == 2


@pytest.mark.parametrize("ending", ["", ".pdf", ".doc"])
def test_another_kind_of_file_is_refused_in_one_sentence(ending: str) -> None:
    with pytest.raises(UnknownFileKind, match=r"\.docx or \.md"):
        check_ending(ending)


def test_nothing_is_taken_along_where_nothing_was_asked() -> None:
    with pytest.raises(NothingToTake, match="ask one"):
        take_along([], ".md")


def test_a_saved_file_replaces_an_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "answer.md"
    path.write_text("old " * 9999)
    save([asked()], path)
    assert path.read_bytes() == take_along([asked()], ".md").content


def reopened(taken: Taken) -> Iterator[str]:
    """The lines of a file as its readers see them."""
    if taken.name.endswith(".docx"):
        yield from (paragraph.text for paragraph in docx.Document(io.BytesIO(taken.content)).paragraphs)
    else:
        yield from rendered(taken.content.decode())


def rendered(text: str) -> list[str]:
    """The lines of a Markdown file as they are shown; every extension that makes more of a text is on."""
    html = MarkdownIt("gfm-like", {"typographer": False, "linkify": False}).render(text)
    return [unescape(re.sub("<[^>]+>", "", each)) for each in re.findall(r"<(?:h\d|p|li)>(.+?)</", html)]


def test_both_files_say_the_same_word_for_word() -> None:
    hostile = replace(PLAIN, question=HOSTILE, citations=(citation(HOSTILE),), statements=(Statement(HOSTILE, (1,)),))
    for answer in (PLAIN, hostile):
        said = [line for _, line in lines(asked(answer))]
        assert list(reopened(take_along([asked(answer)], ".docx"))) == said
        assert list(reopened(take_along([asked(answer)], ".md"))) == said


LINES = st.lists(st.text(max_size=60) | st.sampled_from(HOSTILE.split()), max_size=12).map(" ".join).map(readable)


@given(LINES)
def test_no_text_becomes_markup_or_loses_a_letter(text: str) -> None:
    block = next(blocks_of([asked(replace(PLAIN, question=f"x {text}"))]))
    for kind in (Kind.WORDS, Kind.QUOTATION, Kind.SOURCE, Kind.QUESTION, Kind.NOTE, Kind.HEADING):
        html = MarkdownIt("gfm-like", {"linkify": False}).render(markdown([Block(kind, block.lines)]))
        assert set(re.findall(r"<(\w+)", html)) <= {"p", "blockquote", "ul", "li", "h1", "h2"}
        assert unescape(re.sub(r"<[^>]+>|\n", "", html)) == block.lines[0]


@pytest.mark.parametrize(
    "text", ["1. one", "1) one", "- one", "+ one", "= one", "> one", "# one", "--- one", "``` one"]
)
def test_a_line_that_begins_like_a_list_or_a_heading_stays_a_line(text: str) -> None:
    assert MarkdownIt().render(escaped(text)) == f"<p>{text.replace('>', '&gt;')}</p>\n"


@settings(max_examples=15)
@given(LINES)
def test_a_word_file_holds_any_text(text: str) -> None:
    block = next(blocks_of([asked(replace(PLAIN, question=f"x {text}"))]))
    content = word_file([block], title=block.lines[0], when=WHEN)
    assert docx.Document(io.BytesIO(content)).paragraphs[0].text == block.lines[0]


def test_a_word_file_has_headings_quotations_a_language_and_a_title() -> None:
    document = docx.Document(io.BytesIO(take_along([asked()], ".docx").content))
    styles = [(p.style.name, p.text) for p in document.paragraphs if p.style is not None]
    assert styles[0] == ("Heading 1", "What is the front door?")
    assert ("Quote", SHOWN) in styles
    assert ("Heading 2", "Sources") in styles
    assert any(name == "List" and text.startswith("[1] Improvement Plan") for name, text in styles)
    assert document.core_properties.title == "Council papers: What is the front door?"
    assert document.core_properties.language == "en-GB"
    assert 'w:lang w:val="en-GB"' in document.styles.element.xml
    assert "en-US" not in re.findall(r'w:lang w:val="([^"]+)', document.styles.element.xml)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What is the “front door”?", "what-is-the-front-door-2026-03-09.md"),
        ("CON", "con-2026-03-09.md"),
        ("../../etc/passwd", "etc-passwd-2026-03-09.md"),
        ("???", "question-2026-03-09.md"),
        ("Which of the recommendations that were made in 2016 recur in 2023?", None),
        ("x" * 300, f"{'x' * 60}-2026-03-09.md"),
    ],
)
def test_a_file_is_named_after_its_question_and_day(question: str, name: str | None) -> None:
    found = file_name([asked(replace(PLAIN, question=question))], ".md")
    assert found == (name or "which-of-the-recommendations-that-were-made-in-2016-recur-in-2026-03-09.md")


@given(st.text())
def test_every_system_accepts_the_name(question: str) -> None:
    name = file_name([asked(replace(PLAIN, question=question))], ".docx")
    assert re.fullmatch(r"[\w-]+-2026-03-09\.docx", name)
    assert len(name.encode()) < 255
