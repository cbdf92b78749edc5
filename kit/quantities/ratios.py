"""Ratios: "one in five pensioners", "nine out of ten". They are figures below 1.

In: two numbers and what stands between them. Out: a :class:`~kit.quantities.figure.Figure`.
"""

from __future__ import annotations

from kit.quantities.bounds import bound_before
from kit.quantities.figure import Figure
from kit.quantities.nouns import find_noun
from kit.quantities.numerals import Numeral
from kit.quantities.parse import Parse
from kit.quantities.vocabulary import Vocabulary

_ROUND = frozenset({25, 30, 40, 50, 100, 1000, 10_000, 100_000, 1_000_000})


def is_ratio(parse: Parse, one: Numeral, two: Numeral, words: Vocabulary) -> bool:
    """ "one in five", "9 out of 10", but not "one in 2021"."""
    match = words.patterns["ratio"].match(parse.text, one.end)
    if (
        not match
        or match.start("bottom") != two.start
        or not isinstance(two.value, int)
        or one.kind not in ("words", "digits")
    ):
        return False
    return 0 < one.value < two.value and (two.value <= 20 or two.value in _ROUND)


def read_ratio(parse: Parse, one: Numeral, two: Numeral, words: Vocabulary) -> Figure:
    """The figure of two numbers that :func:`is_ratio` found to be one."""
    noun = find_noun(parse, parse.at(two.start), two.end, words)
    anchor = noun.word if noun else parse.at(one.start)
    before = bound_before(parse, one.start, anchor, words)
    end = noun.end if noun and not noun.of else two.end
    return Figure(
        before.start, end, one.value / two.value, before.bound, anchor, "fraction", noun=noun, word=parse.at(one.start)
    )
