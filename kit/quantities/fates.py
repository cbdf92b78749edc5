"""What became of the things a figure counts: killed, captured, destroyed …, and by which word of the sentence.

In: a parse and a figure. Out: a :class:`Fate`. "lost" stays *unspecified*: it never becomes "killed".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kit.quantities.figure import Figure
from kit.quantities.parse import Parse
from kit.quantities.vocabulary import Vocabulary

_SUBJECTS = ("nsubj", "nsubj:outer", "csubj")
_PASSIVE = ("nsubj:pass", "nsubj:passive")
_ROLES = {"obj": "object", "nmod": "of"} | dict.fromkeys(_PASSIVE, "done") | dict.fromkeys(_SUBJECTS, "subject")
_RESULTS = ("xcomp", "advmod", "obj", "compound:prt", "obl", "obl:unmarked", "amod", "acl", "conj")
_TOLD = frozenset({"at", "to", "by", "of", "as", ""})


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

    @property
    def of_people(self) -> bool:
        """Whether only people come to this."""
        return self.living or self.noun == "casualty"

    noun: str = ""


_TAKEN = frozenset({"cost", "claim", "take", "lose"})
_RELATIVE = frozenset({"who", "which", "that"})
_COUNTS = frozenset({"number", "total", "count", "figure"})
NONE = Fate()


def find_fate(parse: Parse, figure: Figure, words: Vocabulary) -> Fate:
    """What the sentence says became of the things counted."""
    statuses = words.statuses
    at = figure.anchor
    own = next(_own_fates(parse, figure, at, statuses), None)
    first = parse.first_of_list(at)
    outer = _outer_fate(parse, figure, first, statuses)
    if own is not None:
        return Fate(
            own.predicate if own.predicate is not None else outer.predicate,
            own.status,
            own.role or outer.role,
            own.living,
            own.counted,
            own.named,
        )
    if outer.status is None and first != at:
        shared = next(_own_fates(parse, figure, first, statuses, said=False), None)
        return shared or outer
    return outer


def _own_fates(
    parse: Parse, figure: Figure, at: int, statuses: Mapping[str, Any], *, said: bool = True
) -> Iterator[Fate]:
    """Said of the noun itself: "34 dead", "12 tanks destroyed by …", "16 deaths"."""
    for child in parse.children[at]:
        if parse.dep[child] in ("acl", "amod", "appos", "acl:relcl", "advcl", "nmod:desc") and child > at - 6:
            relative = parse.dep[child] == "acl:relcl"
            if relative and not any(parse.lower[c] in _RELATIVE for c in parse.all(child, *_SUBJECTS, *_PASSIVE)):
                continue  # "31 workers, 12 of whom died"
            keys = set(_keys(parse, child))
            for status, table in statuses.items():
                passive = parse.child(child, "aux:pass") is not None
                if keys & table["verbs"] and (
                    passive
                    or (
                        not relative
                        and parse.lower[child].endswith(("ed", "n", "k", "t", "g"))
                        and not parse.lower[child].endswith("ing")
                    )
                ):
                    yield _fate(status, table, child, "done")
                elif (
                    keys & table["states"]
                    or parse.lower[child] in table["states"]
                    or (relative and keys & table["happens"])
                ):
                    yield _fate(status, table, child, "is")
    behind = parse.at(figure.end - 1) + 1
    if said and (figure.noun is None or figure.noun.of) and behind < len(parse.lower):
        for status, table in statuses.items():  # "two are dead and four missing"
            if parse.lower[behind] in table["states"] and parse.pos[behind] in ("ADJ", "VERB"):
                yield _fate(status, table, behind, "is")
    if said:
        for status, table in statuses.items():
            if (parse.lemma[at] in table["nouns"] and figure.noun is not None) or (
                figure.noun is not None and figure.noun.head in table["nouns"] and not figure.noun.of
            ):
                yield _fate(status, table, None, "", named=True)


def _outer_fate(parse: Parse, figure: Figure, at: int, statuses: Mapping[str, Any]) -> Fate:
    """Said by the verb or noun that the figure hangs on."""
    dep, head = parse.dep[at], parse.head[at]
    if head == at:
        return NONE
    if figure.noun is not None and figure.noun.head == "life" and parse.lemma[head] in _TAKEN:
        return _fate("killed", statuses["killed"], head, "cost")
    keys = set(_keys(parse, head))
    role = _ROLES.get(dep, "other")
    if parse.lower[at] == "more" and dep == "advmod":
        role = "object"
    if parse.pos[head] in ("VERB", "AUX", "ADJ") or role in ("object", "done", "subject"):
        category = figure.noun.category if figure.noun else None
        people = figure.noun is None or (category is not None and category.group in ("people", "occupations"))
        found = _of_verb(parse, head, keys, role, people, category is not None, statuses)
        if found is None and (not figure.noun or parse.case(at) == "at") and parse.case(at) in _TOLD:
            found = _of_toll(parse, head, at, statuses)
        return found or Fate(head, role=role)
    if role == "of" and parse.case(at) in ("of", "to", "among"):
        if parse.lower[head] in ("life", "lives") and parse.lemma[parse.head[head]] in _TAKEN:
            return _fate("killed", statuses["killed"], parse.head[head], "cost")
        names = _names(parse, head)
        for status, table in statuses.items():
            if names & table["nouns"]:
                return _fate(status, table, head, "of", named=True)
    return Fate(head, role=role)


def _of_verb(
    parse: Parse, verb: int, keys: set[str], role: str, people: bool, known: bool, statuses: Mapping[str, Any]
) -> Fate | None:
    done = [status for status, table in statuses.items() if role in ("object", "done") and keys & table["verbs"]]
    if done:
        status = next((one for one in done if bool(statuses[one].get("living")) == people), done[0])
        vague = people and known and status in ("destroyed", "damaged")  # "eliminated 40 fighters" does not say how
        if vague or _is_one_of_two(parse, verb, status, statuses):
            status = "unspecified"
        return _fate(status, statuses[status], verb, role)
    for status, table in statuses.items():
        if role == "subject" and (
            keys & table["happens"]
            or keys & table["states"]
            or (parse.lower[verb] in table["states"] and parse.child(verb, "obj") is None)
        ):
            return _fate(status, table, verb, "is")
        if role in ("object", "subject", "done") and any(
            parse.lemma[c] in table["states"] or parse.lower[c] in table["states"] for c in parse.all(verb, "xcomp")
        ):
            return _fate(status, table, verb, "is")
        if role == "object" and parse.lemma[verb] in table.get("losers", ()):
            return _fate(status, table, verb, "lost")
        if role == "done" and parse.lemma[verb] in table.get("losers", ()):
            return _fate(status, table, verb, "done")
        if (
            role in ("object", "other")
            and parse.lemma[verb] in table.get("costs", ())
            and (len(parse.all(verb, "obj", "iobj")) > 1 or parse.lemma[verb] == "claim")
        ):
            return _fate(status, table, verb, "cost")
    return None


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


def _of_toll(parse: Parse, verb: int, at: int, statuses: Mapping[str, Any]) -> Fate | None:
    """ "the death toll rose to 300", "put casualties at more than 80"."""
    for noun in parse.all(verb, "nsubj", "nsubj:pass", "obj"):
        if noun == at:
            continue
        names = _names(parse, noun)
        if parse.lemma[noun] in _COUNTS:  # "the number of dead rose to 41"
            names |= {name for child in parse.children[noun] for name in (parse.lower[child], parse.lemma[child])}
        for status, table in statuses.items():
            if names & table["nouns"]:
                return replace(_fate(status, table, verb, "toll", named=True), name=noun, noun=parse.lemma[noun])
    return None


def _names(parse: Parse, noun: int) -> set[str]:
    """A noun alone and with what it is compounded with: "toll", "death toll"."""
    return {parse.lemma[noun], *(f"{parse.lemma[c]} {parse.lemma[noun]}" for c in parse.all(noun, "compound"))}


def _fate(status: str, table: Mapping[str, Any], word: int | None, role: str, *, named: bool = False) -> Fate:
    return Fate(word, status, role, bool(table.get("living")), not table.get("uncounted"), named)


def _keys(parse: Parse, verb: int) -> Iterator[str]:
    """A verb's lemma, alone and with its particle or result: "shoot", "shoot down", "take prisoner"."""
    yield parse.lemma[verb]
    for child in parse.children[verb]:
        if parse.dep[child] in _RESULTS and child > verb:
            yield f"{parse.lemma[verb]} {parse.lemma[child]}"
