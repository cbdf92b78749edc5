"""Spans that people draw and quotations that decisions hang on.

In: a text and offsets or a quotation. Out: offsets that cut no accent and no emoji in two, anchors, and the one place
where a quotation stands in a text that may have changed. Offsets are code points, half-open.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Any, Literal

from kit.errors import KitError
from kit.records import Anchor, Span

CONTEXT = 32  # characters kept before and after a quotation, to find it again in a changed text
# What editors and extractors exchange for each other, beyond Unicode's compatibility forms.
_ALIKE = str.maketrans("‘’‚‛′“”„‟″«»‐‑‒–—―−", "'" * 5 + '"' * 7 + "-" * 7)


class DecisionError(KitError):
    """A decision that cannot be taken as asked for. The message says why."""


def settled(text: str, start_char: int, end_char: int) -> tuple[int, int]:
    """A selection without the white space around it, and without cutting an accent, an emoji or a CRLF in two.

    Raises:
        DecisionError: nothing but white space is selected.
    """
    start, end = max(0, int(start_char)), min(len(text), int(end_char))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise DecisionError("nothing is selected; select at least one word")
    while start > 0 and joins(text, start):
        start -= 1
    while end < len(text) and joins(text, end):
        end += 1
    return start, end


def joins(text: str, at: int) -> bool:
    """Whether the character at ``at`` is drawn as one with the one before it."""
    here, before = text[at], text[at - 1]
    code = ord(here)
    if here == "\n" and before == "\r":
        return True
    if before.isspace():  # an accent on a blank stands alone
        return False
    attached = unicodedata.category(here) in ("Mn", "Me", "Mc") or code == 0x200D or 0x1F3FB <= code <= 0x1F3FF
    return attached or before == "\u200d" or (_is_flag(here) and _flags_before(text, at) % 2 == 1)


def moved_edge(
    text: str,
    start_char: int,
    end_char: int,
    *,
    edge: Literal["start", "end"],
    by: int,
    unit: Literal["word", "character"] = "word",
) -> tuple[int, int]:
    """The span with one edge moved by ``by`` words or drawn characters; it keeps at least one character.

    A step that would leave the text or empty the span leaves it as it is.
    """
    at = start_char if edge == "start" else end_char
    for _ in range(abs(by)):
        at = _step(text, at, forward=by > 0, word=unit == "word", end=edge == "end")
    start, end = (at, end_char) if edge == "start" else (start_char, at)
    if not text[start:end].strip():
        return start_char, end_char
    return settled(text, start, end)


def anchor_at(text: str, start_char: int, end_char: int) -> Anchor:
    """The anchor of these characters: their offsets, the words themselves and what stands around them."""
    before, after = text[max(0, start_char - CONTEXT) : start_char], text[end_char : end_char + CONTEXT]
    return Anchor(start_char, end_char, text[start_char:end_char], before, after)


def as_span(text: str, given: Any) -> Span:
    """A :class:`Span` from a span, a pair of offsets or a mapping with them, settled and quoted from the text.

    Raises:
        DecisionError: no offsets, or nothing but white space between them.
    """
    if isinstance(given, Span):
        given = (given.start_char, given.end_char)
    elif isinstance(given, Mapping):
        given = (given.get("start_char"), given.get("end_char"))
    pair = tuple(given) if isinstance(given, tuple | list) else ()
    if len(pair) != 2 or any(type(one) is not int for one in pair):
        raise DecisionError(f"a span is a pair of offsets, not {given!r}")
    start, end = settled(text, *pair)
    return Span(start, end, text[start:end])


def span_json(span: Span) -> dict[str, Any]:
    """The three keys of a span, whatever else the record holds."""
    return {"start_char": span.start_char, "end_char": span.end_char, "text": span.text}


@lru_cache(maxsize=8192)  # the desk asks for the same events at every decision
def locate(text: str, anchor: Anchor) -> tuple[int, int] | None:
    """Where the words of an anchor stand now; ``None`` where they are gone, or stand at several equally good places.

    As they are first, then with quotation marks, dashes, blanks, accents and case taken as equal. Of several places the
    one with most of the anchor's surroundings around it is taken, of equals the one where the anchor says. Linear in
    the text for each spelling.
    """
    for same in (_plain, _folded) if anchor.exact.strip() else ():
        where, words = same(text), same(anchor.exact).text
        found = _places(where.text, words)
        if not found:
            continue
        prefix, suffix = same(anchor.prefix).text, same(anchor.suffix).text
        scores = [_around(where.text, at, at + len(words), prefix, suffix) for at in found]
        most = max(scores)
        best = [where.back(at, len(words)) for at, score in zip(found, scores, strict=True) if score == most]
        if len(best) == 1:
            return best[0]
        return next((place for place in best if place == (anchor.start_char, anchor.end_char)), None)
    return None


@lru_cache(maxsize=8192)
def locate_near(text: str, words: str, expected: int) -> tuple[int, int] | None:
    """The place of ``words`` that is nearest to ``expected``; ``None`` where there is none, or two are as near."""
    for same in (_plain, _folded) if words.strip() else ():
        where, wanted = same(text), same(words).text
        found = [where.back(at, len(wanted)) for at in _places(where.text, wanted)]
        far = [abs(start - expected) for start, _ in found]
        if found:
            return found[far.index(min(far))] if far.count(min(far)) == 1 else None
    return None


def alike(one: str, other: str) -> bool:
    """Whether two texts differ in quotation marks, dashes, blanks, accents and case at most."""
    return one == other or _folded(one).text.strip() == _folded(other).text.strip()


@dataclass(frozen=True)
class _Spelling:
    """A text in one spelling; ``places`` leads each of its characters back, ``None`` where they are the same."""

    text: str
    places: tuple[int, ...] | None = None

    def back(self, at: int, length: int) -> tuple[int, int]:
        if self.places is None:
            return at, at + length
        return self.places[at], self.places[at + length - 1] + 1


def _plain(text: str) -> _Spelling:
    return _Spelling(text)


@lru_cache(maxsize=1024)
def _folded(text: str) -> _Spelling:
    """The text with look-alikes made one and each run of blanks a single one."""
    made, places = [], []
    for at, character in enumerate(text):
        for one in unicodedata.normalize("NFKD", character).translate(_ALIKE).lower():
            if unicodedata.category(one) in ("Mn", "Cf"):
                continue
            one = " " if one.isspace() else one
            if one != " " or made[-1:] != [" "]:
                made.append(one)
                places.append(at)
    return _Spelling("".join(made), tuple(places))


def _places(text: str, words: str) -> list[int]:
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + len(words))  # overlapping places are one repetition, not two
    return found


def _around(text: str, start: int, end: int, prefix: str, suffix: str) -> int:
    """How many characters next to a place agree with the surroundings that were kept."""
    before = zip(reversed(text[max(0, start - len(prefix)) : start]), reversed(prefix), strict=False)
    after = zip(text[end : end + len(suffix)], suffix, strict=False)
    return sum(sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], side)) for side in (before, after))


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    """How many regional indicators stand right before ``at``: two make a flag."""
    count = 0
    while at - count > 0 and _is_flag(text[at - count - 1]):
        count += 1
    return count


def _step(text: str, at: int, *, forward: bool, word: bool, end: bool) -> int:
    """The next edge in one direction: of a drawn character, or of a word (its end for an end, else its start)."""
    if not word:
        at += 1 if forward else -1
        while 0 < at < len(text) and joins(text, at):
            at += 1 if forward else -1
        return max(0, min(len(text), at))
    ahead = range(at + 1, len(text) + 1) if forward else range(at - 1, -1, -1)
    return next((i for i in ahead if _word_edge(text, i, end)), at)


def _word_edge(text: str, at: int, end: bool) -> bool:
    before = at > 0 and not text[at - 1].isspace()
    after = at < len(text) and not text[at].isspace()
    return before and not after if end else after and not before
