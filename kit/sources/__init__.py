"""Sources: the mentions of one real-world source become one :class:`~kit.records.Source`.

In: a ``Doc`` with parse and entities, and its claims. Out: the sources in the order of their first mention, and the
claims with their ids. What a claim's source goes through, file by file::

    claims, and who else is named (collecting, others)
        |  reading      head word, name, titles, owner of one mention
        |  kinds        person, state, organisation, media, unnamed
        |  linking      which mentions mean one source, by name, and by references ("he", "the general")
        |  salience     who is foremost in mind where "he" or "the company" stands
        |  naming       what it is called, and the body it belongs to
        |  chains       who cites whom
        v
    Source

People who are only mentioned inside what somebody says are nobody's "he" and nobody's "the general".
Without a parse only names and equal words are linked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kit.records import Claim, Source, SourceMention, Span, record_id
from kit.segments import text_of
from kit.sources.chains import find_cites
from kit.sources.collecting import collect_mentions, find_abbreviations
from kit.sources.entities import Entity
from kit.sources.linking import link_mentions
from kit.sources.naming import find_group, name_of
from kit.sources.words import refresh_lists

__all__ = ["extract_sources", "link_sources"]


def extract_sources(doc: Doc, claims: Sequence[Claim]) -> list[Source]:
    """One :class:`Source` per real-world source that is cited, in the order of their first mention.

    Besides the sources of claims these are those that a source cites in turn ("citing the ministry").
    """
    refresh_lists()
    doc = doc if doc.has_annotation("DEP") else with_bare_parse(doc)
    text = text_of(doc)
    mentions, bodies, cited = collect_mentions(doc, claims)
    register = link_mentions(mentions, find_abbreviations(text))
    owners = {id(mention): entity for entity in register.entities for mention in entity.mentions}
    belongs = {key: owners[id(body)] for key, body in bodies.items() if id(body) in owners}
    entities = [entity for entity in register.entities if entity.cited]
    spans = {entity: shown_spans(entity) for entity in entities}
    entities.sort(key=lambda entity: spans[entity][0].start_char)
    ids = {e: record_id(text, "source", spans[e][0].start_char, spans[e][0].end_char) for e in entities}
    cites = find_cites(claims, cited, owners, mentions)
    return [
        Source(
            id=ids[entity],
            name=name_of(entity),
            type="media" if entity in cites and is_agency(entity) else entity.type,
            side=entity.side,
            group=find_group(entity, belongs),
            cites=tuple(ids[other] for other in cites.get(entity, ()) if other in ids),
            mentions=spans[entity],
        )
        for entity in entities
    ]


def with_bare_parse(doc: Doc) -> Doc:
    """A copy in which each word hangs on itself: spaCy crashes on the children of words without a parse."""
    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        lemmas=[token.lemma_ for token in doc],
        heads=list(range(len(doc))),
        deps=["ROOT"] * len(doc),
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc],
    )


def link_sources(claims: Sequence[Claim], sources: Sequence[Source]) -> list[Claim]:
    """The claims with the id of its :class:`Source` in each source mention."""
    ids = {(m.start_char, m.end_char): source.id for source in sources for m in source.mentions}

    def linked(mention: SourceMention) -> SourceMention:
        return replace(mention, source_id=ids.get((mention.start_char, mention.end_char)))

    return [replace(claim, source=linked(claim.source)) if claim.source else claim for claim in claims]


def is_agency(entity: Entity) -> bool:
    """Whether a named agency may be one for news: it is, where it cites others."""
    return (
        entity.type == "state" and any(m.noun == "agency" for m in entity.mentions) and name_of(entity).count(" ") < 2
    )


def shown_spans(entity: Entity) -> tuple[Span, ...]:
    """Where a source is cited; where that never names it ("he said"), also where the text last did."""
    cited = [mention for mention in entity.mentions if mention.cited]
    if entity.name and not any(mention.name for mention in cited):
        named = [mention for mention in entity.mentions if mention.name]
        cited += sorted(named, key=lambda mention: mention.inside)[:1]
    spans = {(m.span.start_char, m.span.end_char): m.span for m in cited}
    return tuple(spans[key] for key in sorted(spans))
