"""Which mentions mean one source: names, roles, bodies, pronouns, in reading order; headlines last.

In: the mentions of a text in reading order. Out: a :class:`~kit.sources.entities.Register` of entities. A mention
that fits nobody, or that two fit equally where nobody was cited yet, is a source of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from kit.sources.entities import BODIES, FULLEST, RECENT, Entity, Register, gender_of, key_of, latest
from kit.sources.kinds import body_type, is_document
from kit.sources.mentions import Mention
from kit.sources.references import find_antecedent, find_later, find_role, find_same_words, is_headline
from kit.sources.words import lists


def link_mentions(mentions: Sequence[Mention], short: dict[str, str]) -> Register:
    """Every mention in the entity that it means; ``short`` are the abbreviations that the text explains."""
    register = Register()
    register.short = short
    waiting: list[tuple[int, Mention]] = []
    for when, mention in enumerate(mentions):
        entity = find_entity(mention, register)
        if entity is None and mention.pronoun and not mention.cited:
            continue
        if entity is None and mention.cited and is_headline(mention):
            waiting.append((when, mention))
        else:
            register.add(mention, entity, when)
            settle_home(mention, register)
    for when, mention in waiting:
        entity = find_later(mention, register)
        register.add(mention, entity, when if entity is None else entity.cited_at)
        if entity is not None:
            entity.mentions.sort(key=lambda other: other.span.start_char)
    return register


def settle_home(mention: Mention, register: Register) -> None:
    """ "His party, the Holm League": whose party it is belongs to it."""
    pronoun = lists().pronouns.get(mention.words[0].lower_)
    if pronoun in ("male", "female") and mention.noun in lists().homes:
        owner = find_antecedent(pronoun, mention, register)
        if owner is not None:
            owner.home = register.bodies[-1][0] if register.bodies else None


def find_entity(mention: Mention, register: Register) -> Entity | None:
    """The entity that a mention means, or ``None`` for one that the text has not spoken of."""
    if mention.label:
        return latest(register.by_name.get(mention.label.lower(), ()))
    same = register.by_head.get(mention.head.i)
    if same is not None:
        return same
    if mention.is_relative:
        verb = mention.head.head
        named = register.by_head.get(verb.head.i) if verb.dep_ == "acl:relcl" else None
        last = named or (register.entities_in_order[-1] if register.entities_in_order else None)
        unlike = {"WP": "state", "WDT": "person"}[mention.head.tag_]
        return None if last is not None and last.type == unlike and last is not named else last
    if mention.head.text == "%":
        return None  # "21 %" are not those that "another 18 %" are
    if mention.pronoun:
        return find_antecedent(mention.pronoun, mention, register)
    if mention.name:
        return find_person(mention, register)
    if mention.is_pair:
        return find_same_words(mention, register)
    if mention.proper:
        known = find_body(mention, register)
        if known is None and mention.determiner == "the" and len(mention.proper) == 1:
            known = find_role(mention, register) if body_type(mention.head) else None
            named = known is not None and any(seen.proper for seen in known.mentions[:FULLEST])
            if named and mention.noun != mention.proper[0].lower():  # "the Ministry" is one that has a name
                known = None
        elif known is None and len(mention.proper) == 1 and mention.proper[0].lower() not in lists().capitals:
            people = register.by_surname.get(mention.proper[0].lower(), ())[-RECENT:]
            known = latest(entity for entity in people if len(entity.name) > 1)
        return known
    if mention.determiner != "the" or (is_document(mention) and len(mention.core) > 3):
        return find_same_words(mention, register) if mention.determiner in ("", "its") else None
    return find_same_words(mention, register) or find_role(mention, register)


def find_person(mention: Mention, register: Register) -> Entity | None:
    """Who bears this name: the same surname, and given names that do not contradict."""
    if len(mention.name) == 1 and not register.by_surname.get(mention.name[0].lower()):
        bodies = register.by_name.get(key_of(mention.name), ())[-RECENT:]
        bodies = [entity for entity in bodies if entity.type in BODIES and entity.type != "state"]
        if bodies:
            return latest(bodies)
    known = register.by_surname.get(mention.name[-1].lower(), ())[-RECENT:]
    gender = gender_of(mention)
    fits = [entity for entity in known if is_same_name(mention.name, entity.name)]
    fits = [entity for entity in fits if None in (gender, entity.gender) or gender == entity.gender]
    if not fits and len(mention.name) == 1:
        fits = register.by_first.get(mention.name[0].lower(), ())[-RECENT:]
        fits = [entity for entity in fits if entity.name] if len(fits) == 1 else []
    if not fits and mention.determiner == "the" and mention.roles:  # "the engineer", and later "the engineer, Tom Ade"
        known = register.by_role.get(mention.roles[0][0], ())[-RECENT:]
        fits = [entity for entity in known if entity.type == "person" and not entity.name and entity.cited][-1:]
    if len(fits) > 1:
        nouns = {noun for noun, _ in mention.roles}
        fits = [entity for entity in fits if nouns & _nouns(entity)] or fits
    return latest(fits)


def is_same_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names with one surname may be one person's: "Varn", "Ilse Varn", "I. Varn"."""
    if len(one) == 1 or len(other) == 1:
        return True
    first, second = one[0].lower().rstrip("."), other[0].lower().rstrip(".")
    shorter = min(len(first), len(second))
    return first == second or (shorter == 1 and first[0] == second[0])


def _nouns(entity: Entity) -> set[str]:
    return {noun for mention in entity.mentions[:FULLEST] for noun, _ in mention.roles}


def find_body(mention: Mention, register: Register) -> Entity | None:
    """The body of this name, in full, abbreviated or by the first words of its name."""
    key = key_of(mention.proper)
    for name in (key, register.short.get(key)):
        known = latest(register.by_name.get(name, ())[-RECENT:]) if name else None
        if known is not None and known.type != "unnamed":
            return known
    known = [entity for entity in register.by_first.get(key.split()[0], ())[-RECENT:] if entity.type in BODIES]
    for entity in reversed(known):
        names = [key_of(other.proper) for other in entity.mentions[:FULLEST] if other.proper]
        state = (entity.type == "state") == (mention.type == "state")
        if any(_is_longer(name, key, state) or _is_longer(key, name, state) for name in names):
            return entity
    return None


def _is_longer(name: str, short: str, alike: bool) -> bool:
    """Whether a name is a shorter one with a company's form or another word behind it; a city's is no newspaper's."""
    return name.startswith(short + " ") and short not in lists().bodies and (alike or " " in short)
