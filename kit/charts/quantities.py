"""The dot and range plot of reported figures: a panel per kind of unit and affected party, one row per figure.

In: a table of figures. Out: ``Axes`` or a ``Figure``, complete with title, caveats and legend.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kit.charts import words
from kit.charts.captions import captions, checked, policy_line
from kit.charts.images import ChartImage, page_image
from kit.charts.kinds import order_of
from kit.charts.layout import wrap
from kit.charts.lines import NOTE_SIZE, Line, RowLine, Table, group_styles, label_width
from kit.charts.marks import draw_axis
from kit.charts.rows import Figures, Row, read_figures
from kit.charts.scale import Scale, scale_for
from kit.charts.sheet import (
    GAP,
    TALL,
    Panel,
    Sheet,
    axis_room,
    head_lines,
    most_label,
    nothing,
    panel_head,
    under,
    width_of,
)
from kit.charts.totals import TOTAL, spoken_totals, totals
from kit.policies import LITERAL

MOST_FACETS = 6  # more affected parties than that are named on the rows


def plot_quantities(
    data: pd.DataFrame,
    *,
    ax: Axes | None = None,
    policy: str | None = LITERAL,
    log: bool = False,
    total: bool = False,
    every: bool = False,
    groups: Sequence[str] = (),
) -> Axes:
    """Draw reported figures as dots, ranges and arrows, one row each, grouped by who reports them.

    A strictly open bound ("more than 250") is a hollow start and an arrow from the stated number, "at least" a filled
    one; "less than" and "up to" point left; an approximate figure is a hollow dot, words without a number stay words.
    People, things, percentages and each measured unit stand on panels of their own, and so does each affected party.

    Args:
        data: figures as from :func:`kit.tables.quantities_table`; rows with ``decision`` "reject" are left out, and the
            chart says how many.
        ax: where to draw; several panels stand inside it. By default a new figure, 9 inches wide and as high as needed.
        policy: how numbers that are words are read (:func:`kit.policies.policy_names`), printed on the chart; ``None``
            leaves them in words. A table that :func:`kit.policies.apply_policy` made keeps its policy.
        log: a logarithmic axis (linear between 0 and 1), labelled as such.
        total: print the sum of a reporter's categories, with the assumption that it rests on.
        every: also draw ages, durations, ranks and the like, which count nothing.
        groups: the source groups of the page (:func:`kit.charts.source_groups`): each looks the same on all its charts.

    Returns:
        The axis with title and text; the others are in its figure, or inside the ``ax`` that was handed in.

    Raises:
        ValueError: the columns ``text``, ``value``, ``bound`` or ``reporter`` are missing; there is no such policy.
    """
    figures = read_figures(data, policy=policy, every=every)
    return _sheet(figures, ax, groups, log=log, total=total).on(ax) if figures.rows else nothing(_empty(figures), ax)


def plot_quantity_panels(data: pd.DataFrame, **options: Any) -> Figure:
    """The whole figure of :func:`plot_quantities`, with the same arguments and errors."""
    return plot_quantities(data, **options).figure


def show_quantities(
    data: pd.DataFrame,
    *,
    policy: str | None = LITERAL,
    log: bool = False,
    total: bool = False,
    every: bool = False,
    groups: Sequence[str] = (),
) -> ChartImage:
    """The chart of :func:`plot_quantities` as an image with its alt text: what a notebook shows."""
    draw = partial(plot_quantities, data, policy=policy, log=log, total=total, every=every, groups=groups)
    return page_image(draw, alt=alt_text(data, policy=policy, total=total, every=every))


def alt_text(data: pd.DataFrame, *, policy: str | None = LITERAL, total: bool = False, every: bool = False) -> str:
    """The chart in a few sentences for a screen reader: every reporter, figure, bound and caveat."""
    figures = read_figures(data, policy=policy, every=every)
    rows = figures.rows
    if not rows:
        return words.sentences(words.capital(_empty(figures)))
    told = []
    for reporter in dict.fromkeys(row.reporter for row in rows):
        said = [words.spoken(row, rows) for row in rows if row.reporter == reporter]
        told.append(f"{words.capital(reporter)}: {'; '.join(said)}")
    facts = [*words.context(rows), policy_line(figures), *checked(figures)]
    sums = [spoken_totals(rows)] if total else []
    return words.sentences(words.title(rows), words.confirmation(rows), *told, *sums, *facts)


def _sheet(figures: Figures, ax: Axes | None, groups: Sequence[str], *, log: bool, total: bool) -> Sheet:
    rows = figures.rows
    labels = label_width(rows, most_label(ax))
    width = width_of(ax, labels)
    styles = group_styles([row.group for row in rows], groups)
    several = len({row.reporter for row in rows}) > 1
    parts = _parts(rows)
    tables = [_table(part, rows, width, labels, styles, several=several) for part in parts]
    lines = [table.lines(part) for table, part in zip(tables, parts, strict=True)]
    scales = shared_scales([part[0].panel for part in parts], lines, width, log=log)
    panels = [
        number_panel(part, some, scale, (width, labels), words.panel_title(part), words.panel_facts(part, rows))
        for part, some, scale in zip(parts, lines, scales, strict=True)
    ]
    head = head_lines(words.title(rows), words.confirmation(rows), words.context(rows))
    sums = totals(rows) if total else []
    texts = captions(figures, total=any(line.startswith(TOTAL) for line in sums), shapes=bool(groups))
    return Sheet(head, panels, [*(Line(line, weight="bold") for line in sums), *map(Line, texts)], labels)


def _parts(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of each panel: by kind, then by affected party in order of appearance, those without one last."""
    affected = [name for name in dict.fromkeys(row.affected for row in rows) if name]
    facets: list[str | None] = [*affected, None] if len(affected) <= MOST_FACETS else []
    kinds = sorted(dict.fromkeys(row.panel for row in rows), key=order_of)
    if not facets:
        return [[row for row in rows if row.panel == kind] for kind in kinds]
    parts = [[row for row in rows if (row.panel, row.affected) == (kind, name)] for kind in kinds for name in facets]
    return [part for part in parts if part]


def _table(
    part: Sequence[Row], rows: Sequence[Row], width: float, labels: float, styles: dict, *, several: bool
) -> Table:
    def note(row: Row) -> str | None:
        return words.row_note(row, part, every=rows)

    def heading(row: Row) -> str | None:
        return row.reporter if several else None

    return Table(width, labels, styles, note, heading)


def shared_scales(kinds: Sequence[str], lines: Sequence[Sequence[RowLine]], width: float, *, log: bool) -> list[Scale]:
    """The scale of each panel; panels of one kind share theirs, so that their marks can be compared."""
    found = {}
    for kind in dict.fromkeys(kinds):
        of_kind = [line for name, some in zip(kinds, lines, strict=True) if name == kind for line in some]
        found[kind] = scale_for([(line.row.numbers, line.reach) for line in of_kind if line.row], width, log=log)
    return [found[kind] for kind in kinds]


def number_panel(
    rows: Sequence[Row], lines: Sequence[RowLine], scale: Scale, room: tuple[float, float], title: str, facts: str
) -> Panel:
    """A panel with a number axis below it; ``room`` is the width of axis and labels."""
    width, labels = room
    numbers, height = any(row.numbers for row in rows), sum(line.height for line in lines)
    axis = wrap(words.axis_text(rows, log=scale.log), width, NOTE_SIZE)

    def draw(ax: Axes) -> None:
        draw_axis(ax, lines, scale, width, labels)
        if numbers:
            under(ax, axis)
            ax.tick_params(labeltop=height > TALL)

    head = panel_head(title, facts, width + labels)
    return Panel(draw, height, head, axis_room(axis) if numbers else GAP, lift=18 if height > TALL else 3)


def _empty(figures: Figures) -> str:
    """Why the chart is empty."""
    if not figures.uncounted:
        return words.NOTHING
    left = ", ".join(f"{count} {name}" for name, count in figures.uncounted.items())
    return f"{words.NOTHING}; not shown, since they count nothing: {left}"
