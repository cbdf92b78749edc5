"""The log of decisions as tables: every event, and every field that people changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd

from kit.contract import to_json
from kit.decisions import undone_ids
from kit.decisions.seen import changes
from kit.records import Analysis, Annotation, Span
from kit.tables.columns import OFFSETS, Decisions, frame, text_columns, view_of

ANNOTATION_COLUMNS = (
    {"n": "Int64"}
    | text_columns("id", "action", "target", "record", "value", "supersedes")
    | {"undone": "boolean"}
    | text_columns("annotator", "created", "exact")
    | OFFSETS
    | text_columns("article")
)
CHANGE_COLUMNS = text_columns("id", "record", "field", "machine", "analyst", "decided_by", "decided_at", "article")


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
    return frame(rows, ANNOTATION_COLUMNS)


def changes_table(analysis: Analysis, decisions: Decisions | None = None) -> pd.DataFrame:
    """One row per field that a person changed: what the machine had read, and what stands now, in words."""
    view = view_of(analysis, decisions, "")
    rows = []
    for target, decision in view.decisions.items():
        before, now = view.suggested(target), view.record(target)
        for name, (old, new) in changes(before, now).items() if view.edited(target) else ():
            words = [_words(analysis, one) for one in (old, new)]
            row = {"id": target, "record": decision.record, "field": name, "machine": words[0], "analyst": words[1]}
            row |= {"decided_by": decision.annotator, "decided_at": decision.created}
            rows.append(row | {"article": analysis.article.sha256})
    return frame(rows, CHANGE_COLUMNS)


def _words(analysis: Analysis, value: Any) -> str | None:
    """A value as a reader sees it: a pair of offsets is the words there."""
    if value is None:
        return None
    if isinstance(value, Span):
        return value.text
    if isinstance(value, tuple) and len(value) == 2 and all(type(one) is int for one in value):
        return analysis.article.text[value[0] : value[1]]
    if isinstance(value, list):
        return " … ".join(_words(analysis, one) or "" for one in value)
    plain = to_json(value)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
