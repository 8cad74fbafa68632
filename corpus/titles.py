"""Titles as a clerk would give them: without what stands around them, and not in capitals. Pure."""

from __future__ import annotations

import re
from collections import Counter

from corpus.dates import dates_in
from corpus.documents import Block, BlockKind, readable
from corpus.parts import SHORT_LINE, STAMP, Part, any_of

_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "under", "with"]
)
_ACRONYMS = {
    word.lower(): word
    for word in (
        "SEND", "DfE", "NHS", "CQC", "HMICFRS", "ILACS", "JTAI", "MASH", "LADO", "EHCP", "LGA", "ICB", "CCG", "UASC",
        "CAMHS", "MTFS", "RAG", "EHE", "Ofsted",
    )
}  # fmt: skip
"""How councils write words that can't be told from others where everything is in capitals."""

_DULL = any_of(
    r"(?:dear|date|day|time|venue|place|agenda|present|official|public|purpose)\b|\d|page \d|\W*$",
    r"report (?:of|by|from|to)\b(?!.*commissioner)",
    r"draft\b\W*$|(?:confidential|exempt|restricted|not for publication)\b",
    r"(?:from|to|cc|by|ref|our ref|your ref)\s*:",
    r"(?:appendix|annex|enclosure|attachment|paper)(?:\s+\w{1,3})?\W*$",
    r"(?:contents|summary|introduction|background)$",
)
"""Lines that are no titles."""

_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})*(?:[.)]\s|\s+[A-Z])")
"""How the heading of a section or a minute opens."""

_ALIKE = 0.6
"""The share of the words of two titles that must be the same for them to name one thing."""

_SENTENCE_WORDS = 6
"""Words: a shorter line is a label or a name, and doesn't tell how a word is written in a sentence."""

_SHOUTED = 0.8
"""The share of capitals among a title's letters from which it shouts."""

_AROUND = (
    any_of(r"\.(?:pdf|docx?|pptx?|xlsx?)$"),
    any_of(r"^(?:re|subject|title)\s*:\s*"),
    any_of(r"^(?:agenda )?item\s*\d{1,2}\s?[a-z]?\s*[-–:._]*\s+"),
    any_of(
        r"^(?:appendix|appendices|annex|enclosure|enc\.?|attachment|paper)\s+[a-z0-9]{1,3}(?:\.\d+)?"
        r"\s*(?:[-–:._]+\s*|\s(?=[A-Z]))"
    ),
    any_of(r"^(?:appendix|annex|enclosure|attachment)\s*[-–:]\s*"),
    re.compile(r"^\d{1,2}[a-z]?[.)]?\s+(?=[A-Z])"),
    any_of(r"\s+(?:v\d+(?:\.\d+)*|final(?: version)?|clean|pdf version)$"),
)
"""What is taken off around a title, in this order."""


def first_title(part: Part, body: str | None = None, *, after_greeting: bool = False) -> str | None:
    """The first heading that can be a title (in a letter `after_greeting`), else the first short line that can."""
    headings, lines = [], []
    greeted = not after_greeting
    for block in part.blocks[:40]:
        text = _without_dull_lines(part, block, body)
        if not greeted:
            greeted = re.match(r"dear\b", part.text(block), re.IGNORECASE) is not None
            continue
        if not text:
            continue
        if block.kind is BlockKind.HEADING:
            headings.append(text)
        elif (
            block.kind is BlockKind.PARAGRAPH
            and len(text.split()) <= SHORT_LINE
            and not text.endswith((".", ",", ";", ":"))
        ):
            lines.append(text)
    return next(iter([*headings, *lines[:1]]), None)


def _without_dull_lines(part: Part, block: Block, body: str | None) -> str:
    """A block's text, "" where it is no title; a committee's name or a date above a title often goes with it."""
    lines = part.document.text[block.start : block.end].split("\n")
    while len(lines) > 1 and _is_dull(readable(lines[0]), body):
        lines = lines[1:]
    while len(lines) > 1 and any(dates_in(lines[-1])) and _is_dull(readable(lines[-1]), body):
        lines = lines[:-1]
    text = readable("\n".join(lines))
    return "" if _is_dull(text, body) else text


def _is_dull(text: str, body: str | None) -> bool:
    """Whether a line says no more than where and when the paper goes, or what kind of line it is."""
    named, undated = without_surroundings(text), text
    for day in reversed(list(dates_in(text))):
        undated = undated[: day.start] + undated[day.end :]
    if STAMP.fullmatch(text) or not named or _SECTION.match(text) or not re.search(r"[A-Za-z]{2}", undated):
        return True
    return bool(_DULL.match(text) and _DULL.match(named)) or (body is not None and named.lower() in body.lower())


def without_surroundings(text: str) -> str:
    """A title without its file's ending, its item's or appendix's number, its version; "" where nothing else is."""
    text = " ".join(text.replace("_", " ").split())
    for pattern in _AROUND:
        text = pattern.sub("", text).strip()
    return text.strip(" -–:")


def is_shouted(text: str) -> bool:
    """Whether nearly all of a text's letters are capitals."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) >= _SHOUTED * max(1, len(letters))


def unshouted(text: str, running: str) -> str:
    """A title with its capitals taken back where it shouts, else as it is.

    A word is written as `running`, the text of its paper, mostly writes it ("SEND", "Ofsted", "McAuley"): only words
    that it writes small or not at all get a capital and small letters.
    """
    if not is_shouted(text):
        return text
    return " ".join(_word(word, running, first=not i) for i, word in enumerate(text.split()))


def _word(word: str, running: str, *, first: bool) -> str:
    bare = word.strip(".,:;()[]\"'’‘“”–-&/")
    if not bare or any(c.isdigit() for c in bare):
        return word
    known = _ACRONYMS.get(bare.lower()) or _usual(bare, running)
    if known is not None:
        return word.replace(bare, known)
    if bare.lower() in _SMALL and not first:
        return word.lower()
    return re.sub(r"(?:^|(?<=[-/]))(\W*)(\w)", lambda m: m[1] + m[2].upper(), word.lower())


def _usual(word: str, running: str) -> str | None:
    """How the text's own sentences mostly write a word; None where that is plain. A word in capitals beside another
    in capitals stands in a name that shouts, and tells nothing."""
    same = re.compile(
        rf"(?:(?P<before>\S+)\s+)?[^\w\s]*(?P<form>{re.escape(word)})(?![\w'’])[^\w\s]*(?:\s+(?P<after>\S+))?", re.I
    )
    found: Counter[str] = Counter()
    for line in running.split("\n"):
        if same.search(line) and len(line.split()) >= _SENTENCE_WORDS and not is_shouted(line):
            beside = ((m["form"], f"{m['before'] or ''} {m['after'] or ''}".split()) for m in same.finditer(line))
            found.update(form for form, near in beside if not (form.isupper() and any(_is_capitals(n) for n in near)))
    usual = max(found, key=lambda form: found[form], default=word.lower())
    return usual if usual not in (word.lower(), word.capitalize()) else None


def _is_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def alike(one: str, other: str, *, strict: bool = False) -> bool:
    """Whether two titles name one thing: most words of the shorter (`strict`: of the longer) are in the other."""
    a, b = _words(one), _words(other)
    least = max(len(a), len(b)) if strict else min(len(a), len(b))
    return len(a & b) >= max(_ALIKE * least, 2 if strict else min(2, least), 1)


def _words(title: str) -> frozenset[str]:
    plain = re.sub(r"[’'`]", "", title.lower())
    return frozenset(re.findall(r"[a-z]+[a-z0-9]*", plain)) - _SMALL - {"its"}
