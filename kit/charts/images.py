"""A chart as an image with alt text: for a notebook page that opens without a network, or as a file.

In: a figure or its axes, and the alt text. Out: an object that a notebook shows as ``<figure><img alt=…>``, or a PNG or
SVG file. The same chart gives the same bytes: neither format carries a date, a version or a random name.
"""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kit.charts.fonts import no_glyph_warnings
from kit.charts.sheet import for_a_phone

SHARP = 1.6  # pixels of the image per pixel on the page
READABLE = 0.68  # of its size: small print is then as high as that of a page
NARROW = "screen and (max-width: 34rem)"
MOST_PIXELS = 40_000  # a taller image is no longer drawn by every browser


@dataclass(frozen=True)
class ChartImage:
    """A PNG with its alt text and its size on the page, in CSS pixels; ``phone`` is the chart for a narrow page."""

    png: bytes = field(repr=False)
    alt: str
    width: int
    phone: ChartImage | None = None

    def _repr_html_(self) -> str:
        alt = html.escape(self.alt, quote=True)
        # On a page that is narrower yet the chart is moved to and fro: text that nobody can read is no text.
        least = round(READABLE * (self.phone or self).width)
        look = f'style="width:{self.width}px;max-width:100%;min-width:{least}px;height:auto"'
        image = f'<img alt="{alt}" {look} src="{self.address}">'
        if self.phone:
            image = f'<picture><source media="{NARROW}" srcset="{self.phone.address}">{image}</picture>'
        return f'<figure style="margin:0;overflow-x:auto">{image}</figure>'

    @property
    def address(self) -> str:
        """The picture as an address that holds it."""
        return f"data:image/png;base64,{base64.b64encode(self.png).decode('ascii')}"


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
    figure = _figure(chart)
    return ChartImage(_png(figure), alt, round(figure.get_size_inches()[0] * 100))


def page_image(draw: Callable[[], Axes], *, alt: str) -> ChartImage:
    """The chart as an image for a page: drawn once for a screen or paper, and once for a phone.

    Args:
        draw: makes the chart on a figure of its own.
        alt: as for :func:`as_image`.
    """
    with for_a_phone():
        phone = as_image(draw(), alt=alt)
    return replace(as_image(draw(), alt=alt), phone=phone)


def save_chart(chart: Figure | Axes, path: str | Path, *, alt: str | None = None) -> list[Path]:
    """Save a chart as PNG or SVG, by the ending of the path; as both where it has no ending.

    Args:
        chart: a figure, or axes of one.
        path: "losses.png", "losses.svg" or "losses"; an existing file is replaced.
        alt: the chart in words, kept in the file as its description.

    Returns:
        The files that were written.

    Raises:
        ValueError: the path ends in something else.
        OSError: it cannot be written there.
    """
    path, figure = Path(path), _figure(chart)
    formats = [path.suffix.lower()] if path.suffix else [".png", ".svg"]
    if formats[0] not in (".png", ".svg"):
        raise ValueError(f"{path.name!r}: a chart is saved as .png or .svg")
    written = []
    for ending in formats:
        target = path if path.suffix else path.with_suffix(ending)
        target.write_bytes(chart_bytes(figure, ending, alt=alt))
        written.append(target)
    return written


def chart_bytes(chart: Figure | Axes, ending: str, *, alt: str | None = None) -> bytes:
    """The file that :func:`save_chart` writes: ``ending`` is ".png" or ".svg"."""
    return _png(_figure(chart), alt) if ending == ".png" else _svg(_figure(chart), alt)


def _figure(chart: Figure | Axes) -> Figure:
    return chart if isinstance(chart, Figure) else chart.figure.get_figure(root=True)


def _png(figure: Figure, alt: str | None = None) -> bytes:
    dpi = min(figure.dpi * SHARP, MOST_PIXELS / max(figure.get_size_inches()))
    buffer = io.BytesIO()
    about = {"Description": alt} if alt else {}
    with no_glyph_warnings():
        figure.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None, **about})
    return buffer.getvalue()


def _svg(figure: Figure, alt: str | None) -> bytes:
    """The words as outlines, so that they look the same, and stay where they are, whatever fonts a reader has."""
    title = " ".join(figure.axes[0].get_title().split()) if figure.axes else ""
    about = {"Title": title or None, "Description": alt, "Date": None, "Creator": None, "Format": None, "Type": None}
    buffer = io.BytesIO()
    with rc_context({"svg.hashsalt": "kit", "svg.fonttype": "path"}), no_glyph_warnings():
        figure.savefig(buffer, format="svg", metadata=about)
    return buffer.getvalue()
