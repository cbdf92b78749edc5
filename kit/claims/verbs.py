"""Claims that the parse shows and the network's flat roles cannot: one inside another, and the second of two verbs.

A word has one role in the network, so that in "the ministry said that the mayor had warned of floods" one of the two is
lost. A reporting verb with a clause and a subject of its own is a claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spacy.symbols import VERB, parataxis
from spacy.tokens import Doc, Token

from kit.claims.drafts import Draft
from kit.claims.edges import trim_fragment
from kit.english.subjects import NOBODY, QUOTED, find_subject, span_words

FINITE = frozenset({"VBD", "VBZ", "VBN"})
FINDING = frozenset({"report", "announce", "claim", "predict", "forecast", "propose"})  # with a noun as object
OWN = frozenset({"i", "we", "you", "it"})


def find_by_verb(doc: Doc, drafts: Sequence[Draft], cues: Mapping[str, Any]) -> list[Draft]:
    """Verbs of speaking with a subject and a clause that are no cue yet, and those and others set between commas.

    So are verbs of asking with somebody to do something ("urged the council to wait").
    """
    speaking, thinking, asking = (frozenset(cues[name]) for name in ("speaking", "thinking", "asking"))
    taken = {word for draft in drafts for word in draft.cue}
    held = {word for draft in drafts for word in draft.content}
    found = []
    kinds = doc.to_array(["POS", "DEP"])
    for i in ((kinds[:, 0] == VERB) | (kinds[:, 1] == parataxis)).nonzero()[0].tolist():
        token = doc[i]
        is_aside = token.dep_ == "parataxis" and token.lemma_ in thinking
        if token.i in taken or not (is_aside or (token.pos_ == "VERB" and token.lemma_ in speaking | asking)):
            continue
        if token.head.i in taken and (token.dep_ == "xcomp" or (token.tag_ == "VBG" and token.head.lemma_ in QUOTED)):
            continue  # "declined to say", "was quoted as saying"
        subject = find_subject(token)
        if token.dep_ == "parataxis" and subject is not None and _is_other(subject):
            found += _parenthesis(token, subject)
            continue
        if subject is None or not _is_other(subject):
            continue
        clause = next((c for c in token.children if c.dep_ == "ccomp" and _is_told(c, token, subject)), None)
        if token.lemma_ in asking and token.lemma_ not in speaking:
            content = _order(token, subject) if token.i not in held else range(0)
        elif clause is not None:
            content = range(*trim_fragment(doc, clause.left_edge.i, clause.right_edge.i + 1))
        elif token.dep_ in ("advcl", "conj") and _to_have(token):
            clause = _to_have(token)
            content = range(*trim_fragment(doc, clause.left_edge.i, clause.right_edge.i + 1))
        elif token.i in held and subject.pos_ in ("NOUN", "PROPN") and token.tag_ in FINITE:
            content = _objects(token, subject)
        else:
            continue
        source = [word for word in span_words(subject, {token.i, *content})]
        if source and content and not set(source) & set(content):
            found.append(Draft(source, [token.i], list(content), ["reporting verb with a clause"]))
    return found


def _to_have(verb: Token) -> Token | None:
    """The infinitive of "claims to have hit the bridge"."""
    clauses = (child for child in verb.rights if child.dep_ == "xcomp" and child.tag_ == "VB")
    return next((c for c in clauses if verb.lemma_ == "claim" and any(w.lower_ == "to" for w in c.lefts)), None)


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


def _order(verb: Token, subject: Token) -> range:
    """Whom somebody asks, and to do what."""
    people = [child for child in verb.rights if child.dep_ in ("obj", "iobj")]
    deed = next((child for child in verb.rights if child.dep_ == "xcomp"), None)
    if verb.tag_ not in FINITE | {"VBP"} or subject.pos_ not in ("NOUN", "PROPN") or not people or deed is None:
        return range(0)
    return range(*trim_fragment(verb.doc, people[0].left_edge.i, deed.right_edge.i + 1))


def _objects(verb: Token, subject: Token) -> range:
    """What a verb inside a claim reports without a clause: "a gap", "of a shortage", "to go"."""
    objects = ("xcomp", "obj") if verb.lemma_ in FINDING else ("xcomp",)
    told = [child for child in verb.rights if child.dep_ in objects and child.i > subject.i]
    told += [child for child in verb.rights if child.dep_ == "obl" and any(c.lower_ == "of" for c in child.lefts)]
    if not told:
        return range(0)
    start, end = min(child.left_edge.i for child in told), max(child.right_edge.i for child in told) + 1
    return range(*trim_fragment(verb.doc, start, end))


def _is_told(clause: Token, verb: Token, subject: Token) -> bool:
    """Whether a clause is what the verb tells: it stands behind it, has a subject of its own, and not the verb's."""
    start, end = clause.left_edge.i, clause.right_edge.i
    own = any(child.dep_.startswith(("nsubj", "expl")) for child in clause.children)
    return own and start > verb.i and not start <= subject.i <= end
