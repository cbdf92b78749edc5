"""The dot and range plot of reported figures, alone or with one panel per kind of unit.

In: a table of figures. Out: ``Axes`` or a ``Figure``, complete with title, caveats and legend. A figure made here
grows with its rows; on an ``Axes`` that is handed in, the caller gives room (about 0.4 inch a row).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation

from kit.charts import words
from kit.charts.images import ChartImage, as_image
from kit.charts.layout import DPI, block, left_to_right, text_width, wrap
from kit.charts.lines import NOTE_SIZE, ROW_SIZE, Line, Style, group_styles, measured_rows, overhang
from kit.charts.marks import GREY, INK, draw_axis, draw_lines
from kit.charts.rows import Row, read_rows, shared

WIDTH = 9 * 72.0
MARGIN = 14.0
LABEL_WIDTH = 150.0
GAP = 10.0
TITLE_SIZE = 13.0
AXIS_ROOM = 40.0  # tick labels and the unit under an axis
TALL = 700.0  # from here on the numbers stand at the top of the axis too
PANELS = {"people": "People", "things": "Things", "percent": "Percent"}


@dataclass
class _Panel:
    """One axis: its rows, heading and measured height."""

    rows: list[Row]
    heading: str
    label_width: float
    axes_width: float
    styles: dict[str, Style]
    every: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        status = shared(row.status for row in self.rows)
        self.lines = measured_rows(self.rows, self.every, self.styles, self.axes_width, self.label_width, not status)
        self.height = sum(line.height for line in self.lines)
        width = self.label_width + self.axes_width
        self.title = wrap(f"{self.heading}: {status}" if status else self.heading, width, ROW_SIZE, "bold")
        self.bottom = AXIS_ROOM if any(row.numbers for row in self.rows) else GAP
        self.top = block(self.title, ROW_SIZE, "bold")[1] + GAP + (18 if self.height > TALL else 0)


def plot_quantities(data: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw reported figures as dots, ranges and arrows, one row each, grouped by who reports them.

    A strictly open bound ("more than 250") is a hollow start and an arrow from the stated number, "at least" a filled
    one; "less than" and "up to" point left; an approximate figure is a hollow dot, words without a number stay words.

    Args:
        data: figures as from :func:`kit.tables.quantities_table`; rows with ``decision`` "reject" are left out, and the
            chart says how many.
        ax: where to draw. By default a new figure, 9 inches wide and as high as its rows need.

    Raises:
        ValueError: the columns ``text``, ``value``, ``bound`` or ``reporter`` are missing.
    """
    rows = read_rows(data)
    if not rows:
        return _nothing(ax)
    head, foot = _head(rows), _foot(rows, data)
    foot[:0] = [Line(text, NOTE_SIZE, "bold", GREY) for text in words.caution(rows)]
    if ax is None:
        return _figure(rows, [rows], head, foot).axes[0]
    width = ax.get_window_extent().width / ax.figure.dpi * 72
    label_width = _label_width(rows, width / 3)
    panel = _Panel(rows, _heading(rows), label_width, width, group_styles(rows), rows)
    _draw_panel(ax, panel)
    _draw_head(ax, panel, _wrapped(head, width + label_width))
    _draw_foot(ax, panel, _wrapped(foot, width + label_width))
    return ax


def plot_quantity_panels(data: pd.DataFrame) -> Figure:
    """Draw reported figures on separate panels: people, things, percent, each currency and each measured unit.

    Args and errors are those of :func:`plot_quantities`; title, caveats and legend stand once for all panels.
    """
    rows = read_rows(data)
    if not rows:
        return _nothing(None).figure
    order = list(dict.fromkeys([*PANELS, *(row.panel for row in rows)]))
    parts = [[row for row in rows if row.panel == name] for name in order]
    return _figure(rows, [part for part in parts if part], _head(rows), _foot(rows, data))


def show_quantities(data: pd.DataFrame) -> ChartImage:
    """The panels of :func:`plot_quantity_panels` as an image with their alt text: what a notebook shows."""
    return as_image(plot_quantity_panels(data), alt=words.alt_text(data))


def _figure(rows: list[Row], parts: list[list[Row]], head: list[Line], foot: list[Line]) -> Figure:
    """A figure as high as its text and rows need, one axis per part."""
    inner = WIDTH - 2 * MARGIN
    label_width = _label_width(rows, LABEL_WIDTH)
    styles = group_styles(rows)
    panels = [_Panel(part, _heading(part), label_width, inner - label_width, styles, rows) for part in parts]
    head, foot = _wrapped(head, inner), _wrapped(foot, inner)
    heights = [panel.top + panel.height + panel.bottom for panel in panels]
    total = MARGIN + _height(head) + sum(heights) + _height(foot) + MARGIN
    figure = Figure(figsize=(WIDTH / 72, total / 72), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    top = total - MARGIN - _height(head)
    for panel, height in zip(panels, heights, strict=True):
        bottom = top - panel.top - panel.height
        box = ((MARGIN + label_width) / WIDTH, bottom / total, panel.axes_width / WIDTH, panel.height / total)
        _draw_panel(figure.add_axes(box), panel)
        top -= height
    _draw_head(figure.axes[0], panels[0], head)
    _draw_foot(figure.axes[-1], panels[-1], foot)
    return figure


def _draw_panel(ax: Axes, panel: _Panel) -> None:
    draw_axis(ax, panel.lines, panel.axes_width, panel.label_width)
    unit = shared(words.unit_text(row) for row in panel.rows)
    if any(row.numbers for row in panel.rows):
        counted = "number" if panel.rows[0].panel == "things" else None
        text = f"{counted or unit or 'number'}, axis from zero"
        ax.set_xlabel(text, loc="left", size=NOTE_SIZE, color=GREY, parse_math=False)
        if panel.height > TALL:
            ax.tick_params(labeltop=True)
    lift = panel.top - GAP + 4
    draw_lines(ax, [Line(panel.title, ROW_SIZE, "bold", INK)], (0, 1), (-panel.label_width, lift))


def _draw_head(ax: Axes, panel: _Panel, head: list[Line]) -> None:
    """The title, as the title of the first axis, and the lines below it."""
    top = panel.top + _height(head)
    style = {"size": TITLE_SIZE, "weight": "bold", "color": INK, "parse_math": False}
    title = ax.set_title(left_to_right(head[0].text), x=0, y=1.0, ha="left", va="top", **style)
    shift = ScaledTranslation(-panel.label_width / 72, top / 72, ax.figure.dpi_scale_trans)
    title.set_transform(ax.transAxes + shift)
    draw_lines(ax, head[1:], (0, 1), (-panel.label_width, top - _height(head[:1])))


def _draw_foot(ax: Axes, panel: _Panel, foot: list[Line]) -> None:
    draw_lines(ax, foot, (0, 0), (-panel.label_width, -panel.bottom))


def _head(rows: Sequence[Row]) -> list[Line]:
    """Title, claim status and context, in reading order."""
    facts = [Line(text, NOTE_SIZE, "normal", GREY) for text in words.context(rows)]
    return [
        Line(words.title(rows), TITLE_SIZE, "bold", INK, after=5),
        Line(words.confirmation(rows), ROW_SIZE, "bold", "#A03C00", after=4),
        *facts[:-1],
        Line(facts[-1].text, NOTE_SIZE, "normal", GREY, after=14),
    ]


def _foot(rows: Sequence[Row], data: pd.DataFrame) -> list[Line]:
    texts = [*words.legend(rows), *words.checked(data)]
    return [Line(text, NOTE_SIZE, "normal", GREY) for text in texts]


def _heading(rows: Sequence[Row]) -> str:
    panels = list(dict.fromkeys(row.panel for row in rows))
    names = [PANELS.get(panel, f"{panel[:1].upper()}{panel[1:]}s") for panel in panels]
    names[1:] = [name.lower() for name in names[1:]]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _label_width(rows: Sequence[Row], most: float) -> float:
    widest = max(text_width(line, ROW_SIZE) for row in rows for line in wrap(row.label, most, ROW_SIZE).split("\n"))
    return max(60.0, widest) + GAP + overhang(rows)


def _wrapped(lines: list[Line], width: float) -> list[Line]:
    return [line.wrapped(width) for line in lines]


def _height(lines: Sequence[Line]) -> float:
    return sum(line.height for line in lines)


def _nothing(ax: Axes | None) -> Axes:
    """An empty axis that says so."""
    if ax is None:
        figure = Figure(figsize=(WIDTH / 72, 1.2), dpi=DPI, facecolor="white")
        FigureCanvasAgg(figure)
        ax = figure.add_axes((0, 0, 1, 1))
    ax.set_axis_off()
    ax.text(0.5, 0.5, words.NOTHING, transform=ax.transAxes, ha="center", va="center", size=ROW_SIZE, color=GREY)
    return ax
