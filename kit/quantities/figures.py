"""Numbers become figures: with bound, unit, the other end of a range, and the noun that is counted.

In: a parse, its numbers, the word lists. Out: :class:`Figure`s in reading order. Nothing here knows who reports a
figure or what became of the things counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kit.quantities.ages import is_age, is_age_of, is_year
from kit.quantities.bounds import bound_before, bound_behind
from kit.quantities.designations import is_named
from kit.quantities.figure import Figure
from kit.quantities.nouns import Noun, find_noun, noun_behind_of
from kit.quantities.numerals import Numeral, whole
from kit.quantities.parse import Parse
from kit.quantities.ranges import SCORE, Range, find_range
from kit.quantities.ratios import is_ratio, read_ratio
from kit.quantities.units import NO_FIGURE, Unit, find_unit, read_per, read_sign
from kit.quantities.vocabulary import Vocabulary

_ARGUMENTS = frozenset("obj nsubj nsubj:pass conj appos obl xcomp ROOT ccomp parataxis nmod root".split())
_POINTERS = frozenset("the these those other last first all both in at on this that every each any no".split())


def read_figures(
    parse: Parse, numerals: Sequence[Numeral], words: Vocabulary, is_free: Callable[[int, int], bool]
) -> Iterator[Figure]:
    """The figures among numbers, in reading order; ``is_free`` says whether characters lie outside of dates."""
    index = done = 0
    while index < len(numerals):
        one = numerals[index]
        two = numerals[index + 1] if index + 1 < len(numerals) else None
        index += 1
        if one.value is None or one.start < done or not is_free(one.start, one.end):
            continue
        if two is not None and is_ratio(parse, one, two, words):
            index += 1
            figure: Figure | None = read_ratio(parse, one, two, words)
        else:
            figure, used = _read(parse, one, two if two and is_free(two.start, two.end) else None, words)
            index += used
        if figure is not None and figure.start >= done and is_free(figure.start, figure.start + 1):
            done = figure.end
            yield figure


def _read(parse: Parse, one: Numeral, two: Numeral | None, words: Vocabulary) -> tuple[Figure | None, int]:
    """The figure of a number, and 1 where the number behind it is the other end of its range."""
    sign = read_sign(parse.text, one, words)
    if is_named(parse, one, sign, words):
        return None, 0
    age = is_age(parse, sign.start if sign else one.start, one, words)
    if age is not None:
        before = bound_before(parse, one.start, parse.at(one.start), words)
        return Figure(before.start, age, one.value, before.bound, parse.at(one.start), "age", unit="year"), 0
    unit = find_unit(parse, one, sign, words)
    if unit is NO_FIGURE or (
        unit is None
        and re.match(r"-[^\W\d_]", parse.text[one.end : one.end + 2])
        and not bound_behind(parse.text, one.end, words)
    ):
        return _hyphenated(parse, one, words), 0
    if unit is not None:
        one = replace(one, value=whole(one.value * unit.factor), end=max(one.end, unit.number_end))
    spread = find_range(parse, one, unit, two, words) if two else None
    if spread is SCORE:
        return None, 1
    if spread is not None:
        return _complete(parse, one, spread.last, spread.unit, words, spread), 1
    if re.match(r"[-–]\d", parse.text[one.end : one.end + 2]):
        return None, 1
    return _complete(parse, one, one, unit, words), 0


def _complete(
    parse: Parse, one: Numeral, last: Numeral, unit: Unit | None, words: Vocabulary, spread: Range | None = None
) -> Figure | None:
    """A figure with its noun and bound; ``None`` where the number counts nothing."""
    start = min(one.start, unit.start) if unit else one.start
    end = max(last.end, unit.end) if unit else last.end
    tail = bound_behind(parse.text, end, words)
    end = tail[1] if tail else end
    kind, name = "fraction" if one.kind == "fraction" else "count", None
    if unit is not None and unit.name:
        kind, name = unit.kind, unit.name
    anchor = _top(parse, start, max(last.end, unit.end if unit else 0))
    noun = _noun(parse, kind, anchor, parse.at(last.end - 1), end, words)
    if kind == "count":
        if not (_counts(parse, one, noun, words) if noun else _stands_alone(parse, one, anchor)):
            return None
        if noun is None and spread is None and is_age_of(parse, one, anchor):
            before = bound_before(parse, start, anchor, words)
            return Figure(before.start, end, one.value, before.bound, anchor, "age", unit="year", word=anchor)
        if noun is None and is_year(parse, one):
            return None
    if kind == "fraction" and noun is not None and noun.of and noun.head in words.units:
        kind, name = "measure", words.units[noun.head]  # "1/16 of a pint"
    if noun is None and kind == "count":
        end, per = read_per(parse.text, end, words)
        name = per.strip() or None
    if noun is not None and (kind == "count" or (kind == "fraction" and not noun.of)):
        end = max(end, noun.end) if not noun.of else end
        end, per = read_per(parse.text, end, words) if kind == "count" and not noun.of else (end, "")
        name = (noun.unit + per or None) if kind == "count" else None
        anchor = noun.word if not noun.of else anchor
        tail = tail or bound_behind(parse.text, end, words)
        end = max(end, tail[1]) if tail else end
    if (
        noun is None
        and kind == "count"
        and anchor + 1 < len(parse.lower)
        and parse.lower[anchor + 1] in ("more", "others")
        and parse.head[anchor] == anchor + 1
    ):
        anchor, end = anchor + 1, parse.ends[anchor + 1]
    if spread and not name and spread.dashed and (noun is None or noun.head in words.sets["scores"]):
        return None  # a score: "lost 4-6, 5-7"
    before = bound_before(parse, spread.start if spread else start, anchor, words)
    bound = tail[0] if tail and before.bound == "exact" else before.bound
    figure = Figure(
        before.start, end, one.value, bound, anchor, kind, unit=name, noun=noun, word=parse.at(last.end - 1)
    )
    return replace(figure, value=None, bound="range", low=spread.low, high=spread.high) if spread else figure


def _noun(parse: Parse, kind: str, anchor: int, at: int, end: int, words: Vocabulary) -> Noun | None:
    if kind == "count":
        return find_noun(parse, anchor, end, words) or (find_noun(parse, at, end, words) if at != anchor else None)
    of = parse.at(end + 1)
    if of < len(parse.lower) and parse.starts[of] >= end and parse.lower[of] == "of":
        return noun_behind_of(parse, anchor, of, words)
    return find_noun(parse, anchor, end, words) if kind == "fraction" else None


def _top(parse: Parse, start: int, end: int) -> int:
    """The word that stands for some characters in the tree: the one whose head lies outside."""
    inside = [i for i in parse.words(start, end) if parse.pos[i] != "PUNCT"] or [parse.at(start)]
    return next(
        (i for i in reversed(inside) if not inside[0] <= parse.head[i] <= inside[-1] or parse.head[i] == i), inside[-1]
    )


def _counts(parse: Parse, one: Numeral, noun: Noun, words: Vocabulary) -> bool:
    """Whether a number counts a noun: not "one thing", "one of them", "2012 Summer Games"."""
    if is_year(parse, one, noun):
        return False
    if one.kind == "words" and one.value == 1:
        superlative = any(parse.tag[i] == "JJS" for i in parse.words(noun.start, noun.end))
        told = noun.category is not None and parse.child(noun.word, "cop") is None
        return told and not superlative and (noun.of or noun.head not in words.sets["no_unit"])
    if parse.pos[noun.word] == "PROPN" and parse.lower[noun.word][-1:] != "s" and one.value != 1 and not noun.of:
        return bool(re.search(r"\d", parse.lower[noun.word]))  # "787 Dreamliner", but "12 Su-35"
    return True


def _stands_alone(parse: Parse, one: Numeral, at: int) -> bool:
    """Whether a number without a noun is a figure: "fell to 6038.30", "and injured 62", "police counted 3,500"."""
    if one.kind == "words":
        before = parse.lower[at - 1] if at else ""
        return one.value > 1 and parse.pos[at] == "NUM" and before not in _POINTERS and parse.dep[at] in _ARGUMENTS
    return parse.dep[at] not in ("flat", "goeswith") and (parse.pos[at] in ("NUM", "SYM", "NOUN") or one.scaled)


def _hyphenated(parse: Parse, one: Numeral, words: Vocabulary) -> Figure | None:
    """ "a 10-member council", "a four-cylinder engine"; "a three-day visit" is no figure."""
    match = re.compile(r"-(?P<noun>[^\W\d_]+)").match(parse.text, one.end)
    if (
        not match
        or match["noun"].lower() not in words.sets["hyphenated"]
        or parse.text[match.end() : match.end() + 1] == "-"
    ):
        return None
    before = bound_before(parse, one.start, parse.at(one.start), words)
    return Figure(
        before.start, match.end(), one.value, before.bound, parse.at(match.start("noun")), unit=match["noun"].lower()
    )
