"""Answers, hits and libraries as the JSON of the command line: names and fields are a contract (README, "Commands")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.answer import Answer, Drafted
from assistant.citations import Citation
from corpus.documents import LINE_END_HYPHEN, Paper
from index.catalogue import Entry, Unread
from index.hits import Hit
from index.problems import Problem
from index.ties import PlacedMention, Ties

Json = dict[str, Any]


def hit_json(hit: Hit) -> Json:
    """A passage as `search` and `batch` give it."""
    return {
        "rank": hit.rank,
        **_place(hit.paper, hit.page, hit.page_label, hit.passage.headings),
        "text": _shown(hit.passage.text),
        "found_by": hit.found_by,
    }


def answer_json(answer: Answer) -> Json:
    """An answer as `ask` gives it."""
    searched = answer.searched
    return {
        "question": answer.question,
        "standalone": answer.standalone,
        "status": answer.status.value,
        "reason": answer.reason,
        "text": answer.text,
        "statements": [{"text": s.text, "citations": list(s.citations)} for s in answer.statements],
        "citations": [_citation_json(citation) for citation in answer.citations],
        "searched": {
            "documents": searched.documents,
            "papers": searched.papers,
            "since": searched.since,
            "until": searched.until,
            "kinds": list(searched.kinds),
        },
        "seconds": round(answer.seconds, 4),
        **({"drafted": _drafted_json(answer.drafted)} if answer.drafted else {}),
    }


def list_json(entries: Sequence[Entry], ties: Mapping[str, Ties], unreadable: Sequence[Unread]) -> Json:
    """A library's documents as `list` gives them, with what ties their papers to others, by the papers' ids; and the
    files that could not be read."""
    return {
        "documents": [
            {
                "id": entry.id,
                "title": entry.title,
                "file": entry.file,
                "pages": entry.pages,
                "papers": [_paper_json(paper, ties.get(paper.id, Ties())) for paper in entry.papers],
                "also": list(entry.also),
                "pages_without_text": list(entry.pages_without_text),
                "pages_low_confidence": list(entry.pages_low_confidence),
                "notes": list(entry.notes),
            }
            for entry in entries
        ],
        "unreadable": [{"file": unread.file, "reason": unread.reason} for unread in unreadable],
    }


def check_json(problems: Sequence[Problem]) -> Json:
    """What `check` found."""
    return {
        "problems": [
            {"name": p.name, "severity": p.severity, "message": p.message, "remedy": p.remedy} for p in problems
        ]
    }


def _drafted_json(drafted: Drafted) -> Json:
    """What a language model had to do with an answer; there only where one was asked."""
    removed = [{"text": each.text, "why": each.why} for each in drafted.removed]
    above = [{"text": each.text, "citations": list(each.citations)} for each in drafted.above]
    told = {"model": drafted.model, "removed": removed, "fallback": drafted.fallback}
    return {**told, **({"above": above} if above else {})}


def _citation_json(citation: Citation) -> Json:
    place = _place(citation.paper, citation.page, citation.page_label, citation.passage.headings)
    return {"number": citation.number, **place, "quote": citation.quote, "problem": citation.problem}


def _place(paper: Paper, page: int, page_label: str | None, headings: Sequence[str]) -> Json:
    return {
        "document": paper.document,
        "paper": paper.id,
        "title": paper.title,
        "kind": paper.kind,
        "date": paper.date,
        "page": page,
        "page_label": page_label,
        "heading": " › ".join(headings),
    }


def _paper_json(paper: Paper, ties: Ties) -> Json:
    return {
        "id": paper.id,
        "kind": paper.kind,
        "title": paper.title,
        "body": paper.body,
        "date": paper.date,
        "status": paper.status,
        "item": paper.item,
        "access": paper.access.value,
        "first_page": paper.first_page,
        "last_page": paper.last_page,
        "council": paper.council,
        "inspected": paper.inspected,
        "reason": paper.reason,
        "approved_in": _approval_json(ties.approved_in) if ties.approved_in else None,
        "same_as": list(ties.same_as),
        "versions": list(ties.versions),
    }


def _approval_json(placed: PlacedMention) -> Json:
    """Where minutes were approved; `amendment` is what was put right before, as written."""
    return {
        "document": placed.document,
        "page": placed.mention.page,
        "page_label": placed.page_label,
        "quote": placed.mention.quote,
        "amendment": placed.mention.amendment,
    }


def _shown(text: str) -> str:
    """A passage's text with the hyphens at lines' ends shown as hyphens; a citation's quote keeps the stored text."""
    return text.replace(LINE_END_HYPHEN, "-")
