"""Blocks as a Word file, with real headings, quotations and lists, so that a screen reader finds its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from assistant.settings import VERSION
from assistant.taking_along import Block, Kind

LANGUAGE = "en-GB"
INK, QUIET, ACCENT = RGBColor(0x1B, 0x24, 0x30), RGBColor(0x4B, 0x56, 0x67), RGBColor(0x0B, 0x55, 0x63)

_STYLES = {
    Kind.QUESTION: "Heading 1",
    Kind.HEADING: "Heading 2",
    Kind.WORDS: "Normal",
    Kind.NOTICE: "Normal",
    Kind.QUOTATION: "Quote",
    Kind.REFERENCE: "Caption",
    Kind.SOURCE: "List",
    Kind.NOTE: "Body Text",
}


def word_file(blocks: Sequence[Block], *, title: str, when: datetime) -> bytes:
    """The bytes of a .docx file that holds these blocks; `when` is the day that it says it was made."""
    document = Document()
    _prepare(document, title, when)
    for block in blocks:
        for number, line in enumerate(block.lines, 1):
            paragraph = document.add_paragraph(style=_STYLES[block.kind])
            paragraph.add_run(line).bold = True if block.kind is Kind.NOTICE else None
            # A quotation's lines stay together on a page, and its reference with them.
            if block.kind is Kind.QUOTATION:
                paragraph.paragraph_format.keep_with_next = True
                paragraph.paragraph_format.space_after = Pt(6 if number == len(block.lines) else 2)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: WordDocument, title: str, when: datetime) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(22)
    properties = document.core_properties
    properties.title, properties.language = title[:255], LANGUAGE
    properties.author = properties.last_modified_by = f"Council papers {VERSION}"
    properties.comments = ""
    # Word expects UTC without saying so; a time without a zone is taken as this machine's.
    properties.created = properties.modified = when.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    _style(document, "Normal", 11, INK, after=8)
    _style(document, "Body Text", 10, QUIET, after=6)
    _style(document, "Heading 1", 16, INK, before=18, after=6).font.bold = True
    _style(document, "Heading 2", 12, INK, before=12, after=4).font.bold = True
    quote = _style(document, "Quote", 11, INK, after=2)
    quote.font.italic = False
    quote.paragraph_format.left_indent = Mm(8)
    line = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" w:color="{ACCENT}"/></w:pBdr>'
    # Word takes a file for damaged whose properties stand in another order than the standard's.
    quote.element.get_or_add_pPr().insert_element_before(parse_xml(line), "w:spacing", "w:ind")
    caption = _style(document, "Caption", 10, QUIET, after=10)
    caption.font.bold = False
    caption.paragraph_format.left_indent = Mm(8)
    source = _style(document, "List", 10, INK, after=4)
    for contextual in source.element.findall(f".//{qn('w:contextualSpacing')}"):
        contextual.getparent().remove(contextual)  # it would leave no space between one source and the next
    source.paragraph_format.left_indent, source.paragraph_format.first_line_indent = Mm(8), Mm(-8)


def _style(
    document: WordDocument, name: str, size: int, colour: RGBColor, *, before: int = 0, after: int
) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)  # so it is in the template that comes with python-docx
    style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), colour
    # A heading's typeface is otherwise the theme's, whatever its name says.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    style.paragraph_format.line_spacing = 1.15
    return style
