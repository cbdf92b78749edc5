"""One record with a person's values over the machine's.

In: a record (or the least that an added one has) and a decision. Out: the record as decided, every span quoted anew
from the article so that offsets alone decide. A value that makes no record raises :class:`~kit.records.RecordError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, get_args

from kit.contract import to_json
from kit.decisions.folding import Decision
from kit.records import (
    Article,
    Bound,
    Claim,
    Cue,
    Factuality,
    Form,
    Hedge,
    Quantity,
    RecordError,
    ResolvedDate,
    Source,
    SourceMention,
    SourceType,
    Span,
    Stance,
    TimeExpression,
    TimeKind,
    VoiceKind,
)

KINDS = {"claim": Claim, "quantity": Quantity, "source": Source, "date": TimeExpression}
NUMBERS = ("value", "low", "high", "best")
SPANS = {"claim": ("source", "cue"), "quantity": ("affected", "actor", "place"), "source": (), "date": ()}
FACTUALITY = ("CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "CTu", "Uu")
# What a person may set on each kind, beside spans and numbers, and the values allowed (None: any text).
CHOICES: dict[str, dict[str, tuple[str, ...] | None]] = {
    "claim": {"form": get_args(Form), "voice": get_args(VoiceKind), "stance": get_args(Stance)},
    "quantity": {"bound": get_args(Bound), "direction": ("up", "down")}
    | dict.fromkeys(("unit", "counted", "category", "measure", "status", "claim_id", "reporter")),
    "source": {"type": get_args(SourceType)} | dict.fromkeys(("name", "side", "group")),
    "date": {"kind": get_args(TimeKind)} | dict.fromkeys(("value", "grain")),
}
# What is no plain value: its class, by kind and field.
_NESTED: dict[tuple[str, str], Any] = {
    **{("claim", name): kind for name, kind in (("source", SourceMention), ("cue", Cue), ("factuality", Factuality))},
    **{("claim", name): kind for name, kind in (("content", Span), ("hedges", Hedge), ("flags", Hedge))},
    **{("quantity", name): Span for name in SPANS["quantity"]},
    ("quantity", "date"): ResolvedDate,
    ("source", "mentions"): Span,
}
_FIELDS = {kind: {field.name for field in fields(record)} for kind, record in KINDS.items()}
# What changes with other fields of its record.
_TOGETHER = {
    "claim": {"source", "cue", "content", "voice", "parent", "hedges", "flags"},
    "quantity": {"value", "bound", "start_char", "end_char", "text"},
    "source": set(),
    "date": {"start_char", "end_char", "text"},
}
# Fields that an edit may name, by kind.
EDITABLE = {
    "claim": {*SPANS["claim"], *CHOICES["claim"], "content", "factuality"},
    "quantity": {*SPANS["quantity"], *CHOICES["quantity"], *NUMBERS, "date", "start_char", "end_char"},
    "source": {*CHOICES["source"]},
    "date": {*CHOICES["date"], "start_char", "end_char"},
}
_NEVER_NONE = {"form", "voice", "stance", "bound", "content", "name", "type", "kind", "grain", "reporter"}
_NEVER_NONE |= {"start_char", "end_char"}
# A person's decision says no more about these, and nothing of them is checked: they are no fields of the record.
_OTHER = frozenset({"id", "mentions", "cites", "merged", "splits", "label", "labels", "note", "grade", "text"})


def started(decision: Decision, kind: str) -> dict[str, Any]:
    """The least that a record added by a person has: its id and the characters it stands at.

    Raises:
        RecordError: it has no place in the article.
    """
    anchor, value = decision.anchor, decision.value
    edges = {key: value[key] for key in ("start_char", "end_char") if type(value.get(key)) is int}
    if len(edges) < 2 and anchor:
        edges = {"start_char": anchor.start_char, "end_char": anchor.end_char}
    if kind == "claim":
        return {"id": decision.target, "content": [edges] if edges else []}
    if not edges:
        raise RecordError("it has no place in the article")
    if kind == "source":
        return {"id": decision.target, "mentions": [edges]}
    return {"id": decision.target} | edges


def applied(article: Article, kind: str, record: Any, decision: Decision) -> Any:
    """The record as decided; ``record`` is ``None`` for one that a person added.

    Raises:
        RecordError: the decision's values make no record.
    """
    try:
        known = _FIELDS[kind] if record is None else _FIELDS[kind] & (decision.value.keys() | _TOGETHER[kind])
        data = started(decision, kind) if record is None else {name: to_json(getattr(record, name)) for name in known}
        given = _given(article, kind, decision.value, data)
        data = _requoted(article, data | given)
        if kind == "claim":
            data = _settled_claim(data, given, decision.value)
        if kind == "source" and record is None and "name" not in data:
            data["name"] = data["mentions"][0]["text"]
        made = {name: _made(kind, name, item) for name, item in data.items()}
        return KINDS[kind](**made) if record is None else replace(record, **made)
    except RecordError:
        raise
    except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
        raise RecordError(str(error)) from None


def _made(kind: str, name: str, item: Any) -> Any:
    """A JSON value as its field holds it; only what a decision touches is made anew."""
    nested = _NESTED.get((kind, name))
    if isinstance(item, list):
        return tuple(_made(kind, name, one) for one in item)
    if nested is None or not isinstance(item, Mapping):
        return item
    return nested(**{field.name: item[field.name] for field in fields(nested) if field.name in item})


def _given(article: Article, kind: str, value: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the record that a decision sets, as JSON values that fit them."""
    given = {key: to_json(item) for key, item in value.items() if key in _FIELDS[kind] - _OTHER}
    for key, item in given.items():
        if item is None and key in _NEVER_NONE:
            raise RecordError(f"{key} cannot be left empty")
        given[key] = _checked(article, kind, key, item, data)
    if kind == "quantity":
        given |= _stated({**data, **given}, given)
    return given


def _checked(article: Article, kind: str, key: str, item: Any, data: Mapping[str, Any]) -> Any:
    if key == "content":
        return [_span(article, one) for one in item]
    if item is None:
        return None
    if key in SPANS[kind]:  # what belongs to other words, like a lemma, goes with them
        old = data.get(key) or {}
        new = _span(article, old | item if isinstance(item, Mapping) else item)
        kept = dict(old)
        if (new["start_char"], new["end_char"]) != (old.get("start_char"), old.get("end_char")):
            touching = old and new["start_char"] < old["end_char"] and old["start_char"] < new["end_char"]
            kept = {"stance": old["stance"]} if touching and "stance" in old else {}
        more = {name: part for name, part in {**kept, **item}.items() if name not in new}
        if not all(part is None or isinstance(part, str) for part in more.values()):
            raise RecordError(f"{key} has words and offsets, not {item!r}")
        return more | new
    if key == "factuality":
        if not isinstance(item, Mapping) or any(one not in (*FACTUALITY, None) for one in item.values()):
            raise RecordError(f"factuality is one of {', '.join(FACTUALITY)} for source and outlet, not {item!r}")
        return (data.get(key) or {}) | dict(item)
    if kind == "quantity" and key == "date":
        return {"value": item, "inherited": False} if isinstance(item, str) else (data.get(key) or {}) | dict(item)
    if key in NUMBERS and kind == "quantity":
        return _number(item)
    allowed = CHOICES[kind].get(key)
    if allowed is not None and item not in allowed:
        raise RecordError(f"{key} is {item!r}, expected one of {', '.join(allowed)}")
    if key in CHOICES[kind] and not isinstance(item, str):
        raise RecordError(f"{key} is no text: {item!r}")
    return item


def _span(article: Article, item: Any) -> dict[str, Any]:
    try:
        start, end = item["start_char"], item["end_char"]
    except (TypeError, KeyError):
        raise RecordError(f"no offsets in {item!r}") from None
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(article.text):
        raise RecordError(f"{start}–{end} lies outside the text (0–{len(article.text)})")
    return {"start_char": start, "end_char": end, "text": article.text[start:end]}


def _settled_claim(data: dict[str, Any], given: Mapping[str, Any], value: Mapping[str, Any]) -> dict[str, Any]:
    """What hangs together in a claim: its fragments in order, the cue's stance and words, the voice and its source."""
    data["content"] = sorted(data["content"], key=lambda span: span["start_char"])
    if data.get("voice") in ("outlet", "question"):  # the article's own words, whoever was cited before
        data |= {"source": None, "cue": None, "parent": None}
    cue = data.get("cue")
    if cue and not cue.get("lemma"):
        cue["lemma"] = cue["text"].lower()
    if cue:
        cue["stance"] = value.get("stance") or cue.get("stance") or "neutral"
        if cue["stance"] not in CHOICES["claim"]["stance"]:
            raise RecordError(f"stance is {cue['stance']!r}, expected one of {', '.join(CHOICES['claim']['stance'])}")
    if "content" in given:  # hedges and flags are words of the content
        for key in ("hedges", "flags"):
            data[key] = [one for one in data.get(key, ()) if _within(one, data["content"])]
    return data


def _within(span: Mapping[str, Any], around: list[dict[str, Any]]) -> bool:
    return any(one["start_char"] <= span["start_char"] and span["end_char"] <= one["end_char"] for one in around)


def _stated(data: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers of an edited figure; ``low`` and ``high`` follow a new value or bound unless they are given."""
    if not given.keys() & {"value", "bound"} or given.keys() & {"low", "high"} or data.get("bound") == "range":
        return {}
    value, bound = data.get("value"), data.get("bound", "exact")
    low = value if bound in ("exact", "gt", "ge") else None
    high = value if bound in ("exact", "lt", "le") else None
    return {"best": given.get("best"), "low": low, "high": high}


def _number(value: Any) -> float | int | None:
    if isinstance(value, str):
        value = value.replace(",", "").replace(" ", "").replace("\u00a0", "")
        value = int(value) if value.lstrip("+-").isdecimal() else float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or value in (1e999, -1e999):
        raise RecordError(f"not a number: {value!r}")
    return value


def _requoted(article: Article, value: Any) -> Any:
    """JSON values with each span's text read anew from the article."""
    if isinstance(value, list):
        return [_requoted(article, item) for item in value]
    if not isinstance(value, dict):
        return value
    value = {key: _requoted(article, item) for key, item in value.items()}
    return value | _span(article, value) if "start_char" in value and "end_char" in value else value
