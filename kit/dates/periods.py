"""Calendar periods: a day, a week, a third quarter, and arithmetic over them.

A :class:`Period` is a grain and the first day in it. Out comes the ISO 8601 value, or TIMEX3's where ISO has none
(quarters, seasons, weekends, decades). A date outside years 1 to 9999 raises ``ValueError`` or ``OverflowError``;
:func:`kit.dates.evaluate` turns either into "no value".
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
_SEASONS = ("WI", "SP", "SU", "FA")  # from December, March, June and September on
GRAINS = tuple(
    "second minute hour part day weekend week fortnight month quarter season half year decade century".split()
)


@dataclass(frozen=True)
class Period:
    """A stretch of the calendar: its grain and its first day."""

    grain: str
    start: date

    @classmethod
    def of(cls, day: date, grain: str) -> Period:
        """The period of this grain that holds the day; clock grains give the day."""
        if grain in ("week", "fortnight"):
            return cls(grain, day - timedelta(days=day.weekday()))
        if grain == "weekend":
            return cls(grain, day - timedelta(days=day.weekday()) + timedelta(days=5))
        if grain == "season":  # January belongs to the winter that began in December
            month = day.month // 3 * 3
            return cls(grain, date(day.year, month, 1) if month else date(day.year - 1, 12, 1))
        if grain in _MONTHS:
            step = _MONTHS[grain]
            first = (day.year * 12 + day.month - 1) // step * step
            return cls(grain, date(first // 12, first % 12 + 1, 1)) if first >= 12 else cls(grain, date(1, 1, 1))
        return cls("day", day)

    def shift(self, count: int) -> Period:
        """The period ``count`` periods later; earlier where negative."""
        if self.grain in _MONTHS:
            return Period(self.grain, add_months(self.start, count * _MONTHS[self.grain]))
        return Period(self.grain, self.start + timedelta(days=count * _DAYS[self.grain]))

    @property
    def end(self) -> date:
        """The last day in it."""
        if self.grain == "weekend":
            return self.start + timedelta(days=1)
        return self.shift(1).start - timedelta(days=1)

    @property
    def value(self) -> str:
        """ISO 8601, or TIMEX3 where ISO has no form: ``2009-Q3``, ``2009-SU``, ``2009-W12-WE``, ``199``."""
        day, year = self.start, f"{self.start.year:04d}"
        if self.grain in ("week", "weekend", "fortnight"):
            year, week, _ = day.isocalendar()
            return f"{year:04d}-W{week:02d}" + ("-WE" if self.grain == "weekend" else "")
        if self.grain == "season":
            return f"{year}-{_SEASONS[day.month // 3 % 4]}"
        return {
            "month": f"{year}-{day.month:02d}",
            "quarter": f"{year}-Q{(day.month + 2) // 3}",
            "half": f"{year}-H{(day.month + 5) // 6}",
            "year": year,
            "decade": year[:3],
            "century": year[:2],
        }.get(self.grain, day.isoformat())

    def holds(self, other: Period) -> bool:
        """Whether the other period begins in this one."""
        return self.start <= other.start <= self.end


def season(year: int, name: str) -> Period:
    """The season of a year by its TIMEX3 letters; the winter of 2010 is the one that begins in 2010."""
    return Period("season", date(year, _SEASONS.index(name) * 3 or 12, 1))


def add_months(day: date, months: int) -> date:
    """The same day of another month, or the last that the month has."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def move(day: date, count: int, unit: str) -> date:
    """The day that lies ``count`` units away."""
    if unit in _MONTHS:
        return add_months(day, count * _MONTHS[unit])
    return day + timedelta(days=count * _DAYS.get(unit, 0))


def nearest_year(month: int, day: int, near: date, direction: int) -> date:
    """A day without its year: the nearest one, or the last or next one where the tense says so.

    Args:
        month: 1 to 12.
        day: of the month.
        near: the publication date.
        direction: -1 where the verb looks back, 1 where it looks ahead, 0 where nothing says.
    """
    options = [date(year, month, day) for year in range(near.year - 4, near.year + 5) if exists(year, month, day)]
    if direction < 0:
        options = [option for option in options if option <= near] or options
    elif direction > 0:
        options = [option for option in options if option >= near] or options
    return min(options, key=lambda option: (abs((option - near).days), option))


def exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
