"""What ties papers to others: the same text, nearly the same text, and what minutes say of each other.

Papers are found to be alike by their fingerprints (`corpus.fingerprints`): the lowest hashes of each stand in a table
of their own, so that a new paper is compared with those alone that share some of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.documents import Paper
from corpus.fingerprints import Fingerprint, packed, unpacked
from corpus.mentions import Mention
from index.database import Database
from index.rows import MENTION_COLUMNS, PAPER_COLUMNS, columns, mention_of, mention_row, numbers, paper_of, places

_OF_PAPER = columns(PAPER_COLUMNS, "p")
_OF_MENTION = columns(MENTION_COLUMNS, "m")


@dataclass(frozen=True, slots=True)
class PlacedMention:
    """What a paper says of a meeting, as stored: its key, and the number printed on the page where it says so."""

    key: int
    mention: Mention
    page_label: str | None

    @property
    def document(self) -> str:
        """The document in which it stands."""
        return self.mention.paper.rpartition("#")[0]


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties a paper to others, by their ids: where these minutes were approved, the same text elsewhere, and nearly
    the same text elsewhere."""

    approved_in: PlacedMention | None = None
    same_as: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


class TieTable:
    """The ties in a catalogue's file. What is put belongs inside the transaction that puts the document."""

    def __init__(self, database: Database) -> None:
        """Use the catalogue's file."""
        self._database = database

    def put(self, document: str, prints: Mapping[int, Fingerprint], mentions: Sequence[Mention]) -> None:
        """Store the fingerprints of a document's papers, by the papers' numbers, and what they say of meetings."""
        for number, print_ in prints.items():
            self._database.write(
                "INSERT INTO prints VALUES (?, ?, ?, ?)", (document, number, print_.whole, packed(print_.sketch))
            )
            self._database.write_many(
                "INSERT INTO lowest VALUES (?, ?, ?)", [(hash_, document, number) for hash_ in print_.lowest]
            )
        self._database.write_many(
            f"INSERT INTO mentions ({MENTION_COLUMNS}) VALUES ({places(10)})", [mention_row(m) for m in mentions]
        )

    def near(self, print_: Fingerprint, *, shared: int) -> list[tuple[Paper, Fingerprint]]:
        """The papers that share at least so many of a fingerprint's lowest hashes, with their own fingerprints."""
        rows = self._database.rows(
            f"SELECT f.whole, f.sketch, {_OF_PAPER} FROM (SELECT document, paper FROM lowest WHERE hash IN"
            f" ({numbers(print_.lowest)}) GROUP BY document, paper HAVING count(*) >= ?) n"
            " JOIN prints f ON f.document = n.document AND f.paper = n.paper"
            " JOIN papers p ON p.document = n.document AND p.number = n.paper ORDER BY p.document, p.number",
            (shared,),
        )
        return [(paper_of(row[2:]), Fingerprint(row[0], unpacked(row[1]))) for row in rows]

    def same(self, whole: int) -> list[Paper]:
        """The papers with the same text as the hash tells."""
        rows = self._database.rows(
            f"SELECT {_OF_PAPER} FROM prints f JOIN papers p ON p.document = f.document AND p.number = f.paper"
            " WHERE f.whole = ? ORDER BY p.document, p.number",
            (whole,),
        )
        return [paper_of(row) for row in rows]

    def set_alike(self, pairs: Sequence[tuple[Paper, Paper]]) -> None:
        """Note that papers have nearly the same text, two by two."""
        ordered = [sorted([(a.document, a.number), (b.document, b.number)]) for a, b in pairs]
        with self._database.transaction():
            self._database.write_many(
                "INSERT OR IGNORE INTO alike VALUES (?, ?, ?, ?)", [(*one, *other) for one, other in ordered]
            )

    def mentions(self) -> tuple[PlacedMention, ...]:
        """All that papers say of other meetings, in order of place."""
        rows = self._database.rows(
            f"SELECT m.key, g.label, {_OF_MENTION} FROM mentions m"
            " JOIN pages g ON g.document = m.document AND g.number = m.page ORDER BY m.document, m.start, m.key"
        )
        return tuple(PlacedMention(key, mention_of(rest), label) for key, label, *rest in rows)

    def meeting_papers(self) -> tuple[Paper, ...]:
        """All minutes and agendas."""
        rows = self._database.rows(
            f"SELECT {PAPER_COLUMNS} FROM papers WHERE kind IN ('minutes', 'agenda') AND access = 'public'"
            " ORDER BY document, number"
        )
        return tuple(paper_of(row) for row in rows)

    def set_approved(self, approvals: Mapping[str, int]) -> None:
        """Note for the ids of minutes the keys of the mentions that approve them; no other paper is approved then."""
        if approvals == {f"{document}#{number}": key for document, number, key in self._approved()}:
            return
        with self._database.transaction():
            self._database.write("UPDATE papers SET approved = NULL WHERE approved IS NOT NULL")
            self._database.write_many(
                "UPDATE papers SET approved = ? WHERE document = ? AND number = ?",
                [(key, paper.rpartition("#")[0], int(paper.rpartition("#")[2])) for paper, key in approvals.items()],
            )

    def _approved(self) -> list[tuple[str, int, int]]:
        return self._database.rows("SELECT document, number, approved FROM papers WHERE approved IS NOT NULL")

    def all(self) -> dict[str, Ties]:
        """What ties papers to others, by their ids; those that nothing ties are left out."""
        mentions = {placed.key: placed for placed in self.mentions()}
        in_places = {f"{document}#{number}": mentions.get(key) for document, number, key in self._approved()}
        same: dict[int, list[str]] = {}
        for whole, document, number in self._database.rows(
            "SELECT whole, document, paper FROM prints WHERE whole IN"
            " (SELECT whole FROM prints GROUP BY whole HAVING count(*) > 1) ORDER BY document, paper"
        ):
            same.setdefault(whole, []).append(f"{document}#{number}")
        same_as = {id_: tuple(i for i in ids if i != id_) for ids in same.values() for id_ in ids}
        versions: dict[str, list[str]] = {}
        for one, number, other, other_number in self._database.rows(
            "SELECT document, paper, other, other_paper FROM alike ORDER BY document, paper, other, other_paper"
        ):
            a, b = f"{one}#{number}", f"{other}#{other_number}"
            versions.setdefault(a, []).append(b)
            versions.setdefault(b, []).append(a)
        return {
            id_: Ties(in_places.get(id_), same_as.get(id_, ()), tuple(versions.get(id_, ())))
            for id_ in sorted({*in_places, *same_as, *versions})
        }
