"""What a source is called, and the body that it belongs to."""

from __future__ import annotations

import re

from spacy.tokens import Token

from kit.sources.entities import BODIES, Entity
from kit.sources.kinds import body_type, find_author, is_document, phrase_of
from kit.sources.mentions import Mention
from kit.sources.words import GENITIVE, is_side, is_title, lists, noun_of, singular

ARTICLES = ("the", "a", "an")
BELONGING = frozenset({"for", "of", "at", "from", "with", "in"})


def name_of(entity: Entity) -> str:
    """The name of a source: a person's without titles, a body's without article, else the fullest noun phrase."""
    if entity.name:
        return re.sub(r" ?([-’']) ", r"\1", " ".join(entity.name))
    named = [mention for mention in entity.mentions if not mention.pronoun] or entity.mentions
    named = [mention for mention in named if not mention.is_relative] or named
    named = [mention for mention in named if mention.cited or mention.type in BODIES or mention.name] or named
    proper = [mention for mention in named if mention.proper]
    if proper:
        return tidy(" ".join(max((m.proper for m in proper), key=lambda words: (len(words), len(words[0])))))
    fullest = max(named, key=lambda m: (len(m.label.split()) or _length(m), m.cited))
    return fullest.label or phrase_name(fullest)


def _length(mention: Mention) -> int:
    return len([token for token in mention.core if token.is_alpha and token.lower_ not in ARTICLES])


def phrase_name(mention: Mention) -> str:
    """A noun phrase as a name: spaces single, no genitive mark at its end, its article in lower case."""
    core = [token for token in mention.core]
    while len(core) > 1 and (core[-1].tag_ == GENITIVE or core[-1].is_punct):
        core.pop()
    if not core:
        return tidy(mention.span.text)
    text = tidy(core[0].doc[core[0].i : core[-1].i + 1].text)
    first, _, rest = text.partition(" ")
    if rest and first.lower() in lists().indefinite | {
        "the",
        "its",
        "his",
        "her",
        "their",
        "my",
        "our",
        "this",
        "these",
        "those",
    }:
        return f"{first.lower()} {rest}"
    return text


def tidy(text: str) -> str:
    """White space as single spaces."""
    text = re.sub(r"\s+", " ", text).strip(" ,;:")
    return re.sub(r" ([’'])", r"\1", text) or text


def body_words(mention: Mention) -> list[Token] | str | None:
    """The words for the body that a mention belongs to; a text where the title only implies it ("farm minister")."""
    if mention.pronoun or mention.head is None:
        return None
    if is_document(mention):
        return find_author(mention) or None
    head = mention.head
    if mention.owner is not None and mention.owner.text in mention.proper:
        return None  # the "Workers" of "the Rail Workers' Union"
    if mention.owner is not None and not mention.name and body_type(head):
        whole = mention.owner.lower_ in lists().loose
        owned = is_body(mention.owner) or mention.noun in lists().offices
        return phrase_of(mention.owner, mention) if owned and not whole else None
    if mention.type in BODIES and not mention.name:
        return None
    inside = set(mention.words)
    titles = [token for token in mention.words if token.text not in mention.name and token.pos_ in ("NOUN", "PROPN")]
    titles = [token for token in titles if noun_of(token).split()[-1] in lists().person or token is head]
    titles += [token for token in mention.words if token is head and token not in titles]
    for title in titles:
        if noun_of(title) in lists().outsiders:
            continue
        voice = bool({noun_of(title), singular(title)} & (lists().voices | lists().staff))
        for child in title.children:
            if (
                child not in inside
                or is_title(child)
                or child.text in mention.name
                or child.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ")
            ):
                continue
            case = next((word.lower_ for word in child.lefts if word.dep_ == "case"), None)
            if child.dep_ == "nmod:poss" and (is_body(child, title) or child.lower_ in lists().pronouns):
                return phrase_of(child, mention)
            if child.lower_ in lists().loose:
                continue
            if child.dep_ == "nmod" and case in BELONGING and (is_body(child) or (voice and case in ("for", "of"))):
                return phrase_of(child, mention)
            loose = child.lower_ in lists().loose or is_side(child.text) or is_title(child) or is_place(child)
            before = child.dep_ in ("compound", "nmod") and case is None and child.i < title.i and not loose
            before = before or (child.dep_ == "amod" and child.lower_ in lists().state and child.i < title.i)
            if before and (body_type(child) or is_abbreviation(child, title) or (voice and is_body(child, title))):
                return [word for word in phrase_of(child, mention) if word.i <= child.i]
        before = title.nbor(-1) if title.i else title
        described = (
            before in inside
            and not is_title(before)
            and before.dep_ in ("nmod:desc", "compound")
            and before is not title
        )
        if described and body_type(before) and before.lower_ not in lists().loose and not is_place(before):
            return phrase_of(before, mention)
        modifiers = [token for token in title.lefts if token.dep_ == "compound" and token.pos_ in ("NOUN", "PROPN")]
        modifiers = modifiers or [token for token in title.lefts if token.lower_ in lists().portfolios]
        if noun_of(title) == "minister" and modifiers and not any(token.ent_type_ for token in modifiers):
            return f"{tidy(' '.join(token.text for token in modifiers))} ministry"
    return body_before_name(mention)


def body_before_name(mention: Mention) -> list[Token] | None:
    """An organisation that opens the words before a person's name: "White House press secretary Amy Low"."""
    first = mention.words[0]
    if not mention.name or is_side(first.text) or is_title(first):
        return None
    if (
        first.text.isupper()
        and first.is_alpha
        and len(first) > 1
        and not any(w.text.isupper() for w in mention.words[1:])
    ):
        return [first]
    if first.ent_type_ != "ORG":
        return None
    end = next((i for i, word in enumerate(mention.words) if word.ent_type_ != "ORG" or is_title(word)), 0)
    return mention.words[:end] or None


def speaks_for_anyone(mention: Mention) -> bool:
    """Whether a mention may belong to a person: a document, a lawyer, a spokesman."""
    of_anyone = lists().voices | lists().offices
    return is_document(mention) or any(noun in of_anyone for noun, _ in mention.roles)


def is_place(token: Token) -> bool:
    """Whether a word is the name of a place, which titles have before them as bodies do."""
    return token.ent_type_ == "LOC" and token.lower_ not in lists().state


def is_abbreviation(token: Token, title: Token) -> bool:
    """Whether a word before a title is short for a body: "an FAB inspector"."""
    return token.tag_ == "NNP" and len(token) > 1 and token.text.isupper() and not title.text.isupper()


def is_body(token: Token, title: Token | None = None) -> bool:
    """Whether a noun names a body: by the lexicon, as an organisation, or as the owner of a press officer."""
    if token.ent_type_ == "LOC" or token.lower_ in lists().capitals:
        return False
    if body_type(token) or token.ent_type_ == "ORG":
        return True
    speaks = title is not None and {child.lower_ for child in title.lefts} & {"press", "media"}
    voice = title is not None and noun_of(title) in lists().voices
    return bool(token.pos_ == "PROPN" and (speaks or voice))


def find_group(entity: Entity, bodies: dict[int, Entity]) -> str:
    """The name of the body that a source belongs to, its own for others; ``bodies`` are by a mention's id."""
    own = name_of(entity)
    for mention in entity.mentions:
        body = bodies.get(id(mention))
        if body is not None and body is not entity and (body.type in BODIES or speaks_for_anyone(mention)):
            return name_of(body)
    return name_of(entity.home) if entity.home is not None else own
