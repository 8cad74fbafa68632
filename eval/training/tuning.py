"""The plain encoder, tuned on passages and their questions.

Contrastive learning with the other passages of a batch as negatives (Henderson et al. 2017, "Efficient Natural Language
Response Suggestion for Smart Reply"). A batch is half a neighbourhood, so its negatives are hard ones (after Hofstätter
et al. 2021, "Topic Aware Sampling"), and half taken at random, so that the far ones aren't forgotten. All questions for
a passage stand in one row: the passage is read once for all of them, and they learn to mean the same.

The tuned weights are then averaged with the plain ones (Wortsman et al. 2022, "Robust fine-tuning of zero-shot
models"), which keeps what the plain encoder knew of other papers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from numpy.typing import NDArray
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.base.sampler import DefaultBatchSampler
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize
from transformers.trainer_utils import get_last_checkpoint

from eval.training.batches import neighbourhoods
from eval.training.pairs import FORMS, WRITTEN, Pair

PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Settings:
    """How the encoder is tuned. `scale` multiplies cosines before the softmax; `alike` is what it counts that the
    questions for one passage find each other, beside that they find the passage, and `made` what a question counts that
    is made of the passage's own words, beside a written one; `word_pieces` is how much of a passage is read; `share` is
    what the tuned weights count in the average with the plain ones."""

    epochs: int = 4
    batch: int = 48
    rate: float = 1e-4
    warm_up: float = 0.1
    scale: float = 20.0
    alike: float = 0.3
    made: float = 0.3
    word_pieces: int = 160
    share: float = 0.7
    seed: int = 0


class OneAmongMany(torch.nn.Module):
    """The loss: each question shall find its passage among those of the batch, each passage its question, and the
    questions for one passage each other."""

    def __init__(self, model: SentenceTransformer, settings: Settings) -> None:
        """Tune `model` with `settings`."""
        super().__init__()
        self._model = model
        self._scale = settings.scale
        self._alike = settings.alike
        self._made = settings.made

    def forward(self, columns: Sequence[dict[str, Tensor]], _labels: Tensor | None = None) -> Tensor:
        """The loss of a batch: the first column holds the passages, the others a question for each."""
        passages, *questions = (normalize(self._model(column)["sentence_embedding"], dim=-1) for column in columns)
        written = questions[: len(WRITTEN)]
        counts = [1.0] * len(written) + [self._made] * (len(questions) - len(written))
        ways = [
            count * (self._loss(asked, passages) + self._loss(passages, asked))
            for count, asked in zip(counts, questions, strict=True)
        ]
        ways += [self._alike * self._loss(one, other) for one, other in combinations(written, 2)]
        return torch.stack(ways).sum()

    def _loss(self, seeking: Tensor, sought: Tensor) -> Tensor:
        return cross_entropy(self._scale * seeking @ sought.T, torch.arange(len(seeking)))


class Neighbourhoods(DefaultBatchSampler):
    """The batches of an epoch: others in each epoch, the same in every run."""

    likeness: NDArray[np.float32]

    def __iter__(self) -> Iterator[list[int]]:
        """The rows of each batch."""
        random = np.random.default_rng((self.seed, self.epoch))
        batches = list(neighbourhoods(self.likeness, self.batch_size, random))
        return (batches[k] for k in random.permutation(len(batches)))


class Trainer(SentenceTransformerTrainer):
    """Trains with neighbourhoods as batches."""

    def __init__(self, likeness: NDArray[np.float32], **settings: Any) -> None:
        """`likeness` has the cosines of the rows of the training set; the rest is the library's."""
        self._likeness = likeness
        super().__init__(**settings)

    def get_batch_sampler(self, *arguments: Any, **settings: Any) -> Neighbourhoods:
        """The batches of the training set."""
        batches = Neighbourhoods(*arguments, **settings)
        batches.likeness = self._likeness
        return batches


def tune(plain: Path, pairs: Sequence[Pair], settings: Settings, work: Path) -> SentenceTransformer:
    """The tuned model, averaged with the plain one in the folder `plain`; checkpoints lie in `work`, and a run that was
    broken off goes on from the last of them."""
    torch.manual_seed(settings.seed)
    model = SentenceTransformer(str(plain), device="cpu", local_files_only=True)
    reads = model.max_seq_length
    model.max_seq_length = settings.word_pieces
    before = {name: value.clone() for name, value in model.state_dict().items()}
    passages = [pair.passage for pair in pairs]
    vectors = model.encode(passages, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
    likeness = vectors @ vectors.T
    questions = zip(*(pair.questions for pair in pairs), strict=True)
    # Every second passage in its context, as the program encodes it; the others must do without.
    read = [pair.in_context if row % 2 else pair.passage for row, pair in enumerate(pairs)]
    rows = Dataset.from_dict({PASSAGE: read, **dict(zip(FORMS, map(list, questions), strict=True))})
    trainer = Trainer(
        likeness,
        model=model,
        args=SentenceTransformerTrainingArguments(
            output_dir=str(work),
            num_train_epochs=settings.epochs,
            per_device_train_batch_size=settings.batch,
            learning_rate=settings.rate,
            warmup_steps=settings.warm_up,
            weight_decay=0.01,
            seed=settings.seed,
            save_strategy="epoch",
            save_total_limit=1,
            logging_steps=5,
            report_to="none",
            use_cpu=True,
        ),
        train_dataset=rows,
        loss=OneAmongMany(model, settings),
    )
    trainer.train(resume_from_checkpoint=_last_checkpoint(work))
    model.load_state_dict(averaged(before, model.state_dict(), settings.share))
    model.max_seq_length = reads
    return model


def _last_checkpoint(work: Path) -> str | None:
    found: str | None = get_last_checkpoint(str(work)) if work.is_dir() else None  # type: ignore[no-untyped-call]
    return found


def averaged(plain: Mapping[str, Tensor], tuned: Mapping[str, Tensor], share: float) -> dict[str, Tensor]:
    """The weights between two models of one shape: `share` of the tuned one's, the rest of the plain one's."""
    return {
        name: torch.lerp(plain[name], value, share) if value.is_floating_point() else value
        for name, value in tuned.items()
    }
