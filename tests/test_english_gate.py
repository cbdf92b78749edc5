"""The eval gate: on a fixed sample of the development sets the shipped weights may not fall below these floors.

Floors are pinned to the weights in ``kit/english/weights``: what these were measured at, minus 1.0. New weights bring
new floors; ``python tests/test_english_gate.py`` prints the lines to put here. A floor that falls needs its reason in
the commit message. The corpora are no part of the repository: without them the gate is skipped.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pytest

from benchmarks.english import score_set
from kit.english.weights import FOLDER, read_meta
from kit.pipeline import load_pipeline
from training.card import fill, make_tables
from training.figures import read_dev, spread
from training.settings import read_config

WEIGHTS = "743a1a538f93"  # the first digits of the SHA-256 of the network that the floors were measured with
MOST = {"polnear": 20, "ewt": 120, "gum_news": 8}  # documents of a set, evenly spread over it
FLOORS = {
    # linked: content, source and cue of one attribution all right; the others: words, whatever they are linked to.
    "polnear": {"linked": 75.0, "source": 81.6, "cue": 70.5, "content": 87.7},
    # sentences: with both ends; starts: their first character alone.
    "ewt": {"upos": 94.5, "lemma": 95.1, "uas": 87.2, "las": 84.2, "starts": 93.0, "sentences": 83.9, "ent all": 71.7},
    "gum_news": {"las": 85.5},
}
SLACK = 1.0  # what another processor's rounding may cost

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"


def measure() -> dict[str, dict[str, float]]:
    """The present figures of what has a floor."""
    found = {}
    for name, documents in read_dev(read_config()["dev"], DATA).items():
        figures = score_set([documents[place] for place in spread(len(documents), MOST[name])], load_pipeline())
        found[name] = {figure: figures[figure] for figure in FLOORS[name]}
    return found


@pytest.mark.skipif(not DATA.is_dir(), reason="no folder of shared corpora beside this checkout")
def test_the_weights_that_ship_read_the_development_sets_as_well_as_they_did() -> None:
    found = measure()
    fallen = {
        f"{name} {figure}": f"{found[name][figure]:.2f} < {floor}"
        for name, floors in FLOORS.items()
        for figure, floor in floors.items()
        if found[name][figure] < floor
    }
    assert fallen == {}


def test_the_floors_were_measured_with_the_weights_that_ship() -> None:
    network = read_meta()["sha256"]["network.onnx"]
    assert network.startswith(WEIGHTS), "new weights: renew WEIGHTS and FLOORS with python tests/test_english_gate.py"


def test_the_model_card_shows_the_figures_and_the_files_of_the_weights_that_ship() -> None:
    card = FOLDER.with_name("MODEL_CARD.md")
    shown = card.read_text(encoding="utf-8")
    command = f"python -m training.card {FOLDER.relative_to(ROOT)} --write {card.relative_to(ROOT)}"
    assert fill(shown, make_tables(read_meta(), FOLDER)) == shown, f"new weights: {command}"


def main() -> None:
    """Print the lines to put here."""
    sys.stdout.write(f'WEIGHTS = "{read_meta()["sha256"]["network.onnx"][:12]}"\n')
    for name, figures in measure().items():
        floors = {figure: math.floor(10 * (value - SLACK)) / 10 for figure, value in figures.items()}
        sys.stdout.write(f"    {name!r}: {floors},\n".replace("'", '"'))


if __name__ == "__main__":
    main()
