"""Holidays: days of each year that a rule of the lexicon gives."""

from __future__ import annotations

from datetime import date, timedelta

from kit.dates.classes import WEEKDAYS
from kit.dates.meanings import Context, Meaning, on_calendar
from kit.dates.periods import Period
from kit.dates.relative import of_year


def holiday(rule: str) -> Meaning:
    """A day of each year, by its rule in the lexicon; the nearest one, or the one where the verb looks."""

    def find(context: Context) -> Period | None:
        if context.within:
            return Period("day", holiday_of(rule, context.within.start.year))
        if context.published is None:
            return None
        near, look = context.published, context.look()
        days = [holiday_of(rule, near.year + step) for step in (-1, 0, 1)]
        return Period(
            "day", min((day for day in days if (day - near).days * look >= 0), key=lambda day: abs(day - near))
        )

    return on_calendar(find, "day", ("year",))


def shifted_holiday(shift: str, rule: str) -> Meaning:
    """ "last Christmas", "this Easter"."""
    return on_calendar(
        lambda context: of_year(context, shift, lambda year: Period("day", holiday_of(rule, year))), "day"
    )


def holiday_of(rule: str, year: int) -> date:
    """The day of a year that a rule means: "12-25", "easter 1", "4 thursday 11", "-1 monday 5"."""
    parts = rule.split()
    if parts[0] == "easter":
        return easter(year) + timedelta(days=int(parts[1]))
    if rule.count("-") == 2:
        return date.fromisoformat(rule)
    if len(parts) == 1:
        return date(year, *map(int, rule.split("-")))
    count, number, month = int(parts[0]), WEEKDAYS.index(parts[1]), int(parts[2])
    if count > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(number - first.weekday()) % 7 + 7 * (count - 1))
    last = Period("month", date(year, month, 1)).end
    return last - timedelta(days=(last.weekday() - number) % 7 + 7 * (-count - 1))


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
