"""Scores in, analyses out: tags, sentences, trees, entities and attributions. numpy only, linear in the text's length.

A network is a function from the arrays of one window (:meth:`~kit.english.encoding.Encoder.arrays`) to scores; PyTorch
and ONNX Runtime look alike from here. Windows are read one by one, so that no text changes another one's reading.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from kit.english.encoding import GAPS, Encoded, Encoder, find_windows
from kit.english.lemmas import Lexicon
from kit.english.links import link_roles, to_attribution
from kit.english.reading import Analysis, Offsets, Reading
from kit.english.trees import LOW, find_tree

Network = Callable[[dict[str, np.ndarray]], dict[str, np.ndarray]]
PER_WORD = ("xpos", "upos", "lemma", "sent", "ent", "role", "low", "high")
LONGEST_SENTENCE = 160  # words; a longer one is cut where a start is likeliest
CHUNK = 256  # words that are scored at once
XPOS_SHARE = 0.3  # of the fine tag's score in that of both tags
RARE = 6.0  # the price of two tags that were hardly ever seen together


@dataclass
class Scores:
    """Scores of a whole text.

    ``arcs`` and ``cue`` hold per word the first column and the row of its window; ``crossings`` says how many arcs are
    expected to cross from before each word to it or beyond, of which there are none where a sentence starts.
    """

    words: dict[str, np.ndarray]
    crossings: np.ndarray
    arcs: list[tuple[int, np.ndarray]]
    cue: list[tuple[int, np.ndarray]]


class Decoder:
    """Turns texts into readings.

    Args:
        encoder: Cuts words into wordpieces.
        labels: The labels of each task; under ``pairs`` the tags that go together.
        lexicon: Helps to choose among lemma rules.
        relations: The weights of the relation head, (labels, size, size).
        most: Wordpieces of a window.
        overlap: Wordpieces of context that a window repeats.
        role_switch: The price of a change between content and no role, which keeps contents in one piece.
        start_bonus: Added to the score of each sentence start: above 0 finds more of them, below 0 fewer.
        start_arcs: What it costs to start a sentence where an arc is expected to cross, gained where none is.
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
        role_switch: float = 0.0,
        start_bonus: float = 0.0,
        start_arcs: float = 0.0,
    ) -> None:
        self.encoder, self.labels, self.lexicon = encoder, labels, lexicon
        self.most, self.overlap, self.role_switch = most, overlap, role_switch
        self.start_bonus, self.start_arcs = start_bonus, start_arcs
        known = set(labels.get("pairs", ()))
        unknown = [[bool(known) and f"{x} {u}" not in known for u in labels["upos"]] for x in labels["xpos"]]
        self.pairs = np.array(unknown, dtype=np.float32) * -RARE
        count, size, _ = relations.shape
        self.relations = relations.transpose(2, 0, 1).reshape(size, count * size).astype(np.float32)

    def read(
        self, text: str, words: Sequence[Offsets], network: Network, lines: Collection[int] | None = None
    ) -> Reading:
        """Read a text whose words are given; ``lines`` are the words that start a line, where that is known."""
        if not words:
            return Reading(Analysis(text, []), [], [])
        encoded = self.encoder.encode(text, words, lines)
        scores = collect_scores(encoded, self.encoder, network, most=self.most, overlap=self.overlap)
        unlikely = self.start_arcs * np.clip(scores.crossings - 0.5, -0.5, 0.5)
        margin = scores.words["sent"][:, 1] - scores.words["sent"][:, 0] + self.start_bonus - unlikely
        starts = find_starts(margin, encoded.features["gap"])
        syntax = self._read_syntax(text, words, scores, starts)
        tags = find_entities(scores.words["ent"], self.labels["ent"])
        entities = [(words[a][0], words[b - 1][1], label) for a, b, label in tags]
        roles = find_roles(scores.words["role"], self.labels["role"], self.role_switch)
        groups = link_roles(roles, scores.cue, starts)
        sure = find_confidence(scores.words["role"], self.labels["role"], groups)
        found = [replace(to_attribution(group, words), confidence=c) for group, c in zip(groups, sure, strict=True)]
        return Reading(syntax, entities, found)

    def _read_syntax(self, text: str, words: Sequence[Offsets], scores: Scores, starts: Sequence[bool]) -> Analysis:
        heads = find_heads(scores.arcs, starts)
        xpos, upos = self._tag(scores)
        deps = self._relate(scores, heads)
        forms = [text[start:end] for start, end in words]
        rules, chosen = self.labels["lemma"], zip(forms, scores.words["lemma"], strict=True)
        lemmas = [self.lexicon.choose(form, row, rules) for form, row in chosen]
        return Analysis(text, list(words), list(starts), xpos, upos, lemmas, heads, deps)

    def _tag(self, scores: Scores) -> tuple[list[str], list[str]]:
        """XPOS and UPOS of each word, the best pair of those that go together."""
        count, xpos, upos = len(self.labels["upos"]), [], []
        for start in range(0, len(scores.words["upos"]), CHUNK):
            part = slice(start, start + CHUNK)
            fine, coarse = (_log_softmax(scores.words[name][part]) for name in ("xpos", "upos"))
            best = (XPOS_SHARE * fine[:, :, None] + coarse[:, None, :] + self.pairs).reshape(len(fine), -1).argmax(-1)
            xpos += [self.labels["xpos"][index] for index in best // count]
            upos += [self.labels["upos"][index] for index in best % count]
        return xpos, upos

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
    crossings = np.zeros(len(encoded.pieces))
    for window in find_windows(encoded, most=most, overlap=overlap):
        found = network(encoder.arrays(encoded, window))
        for name, parts in columns.items():
            parts.append(found[name][window.context :])
        for name, parts in rows.items():
            parts += [(window.start, row) for row in found[name][window.context :]]
        crossings[window.start : window.stop] += count_crossings(found["arcs"][window.context :])
    words = {name: np.concatenate(parts) for name, parts in columns.items()}
    return Scores(words, crossings, rows["arcs"], rows["cue"])


def count_crossings(arcs: np.ndarray) -> np.ndarray:
    """How many arcs are expected to cross to each word of a window; ``arcs`` are of its last words."""
    own, count = arcs.shape
    before = np.exp(_log_softmax(arcs)).cumsum(-1)[:, :-1]  # the head of a word stands before the next column
    is_behind = np.arange(count - own, count)[:, None] >= np.arange(1, count)
    return np.concatenate([[0.0], np.where(is_behind, before, 1 - before).sum(0)])


def find_starts(margin: np.ndarray, gaps: Sequence[int]) -> list[bool]:
    """Which words start a sentence: those whose ``margin`` is above zero, and each that starts a line."""
    starts = (margin > 0) | (np.asarray(gaps) == GAPS.index("line"))
    starts[0] = True
    edges = [*np.flatnonzero(starts).tolist(), len(starts)]
    for first, end in pairwise(edges):
        while end - first > LONGEST_SENTENCE:
            first = first + 1 + int(margin[first + 1 : first + LONGEST_SENTENCE].argmax())
            starts[first] = True
    return starts.tolist()


def find_roles(scores: np.ndarray, labels: Sequence[str], switch: float) -> list[str]:
    """The best sequence of roles, where each change between content and no role costs ``switch``."""
    none, content = labels.index("O"), labels.index("content")
    table = _log_softmax(scores).tolist()
    best, back = table[0], []
    for row in table[1:]:
        top = max(range(len(labels)), key=best.__getitem__)
        origins = [top] * len(labels)
        for one, other in ((none, content), (content, none)):
            if top == other and best[other] - switch < (most := max(v for i, v in enumerate(best) if i != other)):
                origins[one] = best.index(most)
        costs = [switch if {label, origin} == {none, content} else 0.0 for label, origin in enumerate(origins)]
        best = [best[origin] - cost + score for origin, cost, score in zip(origins, costs, row, strict=True)]
        back.append(origins)
    state = max(range(len(labels)), key=best.__getitem__)
    path = [state]
    for origins in reversed(back):
        state = origins[state]
        path.append(state)
    return [labels[index] for index in reversed(path)]


def find_confidence(scores: np.ndarray, labels: Sequence[str], groups: Sequence[dict[str, list[int]]]) -> list[float]:
    """How sure each attribution is: the mean probability of the roles of its cue, or of its content if that is less."""
    sure = np.exp(_log_softmax(scores))
    return [
        round(float(min(sure[group[role], labels.index(role)].mean() for role in ("cue", "content") if group[role])), 3)
        for group in groups
    ]


def find_entities(scores: np.ndarray, labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """The best BIO tags in which each I- follows its own kind, as (first, end, label).

    Tags that depend on each other stand in a run of I- behind another tag, so that each run is decided by itself.
    """
    tags = [labels[index] for index in scores.argmax(-1)]
    edges = [0, *(index for index, tag in enumerate(tags) if index and not tag.startswith("I-")), len(tags)]
    for first, end in pairwise(edges):
        if not all(_follows(one, other) for one, other in pairwise(["O", *tags[first:end]])):
            tags[first:end] = _find_run(scores[first:end], labels)
    return _spans(tags)


def _find_run(scores: np.ndarray, labels: Sequence[str]) -> list[str]:
    """The best tags of a few words (Viterbi)."""
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
    return [labels[index] for index in reversed(path)]


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
