"""The words of English that say nothing of what a text is about."""

from __future__ import annotations

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
"""Lower case."""
