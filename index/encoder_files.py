"""The files of an encoder: its tokenizer, and weights that must be the known ones. The only file that knows
tokenizers."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.encoder import EncoderMissing

if TYPE_CHECKING:
    import tokenizers


Pieces = tuple[list[int], list[tuple[int, int]]]
"""The word pieces of a text, by their numbers, and where each stands; the two marks stand nowhere, at (0, 0)."""


class Tokenizer:
    """Splits texts into the word pieces of a model. Cheap: its file is read with the first text."""

    def __init__(self, folder: Path, remedy: str) -> None:
        """That of the model in `folder`; `remedy` is what to do where it is missing."""
        self._folder = folder
        self._remedy = remedy

    @cached_property
    def _loaded(self) -> tokenizers.Tokenizer:
        import tokenizers

        file = self._folder / "tokenizer.json"
        if not file.is_file():
            raise EncoderMissing(
                f"The model in {self._folder} can't be used: it has no tokenizer.json; {self._remedy}."
            )
        found = tokenizers.Tokenizer.from_file(str(file))
        found.no_truncation()
        found.no_padding()
        return found

    def count(self, text: str) -> int:
        """How many word pieces a text has, the two marks left out; raises EncoderMissing."""
        return len(self._loaded.encode(text, add_special_tokens=False).ids)

    def split(self, text: str) -> Pieces:
        """The word pieces of a text, between the two marks; raises EncoderMissing."""
        read = self._loaded.encode(text)
        return read.ids, read.offsets


def check_sha256(model: str, found: str, known: str, remedy: str) -> None:
    """Raise EncoderMissing, with the remedy, where a model's weights haven't the checksum that is known of them."""
    if found != known:
        raise EncoderMissing(f"The weights of {model} have SHA-256 {found[:12]}…, not {known[:12]}…; {remedy}.")
