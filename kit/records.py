"""The nouns of the kit: what an article is and what a reading of it holds.

Frozen dataclasses with checked offsets; their JSON form is :mod:`kit.contract`.
Nothing here reads files, runs a pipeline or knows about people's decisions beyond their shape.

Offsets are Unicode code points, half-open, into the article's text as decoded:
``article.text[span.start_char:span.end_char] == span.text``, checked by :class:`Analysis`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, get_args

from kit.errors import KitError

SegmentKind = Literal["headline", "standfirst", "paragraph", "boilerplate"]
VoiceKind = Literal["attributed", "outlet", "question"]
Form = Literal["direct", "mixed", "indirect"]
ClaimKind = Literal["statement", "request", "intention", "attitude", "action", "refusal"]
Stance = Literal["neutral", "endorsing", "distancing"]
Bound = Literal["exact", "gt", "ge", "lt", "le", "approx", "range", "vague"]
SourceType = Literal["person", "organisation", "state", "media", "unnamed"]
TimeKind = Literal["date", "time", "duration", "set"]
Action = Literal[
    "accept", "reject", "ignore", "add", "edit", "link", "merge", "split", "grade", "label", "note", "undo"
]
RecordKind = Literal["claim", "quantity", "source", "date"]

# How each bound reads: a bound before a number ("at least" 16), on its own in a table or legend.
BOUND_WORDS: dict[Bound, str] = {
    "exact": "as stated",
    "gt": "more than",
    "ge": "at least",
    "lt": "less than",
    "le": "up to",
    "approx": "about",
    "range": "from … to",
    "vague": "no number given",
}
CALENDAR = re.compile(r"\d{4}(-(\d\d(-\d\d(T.*)?)?|W\d\d(-WE)?|Q[1-4]|H[12]|SP|SU|FA|WI))?")  # values of dates
OUTLET = "outlet"  # the reporter of a figure that nobody is cited for


class RecordError(KitError):
    """A record that cannot be: offsets that do not fit, a value outside its list."""


@dataclass(frozen=True)
class Span:
    """Characters ``start_char`` to ``end_char`` (exclusive) of an article, and their text."""

    start_char: int
    end_char: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start_char < self.end_char:
            raise RecordError(f"span {self.start_char}–{self.end_char}: a span has at least one character")
        if len(self.text) != self.end_char - self.start_char:
            raise RecordError(
                f"span {self.start_char}–{self.end_char}: its text has {len(self.text)} characters, "
                f"not {self.end_char - self.start_char}"
            )


@dataclass(frozen=True)
class Segment:
    """One block of an article: a headline, standfirst, paragraph or a piece of page furniture."""

    kind: SegmentKind
    start_char: int
    end_char: int


@dataclass(frozen=True)
class Article:
    """One article: its text as decoded, its segments, and what is known about it.

    Attributes:
        text: the decoded text, never edited; every offset of the kit points into it.
        sha256: hex digest of the original bytes (of the UTF-8 form for a pasted string).
        published: publication date, or ``None`` where nobody gave one. It is never guessed.
        author: whoever the input names as its author, as it names them.
        language: ISO 639-1 code of the text's language; ``None`` where it cannot be told.
        encoding: the encoding the bytes were read with.
        warnings: what a reader of the text has to know, e.g. bytes that could not be decoded.
    """

    text: str
    sha256: str
    segments: tuple[Segment, ...] = ()
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for segment in self.segments:
            if not 0 <= segment.start_char < segment.end_char <= len(self.text):
                raise RecordError(f"segment {segment} lies outside the text (0–{len(self.text)})")

    def span(self, start_char: int, end_char: int) -> Span:
        """The :class:`Span` of these characters."""
        return Span(start_char, end_char, self.text[start_char:end_char])


@dataclass(frozen=True)
class SourceMention(Span):
    """Where a claim names its source, and which :class:`Source` that is."""

    source_id: str | None = None


@dataclass(frozen=True)
class Cue(Span):
    """The reporting verb or phrase; ``stance`` is the attitude that its choice conveys."""

    lemma: str = ""
    stance: Stance = "neutral"


@dataclass(frozen=True)
class Hedge(Span):
    """A hedge or estimative word inside a claim; ``kind`` names its list."""

    kind: str = ""


@dataclass(frozen=True)
class Factuality:
    """FactBank values (CT+ PR+ PS+ CT- PR- PS- CTu Uu), one for the source and one for the outlet."""

    source: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """An attribution: who (``source``) says (``cue``) what (``content``, in fragments where interrupted).

    With ``voice`` "outlet" or "question" it is the article's own assertion or question, without source and cue.
    ``kind`` tells what somebody states from what he asks for, means to do, feels about something, does ("upheld the
    protest") or will not say ("declined to comment"). ``hedges`` weaken it; ``flags`` are words that colour it or take
    something for granted.
    """

    id: str
    content: tuple[Span, ...]
    voice: VoiceKind = "attributed"
    form: Form = "indirect"
    kind: ClaimKind = "statement"
    parent: str | None = None
    source: SourceMention | None = None
    cue: Cue | None = None
    factuality: Factuality = Factuality()
    hedges: tuple[Hedge, ...] = ()
    flags: tuple[Hedge, ...] = ()
    why: tuple[str, ...] = ()
    confidence: float | None = None

    def __post_init__(self) -> None:
        if not self.content:
            raise RecordError(f"claim {self.id}: no content")


@dataclass(frozen=True)
class Voice:
    """Whose words these characters are; an article's voices cut it into spans without gaps."""

    voice: VoiceKind
    claim_id: str | None
    start_char: int
    end_char: int


@dataclass(frozen=True, kw_only=True)
class Source:
    """One real-world source with all its mentions; ``group`` joins a ministry and its spokesperson."""

    id: str
    name: str
    type: SourceType = "unnamed"
    side: str | None = None
    group: str | None = None
    cites: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True)
class ResolvedDate:
    """The ISO 8601 date of a figure; ``inherited`` where it was taken over from the text before."""

    value: str
    inherited: bool = False


@dataclass(frozen=True, kw_only=True)
class Quantity(Span):
    """A reported figure. ``low`` and ``high`` are the stated numbers; strictness is in ``bound``.

    Attributes:
        value: the number as stated, in ``unit``; ``None`` for a vague quantity ("dozens").
        unit: the unit or the singular of what is counted ("tank", "dollar", "percent").
        counted: the noun as written.
        reporter: id of the :class:`Source` that reports it, or ``"outlet"``.
        affected: whom it befalls. actor: who is said to have done it.
    """

    id: str
    value: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    best: float | int | None = None
    bound: Bound = "exact"
    direction: Literal["up", "down"] | None = None
    unit: str | None = None
    counted: str | None = None
    category: str | None = None
    measure: str | None = None
    status: str | None = None
    claim_id: str | None = None
    reporter: str = OUTLET
    affected: Span | None = None
    actor: Span | None = None
    place: Span | None = None
    date: ResolvedDate | None = None


@dataclass(frozen=True, kw_only=True)
class TimeExpression(Span):
    """A date or time as written, and its ISO 8601 value against the publication date.

    ``value`` is ``None`` where the text needs a publication date that nobody gave, PAST_REF and the like where the
    words are vague ("recently", grain "vague"); ``alternatives`` holds the other readings of an ambiguous expression.
    """

    id: str
    value: str | None = None
    grain: str = "day"
    kind: TimeKind = "date"
    alternatives: tuple[str, ...] = ()

    @property
    def is_calendar(self) -> bool:
        """Whether it stands for a day or another stretch of the calendar, which a chart may show."""
        return bool(self.kind in ("date", "time") and self.value and CALENDAR.fullmatch(self.value))


@dataclass(frozen=True)
class Pipeline:
    """What made a reading: equal ``sha256`` means equal rules and weights."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True)
class Anchor:
    """Where a decision points, robust against edits: offsets, the exact text and its surroundings."""

    start_char: int
    end_char: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """One human decision: an event of ``annotations.jsonl``, never changed after it was written."""

    id: str
    action: Action
    target: str
    record: RecordKind
    article: str
    annotator: str
    created: str
    value: Mapping[str, Any]
    supersedes: str | None = None
    anchor: Anchor | None = None
    schema: int = 1

    def __post_init__(self) -> None:
        for name, allowed in (("action", get_args(Action)), ("record", get_args(RecordKind))):
            if getattr(self, name) not in allowed:
                raise RecordError(f"{name} is {getattr(self, name)!r}, expected one of {', '.join(allowed)}")


@dataclass(frozen=True)
class Analysis:
    """The machine's reading of one article: every record, each span checked against the text.

    Raises:
        RecordError: a span whose text is not what stands there in the article.
    """

    article: Article
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[TimeExpression, ...]
    voices: tuple[Voice, ...]
    pipeline: Pipeline

    def __post_init__(self) -> None:
        for span in _spans((self.claims, self.sources, self.quantities, self.dates)):
            found = self.article.text[span.start_char : span.end_char]
            if found != span.text:
                raise RecordError(
                    f"characters {span.start_char}–{span.end_char} of the article read {found!r}, "
                    f"the record says {span.text!r}: it belongs to another version of the text"
                )

    def source(self, source_id: str | None) -> Source | None:
        """The source with this id, or ``None``."""
        return next((source for source in self.sources if source.id == source_id), None)


def record_id(text: str, kind: str, *offsets: int) -> str:
    """The id of a record: a hash of the article's text, the kind and the offsets.

    It starts with the kind's first letter, since a spreadsheet reads an id like 12e456 as a number.
    """
    where = ",".join(map(str, offsets))
    return kind[:1] + hashlib.sha256(f"{_digest(text)}\n{kind}\n{where}".encode()).hexdigest()[:11]


@lru_cache(maxsize=8)
def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _spans(value: Any) -> Iterator[Span]:
    """Every span in a nest of records, the value itself included."""
    if isinstance(value, Span):
        yield value
    if isinstance(value, tuple | list):
        for item in value:
            yield from _spans(item)
    elif is_dataclass(value):
        for name in _holding(type(value)):
            yield from _spans(getattr(value, name))


@cache
def _holding(kind: type) -> tuple[str, ...]:
    """Names of a record's fields that can hold spans."""
    spans = {"Span", "SourceMention", "Cue", "Hedge", "Claim", "Source", "Quantity", "TimeExpression"}
    return tuple(field.name for field in fields(kind) if spans & set(re.findall(r"\w+", str(field.type))))
