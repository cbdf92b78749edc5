"""The charts of a report: those of the kit for which the article has something to show, in a fixed order.

In: the tables of an article as decided. Out: headings with images. Which chart is drawn follows from the tables alone:
one that would be empty, or say nothing beyond its neighbours, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from kit.charts import (
    ChartImage,
    alt_text_by_source,
    alt_text_grades,
    alt_text_source_network,
    alt_text_timeline,
    as_image,
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


def figure_charts(figures: pd.DataFrame, *, policy: str | None = LITERAL) -> list[Chart]:
    """What is claimed in figures: losses where there are any, else all that is not denied; then by source group."""
    losses = figures[figures["measure"] == "losses"]
    shown = losses if len(losses) else figures[figures["status"].fillna("") != "denied"]
    charts: list[Chart] = [("What is claimed", show_quantities(shown, policy=policy))] if len(shown) else []
    numbers = figures[figures[["value", "low", "high"]].notna().any(axis=1) & (figures["decision"] != "reject")]
    groups = numbers.groupby("category")["group"].nunique()
    if len(groups) and groups.max() > 1:
        image = as_image(plot_by_source(figures, policy=policy), alt=alt_text_by_source(figures, policy=policy))
        charts.append(("Who says what on the same thing", image))
    return charts


def timeline_chart(dates: pd.DataFrame, claims: pd.DataFrame) -> list[Chart]:
    """When: only where two dates at least have a place in the calendar."""
    placed = dates["kind"].isin(["date", "time"]) & dates["value"].str.match(r"\d{4}", na=False)
    if placed.sum() < 2:
        return []
    return [
        (
            "When it is said to have happened",
            as_image(plot_timeline(dates, claims), alt=alt_text_timeline(dates, claims)),
        )
    ]


def source_charts(sources: pd.DataFrame, claims: pd.DataFrame) -> list[Chart]:
    """Through whom, where there are two sources at least; how sure, where somebody graded something."""
    charts: list[Chart] = []
    if len(sources) > 1:
        image = as_image(plot_source_network(sources), alt=alt_text_source_network(sources))
        charts.append(("Through whom it is known", image))
    cited = claims[claims["voice"] == "attributed"]
    if (sources["reliability"].fillna("F") != "F").any() or (cited["credibility"].fillna("6") != "6").any():
        image = as_image(plot_grades(cited, sources), alt=alt_text_grades(cited, sources))
        charts.append(("How sure, as an analyst graded it", image))
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
