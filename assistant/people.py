"""People whom a text names. Pure.

Told by form: a title before a name ("Cllr Pike"), or two or three capitalised words none of which is a word of bodies,
posts, papers or times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.stopwords import STOP_WORDS

_LETTER = r"[^\W\d_]"
_NAME = rf"(?:[A-Z]['’])?[A-Z][a-z]{_LETTER}*(?:['’-]{_LETTER}+)*"
_TITLE = r"(?i:cllr|councillor|mr|mrs|ms|miss|mx|dr|sir|dame|lord|lady|baroness|professor|supt|inspector|rev)\.?"
_TITLED = re.compile(rf"\b{_TITLE} (?:{_NAME} )?(?P<surname>{_NAME}(?:[ -]{_NAME})?)")
_CAPITALISED = re.compile(rf"(?<![\w’'-]){_NAME}(?: {_NAME})+(?![\w-])")

# fmt: off
_NO_PERSON = STOP_WORDS | {
    "academy", "act", "action", "adult", "adults", "advisory", "agency", "agenda", "annual", "april", "area",
    "assessment", "assistant", "asylum", "august", "authority", "autumn", "best", "better", "board", "borough",
    "budget", "cabinet", "care", "carer", "carers", "case", "centre", "chair", "chief", "child", "children",
    "children's", "childrens", "city", "clerk", "code", "college", "commission", "commissioner",
    "commissioners", "committee", "community", "compare", "conference", "constitution", "contact", "contract",
    "corporate", "council", "council's", "councillor", "councillors", "county", "court", "cross", "data",
    "december", "dem", "dems", "department", "deputy", "describe", "development", "director", "directors",
    "district", "domestic", "draft", "duty", "early", "east", "edge", "education", "educational", "emergency",
    "england", "english", "equality", "europe", "executive", "explain", "families", "family", "family's",
    "february", "finance", "financial", "first", "focused", "forum", "foster", "fostering", "friday", "front",
    "full", "fund", "funding", "getting", "governance", "government", "grant", "greater", "green", "group",
    "guidance", "head", "health", "help", "high", "hm", "home", "homes", "hospital", "house", "housing", "hub",
    "improvement", "independent", "initiative", "inspection", "inspector", "inspectorate", "inspectors", "interim",
    "january", "joint", "july", "june", "keeping", "key", "labour", "lead", "leader", "leaders", "learning",
    "leaver", "leavers", "legal", "letter", "lib", "list", "local", "london", "looked", "manager", "manual",
    "march", "mayor", "meeting", "meetings", "member", "members", "mental", "metropolitan", "midlands", "minister",
    "ministry", "minutes", "missing", "model", "monday", "monitoring", "month", "motion", "multi-agency",
    "municipal", "name", "national", "needs", "neglect", "new", "north", "northern", "november", "october",
    "office", "officer", "officers", "ofsted", "older", "open", "operation", "order", "overview", "panel", "parent",
    "parenting", "parents", "parish", "park", "parliament", "part", "partner", "partners", "partnership", "party",
    "pathway", "performance", "permanent", "person", "phase", "place", "placement", "plan", "planning", "police",
    "policy", "practice", "practitioner", "practitioners", "primary", "principal", "priority", "private",
    "programme", "protection", "provider", "public", "pupil", "pupils", "put", "quality", "quarter", "rapid",
    "recovery", "region", "regional", "report", "return", "review", "reviewing", "right", "rights", "road", "royal",
    "safe", "safeguarding", "saturday", "school", "schools", "scorecard", "scrutiny", "second", "secondary",
    "secretary", "section", "senior", "september", "serious", "service", "services", "set", "show", "signs",
    "since", "single", "social", "south", "special", "spell", "spring", "staff", "standards", "standing", "start",
    "state", "statutory", "stay", "staying", "strategic", "strategy", "street", "summary", "summer", "sunday",
    "support", "supporting", "survey", "team", "term", "terms", "third", "thursday", "together", "town", "trace",
    "trading", "troubled", "trust", "tuesday", "unaccompanied", "union", "unit", "united", "university", "vice",
    "victim", "virtual", "visit", "way", "wednesday", "welfare", "west", "winter", "work", "worker", "workers",
    "workforce", "working", "year", "young", "youth",
}
# fmt: on
"""Words that no person is called by in council papers: of bodies, posts, papers and times, and such as open a
question."""


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word)


def _plain(word: str) -> str:
    return _bare(word).lower()


def surnames_in(text: str) -> Iterator[str]:
    """The surnames of the people named: after a title, or as the last of two or three capitalised words."""
    for match in _TITLED.finditer(text):
        words = match["surname"].split()
        if _plain(words[0]) not in _NO_PERSON:
            yield _bare(words[-1] if _plain(words[-1]) not in _NO_PERSON else words[0])
    for match in _CAPITALISED.finditer(text):
        words = match[0].split()
        while words and _plain(words[0]) in _NO_PERSON:
            del words[0]
        if 2 <= len(words) <= 3 and not any(_plain(word) in _NO_PERSON for word in words):
            yield _bare(words[-1])
