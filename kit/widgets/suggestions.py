"""What the tagging widget lists: one suggestion per claim, figure and date, in words a person can judge.

In: an analysis and the decisions in force. Out: :class:`Suggestion` records in reading order. Plain text only;
nothing here knows how it is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kit.decisions import Decision
from kit.markup import Mark, attributed_claims, claim_parts, marks, reporter
from kit.records import BOUND_WORDS, Analysis, Claim, Quantity, Span, TimeExpression

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Suggestion:
    """One thing to judge.

    Attributes:
        id: id of the record. record: ``claim``, ``quantity`` or ``date``; what people added has its record kind.
        start_char, end_char: from the first to the last character of all its spans.
        name: what it is called here, such as "Claim 3". title: its words.
        fields: name and text of each thing to check. added: a person made it.
    """

    id: str
    record: str
    start_char: int
    end_char: int
    name: str
    title: str
    fields: Fields = ()
    added: bool = False


def suggestions(analysis: Analysis, decisions: Mapping[str, Decision] | None = None) -> list[Suggestion]:
    """Everything to judge in ``analysis``, and what people added, in reading order."""
    found = [_claim(analysis, claim, number) for number, claim in enumerate(attributed_claims(analysis), start=1)]
    for number, quantity in enumerate(sorted(analysis.quantities, key=_place), start=1):
        found.append(_of_span("quantity", quantity, f"Figure {number}", _figure_fields(analysis, quantity)))
    for number, date in enumerate(sorted(analysis.dates, key=_place), start=1):
        found.append(_of_span("date", date, f"Date {number}", _date_fields(date)))
    text = analysis.article.text
    found += [_added(mark, text) for mark in marks(analysis, decisions) if mark.added]
    return sorted(found, key=lambda one: (one.start_char, -one.end_char))


def _place(span: Span) -> int:
    return span.start_char


def _claim(analysis: Analysis, claim: Claim, number: int) -> Suggestion:
    spans = [span for _, span in claim_parts(claim)]
    start, end = min(span.start_char for span in spans), max(span.end_char for span in spans)
    said = " … ".join(span.text for span in claim.content)
    source = analysis.source(claim.source.source_id) if claim.source else None
    who = claim.source.text if claim.source else "nobody named"
    known = f" ({source.name})" if source and source.name != who else ""
    cue = claim.cue.text if claim.cue else "none"
    stance = f" ({claim.cue.stance})" if claim.cue and claim.cue.stance != "neutral" else ""
    fields = [("Source", who + known), ("Cue", cue + stance), ("Claim", said), ("Form", claim.form)]
    if claim.hedges:
        fields.append(("Hedged by", ", ".join(hedge.text for hedge in claim.hedges)))
    if claim.flags:
        fields.append(("Mind", ", ".join(f"{flag.text} ({flag.kind})" for flag in claim.flags)))
    if claim.why:
        fields.append(("Found by", ", ".join(claim.why)))
    return Suggestion(claim.id, "claim", start, end, f"Claim {number}", f"{who}: {said}", tuple(fields))


def _of_span(record: str, span: Quantity | TimeExpression, name: str, fields: Fields) -> Suggestion:
    return Suggestion(span.id, record, span.start_char, span.end_char, name, span.text, fields)


def _figure_fields(analysis: Analysis, quantity: Quantity) -> Fields:
    unit = quantity.unit or quantity.counted or "no unit"
    bound = BOUND_WORDS[quantity.bound]
    fields = [("Figure", quantity.text), ("Bound", bound), ("Value", f"{_value(quantity)} ({unit})")]
    fields.append(("Reported by", reporter(analysis, quantity)))
    heads = (("Befalls", quantity.affected), ("Done by", quantity.actor), ("Place", quantity.place))
    fields += [(name, span.text) for name, span in heads if span]
    if quantity.date:
        fields.append(("Date", quantity.date.value + (" (taken over from before)" if quantity.date.inherited else "")))
    return tuple(fields)


def _value(quantity: Quantity) -> str:
    if quantity.bound == "range" and quantity.low is not None and quantity.high is not None:
        return f"{quantity.low:,} to {quantity.high:,}"
    return "no number" if quantity.value is None else f"{quantity.value:,}"


def _date_fields(date: TimeExpression) -> Fields:
    read = date.value or "not resolved"
    fields = [("Words", date.text), ("Read as", f"{read} ({date.kind}, to the {date.grain})")]
    return (*fields, ("Or", ", ".join(date.alternatives))) if date.alternatives else tuple(fields)


def _added(mark: Mark, text: str) -> Suggestion:
    words = text[mark.start_char : mark.end_char]
    fields = (("Label", mark.label), ("Words", words))
    name = mark.label[:1].upper() + mark.label[1:]
    return Suggestion(mark.id, mark.record, mark.start_char, mark.end_char, name, words, fields, added=True)
