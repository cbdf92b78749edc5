"""Events of the log in today's text: found again by quotation where the text or the reading changed.

In: the events as written and the reading of today. Out: the same events with today's offsets and ids, and a list of
those whose words cannot be found. The log itself is never rewritten; this is done anew at each look.

A record's id is a hash of the text and its place: where an id is known, the text is the one that was decided on, and
nothing has to be done. That is every event of an article that did not change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from kit.decisions.seen import extent, index
from kit.decisions.spans import anchor_at, locate, locate_near
from kit.decisions.strays import Stray
from kit.records import Analysis, Anchor, Annotation, record_id

_LISTS = ("content", "mentions")
_POINTERS = {*_LISTS, "start_char", "source", "cue", "affected", "actor", "place", "claim_id", "merged", "reporter"}


@dataclass
class Carrier:
    """Carries the events of a log over, one by one in their order; ``strays`` is what was lost so far."""

    analysis: Analysis
    strays: list[Stray] = field(default_factory=list)
    now: dict[str, str] = field(default_factory=dict)  # id in the log -> id today

    @cached_property
    def known(self) -> dict[str, tuple[str, Any]]:
        """The records of the reading, by id, with their kinds."""
        return index(self.analysis)

    @cached_property
    def places(self) -> dict[tuple[str, int, int], str]:
        """Kind and extent of each record -> its id; a source stands at each of its mentions, first of all its first."""
        found: dict[tuple[str, int, int], str] = {}
        for target, (kind, record) in self.known.items():
            place = extent(record)
            if place:
                found.setdefault((kind, *place), target)
        for source in self.analysis.sources:
            for span in source.mentions:
                found.setdefault(("source", span.start_char, span.end_char), source.id)
        return found

    def moved(self, event: Annotation) -> Annotation | None:
        """The event as it stands today; ``None`` where its words are gone."""
        text = self.analysis.article.text
        anchor, shift = event.anchor, 0
        stands = anchor is None or self._stands(event, anchor)
        if event.action == "undo" or (stands and event.target in self.known and not _points(event.value)):
            return event
        if anchor and not stands:
            place = locate(text, anchor)
            if place is None:
                self.strays.append(Stray.lost(event, anchor.exact))
                return None
            shift = place[0] - anchor.start_char
            anchor = anchor_at(text, *place)
        value = self._value(event, shift)
        if value is None:
            return None
        return replace(event, target=self._target(event, anchor, value), anchor=anchor, value=value)

    def _stands(self, event: Annotation, anchor: Anchor) -> bool:
        """Whether the words of an event stand where they stood, on a record that is known or among the same words."""
        there = anchor_at(self.analysis.article.text, anchor.start_char, anchor.end_char)
        return there.exact == anchor.exact and (event.target in self.known or there == anchor)

    def _value(self, event: Annotation, shift: int) -> Mapping[str, Any] | None:
        """The value with today's offsets and ids; ``None`` where it says nothing without the words it lost."""
        value, gone = dict(event.value), []
        if _edges(value) and event.action in ("add", "edit"):
            place = self._span(value, shift)
            if place is None:
                gone.append("start_char")
            else:
                value |= place
        for key, item in event.value.items():
            if key in _LISTS and isinstance(item, list | tuple):
                value[key] = [self._span(one, shift) for one in item]
                gone += [key] if None in value[key] else []
            elif _edges(item):
                value[key] = self._span(item, shift)
                gone += [key] if value[key] is None else []
        if gone:
            self.strays.append(Stray.lost(event, " … ".join(_words(event.value, key) for key in gone)))
            if {"start_char", "mentions"} & {*gone} or (event.action == "add" and "content" in gone):
                return None
        value = {key: item for key, item in value.items() if key not in gone}
        return self._ids(value, shift) if value.keys() & _POINTERS else value

    def _ids(self, value: dict[str, Any], shift: int) -> dict[str, Any]:
        """The ids of other records in a value, as they are today."""
        places = value.get("places")
        places = places if isinstance(places, Mapping) else {}

        def today(kind: str, target: Any) -> Any:
            if not isinstance(target, str) or target in self.known or target in self.now:
                return self.now.get(target, target) if isinstance(target, str) else target
            found = self._at(kind, _edges(self._span(places.get(target), shift)))
            return self.now.setdefault(target, found) if found else target

        for key, kind in (("claim_id", "claim"), ("reporter", "source")):
            if key in value:
                value[key] = today(kind, value[key])
        if isinstance(value.get("source"), Mapping) and "source_id" in value["source"]:
            value["source"] = {**value["source"], "source_id": today("source", value["source"]["source_id"])}
        if isinstance(value.get("merged"), list | tuple):
            value["merged"] = [today("source", one) for one in value["merged"]]
        return value

    def _span(self, item: Any, shift: int) -> dict[str, Any] | None:
        """A span of a value with today's offsets; ``None`` where its words are gone."""
        text = self.analysis.article.text
        if not _edges(item):
            return None
        start, end, words = item["start_char"] + shift, item["end_char"] + shift, item.get("text")
        if not isinstance(words, str) or not words:
            return dict(item)  # a hand left out the words: the offsets are all there is
        if text[max(0, start) : end] != words or start < 0:
            place = locate_near(text, words, start)
            if place is None:
                return None
            start, end = place
        return {**item, "start_char": start, "end_char": end, "text": text[start:end]}

    def _target(self, event: Annotation, anchor: Anchor | None, value: Mapping[str, Any]) -> str:
        target = event.target
        if event.action == "split" and isinstance(value.get("id"), str):
            self.now[value["id"]] = value["id"]  # a source of people's making: no suggestion to look for
        if target in self.known or anchor is None:
            return self.now.get(target, target)
        if event.action == "add":
            kind, article = f"added:{value.get('label')}", self.analysis.article
            same = event.article == article.sha256 and event.anchor and event.anchor.start_char == anchor.start_char
            place = anchor.start_char, anchor.end_char  # the id that adding the same words today gives
            self.now[target] = target if same else record_id(article.text, kind, *place)
        elif target not in self.now:
            place = anchor.start_char, anchor.end_char
            found = self._at(event.record, place) or self._same_cue(event, place)
            if found is None:
                return target
            self.now[target] = found
        return self.now[target]

    def _at(self, kind: str, place: tuple[int, int] | None) -> str | None:
        return self.places.get((kind, *place)) if place else None

    def _same_cue(self, event: Annotation, place: tuple[int, int]) -> str | None:
        """The one claim within this place whose cue is the one that was judged: the same claim, read differently."""
        judged = event.value.get("seen")
        cue = judged.get("cue") if isinstance(judged, Mapping) and event.record == "claim" else None
        inside = [
            claim.id
            for claim in (self.analysis.claims if cue else ())
            if claim.cue
            and claim.cue.text == cue
            and place[0] <= claim.cue.start_char
            and claim.cue.end_char <= place[1]
        ]
        return inside[0] if len(inside) == 1 else None


def _words(value: Mapping[str, Any], key: str) -> str:
    """What is quoted under a key of a value: in a span, in a list of spans, or in the value itself."""
    item = value if key == "start_char" else value[key]
    spans = item if isinstance(item, list | tuple) else [item]
    return " … ".join(str(one.get("text") or "") for one in spans if isinstance(one, Mapping))


def _edges(value: Any) -> tuple[int, int] | None:
    edges = (value.get("start_char"), value.get("end_char")) if isinstance(value, Mapping) else (None, None)
    return edges if all(type(one) is int for one in edges) else None  # type: ignore[return-value]


def _points(value: Mapping[str, Any]) -> bool:
    """Whether a value leads to other places or records."""
    return bool(value.keys() & _POINTERS)
