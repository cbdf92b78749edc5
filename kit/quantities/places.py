"""Where: the place of a figure, by the parse.

In: a parse, a figure, its fate. Out: the noun phrase behind a preposition of place, next to the figure or in its clause
and those around it; else what was hit there ("bombed Karst, killing five"), or the owner of a share ("half of Velde's
wells").
"""

from __future__ import annotations

from collections.abc import Iterator

from kit.quantities.fates import Fate
from kit.quantities.figure import Figure
from kit.quantities.parse import Parse
from kit.quantities.parties import find_subject
from kit.quantities.vocabulary import Vocabulary
from kit.records import Span

_AT_MOST_UP = 4
_TRADED = frozenset({"share", "stock", "bond"})
_WITH_NAMES = frozenset({"in", "near", "outside", "above", "across", "off", "around", "inside"})
_SPATIAL = frozenset({"near", "outside", "off", "above", "beside", "beneath", "opposite", "inside", "below"})
_LINKED = frozenset({"conj", "advcl", "xcomp", "acl"})
_NAMES = frozenset({"LOC", "ORG", "PERSON"})  # an unknown name behind "near" may be taken for any of these
_ELSEWHERE = frozenset({"to", "than", "against", "for", "with", "towards", "toward", "about"})
_MONTHS = frozenset("january february march april may june july august september october november december".split())


def find_place(parse: Parse, figure: Figure, fate: Fate, words: Vocabulary) -> Span | None:
    """Where: a noun of place behind a preposition, on the figure's noun or in its clause."""
    first = parse.first_of_list(figure.anchor)
    around = [figure.anchor, first]
    if figure.noun is not None:
        around.append(figure.noun.word)
    around += [c for c in parse.all(first, "conj") if c > figure.anchor]
    clauses = list(dict.fromkeys(_clauses(parse, figure, fate, words)))
    told = fate.status is not None or (figure.noun is not None and figure.noun.head in ("case", "infection"))
    for word in dict.fromkeys([*around, *clauses]):
        found = next(_near(parse, word, words, told, fate), None)
        if found is not None:
            return parse.noun_phrase(found)
    category = figure.noun.category if figure.noun else None
    if fate.status is not None or (category is not None and category.group == "events"):
        return next((parse.noun_phrase(word) for word in _struck(parse, clauses, figure, words)), None)
    if figure.noun is not None and figure.kind == "fraction":
        owner = parse.child(figure.noun.word, "nmod:poss")
        if owner is not None and parse.pos[owner] == "PROPN":
            return parse.noun_phrase(owner)
    return None


def _near(parse: Parse, word: int, words: Vocabulary, told: bool, fate: Fate) -> Iterator[int]:
    """Places that hang on a word, or on what hangs on it ("died in a crash near Olm")."""
    for child in parse.children[word]:
        if parse.dep[child].split(":")[0] in ("obl", "nmod") and parse.dep[child] != "nmod:poss":
            if _is_where(parse, child, words, told):
                yield child
                continue
            if parse.case(child) in _ELSEWHERE or not parse.case(child):
                continue
            left = fate.status == "displaced" and parse.case(child) == "from" and not _is_owned(parse, child)
            if left and _is_place(parse, child, words):
                yield child
            yield from (c for c in parse.all(child, "nmod") if _is_where(parse, c, words, told))


def _clauses(parse: Parse, figure: Figure, fate: Fate, words: Vocabulary) -> Iterator[int]:
    """What a place may hang on in a figure's clause: its verb with subject and object, and the verbs around it."""
    verb = fate.predicate
    for _ in range(_AT_MOST_UP):
        if verb is None:
            return
        yield verb
        subject = find_subject(parse, verb)
        if subject is not None and parse.lemma[subject] not in _TRADED:
            yield subject
        yield from (child for child in parse.all(verb, "obj", "xcomp", "conj", "advcl") if child != figure.anchor)
        nominal = parse.pos[verb] not in ("VERB", "AUX", "ADJ")
        up = nominal or parse.dep[verb] in _LINKED or (parse.dep[verb] == "amod" and parse.head[verb] == figure.anchor)
        if parse.dep[verb] == "acl:relcl":  # "the crash, in which seven died, happened near Olm"
            up = parse.lemma[parse.head[verb]] in words.sets["no_actors"]
        if parse.head[verb] == verb or not up:
            return
        verb = parse.head[verb]


def _struck(parse: Parse, clauses: list[int], figure: Figure, words: Vocabulary) -> Iterator[int]:
    """What the sentence says was hit: "the shelling of Karst", "bombed Karst, killing five", "the Karst fire"."""
    for word in clauses:
        for child in parse.children[word]:
            event = parse.lemma[word] in words.sets["no_actors"] or parse.pos[word] == "VERB"
            struck = parse.dep[child] == "obj" and parse.lemma[word] in words.sets["striking"]
            hit = struck or (parse.dep[child] == "nmod" and parse.case(child) == "of")
            named = parse.dep[child] == "compound" and parse.pos[word] == "NOUN"
            if child == figure.anchor or _is_owned(parse, child) or not event or not (hit or named):
                continue
            if parse.entity.get(child, ("",))[0] == "LOC" or (hit and _is_place(parse, child, words)):
                yield child


def _is_where(parse: Parse, word: int, words: Vocabulary, told: bool) -> bool:
    """Whether a noun stands behind a preposition of place and is a place."""
    cases = parse.case(word).split()
    if not cases or words.sets["where"].isdisjoint(cases):
        return False
    if any(parse.pos[c] == "PRON" for c in parse.all(word, "nmod:poss")):
        return False  # "at their homes"
    if _is_place(parse, word, words):
        return True
    if told and parse.pos[word] == "NOUN" and any(parse.pos[c] == "PROPN" for c in parse.all(word, "compound")):
        return cases[-1] in ("at", "near", "in") and parse.lemma[word] not in words.sets["no_actors"]
    label = parse.entity.get(word, ("LOC",))[0]
    if parse.pos[word] == "PROPN" and cases[-1] in _WITH_NAMES and parse.lower[word] not in _MONTHS:
        acronym = parse.text[parse.starts[word] : parse.ends[word]].isupper()
        return label == "LOC" or (told and label in _NAMES and not acronym)
    category = words.categories.get(parse.lemma[word])
    people = category is not None and category.group in ("people", "occupations")
    return cases[-1] in _SPATIAL and parse.pos[word] == "NOUN" and not people and _is_definite(parse, word)


def _is_place(parse: Parse, word: int, words: Vocabulary) -> bool:
    """A name of a place, or a noun that means one: by the list, as a building, or with a place's name in it."""
    if parse.entity.get(word, ("",))[0] == "LOC":
        return True
    lemma = parse.lemma[word]
    category = words.categories.get(lemma)
    if lemma in words.sets["places"] or lemma.endswith(words.localities):
        return _is_definite(parse, word) or parse.pos[word] == "PROPN"
    if category is not None:
        return category.group == "infrastructure" and _is_definite(parse, word)
    return (
        parse.pos[word] in ("NOUN", "PROPN")
        and lemma not in words.sets["no_actors"]
        and any(parse.entity.get(c, ("",))[0] == "LOC" and parse.dep[c] == "compound" for c in parse.children[word])
    )


def _is_owned(parse: Parse, word: int) -> bool:
    return parse.child(word, "nmod:poss") is not None


def _is_definite(parse: Parse, word: int) -> bool:
    return parse.child(word, "det", "nmod:poss", "compound", "amod", "nmod") is not None
