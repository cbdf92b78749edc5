"""A reading of an article, and what people decided about it, as tables.

In: an :class:`~kit.records.Analysis` and the decisions in force (:func:`kit.decisions.fold`). Out: one
``DataFrame`` per kind of record, one row per record in reading order, each row with the ids and the
character offsets that lead back to the text. Columns and dtypes are the same for every article, also
for one without a single record.

Rejected suggestions stay in the table: the column ``decision`` says so, and the reader filters. Nothing is
added up, and no number is put where the article has only words.

Columns that all tables of records share: ``decision`` (``accept``, ``reject``, ``ignore``, ``undecided``),
``decided_by``, ``decided_at``, ``origin`` (``machine``, or ``analyst`` for a record that a person added), ``label``
(the label that a person gave it),
``start_char`` and ``end_char`` (code points, half-open), ``published``, ``outlet``, ``title`` and ``article``
(the SHA-256 of the original bytes). The constants below list the rest. Offsets and numbers are nullable.
"""

from __future__ import annotations

import itertools
import json
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

import pandas as pd

from kit.contract import from_json, to_json
from kit.decisions import Decision, undone_ids
from kit.records import (
    OUTLET,
    Analysis,
    Annotation,
    Article,
    Claim,
    Quantity,
    RecordError,
    Source,
    Span,
    TimeExpression,
)

Decisions = Mapping[str, Decision]

NO_OUTLET = "the outlet"  # the reporter of a figure nobody is cited for, where the outlet has no name
KINDS = {"claim": Claim, "quantity": Quantity, "source": Source, "date": TimeExpression}

_DECIDED = dict.fromkeys(("decision", "decided_by", "decided_at", "origin", "label"), "string")
_OFFSETS = {"start_char": "Int64", "end_char": "Int64"}
_ARTICLE = {"published": "string", "outlet": "string", "title": "string", "article": "string"}


def _text(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "string")


CLAIM_COLUMNS = (
    {"n": "Int64"}
    | _text("id", "source", "source_as_written", "cue", "stance", "content", "form", "voice")
    | _text("factuality_source", "factuality_outlet", "hedges", "flags", "credibility")
    | _text("source_id", "group", "parent", "why")
    | {"confidence": "Float64"}
    | _DECIDED
    | _OFFSETS
    | _ARTICLE
)
QUANTITY_COLUMNS = (
    _text("id", "text")
    | dict.fromkeys(("value", "low", "high", "best"), "Float64")
    | _text("bound", "direction", "unit", "counted", "category", "measure", "status", "reporter", "reporter_id")
    | _text("group", "affected", "actor", "place", "date")
    | {"date_inherited": "boolean"}
    | _text("claim_id")
    | _DECIDED
    | _text("sentence")
    | _OFFSETS
    | _ARTICLE
)
DATE_COLUMNS = _text("id", "text", "value", "grain", "kind", "alternatives") | _DECIDED | _OFFSETS | _ARTICLE
SOURCE_COLUMNS = (
    _text("id", "name", "type", "side", "group", "cites", "reliability")
    | {"claims": "Int64", "mentions": "Int64"}
    | _text("as_written")
    | _DECIDED
    | _OFFSETS
    | _ARTICLE
)
ANNOTATION_COLUMNS = (
    {"n": "Int64"}
    | _text("id", "action", "target", "record", "value", "supersedes")
    | {"undone": "boolean"}
    | _text("annotator", "created", "exact")
    | _OFFSETS
    | _text("article")
)


def claims_table(analysis: Analysis, decisions: Decisions | None = None) -> pd.DataFrame:
    """One row per claim in reading order; columns as in ``CLAIM_COLUMNS``.

    ``n`` numbers the attributions that the machine found, as in the marked article; the outlet's own sentences
    and what people added have none. Words that a person tagged with a label of their own ("loaded word") stand
    here too, with that ``label`` and without a voice. ``content`` is shown without a leading "that", its fragments
    joined with " … "; ``credibility`` is the Admiralty digit that a person gave, "6" (cannot be judged) until then.
    """
    decisions = decisions or {}
    sources = _sources(analysis, decisions)
    rows = []
    for claim, decision in _records(analysis, decisions, "claim"):
        source = sources.get(claim.source.source_id or "") if claim.source else None
        label = decision.value.get("label") if decision else None
        row = {
            "id": claim.id,
            "source": source.name if source else _text_of(claim.source),
            "source_as_written": _text_of(claim.source),
            "cue": _text_of(claim.cue),
            "stance": claim.cue.stance if claim.cue else None,
            "content": content_text(claim),
            "form": claim.form,
            "voice": claim.voice if label in (None, "claim") else None,
            "factuality_source": claim.factuality.source,
            "factuality_outlet": claim.factuality.outlet,
            "hedges": _joined(hedge.text for hedge in claim.hedges),
            "flags": _joined(f"{flag.text} ({flag.kind})" for flag in claim.flags),
            "credibility": _grade(decision, "6"),
            "source_id": claim.source.source_id if claim.source else None,
            "group": _group(source),
            "parent": claim.parent,
            "why": _joined(claim.why),
            "confidence": claim.confidence,
        }
        spans = [span for span in (claim.source, claim.cue, *claim.content) if span]
        rows.append(row | _offsets(spans) | _decided(decision) | _about(analysis.article))
    rows.sort(key=_reading_order)
    numbers = itertools.count(1)
    for row in rows:
        row["n"] = next(numbers) if row["voice"] == "attributed" and row["origin"] == "machine" else None
    return _frame(rows, CLAIM_COLUMNS)


def quantities_table(analysis: Analysis, decisions: Decisions | None = None) -> pd.DataFrame:
    """One row per reported figure; columns as in ``QUANTITY_COLUMNS``, numbers in ``unit``.

    ``reporter`` is the source's name, or the outlet's where nobody is cited; ``sentence`` is the paragraph (or
    headline) that the figure stands in. Where the article has words only, ``value``, ``low`` and ``high`` are missing.
    """
    decisions = decisions or {}
    sources = _sources(analysis, decisions)
    rows = []
    for figure, decision in _records(analysis, decisions, "quantity"):
        numbers = ("value", "low", "high", "best")
        plain = ("id", "text", "bound", "direction", "unit", "counted", "category", "measure", "status", "claim_id")
        source = sources.get(figure.reporter)
        outlet = figure.reporter == OUTLET
        row = {name: getattr(figure, name) for name in (*numbers, *plain)} | {
            "reporter": analysis.article.outlet or NO_OUTLET if outlet else source.name if source else figure.reporter,
            "reporter_id": figure.reporter,
            "group": OUTLET if outlet else _group(source) or figure.reporter,
            "affected": _text_of(figure.affected),
            "actor": _text_of(figure.actor),
            "place": _text_of(figure.place),
            "date": figure.date.value if figure.date else None,
            "date_inherited": figure.date.inherited if figure.date else None,
            "sentence": _surrounding(analysis.article, figure),
        }
        rows.append(row | _offsets([figure]) | _decided(decision) | _about(analysis.article))
    return _frame(sorted(rows, key=_reading_order), QUANTITY_COLUMNS)


def dates_table(analysis: Analysis, decisions: Decisions | None = None) -> pd.DataFrame:
    """One row per date or time as written; ``value`` is ISO 8601 and missing where it cannot be known."""
    rows = []
    for date, decision in _records(analysis, decisions or {}, "date"):
        row = {name: getattr(date, name) for name in ("id", "text", "value", "grain", "kind")}
        row |= {"alternatives": _joined(date.alternatives)}
        rows.append(row | _offsets([date]) | _decided(decision) | _about(analysis.article))
    return _frame(sorted(rows, key=_reading_order), DATE_COLUMNS)


def sources_table(analysis: Analysis, decisions: Decisions | None = None) -> pd.DataFrame:
    """One row per source, by first mention; offsets are those of the first mention.

    ``claims`` counts the claims attributed to it, ``mentions`` how often it is named; ``reliability`` is the
    Admiralty letter that a person gave, "F" (cannot be judged) until then.
    """
    decisions = decisions or {}
    cited = [claim.source.source_id for claim, _ in _records(analysis, decisions, "claim") if claim.source]
    rows = []
    for source, decision in _records(analysis, decisions, "source"):
        row = {name: getattr(source, name) for name in ("id", "name", "type", "side")} | {
            "group": _group(source),
            "cites": _joined(source.cites),
            "reliability": _grade(decision, "F"),
            "claims": cited.count(source.id),
            "mentions": len(source.mentions),
            "as_written": _joined(dict.fromkeys(mention.text for mention in source.mentions)),
        }
        first = sorted(source.mentions, key=lambda span: span.start_char)[:1]
        rows.append(row | _offsets(first) | _decided(decision) | _about(analysis.article))
    return _frame(sorted(rows, key=_reading_order), SOURCE_COLUMNS)


def annotations_table(events: Iterable[Annotation]) -> pd.DataFrame:
    """One row per event of the log in its order, undone ones included; ``value`` is JSON text."""
    events = list(events)
    undone = undone_ids(events)
    rows = []
    for n, event in enumerate(events, start=1):
        row = {name: getattr(event, name) for name in ("id", "action", "target", "record", "supersedes")}
        row |= {"n": n, "undone": event.id in undone, "annotator": event.annotator, "created": event.created}
        row |= {"value": json.dumps(to_json(event.value), ensure_ascii=False, sort_keys=True), "article": event.article}
        if event.anchor:
            row |= {name: getattr(event.anchor, name) for name in ("exact", "start_char", "end_char")}
        rows.append(row)
    return _frame(rows, ANNOTATION_COLUMNS)


def content_text(claim: Claim) -> str:
    """What is claimed, as shown: without a leading complementiser, fragments joined with " … "."""
    text = " … ".join(fragment.text for fragment in sorted(claim.content, key=lambda span: span.start_char))
    head, _, rest = text.partition(" ")
    return rest.lstrip() if head.lower() == "that" and rest.strip() else text


def _records(analysis: Analysis, decisions: Decisions, kind: str) -> Iterator[tuple[Any, Decision | None]]:
    """The machine's records of a kind as people corrected them, then those that people added."""
    found = {"claim": analysis.claims, "quantity": analysis.quantities, "source": analysis.sources}
    records = found.get(kind, analysis.dates)
    for record in records:
        decision = decisions.get(record.id)
        yield _corrected(analysis.article, kind, to_json(record), decision, record), decision
    known = {record.id for record in records}
    for decision in decisions.values():
        if decision.added and decision.record == kind and decision.target not in known:
            record = _corrected(analysis.article, kind, _start(decision, kind), decision, None)
            if record:
                yield record, decision


def _start(decision: Decision, kind: str) -> dict[str, Any]:
    """The least that a record added by a person has: its id and the characters it stands at."""
    anchor = decision.anchor
    span = {"start_char": anchor.start_char, "end_char": anchor.end_char, "text": anchor.exact} if anchor else {}
    if kind == "claim":
        return {"id": decision.target, "content": [span] if span else []}
    if kind == "source":
        return {"id": decision.target, "name": span.get("text", ""), "mentions": [span] if span else []}
    return {"id": decision.target} | span


def _corrected(article: Article, kind: str, data: dict[str, Any], decision: Decision | None, fallback: Any) -> Any:
    """The record with a person's values over the machine's; ``fallback`` where they do not make a record."""
    if decision is None or not (decision.value or decision.added):
        return fallback
    names = {field.name for field in fields(KINDS[kind])} - {"id"}
    given = {key: item for key, item in to_json(decision.value).items() if key in names}
    if isinstance(given.get("date"), str):
        given["date"] = {"value": given["date"], "inherited": False}
    for key, item in given.items():  # an edit may name one part of a span or date only
        if isinstance(item, dict) and isinstance(data.get(key), dict):
            given[key] = data[key] | item
    try:
        given |= _stated(data | given, given) if kind == "quantity" else {}
        return from_json(KINDS[kind], _requoted(article, data | given))
    except (RecordError, TypeError, ValueError, KeyError, AttributeError) as error:
        kept = "the machine's reading stands" if fallback else "it is left out"
        warnings.warn(f"{kind} {data['id']}: a decision that makes no record, {kept}: {error}", stacklevel=4)
        return fallback


def _stated(data: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers of an edited figure; ``low`` and ``high`` follow a new value or bound unless they are given."""
    numbers = {name: _number(given[name]) for name in ("value", "low", "high", "best") if name in given}
    if not given.keys() & {"value", "bound"} or given.keys() & {"low", "high"} or data.get("bound") == "range":
        return numbers
    value, bound = _number(data.get("value")), data.get("bound", "exact")
    low = value if bound in ("exact", "gt", "ge") else None
    high = value if bound in ("exact", "lt", "le") else None
    return {"best": None} | numbers | {"low": low, "high": high}


def _number(value: Any) -> float | int | None:
    return float(value) if isinstance(value, str) else value


def _requoted(article: Article, value: Any) -> Any:
    """JSON values with each span's text read anew from the article, so that offsets alone decide."""
    if isinstance(value, list):
        return [_requoted(article, item) for item in value]
    if not isinstance(value, dict):
        return value
    value = {key: _requoted(article, item) for key, item in value.items()}
    if "start_char" in value and "end_char" in value:
        value["text"] = article.text[value["start_char"] : value["end_char"]]
    return value


def _sources(analysis: Analysis, decisions: Decisions) -> dict[str, Source]:
    return {source.id: source for source, _ in _records(analysis, decisions, "source")}


def _frame(rows: list[dict[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    series = {name: pd.Series([row.get(name) for row in rows], dtype=dtype) for name, dtype in columns.items()}
    return pd.DataFrame(series)


def _reading_order(row: Mapping[str, Any]) -> tuple[bool, int, int, str]:
    start = row.get("start_char")
    return start is None, start or 0, row.get("end_char") or 0, row["id"]


def _offsets(spans: list[Span]) -> dict[str, int]:
    if not spans:
        return {}
    return {"start_char": min(s.start_char for s in spans), "end_char": max(s.end_char for s in spans)}


def _decided(decision: Decision | None) -> dict[str, str | None]:
    if decision is None:
        return {"decision": "undecided", "origin": "machine"}
    label = decision.value.get("label")
    return {
        "label": None if label is None else str(label),
        "decision": decision.answer or "undecided",
        "decided_by": decision.annotator,
        "decided_at": decision.created,
        "origin": "analyst" if decision.added else "machine",
    }


def _about(article: Article) -> dict[str, str | None]:
    published = article.published.isoformat() if article.published else None
    return {"published": published, "outlet": article.outlet, "title": article.title, "article": article.sha256}


def _surrounding(article: Article, span: Span) -> str:
    for segment in article.segments:
        if segment.start_char <= span.start_char < segment.end_char:
            return article.text[segment.start_char : segment.end_char].strip()
    start = article.text.rfind("\n", 0, span.start_char) + 1
    end = article.text.find("\n", span.end_char)
    return article.text[start : end if end >= 0 else None].strip()


def _group(source: Source | None) -> str | None:
    return (source.group or source.id) if source else None


def _grade(decision: Decision | None, default: str) -> str:
    grade = decision.value.get("grade") if decision else None
    return default if grade is None else str(grade)


def _text_of(span: Span | None) -> str | None:
    return span.text if span else None


def _joined(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None
