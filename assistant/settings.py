"""Where things are: the one place that knows the user's data folder and the environment variables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

APPLICATION = "council-papers"
VERSION = "0.4.0"
"""That of `pyproject.toml`; a test compares them."""

ENCODER_VARIABLE = "COUNCIL_PAPERS_ENCODER"
LIBRARY_VARIABLE = "COUNCIL_PAPERS_LIBRARY"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command works on: a library's folder, and the encoder's name (None for the embedded one)."""

    library: Path
    encoder: str | None = None


def default_library() -> Path:
    """The library in the user's data folder for this application."""
    return platformdirs.user_data_path(APPLICATION, appauthor=False) / "library"


def sample_library() -> Path:
    """The library of the sample papers, apart from the user's own so that neither is found in the other."""
    return platformdirs.user_data_path(APPLICATION, appauthor=False) / "sample"


def sample_papers() -> Path:
    """The folder of the sample papers that ship with the project."""
    return Path(__file__).resolve().parent.parent / "corpus" / "sample" / "papers"
