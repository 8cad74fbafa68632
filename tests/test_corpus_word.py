"""Word files: text, numbers, tables and pages; what is left out; files that are none or are made to harm."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.documents import Access, Document
from corpus.errors import UnreadableDocument
from corpus.papers import papers_of
from corpus.reading import wordfile
from corpus.reading.files import read_file
from tests.blocks import extracts, texts, told, unconfirmed

docx = pytest.importorskip("docx", reason="needs python-docx: pip install council-papers[test]")
from docx.enum.section import WD_SECTION  # noqa: E402
from docx.enum.text import WD_BREAK  # noqa: E402
from docx.oxml import parse_xml  # noqa: E402
from docx.oxml.ns import nsdecls  # noqa: E402
from docx.shared import Pt, RGBColor  # noqa: E402

Make = Callable[[Any], Path]
NAMES = nsdecls("w")


def xml(text: str) -> Any:
    """An element of Word's, its prefix declared."""
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {NAMES}", text))


@pytest.fixture
def save(tmp_path: Path) -> Make:
    """Save a Word document to be read."""

    def made(document: Any) -> Path:
        path = tmp_path / "harbour.docx"
        document.save(path)
        return path

    return made


@pytest.fixture
def read(save: Make) -> Callable[[Any], Document]:
    """Save a Word document and read it; everything quotable in it must be confirmed."""

    def made(document: Any) -> Document:
        found = read_file(save(document))
        assert unconfirmed(found) == []
        return found

    return made


def new() -> Any:
    return docx.Document()


def flowing(text: str) -> Any:
    """A run at whose beginning Word ended a page."""
    return xml(f"<w:r><w:lastRenderedPageBreak/><w:t>{text}</w:t></w:r>")


def lists(document: Any) -> None:
    """Give a document the list 90, counting 3., 3.1, (a), i) and its second instance 91, which begins at 7."""
    root = document.part.numbering_part.element
    levels = [
        ("3", "decimal", "%1."),
        ("1", "decimal", "%1.%2"),
        ("1", "lowerLetter", "(%3)"),
        ("1", "lowerRoman", "%4)"),
    ]
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (start, form, text) in enumerate(levels)
    )
    root.insert(0, xml(f'<w:abstractNum w:abstractNumId="90">{inner}</w:abstractNum>'))
    root.append(xml('<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    root.append(xml(f'<w:num w:numId="91"><w:abstractNumId w:val="90"/>{restart}</w:num>'))


def numbered(document: Any, text: str, level: int, *, number: int = 90) -> Any:
    paragraph = document.add_paragraph(text)
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(xml(properties))
    return paragraph


def test_headings_paragraphs_and_lists_are_read(read):
    document = new()
    document.core_properties.title = "Harbour plan"
    document.add_paragraph("Thornmere harbour", style="Title")
    document.add_heading("Dredging", 1)
    document.add_paragraph("The panel asked\u00a0for soft\u00adened terms,\ttwice.")
    document.add_paragraph("a plan;", style="List Bullet")
    document.add_paragraph("a date.", style="List Bullet")
    document.add_paragraph("").add_run("In bold").bold = True
    document.add_paragraph("Large").runs[0].font.size = Pt(20)
    found = read(document)
    assert told(found) == [
        ("heading", 1, "Thornmere harbour"),
        ("heading", 1, "Dredging"),
        ("paragraph", 0, "The panel asked for softened terms, twice."),
        ("item", 1, "• a plan;"),
        ("item", 1, "• a date."),
        ("heading", 6, "In bold"),
        ("heading", 6, "Large"),
    ]
    assert (found.title, len(found.pages), found.pages[0].label, found.notes) == ("Harbour plan", 1, None, ())


def test_words_own_numbers_are_counted_again(read):
    document = new()
    lists(document)
    for text, level in [
        ("Background", 0),
        ("It was dredged in June 2023.", 1),
        ("And again in May 2024:", 1),
        ("the north quay;", 2),
        ("all of it;", 3),
        ("the south quay.", 2),
        ("Costs rose.", 1),
        ("Finance", 0),
        ("It cost £6 million.", 1),
    ]:
        numbered(document, text, level)
    numbered(document, "Tolls", 0, number=91)
    numbered(document, "They rose.", 1, number=91)
    assert [text.split(" ")[0] for text in texts(read(document))] == [
        *["3.", "3.1", "3.2", "(a)", "i)", "(b)", "3.3", "4.", "4.1", "7.", "7.1"]
    ]


def test_a_level_that_was_left_out_counts_as_begun(read):
    document = new()
    lists(document)
    numbered(document, "A second level first.", 1)
    numbered(document, "Then the first.", 0)
    assert texts(read(document)) == ["3.1 A second level first.", "4. Then the first."]


def test_a_heading_style_may_number_and_long_paragraphs_in_it_are_none(read):
    document = new()
    lists(document)
    style = document.styles["Heading 2"].element
    style.get_or_add_pPr().append(xml('<w:numPr><w:ilvl w:val="1"/><w:numId w:val="90"/></w:numPr>'))
    document.add_paragraph("Purpose of the report", style="Heading 2")
    document.add_paragraph("The panel is asked to note the plan. " * 6, style="Heading 2")
    document.add_paragraph("")
    assert [(kind, text[:20]) for kind, _, text in told(read(document))] == [
        ("heading", "3.1 Purpose of the r"),
        ("item", "3.2 The panel is ask"),
    ]


def table_of(document: Any, rows: list[list[str]], *, bold: bool = True, style: str = "Table Grid") -> Any:
    table = document.add_table(len(rows), len(rows[0]), style=style)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
            for run in table.cell(i, j).paragraphs[0].runs:
                run.bold = bold and i == 0
    return table


def test_tables_have_headers_merged_cells_and_sections(read):
    document = new()
    table = table_of(
        document,
        [
            ["Indicator", "Actual", "", "Target"],
            ["", "2022", "2023", ""],
            ["Children in need", "", "", ""],
            ["On time", "81%", "", "90%"],
            ["Reviewed", "", "77%", "95%"],
        ],
    )
    for run in (run for cell in table.rows[1].cells for run in cell.paragraphs[0].runs):
        run.bold = True
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 3).merge(table.cell(1, 3))
    table.cell(2, 0).merge(table.cell(2, 3))
    found = read(document)
    assert told(found) == [
        ("table head", 0, "Indicator | Actual |  | Target"),
        ("table head", 0, " | 2022 | 2023 | "),
        ("heading", 9, "Children in need"),
        ("row", 0, "On time | 81% |  | 90%"),
        ("row", 0, "Reviewed |  | 77% | 95%"),
    ]
    assert found.blocks[3].headers == ("Indicator", "Actual 2022", "Actual 2023", "Target")


def test_a_repeated_row_or_a_styles_first_row_is_the_head(read):
    document = new()
    table = table_of(document, [["Action", "Owner"], ["Dredge", "Cllr Ash"]], bold=False)
    table.rows[0]._tr.get_or_add_trPr().append(xml("<w:tblHeader/>"))
    document.add_paragraph("Between.")
    table_of(document, [["Action", "Owner"], ["Paint", "Cllr Birch"]], bold=False, style="Light Grid Accent 1")
    assert [kind for kind, _, _ in told(read(document))] == ["table head", "row", "paragraph", "table head", "row"]


def test_a_front_sheet_is_rows_and_its_prose_stands_under_its_name(read):
    document = new()
    prose = "The report tells how the harbour was dredged and why. " * 8
    table = table_of(document, [["Subject:", "HARBOUR PLAN"], ["Summary:", prose]], bold=False)
    for row in table.rows:
        row.cells[0].paragraphs[0].runs[0].bold = True
    assert told(read(document)) == [
        ("row", 0, "Subject: | HARBOUR PLAN"),
        ("heading", 8, "Summary:"),
        ("paragraph", 0, prose.strip()),
    ]


def test_pages_end_where_word_ended_them_and_where_the_author_did(read):
    document = new()
    document.add_paragraph("A sentence that")._p.append(flowing("goes on over the page."))
    document.add_paragraph("Last on the second.").add_run().add_break(WD_BREAK.PAGE)
    # Word marks the beginning of a page also after a break that was set.
    document.add_paragraph()._p.append(flowing("Appendix A"))
    document.add_paragraph("On a fourth.").paragraph_format.page_break_before = True
    changed = document.add_section(WD_SECTION.CONTINUOUS)
    changed._sectPr.append(xml('<w:sectPrChange w:id="1" w:author="a"><w:sectPr/></w:sectPrChange>'))
    document.add_paragraph("Still on the fourth.")
    document.add_section(WD_SECTION.NEW_PAGE)
    document.add_paragraph("On a fifth.")
    found = read(document)
    assert [texts(found, page.number) for page in found.pages] == [
        ["A sentence that"],
        ["goes on over the page.", "Last on the second."],
        ["Appendix A"],
        ["On a fourth.", "Still on the fourth."],
        ["On a fifth."],
    ]
    assert [block.continues for block in found.blocks][:3] == [False, True, False]
    assert [page.label for page in found.pages] == [None] * 5


def test_an_empty_page_is_blank(read):
    document = new()
    document.add_paragraph("Cover")
    document.add_page_break()
    document.add_page_break()
    document.add_paragraph("Text.")
    assert [page.problem for page in read(document).pages] == [None, "blank", None]


def test_a_row_that_a_page_cuts_goes_on_and_one_that_moves_does_not(read):
    document = new()
    table = table_of(document, [["Action", "Progress"], ["Dredge", "First half"], ["", "Whole row"], ["Last", "row"]])
    table.cell(1, 1).paragraphs[0]._p.append(flowing("and second half."))
    table.cell(2, 0).paragraphs[0]._p.append(flowing("Moved"))
    document.add_paragraph("After the table.")
    found = read(document)
    assert [texts(found, page.number) for page in found.pages] == [
        ["Action | Progress", "Dredge | First half"],
        [" | and second half."],
        ["Moved | Whole row", "Last | row", "After the table."],
    ]
    rows = [block for block in found.blocks if block.cells and block.headers]
    assert [block.continues for block in rows] == [False, True, False, False]
    assert {block.headers for block in rows} == {("Action", "Progress")}


def test_papers_that_begin_at_a_page_break_are_found(read):
    document = new()
    document.core_properties.title = "Agenda for Harbour Panel, Tuesday 4 June 2024"
    document.add_paragraph("AGENDA")
    document.add_paragraph("Meeting of the Harbour Panel to be held on Tuesday 4 June 2024")
    for item in ("1. APOLOGIES FOR ABSENCE", "2. DECLARATIONS OF INTEREST", "3. MINUTES"):
        document.add_paragraph(item)
    document.add_page_break()
    document.add_paragraph("Agenda Item 3")
    document.add_paragraph("Harbour Panel 5 March 2024", style="Heading 1")
    for line in ("Commenced: 6.00pm", "Present: Councillors Ash (Chair) and Birch", "Apologies: Councillor Cedar"):
        document.add_paragraph(line)
    agenda, minutes = papers_of(read(document))
    assert (agenda.kind, agenda.last_page) == ("agenda", 1)
    assert (minutes.kind, minutes.date, minutes.first_page, minutes.item) == ("minutes", "2024-03-05", 2, "3")


def test_tracked_changes_are_read_as_accepted_and_comments_left_out(read):
    document = new()
    paragraph = document.add_paragraph("The quay will ")
    paragraph._p.append(xml('<w:del w:id="1" w:author="a"><w:r><w:delText>never </w:delText></w:r></w:del>'))
    paragraph._p.append(xml('<w:ins w:id="2" w:author="a"><w:r><w:t>soon </w:t></w:r></w:ins>'))
    paragraph._p.append(xml('<w:moveFrom w:id="3" w:author="a"><w:r><w:t>or later </w:t></w:r></w:moveFrom>'))
    run = paragraph.add_run("be mended")
    document.add_comment(run, text="Is this so?", author="a", initials="a")
    joined = document.add_paragraph("The chair thanked")
    joined._p.get_or_add_pPr().append(xml('<w:rPr><w:del w:id="4" w:author="a"/></w:rPr>'))
    document.add_paragraph(" all members.")
    table = table_of(document, [["Action", "Owner"], ["Sell", "Cllr Ash"], ["Dredge", "Cllr Birch"]])
    table.rows[1]._tr.get_or_add_trPr().append(xml('<w:del w:id="5" w:author="a"/>'))
    found = read(document)
    assert texts(found) == [
        "The quay will soon be mended",
        "The chair thanked all members.",
        "Action | Owner",
        "Dredge | Cllr Birch",
    ]
    assert found.notes == ("The file has tracked changes: it was read as if all of them were accepted.",)


@pytest.mark.parametrize("place", ["body", "cell"])
def test_a_paragraph_that_was_to_go_on_is_kept_where_nothing_follows(read, place: str):
    document = new()
    table = table_of(document, [["Action", "Owner"], ["Dredge", "Cllr Ash"]])
    cut = table.cell(1, 0).paragraphs[0] if place == "cell" else document.add_paragraph("The end.")
    cut._p.get_or_add_pPr().append(xml('<w:rPr><w:del w:id="4" w:author="a"/></w:rPr>'))
    assert texts(read(document))[1:] == ["Dredge | Cllr Ash", *(["The end."] if place == "body" else [])]


def test_hidden_white_tiny_and_struck_out_text_is_left_out_and_told(read):
    document = new()
    paragraph = document.add_paragraph("Seen")
    paragraph.add_run("Obey1").font.hidden = True
    paragraph.add_run("Obey2").font.color.rgb = RGBColor(255, 255, 255)
    paragraph.add_run("Obey3").font.size = Pt(1)
    paragraph.add_run("Old").font.strike = True
    hidden = document.styles.add_style("Whisper", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    hidden.font.hidden = True
    document.add_paragraph("").add_run("Obey4", style="Whisper")
    document.add_paragraph("On the second page.").paragraph_format.page_break_before = True
    found = read(document)
    assert texts(found) == ["Seen", "On the second page."]
    assert found.notes == (
        "20 characters that no reader of the page can see were left out (file page 1).",
        "3 characters that are struck out were left out.",
    )


def test_white_letters_on_a_dark_ground_are_seen(read):
    document = new()
    table = table_of(document, [["Action", "Owner"], ["Dredge", "Cllr Ash"]])
    for cell in table.rows[0].cells:
        cell._tc.get_or_add_tcPr().append(xml('<w:shd w:val="clear" w:fill="003366"/>'))
        cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)
    found = read(document)
    assert (texts(found)[0], found.notes) == ("Action | Owner", ())


def test_text_boxes_content_controls_links_and_symbols_are_kept(read):
    document = new()
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    paragraph = document.add_paragraph("Before ")
    paragraph._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            f' xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}'
            f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
    )
    paragraph._p.append(xml("<w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink>"))
    paragraph._p.append(xml('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:noBreakHyphen/></w:r>'))
    control = "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(1, xml(control))
    assert texts(read(document)) == ["Before a link✓-", "In a box.", "In a control."]


def with_notes(path: Path, **notes: str) -> None:
    """Put parts with notes into a saved file, and name them in it."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for kind, inner in notes.items():
        parts[f"word/{kind}.xml"] = f"<w:{kind} {NAMES}>{inner}</w:{kind}>".encode()
        related = (
            f'<Relationship Id="{kind}" Type="http://x/relationships/{kind}" Target="{kind}.xml"/></Relationships>'
        )
        names = "word/_rels/document.xml.rels"
        parts[names] = parts[names].replace(b"</Relationships>", related.encode())
    rewrite(path, parts)


def rewrite(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_footnotes_stand_at_the_end_of_their_page_and_endnotes_at_the_end(save):
    document = new()
    document.add_paragraph("It cost £6 million")._p.append(
        xml('<w:r><w:footnoteReference w:id="2"/><w:t> and more.</w:t></w:r>')
    )
    document.add_page_break()
    document.add_paragraph("It was dredged")._p.append(xml('<w:r><w:endnoteReference w:id="5"/></w:r>'))
    document.add_paragraph("The end.")
    path = save(document)
    note = '<w:{0} w:id="{1}"><w:p><w:r><w:{0}Ref/><w:t xml:space="preserve"> {2}</w:t></w:r></w:p></w:{0}>'
    with_notes(
        path,
        footnotes=note.format("footnote", 2, "Of which half was lent."),
        endnotes=note.format("endnote", 5, "See the survey."),
    )
    found = read_file(path)
    assert unconfirmed(found) == []
    assert [texts(found, page.number) for page in found.pages] == [
        ["It cost £6 million ¹ and more.", "¹ Of which half was lent."],
        ["It was dredged i", "The end.", "i See the survey."],
    ]


def test_headers_are_left_out_but_for_what_says_what_begins(read):
    document = new()
    document.sections[0].header.paragraphs[0].text = "Thornmere Council"
    document.add_paragraph("A public report.")
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "NOT FOR PUBLICATION"
    document.add_paragraph("The price is secret.")
    document.add_section(WD_SECTION.NEW_PAGE)
    document.add_paragraph("Still secret.")
    found = read(document)
    assert [texts(found, page.number) for page in found.pages] == [
        ["A public report."],
        ["NOT FOR PUBLICATION", "The price is secret."],
        ["Still secret."],
    ]


def test_a_watermark_can_hold_a_paper_back(save):
    document = new()
    paragraph = document.sections[0].header.paragraphs[0]
    shape = '<v:shape><v:textpath string="CONFIDENTIAL"/></v:shape>'
    paragraph._p.append(
        parse_xml(f'<w:r {NAMES} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>{shape}</w:pict></w:r>')
    )
    document.add_paragraph("Harbour contract", style="Heading 1")
    document.add_paragraph("The price is secret.")
    (paper,) = papers_of(read_file(save(document)))
    assert paper.access is Access.EXEMPT


def test_a_long_file_without_words_page_ends_says_so(read):
    document = new()
    for _ in range(90):
        document.add_paragraph("The harbour was dredged and the quay was mended.")
    (note,) = read(document).notes
    assert "doesn't keep where Word's pages end" in note


def test_a_witness_holds_only_its_own_page(read):
    document = new()
    document.add_paragraph("First page.").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Second page.")
    assert [page.witnesses for page in read(document).pages] == [("Firstpage.",), ("Secondpage.",)]


def test_a_style_that_hides_text_amid_a_paragraph_leaves_it_unconfirmed(save):
    document = new()
    hidden = document.styles.add_style("Whisper", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    hidden.font.hidden = True
    paragraph = document.add_paragraph("The quay will ")
    paragraph.add_run("not ", style="Whisper")
    paragraph.add_run("be mended.")
    found = read_file(save(document))
    assert unconfirmed(found) == [text for text, _ in extracts(found)] == ["The quay will be mended."]


# Files that are none


def refused(path: Path) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_file(path)
    said = str(caught.value)
    assert said.startswith(f"{path.name}: ")
    assert said.endswith(".")
    assert "\n" not in said
    return said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty (0 bytes)"),
        (b"only text", "it isn't a Word file, whatever its name says"),
        (b"PK\x03\x04 and no more", "damaged or cut short"),
        (wordfile.OFFICE + b"\0" * 600, "it is an Office file of before 2007"),
        (wordfile.OFFICE + b"\0" * 90 + "EncryptedPackage".encode("utf-16-le"), "it is protected by a password; save"),
    ],
)
def test_what_is_no_word_file_is_refused_in_one_sentence(tmp_path: Path, data: bytes, said: str):
    path = tmp_path / "harbour.docx"
    path.write_bytes(data)
    assert said in refused(path)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("xl/workbook.xml", "it is an Excel file"),
        ("ppt/presentation.xml", "it is a PowerPoint file"),
        ("mimetype", "it is an OpenDocument or e-book file"),
        ("notes.txt", "it is a zip file that holds no Word document"),
    ],
)
def test_another_kind_of_zip_file_is_called_by_its_name(tmp_path: Path, name: str, said: str):
    rewrite(tmp_path / "harbour.docx", {name: b"<x/>"})
    assert said in refused(tmp_path / "harbour.docx")


@pytest.fixture
def parts(save: Make) -> dict[str, bytes]:
    """The parts of a small Word file."""
    document = new()
    document.add_heading("Harbour plan", 1)
    document.add_paragraph("It was agreed.")
    with zipfile.ZipFile(save(document)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_file_that_names_a_part_which_is_not_there_is_read(tmp_path: Path, parts: dict[str, bytes]):
    names = "word/_rels/document.xml.rels"
    parts[names] = parts[names].replace(
        b"</Relationships>", b'<Relationship Id="x" Type="http://x/image" Target="../NULL"/></Relationships>'
    )
    rewrite(tmp_path / "harbour.docx", parts)
    assert texts(read_file(tmp_path / "harbour.docx")) == ["Harbour plan", "It was agreed."]


def test_a_file_without_styles_numbers_or_properties_is_read(tmp_path: Path, parts: dict[str, bytes]):
    bare = {name: parts[name] for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml")}
    rewrite(tmp_path / "harbour.docx", bare)
    found = read_file(tmp_path / "harbour.docx")
    assert told(found) == [("paragraph", 0, "Harbour plan"), ("paragraph", 0, "It was agreed.")]
    assert found.title == "harbour"


def test_a_file_in_strict_open_xml_is_read(tmp_path: Path, parts: dict[str, bytes]):
    for strict, usual in wordfile._STRICT:
        parts = {name: data.replace(usual, strict) for name, data in parts.items()}
    rewrite(tmp_path / "harbour.docx", parts)
    assert told(read_file(tmp_path / "harbour.docx"))[0] == ("heading", 1, "Harbour plan")


def test_backslashes_and_capitals_in_names_do_no_harm(tmp_path: Path, parts: dict[str, bytes]):
    rewrite(tmp_path / "harbour.docx", {name.replace("word/", "Word\\"): data for name, data in parts.items()})
    assert texts(read_file(tmp_path / "harbour.docx"))[0] == "Harbour plan"


@pytest.mark.parametrize("entity", ['<!ENTITY a "aaaaaaaaaa">', '<!ENTITY a SYSTEM "file:///etc/hostname">', ""])
def test_a_part_that_declares_a_document_type_is_refused(tmp_path: Path, parts: dict[str, bytes], entity: str):
    declared = f"<!DOCTYPE w:document [{entity}]>".encode()
    head, body = parts["word/document.xml"].split(b"<w:document", 1)
    parts["word/document.xml"] = head + declared + b"<w:document" + body.replace(b"agreed", b"&a;" if entity else b"x")
    rewrite(tmp_path / "harbour.docx", parts)
    assert "declares a document type" in refused(tmp_path / "harbour.docx")


def test_what_would_unpack_to_too_much_is_refused(tmp_path: Path, parts: dict[str, bytes], monkeypatch):
    path = tmp_path / "harbour.docx"
    monkeypatch.setattr(wordfile, "SMALL", 1000)
    rewrite(path, parts | {"word/document.xml": parts["word/document.xml"] + b" " * 3_000_000})
    assert "would unpack to more than 200 MB" in refused(path)
    monkeypatch.setattr(wordfile, "UNPACKED", 1000)
    rewrite(path, parts)
    assert "would unpack to more than" in refused(path)


def test_a_part_that_is_longer_than_it_says_is_refused(tmp_path: Path, parts: dict[str, bytes]):
    path = tmp_path / "harbour.docx"
    rewrite(path, parts)
    data = path.read_bytes()
    size = len(parts["word/document.xml"]).to_bytes(4, "little")
    assert size in data
    path.write_bytes(data.replace(size, (100).to_bytes(4, "little")))
    assert "damaged or cut short" in refused(path)


def test_a_file_with_pictures_only_says_what_to_do(tmp_path: Path, parts: dict[str, bytes]):
    picture = f"<w:document {NAMES}><w:body><w:p><w:r><w:drawing/></w:r></w:p></w:body></w:document>"
    rewrite(tmp_path / "harbour.docx", parts | {"word/document.xml": picture.encode()})
    assert "it holds pictures only (a scan?)" in refused(tmp_path / "harbour.docx")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_cut_short_is_refused(tmp_path: Path, parts: dict[str, bytes], share: float):
    path = tmp_path / "harbour.docx"
    rewrite(path, parts)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    assert "damaged or cut short" in refused(path)


def test_a_zip_with_a_password_is_refused(tmp_path: Path, parts: dict[str, bytes]):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    data = bytearray(buffer.getvalue())
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    (tmp_path / "harbour.docx").write_bytes(bytes(data))
    assert "damaged or cut short" in refused(tmp_path / "harbour.docx")
