"""What the words of an expression say by themselves: weekday, month, day and year."""

from __future__ import annotations

from datetime import date

from kit.dates.sentences import Expression

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def parts_of(one: Expression) -> dict[str, int]:
    """What the words say: weekday, month, day and year."""
    names = {"nth": "day", "upto12": "day", "upto24": "day", "upto31": "day", "fourdigit": "year"}
    parts: dict[str, int] = {}
    for word in one.words:
        name = names.get(word.kind, word.kind)
        if name in ("weekday", "month", "day", "year"):
            parts.setdefault(name, word.value)
    return parts


def in_words(parts: dict[str, int]) -> str:
    """A date as prose says it: "a Sunday, 4 June 2023"."""
    weekday = f"a {WEEKDAY_NAMES[parts['weekday']]}" if "weekday" in parts else ""
    if "month" not in parts:
        return weekday
    name = f"{date(2000, parts['month'], 1):%B}"
    return ", ".join(
        filter(None, (weekday, f"{parts['day']} {name}" + (f" {parts['year']}" if "year" in parts else "")))
    )


def word_before(one: Expression) -> str:
    """The word before it."""
    start = one.span.start
    return one.doc[start - 1].lower_ if start else ""
