"""Two numbers that make one range: "10-15", "between 10 and 15", "€3m to €4m", "from 3 to 5 per cent".

In: a number with its unit and the number behind it. Out: a :class:`Range`, ``None`` where they are two figures, or
:data:`SCORE` where they are none ("3-2"). "fell from 7 to 6 per cent" is one figure too: a change with both of its
ends; "rose by 12 to 300" is two, the amount and the level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kit.quantities.numerals import Number, Numeral, whole
from kit.quantities.parse import Parse
from kit.quantities.units import Unit, find_unit, read_sign
from kit.quantities.vocabulary import Vocabulary

_JOINT = re.compile(
    r"[ \u00a0]?(?P<dash>[-–—/])[ \u00a0]?|[ \u00a0]to-"
    r"|[ \u00a0](?P<word>to|and|or|up to|through)[ \u00a0](?:to-|about |around |some |roughly )?"
)
_LEAD = re.compile(r"\b(?P<word>between|from)[ \u00a0](?:about |around |some |roughly |an estimated |just )?$", re.I)
_FAR = 14
_AMOUNTS = (" by", " by more than", " by about", " by almost", " by nearly", " by at least", " by some", " by around")


@dataclass(frozen=True)
class Range:
    """Both ends, smaller first where the text says it so, the second number, and the unit of both."""

    start: int
    low: Number
    high: Number
    last: Numeral
    unit: Unit | None
    dashed: bool = False


SCORE = Range(0, 0, 0, Numeral(0, 0, None), None)


def find_range(parse: Parse, one: Numeral, unit: Unit | None, two: Numeral, words: Vocabulary) -> Range | None:
    """The range that two numbers make, if they make one."""
    text = parse.text
    behind = unit.end if unit else one.end
    if two.value is None or not 0 <= two.start - behind <= _FAR:
        return None
    sign = read_sign(text, two, words)
    minus = sign is not None and sign.unit is None
    begin = sign.start if sign and sign.unit else two.start
    joint = _JOINT.fullmatch(text, behind, begin) or (
        _JOINT.fullmatch(text, one.end, begin) if not (unit and unit.name) else None
    )
    if joint is None:
        return None
    start = unit.start if unit else one.start
    if joint["word"] == "to" and text[max(0, start - 30) : start].lower().rstrip().endswith(_AMOUNTS):
        return None
    lead = _LEAD.search(text, max(0, start - 26), start)
    first = lead["word"].lower() if lead else ""
    second = find_unit(parse, two, None if minus and joint["dash"] else sign, words)
    if second is not None and second.end == -1:
        return None
    if unit and unit.name and second and second.name and unit.name != second.name:
        return None
    other = replace(two, value=whole(two.value * second.factor)) if second else two
    low, high = _ends(one, other, second)
    plain = not (unit and unit.name) and not (second and second.name)
    if joint["word"] == "to" and not first and plain and low >= high:
        return SCORE
    if not _joins(parse, one, joint, first, low, high, bool(unit and unit.name), words):
        return None
    if joint["dash"]:
        if joint["dash"] == "/" and not (unit and unit.name and second and second.name):
            return None
        if low >= high and plain:
            return SCORE
    merged = second or unit
    if merged is not None:
        merged = replace(merged, start=start, end=max(merged.end, other.end))
    return Range(lead.start() if lead else start, min(low, high), max(low, high), other, merged, bool(joint["dash"]))


def _joins(
    parse: Parse,
    one: Numeral,
    joint: re.Match[str],
    lead: str,
    low: Number,
    high: Number,
    measured: bool,
    words: Vocabulary,
) -> bool:
    word = (joint["word"] or ("to" if "to-" in joint.group() else "")).lower()
    if word == "and":
        return lead == "between"
    if word == "or":
        return not measured and low < high <= low + max(1, low / 2)
    return lead == "from" or not word or low < high


def _ends(one: Numeral, two: Numeral, unit: Unit | None) -> tuple[Number, Number]:
    """Both numbers; a scale behind the second holds for the first: "3 to 5 million", "£3-5m"."""
    low, high = one.value, two.value
    factor = unit.factor if unit else 1
    if one.scaled or one.kind != "digits" or low >= 1000:
        return low, high
    if factor >= 1000:
        return (whole(low * factor) if low * 1000 <= high else low), high
    scale = next((10**power for power in (12, 9, 6, 3) if two.scaled and high >= 10**power), 1)
    return (whole(low * scale) if low < high / scale * 10 else low), high
