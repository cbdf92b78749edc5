"""Print the figures of the development sets: ``python -m training.evaluate DATA FOLDER/model.pt``.

Also takes an exported ``.onnx`` file, with its labels beside it. All figures are from raw text.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kit.english.decoding import Decoder, Network, Reading
from kit.english.encoding import Encoder
from kit.english.lemmas import Lexicon
from training.corpora import Document, read_docbin, read_polnear
from training.model import Reader
from training.score import score_attributions, score_entities, score_syntax
from training.settings import CONFIG, find_base, read_config

SYNTAX = ("xpos", "upos", "lemma", "sent", "ent", "head", "dep")


def read_dev(settings: dict[str, str], data: Path, *, most: int | None = None) -> dict[str, list[Document]]:
    """The development sets, or some ``most`` documents spread over each."""
    sets = {}
    for name, place in settings.items():
        path = data / place
        documents = read_polnear(path) if path.is_dir() else read_docbin(path, tasks=SYNTAX)
        every = 1 if most is None else max(1, len(documents) // most)
        sets[name] = list(islice(documents, 0, None, every))
    return sets


def torch_network(model: Reader) -> Network:
    """The model as a function of one window."""
    device = next(model.parameters()).device

    def network(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        with torch.inference_mode():
            found = model(**{name: torch.from_numpy(values)[None].to(device) for name, values in arrays.items()})
        return {name: values[0].float().cpu().numpy() for name, values in found.items()}

    return network


def make_decoder(
    model: Reader, encoder: Encoder, labels: dict[str, list[str]], lexicon: Lexicon, config: dict[str, Any]
) -> Decoder:
    """A decoder for a model, with the settings of the configuration."""
    relations = model.relations.detach().float().cpu().numpy()
    return Decoder(encoder, labels, lexicon, relations, **decoder_settings(config))


def decoder_settings(config: dict[str, Any]) -> dict[str, float]:
    """The settings of the configuration that a decoder takes."""
    text = config["text"]
    return {"most": text["most_pieces"]} | {
        name: text[name] for name in ("overlap", "role_switch", "start_bonus", "start_arcs")
    }


def score_sets(decoder: Decoder, network: Network, sets: dict[str, list[Document]]) -> dict[str, float]:
    """Read each set and score what it has gold labels for."""
    figures = {}
    for name, documents in sets.items():
        readings = [decoder.read(document.text, document.words, network) for document in documents]
        found = score_documents(documents, readings)
        figures |= {f"{name} {figure}": round(value, 2) for figure, value in found.items()}
    return figures


def score_documents(documents: Sequence[Document], readings: Sequence[Reading]) -> dict[str, float]:
    """The figures of one set."""
    if documents[0].attributions is not None:
        gold = [document.attributions or [] for document in documents]
        found = [reading.attributions for reading in readings]
        return score_attributions([document.text for document in documents], gold, found)
    syntax = score_syntax([document.syntax for document in documents], [reading.syntax for reading in readings])
    entities = score_entities([document.entities for document in documents], [reading.entities for reading in readings])
    return syntax | {f"ent {label}": value for label, value in entities.items()}


def load_model(path: Path) -> tuple[Reader, dict[str, Any]]:
    """A trained model, and what it was saved with: labels, lexicon, configuration, steps and seconds."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    model = Reader(state["labels"], state["habits"])
    model.load_state_dict(state["model"])
    return model.eval(), state


def main() -> None:
    """Read the command line and print one figure a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the corpora")
    parser.add_argument("model", type=Path)
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--base", type=Path, default=None, help="folder of the pretrained encoder")
    parser.add_argument("--most", type=int, default=None, help="documents of each set")
    options = parser.parse_args()
    torch.set_num_threads(1)
    config = read_config(options.config)
    model, state = load_model(options.model)
    encoder = Encoder((options.base or find_base()) / "tokenizer.json")
    sets = read_dev(config["dev"], options.data, most=options.most)
    print(f"after {state['step']} steps, {state['elapsed'] / 60:.0f} minutes")
    decoder = make_decoder(model, encoder, state["labels"], Lexicon(state["lexicon"]), config)
    for name, value in score_sets(decoder, torch_network(model), sets).items():
        print(f"{name:28s} {value:6.2f}")


if __name__ == "__main__":
    main()
