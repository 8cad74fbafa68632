"""From replies to judgements to measures; also against the reference scorer where that is at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.answer import Status
from eval.comparison import RIGHT
from eval.gold import Evidence, Question, load
from eval.judging import Judgement, PageText, first_ranks, grouped, judge, run, scores
from eval.runs import Cited, Found, Reply, System

SCORER = Path(__file__).parent.parent.parent / "shared" / "eval" / "score.py"

QUAYS = Evidence("minutes", "the harbour office repairs the quays every spring")
FEES = Evidence("report", "mooring fees rise by 4% in April")
FEES_AGAIN = Evidence("agenda", "mooring fees rise by 4% in April")


def question(name: str = "q", kind: str = "fact", **fields: object) -> Question:
    given: dict[str, object] = {"evidence": ((QUAYS,), (FEES, FEES_AGAIN)), "answer_keys": (("spring",), ("4%",))}
    return Question(id=name, type=kind, question="What happens?", **(given | fields))  # type: ignore[arg-type]


def reply(text: str = "", *found: Found, status: Status = Status.ANSWERED, cited: tuple[Cited, ...] = ()) -> Reply:
    return Reply(status, text, found, cited, 0.25)


def no_pdf(document: str, page: int) -> str | None:
    return None


def judged(question: Question, reply: Reply, page_text: PageText = no_pdf) -> Judgement:
    return judge(question, reply, page_text)


UNANSWERABLE = question("u", "unanswerable", evidence=(), answer_keys=())


def test_ranks_are_those_of_the_first_hit_in_the_right_document_for_each_group():
    hits = (Found("report", QUAYS.quote), Found("agenda", f"- {FEES.quote} -"), Found("minutes", QUAYS.quote))
    assert first_ranks(question(), hits) == (3, 2)
    assert first_ranks(question(), hits[:1]) == (None, None)


def test_a_declined_answer_is_not_correct_even_if_its_reason_holds_the_keys():
    judgement = judged(question(), reply("nothing on spring or 4%", status=Status.NOT_FOUND))
    assert judgement.outcome is not None
    assert (judgement.outcome.declined, judgement.outcome.correct) == (True, False)


def test_a_partial_answer_is_an_answer():
    judgement = judged(question(), reply("In spring, and 4%.", status=Status.PARTIAL))
    assert not judgement.missed


def test_an_unanswerable_question_goes_right_only_if_it_is_declined():
    assert judged(UNANSWERABLE, reply("Tuesday")).missed
    assert not judged(UNANSWERABLE, reply(status=Status.REFUSED)).missed


def test_a_question_that_does_not_count_has_no_outcome_but_can_have_ranks():
    judgement = judged(question(answer_keys=()), reply("-", Found("minutes", QUAYS.quote)))
    assert judgement.outcome is None
    assert judgement.first_rank == 1
    assert scores([judgement])["accuracy"] is None
    assert scores([judgement])["recall@1"] == 0.5


def test_citations_are_judged_against_the_gold_of_their_own_document_only():
    cited = (Cited("minutes", 1, QUAYS.quote), Cited("report", 1, QUAYS.quote))
    assert judged(question(), reply("-", cited=cited)).relevant == (True, False)


def test_citations_of_what_should_have_been_declined_are_not_judged_for_relevance():
    assert judged(UNANSWERABLE, reply("-", cited=(Cited("minutes", 1, QUAYS.quote),))).relevant == ()


def test_exactness_is_judged_only_where_a_pdf_has_the_page():
    def page_text(document: str, page: int) -> str | None:
        return "So the har\u0002\r\nbour office" if (document, page) == ("minutes", 2) else None

    cited = (Cited("minutes", 2, "the har\u00ad\nbour"), Cited("minutes", 2, "the quay"), Cited("minutes", 3, "the"))
    assert judged(question(), reply("-", cited=cited), page_text).exact == (True, False)


def test_a_run_judges_every_question_in_order():
    system = System("echo", "says the question", lambda asked: reply(asked.id))
    done = run(system, [question("a"), question("b")], no_pdf)
    assert [judgement.reply.text for judgement in done.judgements] == ["a", "b"]
    assert (done.system, done.note) == ("echo", "says the question")


def test_measures_of_nothing_are_unknown():
    assert set(scores([]).values()) == {None}


def test_groups_are_by_name_and_keep_every_judgement():
    judgements = [judged(question(name, kind), reply()) for name, kind in (("a", "who"), ("b", "fact"), ("c", "who"))]
    groups = grouped(judgements, lambda asked: asked.type)
    assert {name: [j.question.id for j in group] for name, group in groups.items()} == {
        "fact": ["b"],
        "who": ["a", "c"],
    }
    assert list(groups) == ["fact", "who"]


def made_up() -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """A small gold set and answers that touch every branch of the definitions."""

    def gold(name: str, kind: str, keys: list[list[str]], *groups: list[Evidence], **more: str) -> dict[str, object]:
        evidence = [[{"doc": place.document, "quote": place.quote} for place in group] for group in groups]
        row = {"id": name, "asker": "officer", "type": kind, "question": f"{name}?", "answer": None}
        return {**row, "answer_keys": keys, "evidence": evidence, **more}

    def answer(name: str, status: str, text: str, hits: list[Evidence], cited: list[Evidence]) -> dict[str, object]:
        return {
            "id": name,
            "status": status,
            "text": text,
            "hits": [{"document": hit.document, "text": hit.quote} for hit in hits],
            "citations": [{"document": cite.document, "page": 1, "quote": cite.quote} for cite in cited],
        }

    other = Evidence("minutes", "apologies were received from three members of the board")
    part = Evidence("minutes", "| harbour office repairs the quays |")
    return [
        gold("a", "fact", [["spring"]], [QUAYS]),
        gold("b", "list", [["spring"], ["4%", "four per cent"]], [QUAYS], [FEES, FEES_AGAIN]),
        gold("c", "fact", [["April"]], [FEES]),
        gold("d", "who", [["harbour office"]], [QUAYS], [FEES]),
        gold("e", "unanswerable", []),
        gold("f", "unanswerable", []),
        gold("g", "unanswerable", [], why="false-premise"),
        gold("h", "acronym", [], [FEES_AGAIN]),
        gold("i", "unanswerable", [], why="opinion-or-advice"),
        gold("j", "when", [["april"]], [FEES]),
    ], [
        answer("a", "answered", "Every SPRING [1]", [other, part], [part]),
        answer("b", "partial", "in spring", [QUAYS, other, other, other, other, FEES_AGAIN], [QUAYS, other]),
        answer("c", "not_found", "April isn't mentioned", [other] * 10 + [FEES], []),
        answer("d", "answered", "The Harbour Office", [Evidence("report", QUAYS.quote), FEES], [FEES, FEES_AGAIN]),
        answer("e", "refused", "no", [other], []),
        answer("f", "answered", "yes", [other], [other]),
        answer("g", "answered", "yes", [other], []),
        answer("h", "answered", "fees", [other, other, FEES_AGAIN], [FEES_AGAIN]),
        answer("i", "not_found", "no", [], []),
        answer("j", "answered", "In May", [Evidence("report", "fees rise by 4% in 2020")], [QUAYS]),
    ]


def as_lines(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def replayed(rows: list[dict[str, object]]) -> System:
    """A system that gives the written answers."""
    known = {row["id"]: json.loads(json.dumps(row)) for row in rows}

    def ask(asked: Question) -> Reply:
        row = known[asked.id]
        hits = tuple(Found(hit["document"], hit["text"]) for hit in row["hits"][:10])
        cited = tuple(Cited(cite["document"], cite["page"], cite["quote"]) for cite in row["citations"])
        return Reply(Status(row["status"]), row["text"], hits, cited, 0.0)

    return System("replayed", "", ask)


def test_the_measures_of_a_made_up_set_are_as_counted_by_hand(tmp_path: Path):
    gold, answers = made_up()
    done = run(replayed(answers), load([as_lines(tmp_path / "gold.jsonl", gold)]), no_pdf)
    values = scores(done.judgements)
    # With evidence: a finds it at 2, b at 1 and 6, c nowhere, d at - and 2, h at 3, j at 1 (5 of 7 words in a row).
    assert values["recall@1"] == pytest.approx((0 + 0.5 + 0 + 0 + 0 + 1) / 6)
    assert values["recall@10"] == pytest.approx((1 + 1 + 0 + 0.5 + 1 + 1) / 6)
    assert values["MRR@10"] == pytest.approx((1 / 2 + 1 + 0 + 1 / 2 + 1 / 3 + 1) / 6)
    assert values["accuracy"] == pytest.approx(2 / 5)  # a and d of a, b, c, d, j
    assert values["precision"] == pytest.approx(2 / 4)
    assert values["CRAG score"] == pytest.approx((1 - 1 + 0 + 1 - 1 + 1 - 1 + 1) / 8)  # a b c d j e f i
    assert values["refusal precision"] == pytest.approx(2 / 3)  # e and i of c, e, i
    assert values["refusal recall"] == pytest.approx(2 / 3)  # e and i of e, f, i
    assert values["citation relevance"] == pytest.approx(4 / 7)  # a, one of b's, one of d's, h; not j's
    assert values["quote exactness"] is None


@pytest.mark.skipif(not SCORER.exists(), reason="the reference scorer isn't beside this checkout")
def test_the_measures_are_those_of_the_reference_scorer(tmp_path: Path):
    gold, answers = made_up()
    gold_file = as_lines(tmp_path / "gold.jsonl", gold)
    said = subprocess.run(
        [sys.executable, SCORER, as_lines(tmp_path / "answers.jsonl", answers), gold_file, "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    expected = json.loads(said.stdout)
    judgements = run(replayed(answers), load([gold_file]), no_pdf).judgements
    theirs = {"CRAG score": "CRAG", "quote exactness": "exact"}
    for name, value in scores(judgements).items():
        assert (value if value is None else round(value, 3)) == expected[theirs.get(name, name)], name
    by_type = {
        name: [round(value, 3), sum(judgement.outcome is not None for judgement in group)]
        for name, group in grouped(judgements, lambda asked: asked.type).items()
        if (value := RIGHT.score(group)) is not None
    }
    assert by_type == expected["by type"]
