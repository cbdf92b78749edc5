"""From the log of events to the decisions in force.

In: the events of ``annotations.jsonl`` in their order. Out: one :class:`Decision` per record that a
person has judged, added or graded. The store, the widgets and the tables share this one fold; nothing
here reads or writes a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kit.records import Anchor, Annotation

ANSWERS = ("accept", "reject", "ignore")


@dataclass(frozen=True)
class Decision:
    """What is in force for one record.

    Attributes:
        target: id of the record (of the suggestion, or of the record that a person added).
        answer: ``accept``, ``reject``, ``ignore``, or ``None`` where nobody answered yet; an added record is
            accepted by whoever added it.
        added: a person made this record, no machine suggested it.
        value: everything that ``add``, ``edit``, ``label``, ``link``, ``grade`` and ``note`` events set, later
            over earlier.
        annotator, created: who decided last, and when.
        events: ids of the events that are in force here, in their order.
    """

    target: str
    record: str
    answer: str | None = None
    added: bool = False
    value: Mapping[str, Any] = field(default_factory=dict)
    anchor: Anchor | None = None
    annotator: str = ""
    created: str = ""
    events: tuple[str, ...] = ()


def fold(events: Iterable[Annotation]) -> dict[str, Decision]:
    """The decisions in force, by target, in the order of their first event.

    An ``undo`` event takes back the event that it names in ``supersedes``; undoing an undo is redo.
    """
    events = list(events)
    undone = undone_ids(events)
    decisions: dict[str, Decision] = {}
    for event in events:
        if event.action != "undo" and event.id not in undone:
            before = decisions.get(event.target, Decision(event.target, event.record))
            decisions[event.target] = _apply(before, event)
    return decisions


def undone_ids(events: Iterable[Annotation]) -> set[str]:
    """Ids of the events that an undo in force takes back."""
    undone: set[str] = set()
    for event in reversed(list(events)):
        if event.action == "undo" and event.id not in undone and event.supersedes:
            undone.add(event.supersedes)
    return undone


def last_undoable(events: Iterable[Annotation], *, annotator: str | None = None) -> Annotation | None:
    """The event that "undo" takes back now: the last one in force (of this annotator, if given)."""
    events = list(events)
    undone = undone_ids(events)
    for event in reversed(events):
        own = annotator is None or event.annotator == annotator
        if own and event.action != "undo" and event.id not in undone:
            return event
    return None


def last_redoable(events: Iterable[Annotation], *, annotator: str | None = None) -> Annotation | None:
    """The undo that "redo" takes back now: the last one in force, unless a decision came after it."""
    events = list(events)
    undone = undone_ids(events)
    for event in reversed(events):
        if annotator is not None and event.annotator != annotator:
            continue
        if event.action != "undo":
            if event.id not in undone:
                return None
        elif event.id not in undone and _takes_back_a_decision(event, events):
            return event
    return None


def _takes_back_a_decision(undo: Annotation, events: list[Annotation]) -> bool:
    return any(event.id == undo.supersedes and event.action != "undo" for event in events)


def _apply(before: Decision, event: Annotation) -> Decision:
    answer = event.action if event.action in ANSWERS else before.answer
    added = before.added or event.action == "add"
    return replace(
        before,
        answer="accept" if event.action == "add" else answer,
        added=added,
        value={**before.value, **event.value},
        anchor=event.anchor or before.anchor,
        annotator=event.annotator,
        created=event.created,
        events=(*before.events, event.id),
    )
