"""Who lost and who acted: spans of the sentence by its parse. Who *reports* is another matter and is not read here.

In: a parse, a figure and its fate. Out: spans. A subject left out is the one of the verb before ("killed 14 and injured
62") or of the verb above ("denied losing 16 tanks"); the members of a list share theirs.
"""

from __future__ import annotations

from kit.quantities.fates import Fate
from kit.quantities.figure import Figure
from kit.quantities.parse import Parse
from kit.quantities.vocabulary import Vocabulary
from kit.records import Span

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "nsubj:outer")
_AGENT = "by"
_RELATIVE = frozenset({"who", "which", "that"})
_STEALING = frozenset({"steal", "take", "embezzle", "loot", "siphon", "rob"})
_AT_MOST_UP = 4


def find_subject(parse: Parse, verb: int) -> int | None:
    """The subject of a verb, its own or the one it shares."""
    for _ in range(_AT_MOST_UP):
        own = parse.child(verb, *_SUBJECTS)
        if own is not None and parse.lower[own] in _RELATIVE and parse.dep[verb] == "acl:relcl":
            return parse.head[verb]
        if own is not None:
            return own
        if parse.dep[verb] not in ("conj", "xcomp", "advcl", "ccomp", "parataxis") or parse.head[verb] == verb:
            return None
        if parse.dep[verb] == "xcomp":
            target = parse.child(parse.head[verb], "obj", "iobj")
            if (
                target is not None
                and parse.pos[verb] == "VERB"
                and target < verb
                and parse.lemma[parse.head[verb]] in ("see", "leave", "force", "order")
            ):
                return target
        verb = parse.head[verb]
    return None


def find_affected(parse: Parse, figure: Figure, fate: Fate, words: Vocabulary) -> Span | None:
    """Whom a loss befalls: the loser, or the owner of what was lost."""
    verb = fate.predicate
    if verb is not None and parse.pos[verb] in ("VERB", "AUX"):
        if fate.role == "lost" and figure.kind in ("count", "vague"):
            return _party(parse, find_subject(parse, verb))
        if (
            fate.role == "cost"
            and (
                target := next(
                    (c for c in parse.all(verb, "iobj", "obj") if c < figure.anchor and parse.lower[c] != "lives"), None
                )
            )
            is not None
        ):
            return _party(parse, target)
        if fate.role == "toll" and fate.name is not None:
            whose = parse.child(fate.name, "nmod:poss")
            own = whose is not None and parse.pos[whose] == "PRON"
            return _party(parse, find_subject(parse, verb)) if own else _owner(parse, fate.name)
        if fate.named and fate.role == "object":
            if parse.lemma[verb] in words.sets["suffering"]:
                return _party(parse, find_subject(parse, verb))
            if parse.lemma[verb] in words.sets["inflicting"]:
                targets = [*parse.all(verb, "obl"), *parse.all(figure.anchor, "nmod")]
                target = next((c for c in targets if parse.case(c) in ("on", "among", "to", "upon")), None)
                return _party(parse, target) or _owner(parse, figure.anchor)
        if parse.lemma[verb] in _STEALING:
            target = next((c for c in parse.all(verb, "obl") if parse.case(c) == "from"), None)
            return _party(parse, target) if target is not None else None
    if fate.status is None:
        return None
    if fate.named and verb is not None and parse.pos[verb] == "NOUN":
        owner, above = _owner(parse, verb), parse.head[verb]
        if owner is None and parse.dep[verb] == "obj" and parse.lemma[above] in words.sets["suffering"]:
            owner = _party(parse, find_subject(parse, above))
        if owner is not None:
            return owner
    thing = figure.noun.word if figure.noun is not None else figure.anchor  # "three of Norvia's tanks"
    parted = figure.noun is not None and figure.noun.of
    return _owner(parse, thing) or (None if parted else _owner_of_list(parse, figure.anchor))


def _owner_of_list(parse: Parse, word: int) -> Span | None:
    first = parse.first_of_list(word)
    members = [first, *parse.all(first, "conj")]
    return next((owner for member in reversed(members) if (owner := _owner(parse, member, behind=True))), None)


def _owner(parse: Parse, noun: int, *, behind: bool = False) -> Span | None:
    """Whose something is: "Estmark's tanks", "tanks of the 4th brigade", "Norvian tanks", "enemy losses"."""
    if not behind:
        possessor = parse.child(noun, "nmod:poss")
        if possessor is not None and parse.pos[possessor] != "PRON":
            return parse.noun_phrase(possessor)
    for child in parse.all(noun, "nmod"):
        if (
            parse.case(child) == "of"
            and child > noun
            and (parse.child(child, "det") is not None or parse.pos[child] == "PROPN")
        ):
            return parse.noun_phrase(child)
    if behind:
        return None
    for child in parse.all(noun, "amod", "compound"):
        first_of_all = child == 0 or parse.text[parse.ends[child - 1] : parse.starts[child]].find("\n") >= 0
        adjective = parse.dep[child] == "amod" and parse.text[parse.starts[child]].isupper() and not first_of_all
        if parse.entity.get(child, ("",))[0] == "LOC" or parse.lower[child] == "enemy" or adjective:
            _, first, last = parse.entity.get(child, ("", child, child + 1))
            return parse.span(first, last - 1)
    return None


def find_actor(parse: Parse, figure: Figure, fate: Fate, words: Vocabulary) -> Span | None:
    """Who is said to have done it: subject of the active verb, agent of the passive, "by" behind a noun of the deed."""
    verb = fate.predicate
    if verb is None or fate.role in ("lost", "is", "toll", "cost", ""):
        return None
    if fate.status is None and (
        parse.lemma[verb] in words.sets["recording"] or (figure.kind in ("fraction", "percent") and not figure.unit)
    ):
        return None
    if fate.named and parse.pos[verb] == "VERB" and parse.lemma[verb] not in words.sets["inflicting"]:
        return None  # who suffers or reports 34 deaths has not caused them
    if fate.role == "done":
        agent = next(
            (c for c in parse.children[verb] if parse.dep[c].startswith("obl") and parse.case(c) == _AGENT), None
        )
        return _party(parse, agent, words)
    if parse.pos[verb] == "NOUN":
        if fate.status is None:
            return None
        agents = [
            *parse.all(verb, "nmod", "obl"),
            *parse.all(figure.anchor, "nmod", "obl"),
            *parse.all(parse.head[verb], "obl"),
        ]
        agent = next((c for c in agents if parse.case(c) == _AGENT), None)
        agent = parse.child(verb, "nmod:poss") if agent is None and fate.status != "unspecified" else agent
        return _party(parse, agent, words)
    lemma = parse.lemma[verb]
    if fate.status is None and (
        (lemma in words.sets["still"] and parse.child(verb, "compound:prt") is None)
        or lemma in words.sets["cues"]
        or fate.role not in ("object", "other")
    ):
        return None
    if fate.role == "subject" or (fate.role == "other" and parse.child(verb, "obj") is None):
        return None
    subject = find_subject(parse, verb)
    if subject is None or parse.child(verb, "nsubj:pass") is not None:
        return None
    if fate.status is None and not _acts(parse, subject, words):
        return None
    return _party(parse, subject, words)


def _acts(parse: Parse, word: int, words: Vocabulary) -> bool:
    """Whether a noun can do something: a person, a body or a state."""
    if parse.entity.get(word, ("",))[0] in ("PERSON", "ORG", "LOC", "GPE") or parse.pos[word] == "PROPN":
        return True
    category = words.categories.get(parse.lemma[word])
    return parse.lemma[word] in words.sets["bodies"] or (
        category is not None and category.group in ("people", "occupations")
    )


def _party(parse: Parse, word: int | None, words: Vocabulary | None = None) -> Span | None:
    """The noun phrase of somebody; nobody for a pronoun, or for a blast where an actor is wanted."""
    if word is None or (parse.pos[word] in ("PRON", "DET", "NUM", "VERB", "ADJ") and parse.entity.get(word) is None):
        return None
    if words is not None and not words.sets["no_actors"].isdisjoint((parse.lemma[word], parse.lower[word])):
        owner = next((c for c in parse.all(word, "nmod", "obl") if parse.case(c) == _AGENT), None)
        owner = parse.child(word, "nmod:poss") if owner is None else owner  # "Norvia's strike", "a strike by Norvia"
        return parse.noun_phrase(owner) if owner is not None and parse.pos[owner] in ("PROPN", "NOUN") else None
    return parse.noun_phrase(word)
