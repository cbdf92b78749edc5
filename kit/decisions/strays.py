"""Decisions that do not stand as they were taken, in words that a person can act on.

In: a decision and what became of its suggestion. Out: a :class:`Stray`. Nothing is dropped: the log keeps every event,
and each that has no effect today is listed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kit.decisions.folding import Decision
from kit.decisions.seen import extent, index
from kit.records import Analysis, Annotation

StrayKind = Literal["lost", "vanished", "changed", "broken"]
_SHOWN = 80  # characters of a quotation in a message
_NOUNS = {"claim": "claim", "quantity": "figure", "source": "source", "date": "date"}


@dataclass(frozen=True)
class Stray:
    """One decision to look at again.

    Attributes:
        kind: ``lost``: its words are no longer in the article, or stand there at several equally good places;
            ``vanished``: the words are there, the suggestion is not; ``changed``: the suggestion says something else
            than what was judged; ``broken``: it makes no record.
        target, record: id and kind of the record. words: what it stood at, as quoted in the log.
        message: one sentence. candidate: id of the record that stands there now, where there is one.
        annotator: who decided. events: ids of the events.
    """

    kind: StrayKind
    target: str
    record: str
    words: str
    message: str
    candidate: str | None = None
    annotator: str = ""
    events: tuple[str, ...] = ()

    @classmethod
    def lost(cls, event: Annotation, words: str) -> Stray:
        """An event whose words cannot be found in the article any more."""
        message = f"{_did(event.action)} “{shortened(words)}”: these words are no longer there once and only once"
        return cls("lost", event.target, event.record, words, message, None, event.annotator, (event.id,))

    @classmethod
    def vanished(cls, decision: Decision, analysis: Analysis) -> Stray:
        """A decision on a suggestion that today's reading does not make."""
        words = decision.anchor.exact if decision.anchor else ""
        candidate = _overlapping(decision, analysis)
        now = f"; {candidate} stands there now" if candidate else ""
        noun = _NOUNS.get(decision.record, decision.record)
        message = f"{_did(decision.answer)} “{shortened(words)}”: the reading has no such {noun} any more{now}"
        return cls._of("vanished", decision, words, message, candidate)

    @classmethod
    def changed(cls, decision: Decision, different: Mapping[str, tuple[Any, Any]], words: str) -> Stray:
        """A decision on a suggestion that said something else when it was judged."""
        parts = [f"{name} was {_shown(old)}, is {_shown(new)}" for name, (old, new) in different.items()]
        message = f"{_did(decision.answer)} “{shortened(words)}”, but the suggestion changed: {'; '.join(parts)}"
        return cls._of("changed", decision, words, message, decision.target)

    @classmethod
    def broken(cls, decision: Decision, why: str, words: str) -> Stray:
        """A decision whose values make no record."""
        words = words or (decision.anchor.exact if decision.anchor else "")
        kept = "it is left out" if decision.added else "the machine's reading stands"
        noun = _NOUNS.get(decision.record, decision.record)
        message = f"{noun} {decision.target}: a decision that makes no record, {kept}: {why}"
        return cls._of("broken", decision, words, message, None)

    @classmethod
    def _of(cls, kind: StrayKind, decision: Decision, words: str, message: str, candidate: str | None) -> Stray:
        who, events = decision.annotator, decision.events
        return cls(kind, decision.target, decision.record, words, message, candidate, who, events)


def shortened(words: str) -> str:
    """The words on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"


def _did(action: str | None) -> str:
    done = {"accept": "accepted", "reject": "rejected", "ignore": "left open", "add": "added", None: "decided on"}
    return done.get(action, f"{action}:")


def _shown(value: Any) -> str:
    return "nothing" if value is None else f"“{shortened(str(value))}”"


def _overlapping(decision: Decision, analysis: Analysis) -> str | None:
    """The record of the same kind that shares most characters with the place of a decision."""
    if decision.anchor is None:
        return None
    start, end = decision.anchor.start_char, decision.anchor.end_char
    best: tuple[int, str] | None = None
    for target, (kind, record) in index(analysis).items():
        place = extent(record) if kind == decision.record else None
        shared = min(end, place[1]) - max(start, place[0]) if place else 0
        if shared > 0 and (best is None or shared > best[0]):
            best = shared, target
    return best[1] if best else None
