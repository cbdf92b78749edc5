"""Dates of a table as stretches of the calendar: ISO 8601, and the TIMEX3 forms of the kit's dates.

In: "2023-06-04", "2023-06", "2023-W23", "2023-Q2", "2023-SU", "199". Out: first and last day, or ``None`` for what is
no place in the calendar ("PRESENT_REF", "P3D", "XXXX-06", a financial year that begins nobody says when).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_FORMS = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T.*)?)?|W(?P<week>\d\d)(?P<end>-WE)?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?"
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # of no locale
_FIRST = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def stretch(value: str | None) -> tuple[date, date] | None:
    """The first and the last day of a date."""
    if not value:
        return None
    try:
        if "/" in value:
            first, last = (stretch(part) for part in value.split("/", 1))
            return (first[0], last[1]) if first and last and first[0] <= last[1] else None
        if re.fullmatch(r"\d{2,3}", value):
            years = 10 ** (4 - len(value))
            return date(int(value) * years, 1, 1), date(int(value) * years + years - 1, 12, 31)
        found = _FORMS.fullmatch(value)
        return _read(found) if found else None
    except (ValueError, OverflowError):
        return None


def day_text(day: date) -> str:
    """A day as printed: 4 Jun 2023."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04d}"


def stretch_text(first: date, last: date) -> str:
    """A stretch as printed: a day, a month, a year, or from day to day."""
    if first == last:
        return day_text(first)
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and last.year < 9999:
        if (first.month, last.month) == (1, 12):
            return f"{first.year:04d}" if first.year == last.year else f"{first.year:04d}–{last.year:04d}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{MONTHS[first.month - 1]} {first.year:04d}"
        return f"{MONTHS[first.month - 1]}–{MONTHS[last.month - 1]} {last.year:04d}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_text(last)}"
    return f"{day_text(first)} – {day_text(last)}"


def _read(found: re.Match[str]) -> tuple[date, date]:
    part = {name: text for name, text in found.groupdict().items() if text}
    year = int(part["year"])
    if "week" in part:
        monday = date.fromisocalendar(year, int(part["week"]), 1)
        return (
            (monday + timedelta(days=5), monday + timedelta(days=6))
            if "end" in part
            else (monday, monday + timedelta(days=6))
        )
    if "day" in part:
        day = date(year, int(part["month"]), int(part["day"]))
        return day, day
    month, months = 1, 12
    if "month" in part:
        month, months = int(part["month"]), 1
    elif "quarter" in part:
        month, months = int(part["quarter"]) * 3 - 2, 3
    elif "half" in part:
        month, months = int(part["half"]) * 6 - 5, 6
    elif "season" in part:
        month, months = _FIRST[part["season"]], 3
    after = year * 12 + month - 1 + months
    return date(year, month, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
