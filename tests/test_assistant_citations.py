from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.citations import Quotation, Verified, cite, same_words, verify
from corpus.documents import Document, Paper, Passage
from corpus.reading.witness import squash
from index.catalogue import PageText
from tests.fakes import make_document, make_paper

DOCUMENT = make_document("minutes", "The panel met.\nIt heard nothing new.", "The plan slipped again.")
PAPER = make_paper(DOCUMENT)


def page_at(document: str, offset: int) -> PageText | None:
    return next((p for p in pages_of(DOCUMENT) if document == "minutes" and p.start <= offset <= p.end), None)


def pages_of(document: Document) -> list[PageText]:
    texts = [document.text[p.start : p.end] for p in document.pages]
    return [
        PageText(p.number, p.label, p.start, p.end, text, (squash(text),), None)
        for p, text in zip(document.pages, texts, strict=True)
    ]


def passage(start: int = 0, end: int = len(DOCUMENT.text), paper: Paper = PAPER) -> Passage:
    return Passage(DOCUMENT.id, paper.id, start, end, DOCUMENT.text[start:end])


def quotation(words: str) -> Quotation:
    start = DOCUMENT.text.index(words)
    return Quotation(passage(), PAPER, start, start + len(words))


def verified(words: str) -> Verified:
    found = verify(quotation(words), page_at)
    assert found is not None
    return found


def test_a_quotation_is_verified_with_the_page_on_which_it_stands() -> None:
    found = verified("The plan slipped again.")
    assert (found.quote, found.page.number, found.page.label) == ("The plan slipped again.", 2, "ii")


def test_a_quotation_from_a_page_that_was_hard_to_read_says_so() -> None:
    problem = "read by text recognition with low confidence (62 of 100)"
    found = verified("The plan slipped again.")
    _, (citation,) = cite([("Said", [replace(found, page=replace(found.page, problem=problem))])])
    assert citation.problem == problem


def test_a_quotation_over_the_end_of_a_page_is_not_shown() -> None:
    assert verify(quotation("nothing new.\fThe plan"), page_at) is None


def test_a_quotation_outside_its_passage_is_not_shown() -> None:
    assert verify(replace(quotation("The plan slipped again."), passage=passage(0, 10)), page_at) is None


def test_a_quotation_from_a_document_that_is_gone_is_not_shown() -> None:
    assert verify(quotation("The panel met."), lambda document, offset: None) is None


def test_a_quotation_whose_stored_page_has_changed_is_not_shown() -> None:
    def changed(document: str, offset: int) -> PageText | None:
        page = page_at(document, offset)
        return page and replace(page, text=page.text.replace("met", "ate"))

    assert verify(quotation("The panel met."), changed) is None


def test_a_quotation_that_one_independent_reader_reads_otherwise_is_not_shown() -> None:
    def disputed(document: str, offset: int) -> PageText | None:
        page = page_at(document, offset)
        return page and replace(page, witnesses=(*page.witnesses, squash("The panel wet.")))

    assert verify(quotation("The panel met."), disputed) is None


def test_a_page_without_a_witness_confirms_nothing() -> None:
    def unread(document: str, offset: int) -> PageText | None:
        page = page_at(document, offset)
        return page and replace(page, witnesses=())

    assert verify(quotation("The panel met."), unread) is None


@given(st.integers(-5, 70), st.integers(-5, 70))
def test_whatever_is_verified_stands_character_for_character_on_its_page(start: int, end: int) -> None:
    found = verify(Quotation(passage(), PAPER, start, end), page_at)
    if found is not None:
        page = DOCUMENT.pages[found.page.number - 1]
        assert found.quote == DOCUMENT.text[start:end]
        assert found.quote in DOCUMENT.text[page.start : page.end]


def test_citations_are_numbered_through_the_answer_and_statements_name_theirs() -> None:
    one, two, three = verified("The panel met."), verified("It heard nothing new."), verified("The plan slipped again.")
    statements, citations = cite([("First", [one, two]), ("Second", [three])])
    assert [s.citations for s in statements] == [(1, 2), (3,)]
    assert [c.number for c in citations] == [1, 2, 3]
    assert [c.page for c in citations] == [1, 1, 2]


def test_the_same_words_are_known_again_whatever_their_line_breaks() -> None:
    one = verified("The panel met.")
    assert same_words(one, replace(one, quote="The\npanel  met."))
    assert not same_words(one, replace(one, quote="The panel left."))
