"""Export a trained model: ``python -m training.export DATA FOLDER/model.pt --out kit/english/weights``.

Out: a complete folder of weights (:mod:`kit.english.weights`), its figures on the development sets in ``meta.json``,
beside those of the network in float32. ``relations.npy`` is the relation head: it needs the tree, and so works outside
the graph. ``--compare`` measures all quantised forms:

- ``dynamic``: int8 weights per channel, activations scaled per window. x86 processors without VNNI instructions cut off
  sums of two products that need more than 16 bits: they may read an article otherwise than others do.
- ``safe``: likewise, but the scale of each channel leaves no such sum. The form that ships: as fast, and the same on
  all processors.
- ``narrow``: weights of 7 bits, the usual way to leave no such sum.
- ``unsigned``: weights without sign, for which processors have no such instruction: half as fast.
- ``mixed``: as ``dynamic``, but per block of a row in the second half of the feed-forward layers, where activations
  differ most.
- ``blocks``: per block of a row everywhere, so that words share no scale: the slowest.

In all of them the embeddings are int8 per row.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import logging
import shutil
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
from torch import Tensor, nn

from kit.english.encoding import Encoder, Window
from kit.english.lemmas import Lexicon
from kit.english.weights import OUTPUTS, open_network
from training.corpora import Document, read_corpus
from training.evaluate import list_runs, load_model, make_decoder
from training.figures import decoder_settings, read_dev, score_sets
from training.model import Reader, Sizes
from training.settings import CONFIG, find_base, read_config

OPSET = 17
SIZE = Sizes().hidden
BLOCK = 128  # weights that share a scale
NAME = "kit_english"
FILES = ("network.onnx", "labels.json", "lemmas.json", "relations.npy", "tokenizer.json")
INPUTS = ("ids", "shape", "gap", "quoted", "first", "last")


@dataclass(frozen=True)
class Form:
    """A way to quantise: per block where a layer's name holds one of ``in_blocks``, else per channel."""

    in_blocks: tuple[str, ...] = ()
    signed: bool = True
    seven_bits: bool = False
    small_sums: bool = False


FORMS = {
    "safe": Form(small_sums=True),
    "dynamic": Form(),
    "narrow": Form(seven_bits=True),
    "unsigned": Form(signed=False),
    "mixed": Form(in_blocks=("down/",)),
    "blocks": Form(in_blocks=("",)),
}


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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there is a newer exporter, which does not know the operator
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


def quantise(source: Path, target: Path, form: Form) -> None:
    """Write a form of an exported network."""
    graph = onnx.load(source)
    weights = {item.name: numpy_helper.to_array(item) for item in graph.graph.initializer}
    names = [node.name for node in graph.graph.node if node.op_type == "MatMul"]
    settings = DefaultWeightOnlyQuantConfig(block_size=BLOCK, is_symmetric=True, accuracy_level=4, bits=8)
    left = [name for name in names if not any(part in name for part in form.in_blocks)]
    if len(left) < len(names):
        quantiser = MatMulNBitsQuantizer(graph, algo_config=settings, nodes_to_exclude=left)
        quantiser.process()
        graph = quantiser.model.model
    if left:
        onnx.save(graph, target)
        kind = QuantType.QInt8 if form.signed else QuantType.QUInt8
        options = {"per_channel": True, "weight_type": kind, "reduce_range": form.seven_bits}
        quantize_dynamic(target, target, op_types_to_quantize=["MatMul"], **options)
        graph = onnx.load(target)
    if form.small_sums:
        keep_sums_small(graph, weights)
    onnx.save(quantise_embeddings(graph), target)


def keep_sums_small(model: onnx.ModelProto, weights: dict[str, np.ndarray]) -> None:
    """Quantise the weights anew, each channel with the finest scale for which no sum of two products leaves 16 bits."""
    for item in model.graph.initializer:
        name = item.name.removesuffix("_quantized")
        if name != item.name:
            values, scale = scale_channels(weights[name])
            (scales,) = (other for other in model.graph.initializer if other.name == f"{name}_scale")
            item.CopyFrom(numpy_helper.from_array(values, item.name))
            scales.CopyFrom(numpy_helper.from_array(scale, scales.name))


def scale_channels(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A table of weights as int8, and the scale of each column.

    Two neighbours of a column are multiplied with activations of up to 255 and added: where those of one sign add up to
    128 at most, the sum fits into 16 bits.
    """
    positive, negative = np.maximum(weights, 0), np.maximum(-weights, 0)
    pairs = [(side[0::2] + side[1::2]).max(0) for side in (positive, negative)]
    scale = np.maximum.reduce([np.abs(weights).max(0) / 127, *(pair / 128 for pair in pairs)])
    scale = np.maximum(scale, 1e-12).astype(np.float32)
    return np.round(weights / scale).astype(np.int8), scale


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


def main() -> None:
    """Read the command line, write the folder, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of the corpora")
    parser.add_argument("model", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="the folder of weights")
    parser.add_argument("--form", choices=FORMS, default="safe")
    parser.add_argument("--compare", action="store_true", help="measure the other forms as well")
    parser.add_argument("--version", default="1.0.0", help="of the weights")
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--base", type=Path, default=None, help="folder of the pretrained encoder")
    parser.add_argument("--most", type=int, default=None, help="documents of each set")
    options = parser.parse_args()
    torch.set_num_threads(1)
    logging.disable(logging.WARNING)  # a line for each operator
    config = read_config(options.config)
    base = options.base or find_base()
    model, state = load_model(options.model)
    state["labels"]["pairs"] = find_pairs(
        document for item in config["corpora"].values() for document in read_corpus(item, options.data)
    )
    decoder = make_decoder(model, Encoder(base / "tokenizer.json"), state["labels"], Lexicon(state["lexicon"]), config)
    sets = read_dev(config["dev"], options.data, most=options.most)
    words = sum(len(document.words) for documents in sets.values() for document in documents)
    options.out.mkdir(parents=True, exist_ok=True)
    write_tables(model, state, base, options.out)
    table = {}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "float32.onnx"
        export_float(model, decoder.encoder, source)
        for name in ("float32", *(FORMS if options.compare else [options.form])):
            path = source.with_name(f"{name}.onnx")
            if name in FORMS:
                quantise(source, path, FORMS[name])
            network = open_network(path)
            started = time.process_time()
            table[name] = score_sets(decoder, network, sets)
            speed = words / (time.process_time() - started)
            print(f"{name:8s} {path.stat().st_size / 1e6:6.1f} MB {speed:6.0f} words/s, scoring included", flush=True)
        shutil.copyfile(source.with_name(f"{options.form}.onnx"), options.out / "network.onnx")
    meta = {"name": NAME, "version": options.version, "settings": decoder_settings(config), "form": options.form}
    meta |= {"sha256": {name: hashlib.sha256((options.out / name).read_bytes()).hexdigest() for name in FILES}}
    meta |= {"documents": {name: len(documents) for name, documents in sets.items()}}
    meta |= {"figures": table[options.form], "float32": table["float32"], "trained": list_runs(state)}
    write_json(options.out / "meta.json", meta, indent=1)
    print_table(table)


def find_pairs(documents: Iterable[Document]) -> list[str]:
    """The tags of both kinds that words have together, as "XPOS UPOS"; pairs seen once or twice are slips."""
    seen: Counter[str] = Counter()
    for document in documents:
        tags = zip(document.labels.get("xpos", ()), document.labels.get("upos", ()), strict=False)
        seen.update(f"{xpos} {upos}" for xpos, upos in tags if xpos and upos)
    return sorted(pair for pair, count in seen.items() if count >= 3)


def write_tables(model: Reader, state: dict[str, Any], base: Path, out: Path) -> None:
    """Write all files of a folder of weights but the network and ``meta.json``."""
    np.save(out / "relations.npy", model.relations.detach().numpy().astype(np.float16))
    write_json(out / "labels.json", state["labels"], indent=0)
    write_json(out / "lemmas.json", state["lexicon"], indent=0)
    shutil.copyfile(base / "tokenizer.json", out / "tokenizer.json")


def write_json(path: Path, values: dict[str, Any], *, indent: int) -> None:
    """Write a file that is the same on every system."""
    text = json.dumps(values, ensure_ascii=False, indent=indent) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def print_table(table: dict[str, dict[str, float]]) -> None:
    """One figure a line: in float32, and what each quantised form adds to it or takes away."""
    first, *others = table
    print(f"{'':28s} {first:>8s}" + "".join(f"{name:>9s}" for name in others))
    for figure, value in table[first].items():
        print(f"{figure:28s} {value:8.2f}" + "".join(f"{table[name][figure] - value:+9.2f}" for name in others))


if __name__ == "__main__":
    main()
