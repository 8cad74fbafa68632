"""The glyphs of a PDF page with their places, and the page drawn: the only file that knows PDFium's interface.

Coordinates are those of the page as a viewer shows it, in points from its top left corner.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c
from PIL import Image

from corpus.documents import LINE_END_HYPHEN

HYPHENS_AT_LINE_END = (0x02, 0xFFFE)
"""What PDFium gives, by version and call, for a hyphen after which a line breaks."""

TINY = 1.5
"""Points: text smaller than this can't be read on paper, and is taken for hidden."""

PdfiumError = pypdfium2.PdfiumError
"""What PDFium raises on a file or a page that it can't read."""

LARGEST_DRAWING = 12_000_000
"""Pixels of a drawn page, whatever size the page says it has: three bytes of memory each."""

LONGEST_SIDE = 16_000
"""Pixels of a drawn page's height or width; a WebP picture can have no more than 16383."""

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""

INVISIBLE_MODE = 3
"""The text rendering mode "neither fill nor stroke" (PDF 32000-1, table 106): text recognition puts such text over a
scan, where there is ink under it."""

QUARTER_TURN = math.pi / 2

HEAVY = ("bold", "black", "heavy")
"""Words in a font's name that say that its letters are bold."""

PALE = 245
"""Of 255: a colour all of whose parts are at least this bright may vanish on white paper."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as drawn. `turned` says that it doesn't stand upright on the page as most of the page does."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    turned: bool


@dataclass(frozen=True, slots=True)
class LineBreak:
    """PDFium's mark that the glyphs before and after it stand on different lines."""


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """The glyphs of a page in the order in which they are drawn, and the page's size in points.

    `plain` is PDFium's own plain text of the page, hidden text included; `hidden` the characters left out because no
    reader of the page could see them; `ruled` says that enough straight lines are drawn for a table; `sideways` at what
    angle to the page as shown its text runs (degrees, counter-clockwise): the glyphs are turned upright here.
    `pictured` is the share of the page that its pictures cover (0 to 1), `drawn` whether anything is drawn on it.
    """

    glyphs: tuple[Glyph | LineBreak, ...]
    width: float
    height: float
    plain: str
    hidden: int
    ruled: bool
    sideways: int
    pictured: float
    drawn: bool

    def turn(self, box: Box) -> Box:
        """Turn a box on the page as shown as the glyphs are turned here."""
        across = self.sideways in (90, 270)
        width, height = (self.height, self.width) if across else (self.width, self.height)
        return _turn(box, self.sideways, width, height)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A character before the page is turned upright."""

    text: str
    box: Box
    size: float
    bold: bool
    angle: int
    pale: bool
    generated: bool
    """`pale`: nothing or next to nothing is drawn. `generated`: PDFium's own space or line break."""


class GlyphReader:
    """Opens a PDF file for its glyphs. Raises pypdfium2.PdfiumError where PDFium can't."""

    def __init__(self, path: Path, password: str | None) -> None:
        """Open the file at `path`."""
        self._pdf = pypdfium2.PdfDocument(path, password=password)

    def close(self) -> None:
        """Close the file."""
        self._pdf.close()

    def __len__(self) -> int:
        """Count the pages."""
        return len(self._pdf)

    def picture(self, number: int, dpi: float) -> Image.Image:
        """Page `number`, counted from 1, drawn in greys as a viewer shows it, at so many dots per inch."""
        page = self._pdf[number - 1]
        try:
            drawn: Image.Image = page.render(scale=dpi / 72, grayscale=True).to_pil()
            return drawn
        finally:
            page.close()

    def drawing(self, number: int, width: int, turned: int) -> Image.Image:
        """Page `number`, counted from 1, drawn in colour, so many pixels wide (fewer where it would be larger than
        `LARGEST_DRAWING` or higher than `LONGEST_SIDE`) after it is turned clockwise by `turned` degrees, a multiple
        of 90."""
        page = self._pdf[number - 1]
        try:
            across, down = page.get_size()
            if turned in (90, 270):
                across, down = down, across
            # A page without a size would be drawn without end.
            across, down = max(across, 1.0), max(down, 1.0)
            scale = min(width / across, LONGEST_SIDE / down, math.sqrt(LARGEST_DRAWING / (across * down)))
            drawn: Image.Image = page.render(scale=scale, rotation=turned).to_pil()
            return drawn
        finally:
            page.close()

    def page(self, number: int) -> PageGlyphs:
        """Read page `number`, counted from 1."""
        page = self._pdf[number - 1]
        text_page = page.get_textpage()
        try:
            return _read(page, text_page)
        finally:
            text_page.close()
            page.close()


def _read(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> PageGlyphs:
    width, height = page.get_size()
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation()
    raws = _raw_glyphs(text_page, (left, bottom, right, top), rotation)
    angles = Counter(raw.angle for raw in raws if not raw.generated and not raw.text.isspace())
    upright = angles.most_common(1)[0][0] if angles else 0
    visible = _Ink(page) if any(raw.pale for raw in raws) else None
    glyphs: list[Glyph | LineBreak] = []
    hidden = 0
    for raw in raws:
        if raw.generated and raw.text in "\r\n":
            if glyphs and not isinstance(glyphs[-1], LineBreak):
                glyphs.append(LineBreak())
            continue
        drawn = not raw.generated and not raw.text.isspace()
        x0, y0, x1, y1 = raw.box
        off_page = drawn and (x1 < 0 or y1 < 0 or x0 > width or y0 > height)
        unseen = drawn and raw.pale and visible is not None and not visible.shows(raw.box)
        if off_page or unseen or (drawn and raw.size < TINY):
            hidden += 1
            continue
        turned = raw.angle != upright and drawn
        box = _turn(raw.box, upright, width, height)
        glyphs.append(Glyph(raw.text, *box, raw.size, raw.bold, turned))
    if upright in (90, 270):
        width, height = height, width
    lines, pictured, drawn = _drawn_objects(page)
    return PageGlyphs(
        tuple(glyphs), width, height, text_page.get_text_range(), hidden, lines >= 4, upright, pictured, drawn
    )


@dataclass(frozen=True, slots=True)
class _Style:
    """What the characters of one text object share: whether they are bold, and whether next to nothing is drawn."""

    bold: bool
    pale: bool


_GENERATED = _Style(bold=False, pale=False)


def _raw_glyphs(text_page: pypdfium2.PdfTextPage, box: Box, rotation: int) -> list[_Raw]:
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    c_left, c_right, c_bottom, c_top = (ctypes.c_double() for _ in range(4))
    loose = pdfium_c.FS_RECTF()
    styles: dict[int, _Style] = {}
    raws = []
    for i in range(text_page.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text_page, i)
        text = LINE_END_HYPHEN if code in HYPHENS_AT_LINE_END else chr(code)
        if not code or 0xD800 <= code <= 0xDFFF:
            text = "\N{REPLACEMENT CHARACTER}"
        pdfium_c.FPDFText_GetCharBox(text_page, i, c_left, c_right, c_bottom, c_top)
        generated = bool(pdfium_c.FPDFText_IsGenerated(text_page, i))
        x0, x1 = c_left.value - left, c_right.value - left
        y0, y1 = c_bottom.value - bottom, c_top.value - bottom
        shown = _rotate((x0, y0, x1, y1), width, height, rotation)
        size, style, angle = 0.0, _GENERATED, 0
        if not generated:
            pdfium_c.FPDFText_GetLooseCharBox(text_page, i, loose)
            quarter = round(pdfium_c.FPDFText_GetCharAngle(text_page, i) / QUARTER_TURN)
            # PDFium counts the angle clockwise on the page before it is turned by /Rotate, clockwise too.
            angle = (-quarter * 90 - rotation) % 360
            size = abs(loose.right - loose.left) if quarter % 2 else abs(loose.top - loose.bottom)
            drawn_by = pdfium_c.FPDFText_GetTextObject(text_page, i)
            # Asking PDFium for each character's font and colour would take half of the time of reading.
            key = ctypes.addressof(drawn_by.contents) if drawn_by else 0
            found = styles.get(key) if key else None
            if found is None:
                found = styles[key] = _style(text_page, i, drawn_by)
            style = found
        raws.append(_Raw(text, shown, size, style.bold, angle, style.pale, generated))
    return raws


def _style(text_page: pypdfium2.PdfTextPage, i: int, drawn_by: Any) -> _Style:
    """How the `i`-th character is drawn, by the text object `drawn_by` (a null pointer where PDFium knows none)."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    length = pdfium_c.FPDFText_GetFontInfo(text_page, i, name, 128, flags)
    font = name.raw[: max(0, length - 1)].decode("utf-8", "replace").lower() if length else ""
    weight = pdfium_c.FPDFText_GetFontWeight(text_page, i)
    pale = False
    if pdfium_c.FPDFText_GetFillColor(text_page, i, red, green, blue, alpha):
        pale = min(red.value, green.value, blue.value) >= PALE or alpha.value < 16
    invisible = bool(drawn_by) and pdfium_c.FPDFTextObj_GetTextRenderMode(drawn_by) == INVISIBLE_MODE
    return _Style(weight >= 600 or any(word in font for word in HEAVY), pale or invisible)


def _rotate(box: Box, width: float, height: float, rotation: int) -> Box:
    """From PDF space (origin bottom left) to the page as shown with /Rotate (origin top left)."""
    x0, y0, x1, y1 = box
    match rotation:
        case 90:
            return y0, x0, y1, x1
        case 180:
            return width - x1, y0, width - x0, y1
        case 270:
            return height - y1, width - x1, height - y0, width - x0
        case _:
            return x0, height - y1, x1, height - y0


def _turn(box: Box, angle: int, width: float, height: float) -> Box:
    """Turn the page as shown so that text running at `angle` (degrees, counter-clockwise) runs left to right."""
    x0, y0, x1, y1 = box
    match angle:
        case 90:
            return height - y1, x0, height - y0, x1
        case 180:
            return width - x1, height - y1, width - x0, height - y0
        case 270:
            return y0, width - x1, y1, width - x0
        case _:
            return box


def _drawn_objects(page: pypdfium2.PdfPage) -> tuple[int, float, bool]:
    """Count the lines drawn on a page (a box, however drawn, has at least one, and a path of many lines as many), and
    add up the share of it that pictures cover, down to three levels of forms; and tell whether anything is drawn."""
    lines, covered, drawn = 0, 0.0, False
    left, bottom, right, top = page.get_cropbox()
    for thing in page.get_objects(max_depth=3):
        drawn = True
        if thing.type == pdfium_c.FPDF_PAGEOBJ_PATH:
            lines += max(1, pdfium_c.FPDFPath_CountSegments(thing.raw) // 2)
        elif thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = thing.get_bounds() if thing.container is None else (left, bottom, right, top)
            covered += max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
    return lines, min(1.0, covered / max(1.0, (right - left) * (top - bottom))), drawn


class _Ink:
    """The page as drawn, to see whether pale text stands on something darker (a table's head) or on white paper."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._image = page.render(scale=2, grayscale=True).to_numpy()

    def shows(self, box: Box) -> bool:
        x0, y0, x1, y1 = (round(2 * v) for v in box)
        patch = self._image[max(0, y0 - 1) : y1 + 2, max(0, x0 - 1) : x1 + 2]
        return bool(patch.size) and int(patch.max()) - int(patch.min()) > 24
