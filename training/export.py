"""Export a trained model: ``python -m training.export DATA FOLDER/model.pt --out FOLDER``.

Out: ``float.onnx`` and quantised forms of it, ``labels.json``, ``lemmas.json`` and ``relations.npy`` (the relation
head, which needs the tree and so works outside the graph), and a table: size, words a second, each development figure
and its loss.

``dynamic.onnx`` holds int8 weights per channel and scales activations per window: the fastest. ``blocks.onnx`` holds
int8 weights per block and scales activations per block of a row, so that words share no scale: the most exact.
``mixed.onnx`` does the latter only where activations differ most, in the second half of the feed-forward layers. In
all of them the embeddings are int8 per row.
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
from torch import Tensor, nn

from kit.english.decoding import PER_WORD, Network
from kit.english.encoding import Encoder, Window
from kit.english.lemmas import Lexicon
from training.evaluate import load_model, make_decoder, read_dev, score_sets
from training.model import Reader, Sizes
from training.settings import CONFIG, find_base, read_config

OPSET = 17
SIZE = Sizes().hidden
BLOCK = 128  # weights that share a scale
FORMS: dict[str, tuple[str, ...]] = {"dynamic": (), "mixed": ("down/",), "blocks": ("",)}
OUTPUTS = (*PER_WORD, "arcs", "cue")
INPUTS = ("ids", "shape", "gap", "quoted", "first", "last")


class FusedAttention(torch.autograd.Function):
    """Attention that ONNX Runtime has as one operator: a fifth less time than the operators it is made of."""

    @staticmethod
    def forward(ctx: object, qkv: Tensor, heads: int) -> Tensor:
        """The shape is all that tracing needs."""
        return qkv[..., : qkv.shape[-1] // 3] * 1.0

    @staticmethod
    def symbolic(g: Any, qkv: Any, heads: int) -> Any:
        """The operators in the graph."""
        q, k, v = g.op("Split", qkv, g.op("Constant", value_t=torch.tensor([SIZE] * 3)), axis_i=-1, outputs=3)
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads)


class OneWindow(nn.Module):
    """The model without a batch: the arrays of a window in, scores out."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model
        for layer in model.layers:
            layer.attend = lambda qkv, mask, heads=layer.heads: FusedAttention.apply(qkv, heads)

    def forward(self, *arrays: Tensor) -> tuple[Tensor, ...]:
        """Take the arrays in the order of :data:`INPUTS`; give the scores in that of :data:`OUTPUTS`."""
        found = self.model(*(array[None] for array in arrays))
        return tuple(found[name][0] for name in OUTPUTS)


def export_float(model: Reader, encoder: Encoder, path: Path) -> None:
    """Write the model as ONNX, in float32 and for windows of any length."""
    text = "Ann Lee said on Friday that rain would come ."
    words = [(start, start + len(word)) for word in text.split() for start in [text.index(word)]]
    arrays = encoder.arrays(encoder.encode(text, words), Window(0, len(words)))
    axes = {name: {0: "words" if name in ("first", "last") else "pieces"} for name in INPUTS}
    axes |= {name: {0: "words"} | ({1: "words"} if name in ("arcs", "cue") else {}) for name in OUTPUTS}
    torch.onnx.export(
        OneWindow(copy.deepcopy(model).eval()),
        tuple(torch.from_numpy(arrays[name]) for name in INPUTS),
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
        custom_opsets={"com.microsoft": 1},
    )


def quantise(source: Path, target: Path, in_blocks: tuple[str, ...]) -> None:
    """Write int8 weights: per block where a layer's name holds one of ``in_blocks``, else per channel."""
    graph = onnx.load(source)
    names = [node.name for node in graph.graph.node if node.op_type == "MatMul"]
    settings = DefaultWeightOnlyQuantConfig(block_size=BLOCK, is_symmetric=True, accuracy_level=4, bits=8)
    left = [name for name in names if not any(part in name for part in in_blocks)]
    if len(left) < len(names):
        quantiser = MatMulNBitsQuantizer(graph, algo_config=settings, nodes_to_exclude=left)
        quantiser.process()
        graph = quantiser.model.model
    if left:
        onnx.save(graph, target)
        quantize_dynamic(target, target, op_types_to_quantize=["MatMul"], per_channel=True, weight_type=QuantType.QInt8)
        graph = onnx.load(target)
    onnx.save(quantise_embeddings(graph), target)


def quantise_embeddings(model: onnx.ModelProto) -> onnx.ModelProto:
    """Replace each large table that is looked up by int8 rows and a scale for each row."""
    graph = model.graph
    tables = {item.name: item for item in graph.initializer}
    for node in [node for node in graph.node if node.op_type == "Gather" and node.input[0] in tables]:
        table = numpy_helper.to_array(tables[node.input[0]])
        if table.ndim != 2 or len(table) < 1000:
            continue
        scale = np.maximum(np.abs(table).max(1, keepdims=True) / 127, 1e-12).astype(np.float32)
        name, rows = node.output[0], node.input[1]
        graph.initializer.remove(tables[node.input[0]])
        graph.initializer.append(numpy_helper.from_array(np.round(table / scale).astype(np.int8), f"{name}_int8"))
        graph.initializer.append(numpy_helper.from_array(scale, f"{name}_scale"))
        place = list(graph.node).index(node)
        graph.node.remove(node)
        steps = [
            helper.make_node("Gather", [f"{name}_int8", rows], [f"{name}_rows"]),
            helper.make_node("Cast", [f"{name}_rows"], [f"{name}_float"], to=TensorProto.FLOAT),
            helper.make_node("Gather", [f"{name}_scale", rows], [f"{name}_scales"]),
            helper.make_node("Mul", [f"{name}_float", f"{name}_scales"], [name]),
        ]
        for offset, step in enumerate(steps):
            graph.node.insert(place + offset, step)
    return model


def onnx_network(path: Path) -> Network:
    """An exported model as a function of one window, on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def network(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return dict(zip(OUTPUTS, session.run(list(OUTPUTS), arrays), strict=True))

    return network


def main() -> None:
    """Read the command line, write the files, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the corpora")
    parser.add_argument("model", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--base", type=Path, default=None, help="folder of the pretrained encoder")
    parser.add_argument("--most", type=int, default=None, help="documents of each set")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    config = read_config(options.config)
    model, state = load_model(options.model)
    encoder = Encoder((options.base or find_base()) / "tokenizer.json")
    np.save(options.out / "relations.npy", model.relations.detach().numpy().astype(np.float16))
    for name, values in (("labels", state["labels"]), ("lemmas", state["lexicon"])):
        lines = json.dumps(values, ensure_ascii=False, indent=0)
        (options.out / f"{name}.json").write_text(lines + "\n", encoding="utf-8")
    export_float(model, encoder, options.out / "float.onnx")
    for name, in_blocks in FORMS.items():
        quantise(options.out / "float.onnx", options.out / f"{name}.onnx", in_blocks)
    sets = read_dev(config["dev"], options.data, most=options.most)
    decoder = make_decoder(model, encoder, state["labels"], Lexicon(state["lexicon"]), config)
    table = {}
    count = sum(len(document.words) for documents in sets.values() for document in documents)
    for name in ("float", *FORMS):
        path = options.out / f"{name}.onnx"
        network = onnx_network(path)
        started = time.process_time()
        table[name] = score_sets(decoder, network, sets)
        speed = count / (time.process_time() - started)
        print(f"{name:8s} {path.stat().st_size / 1e6:6.1f} MB {speed:6.0f} words/s, scoring included")
    print_table(table)


def print_table(table: dict[str, dict[str, float]]) -> None:
    """One figure a line: in float32, and how much each quantised form loses."""
    first, *others = table
    print(f"{'':28s} {first:>8s}" + "".join(f"{name:>9s}" for name in others))
    for figure, value in table[first].items():
        print(f"{figure:28s} {value:8.2f}" + "".join(f"{table[name][figure] - value:+9.2f}" for name in others))


if __name__ == "__main__":
    main()
