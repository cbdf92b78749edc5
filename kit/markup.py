"""Text and records to static, escaped HTML: the article as a reader's page, with what was found marked in it.

In: an :class:`~kit.records.Analysis` and, where there are any, the decisions in force. Out: :class:`Mark` and
:class:`Piece` records, which the tagging widget draws too, and one HTML fragment that carries its own CSS.

Article text is hostile: all of it is escaped, and bidirectional controls cannot reorder what stands outside their
piece. Nothing here edits the text: the character data of the fragment's ``.kit-text`` element is the article,
character for character; numbers and labels are drawn by CSS from attributes. Only characters that HTML cannot hold
are shown as pictures, one for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from kit.decisions import Decision
from kit.records import BOUND_WORDS, Analysis, Claim, Quantity, Segment, Span, TimeExpression

Role = Literal["source", "cue", "content", "figure", "date"]
Answer = Literal["accept", "reject", "ignore"]

ROLE_OF_RECORD: dict[str, Role] = {"claim": "content", "quantity": "figure", "date": "date", "source": "source"}
SIGNS = {"accept": "✓", "reject": "✗", "ignore": "\u2013"}
ANSWERED = {
    "✓": "✓ accepted by a person",
    "✗": "✗ rejected by a person",
    "\u2013": "\u2013 left open by a person",
    "+": "+ added by a person",
}
VOICES = {"outlet": "outlet", "question": "question"}  # attributed words are shaded, a paragraph of its own is named
FURNITURE = "page furniture, not read"
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LEGEND = (
    ("kit-source", "source", "who is cited"),
    ("kit-cue", "cue", "the words that cite"),
    ("kit-content kit-content-start kit-content-end", "claim", "what is said, with its number"),
    ("kit-figure kit-figure-start kit-figure-end", "figure", "a reported number"),
    ("kit-date", "date", "a day or time"),
)


@dataclass(frozen=True)
class Mark:
    """One marked stretch of the article.

    Attributes:
        id: id of the record; a claim has several marks with one id. record: ``claim``, ``quantity`` or ``date``.
        role: what the stretch is in its record. label: visible text, such as the claim's number.
        answer: the decision in force, or ``None``. added: a person made this record.
        note: one line about the record, shown on hovering.
    """

    id: str
    record: str
    role: Role
    start_char: int
    end_char: int
    label: str
    answer: Answer | None = None
    added: bool = False
    note: str = ""


@dataclass(frozen=True)
class Piece:
    """Characters between two neighbouring edges, with the marks that cover them, outermost first."""

    start_char: int
    end_char: int
    text: str
    marks: tuple[Mark, ...] = ()


def marks(analysis: Analysis, decisions: Mapping[str, Decision] | None = None) -> list[Mark]:
    """Everything to be marked, in reading order: attributed claims, figures, dates, and what people added.

    Rejected suggestions are included, with their answer. Spans that a person edited (``value`` of the decision)
    take the place of the machine's.
    """
    decisions = decisions or {}
    found: list[Mark] = []
    for number, claim in enumerate(attributed_claims(analysis), start=1):
        found += _claim_marks(claim, number, decisions.get(claim.id))
    for record in (*analysis.quantities, *analysis.dates):
        found.append(_span_mark(analysis, record, decisions.get(record.id)))
    suggested = {mark.id for mark in found}
    added = (one for one in decisions.values() if one.added and one.anchor and one.target not in suggested)
    found += [_added_mark(one) for one in added]
    length = len(analysis.article.text)
    fitting = (mark for mark in found if 0 <= mark.start_char < mark.end_char <= length)
    return sorted(fitting, key=lambda mark: (mark.start_char, -mark.end_char))


def attributed_claims(analysis: Analysis) -> list[Claim]:
    """The claims that somebody is cited for, in reading order: claim 1 is the first of these."""
    attributed = (claim for claim in analysis.claims if claim.voice == "attributed")
    return sorted(attributed, key=lambda claim: min(span.start_char for _, span in claim_parts(claim)))


def claim_parts(claim: Claim) -> list[tuple[Role, Span]]:
    """The spans of a claim with their roles: source, cue, then each fragment of the content."""
    heads: list[tuple[Role, Span | None]] = [("source", claim.source), ("cue", claim.cue)]
    return [(role, span) for role, span in heads if span] + [("content", span) for span in claim.content]


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
    for segment in sorted(analysis.article.segments, key=lambda one: one.start_char):
        start = max(at, segment.start_char)
        if start >= segment.end_char:
            continue
        if start > at:
            found.append(("gap", at, start, ""))
        voice = "" if segment.kind == "boilerplate" else _voice(analysis, segment)
        found.append((segment.kind, start, segment.end_char, voice))
        at = segment.end_char
    return [*found, ("gap", at, length, "")] if at < length else found


def article_html(
    analysis: Analysis,
    decisions: Mapping[str, Decision] | None = None,
    *,
    title: bool = True,
    legend: bool = True,
    rejected: bool = False,
) -> str:
    """The article as one HTML fragment that needs no other file; the first piece of a record is ``#m-<id>``.

    Args:
        analysis: the machine's reading.
        decisions: the decisions in force, by record id (:func:`kit.decisions.fold`).
        title: show outlet and date above, and the headline as ``h1``; without it the headline is a paragraph.
        legend: explain the marks above the text.
        rejected: draw rejected suggestions too.
    """
    found = [mark for mark in marks(analysis, decisions) if rejected or mark.answer != "reject"]
    parts = [f"<style>\n{css()}</style>", '<article class="kit-article">']
    parts += [_byline(analysis)] if title else []
    parts += [_legend(found)] if legend else []
    parts += ['<div class="kit-text">', *_text_html(analysis, found, title=title), "</div></article>"]
    return "".join(parts)


@cache
def css() -> str:
    """The style sheet of the marks, for the static page and the widget alike."""
    return Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


def safe(text: str) -> str:
    """Escape text for HTML; what HTML cannot hold becomes a picture of it, one character for one."""
    return escape("".join(map(_showable, text)) if not text.isprintable() else text).replace("\r", "&#13;")


def _showable(character: str) -> str:
    code = ord(character)
    if (code < 0x20 and character not in "\t\n\f\r") or code == 0x7F:
        return chr(0x2421 if code == 0x7F else 0x2400 + code)
    broken = 0x80 <= code < 0xA0 or 0xD800 <= code < 0xE000 or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return "\ufffd" if broken else character


def _claim_marks(claim: Claim, number: int, decision: Decision | None) -> Iterator[Mark]:
    edited, answer, label = decision.value if decision else {}, _answer(decision), str(number)
    for role, span in claim_parts(claim):
        if role != "content":
            start, end = _edges(edited.get(role)) or (span.start_char, span.end_char)
            yield Mark(claim.id, "claim", role, start, end, label, answer, note=f"claim {number}: {role}")
    rewritten = edited.get("content")
    content = [_edges(one) for one in rewritten] if isinstance(rewritten, list) and rewritten else [None]
    if None in content:
        content = [(span.start_char, span.end_char) for span in claim.content]
    for start, end in content:
        yield Mark(claim.id, "claim", "content", start, end, label, answer, note=_said(claim, number))


def _said(claim: Claim, number: int) -> str:
    who = claim.source.text if claim.source else "nobody named"
    return f"claim {number}: {who}, {claim.cue.text}" if claim.cue else f"claim {number}: {who}"


def _span_mark(analysis: Analysis, record: Quantity | TimeExpression, decision: Decision | None) -> Mark:
    start, end = _edges(decision and decision.value) or (record.start_char, record.end_char)
    if isinstance(record, Quantity):
        kind, note = "quantity", f"figure: {BOUND_WORDS[record.bound]}; reported by {reporter(analysis, record)}"
    else:
        kind, note = "date", f"date: {record.value or 'not resolved'}"
    role = ROLE_OF_RECORD[kind]
    return Mark(record.id, kind, role, start, end, role, _answer(decision), note=note)


def reporter(analysis: Analysis, quantity: Quantity) -> str:
    """Who reports a figure, in words: the source's name, or the outlet's."""
    source = analysis.source(quantity.reporter)
    if source:
        return source.name
    return analysis.article.outlet or "the outlet itself"


def _added_mark(decision: Decision) -> Mark:
    start, end = _edges(decision.value) or (decision.anchor.start_char, decision.anchor.end_char)
    label = str(decision.value.get("label") or decision.record)
    role = ROLE_OF_RECORD.get(decision.record, "content")
    note = f"{label}, added by {decision.annotator or 'a person'}"
    return Mark(decision.target, decision.record, role, start, end, label, _answer(decision), added=True, note=note)


def _answer(decision: Decision | None) -> Any:
    return decision.answer if decision else None


def _edges(value: Any) -> tuple[int, int] | None:
    """Edited offsets, where a value holds a pair of them; anything else leaves the span as it was."""
    if not isinstance(value, Mapping):
        return None
    start, end = value.get("start_char"), value.get("end_char")
    return (start, end) if type(start) is int and type(end) is int and 0 <= start < end else None


def _voice(analysis: Analysis, segment: Segment) -> str:
    """The one voice of a segment, or ``mixed``; empty where nothing was read."""
    text, heard = analysis.article.text, set()
    for voice in analysis.voices:
        start, end = max(voice.start_char, segment.start_char), min(voice.end_char, segment.end_char)
        if start < end and any(map(str.isalnum, text[start:end])):
            heard.add(voice.voice)
    if heard == {"outlet", "question"}:  # a question that nobody is cited for is the outlet's as well
        return "outlet"
    return heard.pop() if len(heard) == 1 else "mixed" if heard else ""


def _text_html(analysis: Analysis, found: list[Mark], *, title: bool) -> Iterator[str]:
    outline = blocks(analysis)
    cut = pieces(analysis.article.text, found, cuts=[start for _, start, _, _ in outline])
    shown: set[str] = set()
    at, before = 0, ""
    for kind, _, end, voice in outline:
        inside = []
        while at < len(cut) and cut[at].end_char <= end:
            inside.append(cut[at])
            at += 1
        if kind == "gap" and all(piece.text.isspace() for piece in inside):
            yield safe("".join(piece.text for piece in inside))
            continue
        body = "".join(_piece_html(piece, shown) for piece in inside)
        yield _block_html(kind, voice, body, first=kind != before, title=title)
        before = kind


def _block_html(kind: str, voice: str, body: str, *, first: bool, title: bool) -> str:
    tag = "h1" if kind == "headline" and title else "p"
    label = FURNITURE if kind == "boilerplate" else VOICES.get(voice, "")
    attributes = f' class="kit-{kind}" dir="auto"' + (f' data-voice="{voice}"' if voice else "")
    if label and (first or kind != "boilerplate"):
        attributes += f' data-label="{label}"'
    return f"<{tag}{attributes}>{body}</{tag}>"


def _piece_html(piece: Piece, shown: set[str]) -> str:
    """One piece; a record's first piece is the target of ``#m-<id>``, further ids get an empty element in it."""
    if not piece.marks:
        text = safe(piece.text)
        return f"<bdi>{text}</bdi>" if BIDI_CONTROLS.intersection(piece.text) else text
    ids = list(dict.fromkeys(mark.id for mark in piece.marks))
    new = [one for one in ids if one not in shown]
    shown.update(new)
    anchors = "".join(f'<span id="m-{escape(one)}"></span>' for one in new[1:])
    attributes = f' id="m-{escape(new[0])}"' if new else ""
    attributes += f' class="{" ".join(_classes(piece))}" data-id="{escape(" ".join(ids))}"'
    attributes += f' data-start="{piece.start_char}" data-end="{piece.end_char}"'
    tags = [_tag(mark) for mark in piece.marks if mark.start_char == piece.start_char and _tag(mark)]
    attributes += f' data-tag="{safe(" ".join(tags))}"' if tags else ""
    signs = [_sign(mark) for mark in piece.marks if mark.end_char == piece.end_char and _sign(mark)]
    attributes += f' data-sign="{" ".join(signs)}"' if signs else ""
    notes = dict.fromkeys(mark.note for mark in piece.marks if mark.note)
    attributes += f' title="{safe("; ".join(notes))}"' if notes else ""
    return f"<mark{attributes}>{anchors}{safe(piece.text)}</mark>"


def _classes(piece: Piece) -> list[str]:
    found = []
    for mark in piece.marks:
        found.append(f"kit-{mark.role}")
        found += [f"kit-{mark.role}-start"] if mark.start_char == piece.start_char else []
        found += [f"kit-{mark.role}-end"] if mark.end_char == piece.end_char else []
        found += ["kit-added"] if mark.added else []
    if sum(mark.role == "content" for mark in piece.marks) > 1:
        found.append("kit-deep")
    return list(dict.fromkeys(found))


def _tag(mark: Mark) -> str:
    """What CSS writes before a mark: the number or label of a content, and the answer where there is one."""
    if mark.role != "content" and not mark.added:
        return ""
    return f"{mark.label}\u00a0{'+' if mark.added else SIGNS.get(mark.answer or '', '')}".rstrip("\u00a0")


def _sign(mark: Mark) -> str:
    """What CSS writes behind a figure or date: the answer to it, apart from the number of a claim that starts there."""
    return SIGNS.get(mark.answer or "", "") if mark.role in ("figure", "date") and not mark.added else ""


def _byline(analysis: Analysis) -> str:
    article = analysis.article
    known = (article.outlet, article.published and article.published.isoformat())
    facts = [safe(one) for one in known if one]
    if article.title and not any(segment.kind == "headline" for segment in article.segments):
        return f'<header class="kit-byline"><h1 dir="auto">{safe(article.title)}</h1>{" · ".join(facts)}</header>'
    return f'<header class="kit-byline">{" · ".join(facts)}</header>' if facts else ""


def _legend(found: Sequence[Mark]) -> str:
    """Name what is in the text, drawn as it is drawn there."""
    roles = {mark.role for mark in found}
    shown = [one for one in LEGEND if one[0].split()[0].removeprefix("kit-") in roles]
    keys = [f'<mark class="{classes}"{_sample(classes)}>{name}</mark> {what}' for classes, name, what in shown]
    keys.append("unmarked: the outlet's own words")
    keys += [what for sign, what in ANSWERED.items() if any(sign in _tag(mark) + _sign(mark) for mark in found)]
    return f'<div class="kit-legend">{"".join(f"<span>{key}</span>" for key in keys)}</div>'


def _sample(classes: str) -> str:
    return ' data-tag="1"' if "content" in classes else ""
