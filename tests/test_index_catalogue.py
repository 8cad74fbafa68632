"""The catalogue: a document is in it whole or not at all, and a search never fails for what was typed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.documents import Access, Document, Paper, Passage
from corpus.fingerprints import fingerprint
from corpus.mentions import Mention, Said
from index.catalogue import Catalogue, EncodedPassage, Unread
from index.database import LibraryDamaged, LibraryUnavailable
from index.hits import Extent, Filter
from index.schema import FORMAT
from index.ties import Ties
from tests.fakes import DIMENSION, counted, make_document, make_format_1, make_format_2, make_paper, make_passages

ANYTHING = Filter()


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with closing(Catalogue(tmp_path / "library.db")) as opened:
        yield opened


def put(catalogue: Catalogue, document: Document, *papers: Paper) -> None:
    papers = papers or (make_paper(document),)
    catalogue.put(document, papers, [p for paper in papers for p in make_passages(document, paper)])


def rows(path: Path) -> dict[str, int]:
    """How many rows each table has, the hidden ones of the full text left out."""
    with closing(sqlite3.connect(path)) as db:
        names = [
            row[0]
            for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not row[0].startswith(("words_", "sqlite_", "vocabulary"))
        ]
        return {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def found(catalogue: Catalogue, *terms: str, filter_: Filter = ANYTHING, limit: int = 10) -> list[str]:
    hits = catalogue.matching(terms, filter_, limit, context_weight=1.0)
    placed = {p.key: p for p in catalogue.passages([key for key, _ in hits])}
    return [placed[key].passage.text for key, _ in hits]


def test_a_document_comes_back_as_it_was_put(catalogue: Catalogue) -> None:
    document = replace(make_document("minutes", "The front door opened.\nMembers asked.", "Page two."), notes=("A.",))
    paper = make_paper(
        document, kind="minutes", body="Panel", date="2022-06-14", status="draft", item="3", title="Minutes"
    )
    put(catalogue, document, paper)
    [entry] = catalogue.entries()
    assert (entry.id, entry.file, entry.pages, entry.notes) == ("minutes", "minutes.pdf", 2, ("A.",))
    assert entry.papers == (paper,)
    assert [(p.passage.text, p.page, p.page_label) for p in catalogue.passages()] == [
        ("The front door opened.", 1, "i"),
        ("Members asked.", 1, "i"),
        ("Page two.", 2, "ii"),
    ]
    assert [p.passage for p in catalogue.passages()] == [e.passage for e in make_passages(document, paper)]
    page = catalogue.page("minutes", 2)
    assert page is not None
    assert (page.text, page.witnesses) == ("Page two.", ("Pagetwo",))
    assert catalogue.page_at("minutes", document.pages[1].start) == page
    assert catalogue.page_at("minutes", len(document.text) + 1) is None
    assert catalogue.page("minutes", 3) is None


def test_replacing_and_removing_a_document_leave_no_row_behind(catalogue: Catalogue, tmp_path: Path) -> None:
    put(catalogue, make_document("other", "Roads."))
    alone = rows(tmp_path / "library.db")
    put(catalogue, make_document("minutes", "One.\nTwo.", "Three."))
    put(catalogue, make_document("minutes", "Only."))
    assert rows(tmp_path / "library.db") == {
        name: count * (1 if name == "meta" else 2) for name, count in alone.items()
    }
    catalogue.remove("minutes")
    assert rows(tmp_path / "library.db") == alone
    assert catalogue.document_frequency(["three", "onli", "road"]) == {"road": 1}
    catalogue.remove("other")
    assert set(rows(tmp_path / "library.db").items()) - {("meta", 2)} == {(name, 0) for name in alone if name != "meta"}


def test_what_was_removed_is_not_in_the_file_any_more(catalogue: Catalogue, tmp_path: Path) -> None:
    put(catalogue, make_document("minutes", "The zyzzyva contract."))
    put(catalogue, make_document("other", "Roads."))
    catalogue.remove("minutes")
    catalogue.close()
    assert b"zyzzyva" not in (tmp_path / "library.db").read_bytes()
    assert b"Roads" in (tmp_path / "library.db").read_bytes()


def test_no_id_of_a_vector_is_ever_used_again(catalogue: Catalogue) -> None:
    put(catalogue, make_document("minutes", "One.\nTwo."))
    before = catalogue.vectors_after(0, DIMENSION)[0].tolist()
    catalogue.remove("minutes")
    put(catalogue, make_document("minutes", "One.\nTwo."))
    after = catalogue.vectors_after(0, DIMENSION)[0].tolist()
    assert min(after) > max(before)
    assert catalogue.vectors_after(min(after), DIMENSION)[0].tolist() == after[1:]


def test_an_error_half_way_leaves_the_old_document(catalogue: Catalogue, tmp_path: Path) -> None:
    put(catalogue, make_document("minutes", "The old text."))
    before, generation = rows(tmp_path / "library.db"), catalogue.generation
    changed = make_document("minutes", "A new text.\nAnd more.")
    passages = make_passages(changed, make_paper(changed))
    with pytest.raises(ValueError, match=r"zip\(\)"):
        catalogue.put(
            changed, [make_paper(changed)], [passages[0], replace(passages[1], vectors=passages[1].vectors[[0, 0, 0]])]
        )
    assert rows(tmp_path / "library.db") == before
    assert found(catalogue, "text") == ["The old text."]
    assert catalogue.generation == generation
    assert not found(catalogue, "new")


def test_a_transaction_inside_another_is_given_up_with_it(catalogue: Catalogue) -> None:
    def outer() -> None:
        with catalogue.transaction():
            put(catalogue, make_document("minutes", "One."))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        outer()
    assert catalogue.entries() == ()
    assert catalogue.generation == 0


def test_every_change_has_a_generation_of_its_own(catalogue: Catalogue) -> None:
    generations = [catalogue.generation]
    put(catalogue, make_document("minutes", "One."))
    generations.append(catalogue.generation)
    put(catalogue, make_document("minutes", "Two."))
    generations.append(catalogue.generation)
    catalogue.remove("minutes")
    generations.append(catalogue.generation)
    assert generations == sorted(set(generations))


def test_an_exempt_paper_is_known_by_its_place_alone(catalogue: Catalogue, tmp_path: Path) -> None:
    document = make_document("pack", "The public agenda.", "The zyzzyva contract.", "The public plan.")
    one, two, three = document.pages
    public = make_paper(document, 1, last_page=1, end=one.end)
    exempt = make_paper(
        document,
        2,
        first_page=2,
        last_page=2,
        start=two.start,
        end=two.end,
        title="Exempt paper, held back",
        access=Access.EXEMPT,
        reason="exempt: paragraph 3",
    )
    last = make_paper(document, 3, first_page=3, last_page=3, start=three.start, end=three.end)
    catalogue.put(document, [public, exempt, last], [*make_passages(document, public), *make_passages(document, last)])
    page = catalogue.page("pack", 2)
    assert page is not None
    assert (page.text, page.witnesses, page.problem) == ("", (), "held back")
    assert catalogue.extent(ANYTHING).papers == 2
    assert len(catalogue.vector_ids(ANYTHING)) == 2
    catalogue.close()
    assert not any(b"zyzzyva" in path.read_bytes() for path in tmp_path.iterdir())


DATES = ("2021-12-31", "2022", "2022-06", "2022-06-14", "2022-07-01", "2023-01", None)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, DATES),
        ("2022", "2022", ("2022", "2022-06", "2022-06-14", "2022-07-01")),
        ("2022-06", "2022-06", ("2022", "2022-06", "2022-06-14")),
        ("2022-06-14", "2022-06-14", ("2022", "2022-06", "2022-06-14")),
        ("2022-06-15", None, ("2022", "2022-06", "2022-07-01", "2023-01")),
        ("2022-07", None, ("2022", "2022-07-01", "2023-01")),
        (None, "2021", ("2021-12-31",)),
        (None, "2022-01-01", ("2021-12-31", "2022")),
        ("2024", None, ()),
        ("2023", "2022", ()),
    ],
)
def test_a_period_has_both_its_ends_and_the_papers_that_may_lie_in_it(
    catalogue: Catalogue, since: str | None, until: str | None, expected: tuple[str | None, ...]
) -> None:
    """A paper of "2022" may be of June; one without a date is found only where no date is asked for."""
    for number, date in enumerate(DATES):
        document = make_document(f"d{number}", f"Paper {date or 'undated'}.")
        put(catalogue, document, make_paper(document, date=date))
    period = Filter(since=since, until=until)
    texts = [f"Paper {date or 'undated'}." for date in expected]
    assert sorted(found(catalogue, "paper", filter_=period)) == sorted(texts)
    assert len(catalogue.vector_ids(period)) == len(texts)
    assert catalogue.extent(period).papers == len(texts)


def test_bodies_and_single_papers_narrow_a_search(catalogue: Catalogue) -> None:
    for id_, body, date in (("a", "Roads Panel", "2021-01-05"), ("b", "Cabinet", "2023-06"), ("c", None, None)):
        document = make_document(id_, f"Paper {id_}.")
        put(catalogue, document, make_paper(document, body=body, date=date))
    assert found(catalogue, "paper", filter_=Filter(bodies=("Cabinet",))) == ["Paper b."]
    assert found(catalogue, "paper", filter_=Filter(papers=("c#1",))) == ["Paper c."]
    assert catalogue.extent(Filter(papers=("a#1", "b#1"))) == Extent(2, 2, "2021", "2023")
    assert catalogue.extent(Filter(papers=("c#1",))) == Extent(1, 1)
    assert catalogue.extent(Filter(bodies=("Nobody",))) == Extent(0, 0)


def test_kinds_and_documents_narrow_a_search(catalogue: Catalogue) -> None:
    for id_, kind in (("a", "minutes"), ("b", "plan"), ("c", "inspection summary")):
        document = make_document(id_, f"Paper {id_}.")
        put(catalogue, document, make_paper(document, kind=kind))
    assert found(catalogue, "paper", filter_=Filter(kinds=("plan", "inspection summary"))) == ["Paper b.", "Paper c."]
    assert found(catalogue, "paper", filter_=Filter(kinds=("inspection",))) == []
    assert found(catalogue, "paper", filter_=Filter(documents=("a", "c"), kinds=("minutes",))) == ["Paper a."]


def test_passages_that_match_alike_come_in_order_of_place(catalogue: Catalogue) -> None:
    for id_ in ("zebra", "apple", "mango"):
        put(catalogue, make_document(id_, f"Road {id_}.\nRoad {id_}."))
    places = [catalogue.matching(["road"], ANYTHING, 10, context_weight=0.0) for _ in range(2)]
    assert places[0] == places[1]
    placed = {p.key: p.passage for p in catalogue.passages()}
    order = [(placed[key].document, placed[key].start) for key, _ in places[0]]
    assert order == sorted(order)
    assert len(order) == 6


def test_a_word_that_a_lines_end_cut_is_found_whole(catalogue: Catalogue) -> None:
    document = make_document("minutes", "The safe\N{SOFT HYPHEN}guarding board.")
    put(catalogue, document)
    assert found(catalogue, "safe-guarding") == ["The safe\N{SOFT HYPHEN}guarding board."]


ODD = ['"', "''", "AND", "NEAR(a b)", "a AND", "text:", "*", "roa*", "^road", "(", ")", "{a b}:c", "-road", "+", ""]
ODD += ["\N{PILE OF POO}", "\x00", "\ud800", "_", "é", "road " * 2000, "x" * 10_000, "'; DROP TABLE words; --", "\f"]


@pytest.mark.parametrize("term", ODD)
def test_an_odd_word_never_fails_a_search(catalogue: Catalogue, term: str) -> None:
    put(catalogue, make_document("a", "Road works."))
    found(catalogue, term)
    assert found(catalogue, term, "works") == ["Road works."]


def test_very_many_words_do_not_fail_a_search(catalogue: Catalogue) -> None:
    put(catalogue, make_document("a", "Road works."))
    assert found(catalogue, *[f"word{i}" for i in range(3000)], "works") == ["Road works."]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(terms=st.lists(st.text() | st.sampled_from(ODD), max_size=6))
def test_no_words_whatever_fail_a_search(catalogue: Catalogue, terms: list[str]) -> None:
    found(catalogue, *terms)


def test_a_limit_of_none_finds_none(catalogue: Catalogue) -> None:
    put(catalogue, make_document("a", "Road works."))
    assert found(catalogue, "road", limit=0) == []
    assert found(catalogue) == []


def test_files_stay_pending_until_they_are_done_with(catalogue: Catalogue) -> None:
    catalogue.set_pending(["b.pdf", "a.pdf"])
    catalogue.set_pending(["c.pdf", "a.pdf"])
    assert catalogue.pending() == ("a.pdf", "b.pdf", "c.pdf")
    catalogue.done_with("b.pdf")
    put(catalogue, make_document("c", "One."))
    assert catalogue.pending() == ("a.pdf",)


def test_a_file_that_is_unreadable_is_remembered_until_it_is_looked_at_again(catalogue: Catalogue) -> None:
    catalogue.set_pending(["a.pdf", "b.pdf"])
    catalogue.set_unreadable("a.pdf", "it is broken.")
    catalogue.set_unreadable("a.pdf", "it is empty.")
    assert catalogue.unreadable() == (Unread("a.pdf", "it is empty."),)
    assert catalogue.pending() == ("b.pdf",)
    catalogue.forget_unreadable(["b.pdf"])
    assert len(catalogue.unreadable()) == 1
    catalogue.forget_unreadable(["a.pdf", "b.pdf"])
    assert catalogue.unreadable() == ()


# What ties papers together


LONG = " ".join(f"Word{i}" for i in range(60))


def put_printed(catalogue: Catalogue, id_: str, text: str, **fields: object) -> Paper:
    """Put a document of one paper with its fingerprint."""
    document = make_document(id_, text)
    paper = make_paper(document, **fields)
    found = fingerprint(text)
    catalogue.put(document, [paper], make_passages(document, paper), prints={1: found} if found is not None else {})
    return paper


def test_a_copy_is_told_with_the_document_that_has_its_bytes(catalogue: Catalogue) -> None:
    document = make_document("minutes", "One.")
    put(catalogue, document)
    catalogue.set_copy("Minutes (1).pdf", document.sha256)
    catalogue.set_copy("later.pdf", "bytes of no document")
    [entry] = catalogue.entries()
    assert entry.also == ("Minutes (1).pdf",)
    put(catalogue, document)
    assert catalogue.entries()[0].also == ("Minutes (1).pdf",), "it was read anew with the same bytes"
    put(catalogue, make_document("minutes", "Two."))
    assert catalogue.entries()[0].also == ()
    put(catalogue, document)
    assert catalogue.entries()[0].also == (), "copies of what it was before aren't remembered"


def test_a_copy_that_becomes_a_document_of_its_own_is_none(catalogue: Catalogue) -> None:
    document = make_document("minutes", "One.")
    put(catalogue, document)
    catalogue.set_copy("other.pdf", document.sha256)
    put(catalogue, make_document("other", "Two."))
    assert [entry.also for entry in catalogue.entries()] == [(), ()]


def test_the_order_of_adding_is_kept_while_the_bytes_are_the_same(catalogue: Catalogue) -> None:
    first, second = make_document("b", "One."), make_document("a", "Two.")
    put(catalogue, first)
    put(catalogue, second)
    put(catalogue, first)
    assert {entry.id: entry.added for entry in catalogue.entries()} == {"b": 1, "a": 2}
    put(catalogue, make_document("b", "Three."))
    assert {entry.id: entry.added for entry in catalogue.entries()} == {"b": 3, "a": 2}


def test_papers_with_the_same_text_and_versions_are_tied(catalogue: Catalogue) -> None:
    one, two = put_printed(catalogue, "one", LONG), put_printed(catalogue, "two", LONG.replace(" ", "\n"))
    other = put_printed(catalogue, "other", LONG.replace("Word30", "Word31"))
    found = fingerprint(LONG)
    assert found is not None
    assert [paper.id for paper in catalogue.ties.same(found.whole)] == ["one#1", "two#1"]
    assert [paper.id for paper, _ in catalogue.ties.near(found, shared=4)] == ["one#1", "other#1", "two#1"]
    catalogue.ties.set_alike([(one, other), (other, two)])
    catalogue.ties.set_alike([(other, one)])
    assert catalogue.ties.all() == {
        "one#1": Ties(same_as=("two#1",), versions=("other#1",)),
        "two#1": Ties(same_as=("one#1",), versions=("other#1",)),
        "other#1": Ties(versions=("one#1", "two#1")),
    }
    catalogue.remove("other")
    assert catalogue.ties.all() == {"one#1": Ties(same_as=("two#1",)), "two#1": Ties(same_as=("one#1",))}
    catalogue.remove("two")
    assert catalogue.ties.all() == {}


def test_minutes_are_approved_as_long_as_it_is_noted(catalogue: Catalogue) -> None:
    draft = make_document("draft", "Minutes of June.")
    paper = make_paper(draft, kind="minutes", status="draft")
    put(catalogue, draft, paper)
    later = make_document("later", "Minutes of July.", "June was approved.")
    start = later.pages[1].start
    mention = Mention(Said.APPROVED, "later#1", "Panel", "2022-06-14", 2, start, start + 4, "June", "but for a name")
    catalogue.put(later, [make_paper(later, kind="minutes")], [], mentions=[mention])
    [placed] = catalogue.ties.mentions()
    assert (placed.mention, placed.page_label, placed.document) == (mention, "ii", "later")
    catalogue.ties.set_approved({"draft#1": placed.key})
    assert catalogue.entries()[0].papers[0].status == "approved"
    assert next(catalogue.passages()).paper.status == "approved"
    assert [paper.status for paper in catalogue.ties.meeting_papers()] == ["approved", None]
    assert catalogue.ties.all() == {"draft#1": Ties(approved_in=placed)}
    catalogue.ties.set_approved({})
    assert catalogue.entries()[0].papers == (paper,)
    assert catalogue.ties.all() == {}


def test_a_text_is_found_in_all_its_places(catalogue: Catalogue) -> None:
    for id_, date, line in (
        ("a", None, "The front door is open."),
        ("b", "2022-06-14", "• The front\N{NO-BREAK SPACE}door is open."),
        ("c", "2022-05", "The front door is open."),
        ("d", "2022-07-01", "The front door is shut."),
    ):
        document = make_document(id_, f"Before.\n{line}")
        put(catalogue, document, make_paper(document, date=date))
    keys = {placed.passage.document: placed.key for placed in catalogue.passages() if "front" in placed.passage.text}
    assert [placed.passage.document for placed in catalogue.places(keys["a"])] == ["c", "b", "a"]
    assert [placed.passage.document for placed in catalogue.places(keys["d"])] == ["d"]
    assert catalogue.places(10_000) == ()


def test_the_new_fields_come_back_as_they_were_put(catalogue: Catalogue) -> None:
    document = make_document("letter", "Leaders should:\nAnswer every call.", "A scan.")
    pages = (document.pages[0], replace(document.pages[1], confidence=71.5, problem="read by text recognition badly"))
    document = replace(document, pages=pages)
    paper = make_paper(document, council="Thornmere", inspected="2022-05-17/2022-05-18")
    text = document.text[16:34]
    passage = Passage("letter", paper.id, 16, 34, text, introduction="Leaders should:", extracts=((16, 34),))
    catalogue.put(document, [paper], [EncodedPassage(passage, "Leaders should:", counted(text)[None, :])])
    assert [placed.passage.introduction for placed in catalogue.passages()] == ["Leaders should:"]
    assert found(catalogue, "leaders") == [text]
    [entry] = catalogue.entries()
    assert entry.papers == (paper,)
    assert (entry.pages_without_text, entry.pages_low_confidence) == ((), (2,))
    assert [page.confidence for page in catalogue.pages("letter")] == [None, 71.5]
    assert [page.number for page in catalogue.pages("letter", first=2)] == [2]
    assert [page.number for page in catalogue.pages("letter", first=1, last=1)] == [1]


def test_the_printed_numbers_of_a_paper_are_those_of_its_first_and_last_numbered_page(catalogue: Catalogue) -> None:
    document = make_document("pack", "Cover.", "One.", "Two.", "Blank.")
    labels = (None, "1", "2", None)
    pages = tuple(replace(page, label=label) for page, label in zip(document.pages, labels, strict=True))
    document = replace(document, pages=pages)
    alone = replace(make_document("alone", "Text."), pages=(replace(make_document("x", "Text.").pages[0], label=None),))
    put(catalogue, document)
    put(catalogue, alone)
    assert catalogue.printed_pages() == {"pack#1": ("1", "2")}


@pytest.mark.parametrize(("format_", "make"), [("1", make_format_1), ("2", make_format_2)])
def test_an_earlier_format_gets_todays_tables(tmp_path: Path, format_: str, make: Callable[[Path], None]) -> None:
    make(tmp_path / "old.db")
    with closing(Catalogue(tmp_path / "old.db")) as old, closing(Catalogue(tmp_path / "new.db")) as new:
        assert (old.format, old.can_be_renewed) == (format_, True)
        assert (new.format, new.can_be_renewed) == (str(FORMAT), False)
        assert old.kept_files() == {"a": ("a", "a.pdf", "0a")}
        old.renew()
        new.renew()
        assert old.format == str(FORMAT)
        assert [entry.id for entry in old.entries()] == ["a", "part-b"]
        put(old, make_document("minutes", "One.\nTwo."))
    assert columns(tmp_path / "old.db") == columns(tmp_path / "new.db")


def columns(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The columns of each table, and its indexes."""
    with closing(sqlite3.connect(path)) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: [
                *db.execute(f"PRAGMA table_info({name})"),
                *sorted(r[1:] for r in db.execute(f"PRAGMA index_list({name})")),
            ]
            for name in names
        }


def damage_head(path: Path) -> None:
    path.write_bytes(b"not a database" * 500)


def damage_tail(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


@pytest.mark.parametrize("damage", [damage_head, damage_tail])
def test_a_damaged_file_is_told_in_a_sentence(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    path = tmp_path / "library.db"
    with closing(Catalogue(path)) as catalogue:
        put(catalogue, make_document("a", "Road works."))
    damage(path)

    def use() -> None:
        with closing(Catalogue(path)) as opened:
            assert not opened.is_sound()
            opened.entries()

    with pytest.raises(LibraryDamaged, match=r"library\.db is damaged .*; move the folder away and add"):
        use()


def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnavailable, match="can't be used just now"):
        Catalogue(tmp_path / "nowhere" / "library.db")


def test_two_that_make_the_same_catalogue_at_once_both_get_it(tmp_path: Path) -> None:
    barrier, failed = threading.Barrier(8), list[BaseException]()

    def make() -> None:
        barrier.wait()
        try:
            Catalogue(tmp_path / "library.db").close()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_nothing_is_left_open(tmp_path: Path) -> None:
    code = (
        "import gc, pathlib, sys; from index.catalogue import *; from index.database import LibraryDamaged\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "Catalogue(folder / 'library.db').close()\n"
        "(folder / 'bad.db').write_bytes(b'x' * 5000)\n"
        "try: Catalogue(folder / 'bad.db')\n"
        "except LibraryDamaged: pass\n"
        "gc.collect()\n"
        "print(sum('library.db' in str(p.readlink()) or 'bad.db' in str(p.readlink())"
        " for p in pathlib.Path('/proc/self/fd').iterdir() if p.is_symlink()))"
    )
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("no /proc to look at open files in")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("0", "")
