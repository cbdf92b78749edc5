"""schema.org ``Claim`` as JSON-LD: what others index as claims (https://schema.org/Claim).

A claim has its text, its author (who says it), where it appears, when that was published and, where a person decided
on it, who read it out of the article (``claimInterpreter``). It is never a ``ClaimReview`` and has no rating, since
nobody gave one: the Admiralty grades of a case judge sources and information for its analysts, and are counted as left
out.

``creativeWorkStatus`` tells a machine's suggestion from a person's decision. Rejected claims and the article's
questions are no claims of anybody: they are left out and counted. The first known appearance is the article itself.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from kit.exports.files import json_bytes
from kit.exports.iris import agent_iri, record_iri, web_address
from kit.exports.items import Item
from kit.exports.material import Encoded, Material, counts
from kit.exports.tables import writer
from kit.records import Article, Claim, Source
from kit.tables import content_text

HOLDS = frozenset({"claim", "source", "link", "answer", "note", "label"})
_TYPES = {"person": "Person", "organisation": "Organization", "state": "Country", "media": "NewsMediaOrganization"}


def encode(material: Material) -> Encoded:
    """The claims of a case that nobody rejected, and the article that they stand in."""
    kept = {one.id: one for one in material.items if one.kind == "claim" and _is_one(one)}
    article = _article(material.view.analysis.article)
    graph = [article, *(_claim(material, item, article["@id"], kept.keys()) for item in kept.values())]
    content = json_bytes({"@context": "https://schema.org", "@graph": graph}, indent=1) + b"\n"
    return Encoded({"": content}, _left_out(material, graph[1:], kept.keys()))


def _is_one(item: Item) -> bool:
    """Whether somebody claims it, as far as anybody decided."""
    return item.people.get("answer") != "reject" and item.values["voice"] != "question"


def _left_out(material: Material, claims: list[dict[str, Any]], kept: Collection[str]) -> dict[str, int]:
    """What has no place here, of the kinds that have one in part."""
    out = [item for item in material.items if item.id not in kept]
    lost = {kind: sum(kind in item.people for item in out) for kind in ("answer", "note")}
    lost["claim"] = sum(item.kind == "claim" for item in out)
    lost["label"] = sum(len(item.people.get("labels", ())) for item in out)
    lost["label"] += sum("label" in item.people for item in material.items)  # what a record was added as
    authors = {claim["author"]["@id"] for claim in claims if "@id" in claim.get("author", ())}
    lost["source"] = sum(item.kind == "source" for item in out) - len(authors)
    linked = sum("@id" in claim.get("author", ()) for claim in claims) + sum("isPartOf" in claim for claim in claims)
    return lost | {"link": counts(material)["link"] - linked}


def _claim(material: Material, item: Item, appearance: str, kept: Collection[str]) -> dict[str, Any]:
    view, people = material.view, item.people
    article, claim = view.analysis.article, view.record(item.id)
    said_by = {name: _person(who) for name, (who, _) in people.get("by", {}).items()}
    labels, note = people.get("labels"), people.get("note")
    made = {
        "@type": "Claim",
        "@id": record_iri(article, "claim", item.id),
        "text": content_text(claim),
        "author": _author(material, claim),
        "appearance": {"@id": appearance},
        "firstAppearance": {"@id": appearance},
        "datePublished": article.published and article.published.isoformat(),
        "claimInterpreter": said_by.get("edited") or said_by.get("answer"),
        "creativeWorkStatus": _status(item),
        "keywords": labels,
        "comment": note and {"@type": "Comment", "text": note, "author": said_by.get("note")},
        "isPartOf": {"@id": record_iri(article, "claim", claim.parent)} if claim.parent in kept else None,
    }
    return {name: value for name, value in made.items() if value}


def _person(name: str) -> dict[str, str]:
    return {"@type": "Person", "@id": agent_iri(name), "name": name}


def _status(item: Item) -> str:
    """Who stands behind the claim being one, in words."""
    people = item.people
    answer = {"accept": "accepted", "ignore": "left open"}.get(people.get("answer", ""), "not reviewed")
    made = f"added by a person, {answer}" if people["origin"] == "analyst" else f"suggested by {writer()}, {answer}"
    return f"{made}, corrected by a person" if item.corrections else made


def _author(material: Material, claim: Claim) -> dict[str, Any] | None:
    """Who says it: the source, or the outlet for what the article says itself; nobody where nobody is named."""
    view = material.view
    article = view.analysis.article
    if claim.voice != "attributed":
        return _outlet(article)
    source = view.record(claim.source.source_id or "") if claim.source else None
    if isinstance(source, Source):
        kind = {"@type": _TYPES[source.type]} if source.type in _TYPES else {}
        return kind | {"@id": record_iri(article, "source", source.id), "name": source.name}
    return {"name": claim.source.text} if claim.source else None


def _outlet(article: Article) -> dict[str, Any] | None:
    return {"@type": "NewsMediaOrganization", "name": article.outlet} if article.outlet else None


def _article(article: Article) -> dict[str, Any]:
    """The article; its name is the hash of its bytes, its address where it has one."""
    known = {
        "headline": article.title,
        "url": web_address(article.url),
        "datePublished": article.published and article.published.isoformat(),
        "publisher": _outlet(article),
    }
    identifier = {"@type": "PropertyValue", "propertyID": "sha256", "value": article.sha256}
    head = {"@type": "Article", "@id": record_iri(article, "article", article.sha256), "identifier": identifier}
    return head | {name: value for name, value in known.items() if value}
