"""The gold set of the claims: text with inline brackets becomes plain text and spans.

In: the files of ``tests/gold/claims``, whose README gives the format. Out: :class:`Item`, whose offsets are code
points into ``item.text``. Nothing here reads the kit or judges it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

GOLD = Path(__file__).parent / "gold" / "claims"
KINDS = ("article", "passage", "sentence")
SPLITS = ("tune", "check")
SOURCE_TYPES = ("person", "organisation", "state", "media", "unnamed")
PHENOMENA = tuple(
    """
    direct-fronted direct-interrupted direct-following mixed indirect-that indirect-bare according-to parenthetical-cue
    inverted passive dash-name headline-colon descriptive-clause two-speakers nested paragraph-quote unbalanced-quotes
    quote-styles noun-cue mental-cue question presupposition unnamed-source pronoun-source role-noun abbreviation
    spokesperson chain negated hedged distancing endorsing boilerplate mentioned-person post transcript continuation
    loaded negative
    """.split()
)
_MARKS = {"h": "hedges", "l": "loaded", "p": "presuppositions", "?": "questions", "b": "boilerplate"}
_TOKEN = re.compile(r"\\([\\{}])|\{([hlpb?]|@[a-z0-9-]+|[sqc]\d+(?:,[sqc]\d+)*):|([{}\\])")
_ITEM = re.compile(r"^=== (?P<header>.+)\n(?P<text>(?:.*\n)*?)---\n(?P<tail>(?:(?!=== ).*\n)*)", re.M)
_SOURCE = re.compile(r'@([a-z0-9-]+) (\w+) "([^"]+)"((?: \w+=\S+)*)$')
_VALUE = r"(CT[+-]|PR[+-]|PS[+-]|CTu|Uu|-)"  # FactBank's, or nobody judged it
_CLAIM = re.compile(
    r"(\d+) (direct|mixed|indirect) (-|@[a-z0-9-]+)(?: parent=(\d+))?(?: (endorsing|distancing|open))?"
    rf"(?: {_VALUE}/{_VALUE})?$"
)


class GoldError(ValueError):
    """An item that cannot be read; the message names the item."""


@dataclass(frozen=True, order=True)
class GoldSpan:
    """Characters ``start_char`` to ``end_char`` (exclusive) of an item's text."""

    start_char: int
    end_char: int
    text: str

    def holds(self, other: GoldSpan) -> bool:
        """Whether ``other`` lies inside this span."""
        return self.start_char <= other.start_char and other.end_char <= self.end_char


@dataclass(frozen=True)
class GoldSource:
    """One real-world source of an item; ``mentions`` are the sources of its claims and the ``{@key:…}`` spans."""

    key: str
    type: str
    name: str
    group: str
    side: str | None = None
    cites: tuple[str, ...] = ()
    mentions: tuple[GoldSpan, ...] = ()


@dataclass(frozen=True)
class GoldClaim:
    """One attribution; ``None`` for a source that is not written and for a value that nobody judged.

    ``hedges`` are those of its own words: a hedge inside a nested content belongs to the inner claim.
    """

    number: int
    form: str
    source_key: str | None
    source: GoldSpan | None
    cue: GoldSpan
    content: tuple[GoldSpan, ...]
    parent: int | None = None
    stance: str | None = "neutral"
    source_factuality: str | None = None
    outlet_factuality: str | None = None
    hedges: tuple[GoldSpan, ...] = ()


@dataclass(frozen=True)
class Item:
    """An article, passage or sentence: plain text, what is marked in it, and the phenomena that it shows."""

    name: str
    kind: str
    split: str
    tags: tuple[str, ...]
    published: str | None
    text: str
    marked: str
    claims: tuple[GoldClaim, ...] = ()
    sources: tuple[GoldSource, ...] = ()
    hedges: tuple[GoldSpan, ...] = ()
    loaded: tuple[GoldSpan, ...] = ()
    presuppositions: tuple[GoldSpan, ...] = ()
    questions: tuple[GoldSpan, ...] = ()
    boilerplate: tuple[GoldSpan, ...] = ()

    def voices(self) -> list[tuple[str, int, int]]:
        """Cut the text without gaps: ``attributed``, ``question``, ``boilerplate`` or else ``outlet``, start, end."""
        voice_of = ["outlet"] * len(self.text)
        marked = [("question", span) for span in self.questions] + [("boilerplate", span) for span in self.boilerplate]
        for voice, span in marked + [("attributed", span) for claim in self.claims for span in claim.content]:
            voice_of[span.start_char : span.end_char] = [voice] * len(span.text)
        edges = [i for i in range(len(voice_of)) if i == 0 or voice_of[i] != voice_of[i - 1]]
        return [(voice_of[i], i, end) for i, end in zip(edges, [*edges[1:], len(voice_of)], strict=True)]


def read_gold(folder: Path = GOLD, *, split: str | None = None) -> list[Item]:
    """Every item of the gold files in the order of file and place, or those of one ``split``."""
    items = [item for path in sorted(folder.glob("*.txt")) for item in read_items(path.read_text(encoding="utf-8"))]
    return [item for item in items if split in (None, item.split)]


def read_items(gold: str) -> list[Item]:
    """The items of one file's text; white space between them is the only thing outside an item."""
    outside = _ITEM.sub("", gold).strip()
    _check(not outside, f"not an item: {outside[:60]!r}")
    return [_read_item(match["header"], match["text"].strip("\n"), match["tail"]) for match in _ITEM.finditer(gold)]


def parse_markup(marked: str) -> tuple[str, list[tuple[str, GoldSpan]]]:
    """Inline brackets to plain text and (label, span) pairs in the order in which the spans open."""
    text, spans, open_spans, at = "", [], [], 0
    for match in _TOKEN.finditer(marked):
        literal, labels, bare = match.groups()
        text += marked[at : match.start()] + (literal or "")
        at = match.end()
        if labels:
            open_spans.append((len(spans), labels, len(text)))
            spans.append(None)
        elif bare:
            _check(bare == "}" and open_spans, f"stray {bare!r} in {marked[max(0, match.start() - 20) : at + 20]!r}")
            index, labels, start = open_spans.pop()
            spans[index] = (labels, start, len(text))
    _check(not open_spans, f"never closed: {[labels for _, labels, _ in open_spans]}")
    text += marked[at:]
    return text, [(label, GoldSpan(a, b, text[a:b])) for labels, a, b in spans for label in labels.split(",")]


def _read_item(header: str, marked: str, tail: str) -> Item:
    name, kind, split, tags, published = [*(part.strip() for part in header.split("|")), *[""] * 4][:5]
    try:
        text, labelled = parse_markup(marked)
        tags, published = tuple(tags.split()), published or None
        for value, allowed in ((kind, KINDS), (split, SPLITS), *((tag, PHENOMENA) for tag in tags)):
            _check(value in allowed, f"{value!r} is none of {', '.join(allowed)}")
        lines = [line for line in tail.splitlines() if line.strip()]
        claims = tuple(_read_claim(line, labelled) for line in lines if not line.startswith("@"))
        sources = tuple(_read_source(line, labelled, claims) for line in lines if line.startswith("@"))
        marks = {key: tuple(span for label, span in labelled if label == mark) for mark, key in _MARKS.items()}
        numbers, keys = {str(claim.number) for claim in claims}, {source.key for source in sources}
        unknown = {x for x, _ in labelled if x not in _MARKS and x[1:] not in (keys if x[0] == "@" else numbers)}
        unknown |= {c.source_key for c in claims if c.source_key} - keys | {k for s in sources for k in s.cites} - keys
        _check(not unknown, f"no line below the text for {sorted(unknown)}")
        return Item(name, kind, split, tags, published, text, marked, claims, sources, **marks)
    except GoldError as error:
        raise GoldError(f"{name}: {error}") from error


def _read_claim(line: str, labelled: list[tuple[str, GoldSpan]]) -> GoldClaim:
    match = _CLAIM.match(line)
    _check(match, f"not a claim line: {line!r}")
    number, form, source, parent, stance, *factuality = match.groups()
    found = {letter: [span for label, span in labelled if label == letter + number] for letter in "sqc"}
    complete = (len(found["s"]), len(found["q"])) == (source != "-", 1) and found["c"]
    _check(complete, f"claim {number} needs a cue, content, and a source or a '-'")
    contents = sorted((span for label, span in labelled if label[0] == "c"), key=lambda span: len(span.text))
    hedged = {s: next((c for c in contents if c.holds(s)), None) for label, s in labelled if label == "h"}
    hedges = tuple(hedge for hedge, innermost in hedged.items() if innermost in found["c"])
    key, span, content = source[1:] or None, (*found["s"], None)[0], tuple(found["c"])
    parent, stance = parent and int(parent), None if stance == "open" else stance or "neutral"
    said, taken = (None if value == "-" else value for value in factuality)
    return GoldClaim(int(number), form, key, span, found["q"][0], content, parent, stance, said, taken, hedges)


def _read_source(line: str, labelled: list[tuple[str, GoldSpan]], claims: tuple[GoldClaim, ...]) -> GoldSource:
    match = _SOURCE.match(line)
    _check(match, f"not a source line: {line!r}")
    key, kind, name, rest = match.groups()
    _check(kind in SOURCE_TYPES, f"{kind!r} is none of {', '.join(SOURCE_TYPES)}")
    values = {"group": key, "side": None, "cites": "", **dict(word.split("=") for word in rest.split())}
    _check(len(values) == 3, f"unknown word in {line!r}")
    mentions = {span for label, span in labelled if label == f"@{key}"}
    mentions |= {claim.source for claim in claims if claim.source_key == key}
    cites = tuple(filter(None, values["cites"].split(",")))
    return GoldSource(key, kind, name, values["group"], values["side"], cites, tuple(sorted(mentions)))


def _check(good: object, message: str) -> None:
    if not good:
        raise GoldError(message)
