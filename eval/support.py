"""How well supported sentences are told from unsupported ones, on the gold questions' own answers.

A gold answer that one place in the papers answers is a supported sentence about the passage there. Spoiled, it is an
unsupported one: a number changed (to another of the same passage, where there is one), a name changed, the sense turned
round, or another passage of the same document cited. Everything is fixed: the same gold gives the same cases.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.drafting import Claim, Material
from assistant.people import surnames_in
from assistant.scoring import Stemmer
from assistant.supporting import LEAST_STRENGTH, LEAST_WORDS, Similar, Support, support
from corpus.documents import Paper, Passage
from eval.gold import Question
from eval.metrics import words

SUPPORTED = "as it stands"
KINDS = (SUPPORTED, "a number changed", "a name changed", "turned round", "another passage cited")
"""What was done to a sentence."""

ANOTHER_NAME = "Quillfeather"

_FIGURES = re.compile(r"(?<![\w.,])[0-9][0-9,]*(?:\.[0-9]+)?(?![\w])")
_AUXILIARY = re.compile(r"\b(is|are|was|were|has|have|had|will|would|could|can)\b(?! not)")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, the passage that it cites, and what was done to it (one of `KINDS`)."""

    question: str
    kind: str
    sentence: str
    material: Material


def cases(questions: Iterable[Question], passages: Sequence[tuple[Passage, Paper]]) -> Iterator[Case]:
    """The sentences of questions, as they stand and spoiled in each way that they allow: the answer where one place
    gives it, and each quotation that is evidence."""
    spoken = [f" {' '.join(words(passage.text))} " for passage, _ in passages]
    for question in questions:
        for group in question.evidence:
            places = [
                [
                    place
                    for place, (passage, _) in enumerate(passages)
                    if passage.document == each.document and f" {' '.join(words(each.quote))} " in spoken[place]
                ]
                for each in group
            ]
            held = [place for found in places for place in found]
            sentences = [(each.quote, found[0]) for each, found in zip(group, places, strict=True) if found]
            if question.answer is not None and len(question.evidence) == 1 and held:
                sentences.insert(0, (question.answer, held[0]))
            for sentence, place in sentences:
                yield from _cases(question.id, sentence, place, held, passages)


def _cases(
    question: str, sentence: str, place: int, held: Sequence[int], passages: Sequence[tuple[Passage, Paper]]
) -> Iterator[Case]:
    here = Material(1, *passages[place])
    yield Case(question, SUPPORTED, sentence, here)
    for kind, spoiled in spoilt(sentence, here.passage.text):
        yield Case(question, kind, spoiled, here)
    near = [n for n in (place + 1, place - 1, place + 2, place - 2) if 0 <= n < len(passages) and n not in held]
    other = next((n for n in near if passages[n][0].document == here.passage.document), None)
    if other is not None:
        yield Case(question, KINDS[4], sentence, Material(1, *passages[other]))


def spoilt(sentence: str, passage: str) -> Iterator[tuple[str, str]]:
    """A sentence spoiled in each way that it allows, with the way (one of `KINDS`)."""
    figure = _FIGURES.search(sentence)
    if figure:
        others = [found for found in _FIGURES.findall(passage) if found not in sentence]
        changed = others[0] if others else f"{figure[0]}7"
        yield KINDS[1], sentence[: figure.start()] + changed + sentence[figure.end() :]
    name = next(surnames_in(sentence), None)
    if name is not None:
        yield KINDS[2], sentence.replace(name, ANOTHER_NAME)
    if _AUXILIARY.search(sentence):
        yield KINDS[3], _AUXILIARY.sub(r"\1 not", sentence, count=1)
    elif " not " in sentence:
        yield KINDS[3], sentence.replace(" not ", " ", 1)


def kept(
    judged: Iterable[Case],
    similar: Similar,
    *,
    least_words: float = LEAST_WORDS,
    least_strength: float = LEAST_STRENGTH,
) -> Mapping[str, tuple[int, int]]:
    """For each kind of case how many are kept as supported, and of how many."""
    stemmer = Stemmer()
    yes: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    for case in judged:
        found = support(
            Claim(case.sentence, (1,)),
            [case.material],
            similar=similar,
            stemmer=stemmer,
            least_words=least_words,
            least_strength=least_strength,
        )
        all_[case.kind] += 1
        yes[case.kind] += isinstance(found, Support)
    return {kind: (yes[kind], all_[kind]) for kind in KINDS if all_[kind]}


def support_report(told: Mapping[str, tuple[int, int]]) -> str:
    """What `kept` gives, a line for each kind."""
    return "\n".join(f"{kind}: {yes} of {all_} kept" for kind, (yes, all_) in told.items())
