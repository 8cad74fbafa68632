"""Answers, hits and libraries as the JSON of the command line: names and fields are a contract (README, "Commands")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answer import Answer
from assistant.citations import Citation
from corpus.documents import LINE_END_HYPHEN, Paper
from index.catalogue import Entry
from index.checks import Problem
from index.hits import Hit

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
    }


def list_json(entries: Sequence[Entry]) -> Json:
    """A library's documents as `list` gives them."""
    return {
        "documents": [
            {
                "id": entry.id,
                "title": entry.title,
                "file": entry.file,
                "pages": entry.pages,
                "papers": [_paper_json(paper) for paper in entry.papers],
            }
            for entry in entries
        ]
    }


def check_json(problems: Sequence[Problem]) -> Json:
    """What `check` found."""
    return {
        "problems": [
            {"name": p.name, "severity": p.severity, "message": p.message, "remedy": p.remedy} for p in problems
        ]
    }


def _citation_json(citation: Citation) -> Json:
    place = _place(citation.paper, citation.page, citation.page_label, citation.passage.headings)
    return {"number": citation.number, **place, "quote": citation.quote}


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


def _paper_json(paper: Paper) -> Json:
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
    }


def _shown(text: str) -> str:
    """A passage's text with the hyphens at lines' ends shown as hyphens; a citation's quote keeps the stored text."""
    return text.replace(LINE_END_HYPHEN, "-")
