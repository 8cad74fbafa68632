"""Whether the marks on the drawn pages cover the words that are quoted, judged by an independent reading of where each
letter stands (`eval.positions`)."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.citations import Citation
from assistant.pages.loading import Shelf
from assistant.pages.viewing import Draws, Shown, View, seen
from corpus.reading.marks import Rectangle
from eval.positions import Placed, Positions, upright
from eval.speed import percentiles

BEYOND = 0.02
"""The share of a quotation's letters that may be marked beyond it: a printed page number that runs through a line."""


@dataclass(frozen=True, slots=True)
class MarkedCitation:
    """A citation and what its mark covers.

    `missing` are the quoted letters that no mark covers, `beyond` those that are marked and not quoted. `reason` is
    the sentence on the page where there are no marks and the text is shown instead, None where there are. `seconds`
    is how long it took until the page was there.
    """

    question: str
    document: str
    page: int
    quote: str
    missing: str
    beyond: str
    reason: str | None
    seconds: float

    @property
    def is_covered(self) -> bool:
        """Whether the marks cover all of the quoted words, and hardly anything else."""
        return self.reason is None and not self.missing and len(self.beyond) <= BEYOND * len(letters_in(self.quote))


def marked_citations(
    answers: Iterable[tuple[str, Answer]], library: Shelf, drawer: Draws, positions: Positions
) -> list[MarkedCitation]:
    """Every citation of some answers (each with its question's id) as the page shows it, judged."""
    return [
        _judged(question, citation, library, drawer, positions)
        for question, answer in answers
        for citation in answer.citations
    ]


def _judged(question: str, citation: Citation, library: Shelf, drawer: Draws, positions: Positions) -> MarkedCitation:
    document, page = citation.paper.document, citation.page
    start, end = citation.span or (citation.passage.start, citation.passage.end)
    began = time.perf_counter()
    view = seen(library, drawer, Shown(document, page, start, end))
    seconds = time.perf_counter() - began
    quoted = Counter(letters_in(citation.quote))
    marked = Counter(letters_in(_under(view, lambda: positions.letters(document, page))))
    return MarkedCitation(
        question,
        document,
        page,
        citation.quote,
        missing="".join((quoted - marked).elements()),
        beyond="".join((marked - quoted).elements()),
        reason=view.reason,
        seconds=seconds,
    )


def _under(view: View, letters: Callable[[], Sequence[Placed]]) -> str:
    """The letters of a page that lie under the marks on its drawing."""
    if view.drawing is None or not view.drawing.marks:
        return ""
    turned, marks = view.drawing.turned, view.drawing.marks
    return "".join(letter.text for letter in letters() if _lies_in(upright(letter.x, letter.y, turned), marks))


def _lies_in(point: tuple[float, float], marks: Sequence[Rectangle]) -> bool:
    x, y = point
    return any(m.left <= x <= m.left + m.width and m.top <= y <= m.top + m.height for m in marks)


def letters_in(text: str) -> str:
    """The letters and digits of a text; readers differ about all other signs."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def marks_as_json(found: Sequence[MarkedCitation]) -> dict[str, object]:
    """The measures, and every citation whose marks don't cover its words."""
    p50, p95 = percentiles([each.seconds for each in found])
    return {
        "citations": len(found),
        "covered": _share(found),
        "shown_as_text": sum(each.reason is not None for each in found),
        "seconds_p50": p50,
        "seconds_p95": p95,
        "misses": [
            {
                "question": each.question,
                "document": each.document,
                "page": each.page,
                "quote": each.quote,
                "missing": each.missing,
                "beyond": each.beyond,
                "reason": each.reason,
            }
            for each in found
            if not each.is_covered
        ],
    }


def _share(found: Sequence[MarkedCitation]) -> float | None:
    return sum(each.is_covered for each in found) / len(found) if found else None


def marks_report(found: Sequence[MarkedCitation]) -> str:
    """The measures as lines, and the misses one by one."""
    measured = marks_as_json(found)
    share, p50, p95 = measured["covered"], measured["seconds_p50"], measured["seconds_p95"]
    if share is None:
        return "No answer has a citation."
    lines = [
        f"citations whose marks cover the quoted words: {share:.3f} of {len(found)}",
        f"citations whose page says why nothing is marked: {measured['shown_as_text']}",
        f"seconds until a page is there: {p50:.2f} (median), {p95:.2f} (95th percentile)",
    ]
    for each in found:
        if not each.is_covered:
            why = each.reason or f"not covered: {each.missing!r}; beyond: {each.beyond!r}"
            lines += ["", f"{each.question}, {each.document}, file page {each.page}: {why}", f"  {each.quote!r}"]
    return "\n".join(lines)
