"""The lines of a chart, measured: how each row, heading and caption breaks and how high it is.

In: :class:`~kit.charts.rows.Row`s. Out: text broken to fit, with heights. Lengths are points; nothing here draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kit.charts.layout import block, text_width, wrap
from kit.charts.rows import FLOOR, Row

ROW_SIZE = 10.0
NOTE_SIZE = 9.0
INK, GREY, WARNING = "#1A1A1A", "#4D4D4D", "#A03C00"
# Okabe and Ito's palette without its yellow, which is too light for a mark on white (https://jfly.uni-koeln.de/color/).
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
SHAPES = {"o": "●", "s": "■", "^": "▲", "D": "◆", "v": "▼", "P": "✚", "X": "✖", "*": "★", "|": "┃"}
ARROW = 34.0
BESIDE = 9.0  # from a mark to its words
PADDING = 9.0
SIGN = 17.0  # from a heading's sign to its name
OVERHANG = 18.0  # the shortest arrow to the left, and the room for it where it starts at zero
WORDS_SHARE = 0.55  # of the axis, for the words beside a mark
TO_THE_RIGHT = ("gt", "ge", FLOOR)
TO_THE_LEFT = ("lt", "le")


@dataclass(frozen=True)
class Style:
    """How the marks of one source group look."""

    colour: str
    shape: str


CONFIRMED = Style(INK, "|")


@dataclass(frozen=True)
class Line:
    """A block of text above or below an axis, with the white space after it."""

    text: str
    size: float = NOTE_SIZE
    weight: str = "normal"
    colour: str = GREY
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
    """One line of an axis: a heading (``row`` is ``None``; ``style`` too where it names no source) or a figure."""

    row: Row | None
    style: Style | None
    label: str
    words: str
    note: str
    height: float

    @property
    def reach(self) -> float:
        """How far mark and words reach to the right of the last stated number."""
        width = max(block(self.words, ROW_SIZE)[0], block(self.note, NOTE_SIZE)[0])
        return width + BESIDE + (ARROW if self.row and self.row.bound in TO_THE_RIGHT else 0)


def group_styles(groups: Iterable[str], page: Sequence[str] = ()) -> dict[str, Style]:
    """One colour and shape per source group; 56 groups look different.

    Args:
        groups: those of the chart.
        page: those of all charts beside it (:func:`kit.charts.source_groups`): each has the same style on all of them.
    """
    shapes = [shape for shape in SHAPES if shape != CONFIRMED.shape]
    groups, styles = dict.fromkeys(groups), {}
    for i, group in enumerate(dict.fromkeys([*page, *groups])):
        colour = COLOURS[(i + i // len(shapes)) % len(COLOURS)]
        styles[group] = Style(colour, shapes[i % len(shapes)])
    return {group: styles[group] for group in groups}


@dataclass(frozen=True)
class Table:
    """How rows become lines: the room for them, their styles, and what they say beside their words.

    ``heading`` gives the text that stands above the first of the rows that share it, with the sign of the row's source
    group if ``signed``; ``note`` the small print of a row.
    """

    width: float
    labels: float
    styles: dict[str, Style]
    note: Callable[[Row], str | None]
    heading: Callable[[Row], str | None] = lambda row: None
    signed: bool = True

    def lines(self, rows: Sequence[Row]) -> list[RowLine]:
        """The rows with their text broken to fit, below their headings."""
        lines, before = [], None
        for row in rows:
            heading = self.heading(row)
            if heading and heading != before:
                text = wrap(heading, self.width + self.labels - SIGN - PADDING, ROW_SIZE, "bold")
                style = self._style(row) if self.signed else None
                lines.append(RowLine(None, style, text, "", "", block(text, ROW_SIZE, "bold")[1] + PADDING))
            before = heading
            lines.append(self._line(row, overhang(rows)))
        return lines

    def _line(self, row: Row, out: float) -> RowLine:
        room = self.width * WORDS_SHARE if row.numbers else self.width - 2 * BESIDE
        label, text = wrap(row.label, self.labels - PADDING - out, ROW_SIZE), wrap(row.words, room, ROW_SIZE)
        note = wrap(self.note(row) or "", room, NOTE_SIZE)
        height = max(block(label, ROW_SIZE)[1], block(text, ROW_SIZE)[1] + note_height(note))
        return RowLine(row, self._style(row), label, text, note, height + PADDING)

    def _style(self, row: Row) -> Style:
        return CONFIRMED if row.bound == FLOOR else self.styles[row.group]


def label_width(rows: Sequence[Row], most: float) -> float:
    """The room to the left of an axis for the labels of its rows and the arrows that hang out."""
    widest = max(text_width(line, ROW_SIZE) for row in rows for line in wrap(row.label, most, ROW_SIZE).split("\n"))
    return max(60.0, widest) + PADDING + 1 + overhang(rows)


def overhang(rows: Sequence[Row]) -> float:
    """The room that arrows to the left need beyond the zero line."""
    return OVERHANG if any(row.bound in TO_THE_LEFT for row in rows) else 0.0


def note_height(note: str) -> float:
    """The height of the small print below the words of a row."""
    return block(note, NOTE_SIZE)[1] + 2 if note else 0.0
