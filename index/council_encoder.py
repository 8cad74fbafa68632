"""The encoder tuned to councils' papers: all-MiniLM-L6-v2, tuned on questions about children's services in everyday
and in professional words (`council_minilm/README.md` is its model card). The only file that knows ONNX Runtime.

One text is read at a time. Its weights and what flows through it are whole numbers, and how these are rounded depends
on all that is read together: alone, a text has the same vector whatever is added with it.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder import Encodable, EncoderMissing, Vectors, pooled
from index.encoder_files import Tokenizer, check_sha256

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

COUNCIL = "council-MiniLM-L6"
FOLDER = Path(__file__).parent / "council_minilm"
SHA256 = "15d2e61a4ace39279ed59e090c90a64153377c302a8b0abc300570e49005f5a1"
DIMENSION = 385
LIMIT = 256

REMEDY = "install the program anew"

SHARED = 0.2
"""What all vectors have in common. Tuned, texts that have nothing to do with each other lie at right angles, where the
plain encoder has them at a cosine of 0.3. With one more coordinate, the same in all vectors, a cosine c becomes
0.8 c + 0.2: the first, fifth and twentieth passage found for a question then have on average the cosines that they have
with the plain encoder, and every threshold that was measured with the one holds for the other."""


def processors() -> int:
    """How many texts to read at once: as many as numerical libraries are told to use threads (OMP_NUM_THREADS), or as
    there are processors."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    return int(told) if told.isdecimal() and int(told) else os.cpu_count() or 1


class CouncilEncoder:
    """The tuned encoder. Cheap: its weights are loaded with the first text to encode."""

    name = COUNCIL
    dimension = DIMENSION
    limit = LIMIT

    def __init__(self, folder: Path = FOLDER, sha256: str = SHA256) -> None:
        """The encoder whose graph and tokenizer lie in `folder`; `sha256` is what the graph must have."""
        self._folder = folder
        self._sha256 = sha256
        self._tokenizer = Tokenizer(folder, REMEDY)
        self._loading = threading.Lock()

    @property
    def _session(self) -> InferenceSession:
        with self._loading:  # threads that ask their first questions at once shall not load it twice
            return self._loaded

    @cached_property
    def _loaded(self) -> InferenceSession:
        try:
            graph = (self._folder / "model.onnx").read_bytes()
        except OSError as error:
            raise EncoderMissing(f"The weights of {COUNCIL} can't be read ({error.strerror}); {REMEDY}.") from error
        check_sha256(COUNCIL, hashlib.sha256(graph).hexdigest(), self._sha256, REMEDY)
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.enable_cpu_mem_arena = False  # what a long text took would be kept for good
        # A text has too little work to share out: two texts at once on two cores take four fifths of the time.
        options.intra_op_num_threads = 1
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def count(self, text: str) -> int:
        """How many word pieces a text has."""
        return self._tokenizer.count(text)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a question."""
        vectors = [self._vectors(Encodable(text))[0] for text in texts]
        return np.array(vectors, dtype=np.float32) if vectors else np.zeros((0, DIMENSION), dtype=np.float32)

    def encode_passages(self, texts: Sequence[Encodable]) -> list[Vectors]:
        """For each text its unit vector, followed by one for each of its spans."""
        with ThreadPoolExecutor(max_workers=processors()) as pool:
            return list(pool.map(self._vectors, texts))

    def _vectors(self, text: Encodable) -> Vectors:
        ids, offsets = self._tokenizer.split(text.text)
        # The last of the word pieces is the mark of the end, which a text that is cut off has as well.
        if len(ids) > LIMIT:
            ids, offsets = [*ids[: LIMIT - 1], ids[-1]], [*offsets[: LIMIT - 1], offsets[-1]]
        asked = np.array([ids], dtype=np.int64)
        (pieces,) = self._session.run(None, {"input_ids": asked, "attention_mask": np.ones_like(asked)})
        vectors = pooled(pieces[0].mean(axis=0), pieces[0], offsets, text)
        shared = np.full((len(vectors), 1), SHARED**0.5, dtype=np.float32)
        return np.hstack([(1 - SHARED) ** 0.5 * vectors, shared])
