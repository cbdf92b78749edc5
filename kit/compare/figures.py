"""The same figure in several articles, as a table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kit.compare.groups import Groups
from kit.compare.readings import Reading, compared
from kit.compare.same_figure import find_figures
from kit.tables.columns import frame, text_columns

FIGURE_COLUMNS = (
    text_columns("figure", "outlet", "group", "reporter", "text")
    | dict.fromkeys(("value", "low", "high"), "Float64")
    | text_columns("bound", "unit", "status", "affected", "place", "date", "why")
    | {"articles": "Int64"}
    | text_columns("case", "id")
    | {"start_char": "Int64", "end_char": "Int64"}
)


def shared_figures_table(readings: Sequence[Reading]) -> pd.DataFrame:
    """One row per figure, article and mention, those that most articles have first; columns as in ``FIGURE_COLUMNS``.

    ``figure`` is the same for rows that count the same thing, ``articles`` how many articles have it, and ``why`` what
    puts a row with those above it. ``group`` is missing where nobody is cited: the outlet says so itself.
    """
    articles = compared(readings)
    groups = Groups(articles)
    rows = []
    for shared in sorted(find_figures(articles), key=lambda shared: -shared.articles):
        for one, why in zip(shared.told, shared.why, strict=True):
            figure, source = one.figure, one.source
            rows.append(
                {
                    name: getattr(figure, name)
                    for name in ("text", "value", "low", "high", "bound", "unit", "status", "id")
                }
                | {
                    "figure": shared.title,
                    "outlet": one.article.outlet,
                    "group": groups.of(one.article, source),
                    "reporter": source.name if source else None,
                    "affected": figure.affected.text if figure.affected else None,
                    "place": figure.place.text if figure.place else None,
                    "date": figure.date.value if figure.date else None,
                    "why": why,
                    "articles": shared.articles,
                    "case": one.article.name,
                    "start_char": figure.start_char,
                    "end_char": figure.end_char,
                }
            )
    return frame(rows, FIGURE_COLUMNS)
