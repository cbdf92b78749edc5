"""Widgets of the kit: input surfaces that report what a person does and store nothing themselves."""

from __future__ import annotations

from kit.widgets.annotator import Annotator
from kit.widgets.headless import is_headless

__all__ = ["Annotator", "is_headless"]
