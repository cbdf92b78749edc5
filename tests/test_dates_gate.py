"""How well dates are read on MEANTIME's development half, with pinned floors; needs the corpus."""

from __future__ import annotations

import pytest

from benchmarks.dates import FOLDER, load, measure, readers
from kit.pipeline import load_pipeline

# What was measured, less one in a hundred.
FLOORS = {"P": 95.0, "R": 93.0, "relaxed": 94.0, "strict": 88.0, "value F1": 84.0, "on gold": 82.0}


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    if not FOLDER.is_dir():
        pytest.skip("no folder with MEANTIME beside this checkout")
    texts = [load(path) for path in sorted(FOLDER.glob("*.xml"))]
    nlp = load_pipeline()
    return measure(next(readers()), [nlp(text.text) for text in texts], texts)


@pytest.mark.parametrize("name", FLOORS)
def test_dates_of_meantime_stay_above_the_floor(figures, name):
    assert figures[name] >= FLOORS[name]
