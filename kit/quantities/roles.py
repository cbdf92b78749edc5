"""Who lost and who acted: spans of the sentence by its parse. Who *reports* is in :mod:`kit.quantities.reporting`.

In: a parse, a figure and its fate. Out: spans; the members of a list share theirs.
"""

from __future__ import annotations

from kit.quantities.fates import Fate
from kit.quantities.figure import Figure
from kit.quantities.parse import Parse
from kit.quantities.parties import acts, agent_of, find_subject, owner_of, party
from kit.quantities.vocabulary import Vocabulary
from kit.records import Span

_NOBODY = frozenset({"lost", "is", "toll", "cost", "unseen", ""})
_STEALING = frozenset({"steal", "take", "embezzle", "loot", "siphon", "rob"})
_LEAVING = frozenset({"leave", "render", "make", "set", "turn", "shoot", "beat", "strike"})
_GIVEN = frozenset({"with", "for", "of", "on", "to", "by"})
_COUNTED = frozenset({"count", "vague", "fraction"})


def find_affected(parse: Parse, figure: Figure, fate: Fate, words: Vocabulary) -> Span | None:
    """Whom a loss befalls: the loser, or the owner of what was lost."""
    verb = _depriving(parse, figure, words)
    if verb is not None:
        whom = parse.child(verb, "obj", "nsubj:pass")  # "stripped the museum of 14 paintings"
        return parse.span(parse.edges(whom)[0], whom) if whom is not None and parse.pos[whom] != "PRON" else None
    verb = fate.predicate
    if verb is not None and parse.pos[verb] in ("VERB", "AUX"):
        found, decided = _of_verb(parse, figure, fate, verb, words)
        if decided:
            return found
    if fate.status is None:
        return None
    if fate.named and verb is not None and parse.pos[verb] == "NOUN":
        owner, above = owner_of(parse, verb), parse.head[verb]
        if owner is None and parse.dep[verb] == "obj" and parse.lemma[above] in words.sets["suffering"]:
            owner = party(parse, find_subject(parse, above, words))
        if owner is not None:
            return owner
    thing = figure.noun.word if figure.noun is not None else figure.anchor  # "three of Norvia's tanks"
    parted = figure.noun is not None and figure.noun.of
    return owner_of(parse, thing) or (None if parted else _owner_of_list(parse, figure.anchor))


def _of_verb(parse: Parse, figure: Figure, fate: Fate, verb: int, words: Vocabulary) -> tuple[Span | None, bool]:
    """The loser that a verb names, and whether nobody else can be."""
    lemma, above = parse.lemma[verb], parse.head[figure.anchor]
    if (fate.role == "lost" and figure.kind in _COUNTED) or _is_left_behind(figure, fate):
        return party(parse, find_subject(parse, verb, words)), True
    if fate.role == "cost":
        before = (c for c in parse.all(verb, "iobj", "obj") if c < figure.anchor and parse.lower[c] != "lives")
        target = next(before, None)
        if target is not None:
            return party(parse, target), True
    if fate.role == "toll" and fate.name is not None:
        whose = parse.child(fate.name, "nmod:poss")
        if whose is not None and parse.pos[whose] == "PRON":
            return party(parse, find_subject(parse, verb, words)), True
        return owner_of(parse, fate.name), True
    if fate.named and fate.role == "object":
        if lemma in words.sets["suffering"]:
            return party(parse, find_subject(parse, verb, words)), True
        if lemma in words.sets["inflicting"]:
            targets = [*parse.all(verb, "obl"), *parse.all(figure.anchor, "nmod")]
            target = next((c for c in targets if parse.case(c) in ("on", "among", "to", "upon")), None)
            return party(parse, target) or owner_of(parse, figure.anchor), True
    if fate.role == "done" and parse.lemma[above] in ("have", "see") and parse.dep[figure.anchor] == "obj":
        return party(parse, find_subject(parse, above, words)), True  # "had four jets shot down"
    if lemma in _STEALING or (fate.status == "captured" and fate.role in ("object", "done")):
        target = next((c for c in parse.all(verb, "obl") if parse.case(c) == "from"), None)
        whom = target is not None and (lemma in _STEALING or acts(parse, target, words))
        return (party(parse, target), True) if whom else (None, lemma in _STEALING)
    return None, False


def _is_left_behind(figure: Figure, fate: Fate) -> bool:
    """Who abandons tanks loses them; who abandons people does it to them."""
    category = figure.noun.category if figure.noun else None
    return fate.status == "abandoned" and category is not None and category.group == "equipment"


def _owner_of_list(parse: Parse, word: int) -> Span | None:
    first = parse.first_of_list(word)
    members = [first, *parse.all(first, "conj")]
    return next((owner for member in reversed(members) if (owner := owner_of(parse, member, behind=True))), None)


def find_actor(parse: Parse, figure: Figure, fate: Fate, words: Vocabulary) -> Span | None:
    """Who is said to have done it: subject of the active verb, agent of the passive, "by" behind a noun of the deed."""
    verb, role = _depriving(parse, figure, words), "object"
    if verb is None:
        verb, role = fate.predicate, fate.role
    above = parse.head[figure.anchor]
    if role == "is" and parse.dep[figure.anchor] == "obj" and parse.lemma[above] in _LEAVING and verb != above:
        verb, role = above, "object"  # "gunmen left 12 dead"
    if verb is None or role in _NOBODY or _is_left_behind(figure, fate):
        return None
    lemma = parse.lemma[verb]
    bare = figure.kind in ("fraction", "percent") and not figure.unit
    if fate.status is None and (lemma in words.sets["recording"] or bare):
        return None
    if fate.named and parse.pos[verb] == "VERB" and lemma not in words.sets["inflicting"]:
        return None  # who suffers or reports 34 deaths has not caused them
    if role == "done":
        return party(parse, agent_of(parse, verb), words)
    if parse.pos[verb] == "NOUN":
        deed = fate.status is not None or lemma in words.sets["deeds"]
        return _of_deed(parse, figure, fate, verb, words) if deed else None
    if fate.status is None and (_does_nothing(parse, verb, role, words) or _is_change(parse, figure, verb, words)):
        return None
    case = parse.case(figure.anchor)  # "supplied the navy with 12 boats", "made off with €400,000"
    given = case in _GIVEN if parse.child(verb, "obj") is not None else case == "with" and _has_particle(parse, verb)
    if role == "subject" or (role == "other" and not given):
        return None
    subject = find_subject(parse, verb, words)
    if subject is None or parse.child(verb, "nsubj:pass") is not None:
        return None
    if fate.status is None and not acts(parse, subject, words, unknown=_counts_things(figure, words)):
        return None
    return party(parse, subject, words)


def _has_particle(parse: Parse, verb: int) -> bool:
    return parse.child(verb, "compound:prt") is not None


def _counts_things(figure: Figure, words: Vocabulary) -> bool:
    points = words.lists["events"]["change"]["percentages"]
    return figure.kind == "count" and (figure.noun is None or figure.noun.head not in points)


def _depriving(parse: Parse, figure: Figure, words: Vocabulary) -> int | None:
    """The verb that takes a figure away, where it stands behind "of": "robbed the bank of $3m"."""
    if parse.case(figure.anchor) != "of":
        return None
    head = parse.head[figure.anchor]
    verb = head if parse.pos[head] == "VERB" else parse.head[head]
    return verb if parse.lemma[verb] in words.sets["depriving"] and parse.pos[verb] == "VERB" else None


def _does_nothing(parse: Parse, verb: int, role: str, words: Vocabulary) -> bool:
    lemma = parse.lemma[verb]
    still = lemma in words.sets["still"] or lemma in words.sets["cues"]
    return (still and not _has_particle(parse, verb)) or role not in ("object", "other")


def _is_change(parse: Parse, figure: Figure, verb: int, words: Vocabulary) -> bool:
    """Whether a verb only says by how much its subject changed: "shares fell 3 per cent"; or for how long."""
    change = words.lists["events"]["change"]
    changing = parse.lemma[verb] in change["up"] or parse.lemma[verb] in change["down"]
    amount = figure.kind in ("percent", "money") or (figure.noun is None and figure.kind != "measure")
    amount = amount or (figure.noun is not None and figure.noun.head in change["percentages"])
    return figure.kind == "duration" or (changing and amount and parse.lemma[verb] not in change["transitive"])


def _of_deed(parse: Parse, figure: Figure, fate: Fate, noun: int, words: Vocabulary) -> Span | None:
    """ "the destruction of nine drones by …", "Norvia's capture of …", "blamed militias for the killing of …"."""
    above = parse.head[noun]
    agent = agent_of(parse, noun, figure.anchor)
    if agent is None:
        agent = next((c for c in parse.all(above, "obl", "obl:agent") if parse.case(c) == "by"), None)
    if agent is None and fate.status != "unspecified":
        agent = parse.child(noun, "nmod:poss")
    if agent is None and parse.lemma[above] in words.sets["accusing"]:
        agent = parse.child(above, "obj", "nsubj:pass")
    return party(parse, agent, words)
