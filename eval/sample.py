"""The library of the sample papers that the project's own questions are about, built when needed and then kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from platformdirs import user_cache_path

from eval.adding import CHECKOUT, add

SAMPLE_PAPERS = CHECKOUT / "corpus" / "sample" / "papers"
"""The sample papers, as PDF."""

DIGEST_LENGTH = 16
"""Hexadecimal digits of a digest in a folder's name: 64 bits, chance collisions are out of the question."""


def default_cache() -> Path:
    """The folder in which sample libraries are kept."""
    return user_cache_path("council-papers") / "eval"


def sample_library(cache: Path, encoder: str, papers: Path = SAMPLE_PAPERS) -> Path:
    """The folder of an up-to-date library of the papers inside `cache`; raises AddFailed.

    Its name tells what it was made of (the papers, the code that reads and indexes, the encoder's name), so that a
    change of any makes another one and no stale passages are judged. Adding again is safe: what is there is skipped,
    what an interrupted run left out is caught up.
    """
    sources = [*papers.glob("*.pdf"), *(CHECKOUT / "corpus").rglob("*.py"), *(CHECKOUT / "index").rglob("*.py")]
    library = cache / f"sample-{digest(sources, encoder)}"
    library.parent.mkdir(parents=True, exist_ok=True)
    add([papers], library)
    return library


def digest(files: Iterable[Path], *words: str) -> str:
    """A short SHA-256 of the files' names and contents, in any order, and the words."""
    total = hashlib.sha256()
    parts = [b"%s\0%s" % (path.name.encode(), hashlib.sha256(path.read_bytes()).digest()) for path in files]
    for part in (*sorted(parts), *(word.encode() for word in words)):
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()[:DIGEST_LENGTH]
