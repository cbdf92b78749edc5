"""What a mention without a name refers to: pronouns, roles ("the Norvian general"), bodies ("the ministry")."""

from __future__ import annotations

from spacy.tokens import Token

from kit.sources.entities import BODIES, FULLEST, RECENT, Entity, Register, key_of, latest, matches, side_of
from kit.sources.kinds import is_document
from kit.sources.mentions import Mention
from kit.sources.words import are_related, lists

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "ROOT"})
LONGEST = 80  # words of a sentence


def find_same_words(mention: Mention, register: Register) -> Entity | None:
    """An entity that was called the same. Without an article that is a body only: two "officials" are two."""
    known = register.by_name.get(key_of([token.text for token in mention.core]), ())[-RECENT:]
    if mention.determiner != "the":
        known = [entity for entity in known if entity.type in BODIES and mention.type in BODIES]
    return latest(entity for entity in known if entity.last >= 0 or entity.cited)


def find_antecedent(pronoun: str, mention: Mention, register: Register) -> Entity | None:
    """Whom a pronoun means: the latest one that fits, in its sentence the subject before others."""
    log = {"body": register.bodies, "many": register.groups}.get(pronoun, register.people)
    log = log[-RECENT:]
    if mention.told_by >= 0:  # few pronouns are: looking through all mentions of the recent ones does not add up
        log = [(e, m) for e, m in log if all(seen.span.start_char != mention.told_by for seen in e.mentions)]
    fits = [(e, m) for e, m in log if pronoun in ("body", "many") or e.gender in (None, pronoun)]
    if pronoun not in ("body", "many"):
        fits = [(e, m) for e, m in fits if e.type not in BODIES and not is_document(m)]
        fits = [(e, m) for e, m in fits if _is_person(e, m)] or fits
    if pronoun == "many" and not fits:
        fits = register.bodies[-RECENT:]
    if not fits:
        return None
    entity, last = fits[-1]
    for other, seen in reversed(fits[-5:-1]):
        if _sentence(seen) != _sentence(last):
            break
        if not is_subject(last) and is_subject(seen):
            return other
    return entity


def _is_person(entity: Entity, mention: Mention) -> bool:
    """Whether somebody is named, or called what people are called: "the arrest warrant" is neither."""
    return bool(entity.name) or bool({*mention.noun.split()[-1:]} & lists().person)


def is_subject(mention: Mention) -> bool:
    """Whether a mention is cited or is the subject of its sentence."""
    return mention.cited or (mention.head is not None and mention.head.dep_ in SUBJECTS)


def _sentence(mention: Mention) -> int:
    """Where the sentence of a mention starts, as near as a few steps back show."""
    token: Token = mention.words[0]
    for _ in range(LONGEST):
        if token.i == 0 or token.is_sent_start:
            break
        token = token.nbor(-1)
    return token.i


def find_role(mention: Mention, register: Register) -> Entity | None:
    """Whom a role or a noun with "the" means: "the general", "the Norvian general", "the ministry", "the company"."""
    noun, modifiers = mention.noun, mention.modifiers
    known = [entity for entity in register.by_role.get(noun, ())[-RECENT:] if entity.last >= 0]
    known = [entity for entity in known if (entity.type in BODIES) == (mention.type in BODIES) or entity.name == ()]
    known = [entity for entity in known if not entity.plural or mention.head.tag_ == "NNS"]
    side = side_of(mention)
    if side:
        known = [entity for entity in known if entity.side is None or are_related(side.lower(), entity.side.lower())]
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
    if noun in lists().company_words:
        bodies = [entity for entity, seen in register.bodies[-RECENT:] if seen.proper and entity.type != "media"]
        if noun not in ("agency", "body"):
            bodies = [entity for entity in bodies if entity.type == "organisation"]
        return bodies[-1] if bodies else None
    return None


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
