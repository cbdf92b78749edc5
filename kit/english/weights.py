"""The files of the trained English, and what makes scores of a window: ONNX Runtime on one core.

A folder of weights holds ``network.onnx``, ``labels.json``, ``lemmas.json``, ``relations.npy``, ``tokenizer.json`` and
``meta.json`` (name, version, settings, figures, and the SHA-256 of each of the others).
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from kit.english.decoding import PER_WORD, Decoder, Network
from kit.english.encoding import Encoder
from kit.english.lemmas import Lexicon

FOLDER = Path(__file__).with_name("weights")
OUTPUTS = (*PER_WORD, "arcs", "cue")


def read_meta(folder: Path = FOLDER) -> dict[str, Any]:
    """What a folder of weights says about itself."""
    return json.loads((folder / "meta.json").read_text(encoding="utf-8"))


def hash_files(folder: Path = FOLDER) -> dict[str, str]:
    """The SHA-256 of each file that ``meta.json`` lists, as it is on the disk now."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in read_meta(folder)["sha256"]}


@lru_cache(maxsize=2)
def load_weights(folder: Path = FOLDER) -> tuple[Decoder, Network]:
    """The decoder and the network of a folder, read once per process; neither is changed by use."""
    labels, lemmas = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("labels", "lemmas")
    )
    relations = np.load(folder / "relations.npy")
    encoder = Encoder(folder / "tokenizer.json")
    decoder = Decoder(encoder, labels, Lexicon(lemmas), relations, **read_meta(folder)["settings"])
    return decoder, open_network(folder / "network.onnx")


def open_network(path: Path) -> Network:
    """An exported network as a function of one window, on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def network(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return dict(zip(OUTPUTS, session.run(list(OUTPUTS), arrays), strict=True))

    return network
