"""W3C Web Annotations as JSON-LD (https://www.w3.org/TR/annotation-model/).

One ``AnnotationCollection``. Each record is an annotation that classifies its characters: a target per marked place,
with a ``TextPositionSelector`` in code points and a ``TextQuoteSelector``, and a body that says what it is. Its creator
is the program that suggested it, or the person who added or corrected it; what the machine had read stands beside it.
An answer or grade is an annotation of its own, by a person, that assesses the first one; a label tags it and a note
comments on it.

Targets are places in the text as decoded (``urn:…:text``, described at the head), never in the page it came from: there
the same offsets are other characters. What the model has no term for is under ``kit:``, so that no JSON-LD processor
drops it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from kit.decisions import anchor_at
from kit.exports.files import json_bytes
from kit.exports.iris import TERMS, agent_iri, record_iri, text_iri, web_address
from kit.exports.items import Item, Mark
from kit.exports.material import KINDS, Encoded, Material
from kit.exports.tables import writer
from kit.records import OUTLET, Article

HOLDS = KINDS - {"event", "orphan", "voice", "segment", "text"}
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"kit": TERMS}]
_TYPES = {
    "claim": "kit:Claim",
    "quantity": "kit:Figure",
    "date": "kit:Date",
    "source": "kit:Source",
    "words": "kit:Words",
}
_LINKED = {"source": "source", "parent": "claim", "claim": "claim", "reporter": "source"}  # other links are to sources
_ASSESSED = (("answer", "assessing"), ("grade", "assessing"), ("labels", "tagging"), ("note", "commenting"))


def encode(material: Material) -> Encoded:
    """The records of a case as one collection of annotations."""
    article, pipeline = material.view.analysis.article, material.view.analysis.pipeline
    reader = software(f"{pipeline.name} {pipeline.version}") | {"kit:sha256": pipeline.sha256}
    found = [one for item in material.items for one in _annotations(article, item, reader)]
    collection = record_iri(article, "case", material.name)
    page = {
        "id": f"{collection}:page",
        "type": "AnnotationPage",
        "partOf": collection,
        "startIndex": 0,
        "items": found,
    }
    whole = {
        "@context": CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": article.title or material.name,
        "generator": software(writer()),
        "total": len(found),
        "kit:text": _text(article),
        "first": page,
    }
    return Encoded({"": json_bytes(whole, indent=1) + b"\n"})


def software(name: str) -> dict[str, Any]:
    """A program as an agent."""
    return {"id": agent_iri(name), "type": "Software", "name": name}


def person(name: str) -> dict[str, Any]:
    """A person as an agent."""
    return {"id": agent_iri(name), "type": "Person", "name": name}


def _text(article: Article) -> dict[str, Any]:
    facts = {
        "via": web_address(article.url),
        "kit:title": article.title,
        "kit:outlet": article.outlet,
        "kit:published": article.published and article.published.isoformat(),
    }
    head = {"id": text_iri(article), "type": "Text", "format": "text/plain", "kit:sha256": article.sha256}
    return head | {"kit:length": len(article.text)} | {name: one for name, one in facts.items() if one}


def _annotations(article: Article, item: Item, reader: dict[str, Any]) -> Iterator[dict[str, Any]]:
    iri = record_iri(article, item.kind, item.id)
    people = item.people
    by_hand = people["origin"] == "analyst" or bool(item.corrections)
    body: dict[str, Any] = {"type": _TYPES[item.kind]}
    body |= {f"kit:{name}": _value(one) for name, one in item.values.items()}
    body |= {f"kit:{name}": _links(article, name, ids) for name, ids in item.links.items()}
    if item.corrections:
        body["kit:corrected"] = [
            {"kit:field": name, "kit:machine": before, "kit:analyst": now}
            for name, (before, now) in item.corrections.items()
        ]
        body["kit:suggested_by"] = {"id": reader["id"]}
    made = {
        "id": iri,
        "type": "Annotation",
        "motivation": "tagging" if item.kind == "words" else "classifying",
        **(_by(people, "edited", "label") if by_hand else {"creator": reader}),
        "body": [{"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": _tag(item)}, body],
        "target": [_target(article, mark) for mark in item.marks] or [text_iri(article)],
        "kit:record": item.id,
        "kit:origin": people["origin"],
        "kit:decision": people.get("answer", "undecided"),
    }
    yield made
    for name, motivation in _ASSESSED:
        if name in people:
            yield _said(iri, name, motivation, people)


def _by(people: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Who said the first of these that anybody said, and when; a time that is none has no place in ``created``."""
    last = [people.get("decided_by", "unknown"), people.get("decided_at", "")]
    who, when = next((people["by"][name] for name in names if name in people.get("by", ())), last)
    try:
        key = "created" if datetime.fromisoformat(when).tzinfo else "kit:created"
    except ValueError:
        key = "kit:created"
    return {"creator": person(who)} | ({key: when} if when else {})


def _said(iri: str, name: str, motivation: str, people: Mapping[str, Any]) -> dict[str, Any]:
    """What a person said about a record, as an annotation of its annotation."""
    values = people[name] if isinstance(people[name], list) else [people[name]]
    purpose = {"type": "TextualBody", "purpose": motivation, "format": "text/plain"}
    made = {"id": f"{iri}:{name}", "type": "Annotation", "motivation": motivation} | _by(people, name)
    made |= {"body": [purpose | {"value": value} for value in values], "target": iri}
    return made | ({"kit:elsewhere": people["elsewhere"]} if name == "grade" and "elsewhere" in people else {})


def _tag(item: Item) -> str:
    label = item.people.get("label") if item.kind != "words" else item.values["label"]
    return str(label or {"quantity": "figure"}.get(item.kind, item.kind))


def _target(article: Article, mark: Mark) -> dict[str, Any]:
    anchor = anchor_at(article.text, mark.span.start_char, mark.span.end_char)
    quote = {"type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}
    position = {"type": "TextPositionSelector", "start": anchor.start_char, "end": anchor.end_char}
    target = {"type": "SpecificResource", "source": text_iri(article), "selector": [position, quote]}
    return target | {"kit:role": mark.role} | ({"kit:detail": mark.detail} if mark.detail else {})


def _links(article: Article, name: str, ids: tuple[str, ...]) -> list[dict[str, str]] | str:
    if ids == (OUTLET,):
        return OUTLET
    return [{"id": record_iri(article, _LINKED.get(name, "source"), one)} for one in ids]


def _value(value: Any) -> Any:
    """A value as JSON-LD takes it: a mapping becomes a node of our own terms."""
    if isinstance(value, dict):
        return {f"kit:{name}": one for name, one in value.items() if one is not None}
    return value
