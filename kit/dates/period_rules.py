"""Rules for stretches of time that count from another: "last month", "the same period", "two weeks ago"."""

from __future__ import annotations

from datetime import timedelta

from kit.dates import relative
from kit.dates.durations import count_of
from kit.dates.grammar import NUMBER, Phrase, near, rule
from kit.dates.meanings import Context, Meaning, constant, on_calendar
from kit.dates.periods import Period

_HALF_WEEK = timedelta(days=3)  # a week belongs where its Thursday lies
_IN_LARGER = ("day", "week", "weekend", "month")
_CLOCK = ("second", "minute", "hour")
_MOST = 100_000  # more of a unit than this leads out of any calendar


@rule("the? (?:that same|this? shift) keep{0,3} any_unit")
def _shifted_unit(phrase: Phrase) -> Meaning | None:
    unit, shift = phrase.unit, phrase.shift
    if phrase.plural or unit in _CLOCK or phrase.get("fiscal") or phrase.is_preposition():
        return None
    if shift == "past" and phrase.get("this"):
        shift = "last"
    if shift == "past" or (shift in ("last", "next") and phrase.first == "the" and unit in ("decade", "century")):
        return None  # a duration
    if shift == "next" and unit == "day":
        shift = "following"
    meaning = relative.shifted(shift, "week" if unit == "fortnight" else unit)
    if shift != "last" or unit not in _IN_LARGER:
        return meaning
    nth = _nth(-1, unit)  # "the last week of March"
    return meaning._replace(fits=nth.fits, read=lambda context: (nth if context.within else meaning).read(context))


@rule("the? shift period")
def _same_period(phrase: Phrase) -> Meaning | None:
    if phrase.words[-1].text.lower() != "period" or phrase.shift in ("next", "past") or phrase.is_preposition():
        return None
    return relative.same_period(phrase.shift)


@rule("the single")
def _definite(phrase: Phrase) -> Meaning | None:
    """ "the day", "the quarter"; "the week of" a date is the week that holds it."""
    unit = phrase.unit
    if phrase.following == "of" and unit in ("week", "weekend", "month", "year"):
        return on_calendar(
            lambda context: context.within and Period.of(context.within.start, unit), unit, ("day", unit), whole=False
        )
    told = phrase.following in near("told_by") and (unit, phrase.following) != ("weekend", "the")
    if unit in (*_CLOCK, "decade", "century", "fortnight") or told:
        return None
    late = any(word.kind in ("early", "later", "boundary") for word in phrase.before[-2:])
    if phrase.following in ("after", "before") and not late:
        return None
    return relative.definite(unit)


@rule("the single (?:before last|after next)")
def _before_last(phrase: Phrase) -> Meaning | None:
    """ "the week before last", "the week after next"."""
    if phrase.unit in _CLOCK:
        return None
    return relative.away(-2 if phrase.get("before") else 2, phrase.unit, from_text=False)


@rule("the? rank keep? unit")
def _nth_in(phrase: Phrase) -> Meaning | None:
    """ "the first week", of what is named beside it."""
    return _nth(phrase.rank, phrase.unit)._replace(whole=False) if phrase.unit in _IN_LARGER else None


def _nth(number: int, unit: str) -> Meaning:
    """The nth day, week, weekend or month of a larger period; -1 is the last."""

    def find(context: Context) -> Period | None:
        if context.within is None:
            return None
        if number > 0:
            first = Period.of(context.within.start, unit)
            begins_before = unit == "week" and first.start + _HALF_WEEK < context.within.start
            return first.shift(number if begins_before else number - 1)
        last = Period.of(context.within.end, unit)
        end = last.start + _HALF_WEEK if unit == "week" else last.end
        return last if end <= context.within.end else last.shift(-1)

    return on_calendar(find, unit, ("month", "year", "quarter", "season"))


@rule(
    f"(?:{NUMBER}|a? vague of? bignum?|a? half a?|a bignum?) keep{{0,3}} any_unit (?:and a half)? (?:ago|later)",
    f"(?:{NUMBER}|a? vague of?|a? half a?|a) keep{{0,3}} any_unit (?:before|after|from now)",
    "units ago",
    "the single (?:before|later|previous|after|ago)",
)
def _away(phrase: Phrase) -> Meaning | None:
    """ "two weeks ago", "a year earlier", "the day before"."""
    how = phrase.get("ago", "later", "before", "after", "previous", "from")
    ahead = how.kind in ("after", "from") or how.text.lower() in ("later", "hence")
    ends = not phrase.following.isalnum() or phrase.following in ("and", "but", "in", "when", "to", "as", "at")
    if (how.kind in ("before", "after", "previous") and not ends) or phrase.following == "than":
        return None  # "two days before the vote" is a duration
    count = (
        1.0
        if phrase.first == "the"
        else count_of([word for word in phrase.words if word.kind not in ("unit", "units")])
    )
    if count is None or phrase.get("vague"):
        vague = "FUTURE_REF" if ahead else "PAST_REF"
        return constant(vague, "vague") if how.kind in ("ago", "from") else None
    return _counted(count if ahead else -count, phrase.unit, from_text=how.kind not in ("ago", "from"))


@rule("(?:the|a)? single dash (?:ago|later) (?:period|single)?")
def _year_ago(phrase: Phrase) -> Meaning:
    """ "the year-ago quarter", "year-earlier": from what the text spoke of."""
    unit = phrase.get("unit", "second", "quarter").value or phrase.unit
    return (
        _counted(1 if phrase.get("later").text.lower() == "later" else -1, unit, from_text=True)
        if phrase.get("later")
        else _counted(-1, unit, from_text=True)
    )


def _counted(count: float, unit: str, *, from_text: bool) -> Meaning | None:
    if abs(count) > _MOST:
        return None
    for whole, size, part in (("century", 100, "year"), ("decade", 10, "year"), ("year", 12, "month")):
        if unit == whole and count % 1:
            count, unit = count * size, part
    return relative.away(round(count), unit, from_text=from_text)
