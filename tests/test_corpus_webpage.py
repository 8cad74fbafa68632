"""Web pages: what is read of them, what is left out, and that nothing in them is trusted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Access, Document
from corpus.errors import UnreadableDocument
from corpus.papers import papers_of
from corpus.reading.files import read_file
from corpus.reading.flow import tidy
from corpus.reading.webpage import page_of_html
from tests.blocks import texts, told, unconfirmed

Read = Callable[[str], Document]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read a web page with this body (or this whole page); everything quotable in it must be confirmed."""

    def made(html: str) -> Document:
        path = tmp_path / "harbour.html"
        path.write_text(html, encoding="utf-8")
        document = read_file(path)
        assert unconfirmed(document) == []
        return document

    return made


def test_headings_paragraphs_and_lists_are_read(read: Read):
    document = read(
        "<title>Harbour panel</title><h1>Harbour panel</h1><p>Present:\n Councillors <b>Ash</b> and Birch</p>"
        "<h2>1. Dredging</h2><p>The panel asked for:</p><ul><li>a plan;<ul><li>with costs</ul><li>a date.</ul>"
    )
    assert told(document) == [
        ("heading", 1, "Harbour panel"),
        ("paragraph", 0, "Present: Councillors Ash and Birch"),
        ("heading", 2, "1. Dredging"),
        ("paragraph", 0, "The panel asked for:"),
        ("item", 1, "• a plan;"),
        ("item", 2, "• with costs"),
        ("item", 1, "• a date."),
    ]
    assert document.title == "Harbour panel"
    assert [(page.number, page.label) for page in document.pages] == [(1, None)]
    assert document.notes == ()


def test_numbered_lists_have_the_numbers_that_a_browser_shows(read: Read):
    html = "<ol start=3><li>Dredging<ol type=a><li>north<li>south</ol><li value=9>Moorings</ol><p>End of list.</p>"
    assert texts(read(html)) == ["3. Dredging", "a. north", "b. south", "9. Moorings", "End of list."]


def test_a_bold_line_is_a_heading_and_two_line_breaks_part_paragraphs(read: Read):
    document = read("<p><strong>Declarations</strong></p><p>None.<br><br>Councillor Ash<br>took the chair.")
    assert told(document) == [
        ("heading", 6, "Declarations"),
        ("paragraph", 0, "None."),
        ("paragraph", 0, "Councillor Ash\ntook the chair."),
    ]


def test_tables_have_headers_spans_and_sections(read: Read):
    document = read(
        "<table><caption>Visits</caption><thead><tr><th rowspan=2>Indicator<th colspan=2>Actual<th rowspan=2>Target"
        "<tr><th>2022<th>2023</thead><tr><th colspan=4>Children in need<tr><td>On time<td>81%<td><td>90%"
        "<tr><td>Reviewed<td><td rowspan=2>77%<td>95%<tr><td>Closed<td>5%<td>6%</table>"
    )
    assert told(document) == [
        ("heading", 7, "Visits"),
        ("table head", 0, "Indicator | Actual |  | Target"),
        ("table head", 0, " | 2022 | 2023 | "),
        ("heading", 9, "Children in need"),
        ("row", 0, "On time | 81% |  | 90%"),
        ("row", 0, "Reviewed |  | 77% | 95%"),
        ("row", 0, "Closed | 5% |  | 6%"),
    ]
    assert document.blocks[4].headers == ("Indicator", "Actual 2022", "Actual 2023", "Target")


def test_front_sheets_are_alike_as_table_and_as_list_of_definitions(read: Read):
    summary = "<p>Why.</p><p>How.</p><p>When.</p>"
    table = read(
        f"<table><tr><th scope=row>Subject<td>Harbour plan<tr><th scope=row>Date<td>4 June 2024"
        f"<tr><th scope=row>Summary<td>{summary}</table>"
    )
    definitions = read(
        f"<dl><dt>Subject<dd>Harbour plan<div><dt>Date<dd>4 June 2024</div><dt>Summary<dd>{summary}</dl>"
    )
    assert texts(table) == ["Subject | Harbour plan", "Date | 4 June 2024", "Summary", "Why.", "How.", "When."]
    assert told(definitions) == told(table)


def test_a_table_that_lays_out_the_page_is_no_table(read: Read):
    inner = "<table><tr><th>Owner<th>Due<tr><td>Cllr Ash<td>June</table>"
    assert texts(read(f"<table><tr><td>Left column.<td>Right column.{inner}</table>")) == [
        "Left column.",
        "Right column.",
        "Owner | Due",
        "Cllr Ash | June",
    ]
    assert texts(read("<table role=presentation><tr><td>Left.<td>Right.</table>")) == ["Left.", "Right."]


def test_the_web_sites_own_parts_are_left_out(read: Read):
    document = read(
        "<body class='has-cookie-banner'><a class=skip-link href='#m'>Skip to content</a>"
        "<div id=ccc-cookies><p>We use cookies</p><button>Accept</button></div>"
        "<header><a>Thornmere Council</a><nav><ul><li><a>Bins</a></ul></nav></header>"
        "<ol class=breadcrumbs><li><a>Home</a></ol><form><h1>Harbour plan</h1><p>It was agreed.</p>"
        "<select><option>x</select><aside><a>Related page</a></aside></form>"
        "<script>alert('x')</script><noscript>Turn it on</noscript><footer>Contact us</footer>"
    )
    assert texts(document) == ["Harbour plan", "It was agreed."]
    assert document.notes == ()


def test_only_the_main_part_is_read_with_a_title_from_outside_where_it_has_none(read: Read):
    around = "<header><h1>Harbour panel</h1></header><div>Search this site</div>"
    text = "<p>The panel met and agreed the plan.</p>"
    assert texts(read(f"{around}<main>{text}<header><h2>Part one</h2></header></main>")) == [
        "Harbour panel",
        "The panel met and agreed the plan.",
        "Part one",
    ]
    assert texts(read(f"{around}<main><h1>Minutes</h1>{text}</main>"))[0] == "Minutes"


def test_a_part_that_is_nearly_all_of_the_page_is_not_the_sites_whatever_it_is_called(read: Read):
    assert texts(read("<div class=sidebar><p>The panel met and agreed the plan.</p></div><p>End.</p>"))[0].startswith(
        "The panel"
    )
    assert len(texts(read("<div>Long text beside a small main part.</div><main>Go</main>"))) == 2


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Obey</p>",
        "<p style='display: none'>Obey</p>",
        "<p style='color:red;visibility:hidden'>Obey</p>",
        "<p style='font-size:0'>Obey</p>",
        "<p style='font-size: 1px'>Obey</p>",
        "<p style='position:absolute;left:-9999px'>Obey</p>",
        "<p style='opacity:0'>Obey</p>",
        "<p aria-hidden=true>Obey</p>",
        "<p class='govuk-visually-hidden'>Obey</p>",
        "<style>.trap, #x {display:none}</style><p class='note trap'>Obey</p>",
        "<p style='color:#FFFFFF'>Obey</p>",
        "<font color=white>Obey</font>",
        "<p>Seen.</p><span hidden>Obey</span>",
    ],
)
def test_what_nobody_sees_is_left_out_and_told(read: Read, hidden: str):
    document = read(f"<p>The plan was agreed.</p>{hidden}<p>The panel rose.</p>")
    assert "Obey" not in document.text
    assert document.notes == ("4 characters that no reader of the page can see were left out.",)


@pytest.mark.parametrize(
    "seen",
    [
        "<p style='font-size:0.8em; opacity: 0.9'>Seen</p>",
        "<p hidden=until-found>Seen</p>",
        "<div style='background:#004'><p style='color:#fff'>Seen</p></div>",
        "<style>.dusk{background:#113}</style><div class=dusk><p style='color:white'>Seen</p></div>",
        "<style>@media print {.x{display:none}} .a .x{display:none}</style><p class=x>Seen",
        "<style>.x{display:none} .x{display:block}</style><p class=x>Seen",
        "<details><summary>More</summary><p>Seen</p></details>",
        "<h2><button>Seen</button></h2>",
    ],
)
def test_what_can_be_seen_is_kept(read: Read, seen: str):
    document = read(f"<p>The plan was agreed.</p>{seen}")
    assert "Seen" in texts(document)
    assert document.notes == ()


def test_a_page_that_is_hidden_from_screen_readers_as_a_whole_is_read(read: Read):
    assert texts(read("<body style='opacity:0'><div aria-hidden=true><p>The plan was agreed.</p></div>")) == [
        "The plan was agreed."
    ]


def test_struck_out_text_is_left_out_and_told(read: Read):
    document = read("<p>The quay will <del>not</del> be <s>sold</s> mended.</p>")
    assert texts(document) == ["The quay will be mended."]
    assert document.notes == ("7 characters that are struck out were left out.",)


def test_a_notes_mark_is_no_part_of_the_figure_before_it(read: Read):
    document = read(
        "<p>It cost £6 million<sup><a href='#n1'>1</a></sup> for 5 m<sup>2</sup> on the 1<sup>st</sup> June.</p>"
    )
    assert texts(document) == ["It cost £6 million ¹ for 5 m² on the 1st June."]


def test_a_banner_in_a_header_holds_the_paper_back(read: Read):
    document = read("<header><p>NOT FOR PUBLICATION</p></header><h1>Harbour contract</h1><p>The price is secret.</p>")
    (paper,) = papers_of(document)
    assert paper.access is Access.EXEMPT


def test_broken_markup_is_repaired_as_browsers_do(read: Read):
    html = "<table><tr><td>One<td>Two<tr><td>3 < 5<td>AT&T</table></html><p>After the <b>end<p>and on"
    assert texts(read(html)) == ["One | Two", "3 < 5 | AT&T", "After the end", "and on"]


def test_preformatted_text_keeps_its_lines(read: Read):
    assert texts(read("<pre>Chair:  Ash\nClerk:  Birch</pre>")) == ["Chair: Ash\nClerk: Birch"]


def test_a_page_as_word_saves_it_is_read(read: Read):
    item = (
        "<p class=MsoListParagraph style='mso-list:l0 level1'><![if !supportLists]><span style='font-family:Symbol'>"
        "<span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span>"
        "<![endif]>Dredge the <o:p></o:p>quay</p>"
    )
    assert told(read(f"<!--[if gte mso 9]><xml>x</xml><![endif]-->{item}")) == [("item", 1, "· Dredge the quay")]


def test_the_encoding_that_a_page_declares_is_used(tmp_path: Path):
    path = tmp_path / "harbour.htm"
    path.write_bytes(
        "<meta http-equiv=Content-Type content='text/html; charset=macintosh'><p>“£6” –</p>".encode("mac-roman")
    )
    assert texts(read_file(path)) == ["“£6” –"]


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<title>Empty</title><script>let a = 1</script><img src=a.png>", "the file has no text"),
        ("<frameset><frame src=a.html></frameset>", "the file has no text"),
        ("<div>" * 3000 + "deep", "the file's parts are nested too deeply"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, html: str, said: str):
    path = tmp_path / "harbour.html"
    path.write_text(html)
    with pytest.raises(UnreadableDocument, match=rf"^harbour\.html: {said}\.$"):
        read_file(path)


def test_a_cell_that_claims_to_span_everything_costs_nothing():
    page = page_of_html("<table>" + "<tr><td colspan=99999999 rowspan=99999999>a<td>b" * 200 + "</table>")
    assert len(page.pieces) > 0


def test_hidden_text_within_a_table_is_counted():
    page = page_of_html("<table><tr><th>A<th>B<tr><td>one <i hidden>two</i><td><s>three</s>four</table>")
    assert (page.hidden, page.struck) == (3, 5)
    assert page.pieces[1].cells == ("one", "four")


TAGS = ["<p>", "</p>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td colspan=2>", "<th>", "</table>"]
TAGS += [
    "<h2>",
    "<br>",
    "<dl>",
    "<dt>",
    "<dd>",
    "<main>",
    "<header>",
    "<nav>",
    "<sup>",
    "<a>",
    "<div hidden>",
    "</div>",
]


@given(st.lists(st.sampled_from([*TAGS, "harbour ", "2 ", "&amp;", "<", "\n"])))
def test_any_markup_gives_pieces_without_empty_ones(parts: list[str]):
    for piece in page_of_html("".join(parts)).pieces:
        assert any(piece.cells)
        assert all(tidy(cell) == cell or "\n\n" in cell for cell in piece.cells)
