"""Texts of another world than councils', to see what tuning forgot: the documentation in Python's standard library,
which every machine with the program has. A docstring's first line is the question, the rest of it the passage."""

from __future__ import annotations

import ast
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from eval.training.pairs import Pair

LEAST_WORDS = 30
"""A shorter rest says too little to be found by."""


def docstrings(library: Path | None = None) -> tuple[Pair, ...]:
    """The docstrings of Python's standard library (or of a folder of Python files), each first line once; the question
    is the same in every form."""
    folder = library or Path(sysconfig.get_path("stdlib"))
    found: dict[str, Pair] = {}
    for file in sorted(folder.rglob("*.py")):
        inner = file.relative_to(folder).parts
        if not {"test", "tests", "site-packages", "dist-packages", "idlelib"} & set(inner):
            for summary, rest in _docstrings_in(file.read_text(encoding="utf-8", errors="replace")):
                found.setdefault(summary, Pair("/".join(inner), rest, (summary,)))
    return tuple(found.values())


def _docstrings_in(source: str) -> Iterator[tuple[str, str]]:
    try:
        tree = ast.parse(source)
    except SyntaxError:  # templates, which are no Python yet
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            summary, _, rest = (ast.get_docstring(node) or "").partition("\n\n")
            if len(summary.split()) >= 3 and len(rest.split()) >= LEAST_WORDS:
                yield " ".join(summary.split()), " ".join(rest.split())
