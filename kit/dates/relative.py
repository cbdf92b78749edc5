"""Relative expressions: weekdays, "last month", "two weeks ago", "the same day".

News look back: a bare weekday is the last one, that of the publication day is today; it is the coming one where the
verb looks ahead. "next", "last" and their kin count from the publication date, "the same day", "the following week" and
"a year earlier" from what the text spoke of last.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kit.dates.meanings import Context, Meaning, Reading, on_calendar
from kit.dates.periods import GRAINS, Period, move, season

_STEPS = {"last": -1, "previous": -1, "past": -1, "next": 1, "following": 1, "this": 0, "same": 0, "that": 0}
_FROM_TEXT = ("same", "that", "following", "previous")


def weekday(number: int, shift: str | None = None) -> Meaning:
    """A weekday by its number, Monday is 0.

    "last Thursday" on a Friday may be yesterday or a week before that, "next Friday" on a Monday the coming one or
    the one after: both readings are kept.
    """

    def read(context: Context) -> Reading:
        base = context.published
        if context.within and context.within.grain == "week":
            return _day(context.within.start + timedelta(days=number))
        if base is None:
            return Reading(None, "day")
        back, ahead = (base.weekday() - number) % 7, (number - base.weekday()) % 7
        if shift in ("last", "past", "previous"):
            day = base - timedelta(days=back or 7)
            same_week = Period.of(day, "week") == Period.of(base, "week")
            return _day(day, day - timedelta(days=7)) if same_week else _day(day)
        if shift == "next":
            day = base + timedelta(days=ahead or 7)
            same_week = Period.of(day, "week") == Period.of(base, "week")
            return _day(day, day + timedelta(days=7)) if same_week else _day(day)
        if shift == "following":
            mentioned = context.latest("day")
            start = mentioned.start if mentioned else base
            return _day(start + timedelta(days=(number - start.weekday()) % 7 or 7))
        if shift == "this":
            same_week = Period.of(base, "week").start + timedelta(days=number)
            look = context.look()
            if same_week > base and look < 0:
                return _day(base - timedelta(days=back))
            return _day(base + timedelta(days=ahead) if same_week < base and look > 0 else same_week)
        return _day(base + timedelta(days=ahead) if context.look() > 0 else base - timedelta(days=back))

    return Meaning("date", "day", read, ("week",))


def day_word(offset: int) -> Meaning:
    """A day counted from the publication day: "yesterday" is -1."""
    return on_calendar(lambda context: (today := context.today()) and today.shift(offset), "day")


def shifted(shift: str, grain: str) -> Meaning:
    """ "last month", "this year", "the following day"."""

    def find(context: Context) -> Period | None:
        if shift == "last" and context.within:  # "the last quarter of 2009"
            return Period.of(context.within.end, grain)
        if context.published is None:
            return None
        now = Period.of(context.published, grain)
        if shift not in _FROM_TEXT:
            return now.shift(_STEPS[shift])
        mentioned = context.latest(grain) or _finer(context, grain)
        if shift == "previous" and not context.latest(grain, here=True):
            return now.shift(-1)
        base = Period.of(mentioned.start, grain) if mentioned else now
        return base.shift(_STEPS[shift])

    return on_calendar(find, grain, ("year", "fiscal year") if shift == "last" and grain == "quarter" else ())


def shifted_month(shift: str, month: int) -> Meaning:
    """ "last March", "next June", "this May"."""
    return on_calendar(
        lambda context: of_year(context, shift, lambda year: Period("month", date(year, month, 1))), "month"
    )


def shifted_season(shift: str, name: str) -> Meaning:
    """ "last summer", "this winter"."""
    return on_calendar(lambda context: of_year(context, shift, lambda year: season(year, name)), "season")


def definite(grain: str) -> Meaning:
    """ "the day", "the quarter": the one that the sentence speaks of, else the current one."""

    def find(context: Context) -> Period | None:
        if context.within:
            return Period.of(context.within.start, grain)
        if context.published is None:
            return None
        mentioned = context.latest(grain, here=True) or (context.latest(grain) if grain in ("quarter", "day") else None)
        now = Period.of(context.published, grain)
        if grain == "weekend" and not mentioned:  # the last one that has begun, unless the verb looks ahead
            return now if context.look() > 0 or now.start <= context.published else now.shift(-1)
        return mentioned or now

    return on_calendar(find, grain)


def same_period(shift: str) -> Meaning:
    """ "the same period": the last stretch longer than a day that the text spoke of, in the year named beside it."""

    def read(context: Context) -> Reading:
        mentioned = context.latest("month", "quarter", "half", "season", "year", "week")
        if context.published is None or mentioned is None:
            return Reading(None, "period")
        if context.within and mentioned.grain in ("month", "quarter", "half", "season"):
            mentioned = mentioned.shift((context.within.start.year - mentioned.start.year) * _a_year(mentioned.grain))
        elif context.within:
            mentioned = context.within
        return Reading(mentioned.value, mentioned.grain, "date", (), mentioned.shift(_STEPS[shift]))

    return Meaning("date", "period", read, ("year", "fiscal year"))


def away(count: int, unit: str, *, from_text: bool) -> Meaning:
    """ "two weeks ago" counts from the publication date, "two weeks later" from what the text spoke of last.

    "a year earlier" of a quarter or month is that quarter or month of the year before.
    """
    grain = "day" if GRAINS.index(unit) <= GRAINS.index("day") else "week" if unit in ("weekend", "fortnight") else unit

    def find(context: Context) -> Period | None:
        if context.published is None:
            return None
        base = context.today()
        mentioned = context.latest() if from_text else None
        if mentioned and unit == "year" and mentioned.grain in ("month", "quarter", "half", "season"):
            return mentioned.shift(count * _a_year(mentioned.grain))
        start = mentioned.start if mentioned else base.start
        return Period.of(move(start, count, unit), grain)

    return on_calendar(find, grain)


def of_year(context: Context, shift: str, of: Callable[[int], Period]) -> Period | None:
    """The one that lies last before or next after the publication date; "this": that of its year."""
    if context.published is None:
        return None
    options = [of(context.published.year + step) for step in (-1, 0, 1)]
    if _STEPS[shift] > 0:
        return next(option for option in options if option.start > context.published)
    if _STEPS[shift] < 0:
        return [option for option in options if option.end < context.published][-1]
    return options[1]


def _finer(context: Context, grain: str) -> Period | None:
    """The last mention of a grain that a longer one can be counted from."""
    return context.latest(*GRAINS[: GRAINS.index(grain) + 1])


def _a_year(grain: str) -> int:
    return {"month": 12, "quarter": 4, "half": 2, "season": 4}[grain]


def _day(day: date, *others: date) -> Reading:
    return Reading(day.isoformat(), "day", "date", tuple(other.isoformat() for other in others), Period("day", day))
