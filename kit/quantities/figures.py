"""Numbers with their bound, their unit and the noun they count, as token offsets.

In: a sentence and the word lists. Out: :class:`Figure`s in reading order. Nothing here knows who reports a figure
or what became of the things counted.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

import text_to_num
from spacy.tokens import Doc, Span, Token

from kit.lexicon import load_lexicon

Number = float | int

_DIGITS = re.compile(r"(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d{0,14})(?:\.\d{1,6})?")
_GLUED = re.compile(r"(?P<number>\d[\d,.]*\d|\d)(?P<scale>[a-zA-Z]{1,2})")
_UNITS_AND_TENS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety".split()
)
_SCALES = frozenset({"hundred", "thousand", "million", "billion"})
_DASHES = frozenset("-–—")
_NOUN_TOKENS = 5


@dataclass(frozen=True)
class Figure:
    """A number with its surroundings. ``start``, ``end`` and ``noun`` are token offsets into the ``Doc``."""

    start: int
    end: int
    value: Number | None
    bound: str
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None
    noun: tuple[int, int] | None = None
    category: str | None = None


@dataclass(frozen=True)
class Tables:
    """The word lists of ``numbers.toml``, ``categories.toml`` and ``cues.toml``, ready for look-up."""

    numbers: dict[str, Any]
    bounds: list[tuple[tuple[str, ...], str]]
    vague: list[tuple[str, ...]]
    stops: frozenset[str]
    categories: dict[tuple[str, ...], tuple[str, str, str | None]]
    denying: frozenset[str]

    @classmethod
    def load(cls) -> Tables:
        """Read them, the user's own included."""
        numbers = dict(load_lexicon("numbers"))
        bounds = [(tuple(words.split()), bound) for bound, phrases in numbers["bounds"].items() for words in phrases]
        categories = {
            tuple(words.split()): (name, group, table.get("unit"))
            for group, table in load_lexicon("categories").items()
            for name, phrases in table["categories"].items()
            for words in phrases
        }
        return cls(
            numbers=numbers,
            bounds=sorted(bounds, key=lambda one: -len(one[0])),
            vague=sorted((tuple(words.split()) for words in numbers["vague"]["words"]), key=len, reverse=True),
            stops=frozenset(numbers["stops"]["words"]),
            categories=categories,
            denying=frozenset(load_lexicon("cues")["denying"]),
        )


def read_figures(sentence: Span, tables: Tables, in_date: Container[int]) -> list[Figure]:
    """The figures of a sentence; ``in_date`` holds the tokens that belong to dates."""
    figures, at = [], sentence.start
    while at < sentence.end:
        figure, at = (None, at + 1) if at in in_date else _read(sentence, at, tables)
        if figure is not None and not any(i in in_date for i in range(figure.start, figure.end)):
            figures.append(figure)
    return figures


def _read(sentence: Span, at: int, tables: Tables) -> tuple[Figure | None, int]:
    """The figure whose number starts with token ``at``, if one does, and where to go on reading."""
    doc, stop = sentence.doc, sentence.end
    words = next((words for words in tables.vague if _lower(doc, at, at + len(words), stop) == words), None)
    if words:
        noun = _noun(doc, at + len(words), stop, None, tables)
        return (_with_noun(doc, Figure(at, 0, None, "vague"), noun, tables), noun[1]) if noun else (None, at + 1)
    currency = tables.numbers["currencies"].get(doc[at].text)
    value, end = _number(doc, at + 1 if currency else at, stop, tables)
    if value is None:
        return None, max(end, at + 1)
    second, behind = _other_end(doc, at, end, stop, tables)
    end = behind or end
    if _counts_nothing(doc, at, end, value) or (behind and not (second and second > value)):
        return None, end  # a designation, a score ("3-2"), a change ("from 3 to 5"): rather nothing than wrong
    bound, start = _bound(doc, at, sentence.start, tables)
    figure = Figure(start, end, value, bound)
    if second:
        between = at > sentence.start and doc[at - 1].lower_ == "between"
        figure = Figure(at - 1 if between else at, end, None, "range", value, second)
    unit, end = (currency, end) if currency else _unit(doc, end, stop, tables)
    if unit:
        return Figure(figure.start, end, figure.value, figure.bound, figure.low, figure.high, unit), end
    noun = _noun(doc, end, stop, second or value, tables)
    return (_with_noun(doc, figure, noun, tables), noun[1]) if noun else (None, end)


def _number(doc: Doc, at: int, stop: int, tables: Tables) -> tuple[Number | None, int]:
    """(value, end) of the number that starts here; (None, where to go on) where there is none to be sure of."""
    if at >= stop:
        return None, at
    scales, token = tables.numbers["scale"], doc[at]
    glued = _GLUED.fullmatch(token.text)
    if token.lower_ == "half" and _lower(doc, at + 1, at + 2, stop) in (("a",), ("of",)):
        scale = scales.get(doc[at + 2].lower_) if at + 2 < stop else None
        return (_whole(scale / 2) if scale else None), at + 3
    if token.lower_ == "a" and at + 1 < stop and doc[at + 1].lower_ in (*_SCALES, "dozen"):
        return scales[doc[at + 1].lower_], at + 2
    if glued and glued["scale"].lower() in scales and _DIGITS.fullmatch(glued["number"]):
        return _whole(float(glued["number"].replace(",", "")) * scales[glued["scale"].lower()]), at + 1
    if _DIGITS.fullmatch(token.text):
        value, end = float(token.text.replace(",", "")), at + 1
    elif token.lower_ in _UNITS_AND_TENS:
        value, end = _number_words(doc, at, stop)
    else:
        return None, at + 1
    scale = scales.get(doc[end].lower_.rstrip(".")) if end < stop else None  # "£5m." ends in a token "m."
    if value is not None and scale and (len(doc[end]) > 1 or not doc[end - 1].whitespace_):
        value, end = value * scale, end + 1
    return (_whole(value) if value is not None else None), end


def _whole(value: float) -> Number:
    value = round(value, 6)  # 1.2 * 1e6 is 1200000, not 1199999.9999999998
    return int(value) if value.is_integer() else value


def _number_words(doc: Doc, at: int, stop: int) -> tuple[float | None, int]:
    """The longest run of number words from here that is a number."""
    end, words = at, _UNITS_AND_TENS | _SCALES
    while end < stop and (doc[end].lower_ in words or (end > at and doc[end].lower_ in ("and", "-"))):
        end += 1
    for last in range(end, at, -1):
        if doc[last - 1].lower_ in ("and", "-"):
            continue
        try:
            return float(text_to_num.text2num(" ".join(t.lower_ for t in doc[at:last] if t.text != "-"), "en")), last
        except ValueError:
            continue
    return None, at + 1


def _other_end(doc: Doc, at: int, end: int, stop: int, tables: Tables) -> tuple[Number | None, int | None]:
    """(second number, its end) of "A to B", "A-B", "between A and B"; (None, end) where it is no range."""
    if end >= stop:
        return None, None
    before, joint = doc[at - 1].lower_ if at else "", doc[end].lower_
    between = before == "between" and joint == "and"
    if not (between or joint == "to" or doc[end].text in _DASHES):
        return None, None
    second, behind = _number(doc, end + 1, stop, tables)
    if second is None:
        return None, None
    return (None if before == "from" else second), behind


def _counts_nothing(doc: Doc, start: int, end: int, value: Number) -> bool:
    """ "T-72", "No. 5", "Resolution 2254", "three-day", "9:30", "35 pm", "2012 Summer Games", "34 years old"."""
    if start > 0:
        before = doc[start - 1]
        joined = not before.whitespace_ and not before.is_space and before.text not in "\"'“‘«([—–$€£¥₽"
        if joined or before.lower_ in _BEFORE_NAMES or (before.lower_ in ("no", "any", "every") and value == 1):
            return True
    if end >= len(doc):
        return False
    after = doc[end]
    if not doc[end - 1].whitespace_ and after.text in ("-", "/", ":"):
        return True
    looks_like_a_year = end - start == 1 and re.fullmatch(r"1[89]\d\d|20\d\d", doc[start].text) is not None
    return after.lower_ in _CLOCK or (looks_like_a_year and not after.lower_.endswith("s"))


_BEFORE_NAMES = frozenset({"no.", "nos.", "number", "resolution", "article", "section", "age", "aged", "page", "#"})
_CLOCK = frozenset({"am", "pm", "a.m.", "p.m.", "gmt", "utc", "et", "ct", "pt", "est", "bst", "cet", "o'clock"})


def _unit(doc: Doc, at: int, stop: int, tables: Tables) -> tuple[str | None, int]:
    for size in (2, 1):
        unit = tables.numbers["units"].get(" ".join(_lower(doc, at, at + size, stop)))
        if unit:
            return unit, min(at + size, stop)
    return None, at


def _noun(doc: Doc, at: int, stop: int, value: Number | None, tables: Tables) -> tuple[int, int] | None:
    """The noun phrase that starts here: up to the last word of a known category, else up to a plural.

    One thing ("one national", "one made up of") is believed only where it is of a known category.
    """
    end = at
    while end < min(stop, at + _NOUN_TOKENS) and _may_stand_in_noun(doc[end], at, tables):
        end += 1
    known = [last for last in range(at + 1, end + 1) if _category(doc, at, last, tables)]
    if known:
        last = next(last for last in known if last + 1 not in known)
    elif value == 1:
        return None
    else:
        plurals = [i + 1 for i in range(at, end) if _is_plural(doc[i], tables)]
        if not plurals:
            return None
        last = next(last for last in plurals if last + 1 not in plurals)
    return None if _lower(doc, last, last + 1, stop) in (("old",), ("-",)) else (at, last)


def _may_stand_in_noun(token: Token, at: int, tables: Tables) -> bool:
    if token.text == "-":
        return token.i > at and not token.nbor(-1).whitespace_
    return token.lower_ not in tables.stops and token.text.replace("-", "").isalpha()


def _is_plural(token: Token, tables: Tables) -> bool:
    word = token.lower_
    return word in tables.numbers["singular"] or (
        len(word) > 3 and word[-1] == "s" and word[-2:] not in ("ss", "us", "is")
    )


def _category(doc: Doc, start: int, end: int, tables: Tables) -> tuple[str, str, str | None] | None:
    """(category, its group, the unit of its list) of a noun phrase, by its longest known ending."""
    words = _lower(doc, start, end, end)
    return next((tables.categories[words[i:]] for i in range(len(words)) if words[i:] in tables.categories), None)


def _with_noun(doc: Doc, figure: Figure, noun: tuple[int, int], tables: Tables) -> Figure:
    category, _, unit = _category(doc, *noun, tables) or (None, None, None)
    unit = unit or _singular(doc[noun[0] : noun[1]].text, tables)
    return Figure(figure.start, noun[1], figure.value, figure.bound, figure.low, figure.high, unit, noun, category)


def _bound(doc: Doc, start: int, first: int, tables: Tables) -> tuple[str, int]:
    """(bound, where the figure starts) from the words before a number; the longest phrase wins."""
    for words, bound in tables.bounds:
        begin = start - len(words)
        if begin >= first and _lower(doc, begin, start, start) == words:
            return bound, begin
    return "exact", start


def _singular(noun: str, tables: Tables) -> str:
    *rest, last = noun.split(" ")
    known = tables.numbers["singular"].get(last.lower())
    if known:
        last = known
    elif last.endswith("ies") and len(last) > 4:
        last = last[:-3] + "y"
    elif re.search(r"(?:ss|sh|ch|x|z)es$", last):
        last = last[:-2]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")):
        last = last[:-1]
    return " ".join([*rest, last])


def _lower(doc: Doc, start: int, end: int, stop: int) -> tuple[str, ...]:
    return tuple(token.lower_ for token in doc[start : min(end, stop)])
