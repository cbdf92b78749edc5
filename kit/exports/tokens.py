"""Words for formats that count in tokens, cut so that every span starts and ends at one.

In: a text and the spans in it. Out: tokens as spaCy knows them, a text and whether a blank follows. The words are those
that the kit's own reading is made of; where a span ends inside one, such as in "Sylvania's", the word is cut there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import spacy
from spacy.language import Language

from kit.pipeline import CONFIG

_UNPAIRED = {code: 0xFFFD for code in range(0xD800, 0xE000)}  # half a surrogate pair is in no spaCy vocabulary


@dataclass(frozen=True)
class Token:
    """Characters ``start`` to ``end`` of the text; ``space`` says that a blank follows and belongs to the token."""

    text: str
    start: int
    end: int
    space: bool


@lru_cache(maxsize=1)
def blank() -> Language:
    """The kit's English without its weights: words only."""
    return spacy.blank("en", config=CONFIG)


def tokens(text: str, spans: Iterable[tuple[int, int]]) -> list[Token]:
    """The tokens of a text; each span (start, end) starts where a token starts and ends where one ends."""
    spans = list(spans)
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    edges = sorted(starts | ends)
    found: list[Token] = []
    text = text.translate(_UNPAIRED)
    for token in blank().tokenizer(text):
        start, end = token.idx, token.idx + len(token)
        cuts = [start, *edges[bisect_right(edges, start) : bisect_left(edges, end)], end]
        space = bool(token.whitespace_)
        alone = space and (end in starts or end + 1 in ends)  # a span that starts or ends with the blank
        pieces = [(a, b, False) for a, b in pairwise(cuts)]
        pieces[-1] = (*pieces[-1][:2], space and not alone)
        pieces += [(end, end + 1, False)] if alone else []
        found += [Token(text[a:b], a, b, after) for a, b, after in pieces]
    return found


def covered(found: list[Token], start: int, end: int) -> tuple[int, int]:
    """The numbers of the first and the last token of a span."""
    first = bisect_left(found, start, key=lambda token: token.start)
    return first, bisect_left(found, end, key=lambda token: token.end)
