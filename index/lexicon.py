"""What a library knows about words: what its papers say that short forms stand for, and how its words are spelled.

The words that are searched for stand in the full text as stems ("childr"); here they stand as they are printed, so that
a slip of the keyboard can be told from a word that the papers use.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.acronyms import Definition
from corpus.documents import LINE_END_HYPHEN, Document
from index.database import Database

_SPELLED = re.compile(rf"(?<![\w{LINE_END_HYPHEN}])(?<!{LINE_END_HYPHEN}\n)[^\W\d_]{{3,}}(?![\w{LINE_END_HYPHEN}])")


@dataclass(frozen=True, slots=True)
class PlacedDefinition:
    """A definition as stored, with offsets of its document's text: its paper's id, its page, and the number printed on
    that page."""

    definition: Definition
    paper: str
    page: int
    page_label: str | None

    @property
    def document(self) -> str:
        """The document in which it stands."""
        return self.paper.rpartition("#")[0]


def spelled(text: str) -> set[str]:
    """The words of a text in lower case: three letters or more, and nothing but letters.

    A word that a line's end cuts is left out: the print can't say whether its halves are words of their own.
    """
    return {word for found in _SPELLED.findall(text) if (word := found.lower()).isalpha()}


class Lexicon:
    """The definitions and words in a catalogue's file. What is put belongs inside the transaction that puts the
    document."""

    def __init__(self, database: Database) -> None:
        """Use the catalogue's file."""
        self._database = database

    def put(self, document: Document, definitions: Mapping[int, Sequence[Definition]], texts: Iterable[str]) -> None:
        """Store the definitions in a document's papers, by the papers' numbers, and the words of its passages."""
        self._database.write_many(
            "INSERT INTO definitions VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    document.id,
                    d.start,
                    d.end,
                    paper,
                    next(p.number for p in document.pages if d.start < p.end),
                    d.short,
                    d.long,
                )
                for paper, found in definitions.items()
                for d in found
            ],
        )
        passages = Counter(word for text in texts for word in spelled(text))
        self._database.write_many(
            "INSERT INTO spellings VALUES (?, ?, ?)",
            [(document.id, word, count) for word, count in sorted(passages.items())],
        )

    def definitions(self) -> tuple[PlacedDefinition, ...]:
        """All definitions, in order of place."""
        rows = self._database.rows(
            "SELECT d.short, d.long, d.start, d.end, d.document, d.paper, d.page, g.label FROM definitions d"
            " JOIN pages g ON g.document = d.document AND g.number = d.page ORDER BY d.document, d.start"
        )
        return tuple(
            PlacedDefinition(Definition(short, long, start, end), f"{document}#{paper}", page, label)
            for short, long, start, end, document, paper, page, label in rows
        )

    def spellings(self) -> dict[str, int]:
        """In how many passages each word stands, as `spelled` tells words: in their text, headings or titles."""
        return dict(self._database.rows("SELECT word, sum(passages) FROM spellings GROUP BY word ORDER BY word"))
