"""What all drafts share: the record they stand on, its anchor, the words of spans, and a trial before it is handed on.

In: a view and what a person gave. Out: parts of a draft; :mod:`~kit.decisions.drafts` puts them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from kit.contract import to_json
from kit.decisions.applying import applied
from kit.decisions.folding import Decision
from kit.decisions.seen import extent, seen
from kit.decisions.sources import NEW
from kit.decisions.spans import DecisionError, anchor_at, as_span, span_json
from kit.decisions.view import Effective
from kit.records import Claim, RecordError, Span, record_id

Draft = dict[str, Any]
SpanLike = Any  # a Span, a pair of offsets, or a mapping with start_char and end_char
_QUOTES = '"“”„«»‟'


def form_of(content: Sequence[Span]) -> str:
    """``direct`` where quotation marks enclose every fragment, ``mixed`` where there are some, else ``indirect``."""
    texts = [span.text.strip() for span in content]
    if all(len(one) > 1 and one[0] in _QUOTES and one[-1] in _QUOTES for one in texts):
        return "direct"
    return "mixed" if any(mark in one for one in texts for mark in _QUOTES) else "indirect"


def draft(view: Effective, action: str, target: str, value: Mapping[str, Any]) -> Draft:
    """A draft on a record: where it stands, and which event it comes after."""
    kind, record = found(view, target)
    known, before = view.suggested(target), view.decision(target)
    place = extent(known if known is not None else record)
    anchor = anchor_at(view.machine.article.text, *place) if place else None
    last = before.events[-1] if before and before.events else None
    made = {"action": action, "target": target, "record": kind, "value": to_json(value)}
    return made | {"supersedes": last, "anchor": anchor}


def addition(view: Effective, record: str, span: Span, value: Mapping[str, Any]) -> Draft:
    """A draft that adds a record at these characters."""
    text = view.machine.article.text
    target = record_id(text, f"added:{value['label']}", span.start_char, span.end_char)
    before = view.decision(target)
    made = {"action": "add", "target": target, "record": record, "value": to_json(value)}
    made |= {"supersedes": before.events[-1] if before and before.events else None}
    made |= {"anchor": anchor_at(text, span.start_char, span.end_char)}
    tried(view, made, record)
    return made


def tried(view: Effective, made: Draft, kind: str) -> None:
    """Make the record that a draft leads to, so that what makes none is refused before it is written."""
    before = view.decision(made["target"]) or Decision(made["target"], kind, added=made["action"] == "add")
    after = replace(before, value={**before.value, **made["value"]}, anchor=before.anchor or made["anchor"])
    try:
        applied(view.machine.article, kind, view.suggested(made["target"]), after)
    except RecordError as error:
        raise DecisionError(str(error)) from None


def found(view: Effective, target: str) -> tuple[str, Any]:
    """Kind and record of an id.

    Raises:
        DecisionError: there is none.
    """
    kind, record = view.kind(target), view.record(target)
    if kind is None:
        raise DecisionError(f"there is no record {target!r} in this article")
    return kind, record


def seen_of(view: Effective, target: str) -> dict[str, Any]:
    """What the machine suggested here, in words; empty for what a person added."""
    record = view.suggested(target)
    return {} if record is None else {"seen": to_json(seen(record))}


def fragments_of(text: str, content: Any) -> list[Span]:
    """The fragments of a content in order, from one span or several."""
    many = isinstance(content, list | tuple) and not (len(content) == 2 and all(type(one) is int for one in content))
    spans = [as_span(text, one) for one in (content if many else [content])]
    spans.sort(key=lambda span: span.start_char)
    if not spans or any(a.end_char > b.start_char for a, b in pairwise(spans)):
        raise DecisionError("a claim has at least one stretch of content, and they do not overlap")
    return spans


def named(view: Effective, given: SpanLike | None) -> dict[str, Any] | None:
    """The words for a claim's source, with the source they stand for: a known one there, else a new one."""
    if given is None:
        return None
    text = view.machine.article.text
    span = as_span(text, given)
    wanted = given.get("source_id") if isinstance(given, Mapping) else getattr(given, "source_id", None)
    if wanted is not None and view.record(wanted) is None:
        raise DecisionError(f"{wanted!r} is no source")
    shared = [
        (min(one.end_char, span.end_char) - max(one.start_char, span.start_char), source.id)
        for source in view.analysis.sources
        for one in source.mentions
    ]
    best = max(shared, default=(0, ""))
    there = best[1] if best[0] > 0 else record_id(text, NEW, span.start_char, span.end_char)
    return span_json(span) | {"source_id": wanted or there}


def places_of(view: Effective, targets: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The words of other records by id, to find them in a changed text; of suggestions, where the machine saw them."""
    found = {}
    for target in targets:
        known = view.suggested(target)
        record = known if known is not None else view.record(target)
        place = extent(record) if record is not None else None
        if place:
            found[target] = span_json(view.machine.article.span(*place))
    return found


def claim_around(view: Effective, span: Span) -> Claim | None:
    """The smallest stretch of content of a claim that holds these words."""
    holding = [
        (one.end_char - one.start_char, claim.id, claim)
        for claim in view.analysis.claims
        for one in claim.content
        if claim.voice == "attributed" and one.start_char <= span.start_char and span.end_char <= one.end_char
    ]
    return min(holding)[2] if holding else None


def current(record: Any, name: str) -> Any:
    """The value of a field now, as JSON."""
    if isinstance(record, Claim) and name == "stance":
        return record.cue.stance if record.cue else None
    return to_json(getattr(record, name, None))


def same(new: Any, old: Any) -> bool:
    """Whether a value is what the record has; of a span or a nest of values, whether all that is given is the same."""
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        return all(key in old and same(item, old[key]) for key, item in new.items())
    if isinstance(new, list) and isinstance(old, list):
        return len(new) == len(old) and all(map(same, new, old))
    return type(new) is not bool and new == old
