"""The marks of a chart: dots, arrows, ranges and words, drawn on an ``Axes``.

In: measured lines. Out: artists. The vertical axis counts points from the top, so that a row is as high as its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Affine2D, ScaledTranslation, blended_transform_factory

from kit.charts.layout import block, left_to_right, text_width
from kit.charts.lines import (
    ARROW,
    BESIDE,
    NOTE_SIZE,
    OVERHANG,
    ROW_SIZE,
    SHAPES,
    SIGN,
    Line,
    RowLine,
    note_height,
    overhang,
)
from kit.charts.rows import Row, number_text

INK, GREY, FAINT, BAND, ZERO = "#1A1A1A", "#4D4D4D", "#E4E4E4", "#F3F3F3", "#9A9A9A"
PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # keeps the grid out of the words


def draw_axis(ax: Axes, lines: Sequence[RowLine], width: float, labels: float) -> None:
    """Draw all rows on an axis that starts at zero and leaves room for the words beside the marks."""
    limits = _limits(lines, width)
    rows = [line.row for line in lines if line.row]
    ax.set_xlim(*limits)
    ax.set_ylim(sum(line.height for line in lines), 0)
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.spines["left"].set_color(ZERO)
    top, ticks, names, edges = 0.0, [], [], []
    for line in lines:
        middle, top = top + line.height / 2, top + line.height
        edges.append(top)
        if line.row is None:
            _draw_heading(ax, line, middle, labels)
            continue
        ticks.append(middle)
        names.append(line.label)
        _draw_mark(ax, line, line.row, middle, (limits[1] - limits[0]) / width)
    ax.set_yticks(ticks, names, size=ROW_SIZE, color=INK, parse_math=False)
    ax.set_yticks(edges, minor=True)
    ax.tick_params(axis="y", which="both", length=0, pad=9 + overhang(rows))
    ax.grid(axis="y", which="minor", color=FAINT, lw=0.6)
    _draw_scale(ax, any(row.numbers for row in rows), width)
    ax.set_axisbelow(True)


def draw_lines(ax: Axes, lines: Sequence[Line], corner: tuple[float, float], offset: tuple[float, float]) -> None:
    """Write lines downwards from a point ``offset`` points away from a corner of the axis."""
    x, y = offset
    for line in lines:
        look = {"size": line.size, "color": line.colour, "weight": line.weight}
        _write(ax, line.text, corner, (x, y), ("axes fraction", "axes fraction"), **look)
        y -= line.height


def _limits(lines: Sequence[RowLine], width: float) -> tuple[float, float]:
    """Zero (or less, for negative numbers) to where each mark still has its words beside it."""
    figures = [(line, line.row.numbers) for line in lines if line.row and line.row.numbers]
    if not figures:
        return 0.0, 1.0
    left = min(0.0, 1.15 * min(min(numbers) for _, numbers in figures))
    right = max((max(numbers) - left) * width / max(width - line.reach, width / 10) for line, numbers in figures)
    return left, max(left + right, 0.05 * -left) if right else 1.0


def _draw_heading(ax: Axes, line: RowLine, y: float, labels: float) -> None:
    where = ("axes fraction", "data")
    # A band, not a bar: it hides the grid behind the name, and reaches from the labels' edge to the axis' end.
    points = Affine2D().scale(1 / 72) + ax.figure.dpi_scale_trans + ScaledTranslation(0, 0, ax.transAxes)
    look = {"color": BAND, "lw": 0, "zorder": 2.6, "clip_on": False}
    for ends, across in (([0, 1], ax.transAxes), ([-labels, 0], points)):
        band = blended_transform_factory(across, ax.transData)
        ax.fill_between(ends, y - line.height / 2, y + line.height / 2, transform=band, **look)
    sign = {"color": line.style.colour, "weight": "bold", "va": "center"}
    _write(ax, SHAPES[line.style.shape], (0, y), (4 - labels, 0), where, **sign)
    _write(ax, line.label, (0, y), (4 + SIGN - labels, 0), where, weight="bold", va="center")


def _draw_mark(ax: Axes, line: RowLine, row: Row, y: float, unit: float) -> None:
    """The mark of one figure and the words beside it; ``unit`` is the length of a point on the axis."""
    if not row.numbers:
        _write_beside(ax, line, (0, y), BESIDE)
        return
    start, end = row.numbers[0], row.numbers[-1]
    colour = line.style.colour
    hollow = row.bound in ("gt", "lt", "approx")
    look = {"marker": line.style.shape, "ms": 7.5, "mec": colour, "mew": 1.6, "clip_on": False, "zorder": 4}
    if row.bound == "range":
        ax.plot([start, end], [y, y], color=colour, lw=2, clip_on=False, zorder=3, gid="range")
    if row.bound in ("gt", "ge"):
        _arrow(ax, (end, y), ARROW, colour, row.bound)
    if row.bound in ("lt", "le"):
        _arrow(ax, (start, y), -max(OVERHANG, min(ARROW, abs(start) / unit)), colour, row.bound)
    ends = [start, end] if row.bound == "range" else [end]
    ax.plot(ends, [y] * len(ends), ls="none", color=colour, mfc="white" if hollow else colour, gid=row.bound, **look)
    _write_beside(ax, line, (end, y), BESIDE + (ARROW if row.bound in ("gt", "ge") else 0))


def _arrow(ax: Axes, at: tuple[float, float], length: float, colour: str, bound: str) -> None:
    """An arrow of fixed length from a stated number; its length says nothing, its direction does."""
    style = {"arrowstyle": "<|-", "color": colour, "lw": 1.6, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 11}
    arrow = ax.annotate("", xy=at, xytext=(length, 0), textcoords="offset points", arrowprops=style, zorder=3)
    arrow.set_gid(f"arrow {bound}")


def _write_beside(ax: Axes, line: RowLine, at: tuple[float, float], right: float) -> None:
    numbers = bool(line.row and line.row.numbers)
    where = ("data", "data") if numbers else ("axes fraction", "data")
    look = {"style": "normal" if numbers else "italic", "bbox": PAPER}
    if not line.note:
        _write(ax, line.words, at, (right, 0), where, va="center", **look)
        return
    seam = (note_height(line.note) - block(line.words, ROW_SIZE)[1]) / 2
    _write(ax, line.words, at, (right, seam + 1), where, va="bottom", **look)
    _write(ax, line.note, at, (right, seam - 1), where, size=NOTE_SIZE, color=GREY, bbox=PAPER)


def _write(
    ax: Axes, text: str, at: tuple[float, float], offset: tuple[float, float], where: tuple[str, str], **look: Any
) -> None:
    """Text at an offset in points; no text of an article is ever read as mathematics."""
    look = {"ha": "left", "va": "top", "size": ROW_SIZE, "color": INK, "zorder": 3.5} | look
    if look["va"] == "center" and "\n" not in text:
        look["va"] = "center_baseline"  # as the labels of the rows
    place = {"xycoords": where, "textcoords": "offset points", "annotation_clip": False}
    ax.annotate(left_to_right(text), xy=at, xytext=offset, parse_math=False, **place, **look)


def _draw_scale(ax: Axes, numbers: bool, width: float) -> None:
    """Numbers below the axis, as far as they fit, and a line at zero."""
    left, right = ax.get_xlim()
    ax.tick_params(axis="x", length=0, labelsize=NOTE_SIZE, labelcolor=GREY, pad=5)
    ax.grid(axis="x", color=FAINT, lw=0.8)
    if left < 0:
        ax.axvline(0, color=ZERO, lw=0.8, zorder=2.5)
    ax.spines["left"].set_visible(left == 0)
    found = MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]).tick_values(left, right) if numbers else []
    names = {tick: scale_text(tick) for tick in found if left <= tick <= right}
    room = {tick: (right - tick) / (right - left) * width + 8 for tick in names}
    fits = {tick: name for tick, name in names.items() if text_width(name, NOTE_SIZE) / 2 <= room[tick]}
    ax.set_xticks(list(fits), list(fits.values()))


def scale_text(value: float) -> str:
    """A number on the axis: in full up to 999,999, then in millions, billions and trillions."""
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.4g} {name}"
    return number_text(round(value, 6))
