"""Lanes of a timeline: one row per stretch of days, its mark on a calendar axis and its words beside or below it.

In: rows and the room for them. Out: rows measured to fit, and artists on an ``Axes``. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, date2num, num2date

from kit.charts.fonts import left_to_right
from kit.charts.layout import block, text_width, wrap
from kit.charts.lines import BESIDE, GREY, INK, NOTE_SIZE, PADDING, ROW_SIZE, Style, note_height
from kit.charts.marks import PAPER, ROW_OF, start_rows, write
from kit.charts.when import MONTHS, day_text

MARK = 14.0  # height of a mark that stands above its words
BAR = 6.0  # thickness of the bar of a longer time
LABELS = 60.0  # the least room to the left of the axis


@dataclass(frozen=True)
class LaneRow:
    """A line of a lane: a stretch of days, its mark, and the words beside it."""

    label: str
    first: date
    last: date
    style: Style
    words: str
    note: str
    other: tuple[tuple[date, date], ...] = ()
    hollow: bool = False
    height: float = 0.0
    id: str | None = None  # of the record
    below: bool = False  # its words stand below its mark, since neither side of it has room


def label_room(rows: Sequence[LaneRow], most: float) -> float:
    """The room to the left of the axis for the dates."""
    widest = [text_width(line, ROW_SIZE) for row in rows for line in wrap(row.label, most, ROW_SIZE).split("\n")]
    return max([LABELS, *widest]) + PADDING + 1


def calendar_limits(rows: Sequence[LaneRow]) -> tuple[float, float]:
    """From the first to the last day, and some days around them."""
    days = [day for row in rows for pair in ((row.first, row.last), *row.other) for day in pair]
    if not days:
        return 0.0, 1.0
    first, last = date2num(min(days)), date2num(max(days)) + 1
    around = max(1.0, 0.04 * (last - first))
    return max(first - around, date2num(date.min)), min(last + around, date2num(date.max))


def measured_row(row: LaneRow, limits: tuple[float, float], width: float, labels: float) -> LaneRow:
    """The row with its text broken to fit beside its mark, or below it where neither side has room."""
    beside = max(_room(row, limits, width))
    below = beside < width / 2
    room = (width if below else beside) - 2 * BESIDE
    label, text, note = (
        wrap(row.label, labels - PADDING, ROW_SIZE),
        wrap(row.words, room, ROW_SIZE),
        wrap(row.note, room, NOTE_SIZE),
    )
    words_height = block(text, ROW_SIZE)[1] + note_height(note) + MARK * below
    height = max(block(label, ROW_SIZE)[1], words_height) + PADDING
    return replace(row, label=label, words=text, note=note, height=height, below=below)


def _room(row: LaneRow, limits: tuple[float, float], width: float) -> tuple[float, float]:
    """The room to the left and to the right of a row's marks."""
    days = [day for pair in ((row.first, row.last), *row.other) for day in pair]
    span = (limits[1] - limits[0]) or 1.0
    left = (date2num(min(days)) - limits[0]) / span * width
    return left, width - (date2num(max(days)) + 1 - limits[0]) / span * width


def draw_lane(ax: Axes, rows: Sequence[LaneRow], limits: tuple[float, float], width: float, numbers: bool) -> None:
    """Draw a lane; ``numbers`` prints the dates below it."""
    start_rows(ax, rows)
    ax.set_xlim(*limits)
    middles, top = [], 0.0
    for row in rows:
        middles.append(top + row.height / 2)
        top += row.height
        _draw_row(ax, row, middles[-1], _room(row, limits, width), width / (limits[1] - limits[0]))
    ax.set_yticks(middles, [left_to_right(row.label) for row in rows], size=ROW_SIZE, color=INK, parse_math=False)
    ax.tick_params(axis="y", length=0, pad=9)
    ax.tick_params(axis="x", length=0, labelsize=NOTE_SIZE, labelcolor=GREY, pad=5)
    ticks = _ticks(limits, width)
    ax.set_xticks(list(ticks), list(ticks.values()) if numbers else [""] * len(ticks))


def _draw_row(ax: Axes, row: LaneRow, y: float, room: tuple[float, float], per_day: float) -> None:
    """The marks and words of a row; ``per_day`` is the length of a day."""
    top = y - (block(row.words, ROW_SIZE)[1] + note_height(row.note) + MARK) / 2
    for i, (first, last) in enumerate(((row.first, row.last), *row.other)):
        _draw_stretch(ax, row, (first, last), top + MARK / 2 if row.below else y, per_day, other=i > 0)
    left, right = room
    days = [day for pair in ((row.first, row.last), *row.other) for day in pair]
    if row.below:
        at, shift, align, where = (0, top + MARK), BESIDE, "left", ("axes fraction", "data")
    elif right >= left:
        at, shift, align, where = (date2num(max(days)) + 1, y), BESIDE, "left", ("data", "data")
    else:
        at, shift, align, where = (date2num(min(days)), y), -BESIDE, "right", ("data", "data")
    first = block(row.words, ROW_SIZE)[1]
    up = 0 if row.below else (first + note_height(row.note)) / 2
    look = {"ha": align, "bbox": PAPER, "multialignment": align}
    write(ax, row.words, at, (shift, up), where, **look, gid=f"{ROW_OF}{row.id}" if row.id else None)
    if row.note:
        write(ax, row.note, at, (shift, up - first - 2), where, size=NOTE_SIZE, color=GREY, **look)


def _draw_stretch(ax: Axes, row: LaneRow, days: tuple[date, date], y: float, per_day: float, *, other: bool) -> None:
    """The mark of a day, or the bar of a longer time; hollow or pale for what is not said for certain."""
    first, last = days
    look = {"color": row.style.colour, "clip_on": False, "zorder": 4, "gid": "other" if other else "event"}
    if first == last:
        face = "white" if other or row.hollow else row.style.colour
        ax.plot(date2num(first) + 0.5, y, row.style.shape, ms=7.5, mew=1.6, mfc=face, **look)
    else:
        ends, look = [date2num(first), date2num(last) + 1], look | {"alpha": 0.45 if other or row.hollow else 1.0}
        if (ends[1] - ends[0]) * per_day > BAR:
            ax.plot(ends, [y, y], lw=BAR, solid_capstyle="butt", **look)
        else:  # a week among decades is still seen
            ax.plot(sum(ends) / 2, y, "s", ms=BAR, mew=0, **look)


def _ticks(limits: tuple[float, float], width: float) -> dict[float, str]:
    """Days, months or years under the axis, as far as they fit; a day among days is never named by its month alone."""
    locator = AutoDateLocator(minticks=2, maxticks=6)
    low, high = (num2date(limit) for limit in limits)
    ticks = sorted(float(tick) for tick in locator.tick_values(low, high) if limits[0] <= tick <= limits[1])
    days = {tick: num2date(tick).date() for tick in ticks}
    grain = 2 if any(day.day > 1 for day in days.values()) else any(day.month > 1 for day in days.values())
    kept: dict[float, str] = {}
    free = -8.0
    for tick, day in days.items():
        name = (f"{day.year:04d}", f"{MONTHS[day.month - 1]} {day.year:04d}", day_text(day))[grain]
        middle, half = (tick - limits[0]) / (limits[1] - limits[0]) * width, text_width(name, NOTE_SIZE) / 2
        if middle - half >= free and middle + half <= width + 8:
            kept[tick], free = name, middle + half + 6
    return kept
