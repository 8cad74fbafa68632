"""Councils named in a question, and whether it is about them or only names them. Pure, but for the list of councils.

The principal authorities of England are data (`councils.txt`). A council's name inside another name ("Manchester Road",
"Greater Manchester", "Councillor Bolton") is none, nor is an everyday word ("reading", "bury") in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_EVERYDAY = "~"
"""Marks in the list a form that is an everyday word as well."""

_KIND = (
    r"(?:councils?|borough|metropolitan|mbc|unitary|local authority|(?:city|county|district) council"
    r"|child(?:ren)?['’]?s? (?:social care|services|trust|scrutiny)|adult(?:s|['’]s)? (?:social care|services))\b"
)
"""What follows a council's name and says that a council is meant, even of a name that is an everyday word."""

_COUNCIL_FOLLOWS = re.compile(rf"['’]?s?\s+{_KIND}", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_OF_COUNCIL = re.compile(
    r"(?:\bthe )?(?:\b(?:(?:london|royal|metropolitan) )?(?:borough|city|county|district)(?: council)? of )?(?:the )?$",
    re.IGNORECASE,
)
"""Words between a preposition and the name: "in [the London Borough of] Sutton"."""

_NEAR = 100
"""Characters before and after a name that tell what it is the name of."""

_MARKS = " \t\n\"'“”‘’()?.!"
_WORD = re.compile(r"\w+")
_WORD_BEFORE = re.compile(r"(?<![\w&'’])([\w&'’]{1,40})\s$")
_WORDS_BEFORE = re.compile(r"(?<![\w&'’])(?:([\w&'’]{1,40})\s)?([\w&'’]{1,40})\s$")
_WORD_AFTER = re.compile(r"\s([\w&'’]+)")

_TITLES = frozenset(["cllr", "councillor", "dame", "dr", "lady", "lord", "miss", "mr", "mrs", "ms", "mx", "sir"])
_PARTS_OF_PLACES = frozenset(
    ["central", "east", "greater", "inner", "little", "lower", "mid", "new", "north", "outer", "south", "upper", "west"]
)
"""Words before a council's name that make it another place's, where the list hasn't the two together."""

_OTHER_BODIES = frozenset(
    ["academy", "airport", "arena", "athletic", "avenue", "case", "ccg", "close", "college", "combined",
     "constabulary", "court", "crown", "fc", "fire", "football", "high", "hospital", "house", "icb", "infirmary",
     "judgement", "judgment", "lane", "magistrates", "nhs", "park", "police", "road", "royal", "ruling",
     "school", "station", "street", "united", "university", "wanderers", "way"]
)  # fmt: skip
"""Words after a council's name that make it another body's, a street's or a court case's."""

_MAY_FOLLOW = frozenset(
    ["adult", "adults", "borough", "child", "children", "children's", "childrens", "city", "council", "council's",
     "county", "district", "la", "lac", "local", "looked", "mbc", "metropolitan", "ofsted", "send", "social", "unitary"]
)  # fmt: skip
"""Words that may stand in capitals after a council's name without being a part of another name."""

_ABOUT = frozenset(
    ["about", "across", "are", "at", "can", "did", "do", "does", "for", "had", "has", "have", "in", "inside", "is",
     "of", "was", "were", "will", "within"]
)  # fmt: skip
"""Words before the name of a council that is asked about: "in Oldham", "does Oldham"."""

_BESIDE = frozenset(
    ["against", "alongside", "and", "as", "beside", "besides", "between", "by", "from", "like", "near", "or", "outside",
     "over", "see", "than", "to", "towards", "unlike", "v", "versus", "via", "visit", "visited", "visiting", "visits",
     "vs", "with"]
)  # fmt: skip
"""Words before the name of a council that is only set beside our own, or met: "than Oldham"."""

_SET_BESIDE = _BESIDE | {
    "ahead",
    "compared",
    "east",
    "front",
    "instead",
    "north",
    "out",
    "south",
    "that",
    "those",
    "west",
}
"""Words two before it that say the same: "as in Oldham", "that of Oldham"."""


_ACTS = frozenset(
    ["did", "do", "does", "get", "gets", "got", "had", "has", "have", "is", "pay", "pays", "put", "spend", "spends",
     "spent", "was", "were", "will"]
)  # fmt: skip
"""Words after the name of a council that is asked about: "whether Oldham has"."""


@dataclass(frozen=True, slots=True)
class CouncilNamed:
    """A council named in a text: its name as the list has it, and its place. `is_asked_about`: the text is about it,
    rather than comparing something with it or naming it in passing."""

    council: str
    start: int
    end: int
    is_asked_about: bool


@cache
def principal_authorities() -> Mapping[str, tuple[str, ...]]:
    """The principal authorities of England, each by its short name, with all the forms of it that people use."""
    return {name: tuple(forms) for name, forms, _ in _listed()}


def councils_in(text: str, also: Iterable[str] = ()) -> list[CouncilNamed]:
    """The councils named in a text, in order; `also` are names of councils beside those in the list."""
    gazetteer = _gazetteer(frozenset(also))
    matches = list(gazetteer.names_in(text))
    capitals_tell = bool(matches) and not has_capitals_throughout(text)
    found: list[CouncilNamed] = []
    for match in matches:
        council, is_everyday = gazetteer.councils[_key(match[0])]
        around = _Around(text[: match.start()][-_NEAR:], match[0], text[match.end() :][:_NEAR])
        of_council = bool(_COUNCIL_FOLLOWS.match(around.after))
        if is_everyday and not of_council and (around.opens or not around.is_capital):
            continue
        if not around.is_in_another_name(capitals_tell=capitals_tell):
            about = around.is_asked_about(of_council=of_council, is_everyday=is_everyday)
            found.append(CouncilNamed(council, match.start(), match.end(), about))
    return found


def has_capitals_throughout(text: str) -> bool:
    """Whether capitals tell nothing, because nearly every word has one."""
    words = [word for word in text.split() if word[0].isalpha()]
    return len(words) > 3 and sum(word[0].isupper() for word in words) * 4 > len(words) * 3


@dataclass(frozen=True, slots=True)
class _Around:
    """A council's name and the text just before and after it."""

    before: str
    name: str
    after: str

    @property
    def is_capital(self) -> bool:
        return self.name[0].isupper()

    @property
    def opens(self) -> bool:
        """Whether the text begins with the name."""
        return not self.before.strip(_MARKS)

    def is_in_another_name(self, *, capitals_tell: bool) -> bool:
        """Whether the name is part of a person's, a street's, another place's or another body's."""
        tells = capitals_tell and self.is_capital
        if (before := _WORD_BEFORE.search(self.before)) is not None:
            word, opens = before[1], not self.before[: before.start()].strip(_MARKS)
            if word.lower() in _TITLES | _PARTS_OF_PLACES:
                return True
            if tells and word.istitle() and not opens and word.lower() not in _ABOUT | _BESIDE:
                return True
        if (after := _WORD_AFTER.match(self.after)) is None:
            return False
        word = after[1]
        return word.lower() in _OTHER_BODIES or (tells and word.istitle() and word.lower() not in _MAY_FOLLOW)

    def is_asked_about(self, *, of_council: bool, is_everyday: bool) -> bool:
        """Whether the words around the name show that it is asked about."""
        before = _OF_COUNCIL.sub("", self.before)
        words = _WORDS_BEFORE.search(before)
        last, but_last = (words[2].lower(), (words[1] or "").lower()) if words else ("", "")
        if last in _BESIDE or (last in _ABOUT and but_last in _SET_BESIDE):
            return False
        alone = not is_everyday and (not before.strip(_MARKS) or not self.after.strip(_MARKS))
        word = _WORD_AFTER.match(self.after)
        acts = word is not None and word[1].lower() in _ACTS
        return last in _ABOUT or of_council or alone or acts or bool(_POSSESSIVE.match(self.after))


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """Names of councils: a pattern of all, the longest first; the words with which they begin; for each form of a name
    its council, and whether it is an everyday word."""

    pattern: re.Pattern[str]
    first_words: frozenset[str]
    councils: Mapping[str, tuple[str, bool]]

    def names_in(self, text: str) -> Iterator[re.Match[str]]:
        """Where a name stands. Few words begin one, and trying the pattern at those alone takes a tenth of the time."""
        end = 0
        for word in _WORD.finditer(text):
            if word.start() >= end and word[0].lower() in self.first_words:
                match = self.pattern.match(text, word.start())
                # A pattern that ignores case takes a dotless i for an i.
                if match is not None and _key(match[0]) in self.councils:
                    end = match.end()
                    yield match


def _listed() -> Iterator[tuple[str, list[str], set[str]]]:
    """Each council of the list: its name, all its forms, and which of them are everyday words."""
    for line in files("assistant").joinpath("councils.txt").read_text(encoding="utf-8").splitlines():
        name, _, others = line.partition(" = ")
        written = [form.strip() for form in [name, *others.split(";")] if form.strip()]
        if written and not line.startswith("#"):
            forms = [form.removeprefix(_EVERYDAY) for form in written]
            yield forms[0], forms, {form.removeprefix(_EVERYDAY) for form in written if form.startswith(_EVERYDAY)}


@lru_cache(maxsize=16)
def _gazetteer(also: frozenset[str]) -> _Gazetteer:
    councils = {_key(form): (name, form in everyday) for name, forms, everyday in _listed() for form in forms}
    councils |= {_key(name): (name, False) for name in also if _key(name) not in councils}
    longest_first = sorted(councils, key=lambda key: (-len(key), key))
    names = "|".join(re.escape(key) for key in longest_first)
    names = names.replace(r"\ and\ ", r"\ (?:and|&)\ ").replace("'", "['’]").replace(r"\ ", r"[\s-]")
    firsts = frozenset(match[0] for key in councils if (match := _WORD.match(key)))
    return _Gazetteer(re.compile(rf"(?<![\w’'-])(?:{names})(?![\w-])", re.IGNORECASE), firsts, councils)


def _key(form: str) -> str:
    """A form of a name without what writers vary: capitals, hyphens, "&", apostrophes, line ends."""
    return " ".join(form.lower().replace("-", " ").split()).replace(" & ", " and ").replace("’", "'")
