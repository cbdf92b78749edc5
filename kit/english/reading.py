"""What a text was read as: plain data, on character offsets, that decoders fill and scorers compare."""

from __future__ import annotations

from dataclasses import dataclass, field

Offsets = tuple[int, int]


@dataclass
class Analysis:
    """Words of a text with their syntax. ``head`` holds indices of words; a root is its own head."""

    text: str
    words: list[Offsets]
    starts: list[bool] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Attribution:
    """Who says what: three lists of character offsets, any of them empty; ``confidence`` is between 0 and 1."""

    source: tuple[Offsets, ...] = ()
    cue: tuple[Offsets, ...] = ()
    content: tuple[Offsets, ...] = ()
    confidence: float = field(default=1.0, compare=False)


@dataclass
class Reading:
    """The syntax of a text, its entities as (start, end, label) and who says what."""

    syntax: Analysis
    entities: list[tuple[int, int, str]]
    attributions: list[Attribution]
