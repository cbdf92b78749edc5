"""What a suggestion says, in words: to notice later that another one was judged.

In: a record. Out: its judged fields as plain JSON values without offsets and ids, so that they survive a changed text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.decisions.spans import alike
from kit.records import Analysis, Claim, Quantity, Source, Span, TimeExpression

_PLAIN = {
    Quantity: ("text", "value", "low", "high", "bound", "unit", "category", "status"),
    TimeExpression: ("text", "value"),
    Source: ("name", "type"),
}


def seen(record: Any) -> dict[str, Any]:
    """The fields that a person judges, by name; a span is its words, a content its fragments joined with " … "."""
    if isinstance(record, Claim):
        found = {"source": _words(record.source), "cue": _words(record.cue)}
        content = " … ".join(span.text for span in record.content)
        found |= {"content": content, "form": record.form, "voice": record.voice}
        return found | {"stance": record.cue.stance if record.cue else None}
    for kind, names in _PLAIN.items():
        if isinstance(record, kind):
            found = {name: getattr(record, name) for name in names}
            if isinstance(record, Quantity):
                found |= {"affected": _words(record.affected), "date": record.date.value if record.date else None}
            return found
    return {}


def changes(before: Any, now: Any) -> dict[str, tuple[Any, Any]]:
    """The judged fields that differ: name -> (before, now). Either side may be a record or what was seen of one."""
    old = before if isinstance(before, Mapping) else _all_fields(before)
    new = _all_fields(now) if not isinstance(before, Mapping) else seen(now)
    return {name: (old[name], new[name]) for name in new if name in old and not _same(old[name], new[name])}


def index(analysis: Analysis) -> dict[str, tuple[str, Any]]:
    """Every record by its id, with its kind."""
    kinds = {"claim": analysis.claims, "quantity": analysis.quantities, "source": analysis.sources}
    kinds["date"] = analysis.dates
    return {record.id: (kind, record) for kind, records in kinds.items() for record in records}


def extent(record: Any) -> tuple[int, int] | None:
    """From the first to the last character of a record's spans; of a source, its first mention."""
    if isinstance(record, Claim):
        spans = [span for span in (record.source, record.cue, *record.content) if span]
    elif isinstance(record, Source):
        spans = sorted(record.mentions, key=lambda span: span.start_char)[:1]
    else:
        spans = [record if isinstance(record, Span) else record.span]  # the words of a tag
    if not spans:
        return None
    return min(span.start_char for span in spans), max(span.end_char for span in spans)


def _same(old: Any, new: Any) -> bool:
    return alike(old, new) if isinstance(old, str) and isinstance(new, str) else bool(old == new)


def _all_fields(record: Any) -> dict[str, Any]:
    """What a person can change, spans with their offsets: two equal words at two places are two spans."""
    if isinstance(record, Claim):
        found: dict[str, Any] = {name: getattr(record, name) for name in ("form", "voice", "factuality")}
        found |= {"source": _edges(record.source), "cue": _edges(record.cue)}
        found |= {"content": [_edges(span) for span in record.content]}
        return found | {"stance": record.cue.stance if record.cue else None}
    skipped = ("id", "mentions", "cites")
    names = [name for name in record.__dataclass_fields__ if name not in skipped]
    return {name: getattr(record, name) for name in names}


def _edges(span: Span | None) -> tuple[int, int] | None:
    return (span.start_char, span.end_char) if span else None


def _words(span: Span | None) -> str | None:
    return span.text if span else None
