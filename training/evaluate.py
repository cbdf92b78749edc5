"""Print the figures of the development sets: ``python -m training.evaluate DATA FOLDER/model.pt``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kit.english.decoding import Decoder, Network
from kit.english.encoding import Encoder
from kit.english.lemmas import Lexicon
from training.figures import decoder_settings, read_dev, score_sets
from training.model import Reader
from training.settings import CONFIG, find_base, read_config


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


def load_model(path: Path) -> tuple[Reader, dict[str, Any]]:
    """A trained model, and what it was saved with: labels, lexicon, configuration, steps and seconds."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    model = Reader(state["labels"], state["habits"])
    model.load_state_dict(state["model"])
    return model.eval(), state


def list_runs(state: dict[str, Any]) -> list[dict[str, Any]]:
    """The runs that made the weights, each with its seed, steps, minutes and the wordpieces read of each corpus."""
    if "runs" in state:
        return state["runs"]
    run = {"seed": state["config"]["run"]["seed"], "steps": state["step"], "minutes": round(state["elapsed"] / 60)}
    return [run | {"pieces": dict(state["seen"])}]


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
    for run in list_runs(state):
        print(f"seed {run['seed']}: {run['steps']} steps, {run['minutes']} minutes")
    decoder = make_decoder(model, encoder, state["labels"], Lexicon(state["lexicon"]), config)
    for name, value in score_sets(decoder, torch_network(model), sets).items():
        print(f"{name:28s} {value:6.2f}")


if __name__ == "__main__":
    main()
