"""An article to compare: its records as decided, rejected ones left out, under a name that no other one has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kit.decisions import Decision, effective
from kit.records import OUTLET, Analysis, Source


@dataclass(frozen=True)
class Reading:
    """One article to compare.

    Attributes:
        name: what tells it apart from the others, such as the name of its case.
        analysis: the machine's reading.
        decisions: the decisions in force (:func:`kit.decisions.fold`), or none.
    """

    name: str
    analysis: Analysis
    decisions: Mapping[str, Decision] = field(default_factory=dict)


@dataclass(frozen=True)
class Compared:
    """A reading as decided, ready to be compared; ``outlet`` is how tables call it, the same for no other one."""

    index: int
    name: str
    outlet: str
    analysis: Analysis

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.analysis.sources}

    def source(self, source_id: str | None) -> Source | None:
        """The source with this id, or ``None``, as for the outlet itself."""
        return self._sources.get(source_id or OUTLET)


def compared(readings: Sequence[Reading]) -> list[Compared]:
    """The readings as decided.

    Raises:
        ValueError: two of them have the same name.
    """
    names = Counter(reading.name for reading in readings)
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        raise ValueError(f"two readings are called {twice[0]!r}: give each its own name")
    outlets = Counter(reading.analysis.article.outlet for reading in readings)
    found = []
    for index, reading in enumerate(readings):
        outlet = reading.analysis.article.outlet
        shown = f"{outlet} ({reading.name})" if outlet and outlets[outlet] > 1 else outlet or reading.name
        found.append(Compared(index, reading.name, shown, _as_decided(reading)))
    return found


def _as_decided(reading: Reading) -> Analysis:
    view = effective(reading.analysis, reading.decisions)
    kept = {
        name: tuple(record for record in getattr(view.analysis, name) if view.answer(record.id) != "reject")
        for name in ("claims", "quantities")
    }
    return replace(view.analysis, **kept)
