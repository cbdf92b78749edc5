"""Widgets of the kit: input surfaces that report what a person does and store nothing themselves."""

from __future__ import annotations

from typing import Any

from kit.widgets.annotator import Annotator
from kit.widgets.headless import is_headless
from kit.widgets.opener import ArticleOpener

__all__ = ["Annotator", "ArticleOpener", "FigureExplorer", "is_headless"]


def __getattr__(name: str) -> Any:
    """Fetch the explorer on first use: with it come pandas and matplotlib, which the desk can do without."""
    if name != "FigureExplorer":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kit.widgets.explorer import FigureExplorer

    return FigureExplorer
