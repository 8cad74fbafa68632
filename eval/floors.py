"""The scores below which the project must not fall: data in `expected.toml`, read strictly."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import CouncilPapersError
from eval.comparison import RIGHT
from eval.judging import Judgement, Scores, grouped, scores

EXPECTED = Path(__file__).parent / "expected.toml"
"""The floors of the project's own questions about the sample papers."""


class BadFloors(CouncilPapersError):
    """The floors can't be read; the sentence names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Floors:
    """The least that is expected of the assistant: by measure, and of right outcomes by type of question."""

    measures: Mapping[str, float]
    types: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A score below its floor; `value` is None where nothing was measured."""

    name: str
    value: float | None
    floor: float

    def __str__(self) -> str:
        """One sentence."""
        reached = "was not measured" if self.value is None else f"is {self.value:.3f}"
        return f"{self.name} {reached}, its floor is {self.floor:.3f}"


def load_floors(path: Path = EXPECTED) -> Floors:
    """The floors of a file with the tables [measures] and [types]; raises BadFloors."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadFloors(f"{path} can't be read as TOML ({error}): restore it") from error
    if unknown := set(tables) - {"measures", "types"}:
        raise BadFloors(f"{path} has {sorted(unknown)}: only [measures] and [types] are known")
    known = set(scores(()))
    measures = _numbers(tables.get("measures", {}), path)
    if unknown := set(measures) - known:
        raise BadFloors(f"{path} has a floor for {sorted(unknown)}: the measures are {', '.join(sorted(known))}")
    return Floors(measures, _numbers(tables.get("types", {}), path))


def shortfalls(judgements: Iterable[Judgement], floors: Floors) -> tuple[Shortfall, ...]:
    """Every floor that the judgements don't reach; a type of question that wasn't asked doesn't reach its floor."""
    judged = list(judgements)
    by_type = {name: RIGHT.score(group) for name, group in grouped(judged, lambda question: question.type).items()}
    return (
        *_below(scores(judged), floors.measures, ""),
        *_below(by_type, floors.types, "right answers, type "),
    )


def _below(values: Scores, floors: Mapping[str, float], prefix: str) -> tuple[Shortfall, ...]:
    reached = ((name, values.get(name), floor) for name, floor in floors.items())
    return tuple(
        Shortfall(prefix + name, value, floor) for name, value, floor in reached if value is None or value < floor
    )


def _numbers(table: object, path: Path) -> dict[str, float]:
    if not isinstance(table, dict):
        raise BadFloors(f"{path} has {table!r}, expected a table of floors")
    for name, floor in table.items():
        if isinstance(floor, bool) or not isinstance(floor, int | float) or not -1 <= floor <= 1:
            raise BadFloors(f"{path} has the floor {floor!r} for {name!r}: expected a number between -1 and 1")
    return {name: float(floor) for name, floor in table.items()}
