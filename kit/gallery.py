"""The charts of a report: those of the kit for which the article has something to show, in a fixed order.

In: the tables of an article as decided. Out: headings with images, each drawn for a page and for a phone. Which chart
is drawn follows from the tables alone: one that would be empty, or say nothing beyond its neighbours, is left out; one
that would be higher than a sheet of paper can show is cut into several, and each part says which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import pandas as pd

from kit.charts import (
    ChartImage,
    alt_text_by_source,
    alt_text_grades,
    alt_text_source_network,
    alt_text_timeline,
    page_image,
    plot_by_source,
    plot_grades,
    plot_source_network,
    plot_timeline,
    show_quantities,
)
from kit.display import Html
from kit.markup import safe
from kit.policies import LITERAL

Chart = tuple[str, ChartImage]
MOST_ROWS = 30  # of a chart: more would be too small to read on a sheet of paper


def figure_charts(figures: pd.DataFrame, *, policy: str | None = LITERAL, groups: Sequence[str] = ()) -> list[Chart]:
    """What is claimed in figures: losses where there are any, else all that is not denied; then by source group.

    Args:
        figures: as from :func:`kit.tables.quantities_table`.
        policy: how numbers that are words are read.
        groups: the source groups of the page (:func:`kit.charts.source_groups`): each looks the same on all its charts.
    """
    losses = figures[figures["measure"] == "losses"]
    shown = losses if len(losses) else figures[figures["status"].fillna("") != "denied"]
    charts = _cut("What is claimed", shown, "figures", partial(show_quantities, policy=policy, groups=groups))
    numbers = figures[figures[["value", "low", "high"]].notna().any(axis=1) & (figures["decision"] != "reject")]
    sources = numbers.groupby("category")["group"].nunique()
    if len(sources) and sources.max() > 1:
        draw = partial(plot_by_source, figures, policy=policy, groups=groups)
        image = page_image(draw, alt=alt_text_by_source(figures, policy=policy))
        charts.append(("Who says what on the same thing", image))
    return charts


def timeline_chart(dates: pd.DataFrame, claims: pd.DataFrame, *, groups: Sequence[str] = ()) -> list[Chart]:
    """When: only where two dates at least have a place in the calendar."""
    placed = dates["kind"].isin(["date", "time"]) & dates["value"].str.match(r"\d{4}", na=False)
    if placed.sum() < 2:
        return []

    def image(some: pd.DataFrame) -> ChartImage:
        return page_image(partial(plot_timeline, some, claims, groups=groups), alt=alt_text_timeline(some, claims))

    return _cut("When it is said to have happened", dates, "dates", image)


def source_charts(sources: pd.DataFrame, claims: pd.DataFrame, *, groups: Sequence[str] = ()) -> list[Chart]:
    """Through whom, where there are two sources at least; how sure, where somebody graded something."""
    charts: list[Chart] = []
    if len(sources) > 1:
        draw = partial(plot_source_network, sources, groups=groups)
        charts.append(("Through whom it is known", page_image(draw, alt=alt_text_source_network(sources))))
    cited = claims[claims["voice"] == "attributed"]
    if (sources["reliability"].fillna("F") != "F").any() or (cited["credibility"].fillna("6") != "6").any():
        draw = partial(plot_grades, cited, sources, groups=groups)
        charts.append(("How sure, as an analyst graded it", page_image(draw, alt=alt_text_grades(cited, sources))))
    return charts


def show_charts(charts: Iterable[Chart], *, empty: str = "") -> Html:
    """Charts, each under its heading and with its text for whoever does not see it, or wants to copy the numbers."""
    charts = list(charts)
    parts = [
        f'<div class="kit-chart"><h3>{safe(heading)}</h3>\n{image._repr_html_()}\n'
        f"<details><summary>The chart in words</summary><p>{safe(image.alt)}</p></details></div>"
        for heading, image in charts
    ]
    if not parts:
        return Html(f"<p><em>{safe(empty)}</em></p>" if empty else "", empty)
    return Html("\n".join(parts), "\n".join(image.alt for _, image in charts))


def _cut(heading: str, table: pd.DataFrame, noun: str, image: Callable[[pd.DataFrame], ChartImage]) -> list[Chart]:
    """The chart of a table, or several where it has too many rows: in reading order, each with the rows it shows."""
    if len(table) <= MOST_ROWS:
        return [(heading, image(table))] if len(table) else []
    starts = range(0, len(table), MOST_ROWS)
    parts = []
    for n, start in enumerate(starts, start=1):
        end = min(start + MOST_ROWS, len(table))
        rows = table.iloc[start:end].assign(selection=f"{noun} {start + 1} to {end} of {len(table)}, in reading order")
        parts.append((f"{heading} ({n} of {len(starts)})", image(rows)))
    return parts
