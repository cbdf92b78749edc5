"""A claim beside what is confirmed: the figures of a source, and a floor that the analyst enters with its own source.

In: a table of figures, and a table of floors. Out: ``Axes``. A floor is what somebody verified one by one: at least so
many, never an estimate of all. Nothing is subtracted and no share is computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from kit.charts import words
from kit.charts.captions import checked, legend, policy_line
from kit.charts.cells import clean, listed, number, number_text
from kit.charts.kinds import order_of
from kit.charts.lines import Line, Table, group_styles, label_width
from kit.charts.quantities import number_panel, shared_scales
from kit.charts.rows import FLOOR, Figures, Row, read_figures
from kit.charts.sheet import Sheet, head_lines, most_label, nothing, width_of
from kit.policies import LITERAL

NEEDED = ("category", "value", "source", "date")
NOTHING = "no claim and no confirmed floor to chart"
LABEL = "confirmed"
NO_FLOOR, NO_CLAIM = "no confirmed floor entered", "not claimed here"


def plot_claimed_confirmed(
    data: pd.DataFrame,
    confirmed: pd.DataFrame,
    *,
    ax: Axes | None = None,
    policy: str | None = LITERAL,
    log: bool = False,
    groups: Sequence[str] = (),
) -> Axes:
    """Draw each claimed figure above the confirmed floor for the same category.

    Args:
        data: claimed figures as from :func:`kit.tables.quantities_table`.
        confirmed: what the analyst enters, a row per category: ``category`` as in ``data``, ``value`` (at least so many
            are confirmed), ``source`` (who confirmed it, how) and ``date`` (as of when); ``list``, the list that the
            category is counted by, is printed where given.
        ax: where to draw. By default a new figure as high as its rows need.
        policy: how numbers that are words are read, printed on the chart; ``None`` leaves them in words.
        log: a logarithmic axis, labelled as such.
        groups: the source groups of the page (:func:`kit.charts.source_groups`): each looks the same on all its charts.

    Raises:
        ValueError: a column is missing; a floor has no number (a count from 0 on), no source or no date.
    """
    figures, floors = _read(data, confirmed, policy)
    if not figures.rows:
        return nothing(NOTHING, ax)
    return _sheet(figures, floors, ax, groups, log=log).on(ax)


def alt_text_claimed_confirmed(data: pd.DataFrame, confirmed: pd.DataFrame, *, policy: str | None = LITERAL) -> str:
    """The chart of :func:`plot_claimed_confirmed` in a few sentences: each claim with its bound, each floor."""
    figures, floors = _read(data, confirmed, policy)
    if not figures.rows:
        return words.sentences(words.capital(NOTHING))
    claims = _claims(figures.rows)
    told = []
    for category in dict.fromkeys(row.heading for row in figures.rows):
        said = [f"{row.label}: {_spoken(row, claims)}" for row in figures.rows if row.heading == category]
        told.append(f"{words.capital(str(category))}: {'; '.join(said)}")
    facts = [*_context(claims), _about(floors), policy_line(figures), *checked(figures)]
    return words.sentences(_title(claims), _status(claims, floors), *told, *facts)


def _read(data: pd.DataFrame, confirmed: pd.DataFrame, policy: str | None) -> tuple[Figures, list[dict[str, Any]]]:
    """Claims and floors as rows in the order of the chart: ``heading`` is the category, ``label`` who says it."""
    figures = read_figures(data, policy=policy)
    floors = _floors(confirmed)
    claims: dict[str, list[Row]] = {}
    for row in figures.rows:
        claims.setdefault(row.label, []).append(row)
    names = {name.lower(): name for name in claims}
    rows: dict[str, list[Row]] = {name: [_claim(row) for row in some] for name, some in claims.items()}
    for floor in floors:
        name = names.get(floor["category"].lower(), floor["category"])
        like = claims.get(name, [None])[0]
        rows.setdefault(name, []).append(_floor(floor, name, like))
    for name, some in rows.items():
        if not any(row.bound == FLOOR for row in some):
            some.append(replace(some[0], label=LABEL, words=NO_FLOOR, bound=FLOOR, low=None, high=None, reading=None))
        elif name not in claims:
            some.insert(0, replace(some[0], label="claimed", words=NO_CLAIM, bound="vague", low=None, high=None))
    return figures.only([row for some in rows.values() for row in some]), floors


def _floors(confirmed: pd.DataFrame) -> list[dict[str, Any]]:
    missing = [name for name in NEEDED if name not in confirmed.columns]
    if missing:
        raise ValueError(f"the confirmed floors lack {', '.join(missing)}: a floor is never shown without its source")
    floors = []
    for record in confirmed.to_dict("records"):
        floor = {name: clean(record.get(name)) for name in ("category", "source", "date", "list", "unit")}
        count = number(record["value"])
        empty = next((name for name in ("category", "source", "date") if not floor[name]), None)
        if empty or count is None or count < 0:
            raise ValueError(f"the confirmed floor {record!r} needs {empty or 'a number from 0 on as its value'}")
        floors.append(floor | {"value": count})
    return floors


def _claim(row: Row) -> Row:
    return replace(row, heading=row.label, label=words.capital(row.reporter))


def _floor(floor: dict[str, Any], name: str, like: Row | None) -> Row:
    text = f"at least {number_text(floor['value'])} confirmed by {floor['source']}, as of {floor['date']}"
    by_list = f" (list: {floor['list']})" if floor["list"] else ""
    same = {"words": text + by_list, "bound": FLOOR, "low": floor["value"], "high": None, "reading": None}
    if like is not None:
        return replace(like, label=LABEL, heading=name, **same)
    empty = dict.fromkeys(("status", "measure", "body", "affected", "place", "date"))
    return Row(
        **same, **empty, panel="things", unit=floor["unit"], label=LABEL, reporter="", group=FLOOR, heading=name,
        article="",
    )  # fmt: skip


def _claims(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.bound != FLOOR and row.reporter]


def _spoken(row: Row, claims: Sequence[Row]) -> str:
    return words.spoken(replace(row, label=""), claims) if row in claims else row.words


def _title(claims: Sequence[Row]) -> str:
    return f"{words.title(claims)}; and what is confirmed" if claims else "What is confirmed; nothing is claimed here"


def _status(claims: Sequence[Row], floors: Sequence[dict[str, Any]]) -> str:
    groups = len({row.group for row in claims})
    sources = list(dict.fromkeys(f"{floor['source']}, as of {floor['date']}" for floor in floors))
    entered = f"confirmed floor, entered by the analyst: {listed(sources, 3, 'more sources')}"
    floor = entered if floors else NO_FLOOR
    return f"Claimed by {groups} source group{'s' * (groups != 1)}; {floor}"


def _about(floors: Sequence[dict[str, Any]]) -> str:
    lists = list(dict.fromkeys(floor["list"] for floor in floors if floor["list"]))
    found = f" Floors are counted by {listed(lists, 3)}, claims in the claimant's own words: " if lists else ""
    other = f"{found}they may not cover the same things." if lists else ""
    certain = "A floor counts only what was verified: the true number may be higher."
    return f"{certain} It neither confirms nor refutes the rest of a claim.{other}"


def _context(claims: Sequence[Row]) -> list[str]:
    if not claims:
        return []
    affected = words.shared(row.affected for row in claims)
    facts = words.context(claims)
    return [words.unbroken(f"Affected: {affected}"), *facts] if affected else facts


def _sheet(
    figures: Figures, floors: list[dict[str, Any]], ax: Axes | None, groups: Sequence[str], *, log: bool
) -> Sheet:
    rows, claims = figures.rows, _claims(figures.rows)
    labels = label_width(rows, most_label(ax))
    width = width_of(ax, labels)
    styles = group_styles([row.group for row in rows], groups)
    kinds = sorted(dict.fromkeys(row.panel for row in rows), key=order_of)
    parts = [[row for row in rows if row.panel == kind] for kind in kinds]

    lines, titles = [], []
    for part in parts:
        said = _claims(part)
        table = Table(width, labels, styles, partial(_note, claims=said), lambda row: row.heading, signed=False)
        lines.append(table.lines(part))
        titles.append(words.panel_title(said or part))
    scales = shared_scales(kinds, lines, width, log=log)
    panels = [
        number_panel(part, some, scale, (width, labels), title, "")
        for part, some, scale, title in zip(parts, lines, scales, titles, strict=True)
    ]
    head = head_lines(_title(claims), _status(claims, floors), _context(claims))
    texts = [*legend(figures, shapes=bool(groups)), _about(floors), policy_line(figures), *checked(figures)]
    return Sheet(head, panels, [Line(text) for text in texts], labels)


def _note(row: Row, claims: Sequence[Row]) -> str | None:
    return words.row_note(row, claims) if row in claims else None
