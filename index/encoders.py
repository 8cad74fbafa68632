"""The encoder of a name."""

from __future__ import annotations

from pathlib import Path

from index.council_encoder import COUNCIL, CouncilEncoder
from index.encoder import Encoder
from index.library import Library
from index.sentence_encoder import PLAIN, SentenceTransformerEncoder, plain_folder


def load_encoder(name: str | None = None) -> Encoder:
    """The encoder of that name: the one tuned to councils' papers (for None as well), the plain one, or a
    sentence-transformers model in a folder on this machine. Cheap: the model itself is loaded with the first text.

    Raises EncoderMissing where there is none.
    """
    if name in (None, COUNCIL):
        return CouncilEncoder()
    if name == PLAIN:
        return SentenceTransformerEncoder(PLAIN, plain_folder())
    # A library remembers the name, and may be opened from another working folder.
    folder = Path(str(name)).resolve()
    return SentenceTransformerEncoder(str(folder), folder)


def encoder_for(library: Library, name: str | None = None) -> Encoder:
    """The encoder of that name or, without one, that with which the library was made; raises EncoderMissing."""
    return load_encoder(name or library.made_with)
