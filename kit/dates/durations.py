"""Durations and sets: "five days", "two-year", "the past three weeks", "every Monday", "twice a week".

Values are ISO 8601 durations; an unknown number is ``X`` ("several weeks" is ``PXW``). A set has the duration after
which it recurs, or TIMEX3's open date ("every Monday" is ``XXXX-WXX-1``).
"""

from __future__ import annotations

from kit.dates.meanings import Meaning, constant
from kit.dates.words import Word

_CODES = {
    "second": "T{}S",
    "minute": "T{}M",
    "hour": "T{}H",
    "day": "{}D",
    "weekend": "{}W",
    "week": "{}W",
    "month": "{}M",
    "year": "{}Y",
}
_SCALED = {"fortnight": (2, "week"), "quarter": (3, "month"), "decade": (10, "year"), "century": (100, "year")}
_HALVES = {"year": (12, "month"), "hour": (60, "minute"), "minute": (60, "second"), "day": (24, "hour")}


def count_of(words: list[Word]) -> float | None:
    """The number that words say: digits, words, "a", "half", "and a half"; ``None`` where they say none."""
    total, part, seen = 0.0, 0.0, False
    words = [word for word in words if word.kind not in ("dash", "the", "kept", "approximate", "of")]
    for place, word in enumerate(words):
        after = words[place + 1].kind if place + 1 < len(words) else ""
        if word.kind == "slash":
            return part / words[place + 1].value if after and words[place + 1].value else None
        if word.kind == "bignum" and word.value >= 100:
            part = max(part, 1) * word.value
            total, part = (total + part, 0) if word.value >= 1000 else (total, part)
        elif word.kind == "half":
            part += 0.5
        elif word.kind == "a" and after not in ("half", "numword", "bignum", "vague"):
            part += 0 if seen else 1
        elif isinstance(word.value, int | float) and not isinstance(word.value, bool):
            if after in ("upto12", "upto24") and place + 2 < len(words) and words[place + 2].kind == "slash":
                fraction = count_of(words[place + 1 :])
                return None if fraction is None else word.value + fraction
            part = part * word.value if part and word.value == 12 and word.kind == "bignum" else part + word.value
        else:
            continue
        seen = True
    return total + part if seen else None


def duration_value(count: float | None, unit: str) -> str:
    """ISO 8601: ``P2W``, ``PT5H``; halves of a year and an hour in whole smaller units; ``X`` for no number."""
    if count is None:
        return f"PX{'DE' if unit == 'decade' else 'CE'}" if unit in ("decade", "century") else "P" + _code("X", unit)
    if unit in _SCALED:
        size, unit = _SCALED[unit]
        count *= size
    if count % 1 and unit in _HALVES and (count * _HALVES[unit][0]) % 1 == 0:
        size, unit = _HALVES[unit]
        count *= size
    return "P" + _code(f"{count:.15g}", unit)


def duration(count: float | None, unit: str) -> Meaning:
    """So many of a unit; ``None`` for an unknown number."""
    return constant(duration_value(count, unit), unit, "duration")


def set_of(count: float | None, unit: str) -> Meaning:
    """Something that recurs after so many of a unit."""
    return constant(duration_value(count, unit), unit, "set")


def each_weekday(number: int) -> Meaning:
    """ "every Monday", "on Mondays"."""
    return constant(f"XXXX-WXX-{number + 1}", "day", "set")


def _code(count: str, unit: str) -> str:
    unit = _SCALED[unit][1] if unit in _SCALED else unit
    return _CODES[unit].format(count)
