"""Scores in, analyses out: tags, sentences, trees, entities and attributions. numpy only, linear in the text's length.

A network is a function from the arrays of one window (see :meth:`~training.encoding.Encoder.arrays`) to scores; PyTorch
and ONNX Runtime look alike from here. Windows are read one by one, so that no text changes another one's reading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from training.encoding import GAPS, Encoded, Encoder, find_windows
from training.lemmas import Lexicon
from training.links import link_roles, to_attribution
from training.score import Analysis, Attribution, Offsets
from training.trees import LOW, find_tree

Network = Callable[[dict[str, np.ndarray]], dict[str, np.ndarray]]
PER_WORD = ("xpos", "upos", "lemma", "sent", "ent", "role", "low", "high")
LONGEST_SENTENCE = 160  # words; a longer one is cut where a start is likeliest
CHUNK = 256  # words whose relations are scored at once


@dataclass
class Reading:
    """What was read: the syntax, the entities as (start, end, label) and who says what."""

    syntax: Analysis
    entities: list[tuple[int, int, str]]
    attributions: list[Attribution]


@dataclass
class Scores:
    """Scores of a whole text. ``arcs`` and ``cue`` hold per word the first column and the row of its window."""

    words: dict[str, np.ndarray]
    arcs: list[tuple[int, np.ndarray]]
    cue: list[tuple[int, np.ndarray]]


class Decoder:
    """Turns texts into readings.

    Args:
        encoder: Cuts words into wordpieces.
        labels: The labels of each task.
        lexicon: Helps to choose among lemma rules.
        relations: The weights of the relation head, (labels, size, size).
        most: Wordpieces of a window.
        overlap: Wordpieces of context that a window repeats.
        role_bonus: Added to the score of each role against none: above 0 finds more attributions, below 0 fewer.
        start_bonus: Likewise for sentence starts.
    """

    def __init__(
        self,
        encoder: Encoder,
        labels: dict[str, list[str]],
        lexicon: Lexicon,
        relations: np.ndarray,
        *,
        most: int,
        overlap: int,
        role_bonus: float = 0.0,
        start_bonus: float = 0.0,
    ) -> None:
        self.encoder, self.labels, self.lexicon = encoder, labels, lexicon
        self.most, self.overlap, self.start_bonus = most, overlap, start_bonus
        self.bonus = np.array([0.0 if label == "O" else role_bonus for label in labels["role"]], dtype=np.float32)
        count, size, _ = relations.shape
        self.relations = relations.transpose(2, 0, 1).reshape(size, count * size).astype(np.float32)

    def read(self, text: str, words: Sequence[Offsets], network: Network) -> Reading:
        """Read a text whose words are given."""
        if not words:
            return Reading(Analysis(text, []), [], [])
        encoded = self.encoder.encode(text, words)
        scores = collect_scores(encoded, self.encoder, network, most=self.most, overlap=self.overlap)
        starts = find_starts(scores.words["sent"], encoded.features["gap"], self.start_bonus)
        syntax = self._read_syntax(text, words, scores, starts)
        tags = find_entities(scores.words["ent"], self.labels["ent"])
        entities = [(words[a][0], words[b - 1][1], label) for a, b, label in tags]
        roles = [self.labels["role"][index] for index in (scores.words["role"] + self.bonus).argmax(-1)]
        groups = link_roles(roles, scores.cue, starts)
        return Reading(syntax, entities, [to_attribution(group, words) for group in groups])

    def _read_syntax(self, text: str, words: Sequence[Offsets], scores: Scores, starts: Sequence[bool]) -> Analysis:
        heads = find_heads(scores.arcs, starts)
        named = {
            name: [self.labels[name][index] for index in scores.words[name].argmax(-1)] for name in ("xpos", "upos")
        }
        deps = self._relate(scores, heads)
        forms = [text[start:end] for start, end in words]
        rules, chosen = self.labels["lemma"], zip(forms, scores.words["lemma"], strict=True)
        lemmas = [self.lexicon.choose(form, row, rules) for form, row in chosen]
        return Analysis(text, list(words), list(starts), named["xpos"], named["upos"], lemmas, heads, deps)

    def _relate(self, scores: Scores, heads: Sequence[int]) -> list[str]:
        """The relation of each word to its head; a root and only a root is labelled ROOT."""
        names, found = self.labels["dep"], []
        root = names.index("ROOT")
        chosen = np.asarray(heads)
        for start in range(0, len(heads), CHUNK):
            part = slice(start, start + CHUNK)
            low, high = scores.words["low"][part], scores.words["high"][chosen[part]]
            mixed = (high @ self.relations).reshape(len(low), len(names), -1)
            table = np.einsum("wi,wli->wl", low, mixed)
            is_root = chosen[part] == np.arange(start, start + len(low))
            table[:, root] = np.where(is_root, -LOW, LOW)
            found += [names[index] for index in table.argmax(-1)]
        return found


def collect_scores(encoded: Encoded, encoder: Encoder, network: Network, *, most: int, overlap: int) -> Scores:
    """Read a text window by window; each word's scores come from the window that owns it."""
    columns: dict[str, list[np.ndarray]] = {name: [] for name in PER_WORD}
    rows: dict[str, list[tuple[int, np.ndarray]]] = {"arcs": [], "cue": []}
    for window in find_windows(encoded, most=most, overlap=overlap):
        found = network(encoder.arrays(encoded, window))
        for name, parts in columns.items():
            parts.append(found[name][window.context :])
        for name, parts in rows.items():
            parts += [(window.start, row) for row in found[name][window.context :]]
    return Scores({name: np.concatenate(parts) for name, parts in columns.items()}, rows["arcs"], rows["cue"])


def find_starts(scores: np.ndarray, gaps: Sequence[int], bonus: float = 0.0) -> list[bool]:
    """Which words start a sentence: those that score so, and each that starts a line."""
    margin = scores[:, 1] - scores[:, 0] + bonus
    starts = (margin > 0) | (np.asarray(gaps) == GAPS.index("line"))
    starts[0] = True
    edges = [*np.flatnonzero(starts).tolist(), len(starts)]
    for first, end in pairwise(edges):
        while end - first > LONGEST_SENTENCE:
            first = first + 1 + int(margin[first + 1 : first + LONGEST_SENTENCE].argmax())
            starts[first] = True
    return starts.tolist()


def find_entities(scores: np.ndarray, labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """The best sequence of BIO tags in which each I- follows its own kind, as (first, end, label)."""
    allowed = np.array([[0.0 if _follows(one, other) else LOW for other in labels] for one in labels], dtype=np.float32)
    table = _log_softmax(scores)
    best = table[0] + np.array([LOW if label.startswith("I-") else 0.0 for label in labels])
    back = []
    for row in table[1:]:
        paths = best[:, None] + allowed
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    state = int(best.argmax())
    path = [state]
    for pointers in reversed(back):
        state = int(pointers[state])
        path.append(state)
    return _spans([labels[index] for index in reversed(path)])


def find_heads(arcs: Sequence[tuple[int, np.ndarray]], starts: Sequence[bool]) -> list[int]:
    """The head of each word: one tree per sentence, its root its own head."""
    heads: list[int] = []
    edges = [*(index for index, start in enumerate(starts) if start), len(starts)]
    for first, end in pairwise(edges):
        table = np.full((end - first, end - first), LOW, dtype=np.float64)
        for place, (offset, row) in enumerate(arcs[first:end]):
            low, high = max(first, offset), min(end, offset + len(row))
            table[place, low - first : high - first] = row[low - offset : high - offset]
        heads += [first + head for head in find_tree(_log_softmax(table))]
    return heads


def _follows(one: str, other: str) -> bool:
    return not other.startswith("I-") or one[2:] == other[2:]


def _spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        if tag.startswith("I-"):
            found[-1] = (found[-1][0], index + 1, tag[2:])
        elif tag != "O":
            found.append((index, index + 1, tag[2:]))
    return found


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    shifted = scores - scores.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
