"""The rows that a view keeps, with a line on what they were chosen by.

In: a table of figures or of dates, and a view. Out: its rows, with the column ``selection`` that the charts print.
Nothing is added up or filled in; what has no date is outside every period.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from kit.charts import stretch
from kit.views.schema import FILTERS, NO_POLICY, checked

NOT_STATED = "not stated"
_OPTIONS = {
    "quantities": ("policy", "log", "total", "every"),
    "by-source": ("policy", "log", "every"),
    "confirmed": ("policy", "log"),
}


def apply_view(frame: pd.DataFrame, view: Mapping[str, Any]) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The figures that a view keeps, and what its chart is to be told.

    Args:
        frame: figures as from :func:`kit.tables.quantities_table`.
        view: see :mod:`kit.views`.

    Returns:
        The rows, with the column ``selection`` where some may be missing, and the keyword arguments of the view's
        chart.

    Raises:
        ViewError: see :func:`kit.views.checked`.
    """
    view = checked(view)
    kept = pd.Series(True, index=frame.index)
    for name in FILTERS:
        if view[name] is not None:
            kept &= values(frame, name) == view[name]
    kept &= _in_period(frame, "date", view) & _decided(frame, view)
    options = {name: view[name] for name in _OPTIONS.get(view["chart"], ())}
    if options.get("policy") == NO_POLICY:
        options["policy"] = None
    return _said(frame, kept, view, "figures"), options


def chosen_dates(dates: pd.DataFrame, view: Mapping[str, Any]) -> pd.DataFrame:
    """The dates that a view keeps: those of its period, and only accepted ones where it wants what is decided."""
    kept = _in_period(dates, "value", view) & _decided(dates, view)
    return _said(dates, kept, {**view, **dict.fromkeys(FILTERS)}, "dates")


def values(frame: pd.DataFrame, name: str) -> pd.Series:
    """What each row says of a filter: "" where it says nothing, for a category what the chart calls it."""
    if name == "category":
        return pd.Series([thing_of(record) for record in frame.to_dict("records")], index=frame.index, dtype="object")
    if name not in frame.columns:
        return pd.Series("", index=frame.index, dtype="object")
    return frame[name].astype("object").where(frame[name].notna(), "")


def filter_values(frame: pd.DataFrame, name: str) -> list[str]:
    """What a filter can be set to, in the order of the table; "" last, where a row says nothing."""
    found = dict.fromkeys(str(value) for value in values(frame, name))
    return [*(value for value in found if value), *([""] if "" in found else [])]


def thing_of(record: Mapping[str, Any]) -> str:
    """What a figure counts, as its row is called on a chart: its category, else what is counted, else its unit."""
    found = (record.get(name) for name in ("category", "counted", "unit"))
    return next((" ".join(one.split()) for one in found if isinstance(one, str) and one.strip()), "figure")


def _in_period(frame: pd.DataFrame, column: str, view: Mapping[str, Any]) -> pd.Series:
    """Whether a row may have happened between the days: a month counts where any of its days does."""
    if not (view["first"] or view["last"]):
        return pd.Series(True, index=frame.index)
    first, last = view["first"] or date.min, view["last"] or date.max
    found = [stretch(value if isinstance(value, str) else None) for value in frame.get(column, [None] * len(frame))]
    return pd.Series([bool(days and days[0] <= last and days[1] >= first) for days in found], index=frame.index)


def _decided(frame: pd.DataFrame, view: Mapping[str, Any]) -> pd.Series:
    if not view["decided"]:
        return pd.Series(True, index=frame.index)
    return values(frame, "decision") == "accept"


def _said(frame: pd.DataFrame, kept: pd.Series, view: Mapping[str, Any], noun: str) -> pd.DataFrame:
    parts = [
        f"{label.lower()}: {view[name] or NOT_STATED}" for name, label in FILTERS.items() if view[name] is not None
    ]
    if view["first"] or view["last"]:
        ends = [f"{word} {view[name]}" for word, name in (("from", "first"), ("to", "last")) if view[name]]
        parts.append(f"event date {' '.join(ends)}")
    parts += ["only what an analyst accepted"] if view["decided"] else []
    rows = frame[kept.astype(bool)]
    if not parts:
        return rows
    rejected = values(frame, "decision") == "reject"
    shown, every = int((kept & ~rejected).sum()), int((~rejected).sum())
    return rows.assign(selection=f"{'; '.join(parts)} ({shown} of {every} {noun})")
