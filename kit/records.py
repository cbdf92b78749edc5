"""The nouns of the kit: what an article is and what a reading of it holds.

Frozen dataclasses with checked offsets, and their JSON form (the contract of ``kit extract``).
Nothing here reads files, runs a pipeline or knows about people's decisions beyond their shape.

Offsets are Unicode code points, half-open, into the article's text as decoded:
``article.text[span.start_char:span.end_char] == span.text``, checked by :class:`Analysis`.
"""

from __future__ import annotations

import hashlib
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kit.errors import KitError

SegmentKind = Literal["headline", "standfirst", "paragraph", "boilerplate"]
VoiceKind = Literal["attributed", "outlet", "question"]
Form = Literal["direct", "mixed", "indirect"]
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
    """

    id: str
    content: tuple[Span, ...]
    voice: VoiceKind = "attributed"
    form: Form = "indirect"
    parent: str | None = None
    source: SourceMention | None = None
    cue: Cue | None = None
    factuality: Factuality = Factuality()
    hedges: tuple[Hedge, ...] = ()
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

    ``value`` is ``None`` where the text needs a publication date that nobody gave; ``alternatives``
    holds the other readings of a truly ambiguous expression.
    """

    id: str
    value: str | None = None
    grain: str = "day"
    kind: TimeKind = "date"
    alternatives: tuple[str, ...] = ()


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


def to_json(value: Any) -> Any:
    """A record, or any nest of records, as plain JSON values (tuples become lists, dates ISO strings)."""
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def from_json(kind: Any, data: Any) -> Any:
    """Read plain JSON values as ``kind``: a record class, or a type used in one. Unknown keys are ignored.

    Raises:
        RecordError: a missing key, or a value that does not fit its field.
    """
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if data is None else from_json(next(arg for arg in args if arg is not type(None)), data)
    if origin is tuple:
        return tuple(from_json(args[0], item) for item in data or ())
    if kind is date:
        return date.fromisoformat(data)
    if not is_dataclass(kind):
        return data
    if not isinstance(data, Mapping):
        raise RecordError(f"a {kind.__name__} is an object, not {data!r}")
    hints = get_type_hints(kind)
    try:
        return kind(**{key: from_json(hints[key], item) for key, item in data.items() if key in hints})
    except TypeError as error:
        raise RecordError(f"not a {kind.__name__}: {str(error).split('() ')[-1]}") from None


def analysis_to_json(analysis: Analysis, *, id: str) -> dict[str, Any]:
    """One object of the ``kit extract`` contract."""
    article = analysis.article
    head = {
        "id": id,
        "title": article.title,
        "published": article.published,
        "outlet": article.outlet,
        "url": article.url,
        "sha256": article.sha256,
        "text_length": len(article.text),
        "segments": article.segments,
    }
    parts = ("voices", "claims", "sources", "quantities", "dates", "pipeline")
    return to_json(head | {name: getattr(analysis, name) for name in parts})


def analysis_from_json(data: Mapping[str, Any], article: Article) -> Analysis:
    """Read one object of the contract back, against its article.

    Raises:
        RecordError: the object belongs to other bytes, or its spans do not fit the text.
    """
    if data.get("sha256") != article.sha256:
        raise RecordError(f"the analysis belongs to other bytes ({data.get('sha256')}, not {article.sha256})")
    hints = get_type_hints(Analysis)
    parts = ("claims", "sources", "quantities", "dates", "voices", "pipeline")
    missing = [name for name in parts if name not in data]
    if missing:
        raise RecordError(f"the analysis lacks {', '.join(missing)}")
    return Analysis(article, **{name: from_json(hints[name], data[name]) for name in parts})


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
        for field in fields(value):
            yield from _spans(getattr(value, field.name))
