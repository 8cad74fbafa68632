"""Pages that are pictures, read by text recognition: the only file that knows Tesseract.

Tesseract is called as a program, the picture and its words going through pipes. Of its wrappers, pytesseract writes
each picture to a temporary file, which stays behind when the process that reads is ended; tesserocr runs it inside that
process, where a picture that brings Tesseract down or makes it need too much memory would cost the whole file.

In plain steps (`recognised`): the picture is made grey, put straight and, where hardly a word is sure, turned as
Tesseract says that it lies. Tesseract gives words with their boxes. From the boxes and the picture come the sizes of
letters and whether they are bold, from the ruled lines the cells of tables; `order` puts the lines in reading order.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from corpus.documents import LINE_END_HYPHEN
from corpus.reading.layout import Cell, PageLayout, Table
from corpus.reading.lines import BOLD_SHARE, Line
from corpus.reading.order import in_reading_order
from corpus.reading.pictures import Grey, PixelBox, is_dot, ruled_lines, slant, thickness
from corpus.reading.tables import Grid, grids_of_rules

BEST_DPI = 300
"""Dots per inch at which Tesseract reads best; coarser pictures are enlarged to it, finer ones reduced."""

MOST_PIXELS = 20_000_000
"""A picture with more is reduced: an A3 sheet at 300 dots per inch has 17 million."""

SLANT_DPI = 100
"""Dots per inch at which the slant of the lines is measured."""

LITTLE_SLANT = 0.1
"""Degrees: turning by less isn't worth the blur."""

RULES_DPI = 150
"""Dots per inch at which ruled lines are looked for."""

SECONDS = 45.0
"""How long the recognition of one page may take."""

DOUBTFUL_WORD = 60
"""A word of which Tesseract is less sure than this (of 100) is doubtful."""

DOUBTFUL_PAGE = 80
"""A page whose words are less sure than this on average (of 100) is doubtful."""

FEW_LETTERS = 40
"""A page on which fewer letters are read may lie on its side."""

UNSURE_PAGE = 75
"""A page whose words are less sure than this on average (of 100) may lie on its side."""

CAPITAL = 0.716
"""The height of a capital letter as a share of the size of the letters (that of Arial and Helvetica)."""

DESCENT = 0.21
"""How far letters reach below the line, as a share of their size."""

SAME_SIZE = 0.07
"""Sizes of letters that differ by no more than this share are one size, measured twice."""

WIDE_GAP = 2.0
"""Words of a line that stand further apart, in heights of its words, may belong to two columns."""

HEAVIER = 1.2
"""Strokes thicker than those of the running text by this factor, for the height of their letters, are bold."""

_DESCENDS = re.compile(r"[gjpqyQJ,;()\[\]{}/|§@_$&]")
_STANDS_TALL = re.compile(r"[A-Z0-9bdfhklt£%?!]")
_MISREAD_BULLETS = frozenset("*¢e«»°o@©®+.-·¢=~¥§•●▪■◦‣∙")
_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as text recognition reads it.

    The layout is in points from the top left of the page as it is to be read: turned clockwise by `turned` degrees
    against the page as shown, and straight. `confidence` is how sure Tesseract was of its words (0 to 100, weighted by
    their length), `doubtful` those of which it wasn't.
    """

    layout: PageLayout
    plain: str
    confidence: float
    doubtful: tuple[str, ...] = ()
    turned: int = 0


_Place = tuple[int, int, int] | None
"""The grid, row and column of a table in which something stands, or None outside of tables."""


class RecognitionFailed(Exception):
    """Text recognition of a page failed; the message says why in a few words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word: how sure it is (0 to 100), its box in pixels, and the number of the line it stands in."""

    text: str
    confidence: float
    box: PixelBox
    line: tuple[int, int, int]


def words_of(tsv: str) -> list[Word]:
    """The words in Tesseract's table of tab-separated values."""
    words = []
    for row in tsv.splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
            continue
        left, top, width, height = map(int, fields[6:10])
        text = "".join(_LIGATURES.get(c, c) for c in fields[11].strip())
        block, paragraph, line = map(int, fields[2:5])
        words.append(Word(text, float(fields[10]), (left, top, left + width, top + height), (block, paragraph, line)))
    return words


def missing() -> str | None:
    """What to install before scanned pages can be read, in one sentence; None where Tesseract is installed."""
    if _program() is not None:
        return None
    how = {
        "linux": "apt-get install tesseract-ocr on Debian and Ubuntu",
        "darwin": "brew install tesseract",
        "win32": "the installer of UB Mannheim, https://github.com/UB-Mannheim/tesseract/wiki",
    }.get(sys.platform, "https://tesseract-ocr.github.io")
    return f"Tesseract, which reads scanned pages, isn't installed: install it ({how}) or add a copy with a text layer."


def problem_of(page: ScannedPage) -> str | None:
    """Why a page's words can't be trusted, in a few words; None where they can."""
    if page.layout.things and page.confidence < DOUBTFUL_PAGE:
        return f"read by text recognition with low confidence ({page.confidence:.0f} of 100)"
    return None


def recognised(image: Image.Image, *, dpi: float, seconds: float = SECONDS) -> ScannedPage:
    """The page in a picture of `dpi` dots per inch; a page without things where it holds no text.

    Raises RecognitionFailed where Tesseract isn't installed, fails or takes longer than `seconds`.
    """
    program = _program()
    if program is None:
        raise RecognitionFailed("Tesseract isn't installed")
    tesseract = _Tesseract(program, time.monotonic() + seconds)
    picture, dpi = _prepared(image, dpi)
    page = _read(tesseract, picture, dpi)
    if _letters_read(page) < FEW_LETTERS or page.confidence < UNSURE_PAGE:
        turned = tesseract.turned(picture, dpi)
        if turned:
            other = replace(_read(tesseract, _turn(picture, turned), dpi), turned=turned)
            if _letters_read(other) * other.confidence > _letters_read(page) * page.confidence:
                page = other
    return page


def _letters_read(page: ScannedPage) -> int:
    return sum(map(str.isalnum, page.plain))


def _turn(picture: Image.Image, clockwise: int) -> Image.Image:
    how = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    return picture.transpose(how[clockwise])


def _prepared(image: Image.Image, dpi: float) -> tuple[Image.Image, float]:
    """The picture in greys on white, and its dots per inch, near what Tesseract reads best."""
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    grey = image.convert("L")
    factor = min(BEST_DPI / dpi, (MOST_PIXELS / (grey.width * grey.height)) ** 0.5)
    if abs(factor - 1) > 0.02:
        size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    else:
        factor = 1.0
    return grey, dpi * factor


def _read(tesseract: _Tesseract, picture: Image.Image, dpi: float) -> ScannedPage:
    degrees = slant(np.asarray(picture.reduce(max(1, round(dpi / SLANT_DPI)))))
    if abs(degrees) >= LITTLE_SLANT:
        picture = picture.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")
    words = words_of(tesseract.table(picture, dpi))
    return page_of(words, np.asarray(picture), dpi)


def page_of(words: Sequence[Word], grey: Grey, dpi: float) -> ScannedPage:
    """The page of its words and its picture, which lies straight."""
    points = 72 / dpi
    grids = _grids(grey, dpi)
    places = [_cell_at(word, grids, points) for word in words]
    pieces = _pieces(words, places)
    lines = list(zip([place for place, _ in pieces], _lines([words for _, words in pieces], grey, points), strict=True))
    outside = [line for place, line in lines if place is None]
    tables = []
    for g, grid in enumerate(grids):
        rows = tuple(
            tuple(
                None
                if box is None
                else Cell(box, tuple(_text_order([line for place, line in lines if place == (g, r, c)])))
                for c, box in enumerate(row)
            )
            for r, row in enumerate(grid.rows)
        )
        tables.append(Table(rows))
    things = _things(outside, tables)
    height, width = grey.shape
    letters = sum(len(word.text) for word in words)
    return ScannedPage(
        PageLayout(tuple(things), width * points, height * points),
        _plain(things),
        sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0,
        tuple(word.text for word in words if word.confidence < DOUBTFUL_WORD),
    )


def _pieces(words: Sequence[Word], places: Sequence[_Place]) -> list[tuple[_Place, list[Word]]]:
    """The words that stand together: in one cell (or none) and one of Tesseract's lines, with no wide gap between."""
    pieces: list[tuple[_Place, list[Word]]] = []
    for word, place in zip(words, places, strict=True):
        if pieces:
            before = pieces[-1][1]
            height = statistics.median(w.box[3] - w.box[1] for w in before)
            near = 0 <= word.box[0] - before[-1].box[2] + height <= (1 + WIDE_GAP) * height
            if pieces[-1][0] == place and before[-1].line == word.line and near:
                before.append(word)
                continue
        pieces.append((place, [word]))
    return pieces


def _plain(things: Sequence[Line | Table]) -> str:
    texts = []
    for thing in things:
        if isinstance(thing, Line):
            texts.append(thing.text)
        else:
            texts += [cell.text for row in thing.rows for cell in row if cell and cell.lines]
    return "\n".join(texts)


def _things(outside: Sequence[Line], tables: Sequence[Table]) -> list[Line | Table]:
    things: list[Line | Table] = []
    left = list(outside)
    for table in sorted(tables, key=lambda table: table.box[1]):
        above = [line for line in left if (line.top + line.bottom) / 2 < table.box[1]]
        left = [line for line in left if (line.top + line.bottom) / 2 >= table.box[1]]
        things += [*_text_order(above), table]
    return [*things, *_text_order(left)]


def _text_order(lines: Sequence[Line]) -> list[Line]:
    """Lines as they are read, a hyphen at the end of one marked as the PDF reader marks it."""
    ordered = in_reading_order(lines)
    out = []
    for line, after in pairwise([*ordered, None]):
        if line is not None and after is not None and re.search(r"[^\W\d_]-$", line.text) and after.text[:1].isalpha():
            line = replace(line, text=line.text[:-1] + LINE_END_HYPHEN)
        if line is not None:
            out.append(line)
    return out


def _grids(grey: Grey, dpi: float) -> tuple[Grid, ...]:
    factor = max(1, round(dpi / RULES_DPI))
    small = np.asarray(Image.fromarray(grey).reduce(factor))
    points = 72 * factor / dpi
    across, upright = ruled_lines(small, points)
    scaled = [
        [(rule.x0 * points, rule.top * points, rule.x1 * points, rule.bottom * points) for rule in rules]
        for rules in (across, upright)
    ]
    return grids_of_rules(*scaled)


def _cell_at(word: Word, grids: Sequence[Grid], points: float) -> _Place:
    x0, top, x1, bottom = word.box
    x, y = (x0 + x1) / 2 * points, (top + bottom) / 2 * points
    for g, grid in enumerate(grids):
        for r, row in enumerate(grid.rows):
            for c, box in enumerate(row):
                if box is not None and box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                    return g, r, c
    return None


def _lines(pieces: Sequence[Sequence[Word]], grey: Grey, points: float) -> list[Line]:
    """Words into lines."""
    heights = [_capital_height(words) for words in pieces]
    letters = [sum(len(word.text) for word in words) for words in pieces]
    known = [(h, n) for h, n in zip(heights, letters, strict=True) if h is not None]
    usual = _middle(known) if known else 0.6 * CAPITAL / points * 12
    steady = _steadied([(h or usual, n) for h, n in zip(heights, letters, strict=True)])
    strokes = [
        [(thickness(grey, word.box) / height, sum(map(str.isalnum, word.text))) for word in words]
        for words, height in zip(pieces, steady, strict=True)
    ]
    weighed = [(s, n) for line in strokes for s, n in line if n]
    regular = _middle(weighed, 0.25) if weighed else 1.0
    lines = []
    for words, height, stroke in zip(pieces, steady, strokes, strict=True):
        of_all = sum(n for _, n in stroke)
        bold = of_all > 0 and sum(n for s, n in stroke if s >= HEAVIER * regular) >= BOLD_SHARE * of_all
        base = statistics.median(
            [w.box[3] for w in words if not _DESCENDS.search(w.text)] or [w.box[3] - 0.3 * height for w in words]
        )
        texts = [word.text for word in words]
        if texts[0] in _MISREAD_BULLETS and is_dot(grey, words[0].box, most=0.8 * height):
            texts[0] = "•"
        size = height / CAPITAL * points
        lines.append(
            Line(
                " ".join(texts),
                min(word.box[0] for word in words) * points,
                (base - height) * points,
                max(word.box[2] for word in words) * points,
                base * points + DESCENT * size,
                round(2 * size) / 2,
                bold,
            )
        )
    return lines


def _capital_height(words: Sequence[Word]) -> float | None:
    exact, rough = [], []
    for word in words:
        height = word.box[3] - word.box[1]
        tall, deep = bool(_STANDS_TALL.search(word.text)), bool(_DESCENDS.search(word.text))
        if not any(map(str.isalnum, word.text)):
            continue
        if tall and not deep:
            exact.append(height)
        else:
            rough.append(height * (0.77 if tall else 1.0 if deep else 1.38))
    return statistics.median(exact or rough) if exact or rough else None


def _middle(weighed: Sequence[tuple[float, int]], share: float = 0.5) -> float:
    """The weighted quantile."""
    half = share * sum(n for _, n in weighed)
    for value, n in sorted(weighed):
        half -= n
        if half <= 0:
            return value
    return max(weighed)[0]


def _steadied(sizes: Sequence[tuple[float, int]]) -> list[float]:
    """Sizes measured on lines, with the letters in each: those that differ little become one."""
    out = [0.0] * len(sizes)
    left = set(range(len(sizes)))
    while left:
        near = {i: [j for j in left if abs(sizes[j][0] - sizes[i][0]) <= SAME_SIZE * sizes[i][0]] for i in left}
        members = max(near.values(), key=lambda js: (sum(sizes[j][1] for j in js), -js[0]))
        value = _middle([sizes[j] for j in members])
        for j in members:
            out[j] = value
        left -= set(members)
    return out


def _program() -> str | None:
    found = shutil.which("tesseract")
    if found is None and sys.platform == "win32":
        usual = Path(os.environ.get("PROGRAMFILES", r"C:\Program Files")) / "Tesseract-OCR" / "tesseract.exe"
        return str(usual) if usual.is_file() else None
    return found


@dataclass(frozen=True, slots=True)
class _Tesseract:
    """The program, and until when (by `time.monotonic`) it may run."""

    program: str
    until: float

    def table(self, picture: Image.Image, dpi: float) -> str:
        return self._run(picture, dpi, "-l", "eng", "--psm", "4", "tsv")

    def turned(self, picture: Image.Image, dpi: float) -> int:
        try:
            said = self._run(picture, dpi, "-l", "osd", "--psm", "0")
        except RecognitionFailed:
            return 0
        found = re.search(r"^Rotate: (90|180|270)$", said, re.MULTILINE)
        return int(found[1]) if found else 0

    def _run(self, picture: Image.Image, dpi: float, *options: str) -> str:
        sent = io.BytesIO()
        picture.save(sent, "PPM")
        try:
            done = subprocess.run(
                [self.program, "stdin", "stdout", "--dpi", str(round(dpi)), *options],
                input=sent.getvalue(),
                capture_output=True,
                check=False,
                timeout=max(0.0, self.until - time.monotonic()),
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except subprocess.TimeoutExpired as error:
            raise RecognitionFailed("text recognition took too long and was ended") from error
        except OSError as error:
            raise RecognitionFailed(f"Tesseract can't be started ({error.strerror})") from error
        if done.returncode:
            said = " ".join(done.stderr.decode("utf-8", "replace").split())
            raise RecognitionFailed(f"Tesseract failed ({said[-120:] or done.returncode})")
        return done.stdout.decode("utf-8", "replace")
