"""Who dropped what, in one row per outlet: the first thing to look at, before the rows that it sums up.

In: readings. Out: a row for each of them, those with nothing dropped included. It sums up words, and counts nothing:
how much an outlet could drop depends on what the others happen to have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kit.compare.dropped import NOTHING_SAYS, dropped_table
from kit.compare.readings import Reading, compared
from kit.tables.columns import frame, text_columns

BRIEF_COLUMNS = text_columns("outlet", "caveats", "bounds", "hedges", "sources", "other")
_COLUMN_OF = {
    **{"caveat": "caveats", "bound": "bounds", "hedge": "hedges", "source": "sources", "name": "sources"},
    **{"fate": "other", "stance": "other"},
}


def brief_table(readings: Sequence[Reading]) -> pd.DataFrame:
    """One row per article; columns as in ``BRIEF_COLUMNS``, what was dropped in its words or missing."""
    found: dict[str, dict[str, dict[str, None]]] = {one.outlet: {} for one in compared(readings)}
    for row in dropped_table(readings).to_dict("records"):
        found[row["dropped_by"]].setdefault(_COLUMN_OF[row["kind"]], {}).setdefault(_words(row))
    rows = [
        {"outlet": outlet} | {column: "; ".join(words) for column, words in dropped.items()}
        for outlet, dropped in found.items()
    ]
    return frame(rows, BRIEF_COLUMNS)


def _words(row: dict[str, Any]) -> str:
    words, instead = row["words"], row["instead"]
    match row["kind"]:
        case "caveat":
            return instead.removeprefix(NOTHING_SAYS)
        case "bound":
            return f"“{words}” became “{instead}”"
        case "hedge":
            return f"“{words}”"
        case "source" | "name":
            return f"{words} ({instead})"
        case "fate":
            return f"{instead} (left open by {row['kept_by']})"
        case _:
            return f"{words} became {instead}"
