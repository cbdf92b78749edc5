"""What every format is made from, and the count of what a format cannot hold.

In: a case. Out: :class:`Material`, whose :attr:`Material.items` are the records as decided, taken apart. A format names
in ``HOLDS`` the kinds of things that it keeps; :func:`lost` counts the others. The tests read each format back
and compare, so that ``HOLDS`` is no promise but a measured fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kit.decisions import Effective
from kit.errors import KitError
from kit.exports.items import Item, items_of
from kit.records import Annotation

# What is counted: kind -> one of it, several of it. The order is that of messages.
NOUNS = {
    "claim": ("claim", "claims"),
    "quantity": ("figure", "figures"),
    "date": ("date", "dates"),
    "source": ("source", "sources"),
    "words": ("tagged word", "tagged words"),
    "content": ("piece of a claim's content", "pieces of claims' content"),
    "said by": ("place where a claim names its source", "places where claims name their sources"),
    "cue": ("cue", "cues"),
    "hedge": ("hedge", "hedges"),
    "flag": ("loaded word", "loaded words"),
    "affected": ("affected party", "affected parties"),
    "actor": ("actor", "actors"),
    "place": ("place", "places"),
    "mention": ("mention of a source", "mentions of sources"),
    "link": ("link", "links"),
    "merged": ("merged source", "merged sources"),
    "answer": ("answer", "answers"),
    "label": ("label", "labels"),
    "note": ("note", "notes"),
    "grade": ("grade", "grades"),
    "correction": ("reading before a correction", "readings before corrections"),
    "event": ("event of the log", "events of the log"),
    "orphan": ("decision without its record", "decisions without their records"),
    "voice": ("span of a voice", "spans of voices"),
    "segment": ("block of the text", "blocks of the text"),
    "text": ("the article's text", "the article's text"),
}
KINDS = frozenset(NOUNS)


class ExportError(KitError):
    """An export that cannot be made; the message says what to do instead."""


@dataclass(frozen=True)
class Material:
    """A case as exports see it.

    Attributes:
        name: of the case.
        view: the records as decided, under the names that the export gives to people.
        events: the log, under the same names.
        files: the files of the case, name -> bytes, under the same names; only the zip needs them.
    """

    name: str
    view: Effective
    events: tuple[Annotation, ...] = ()
    files: Callable[[], Mapping[str, bytes]] = dict

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every record in reading order, tagged words included."""
        return items_of(self.view, self.events)


@dataclass(frozen=True)
class Encoded:
    """A format's files: name -> bytes (one with the empty name where the format is one file), and what to say.

    ``lost`` counts, by kind, what this case has and this format had no room for, beyond the kinds it never holds.
    """

    files: Mapping[str, bytes]
    lost: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def counts(material: Material) -> Counter[str]:
    """How much of each kind there is."""
    found: Counter[str] = Counter()
    for item in material.items:
        found[item.kind] += 1
        found.update(mark.role for mark in item.marks if mark.role not in ("quantity", "date", "words"))
        for name, ids in item.links.items():
            found["merged" if name == "merged" else "link"] += len(ids)
        found.update(kind for kind in ("answer", "note", "grade") if kind in item.people)
        found["label"] += len(item.people.get("labels", ())) + ("label" in item.people)
        found["correction"] += len(item.corrections)
    view = material.view
    found["event"] = len(material.events)
    found["orphan"] = sum(view.kind(target) is None for target in view.decisions)
    found["voice"], found["segment"] = len(view.analysis.voices), len(view.analysis.article.segments)
    found["text"] = 1
    return +found


def lost(material: Material, holds: Collection[str], encoded: Encoded) -> dict[str, int]:
    """What a format cannot hold of this case, by kind, in the order of :data:`NOUNS`."""
    there = counts(material)
    missing = {kind: there[kind] if kind not in holds else encoded.lost.get(kind, 0) for kind in NOUNS}
    return {kind: n for kind, n in missing.items() if n}


def said(numbers: Mapping[str, int]) -> str:
    """Counts in words: "12 hedges, 1 link and 3 notes"."""
    words = [NOUNS[kind][0] if kind == "text" else f"{n:,} {NOUNS[kind][n != 1]}" for kind, n in numbers.items()]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
