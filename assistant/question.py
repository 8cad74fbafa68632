"""What is asked: the words to look for, and a follow-up made to stand alone. Pure: takes and returns values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.scope import Scope, named_in
from assistant.shape import Shape, shapes_of
from assistant.stopwords import STOP_WORDS

EARLIER_QUESTIONS = 3
"""A follow-up leans on at most so many questions before it; older ones lead it astray."""

LONGEST = 2000
"""Characters: of a longer question, as when a page is pasted in, the beginning is searched for."""

_WORD = re.compile(r"[^\W_]+(?:['’.,/&-][^\W_]+)*")


_GOES_ON = re.compile(r"\W*(?:and|but|so|or|then|also|what about|how about|which of)\b", re.IGNORECASE)
"""How a question opens that leans on the one before."""

_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|that|those|these|this|he|him|his|she|her|hers|(?<!is )(?<!are )(?<!was )"
    r"(?<!were )there|then|same|others?|ones?|either|both)\b",
    re.IGNORECASE,
)
"""Words that point back: to the question before, unless enough stands before them for them to point to that."""

FEW_TERMS = 1
"""A question with no more telling words leans on the one before it."""

FEW_TERMS_BEFORE = 2
"""So does one with no more telling words before a word that points back; in "of two urgent things the inspectors found
- what were they?" it points back to the things."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """Words of a question, as `terms`, and the phrases that papers have for them, the likeliest first.

    `needed` says that the papers searched lack one of the words themselves.
    """

    terms: tuple[str, ...]
    phrases: tuple[str, ...]
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched for.

    `standalone` is its text, with the earlier questions that it leans on; `terms` its words without those that say
    nothing, lower case, each once, in order, and `recalled` those of them that only the earlier questions have; `scope`
    the papers and times that it names; `shapes` what kind of answer it asks for; `reworded` what the papers may say in
    place of its words.
    """

    text: str
    standalone: str
    terms: tuple[str, ...]
    recalled: frozenset[str] = frozenset()
    scope: Scope = field(default_factory=Scope)
    shapes: frozenset[Shape] = frozenset()
    reworded: tuple[Reworded, ...] = ()

    @property
    def encoded(self) -> str:
        """The text that is looked for by meaning: the question, and what papers say for words that none of them has."""
        added = [each.phrases[0] for each in self.reworded if each.needed]
        return f"{self.standalone} ({'; '.join(added)})" if added else self.standalone

    @property
    def names_one_thing(self) -> bool:
        """Whether it is one word, or one phrase that is known as such, and asks nothing in particular of it."""
        known = any(set(each.terms) >= set(self.terms) for each in self.reworded)
        return bool(self.terms) and (len(self.terms) == 1 or known) and not self.shapes and not self.scope.periods


def understand(text: str, history: Sequence[str] = ()) -> Question:
    """The question as it is searched for; `history` has the earlier questions of the conversation, oldest first."""
    own = " ".join(text.split())[:LONGEST]
    needed: list[str] = []
    for earlier in reversed([" ".join(h.split())[:LONGEST] for h in history if h.strip()]):
        if len(needed) == EARLIER_QUESTIONS or not leans(needed[0] if needed else own):
            break
        needed.insert(0, earlier)
    standalone = " ".join([*needed, own])
    terms = terms_of(standalone)
    return Question(
        text=own,
        standalone=standalone,
        terms=terms,
        recalled=frozenset(terms) - frozenset(terms_of(own)),
        scope=named_in(standalone),
        shapes=shapes_of(own),
    )


def leans(question: str) -> bool:
    """Whether a question can't be understood without the one before it."""
    pointer = _POINTS_BACK.search(question)
    if pointer:
        return len(terms_of(question[: pointer.start()])) <= FEW_TERMS_BEFORE or goes_on(question)
    return len(terms_of(question)) <= FEW_TERMS or goes_on(question)


def goes_on(question: str) -> bool:
    """Whether a question opens as one that goes on with the one before ("and in 2022?")."""
    return _GOES_ON.match(question) is not None


def points_back(question: str) -> bool:
    """Whether a question has a word for something that was said before ("has Ofsted said this before?")."""
    return goes_on(question) or _POINTS_BACK.search(question) is not None


def terms_of(text: str) -> tuple[str, ...]:
    """The words of a text that say what is looked for, lower case, each once, in order."""
    words = (word.lower().replace("’", "'") for word in words_in(text))
    return tuple(dict.fromkeys(w for w in words if w not in STOP_WORDS and not (len(w) == 1 and w.isalpha())))


def words_in(text: str) -> list[str]:
    """The words of a text as written, in order; one with a hyphen, slash or apostrophe is one."""
    return _WORD.findall(text)
