"""Where the rows of a drawn chart are: to put a button on each, or to find the record behind a mark.

In: a figure of this room. Out: a :class:`Place` for every row that stands for a record of the table, top first.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from kit.charts.marks import EDGES, ROW_OF


@dataclass(frozen=True)
class Place:
    """The row of one record: its id, and its edges as shares of the figure's height, counted from the top."""

    id: str
    top: float
    bottom: float


def mark_places(chart: Figure | Axes) -> list[Place]:
    """The rows of a chart, top first; charts without rows (network, grades) have none."""
    figure = chart if isinstance(chart, Figure) else chart.figure.get_figure(root=True)
    found = [place for ax in figure.axes for place in _on(ax, figure.bbox.height)]
    return sorted(found, key=lambda place: (place.top, place.bottom))


def _on(ax: Axes, height: float) -> list[Place]:
    lines = [one for one in ax.collections if isinstance(one, LineCollection) and one.get_gid() == EDGES]
    edges = [0.0, *(segment[0][1] for one in lines for segment in one.get_segments())]
    places = []
    for words in ax.texts:
        name = words.get_gid() or ""
        if isinstance(words, Annotation) and name.startswith(ROW_OF):
            below = min(max(bisect_left(edges, words.xy[1]), 1), len(edges) - 1)
            top, bottom = (1 - ax.transData.transform((0, edges[n]))[1] / height for n in (below - 1, below))
            places.append(Place(name.removeprefix(ROW_OF), float(top), float(bottom)))
    return places
