"""What is marked in an article: one :class:`Mark` for each stretch of each record, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kit.decisions import Decision
from kit.markup.escaping import unturned
from kit.records import BOUND_WORDS, Analysis, Claim, Quantity, Span, TimeExpression

if TYPE_CHECKING:
    from kit.decisions import Effective, Tag

Role = Literal["source", "cue", "content", "figure", "date"]
Answer = Literal["accept", "reject", "ignore"]

ROLE_OF_RECORD: dict[str, Role] = {"claim": "content", "quantity": "figure", "date": "date", "source": "source"}
SIGNS = {"accept": "✓", "reject": "✗", "ignore": "\u2013"}
ADDED = "+"


@dataclass(frozen=True)
class Mark:
    """One marked stretch of the article.

    Attributes:
        id: id of the record; a claim has several marks with one id. record: ``claim``, ``quantity`` or ``date``.
        role: what the stretch is in its record. label: the claim's number, the role, or a person's label.
        answer: the decision in force, or ``None``. added: a person made this record.
        note: one line about the record, shown on hovering. tagged: words with a label, and no record of their own.
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
    tagged: bool = False


def parts_of(
    reading: Analysis | Effective, decisions: Mapping[str, Decision] | None = None
) -> tuple[Analysis, Mapping[str, Decision], Sequence[Tag]]:
    """The records, the decisions about them and the tagged words of a reading, as the machine or people left it."""
    if isinstance(reading, Analysis):
        return reading, decisions or {}, ()
    return reading.analysis, reading.decisions, reading.tags


def marks(reading: Analysis | Effective, decisions: Mapping[str, Decision] | None = None) -> list[Mark]:
    """Everything to be marked, in reading order: attributed claims, figures, dates, and what people added.

    Rejected suggestions are included, with their answer. ``decisions`` go with an :class:`~kit.records.Analysis` and
    lend only their answers and additions; corrected spans need :func:`kit.decisions.as_decided`.
    """
    analysis, decisions, tags = parts_of(reading, decisions)
    found: list[Mark] = []
    labels = claim_labels(reading)
    for claim in attributed_claims(analysis):
        found += _claim_marks(claim, labels[claim.id], decisions.get(claim.id))
    dates = (date for date in analysis.dates if date.grain != "vague")  # a mark on each "now" would hide the others
    for record in (*analysis.quantities, *dates):
        found.append(_span_mark(analysis, record, decisions.get(record.id)))
    for tag in tags:
        found.append(_tagged(tag.id, tag.label, tag.span.start_char, tag.span.end_char, decisions.get(tag.id)))
    if isinstance(reading, Analysis):
        drawn = {mark.id for mark in found}
        for one in decisions.values():
            if one.added and one.anchor and one.target not in drawn:
                label = str(one.value.get("label") or one.record)
                found.append(_tagged(one.target, label, one.anchor.start_char, one.anchor.end_char, one))
    length = len(analysis.article.text)
    fitting = (mark for mark in found if 0 <= mark.start_char < mark.end_char <= length)
    return sorted(fitting, key=lambda mark: (mark.start_char, -mark.end_char))


def attributed_claims(analysis: Analysis) -> list[Claim]:
    """The claims that somebody is cited for, in reading order."""
    attributed = (claim for claim in analysis.claims if claim.voice == "attributed")
    return sorted(attributed, key=lambda claim: min(span.start_char for _, span in claim_parts(claim)))


def claim_labels(reading: Analysis | Effective) -> dict[str, str]:
    """What each attributed claim is called: the machine's 1, 2, … in reading order, and +1, +2, … what people added.

    So the numbers of the machine's claims stay as they are, whatever people add, and are those of the tables.
    """
    analysis = parts_of(reading)[0]
    machine = reading if isinstance(reading, Analysis) else reading.machine
    found = {claim.id: str(number) for number, claim in enumerate(attributed_claims(machine), start=1)}
    new = [claim.id for claim in attributed_claims(analysis) if claim.id not in found]
    return found | {one: f"{ADDED}{number}" for number, one in enumerate(new, start=1)}


def claim_parts(claim: Claim) -> list[tuple[Role, Span]]:
    """The spans of a claim with their roles: source, cue, then each fragment of the content."""
    heads: list[tuple[Role, Span | None]] = [("source", claim.source), ("cue", claim.cue)]
    return [(role, span) for role, span in heads if span] + [("content", span) for span in claim.content]


def reporter(analysis: Analysis, quantity: Quantity) -> str:
    """Who reports a figure, in words: the source's name, or the outlet's."""
    source = analysis.source(quantity.reporter)
    if source:
        return source.name
    return analysis.article.outlet or "the outlet itself"


def answer_sign(mark: Mark) -> str:
    """The sign of a mark's answer; what a person added carries a plus until somebody rejects it."""
    if mark.added and mark.answer in (None, "accept"):
        return "" if mark.label.startswith(ADDED) else ADDED  # the name of an added claim says so
    return SIGNS.get(mark.answer or "", "")


def _claim_marks(claim: Claim, label: str, decision: Decision | None) -> Iterator[Mark]:
    who = claim.source.text if claim.source else "nobody named"
    said = unturned(f"claim {label}: {who}, {claim.cue.text}" if claim.cue else f"claim {label}: {who}")
    for role, span in claim_parts(claim):
        note = said if role == "content" else f"claim {label}: {role}"
        yield _mark(claim.id, "claim", role, span, label, decision, note)


def _span_mark(analysis: Analysis, record: Quantity | TimeExpression, decision: Decision | None) -> Mark:
    if isinstance(record, Quantity):
        kind, note = "quantity", f"figure: {BOUND_WORDS[record.bound]}; reported by {reporter(analysis, record)}"
    else:
        kind, note = "date", f"date: {record.value or 'not resolved'}"
    role = ROLE_OF_RECORD[kind]
    return _mark(record.id, kind, role, record, role, decision, unturned(note))


def _mark(id: str, record: str, role: Role, span: Span, label: str, decision: Decision | None, note: str) -> Mark:
    answer: Any = decision.answer if decision else None
    added = bool(decision and decision.added)
    return Mark(id, record, role, span.start_char, span.end_char, label, answer, added, note)


def _tagged(id: str, label: str, start: int, end: int, decision: Decision | None) -> Mark:
    answer: Any = decision.answer if decision else "accept"
    role = ROLE_OF_RECORD.get(decision.record if decision else "", "content")
    who = (decision and decision.annotator) or "a person"
    note = unturned(f"{label}, added by {who}")
    return Mark(id, decision.record if decision else "claim", role, start, end, label, answer, True, note, tagged=True)
