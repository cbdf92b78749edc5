"""The order in which suggestions are judged, and which of them are asked for.

In: the view of an article's records as decided. Out: the suggestions to judge, first to last. Pure: the desk asks anew
after each decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from kit.checkworthiness import Fired, Worth, checkworthiness
from kit.decisions import DecisionError, Effective
from kit.decisions.seen import extent, index
from kit.records import OUTLET, Claim, Quantity

Order = Literal["reading", "checkworthy", "confidence"]
KINDS = ("claim", "quantity", "date")


@dataclass(frozen=True)
class QueueItem:
    """One suggestion to judge, or a record that a person added.

    Attributes:
        id, record: of the record. start_char, end_char: its place. answer: the decision in force, or ``None``.
        confidence: how sure the machine is of it, of a figure that of its claim; ``None`` where it cannot tell.
        score, why: check-worthiness, 0 to 1, of a figure that of its claim; 0 where there is none.
    """

    id: str
    record: str
    start_char: int
    end_char: int
    answer: str | None = None
    confidence: float | None = None
    score: float = 0.0
    why: tuple[Fired, ...] = ()


def queue(
    view: Effective,
    *,
    order: Order = "reading",
    kinds: Sequence[str] = KINDS,
    voice: str | None = None,
    source: str | None = None,
    undecided: bool = False,
    worth: Mapping[str, Worth] | None = None,
) -> list[QueueItem]:
    """The suggestions in the order in which to judge them.

    Args:
        view: the records as decided.
        order: ``reading``; ``checkworthy``, highest score first; ``confidence``, lowest first and unknown last. What is
            equal stays in reading order.
        kinds: record kinds to ask for; "source" is possible too.
        voice: ``attributed``, ``outlet`` or ``question``: claims of this voice and the figures in them; a figure in no
            claim is the outlet's. By default what there is to judge: every attributed claim, every figure, every date.
        source: id of a source or name of a source group: only its claims and figures.
        undecided: leave out what somebody answered.
        worth: :func:`kit.checkworthiness.checkworthiness` of the view. By default the kit's, and only where the order
            asks for it; items of other orders have no score then.

    Raises:
        DecisionError: no such order.
    """
    if order not in get_args(Order):
        raise DecisionError(f"no order {order!r}; one of {', '.join(get_args(Order))}")
    if worth is None:
        worth = checkworthiness(view) if order == "checkworthy" else {}
    claims = {claim.id: claim for claim in view.analysis.claims}
    found = [
        _item(view, kind, record, claims, worth)
        for kind, record in index(view.analysis).values()
        if kind in kinds and _wanted(view, kind, record, claims, voice, source) and extent(record)
    ]
    if undecided:
        found = [item for item in found if item.answer is None]
    found.sort(key=lambda item: (item.start_char, -item.end_char))
    if order == "checkworthy":
        found.sort(key=lambda item: -item.score)
    if order == "confidence":
        found.sort(key=lambda item: (item.confidence is None, item.confidence or 0.0))
    return found


def _wanted(
    view: Effective, kind: str, record: object, claims: dict[str, Claim], voice: str | None, source: str | None
) -> bool:
    if isinstance(record, Claim):
        named = record.source.source_id if record.source else None
        heard = record.voice == (voice or "attributed")
    elif isinstance(record, Quantity):
        named, claim = record.reporter, claims.get(record.claim_id or "")
        heard = voice is None or voice == (claim.voice if claim else OUTLET)
    else:  # a date is nobody's words
        return voice is None and (source is None or (kind == "source" and getattr(record, "id", None) == source))
    known = view.record(named or "")
    return heard and (source is None or source in (named, getattr(known, "group", None)))


def _item(
    view: Effective, kind: str, record: object, claims: dict[str, Claim], worth: Mapping[str, Worth]
) -> QueueItem:
    place = extent(record) or (0, 0)
    claim = record if isinstance(record, Claim) else claims.get(getattr(record, "claim_id", None) or "")
    known = worth.get(claim.id) if claim else None
    confidence, score, why = claim.confidence if claim else None, *((known.score, known.fired) if known else (0.0, ()))
    target = record.id  # type: ignore[attr-defined]
    return QueueItem(target, kind, *place, view.answer(target), confidence, score, why)
