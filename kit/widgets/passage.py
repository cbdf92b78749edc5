"""One figure or date in its paragraph, with the claim that it stands in: static, escaped HTML.

In: the records as decided, and the id of one of them. Out: a fragment that uses the style sheet of
:func:`kit.markup.css`. The claim is shown whole, also where its source is named in another paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from kit.decisions import Effective
from kit.markup import BIDI_CONTROLS, Mark, Piece, blocks, claim_labels, claim_parts, marks, pieces, reporter, safe
from kit.records import BOUND_WORDS, Analysis, Claim, Quantity, TimeExpression

ANSWERS = {"accept": "accepted", "reject": "rejected", "ignore": "left open"}
APART = "[…]"  # between paragraphs that do not follow each other in the article


def passage_html(view: Effective, record_id: str) -> str:
    """The paragraph of a figure or date and those of its claim, then what is known about it; "" for another record."""
    record = view.record(record_id)
    if not isinstance(record, Quantity | TimeExpression):
        return ""
    claim = _claim_of(view, record)
    spans = [(record.start_char, record.end_char)]
    spans += [(span.start_char, span.end_char) for _, span in claim_parts(claim)] if claim else []
    shown = [mark for mark in marks(view) if mark.id in {record.id, claim.id if claim else record.id}]
    text = "".join(_blocks_html(view.analysis, spans, shown, record_id))
    facts = "".join(
        f"<div><dt>{name}</dt><dd><bdi>{safe(value)}</bdi></dd></div>" for name, value in _facts(view, record, claim)
    )
    return f'<div class="kit-text">{text}</div><dl class="kit-facts">{facts}</dl>'


def _claim_of(view: Effective, record: Quantity | TimeExpression) -> Claim | None:
    """The claim of a figure; for a date the narrowest that it stands in."""
    if isinstance(record, Quantity):
        found = view.record(record.claim_id) if record.claim_id else None
        return found if isinstance(found, Claim) else None
    around = []
    for claim in view.analysis.claims:
        ends = [end for _, span in claim_parts(claim) for end in (span.start_char, span.end_char)]
        if claim.voice == "attributed" and min(ends) <= record.start_char and record.end_char <= max(ends):
            around.append((max(ends) - min(ends), claim))
    return min(around, key=lambda one: one[0], default=(0, None))[1]


def _blocks_html(analysis: Analysis, spans: Iterable[tuple[int, int]], shown: list[Mark], chosen: str) -> Iterable[str]:
    spans = list(spans)
    outline = [(start, end) for kind, start, end, _ in blocks(analysis) if kind != "gap"]
    outline = outline or [(0, len(analysis.article.text))]
    kept = [block for block in outline if any(start < block[1] and block[0] < end for start, end in spans)]
    cut = pieces(analysis.article.text, shown, cuts=[edge for block in kept for edge in block])
    place = {block: n for n, block in enumerate(outline)}
    for before, (start, end) in pairwise([None, *kept]):
        if before and place[start, end] - place[before] > 1:
            yield f'<p class="kit-apart">{APART}</p>'
        inside = (piece for piece in cut if start <= piece.start_char and piece.end_char <= end)
        yield f'<p dir="auto">{"".join(_piece_html(piece, chosen) for piece in inside)}</p>'


def _piece_html(piece: Piece, chosen: str) -> str:
    text = safe(piece.text)
    if not piece.marks:
        return f"<bdi>{text}</bdi>" if BIDI_CONTROLS.intersection(piece.text) else text
    classes, attributes = [], ""
    for mark in piece.marks:
        starts, ends = mark.start_char == piece.start_char, mark.end_char == piece.end_char
        classes.append(f"kit-{mark.role}")
        classes += [f"kit-{mark.role}-start"] * starts + [f"kit-{mark.role}-end"] * ends
        classes += ["kit-chosen"] * (mark.id == chosen)
        if mark.role == "content" and starts:
            attributes = f' data-tag="{safe(mark.label)}"'
        if mark.role in ("source", "cue") and ends:
            attributes += f' data-sign="{safe(mark.label)}"'
    inner = f"<strong>{text}</strong>" if "kit-chosen" in classes else text
    return f'<mark class="{" ".join(dict.fromkeys(classes))}"{attributes}>{inner}</mark>'


def _facts(view: Effective, record: Quantity | TimeExpression, claim: Claim | None) -> Iterable[tuple[str, str]]:
    """What is known about the record and its claim, by name; what is not stated is said to be not stated."""
    if isinstance(record, Quantity):
        yield "Bound", BOUND_WORDS[record.bound]
        yield "Reported by", reporter(view.analysis, record)
        for name, span in (("Affected", record.affected), ("Place", record.place)):
            yield name, span.text if span else "not stated"
        inherited = " (taken over from the text before)" if record.date and record.date.inherited else ""
        yield "Event date", f"{record.date.value}{inherited}" if record.date else "not stated"
    else:
        yield "Date", record.value or "not resolved"
    yield "Decision", _decision(view, record.id)
    if claim is None:
        yield "Claim", "none: the article's own words"
        return
    label = claim_labels(view).get(claim.id, "")
    parts = [("source", claim.source.text if claim.source else "nobody named")]
    parts += [("cue", f"{claim.cue.text} ({claim.cue.stance})")] if claim.cue else []
    yield f"Claim {label}".rstrip(), "; ".join(f"{name}: {words}" for name, words in parts)
    yield "Says", " … ".join(span.text for span in claim.content)
    yield "Claim decided", _decision(view, claim.id)


def _decision(view: Effective, record_id: str) -> str:
    decision = view.decision(record_id)
    if decision is None or decision.answer is None:
        return "nobody decided"
    return f"{ANSWERS[decision.answer]} by {decision.annotator}" if decision.annotator else ANSWERS[decision.answer]
