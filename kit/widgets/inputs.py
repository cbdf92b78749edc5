"""The controls of the explorer, one for each key of a view, and how their choices are called.

In: the tables of an article. Out: controls of ipywidgets, with what the table has as their choices.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as controls
import pandas as pd

from kit.markup import unturned
from kit.policies import policy_names
from kit.views import CHARTS, DEFAULTS, FILTERS, NEEDS, NO_POLICY, NOT_STATED, filter_values

SWITCHES = {
    "log": "Logarithmic axis",
    "total": "Total, with what it rests on",
    "every": "Also ages, ranks, durations",
}
# What a chart takes no notice of is greyed, not hidden: the controls stay where they are.
IDLE = {
    "by-source": ("total",),
    "confirmed": ("total", "every"),
    "timeline": (*FILTERS, "policy", "log", "total", "every"),
    "network": tuple(name for name in DEFAULTS if name not in ("name", "chart", "floors")),
    "grades": tuple(name for name in DEFAULTS if name not in ("name", "chart", "floors")),
}
ANY = ()  # the value of "All": None is no value that a dropdown can have
LONG = 60  # characters of a choice


def make_inputs(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """The controls by the key of the view that they set; a chart is offered where there are the tables it needs."""
    figures = _standing(tables["figures"])
    charts = [one for one in CHARTS if set(NEEDS.get(one, ("figures",))) <= tables.keys()]
    found: dict[str, Any] = {"chart": dropdown("Chart", [(CHARTS[one], one) for one in charts])}
    for name, label in FILTERS.items():
        options = [(short(one or NOT_STATED), one) for one in filter_values(figures, name)]
        found[name] = dropdown(label, [("All", ANY), *options])
    found["first"] = controls.DatePicker(description="Event date from", layout=wide())
    found["last"] = controls.DatePicker(description="Event date to", layout=wide())
    decided = [("All but rejected", False), ("Only accepted", True)]
    found["decided"] = dropdown("Decisions", decided)
    policies = [(name.capitalize() if name.islower() else name, key) for key, name in policy_names().items()]
    found["policy"] = dropdown("Vague numbers", [*policies, ("Left in words", NO_POLICY)])
    for name, label in SWITCHES.items():
        found[name] = controls.Checkbox(description=label, indent=False, layout=wide())
    return found


def dropdown(label: str, options: list[tuple[str, Any]]) -> controls.Dropdown:
    """A list to choose one from."""
    return controls.Dropdown(description=label, options=options, layout=wide())


def wide() -> controls.Layout:
    """As wide as its column."""
    return controls.Layout(width="auto", max_width="30em")


def offer(dropdown: controls.Dropdown, value: Any) -> None:
    """Offer a value that a saved view names and the article no longer has."""
    if value not in [one for _, one in dropdown.options]:
        name = CHARTS.get(value) or f"{short(value or NOT_STATED)} (not in this article)"
        dropdown.options = [*dropdown.options, (name, value)]


def things(figures: pd.DataFrame) -> list[str]:
    """What the figures count."""
    return [one for one in filter_values(_standing(figures), "category") if one]


def _standing(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures that nobody rejected: a choice that finds none would be no choice."""
    return figures[figures["decision"].fillna("") != "reject"] if "decision" in figures.columns else figures


def short(text: str) -> str:
    """A text on one line of a list."""
    line = unturned(" ".join(text.split()))
    return line if len(line) <= LONG else f"{line[: LONG - 1].rstrip()}…"
