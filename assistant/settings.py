"""Where things are: the one place that knows the user's data folder and the environment variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from corpus.errors import CouncilPapersError

APPLICATION = "council-papers"
VERSION = "0.5.0"
"""That of `pyproject.toml`; a test compares them."""

ENCODER_VARIABLE = "COUNCIL_PAPERS_ENCODER"
LIBRARY_VARIABLE = "COUNCIL_PAPERS_LIBRARY"
MODEL_URL_VARIABLE = "COUNCIL_PAPERS_MODEL_URL"
MODEL_VARIABLE = "COUNCIL_PAPERS_MODEL"
MODEL_KEY_VARIABLE = "COUNCIL_PAPERS_MODEL_KEY"
MODEL_SECONDS_VARIABLE = "COUNCIL_PAPERS_MODEL_SECONDS"

MODEL_SECONDS = 20.0
"""How long a language model may take for a draft, if nothing else is set."""


class NoModel(CouncilPapersError):
    """No language model is set, or it is set wrongly; the sentence names the variable."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command works on: a library's folder, and the encoder's name (None for the one that the library was made
    with, or that new ones are made with)."""

    library: Path
    encoder: str | None = None


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A language model behind an OpenAI-compatible address: the address up to "/v1", the model's name there, the key
    (never shown), and how many seconds it may take."""

    url: str
    name: str
    key: str | None = field(default=None, repr=False)
    seconds: float = MODEL_SECONDS


def model_settings(environment: Mapping[str, str]) -> ModelSettings:
    """The language model that the environment variables name; raises NoModel where they name none, or half of one."""
    url, name = environment.get(MODEL_URL_VARIABLE, "").strip(), environment.get(MODEL_VARIABLE, "").strip()
    for variable, value, example in (
        (MODEL_URL_VARIABLE, url, "http://localhost:11434/v1"),
        (MODEL_VARIABLE, name, "the name that the server has for it"),
    ):
        if not value:
            raise NoModel(f"No language model is set: set {variable} (such as {example}), or ask without --model.")
    written = environment.get(MODEL_SECONDS_VARIABLE, "").strip()
    try:
        seconds = float(written) if written else MODEL_SECONDS
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise NoModel(f"{MODEL_SECONDS_VARIABLE} is {written!r}: set it to a number of seconds, 3600 at most.")
    return ModelSettings(url, name, environment.get(MODEL_KEY_VARIABLE, "").strip() or None, seconds)


def default_library() -> Path:
    """The library in the user's data folder for this application."""
    return platformdirs.user_data_path(APPLICATION, appauthor=False) / "library"


def sample_library() -> Path:
    """The library of the sample papers, apart from the user's own so that neither is found in the other."""
    return platformdirs.user_data_path(APPLICATION, appauthor=False) / "sample"


def sample_papers() -> Path:
    """The folder of the sample papers that ship with the project."""
    return Path(__file__).resolve().parent.parent / "corpus" / "sample" / "papers"
