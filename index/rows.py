"""Papers, and what they say of other meetings, as rows of the catalogue's tables."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.documents import Access, Paper
from corpus.mentions import Mention, Said
from index.hits import Filter

PAPER_COLUMNS = (
    "document, number, kind, title, first_page, last_page, start, end, body, date, status, item, access, reason, "
    "council, inspected, approved"
)
MENTION_COLUMNS = "document, paper, said, body, date, page, start, end, quote, amendment"


def columns(names: str, table: str) -> str:
    """Columns as a query with several tables names them: those of one table."""
    return ", ".join(f"{table}.{name}" for name in names.split(", "))


def places(number: int) -> str:
    """So many places for values, as SQL."""
    return ", ".join("?" * number)


def numbers(values: Sequence[int]) -> str:
    """Whole numbers as SQL; written out because SQLite takes only so many values beside a statement."""
    return ", ".join(str(int(value)) for value in values)


def where(filter_: Filter) -> tuple[str, list[object]]:
    """The filter as SQL over papers `p`. Dates compare as prefixes: "2022-06" lies in "2022" and holds "2022-06-14"."""
    clauses, values = ["p.access = 'public'"], list[object]()
    if filter_.since:
        # A paper of "2022" may be as late as December: it passes if the end of what is known isn't before.
        clauses.append("p.date IS NOT NULL AND substr(p.date || '-99-99', 1, 10) >= ?")
        values.append(filter_.since)
    if filter_.until:
        clauses.append("p.date IS NOT NULL AND p.date <= ?")
        values.append(filter_.until + "-99-99"[: 10 - len(filter_.until)])
    columns = {
        "p.kind": filter_.kinds,
        "p.document": filter_.documents,
        "p.body": filter_.bodies,
        "p.document || '#' || p.number": filter_.papers,
    }
    for column, wanted in columns.items():
        if wanted:
            clauses.append(f"{column} IN ({', '.join('?' * len(wanted))})")
            values += wanted
    return " AND ".join(clauses), values


def paper_row(paper: Paper) -> tuple[object, ...]:
    """A paper as a row of `PAPER_COLUMNS`; nothing approves it yet."""
    return (
        paper.document,
        paper.number,
        paper.kind,
        paper.title,
        paper.first_page,
        paper.last_page,
        paper.start,
        paper.end,
        paper.body,
        paper.date,
        paper.status,
        paper.item,
        paper.access.value,
        paper.reason,
        paper.council,
        paper.inspected,
        None,
    )


def paper_of(row: Sequence) -> Paper:  # type: ignore[type-arg]
    """The paper in a row of `PAPER_COLUMNS`: minutes that another paper approves have the status "approved"."""
    document, number, kind, title, first_page, last_page, start, end, body, date, status, item, access, reason = row[
        :14
    ]
    council, inspected, approved = row[14:]
    return Paper(
        document=document,
        number=number,
        kind=kind,
        title=title,
        first_page=first_page,
        last_page=last_page,
        start=start,
        end=end,
        body=body,
        date=date,
        status=status if approved is None else "approved",
        item=item,
        access=Access(access),
        reason=reason,
        council=council,
        inspected=inspected,
    )


def mention_row(mention: Mention) -> tuple[object, ...]:
    """A mention as a row of `MENTION_COLUMNS`."""
    document, _, number = mention.paper.rpartition("#")
    place = (mention.page, mention.start, mention.end, mention.quote, mention.amendment)
    return document, int(number), mention.said.value, mention.body, mention.date, *place


def mention_of(row: Sequence) -> Mention:  # type: ignore[type-arg]
    """The mention in a row of `MENTION_COLUMNS`."""
    document, number, said, *rest = row
    return Mention(Said(said), f"{document}#{number}", *rest)
