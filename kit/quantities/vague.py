"""Vague numbers: "dozens of miners", "several hundred houses". They become figures without a value.

In: a parse. Out: :class:`~kit.quantities.figures.Figure`s; what they may stand for is a policy of the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kit.quantities.bounds import bound_before
from kit.quantities.figure import Figure
from kit.quantities.nouns import find_noun, noun_behind_of
from kit.quantities.parse import Parse
from kit.quantities.vocabulary import Vocabulary

_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "conj", "ROOT", "root"})


def read_vague(parse: Parse, words: Vocabulary, is_free: Callable[[int, int], bool]) -> Iterator[Figure]:
    """Every vague number with a noun, or that stands for somebody: "dozens were killed"."""
    for match in words.patterns["vague"].finditer(parse.text):
        if not is_free(match.start(), match.end()):
            continue
        said = match.group().lower().replace("\u00a0", " ")
        last = parse.at(match.end() - 1)
        if said.endswith(" of"):
            last -= 1
            noun = noun_behind_of(parse, last, last + 1, words)
            noun = noun if noun and noun.unit else None
        else:
            noun = find_noun(parse, last, match.end(), words)
        more = last + 1 < len(parse.lower) and parse.lower[last + 1] == "more"
        if noun is None and not (
            said in words.sets["alone"] and (more or parse.dep[parse.first_of_list(last)] in _ARGUMENTS)
        ):
            continue
        if noun is not None and said in words.sets["weak"] and noun.category is None:
            continue
        anchor = last if noun is None or noun.of else noun.word
        start = bound_before(parse, match.start(), anchor, words).start
        end = noun.end if noun else match.end()
        yield Figure(start, end, None, "vague", anchor, "vague", unit=noun.unit if noun else None, noun=noun, word=last)
