"""Claims that the parse shows and the network's flat roles cannot: one inside another, and the second of two verbs.

A word has one role in the network, so that in "the ministry said that the mayor had warned of floods" one of the two is
lost. A reporting verb with a clause and a subject of its own is a claim.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Doc, Token

from kit.claims.drafts import Draft
from kit.claims.edges import trim_fragment
from kit.english.subjects import NOBODY, find_subject, span_words

OWN = frozenset({"i", "we", "you", "it"})


def find_by_verb(
    doc: Doc, drafts: Sequence[Draft], speaking: Collection[str], thinking: Collection[str]
) -> list[Draft]:
    """Verbs of speaking with a subject and a clause that are no cue yet, and those and others set between commas."""
    cues = {word for draft in drafts for word in draft.cue}
    found = []
    for token in doc:
        is_aside = token.dep_ == "parataxis" and token.lemma_ in thinking
        if token.i in cues or not (is_aside or (token.pos_ == "VERB" and token.lemma_ in speaking)):
            continue
        subject = find_subject(token)
        if token.dep_ == "parataxis" and subject is not None and _is_other(subject):
            found += _parenthesis(token, subject)
            continue
        clause = next((child for child in token.children if child.dep_ == "ccomp"), None)
        if clause is None or subject is None or not _is_other(subject) or _is_within(clause, token, subject):
            continue
        start, end = trim_fragment(doc, clause.left_edge.i, clause.right_edge.i + 1)
        content = [word for word in range(start, end) if word != token.i]
        source = [word for word in span_words(subject, {token.i, *content})]
        if source and content and not set(source) & set(content):
            found.append(Draft(source, [token.i], content, ["reporting verb with a clause"]))
    return found


def _parenthesis(verb: Token, subject: Token) -> list[Draft]:
    """ "Most of them, villagers believe, walked south": what stands around the two commas is the content."""
    doc, start, end = verb.doc, verb.left_edge.i, verb.right_edge.i + 1
    sentence = verb.sent
    while start < verb.i and doc[start].is_punct:
        start += 1
    while end > verb.i and doc[end - 1].is_punct:
        end -= 1
    source = span_words(subject, {verb.i})
    if end != verb.i + 1 or start != source[0] or start == sentence.start or doc[start - 1].text != ",":
        return []
    before, after = trim_fragment(doc, sentence.start, start), trim_fragment(doc, end, sentence.end)
    return [Draft(source, [verb.i], [*range(*before), *range(*after)], ["reporting verb between commas"])]


def _is_other(subject: Token) -> bool:
    return subject.lower_ not in OWN | NOBODY and subject.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ")


def _is_within(clause: Token, verb: Token, subject: Token) -> bool:
    """Whether the clause swallows the verb or its subject, as in a quotation that the parse hangs the wrong way."""
    start, end = clause.left_edge.i, clause.right_edge.i
    return start <= verb.i <= end or start <= subject.i <= end
