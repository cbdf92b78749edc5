"""What a mention without a name refers to: pronouns, roles ("the Norvian general"), bodies ("the ministry")."""

from __future__ import annotations

from kit.sources.entities import BODIES, FULLEST, RECENT, Entity, Register, key_of, latest, matches, side_of
from kit.sources.kinds import body_type, is_document
from kit.sources.mentions import Mention
from kit.sources.salience import foremost
from kit.sources.words import are_related, is_capital, lists, singular

NEAR = 6  # mentions back that may hold a pronoun
SAID = 0.55  # how far "it" fits a body in the very sentence that it is cited for
CLEAR = 0.6  # weight from which "they" may be a body
FAINTEST = 0.2  # weight below which "it" and "they" are left alone
HEARD_ONCE = 0.6  # how far somebody fits whom the text seems to call by the other pronoun
KNOWN = 1.15  # how far somebody fits whose sex is known
VAGUE = 0.7  # how far somebody fits who is "the candidate" and no more
DOUBTFUL = 0.45  # how far somebody fits whom the text calls by no word for a person


def find_same_words(mention: Mention, register: Register) -> Entity | None:
    """An entity that was called the same. Without an article that is a body only: two "officials" are two."""
    known = register.by_name.get(key_of([token.text for token in mention.core]), ())[-RECENT:]
    if mention.determiner != "the":
        known = [entity for entity in known if entity.type in BODIES and mention.type in BODIES]
    return latest(entity for entity in known if entity.last >= 0 or entity.cited)


def find_antecedent(pronoun: str, mention: Mention, register: Register) -> Entity | None:
    """Whom a pronoun means: the most present one that fits; nobody for a thing or several that nothing was said of."""
    people = register.talked_of if mention.inside else register.people
    log = {"body": register.bodies_talked_of, "many": register.groups}.get(pronoun, people)
    around = {entity for entity, seen in log[-NEAR:] if is_around(seen, mention)}
    if mention.told_by >= 0:
        around |= {e for e, seen in log[-RECENT:] if seen.span.start_char == mention.told_by}

    def fit(entity: Entity, seen: Mention) -> float:
        if entity in around:
            return 0.0
        if pronoun == "body" and seen.inside and not seen.cited:  # "The city would pay, it said"
            return SAID if seen.at == mention.at else 0.0
        if pronoun == "many":
            return 1.0 if speaks(seen) else VAGUE  # "the results show it; they say": the researchers do
        return 1.0 if pronoun == "body" else fit_of_person(entity, seen, pronoun)

    least = FAINTEST if pronoun in ("body", "many") else 0.0
    found = foremost(mention, log, fit, least)
    if found is None and pronoun == "many":
        found = foremost(mention, register.bodies, lambda entity, seen: float(not is_document(seen)), CLEAR)
    return found


def fit_of_person(entity: Entity, seen: Mention, pronoun: str) -> float:
    """How well "he" or "she" fits somebody, from 0 to 1.15."""
    if entity.type in BODIES or is_document(seen) or entity.gender not in (None, pronoun):
        return 0.0
    heard = entity.heard if pronoun == "male" else -entity.heard
    fit = KNOWN if entity.gender or heard > 0 else 1.0
    if entity.gender is None and heard < 0:
        fit = HEARD_ONCE if heard == -1 else DOUBTFUL**2
    if entity.name:
        return fit
    if seen.noun in lists().unnamed or seen.pronoun in ("body", "many"):
        return 0.0
    if seen.cited:
        return fit if is_person(seen) else fit * DOUBTFUL
    bare = (
        not entity.gender
        and seen.determiner == "the"
        and not any(child.dep_ in ("nmod", "acl", "acl:relcl") for child in seen.head.rights)
    )
    return fit * (VAGUE if bare else 1.0)


def is_person(mention: Mention) -> bool:
    """Whether a mention calls somebody what people are called: "the arrest warrant" does not."""
    if mention.pronoun or mention.head is None:
        return bool(mention.pronoun)
    return bool({mention.noun.split()[-1], singular(mention.head)} & lists().people)


def speaks(mention: Mention) -> bool:
    """Whether several are called what people or bodies are called, or by a name."""
    return bool(mention.proper) or mention.is_pair or is_person(mention) or body_type(mention.head) is not None


def is_around(outer: Mention, mention: Mention) -> bool:
    """Whether a mention holds another one: "her" in "her lawyer" is not the lawyer."""
    return outer is not mention and outer.words[0].i <= mention.words[0].i <= outer.words[-1].i


def find_role(mention: Mention, register: Register) -> Entity | None:
    """Whom a role or a noun with "the" means: "the general", "the Norvian general", "the ministry", "the company"."""
    noun, modifiers = mention.noun, mention.modifiers
    known = [entity for entity in register.by_role.get(noun, ())[-RECENT:] if entity.last >= 0]
    known = [entity for entity in known if (entity.type in BODIES) == (mention.type in BODIES) or entity.name == ()]
    known = [entity for entity in known if not entity.plural or mention.head.tag_ == "NNS"]
    side = side_of(mention)
    if side:
        known = [entity for entity in known if entity.side is None or are_related(side.lower(), entity.side.lower())]
    own = {
        word.lower_
        for word in mention.core
        if word.ent_type_ == "ORG" and is_capital(word) and word.i != mention.head.i
    }
    known = [entity for entity in known if own <= entity.words]  # "the Tass news agency" is not any news agency
    if modifiers:
        scores = {entity: matches(modifiers, entity) for entity in known}
        best = max(scores.values(), default=0)
        if best:
            return latest(entity for entity in known if scores[entity] == best)
        bare = [entity for entity in known if is_bare(noun, entity)]
        if not known and noun in lists().company_words and not any(w.text[:1].isupper() for w in mention.core[1:]):
            cited = [entity for entity, seen in register.bodies[-RECENT:] if entity.cited and seen.proper]
            return cited[-1] if cited and cited[-1].type == "organisation" else None
        return bare[0] if len(bare) == 1 and bare[0].type not in BODIES else None
    if known:
        return latest(known)
    named = [entity for entity in register.by_role.get(noun, ())[-RECENT:] if entity.type in BODIES and entity.last < 0]
    if len(named) == 1 and mention.type in BODIES:
        return named[0]  # "found that the Holm Council had failed": so far only others spoke of it
    if noun in lists().company_words:
        return foremost(mention, register.bodies, lambda entity, seen: suits(noun, entity, seen), FAINTEST / 4)
    return None


def suits(noun: str, entity: Entity, seen: Mention) -> float:
    """How well "the company" or "the group" fits a body that has a name: a union is no company."""
    tables = lists()
    if not seen.proper or entity.type == "media":
        return 0.0
    if noun in ("agency", "body"):
        return 1.0
    if entity.type != "organisation":
        return 0.0
    if noun in tables.businesses:
        return float(not entity.words & tables.no_businesses)
    return DOUBTFUL if entity.words & tables.businesses else 1.0


def is_bare(noun: str, entity: Entity) -> bool:
    """Whether an entity has a role without any word that says which."""
    found = [words for mention in entity.mentions[:FULLEST] for other, words in mention.roles if other == noun]
    return bool(found) and not any(found)


def is_headline(mention: Mention) -> bool:
    """Whether a mention may name its source in short: no article and one thing, as in headlines."""
    head = mention.head
    if (
        head is None
        or mention.name
        or mention.pronoun
        or head.tag_ == "NNS"
        or mention.determiner
        or is_document(mention)
    ):
        return False
    return head.pos_ in ("NOUN", "PROPN") and not mention.proper


def find_later(mention: Mention, register: Register) -> Entity | None:
    """Whom a headline cites: the one source named below it that fits."""
    known = [entity for entity in register.by_role.get(mention.noun, ())[-RECENT:] if entity.cited]
    if mention.modifiers:
        known = [entity for entity in known if matches(mention.modifiers, entity) == len(mention.modifiers)]
    known = [entity for entity in known if not entity.plural and entity.type != "unnamed"]
    return known[0] if len(known) == 1 else None
