"""From the log of events to the decisions in force.

In: events in their order. Out: one :class:`Decision` per record that a person has judged, added or graded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kit.records import Anchor, Annotation

ANSWERS = ("accept", "reject", "ignore")
# Values that change no field of the record itself.
QUIET = frozenset("label labels note grade reliability credibility elsewhere text".split())
_MADE_BY_OTHERS = ("merged", "splits", "mentions")  # only merge and split say these
ASIDE = ("seen", "places", "adjudicates")  # about the event, no value of the record


@dataclass(frozen=True)
class Decision:
    """What is in force for one record.

    Attributes:
        target: id of the record (of the suggestion, or of the record that a person added).
        answer: ``accept``, ``reject``, ``ignore``, or ``None`` where nobody answered yet; an added record is
            accepted by whoever added it.
        added: a person made this record, no machine suggested it.
        value: everything that ``add``, ``edit``, ``label``, ``link``, ``grade`` and ``note`` events set, later
            over earlier; ``merged`` lists the ids of merged sources, ``splits`` what was split off.
        annotator, created: who decided last, and when.
        events: ids of the events that are in force here, in their order.
        seen: what the suggestion said when it was last judged, in words; empty where no event tells.
        adjudicates: ids of the events between which the answer decides.
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
    seen: Mapping[str, Any] = field(default_factory=dict)
    adjudicates: tuple[str, ...] = ()


def fold(events: Iterable[Annotation]) -> dict[str, Decision]:
    """The decisions in force, by target, in the order of their first event.

    An ``undo`` event takes back the event that it names in ``supersedes``; undoing an undo is redo.
    """
    events = list(events)
    undone = undone_ids(events)
    decisions: dict[str, Decision] = {}
    for event in events:
        if event.action != "undo" and event.id not in undone:
            decisions[event.target] = decided(decisions.get(event.target), event)
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
    decided = {event.id for event in events if event.action != "undo"}
    for event in reversed(events):
        if event.id in undone or (annotator is not None and event.annotator != annotator):
            continue
        if event.action != "undo":
            return None
        if event.supersedes in decided:
            return event
    return None


def decided(before: Decision | None, event: Annotation) -> Decision:
    """The decision on a record after one more event in force that is no undo."""
    before = before or Decision(event.target, event.record)
    answer = event.action if event.action in ANSWERS else before.answer
    seen, settles = event.value.get("seen"), event.value.get("adjudicates")
    return replace(
        before,
        answer="accept" if event.action == "add" else answer,
        added=before.added or event.action == "add",
        value=_values(before.value, event),
        anchor=before.anchor if before.added else event.anchor or before.anchor,
        annotator=event.annotator,
        created=event.created,
        events=(*before.events, event.id),
        seen=seen if isinstance(seen, Mapping) else before.seen,
        adjudicates=texts(settles) if settles or event.action in ANSWERS else before.adjudicates,
    )


def _values(before: Mapping[str, Any], event: Annotation) -> dict[str, Any]:
    new = {key: item for key, item in event.value.items() if key not in ASIDE}
    named = texts(new.get("merged"))
    if event.action == "merge":
        return {**before, "merged": tuple(dict.fromkeys((*before.get("merged", ()), *named)))}
    if event.action == "split" and "merged" in new:
        return {**before, "merged": tuple(one for one in before.get("merged", ()) if one not in named)}
    if event.action == "split":
        return {**before, "splits": (*before.get("splits", ()), new)}
    return {**before, **{key: item for key, item in new.items() if key not in _MADE_BY_OTHERS}}


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list that a hand may have written."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list | tuple) else ()
