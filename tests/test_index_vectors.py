"""The vectors: exact, under a filter, by id, and safe on disk."""

from __future__ import annotations

import os
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vectors import VectorIndex, Vectors


def unit_vectors(count: int, dimension: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def index_of(vectors: Vectors, ids: list[int] | None = None) -> VectorIndex:
    index = VectorIndex(vectors.shape[1])
    index.add(ids if ids is not None else list(range(len(vectors))), vectors)
    return index


@given(
    count=st.integers(0, 40),
    dimension=st.integers(2, 12),
    seed=st.integers(0, 2**32 - 1),
    limit=st.integers(0, 50),
    kept=st.none() | st.sets(st.integers(0, 45)),
)
def test_a_search_equals_sorting_all_cosines(
    count: int, dimension: int, seed: int, limit: int, kept: set[int] | None
) -> None:
    vectors, question = unit_vectors(count, dimension, seed), unit_vectors(1, dimension, seed + 1)[0]
    index = index_of(vectors, [7 * i + 3 for i in range(count)])

    cosines = vectors @ question
    rows = [i for i in np.argsort(-cosines) if kept is None or i in kept][:limit]
    expected = [7 * i + 3 for i in rows]

    allowed = None if kept is None else np.array(sorted(7 * i + 3 for i in kept), dtype=np.int64)
    found = index.search(question, limit, allowed)
    assert [i for i, _ in found] == expected
    np.testing.assert_allclose([score for _, score in found], cosines[rows], atol=1e-6)


def test_vectors_at_the_same_cosine_come_in_the_order_of_their_ids() -> None:
    same = np.tile(np.array([0.6, 0.8], dtype=np.float32), (5, 1))
    assert [i for i, _ in index_of(same, [9, 4, 7, 1, 3]).search(same[0], 5)] == [1, 3, 4, 7, 9]


def test_a_limit_above_the_size_gives_all_and_no_id_that_was_never_given() -> None:
    index = index_of(np.eye(3, dtype=np.float32), [10, 11, 12])
    assert {i for i, _ in index.search(np.eye(3, dtype=np.float32)[0], 1000)} == {10, 11, 12}
    assert [i for i, _ in index.search(np.eye(3, dtype=np.float32)[0], 5, np.array([11, 99]))] == [11]


def test_an_empty_index_and_an_empty_filter_find_nothing() -> None:
    question = np.array([1.0, 0.0], dtype=np.float32)
    assert VectorIndex(2).search(question, 5) == []
    assert index_of(np.eye(2, dtype=np.float32)).search(question, 5, np.array([], dtype=np.int64)) == []
    assert len(VectorIndex(2)) == 0
    assert VectorIndex(2).ids.tolist() == []


def test_a_removed_vector_is_not_found_and_the_others_keep_their_ids() -> None:
    index = index_of(np.eye(3, dtype=np.float32), [5, 6, 7])
    assert index.remove([6, 99]) == 1
    assert index.remove([]) == 0
    assert len(index) == 2
    assert index.ids.tolist() == [5, 7]
    assert index.search(np.eye(3, dtype=np.float32)[2], 1) == [(7, 1.0)]


@pytest.mark.parametrize("shape", [(2, 4), (1, 3), (3,)])
def test_vectors_that_do_not_fit_their_ids_or_the_index_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="dimension 3"):
        VectorIndex(3).add([1, 2], np.zeros(shape, dtype=np.float32))


def test_a_question_of_another_dimension_is_refused_with_both_sizes() -> None:
    with pytest.raises(ValueError, match=r"\(2,\).*dimension 3"):
        index_of(np.eye(3, dtype=np.float32)).search(np.zeros(2, dtype=np.float32), 1)


def test_a_saved_index_comes_back_with_ids_and_vectors_and_can_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "Bücher und Pläne" / "vectors.faiss"
    path.parent.mkdir()
    index_of(np.eye(3, dtype=np.float32), [5, 6, 7]).save(path)
    loaded = VectorIndex.load(path)
    loaded.remove([5])
    loaded.add([8], np.eye(3, dtype=np.float32)[:1])
    assert loaded.dimension == 3
    assert loaded.ids.tolist() == [6, 7, 8]
    assert loaded.search(np.eye(3, dtype=np.float32)[1], 1) == [(6, 1.0)]
    assert [p.name for p in path.parent.iterdir()] == ["vectors.faiss"]


def test_a_kill_between_writing_and_moving_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "vectors.faiss"
    index_of(np.eye(2, dtype=np.float32), [1, 2]).save(path)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        index_of(np.eye(2, dtype=np.float32), [3, 4]).save(path)
    assert VectorIndex.load(path).ids.tolist() == [1, 2]


@pytest.mark.parametrize("cut", [0, 3, 20, -1])
def test_a_file_cut_short_is_no_index(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "vectors.faiss"
    index_of(np.eye(3, dtype=np.float32)).save(path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(ValueError, match="no index of vectors"):
        VectorIndex.load(path)


def test_an_index_without_ids_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    path.write_bytes(faiss.serialize_index(faiss.IndexFlatIP(3)).tobytes())
    with pytest.raises(ValueError, match="with ids"):
        VectorIndex.load(path)
