"""The marks of a chart: dots, arrows, ranges and words, drawn on an ``Axes``.

In: measured lines. Out: artists. The vertical axis counts points from the top, so that a row is as high as its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from matplotlib.axes import Axes
from matplotlib.transforms import Affine2D, ScaledTranslation, blended_transform_factory

from kit.charts.fonts import left_to_right
from kit.charts.layout import block
from kit.charts.lines import (
    ARROW,
    BESIDE,
    GREY,
    INK,
    NOTE_SIZE,
    OVERHANG,
    ROW_SIZE,
    SHAPES,
    SIGN,
    TO_THE_LEFT,
    TO_THE_RIGHT,
    Line,
    RowLine,
    note_height,
    overhang,
)
from kit.charts.rows import FLOOR, Row
from kit.charts.scale import Scale

FAINT, BAND, ZERO = "#E4E4E4", "#F3F3F3", "#9A9A9A"
PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # keeps the grid out of the words
EDGES = "edges"  # names of artists, for kit.charts.places
ROW_OF = "row "
HOLLOW = ("gt", "lt", "approx")


def draw_axis(
    ax: Axes, lines: Sequence[RowLine], scale: Scale, width: float, labels: float, *, numbers: bool = True
) -> None:
    """Draw all rows on a number axis; ``numbers`` prints the numbers below it."""
    rows = [line.row for line in lines if line.row]
    start_rows(ax, lines)
    scale.put_on(ax)
    top, ticks, names = 0.0, [], []
    for line in lines:
        middle, top = top + line.height / 2, top + line.height
        if line.row is None:
            draw_heading(ax, line, middle, labels)
            continue
        ticks.append(middle)
        names.append(left_to_right(line.label))
        _draw_mark(ax, line, line.row, middle, scale, width)
    ax.set_yticks(ticks, names, size=ROW_SIZE, color=INK, parse_math=False)
    ax.tick_params(axis="y", length=0, pad=9 + overhang(rows))
    _draw_scale(ax, scale, width, numbers=numbers and any(row.numbers for row in rows))


def start_rows(ax: Axes, lines: Sequence[Any]) -> None:
    """Make an axis that counts points downwards, with a thin line below each of the lines."""
    edges = list(accumulate(line.height for line in lines))
    # One collection: a tick for each line would take most of the time that a long chart takes.
    ax.hlines(edges, 0, 1, transform=ax.get_yaxis_transform(), color=FAINT, lw=0.6, zorder=0.9, gid=EDGES)
    ax.set_ylim(edges[-1], 0)
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.spines["left"].set(color=ZERO, capstyle="butt")
    ax.grid(axis="x", color=FAINT, lw=0.8)
    ax.set_axisbelow(True)


def draw_lines(ax: Axes, lines: Sequence[Line], corner: tuple[float, float], offset: tuple[float, float]) -> None:
    """Write lines downwards from a point ``offset`` points away from a corner of the axis."""
    x, y = offset
    for line in lines:
        look = {"size": line.size, "color": line.colour, "weight": line.weight}
        write(ax, line.text, corner, (x, y), ("axes fraction", "axes fraction"), **look)
        y -= line.height


def draw_heading(ax: Axes, line: RowLine, y: float, labels: float) -> None:
    """A band with a name, and the sign of a source group before it."""
    where = ("axes fraction", "data")
    # A band, not a bar: it hides the grid behind the name, and reaches from the labels' edge to the axis' end.
    points = Affine2D().scale(1 / 72) + ax.figure.dpi_scale_trans + ScaledTranslation(0, 0, ax.transAxes)
    look = {"color": BAND, "lw": 0, "zorder": 2.6, "clip_on": False}
    for ends, across in (([0, 1], ax.transAxes), ([-labels, 0], points)):
        band = blended_transform_factory(across, ax.transData)
        ax.fill_between(ends, y - line.height / 2, y + line.height / 2, transform=band, **look)
    if line.style:
        sign = {"color": line.style.colour, "weight": "bold", "va": "center"}
        write(ax, SHAPES[line.style.shape], (0, y), (4 - labels, 0), where, **sign)
    shift = 4 + SIGN if line.style else 4
    write(ax, line.label, (0, y), (shift - labels, 0), where, weight="bold", va="center")


def _draw_mark(ax: Axes, line: RowLine, row: Row, y: float, scale: Scale, width: float) -> None:
    """The mark of one figure and the words beside it."""
    if not row.numbers or line.style is None:
        write_beside(ax, line, (0, y), BESIDE)
        return
    start, end = row.numbers[0], row.numbers[-1]
    colour = line.style.colour
    hollow = row.bound in HOLLOW or row.reading is not None
    size = {"ms": 15.0, "mew": 3.4} if row.bound == FLOOR else {"ms": 7.5, "mew": 1.6}
    look = {"marker": line.style.shape, "mec": colour, "clip_on": False, "zorder": 4} | size
    if row.bound == "range":
        ax.plot([start, end], [y, y], color=colour, lw=2, clip_on=False, zorder=3, gid="range")
    if row.bound in TO_THE_RIGHT:
        _arrow(ax, (end, y), ARROW, colour, row.bound)
    if row.bound in TO_THE_LEFT:
        from_zero = abs(scale.at(start) - scale.at(0)) * width
        _arrow(ax, (start, y), -max(OVERHANG, min(ARROW, from_zero)), colour, row.bound)
    ends = [start, end] if row.bound == "range" else [end]
    ax.plot(ends, [y] * len(ends), ls="none", color=colour, mfc="white" if hollow else colour, gid=row.bound, **look)
    if row.reading is not None:  # a number that a policy put there, not the article
        ax.plot(end, y, ls="none", color=colour, gid="reading", **look | {"ms": 2.4, "mew": 0})
    write_beside(ax, line, (end, y), BESIDE + (ARROW if row.bound in TO_THE_RIGHT else 0))


def _arrow(ax: Axes, at: tuple[float, float], length: float, colour: str, bound: str) -> None:
    """An arrow of fixed length from a stated number; its length says nothing, its direction does."""
    style = {"arrowstyle": "<|-", "color": colour, "lw": 1.6, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 11}
    arrow = ax.annotate("", xy=at, xytext=(length, 0), textcoords="offset points", arrowprops=style, zorder=3)
    arrow.set_gid(f"arrow {bound}")


def write_beside(ax: Axes, line: RowLine, at: tuple[float, float], right: float, *, across: str = "data") -> None:
    """The words of a line and the small print below them, ``right`` points to the right of a place on the axis."""
    numbers = bool(line.row and line.row.numbers)
    where = (across if numbers else "axes fraction", "data")
    look = {"style": "normal" if numbers else "italic", "bbox": PAPER}
    if line.row and line.row.id and line.row.bound != FLOOR:
        look["gid"] = f"{ROW_OF}{line.row.id}"
    if not line.note:
        write(ax, line.words, at, (right, 0), where, va="center", **look)
        return
    seam = (note_height(line.note) - block(line.words, ROW_SIZE)[1]) / 2
    write(ax, line.words, at, (right, seam + 1), where, va="bottom", **look)
    write(ax, line.note, at, (right, seam - 1), where, size=NOTE_SIZE, color=GREY, bbox=PAPER)


def write(
    ax: Axes, text: str, at: tuple[float, float], offset: tuple[float, float], where: tuple[str, str], **look: Any
) -> None:
    """Text at an offset in points; no text of an article is ever read as mathematics."""
    look = {"ha": "left", "va": "top", "size": ROW_SIZE, "color": INK, "zorder": 3.5} | look
    if look["va"] == "center" and "\n" not in text:
        look["va"] = "center_baseline"  # as the labels of the rows
    place = {"xycoords": where, "textcoords": "offset points", "annotation_clip": False}
    ax.annotate(left_to_right(text), xy=at, xytext=offset, parse_math=False, **place, **look)


def _draw_scale(ax: Axes, scale: Scale, width: float, *, numbers: bool) -> None:
    """Numbers below the axis, and a line at zero."""
    ax.tick_params(axis="x", length=0, labelsize=NOTE_SIZE, labelcolor=GREY, pad=5)
    if scale.left < 0:
        ax.axvline(0, color=ZERO, lw=0.8, zorder=2.5)
    ax.spines["left"].set_visible(scale.left == 0)
    ticks = scale.ticks(width, NOTE_SIZE)
    ax.set_xticks(list(ticks), list(ticks.values()) if numbers else [""] * len(ticks))
