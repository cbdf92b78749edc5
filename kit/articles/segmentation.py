"""A text becomes segments: headline, standfirst, paragraphs, and the page furniture between them.

In: the text as decoded. Out: :class:`~kit.records.Segment`s in order, with offsets into that text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from kit.records import Segment

LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_BOILERPLATE = re.compile(
    r"""(
      (read|see|watch|listen) \s+ (next|more|also|now|this) \s* [:|–—-] .*
    | (related|recommended|also \s read|more \s (on|from) \s [^:]{1,40}) \s* : .*
    | (related|recommended) (\s+ (stories|articles|news|topics|content))?
    | advertisement | ad | sponsored (\s content)? | promoted (\s content)? | live
    | (story|article) \s continues \s below .*
    | (sign \s up|subscribe) \b .{0,120} (newsletter|inbox|updates|e-?mail|alerts|channel) s? .?
    | \(? (additional \s)? (reporting|writing|editing) \s by \s .{0,200}
    | (media|press) \s (contacts?|enquiries|inquiries) \b .{0,200}
    | follow \s us \s on .{0,80} | share | share \s this .{0,60} | copy \s link | print | e-?mail
    | \d{1,2} [:.] \d{2} \s* (gmt|utc|am|pm|a\.m\.|p\.m\.|[a-z]{2,3}t)?  # the time stamp of a live blog's entry
    | click \s here .{0,80} | load \s more | skip \s to \s .{0,60}
    | © .* | copyright \s .{0,120} | all \s rights \s reserved \.?
    )""",
    re.I | re.X | re.S,
)
_HEADING = re.compile(r"#{1,6}[ \t]+")
_HEADLINE_CHARS = 200
_STANDFIRST_CHARS = 350
_STANDFIRST_OVERLAP = 0.4


def segment_text(text: str, *, markdown: bool = False) -> Iterator[Segment]:
    """Cut a text into its segments, in order; white space between blocks belongs to none."""
    blocks = [block for block in _blocks(text) if block.text]
    body = [block for block in blocks if not _BOILERPLATE.fullmatch(block.text)]
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
