"""Dates and times as a table."""

from __future__ import annotations

import pandas as pd

from kit.records import Analysis
from kit.tables.columns import (
    ARTICLE,
    DECIDED,
    OFFSETS,
    Decisions,
    about,
    decided,
    frame,
    joined,
    offsets,
    reading_order,
    text_columns,
    view_of,
)

DATE_COLUMNS = text_columns("id", "text", "value", "grain", "kind", "alternatives") | DECIDED | OFFSETS | ARTICLE


def dates_table(analysis: Analysis, decisions: Decisions | None = None) -> pd.DataFrame:
    """One row per date or time as written; ``value`` is ISO 8601 and missing where it cannot be known."""
    view = view_of(analysis, decisions, "date")
    rows = []
    for date in view.analysis.dates:
        row = {name: getattr(date, name) for name in ("id", "text", "value", "grain", "kind")}
        row |= {"alternatives": joined(date.alternatives)}
        rows.append(row | offsets([date]) | decided(view, date.id) | about(analysis.article))
    return frame(sorted(rows, key=reading_order), DATE_COLUMNS)
