"""The baseline that anybody gets from LlamaIndex in ten lines: `SentenceSplitter` as it comes, the same encoder, top 5.

The only file here that knows LlamaIndex. Its global `Settings` stay untouched: everything is passed by hand.
Passages are searched by cosine, as LlamaIndex's in-memory vector store does. What stands in for an answer is the text
of the best passage, because without a language model there is nothing else; it never declines and cites nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import Document, MetadataMode
from numpy.typing import NDArray

from assistant.answer import Status
from eval.gold import Question
from eval.runs import Found, Reply, System

TOP = 5
"""How many passages it gives; its recall@10 is therefore its recall@5."""

NOTE = f"SentenceSplitter's defaults, same encoder, top {TOP}; its answer is its first passage, it can't decline"


Encode: TypeAlias = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to unit vectors, one row for each."""


def split(texts: Mapping[str, str]) -> tuple[Found, ...]:
    """The nodes that `SentenceSplitter()` makes of the documents (id to whole text)."""
    nodes = SentenceSplitter().get_nodes_from_documents([Document(text=text, id_=name) for name, text in texts.items()])
    return tuple(Found(node.ref_doc_id or "", node.get_content(metadata_mode=MetadataMode.NONE)) for node in nodes)


def llamaindex_system(texts: Mapping[str, str], *, encode_passages: Encode, encode_questions: Encode) -> System:
    """The baseline over the documents (id to whole text), encoded here once. A follow-up is asked as it stands."""
    nodes = split(texts)
    vectors = encode_passages([node.text for node in nodes])

    def ask(question: Question) -> Reply:
        began = time.perf_counter()
        likeness = vectors @ encode_questions([question.question])[0]  # unit rows: cosine, higher is nearer
        best = np.argsort(-likeness, kind="stable")[:TOP]
        found = tuple(nodes[n] for n in best)
        text = found[0].text if found else ""
        status = Status.ANSWERED if found else Status.NOT_FOUND
        return Reply(status, text, found, (), time.perf_counter() - began)

    return System("LlamaIndex", NOTE, ask)
