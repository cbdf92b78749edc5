"""Who else is named outside of sources: people, bodies, "he" and "she", and whoever is called by a common noun."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from spacy.symbols import NOUN, PRON, PROPN
from spacy.tokens import Doc, Token

from kit.sources.chains import phrase
from kit.sources.kinds import body_type
from kit.sources.mentions import Mention
from kit.sources.salience import OBJECTS, SUBJECTS
from kit.sources.words import lists, singular

LONGEST = 30  # words of a description around a name


def find_others(doc: Doc, taken: Collection[int]) -> Iterator[list[Token]]:
    """The words around every person, and every body that the lexicon or the network knows, outside of sources."""
    done = -1
    table = doc.to_array(["POS", "ENT_TYPE"])  # most words are neither a noun nor a name: no look at each
    kinds, names = table[:, 0], table[:, 1]
    for i in ((kinds == NOUN) | (kinds == PROPN) | (kinds == PRON) | (names != 0)).nonzero()[0].tolist():
        token = doc[i]
        if i in taken or i <= done or token.is_space:
            continue
        if token.lower_ in ("he", "she"):
            if token.dep_ in SUBJECTS and not is_ahead(token):
                yield [token]
            continue
        person, body = token.ent_type_ == "PERSON", token.ent_type_ == "ORG"
        if not token.ent_type_ and token.tag_ != "NNPS":
            tables = lists()
            if singular(token) not in tables.called and token.lower_ not in tables.forms:
                continue  # most nouns
        calling = token.pos_ in ("NOUN", "PROPN") and is_calling(token)
        if not (person or body or calling or (token.pos_ in ("NOUN", "PROPN") and body_type(token))):
            continue
        top = _top(token)
        start, end = top.left_edge.i, top.right_edge.i
        if end - start > LONGEST or not start <= token.i <= end:
            start, end = token.i, token.i
        if not (person or body) and calling:
            named = any(word.ent_type_ == "PERSON" for word in doc[start : end + 1])
            if not named and token is top:
                words = [word for word in phrase(token) if word.i not in taken]
                if token in words and len(words) <= LONGEST:
                    done = token.i
                    yield words
                    continue
            person = named
        while start < token.i and (
            doc[start].dep_ in ("case", "cc", "mark", "punct") or start in taken or start <= done
        ):
            start += 1
        while not person and end + 1 < len(doc) and doc[end + 1].ent_iob_ == "I" and end + 1 - token.i < LONGEST:
            end += 1
        ends = (i for i in range(token.i, end + 1) if i in taken or (i > token.i and doc[i].dep_ == "cc"))
        stop = next(ends, end + 1)
        if person:  # "the owner Ada Quill, the captain Tom Ade and …"
            names = [i for i in range(token.i, stop) if doc[i].ent_type_ == "PERSON" and doc[i].ent_iob_ == "B"]
            between = range(*names[:2]) if len(names) > 1 else ()
            stop = next((i for i in between if doc[i].text == ","), stop)
        words = [word for word in doc[start:stop] if not word.is_space]
        if not person:
            last = top.i
            while (
                last + 1 < len(doc)
                and last + 1 not in taken
                and (doc[last + 1].pos_ in ("PROPN", "NUM") or doc[last + 1].ent_iob_ == "I")
            ):
                last += 1
            words = [word for word in doc[words[0].i : last + 1] if not word.is_space] or [token]
        while len(words) > 1 and words[-1].is_punct:
            words.pop()
        done = words[-1].i
        yield words


def find_antecedents(mentions: Sequence[Mention], taken: Collection[int]) -> Iterator[list[Token]]:
    """The words before each "who" and "which" that is cited, where they are no mention yet."""
    for mention in mentions:
        verb = mention.head.head
        if not mention.is_relative or verb.dep_ != "acl:relcl":
            continue
        noun, words = verb.head, []
        for word in noun.doc[noun.left_edge.i : noun.i + 1]:
            if words or not (word.dep_ in ("case", "cc", "mark") or word.is_punct or word.is_space):
                words.append(word)
        fits = mention.head.tag_ == "WDT" or singular(noun) in lists().people or body_type(noun) is not None
        if noun.i not in taken and noun.pos_ == "NOUN" and fits and noun.i < verb.i and len(words) <= LONGEST:
            yield words


def is_calling(token: Token) -> bool:
    """Whether a noun says what somebody is or what is written, and has a part in what happens."""
    if token.dep_ not in SUBJECTS and token.dep_ not in OBJECTS:
        return False
    noun = singular(token)
    if token.tag_ == "NNPS" and token.dep_ in SUBJECTS and not token.ent_type_:
        return body_type(token) is None
    return noun in lists().people or (noun in lists().documents and token.dep_ in SUBJECTS)


def is_ahead(token: Token) -> bool:
    """Whether a pronoun opens a sentence that names whom it means further on: "As he left, Quill said"."""
    clause = token.head
    return clause.dep_ == "advcl" and clause.head.i > clause.i


def _top(token: Token) -> Token:
    """The head of the noun phrase that names or describes whoever this word names."""
    for _ in range(4):
        named = token.dep_ in ("flat", "appos", "compound", "nmod:desc") or (token.dep_ == "amod" and token.ent_type_)
        if named and token.head.pos_ in ("NOUN", "PROPN"):
            token = token.head
    return token
