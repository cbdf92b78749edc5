"""A case as a spaCy ``DocBin`` with one ``Doc``: ``DocBin().from_disk(path).get_docs(vocab)``.

The ``Doc`` has the whole text. ``doc.spans`` has a group per role; the ``id_`` of a span is the id of its record, its
label the name of the group, or what is more to say: the stance of a cue, the kind of a hedge, whose voice it is.
``doc.user_data["kit"]`` has the records by id, with values, links and what people said, and the facts about the
article.
"""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc, DocBin, Span

from kit.exports.material import KINDS, Encoded, Material
from kit.exports.tokens import blank, covered, tokens
from kit.records import Analysis

HOLDS = KINDS - {"event", "orphan"}
GROUPS = {
    **{"content": "content", "said by": "source", "cue": "cue", "hedge": "hedges", "flag": "loaded_words"},
    **{"quantity": "quantities", "affected": "affected", "actor": "actor", "place": "place"},
    **{"date": "dates", "mention": "mentions", "words": "words", "voice": "voices", "segment": "segments"},
}


def encode(material: Material) -> Encoded:
    """The text and the records of a case as one ``DocBin``."""
    analysis = material.view.analysis
    # role, record, label, start, end
    places = [
        (mark.role, item.id, _label(item.kind, mark), mark.span.start_char, mark.span.end_char)
        for item in material.items
        for mark in item.marks
    ]
    places += [("voice", one.claim_id or "", one.voice, one.start_char, one.end_char) for one in analysis.voices]
    places += [("segment", "", one.kind, one.start_char, one.end_char) for one in analysis.article.segments]
    places.sort(key=lambda place: place[3:])
    found = tokens(analysis.article.text, [place[3:] for place in places])
    doc = Doc(blank().vocab, words=[token.text for token in found], spaces=[token.space for token in found])
    for group in GROUPS.values():
        doc.spans[group] = []
    for role, record, label, start, end in places:
        first, last = covered(found, start, end)
        doc.spans[GROUPS[role]].append(Span(doc, first, last + 1, label=_text(label), span_id=_text(record)))
    doc.user_data["kit"] = {"article": _article(analysis), "records": _records(material)}
    return Encoded({"": DocBin(docs=[doc], store_user_data=True).to_bytes()})


def _label(kind: str, mark: Any) -> str:
    return mark.detail or GROUPS[mark.role]


def _text(text: str) -> str:
    """A text that spaCy's vocabulary can hold."""
    return text.encode("utf-8", "replace").decode()


def _records(material: Material) -> dict[str, Any]:
    return {
        item.id: {
            "kind": item.kind,
            "values": dict(item.values),
            "links": {name: list(ids) for name, ids in item.links.items()},
            "people": dict(item.people),
            "corrections": {name: list(pair) for name, pair in item.corrections.items()},
        }
        for item in material.items
    }


def _article(analysis: Analysis) -> dict[str, Any]:
    article, pipeline = analysis.article, analysis.pipeline
    published = article.published.isoformat() if article.published else None
    known = {name: getattr(article, name) for name in ("sha256", "title", "outlet", "url")}
    return known | {"published": published, "pipeline": [pipeline.name, pipeline.version, pipeline.sha256]}
