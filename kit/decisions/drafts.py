"""New decisions, checked, as drafts for the log.

In: the view that a person decided on, and what was decided. Out: a draft (``action``, ``target``, ``record``,
``value``, ``supersedes``, ``anchor``) for ``store.append``. Nothing is written here. Every function raises
:class:`~kit.decisions.spans.DecisionError` where the decision cannot be taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kit.decisions.applying import EDITABLE, NUMBERS, SPANS
from kit.decisions.drafting import (
    Draft,
    SpanLike,
    addition,
    claim_around,
    current,
    draft,
    form_of,
    found,
    fragments_of,
    named,
    places_of,
    same,
    seen_of,
    tried,
)
from kit.decisions.folding import ANSWERS
from kit.decisions.grading import checked_grade
from kit.decisions.spans import DecisionError, as_span, span_json
from kit.decisions.view import Effective, Tag
from kit.records import OUTLET, Annotation, Claim, Quantity, Source, Span, record_id


def answer(view: Effective, target: str, action: str) -> Draft:
    """``accept``, ``reject`` or ``ignore`` a suggestion, or what a person added."""
    if action not in ANSWERS:
        raise DecisionError(f"{action!r} is no answer; one of {', '.join(ANSWERS)}")
    return draft(view, action, target, seen_of(view, target))


def adjudicate(view: Effective, target: str, action: str, *, events: Sequence[str]) -> Draft:
    """An answer that settles a difference between annotators; ``events`` are the ids of theirs."""
    return settle(answer(view, target, action), events=events)


def settle(made: Draft, *, events: Sequence[str]) -> Draft:
    """Any draft as the settlement of a difference: agreement between annotators is measured without it."""
    return made | {"value": made["value"] | {"adjudicates": list(events)}}


def add_words(view: Effective, start_char: int, end_char: int, label: str, *, record: str = "claim") -> Draft:
    """Tag characters (code points) as ``label``; a ``figure`` inside a claim is linked to it.

    Args:
        view: the view decided on.
        start_char: first character.
        end_char: behind the last character.
        label: any name; "claim" makes a claim, other labels of the record kind ``claim`` only tag the words.
        record: ``claim``, ``quantity``, ``source`` or ``date``.
    """
    if not label.strip():
        raise DecisionError("a label has a name")
    if record not in EDITABLE:
        raise DecisionError(f"{record!r} is no kind of record; one of {', '.join(EDITABLE)}")
    text = view.machine.article.text
    span = as_span(text, (start_char, end_char))
    value = {"label": label, **span_json(span)}
    around = claim_around(view, span) if record == "quantity" else None
    if around:
        value |= {"claim_id": around.id, "places": places_of(view, [around.id])}
    return addition(view, record, span, value)


def add_claim(
    view: Effective,
    content: SpanLike | Iterable[SpanLike],
    *,
    source: SpanLike | None = None,
    cue: SpanLike | None = None,
    form: str | None = None,
    voice: str | None = None,
    stance: str | None = None,
) -> Draft:
    """A claim from scratch: what is said, who says it, and the words that cite.

    ``form`` is read off the quotation marks where it is not given; ``voice`` is ``attributed``.
    """
    text = view.machine.article.text
    fragments = fragments_of(text, content)
    whole = Span(
        fragments[0].start_char, fragments[-1].end_char, text[fragments[0].start_char : fragments[-1].end_char]
    )
    value = {"label": "claim", **span_json(whole), "content": [span_json(one) for one in fragments]}
    value |= {"source": named(view, source), "cue": None if cue is None else span_json(as_span(text, cue))}
    value |= {"form": form or form_of(fragments), "voice": voice or "attributed"}
    value |= {} if stance is None else {"stance": stance}
    value |= {"places": places_of(view, [value["source"]["source_id"]])} if value["source"] else {}
    return addition(view, "claim", whole, value)


def edit(view: Effective, target: str, **changes: Any) -> Draft:
    """Change fields of a record; ``None`` deletes a span. What stays as it is is left out of the draft."""
    kind, record = found(view, target)
    if isinstance(record, Tag):
        raise DecisionError("tagged words have a label and nothing to edit; take the tag back and tag other words")
    unknown = sorted(changes.keys() - EDITABLE[kind])
    if unknown:
        raise DecisionError(f"a {kind} has no {', '.join(unknown)}; it has {', '.join(sorted(EDITABLE[kind]))}")
    text, value = view.machine.article.text, dict(changes)
    if "content" in value:
        value["content"] = [span_json(one) for one in fragments_of(text, value["content"])]
    for name in value.keys() & {*SPANS[kind]}:
        given = value[name]
        value[name] = named(view, given) if name == "source" else given and span_json(as_span(text, given))
    if value.keys() & {"start_char", "end_char"}:
        edges = value.get("start_char", getattr(record, "start_char", None)), value.get("end_char", record.end_char)
        value |= span_json(as_span(text, edges))
    for name in value.keys() & {*NUMBERS}:
        if isinstance(value[name], str) and not value[name].strip():
            value[name] = None
    edges = ("start_char", "end_char", "text")
    moved = any(value.get(name, current(record, name)) != current(record, name) for name in edges)
    kept = edges if moved else ()  # all three or none: a part of a span leads nowhere
    value = {name: item for name, item in value.items() if name in kept or not same(item, current(record, name))}
    value = {name: item for name, item in value.items() if name in kept or name not in edges}
    if not value:
        raise DecisionError("nothing was changed")
    if isinstance(value.get("source"), dict):
        value["places"] = places_of(view, [value["source"]["source_id"]])
    if "reporter" in value and value["reporter"] != OUTLET:
        if not isinstance(view.record(str(value["reporter"])), Source):
            raise DecisionError(f"{value['reporter']!r} is no source; the reporter is one, or {OUTLET!r}")
        value["places"] = places_of(view, [value["reporter"]])
    made = draft(view, "edit", target, value | seen_of(view, target))
    tried(view, made, kind)
    return made


def link(view: Effective, quantity_id: str, claim_id: str | None) -> Draft:
    """Say which claim reports a figure; ``None`` for the outlet's own. The reporter follows the claim's source."""
    if not isinstance(view.record(quantity_id), Quantity):
        raise DecisionError(f"{quantity_id!r} is no figure")
    claim = view.record(claim_id) if claim_id is not None else None
    if claim_id is not None and not isinstance(claim, Claim):
        raise DecisionError(f"{claim_id!r} is no claim")
    value = {"claim_id": claim_id} | ({"places": places_of(view, [claim_id])} if claim else {})
    return draft(view, "link", quantity_id, value)


def merge(view: Effective, source_id: str, others: Iterable[str]) -> Draft:
    """Say that other sources are this one: "the Ministry" is "the Russian Defence Ministry"."""
    others = list(dict.fromkeys(others))
    for one in (source_id, *others):
        if not isinstance(view.record(one), Source):
            raise DecisionError(f"{one!r} is no source")
    if not others or source_id in others:
        raise DecisionError("merge a source with at least one other source")
    return draft(view, "merge", source_id, {"merged": others, "places": places_of(view, others)})


def unmerge(view: Effective, source_id: str, others: Iterable[str]) -> Draft:
    """Take sources that were merged into this one out again, as they were."""
    others = list(dict.fromkeys(others))
    merged = view.value(source_id, "merged") or ()
    if not others or not set(others) <= set(merged):
        raise DecisionError(f"only what was merged into {source_id} can be taken out: {', '.join(merged) or 'nothing'}")
    return draft(view, "split", source_id, {"merged": others})


def split(view: Effective, source_id: str, mentions: Iterable[SpanLike], name: str | None = None) -> Draft:
    """Say that some mentions of a source are another one; its name is its longest mention unless one is given."""
    source, text = view.record(source_id), view.machine.article.text
    if not isinstance(source, Source):
        raise DecisionError(f"{source_id!r} is no source")
    spans = sorted({as_span(text, one) for one in mentions}, key=lambda span: span.start_char)
    if not spans or not set(spans) <= set(source.mentions):
        raise DecisionError(f"name mentions of {source.name} to split off")
    if len(spans) == len(source.mentions):
        raise DecisionError(f"these are all mentions of {source.name}; rename it instead")
    made = record_id(text, "split:source", *(edge for span in spans for edge in (span.start_char, span.end_char)))
    name = name or max((span.text for span in spans), key=len)
    return draft(view, "split", source_id, {"id": made, "name": name, "mentions": [span_json(one) for one in spans]})


def label(view: Effective, target: str, labels: Iterable[str]) -> Draft:
    """Give a record these labels, and no others; none takes all away."""
    names = list(dict.fromkeys(one.strip() for one in labels))
    if "" in names:
        raise DecisionError("a label has a name")
    return draft(view, "label", target, {"labels": names})


def note(view: Effective, target: str, text: str) -> Draft:
    """A note on a record; an empty one takes the note away."""
    return draft(view, "note", target, {"note": text.strip()})


def grade(view: Effective, target: str, given: str | int, *, elsewhere: str = "") -> Draft:
    """The Admiralty letter of a source (A to F) or digit of a claim (1 to 6), letter and digit apart.

    Digit 1, "confirmed by other sources", needs two source groups. Where this article has only one
    (:func:`~kit.decisions.grading.can_confirm` tells), ``elsewhere`` names the independent source that confirms it.
    """
    kind, _ = found(view, target)
    return draft(view, "grade", target, checked_grade(view, kind, target, given, elsewhere))


def undo_draft(event: Annotation) -> Draft:
    """Take an event back; of an undo, this is redo."""
    taken_back = {"action": "undo", "target": event.target, "record": event.record, "value": {}}
    return taken_back | {"supersedes": event.id, "anchor": None}
