"""Kinds of figures: what may share an axis. People, things, percent, each currency, each measured unit, each change.

In: unit, measure and category of a figure. Out: the name of its panel. Which units are money or measured, and which
categories are people, is read from the lexicon, so that a user's own lists count too.
"""

from __future__ import annotations

from kit.lexicon import load_lexicon

PEOPLE = {"person", "people", "child", "man", "woman", "life", "soldier", "civilian"}
NOT_PEOPLE = {"families"}  # counted by household: 40 families are not 40 people
PERCENT = {"percent", "per cent", "%", "percentage"}
# Never on the default chart: they count nothing. Each says how many of it were left out.
UNCOUNTED = {
    "age": "ages", "duration": "durations", "ratio": "ratios", "rank": "ranks", "score": "scores",
    "temperature": "temperatures",
}  # fmt: skip
ORDER = ("people", "things", "percent")
IRREGULAR = {"foot": "feet", "inch": "inches", "yen": "yen", "yuan": "yuan", "hertz": "hertz", "penny": "pence"}


class Kinds:
    """The panels of figures, with the lexicon read once; two figures of different kinds never share an axis."""

    def __init__(self) -> None:
        people = [table for table in load_lexicon("categories").values() if table.get("list") == "people"]
        self._people = {name.lower() for table in people for name in table["categories"]} - NOT_PEOPLE
        units, self._measured = load_lexicon("units"), set[str]()
        for name in ("currency_signs", "currency_words", "units"):
            for unit, written in units.get(name, {}).items():
                self._measured |= {unit.lower(), *(word.lower() for word in written if len(word) > 2)}

    def of(self, unit: str | None, measure: str | None, category: str | None) -> str:
        """The panel of a figure."""
        base = self._base((unit or "").lower(), (category or "").lower())
        if measure in UNCOUNTED:
            return measure if base in ORDER else f"{measure}, {base}"
        return f"change, {base}" if measure == "change" else base

    def _base(self, unit: str, category: str) -> str:
        if unit in PERCENT:
            return "percent"
        measured = unit in self._measured or " per " in unit
        if unit in PEOPLE or (category in self._people and not measured):
            return "people"
        return unit if measured else "things"


def heading(kind: str) -> str:
    """The kind as the heading of a panel."""
    changed, _, base = kind.rpartition(", ")
    name = base
    if base not in ORDER and base not in UNCOUNTED:
        name = IRREGULAR.get(base) or (f"{base}s" if base.isalpha() and base.isascii() else f"unit: {base}")
    name = UNCOUNTED.get(base, name)
    name = f"{UNCOUNTED.get(changed, changed)}, {name}" if changed else name
    return name[:1].upper() + name[1:]


def order_of(kind: str) -> tuple[int, int]:
    """People first, then things, then percent; levels before changes."""
    base = kind.rpartition(", ")[2]
    return (", " in kind or kind in UNCOUNTED), ORDER.index(base) if base in ORDER else len(ORDER)
