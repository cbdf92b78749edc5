"""Where: the place of a figure, by the parse.

In: a parse, a figure, its fate. Out: the noun phrase behind a preposition of place, or the owner of a share ("half of
Velde's wells").
"""

from __future__ import annotations

from kit.quantities.fates import Fate
from kit.quantities.figure import Figure
from kit.quantities.parse import Parse
from kit.quantities.roles import find_subject
from kit.quantities.vocabulary import Vocabulary
from kit.records import Span

_AT_MOST_UP = 4
_TRADED = frozenset({"share", "stock", "bond"})
_WITH_NAMES = frozenset({"in", "near", "outside", "above", "across", "off"})
_MONTHS = frozenset("january february march april may june july august september october november december".split())


def find_place(parse: Parse, figure: Figure, fate: Fate, words: Vocabulary) -> Span | None:
    """Where: a noun of place behind a preposition, on the figure's noun or in its clause."""
    around = [figure.anchor, parse.first_of_list(figure.anchor)]
    if figure.noun is not None and figure.noun.of:
        around.append(figure.noun.word)
    first = around[1]
    around += [c for c in parse.all(first, "conj") if c > figure.anchor]
    around += _clauses(parse, figure, fate)
    for word in dict.fromkeys(around):
        for child in parse.children[word]:
            if parse.dep[child].split(":")[0] in ("obl", "nmod") and parse.dep[child] != "nmod:poss":
                if _is_where(parse, child, words):
                    return parse.noun_phrase(child)
                inner = next((c for c in parse.all(child, "nmod") if _is_where(parse, c, words)), None)
                if inner is not None and parse.case(child) in words.sets["where"]:
                    return parse.noun_phrase(inner)
    if fate.status is None and figure.noun is not None:
        owner = parse.child(figure.noun.word, "nmod:poss")
        if owner is not None and parse.pos[owner] == "PROPN" and figure.kind == "fraction":
            return parse.noun_phrase(owner)
    return None


def _clauses(parse: Parse, figure: Figure, fate: Fate) -> list[int]:
    """What a place may hang on in a figure's clause: its verb with subject and object, and the verbs around it."""
    found: list[int] = []
    verb = fate.predicate
    for _ in range(_AT_MOST_UP):
        if verb is None:
            break
        found.append(verb)
        subject = find_subject(parse, verb)
        if subject is not None and parse.lemma[subject] not in _TRADED:
            found.append(subject)
        found += [child for child in parse.all(verb, "obj") if child != figure.anchor]
        nominal = parse.pos[verb] not in ("VERB", "AUX", "ADJ")
        if parse.head[verb] == verb or not (nominal or parse.dep[verb] in ("conj", "advcl", "xcomp")):
            break
        verb = parse.head[verb]
    return found


def _is_where(parse: Parse, word: int, words: Vocabulary) -> bool:
    return (
        parse.case(word) in words.sets["where"]
        and (
            parse.entity.get(word, ("",))[0] == "LOC"
            or parse.lemma[word] in words.sets["places"]
            or (
                parse.pos[word] == "PROPN"
                and parse.case(word) in _WITH_NAMES
                and parse.lower[word] not in _MONTHS
                and parse.entity.get(word, ("LOC",))[0] == "LOC"
            )
        )
        and (parse.child(word, "det", "nmod:poss", "compound", "amod") is not None or parse.pos[word] == "PROPN")
    )
