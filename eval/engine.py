"""How the evaluation gets hold of the library, the encoder and the assistant: nowhere else does it depend on them.

Importing this loads the whole project, so the command line does it only once it knows that it must.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Assistant
from assistant.retrieval import STEPS
from assistant.settings import ENCODER_VARIABLE
from corpus.documents import PAGE_BREAK, Paper, Passage
from eval.gold import Question as GoldQuestion
from eval.runs import Asks, Reply, reply_of
from index import encoders
from index.encodable import encodable
from index.encoder import Encodable, Encoder
from index.encoders import load_encoder
from index.library import Library
from index.sentence_encoder import BATCH, PLAIN, SentenceTransformerEncoder, plain_folder


def encoder_for(library: Library | None) -> Encoder:
    """The encoder that the command line uses: the one that the variable names, else the library's own; without a
    library that with which new ones are made."""
    named = os.environ.get(ENCODER_VARIABLE)
    return load_encoder(named) if library is None else encoders.encoder_for(library, named)


def open_library(folder: Path) -> Library:
    """The library in a folder."""
    return Library.open(folder)


def assistant_for(library: Library, encoder: Encoder) -> Asks:
    """The assistant as it is shipped."""
    return Assistant(library, encoder)


def ways_without(library: Library, encoder: Encoder) -> dict[str, Callable[[GoldQuestion], Reply]]:
    """For each step that can be left out, by its name: the way of asking an assistant that leaves it out."""
    assistant = Assistant(library, encoder)

    def asking(step: str) -> Callable[[GoldQuestion], Reply]:
        return lambda question: reply_of(assistant.ask(question.question, question.history, without=(step,)))

    return {step: asking(step) for step in STEPS}


def original_pdfs(library: Library) -> dict[str, Path]:
    """The PDF files that the library keeps as they were added, by document id."""
    kept = ((entry.id, library.original(entry.id)) for entry in library.documents())
    return {document: path for document, path in kept if path is not None and path.suffix.lower() == ".pdf"}


@dataclass(frozen=True, slots=True)
class Indexed:
    """A passage with what is known when it is indexed."""

    document_text: str
    paper: Paper
    passage: Passage


def indexed(library: Library) -> list[Indexed]:
    """Every passage of the library, ready to be encoded again."""
    texts = {entry.id: _stored_text(library, entry.id) for entry in library.documents()}
    return [Indexed(texts[p.passage.document], p.paper, p.passage) for p in library.passages()]


def encodables(passages: Sequence[Indexed], encoder: Encoder) -> list[Encodable]:
    """What is encoded when these passages are indexed, one for each: the passage in its context."""
    return [encodable(p.document_text, p.paper, p.passage, encoder) for p in passages]


def encode_plain(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors of texts as they stand, encoded as passages; one row for each."""
    rows = [vectors[0] for vectors in encoder.encode_passages([Encodable(text) for text in texts])]
    return np.stack(rows) if rows else np.zeros((0, encoder.dimension), dtype=np.float32)


def _stored_text(library: Library, document: str) -> str:
    """A document's text as stored; what a page holds back is blank."""
    return PAGE_BREAK.join(page.text.ljust(page.end - page.start) for page in library.pages(document))


def bare_encode() -> Callable[[Sequence[str]], object]:
    """A straight call of the plain model in PyTorch, which every way of encoding is held against."""
    # Private on purpose: nothing but this comparison has any business with the model itself.
    model = SentenceTransformerEncoder(PLAIN, plain_folder())._model

    def encode(texts: Sequence[str]) -> object:
        return model.encode(list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)

    return encode
