"""A sheet: title and caveats, one or more panels below each other, and what the marks mean.

In: lines of text and panels that know their height. Out: the ``Axes`` that carries title and text. A figure made here
grows with its panels; on an ``Axes`` that is handed in, the caller gives room (about 0.4 inch a row), and several
panels stand inside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation

from kit.charts.fonts import families, left_to_right, own_fonts, without_form
from kit.charts.layout import DPI, block, wrap
from kit.charts.lines import GREY, INK, NOTE_SIZE, ROW_SIZE, WARNING, Line
from kit.charts.marks import draw_lines

WIDTH, PHONE = 9 * 72.0, 4.6 * 72.0
MARGIN = 14.0
LABEL_WIDTH = 150.0
GAP = 10.0
TITLE_SIZE = 13.0
AXIS_ROOM = 40.0  # numbers and the unit under an axis
TALL = 700.0  # from here on the numbers stand at the top of the axis too

_width: ContextVar[float] = ContextVar("width of a new figure", default=WIDTH)


@dataclass
class Panel:
    """One axis: how to draw it, how high it is, the text above it and the room below it."""

    draw: Callable[[Axes], None]
    height: float
    head: Sequence[Line] = ()
    bottom: float = GAP
    lift: float = 0.0  # room between its text and the axis

    @property
    def top(self) -> float:
        """The room above the axis."""
        return height_of(self.head) + self.lift


@dataclass
class Sheet:
    """A chart before it is drawn. ``labels`` is the room to the left of every axis."""

    head: Sequence[Line]
    panels: Sequence[Panel]
    foot: Sequence[Line]
    labels: float
    width: float = field(default_factory=_width.get)  # of a figure of its own

    def figure(self) -> Figure:
        """A figure of its own, as high as text and panels need."""
        with own_fonts():
            figure = self._figure(self.foot)
            missing = _missing(figure)
            return self._figure([*self.foot, missing]) if missing else figure

    def _figure(self, lines: Sequence[Line]) -> Figure:
        inner = self.width - 2 * MARGIN
        head, foot = _wrapped(self.head, inner), _wrapped(lines, inner)
        heights = [panel.top + panel.height + panel.bottom for panel in self.panels]
        total = MARGIN + height_of(head) + sum(heights) + height_of(foot) + MARGIN
        figure = Figure(figsize=(self.width / 72, total / 72), dpi=DPI, facecolor="white")
        FigureCanvasAgg(figure)
        top, width = total - MARGIN - height_of(head), inner - self.labels
        for panel, height in zip(self.panels, heights, strict=True):
            bottom = top - panel.top - panel.height
            box = ((MARGIN + self.labels) / self.width, bottom / total, width / self.width, panel.height / total)
            self._draw(figure.add_axes(box), panel)
            top -= height
        self._write(figure.axes[0], head, self.panels[0].top)
        draw_lines(figure.axes[-1], foot, (0, 0), (-self.labels, -self.panels[-1].bottom))
        return figure

    def on(self, ax: Axes | None) -> Axes:
        """The chart on axes that are handed in, or on those of a new figure."""
        if ax is None:
            return self.figure().axes[0]
        with own_fonts():
            self._on(ax)
        return ax

    def _on(self, ax: Axes) -> None:
        width = width_of(ax) + self.labels
        head, last, above = _wrapped(self.head, width), self.panels[-1], 0.0
        if len(self.panels) == 1:
            self._draw(ax, last)
            above = last.top
        else:
            ax.set_axis_off()
            total = sum(panel.top + panel.height + panel.bottom for panel in self.panels) - last.bottom
            top = total
            for panel in self.panels:
                bottom = top - panel.top - panel.height
                self._draw(ax.inset_axes((0, bottom / total, 1, panel.height / total)), panel)
                top = bottom - panel.bottom
        self._write(ax, head, above)
        missing = _missing(ax)
        foot = _wrapped([*self.foot, missing] if missing else self.foot, width)
        draw_lines(ax, foot, (0, 0), (-self.labels, -last.bottom))

    def _draw(self, ax: Axes, panel: Panel) -> None:
        panel.draw(ax)
        draw_lines(ax, panel.head, (0, 1), (-self.labels, panel.top))

    def _write(self, ax: Axes, head: Sequence[Line], above: float) -> None:
        """The title, as the title of the axis, and the lines below it."""
        top = above + height_of(head)
        style = {"size": TITLE_SIZE, "weight": "bold", "color": INK, "parse_math": False}
        title = ax.set_title(left_to_right(head[0].text), x=0, y=1.0, ha="left", va="top", **style)
        shift = ScaledTranslation(-self.labels / 72, top / 72, ax.figure.dpi_scale_trans)
        title.set_transform(ax.transAxes + shift)
        draw_lines(ax, head[1:], (0, 1), (-self.labels, top - height_of(head[:1])))


def _wrapped(lines: Sequence[Line], width: float) -> list[Line]:
    return [line.wrapped(width) for line in lines]


def _missing(drawn: Figure | Axes) -> Line | None:
    """What is to be said of characters that no font has."""
    said = without_form(text.get_text() for text in drawn.findobj(Text))  # type: ignore[attr-defined]
    return Line(said) if said else None


def head_lines(title: str, status: str, facts: Sequence[str]) -> list[Line]:
    """Title, claim status and context, in reading order."""
    lines = [Line(text) for text in facts[:-1]]
    end = [Line(facts[-1], after=14)] if facts else []
    return [
        Line(title, TITLE_SIZE, "bold", INK, after=5),
        Line(status, ROW_SIZE, "bold", WARNING, after=4 if facts else 14),
        *lines,
        *end,
    ]


def panel_head(title: str, facts: str, width: float) -> list[Line]:
    """The heading of a panel and the facts that all of its rows share."""
    lines = [Line(title, ROW_SIZE, "bold", INK, after=2), *([Line(facts, after=2)] if facts else [])]
    return [line.wrapped(width) for line in lines]


@contextmanager
def for_a_phone() -> Iterator[None]:
    """Charts that are made within stand on figures as wide as a phone can show them; text stays as large as it is."""
    before = _width.set(PHONE)
    try:
        yield
    finally:
        _width.reset(before)


def width_of(ax: Axes | None, labels: float = 0.0) -> float:
    """The width of an axis in points: of the one handed in, or of one in a new figure beside labels."""
    if ax is None:
        return _width.get() - 2 * MARGIN - labels
    return max(ax.get_window_extent().width / ax.figure.dpi * 72, 72.0)


def most_label(ax: Axes | None) -> float:
    """How wide the labels of the rows may be."""
    return min(LABEL_WIDTH, width_of(None) / 3.5) if ax is None else width_of(ax) / 3


def axis_room(text: str) -> float:
    """The room below an axis for its numbers and for what they are, broken to fit."""
    return AXIS_ROOM - block("1", NOTE_SIZE)[1] + block(text, NOTE_SIZE)[1]


def under(ax: Axes, text: str) -> None:
    """What the numbers under an axis are."""
    ax.set_xlabel(text, loc="left", size=NOTE_SIZE, color=GREY, parse_math=False)


def height_of(lines: Sequence[Line]) -> float:
    """The height of lines below each other."""
    return sum(line.height for line in lines)


def nothing(text: str, ax: Axes | None) -> Axes:
    """An empty axis that says so."""
    if ax is None:
        figure = Figure(figsize=(_width.get() / 72, 1.2), dpi=DPI, facecolor="white")
        FigureCanvasAgg(figure)
        ax = figure.add_axes((0, 0, 1, 1))
    ax.set_axis_off()
    look = {"size": ROW_SIZE, "color": GREY, "family": families(), "ha": "center", "va": "center"}
    ax.text(0.5, 0.5, wrap(text, width_of(ax) - 2 * MARGIN, ROW_SIZE), transform=ax.transAxes, **look)
    return ax
