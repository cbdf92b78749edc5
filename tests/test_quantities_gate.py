"""Floors of figures on the development sets: what was measured, less what another processor may change."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quantities import kit_reader, read_meantime, read_newsquant, score_meantime, score_newsquant

DATA = Path(__file__).parents[2] / "shared" / "data"
NEWSQUANT = {"value": 93.4, "value + bound": 89.0, "value + unit": 87.5, "precision": 96.0, "recall": 90.9}
MEANTIME = {"span recall": 95.0, "span precision": 94.5}


@pytest.mark.skipif(not (DATA / "newsquant").is_dir(), reason="no folder of shared data beside this checkout")
def test_newsquant_stays_above_its_floors():
    sentences, read = read_newsquant(DATA / "newsquant" / "dev.json"), kit_reader()
    found = score_newsquant(sentences, [read(text) for text, _ in sentences])
    assert {name: value for name, value in found.items() if value < NEWSQUANT[name]} == {}


@pytest.mark.skipif(not (DATA / "meantime").is_dir(), reason="no folder of shared data beside this checkout")
def test_meantime_stays_above_its_floors():
    articles, read = read_meantime(DATA / "meantime" / "dev"), kit_reader()
    found = score_meantime(articles, [read(article.text) for article in articles])
    assert {name: value for name, value in found.items() if value < MEANTIME[name]} == {}
