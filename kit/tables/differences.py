"""Where annotators differ, as a table to settle.

In: the reading and the log. Out: one row per record and thing on which they differ, with the ids of the events that
differ: these go into :func:`kit.decisions.adjudicate` or :func:`kit.decisions.settle`, and the row then says how it was
settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from kit.decisions import Effective, as_decided
from kit.decisions.seen import extent, seen
from kit.records import Analysis, Annotation
from kit.tables.annotators import Position, positions
from kit.tables.columns import OFFSETS, frame, joined, reading_order, text_columns

DIFFERENCE_COLUMNS = text_columns("id", "record", "words", "what", "said", "events", "settled", "settled_by") | OFFSETS


def differences_table(
    analysis: Analysis, events: Iterable[Annotation], *, annotators: Sequence[str] | None = None
) -> pd.DataFrame:
    """One row per difference in reading order; columns as in ``DIFFERENCE_COLUMNS``.

    ``what`` is ``answer``, ``labels``, ``added`` (some added it, others did not) or the name of a field that they
    corrected differently; ``said`` tells who said what. ``settled`` is missing until an event that names these
    ``events`` settles it.
    """
    events = list(events)
    people, whole = positions(analysis, events, annotators), as_decided(analysis, events)
    targets = dict.fromkeys(target for person in people for target in person.view.decisions)
    rows = [_row(whole, people, target, *found) for target in targets for found in _differences(people, target)]
    return frame(sorted(rows, key=reading_order), DIFFERENCE_COLUMNS)


def _differences(people: list[Position], target: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What people differ in about one record, and who said what."""
    with_it = [person for person in people if target in person.view.decisions]
    added = [person for person in with_it if person.view.decisions[target].added]
    if added:
        if len(added) < len(people):
            yield "added", {person.annotator: "added" if person in added else "not added" for person in people}
        with_it = added
    answers = {person.annotator: answer for person in with_it if (answer := person.view.answer(target))}
    yield from _if_different("answer", answers)
    labels = {person.annotator: joined(sorted(person.view.labels(target))) or "none" for person in with_it}
    yield from _if_different("labels", labels)
    read = {person.annotator: seen(person.view.record(target)) for person in with_it if person.view.record(target)}
    for name in dict.fromkeys(name for fields in read.values() for name in fields):
        yield from _if_different(name, {who: str(fields.get(name)) for who, fields in read.items()})


def _if_different(what: str, said: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    if len(set(said.values())) > 1:
        yield what, said


def _row(whole: Effective, people: list[Position], target: str, what: str, said: dict[str, str]) -> dict[str, Any]:
    of = {person.annotator: person.view for person in people}
    holder = next(view for view in of.values() if target in view.decisions)
    decision = holder.decisions[target]
    shown = whole.record(target) or holder.record(target)
    place = extent(shown) if shown is not None else None
    ids = [of[who].decisions[target].events[-1] for who in said if target in of[who].decisions]
    row = {"id": target, "record": decision.record, "what": what, "events": joined(ids)}
    row |= {"said": joined(f"{who}: {one}" for who, one in said.items())}
    if place:
        row |= {"words": whole.machine.article.text[place[0] : place[1]], "start_char": place[0], "end_char": place[1]}
    final = whole.decision(target)
    theirs = {one for who in said if target in of[who].decisions for one in of[who].decisions[target].events}
    if final and theirs.intersection(final.adjudicates):
        row |= {"settled": _settled(whole, target, what), "settled_by": final.annotator}
    return row


def _settled(whole: Effective, target: str, what: str) -> str | None:
    if what in ("answer", "added"):
        return whole.answer(target)
    if what == "labels":
        return joined(whole.labels(target)) or "none"
    record = whole.record(target)
    return str(seen(record).get(what)) if record is not None else None
