"""What `check` tells a committee clerk: versions, printed pages that are missing, meetings of which nothing is held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.documents import Document, Paper
from corpus.fingerprints import fingerprint
from corpus.mentions import Mention, Said
from index.catalogue import Catalogue
from index.problems import MOST_RANGES, Problem, listed, page_list, quoted
from index.review import copies, meetings, missing_pages, versions
from tests.fakes import make_document, make_paper

PANEL = "Children's Services Scrutiny Panel"
LONG = " ".join(f"Road {i} is mended in week {i * 7 % 31}." for i in range(30))


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with closing(Catalogue(tmp_path / "library.db")) as opened:
        yield opened


def put(catalogue: Catalogue, document: Document, *papers: Paper, mentions: Sequence[Mention] = ()) -> None:
    papers = papers or (make_paper(document),)
    texts = {paper.number: fingerprint(document.text[paper.start : paper.end]) for paper in papers}
    prints = {number: found for number, found in texts.items() if found is not None}
    catalogue.put(document, papers, [], prints=prints, mentions=mentions)


def told(problems: Iterator[Problem]) -> list[tuple[str, str]]:
    return [(problem.name, problem.message) for problem in problems]


# Papers that are the same, or nearly so


def alike(catalogue: Catalogue, *texts: tuple[str, str, str | None]) -> list[Problem]:
    """What is told of documents of one paper each, given by id, text and date, that are all versions of each other."""
    papers = []
    for id_, text, date in texts:
        document = make_document(id_, text, title="The plan")
        papers.append(make_paper(document, date=date))
        put(catalogue, document, papers[-1])
    whole = [fingerprint(text) for _, text, _ in texts]
    different = [(a, b) for i, a in enumerate(papers) for j, b in enumerate(papers) if i < j and whole[i] != whole[j]]
    catalogue.ties.set_alike(different)
    return list(versions(catalogue, catalogue.entries()))


def changed(week: int) -> str:
    return LONG.replace("week 18.", f"week {week}.")


def test_versions_come_in_order_of_their_dates(catalogue: Catalogue) -> None:
    [problem] = alike(catalogue, ("new", changed(19), "2023-01-18"), ("old", LONG, "2022-06-21"))
    assert problem.message == (
        "“The plan” (report, 18 January 2023) stands in 2 versions: old (file page 1) and new (file page 1) (the "
        "newest last by their dates). new (file page 1) differs from the version named before in 1 place: page i (file "
        "page 1): “week 18. Road” became “week 19. Road”."
    )


def test_versions_without_dates_come_in_the_order_of_adding(catalogue: Catalogue) -> None:
    [problem] = alike(catalogue, ("z", LONG, None), ("a", changed(19), None))
    assert "z (file page 1) and a (file page 1) (the newest last by when they were added, as" in problem.message


def test_of_versions_that_came_together_without_dates_none_is_called_the_newest(catalogue: Catalogue) -> None:
    papers = []
    for id_, text in (("b", LONG), ("a", changed(19))):
        document = make_document(id_, text)
        print_ = fingerprint(text)
        assert print_ is not None
        papers.append(make_paper(document))
        catalogue.put(document, papers[-1:], [], prints={1: print_}, run=7)
    catalogue.ties.set_alike([(papers[0], papers[1])])
    [problem] = versions(catalogue, catalogue.entries())
    assert "a (file page 1) and b (file page 1) (which is the newest isn't known: " in problem.message
    assert "“week 18. Road”, there “week 19. Road”." in problem.message


def test_only_the_last_of_many_versions_are_compared(catalogue: Catalogue) -> None:
    [problem] = alike(catalogue, *((f"v{i}", changed(i), f"2022-0{i + 1}") for i in range(8)))
    assert "stands in 8 versions, the last 5 of them: v3 (file page 1), v4" in problem.message
    assert "and v7 (file page 1) (the newest last" in problem.message
    assert problem.message.count("became") == 3
    assert "“week 6. Road” became “week 7. Road”." in problem.message


def test_the_same_text_is_told_once_beside_its_versions(catalogue: Catalogue) -> None:
    found = alike(catalogue, ("a", LONG, "2022"), ("b", f"{LONG} ", "2022"), ("c", changed(19), "2023"))
    assert [problem.name for problem in found] == ["same text", "versions"]
    assert "2 places: a (file page 1) and b (file page 1)." in found[0].message
    assert "stands in 2 versions: a (file page 1) and c (file page 1)" in found[1].message


def test_versions_that_differ_in_very_many_places_are_told_briefly(catalogue: Catalogue) -> None:
    [problem] = alike(catalogue, ("a", LONG, "2022"), ("b", LONG.replace("week 1", "week 4"), "2023"))
    assert problem.message.count("became") == 3
    assert "; and 8 more." in problem.message


def test_the_words_of_a_version_are_those_of_its_own_paper(catalogue: Catalogue) -> None:
    """A paper that begins inside a document is compared from where it begins."""
    for id_, text in (("a", LONG), ("b", changed(19))):
        document = make_document(id_, "A cover.", text, "Something else.")
        page = document.pages[1]
        paper = make_paper(document, 2, first_page=2, last_page=2, start=page.start, end=page.end)
        cover = make_paper(document, 1, last_page=1, end=document.pages[0].end)
        put(catalogue, document, cover, paper)
    papers = [entry.papers[1] for entry in catalogue.entries()]
    catalogue.ties.set_alike([(papers[0], papers[1])])
    [problem] = versions(catalogue, catalogue.entries())
    assert "in 1 place: page ii (file page 2): “week 18. Road” became" in problem.message


def test_a_library_without_copies_and_versions_has_none(catalogue: Catalogue) -> None:
    put(catalogue, make_document("a", LONG))
    assert told(versions(catalogue, catalogue.entries())) == []
    assert told(copies(catalogue.entries())) == []


# Printed pages


def test_missing_pages_are_told_in_one_sentence_a_document(catalogue: Catalogue) -> None:
    document = make_document("pack", *"abcdefghi")
    labels = ("1", "2", "5", "6", None, "9", "10", "1", "2")
    pages = tuple(replace(page, label=label) for page, label in zip(document.pages, labels, strict=True))
    put(catalogue, replace(document, pages=pages))
    [entry] = catalogue.entries()
    [problem] = missing_pages(entry, catalogue.pages("pack"))
    assert (problem.name, problem.severity) == ("missing pages", "warning")
    assert problem.message == (
        "pack: printed page 2 is followed by 5 (file pages 2 and 3), so pages 3-4 may be missing; printed page 6 is "
        "followed by 9 (file pages 4 and 6), so page 8 may be missing."
    )


# Meetings


def meeting(
    catalogue: Catalogue,
    id_: str,
    date: str,
    kind: str = "minutes",
    *said: tuple[Said, str, str | None],
    **fields: object,
) -> None:
    """A document that is one paper of a meeting of the Panel and says this of other meetings."""
    document = make_document(id_, "Some words.")
    paper = make_paper(document, **{"kind": kind, "date": date, "body": PANEL, **fields})
    mentions = [Mention(what, paper.id, body or PANEL, day, 1, 0, 4, "Some") for what, day, body in said]
    put(catalogue, document, paper, mentions=mentions)


def review(catalogue: Catalogue) -> list[tuple[str, str]]:
    return told(meetings(catalogue.entries(), catalogue.ties.mentions()))


def test_the_meetings_of_a_body_are_listed_with_what_is_held(catalogue: Catalogue) -> None:
    meeting(catalogue, "july", "2022-07-20", body="Scrutiny Panel (Children’s Services)")
    meeting(catalogue, "agenda", "2022-09-21", "agenda")
    meeting(catalogue, "november", "2022-11-09", status="draft")
    meeting(catalogue, "report", "2022-11-09", "report")
    meeting(catalogue, "cabinet", "2022-11-10", "report", body="Cabinet")
    name, message = review(catalogue)[0]
    assert (name, message) == (
        "meetings",
        f"{PANEL}: papers of 20 July 2022 (minutes), 21 September 2022 (agenda) and 9 November 2022 (draft minutes, 1 "
        "other paper).",
    )


def test_all_papers_in_a_pack_belong_to_its_meeting_but_earlier_minutes(catalogue: Catalogue) -> None:
    document = make_document("pack", *"abcd")
    fields = {"first_page": 1, "last_page": 1}
    papers = [
        make_paper(document, 1, kind="agenda", body=PANEL, date="2023-01-18", **fields),
        make_paper(document, 2, kind="minutes", body=PANEL, date="2022-11-09", status="draft", **fields),
        make_paper(document, 3, kind="inspection", body="Inspectorate", date="2022-06-06", **fields),
        make_paper(document, 4, kind="scorecard", date="2022-10", **fields),
    ]
    put(catalogue, document, *papers)
    assert review(catalogue) == [
        (
            "meetings",
            f"{PANEL}: papers of 9 November 2022 (draft minutes) and 18 January 2023 (agenda, 2 other papers).",
        )
    ]


def test_one_meeting_alone_is_no_news(catalogue: Catalogue) -> None:
    meeting(catalogue, "july", "2022-07-20")
    meeting(catalogue, "report", "2022-07-20", "report")
    assert review(catalogue) == []


def test_a_meeting_of_which_nothing_is_held_is_told_with_the_evidence(catalogue: Catalogue) -> None:
    meeting(catalogue, "july", "2022-07-20", "minutes", (Said.ANNOUNCED, "2022-09-21", None))
    meeting(
        catalogue,
        "november",
        "2022-11-09",
        "minutes",
        (Said.APPROVED, "2022-09-21", "Scrutiny Panel (Children's Services)"),
        (Said.APPROVED, "2022-07-20", None),
        (Said.APPROVED, "2022-05-05", "Health Panel"),
        (Said.ANNOUNCED, "2023-01-18", None),
    )
    assert review(catalogue)[1:] == [
        (
            "gap",
            f"{PANEL}: nothing is held of 21 September 2022 (minutes approved in november, page i; announced in july, "
            "page i) and 18 January 2023 (announced in november, page i).",
        )
    ]


def test_minutes_that_are_missing_between_others_are_told(catalogue: Catalogue) -> None:
    meeting(catalogue, "agenda-7", "2022-07-20", "agenda")
    meeting(catalogue, "agenda-9", "2022-09-21", "agenda")
    meeting(catalogue, "minutes-9", "2022-09-21")
    meeting(catalogue, "agenda-11", "2022-11-09", "agenda")
    assert review(catalogue)[1:] == [
        (
            "gap",
            f"{PANEL}: the agenda is held but not the minutes of 20 July 2022, though those of 21 September 2022 are.",
        )
    ]


def test_bodies_are_not_mixed(catalogue: Catalogue) -> None:
    meeting(catalogue, "a", "2022-07-20", "minutes", (Said.ANNOUNCED, "2022-09-21", None))
    meeting(catalogue, "b", "2022-09-21", "minutes", body="Cabinet")
    assert [name for name, _ in review(catalogue)] == ["gap"]


# Words that messages share


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([4], "page 4"), ([2, 3], "pages 2-3"), ([1, 2, 3, 7, 9, 10], "pages 1-3, 7, 9-10")],
)
def test_a_list_of_pages_is_short(numbers: list[int], expected: str) -> None:
    assert page_list(numbers) == expected


def test_a_very_long_list_of_pages_is_cut() -> None:
    assert page_list(range(0, 100, 2)).endswith("20, 22 and others")
    assert page_list(range(0, 100, 2)).count(",") == MOST_RANGES - 1


def test_things_are_listed_as_people_do() -> None:
    assert [listed("abc"[:n], most=3) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed("abcde", most=3) == "a, b, c and 2 more"
    assert quoted("a b") == '"a b"'
