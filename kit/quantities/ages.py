"""Years and ages: numbers that are told apart from figures.

In: a parse and a number. Out: whether it is a year; where an age ends, which is kept under a measure of its own.
"""

from __future__ import annotations

import re

from kit.quantities.nouns import Noun
from kit.quantities.numerals import Numeral
from kit.quantities.parse import Parse
from kit.quantities.vocabulary import Vocabulary

_YEARS = range(1500, 2101)
_OF_YEARS = frozenset(
    "in since by until till from of during the its this late early mid before after between and to a an for around his "
    "her their our".split()
)
_OLD = re.compile(r"(?:-|[ \u00a0])?(?:year|month|week|day)s?(?:-|[ \u00a0])olds?\b", re.I)
_GAP = "[ \u00a0]"
_AGED = re.compile(
    rf"\b(?:ages|age{_GAP}of|aged?(?:{_GAP}(?:between|from|only|just))?(?:{_GAP}\w+{_GAP}(?:and|to|or))?){_GAP}$", re.I
)
_OLDEST = 116
_LIVED = frozenset({"die", "retire", "marry", "start", "begin", "leave"})
_PERSONS = frozenset({"he", "she", "i", "who"})


def is_year(parse: Parse, numeral: Numeral, noun: Noun | None = None) -> bool:
    """Whether four digits are a year, not a number of things."""
    if numeral.kind != "digits" or numeral.scaled or numeral.end - numeral.start != 4 or numeral.value not in _YEARS:
        return False
    if noun is None:
        return True
    at = parse.at(numeral.start)
    before = parse.lower[at - 1] if at else ""
    plural = parse.pos[noun.word] == "NOUN" and parse.lemma[noun.word] != parse.lower[noun.word]
    return not plural or (before in _OF_YEARS and noun.category is None)


def is_age(parse: Parse, start: int, numeral: Numeral, words: Vocabulary) -> int | None:
    """Where an age ends ("34 years old", "aged 17", ", 49,"); ``None`` where a number is none."""
    text, end = parse.text, numeral.end
    old = _OLD.match(text, end)
    if old:
        return old.end()
    if not isinstance(numeral.value, int) or not 0 < numeral.value < _OLDEST or numeral.scaled:
        return None
    if _AGED.search(text, max(0, start - 28), start):
        return end
    at = parse.at(start)
    if (
        numeral.kind != "digits"
        or at < 2
        or text[start - 2 : start] != ", "
        or text[end : end + 1] not in (",", ".", ";")
    ):
        return None
    before = at - 2
    category = words.categories.get(parse.lemma[before])
    person = parse.entity.get(before, ("",))[0] == "PERSON" or (
        (category is not None and category.unit == "person")
        or (category is not None and category.group == "occupations")
    )
    return end if person and numeral.value > 9 else None


def is_age_of(parse: Parse, numeral: Numeral, at: int) -> bool:
    """ "She is 34", "he died at 84": a bare number said of a person."""
    if not isinstance(numeral.value, int) or not 0 < numeral.value < _OLDEST or numeral.scaled:
        return False
    verb = at if parse.child(at, "cop") is not None else parse.head[at]
    if verb != at and not (parse.lemma[verb] in _LIVED and parse.case(at) == "at") and parse.lemma[verb] != "turn":
        return False
    subject = parse.child(verb, "nsubj")
    return subject is not None and (parse.lower[subject] in _PERSONS or parse.entity.get(subject, ("",))[0] == "PERSON")
