"""Sources as people merged and split them: who each mention belongs to.

In: the sources as edited and added, and the decisions on them. Out: a :class:`Register`, which tells for a span or an
old id which source it is now, and the sources as decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kit.decisions.folding import Decision
from kit.records import Article, Source, SourceMention, Span, record_id

Edges = tuple[int, int]
NEW = "added:source"  # the kind that goes into the id of a source of people's making


@dataclass
class Register:
    """Which source a mention or an id stands for now.

    Attributes:
        sources: every source by its own id, those that were merged into another one included.
        into: id of a merged source -> id of the source it was merged into, one step.
        owner: edges of a mention -> id of the source that stands there, before merging.
        moved: the same for mentions that a split gave to another source.
        broken: (target, why) of what could not be done.
    """

    sources: dict[str, Source]
    into: dict[str, str] = field(default_factory=dict)
    owner: dict[Edges, str] = field(default_factory=dict)
    moved: dict[Edges, str] = field(default_factory=dict)
    broken: list[tuple[str, str]] = field(default_factory=list)
    origin: dict[str, str] = field(default_factory=dict)  # a source made by a decision -> the target of that decision

    def root(self, source_id: str | None) -> str | None:
        """The id under which a source goes now."""
        while source_id in self.into:
            source_id = self.into[source_id]
        return source_id

    def at(self, span: Span) -> str | None:
        """The source of a mention at these characters, or of the one that shares most characters with them."""
        exact = self.owner.get((span.start_char, span.end_char))
        if exact is None:
            shared = [
                (min(end, span.end_char) - max(start, span.start_char), -start, owner)
                for (start, end), owner in self.owner.items()
                if start < span.end_char and span.start_char < end
            ]
            exact = max(shared)[2] if shared else None
        return self.root(exact)

    def attributed(self, mention: SourceMention | None) -> SourceMention | None:
        """A claim's source with the id that it goes by now."""
        if mention is None:
            return None
        now = self.root(self.moved.get((mention.start_char, mention.end_char), mention.source_id))
        return mention if now == mention.source_id else replace(mention, source_id=now)

    def add_mention(self, article: Article, mention: SourceMention, decision: Decision) -> SourceMention:
        """Give words that a person named as a claim's source to a source; to a new one where nobody stands there."""
        now = self.root(mention.source_id) if mention.source_id in self.sources else self.at(mention)
        span = article.span(mention.start_char, mention.end_char)
        if now is None:
            now = mention.source_id or record_id(article.text, NEW, span.start_char, span.end_char)
            self.sources[now] = Source(id=now, name=span.text, mentions=(span,))
            self.origin[now] = decision.target
        elif span not in self.sources[now].mentions:
            known = self.sources[now]
            self.sources[now] = replace(known, mentions=(*known.mentions, span))
        self.owner.setdefault((span.start_char, span.end_char), now)
        return replace(mention, source_id=now)

    def decided(self) -> list[Source]:
        """The sources that are left, each with its mentions in reading order."""
        mentions: dict[str, set[Span]] = {}
        cites: dict[str, list[str]] = {}
        for source in self.sources.values():
            for span in source.mentions:
                owner = self.root(self.moved.get((span.start_char, span.end_char), source.id))
                mentions.setdefault(owner or source.id, set()).add(span)
            cites.setdefault(self.root(source.id) or source.id, []).extend(
                self.root(one) or one for one in source.cites
            )
        found = []
        for source in self.sources.values():
            if source.id not in self.into:
                named = tuple(sorted(mentions.get(source.id, ()), key=lambda span: (span.start_char, span.end_char)))
                cited = tuple(dict.fromkeys(one for one in cites[source.id] if one != source.id))
                group = self.root(source.group)
                changed = (named, cited, group) != (source.mentions, source.cites, source.group)
                found.append(replace(source, mentions=named, cites=cited, group=group) if changed else source)
        return found


def register(article: Article, sources: list[Source], decisions: Mapping[str, Decision]) -> Register:
    """The register of these sources after every split and merge in force."""
    made = Register({source.id: source for source in sources})
    for source in sources:
        for span in source.mentions:
            made.owner.setdefault((span.start_char, span.end_char), source.id)
    on_sources = [decision for decision in decisions.values() if decision.record == "source"]
    for decision in on_sources:
        for split in decision.value.get("splits", ()):
            _split(made, article, decision, split)
    for decision in on_sources:
        for other in decision.value.get("merged", ()):
            _merge(made, decision, other)
    return made


def _split(made: Register, article: Article, decision: Decision, value: Mapping[str, Any]) -> None:
    spans = value.get("mentions")
    edges = {_edges(one) for one in spans} if isinstance(spans, list | tuple) else {None}
    new, parent = value.get("id"), made.sources.get(decision.target)
    if None in edges or not isinstance(new, str) or parent is None or not edges <= made.owner.keys():
        made.broken.append((decision.target, "a split whose source or mentions are not there"))
        return
    first = min(edges)
    name = value.get("name") or article.text[first[0] : first[1]]
    given = {"type": parent.type, "side": parent.side}
    mentions = tuple(article.span(*one) for one in sorted(edges))
    made.sources.setdefault(new, Source(id=new, name=str(name), mentions=mentions, **given))
    made.origin[new] = decision.target
    made.owner |= dict.fromkeys(edges, new)
    made.moved |= dict.fromkeys(edges, new)


def _merge(made: Register, decision: Decision, other: str) -> None:
    if decision.target not in made.sources or other not in made.sources:
        made.broken.append((decision.target, f"a merge with a source that is not there ({other})"))
    elif other in made.into or made.root(decision.target) == other or decision.target == other:
        if made.root(other) != made.root(decision.target):
            made.broken.append((decision.target, f"a merge against another one: {other} was merged elsewhere"))
    else:
        made.into[other] = decision.target


def _edges(value: Any) -> Edges | None:
    edges = (value.get("start_char"), value.get("end_char")) if isinstance(value, Mapping) else (None, None)
    return edges if all(type(one) is int for one in edges) else None  # type: ignore[return-value]
