"""Boxes of a network: text broken to fit, and the place of each; the same chain gives the same places.

In: a :class:`~kit.charts.chain.Chain` and the width to draw on. Out: boxes with their places. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kit.charts import words
from kit.charts.chain import Chain, Node, in_columns
from kit.charts.layout import block, wrap
from kit.charts.lines import NOTE_SIZE, ROW_SIZE, SIGN

BETWEEN, FAR = 46.0, 110.0  # room for the arrows between two columns, at least and at most
NARROWEST, WIDEST = 104.0, 190.0  # a box
INSIDE, APART = 7.0, 12.0  # from a box to its text, and between two boxes


@dataclass
class Box:
    """A source or an outlet with its text broken to fit, and where its box stands."""

    node: Node
    name: str
    note: str
    width: float
    x: float = 0.0
    y: float = 0.0

    @property
    def height(self) -> float:
        """Of the box with its text."""
        return block(self.name, ROW_SIZE, "bold")[1] + 2 + block(self.note, NOTE_SIZE)[1] + 2 * INSIDE

    @property
    def middle(self) -> float:
        """Where arrows begin and end."""
        return self.y + self.height / 2


def least_width(chain: Chain) -> float:
    """How wide a network must be for its columns."""
    columns = 1 + len(in_columns(chain.sources))
    return columns * (NARROWEST + BETWEEN) - BETWEEN


def placed(chain: Chain, width: float) -> tuple[list[Box], float]:
    """The boxes in their places, and how high all of them are."""
    columns = [chain.outlets, *in_columns(chain.sources)]
    wide = min(WIDEST, (width - BETWEEN * (len(columns) - 1)) / len(columns))
    step = wide + min(FAR, (width - wide * len(columns)) / max(1, len(columns) - 1))
    boxes = [[_box(node, wide) for node in column] for column in columns]
    at: dict[int, Box] = {}
    for i, column in enumerate(boxes[1:], start=1):
        _stack(column, _wanted(column, [box for before in boxes[1:i] for box in before]))
        for box in column:
            box.x, at[id(box.node)] = i * step, box
    for box in boxes[0]:
        cited = [at[id(node)].middle for node in box.node.cites]
        box.y = sum(cited) / len(cited) - box.height / 2 if cited else 0.0
    boxes[0].sort(key=lambda box: box.y)
    _stack(boxes[0], [box.y for box in boxes[0]])
    every = [box for column in boxes for box in column]
    return every, max(box.y + box.height for box in every) + INSIDE


def _box(node: Node, width: float) -> Box:
    room = width - 2 * INSIDE - (SIGN if node.group else 0)
    return Box(
        node,
        wrap(words.capital(node.name), room, ROW_SIZE, "bold"),
        wrap(note(node) if node.group else "outlet", room, NOTE_SIZE),
        width,
    )


def _wanted(column: Sequence[Box], before: Sequence[Box]) -> list[float]:
    """How far down each box would like to stand: beside those that cite it."""
    found = []
    for box in column:
        citers = [other.middle for other in before if box.node in other.node.cites]
        found.append(sum(citers) / len(citers) - box.height / 2 if citers else 0.0)
    return found


def _stack(column: list[Box], wanted: Sequence[float]) -> None:
    """Put the boxes of a column below each other, none higher than it would like to be."""
    free, group = INSIDE, None
    for box, y in zip(column, wanted, strict=True):
        other = group is not None and box.node.group != group
        box.y = max(y, free + (INSIDE if other else 0))
        free, group = box.y + box.height + APART, box.node.group


def note(node: Node) -> str:
    """What a source is, how many claims it makes, and how reliable an analyst calls it."""
    parts = ["unnamed" if not node.named else node.kind, f"{node.claims}\u00a0claim{'s' * (node.claims != 1)}"]
    graded = node.reliability if node.reliability not in (None, "F") else None
    return ", ".join([part for part in parts if part] + ([f"reliability\u00a0{graded}"] if graded else []))
