"""Subjects, owners and other parties by the parse: who stands where, before anybody asks who lost or acted.

In: a parse and a word. Out: a word, or the span of a noun phrase. A subject left out is the one of the verb before
("killed 14 and injured 62"), of the verb above ("denied losing 16 tanks"), or its object ("accused rebels of killing").
"""

from __future__ import annotations

from kit.quantities.parse import Parse
from kit.quantities.vocabulary import Vocabulary
from kit.records import Span

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "nsubj:outer")
_RELATIVE = frozenset({"who", "which", "that"})
_SHARED = frozenset({"conj", "xcomp", "advcl", "ccomp", "parataxis", "acl"})
_OWNING = frozenset({"belong", "own", "operate", "use", "man", "crew", "command", "deploy"})
_DEMONYMS = ("ian", "ish", "ese", "ean", "ch", "i")
_AGENTIVE = ("er", "or", "ist", "ian", "eer", "man", "men", "crat", "ee")
_ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ing", "age", "ance", "ence", "ism", "ure", "ics", "al", "th")
_AT_MOST_UP = 4


def find_subject(parse: Parse, verb: int, words: Vocabulary | None = None) -> int | None:
    """The subject of a verb, its own or the one it shares."""
    for _ in range(_AT_MOST_UP):
        own, dep, above = parse.child(verb, *_SUBJECTS), parse.dep[verb], parse.head[verb]
        if own is not None and parse.lower[own] in _RELATIVE and dep == "acl:relcl":
            return above
        if own is not None:
            return own
        if dep not in _SHARED or above == verb:
            return None
        if dep == "acl":
            if parse.child(verb, "mark") is None:  # "a strike killing nine"
                return above if parse.lower[verb].endswith("ing") else None
            above = parse.head[above]  # "claimed responsibility for sinking two ships"
        if dep in ("xcomp", "advcl", "obl") and parse.pos[verb] == "VERB" and words is not None:
            target = parse.child(above, "obj", "iobj", "nsubj:pass")
            if target is not None and target < verb and parse.lemma[above] in words.sets["controlling"]:
                return target  # "forced 400 people to flee", "accused rebels of killing 40"
        verb = above
    return None


def agent_of(parse: Parse, *around: int) -> int | None:
    """Who stands behind "by", the first found."""
    return next(
        (
            c
            for one in around
            for word in (one, *parse.all(one, "conj"))  # "kicked and punched by fans"
            for c in parse.children[word]
            if parse.dep[c].split(":")[0] in ("obl", "nmod") and parse.case(c) == "by"
        ),
        None,
    )


def party(parse: Parse, word: int | None, words: Vocabulary | None = None) -> Span | None:
    """The noun phrase of somebody; nobody for a pronoun. With ``words`` an actor: of a blast, whoever is behind it."""
    if word is None or (parse.pos[word] in ("PRON", "DET", "NUM", "VERB", "ADJ") and parse.entity.get(word) is None):
        return None
    if words is None or words.sets["no_actors"].isdisjoint((parse.lemma[word], parse.lower[word])):
        return parse.noun_phrase(word)
    behind = agent_of(parse, word, *parse.all(word, "acl"))  # "a strike by Norvia", "shells fired by the rebels"
    behind = parse.child(word, "nmod:poss") if behind is None else behind
    if behind is not None:
        return parse.noun_phrase(behind) if parse.pos[behind] in ("PROPN", "NOUN") else None
    return _adjective(parse, word, parse.all(word, "amod"))


def owner_of(parse: Parse, noun: int, *, behind: bool = False) -> Span | None:
    """Whose something is: "Estmark's tanks", "tanks of the 4th brigade", "Norvian tanks", "enemy losses"."""
    if not behind:
        possessor = parse.child(noun, "nmod:poss")
        if possessor is not None and parse.pos[possessor] != "PRON":
            return parse.noun_phrase(possessor)
    for child in parse.all(noun, "nmod"):
        named = parse.child(child, "det") is not None or parse.pos[child] == "PROPN"
        if parse.case(child) == "of" and child > noun and named and parse.child(child, "nummod") is None:
            return parse.noun_phrase(child)
    for clause in parse.all(noun, "acl"):
        if parse.lemma[clause] in _OWNING:
            whose = next((c for c in parse.children[clause] if parse.case(c) in ("to", "by")), None)
            return party(parse, whose)
    return None if behind else _adjective(parse, noun, parse.all(noun, "amod", "compound"))


def _adjective(parse: Parse, noun: int, children: list[int]) -> Span | None:
    """ "Norvian", "enemy": the side that an adjective names."""
    for child in children:
        first_of_all = child == 0 or parse.text[parse.ends[child - 1] : parse.starts[child]].find("\n") >= 0
        capital = parse.text[parse.starts[child]].isupper()
        adjective = capital and parse.dep[child] == "amod" and not first_of_all
        demonym = capital and parse.lower[child].endswith(_DEMONYMS) and parse.pos[child] in ("PROPN", "ADJ")
        if (
            parse.entity.get(child, ("",))[0] == "LOC"
            or parse.lower[child] in ("enemy", "government", "rebel", "allied")
            or adjective
            or demonym
        ):
            _, first, last = parse.entity.get(child, ("", child, child + 1))
            return parse.span(first, last - 1)
    return None


def acts(parse: Parse, word: int, words: Vocabulary, *, unknown: bool = False) -> bool:
    """Whether a noun can do something: a person, a body, a state; with ``unknown`` any noun that is not abstract."""
    lemma = parse.lemma[word]
    if parse.entity.get(word, ("",))[0] in ("PERSON", "ORG", "LOC", "GPE") or parse.pos[word] == "PROPN":
        return True
    category = words.categories.get(lemma)
    if lemma in words.sets["bodies"] or (category is not None and category.group in ("people", "occupations")):
        return True
    if unknown and parse.pos[word] == "NOUN" and (category is None or category.group == "infrastructure"):
        lifeless = lemma in words.sets["lifeless"] or lemma in words.sets["no_actors"]
        return not lifeless and not lemma.endswith(_ABSTRACT)
    return category is None and len(lemma) > 4 and lemma.endswith(_AGENTIVE) and lemma not in words.sets["lifeless"]
