"""Who is known so far: people and bodies, and the indexes by which a later mention finds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kit.sources.kinds import body_type, is_document
from kit.sources.mentions import Mention
from kit.sources.words import are_related, is_side, lists

RECENT = 40  # entities of one kind or name that a mention looks back at
FULLEST = 60  # mentions of one entity, beyond which nothing is compared
MANY = frozenset({"NNS", "NNPS"})
BODIES = frozenset({"state", "organisation", "media"})
UNNAMED = frozenset({"the", "'s", "’s"})  # words that a name may stand with or without


@dataclass(eq=False)
class Entity:
    """One real-world source while its mentions are being collected; uncited ones are known but never reported.

    Attributes:
        mentions: every mention in reading order, those of people who are only talked about among them.
        names: what a person's name was written like, the fullest first.
        words: all words that describe it, in lower case.
        gender: what titles, nouns and given names say. heard: of "he" less "she", cited ones twice.
        last: when it was last spoken of outside of what others say; -1 for never.
        cited_at: when it was last cited.
        home: the party or firm that the text calls this person's.
        side: the country that the first mention with one gives.
    """

    type: str
    mentions: list[Mention] = field(default_factory=list)
    name: tuple[str, ...] = ()
    words: set[str] = field(default_factory=set)
    gender: str | None = None
    heard: int = 0
    plural: bool = False
    last: int = -1
    cited_at: int = -1
    home: Entity | None = None
    side: str | None = None

    @property
    def cited(self) -> bool:
        """Whether a claim or another source cites it."""
        return self.cited_at >= 0


def side_of(mention: Mention) -> str | None:
    """The country in a mention: an adjective ("Norvian"), or a name before or in the possessive of a state's noun."""
    sides = lists().sides["nouns"]
    for token in mention.words:
        if token.text in mention.name or token.dep_ not in ("amod", "compound", "nmod:poss", "nmod"):
            continue
        if is_side(token.text) and token.head in mention.words:
            return token.text
        of_state = token.head.lower_ in sides or token.head.lemma_.lower() in sides
        country = token.pos_ == "PROPN" and of_state and not token.text.isupper()
        known = token.lower_ not in lists().bodies and token.lower_ not in lists().person
        alone = not any(child.dep_ in ("compound", "flat", "amod") for child in token.children)
        if country and known and alone and token.dep_ != "nmod" and token.ent_type_ != "ORG":
            return token.text
    return None


class Register:
    """The entities of one text with their indexes. Each look-up goes back over a bounded number of them."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.by_surname: dict[str, list[Entity]] = defaultdict(list)
        self.by_name: dict[str, list[Entity]] = defaultdict(list)
        self.by_role: dict[str, list[Entity]] = defaultdict(list)
        self.by_first: dict[str, list[Entity]] = defaultdict(list)
        self.people: list[tuple[Entity, Mention]] = []
        self.talked_of: list[tuple[Entity, Mention]] = []  # people, also those whom only others speak of
        self.bodies_talked_of: list[tuple[Entity, Mention]] = []
        self.bodies: list[tuple[Entity, Mention]] = []
        self.groups: list[tuple[Entity, Mention]] = []
        self.short: dict[str, str] = {}
        self.by_head: dict[int, Entity] = {}
        self.entities_in_order: list[Entity] = []  # by mention

    def add(self, mention: Mention, entity: Entity | None, when: int) -> Entity:
        """Count a mention to an entity, a new one where there is none."""
        if entity is None:
            entity = Entity(mention.type)
            self.entities.append(entity)
        entity.mentions.append(mention)
        self.entities_in_order.append(entity)
        if mention.head is not None and not mention.is_pair:
            self.by_head.setdefault(mention.head.i, entity)
        if mention.cited:
            entity.cited_at = when
        self._learn(entity, mention)
        thing = (entity.type in BODIES and not mention.is_pair) or (is_thing(mention) and not entity.plural)
        if thing:
            self.bodies_talked_of.append((entity, mention))
        elif not entity.plural:
            self.talked_of.append((entity, mention))
        if not mention.inside or (mention.cited and entity.type in BODIES):
            entity.last = when
            log = self.bodies if thing else self.groups if entity.plural else self.people
            log.append((entity, mention))
        return entity

    def _learn(self, entity: Entity, mention: Mention) -> None:
        if mention.label:
            entity.words |= set(mention.label.lower().split())
            _index(self.by_name, mention.label.lower(), entity)
            _index(self.by_role, mention.label.lower().split()[-1], entity)
            return
        if mention.pronoun:
            heard = mention.pronoun in ("male", "female") and not mention.inside
            if heard and (mention.cited or not entity.heard):  # who is not cited may be spoken of in a quotation
                entity.heard += (2 if mention.cited else 1) * (1 if mention.pronoun == "male" else -1)
            return
        if mention.is_pair:
            entity.plural = True
            _index(self.by_name, key_of([token.text for token in mention.core]), entity)
            return
        entity.side = entity.side or side_of(mention)
        entity.plural = not mention.name and (entity.plural or (mention.head is not None and mention.head.tag_ in MANY))
        entity.words |= {token.lower_ for token in mention.words if token.is_alpha}
        entity.gender = entity.gender or gender_of(mention)
        if mention.name:
            entity.name = max(entity.name, mention.name, key=len)
            _index(self.by_surname, mention.name[-1].lower(), entity)
            _index(self.by_first, mention.name[0].lower(), entity)
        for noun, _ in mention.roles:
            _index(self.by_role, noun, entity)
        if mention.proper:
            _index(self.by_name, key_of(mention.proper), entity)
            _index(self.by_name, acronym(mention.proper), entity)
            _index(self.by_first, mention.proper[0].lower(), entity)
            if len(mention.proper) > 1 and is_side(mention.proper[0]):
                _index(self.by_name, key_of(mention.proper[1:]), entity)  # "the Defence Ministry", Norvian before
            for word in mention.proper:
                _index(self.by_role, word.lower(), entity)
        else:
            _index(self.by_name, key_of([token.text for token in mention.core]), entity)


def _index(table: dict[str, list[Entity]], key: str, entity: Entity) -> None:
    known = table[key]
    if entity not in known[-RECENT:]:
        known.append(entity)


def key_of(words: Iterable[str]) -> str:
    """A name for comparing: lower case, without article, determiner and genitive mark."""
    lower = (word.lower() for word in words)
    return " ".join(word for word in lower if word not in UNNAMED and (word.isalnum() or any(map(str.isalnum, word))))


def acronym(words: Sequence[str]) -> str:
    """The first letters of a name of several words, as a key; nothing for others."""
    letters = "".join(word[0] for word in words if word[:1].isupper()).lower()
    return letters if len(letters) > 2 or (len(letters) == 2 and len(words) == 2) else "\0"


def gender_of(mention: Mention) -> str | None:
    """What titles, nouns and the given name say of a person's gender."""
    tables = lists().gender
    own = {noun for noun, _ in mention.roles}
    before = [token for token in mention.words if token.i <= mention.head.i]
    own |= {token.lower_ for token in before if token.text not in mention.name}
    for gender in ("male", "female"):
        if own & tables[gender] or (len(mention.name) > 1 and mention.name[0].lower() in tables[f"{gender}_names"]):
            return gender
    return None


def is_thing(mention: Mention) -> bool:
    """Whether "it" may mean something written, or a body that has no name: "a union"."""
    described = mention.type in (*BODIES, "unnamed") and mention.head is not None and not mention.pronoun
    return is_document(mention) or (described and not mention.is_pair and body_type(mention.head) is not None)


def latest(entities: Iterable[Entity]) -> Entity | None:
    """The one cited last; of those never cited the one spoken of last."""
    return max(entities, key=lambda entity: (entity.cited_at, entity.last), default=None)


def matches(modifiers: Iterable[str], entity: Entity) -> int:
    """How many modifiers are among the words that describe an entity."""
    return sum(any(are_related(modifier, word) for word in entity.words) for modifier in modifiers)
