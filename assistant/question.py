"""What is asked: the words to look for, and a follow-up made to stand alone. Pure: takes and returns values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# fmt: off
STOP_WORDS = frozenset({
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "asked", "at", "be", "been",
    "before", "being", "between", "but", "by", "can", "could", "did", "do", "does", "doing", "down", "during",
    "each", "either", "for", "from", "further", "get", "give", "given", "gives", "got", "had", "has", "have",
    "having", "he", "her", "here", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "itself",
    "just", "let", "like", "many", "may", "me", "might", "mine", "more", "most", "much", "must", "my", "no", "nor",
    "not", "now", "of", "off", "on", "once", "one", "only", "or", "other", "our", "ours", "out", "over", "own",
    "per", "please", "s", "said", "same", "say", "says", "shall", "she", "should", "so", "some", "such", "tell",
    "than", "that", "the", "their", "theirs", "them", "then", "there", "these", "they", "this", "those", "through",
    "to", "too", "under", "until", "up", "upon", "us", "very", "via", "vs", "was", "we", "were", "what", "what's",
    "whats", "when", "where", "whether", "which", "while", "who", "who's", "whom", "whose", "why", "will", "with",
    "within", "without", "would", "you", "your", "yours",
})
# fmt: on
"""Words that say nothing of what is looked for."""

EARLIER_QUESTIONS = 2
"""A follow-up leans on the one or two questions before it; older ones lead it astray."""

LONGEST = 2000
"""Characters: of a longer question, as when a page is pasted in, the beginning is searched for."""

_WORD = re.compile(r"[^\W_]+(?:['’.,/-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched for: `standalone` is its text, with what a follow-up leans on; `terms` its words
    without those that say nothing, lower case, each once, in order."""

    text: str
    standalone: str
    terms: tuple[str, ...]


def understand(text: str, history: Sequence[str] = ()) -> Question:
    """The question as it is searched for; `history` has the earlier questions of the conversation, oldest first."""
    own = " ".join(text.split())[:LONGEST]
    earlier = [" ".join(h.split())[:LONGEST] for h in history if h.strip()][-EARLIER_QUESTIONS:]
    standalone = " ".join([*earlier, own])
    return Question(own, standalone, terms_of(standalone))


def terms_of(text: str) -> tuple[str, ...]:
    """The words of a text that say what is looked for, lower case, each once, in order."""
    words = (match.group().lower().replace("’", "'") for match in _WORD.finditer(text))
    return tuple(dict.fromkeys(w for w in words if w not in STOP_WORDS and not (len(w) == 1 and w.isalpha())))
