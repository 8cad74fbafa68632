"""Answers as HTML: what the reader sees of them, and that nothing from a paper can act on the page."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from assistant import pages
from assistant.answer import Answer, Searched, Status
from assistant.citations import Citation, Statement
from assistant.pages.conversation import Turn
from assistant.pages.rendering import answer_html, passage_html, turn_html
from assistant.references import kind_words, page_words, searched_words
from corpus.acronyms import Definition
from corpus.documents import LINE_END_HYPHEN, PAGE_BREAK, Paper, Passage
from index.hits import Hit
from index.lexicon import PlacedDefinition

TITLES = {"2022-11-pack": "Thornmere agenda pack, November 2022"}
MINUTES = Paper("2022-11-pack", 3, "minutes", "Minutes of the Panel", 15, 19, 0, 900, date="2022-06-14", status="draft")
QUOTE = "The front door is the single point of contact."
HOSTILE = '<script>alert(1)</script> *bold* $x^2$ a | b [link](javascript:x) & "quoted" {{value}} ${value}'


def passage(
    text: str, headers: tuple[str, ...] = (), headings: tuple[str, ...] = ("Minutes", "12 Front door")
) -> Passage:
    return Passage("2022-11-pack", "2022-11-pack#3", 100, 100 + len(text), text, headings, headers)


def citation(quote: str = QUOTE, number: int = 1, within: Passage | None = None, label: str | None = "15") -> Citation:
    return Citation(number, within or passage(f"Before. {quote} After."), MINUTES, 17, label, quote)


def answer(*statements: Statement, citations: tuple[Citation, ...] = (), hits: tuple[Hit, ...] = ()) -> Answer:
    searched = Searched(documents=10, papers=23)
    return Answer("Why?", "Why?", Status.ANSWERED, None, statements, citations, hits, searched, 0.2)


def shown(of: Answer) -> str:
    return answer_html(of, TITLES, "turn-1")


def words(html: str) -> str:
    """What is left for the eye: no tags, white space folded."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_own_words_stand_before_the_quotation_which_leads_to_its_passage() -> None:
    html = shown(answer(Statement("The minutes say:", (1,)), citations=(citation(),)))
    assert html.index("The minutes say:") < html.index("<blockquote>")
    assert f"<blockquote><p>{QUOTE}</p></blockquote>" in html
    start, end = citation().span or (0, 0)
    place = f'data-document="{MINUTES.document}" data-start="{start}" data-end="{end}"'
    assert f'<a class="reference place" href="#" {place}>' in html
    assert '<details id="turn-1-source-1">' in html


def test_a_quotation_that_stands_in_a_statement_is_set_apart_once() -> None:
    statement = Statement(f"The minutes say “{QUOTE}”, and nobody objected.", (1,))
    html = shown(answer(statement, citations=(citation(),)))
    assert html.count("<blockquote>") == 1
    assert "<p>The minutes say</p>" in html
    assert "<p>and nobody objected.</p>" in html
    assert html.split("<h3>")[0].count(QUOTE) == 1


def test_a_short_form_leads_to_the_page_that_spells_it_out() -> None:
    defined = PlacedDefinition(Definition("MASH", "Multi-Agency Safeguarding Hub", 5, 40), "2022-11-pack#3", 17, "15")
    html = shown(replace(answer(citations=(citation(),)), short_forms=(defined,)))
    assert '<a class="place" href="#" data-document="2022-11-pack" data-start="5" data-end="40">MASH</a>' in html
    assert "MASH , Multi-Agency Safeguarding Hub, page 15 (file page 17)." in words(html)


def test_what_can_be_done_with_a_turn_stands_below_it_and_names_its_subject() -> None:
    asked = "What is the front door?"
    html = turn_html(Turn(asked, replace(answer(Statement("It is.", ())), standalone=asked)), 2)
    assert 'data-act="retry" data-turn="1"' in html
    assert 'data-act="findings" data-turn="1" data-about="front door"' in html
    waiting, stopped = turn_html(Turn(asked), 1), turn_html(Turn(asked, problem="Stopped."), 1)
    assert "data-act" not in waiting
    assert 'data-act="edit"' in stopped
    assert "data-about" not in stopped


def test_a_subject_is_named_by_the_question_alone_where_it_names_one() -> None:
    of = answer(Statement("It is.", ()))
    alone = replace(of, question="What of caseloads?", standalone="Who chairs the board? What of caseloads?")
    leaning = replace(of, question="And in 2022?", standalone="What of caseloads? And in 2022?")
    assert all('data-about="caseloads"' in turn_html(Turn("x", each), 1) for each in (alone, leaning))


def test_a_statement_that_is_a_quotation_has_no_words_of_its_own() -> None:
    html = shown(answer(Statement(QUOTE, (1,)), citations=(citation(),)))
    assert html.startswith('<div class="statement"><figure')


def test_a_quotation_from_a_page_that_was_hard_to_read_says_so_beside_it() -> None:
    problem = "read by text recognition with low confidence (62 of 100)"
    html = shown(answer(Statement("", (1,)), citations=(replace(citation(), problem=problem),)))
    assert f"(file page 17); careful with this page: {problem}</div></figcaption>" in html


def test_a_quotation_that_was_shown_before_is_only_pointed_at() -> None:
    html = shown(answer(Statement("First:", (1,)), Statement("Second, too.", (1,)), citations=(citation(),)))
    assert html.count("<blockquote>") == 1
    assert "Second, too. [ source 1 on its page ]" in words(html)


def test_a_source_is_told_with_everything_that_finds_it_on_paper() -> None:
    seen = words(shown(answer(Statement("", (1,)), citations=(citation(),))).split("<h3>Sources</h3>")[1])
    for part in (
        "[1] Minutes of the Panel , 14 June 2022, page 15 (file page 17)",
        "Thornmere agenda pack, November 2022",
        "Minutes, draft",
        "Minutes > 12 Front door",
        "Before. " + QUOTE + " After.",
        "Always check the page",
    ):
        assert part in seen


@pytest.mark.parametrize(
    ("label", "said"), [("15", "page 15 (file page 17)"), (None, "file page 17, no printed number")]
)
def test_the_printed_page_number_comes_first(label: str | None, said: str) -> None:
    assert page_words(17, label) == said


def test_a_source_that_was_just_named_is_not_named_again() -> None:
    statement = Statement(f"Minutes of the Panel, 14 June 2022: “{QUOTE}”", (1,))
    html = shown(answer(statement, citations=(citation(),)))
    assert "<p>Minutes of the Panel, 14 June 2022:</p>" in html
    assert (
        words(html.split("<figcaption>")[1].split("</figcaption>")[0])
        == "[ source 1 on its page ] page 15 (file page 17)"
    )


def test_the_same_words_in_two_papers_are_one_quotation_with_two_sources() -> None:
    # The other passage breaks its lines elsewhere, so its place is only known by the passage.
    other = Citation(2, passage(QUOTE), replace(MINUTES, title="Report"), 3, None, QUOTE.replace(" ", "\n"))
    html = shown(answer(Statement(f"Minutes of the Panel: “{QUOTE}”", (1, 2)), citations=(citation(), other)))
    assert html.count("<blockquote>") == 1
    assert "[ source 2 on its page ] Report, 14 June 2022, file page 3, no printed number" in words(html)
    assert '<a class="reference" href="#turn-1-source-2">' in html


def test_the_rows_of_a_short_table_are_shown_under_their_headers_and_not_said_twice() -> None:
    text = "Contacts | 1,204 | 1,190\nReferrals |  | 310"
    table = passage(text, ("Measure", "June 2022", "June 2023"))
    said = "Measure: Contacts; June 2022: 1,204; June 2023: 1,190; Measure: Referrals; June 2023: 310"
    html = shown(answer(Statement(f"Scorecard: {said}", (1,)), citations=(citation(text, within=table),)))
    shown_once = html.split("<h3>")[0]
    assert shown_once.count("Referrals") == 1
    assert " | " not in shown_once
    assert "<dt>Measure</dt><dd>Referrals</dd>" in shown_once
    assert "<p>Scorecard:</p>" in shown_once


def test_a_row_of_a_table_of_which_another_row_has_two_lines_is_shown_under_its_headers() -> None:
    rows = ("Children in care | 38 | ", "Members of the council of young people\n(counted above) |  | March")
    text = "\n".join(rows)
    second = 100 + len(rows[0]) + 1
    extracts = ((100, 100 + len(rows[0])), (second, second + len(rows[1])))
    table = replace(passage(text, ("Role", "Number", "When")), extracts=extracts)
    statement = Statement("Report: Role: Children in care; Number: 38", (1,))
    html = shown(answer(statement, citations=(citation("Children in care | 38 |", within=table),))).split("<h3>")[0]
    assert "<dt>Role</dt><dd>Children in care</dd>" in html
    assert "<dt>Number</dt><dd>38</dd>" in html
    assert html.count("Children in care") == 1
    assert "|" not in html


def test_a_part_of_a_row_is_shown_cell_by_cell_and_not_said_twice() -> None:
    start, end = ROW.text.index("CS12"), ROW.text.index("front door") + len("front door")
    quote = ROW.text[start:end]
    statement = Statement("Scorecard: “CS12”; “Contacts to the front door”", (1,))
    html = shown(answer(statement, citations=(citation(quote, within=ROW),))).split("<h3>")[0]
    assert html.count("CS12") == 1
    assert "<dt>Ref</dt><dd>CS12</dd>" in html
    assert "<dt>Indicator</dt><dd>Contacts to the front door</dd>" in html
    assert "1,204" not in html


def test_a_row_that_is_spoken_in_a_statement_is_not_said_twice() -> None:
    quote = ROW.text
    statement = Statement("Scorecard: Ref: CS12; Indicator: Contacts to the front door; June 2022: 1,204", (1,))
    html = shown(answer(statement, citations=(citation(quote, within=ROW),))).split("<h3>")[0]
    assert html.count("CS12") == 1
    assert "<p>Scorecard:</p>" in html


def test_a_kind_is_shown_with_its_status() -> None:
    assert kind_words(MINUTES) == "Minutes, draft"
    assert kind_words(replace(MINUTES, kind="work programme", status=None)) == "Work programme"


@pytest.mark.parametrize(
    ("searched", "said"),
    [
        (Searched(10, 23), "Searched: 10 documents, 23 papers."),
        (Searched(1, 1), "Searched: 1 document, 1 paper."),
        (Searched(1, 1, first="2022", last="2022"), "Searched: 1 document, 1 paper, 2022."),
        (Searched(2, 4, first="2016", last="2024"), "Searched: 2 documents, 4 papers, 2016 to 2024."),
        (
            Searched(2, 4, bodies=("Roads Panel",), only=("Road plan",)),
            "Searched: 2 documents, 4 papers, only of Roads Panel, only “Road plan”.",
        ),
        (
            Searched(10, 4, "2022-06", "2023", ("minutes", "plan")),
            "Searched: 10 documents, 4 papers, from June 2022, until 2023, only of these kinds: minutes, plan.",
        ),
    ],
)
def test_what_was_searched_is_said_with_the_filters_in_force(searched: Searched, said: str) -> None:
    assert searched_words(searched) == said


def test_a_rewritten_question_is_shown_and_an_unchanged_one_is_not() -> None:
    assert "Searched for: Why the front door?" in shown(replace(answer(), standalone="Why the front door?"))
    assert "Searched for" not in shown(answer())


@pytest.mark.parametrize("status", [Status.NOT_FOUND, Status.REFUSED])
def test_declining_gives_the_reason_and_the_nearest_passages_under_a_plain_name(status: Status) -> None:
    hits = tuple(Hit(passage(f"Nearest {rank}."), MINUTES, 17, "15", rank, "words", 0.1, rank) for rank in range(1, 11))
    html = shown(replace(answer(hits=hits), status=status, reason="No paper speaks of it."))
    assert "No paper speaks of it." in html
    assert "<h3>Not an answer, but nearest</h3>" in html
    assert "Nearest 5." in html
    assert "Nearest 6." not in html
    assert "<blockquote>" not in html


def test_a_partial_answer_says_what_is_missing() -> None:
    html = shown(
        replace(answer(Statement("", (1,)), citations=(citation(),)), status=Status.PARTIAL, reason="2023 is not.")
    )
    assert "A part of the answer. 2023 is not." in words(html)


def test_passages_that_were_found_but_not_cited_stand_apart_from_the_sources() -> None:
    cited = citation()
    hits = tuple(
        Hit(each, MINUTES, 17, "15", rank, "both", 0.5, rank)
        for rank, each in enumerate((cited.passage, passage("Other.")), 1)
    )
    html = shown(answer(Statement("", (1,)), citations=(cited,), hits=hits))
    assert "Other passages that were found (1)" in html
    assert "Other." not in html.split("Other passages")[0]


def test_nothing_from_a_paper_or_a_question_becomes_markup() -> None:
    paper = replace(MINUTES, title=HOSTILE, body=HOSTILE, status=HOSTILE, item=HOSTILE, date=HOSTILE, kind=HOSTILE)
    source = passage(f"Before {HOSTILE} after", headings=(HOSTILE,))
    cited = Citation(1, source, paper, 17, HOSTILE, HOSTILE)
    hit = Hit(passage(HOSTILE), paper, 3, HOSTILE, 1, "both", 0.5, 1)
    full = replace(answer(Statement(HOSTILE + " own", (1,)), citations=(cited,), hits=(hit,)), standalone=HOSTILE)
    for of in (
        full,
        replace(full, status=Status.NOT_FOUND, reason=HOSTILE),
        replace(full, status=Status.PARTIAL, reason=HOSTILE),
    ):
        html = turn_html(Turn(HOSTILE, of, titles={"2022-11-pack": HOSTILE}), 1)
        assert "<script" not in html
        assert re.sub(r'<a class="(reference )?place" href="#" data-|<article', "", html).count("<a") == 0
        assert HOSTILE in words(html)
    assert "<script" not in turn_html(Turn(HOSTILE, problem=HOSTILE), 1)


def test_the_quotation_is_marked_in_its_passage_and_the_passage_is_whole() -> None:
    html = passage_html(passage(f"Before. {QUOTE} After."), QUOTE)
    assert html == f"<p>Before. <mark>{QUOTE}</mark> After.</p>"


def test_a_mark_goes_on_over_a_line_and_a_page() -> None:
    html = passage_html(passage(f"One two{PAGE_BREAK}three four."), f"two{PAGE_BREAK}three")
    assert html == "<p>One <mark>two</mark></p><p><mark>three</mark> four.</p>"


def test_a_passage_that_does_not_hold_the_quotation_is_shown_without_a_mark() -> None:
    assert passage_html(passage("Something else."), QUOTE) == "<p>Something else.</p>"


def test_text_is_shown_as_it_reads_and_not_as_it_is_stored() -> None:
    text = f"a well{LINE_END_HYPHEN}\nknown   risk"
    assert passage_html(passage(text), text) == "<p><mark>a well-known risk</mark></p>"


def test_bullets_and_blank_lines_start_new_lines() -> None:
    assert passage_html(passage("Actions:\n• one\nmore\n\nThen.")) == "<p>Actions:</p><p>• one more</p><p>Then.</p>"


ROW = passage("CS12 | Contacts to the\nfront door | 1,204 | ", ("Ref", "Indicator", "June 2022", "Target"))


def test_a_table_row_is_shown_with_its_column_headers_and_the_quoted_cells_marked() -> None:
    html = passage_html(ROW, "1,204")
    assert "<dt>Indicator</dt><dd>Contacts to the front door</dd>" in html
    assert "<dt>June 2022</dt><dd><mark>1,204</mark></dd>" in html
    assert "<dt>Target</dt><dd>(empty)</dd>" in html


def test_a_quoted_row_has_the_headers_of_the_quoted_cells_and_no_others() -> None:
    quote = "Contacts to the\nfront door | 1,204"
    html = shown(answer(Statement("", (1,)), citations=(citation(quote, within=ROW),))).split("</blockquote>")[0]
    assert "<dt>Indicator</dt><dd>Contacts to the front door</dd>" in html
    assert "<dt>June 2022</dt><dd>1,204</dd>" in html
    assert "CS12" not in html


def test_a_quotation_of_part_of_a_cell_is_shown_alone() -> None:
    html = shown(answer(Statement("", (1,)), citations=(citation("front door", within=ROW),)))
    assert "<blockquote><p>front door</p></blockquote>" in html


def test_a_row_whose_cells_do_not_match_its_headers_is_shown_as_text() -> None:
    assert passage_html(replace(ROW, headers=("Ref", "Indicator"))).startswith("<p>CS12 | Contacts")


def test_every_question_is_a_heading_that_names_its_article() -> None:
    html = turn_html(Turn("Why?"), 3)
    assert '<article class="turn" aria-labelledby="turn-3"><h2 id="turn-3">' in html
    assert "Question 3: Why?" in words(html)


def luminance(colour: str) -> float:
    """The relative luminance of a colour as WCAG 2.2 defines it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [":root", ".dark"])
def test_every_colour_can_be_read_on_its_ground(mode: str) -> None:
    style = (Path(pages.__file__).parent / "chat.css").read_text(encoding="utf-8")
    block = style[style.index(f"{mode} {{") :].split("}")[0]
    colours: dict[str, str] = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
    for ink in ("ink", "quiet", "accent", "warn"):
        assert min(contrast(colours[ink], colours[ground]) for ground in ("ground", "soft")) >= 4.5, ink
    assert contrast(colours["on-mark"], colours["mark"]) >= 4.5
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
    # Edges of inputs and the focus need 3.
    assert min(contrast(colours[edge], colours["ground"]) for edge in ("edge", "focus")) >= 3
