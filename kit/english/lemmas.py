"""Lemma rules: how to get from a word to its lemma, as a class that a tagger can predict.

``l3+y`` reads: lower case, cut three characters, append "y" (studies, study). ``k0`` keeps the word as written, ``t0``
writes it with one capital. ``=be`` replaces the whole word. A rule that does not fit a word gives ``None``.

A tagger that sees wordpieces cannot spell, so a :class:`Lexicon` of the words of the corpora chooses among its best
rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

TRIED = 8  # rules, the likeliest first
MARGIN = 5.0  # by which a rule that gives a known lemma may be less likely than the best one


def find_rule(word: str, lemma: str) -> str:
    """The simplest rule that turns ``word`` into ``lemma``."""
    for case, form in (("l", word.lower()), ("k", word), ("t", word.capitalize())):
        shared = 0
        while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
            shared += 1
        if shared and (shared == len(lemma) or shared * 2 >= len(form)):
            suffix = lemma[shared:]
            return f"{case}{len(form) - shared}" + (f"+{suffix}" if suffix else "")
    return f"={lemma}"


def apply_rule(word: str, rule: str) -> str | None:
    """The lemma that a rule gives for a word; ``None`` where it would leave nothing of the word."""
    if rule[0] == "=":
        return rule[1:]
    form = {"l": word.lower(), "k": word, "t": word.capitalize()}[rule[0]]
    cut, _, suffix = rule[1:].partition("+")
    kept = len(form) - int(cut)
    return form[:kept] + suffix if kept > 0 else None


@dataclass(frozen=True)
class Lexicon:
    """The lemmas that each word, in lower case, was seen with; the most frequent first."""

    lemmas: dict[str, list[str]]

    @cached_property
    def known(self) -> frozenset[str]:
        """All lemmas."""
        return frozenset(lemma for seen in self.lemmas.values() for lemma in seen)

    def choose(self, word: str, scores: np.ndarray, rules: Sequence[str]) -> str:
        """The lemma of a word.

        A word that was seen has one of its lemmas, by the best rule that gives one. Any other word has the lemma of
        the best rule that gives a known one, or of the best rule where none near it does.
        """
        seen = self.lemmas.get(word.lower())
        best = apply_rule(word, rules[int(scores.argmax())])
        if best and seen and word[0].isupper() and best.lower() == seen[0].lower():
            return best  # whether a name or not is for the tagger to say
        if seen and len(seen) == 1:
            return seen[0]
        order = [int(index) for index in np.argsort(-scores)[:TRIED]]
        if seen:
            return next((lemma for index in order if (lemma := apply_rule(word, rules[index])) in seen), seen[0])
        order = [index for index in order if rules[index][0] != "="]
        found = [(lemma, scores[index]) for index in order if (lemma := apply_rule(word, rules[index]))]
        near = (lemma for lemma, score in found if score > found[0][1] - MARGIN and lemma in self.known)
        return next(near, found[0][0] if found else word)


def find_lexicon(pairs: Iterable[tuple[str, str]]) -> Lexicon:
    """A lexicon from words and their lemmas; what is no word (numbers, marks) is left to the rules."""
    counts: dict[str, Counter[str]] = {}
    for word, lemma in pairs:
        if any(character.isalpha() for character in word) and not any(character.isdigit() for character in word):
            counts.setdefault(word.lower(), Counter())[lemma] += 1
    return Lexicon({word: _frequent(seen) for word, seen in sorted(counts.items())})


def _frequent(seen: Counter[str]) -> list[str]:
    """The lemmas of a word without the slips: one in fifty at least."""
    return [lemma for lemma, count in seen.most_common() if 50 * count >= seen.total()]
