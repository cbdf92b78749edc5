"""What a time expression means, before and after it is resolved.

The grammar makes a :class:`Meaning` from words alone. Its ``read`` gives a :class:`Reading`, the value, once a
:class:`Context` says when the article was published, which way the verb looks and what the text spoke of last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from kit.dates.periods import Period, nearest_year, season
from kit.records import TimeKind

_REACH = 12  # mentions back that an expression may refer to


class Reading(NamedTuple):
    """A resolved expression; ``period`` is the stretch of the calendar that later expressions may refer to."""

    value: str | None
    grain: str
    kind: TimeKind = "date"
    alternatives: tuple[str, ...] = ()
    period: Period | None = None


@dataclass
class Context:
    """What resolves an expression.

    Attributes:
        published: publication date; without it nothing relative gets a value.
        look: which way the verb looks: -1 back, 1 ahead, 0 unknown.
        mentions: the periods that the text has spoken of, in order; the sentence's own are in ``here``.
        within: the larger period that the text names beside it ("the third quarter *of last year*").
    """

    published: date | None = None
    look: Callable[[], int] = lambda: 0
    mentions: list[Period] = field(default_factory=list)
    here: list[Period] = field(default_factory=list)
    within: Period | None = None

    def latest(self, *grains: str, here: bool = False) -> Period | None:
        """The last period mentioned, of these grains if any are given; ``here`` looks in this sentence only."""
        for period in (*reversed(self.here[-_REACH:]), *(() if here else reversed(self.mentions[-_REACH:]))):
            if not grains or period.grain in grains:
                return period
        return None

    def today(self) -> Period | None:
        """The publication day."""
        return Period("day", self.published) if self.published else None


class Meaning(NamedTuple):
    """An expression that is understood but not resolved.

    Attributes:
        fits: grains of a larger period that may stand beside it and be joined with it.
        whole: false where it means nothing without that larger period ("the first week").
        absolute: whether it says its own year.
    """

    kind: TimeKind
    grain: str
    read: Callable[[Context], Reading]
    fits: tuple[str, ...] = ()
    whole: bool = True
    absolute: bool = False


def constant(value: str | None, grain: str, kind: TimeKind = "date") -> Meaning:
    """A meaning that needs no context: a duration, a set, a vague reference."""
    return Meaning(kind, grain, lambda _: Reading(value, grain, kind))


def on_calendar(find: Callable[[Context], Period | None], grain: str, fits: tuple[str, ...] = (), *,
                whole: bool = True, absolute: bool = False) -> Meaning:  # fmt: skip
    """A meaning that is one period of the calendar, or unresolved where ``find`` finds none."""

    def read(context: Context) -> Reading:
        period = find(context)
        return Reading(period.value, period.grain, "date", (), period) if period else Reading(None, grain)

    return Meaning("date", grain, read, fits, whole, absolute)


def full_date(year: int, month: int, day: int) -> Meaning:
    """A calendar date; one that the calendar does not have gets no value."""
    return on_calendar(lambda _: Period("day", date(year, month, day)), "day", absolute=True)


def month_day(month: int, day: int) -> Meaning:
    """A date without its year."""

    def find(context: Context) -> Period | None:
        if context.within:
            return Period("day", date(context.within.start.year, month, day))
        if context.published is None:
            return None
        return Period("day", nearest_year(month, day, context.published, context.look()))

    return on_calendar(find, "day", ("year",))


def part_of_year(grain: str, first: Callable[[int], Period]) -> Meaning:
    """A month, quarter, half or season without its year; ``first`` gives the one of a year.

    The last one that had begun, the coming one where the verb looks ahead; where nothing says, one that begins
    within three months is taken for the coming one.
    """

    def find(context: Context) -> Period | None:
        if context.within:
            return first(context.within.start.year)
        if context.published is None:
            return None
        now, look = context.published, context.look()
        options = [first(now.year + step) for step in (-1, 0, 1)]
        if look > 0:
            return next(option for option in options if option.end >= now)
        coming = [option for option in options if 0 < (option.start - now).days <= 92]
        if look == 0 and coming and grain == "month":
            return coming[0]
        return [option for option in options if option.start <= now][-1]

    return on_calendar(find, grain, ("year", "fiscal year"))


def named_season(name: str) -> Meaning:
    """A season by its TIMEX3 letters."""
    return part_of_year("season", lambda year: season(year, name))


def numbered(grain: str, number: int) -> Meaning:
    """The nth month, quarter or half of a year; -1 is the last."""
    size = {"month": 1, "quarter": 3, "half": 6}[grain]
    number = number if number > 0 else 12 // size
    return part_of_year(grain, lambda year: Period(grain, date(year, (number - 1) * size + 1, 1)))


def with_part(meaning: Meaning, part: str) -> Meaning:
    """ "Monday" and a part of the day: its value is that of the day with ``TMO``, ``TAF``, ``TEV`` or ``TNI``."""

    def read(context: Context) -> Reading:
        reading = meaning.read(context)
        value, *others = (day and f"{day}T{part}" for day in (reading.value, *reading.alternatives))
        return Reading(value, "part", "time", tuple(others), reading.period)

    return Meaning("time", "part", read, meaning.fits, meaning.whole)


def at_clock(clock: str, zone: str) -> Meaning:
    """A time of day, of the day that the text names beside it, else speaks of, else of the publication day."""

    def read(context: Context) -> Reading:
        day = context.within or context.latest("day", here=True) or context.today()
        if context.published is None and not context.within:
            day = None
        return Reading(f"{day.value}T{clock}{zone}" if day else None, "minute", "time", (), day)

    return Meaning("time", "minute", read, ("day",))


def joined(inner: Meaning, outer: Meaning) -> Meaning:
    """An expression and the larger period beside it: "the third quarter" and "last year"."""

    def read(context: Context) -> Reading:
        frame = outer.read(context)
        if frame.period is None:
            return Reading(None, inner.grain, inner.kind)
        reading = inner.read(replace(context, within=frame.period))
        return reading._replace(
            alternatives=reading.alternatives if not frame.alternatives else _moved(inner, outer, context)
        )

    return Meaning(inner.kind, inner.grain, read, absolute=outer.absolute)


def _moved(inner: Meaning, outer: Meaning, context: Context) -> tuple[str, ...]:
    """Values of the inner expression under the other readings of the outer day."""
    days = [date.fromisoformat(value) for value in outer.read(context).alternatives if len(value) == 10]
    values = (inner.read(replace(context, within=Period("day", day))).value for day in days)
    return tuple(value for value in values if value)


def evaluate(meaning: Meaning, context: Context) -> Reading:
    """The reading of an expression; one that leaves the calendar (31 February, year 0) has no value."""
    try:
        return meaning.read(context)
    except (ValueError, OverflowError, IndexError, StopIteration):
        return Reading(None, meaning.grain, meaning.kind)
