"""An answer told by a language model, as far as the papers support it: each sentence is checked and quoted for.

What the assistant has found and quoted comes first: a model sees its passages only, is asked only where it answers, and
wherever the model has nothing to give, the answer in quotations stands, and says why.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Assistant, Drafted, Removed, Status
from assistant.citations import Group, PageAt, Quotation, Verified, cite, same_words, verify
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
        if answer.status not in (Status.ANSWERED, Status.PARTIAL):
            return answer
        began = time.perf_counter()
        name = self.model.name
        shown = material(_passages(answer))
        try:
            claims = claims_in(self.model.reply(INSTRUCTIONS, prompt(answer.standalone, shown)))
        except ModelFailed as failed:
            return self._in_quotations(answer, str(failed), (), began)
        groups, removed = self._checked(claims, shown)
        if not groups:
            why = (NOTHING_LEFT if claims else NOTHING_SAID).format(name)
            return self._in_quotations(answer, why, removed, began)
        statements, citations = cite(groups)
        return replace(
            answer,
            statements=statements,
            citations=citations,
            drafted=Drafted(name, removed),
            seconds=answer.seconds + time.perf_counter() - began,
        )

    def _in_quotations(self, answer: Answer, why: str, removed: tuple[Removed, ...], began: float) -> Answer:
        drafted = Drafted(self.model.name, removed, IN_QUOTATIONS.format(why))
        return replace(answer, drafted=drafted, seconds=answer.seconds + time.perf_counter() - began)

    def _checked(self, claims: Sequence[Claim], shown: Sequence[Material]) -> tuple[list[Group], tuple[Removed, ...]]:
        """What may be said, with its quotations, and what is removed. The same quotation is told once."""
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
        return [(_said(" ".join(said), quoted), [quoted]) for said, quoted in kept], tuple(removed)

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


def _said(text: str, verified: Verified) -> str:
    """A model's sentence, and after it the source and the quotation that it rests on."""
    passage = verified.quotation.passage
    return f"{text} {source(verified.quotation.paper, passage)}: {spoken(verified.quote, passage.headers)}"
