"""The one view of an article's records as people decided them.

:class:`Effective` holds claims, figures, sources and dates with every edit, merge, split and link applied and with what
people added, the machine's own reading beside it, and a list of what could not be applied. The desk, the tables and the
report read this and nothing else; :mod:`~kit.decisions.effect` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kit.decisions.folding import QUIET, Decision, texts
from kit.decisions.seen import changes, index
from kit.decisions.strays import Stray
from kit.records import Analysis, Span


@dataclass(frozen=True)
class Tag:
    """Words that a person tagged with a label of their own, such as a loaded word: no claim, nobody's assertion."""

    id: str
    label: str
    span: Span


@dataclass(frozen=True)
class Effective:
    """What people made of the machine's reading.

    Attributes:
        analysis: the records as decided; rejected ones are still in it, with their answer in ``decisions``.
        machine: the reading as the machine gave it, untouched.
        decisions: the decisions in force, by record id.
        tags: words tagged with a label of their own.
        merged: id of a source -> id of the source that it was merged into.
        strays: decisions that do not stand as they were taken.
        origin: id of a source made by a split or an edit -> the record that was decided on.
        applied: the records on which a decision was applied, before sources were merged: for the next view.
    """

    analysis: Analysis
    machine: Analysis
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    tags: tuple[Tag, ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    strays: tuple[Stray, ...] = ()
    origin: Mapping[str, str] = field(default_factory=dict)
    applied: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def _index(self) -> dict[str, tuple[str, Any]]:
        return index(self.analysis) | {tag.id: ("claim", tag) for tag in self.tags}

    @cached_property
    def _suggested(self) -> dict[str, tuple[str, Any]]:
        return index(self.machine)

    def record(self, record_id: str) -> Any:
        """The record as decided (a :class:`Tag` for tagged words), or ``None``."""
        return self._index.get(record_id, (None, None))[1]

    def suggested(self, record_id: str) -> Any:
        """The record as the machine gave it, or ``None`` for what a person added."""
        return self._suggested.get(record_id, (None, None))[1]

    def kind(self, record_id: str) -> str | None:
        """``claim``, ``quantity``, ``source`` or ``date``."""
        return self._index.get(record_id, (None, None))[0]

    def decision(self, record_id: str) -> Decision | None:
        """What is in force for a record."""
        return self.decisions.get(record_id)

    def answer(self, record_id: str) -> str | None:
        """``accept``, ``reject``, ``ignore``, or ``None`` where nobody answered yet."""
        decision = self.decisions.get(record_id)
        return decision.answer if decision else None

    def value(self, record_id: str, name: str) -> Any:
        """One value of the decision on a record, or ``None``."""
        decision = self.decisions.get(record_id)
        return decision.value.get(name) if decision else None

    def labels(self, record_id: str) -> tuple[str, ...]:
        """The labels that people gave a record, beside the one that it was added with."""
        return texts(self.value(record_id, "labels"))

    def note(self, record_id: str) -> str | None:
        """The note on a record."""
        note = self.value(record_id, "note")
        return note if isinstance(note, str) and note else None

    def reliability(self, source_id: str) -> str:
        """The Admiralty letter of a source, "F" (cannot be judged) until somebody gave one."""
        return self._grade(source_id, "reliability", "F")

    def credibility(self, claim_id: str) -> str:
        """The Admiralty digit of a claim, "6" (cannot be judged) until somebody gave one."""
        return self._grade(claim_id, "credibility", "6")

    def _grade(self, record_id: str, name: str, default: str) -> str:
        given = (self.value(record_id, name), self.value(record_id, "grade"))
        return next((str(one) for one in given if one is not None), default)

    def edited(self, record_id: str) -> tuple[str, ...]:
        """Names of the fields in which a suggestion differs from what a person made of it; empty for what was added."""
        decision = self.decisions.get(record_id)
        if decision is None or decision.added or not decision.value.keys() - QUIET:
            return ()
        before, now = self.suggested(record_id), self.record(record_id)
        return tuple(changes(before, now)) if before is not None and now is not None else ()
