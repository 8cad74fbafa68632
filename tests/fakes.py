"""What the tests put in place of the real thing: an encoder that counts words, documents made of a few lines, papers
of Thornmere (a council that doesn't exist) as small PDF files."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.documents import PAGE_BREAK, Block, BlockKind, Document, Page, Paper, Passage
from corpus.errors import UnreadableDocument
from corpus.reading.files import document_id, sha256_of
from corpus.reading.worker import Limits
from index.catalogue import EncodedPassage
from index.encoder import Encodable
from index.schema import TO_FORMAT_2

Vectors = NDArray[np.float32]

VOCABULARY = ("children", "budget", "school", "road", "front", "door", "visit", "plan", "panel")

DIMENSION = len(VOCABULARY) + 1


def counted(text: str) -> Vectors:
    """The unit vector of a text: along each axis how often that word of the vocabulary stands in it; the last axis is
    for texts that have none of them."""
    words = re.findall(r"\w+", text.lower())
    counts = [float(words.count(word)) for word in VOCABULARY]
    vector = np.array([*counts, 0.0 if any(counts) else 1.0], dtype=np.float32)
    unit: Vectors = vector / np.linalg.norm(vector)
    return unit


@dataclass
class CountingEncoder:
    """Counts words: "children" points along the first axis, "children budget" half way between the first two.

    A word is one word piece. `texts` remembers how many texts it was given, so that a test can say that it had nothing
    to do.
    """

    name: str = "counting"
    dimension: int = DIMENSION
    limit: int = 256
    texts: int = 0

    def count(self, text: str) -> int:
        return len(text.split())

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        self.texts += len(texts)
        return np.array([self._fitted(counted(text)) for text in texts], dtype=np.float32).reshape(-1, self.dimension)

    def encode_passages(self, texts: Sequence[Encodable]) -> list[Vectors]:
        self.texts += len(texts)
        return [
            np.array([self._fitted(counted(t)) for t in (text.text, *(text.text[a:b] for a, b in text.spans))])
            for text in texts
        ]

    def _fitted(self, vector: Vectors) -> Vectors:
        """The vector in this encoder's dimension: another one than the usual only to differ."""
        return np.resize(vector, self.dimension)


def make_document(id_: str, *pages: str, file: str | None = None, title: str | None = None) -> Document:
    """A document of these pages; each line is a paragraph. The pages are labelled from i."""
    text = PAGE_BREAK.join(pages)
    made, blocks, start = [], [], 0
    for number, page in enumerate(pages, 1):
        made.append(Page(number, "i" * number, start, start + len(page), (re.sub(r"\W", "", page),)))
        place = start
        for line in page.split("\n"):
            if line.strip():
                blocks.append(Block(place, place + len(line), BlockKind.PARAGRAPH))
            place += len(line) + 1
        start += len(page) + len(PAGE_BREAK)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(id_, file or f"{id_}.pdf", sha256, title or f"Paper {id_}", text, tuple(made), tuple(blocks))


def make_paper(document: Document, number: int = 1, **fields: object) -> Paper:
    """A paper that is the whole of a document, but for the fields given."""
    plain: dict[str, object] = {
        "document": document.id,
        "number": number,
        "kind": "report",
        "title": document.title,
        "first_page": 1,
        "last_page": len(document.pages),
        "start": 0,
        "end": len(document.text),
    }
    return Paper(**{**plain, **fields})  # type: ignore[arg-type]


def make_passages(document: Document, paper: Paper) -> list[EncodedPassage]:
    """A passage for each paragraph of a paper; it can be quoted whole."""
    return [
        EncodedPassage(
            Passage(
                document.id,
                paper.id,
                block.start,
                block.end,
                document.text[block.start : block.end],
                ("Heading",),
                extracts=((block.start, block.end),),
            ),
            paper.title,
            counted(document.text[block.start : block.end])[np.newaxis, :],
        )
        for block in document.blocks
        if paper.start <= block.start < paper.end
    ]


def read_text(
    paths: Sequence[Path], password: str | None, limits: Limits
) -> Iterator[tuple[Path, Document | UnreadableDocument]]:
    """Reads files that hold plain text, whatever their endings; one that begins with "broken" can't be read."""
    del password, limits
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if text.startswith("broken"):
            yield path, UnreadableDocument(f"{path.name}: it is broken.")
            continue
        made = make_document(document_id(path), *text.split(PAGE_BREAK), file=path.name)
        fields = {name: getattr(made, name) for name in ("id", "file", "title", "text", "pages", "blocks")}
        yield path, Document(sha256=sha256_of(path), **fields)


def write_pdf(path: Path, *pages: str, title: str = "", hidden: str = "") -> Path:
    """A PDF file of these pages, a line each line, with the page's number printed below; `hidden` is white on white."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle(title)
    for number, page in enumerate(pages, 1):
        for row, line in enumerate(page.split("\n")):
            canvas.drawString(72, 740 - 18 * row, line)
        canvas.drawCentredString(297, 40, str(number))
        if hidden:
            canvas.setFillGray(1)
            canvas.drawString(72, 100, hidden)
            canvas.setFillGray(0)
        canvas.showPage()
    canvas.save()
    return path


_FORMAT_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pending (file TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT NOT NULL, notes TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE pages (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, number INTEGER NOT NULL, label TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, witnesses TEXT NOT NULL, problem TEXT,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE papers (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, number INTEGER NOT NULL, kind TEXT NOT NULL,
    title TEXT NOT NULL, first_page INTEGER NOT NULL, last_page INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, body TEXT, date TEXT, status TEXT, item TEXT, access TEXT NOT NULL, reason TEXT,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE passages (
    key INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    paper INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, page INTEGER NOT NULL,
    headings TEXT NOT NULL, headers TEXT NOT NULL, extracts TEXT NOT NULL
);
CREATE INDEX passages_document ON passages (document);
CREATE TABLE vectors (
    id INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX vectors_passage ON vectors (passage);
CREATE VIRTUAL TABLE words USING fts5 (text, context, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
"""


def make_format_2(path: Path) -> None:
    """A catalogue as the second format had it, with a document and with one that is held back."""
    make_format_1(path)
    with closing(sqlite3.connect(path)) as db:
        db.executescript(TO_FORMAT_2)
        db.execute("UPDATE meta SET value = '2' WHERE key = 'format'")
        db.commit()


def make_format_1(path: Path) -> None:
    """A catalogue as the first format had it, with a document and with one that is held back."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(_FORMAT_1)
        facts = {"format": "1", "generation": "2", "encoder": "counting", "dimension": str(DIMENSION)}
        db.executemany("INSERT INTO meta VALUES (?, ?)", list(facts.items()))
        for id_, file, sha256, access in (("a", "a.pdf", "0a", "public"), ("part-b", "part-b.pdf", "0b", "exempt")):
            db.execute("INSERT INTO documents VALUES (?, ?, ?, ?, '[]')", (id_, file, sha256, id_))
            db.execute("INSERT INTO pages VALUES (?, 1, NULL, 0, 4, 'road', '[]', NULL)", (id_,))
            db.execute(
                "INSERT INTO papers VALUES (?, 1, 'report', 'Title', 1, 1, 0, 4, NULL, NULL, NULL, NULL, ?, NULL)",
                (id_, access),
            )
        db.execute("INSERT INTO passages VALUES (1, 'a', 1, 0, 4, 'road', 1, '[]', '[]', '[]')")
        db.execute("INSERT INTO vectors VALUES (1, 1, 0, 4, ?)", (counted("road").tobytes(),))
        db.commit()
