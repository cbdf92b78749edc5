"""How far annotators agree: Cohen's kappa on what they judged, span F1 on what each added.

In: the reading and the log. Out: one row per measure and pair of annotators. Each annotator's own decisions count, as
they were taken: events that settle a difference are left out.

Kappa (Cohen 1960) is the agreement beyond what two annotators with these shares of answers would reach by chance. Kappa
and F1 are NLTK's; here stands what is compared. Where a measure is not defined its value is missing and ``reason`` says
why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from kit.decisions import Effective, as_decided
from kit.decisions.seen import extent
from kit.records import Analysis, Annotation
from kit.tables.columns import frame, text_columns

AGREEMENT_COLUMNS = text_columns("measure", "label", "a", "b") | {"n": "Int64", "value": "Float64"}
AGREEMENT_COLUMNS |= text_columns("reason")
Place = tuple[str, int, int]  # label, start, end


def agreement(
    analysis: Analysis, events: Iterable[Annotation], *, annotators: Sequence[str] | None = None
) -> pd.DataFrame:
    """One row per measure for each pair of annotators; columns as in ``AGREEMENT_COLUMNS``.

    Measures: ``answers, observed`` (share of equal answers) and ``answers, kappa`` over the suggestions that both
    answered; ``label, kappa`` for each label in use over the records that both decided on; ``added, exact F1`` and
    ``added, overlap F1`` over the spans that each added, paired one to one with equal labels. ``n`` counts what was
    compared. Fewer than two annotators give no rows.

    Args:
        analysis: the machine's reading.
        events: the log.
        annotators: whom to compare, all pairs of them; by default everybody in the log.
    """
    rows = []
    for one, other in combinations(positions(analysis, events, annotators), 2):
        for measure, label, n, value, reason in _compared(one, other):
            row = {"measure": measure, "label": label, "a": one.annotator, "b": other.annotator, "n": n}
            rows.append(row | {"value": value, "reason": reason})
    return frame(rows, AGREEMENT_COLUMNS)


@dataclass(frozen=True)
class Position:
    """One annotator's own decisions; ``view`` knows nothing of the others'."""

    annotator: str
    view: Effective

    def answers(self) -> dict[str, str]:
        """Answers to the machine's suggestions, by id."""
        return {d.target: d.answer for d in self.view.decisions.values() if d.answer and not d.added}

    def added(self) -> list[Place]:
        """What this annotator added and stands by, in reading order."""
        found = []
        for decision in self.view.decisions.values():
            place = extent(record) if (record := self.view.record(decision.target)) is not None else None
            if decision.added and decision.answer != "reject" and place:
                found.append((str(decision.value.get("label") or decision.record), *place))
        return sorted(found, key=lambda place: place[1:])


def positions(
    analysis: Analysis, events: Iterable[Annotation], annotators: Sequence[str] | None = None
) -> list[Position]:
    """Each annotator's own decisions, without those that settle a difference."""
    own = [event for event in events if "adjudicates" not in event.value]
    names = annotators if annotators is not None else list(dict.fromkeys(event.annotator for event in own))
    return [Position(name, as_decided(analysis, own, annotator=name)) for name in names]


def cohens_kappa(pairs: Sequence[tuple[str | bool, str | bool]]) -> tuple[float | None, str | None]:
    """Kappa of pairs of answers, or ``None`` and the reason why it is not defined."""
    if not pairs:
        return None, "nothing that both judged"
    if len({answer for pair in pairs for answer in pair}) == 1:  # 0 / 0; NLTK would call it perfect
        return None, "both gave one and the same answer throughout: chance alone would agree"
    from nltk.metrics.agreement import AnnotationTask  # a second to load, and only this needs it

    data = [(coder, item, str(answer)) for item, pair in enumerate(pairs) for coder, answer in enumerate(pair)]
    return float(AnnotationTask(data).kappa_pairwise(0, 1)), None


def span_f1(ours: Sequence[Place], theirs: Sequence[Place], *, overlap: bool) -> tuple[float | None, str | None]:
    """F1 of two sets of labelled spans, or ``None`` and the reason; with ``overlap`` a shared character is enough."""
    if not ours and not theirs:
        return None, "nobody added anything"
    from nltk.metrics.scores import f_measure

    met = _met(ours, theirs) if overlap else {one: one for one in ours}
    f1 = f_measure({*theirs}, {met.get(one, ("alone", one)) for one in ours})
    return float(f1 or 0), None  # None where only one of the two added anything: they share nothing


def _met(ours: Sequence[Place], theirs: Sequence[Place]) -> dict[Place, Place]:
    """For each of our spans the one of theirs that it shares its label and a character with, one for one."""
    free, met = list(dict.fromkeys(theirs)), {}
    for label, start, end in sorted(dict.fromkeys(ours), key=lambda place: place[2]):
        meeting = [place for place in free if place[0] == label and place[1] < end and start < place[2]]
        if meeting:  # the one that ends first leaves most for the others
            met[label, start, end] = min(meeting, key=lambda place: place[2])
            free.remove(met[label, start, end])
    return met


def _compared(one: Position, other: Position) -> Iterable[tuple[str, str | None, int, float | None, str | None]]:
    ours, theirs = one.answers(), other.answers()
    pairs = [(ours[target], theirs[target]) for target in ours if target in theirs]
    share = sum(a == b for a, b in pairs) / len(pairs) if pairs else None
    yield "answers, observed", None, len(pairs), share, None if pairs else "nothing that both judged"
    yield "answers, kappa", None, len(pairs), *cohens_kappa(pairs)
    both = [target for target in one.view.decisions if target in other.view.decisions]
    labels = {label for position in (one, other) for target in both for label in position.view.labels(target)}
    for label in sorted(labels):
        given = [(label in one.view.labels(target), label in other.view.labels(target)) for target in both]
        yield "label, kappa", label, len(given), *cohens_kappa(given)
    mine, yours = one.added(), other.added()
    for measure, overlap in (("added, exact F1", False), ("added, overlap F1", True)):
        yield measure, None, len(mine) + len(yours), *span_f1(mine, yours, overlap=overlap)
