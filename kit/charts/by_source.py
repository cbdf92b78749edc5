"""Who says what on the same thing: one small panel per source group, all on one axis.

In: a table of figures. Out: ``Axes``. Sources of one group (a ministry, its spokesman, the agency that quotes them)
share one panel and one mark: that they agree confirms nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from kit.charts import words
from kit.charts.captions import checked, legend, policy_line
from kit.charts.cells import listed
from kit.charts.layout import wrap
from kit.charts.lines import NOTE_SIZE, Line, RowLine, Table, group_styles, label_width
from kit.charts.marks import draw_axis
from kit.charts.quantities import shared_scales
from kit.charts.rows import Figures, Row, read_figures
from kit.charts.scale import Scale
from kit.charts.sheet import Panel, Sheet, axis_room, head_lines, most_label, nothing, under, width_of
from kit.policies import LITERAL

NOTHING = "no figures to compare by source"
CLOSE = 6.0  # between two groups


def plot_by_source(
    data: pd.DataFrame,
    about: str | None = None,
    *,
    ax: Axes | None = None,
    policy: str | None = LITERAL,
    log: bool = False,
    every: bool = False,
    groups: Sequence[str] = (),
) -> Axes:
    """Draw what each source group says on one thing, below each other on one axis.

    Args:
        data: figures as from :func:`kit.tables.quantities_table`, of one article or of several.
        about: the category to compare ("personnel"). By default the one that most source groups give figures for; the
            chart says which others there are.
        ax: where to draw; the panels stand inside it. By default a new figure as high as its rows need.
        policy: how numbers that are words are read, printed on the chart; ``None`` leaves them in words.
        log: a logarithmic axis, labelled as such.
        every: also take ages, durations, ranks and the like.
        groups: the source groups of the page (:func:`kit.charts.source_groups`): each looks the same on all its charts.

    Raises:
        ValueError: nothing in the table is ``about`` this; a column is missing; there is no such policy.
    """
    figures, others = _chosen(data, about, policy, every)
    return _sheet(figures, others, ax, groups, log=log).on(ax) if figures.rows else nothing(NOTHING, ax)


def alt_text_by_source(
    data: pd.DataFrame, about: str | None = None, *, policy: str | None = LITERAL, every: bool = False
) -> str:
    """The chart of :func:`plot_by_source` in a few sentences: what each group says, with every bound."""
    figures, others = _chosen(data, about, policy, every)
    rows = figures.rows
    if not rows:
        return words.sentences(words.capital(NOTHING))
    told = []
    for group, some in _groups(rows).items():
        said = [f"{row.label}: {words.spoken(replace(row, label=''), rows)}" for row in some]
        told.append(f"{_group_title(group, some)}: {'; '.join(said)}")
    facts = [*words.context(rows), policy_line(figures), *others, *checked(figures)]
    return words.sentences(_title(rows), words.confirmation(rows), *told, *facts)


def _chosen(data: pd.DataFrame, about: str | None, policy: str | None, every: bool) -> tuple[Figures, list[str]]:
    """The figures on one thing, and a line on what else there is. A thing is a category on one kind of axis."""
    figures = read_figures(data, policy=policy, every=every)
    rows = figures.rows
    if not rows and about is None:
        return figures, []
    things = list(dict.fromkeys((row.label, row.panel) for row in rows))
    groups = {thing: len({row.group for row in rows if (row.label, row.panel) == thing}) for thing in things}
    count = Counter((row.label, row.panel) for row in rows)
    named = [thing for thing in things if about is None or thing[0].lower() == about.lower()]
    if not named:
        known = listed(list(dict.fromkeys(label for label, _ in things)), 12) or "nothing"
        raise ValueError(f"no figure is about {about!r}: the table has {known}")
    measured = {(row.label, row.panel) for row in rows if row.measure}
    chosen = max(named, key=lambda thing: (groups[thing], count[thing], thing in measured))
    left = [f"{label} ({groups[label, kind]})" for label, kind in things if (label, kind) != chosen]
    line = f"Not shown, with the number of source groups: {listed(left, 6, 'more categories')}."
    same = [
        replace(row, label=words.capital(row.reporter), heading=row.label)
        for row in rows
        if (row.label, row.panel) == chosen
    ]
    return figures.only(same), [line] if left else []


def _groups(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
    return found


def _title(rows: Sequence[Row]) -> str:
    said = words.what(rows)
    return f"{words.who(rows)}: {rows[0].heading}{f' ({said})' if said != 'figures' else ''}"


def _group_title(group: str, rows: Sequence[Row]) -> str:
    """The name of a group; an id or the word for "nobody is cited" is no name."""
    reporters = list(dict.fromkeys(row.reporter for row in rows))
    name = rows[0].body if rows[0].body and group != words.OUTLET else reporters[0]
    return f"{words.capital(name)}{f': {len(reporters)} reporters, one source group' if len(reporters) > 1 else ''}"


def _sheet(figures: Figures, others: list[str], ax: Axes | None, groups: Sequence[str], *, log: bool) -> Sheet:
    rows = figures.rows
    labels = label_width(rows, most_label(ax))
    width = width_of(ax, labels)
    styles = group_styles([row.group for row in rows], groups)
    parts = _groups(rows)
    lines = []
    for group, part in parts.items():
        name = _group_title(group, part)
        table = Table(width, labels, styles, lambda row: words.row_note(row, rows), lambda row, name=name: name)
        lines.append(table.lines([replace(row, label="" if row.label == name else row.label) for row in part]))
    scale = shared_scales(["one"] * len(parts), lines, width, log=log)[0]
    last, numbers = len(lines) - 1, any(row.numbers for row in rows)
    panels = []
    for i, some in enumerate(lines):
        axis = wrap(words.axis_text(rows, log=log), width, NOTE_SIZE) if numbers and i == last else None
        draw = partial(_draw, lines=some, scale=scale, room=(width, labels), axis=axis)
        panels.append(Panel(draw, sum(line.height for line in some), bottom=axis_room(axis) if axis else CLOSE))
    status = words.shared(row.status for row in rows)
    facts = words.context(rows)
    head = head_lines(_title(rows), words.confirmation(rows), [f"Figures: {status}", *facts] if status else facts)
    texts = [*legend(figures, shapes=bool(groups)), policy_line(figures), *others, *checked(figures)]
    return Sheet(head, panels, [Line(text) for text in texts], labels)


def _draw(ax: Axes, lines: Sequence[RowLine], scale: Scale, room: tuple[float, float], axis: str | None) -> None:
    draw_axis(ax, lines, scale, *room, numbers=axis is not None)
    if axis:
        under(ax, axis)
