"""Findings traced across papers and years: the same finding in several papers is one with several places. Pure.

In plain steps: findings of one year of which one's words stand, nearly all and in order, in the other's are one
finding; its text and first place are those of the paper that says it first hand. Its theme is the one under which a
paper sets inspections side by side, else its own heading; formal findings that have neither are gathered into computed
themes by meaning, and marked as such. Nothing is judged: a year without a finding is a year without a finding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from assistant.alike import Words, words_of
from assistant.neighbours import neighbours
from assistant.stopwords import STOP_WORDS
from corpus.records.findings import Finding, FindingKind, Inspection, Said
from index.records import Recorded, Vectors

ALIKE = 0.7
"""The share of the shorter text's runs that two formal findings of one inspection have in common that are one."""

PART = 0.9
"""The same for prose, where one text is often a part of the other."""

FEWEST_RUNS = 5
"""A text of fewer runs says too little to be told from others like it, unless it is the same letter for letter."""

NEAREST = 10
"""So many of the findings that share most with one are compared with it."""

NEAR = 0.5
"""The mean cosine of formal findings under one computed theme."""

DIGITS = 6
"""Digits of a cosine."""

NAMING_WORDS = 3
"""Words in the name of a computed theme."""

_FIRST_HAND = (Said.THEMSELVES, Said.TABLE, Said.SUMMARY, Said.QUOTED)


@dataclass(frozen=True, slots=True)
class TracedFinding:
    """A finding as each paper says it in which it stands: first hand first, then by date.

    `id` is the place of the first: it stays the same as long as that paper is in the library. `theme` is "" where it
    has none, and `computed` where it is ours.
    """

    id: str
    inspection: Inspection
    kind: FindingKind
    number: int | None
    text: str
    theme: str
    computed: bool
    standing: tuple[Recorded[Finding], ...]

    @property
    def is_formal(self) -> bool:
        """Whether it is a recommendation, a priority or what needs to improve, and not one in prose."""
        return self.kind is not FindingKind.FINDING


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, the ids of the findings under it by year, and in how many inspections it recurs."""

    name: str
    computed: bool
    years: tuple[tuple[int, tuple[str, ...]], ...]
    recurs_in: int


def traced(recorded: Sequence[Recorded[Finding]]) -> tuple[TracedFinding, ...]:
    """The findings, each once, in order of their inspections and of place."""
    said = [_Said(row, each) for row, each in enumerate(sorted(recorded, key=_place))]
    return _with_computed_themes(sorted((_one(group) for group in _groups(said)), key=_order))


def _place(recorded: Recorded[Finding]) -> tuple[str, int, int]:
    """Where it stands: what is traced doesn't depend on the order in which papers were added."""
    first = recorded.record.places[0]
    return first.document, first.start, first.end


def themes_of(findings: Sequence[TracedFinding]) -> tuple[Theme, ...]:
    """The themes of these findings, those that recur most first."""
    by_theme: dict[tuple[str, bool], list[TracedFinding]] = defaultdict(list)
    for finding in findings:
        if finding.theme:
            by_theme[finding.theme, finding.computed].append(finding)
    themes = [_theme(name, computed, under) for (name, computed), under in by_theme.items()]
    return tuple(sorted(themes, key=lambda t: (-t.recurs_in, t.computed, -sum(len(i) for _, i in t.years), t.name)))


def _theme(name: str, computed: bool, under: Sequence[TracedFinding]) -> Theme:
    years: dict[int, list[str]] = defaultdict(list)
    for finding in under:
        years[finding.inspection.year].append(finding.id)
    recurs_in = len({(f.inspection.name, f.inspection.council) for f in under})
    return Theme(name, computed, tuple((year, tuple(ids)) for year, ids in sorted(years.items())), recurs_in)


# The same finding


class _Said:
    """A finding as one paper says it, with what it is compared by."""

    def __init__(self, row: int, standing: Recorded[Finding]) -> None:
        self.row = row
        self.standing = standing

    @cached_property
    def words(self) -> Words:
        """Its words; of most findings of a large library nobody asks for them."""
        return words_of(self.standing.record.text)

    @property
    def finding(self) -> Finding:
        return self.standing.record

    def is_same(self, other: _Said) -> bool:
        """Whether two papers, or two places in one, say one finding."""
        one, two = self.finding, other.finding
        formal = [f.kind is not FindingKind.FINDING for f in (one, two)]
        if formal[0] != formal[1] or not _may_be_one(one.inspection, two.inspection):
            return False
        if self.words.letters == other.words.letters:
            return True
        of_one_list = self.standing.paper.id == other.standing.paper.id and one.said is two.said
        few = min(len(self.words.runs), len(other.words.runs)) < FEWEST_RUNS
        if few or (all(formal) and of_one_list):
            return False
        return self.words.shared(other.words) >= (ALIKE if all(formal) else PART)


def _may_be_one(one: Inspection | None, two: Inspection | None) -> bool:
    """Whether findings of these may be one; of an inspection that isn't known, any."""
    if one is None or two is None:
        return one is not two
    return one.year == two.year and (one.council == two.council or None in (one.council, two.council))


def _groups(said: Sequence[_Said]) -> Iterator[list[_Said]]:
    """Those that say one finding together; first those that know their inspection, then those that quote."""
    groups: list[list[_Said]] = []
    group_of: dict[int, int] = {}
    near = neighbours([each.finding.text for each in said], NEAREST)
    for each in sorted(said, key=lambda s: (_FIRST_HAND.index(s.finding.said), s.row)):
        places = dict.fromkeys(group_of[row] for row in near[each.row] if row in group_of)
        place = next((p for p in places if any(each.is_same(other) for other in groups[p])), None)
        if place is None:
            if each.finding.inspection is None:
                continue  # a quotation of what no paper here says first hand
            place = len(groups)
            groups.append([])
        groups[place].append(each)
        group_of[each.row] = place
    yield from groups


def _one(group: Sequence[_Said]) -> TracedFinding:
    said = sorted(group, key=lambda s: (_FIRST_HAND.index(s.finding.said), s.standing.paper.date or "9999", s.row))
    first = said[0].finding
    assert first.inspection is not None  # only what knows its inspection opens a group
    place = first.places[0]
    in_table = next((s.finding.theme for s in said if s.finding.said is Said.TABLE and s.finding.theme), None)
    return TracedFinding(
        id=f"{place.document}:{place.start}",
        inspection=first.inspection,
        kind=first.kind,
        number=next((s.finding.number for s in said if s.finding.number is not None), None),
        text=first.text,
        theme=in_table or next((s.finding.theme for s in said if s.finding.theme), ""),
        computed=False,
        standing=tuple(s.standing for s in said),
    )


def _order(finding: TracedFinding) -> tuple[object, ...]:
    inspection, place = finding.inspection, finding.standing[0].record.places[0]
    return (
        inspection.year,
        inspection.council or "",
        inspection.kind,
        not finding.is_formal,
        place.document,
        place.start,
    )


# Computed themes


def _with_computed_themes(findings: Sequence[TracedFinding]) -> tuple[TracedFinding, ...]:
    """The findings, the formal ones without a theme under computed ones: average linkage (Sokal and Michener 1958) of
    their cosines, which gives the same themes for the same findings; one that is near to no other stays without."""
    bare = [place for place, f in enumerate(findings) if f.is_formal and not f.theme]
    if len(bare) < 2:
        return tuple(findings)
    tree = linkage(_distances([findings[place].standing[0].vectors[0] for place in bare]), method="average")
    members: dict[int, list[int]] = defaultdict(list)
    for place, label in zip(bare, fcluster(tree, 1 - NEAR, criterion="distance"), strict=True):
        members[int(label)].append(place)
    named = list(findings)
    spread = Counter(word for place in bare for word in _words(findings[place].text))
    for places in members.values():
        if len(places) > 1:
            name = _name([findings[place].text for place in places], spread)
            for place in places:
                named[place] = replace(findings[place], theme=name, computed=True)
    return tuple(named)


def _distances(vectors: Sequence[Vectors]) -> NDArray[np.float64]:
    """1 - cosine of each two vectors, in the order in which `linkage` takes them."""
    stacked = np.stack(vectors)
    # One product of matrices, where scipy goes from pair to pair. More digits single precision doesn't tell, and `NEAR`
    # is a round number.
    cosines = squareform(stacked @ stacked.T, checks=False).astype(np.float64).round(DIGITS)
    distances: NDArray[np.float64] = np.clip(1 - cosines, 0, 2)
    return distances


def _name(texts: Sequence[str], spread: Mapping[str, int]) -> str:
    """The words that tell these texts from the others best: in most of these, and in few of the others."""
    inside = Counter(word for text in texts for word in _words(text))
    telling = sorted(inside, key=lambda word: (-inside[word] * inside[word] / spread[word], word))
    return ", ".join(telling[:NAMING_WORDS]).capitalize()


def _words(text: str) -> set[str]:
    stripped = (word.strip(".,;:()‘’“”'\"•").lower() for word in text.split())
    return {word for word in stripped if len(word) > 3 and word.isalpha() and word not in STOP_WORDS}
