"""Promises: actions that somebody undertook, with owner, date, progress and status as stated."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records.places import Place


@dataclass(frozen=True, slots=True)
class Promise:
    """What one paper says of one action.

    `places` are the action's quotations, one for each page it lies on. `owner`, `due_as_written`, `status` and
    `progress` are as stated, None where nothing is; `due` is the first date in ISO form as far as it is known
    ("2022-06"). `heading` is that of the plan's section, and the item that several actions share. `cells` are the
    places of the owner, due, progress and status by these names; `together` names those of them that are of a cell of
    several actions which the layout doesn't take apart.
    """

    action: str
    places: tuple[Place, ...]
    owner: str | None
    due: str | None
    due_as_written: str | None
    status: str | None
    progress: str | None
    heading: str
    cells: tuple[tuple[str, Place], ...]
    together: tuple[str, ...]
    kind: str


PLAN, AGREED, RECOMMENDATION, ARISING = "plan action", "agreed action", "recommendation", "matter arising"
