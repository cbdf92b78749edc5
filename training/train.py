"""Train all heads on one encoder: ``python -m training.train DATA --out FOLDER --minutes 150``.

In: the folder of the corpora and ``config.toml``. Out: ``FOLDER/model.pt`` (weights, labels, configuration), and on the
way ``FOLDER/checkpoint.pt``, from which ``--resume`` goes on. The rate falls to zero by the end of the minutes, or of
``--steps``, which makes a run repeatable step by step.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from kit.english.encoding import Encoder
from training.batches import Corpus, Mixture, find_labels, make_example
from training.corpora import collect_lexicon, read_corpus
from training.evaluate import list_runs, make_decoder, torch_network
from training.figures import read_dev, score_sets
from training.losses import find_losses
from training.model import Reader, load_encoder
from training.settings import CONFIG, find_base, read_config

SAMPLE = 12  # documents of each development set that are read now and then


def main() -> None:
    """Read the command line, train, and keep the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="where weights and checkpoints go")
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--seed", type=int, default=None, help="in place of that of the configuration")
    parser.add_argument("--base", type=Path, default=None, help="folder of the pretrained encoder")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--start", type=Path, default=None, help="model.pt of an earlier run to begin with")
    budget = parser.add_mutually_exclusive_group(required=True)
    budget.add_argument("--minutes", type=float)
    budget.add_argument("--steps", type=int)
    options = parser.parse_args()
    config = read_config(options.config)
    if options.seed is not None:
        config["run"]["seed"] = options.seed
    options.out.mkdir(parents=True, exist_ok=True)
    run = Run(config, options.data, options.base or find_base(), options.out, start=options.start)
    run.train(minutes=options.minutes, steps=options.steps, resume=options.resume)


class Run:
    """A training run: model, data, optimiser, and where it stands.

    Args:
        config: The settings.
        data: The folder of the corpora.
        base: The folder of the pretrained encoder.
        out: Where the weights go.
        start: A trained model whose weights and labels to begin with, in place of the pretrained ones.
    """

    def __init__(self, config: dict[str, Any], data: Path, base: Path, out: Path, *, start: Path | None = None) -> None:
        self.config, self.run, self.out = config, config["run"], out
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.manual_seed(self.run["seed"])
        self.encoder = Encoder(base / "tokenizer.json")
        documents = {name: read_corpus(item, data) for name, item in config["corpora"].items()}
        everything = [document for group in documents.values() for document in group]
        self.lexicon = collect_lexicon(everything)
        earlier = torch.load(start, map_location="cpu", weights_only=True) if start else None
        found = find_labels(everything, config["text"]["fewest_of_a_rule"])
        self.earlier = list_runs(earlier) if earlier else []
        self.labels: dict[str, list[str]] = earlier["labels"] if earlier else found
        corpora = [
            Corpus(
                name,
                [make_example(document, self.encoder, self.labels) for document in documents[name]],
                item["share"],
                item.get("habits", False),
            )
            for name, item in config["corpora"].items()
        ]
        self.habits = [corpus.name for corpus in corpora if corpus.habits]
        self.mixture = Mixture(corpora, self.encoder, self.run | config["text"], self.run["seed"])
        self.model = Reader(self.labels, self.habits, dropout=self.run["dropout"])
        if earlier:
            self.model.load_state_dict(earlier["model"])
        else:
            load_encoder(self.model, base / "model.safetensors")
        self.model.to(self.device)
        groups = list(parameter_groups(self.model, self.run))
        self.optimizer = torch.optim.AdamW(groups, weight_decay=self.run["weight_decay"], fused=True)
        self.rates = [group["lr"] for group in groups]
        self.dev = read_dev(config["dev"], data, most=SAMPLE)
        self.step, self.elapsed = 0, 0.0
        print({name: len(found) for name, found in self.labels.items()}, flush=True)
        print({corpus.name: (len(corpus.examples), corpus.pieces) for corpus in corpora}, flush=True)

    def train(self, *, minutes: float | None, steps: int | None, resume: bool) -> None:
        """Train until the minutes or the steps are over, and save ``model.pt``."""
        if resume:
            self._load()
        started, saved, checked = time.monotonic() - self.elapsed, self.elapsed, self.elapsed
        losses: dict[str, float] = {}
        for corpus, inputs, targets in self.mixture:
            progress = self.step / steps if steps else self.elapsed / (60 * (minutes or 1))
            if progress >= 1:
                break
            for name, value in self._learn(corpus, inputs, targets, progress).items():
                losses[name] = 0.98 * losses.get(name, value) + 0.02 * value
            self.step, self.elapsed = self.step + 1, time.monotonic() - started
            if self.step % 50 == 0:
                self._report(losses)
            if self.elapsed - saved > 60 * self.run["checkpoint_minutes"]:
                self._save("checkpoint.pt")
                saved = self.elapsed
            if self.elapsed - checked > 60 * self.run["check_minutes"]:
                print(self.step, self._check(), flush=True)
                checked = self.elapsed
        self._save("model.pt")

    def _learn(
        self, corpus: Corpus, inputs: dict[str, Tensor], targets: dict[str, Tensor], progress: float
    ) -> dict[str, float]:
        """One step; returns the loss of each task."""
        warm = min(1.0, (progress + 1e-4) / self.run["warmup"])
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * warm * (1 - progress)
        self.model.train()
        inputs = {name: value.to(self.device) for name, value in inputs.items()}
        targets = {name: value.to(self.device) for name, value in targets.items()}
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.device == "cuda"):
            scores = self.model(**inputs)
        losses = find_losses(self.model, scores, targets, corpus.name if corpus.habits else None)
        total = sum(self.config["weights"][name] * loss for name, loss in losses.items())
        self.optimizer.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), self.run["clip"])
        self.optimizer.step()
        return {name: float(loss.detach()) for name, loss in losses.items()}

    def _report(self, losses: dict[str, float]) -> None:
        epochs = {
            corpus.name: round(self.mixture.seen[corpus.name] / corpus.pieces, 2) for corpus in self.mixture.corpora
        }
        shown = " ".join(f"{name} {value:.3f}" for name, value in sorted(losses.items()))
        speed = sum(self.mixture.seen.values()) / self.elapsed
        print(f"{self.step} {self.elapsed / 60:.1f} min, {speed:.0f} pieces/s, {shown}, epochs {epochs}", flush=True)

    def _check(self) -> dict[str, float]:
        """The figures on the sample of the development sets."""
        decoder = make_decoder(self.model.eval(), self.encoder, self.labels, self.lexicon, self.config)
        return score_sets(decoder, torch_network(self.model), self.dev)

    def _save(self, name: str) -> None:
        state = {"model": self.model.state_dict(), "labels": self.labels, "habits": self.habits, "config": self.config}
        state |= {"lexicon": self.lexicon.lemmas, "step": self.step, "elapsed": self.elapsed, "seen": self.mixture.seen}
        state["runs"] = self.earlier + list_runs(state)
        if name == "checkpoint.pt":
            state["optimizer"] = self.optimizer.state_dict()
        torch.save(state, self.out / "part")
        (self.out / "part").replace(self.out / name)

    def _load(self) -> None:
        state = torch.load(self.out / "checkpoint.pt", map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.elapsed, self.mixture.seen = state["step"], state["elapsed"], state["seen"]
        self.earlier = state["runs"][:-1]
        self.mixture.chance = random.Random(self.run["seed"] + self.step)  # not the same order again


def parameter_groups(model: Reader, settings: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The parameters with their rates: heads fast, the encoder slower and slower towards its bottom."""
    depth = len(model.layers)
    for name, parameter in model.named_parameters():
        place = name.split(".")
        if place[0] == "layers":
            rate = settings["encoder_rate"] * settings["layer_decay"] ** (depth - 1 - int(place[1]))
        elif place[0] in ("pieces", "positions", "norm"):
            rate = settings["encoder_rate"] * settings["layer_decay"] ** depth
        else:
            rate = settings["head_rate"]
        yield {"params": [parameter], "lr": rate} | ({} if parameter.ndim > 1 else {"weight_decay": 0.0})


if __name__ == "__main__":
    main()
