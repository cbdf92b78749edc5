"""What a verb says of the things that a figure counts, and in which role the figure stands.

In: a parse, the verb, the figure's word and its role there. Out: the status with the role, by the classes of
``events.toml``: what is done to them, what happens to them, in which state they are left, where they end ("put to
death"), what they suffer ("suffered burns"). The longest wording wins: "shot down" before "shot".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kit.quantities.parse import Parse
from kit.quantities.parties import acts, find_subject
from kit.quantities.vocabulary import Vocabulary

_RESULTS = ("xcomp", "advmod", "obj", "compound:prt", "obl", "obl:unmarked", "amod", "acl", "conj", "dep")
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no"})
_HARMED = frozenset({"for", "with", "from"})
_FOUND = frozenset({"find", "see", "discover", "believe", "report", "presume", "fear", "declare", "pronounce", "list"})


@dataclass(frozen=True)
class Thing:
    """What is counted: its word in the tree, the singular of its noun, and whether it is people (``known`` or not)."""

    word: int
    noun: str
    people: bool
    known: bool

    @property
    def may_live(self) -> bool:
        """Whether these are people, or things of which the lists know nothing."""
        return self.people or not self.known


def keys_of(parse: Parse, verb: int) -> Iterator[str]:
    """A verb's lemma, alone and with its particle or result: "shoot", "shoot down", "take prisoner"."""
    yield parse.lemma[verb]
    for child in parse.children[verb]:
        if parse.dep[child] in _RESULTS and child > verb:
            yield from (f"{parse.lemma[verb]} {form}" for form in _forms(parse, child))


def best_status(keys: set[str], statuses: Mapping[str, Any], lists: tuple[str, ...], *, people: bool) -> str | None:
    """The status whose lists hold the longest of these wordings; of two, the one that befalls people, or things."""
    found = [
        (key.count(" "), bool(table.get("living")) == people, -index, status)
        for index, (status, table) in enumerate(statuses.items())
        for name in lists
        for key in keys & table.get(name, frozenset())
    ]
    return max(found)[3] if found else None


def status_by_verb(parse: Parse, verb: int, role: str, thing: Thing, words: Vocabulary) -> tuple[str, str] | None:
    """Status and role, or ``None`` where the verb tells of no fate. ``role`` is "is" where nobody does it."""
    statuses, keys = words.statuses, set(keys_of(parse, verb))
    lemma, passive = parse.lemma[verb], parse.child(verb, "aux:pass") is not None
    role = "done" if role == "subject" and passive else role
    status = _by_sense(parse, verb, keys, role, thing, words, passive)
    if status is not None:
        return status
    for status, table in statuses.items():
        if role == "object" and lemma in table.get("losers", ()):
            return status, "lost"
        if role == "done" and lemma in table.get("losers", ()):
            return status, "done"
        if role in ("object", "other") and lemma in table.get("costs", ()):
            subject = find_subject(parse, verb)  # a blast claims lives, a union claims members
            lives = lemma == "claim" and (subject is None or not acts(parse, subject, words))
            if len(parse.all(verb, "obj", "iobj")) > 1 or lives:
                return status, "cost"
    return _by_surroundings(parse, verb, role, thing, words)


def _by_sense(
    parse: Parse, verb: int, keys: set[str], role: str, thing: Thing, words: Vocabulary, passive: bool
) -> tuple[str, str] | None:
    statuses, alive = words.statuses, thing.people
    if parse.pos[verb] not in ("VERB", "AUX", "ADJ"):
        return None
    if role in ("object", "done"):
        lists = ("verbs", "passives") if passive and alive else ("verbs",)
        status = best_status(keys, statuses, lists, people=alive)
        held = [s for s, t in statuses.items() if thing.noun in t.get("held", ()) and parse.lemma[verb] in t["holds"]]
        if status is None and held:
            taken = held[0] == "captured" or role == "done"  # who finds bodies has killed nobody
            return held[0], role if taken else "is"
        if status is not None:
            vague = alive and thing.known and status in ("destroyed", "damaged")  # "eliminated 40" does not say how
            return "unspecified" if vague or _is_one_of_two(parse, verb, status, statuses) else status, role
    if role == "subject" or (role == "done" and not passive):
        status = best_status(keys, statuses, ("happens",), people=alive)
        if status is None and not parse.all(verb, "obj"):
            status = best_status({parse.lemma[verb], parse.lower[verb]}, statuses, ("states",), people=alive)
        if status is not None:
            return status, "is"
    if role in ("object", "subject", "done"):
        left = [c for c in parse.all(verb, "xcomp", "acl", "advcl") if c > max(verb, thing.word) or role != "object"]
        states = {form for c in left if parse.dep[c] == "xcomp" for form in (parse.lemma[c], parse.lower[c])}
        status = best_status(states, statuses, ("states",), people=alive)
        if status is not None:
            return status, "is" if role == "subject" or parse.lemma[verb] in _FOUND else role
        if role == "done" and parse.lower[verb] in statuses["missing"]["states"]:
            return "missing", "is"
    return None


def _by_surroundings(parse: Parse, verb: int, role: str, thing: Thing, words: Vocabulary) -> tuple[str, str] | None:
    """ "taken into custody", "reduced to rubble", "rushed to hospital", "treated for burns", "have not been seen"."""
    if role not in ("object", "done", "subject") or (role == "subject" and _has_object(parse, verb, thing)):
        return _by_harm(parse, verb, role, thing, words)
    behind = [*parse.all(verb, "obl"), *(c for c in parse.all(thing.word, "nmod") if role == "object")]
    behind += [c for c in parse.all(verb, "advmod", "compound:prt") if parse.case(c)]
    behind = [c for c in (*behind, verb) if parse.case(c)]
    ends = {f"{parse.case(c).split()[-1]} {form}" for c in behind for form in _forms(parse, c)}
    status = best_status(ends, words.statuses, ("ends",), people=thing.people)
    if status is not None:
        return status, "is" if role == "subject" else role
    if (
        thing.may_live
        and parse.lemma[verb] in words.sets["helping"]
        and best_status(ends, words.statuses, ("cared",), people=True)
    ):
        return "wounded", "is"
    if role == "done" and not _NEGATIONS.isdisjoint(parse.lower[c] for c in parse.all(verb, "advmod")):
        status = best_status({parse.lemma[verb]}, words.statuses, ("unseen",), people=thing.people)
        if status is not None:
            return status, "unseen"
    return _by_harm(parse, verb, role, thing, words)


def _by_harm(parse: Parse, verb: int, role: str, thing: Thing, words: Vocabulary) -> tuple[str, str] | None:
    if not thing.may_live or role not in ("object", "done", "subject"):
        return None
    suffers = role == "subject" and parse.lemma[verb] in words.sets["suffering"]
    suffered = [c for c in parse.all(verb, "obj") if c != thing.word] if suffers else []
    if parse.lemma[verb] in words.sets["helping"]:
        near = (*parse.all(verb, "obl"), *parse.all(thing.word, "nmod"))
        suffered += [c for c in near if parse.case(c) in _HARMED]
    harms = {form for c in suffered for form in _forms(parse, c)}
    status = best_status(harms, words.statuses, ("harms", "nouns"), people=True)
    return (status, "is") if status and words.statuses[status].get("harms") else None


def _forms(parse: Parse, word: int) -> set[str]:
    """A noun's lemma, also where the parse left a plural."""
    return {parse.lemma[word], *(parse.lower[word].removesuffix(ending) for ending in ("s", "es"))}


def _has_object(parse: Parse, verb: int, thing: Thing) -> bool:
    return any(c != thing.word for c in parse.all(verb, "obj"))


def _is_one_of_two(parse: Parse, verb: int, status: str, statuses: Mapping[str, Any]) -> bool:
    """ "killed or wounded 30": nobody says how many of each."""
    partners = [child for child in parse.all(verb, "conj") if child == verb + 2]
    partners += [parse.head[verb]] if parse.dep[verb] == "conj" and parse.head[verb] == verb - 2 else []
    return any(
        parse.lemma[partner] in table["verbs"]
        for partner in partners
        for other, table in statuses.items()
        if other != status
    )
