"""The mean of the weights of several runs: ``python -m training.average A/model.pt B/model.pt --out FOLDER/model.pt``.

It reads better than either run where all of them started from the same weights (``--start``) and differ in their seed
alone; runs from the pretrained encoder have heads that started at random, whose mean is worth nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from training.evaluate import list_runs

AGREE = ("labels", "habits", "lexicon")


def main(argv: list[str] | None = None) -> None:
    """Read the command line, the runs, and write their mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path, nargs="+", help="the model.pt of each run")
    parser.add_argument("--out", type=Path, required=True, help="where the mean goes, a model.pt as well")
    options = parser.parse_args(argv)
    states = [torch.load(path, map_location="cpu", weights_only=True) for path in options.models]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(average_states(states), options.out)


def average_states(states: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The mean of what runs saved; all but the weights and the list of runs is that of the first.

    Raises:
        ValueError: The runs do not have the same labels, habits, lexicon and weights.
    """
    first, *others = states
    for number, other in enumerate(others, start=2):
        differing = [name for name in AGREE if other[name] != first[name]]
        sizes = [{name: value.shape for name, value in state["model"].items()} for state in (first, other)]
        if differing or sizes[0] != sizes[1]:
            raise ValueError(f"runs 1 and {number} differ in their {', '.join(differing) or 'weights'}: no mean")
    mean = {name: torch.stack([state["model"][name] for state in states]).mean(0) for name in first["model"]}
    runs: list[dict[str, Any]] = []
    for run in (run for state in states for run in list_runs(state)):
        if run not in runs:
            runs.append(run)
    return first | {"model": mean, "runs": runs}


if __name__ == "__main__":
    main()
