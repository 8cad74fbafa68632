"""What axe-core finds wrong with a page that stands in a browser."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

GRAVE = ("serious", "critical")
MODES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of axe-core that a page breaks: how gravely, in its own words, and the elements, as selectors."""

    rule: str
    impact: str
    help: str
    elements: tuple[str, ...]


def in_mode(page: Page, mode: str) -> None:
    """Show the page in light or dark, whatever the system prefers."""
    page.evaluate("mode => document.body.classList.toggle('dark', mode === 'dark')", mode)


def violations(
    page: Page, *, within: str | None = None, impacts: Collection[str] = GRAVE, but: Collection[str] = ()
) -> list[Violation]:
    """What axe-core finds on the whole page, or in one element; `but` names rules that are known to be broken."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    # A colour that is still changing would be judged as it is in between.
    page.add_style_tag(content="*, *::before, *::after { transition: none !important; animation: none !important; }")
    found = axe.Axe().run(page, context=within).response["violations"]
    return [
        Violation(each["id"], each["impact"], each["help"], tuple(str(node["target"][0]) for node in each["nodes"]))
        for each in found
        if each["impact"] in impacts and each["id"] not in but
    ]


def assert_accessible(page: Page, *, within: str | None = None, but: Collection[str] = ()) -> None:
    """Fail with every serious or critical violation, in light and in dark."""
    found = []
    for mode in MODES:
        in_mode(page, mode)
        found += [f"{mode}: {each}" for each in violations(page, within=within, but=but)]
    in_mode(page, MODES[0])
    assert not found, "\n".join(found)
