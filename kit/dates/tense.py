"""Which way a verb looks: "will meet on Friday" ahead, "met on Friday" back.

In: a token of a parsed ``Doc``. Out: -1 back, 1 ahead, 0 unknown.
"""

from __future__ import annotations

from spacy.tokens import Token

from kit.lexicon import load_lexicon

_WILL = ("will", "shall", "'ll", "’ll", "wo")
_AHEAD = (*_WILL, "would")
_STATES = ("be", "have", "say", "report", "do", "know", "think")  # verbs whose present plans nothing
_BOUNDS = ("until", "till", "by")
_STEPS = 12  # how far up the tree a verb may stand


def look_of(token: Token) -> int:
    """Climb from a time expression to the verb that it belongs to and read its tense.

    What stands inside a noun phrase ("a December 12 meeting") has no tense of its own: it can lie ahead only.
    """
    words = set(load_lexicon("dates")["ahead"]["words"])
    bound = any(child.lower_ in _BOUNDS for child in token.children) or (token.i and token.nbor(-1).lower_ in _BOUNDS)
    before = [other.lower_ for other in token.doc[max(0, token.i - 3) : token.i]]
    if "since" in before or "as of" in " ".join(before):
        return -1
    inside = False
    for _ in range(_STEPS):
        if token.pos_ in ("VERB", "AUX"):
            break
        if token.lemma_.lower() in words:
            return 1
        if any(child.dep_ in ("aux", "cop") for child in token.children):
            break
        inside = inside or (
            token.dep_ in ("compound", "amod", "nmod", "nmod:poss", "nmod:unmarked")
            and token.head.pos_ in ("NOUN", "PROPN")
        )
        if token.head == token:
            return 1 if bound else 0
        token = token.head
    else:
        return 0
    return _of_verb(token, words, bound=bool(bound), inside=inside)


def _of_verb(verb: Token, words: set[str], *, bound: bool, inside: bool) -> int:
    helpers = [child for child in verb.children if child.dep_.startswith(("aux", "cop"))]
    past = (
        verb.tag_ == "VBD"
        or any(child.tag_ == "VBD" for child in helpers)
        or any(child.lower_ in ("have", "has", "'ve", "’ve") for child in helpers)
    )
    modal = any(child.lower_ in _AHEAD or child.tag_ == "MD" for child in helpers)
    if modal and not any(child.lower_ == "have" for child in helpers):
        return 1
    infinitive = verb.tag_ == "VB" and any(child.lower_ == "to" for child in verb.children)
    if infinitive or verb.tag_ == "VBG":
        head = verb.head
        if infinitive and (head == verb or head.lemma_.lower() in words or head.lower_ == "going"):
            return 1
        if infinitive and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN") and not inside:
            return 1 if bound or head.pos_ == "NOUN" else 0
    if verb.lemma_.lower() in words and not past:
        return 1
    if verb.lemma_.lower() in words and verb.tag_ == "VBN":
        return 1
    if bound and not past:
        return 1
    if inside:
        return 0
    if verb.tag_ in ("VBZ", "VBP") and verb.lemma_ not in _STATES and not past and _ends_with_stop(verb):
        return 1  # "voters go to the polls on Sunday"; a headline's present is past
    return -1 if past or verb.tag_ == "VBN" else 0


def _ends_with_stop(verb: Token) -> bool:
    """Whether its sentence is no headline."""
    return verb.sent[-1].text in (".", "”", '"', "?", "!") or verb.sent[-1].is_space


def says_will(token: Token) -> bool:
    """Whether the verb that a time expression belongs to has "will" or "shall" itself."""
    for _ in range(_STEPS):
        if any(child.lower_ in _WILL for child in token.children):
            return True
        if token.pos_ in ("VERB", "AUX") or token.head == token:
            return False
        token = token.head
    return False
