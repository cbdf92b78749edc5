"""What the desk lists: one item per claim, figure, date and tagged word, in words a person can judge.

In: the records as people decided them. Out: plain JSON, one mapping per record, in reading order. Nothing here knows
how it is drawn; the keys are listed at :func:`items`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.decisions import Decision, Effective
from kit.markup import attributed_claims, claim_labels, claim_parts, unturned
from kit.records import Claim, Source, Span
from kit.widgets.spans import Fields, Item, date_item, figure_item, part, tag_item

# FactBank's values, in words.
CERTAINTY = {
    "CT+": "certain",
    "PR+": "probable",
    "PS+": "possible",
    "CT-": "certainly not",
    "PR-": "probably not",
    "PS-": "possibly not",
    "CTu": "certain either way",
    "Uu": "left open",
}


def items(
    view: Effective,
    answers: Mapping[str, Mapping[str, str]],
    differing: Mapping[str, list[list[Any]]],
) -> list[Item]:
    """Everything to judge in a view, in reading order.

    Args:
        view: the records as decided.
        answers: record id -> annotator -> answer.
        differing: record id -> on what annotators differ, and what each says.

    Each item has ``id``, ``record``, ``name`` ("Claim 3"), ``title`` (its words), ``start`` and ``end``; ``parts``, its
    spans as ``[role, start, end]`` with ``None`` for a part that is not there; ``drawn``: it is marked in the text;
    ``suggested``: the machine found it; ``counted``: it is among "7 of 23 left"; ``fields``: what to check, in words;
    ``values``: what can be changed; ``differ``: ``[field, {annotator: words}]`` for what annotators say differently,
    empty once somebody settled it; and what people decided about it.
    """
    sources = {source.id: source for source in view.analysis.sources}
    found = []
    labels = claim_labels(view)
    named = {claim.id: place for place, claim in enumerate(attributed_claims(view.analysis))}
    for claim in sorted(view.analysis.claims, key=lambda one: named.get(one.id, len(named))):
        found.append(_claim(view, claim, labels[claim.id] if claim.voice == "attributed" else None, sources))
    for number, quantity in enumerate(sorted(view.analysis.quantities, key=_place), start=1):
        found.append(figure_item(view, quantity, number, sources))
    dates = (date for date in view.analysis.dates if date.grain != "vague")  # as in the marks
    for number, date in enumerate(sorted(dates, key=_place), start=1):
        found.append(date_item(date, number))
    found += [tag_item(tag) for tag in view.tags]
    for item in found:
        item |= _decided(view, item, view.decisions.get(item["id"]))
        settled = (decision := view.decision(item["id"])) and decision.adjudicates
        item["answers"] = answers.get(item["id"], {})
        item["differ"] = [] if settled else differing.get(item["id"], [])
    return sorted(found, key=lambda item: item["start"])  # of those that start together, claims first, by their number


def source_list(view: Effective) -> list[dict[str, Any]]:
    """The sources for the filter and the merging, in the order of their first mention."""
    merged: dict[str, list[tuple[str, str]]] = {}
    for one, into in view.merged.items():
        old = view.suggested(one)
        merged.setdefault(into, []).append((one, unturned(old.name) if old else one))
    listed = sorted(view.analysis.sources, key=lambda source: min((m.start_char for m in source.mentions), default=0))
    return [_source(source, merged.get(source.id, [])) for source in listed]


def _source(source: Source, merged: list[tuple[str, str]]) -> dict[str, Any]:
    written = dict.fromkeys(span.text for span in source.mentions if span.text != source.name)
    about = [source.type, f"group {source.group}" if source.group and source.group != source.name else ""]
    about += [f"written as {', '.join(written)}" if written else ""]
    words = "; ".join(unturned(one) for one in about if one)
    return {
        "id": source.id,
        "name": unturned(source.name),
        "about": words,
        "mentions": len(source.mentions),
        "merged": merged,
    }


def _place(span: Span) -> int:
    return span.start_char


def _claim(view: Effective, claim: Claim, label: str | None, sources: Mapping[str, Source]) -> Item:
    spans = [span for _, span in claim_parts(claim)]
    said = unturned(" … ".join(span.text for span in claim.content))
    source = sources.get(claim.source.source_id or "") if claim.source else None
    who = unturned(claim.source.text) if claim.source else "nobody named"
    stance = claim.cue.stance if claim.cue else None
    if label is not None:
        name, title, tag = f"Claim {label}", f"{who}: {said}", label
    else:
        name, title, tag = "Question" if claim.voice == "question" else "Own words", said, ""
    known = f" ({unturned(source.name)})" if source and source.name != claim.source.text else ""
    fields: Fields = []
    if label is not None:
        cue = unturned(claim.cue.text) if claim.cue else "none"
        fields += [("Source", who + known), ("Cue", cue + (f" ({stance})" if stance not in (None, "neutral") else ""))]
    fields.append(("Claim" if label is not None else "Words", said))
    fields += _certainty(claim, known=label is not None) + _words_about(claim)
    kind = (
        f"{claim.form} {claim.kind}"
        if label is not None
        else {"outlet": "the outlet's own words"}.get(claim.voice, claim.voice)
    )
    found_by = ", ".join(claim.why) + ("" if claim.confidence is None else f" ({claim.confidence:.0%} sure)")
    fields += [("Form", kind)] + ([("Found by", found_by)] if found_by else [])
    content = [["content", span.start_char, span.end_char] for span in claim.content]
    return {
        "id": claim.id,
        "record": "claim",
        "name": name,
        "title": title,
        "tag": tag,
        "spoken": name.lower(),
        "start": min(span.start_char for span in spans),
        "end": max(span.end_char for span in spans),
        "parts": [part("source", claim.source), part("cue", claim.cue), *content] if label is not None else content,
        "drawn": label is not None,
        "counted": label is not None,
        "fields": fields,
        "values": {"form": claim.form, "voice": claim.voice, "stance": stance},
        "source": claim.source.source_id if claim.source else None,
        "claim": None,
        "confidence": claim.confidence,
        "cite": unturned(source.name) if source else who if label is not None else "",
        "note_line": f"claim {label}: {who}" if label is not None else "",
        "letter": view.reliability(source.id) if source else None,
        "digit": view.credibility(claim.id) if label is not None else None,
        "graded": view.value(claim.id, "credibility") is not None
        or bool(source and view.value(source.id, "reliability") is not None),
    }


def _certainty(claim: Claim, *, known: bool) -> Fields:
    told = [("source", claim.factuality.source)] if known else []
    told.append(("outlet", claim.factuality.outlet))
    words = [f"{who}: {CERTAINTY.get(value, value)} ({value})" for who, value in told if value]
    return [("Certainty", " · ".join(words))] if words else []


def _words_about(claim: Claim) -> Fields:
    fields: Fields = []
    if claim.hedges:
        fields.append(("Hedged by", ", ".join(unturned(hedge.text) for hedge in claim.hedges)))
    if claim.flags:
        fields.append(("Mind", ", ".join(f"{unturned(flag.text)} ({flag.kind})" for flag in claim.flags)))
    return fields


def _decided(view: Effective, item: Item, decision: Decision | None) -> Item:
    added = bool(decision and decision.added)
    suggested = view.suggested(item["id"])
    # A claim that a person moved to another voice stays in the queue, where it can be moved back.
    cited = isinstance(suggested, Claim) and suggested.voice == "attributed"
    return {
        "answer": decision.answer if decision else None,
        "added": added,
        "suggested": suggested is not None and (item["record"] != "claim" or cited),
        "editable": item["record"] != "tag",
        "edited": list(view.edited(item["id"])),
        "labels": list(view.labels(item["id"])),
        "note": view.note(item["id"]) or "",
        "worth": None,
    }
