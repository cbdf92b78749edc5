"""A view drawn: the chart that it asks for, of the rows that it keeps.

In: a view, and the tables of an article by name (``figures``, ``dates``, ``claims``, ``sources``). Out: :class:`Drawn`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from kit.charts import (
    ChartImage,
    alt_text,
    alt_text_by_source,
    alt_text_claimed_confirmed,
    alt_text_grades,
    alt_text_source_network,
    alt_text_timeline,
    page_image,
    plot_by_source,
    plot_claimed_confirmed,
    plot_grades,
    plot_quantities,
    plot_source_network,
    plot_timeline,
    source_groups,
)
from kit.views.choosing import apply_view, chosen_dates
from kit.views.schema import CHARTS, ViewError, checked

Tables = Mapping[str, pd.DataFrame]
NEEDS = {"timeline": ("dates", "claims"), "network": ("sources",), "grades": ("claims", "sources")}
_FLOORS = ("category", "value", "source", "date", "list")


@dataclass(frozen=True)
class Drawn:
    """A chart and its alt text."""

    ax: Axes
    alt: str


def draw_view(view: Mapping[str, Any], tables: Tables) -> Drawn:
    """Draw a view on a figure of its own; each source group looks the same in every view of the same tables.

    Args:
        view: see :mod:`kit.views`.
        tables: ``figures``; ``dates`` and ``claims`` for a timeline, ``sources`` for a network, ``claims`` and
            ``sources`` for grades.

    Raises:
        ViewError: the view is none, or lacks a table.
    """
    view = checked(view)
    chart = view["chart"]
    missing = [name for name in NEEDS.get(chart, ("figures",)) if name not in tables]
    if missing:
        raise ViewError(f"the chart {CHARTS[chart]!r} needs the table of {' and of '.join(missing)}")
    groups = source_groups(*(tables[name] for name in ("sources", "claims", "figures") if name in tables))
    if chart == "timeline":
        dates = chosen_dates(tables["dates"], view)
        claims = tables["claims"]
        return Drawn(plot_timeline(dates, claims, groups=groups), alt_text_timeline(dates, claims))
    if chart == "network":
        sources = tables["sources"]
        return Drawn(plot_source_network(sources, groups=groups), alt_text_source_network(sources))
    if chart == "grades":
        claims = tables["claims"]
        cited = claims[claims["voice"] == "attributed"] if "voice" in claims.columns else claims
        return Drawn(plot_grades(cited, tables["sources"], groups=groups), alt_text_grades(cited, tables["sources"]))
    return _figures(view, tables["figures"], groups)


def view_charts(views: Iterable[Mapping[str, Any]], tables: Tables) -> list[tuple[str, ChartImage]]:
    """Each saved view as a heading and a still image with its alt text, for a page or a headless run."""
    found = []
    for view in views:
        name = str(view.get("name") or CHARTS[checked(view)["chart"]])
        found.append((name, page_image(lambda view=view: draw_view(view, tables).ax, alt=draw_view(view, tables).alt)))
    return found


def _figures(view: Mapping[str, Any], table: pd.DataFrame, groups: Sequence[str]) -> Drawn:
    figures, options = apply_view(table, view)
    spoken = {name: option for name, option in options.items() if name != "log"}
    options["groups"] = groups
    if view["chart"] == "by-source":
        return Drawn(plot_by_source(figures, **options), alt_text_by_source(figures, **spoken))
    if view["chart"] == "confirmed":
        floors = pd.DataFrame(view["floors"], columns=list(_FLOORS))
        floors["date"] = floors["date"].astype("string")
        ax = plot_claimed_confirmed(figures, floors, **options)
        return Drawn(ax, alt_text_claimed_confirmed(figures, floors, **spoken))
    return Drawn(plot_quantities(figures, **options), alt_text(figures, **spoken))
