"""Claims without a reporting verb: "in the words of the mayor", "the army's claim that …", "put the toll at nine"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from spacy.symbols import NOUN
from spacy.tokens import Doc, Token

from kit.claims.drafts import Draft
from kit.claims.edges import trim_fragment
from kit.claims.quotations import Quotation
from kit.english.index import index_of
from kit.english.subjects import find_subject, span_words

WRITTEN = frozenset({"report", "article", "story", "study", "statement", "letter", "claim", "allegation"})
FIGURED = frozenset({"at", "between"})  # "put the toll at nine"
IN_WORDS = ("in", "the", "words", "of")


def find_by_phrase(
    doc: Doc, drafts: Sequence[Draft], quotations: Sequence[Quotation], nouns: Collection[str]
) -> list[Draft]:
    """Claims that a phrase or a noun marks, where no draft has their words as its cue.

    Args:
        doc: The text.
        drafts: What is found already.
        quotations: Those of the text, in order.
        nouns: Lemmas of nouns that report ("claim", "allegation").
    """
    cues = {word for draft in drafts for word in draft.cue}
    quotes = {quotation.start: quotation for quotation in quotations if quotation.closed}
    found: list[Draft] = []
    found += [draft for i in index_of(doc).where("put") if i not in cues for draft in _figure(doc[i])]
    for i in (doc.to_array("POS") == NOUN).nonzero()[0].tolist():
        token = doc[i]
        if i in cues:
            continue
        if token.lower_ == "words" and tuple(w.lower_ for w in doc[max(0, token.i - 2) : token.i + 2]) == IN_WORDS:
            found += _in_words(token, quotes)
        elif token.pos_ == "NOUN" and token.lemma_ in nouns:
            found += _noun(token)
    return found


def _in_words(token: Token, quotes: dict[int, Quotation]) -> Iterator[Draft]:
    """ "…, in the words of NAME": the quotation of the sentence is hers."""
    sentence = token.sent
    cue = list(range(token.i - 2, token.i + 2))
    name = next((child for child in token.children if child.dep_ == "nmod" and child.i > token.i), None)
    said = next((quotes[word] for word in range(sentence.start, sentence.end) if word in quotes), None)
    if name is None or said is None:
        return
    content = list(range(said.start, said.end))
    source = span_words(name, {*cue, *content})
    if source:
        yield Draft(source, cue, content, ["in the words of"])


def _figure(verb: Token) -> Iterator[Draft]:
    """ "The governor put the number of dead at 34": what is counted, and the figure."""
    subject, counted = find_subject(verb), next((child for child in verb.rights if child.dep_ == "obj"), None)
    if verb.pos_ != "VERB" or subject is None or counted is None or subject.i > verb.i:
        return
    if any(child.tag_ == "MD" for child in verb.lefts):
        return  # "the plan would put it at nine"
    behind = verb.doc[counted.i : verb.right_edge.i + 1]
    figures = (word.head for word in behind if word.lower_ in FIGURED and word.dep_ == "case")
    figure = next((f for f in figures if any(word.pos_ == "NUM" for word in (f, *f.children))), None)
    if figure is None:
        return  # "put the tent up at the gate"
    start, end = counted.left_edge.i, max(counted.right_edge.i, figure.right_edge.i) + 1
    start, end = trim_fragment(verb.doc, start, end)
    source = span_words(subject, {verb.i})
    if source and start == verb.i + 1 and source[-1] < verb.i:
        yield Draft(source, [verb.i], list(range(start, end)), ["somebody's figure"])


def _noun(noun: Token) -> Iterator[Draft]:
    """ "the ministry's claim that it rained": the owner, if there is one, and the clause."""
    doc = noun.doc
    clause = next((child for child in noun.rights if child.dep_ in ("acl", "ccomp") and _has_that(child)), None)
    if clause is None:
        return
    owner = next((child for child in noun.lefts if child.dep_ == "nmod:poss"), None)
    start, end = trim_fragment(doc, clause.left_edge.i, clause.right_edge.i + 1)
    source = span_words(owner, {noun.i}) if owner is not None else _carrier(noun, clause)
    if start < end and start > noun.i:
        yield Draft(source, [noun.i], list(range(start, end)), ["noun with a clause"])


def _carrier(noun: Token, clause: Token) -> list[int]:
    """Where a report stands: "a report in the daily Kurier that …"."""
    case = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    name = case.head
    if noun.lemma_ not in WRITTEN or case.lower_ not in ("in", "by", "from") or case.dep_ != "case":
        return []
    if not noun.i < name.i < clause.left_edge.i:
        return []
    return [word for word in range(noun.i + 2, name.i + 1)] if name.pos_ in ("NOUN", "PROPN") else []


def _has_that(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.lefts)
