"""Items of the desk that are one span each: figures, dates and tagged words. See :func:`kit.widgets.items.items`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.decisions import Effective, Tag
from kit.markup import unturned
from kit.records import BOUND_WORDS, OUTLET, Claim, Quantity, Source, Span, TimeExpression

Item = dict[str, Any]
Fields = list[tuple[str, str]]


def _reporter(view: Effective, quantity: Quantity, sources: Mapping[str, Source]) -> str:
    source = sources.get(quantity.reporter)
    return unturned(source.name if source else view.analysis.article.outlet or "the outlet itself")


def figure_item(view: Effective, quantity: Quantity, number: int, sources: Mapping[str, Source]) -> Item:
    """A figure: its bound, value and reporter, whom it befalls, and the claim that reports it."""
    reporter = _reporter(view, quantity, sources)
    unit = quantity.unit or quantity.counted or "no unit"
    fields: Fields = [("Figure", unturned(quantity.text)), ("Bound", BOUND_WORDS[quantity.bound])]
    fields += [("Value", f"{_value(quantity)} ({unturned(unit)})")]
    fields += [("Reported by", reporter)]
    heads = (("Befalls", quantity.affected), ("Done by", quantity.actor), ("Place", quantity.place))
    fields += [(name, unturned(span.text)) for name, span in heads if span]
    if quantity.date:
        fields.append(("Date", quantity.date.value + (" (taken over from before)" if quantity.date.inherited else "")))
    if quantity.status and quantity.status != "unspecified":
        fields.append(("Status", quantity.status))
    claim = view.record(quantity.claim_id) if quantity.claim_id else None
    values = {name: getattr(quantity, name) for name in ("value", "low", "high", "bound", "unit")}
    asides = [part(role, getattr(quantity, role)) for role in ("affected", "actor", "place")]
    note = f"figure: {BOUND_WORDS[quantity.bound]}; reported by {reporter}"
    return _of_span("quantity", quantity, f"Figure {number}", "figure", fields, note) | {
        "parts": [part("figure", quantity), *asides],
        "values": {name: None if value is None else str(value) for name, value in values.items()},
        "source": None if quantity.reporter == OUTLET else quantity.reporter,
        "claim": quantity.claim_id,
        "confidence": claim.confidence if isinstance(claim, Claim) else None,
        "cite": reporter,
    }


def _value(quantity: Quantity) -> str:
    if quantity.bound == "range" and quantity.low is not None and quantity.high is not None:
        return f"{quantity.low:,} to {quantity.high:,}"
    return "no number" if quantity.value is None else f"{quantity.value:,}"


def date_item(date: TimeExpression, number: int) -> Item:
    """A date or time: how it is read, and how else it could be."""
    read = date.value or "not resolved"
    fields: Fields = [("Words", unturned(date.text)), ("Read as", f"{read} ({date.kind}, to the {date.grain})")]
    fields += [("Or", ", ".join(date.alternatives))] if date.alternatives else []
    item = _of_span("date", date, f"Date {number}", "date", fields, f"date: {read}")
    return item | {"values": {"value": date.value}}


def tag_item(tag: Tag) -> Item:
    """Words with a label of their own."""
    words = unturned(tag.span.text)
    name = unturned(tag.label)
    item = _of_span("tag", tag.span, name[:1].upper() + name[1:], "content", [("Words", words)], name, id=tag.id)
    return item | {"tag": name, "parts": [["content", tag.span.start_char, tag.span.end_char]]}


def _of_span(record: str, span: Any, name: str, role: str, fields: Fields, note: str, *, id: str | None = None) -> Item:
    return {
        "id": id or span.id,
        "record": record,
        "name": name,
        "title": unturned(span.text),
        "tag": "",
        "spoken": name.lower(),
        "start": span.start_char,
        "end": span.end_char,
        "parts": [[role, span.start_char, span.end_char]],
        "drawn": True,
        "counted": True,
        "fields": fields,
        "values": {},
        "source": None,
        "claim": None,
        "confidence": None,
        "cite": "",
        "note_line": note,
        "letter": None,
        "digit": None,
        "graded": False,
    }


def part(role: str, span: Span | None) -> list[Any]:
    """A span with its role as the script takes it; ``None`` for the edges of one that is not there."""
    return [role, span.start_char, span.end_char] if span else [role, None, None]
