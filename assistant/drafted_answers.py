"""An answer told by a language model, as far as the papers support it: each sentence is checked and quoted for.

What the assistant has found and quoted comes first: a model sees its passages only, is asked only where it answers, and
wherever the model has nothing to give, the answer in quotations stands, and says why.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Event

from assistant.answer import Answer, Assistant, Drafted, Removed, Status
from assistant.citations import Citation, PageAt, Quotation, Statement, Verified, cite, same_words, verify
from assistant.drafting import INSTRUCTIONS, Claim, Material, claims_in, material, prompt
from assistant.model import Model, ModelFailed
from assistant.scoring import Stemmer
from assistant.supporting import Support, Unsupported, support
from assistant.writing import source, spoken
from corpus.documents import Paper, Passage
from index.encoder import Encoder

IN_QUOTATIONS = "{} This is the answer in quotations."
NOTHING_SAID = "The language model {} found no answer in the passages."
NOTHING_LEFT = "Nothing that the language model {} wrote is supported by the passages."
NOT_ON_PAGE = "the passage that it rests on couldn't be checked on its page"


def told_by(model: Model, answer: Answer, assistant: Assistant) -> Answer:
    """An assistant's answer, told by a model as far as the papers support it (`Teller.tell`)."""
    return Teller(model, assistant.encoder, assistant.library.page_at, Stemmer()).tell(answer)


def may_be_told(answer: Answer) -> bool:
    """Whether an answer is put to a model at all: one that declines isn't."""
    return answer.status in (Status.ANSWERED, Status.PARTIAL)


@dataclass(frozen=True, slots=True)
class _Told:
    """Sentences of a model, and the quotation that they rest on."""

    text: str
    verified: Verified


@dataclass(frozen=True, slots=True)
class Teller:
    """What it takes to tell an answer by a model: the model, the encoder that compares meanings, and the stored
    pages."""

    model: Model
    encoder: Encoder
    page_at: PageAt
    stemmer: Stemmer

    def tell(self, answer: Answer) -> Answer:
        """The answer in the model's sentences, each with a verified quotation; else the same answer, with the reason
        why it stays in quotations. An answer that declines stays as it is."""
        if not may_be_told(answer):
            return answer
        began = time.perf_counter()
        said, drafted = self._draft(answer, None)
        if said:
            statements, citations = cite([(_said(each.text, each.verified), [each.verified]) for each in said])
            answer = replace(answer, statements=statements, citations=citations)
        return replace(answer, drafted=drafted, seconds=answer.seconds + time.perf_counter() - began)

    def tell_above(self, answer: Answer, ended: Event | None = None) -> Answer:
        """The answer as it is, with the model's sentences above it; what they rest on and it doesn't quote is added to
        its citations. Ends early, as a model that failed, when `ended` is set."""
        if not may_be_told(answer):
            return answer
        began = time.perf_counter()
        said, drafted = self._draft(answer, ended)
        above, citations = _cited_after(answer.citations, said)
        return replace(
            answer,
            citations=citations,
            drafted=replace(drafted, above=above),
            seconds=answer.seconds + time.perf_counter() - began,
        )

    def _draft(self, answer: Answer, ended: Event | None) -> tuple[list[_Told], Drafted]:
        """What the model says of an answer's passages, checked; where nothing is left, `Drafted` says why."""
        name = self.model.name
        shown = material(_passages(answer))
        try:
            claims = claims_in(self.model.reply(INSTRUCTIONS, prompt(answer.standalone, shown), ended))
        except ModelFailed as failed:
            return [], Drafted(name, (), IN_QUOTATIONS.format(failed))
        said, removed = self._checked(claims, shown)
        why = (NOTHING_LEFT if claims else NOTHING_SAID).format(name)
        return said, Drafted(name, removed, None if said else IN_QUOTATIONS.format(why))

    def _checked(self, claims: Sequence[Claim], shown: Sequence[Material]) -> tuple[list[_Told], tuple[Removed, ...]]:
        """What may be said, with its quotation, and what is removed. The same quotation is told once."""
        kept: list[tuple[list[str], Verified]] = []
        removed: list[Removed] = []
        for claim in claims:
            found = support(claim, shown, similar=self._similar, stemmer=self.stemmer)
            verified = self._quoted(found) if isinstance(found, Support) else None
            if isinstance(found, Unsupported):
                removed.append(Removed(claim.text, found.why))
            elif verified is None:
                removed.append(Removed(claim.text, NOT_ON_PAGE))
            elif twin := next((said for said, quoted in kept if same_words(quoted, verified)), None):
                twin.append(claim.text)
            else:
                kept.append(([claim.text], verified))
        return [_Told(" ".join(said), quoted) for said, quoted in kept], tuple(removed)

    def _quoted(self, found: Support) -> Verified | None:
        each = found.material
        return verify(Quotation(each.passage, each.paper, found.start, found.end), self.page_at)

    def _similar(self, text: str, others: Sequence[str]) -> list[float]:
        one, *rest = self.encoder.encode_questions([text, *others])
        return [float(one @ other) for other in rest]


def _passages(answer: Answer) -> list[tuple[Passage, Paper]]:
    """What is quoted, then what else was found: whole passages, of which a quotation may be a part."""
    cited = [(citation.passage, citation.paper) for citation in answer.citations]
    return [*cited, *((hit.passage, hit.paper) for hit in answer.hits)]


def _cited_after(
    citations: tuple[Citation, ...], said: Sequence[_Told]
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """The sentences as statements, and the citations with those that they need after them; what is quoted already keeps
    its number."""
    _, found = cite([(each.text, [each.verified]) for each in said])
    above: list[Statement] = []
    for each, own in zip(said, found, strict=True):
        same = next((citation for citation in citations if _holds(citation, own)), None)
        if same is None:
            same = replace(own, number=len(citations) + 1)
            citations = (*citations, same)
        above.append(Statement(each.text, (same.number,)))
    return tuple(above), citations


def _holds(citation: Citation, other: Citation) -> bool:
    """Whether a citation quotes all that another one does."""
    if citation.span is None or other.span is None or citation.passage.document != other.passage.document:
        return False
    return citation.span[0] <= other.span[0] and other.span[1] <= citation.span[1]


def _said(text: str, verified: Verified) -> str:
    """A model's sentence, and after it the source and the quotation that it rests on."""
    passage = verified.quotation.passage
    return f"{text} {source(verified.quotation.paper, passage)}: {spoken(verified.quote, passage.headers)}"
