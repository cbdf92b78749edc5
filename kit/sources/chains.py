"""Who cites whom: "A reported, citing B", "A quoted B as saying", "B told A", and claims inside claims."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from kit.records import Claim
from kit.segments import text_of
from kit.sources.kinds import type_of_words
from kit.sources.mentions import Mention
from kit.sources.words import EDGES, span_at

CITING = frozenset({"citing", "quoting"})
QUOTING = frozenset({"quote", "cite"})
NOMINAL = frozenset({"NOUN", "PROPN"})
LONGEST = 60  # words of a sentence on each side of a cue in which "citing" is looked for

Words = list[Token]


def find_cited(doc: Doc, claims: Sequence[Claim]) -> Iterator[tuple[Words, Words]]:
    """Pairs of who cites and who is cited, as words, outside of what is said."""
    text, done = text_of(doc).lower(), set()
    citing = [token.i for token in doc if token.lower_ in CITING] if any(word in text for word in CITING) else []
    for claim in claims:
        if claim.source is None or claim.cue is None:
            continue
        cue = span_at(doc, claim.cue.start_char, claim.cue.end_char)
        source = span_at(doc, claim.source.start_char, claim.source.end_char)
        if not len(cue) or not len(source):
            continue
        verb, citer = cue.root, [token for token in source if not token.is_space]
        if not citer:
            continue
        near = citing[bisect_left(citing, verb.i - LONGEST) : bisect_left(citing, verb.i + LONGEST)]
        for token in (doc[i] for i in near):
            if token.i not in done and _hangs_on(token, verb, source):
                done.add(token.i)
                cited = _object(token)
                if cited:
                    yield citer, cited
        verb = verb.head if verb.lemma_.lower() == "say" and verb.head.lemma_.lower() in QUOTING else verb
        passive = next((child for child in verb.children if child.dep_ == "nsubj:pass"), None)
        if verb.lemma_.lower() in QUOTING and verb.i not in done:
            done.add(verb.i)
            agent = next((child for child in verb.children if child.dep_ == "obl:agent"), None)
            if passive is not None and agent is not None:
                yield phrase(agent), phrase(passive)
            elif passive is None and (cited := _object(verb)):
                yield citer, cited
        if verb.lemma_.lower() == "tell":
            hearer = next((c for c in verb.rights if c.dep_ in ("obj", "iobj") and c.pos_ == "PROPN"), None)
            if hearer is not None and type_of_words(phrase(hearer)) == "media":
                yield phrase(hearer), citer


def find_cites(
    claims: Sequence[Claim],
    cited: Sequence[tuple[Mention, Mention]],
    owners: Mapping[int, object],
    mentions: Sequence[Mention],
) -> dict[object, list[object]]:
    """For each entity whom it cites, in the order of the text; ``owners`` are the entities by a mention's id."""
    at = {(m.span.start_char, m.span.end_char): owners[id(m)] for m in mentions if m.cited}
    pairs = [(owners.get(id(citer)), owners.get(id(other))) for citer, other in cited]
    sources = {c.id: at.get((c.source.start_char, c.source.end_char)) for c in claims if c.source}
    pairs += [(sources.get(claim.parent), sources.get(claim.id)) for claim in claims if claim.parent]
    found: dict[object, list[object]] = {}
    for citer, other in pairs:
        if citer is not None and other is not None and citer is not other and other not in found.setdefault(citer, []):
            found[citer].append(other)
    return found


def _hangs_on(token: Token, verb: Token, source: Sequence[Token]) -> bool:
    """Whether a "citing" belongs to this verb, to the verb's own parts or to its source."""
    inside = {word.i for word in source}
    for _ in range(4):
        if token.i == verb.i or token.i in inside:
            return True
        token = token.head
    return False


def _object(verb: Token) -> Words:
    """The words of whom a verb has as its object, none where that is a thing like "sources" without a noun."""
    found = next((child for child in verb.rights if child.dep_ in ("obj", "iobj") and child.pos_ in NOMINAL), None)
    return phrase(found) if found is not None else []


def phrase(head: Token) -> Words:
    """A noun with what hangs on it, up to the first comma behind it, without a preposition before it."""
    words = [word for word in head.subtree if not word.is_space]
    while words and words[0].i < head.i and (words[0].dep_ == "case" or words[0].is_punct):
        words.pop(0)
    ends = (i for i, w in enumerate(words) if w.i > head.i and (w.text in EDGES or w.dep_ in ("mark", "acl:relcl")))
    return words[: next(ends, len(words))]
