"""The systems that are compared, with an assistant, an encoder and a library whose output is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.answer import Answer, Searched, Status
from assistant.citations import Citation, Statement
from corpus.documents import Paper, Passage
from eval.gold import Question
from eval.llamaindex import TOP, llamaindex_system, split
from eval.runs import Cited, Found, Search, assistant_systems, reply_of, whole_texts
from index.hits import Hit

VOCABULARY = ("quay", "ferry", "fee", "lamp", "gull", "tide", "rope")

PAPER = Paper("minutes", 1, "minutes", "Minutes", 1, 1, 0, 100)


def hit(text: str, rank: int = 1) -> Hit:
    passage = Passage("minutes", PAPER.id, 0, len(text), text)
    return Hit(key=rank, passage=passage, paper=PAPER, page=1, page_label="1", rank=rank, found_by="both", score=1.0)


class ScriptedAssistant:
    """Answers with what the search gives, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    @property
    def retriever(self) -> ScriptedAssistant:
        return self

    def by_meaning(self, question: str) -> list[Hit]:
        return [hit("found by meaning")]

    def by_words(self, question: str) -> list[Hit]:
        return [hit("found by words")]

    def search(self, question: str) -> list[Hit]:
        return [hit(f"found {n}", n) for n in range(1, 13)]

    def ask(self, question: str, history: Sequence[str] = (), *, search: Search | None = None) -> Answer:
        self.asked.append((question, tuple(history)))
        hits = tuple((search or self.search)(question))
        citation = Citation(1, hits[0].passage, PAPER, 7, "5", hits[0].passage.text)
        return Answer(
            question=question,
            standalone=question,
            status=Status.ANSWERED,
            reason=None,
            statements=(Statement("Here it is.", (1,)),),
            citations=(citation,),
            hits=hits,
            searched=Searched(1, 1),
            seconds=0.5,
        )


def encode(texts: Sequence[str]) -> np.ndarray:
    """Counts the words of a small vocabulary; rows have length 1, or 0 for a text without any of them."""
    counts = np.array([[text.lower().count(word) for word in VOCABULARY] for text in texts], dtype=np.float32)
    return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)


class FakeEntry:
    """A document of two pages."""

    def __init__(self, name: str) -> None:
        self.id = name
        self.pages = 2


class FakeLibrary:
    """Two documents whose pages say what they are."""

    def documents(self) -> tuple[FakeEntry, ...]:
        return FakeEntry("minutes"), FakeEntry("report")

    def page_text(self, document: str, number: int) -> str:
        return f"{document} {number}"


def question(text: str, *history: str) -> Question:
    return Question("q", "fact", text, evidence=(), answer_keys=(("x",),), history=history)


def test_a_reply_holds_the_judged_part_of_an_answer_and_ten_hits_at_most():
    reply = reply_of(ScriptedAssistant().ask("What?"))
    assert (reply.status, reply.text, reply.seconds) == (Status.ANSWERED, "Here it is. [1]", 0.5)
    assert reply.found == tuple(Found("minutes", f"found {n}") for n in range(1, 11))
    assert reply.cited == (Cited("minutes", 7, "found 1"),)


def test_only_an_answer_that_says_so_counts_as_declined():
    replies = {status: reply_of(ScriptedAssistant().ask("What?")) for status in Status}
    declined = {status for status, reply in replies.items() if type(reply)(status, "", (), (), 0).declined}
    assert declined == {Status.NOT_FOUND, Status.REFUSED}


def test_the_baselines_differ_from_the_assistant_in_the_search_alone():
    assistant = ScriptedAssistant()
    systems = assistant_systems(assistant)
    replies = {system.name: system.ask(question("And now?", "What was?")) for system in systems}
    assert {name: reply.found[0].text for name, reply in replies.items()} == {
        "assistant": "found 1",
        "words only": "found by words",
        "meaning only": "found by meaning",
    }
    assert assistant.asked == [("And now?", ("What was?",))] * 3


def test_the_text_of_a_document_is_that_of_its_pages_in_order():
    assert whole_texts(FakeLibrary()) == {"minutes": "minutes 1\nminutes 2", "report": "report 1\nreport 2"}


def test_llamaindex_splits_every_document_and_keeps_its_id():
    nodes = split({"minutes": "The quay was repaired. " * 600, "report": "The ferry fee rose."})
    assert {node.document for node in nodes} == {"minutes", "report"}
    assert sum(node.document == "minutes" for node in nodes) > 1
    assert nodes[-1] == Found("report", "The ferry fee rose.")


def test_llamaindex_answers_with_the_nearest_passage_and_gives_five():
    texts = {f"paper-{n}": f"About the {word}, and nothing else." for n, word in enumerate(VOCABULARY)}
    reply = llamaindex_system(texts, encode_passages=encode, encode_questions=encode).ask(
        question("gull? gull or rope?")
    )
    assert [found.document for found in reply.found[:2]] == ["paper-4", "paper-6"]
    assert len(reply.found) == TOP
    assert reply.text == "About the gull, and nothing else."
    assert (reply.status, reply.cited) == (Status.ANSWERED, ())


def test_the_global_settings_of_llamaindex_stay_untouched():
    from llama_index.core import Settings

    llamaindex_system({"a": "The quay."}, encode_passages=encode, encode_questions=encode).ask(question("quay"))
    assert Settings._embed_model is None
    assert Settings._llm is None
