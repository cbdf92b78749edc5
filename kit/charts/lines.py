"""The lines of a chart, measured: how each row, heading and caption breaks and how high it is.

In: :class:`~kit.charts.rows.Row`s. Out: text broken to fit, with heights. Lengths are points; nothing here draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kit.charts.layout import block, wrap
from kit.charts.rows import Row
from kit.charts.words import row_note

ROW_SIZE = 10.0
NOTE_SIZE = 9.0
# Okabe and Ito's palette without its yellow, which is too light for a mark on white (https://jfly.uni-koeln.de/color/).
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
SHAPES = {"o": "●", "s": "■", "^": "▲", "D": "◆", "v": "▼", "P": "✚", "X": "✖"}
ARROW = 34.0
BESIDE = 9.0  # from a mark to its words
PADDING = 9.0
SIGN = 17.0  # from a heading's sign to its name
OVERHANG = 18.0  # the shortest arrow to the left, and the room for it where it starts at zero
WORDS_SHARE = 0.55  # of the axis, for the words beside a mark


@dataclass(frozen=True)
class Style:
    """How the marks of one source group look."""

    colour: str
    shape: str


@dataclass(frozen=True)
class Line:
    """A block of text above or below an axis, with the white space after it."""

    text: str
    size: float
    weight: str
    colour: str
    after: float = 3.0

    @property
    def height(self) -> float:
        """Height of the block and the space after it."""
        return block(self.text, self.size, self.weight)[1] + self.after

    def wrapped(self, width: float) -> Line:
        """The same text, broken to fit."""
        return replace(self, text=wrap(self.text, width, self.size, self.weight))


@dataclass(frozen=True)
class RowLine:
    """One line of an axis: a reporter's heading (``row`` is ``None``) or a figure, its text broken to fit."""

    row: Row | None
    style: Style
    label: str
    words: str
    note: str
    height: float

    @property
    def reach(self) -> float:
        """How far mark and words reach to the right of the last stated number."""
        width = max(block(self.words, ROW_SIZE)[0], block(self.note, NOTE_SIZE)[0])
        return width + BESIDE + (ARROW if self.row and self.row.bound in ("gt", "ge") else 0)


def group_styles(rows: Sequence[Row]) -> dict[str, Style]:
    """One colour and shape per source group; 49 groups look different."""
    shapes = list(SHAPES)
    styles = {}
    for i, group in enumerate(dict.fromkeys(row.group for row in rows)):
        colour = COLOURS[(i + i // len(shapes)) % len(COLOURS)]
        styles[group] = Style(colour, shapes[i % len(shapes)])
    return styles


def measured_rows(
    rows: Sequence[Row], every: Sequence[Row], styles: dict[str, Style], width: float, labels: float, status: bool
) -> list[RowLine]:
    """The rows with their text broken to fit, below a heading for each reporter where there are several."""
    lines, before = [], None
    several = len({row.reporter for row in every}) > 1
    for row in rows:
        if several and row.reporter != before:
            style = styles[row.group]
            heading = wrap(row.reporter, width + labels - SIGN, ROW_SIZE, "bold")
            lines.append(RowLine(None, style, heading, "", "", block(heading, ROW_SIZE, "bold")[1] + PADDING))
        before = row.reporter
        room = width * WORDS_SHARE if row.numbers else width - 2 * BESIDE
        label, text = wrap(row.label, labels - PADDING - overhang(every), ROW_SIZE), wrap(row.words, room, ROW_SIZE)
        note = wrap(row_note(row, every, status=status) or "", room, NOTE_SIZE)
        height = max(block(label, ROW_SIZE)[1], block(text, ROW_SIZE)[1] + note_height(note))
        lines.append(RowLine(row, styles[row.group], label, text, note, height + PADDING))
    return lines


def overhang(rows: Sequence[Row]) -> float:
    """The room that arrows to the left need beyond the zero line."""
    return OVERHANG if any(row.bound in ("lt", "le") for row in rows) else 0.0


def note_height(note: str) -> float:
    """The height of the small print below the words of a row."""
    return block(note, NOTE_SIZE)[1] + 2 if note else 0.0
