"""How an article is laid out and cut: blocks without gaps, and the pieces between neighbouring edges of marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kit.markup.marks import Mark
from kit.records import Analysis, Segment


@dataclass(frozen=True)
class Piece:
    """Characters between two neighbouring edges, with the marks that cover them, outermost first."""

    start_char: int
    end_char: int
    text: str
    marks: tuple[Mark, ...] = ()


def pieces(text: str, marks: Iterable[Mark], *, cuts: Iterable[int] = ()) -> list[Piece]:
    """Cut ``text`` at every edge of a mark and at ``cuts``; joined again, the pieces are the text."""
    starting: dict[int, list[Mark]] = {}
    edges = {0, len(text), *(cut for cut in cuts if 0 < cut < len(text))}
    for mark in sorted(marks, key=lambda mark: (mark.start_char, -mark.end_char)):
        if 0 <= mark.start_char < mark.end_char <= len(text):
            starting.setdefault(mark.start_char, []).append(mark)
            edges |= {mark.start_char, mark.end_char}
    cut, found, active = sorted(edges), [], []
    for start, end in pairwise(cut):
        active = [mark for mark in active if mark.end_char > start] + starting.get(start, [])
        found.append(Piece(start, end, text[start:end], tuple(active)))
    return found


def blocks(analysis: Analysis) -> list[tuple[str, int, int, str]]:
    """The article as blocks without gaps: kind, start, end and voice (``outlet``, ``attributed``, ``mixed``, …).

    What lies between two segments is a block of the kind ``gap``.
    """
    found, at, length = [], 0, len(analysis.article.text)
    heard = _voices(analysis)
    for segment in sorted(analysis.article.segments, key=lambda one: one.start_char):
        start = max(at, segment.start_char)
        if start >= segment.end_char:
            continue
        if start > at:
            found.append(("gap", at, start, ""))
        voice = "" if segment.kind == "boilerplate" else heard.get(segment, "")
        found.append((segment.kind, start, segment.end_char, voice))
        at = segment.end_char
    return [*found, ("gap", at, length, "")] if at < length else found


def _voices(analysis: Analysis) -> dict[Segment, str]:
    """The one voice of each segment, or ``mixed``; nothing where nothing was read. One pass over both."""
    text, found = analysis.article.text, {}
    voices = sorted(analysis.voices, key=lambda one: one.start_char)
    first = 0
    for segment in sorted(analysis.article.segments, key=lambda one: one.start_char):
        while first < len(voices) and voices[first].end_char <= segment.start_char:
            first += 1
        heard, at = set(), first
        while at < len(voices) and voices[at].start_char < segment.end_char:
            start, end = max(voices[at].start_char, segment.start_char), min(voices[at].end_char, segment.end_char)
            if any(map(str.isalnum, text[start:end])):
                heard.add(voices[at].voice)
            at += 1
        if heard == {"outlet", "question"}:  # a question that nobody is cited for is the outlet's as well
            heard = {"outlet"}
        if heard:
            found[segment] = heard.pop() if len(heard) == 1 else "mixed"
    return found
