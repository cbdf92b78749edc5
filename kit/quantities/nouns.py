"""What a number counts: the noun by the parse, its singular, and its category.

In: a parse and a number. Out: a :class:`Noun`, or ``None`` where the number stands alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kit.quantities.parse import Parse
from kit.quantities.vocabulary import Category, Vocabulary

_OWNS = frozenset(
    "nummod compound amod nmod nmod:desc det dep nmod:unmarked obl:unmarked advmod appos flat nummod:gov".split()
)
_NOMINAL = frozenset({"NOUN", "PROPN"})
_SKIPPED = frozenset(
    "more other additional further such of the its their his her our these those - – different all some own fewer "
    "less".split()
)
_BREAKS = frozenset(
    'is are was were be been has have had will would could can may might should do does did , . ; : ( ) — “ ” " that '
    "which who to from in at by for with on as than or of into per after before via".split()
)
_MOST_WORDS = 7


@dataclass(frozen=True)
class Noun:
    """A counted noun. ``word`` is its head; ``of`` says that it stands behind an "of" ("half of the flats")."""

    word: int
    start: int
    end: int
    head: str
    unit: str
    category: Category | None
    of: bool = False


def find_noun(parse: Parse, at: int, end: int, words: Vocabulary) -> Noun | None:
    """The noun that the number at word ``at`` counts; the number's characters (with "or more") end at ``end``."""
    first = parse.at(end) if end < len(parse.text) else len(parse.lower)
    if first < len(parse.lower) and parse.starts[first] < end:
        first += 1
    head = parse.head[at]
    if head > at and parse.dep[at] in _OWNS and parse.pos[head] in _NOMINAL and _is_run(parse, first, head):
        return make_noun(parse, first, head, words)
    if first < len(parse.lower) and parse.lower[first] == "of":
        return noun_behind_of(parse, at, first, words)
    return _run(parse, first, words)


def noun_behind_of(parse: Parse, at: int, of: int, words: Vocabulary) -> Noun | None:
    """ "six of the hostages": the noun that the preposition at word ``of`` leads to."""
    head = parse.head[of] if parse.dep[of] == "case" else -1
    if head <= of or parse.pos[head] not in (*_NOMINAL, "PRON", "SYM", "NUM") or head - of > 12:
        return None
    if parse.pos[head] == "PRON":
        return Noun(head, parse.starts[head], parse.ends[head], parse.lower[head], "", None, of=True)
    return make_noun(parse, of + 1, head, words, of=True)


def _is_run(parse: Parse, first: int, head: int) -> bool:
    return head - first < _MOST_WORDS + 1 and not any(parse.lower[i] in _BREAKS for i in range(first, head))


def _run(parse: Parse, first: int, words: Vocabulary) -> Noun | None:
    """Without help of the parse: the words that may stand in a noun phrase up to its last noun, if that is a plural."""
    last = None
    for index in range(first, min(first + 5, len(parse.lower))):
        if parse.pos[index] in _NOMINAL and parse.pos[index] == "NOUN":
            last = index
        elif parse.pos[index] not in ("ADJ", "PROPN") and parse.lower[index] != "-":
            break
    if last is None or (parse.lemma[last] == parse.lower[last] and parse.lower[last] not in words.singular):
        return None
    return make_noun(parse, first, last, words)


def make_noun(parse: Parse, first: int, head: int, words: Vocabulary, *, of: bool = False) -> Noun:
    """A noun from its modifiers to its head, with singular and category."""
    for child in parse.all(head, "nmod:poss", "nummod") if of else ():
        if first <= child < head:  # "six of the brigade's eleven tanks"
            first = max(first, parse.edges(child)[1] + 1)
    while first < head and parse.lower[first] in _SKIPPED:
        first += 1
    if parse.pos[head] == "PROPN":
        for child in parse.children[head]:
            if parse.dep[child] == "flat" and child == head + 1:
                head = child
    start, end = parse.starts[first], parse.ends[head]
    single = singular(parse, head, words)
    said = re.sub(r"\s+", " ", parse.text[start : parse.starts[head]])
    category = find_category(f"{said.lower()}{single.lower()}", words)
    return Noun(
        head,
        start,
        end,
        single.lower(),
        category.unit if category and category.unit else f"{said}{single}",
        category,
        of,
    )


def find_category(phrase: str, words: Vocabulary) -> Category | None:
    """The category of a phrase in the singular, by its longest known ending."""
    if phrase in words.categories:
        return words.categories[phrase]
    for match in re.finditer(r"[ -]", phrase):
        if phrase[match.end() :] in words.categories:
            return words.categories[phrase[match.end() :]]
    if phrase.endswith(words.human):
        return words.categories.get("worker")
    return None


def singular(parse: Parse, word: int, words: Vocabulary) -> str:
    """The singular of a noun as written."""
    said = parse.text[parse.starts[word] : parse.ends[word]]
    known = words.singular.get(said.lower())
    if known:
        return known
    if said.endswith("men") and len(said) > 5:
        return said[:-2] + "an"
    if said.endswith("ies") and len(said) > 4:
        return said[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|z)es$", said):
        return said[:-2]
    if said.endswith("s") and len(said) > 3 and not said.endswith(("ss", "us", "is")):
        return said[:-1]
    lemma = parse.lemma[word]
    return lemma if parse.pos[word] == "NOUN" and said.islower() and lemma[:1] == said[:1] else said
