"""What kind of source a mention names: a person, a body of a state, a medium, another body, or nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kit.sources.mentions import Mention
from kit.sources.words import GENITIVE, is_plural, lists, singular

AUTHORS = frozenset({"by", "of", "from"})


def find_type(mention: Mention) -> str:
    """The type of a mention by its own words; a document has that of its author."""
    if mention.label:
        return "state"
    if mention.pronoun:
        return "person" if mention.pronoun in ("male", "female") else "unnamed"
    if mention.name:
        return "person"
    if is_document(mention):
        author = find_author(mention)
        return type_of_words(author) if author else "unnamed"
    return type_of_words([token for token in mention.core if token.tag_ != GENITIVE], mention)


def is_document(mention: Mention) -> bool:
    """Whether a mention is something written."""
    return not mention.proper and mention.is_writing


def find_author(mention: Mention) -> list[Token]:
    """The words for whoever wrote a document: its owner, or who stands behind "by", "of" or "from"."""
    if mention.owner is not None:
        return phrase_of(mention.owner, mention)
    if mention.words[0].tag_ == "PRP$":
        return [mention.words[0]]
    inside = set(mention.words)
    for token in mention.words:
        if token.i > mention.head.i and token.head in inside and token.pos_ in ("NOUN", "PROPN"):
            case = next((child.lower_ for child in token.lefts if child.dep_ == "case"), "")
            people = is_plural(token) or singular(token) in lists().person
            above = [word for word in mention.words if word.i > token.i and word.dep_ == "nmod" and people]
            if case in AUTHORS and above and (above[0].ent_type_ == "ORG" or body_type(above[0])):
                return phrase_of(above[0], mention)
            if case in AUTHORS and token.dep_ in ("nmod", "obl", "obl:agent", "nmod:poss"):
                return phrase_of(token, mention)
    before = [child for child in mention.head.lefts if child.dep_ == "compound" and body_type(child)]
    return before[:1]


def phrase_of(token: Token, mention: Mention) -> list[Token]:
    """A noun inside a mention with what hangs on it, without its preposition and genitive mark."""
    inside = set(mention.words)
    words = [word for word in token.subtree if word in inside and not word.is_space]
    while words and (words[0].dep_ == "case" or words[0].is_punct):
        words.pop(0)
    end = next((i for i, word in enumerate(words) if word.i > token.i and word.is_punct), len(words))
    return [word for word in words[:end] if word.tag_ != GENITIVE]


def type_of_words(words: Sequence[Token], mention: Mention | None = None) -> str:
    """The type of a noun phrase that is no document."""
    tables = lists()
    head = mention.head if mention is not None else _head_of(words)
    if head is None or not words:
        return "unnamed"
    indefinite = words[0].lower_ in tables.indefinite and words[0] is not head
    plural, lower = is_plural(head), head.lower_
    if lower in tables.unnamed or (words[0].lower_ in tables.unnamed and words[0] is head):
        return "unnamed"
    if mention is not None and mention.proper:
        return _type_of_name(mention)
    if plural:
        definite = words[0].lower_ == "the" or words[0].tag_ == "PRP$" or head.dep_ == "nmod:poss"
        if lower in ("authorities", "forces") and definite:
            return "state"
        return "organisation" if definite and lower in tables.collective else "unnamed"
    if indefinite:
        return "unnamed"
    if singular(head) in tables.person and head.lower_ != "ombudsman":
        return "person"
    found = body_type(head)
    if found:
        return found
    if head.pos_ == "PROPN" or (not head.pos_ and head.text[:1].isupper()):
        return _type_of_proper(words, head)
    return "person" if head.pos_ in ("NOUN", "ADJ", "VERB") else "unnamed"


def body_type(head: Token) -> str | None:
    """The type of the body that a noun with its modifiers names, if it names one."""
    tables, noun = lists(), singular(head)
    if noun in tables.media:
        return "media"
    if noun in tables.state:
        before = _words_before(head)
        if before & tables.media_modifiers:
            return "media"
        return "organisation" if before & tables.of_no_state else "state"
    if noun in tables.organisation or head.lower_ in tables.forms:
        return "state" if noun in tables.state_only_so and _words_before(head) & tables.of_state else "organisation"
    if head.ent_type_ == "LOC" or noun in tables.capitals:
        return "state"
    return None


def _words_before(noun: Token) -> set[str]:
    """A noun's modifiers and theirs, but not its owner's."""
    return {child.lower_ for child in noun.lefts}.union(
        word.lower_ for child in noun.lefts if child.dep_ != "nmod:poss" for word in child.lefts
    )


def _type_of_name(mention: Mention) -> str:
    """The type of a body by the noun that describes it, by the words of its name, by its entity."""
    tables = lists()
    lower = [word.lower() for word in mention.proper]
    inside = set(mention.words)
    described = [token for token in mention.words if token.text not in mention.proper and token.pos_ == "NOUN"]
    if len(mention.proper) == 1 and lower[0] in tables.media:
        return "media"
    for token in reversed(described):
        if not any(child.dep_ == "case" and child in inside for child in token.children):
            found = body_type(token)
            if found:
                return found
    own = [token for token in mention.words if token.text in mention.proper]
    last = next((token for token in reversed(own) if token.lower_ not in tables.forms), own[-1] if own else None)
    if last is not None and last is not own[-1]:
        return "organisation"
    before_of = next((i for i, word in enumerate(lower) if word in ("of", "for")), len(lower))
    heads = [token for token in own if token.text in mention.proper[:before_of]]
    if heads and singular(heads[-1]) in tables.person:
        return "unnamed" if mention.determiner == "a" else "person"
    if heads and set(lower) & tables.of_no_state:
        return "organisation"
    if heads:
        key = heads[-1]
        national = set(lower) & tables.of_state and key.lower_ in tables.state_only_so
        if national:
            return "state"
        found = body_type(key)
        if found:
            return found
    named = own[-1] if own and mention.head not in own else mention.head  # "the owner, Calder Rail"
    return _type_of_proper(own or mention.words, named)


def _type_of_proper(words: Sequence[Token], head: Token) -> str:
    tables = lists()
    lower = {token.lower_ for token in words}
    for kind in ("media", "state", "organisation"):
        if lower & getattr(tables, kind):
            return kind
    if any(head.lower_.endswith(ending) and head.lower_ != ending for ending in tables.media_endings):
        return "media"
    if head.ent_type_ == "LOC":
        return "state"
    if head.ent_type_ == "ORG" or words[0].lower_ == "the" or lower & tables.forms:
        return "organisation"
    return "person"


def _head_of(words: Sequence[Token]) -> Token | None:
    inside = set(words)
    tops = [token for token in words if token.head not in inside or token.head is token]
    return tops[0] if tops else (words[-1] if words else None)
