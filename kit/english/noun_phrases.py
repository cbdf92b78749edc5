"""Noun phrases for Universal Dependencies: spaCy's own English rules expect other labels and find few of them.

``doc.noun_chunks`` uses this in any pipeline with the ``kit_english`` component. For a ``Doc`` that came from
elsewhere, from a DocBin for one, call :func:`find_noun_phrases`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
INSIDE = frozenset("compound flat fixed goeswith nmod:poss det amod nummod expl discourse".split())
BEFORE = frozenset(
    "det det:predet amod nummod compound nmod:poss nmod:desc nmod:unmarked advmod flat goeswith case".split()
)
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
    label, found = doc.vocab.strings.add("NP"), []
    for token in doclike:
        if token.pos_ not in NOMINAL or token.dep_ in INSIDE or (found and token.i < found[-1][1]):
            continue
        start, end = _start(token), _end(token)
        while found and found[-1][0] >= start:  # a noun among the modifiers: "US" in "the US and UK governments"
            found.pop()
        found.append((max(start, found[-1][1]) if found else start, end, label))
    yield from found


def _start(head: Token) -> int:
    """The first word of the modifiers that stand before a noun without a break."""
    start, crossed = head.i, False
    for child in reversed(list(head.lefts)):
        if child.dep_ == "punct":  # "a big, red house", "the “special” unit", but not "clearly, a mistake"
            crossed = True
        elif (
            child.dep_ not in BEFORE
            or (child.dep_ == "case" and child.tag_ != GENITIVE)
            or (crossed and child.dep_ == "advmod")
        ):
            break
        else:
            start = min(start, child.left_edge.i)
    return start


def _end(head: Token) -> int:
    """Behind the last word of a name, of a number or of a genitive mark on the noun."""
    doc, end = head.doc, head.i + 1
    for child in head.rights:
        if child.is_space:  # a line break inside a name
            continue
        if child.dep_ not in AFTER or any(not token.is_space for token in doc[end : child.left_edge.i]):
            break
        end = child.right_edge.i + 1
    while doc[end - 1].is_space:
        end -= 1
    return end
