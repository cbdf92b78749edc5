"""Who a verb has as its subject, by the parse.

``"It rained," he said, adding that it poured``: one "he" serves both verbs, but a word has one role and one cue, so
that the network leaves one of the two without a source. The subject of the verb, or of the verb it hangs on, is it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Doc, Token

from kit.english.index import index_of

SUBJECT = ("nsubj", "nsubj:outer")
SHARED = ("conj", "advcl", "xcomp", "parataxis")  # a verb that hangs so on another has the subject of that one
NOBODY = frozenset({"there", "this", "that", "which", "what"})
QUOTED = ("quote", "cite")
FARTHEST = 4  # steps from a verb to the one that has a subject


def find_tops(doc: Doc, words: Collection[int]) -> list[Token]:
    """Those of the words that hang on none of the others."""
    heads = index_of(doc).heads
    inside = words if isinstance(words, (set, range)) else set(words)
    return [doc[i] for i in words if heads[i] not in inside or heads[i] == i]


def find_head(doc: Doc, words: Sequence[int]) -> Token | None:
    """The verb or noun of a cue, on which its other words hang."""
    heads = find_tops(doc, words)
    return next((token for token in heads if token.pos_ in ("VERB", "NOUN")), heads[0] if heads else None)


def find_subject(verb: Token | None) -> Token | None:
    """The word that a verb has as its subject, its own or that of the verb it hangs on; of a passive the agent."""
    for _ in range(FARTHEST):
        if verb is None:
            return None
        children = {child.dep_: child for child in verb.children}
        if verb.lemma_ in QUOTED and "nsubj:pass" in children:
            return children["nsubj:pass"]  # "the mayor was quoted by an agency as saying"
        agent = children.get("obl:agent")
        if agent is not None and any(child.lower_ == "by" for child in agent.lefts):
            return agent
        found = next((children[name] for name in SUBJECT if name in children), None)
        if found is not None:
            if verb.dep_ == "acl:relcl" and found.tag_ in ("WP", "WDT"):
                return verb.head
            return None if found.lower_ in NOBODY else found
        if (
            "aux:pass" in children
            or "nsubj:pass" in children
            or (verb.tag_ == "VBN" and not any(name.startswith("aux") for name in children))
        ):
            return None  # "when asked, he said": nobody is named who asked
        if verb.dep_ == "acl":
            return verb.head
        verb = verb.head if verb.dep_ in SHARED and verb.head.i != verb.i else None
    return None


def span_words(head: Token, barred: Collection[int]) -> list[int]:
    """The words of a noun phrase with what hangs on it, up to the first word that belongs elsewhere."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    while start < head.i and (head.doc[start].dep_ in ("case", "cc", "mark") or head.doc[start].is_punct):
        start += 1
    words = list(range(start, end))
    stop = next((word for word in words if word in barred and word > head.i), end)
    words = [word for word in words if word < stop]
    while words and head.doc[words[-1]].is_punct:
        words.pop()
    return words
