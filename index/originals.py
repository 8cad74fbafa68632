"""The files of a library as they were added, each named by the SHA-256 of its bytes."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection
from pathlib import Path

from corpus.errors import UnreadableDocument
from corpus.reading.files import sha256_of


class Originals:
    """The folder of the originals. A file with exempt papers is never kept in it."""

    def __init__(self, folder: Path) -> None:
        """Hold the folder."""
        self.folder = folder

    def path(self, file: str, sha256: str) -> Path:
        """Where a file of that name and with those bytes is kept, if it is."""
        return self.folder / f"{sha256}{Path(file).suffix.lower()}"

    def is_sound(self, file: str, sha256: str) -> bool:
        """Whether the file is kept, and unchanged."""
        path = self.path(file, sha256)
        return path.is_file() and sha256_of(path) == sha256

    def keep(self, path: Path, sha256: str) -> None:
        """Copy a file into the library; a kill leaves at most a half copy, which the next add sweeps away.

        Raises UnreadableDocument where it can't be copied, or is no longer what was read.
        """
        kept = self.path(path.name, sha256)
        if kept.exists():
            return
        half = kept.with_suffix(".part")
        try:
            shutil.copyfile(path, half)
            if sha256_of(half) != sha256:
                raise UnreadableDocument(f"{path.name}: the file was changed while it was read; add it again.")
            os.replace(half, kept)
        except OSError as error:
            raise UnreadableDocument(
                f"{path.name}: the file can't be copied into the library ({error.strerror})."
            ) from error

    def sweep(self, wanted: Collection[Path]) -> None:
        """Take away all but these."""
        # A reader on Windows may have one of them open; the next add tries again.
        with contextlib.suppress(OSError):
            for path in self.folder.glob("*"):
                if path not in wanted:
                    path.unlink(missing_ok=True)
