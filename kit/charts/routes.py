"""Ways of arrows through a network: from who is cited to who cites, between the boxes and never behind one.

In: boxes in their places. Out: the points of each way. An arrow that went behind a box would look as if it ended there:
a source would seem to cite somebody whom it does not. Lengths are points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from matplotlib.path import Path

from kit.charts.boxes import Box

Point = tuple[float, float]
CLEAR = 5.0  # from a way to the boxes above and below it
BACK = 6.0  # how far below the middle a way back begins, so that it does not lie on the way there
AROUND = 18.0  # how far a way between boxes of one column swings out


class Routes:
    """Finds a way for each arrow; ways through the same gap lie beside each other."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        columns: dict[float, list[Box]] = defaultdict(list)
        for box in boxes:
            columns[box.x].append(box)
        self._columns = {x: sorted(some, key=lambda box: box.y) for x, some in columns.items()}
        self._taken: dict[tuple[float, int], int] = defaultdict(int)

    def way(self, cited: Box, citer: Box) -> Path:
        """From the box of who is cited to that of who cites."""
        if cited.x == citer.x:
            right = cited.x + cited.width
            ends = (right, cited.middle), (right, citer.middle)
            out = [(right + AROUND, y) for _, y in ends]
            return Path([ends[0], *out, ends[1]], [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
        ahead = cited.x > citer.x
        shift = 0.0 if ahead else BACK
        start = (cited.x if ahead else cited.x + cited.width, cited.middle + shift)
        end = (citer.x + citer.width if ahead else citer.x, citer.middle + shift)
        low, high = sorted((cited.x, citer.x))
        between = sorted((x for x in self._columns if low < x < high), reverse=ahead)
        points = [start, *(point for x in between for point in self._through(x, start, end)), end]
        return _smooth(points) if between else Path(points)

    def _through(self, x: float, start: Point, end: Point) -> Sequence[Point]:
        """In at one side of a column and out at the other, through the gap that is nearest to the straight line."""
        column = self._columns[x]
        wide = max(box.width for box in column)
        share = (x + wide / 2 - start[0]) / (end[0] - start[0])
        wanted = start[1] + share * (end[1] - start[1])
        tops = [box.y - CLEAR for box in column]
        bottoms = [box.y + box.height + CLEAR for box in column]
        gaps = [(0.0, tops[0]), *zip(bottoms, tops[1:], strict=False), (bottoms[-1], max(bottoms[-1], wanted))]
        found = [min(max(wanted, low), high) if high > low else (low + high) / 2 for low, high in gaps]
        nearest = min(range(len(gaps)), key=lambda n: abs(found[n] - wanted))
        self._taken[x, nearest] += 1
        low, high = gaps[nearest]
        y = found[nearest] + CLEAR * (self._taken[x, nearest] - 1)
        y = min(y, high) if nearest < len(gaps) - 1 and high > low else y
        sides = (x + wide, y), (x, y)
        return sides if start[0] > end[0] else sides[::-1]


def _smooth(points: Sequence[Point]) -> Path:
    """Level through the columns, and in a curve from one to the next."""
    found, codes = [points[0]], [Path.MOVETO]
    for n, (here, there) in enumerate(pairwise(points)):
        if n % 2:
            found.append(there)
            codes.append(Path.LINETO)
            continue
        middle = (here[0] + there[0]) / 2
        found += [(middle, here[1]), (middle, there[1]), there]
        codes += [Path.CURVE4] * 3
    return Path(found, codes)
