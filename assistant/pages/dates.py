"""Dates as people type them into the page, as ISO dates as far as they were typed: "2022", "2022-06", "2022-06-14"."""

from __future__ import annotations

from datetime import datetime

from corpus.errors import CouncilPapersError

_FORMS = {
    "%Y-%m-%d": "%Y-%m-%d",
    "%Y-%m": "%Y-%m",
    "%Y": "%Y",
    "%d %B %Y": "%Y-%m-%d",
    "%d %b %Y": "%Y-%m-%d",
    "%d/%m/%Y": "%Y-%m-%d",
    "%B %Y": "%Y-%m",
    "%b %Y": "%Y-%m",
    "%m/%Y": "%Y-%m",
}
"""How a date may be typed, and the ISO form that says no more than was typed."""


class UnclearDate(CouncilPapersError):
    """A date was typed that can't be read; the sentence names it and shows how to write one."""


def iso_date(typed: str | None, field: str) -> str | None:
    """The ISO form of a typed date, None where nothing was typed; raises UnclearDate, naming the field."""
    words = " ".join((typed or "").split())
    if not words:
        return None
    for form, iso in _FORMS.items():
        try:
            return datetime.strptime(words, form).strftime(iso)
        except ValueError:
            continue
    raise UnclearDate(f"“{words}” under “{field}” is not a date; write it like 2022, June 2022 or 14 June 2022.")
