"""Sources: the mentions of one real-world source become one :class:`~kit.records.Source`.

In: a ``Doc`` and its claims. Out: the sources in the order of their first mention. This first version joins
mentions by surname ("Konashenkov"), by noun ("the ministry", "the general") and by pronoun; it knows nothing
about people who are only mentioned inside a claim.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from spacy.tokens import Doc

from kit.lexicon import load_lexicon
from kit.records import Claim, Source, SourceMention, Span, record_id

_ARTICLES = frozenset({"the", "a", "an", "this", "that", "its", "their", "his", "her"})
_RANKS = {
    "general": "gen.",
    "lieutenant": "lt.",
    "colonel": "col.",
    "senator": "sen.",
    "governor": "gov.",
    "major": "maj.",
}


def extract_sources(doc: Doc, claims: Sequence[Claim]) -> list[Source]:
    """One :class:`Source` per real-world source that the claims cite, in the order of their first mention."""
    people: list[_Draft] = []
    for claim in claims:
        if claim.source is None:
            continue
        draft = _known(claim.source.text, people)
        if draft is None:
            draft = _Draft(_type_of(claim.source.text))
            people.append(draft)
        draft.mentions.append(Span(claim.source.start_char, claim.source.end_char, claim.source.text))
        draft.names.setdefault(claim.source.text, _words(claim.source.text))
    text, names = doc.text, [_name(draft) for draft in people]
    return [
        Source(
            id=record_id(text, "source", draft.mentions[0].start_char, draft.mentions[0].end_char),
            name=name,
            type=draft.type,
            group=_group(name, names),
            mentions=tuple(draft.mentions),
        )
        for draft, name in zip(people, names, strict=True)
    ]


def link_sources(claims: Sequence[Claim], sources: Sequence[Source]) -> list[Claim]:
    """The claims with the id of its :class:`Source` in each source mention."""
    ids = {(m.start_char, m.end_char): source.id for source in sources for m in source.mentions}

    def linked(mention: SourceMention) -> SourceMention:
        return replace(mention, source_id=ids.get((mention.start_char, mention.end_char)))

    return [replace(claim, source=linked(claim.source)) if claim.source else claim for claim in claims]


@dataclass
class _Draft:
    """A source while its mentions are being collected."""

    type: str
    mentions: list[Span] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)  # what the text calls it → the words of that


def _tables() -> dict[str, frozenset[str]]:
    return _as_sets(os.environ.get("KIT_LEXICON"))


@lru_cache(maxsize=4)
def _as_sets(folder: str | None) -> dict[str, frozenset[str]]:
    """The word lists as sets; ``folder`` is the user's, so that another one is noticed."""
    return {name: frozenset(words) for name, words in load_lexicon("sources").items()}


def _words(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?", text)
    return [word for word in words if word.lower() not in _ARTICLES]


def _known(text: str, drafts: list[_Draft]) -> _Draft | None:
    """The source that this mention means: the latest one that fits."""
    words = _words(text)
    if not words:
        return None
    recent = sorted(drafts, key=lambda draft: draft.mentions[-1].start_char, reverse=True)
    pronoun = words[-1].lower()
    if pronoun in _tables()["pronouns"]:
        fits = {"he": {"person"}, "she": {"person"}, "it": {"state", "organisation", "media"}}.get(pronoun)
        return next((draft for draft in recent if fits is None or draft.type in fits), None)
    same = (draft for draft in recent if any(_same(words, name) for name in draft.names.values()))
    return next(same, None)


def _same(words: list[str], known: list[str]) -> bool:
    """Whether a mention names the source of a known one: equal, its last name, or its noun or rank alone."""
    lower, known_lower = [word.lower() for word in words], [word.lower() for word in known]
    if lower == known_lower:
        return True
    titles = _tables()["person"]
    if lower[-1] in _tables()["unnamed"]:
        return False
    if len(lower) == 1 and lower[0] in titles:  # "the general"
        return bool({lower[0], _RANKS.get(lower[0])} & set(known_lower))
    name, known_name = ([word for word in each if word not in titles] for each in (lower, known_lower))
    if not name or not known_name or name[-1] != known_name[-1]:
        return False
    if len(name) == 1 or len(known_name) == 1:  # a surname, or "the ministry"
        return True
    return words[-1][0].isupper() and name[-2:] == known_name[-2:]


def _type_of(text: str) -> str:
    words = [word.lower() for word in _words(text)]
    tables = _tables()
    if not words or words[-1] in tables["unnamed"]:
        return "unnamed"
    if words[-1] in tables["pronouns"]:
        return "unnamed" if words[-1] in ("it", "they") else "person"
    if tables["person"] & set(words):
        return "person"
    for kind in ("state", "media", "organisation"):
        if tables[kind] & set(words):
            return kind
    capitals = sum(word[:1].isupper() for word in _words(text))
    return "person" if capitals >= 1 and not text.lower().startswith(("the ", "a ")) else "organisation"


def _name(draft: _Draft) -> str:
    """The fullest mention, without its article."""
    longest = max(draft.mentions, key=lambda mention: (len(_words(mention.text)), -mention.start_char)).text
    return re.sub(r"^(?:the|a|an)\s+", "", re.sub(r"\s+", " ", longest), flags=re.I)


def _group(name: str, names: list[str]) -> str:
    """A spokesperson belongs to the body in the spokesperson's title ("X Ministry Spokesperson …" → "X Ministry")."""
    inside = [other for other in names if other != name and other in name and " " in other]
    return max(inside, key=len, default=name)
