"""A chart as an image with alt text, for a notebook page that opens without a network.

In: a figure or its axes, and the alt text. Out: an object that a notebook shows as ``<figure><img alt=…>``. The same
chart gives the same bytes: the PNG carries neither a date nor a version.
"""

from __future__ import annotations

import base64
import html
import io
from dataclasses import dataclass, field

from matplotlib.axes import Axes
from matplotlib.figure import Figure

SHARP = 1.6  # pixels of the image per pixel on the page
MOST_PIXELS = 40_000  # a taller image is no longer drawn by every browser


@dataclass(frozen=True)
class ChartImage:
    """A PNG with its alt text and its size on the page, in CSS pixels."""

    png: bytes = field(repr=False)
    alt: str
    width: int

    def _repr_html_(self) -> str:
        alt = html.escape(self.alt, quote=True)
        data = base64.b64encode(self.png).decode("ascii")
        look = f'style="width:{self.width}px;max-width:100%;height:auto"'
        return f'<figure style="margin:0"><img alt="{alt}" {look} src="data:image/png;base64,{data}"></figure>'


def as_image(chart: Figure | Axes, *, alt: str) -> ChartImage:
    """The chart as an image that a notebook, also one run headless, shows with its alt text.

    Args:
        chart: a figure, or axes of one.
        alt: the chart in words, as from :func:`kit.charts.alt_text`.

    Raises:
        ValueError: no alt text.
    """
    if not alt.strip():
        raise ValueError("a chart needs alt text: pass alt=alt_text(data)")
    figure = chart if isinstance(chart, Figure) else chart.figure.get_figure(root=True)
    width, height = figure.get_size_inches()
    dpi = min(figure.dpi * SHARP, MOST_PIXELS / max(width, height))
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
    return ChartImage(buffer.getvalue(), alt, round(width * 100))
