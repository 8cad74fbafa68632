"""The check that a quotation stands on its page: what a reader independent of ours makes of the page."""

from __future__ import annotations

import re
import unicodedata

_LEFT_OUT = re.compile(r"[\s|\-\u00ad\u0002\ufffe\u2010-\u2015\u2212•●▪■◼◾▫□◦○➢➤‣⁃∙·\uf0b7\uf0a7\ufeff\u200b]+")
_QUOTES = str.maketrans("‘’‚‛“”„‟´`", "''''\"\"\"\"''")


def squash(text: str) -> str:
    """The text as a witness holds it: without white space, cell bars, hyphens, dashes and bullets, which PDF readers
    place differently; compatibility forms (ligatures, full-width) and quotation marks made alike; the case kept."""
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text).translate(_QUOTES))


def confirmed(quote: str, witnesses: tuple[str, ...]) -> bool:
    """Whether every witness has the quotation's letters, digits and signs in a row. No witness confirms nothing."""
    wanted = squash(quote)
    return bool(wanted) and bool(witnesses) and all(wanted in witness for witness in witnesses)
