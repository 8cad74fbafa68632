"""Undertakings: what somebody gave their word to do, in the prose of minutes, and the tasks that the recommendations of
reports give. Pure.

In plain steps: minutes are read sentence by sentence. One is an undertaking where a person, officers or a body
undertook, promised or agreed to do something, or would do one of the things that people undertake at meetings (send,
bring, write, report back …), or where something is to come before a body. What was asked, hoped or thought is none. In
reports only a recommendation that gives a task to somebody named is one: approving, noting and endorsing promise
nothing, and what another body is asked to do isn't accepted yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.dates import dates_in
from corpus.documents import Document, Paper, readable
from corpus.reading.paragraphs import sentence_ended
from corpus.records.agreed import ACTIONS_HEADING
from corpus.records.dues import due_in
from corpus.records.lists import Item, items_of, text_of
from corpus.records.places import places_of
from corpus.records.promises import RECOMMENDATION, Promise
from corpus.sentences import Span, sentences

UNDERTAKING = "undertaking"

_TITLE = (
    r"(?:cllrs?|councillors?|mr|mrs|ms|miss|mx|dr|professor|sir|dame|superintendent|inspector|leader|mayor|"
    r"chair(?:man|person|woman)?|vice[- ]chair|directors?|heads? of|chief|officers?|members?|managers?|solicitor|"
    r"treasurer|clerk|commander|lead|cabinet|panel|committee|board|council|partners?|partnership|service|team)"
)
_SOMEBODY = re.compile(rf"\b{_TITLE}\b", re.IGNORECASE)
_NAME = re.compile(
    r"(?:[Tt]he )?[A-Z][\w'’.-]*(?: (?:(?:of|for|and|&|the|in) ){0,3}(?!He\b|She\b|They\b)[A-Z(][\w'’.()-]*)*"
)
_TASK = (
    r"(?:send|write|circulate|provide|bring|report|share|arrange|supply|forward|contact|look (?:into|at|again)|check|"
    r"confirm|follow up|raise|invite|speak|investigate|respond|reply|feed ?back|distribute|prepare|produce|submit|"
    r"present|explore|hold|update|consult|e-?mail|publish|organise|set up|develop|draft|progress|convene|issue)\b"
)
"""What people undertake at meetings; "would note" and "would be" are none of it."""
_DECIDED = (
    r"(?:note|approve|receive|support|endorse|accept|adopt|defer|recommend|appoint|exclude|delegate|the|this|a)\b"
)
_GAVE_WORD = re.compile(
    r"\b(?:undertook|undertakes|(?:promised|committed|pledged|offered) (?=to\b|that\b))"
    r"|\b(?:gave|gives) (?:\w+ ){0,3}(?:assurances?|undertakings?|commitments?)\b"
    rf"|\bagree[ds] to (?!{_DECIDED})[a-z]+"
    rf"|\b(?:would|will|to now) (?:now |also |then |both )?(?:look to )?{_TASK}"
    rf"|\bexpect(?:s|ed) to {_TASK}",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:would|will|to) (?:now |also |then )?(?:be (?:reported|presented|brought|provided|circulated|shared|"
    r"submitted|tabled|sent|distributed|fed back|factored)|come|return)\b(?=.{0,60}?\b(?:to|at|within|with)\b.{0,40}?"
    r"(?<!this )\b(?:members|councillors|panel|committee|board|cabinet|council|scrutiny|meeting)\b)",
    re.IGNORECASE,
)
"""What is to come before a body."""
_NO_WORD = re.compile(
    r"\b(?:asked|asks|requested|suggested|queried|questioned|hoped|wondered|proposed|moved|felt|thought|considered|urged)\b"
    r"|\b(?:would|will|could|can|should) not\b",
    re.IGNORECASE,
)
"""What makes of the words before it a wish, a question or a story."""
_SAID_OF_THE_SAME = re.compile(r"(?:he|she|they)\b", re.IGNORECASE)
_ITEMS_OF_FORM = re.compile(r"\b(?:apologies|declarations?|date of (?:the )?next|urgent|exclusion)\b", re.IGNORECASE)

_RECOMMENDATIONS = re.compile(r"\W*(?:[\d.]+\s+)?recommendations?\W*", re.IGNORECASE)
_ASKED_OF_ANOTHER = re.compile(r"\bbe (?:asked|recommended|requested|invited|urged)\b", re.IGNORECASE)
_BODY = r"(?:the )?(?:executive cabinet|cabinet|executive|council|committee|panel|board|members?)"
_GIVES_TASK = re.compile(
    rf"(?:that )?(?:{_BODY} )?(?:asks?|requests?|instructs?|directs?|tasks?|requires?|commissions?|mandates?) "
    r"(?P<who>[^,;:]{3,120}?) to (?!note\b|agree\b|approve\b|endorse\b|consider\b)",
    re.IGNORECASE,
)
_IS_TO = re.compile(
    r"(?:that )?(?P<who>the [^,;:]{3,120}?) (?:be (?:asked|requested|instructed|required) to |(?:is|are) to |"
    r"(?=(?:brings?|reports?|provides?|prepares?|reviews?|commissions?|develops?|publish(?:es)?|submits?|presents?)\b))",
    re.IGNORECASE,
)


def undertakings_in(document: Document, paper: Paper) -> tuple[Promise, ...]:
    """The undertakings in a paper of minutes, or the tasks that a report's recommendations give, in reading order."""
    if paper.kind == "minutes":
        return tuple(_in_minutes(document, paper))
    return tuple(_in_recommendations(document, paper)) if paper.kind == "report" else ()


def _in_minutes(document: Document, paper: Paper) -> Iterator[Promise]:
    for item in items_of(document, paper):
        heading = item.headings[-1] if item.headings else ""
        if ACTIONS_HEADING.fullmatch(heading) or _ITEMS_OF_FORM.search(heading):
            continue
        named = None
        for spans in _sentences(document, item):
            text = " ".join(readable(document.text[a:b]) for a, b in spans)
            who = _name(text) or (named if _SAID_OF_THE_SAME.match(text) else None)
            named = who or named
            if not text.endswith(":") and _is_undertaking(text, who):
                yield from _made(document, paper, spans, text, who, heading, UNDERTAKING)


def _sentences(document: Document, item: Item) -> Iterator[tuple[Span, ...]]:
    """The sentences of an item, each whole where the end of a page cuts it."""
    held: tuple[Span, ...] = ()
    for start, end in item.stretches:
        for first, span in enumerate(sentences(document.text[start:end], start)):
            if held and not first and not sentence_ended(document.text[held[-1][0] : held[-1][1]]):
                held = (*held, span)
                continue
            if held:
                yield held
            held = (span,)
    if held:
        yield held


def _name(text: str) -> str | None:
    """Who a sentence is about: the person, officers or body that it begins with."""
    text = re.sub(r"^(?:[\d.]+|\W+)\s*", "", text)
    match = _NAME.match(text)
    return match[0].rstrip(" .,") if match and _SOMEBODY.search(match[0]) else None


def _is_undertaking(text: str, who: str | None) -> bool:
    word = _GAVE_WORD.search(text)
    for match in (word if who else None, _TO_COME.search(text)):
        if match is not None and not _NO_WORD.search(text[: match.start()] + text[match.end() : match.end() + 5]):
            return True
    return False


def _in_recommendations(document: Document, paper: Paper) -> Iterator[Promise]:
    asked = False
    for item in items_of(document, paper):
        if not item.headings or not _RECOMMENDATIONS.fullmatch(item.headings[-1]):
            asked = False
            continue
        text, _ = text_of(document, item.stretches)
        if not item.is_item:
            asked = bool(_ASKED_OF_ANOTHER.search(text)) and text.endswith(":")
        gives = _GIVES_TASK.match(text) or _IS_TO.match(text)
        dated = next(iter(dates_in(text, near=paper.date)), None) is not None
        if asked or gives is None or not _SOMEBODY.search(gives["who"]):
            continue
        if gives.re is _GIVES_TASK or dated:
            yield from _made(document, paper, item.stretches, text, gives["who"], item.headings[-1], RECOMMENDATION)


def _made(
    document: Document, paper: Paper, spans: Sequence[Span], text: str, owner: str | None, heading: str, kind: str
) -> Iterator[Promise]:
    places = tuple(place for a, b in spans for place in places_of(document, paper, a, b))
    if places:
        iso, written = due_in(text, paper)
        yield Promise(text, places, owner, iso, written, None, None, heading, (), (), kind)
