"""Reported figures as a table: how many of what, as who says."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kit.decisions import Effective
from kit.records import OUTLET, Analysis, Article, Quantity, Span
from kit.tables.columns import (
    ARTICLE,
    DECIDED,
    OFFSETS,
    Decisions,
    about,
    decided,
    frame,
    group_of,
    offsets,
    reading_order,
    text_columns,
    text_of,
    view_of,
)

NO_OUTLET = "the outlet"  # the reporter of a figure nobody is cited for, where the outlet has no name
QUANTITY_COLUMNS = (
    text_columns("id", "text")
    | dict.fromkeys(("value", "low", "high", "best"), "Float64")
    | text_columns("bound", "direction", "unit", "counted", "category", "measure", "status", "reporter", "reporter_id")
    | text_columns("group", "affected", "actor", "place", "date")
    | {"date_inherited": "boolean"}
    | text_columns("claim_id")
    | DECIDED
    | text_columns("sentence")
    | OFFSETS
    | ARTICLE
)
_PLAIN = ("value", "low", "high", "best", "id", "text", "bound", "direction", "unit", "counted", "category", "measure")
_PLAIN += ("status", "claim_id")


def quantities_table(analysis: Analysis, decisions: Decisions | None = None) -> pd.DataFrame:
    """One row per reported figure; columns as in ``QUANTITY_COLUMNS``, numbers in ``unit``.

    ``reporter`` is the source's name, or the outlet's where nobody is cited; ``sentence`` is the paragraph (or
    headline) that the figure stands in. Where the article has words only, ``value``, ``low`` and ``high`` are missing.
    """
    view = view_of(analysis, decisions, "quantity")
    rows = [
        _row(view, figure) | decided(view, figure.id) | about(analysis.article) for figure in view.analysis.quantities
    ]
    return frame(sorted(rows, key=reading_order), QUANTITY_COLUMNS)


def _row(view: Effective, figure: Quantity) -> dict[str, Any]:
    article = view.analysis.article
    source = view.record(figure.reporter)
    outlet = figure.reporter == OUTLET
    return {name: getattr(figure, name) for name in _PLAIN} | {
        "reporter": article.outlet or NO_OUTLET if outlet else source.name if source else figure.reporter,
        "reporter_id": figure.reporter,
        "group": OUTLET if outlet else group_of(source) or figure.reporter,
        "affected": text_of(figure.affected),
        "actor": text_of(figure.actor),
        "place": text_of(figure.place),
        "date": figure.date.value if figure.date else None,
        "date_inherited": figure.date.inherited if figure.date else None,
        "sentence": _surrounding(article, figure),
        **offsets([figure]),
    }


def _surrounding(article: Article, span: Span) -> str:
    for segment in article.segments:
        if segment.start_char <= span.start_char < segment.end_char:
            return article.text[segment.start_char : segment.end_char].strip()
    start = article.text.rfind("\n", 0, span.start_char) + 1
    end = article.text.find("\n", span.end_char)
    return article.text[start : end if end >= 0 else None].strip()
