"""The draft of a reported figure, before anybody asks who lost what and who says so."""

from __future__ import annotations

from dataclasses import dataclass

from kit.quantities.nouns import Noun
from kit.quantities.numerals import Number


@dataclass(frozen=True)
class Figure:
    """A number with its surroundings. Offsets are characters; ``anchor`` is the word that stands for it in the tree.

    ``kind`` is how it counts: ``count fraction percent money measure duration ratio age vague``.
    """

    start: int
    end: int
    value: Number | None
    bound: str
    anchor: int
    kind: str = "count"
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None
    noun: Noun | None = None
    word: int = -1
