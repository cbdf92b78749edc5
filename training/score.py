"""Scorers: gold and predicted analyses of the same text in, figures between 0 and 100 out. Pure Python.

Words are aligned as in the CoNLL 2018 shared task: by their characters, white space apart, so that a system is
measured from raw text and pays for its own tokenisation. Nothing here reads files or knows of a model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kit.english.reading import Analysis, Attribution, Offsets

WORD = re.compile(r"\w+|[^\w\s]")
ROLES = ("source", "cue", "content")


class Tally:
    """Counts of right, predicted and gold items, and their F1."""

    def __init__(self) -> None:
        self.right = self.predicted = self.gold = 0

    def add(self, right: int, predicted: int, gold: int) -> None:
        """Count one more text."""
        self.right, self.predicted, self.gold = self.right + right, self.predicted + predicted, self.gold + gold

    @property
    def f1(self) -> float:
        """F1 in percent; 100 where there was nothing to find and nothing was found."""
        total = self.predicted + self.gold
        return 200 * self.right / total if total else 100.0


def score_syntax(gold: Iterable[Analysis], predicted: Iterable[Analysis]) -> dict[str, float]:
    """F1 of tokens, sentences, tags, lemmas and arcs, from raw text.

    ``las`` asks for the whole label ("nmod:poss"), ``las_universal`` for the part before the colon, as in 2018. A
    sentence is right with both its ends, one of ``starts`` with its first character alone, which is easier.

    Raises:
        ValueError: A pair of analyses is not of the same text.
    """
    tallies = {name: Tally() for name in "tokens sentences starts xpos upos lemma uas las las_universal".split()}
    for one, other in zip(gold, predicted, strict=True):
        if one.text != other.text:
            raise ValueError(f"analyses of two texts: {one.text[:40]!r} and {other.text[:40]!r}")
        for name, right in _matches(one, other).items():
            of_sentences = name in ("sentences", "starts")
            sizes = [len(_sentences(side)) if of_sentences else len(side.words) for side in (other, one)]
            tallies[name].add(right, *sizes)
    return {name: tally.f1 for name, tally in tallies.items()}


def score_entities(
    gold: Iterable[Iterable[tuple[int, int, str]]], predicted: Iterable[Iterable[tuple[int, int, str]]]
) -> dict[str, float]:
    """F1 of entities with exactly the gold offsets and label: ``all``, and one figure per gold label."""
    tallies: dict[str, Tally] = {"all": Tally()}
    for one, other in zip(gold, predicted, strict=True):
        wanted, found = set(one), set(other)
        tallies["all"].add(len(wanted & found), len(found), len(wanted))
        for label in {entity[2] for entity in wanted | found}:
            mine, yours = ({entity for entity in group if entity[2] == label} for group in (wanted, found))
            tallies.setdefault(label, Tally()).add(len(mine & yours), len(yours), len(mine))
    return {name: tally.f1 for name, tally in tallies.items()}


def score_attributions(
    texts: Iterable[str], gold: Iterable[Sequence[Attribution]], predicted: Iterable[Sequence[Attribution]]
) -> dict[str, float]:
    """Linked F1 of attributions, and word F1 of each role whatever it is linked to.

    A predicted attribution is right where its content has a word F1 of at least .5 with the gold content and its
    source and cue share a word with the gold ones, or both have none. Each side of a pair is used once.
    """
    tallies = {name: Tally() for name in ("linked", *ROLES)}
    for text, one, other in zip(texts, gold, predicted, strict=True):
        words = [match.span() for match in WORD.finditer(text)]
        wanted, found = ([word_sets(item, words) for item in side] for side in (one, other))
        tallies["linked"].add(_count_pairs(wanted, found), len(found), len(wanted))
        for role in ROLES:
            mine, yours = (set().union(*(item[role] for item in side)) for side in (wanted, found))
            tallies[role].add(len(mine & yours), len(yours), len(mine))
    return {name: tally.f1 for name, tally in tallies.items()}


def align_words(text: str, gold: Sequence[Offsets], words: Sequence[Offsets]) -> dict[int, int]:
    """Indices of gold words to indices of words that cover the same characters, white space apart."""
    solid = [0]
    for character in text:
        solid.append(solid[-1] + (not character.isspace()))
    places = {(solid[start], solid[end]): index for index, (start, end) in enumerate(words)}
    pairs = ((index, places.get((solid[start], solid[end]))) for index, (start, end) in enumerate(gold))
    return {index: place for index, place in pairs if place is not None}


def _sentences(analysis: Analysis) -> set[Offsets]:
    """Each sentence as the offsets of its first and last character."""
    firsts = [index for index, start in enumerate(analysis.starts) if start or index == 0]
    lasts = [index - 1 for index in firsts[1:]] + [len(analysis.words) - 1]
    return {(analysis.words[a][0], analysis.words[b][1]) for a, b in zip(firsts, lasts, strict=False)}


def _matches(gold: Analysis, predicted: Analysis) -> Counter[str]:
    """How many words of a text are right in each respect."""
    pairs = align_words(gold.text, gold.words, predicted.words)
    mine, yours = _sentences(gold), _sentences(predicted)
    starts = {start for start, _ in mine} & {start for start, _ in yours}
    right = Counter(tokens=len(pairs), sentences=len(mine & yours), starts=len(starts))
    for ours, theirs in pairs.items():
        for name in ("xpos", "upos", "lemma"):
            right[name] += getattr(gold, name)[ours] == getattr(predicted, name)[theirs]
        if pairs.get(gold.head[ours]) == predicted.head[theirs]:
            want, have = gold.dep[ours], predicted.dep[theirs]
            right["uas"] += 1
            right["las"] += want == have
            right["las_universal"] += want.split(":")[0] == have.split(":")[0]
    for name in ("xpos", "upos", "lemma", "uas", "las", "las_universal"):
        right[name] += 0
    return right


def word_sets(item: Attribution, words: Sequence[Offsets]) -> dict[str, set[int]]:
    """Each role of an attribution as the indices of the words that it overlaps."""
    return {
        role: {i for i, (a, b) in enumerate(words) if any(a < end and b > start for start, end in getattr(item, role))}
        for role in ROLES
    }


def is_pair(gold: dict[str, set[int]], found: dict[str, set[int]]) -> bool:
    """Whether a found attribution is right: see :func:`score_attributions`."""
    for role in ("source", "cue"):
        if not gold[role] & found[role] and (gold[role] or found[role]):
            return False
    shared = len(gold["content"] & found["content"])
    return 2 * shared >= 0.5 * (len(gold["content"]) + len(found["content"])) and shared > 0


def _count_pairs(gold: list[dict[str, set[int]]], found: list[dict[str, set[int]]]) -> int:
    """The most pairs that use each side once (augmenting paths)."""
    edges = [[j for j, other in enumerate(found) if is_pair(one, other)] for one in gold]
    owner: dict[int, int] = {}

    def place(one: int, seen: set[int]) -> bool:
        for other in edges[one]:
            if other not in seen:
                seen.add(other)
                if other not in owner or place(owner[other], seen):
                    owner[other] = one
                    return True
        return False

    return sum(place(one, set()) for one in range(len(gold)))
