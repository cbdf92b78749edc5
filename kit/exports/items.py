"""The records of a view taken apart: marks in the text, plain values, links, and what people said.

In: a view and the log. Out: :class:`Item`, the one shape that every format is made from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kit.contract import to_json
from kit.decisions import Effective
from kit.decisions.seen import extent
from kit.records import Annotation, Claim, Quantity, Source, Span, TimeExpression
from kit.tables import changes_table

# What an event says, by its action; an answer is an answer.
_SAYS = {"add": ("answer", "label"), "edit": ("edited",), "link": ("edited",), "label": ("labels",), "note": ("note",)}
_SAYS |= {"grade": ("grade", "elsewhere"), "merge": (), "split": ()}
_PLAIN = {
    Claim: ("voice", "form", "kind", "confidence", "why"),
    Quantity: (
        "value",
        "low",
        "high",
        "best",
        "bound",
        "direction",
        "unit",
        "counted",
        "category",
        "measure",
        "status",
    ),
    Source: ("name", "type", "side", "group"),
    TimeExpression: ("value", "grain", "kind", "alternatives"),
}


@dataclass(frozen=True)
class Mark:
    """Characters of the article and what they are in their record; ``detail`` is a cue's stance, a hedge's kind."""

    role: str
    span: Span
    detail: str | None = None


@dataclass(frozen=True)
class Item:
    """One record as decided.

    Attributes:
        id, kind: of the record; words that a person tagged are of the kind ``words``.
        marks: its characters, in reading order.
        values: plain values by name, nothing for what is missing.
        links: ids of other records by name.
        people: answer, origin, label, labels, edited, note, grade, elsewhere: what is given; ``decided_by`` and
            ``decided_at`` are the last decision's, ``by`` has who said each of these, and when.
        corrections: field -> what the machine had read and what stands now, in words.
    """

    id: str
    kind: str
    marks: tuple[Mark, ...]
    values: Mapping[str, Any]
    links: Mapping[str, tuple[str, ...]]
    people: Mapping[str, Any]
    corrections: Mapping[str, tuple[str | None, str | None]]

    @property
    def place(self) -> tuple[int, int]:
        """From its first to its last character; an item without marks stands at the end of all."""
        if not self.marks:
            return (1 << 62, 1 << 62)
        return min(mark.span.start_char for mark in self.marks), max(mark.span.end_char for mark in self.marks)


def items_of(view: Effective, events: Iterable[Annotation]) -> tuple[Item, ...]:
    """Every record in reading order, tagged words included."""
    records = [("claim", one) for one in view.analysis.claims]
    records += [("quantity", one) for one in view.analysis.quantities]
    records += [("date", one) for one in view.analysis.dates]
    records += [("source", one) for one in view.analysis.sources]
    records += [("words", one) for one in view.tags]
    corrected: dict[str, dict[str, tuple[str | None, str | None]]] = {}
    for row in changes_table(view.machine, view.decisions).astype(object).itertuples():
        pair = tuple(one if isinstance(one, str) else None for one in (row.machine, row.analyst))
        corrected.setdefault(row.id, {})[row.field] = pair
    known = {event.id: event for event in events}
    made = [_item(view, known, kind, record, corrected.get(record.id, {})) for kind, record in records]
    return tuple(sorted(made, key=lambda item: (*item.place, item.kind, item.id)))


def _item(
    view: Effective, events: Mapping[str, Annotation], kind: str, record: Any, corrections: Mapping[str, Any]
) -> Item:
    values = {name: to_json(getattr(record, name)) for name in _PLAIN.get(type(record), ())}
    if isinstance(record, Claim):
        values |= {"factuality": to_json(record.factuality)} if record.factuality != type(record.factuality)() else {}
        values |= {"cue_lemma": record.cue.lemma} if record.cue else {}
    if isinstance(record, Quantity) and record.date:
        values |= {"date": record.date.value, "date_inherited": record.date.inherited}
    if kind == "words":
        values = {"label": record.label}
    return Item(
        id=record.id,
        kind=kind,
        marks=tuple(sorted(_marks(kind, record), key=lambda mark: (mark.span.start_char, mark.span.end_char))),
        values={name: value for name, value in values.items() if value not in (None, [])},
        links={name: ids for name, ids in _links(view, record).items() if ids},
        people=_people(view, events, record.id),
        corrections=corrections,
    )


def _marks(kind: str, record: Any) -> Iterable[Mark]:
    if isinstance(record, Claim):
        yield from (Mark("content", span) for span in record.content)
        yield from [Mark("said by", record.source)] if record.source else []
        yield from [Mark("cue", record.cue, record.cue.stance)] if record.cue else []
        yield from (Mark("hedge", span, span.kind) for span in record.hedges)
        yield from (Mark("flag", span, span.kind) for span in record.flags)
    elif isinstance(record, Source):
        yield from (Mark("mention", span) for span in record.mentions)
    else:
        start, end = extent(record) or (0, 0)
        span = record.span if kind == "words" else Span(start, end, record.text)
        yield Mark(kind, span)
        for role in ("affected", "actor", "place"):
            part = getattr(record, role, None)
            yield from [Mark(role, part)] if part else []


def _links(view: Effective, record: Any) -> dict[str, tuple[str, ...]]:
    if isinstance(record, Claim):
        source = record.source.source_id if record.source else None
        return {"source": (source,) if source else (), "parent": (record.parent,) if record.parent else ()}
    if isinstance(record, Quantity):
        return {"claim": (record.claim_id,) if record.claim_id else (), "reporter": (record.reporter,)}
    if isinstance(record, Source):
        merged = tuple(one for one, into in view.merged.items() if into == record.id)
        return {"cites": record.cites, "merged": merged}
    return {}


def _people(view: Effective, events: Mapping[str, Annotation], target: str) -> dict[str, Any]:
    """What people said about a record; ``origin`` always stands there."""
    decision = view.decision(target)
    made = target in view.origin or bool(decision and decision.added)
    origin = {"origin": "analyst" if made else "machine"}
    if decision is None:
        return origin
    value = decision.value
    grades = [value.get(name) for name in ("reliability", "credibility", "grade")]
    label = value.get("label")
    said_by: dict[str, list[str]] = {}
    for event in (events[one] for one in decision.events if one in events):
        for name in _SAYS.get(event.action, ("answer",)):
            said_by[name] = [event.annotator, event.created]
    found = {
        "answer": decision.answer,
        "decided_by": decision.annotator,
        "decided_at": decision.created,
        "label": None if label is None else str(label),
        "labels": list(view.labels(target)),
        "edited": list(view.edited(target)),
        "note": view.note(target),
        "grade": next((str(one) for one in grades if one is not None), None),
        "elsewhere": value.get("elsewhere") if isinstance(value.get("elsewhere"), str) else None,
    }
    found = {name: one for name, one in found.items() if one not in (None, [], "")}
    by = {name: one for name, one in said_by.items() if name in found}
    return origin | found | ({"by": by} if by else {})
