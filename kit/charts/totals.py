"""A total that was asked for: always with the assumption that it rests on, never as a mark.

Categories may overlap (is an infantry fighting vehicle among the "armoured vehicles"?), so a sum is right only if they
are disjoint; otherwise the truth lies between the largest figure and the sum. 16, 3 and 21: "40 if disjoint, otherwise
21 to 40".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from kit.charts.cells import number_text
from kit.charts.rows import Row
from kit.charts.words import capital

SUMMED = ("things", "people")
TOTAL = "Total of "  # how a line begins that has one


def totals(rows: Iterable[Row]) -> list[str]:
    """One line for every reporter and list of at least two categories that share a status, party, place and date."""
    lists: dict[tuple[str | None, ...], list[Row]] = {}
    for row in rows:
        if row.panel in SUMMED:
            same = (row.panel, row.group, row.reporter, row.measure, row.status, row.affected, row.place, row.date)
            lists.setdefault(same, []).append(row)
    lines = [_line(some) for some in lists.values() if len({row.label for row in some}) > 1]
    return lines or ["No total: no reporter gives figures of several categories for the same event."]


def _line(rows: Sequence[Row]) -> str:
    """The total of one list, or why there is none."""
    names = list(dict.fromkeys(row.label for row in rows))
    what = f"{', '.join(names[:-1])} and {names[-1]} ({rows[0].reporter})"
    counted = [row for row in rows if row.numbers]
    once = list({(row.label, row.bound, row.low, row.high): row for row in counted}.values())
    twice = next((name for name in names if sum(row.label == name for row in once) > 1), None)
    if twice:
        return f"No total of {what}: {twice} are given more than once, with different numbers."
    if len(once) < 2:
        return f"No total of {what}: fewer than two of them have a number."
    words = len(rows) - len(counted)
    more = f"; {words} more in words only, not included" if words else ""
    return f"{TOTAL}{what}: {_sum(once)}{more}."


def _sum(rows: Sequence[Row]) -> str:
    """The sum with both assumptions: categories that exclude each other, and categories that may overlap."""
    lows = [(row.low or 0.0, row.bound == "gt") for row in rows]
    highs = [math.inf if row.high is None else row.high for row in rows]
    low, most, high = sum(low for low, _ in lows), max(lows), sum(highs)
    about = "about " if any(row.bound == "approx" for row in rows) else ""
    if math.isinf(high):
        least = "more than " if any(strict for _, strict in lows) else "at least "
        otherwise = "more than " if most[1] else "at least "
        return f"{least}{number_text(low)} if disjoint, otherwise {otherwise}{number_text(most[0])}"
    disjoint = number_text(low) if low == high else f"{number_text(low)} to {number_text(high)}"
    return f"{about}{disjoint} if disjoint, otherwise {about}{number_text(most[0])} to {number_text(high)}"


def spoken_totals(rows: Iterable[Row]) -> str:
    """The totals in running text."""
    return " ".join(capital(line) for line in totals(rows))
