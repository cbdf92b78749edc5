"""Tables of figures for charts, and what can be asked of a chart: its words, its marks, whether it can be read."""

from __future__ import annotations

import itertools
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text

LOST = "lost (not specified whether killed, wounded or captured)"
MANY_NAMES = "The Extraordinary Joint Commission of Inquiry for the Northern Provinces of Freedonia"


def figure_row(text: str, value: float | None = None, bound: str = "exact", **fields: Any) -> dict[str, Any]:
    row = {"text": text, "value": value, "low": None, "high": None, "bound": bound, "unit": "person"}
    row |= {"category": "personnel", "measure": "losses", "status": "unspecified", "reporter": "Colonel Ana Reyes"}
    row |= {"group": "freedonia", "affected": "Sylvania's army", "place": "Lakeview", "date": "2026-03-01"}
    row |= {"date_inherited": True, "published": "2026-03-02", "outlet": "The Lakeview Post", "title": "A river battle"}
    return row | fields


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


MORE_THAN_250 = figure_row("more than 250 personnel", 250, "gt", low=250)
TANKS = figure_row("16 tanks", 16, unit="tank", category="tanks")
AT_MOST = figure_row("at most 100 soldiers", 100, "le", reporter="Sylvania's ministry", group="sylvania")
RANGE = figure_row("between 30 and 60 people", None, "range", low=30, high=60)
DOZENS = figure_row("dozens", None, "vague")


def texts(chart: Figure | Axes) -> list[str]:
    """Every visible text without line breaks and direction marks."""
    figure = chart if isinstance(chart, Figure) else chart.figure
    found = [text.get_text() for text in figure.findobj(Text) if text.get_visible()]  # type: ignore[union-attr]
    clean = [" ".join(text.replace("\u200e", "").replace("\u00a0", " ").split()) for text in found]
    return [text for text in clean if text]


def all_text(chart: Figure | Axes) -> str:
    return "\n".join(texts(chart))


def marks(ax: Axes, bound: str) -> list[Any]:
    return [line for line in ax.lines if line.get_gid() == bound]


def arrows(ax: Axes) -> list[Annotation]:
    return [child for child in ax.get_children() if isinstance(child, Annotation) and child.arrow_patch is not None]


def words_boxes(figure: Figure) -> list[tuple[str, Any]]:
    """Where text stands on the page, as drawn."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    found = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), Text.get_window_extent(text, canvas.get_renderer())) for text in found]


def assert_readable(chart: Figure | Axes) -> None:
    """No text is clipped by the page, and no two texts overlap."""
    figure = chart if isinstance(chart, Figure) else chart.figure
    boxes, page = words_boxes(figure), figure.bbox  # type: ignore[arg-type, union-attr]
    for text, box in boxes:
        inside = box.x0 >= -1 and box.x1 <= page.x1 + 1 and box.y0 >= -1 and box.y1 <= page.y1 + 1
        assert inside, f"clipped: {text!r}"
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide <= 1 or high <= 2, f"{one!r} and {other!r} overlap by {wide:.0f} x {high:.0f} pixels"
