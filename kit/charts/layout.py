"""Measured text: how wide words are, and where to break them so that they fit.

All lengths are points (1/72 inch). Nothing here touches a chart.
"""

from __future__ import annotations

from functools import lru_cache

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from kit.charts.fonts import families, no_glyph_warnings

DPI = 100
SAFETY = 1.03  # hinting makes the same text a little wider at another resolution


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """The width of one line."""
    return _extent(text, size, weight)[0] * SAFETY


@lru_cache(maxsize=8192)
def text_height(text: str, size: float, weight: str = "normal") -> float:
    """The height of text with line breaks."""
    return _extent(text, size, weight)[1] if text else 0.0


def wrap(text: str, width: float, size: float, weight: str = "normal") -> str:
    """The text with line breaks, no line wider than ``width``; a word that is too long is cut."""
    if text_width(text, size, weight) <= width:
        return text
    lines, line = [], ""
    for word in text.split(" "):
        if text_width(f"{line} {word}" if line else word, size, weight) <= width:
            line = f"{line} {word}" if line else word
            continue
        lines += [line] if line else []
        while text_width(word, size, weight) > width and len(word) > 1:
            fits = _fitting(word, width, size, weight)
            space = word.rfind("\u00a0", 1, fits + 1)  # what should not be broken breaks between its words first
            lines.append(word[: space if space > 0 else fits].rstrip("\u00a0"))
            word = word[space + 1 if space > 0 else fits :]
        line = word
    return "\n".join([*lines, line] if line else lines)


def block(text: str, size: float, weight: str = "normal") -> tuple[float, float]:
    """Width and height of text with line breaks."""
    widest = max((text_width(line, size, weight) for line in text.split("\n")), default=0.0)
    return widest, text_height(text, size, weight)


def _fitting(word: str, width: float, size: float, weight: str) -> int:
    """How many characters of a word fit, at least one."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text_width(word[:middle], size, weight) <= width else (low, middle - 1)
    return low


def _extent(text: str, size: float, weight: str) -> tuple[float, float]:
    canvas = _canvas()
    look = {"size": size, "weight": weight, "family": families(), "parse_math": False}
    artist = canvas.figure.text(0, 0, text, **look)
    with no_glyph_warnings():
        box = artist.get_window_extent(canvas.get_renderer())
    artist.remove()
    return box.width * 72 / DPI, box.height * 72 / DPI


@lru_cache(maxsize=1)
def _canvas() -> FigureCanvasAgg:
    return FigureCanvasAgg(Figure(figsize=(1, 1), dpi=DPI))
