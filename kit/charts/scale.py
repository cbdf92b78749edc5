"""The number axis: from zero, linear or logarithmic, with room for the words beside the marks.

A logarithmic axis is logarithmic from 1 on and linear between 0 and 1, so that it starts at zero too; the chart says
which it is. Lengths are points.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, NullLocator

from kit.charts.cells import number_text
from kit.charts.layout import text_width

LINEAR = 10 / 9  # decades that the stretch from 0 to 1 takes on matplotlib's symmetrical log scale
MOST_TICKS = 7
BIGGEST = 1e300


@dataclass(frozen=True)
class Scale:
    """Where numbers stand on an axis of some width."""

    left: float = 0.0
    right: float = 1.0
    log: bool = False

    def at(self, value: float) -> float:
        """The place of a number, 0 at the left end of the axis and 1 at its right end."""
        left, right, here = (self._forward(number) for number in (self.left, self.right, value))
        return (here - left) / (right - left)

    def put_on(self, ax: Axes) -> None:
        """Give an axis this scale and these limits."""
        if self.log:
            ax.set_xscale("symlog", base=10, linthresh=1, linscale=1)
        ax.set_xlim(self.left, self.right)
        ax.xaxis.set_minor_locator(NullLocator())

    def ticks(self, width: float, size: float) -> dict[float, str]:
        """Numbers to print below the axis, as far as they fit."""
        found = (
            self._powers() if self.log else MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]).tick_values(self.left, self.right)
        )
        names = {float(tick): scale_text(float(tick)) for tick in found if self.left <= tick <= self.right}
        kept: dict[float, str] = {}
        free = -8.0
        for tick in sorted(names, key=lambda tick: (tick < 0, abs(tick))):
            half, middle = text_width(names[tick], size) / 2, self.at(tick) * width
            if middle + half <= width + 8 and (tick < 0 or not kept or middle - half >= free):
                kept[tick] = names[tick]
                free = max(free, middle + half + 6)
        return kept

    def _powers(self) -> list[float]:
        most = math.ceil(math.log10(max(abs(self.left), abs(self.right), 10)))
        steps = range(0, most + 1, max(1, -(-most // MOST_TICKS)))
        powers = [10.0**step for step in steps]
        return [0.0, *powers, *(-power for power in powers)]

    def _forward(self, value: float) -> float:
        if not self.log:
            return value
        size = abs(value)
        return math.copysign(LINEAR * size if size <= 1 else LINEAR + math.log10(size), value)


def scale_for(figures: Iterable[tuple[list[float], float]], width: float, *, log: bool = False) -> Scale:
    """From zero (or less, for negative numbers) to where each mark still has its words beside it.

    Args:
        figures: the numbers of each figure, and how far its mark and words reach to the right of the last of them.
        width: of the axis.
        log: make it logarithmic.
    """
    found = [(numbers, reach) for numbers, reach in figures if numbers]
    if not found:
        return Scale()
    turn = Scale(log=log)
    left = min(0.0, 1.15 * min(min(numbers) for numbers, _ in found))
    start = turn._forward(left)
    ends = [(turn._forward(max(numbers)) - start) * width / max(width - reach, width / 10) for numbers, reach in found]
    right = max(start + max(ends), 0.05 * -start) if max(ends) else 1.0
    if log:
        right = right / LINEAR if right <= LINEAR else 10 ** min(right - LINEAR, 300.0)
    return Scale(left, min(right, BIGGEST), log)


def scale_text(value: float) -> str:
    """A number on the axis: in full up to 999,999, then in millions, billions and trillions."""
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            shown = f"{value / size:,.0f}" if abs(value) >= 1000 * size else f"{value / size:,.4g}"
            return f"{shown} {name}"
    return number_text(round(value, 6))
