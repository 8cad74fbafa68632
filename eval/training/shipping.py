"""A tuned model as the program ships it: an ONNX graph with whole-number weights, beside its tokenizer.

The weights of the matrices become whole numbers of 7 bits, each column with a scale of its own; the numbers that flow
through are made whole as they come (ONNX Runtime's dynamic quantization). 7 bits because a processor without the newer
whole-number instructions adds two products in 16 bits, which 8 bits would overflow.
"""

from __future__ import annotations

import hashlib
import shutil
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor
from transformers import AutoConfig, AutoModel

OPSET = 17

FLOAT = 1
"""ONNX's number for 32-bit floating point."""


class _Pieces(torch.nn.Module):
    """Word pieces to their vectors: the model without its pooling, which is done outside, for extracts as well."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        # The plain form of attention is the one whose parts the optimizer knows.
        self._model = AutoModel.from_pretrained(str(folder), attn_implementation="eager", local_files_only=True).eval()

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        found: Tensor = self._model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return found


def ship(model: Path, destination: Path) -> str:
    """Write the sentence-transformers folder `model` to `destination` as the program reads it; gives the SHA-256 of
    the graph. What else stands in `destination` stays."""
    destination.mkdir(parents=True, exist_ok=True)
    whole, fused, small = (destination / name for name in ("whole.onnx", "fused.onnx", "model.onnx"))
    example = torch.ones(2, 16, dtype=torch.int64)
    axes = {0: "texts", 1: "pieces"}
    with warnings.catch_warnings():
        # The older of PyTorch's exporters, as the optimizer doesn't know the newer one's graphs. It warns of its age,
        # and of every check of a shape that isn't in the graph.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Pieces(model),
            (example, example),
            str(whole),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": axes},
            opset_version=OPSET,
            dynamo=False,
        )
    sizes = AutoConfig.from_pretrained(str(model), local_files_only=True)
    optimize_model(
        str(whole),
        model_type="bert",
        num_heads=sizes.num_attention_heads,
        hidden_size=sizes.hidden_size,
        optimization_options=FusionOptions("bert"),
    ).save_model_to_file(str(fused))
    quantize_dynamic(
        str(fused),
        str(small),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        extra_options={"DefaultTensorType": FLOAT},
    )
    whole.unlink()
    fused.unlink()
    shutil.copyfile(model / "tokenizer.json", destination / "tokenizer.json")
    with small.open("rb") as graph:
        return hashlib.file_digest(graph, "sha256").hexdigest()
