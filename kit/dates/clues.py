"""Clues to the publication date: words of an article that only some publication dates fit.

A weekday beside a calendar date ("Sunday, June 4") fits some years only; "yesterday, June 4" fits one day of a year;
what happened on 4 June 2023 was published on that day or later, what will happen then on that day or earlier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from spacy.tokens import Doc

from kit.dates.meanings import Context, evaluate
from kit.dates.parts import WEEKDAY_NAMES, in_words, parts_of, word_before
from kit.dates.periods import nearest_year
from kit.dates.sentences import Expression, expressions
from kit.dates.tense import says_will

_RELATIVE = {"last", "this", "next", "ago", "day_word"}  # these count from the publication date
_WAYS = {-1: "in the year after", 0: "within a year of", 1: "in the year before"}
_BESIDE = ("", ",", "(", "–", "-", "on", "in", ", on", ", in")  # between two expressions that name one day
Said = tuple[str, Callable[[date], bool] | None]  # what is required; what allows a date, None where nothing does


@dataclass(frozen=True)
class Clue:
    """Words of the article that only some publication dates fit.

    Attributes:
        requires: what a publication date must be, in words; the table heads it "Published …".
        allows: whether a date is that.
        wrong: true where the text contradicts itself, so that no publication date helps.
    """

    text: str
    start_char: int
    end_char: int
    requires: str
    allows: Callable[[date], bool] = field(compare=False, repr=False)
    wrong: bool = False


def find_clues(doc: Doc) -> Iterator[Clue]:
    """Every clue in reading order."""
    text, found = doc.text, list(expressions(doc))
    for number, one in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        if after and text[one.end_char : after.start_char].strip() in _BESIDE:
            pair = _pair(one, after) or _pair(after, one)
            if pair:
                yield _clue(
                    text, one.start_char, after.end_char + (text[after.end_char : after.end_char + 1] == ")"), pair
                )
        single = _weekday_and_date(one) or _tense(one)
        if single:
            yield _clue(text, one.start_char, one.end_char, single)


def _clue(text: str, start: int, end: int, said: Said) -> Clue:
    requires, allows = said
    return Clue(text[start:end], start, end, requires, allows or (lambda _: False), wrong=allows is None)


def _pair(one: Expression, other: Expression) -> Said | None:
    """ "yesterday, June 4", "three days ago, on a Monday", "last month, in February 2022", "Sunday (June 4)"."""
    first, second = parts_of(one), parts_of(other)
    dated = {"month", "day"} <= second.keys()
    offset = _offset(one)
    if offset is not None:
        return _requires_day(offset, second) if dated or second.keys() == {"weekday"} else None
    if _is_relative(one):
        return _requires_period(one, other) if dated or other.meaning.absolute else None
    if first.keys() == {"weekday"} and dated and "weekday" not in second:
        return _requires_weekday(first | second, one.look())
    return None


def _is_relative(one: Expression) -> bool:
    """Whether it counts from the publication date; "the next day" and "the last week" count from the text."""
    return (
        not one.meaning.absolute and one.words[0].kind != "the" and bool({word.kind for word in one.words} & _RELATIVE)
    )


def _offset(one: Expression) -> int | None:
    """How many days from the publication date: "yesterday" is -1, "in two days" 2; ``None`` for all that is not so."""
    if one.meaning.kind == "duration":
        value = re.fullmatch(r"P(\d{1,3})D", evaluate(one.meaning, Context()).value or "")
        return int(value[1]) if value and word_before(one) == "in" else None
    if not _is_relative(one):
        return None
    bases = [date(2001, 6, day) for day in range(4, 11)]  # any week: what always lies as far away is so many days off
    periods = [evaluate(one.meaning, Context(base)).period for base in bases]
    if any(period is None or period.grain != "day" for period in periods):
        return None
    offsets = {(period.start - base).days for period, base in zip(periods, bases, strict=True)}
    return offsets.pop() if len(offsets) == 1 else None


def _requires_day(offset: int, parts: dict[str, int]) -> Said:
    def allows(published: date) -> bool:
        try:
            day = published + timedelta(days=offset)
        except OverflowError:
            return False
        said = {"weekday": day.weekday(), "month": day.month, "day": day.day, "year": day.year}
        return all(said[name] == value for name, value in parts.items())

    count = f"{abs(offset)} days" if abs(offset) > 1 else "the day"
    when = f"{count} {'after' if offset < 0 else 'before'}" if offset else "on"
    return f"{when} {in_words(parts)}", allows


def _requires_period(one: Expression, other: Expression) -> Said:
    """ "last month, in February 2022", "last Thursday, June 1", "ten years ago, in 2013"."""
    said = one.doc.text[other.start_char : other.end_char]

    def allows(published: date) -> bool:
        reading = evaluate(one.meaning, Context(published, look=one.look))
        stated = evaluate(other.meaning, Context(published, look=other.look))
        if reading.period is None or stated.period is None:
            return False
        if stated.value in reading.alternatives:
            return True
        near = [reading.period]
        if reading.grain in ("month", "year") and any(word.kind == "ago" for word in one.words):
            near += [reading.period.shift(-1), reading.period.shift(1)]  # "six months ago" is a round number
        return any(period.holds(stated.period) or stated.period.holds(period) for period in near)

    return f"when “{one.doc.text[one.start_char : one.end_char]}” is {said}", allows


def _weekday_and_date(one: Expression) -> Said | None:
    parts = parts_of(one)
    return _requires_weekday(parts, one.look()) if {"weekday", "month", "day"} <= parts.keys() else None


def _requires_weekday(parts: dict[str, int], look: int) -> Said | None:
    """A date with its weekday fits some years only; with a year it is right or wrong by itself."""
    month, day, weekday = parts["month"], parts["day"], parts["weekday"]
    said = in_words({name: value for name, value in parts.items() if name != "weekday"})
    if "year" in parts:
        try:
            real = date(parts["year"], month, day).weekday()
        except ValueError:
            return f"never: there is no {said}", None
        wrong = f"never: {said} is a {WEEKDAY_NAMES[real]}, not a {WEEKDAY_NAMES[weekday]}"
        return None if real == weekday else (wrong, None)

    def allows(published: date) -> bool:
        try:
            days = [nearest_year(month, day, published, way) for way in ((look,) if look else (-1, 1))]
            return any(one.weekday() == weekday for one in days)
        except ValueError:
            return False

    return f"{_WAYS[look]} a {said} that is a {WEEKDAY_NAMES[weekday]}", allows


def _tense(one: Expression) -> Said | None:
    """A full date in the past tense is not later than the article, one with "will" not earlier."""
    if not _is_whole(one):
        return None
    period = one.meaning.read(Context()).period
    if word_before(one) in ("until", "till", "by", "to", "for", "through", "before"):
        return None
    if says_will(one.span.root):
        return f"on {period.end} or before: the text looks ahead to it", lambda published: published <= period.end
    if one.look() < 0:
        return f"on {period.start} or after: the text looks back on it", lambda published: published >= period.start
    return None


def _is_whole(one: Expression) -> bool:
    """Whether it is a day or month with its year; what is said of a year ("the plan for 2030") tells too little."""
    reading = evaluate(one.meaning, Context())
    return one.meaning.absolute and reading.period is not None and reading.grain in ("day", "month")
