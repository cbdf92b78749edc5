"""What a reader of web pages, PDFs, mails and office documents hands over: blocks of text, and the input's own facts.

The blocks become the article's text, one per paragraph with a blank line between, and its segments. Facts are what the
input states about itself; nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Hint = Literal["headline", "furniture"]
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list item or table row, on one line. ``hint`` is what the input's form says of it."""

    text: str
    hint: Hint | None = None


@dataclass(frozen=True)
class Extracted:
    """An input's text and facts; ``published`` is ``YYYY-MM-DD`` as the input states it."""

    blocks: tuple[Block, ...]
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()


def clean(text: str) -> str:
    """One line: white space as single spaces, no control characters, no soft hyphens or zero-width spaces."""
    return " ".join(_CONTROLS.sub(" ", text).replace("\u00ad", "").replace("\u200b", "").split())


def with_headline(blocks: list[Block], title: str | None) -> tuple[Block, ...]:
    """The blocks with the title first, as headline: moved up where the text holds it, else put there."""
    if not title:
        return tuple(blocks)
    same = next((at for at, block in enumerate(blocks[:5]) if letters(block.text) == letters(title)), None)
    if same is None:
        return (Block(title, "headline"), *blocks)
    return (Block(blocks[same].text, "headline"), *blocks[:same], *blocks[same + 1 :])


def letters(text: str) -> str:
    """Letters and digits alone, to compare texts that are set differently."""
    return "".join(filter(str.isalnum, text.casefold()))
