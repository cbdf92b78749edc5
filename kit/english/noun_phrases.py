"""Noun phrases for Universal Dependencies: spaCy's own English rules expect other labels and find few of them.

``doc.noun_chunks`` uses this in any pipeline with the ``kit_english`` component. For a ``Doc`` that came from
elsewhere, from a DocBin for one, call :func:`find_noun_phrases`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
INSIDE = frozenset("compound flat fixed goeswith nmod:poss det amod nummod expl discourse".split())
BEFORE = frozenset("det det:predet amod nummod compound nmod:poss advmod flat goeswith case".split())
AFTER = frozenset({"flat", "goeswith", "fixed", "nummod"})
GENITIVE = "POS"


def find_noun_phrases(doclike: Doc | Span) -> list[Span]:
    """Noun phrases without what hangs on them from behind (clauses, "of …"), in order, none inside another.

    Args:
        doclike: A parsed ``Doc`` or a part of one.

    Raises:
        ValueError: There is no parse.
    """
    doc = doclike.doc
    return [Span(doc, start, end, label=label) for start, end, label in noun_phrases(doclike)]


def noun_phrases(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """The same as (start, end, label), the form that spaCy asks of a language."""
    doc = doclike.doc
    if not doc.has_annotation("DEP"):
        raise ValueError("noun phrases need a parse: run a pipeline with the component kit_english first")
    label, last = doc.vocab.strings.add("NP"), -1
    for token in doclike:
        if token.pos_ in NOMINAL and token.dep_ not in INSIDE and token.i >= last:
            start, end = max(_start(token), last), _end(token)
            yield start, end, label
            last = end


def _start(head: Token) -> int:
    """The first word of the modifiers that stand before a noun without a break."""
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ not in BEFORE or (child.dep_ == "case" and child.tag_ != GENITIVE):
            if child.dep_ == "punct" and child.i == start - 1 and child.text in "-–":
                start = child.i
                continue
            break
        start = min(start, child.left_edge.i)
    return start


def _end(head: Token) -> int:
    """Behind the last word of a name, of a number or of a genitive mark on the noun."""
    end = head.i + 1
    for child in head.rights:
        if child.dep_ not in AFTER or child.left_edge.i != end:
            break
        end = child.right_edge.i + 1
    return end
