"""Findings, promises and figures traced across a library's papers: which there are, and which belong to a subject."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar, cast

from assistant import findings, promises
from assistant.figures import Series, series_of
from assistant.findings import TracedFinding
from assistant.promises import TracedPromise
from assistant.scoring import Stemmer
from assistant.subjects import LEAST, Thing, belonging, parts_of
from assistant.wording import Wording, read_wording
from index.encoder import Encoder
from index.hits import Filter
from index.library import Library

T = TypeVar("T")


class Tracer:
    """Traces what a library's papers record. The encoder is asked only where a subject is named."""

    def __init__(self, library: Library, encoder: Encoder) -> None:
        """Use a library, and the encoder with which it was made."""
        self._library = library
        self._encoder = encoder
        self._stemmer = Stemmer()
        self._kept: dict[str, tuple[int, Sequence[object]]] = {}

    def findings(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        about: str | None = None,
        within: Filter = Filter(),  # noqa: B008  (frozen)
        least: float = LEAST,
    ) -> tuple[TracedFinding, ...]:
        """The findings of the inspections of that time (ISO dates as far as given), each once, in order of their
        inspections; those that belong to a subject best first. `within` is which papers are looked at, `least` how
        surely a finding must belong to the subject."""
        found = self._traced("findings", lambda of: findings.traced(self._library.records.findings(of)), within)
        of_time = [f for f in found if _within(f.inspection.date or str(f.inspection.year), since, until)]
        return self._about(of_time, about, lambda f: Thing(f.text, f.theme, f.standing[0].vectors), least)

    def _traced(self, kind: str, trace: Callable[[Filter], tuple[T, ...]], within: Filter) -> tuple[T, ...]:
        """What a trace gives for some papers; for all of them traced once for what the library holds now."""
        if within != Filter():
            return trace(within)
        generation = self._library.generation
        if kind not in self._kept or self._kept[kind][0] != generation:
            self._kept[kind] = generation, trace(within)
        return cast("tuple[T, ...]", self._kept[kind][1])

    def promises(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        about: str | None = None,
        owner: str | None = None,
        status: str | None = None,
        within: Filter = Filter(),  # noqa: B008  (frozen)
        least: float = LEAST,
    ) -> tuple[TracedPromise, ...]:
        """The promises of the papers of that time, each once with its versions, in order of the first; those that
        belong to a subject best first. `owner` is words that the newest version that says whose it is must have there,
        `status` words that the newest of all must; `within` is which papers are looked at, `least` how surely a promise
        must belong to the subject."""
        of_time = replace(within, since=since or within.since, until=until or within.until)
        found = self._traced("promises", lambda of: promises.traced(self._library.records.promises(of)), of_time)
        if owner is not None:
            found = tuple(p for p in found if owner.lower() in (p.owner or "").lower())
        if status is not None:
            found = tuple(p for p in found if status.lower() in (p.latest.status or "").lower())
        return self._about(
            found, about, lambda p: Thing(p.latest.action, p.latest.heading, p.versions[-1].vectors), least
        )

    def figures(self, text: str | None = None) -> tuple[Series, ...]:
        """The indicators with their rows in all papers; with a text, the one with that reference, or else those that
        the text is about, best first."""
        found = self._traced("figures", lambda of: series_of(self._library.records.figures(of)), Filter())
        if text is not None:
            named = tuple(s for s in found if (s.rows[-1].record.ref or "").lower() == text.strip().lower())
            if named:
                return named
        return self._about(found, text, lambda s: Thing(s.indicator, s.rows[-1].record.section, s.rows[-1].vectors))

    def _about(
        self, things: Sequence[T], subject: str | None, thing: Callable[[T], Thing], least: float = LEAST
    ) -> tuple[T, ...]:
        if subject is None or not things:
            return tuple(things)
        vectors = self._encoder.encode_questions(parts_of(subject))
        compared = [thing(each) for each in things]
        return tuple(things[i] for i in belonging(subject, vectors, compared, self._wording(), self._stemmer, least))

    def _wording(self) -> Wording:
        """What is known of other words: the list, and what the papers say that short forms stand for."""
        pairs = ((d.definition.short, d.definition.long) for d in self._library.definitions())
        return self._lay_words.with_acronyms(pairs)

    @cached_property
    def _lay_words(self) -> Wording:
        return read_wording()


def _within(date: str, since: str | None, until: str | None) -> bool:
    """Whether a date lies in a time, both ends included; each is known as far as it is written."""
    return (since is None or f"{date}-99-99"[:10] >= since) and (until is None or date <= f"{until}-99-99"[:10])
