"""Scoring, writing, retrieval and the assistant on an encoder that counts words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import NO_PAPERS, Assistant, Status
from assistant.falling_short import LACKS, NOT_NAMED, OTHER_TIMES
from assistant.question import understand
from assistant.retrieval import FUSION_K, PAPERS_WORDS, SLIPS, Retriever, fuse
from assistant.scoring import Asked, Candidate, Stemmer, Stretch, asked_for, candidates
from assistant.traced_answers import trace_asked
from assistant.writing import MOST, NOT_FOUND, NOTHING_ASKED, WINDOW_WORDS, choose, source, spoken
from corpus.documents import Paper, Passage
from corpus.reading.worker import read_here
from index.encoder import Encoder
from index.hits import Filter, Hit
from index.library import Extract, Library, LibraryMismatch
from tests.fakes import CountingEncoder, counted, make_document, make_paper, write_pdf

PAPERS = {
    "2022-06-14-report.pdf": "The budget for school places was cut.\nAll calls about a child come to the front door.",
    "2023-01-11-minutes.pdf": "The panel asked about the road plan.\nThe road plan slipped to the autumn of 2023.",
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    files = [write_pdf(tmp_path / name, text) for name, text in PAPERS.items()]
    with Library.create(tmp_path / "library") as made:
        assert [a.outcome for a in made.add(files, CountingEncoder(), read=read_here)] == ["added", "added"]
        yield made


@pytest.fixture
def assistant(library: Library) -> Assistant:
    return Assistant(library, CountingEncoder())


# Fusion


def test_fusion_sums_reciprocal_ranks() -> None:
    fused = dict(fuse([[1, 2], [2, 3]]))
    assert fused[2] == pytest.approx(1 / (FUSION_K + 2) + 1 / (FUSION_K + 1))
    assert list(fused) == [2, 1, 3]


@given(st.lists(st.lists(st.integers(0, 30), unique=True), max_size=4))
def test_fusion_keeps_every_key_once_best_first(rankings: list[list[int]]) -> None:
    fused = fuse(rankings)
    assert sorted(key for key, _ in fused) == sorted({key for ranking in rankings for key in ranking})
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)


# Scoring


def test_coverage_is_the_share_of_what_the_words_tell() -> None:
    asked = Asked({"school": 3.0, "budget": 1.0}, counted("school budget"))
    assert asked.coverage(frozenset({"school"})) == 0.75
    assert asked.coverage(frozenset({"road"})) == 0
    assert asked.coverage(frozenset({"school", "budget", "road"})) == 1


def test_words_count_in_whatever_form_they_stand() -> None:
    assert Stemmer().stems_in("children's assessments, assessed") == Stemmer().stems(["children", "s", "assess"])


# Writing


def hit(*lines: str, rank: int = 1) -> tuple[Hit, list[Extract]]:
    document = make_document(f"report-{rank}", "\n".join(lines))
    paper = make_paper(document)
    passage = Passage(document.id, paper.id, 0, len(document.text), document.text)
    extracts, start = [], 0
    for line in lines:
        extracts.append(Extract(rank, start, start + len(line), counted(line)))
        start += len(line) + 1
    return Hit(passage, paper, 1, None, rank, "both", 0.1, rank), extracts


def even(stems: Sequence[str]) -> Mapping[str, float]:
    return dict.fromkeys(stems, 1.0)


def chosen(question: str, *hits: tuple[Hit, list[Extract]]) -> list[str]:
    stemmer = Stemmer()
    asked = asked_for(understand(question), counted(question), even, stemmer)
    found = candidates([h for h, _ in hits], [e for _, es in hits for e in es], asked, stemmer)
    return [w.hit.passage.text[w.start : w.end] for w in choose(found, asked)]


def test_the_line_that_holds_the_questions_words_is_quoted_and_no_other() -> None:
    assert chosen("road plan", hit("The budget grew.", "The road plan slipped.", "Nobody spoke.")) == [
        "The road plan slipped."
    ]


def test_nothing_is_quoted_from_papers_that_speak_of_other_things() -> None:
    assert chosen("visit", hit("The budget grew.", "The plan slipped.")) == []


def test_a_quotation_is_never_longer_than_can_be_read_aloud() -> None:
    long = "children " * 30
    assert all(len(text.split()) <= WINDOW_WORDS for text in chosen("children", hit(long, long, long, long)))


def test_an_answer_has_few_quotations_and_none_twice() -> None:
    quotes = chosen("road", *(hit(f"The road {word}.", rank=i) for i, word in enumerate("abcdefgh", 1)))
    assert len(quotes) == MOST == len(set(quotes))


def test_quotations_from_one_passage_do_not_overlap() -> None:
    stretches = tuple(Stretch(10 * i, 10 * i + 9, "road plan", frozenset({"road"}), 0.9) for i in range(8))
    document = make_document("report", "road plan " * 8)
    passage = Passage(document.id, "report#1", 0, len(document.text), document.text)
    candidate = Candidate(Hit(passage, make_paper(document), 1, None, 1, "both", 0.1, 1), stretches, frozenset())
    windows = choose([candidate], Asked({"road": 1.0}, counted("road")))
    assert len(windows) > 1
    assert not any(a.overlaps(b) for i, a in enumerate(windows) for b in windows[i + 1 :])


def test_a_row_is_spoken_as_its_cells_under_their_headers_and_empty_cells_are_silent() -> None:
    assert (
        spoken("FC1 | Contacts |  | 12", ("Ref", "Indicator", "Target", "Now"))
        == "Ref: FC1; Indicator: Contacts; Now: 12"
    )


def test_a_sentence_is_spoken_between_quotation_marks_on_one_line_with_its_hyphens() -> None:
    assert spoken("The self\N{SOFT HYPHEN}\nassessment\nslipped.", ()) == "“The self-assessment slipped.”"


# Retrieval and answers


def test_each_way_of_searching_gives_hits_ranked_from_one(library: Library) -> None:
    retriever = Retriever(library, CountingEncoder())
    for search in (retriever.by_meaning, retriever.by_words, retriever.search):
        hits = search(understand("road plan"), Filter(), 10)
        assert [h.rank for h in hits] == list(range(1, len(hits) + 1))
        assert "road plan" in hits[0].passage.text
        assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_a_filter_that_nothing_passes_gives_no_hits(library: Library) -> None:
    retriever = Retriever(library, CountingEncoder())
    assert retriever.search(understand("road plan"), Filter(until="1999"), 10) == []


def test_another_encoders_library_is_refused_before_it_is_searched(library: Library) -> None:
    with pytest.raises(LibraryMismatch, match="counting"):
        Assistant(library, CountingEncoder(name="another"))


def test_an_answer_quotes_the_page_word_for_word_with_printed_and_file_page(assistant: Assistant) -> None:
    answer = assistant.ask("When will the road plan come?")
    assert answer.status is Status.ANSWERED
    quotes = [c.quote for c in answer.citations]
    assert any("The road plan slipped to the autumn of 2023." in quote for quote in quotes)
    for citation in answer.citations:
        assert citation.quote in assistant.library.page_text(citation.passage.document, citation.page)
        assert citation.page == 1
    assert all(f"[{n}]" in answer.text for s in answer.statements for n in s.citations)


def test_what_is_not_in_the_papers_is_not_found_and_the_nearest_are_given(assistant: Assistant) -> None:
    answer = assistant.ask("visit of the inspectors")
    assert (answer.status, answer.reason, answer.citations) == (Status.NOT_FOUND, NOT_FOUND, ())
    assert answer.text == NOT_FOUND
    assert answer.hits


@pytest.mark.parametrize("question", ["", "   ", "?", "👍", "what is it", "a"])
def test_a_question_that_asks_nothing_gets_a_short_plain_reply(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason, answer.hits) == (Status.REFUSED, NOTHING_ASKED, ())


def test_ten_thousand_characters_get_a_short_plain_reply(assistant: Assistant) -> None:
    answer = assistant.ask("road plan " * 1000)
    assert answer.status in Status
    assert (answer.status, answer.citations) == (Status.REFUSED, ())
    assert "10,000 characters" in answer.text


def test_an_opinion_is_declined_with_its_reason(assistant: Assistant) -> None:
    answer = assistant.ask("would you trust this council?")
    assert (answer.status, answer.hits) == (Status.REFUSED, ())
    assert "opinion" in answer.text


def test_what_is_declined_at_once_shows_no_other_question_as_searched_for(assistant: Assistant) -> None:
    answer = assistant.ask("would you trust them?", ["what does the road plan cost?"])
    assert (answer.status, answer.standalone) == (Status.REFUSED, "would you trust them?")


def test_a_time_after_all_papers_is_declined_with_what_they_cover(tmp_path: Path) -> None:
    text = "Minutes of the Scrutiny Panel held on 14 June 2022\nThe panel agreed the road plan."
    with Library.create(tmp_path / "dated") as made:
        list(made.add([write_pdf(tmp_path / "2022-06-14-minutes.pdf", text)], CountingEncoder(), read=read_here))
        answer = Assistant(made, CountingEncoder()).ask("what became of the road plan in March 2031")
    assert answer.status is Status.NOT_FOUND
    assert "June 2022" in answer.text
    assert "March 2031" in answer.text


def test_a_short_form_is_spelled_out_by_the_papers_within_the_filter(tmp_path: Path) -> None:
    text = "Each call goes to the Early Help Hub (EHH) on the day."
    with Library.create(tmp_path / "short") as made:
        list(made.add([write_pdf(tmp_path / "report.pdf", text)], CountingEncoder(), read=read_here))
        assistant = Assistant(made, CountingEncoder())
        answer = assistant.ask("what does EHH stand for?")
        assert answer.status is Status.ANSWERED
        assert "EHH stands for Early Help Hub" in answer.text
        assert "Early Help Hub (EHH)" in answer.citations[0].quote
        assert assistant.ask("what does EHX stand for?").status is Status.NOT_FOUND
        assert assistant.ask("what does EHH stand for?", filter=Filter(until="1999")).status is Status.NOT_FOUND


def test_an_introduced_list_is_quoted_whole() -> None:
    lines = ["Leaders should improve:", "• the road plan", "• the budget", "• visits"]
    assert chosen("what should leaders improve", hit(*lines)) == ["\n".join(lines)]


def test_the_answer_says_what_was_searched(assistant: Assistant) -> None:
    searched = assistant.ask("road plan", filter=Filter(since="2023")).searched
    assert (searched.documents, searched.papers, searched.since) == (1, 1, "2023")


def test_the_same_question_gets_the_same_answer(assistant: Assistant) -> None:
    one, two = assistant.ask("road plan"), assistant.ask("road plan")
    assert (one.text, one.citations, one.hits) == (two.text, two.citations, two.hits)


def test_a_library_without_documents_finds_nothing(tmp_path: Path) -> None:
    with Library.create(tmp_path / "empty") as empty:
        encoder: Encoder = CountingEncoder()
        assert Assistant(empty, encoder).ask("road plan").status is Status.NOT_FOUND


def test_a_question_is_encoded_once(library: Library) -> None:
    encoder = CountingEncoder()
    Assistant(library, encoder).ask("road plan")
    assert encoder.texts == 1


def test_vectors_are_unit_length() -> None:
    assert np.linalg.norm(counted("children budget")) == pytest.approx(1)


def test_an_entry_of_a_contents_list_is_never_quoted() -> None:
    contents = hit("The road plan 12", "The budget 14", "The school visit 16")
    assert chosen("road plan", contents) == []
    assert chosen("road plan", contents, hit("The road plan slipped.", rank=2)) == ["The road plan slipped."]


def test_an_empty_search_finds_nothing(library: Library) -> None:
    retriever = Retriever(library, CountingEncoder())
    assert retriever.search(understand("  "), Filter(), 10) == []
    assert retriever.by_meaning(understand(""), Filter(), 10) == []


class CutsUnknownWords(CountingEncoder):
    """Has no word whole, so that none counts as spelled rightly because of it."""

    def count(self, text: str) -> int:
        return 2 * super().count(text)


def test_a_slip_is_searched_for_as_what_was_meant_and_shown(tmp_path: Path) -> None:
    text = "The pavement plan slipped.\nThe pavement grant came.\nThe panel saw the pavement."
    with Library.create(tmp_path / "slips") as made:
        files = [write_pdf(tmp_path / f"report-{n}.pdf", f"Report {n}\n{text}") for n in range(3)]
        list(made.add(files, CutsUnknownWords(), read=read_here))
        assistant = Assistant(made, CutsUnknownWords())
        answer = assistant.ask("did the pavemnet plan slip?")
        assert (answer.question, answer.standalone) == ("did the pavemnet plan slip?", "did the pavement plan slip?")
        assert assistant.ask("the pavemnet plan", without=(SLIPS,)).standalone == "the pavemnet plan"


def test_the_papers_words_are_searched_for_in_place_of_everyday_ones(tmp_path: Path) -> None:
    with Library.create(tmp_path / "lay") as made:
        text = "Missing episodes rose.\n\nThe panel saw the budget."
        list(made.add([write_pdf(tmp_path / "report.pdf", text)], CountingEncoder(), read=read_here))
        assistant = Assistant(made, CountingEncoder())
        found = assistant.retriever.search(assistant.understand("runaways"), without=("meaning",))
        assert [("Missing episodes" in hit.passage.text) for hit in found] == [True]
        asked = assistant.understand("runaways", without=(PAPERS_WORDS,))
        assert assistant.retriever.search(asked, without=("meaning",)) == []


@pytest.mark.parametrize(("who", "status"), [("Mary Holt", Status.ANSWERED), ("Peter Lund", Status.NOT_FOUND)])
def test_what_is_said_of_somebody_else_is_no_answer(tmp_path: Path, who: str, status: Status) -> None:
    with Library.create(tmp_path / "names") as made:
        text = "Mary Holt told the panel that the road plan slipped."
        list(made.add([write_pdf(tmp_path / "report.pdf", text)], CountingEncoder(), read=read_here))
        answer = Assistant(made, CountingEncoder()).ask(f"What did {who} tell the panel of the road plan?")
    assert answer.status is status
    assert (answer.reason or "") == ("" if status is Status.ANSWERED else NOT_NAMED.format("Lund"))


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("What did the road plan cost?", "a sum of money"),
        ("What is the name of the road plan's author?", "a name"),
        ("What percentage of the road plan is done?", "a share"),
        ("How many roads are in the road plan?", None),
    ],
)
def test_where_no_quotation_has_the_kind_of_thing_asked_for_the_answer_says_so(
    tmp_path: Path, question: str, lacks: str | None
) -> None:
    with Library.create(tmp_path / "lacks") as made:
        text = "The road plan has 12 roads, and its author told the panel of what it cost."
        list(made.add([write_pdf(tmp_path / "report.pdf", text)], CountingEncoder(), read=read_here))
        answer = Assistant(made, CountingEncoder()).ask(question)
    assert answer.reason == (LACKS.format(lacks) if lacks else None)
    assert bool(answer.statements) is not bool(lacks)
    assert answer.hits


def test_where_the_search_is_narrowed_to_no_paper_the_answer_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("What became of the road plan?", filter=Filter(bodies=("Nobody",)))
    assert (answer.status, answer.reason, answer.hits) == (Status.NOT_FOUND, NO_PAPERS, ())
    assert (answer.searched.papers, answer.searched.bodies) == (0, ("Nobody",))


@pytest.mark.parametrize(("year", "reason"), [("2022", None), ("2021", None), ("2019", OTHER_TIMES)])
def test_what_is_of_other_times_than_the_question_names_is_no_answer(
    tmp_path: Path, year: str, reason: str | None
) -> None:
    with Library.create(tmp_path / "times") as made:
        text = "The road plan had 12 roads in 2021."
        other = "The school plan of 2019 was cut."
        files = [write_pdf(tmp_path / "2022-06-14-report.pdf", text), write_pdf(tmp_path / "2019-01-11-b.pdf", other)]
        list(made.add(files, CountingEncoder(), read=read_here))
        answer = Assistant(made, CountingEncoder()).ask(f"How many roads had the road plan in {year}?")
    assert answer.reason == reason


def test_what_somebody_said_is_quoted_from_his_own_paper_first(tmp_path: Path) -> None:
    with Library.create(tmp_path / "said") as made:
        plan = "The inspectors came about the supervision of social workers, and supervision is weak."
        letter = "Ofsted\nInspection of children's social care services\nSupervision of staff is weak."
        files = [
            write_pdf(tmp_path / "2022-07-plan.pdf", plan),
            write_pdf(tmp_path / "2022-06-ofsted-letter.pdf", letter),
        ]
        list(made.add(files, CountingEncoder(), read=read_here))
        kinds = {paper.document: paper.kind for entry in made.documents() for paper in entry.papers}
        assert kinds["2022-06-ofsted-letter"].startswith("inspection")
        answer = Assistant(made, CountingEncoder()).ask("What did the inspectors say about supervision?")
    assert {citation.paper.document for citation in answer.citations} == {"2022-06-ofsted-letter"}


# Traces

LETTER = (
    "6 June 2022\n\nHelen Adeyemi\nDirector of Children's Services\n\nDear Ms Adeyemi\n\n"
    "# Focused visit to Thornmere children's services\n\nThis letter summarises the findings of the focused visit by"
    " Ofsted on 27 and 28 April 2022.\n\n# What needs to improve\n\n- The school budget.\n"
    "- The road plan for children.\n"
)
PLAN = (
    "# Children's Services Improvement Plan June 2022\n\n| Ref | Action | Lead | Timescale | RAG |\n"
    "| --- | --- | --- | --- | --- |\n| 1.1 | Visit children at the front door | Head of Visits | July 2022 | Amber |\n"
)


@pytest.fixture
def tracing(tmp_path: Path) -> Iterator[Assistant]:
    (tmp_path / "2022-06-06-letter.md").write_text(LETTER)
    (tmp_path / "2022-06-14-plan.md").write_text(PLAN)
    with Library.create(tmp_path / "library") as made:
        list(made.add(sorted(tmp_path.glob("*.md")), CountingEncoder(), read=read_here))
        yield Assistant(made, CountingEncoder())


def test_what_one_inspection_demands_is_quoted_all_and_cited(tracing: Assistant) -> None:
    answer = tracing.ask("What did Ofsted say needs to improve in 2022?")
    assert [citation.quote for citation in answer.citations] == ["The school budget.", "The road plan for children."]
    assert answer.statements[0].text == (
        "2022 focused visit, what needs to improve, Focused visit to Thornmere children's services, 6 June 2022: "
        "“The school budget.”"
    )
    assert answer.standalone == "What did Ofsted say needs to improve in 2022?"
    assert answer.hits


def test_who_is_responsible_is_quoted_from_the_plan(tracing: Assistant) -> None:
    answer = tracing.ask("Who is responsible for the visits to children at the front door?")
    assert "owner: “Head of Visits”; due: “July 2022”; status: “Amber”" in answer.statements[0].text
    assert [c.quote for c in answer.citations][:2] == ["Visit children at the front door", "Head of Visits"]


def test_a_filter_holds_for_traces_too(tracing: Assistant) -> None:
    answer = tracing.ask("What did Ofsted say needs to improve in 2022?", filter=Filter(kinds=("plan",)))
    assert all("Focused visit" not in statement.text for statement in answer.statements)


@pytest.mark.parametrize(
    ("text", "earlier", "standalone"),
    [
        ("What are the commissioner's recommendations?", "Which recommendations recur?", None),
        ("Has Ofsted said this before?", "What of the road?", "What of the road? Has Ofsted said this before?"),
        ("and in 2019?", "What did Ofsted recommend in 2022?", "What did Ofsted recommend in 2022? and in 2019?"),
    ],
)
def test_a_question_for_a_trace_stands_alone_unless_it_points_back(
    text: str, earlier: str, standalone: str | None
) -> None:
    asked = trace_asked(understand(text, [earlier]))
    assert asked is not None
    assert asked.standalone == (standalone or text)


@pytest.mark.parametrize("text", ["Who chairs the board?", "Who was it?"])
def test_a_question_after_a_trace_is_not_one_because_that_was(text: str) -> None:
    assert trace_asked(understand(text, ["Which recommendations recur from 2016 to 2023?"])) is None


def test_a_tables_row_is_said_with_what_the_table_counts_and_prose_with_its_own_heading() -> None:
    headings = ("Report on Ferrydown", "People whom I met", "Children and families")
    paper = Paper("report", 1, "report", "Report on Ferrydown", 1, 9, 0, 900, date="2024-07")
    row = Passage("report", paper.id, 0, 27, "Children in care | 38 | May", headings, ("Role", "Number", "When"))
    assert source(paper, row) == "Report on Ferrydown, July 2024, under People whom I met › Children and families"
    assert source(paper, replace(row, headers=())) == "Report on Ferrydown, July 2024, under Children and families"
    item = replace(row, headings=("Agenda Item 6", "Commentary"))
    assert source(paper, item) == "Report on Ferrydown, July 2024, under Commentary"
