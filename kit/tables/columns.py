"""What all tables share: columns, dtypes, reading order, and who decided what about a row.

In: rows as mappings. Out: a ``DataFrame`` whose columns and dtypes are the same with and without rows. Offsets and
numbers are nullable, texts are ``string``.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from kit.decisions import Decision, Effective, effective
from kit.records import Analysis, Article, Source, Span

Decisions = Mapping[str, Decision]


def text_columns(*names: str) -> dict[str, str]:
    """Columns of texts."""
    return dict.fromkeys(names, "string")


DECIDED = text_columns("decision", "decided_by", "decided_at", "origin", "label", "labels", "edited", "note")
OFFSETS = {"start_char": "Int64", "end_char": "Int64"}
ARTICLE = text_columns("published", "outlet", "title", "article")


def view_of(analysis: Analysis, decisions: Decisions | None, kind: str) -> Effective:
    """The records as decided; a decision of this kind that makes no record is warned of."""
    view = effective(analysis, decisions)
    for stray in view.strays:
        if stray.kind == "broken" and stray.record == kind:
            warnings.warn(stray.message, stacklevel=3)
    return view


def frame(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """The rows under these columns; what a row does not have is missing."""
    rows = list(rows)
    series = {name: pd.Series([row.get(name) for row in rows], dtype=dtype) for name, dtype in columns.items()}
    return pd.DataFrame(series)


def reading_order(row: Mapping[str, Any]) -> tuple[bool, int, int, str]:
    """A key to sort rows by their place in the article; rows without one come last."""
    start = row.get("start_char")
    return start is None, start or 0, row.get("end_char") or 0, row["id"]


def offsets(spans: Iterable[Span]) -> dict[str, int]:
    """From the first to the last character of all spans."""
    spans = list(spans)
    if not spans:
        return {}
    return {"start_char": min(s.start_char for s in spans), "end_char": max(s.end_char for s in spans)}


def decided(view: Effective, record_id: str) -> dict[str, str | None]:
    """What people said about a record, apart from what the machine said."""
    decision = view.decision(record_id)
    made = record_id in view.origin or bool(decision and decision.added)
    row = {"decision": "undecided", "origin": "analyst" if made else "machine"}
    if decision is None:
        return row
    label = decision.value.get("label")
    return row | {
        "decision": decision.answer or "undecided",
        "decided_by": decision.annotator,
        "decided_at": decision.created,
        "label": None if label is None else str(label),
        "labels": joined(view.labels(record_id)),
        "edited": joined(view.edited(record_id)),
        "note": view.note(record_id),
    }


def about(article: Article) -> dict[str, str | None]:
    """The article that a row comes from."""
    published = article.published.isoformat() if article.published else None
    return {"published": published, "outlet": article.outlet, "title": article.title, "article": article.sha256}


def group_of(source: Source | None) -> str | None:
    """The group of a source; one without a group is its own."""
    return (source.group or source.id) if source else None


def text_of(span: Span | None) -> str | None:
    """The words of a span."""
    return span.text if span else None


def joined(texts: Iterable[str]) -> str | None:
    """Several texts as one cell."""
    return "; ".join(texts) or None
