"""The source groups of a page, in one order: each keeps its shape and colour on every chart of it.

In: the tables that a page's charts are drawn from. Out: the names of the groups, to hand to each chart as ``groups``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kit.charts.cells import clean

OUTLET = "outlet"  # the group of what nobody is cited for
_INSTEAD = ("reporter_id", "reporter", "name", "source")  # where a row has no group, as the charts take it


def source_groups(*tables: pd.DataFrame) -> list[str]:
    """The groups of sources, claims or figures, in the order of the tables, each once; the outlet's own words last.

    Rejected rows count too: that a figure is rejected must not give another source a new colour.
    """
    found = dict.fromkeys(group for table in tables for record in table.to_dict("records") if (group := _of(record)))
    return [*(group for group in found if group != OUTLET), OUTLET]


def _of(record: Mapping[str, Any]) -> str | None:
    return next((found for name in ("group", *_INSTEAD) if (found := clean(record.get(name)))), None)
