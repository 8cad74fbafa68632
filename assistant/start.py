"""What the chat page opens: the library that was named, else the user's own, else the sample papers'."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.settings import default_library, sample_library, sample_papers
from index.encoder import Encoder
from index.library import CATALOGUE, Library, LibraryBusy, LibraryMismatch


def open_or_make_library(folder: Path | None, encoder: Encoder, say: Callable[[str], None]) -> Library:
    """The library in `folder`; without one, the user's own if it has any document, else the one of the sample papers,
    which is made or brought up to date first. `say` is told, a sentence at a time, what is being done.

    Raises LibraryMissing where `folder` is named and holds no library, and what `Library.open` raises.
    """
    if folder is not None:
        return Library.open(folder)
    own = default_library()
    if (own / CATALOGUE).is_file():
        library = Library.open(own)
        if library.documents():
            return library
        library.close()
    return _sample(encoder, say)


def encoder_of(folder: Path | None) -> str | None:
    """The name of the encoder with which the library was made that would be opened: that in `folder` or, without one,
    the user's own; None where it has no passages yet, or isn't there."""
    own = default_library() if folder is None else folder
    if not (own / CATALOGUE).is_file():
        return None
    library = Library.open(own)
    try:
        return library.made_with
    finally:
        library.close()


def _sample(encoder: Encoder, say: Callable[[str], None]) -> Library:
    say("Reading the sample papers of a fictional council; this takes about a minute the first time…")
    library = Library.create(sample_library(), rebuild=True)
    try:
        for added in library.add([sample_papers()], encoder, rebuild=_is_to_be_made_anew(library, encoder)):
            say(f"Reading the sample papers of a fictional council: {added.message}")
    except LibraryBusy:
        # Another page is reading them just now; what it has read so far can be asked about.
        say("Another program is reading the sample papers.")
    except BaseException:
        library.close()
        raise
    return library


def _is_to_be_made_anew(library: Library, encoder: Encoder) -> bool:
    try:
        library.check_encoder(encoder)
    except LibraryMismatch:
        return True
    return library.is_of_earlier_format
