"""How the shipped encoder is trained: what it learns from, how batches are made, and how it is checked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from eval.training.batches import neighbourhoods
from eval.training.pairs import BadPairs, Pair, load_pairs, split, with_terms
from eval.training.validation import validate

MISSING = "needs the extra `training`"


def pair(report: str, passage: str = "text", questions: Sequence[str] = ("lay", "desk", "short")) -> Pair:
    return Pair(report, passage, tuple(questions))


def test_pairs_are_read_a_line_each_and_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    row = {"doc": "1-a-2020-01-01", "text": "Text.", "lay": "l", "desk": "d", "short": "s"}
    file.write_text(json.dumps(row) + "\n")
    # No other passage has its word, which is a name then: its keywords stand in.
    assert load_pairs(file) == (Pair("1-a-2020-01-01", "Text.", ("l", "d", "s", "s")),)
    file.write_text(json.dumps(row) + "\n" + json.dumps({"doc": "1-a-2020-01-01", "text": "Text."}))
    with pytest.raises(BadPairs, match=r"pairs\.jsonl, line 2 is no passage with questions"):
        load_pairs(file)


def test_a_passage_is_also_asked_for_by_the_words_that_tell_it_from_the_others() -> None:
    passages = ("The foster carers foster well.", "Foster carers and the police.", "The police are well.", "A road.")
    asked = [pair.questions[-1] for pair in with_terms([pair("1-a-2020-01-01", text) for text in passages])]
    # Twice in its passage, "foster" tells most; every second pair has two words; "road" stands nowhere else.
    assert asked == ["foster", "carers foster", "police", "short"]


def test_all_reports_on_one_council_are_on_one_side_of_the_split() -> None:
    pairs = [pair(f"{council}-somewhere-{year}-01-31") for council in range(20) for year in (2015, 2020)]
    learned, held = split(pairs, seed=0)
    assert len(held) == 6
    assert sorted([*learned, *held], key=pairs.index) == pairs
    assert not {p.council for p in learned} & {p.council for p in held}
    assert split(pairs, seed=0) == (learned, held)
    assert split(pairs, seed=1) != (learned, held)


def test_a_passage_that_two_others_are_nearer_to_than_is_third() -> None:
    vectors = {"near": (1.0, 0.0), "nearer": (0.96, 0.28), "own": (0.6, 0.8), "far": (0.0, 1.0), "asked": (1.0, 0.0)}

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([vectors[text] for text in texts], dtype=np.float32)

    among = [pair(name, name, ("asked", name, "far")) for name in ("near", "nearer", "own", "far")]
    lay, desk, short = validate(encode, [among[2]], among, ["lay", "desk", "short"], lambda pair: pair.passage)
    assert (lay.form, lay.first, lay.five, lay.reciprocal) == ("lay", 0, 1, pytest.approx(1 / 3))
    assert (desk.first, desk.reciprocal) == (1, 1)
    assert short.reciprocal == 0.5


@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 5))
def test_every_passage_is_in_one_batch_of_an_epoch(count: int, size: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    vectors = random.normal(size=(count, 3)).astype(np.float32)
    batches = list(neighbourhoods(vectors @ vectors.T, size, random))
    assert sorted(row for batch in batches for row in batch) == list(range(count))
    assert all(len(batch) <= max(size, 1) for batch in batches)


def test_half_of_a_batch_are_neighbours() -> None:
    cluster = np.repeat(np.eye(4, dtype=np.float32), 4, axis=0)
    first = next(neighbourhoods(cluster @ cluster.T, 8, np.random.default_rng(0)))
    assert len({row // 4 for row in first[:4]}) == 1


def test_averaged_weights_lie_between_the_two_models() -> None:
    tuning = pytest.importorskip("eval.training.tuning", reason=MISSING)
    torch = pytest.importorskip("torch")
    plain = {"weight": torch.tensor([0.0, 2.0]), "places": torch.tensor([1, 2])}
    tuned = {"weight": torch.tensor([1.0, 4.0]), "places": torch.tensor([1, 2])}
    found = tuning.averaged(plain, tuned, 0.75)
    assert found["weight"].tolist() == [0.75, 3.5]
    assert found["places"].tolist() == [1, 2]


@pytest.mark.model
def test_an_encoder_is_trained_goes_on_where_it_was_broken_off_and_is_shipped(tmp_path: Path) -> None:
    pytest.importorskip("eval.training.tuning", reason=MISSING)
    from eval.training.shipping import ship
    from eval.training.tuning import OneAmongMany, Settings, tune
    from index.council_encoder import CouncilEncoder
    from index.encoders import load_encoder
    from index.sentence_encoder import plain_folder

    pairs = [
        pair("1-a-2020-01-01", "The gritters were late on the hill.", ("slippery road", "winter service", "gritting")),
        pair("2-b-2020-01-01", "The pool was shut for a week.", ("no swimming", "leisure provision", "pool shut")),
        pair("3-c-2020-01-01", "Bins were left on the pavement.", ("rubbish", "waste collection", "bins")),
        pair("4-d-2020-01-01", "The library opens on Sundays.", ("borrow a book", "library service", "sunday")),
    ]
    pairs = list(with_terms(pairs))
    settings = Settings(epochs=2, batch=2, rate=5e-5, share=1.0)
    whole = tune(plain_folder(), pairs, settings, tmp_path / "whole")

    # A run that is broken off in its second epoch, and goes on.
    learn, steps = OneAmongMany.forward, iter(range(2))

    def learn_for_two_steps(loss: OneAmongMany, *columns: object) -> object:
        if next(steps, None) is None:
            raise KeyboardInterrupt
        return learn(loss, *columns)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OneAmongMany, "forward", learn_for_two_steps)
        with pytest.raises(KeyboardInterrupt):
            tune(plain_folder(), pairs, settings, tmp_path / "broken")
    assert (tmp_path / "broken" / "checkpoint-2").is_dir()
    again = tune(plain_folder(), pairs, settings, tmp_path / "broken")
    for name, value in whole.state_dict().items():
        np.testing.assert_allclose(again.state_dict()[name].numpy(), value.numpy(), atol=1e-5, err_msg=name)

    whole.save(str(tmp_path / "model"))
    digest = ship(tmp_path / "model", tmp_path / "shipped")
    assert sorted(path.name for path in (tmp_path / "shipped").iterdir()) == ["model.onnx", "tokenizer.json"]
    texts = [p.passage for p in pairs]
    shipped = CouncilEncoder(tmp_path / "shipped", digest).encode_questions(texts)
    tuned = load_encoder(str(tmp_path / "model")).encode_questions(texts)
    # The shipped one has a coordinate more, which all its vectors share.
    assert ((shipped[:, :-1] * tuned).sum(axis=1) / np.linalg.norm(shipped[:, :-1], axis=1) > 0.97).all()
