"""What became of the things a figure counts: killed, captured, destroyed …, and by which word of the sentence.

In: a parse and a figure. Out: a :class:`Fate`. "lost" stays *unspecified*: it never becomes "killed". What a single
verb says is in :mod:`kit.quantities.outcomes`; here is where in the tree it is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kit.quantities.figure import Figure
from kit.quantities.outcomes import Thing, best_status, keys_of, status_by_verb
from kit.quantities.parse import Parse
from kit.quantities.vocabulary import Vocabulary

_SUBJECTS = ("nsubj", "nsubj:outer", "csubj")
_PASSIVE = ("nsubj:pass", "nsubj:passive")
_ROLES = {"obj": "object", "nmod": "of"} | dict.fromkeys(_PASSIVE, "done") | dict.fromkeys(_SUBJECTS, "subject")
_TOLD = frozenset({"at", "to", "by", "of", "as", ""})
_TAKEN = frozenset({"cost", "claim", "take", "lose"})
_RELATIVE = frozenset({"who", "which", "that"})
_COUNTS = frozenset({"number", "total", "count", "figure"})
_HAVING = frozenset({"have", "see", "get", "watch"})
_AMONG = frozenset({"among", "amongst", "between"})


@dataclass(frozen=True)
class Fate:
    """``status``, the figure's ``role`` with the word that says it, and ``living`` where only living things suffer it.

    ``predicate`` is the verb or noun that the figure hangs on, also where it tells of no fate (``status`` is ``None``).
    """

    predicate: int | None = None
    status: str | None = None
    role: str = ""
    living: bool = False
    counted: bool = True
    named: bool = False  # by a noun: a death toll, casualties
    name: int | None = None  # that noun
    noun: str = ""

    @property
    def of_people(self) -> bool:
        """Whether only people come to this."""
        return self.living or self.noun == "casualty"


NONE = Fate()


def find_fate(parse: Parse, figure: Figure, words: Vocabulary) -> Fate:
    """What the sentence says became of the things counted."""
    at = figure.anchor
    own = next(_own_fates(parse, figure, at, words), None)
    first = at if parse.case(at) == "at" else parse.first_of_list(at)
    outer = _outer_fate(parse, figure, first, words)
    if own is not None:
        return replace(
            own, predicate=outer.predicate if own.predicate is None else own.predicate, role=own.role or outer.role
        )
    if outer.status is None and first != at:
        return next(_own_fates(parse, figure, first, words, said=False), None) or outer
    return outer


def thing_of(figure: Figure, word: int) -> Thing:
    """What a figure counts; a bare number may count people."""
    noun = figure.noun
    people = noun is None or (noun.category is not None and noun.category.group in ("people", "occupations"))
    return Thing(word, noun.head if noun else "", people, noun is not None and noun.category is not None)


def _own_fates(parse: Parse, figure: Figure, at: int, words: Vocabulary, *, said: bool = True) -> Iterator[Fate]:
    """Said of the noun itself: "34 dead", "12 tanks destroyed by …", "16 deaths"."""
    statuses, people = words.statuses, thing_of(figure, at).people
    for child in parse.children[at]:
        if parse.dep[child] in ("acl", "amod", "appos", "acl:relcl", "advcl", "nmod:desc") and child > at - 6:
            relative = parse.dep[child] == "acl:relcl"
            if relative and not any(parse.lower[c] in _RELATIVE for c in parse.all(child, *_SUBJECTS, *_PASSIVE)):
                continue  # "31 workers, 12 of whom died"
            keys = set(keys_of(parse, child))
            form = parse.lower[child]
            participle = form.endswith(("ed", "n", "k", "t", "g")) and not form.endswith("ing")
            done = parse.child(child, "aux:pass") is not None or (not relative and participle)
            status = best_status(keys, statuses, ("verbs",), people=people) if done else None
            if status:
                yield _fate(words, status, child, "done")
            keys = {*keys, parse.lower[child]}
            status = best_status(keys, statuses, ("states", "happens") if relative else ("states",), people=people)
            if status:
                yield _fate(words, status, child, "is")
    if not said:
        return
    behind = parse.at(figure.end - 1) + 1
    bare = (figure.noun is None or figure.noun.of) and behind < len(parse.lower)
    if bare and parse.pos[behind] in ("ADJ", "VERB"):  # "two are dead and four missing"
        status = best_status({parse.lower[behind]}, statuses, ("states",), people=people)
        if status:
            yield _fate(words, status, behind, "is")
    if figure.noun is not None:
        status = best_status({parse.lemma[at]}, statuses, ("nouns",), people=True)
        if status is None and not figure.noun.of:
            status = best_status({figure.noun.head}, statuses, ("nouns",), people=True)
        if status:
            yield _fate(words, status, None, "", named=True)


def _outer_fate(parse: Parse, figure: Figure, at: int, words: Vocabulary) -> Fate:
    """Said by the verb or noun that the figure hangs on."""
    dep, head, statuses = parse.dep[at], parse.head[at], words.statuses
    if parse.child(at, "cop") is not None:  # "the death toll was 84"
        return _of_toll(parse, at, at, words) or (NONE if head == at else Fate(head, role=_ROLES.get(dep, "other")))
    if head == at:
        return NONE
    if figure.noun is not None and figure.noun.head == "life" and parse.lemma[head] in _TAKEN:
        return _fate(words, "killed", head, "cost")
    role = _ROLES.get(dep, "other")
    if parse.lower[at] == "more" and dep == "advmod":
        role = "object"
    case = parse.case(at)
    if parse.pos[head] in ("VERB", "AUX", "ADJ") or role in ("object", "done", "subject"):
        found = _of_verb(parse, figure, head, role, at, words)
        tolls = not figure.noun or case == "at" or parse.lemma[head] in words.sets["tolling"]
        if found is None and tolls and case in _TOLD:
            found = _of_toll(parse, head, at, words)
        return found or Fate(head, role=role)
    if role == "of" and case in ("of", "to", "among"):
        if parse.lower[head] in ("life", "lives") and parse.lemma[parse.head[head]] in _TAKEN:
            return _fate(words, "killed", parse.head[head], "cost")
        names = _names(parse, head)
        status = best_status(names, statuses, ("nouns",), people=thing_of(figure, at).people)
        if status:
            return _fate(words, status, head, "of", named=True)
        if any(parse.lower[c] == "no" for c in parse.all(head, "det")):
            status = best_status(names, statuses, ("traces",), people=True)
            if status:
                return _fate(words, status, head, "unseen")
    if role == "of" and case in ("at", "to") and parse.lemma[parse.head[head]] in words.sets["tolling"]:
        return _of_toll(parse, parse.head[head], at, words) or Fate(head, role=role)  # "put the number of dead at 41"
    return Fate(head, role=role)


def _of_verb(parse: Parse, figure: Figure, verb: int, role: str, at: int, words: Vocabulary) -> Fate | None:
    thing = thing_of(figure, at)
    found = status_by_verb(parse, verb, role, thing, words)
    if found is not None:
        return _fate(words, found[0], verb, found[1])
    if role == "subject":  # "four engineers were among the dead"
        for child in (verb, *parse.all(verb, "obl"), parse.head[verb]):
            if parse.case(child) in _AMONG:
                forms = {parse.lemma[child], parse.lower[child]}
                status = best_status(forms, words.statuses, ("states", "nouns"), people=True)
                if status:
                    return _fate(words, status, verb, "is")
    if role == "object" and parse.lemma[verb] in _HAVING:  # "saw 30 of its vehicles destroyed"
        for child in parse.all(verb, "advcl", "xcomp", "ccomp"):
            if child > at and parse.child(child, "mark", *_SUBJECTS) is None and not parse.lower[child].endswith("ing"):
                status = best_status(set(keys_of(parse, child)), words.statuses, ("verbs",), people=thing.people)
                if status:
                    return _fate(words, status, child, "done")
    for inner in parse.all(verb, "xcomp") if role in ("subject", "done", "object") else ():
        if inner > verb and parse.pos[inner] == "VERB":  # "had to leave their homes", "forced 400 to flee"
            as_what = "done" if parse.child(inner, "aux:pass") is not None else "subject"
            found = status_by_verb(parse, inner, as_what, replace(thing, word=at), words)
            if found is not None and role == "object":
                return _fate(words, found[0], verb, "object")
            if found is not None:
                return _fate(words, found[0], inner, found[1])
    return None


def _of_toll(parse: Parse, verb: int, at: int, words: Vocabulary) -> Fate | None:
    """ "the death toll rose to 300", "put casualties at more than 80"."""
    for noun in parse.all(verb, "nsubj", "nsubj:pass", "obj"):
        if noun == at:
            continue
        names = _names(parse, noun)
        if parse.lemma[noun] in _COUNTS:  # "the number of dead rose to 41"
            names |= {name for child in parse.children[noun] for name in (parse.lower[child], parse.lemma[child])}
        status = best_status(names, words.statuses, ("nouns", "states"), people=True)
        if status:
            return replace(_fate(words, status, verb, "toll", named=True), name=noun, noun=parse.lemma[noun])
    return None


def _names(parse: Parse, noun: int) -> set[str]:
    """A noun alone and with what it is compounded with: "toll", "death toll"."""
    return {parse.lemma[noun], *(f"{parse.lemma[c]} {parse.lemma[noun]}" for c in parse.all(noun, "compound"))}


def _fate(words: Vocabulary, status: str, word: int | None, role: str, *, named: bool = False) -> Fate:
    table = words.statuses[status]
    return Fate(word, status, role, bool(table.get("living")), not table.get("uncounted"), named)
