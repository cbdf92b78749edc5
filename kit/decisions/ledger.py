"""The decisions in force, kept up to date as the log grows: what an action costs does not grow with the log.

In: an analysis and, at each look, the whole log. Out: the view of it (:class:`~kit.decisions.view.Effective`), what
each person said of each record, and what is taken back.

A new event is carried into today's text once and changes the decision on its own record. An undo changes what earlier
events amount to: then the records that it touches are folded anew, and no others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kit.contract import to_json
from kit.decisions.carrying import Carrier
from kit.decisions.effect import effective
from kit.decisions.folding import ANSWERS, ASIDE, Decision, decided, undone_ids
from kit.decisions.strays import Stray
from kit.decisions.view import Effective
from kit.records import Analysis, Annotation


def as_decided(analysis: Analysis, events: Iterable[Annotation], *, annotator: str | None = None) -> Effective:
    """The view of a log: events are found again in today's text, folded and applied.

    Args:
        analysis: the machine's reading, as it is today.
        events: the log in its order, such as ``store.read()``.
        annotator: only this annotator's own decisions (a blind view); all by default.
    """
    return Ledger(analysis, annotator=annotator).view(events)


class Ledger:
    """One reader of a log.

    Args:
        analysis: the machine's reading, as it is today.
        annotator: only this annotator's own decisions; all by default.

    Attributes:
        undone: ids of the events of the log that an undo in force takes back.
        said: record id -> ``answer``, ``labels``, ``words`` or a corrected field -> annotator -> the last event in
            force of each that says it.
    """

    def __init__(self, analysis: Analysis, *, annotator: str | None = None) -> None:
        self.analysis = analysis
        self.annotator = annotator
        self._start()

    def _start(self) -> None:
        self.undone: set[str] = set()
        self.said: dict[str, dict[str, dict[str, Annotation]]] = {}
        self._taken: list[Annotation] = []
        self._own: set[str] = set()  # ids of the events that count here
        self._carrier = Carrier(self.analysis)
        self._of: dict[str, list[tuple[int, Annotation]]] = {}  # record id -> its events in today's text, numbered
        self._targets: dict[str, set[str]] = {}  # event id -> record ids
        self._decisions: dict[str, Decision] = {}
        self._view: Effective | None = None

    def view(self, events: Iterable[Annotation]) -> Effective:
        """The records as decided in this log, which may have grown since the last look, or be another one."""
        events = list(events)
        known = len(self._taken)
        if events[:known] != self._taken:
            self._start()
            known = 0
        if events[known:] or self._view is None:
            self._take(events[known:])
            made = effective(self.analysis, dict(self._decisions), before=self._view)
            strays = self._lost()
            self._view = replace(made, strays=(*strays, *made.strays)) if strays else made
        return self._view

    def differing(self, target: str) -> dict[str, dict[str, Annotation]]:
        """What annotators say differently of a record: the part of ``said`` on which they differ."""
        said = self.said.get(target, {})
        return {what: by for what, by in said.items() if len({_stated(what, one) for one in by.values()}) > 1}

    def _take(self, new: list[Annotation]) -> None:
        touched: dict[str, None] = {}
        undoes = False
        for event in new:
            self._taken.append(event)
            undoes = undoes or event.action == "undo"
            if not self._counts(event):
                continue
            self._own.add(event.id)
            carried = self._carrier.moved(event)
            if carried is not None and event.action != "undo":
                self._of.setdefault(carried.target, []).append((len(self._taken), carried))
                self._targets.setdefault(event.id, set()).add(carried.target)
                touched[carried.target] = None
        if not undoes and len(new) == 1:
            for target in touched:
                self._step(target)
            return
        before, self.undone = self.undone, undone_ids(self._taken)
        for one in before ^ self.undone:
            touched |= dict.fromkeys(self._targets.get(one, ()))
        for target in touched:
            self._fold(target)
        order = sorted((self._first(target), target) for target in self._decisions)
        self._decisions = {target: self._decisions[target] for _, target in order}

    def _counts(self, event: Annotation) -> bool:
        """Whether an event is this annotator's own, or takes one of them back."""
        mine = self.annotator is None or event.annotator == self.annotator
        return mine or (event.action == "undo" and event.supersedes in self._own)

    def _step(self, target: str) -> None:
        """Take the last event of a record in."""
        _, event = self._of[target][-1]
        if event.id not in self.undone:
            self._decisions[target] = decided(self._decisions.get(target), event)
            self._heard(event)

    def _fold(self, target: str) -> None:
        """Make the decision on a record anew from all of its events."""
        self._decisions.pop(target, None)
        self.said.pop(target, None)
        for _, event in self._of[target]:
            if event.id not in self.undone:
                self._decisions[target] = decided(self._decisions.get(target), event)
                self._heard(event)

    def _heard(self, event: Annotation) -> None:
        for what in _says(event):
            self.said.setdefault(event.target, {}).setdefault(what, {})[event.annotator] = event

    def _first(self, target: str) -> int:
        """The place in the log of the first event in force of a record."""
        return next(number for number, event in self._of[target] if event.id not in self.undone)

    def _lost(self) -> tuple[Stray, ...]:
        return tuple(stray for stray in self._carrier.strays if not self.undone.intersection(stray.events))


def said_by(what: str, event: Annotation) -> str:
    """What an event says, in words for a person."""
    if what == "answer":
        return "accept" if event.action == "add" else event.action
    value = event.value.get({"words": "text"}.get(what, what))
    spans = value if isinstance(value, list | tuple) else [value]
    words = [str(one.get("text") if isinstance(one, Mapping) else one) for one in spans if one is not None]
    return (", " if what == "labels" else " … ").join(sorted(words) if what == "labels" else words) or "none"


def _says(event: Annotation) -> list[str]:
    if event.action in (*ANSWERS, "add"):
        return ["answer"]
    if event.action == "label":
        return ["labels"]
    if event.action not in ("edit", "link"):
        return []
    words = {"start_char": "words", "end_char": "words", "text": "words"}
    return list(dict.fromkeys(words.get(one, one) for one in event.value if one not in ASIDE))


def _stated(what: str, event: Annotation) -> str:
    """What an event says, to compare: equal words at two places are not the same."""
    if what in ("answer", "labels"):
        return said_by(what, event)
    names = ("start_char", "end_char") if what == "words" else (what,)
    return json.dumps(to_json({name: event.value.get(name) for name in names}), sort_keys=True)
