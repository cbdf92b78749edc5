"""Documents in, batches of tensors out: windows of like length together, corpora mixed in set proportions.

Each corpus is a stream that never ends and is shuffled anew each epoch; the next batch comes from a corpus drawn with
a probability in proportion to its size times its share. All chance comes from one seeded generator.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from kit.english.encoding import GAPS, SHAPES, Encoded, Encoder, Window, find_windows
from training.corpora import ROLE_LABELS, Document

MISSING = -100
ARCS = ("head", "cue")  # labels that are indices of words
POOL = 40  # batches that are sorted by length together
SHORTEST = 0.6  # of a window, for the first of a document


@dataclass
class Example:
    """A document ready to be cut: what the encoder reads, and labels as numbers."""

    encoded: Encoded
    labels: dict[str, np.ndarray]
    has_lines: bool


@dataclass
class Corpus:
    """A corpus with its place in the mixture."""

    name: str
    examples: list[Example]
    share: float
    habits: bool

    @property
    def pieces(self) -> int:
        """Wordpieces of an epoch."""
        return sum(example.encoded.ends[-1] for example in self.examples)


def find_labels(documents: Sequence[Document], fewest_of_a_rule: int) -> dict[str, list[str]]:
    """The labels of each task, sorted; rare lemma rules are left out."""
    counts: dict[str, dict[str, int]] = {name: {} for name in ("xpos", "upos", "lemma", "dep", "ent")}
    for document in documents:
        for name, seen in counts.items():
            for label in document.labels.get(name, ()):
                if label is not None:
                    seen[label] = seen.get(label, 0) + 1
    labels = {name: sorted(seen) for name, seen in counts.items()}
    labels["lemma"] = [rule for rule in labels["lemma"] if counts["lemma"][rule] >= fewest_of_a_rule]
    return labels | {"sent": ["inside", "start"], "role": list(ROLE_LABELS)}


def make_example(document: Document, encoder: Encoder, labels: dict[str, list[str]]) -> Example:
    """Encode a document and number its labels."""
    numbered = {}
    for name, values in document.labels.items():
        if name in ARCS or name == "sent":
            places = [MISSING if value is None else value for value in values]
        else:
            index = {label: place for place, label in enumerate(labels[name])}
            places = [index.get(value, MISSING) for value in values]
        numbered[name] = np.array(places, dtype=np.int64)
    return Example(encoder.encode(document.text, document.words), numbered, "\n" in document.text.strip())


class Mixture:
    """An endless, seeded stream of batches.

    Args:
        corpora: What to mix.
        encoder: Makes the arrays of a window.
        settings: The ``run`` and ``text`` tables of the configuration, in one.
    """

    def __init__(self, corpora: Sequence[Corpus], encoder: Encoder, settings: dict[str, Any], seed: int) -> None:
        self.corpora, self.encoder, self.settings = corpora, encoder, settings
        self.chance = random.Random(seed)
        self.streams = {corpus.name: self._stream(corpus) for corpus in corpora}
        self.weights = [corpus.share * corpus.pieces for corpus in corpora]
        self.seen = {corpus.name: 0 for corpus in corpora}

    def __iter__(self) -> Iterator[tuple[Corpus, dict[str, Tensor], dict[str, Tensor]]]:
        while True:
            (corpus,) = self.chance.choices(self.corpora, self.weights)
            items = next(self.streams[corpus.name])
            inputs, targets = collate(items)
            self.seen[corpus.name] += int(inputs["mask"].sum())
            yield corpus, inputs, targets

    def _stream(self, corpus: Corpus) -> Iterator[list[tuple[dict, dict]]]:
        most = self.settings["most_pieces"]
        while True:
            windows = []
            for example in corpus.examples:
                first = self.chance.randint(int(SHORTEST * most), most)
                windows += [(example, window) for window in find_windows(example.encoded, most=most, first=first)]
            self.chance.shuffle(windows)
            for batch in self._pack(windows):
                yield [self._cut(example, window) for example, window in batch]

    def _pack(self, windows: list[tuple[Example, Window]]) -> Iterator[list[tuple[Example, Window]]]:
        """Batches of some ``batch_pieces``, each of windows of like length, in random order."""
        size = self.settings["batch_pieces"]
        batches: list[list[tuple[Example, Window]]] = []
        pool, total = [], 0
        for item in windows:
            length = _length(item)
            pool.append((length, len(pool), item))
            total += length
            if total >= POOL * size:
                batches += _split(pool, size)
                pool, total = [], 0
        batches += _split(pool, size)
        self.chance.shuffle(batches)
        yield from batches

    def _cut(self, example: Example, window: Window) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        """The arrays of a window and its labels, disturbed a little."""
        inputs = self.encoder.arrays(example.encoded, window)
        words = slice(window.start, window.stop)
        targets = {name: values[words].copy() for name, values in example.labels.items()}
        for name in ARCS:
            if name in targets:
                moved = targets[name] - window.start
                inside = (moved >= 0) & (moved < window.stop - window.start) & (targets[name] != MISSING)
                targets[name] = np.where(inside, moved, MISSING)
        self._disturb(inputs, targets, example.has_lines)
        return inputs, targets

    def _disturb(self, inputs: dict[str, np.ndarray], targets: dict[str, np.ndarray], has_lines: bool) -> None:
        settings, draw = self.settings, self.chance.random
        generator = np.random.default_rng(self.chance.getrandbits(32))
        hidden = generator.random(len(inputs["ids"])) < settings["piece_dropout"]
        hidden[[0, -1]] = False
        inputs["ids"][hidden] = self.encoder.mask
        if draw() < settings["case_dropout"]:
            cased = np.isin(inputs["shape"], [SHAPES.index(s) for s in ("lower", "upper", "initial", "title", "mixed")])
            inputs["shape"][cased] = SHAPES.index("lower" if draw() < 0.5 else "upper")
        if not has_lines and "sent" in targets and draw() < settings["line_breaks"]:
            often = draw()
            for word in np.flatnonzero(targets["sent"] == 1):
                if draw() < often:
                    inputs["gap"][inputs["first"][word] : inputs["last"][word] + 1] = GAPS.index("line")


def collate(items: Sequence[tuple[dict, dict]]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Pad windows to tensors: inputs with the ``mask`` of pieces and ``words``, and targets."""
    pieces = max(len(inputs["ids"]) for inputs, _ in items)
    words = max(len(inputs["first"]) for inputs, _ in items)
    inputs = {
        name: _stack([item[name] for item, _ in items], words if name in ("first", "last") else pieces, 0)
        for name in items[0][0]
    }
    targets = {name: _stack([labels[name] for _, labels in items], words, MISSING) for name in items[0][1]}
    lengths = torch.tensor([len(item["ids"]) for item, _ in items])
    inputs["mask"] = torch.arange(pieces)[None] < lengths[:, None]
    return inputs, targets


def _stack(rows: Sequence[np.ndarray], width: int, padding: int) -> Tensor:
    table = np.full((len(rows), width), padding, dtype=np.int64)
    for row, values in zip(table, rows, strict=True):
        row[: len(values)] = values
    return torch.from_numpy(table)


def _length(item: tuple[Example, Window]) -> int:
    ends, window = item[0].encoded.ends, item[1]
    return ends[window.stop - 1] - (ends[window.start - 1] if window.start else 0) + 2


def _split(pool: list[tuple[int, int, Any]], size: int) -> list[list[Any]]:
    batches: list[list[Any]] = [[]]
    for length, _, item in sorted(pool, key=lambda entry: entry[:2]):
        if batches[-1] and (len(batches[-1]) + 1) * length > size:
            batches.append([])
        batches[-1].append(item)
    return [batch for batch in batches if batch]
