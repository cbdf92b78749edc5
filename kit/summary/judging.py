"""What people decided, who they are and when, and what nobody decided.

In: the records as decided, and the log. Out: tables, a row per person and a row per open suggestion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from kit.decisions import Effective, undone_ids
from kit.markup import attributed_claims, claim_labels
from kit.records import Annotation, Claim
from kit.summary.claims import is_open
from kit.summary.sentences import Part, Sentence, count, listed, sentence

KINDS = {"claim": "claim", "quantity": "figure", "date": "date"}
DECIDER_COLUMNS = ("annotator", "decided", "first", "last")
OPEN_COLUMNS = ("id", "kind", "n", "words", "left_open_by")
_DONE = {
    "accept": "accepted", "reject": "rejected", "ignore": "left open", "add": "added", "edit": "corrected",
    "link": "linked", "merge": "merged", "split": "split", "grade": "graded", "label": "labelled", "note": "noted",
}  # fmt: skip


def deciders(events: Iterable[Annotation]) -> pd.DataFrame:
    """One row per person: what they did, as counts, and the times of their first and last entry in force."""
    events = list(events)
    undone = undone_ids(events)
    found: dict[str, list[Annotation]] = {}
    for event in events:
        if event.action != "undo" and event.id not in undone:
            found.setdefault(event.annotator, []).append(event)
    rows = []
    for who, some in found.items():
        done = Counter(_DONE[event.action] for event in some)
        times = sorted(event.created for event in some)
        rows.append((who, ", ".join(f"{n} {name}" for name, n in done.items()), times[0], times[-1]))
    return pd.DataFrame(rows, columns=list(DECIDER_COLUMNS), dtype="string")


def open_suggestions(view: Effective) -> pd.DataFrame:
    """One row per suggestion that nobody accepted or rejected, in reading order; ``by`` is who left it open."""
    labels, rows = claim_labels(view), []
    for kind, record in _suggestions(view):
        if is_open(view, record.id):
            decision = view.decision(record.id)
            span = min(_spans(record), key=lambda one: one.start_char)
            words = " … ".join(one.text for one in record.content) if isinstance(record, Claim) else record.text
            left = decision.annotator if decision and decision.answer == "ignore" else None
            rows.append((span.start_char, record.id, KINDS[kind], labels.get(record.id), words, left))
    rows.sort(key=lambda row: row[0])
    return pd.DataFrame([row[1:] for row in rows], columns=list(OPEN_COLUMNS), dtype="string")


def undecided_sentence(view: Effective) -> Sentence:
    """How many suggestions of each kind nobody decided: "nobody accepted or rejected 5 of 11 claims"."""
    total = Counter(kind for kind, _ in _suggestions(view))
    still = Counter(kind for kind, record in _suggestions(view) if is_open(view, record.id))
    if not total:
        return sentence("The machine suggested nothing")
    if not still:
        return sentence(f"Nothing: all {sum(total.values())} suggestions were accepted or rejected")
    each = [Part(f"{still[kind]} of {count(total[kind], KINDS[kind])}") for kind in KINDS if total[kind]]
    return sentence(
        "Nobody accepted or rejected ", listed(each), "; what nobody judged stands as the machine suggested it"
    )


def _suggestions(view: Effective) -> Iterable[tuple[str, Any]]:
    """What the machine suggested and people are asked about."""
    for claim in attributed_claims(view.machine):
        yield "claim", view.record(claim.id) or claim
    for figure in view.machine.quantities:
        yield "quantity", view.record(figure.id) or figure
    for date in view.machine.dates:
        yield "date", view.record(date.id) or date


def _spans(record: Any) -> tuple[Any, ...]:
    return record.content if isinstance(record, Claim) else (record,)
