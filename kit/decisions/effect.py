"""From decisions to the records as decided: every edit, merge, split and link applied.

In: the machine's analysis and the decisions in force. Out: :class:`~kit.decisions.view.Effective`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from kit.decisions.applying import applied
from kit.decisions.folding import QUIET, Decision
from kit.decisions.seen import changes, extent, index
from kit.decisions.sources import Register, register
from kit.decisions.strays import Stray
from kit.decisions.view import Effective, Tag
from kit.records import OUTLET, Analysis, Claim, Quantity, RecordError

_FIELDS = {"claim": "claims", "quantity": "quantities", "source": "sources", "date": "dates"}


def effective(
    analysis: Analysis, decisions: Mapping[str, Decision] | None = None, *, before: Effective | None = None
) -> Effective:
    """The view of decisions that belong to this reading (see :class:`~kit.decisions.ledger.Ledger` for a whole log).

    ``before``, the view before the last event, makes a desk quick and changes nothing else.
    """
    decisions = decisions or {}
    work = _Work(analysis, decisions, before if before and before.machine is analysis else None)
    made = register(analysis.article, list(work.records("source")), decisions)
    work.broken += [(target, why) for target, why in made.broken]
    claims = [work.attributed(claim, made) for claim in work.records("claim")]
    quantities = work.linked(list(work.records("quantity")), claims, made)
    parts = {"claims": claims, "quantities": quantities, "dates": list(work.records("date")), "sources": made.decided()}
    changed = {name: tuple(found) for name, found in parts.items() if tuple(found) != getattr(analysis, name)}
    return Effective(
        analysis=replace(analysis, **changed) if changed else analysis,
        machine=analysis,
        decisions=decisions,
        tags=tuple(work.tags),
        merged={one: made.root(one) or one for one in made.into},
        strays=tuple(work.strays(made.origin)),
        origin=made.origin,
        applied=work.applied,
    )


class _Work:
    """The decisions on their way into the records, and what went wrong on it."""

    def __init__(self, analysis: Analysis, decisions: Mapping[str, Decision], before: Effective | None) -> None:
        self.analysis, self.decisions, self.before = analysis, decisions, before
        self.applied: dict[str, Any] = {}
        self.known = index(analysis)
        self.tags: list[Tag] = []
        self.broken: list[tuple[str, str]] = []

    def records(self, kind: str) -> Iterator[Any]:
        """The machine's records of a kind as people corrected them, then those that people added."""
        for record in getattr(self.analysis, _FIELDS[kind]):
            decision = self.decisions.get(record.id)
            if decision is None or not decision.value.keys() - QUIET:
                yield record
            else:
                yield self._applied(kind, record, decision) or record
        for decision in self.decisions.values():
            if decision.added and decision.record == kind and decision.target not in self.known:
                record = self._applied(kind, None, decision)
                if record is not None and is_tag(decision):
                    self.tags.append(Tag(record.id, str(decision.value["label"]), record.content[0]))
                elif record is not None:
                    yield record

    def _applied(self, kind: str, record: Any, decision: Decision) -> Any:
        target = decision.target
        if self.before and target in self.before.applied and self.before.decisions.get(target) == decision:
            self.applied[target] = self.before.applied[target]
            return self.applied[target]
        try:
            self.applied[target] = applied(self.analysis.article, kind, record, decision)
        except RecordError as error:
            self.broken.append((target, str(error)))
        return self.applied.get(target)

    def attributed(self, claim: Claim, made: Register) -> Claim:
        """The claim with the source that it goes to now."""
        decision, source = self.decisions.get(claim.id), claim.source
        if source is not None and decision is not None and decision.value.get("source"):
            source = made.add_mention(self.analysis.article, source, decision)
        else:
            source = made.attributed(source)
        return claim if source is claim.source else replace(claim, source=source)

    def linked(self, quantities: list[Quantity], claims: list[Claim], made: Register) -> list[Quantity]:
        """The figures with their claims and reporters.

        A figure follows its claim's source, unless a person named its reporter; the machine's reading stands where a
        decision leads to a claim or source that is not there.
        """
        before = {claim.id: claim.source.source_id if claim.source else OUTLET for claim in self.analysis.claims}
        now = {claim.id: claim.source.source_id if claim.source else OUTLET for claim in claims}
        found = []
        for figure in quantities:
            value = self.decisions[figure.id].value if figure.id in self.decisions else {}
            known = self.known.get(figure.id)
            suggested = known[1] if known else replace(figure, claim_id=None, reporter=OUTLET)
            claim_id, reporter = figure.claim_id, made.root(figure.reporter)
            if "claim_id" in value and claim_id is not None and claim_id not in now:
                self.broken.append((figure.id, f"a link to a claim that is not there ({claim_id})"))
                claim_id = suggested.claim_id
            if "reporter" in value and reporter != OUTLET and reporter not in made.sources:
                self.broken.append((figure.id, f"a reporter that is no source ({reporter})"))
                reporter = made.root(suggested.reporter)
            elif "reporter" not in value and claim_id != suggested.claim_id:
                reporter = now[claim_id] if claim_id else OUTLET
            elif "reporter" not in value and claim_id in now and figure.reporter == before.get(claim_id):
                reporter = now[claim_id]
            same = (claim_id, reporter) == (figure.claim_id, figure.reporter)
            found.append(figure if same else replace(figure, claim_id=claim_id, reporter=reporter or OUTLET))
        return found

    def strays(self, made_sources: Mapping[str, str]) -> Iterator[Stray]:
        """The decisions that do not stand as they were taken."""
        for decision in self.decisions.values():
            target, known = decision.target, self.known.get(decision.target)
            if known is None and not decision.added and target not in made_sources:
                yield Stray.vanished(decision, self.analysis)
            elif known is not None and decision.seen:
                different = changes(decision.seen, known[1])
                if different:
                    yield Stray.changed(decision, different, self._words(known[1]))
        for target, why in self.broken:
            decision, known = self.decisions[target], self.known.get(target)
            yield Stray.broken(decision, why, self._words(known[1]) if known else "")

    def _words(self, record: Any) -> str:
        span = extent(record)
        return self.analysis.article.text[span[0] : span[1]] if span else ""


def is_tag(decision: Decision) -> bool:
    """Whether an added record of the kind claim is words with a label of their own, and no claim."""
    label = decision.value.get("label")
    return decision.record == "claim" and label not in (None, "claim") and "voice" not in decision.value
