"""A text becomes segments: headline, standfirst, paragraphs, and the page furniture between them.

In: the text as decoded. Out: :class:`~kit.records.Segment`s in order, with offsets into that text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from kit.articles.extracted import Block
from kit.articles.furniture import find_furniture
from kit.records import Segment, SegmentKind

LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_BETWEEN = "\n\n"
_HEADLINE_CHARS = 200
_STANDFIRST_CHARS = 350
_STANDFIRST_OVERLAP = 0.4


def segment_text(text: str, *, markdown: bool = False) -> Iterator[Segment]:
    """Cut a text into its segments, in order; white space between blocks belongs to none."""
    blocks = [block for block in _blocks(text) if block.text]
    furniture = find_furniture([block.text for block in blocks])
    body = [block for at, block in enumerate(blocks) if at not in furniture]
    read = {block.start for block in body}
    headline = body[0] if _is_headline(body, markdown) else None
    standfirst = body[1] if headline and _is_standfirst(body) else None
    for block in blocks:
        marker = _HEADING.match(block.text) if markdown else None
        start = block.start + (marker.end() if marker else 0)
        if start == block.end:
            continue
        if block is headline:
            yield Segment("headline", start, block.end)
        elif block is standfirst:
            yield Segment("standfirst", start, block.end)
        else:
            yield Segment("paragraph" if block.start in read else "boilerplate", start, block.end)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text: its lines, or its blocks between blank lines where the lines are hard-wrapped."""
    return [block.text for block in _blocks(text) if block.text]


def join_blocks(blocks: Sequence[Block]) -> tuple[str, list[Segment]]:
    """The text of an article that came as blocks, a blank line between two, and its segments.

    A headline is one where the input's form says so; furniture also by :mod:`kit.articles.furniture`.
    """
    furniture = find_furniture([block.text for block in blocks])
    headline = next((at for at, block in enumerate(blocks) if block.hint == "headline"), None)
    read = [
        at for at, block in enumerate(blocks) if at == headline or (at not in furniture and block.hint != "furniture")
    ]
    found, start, body = [], 0, set(read)
    places = [_Block(0, len(block.text), block.text) for block in (blocks[at] for at in read)]
    standfirst = read[1] if read and read[0] == headline and _is_standfirst(places) else None
    for at, block in enumerate(blocks):
        kind: SegmentKind = "paragraph" if at in body else "boilerplate"
        kind = "headline" if at == headline else "standfirst" if at == standfirst else kind
        found.append(Segment(kind, start, start + len(block.text)))
        start += len(block.text) + len(_BETWEEN)
    return _BETWEEN.join(block.text for block in blocks) + "\n", found


@dataclass(frozen=True)
class _Block:
    start: int
    end: int
    text: str


def _blocks(text: str) -> Iterator[_Block]:
    """Paragraphs of a text: its lines, or what stands between blank lines where the lines are hard-wrapped."""
    separator = _BLANK_LINES if _is_hard_wrapped(text) else LINE_END
    start = 0
    for match in [*separator.finditer(text), None]:
        end = match.start() if match else len(text)
        line = text[start:end]
        stripped = line.strip()
        begin = start + len(line) - len(line.lstrip())
        yield _Block(begin, begin + len(stripped), stripped)
        start = match.end() if match else end


def _is_hard_wrapped(text: str) -> bool:
    """Whether lines break at a column (mail, wire copy), so that blank lines separate the paragraphs."""
    blocks = [LINE_END.split(block.strip()) for block in _BLANK_LINES.split(text) if block.strip()]
    inner = [len(line) for lines in blocks for line in lines[:-1]]
    if len(blocks) < 2 or len(inner) < 3:
        return False
    return 50 <= median(inner) <= 100 and max(inner) <= 110


def _is_headline(body: list[_Block], markdown: bool) -> bool:
    if len(body) < 2:
        return False
    first = body[0].text
    if markdown and _HEADING.match(first):
        return True
    return len(first) <= _HEADLINE_CHARS and not re.search(r"[.…:,;][\"'”’»)]*$", first)


def _is_standfirst(body: list[_Block]) -> bool:
    """A standfirst sums up the lead below it, so that most of its words come again there."""
    if len(body) < 3 or len(body[1].text) > _STANDFIRST_CHARS:
        return False
    words, lead = (set(re.findall(r"[^\W\d_]{4,}", block.text.lower())) for block in body[1:3])
    return len(words) >= 5 and len(words & lead) >= _STANDFIRST_OVERLAP * len(words)
