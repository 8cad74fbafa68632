"""What of a web page nobody sees who looks at it, by attributes and by the style rules that stand in the page. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

STRUCK = frozenset(["s", "strike", "del"])
"""Elements whose text is struck out."""

Attributes = Mapping[str, str | None]

_HIDES = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|opacity\s*:\s*0?(?:\.0+)?\s*(?:[;!]|$)"
    r"|font-size\s*:\s*(?:0(?:em|rem|%)?|[01](?:\.\d+)?(?:px|pt))\s*(?:[;!]|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|right|top)\s*:\s*-\d{4,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*inset\((?:50|100)%)",
    re.IGNORECASE,
)
"""Declarations that make nothing be drawn, or draw it off the page or too small to be read."""

_WHITE = re.compile(
    r"(?:^|;)\s*color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)", re.IGNORECASE
)
_COLOURED = re.compile(
    r"hero|banner|header|footer|masthead|jumbotron|overlay|dark|inverse|primary|\bbg|-bg\b|btn|button|badge|label|tag\b"
    r"|alert|panel|black|blue|green|red\b|purple|navy|teal",
    re.IGNORECASE,
)
"""Names of classes whose rules, which may stand outside of the page, are likely to colour the ground."""

_FOR_SCREEN_READERS = re.compile(r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-?reader(?:-text|-only)?)\b", re.I)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#])([\w-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The classes (".name") and ids ("#name") that the page's own style rules hide, and those to which they give a
    background, by the element's name or "". `aria` says that what the page hides from screen readers counts as hidden:
    a page that was saved with a dialogue open hides nearly all of itself from them."""

    hidden: frozenset[tuple[str, str]] = frozenset()
    grounds: frozenset[tuple[str, str]] = frozenset()
    aria: bool = True

    @classmethod
    def of(cls, css: str) -> Sheet:
        """The sheet of a page's `style` elements. Rules for print or narrow screens, and selectors of more than one
        element, say nothing of the page as it is looked at, and are left aside."""
        hidden: set[tuple[str, str]] = set()
        grounds: set[tuple[str, str]] = set()
        for selectors, declarations in _RULE.findall(_without_conditions(_COMMENT.sub("", css))):
            for selector in selectors.split(","):
                match = _SIMPLE.fullmatch(selector.strip())
                if not match:
                    continue
                named = ((match[1] or "").lower(), match[2] + match[3])
                if _HIDES.search(declarations):
                    hidden.add(named)
                elif re.search(r"\b(?:display|visibility)\s*:", declarations):
                    hidden.discard(named)
                if "background" in declarations:
                    grounds.add(named)
        return cls(frozenset(hidden), frozenset(grounds))

    def hides(self, name: str, attributes: Attributes) -> bool:
        """Whether an element isn't seen, wherever it stands."""
        if name in ("html", "body"):
            # Pages that are shown only when a script has run.
            return False
        style = attributes.get("style") or ""
        classes = attributes.get("class") or ""
        return (
            # What is hidden until it is found is a folded part of the page.
            (attributes.get("hidden", "until-found") or "").lower() != "until-found"
            or (self.aria and (attributes.get("aria-hidden") or "").strip().lower() == "true")
            or bool(_HIDES.search(style))
            or bool(_FOR_SCREEN_READERS.search(classes))
            or not self.hidden.isdisjoint(_marks(name, attributes))
        )

    def has_ground(self, name: str, attributes: Attributes) -> bool:
        """Whether an element has, or is likely to have, a ground of its own behind its letters."""
        return (
            "background" in (attributes.get("style") or "").lower()
            or not {"bgcolor", "background"}.isdisjoint(attributes)
            or bool(_COLOURED.search(attributes.get("class") or ""))
            or not self.grounds.isdisjoint(_marks(name, attributes))
        )


def is_white(attributes: Attributes) -> bool:
    """Whether an element's letters are white: on a ground that nothing colours they can't be seen."""
    return bool(_WHITE.search(attributes.get("style") or "")) or (attributes.get("color") or "").strip().lower() in (
        "#fff",
        "#ffffff",
        "white",
    )


def _marks(name: str, attributes: Attributes) -> Iterator[tuple[str, str]]:
    """What simple selectors can call an element."""
    marks = [f".{each}" for each in (attributes.get("class") or "").split()]
    if attributes.get("id"):
        marks.append(f"#{attributes['id']}")
    yield from ((tag, mark) for mark in marks for tag in ("", name))


def _without_conditions(css: str) -> str:
    """The rules that stand in no `@media` or the like."""
    kept, depth, skipped_from = [], 0, None
    place = 0
    for match in re.finditer(r"@[\w-]+[^{};]*\{|[{}]", css):
        sign = match.group()[-1]
        if sign == "{":
            if match.group()[0] == "@" and skipped_from is None:
                kept.append(css[place : match.start()])
                skipped_from = depth
            depth += 1
        else:
            depth = max(0, depth - 1)
            if skipped_from == depth:
                skipped_from, place = None, match.end()
    return "".join(kept) + (css[place:] if skipped_from is None else "")
