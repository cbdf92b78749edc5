"""Characters of a ``Doc`` read as a mention: the name in it, the roles that describe it, whom it belongs to.

In: a ``Doc`` and characters of it. Out: a :class:`~kit.sources.mentions.Mention`, which knows nothing about others.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Doc, Token

from kit.records import Span
from kit.segments import text_of
from kit.sources.mentions import Mention, find_core, find_head, modifiers_of
from kit.sources.words import EDGES, GENITIVE, JOINING, is_capital, is_side, is_title, lists, noun_of, singular, span_at

NAMED_BY = frozenset({"flat", "appos", "compound", "nmod:desc", "nsubj", "list", "parataxis", "dep", "acl", "amod"})
FARTHEST = 4  # steps from a name to the head of its phrase


def read_mention(doc: Doc, start_char: int, end_char: int, *, cited: bool, inside: bool = False) -> Mention | None:
    """Read the characters as a mention; ``None`` where there is no word in them."""
    found = span_at(doc, start_char, end_char)
    words = [token for token in found if not token.is_space]
    if not words:
        return None
    last = found[-1]
    start, end = max(start_char, found[0].idx), min(end_char, last.idx + len(last.text_with_ws))
    span = Span(start, end, text_of(doc)[start:end])
    mention = Mention(span, words, cited=cited, inside=inside)
    mention.head = find_head(words)
    mention.core = find_core(words, mention.head)
    if mention.pronoun and len(words) == 1:
        return mention  # it has no name, title or owner
    owners = [child for child in mention.head.children if child.dep_ == "nmod:poss" and child in words]
    mention.owner = owners[0] if owners else None
    mention.name = find_name(mention)
    paired = bool(mention.name) and mention.is_pair  # "Quill and her colleagues" are not Quill
    mention.name = () if paired else mention.name
    mention.roles = find_roles(mention)
    mention.proper = () if mention.name or paired else find_proper(mention)
    return mention


def find_name(mention: Mention) -> tuple[str, ...]:
    """The name of the person that a phrase names, without titles; nothing where the person in it is another one."""
    words, inside = mention.words, {token.i for token in mention.words}
    tables, doc = lists(), mention.head.doc
    for i, token in enumerate(words):
        if token.ent_type_ != "PERSON" or (i and words[i - 1].ent_type_ and token.ent_iob_ == "I"):
            continue
        end = i
        while end < len(words) and (end == i or words[end].ent_iob_ == "I"):
            end += 1
        if end - i == 1 and end < len(words) and is_title(words[end]) and words[end].text[:1].isupper():
            continue  # "Norvian General Ilse Varn": whose general she is
        if end - i == 1 and token.dep_ in ("compound", "amod") and token.head.text.islower() and is_title(token.head):
            continue  # "a Norvian commander", "Quill spokesman Tom Ade"
        if words[end - 1].dep_ in ("compound", "nmod", "nmod:poss", "nmod:desc") and _names_another(words, end):
            continue  # "Quill campaign spokesman Tom Ade"
        end = next((j for j in range(i, end) if words[j].text in EDGES), end)
        name = [word for word in words[i:end] if not is_title(word) or _is_surname(word, words[i:end])]
        if name and _belongs(name[0], mention, inside) and not _names_body(name, mention):
            end = name[-1].i + 1
            while end < len(doc) and end in inside and _goes_on(name[-1], doc[end]):
                name.append(doc[end])
                end += 1
            return tuple(word.text for word in name)
    run: list[Token] = []  # capitalised words behind a title, which the network took for something else
    for token in mention.core:
        if run and not (token.pos_ == "PROPN" and token.text[:1].isupper()):
            break
        if token.pos_ == "PROPN" and token.text[:1].isupper() and not is_title(token):
            before = doc[token.i - 1] if token.i else token
            if run or (before.i in inside and is_title(before) and before.text[:1].isupper()):
                run.append(token)
    of_body = any(word.lower_ in tables.bodies or word.lower_ in tables.forms for word in run)
    return () if of_body else tuple(word.text for word in run)


def _names_another(words: Sequence[Token], end: int) -> bool:
    """Whether a title and another name follow a name at once."""
    title = False
    for word in words[end : end + FARTHEST + 1]:
        if word.ent_type_ == "PERSON" and word.ent_iob_ == "B":
            return title
        if word.text in EDGES or word.pos_ not in ("NOUN", "ADJ", "PROPN"):
            return False
        title = title or (is_title(word) and word.text.islower())
    return False


def _is_surname(title: Token, name: Sequence[Token]) -> bool:
    """Whether a word that may be a title ends a name: "Charlie King", "Mr. Dean"."""
    before = title.nbor(-1) if title.i else title
    return title is name[-1] and title.text.istitle() and title.lower_ in lists().surnames and before.pos_ != "DET"


def _goes_on(name: Token, token: Token) -> bool:
    """Whether a word is the rest of a name that the network found the beginning of."""
    tables = lists()
    if token.pos_ != "PROPN" or token.text in EDGES or is_title(token) or token.ent_type_ not in ("", "PERSON"):
        return False
    if token.lower_ in tables.times["words"] or token.lower_ in tables.bodies or token.lower_ in tables.forms:
        return False
    return token.dep_ == "flat" or token.ent_type_ == "PERSON" or token.head is name.head or name.head is token


def _belongs(token: Token, mention: Mention, inside: set[int]) -> bool:
    """Whether a name names the head itself: it is the head, or hangs on it as a name does."""
    for _ in range(FARTHEST):
        if token.i == mention.head.i or token.i not in inside or not token.dep_:
            return True
        if any(child.dep_ == "case" and child.i < token.i for child in token.children) or token.dep_ not in NAMED_BY:
            return False
        if token.head.i not in inside or token.head.i == token.i:
            return True
        token = token.head
    return False


def _names_body(name: Sequence[Token], mention: Mention) -> bool:
    """Whether what looks like a person is a newspaper, a broadcaster or a firm."""
    tables = lists()
    if any(token.lower_ in tables.bodies or token.lower_ in tables.forms for token in name):
        return True
    head = mention.head
    if head.text.islower() and head.i > name[-1].i and singular(head) in tables.bodies:  # "the Quill campaign"
        return True
    if head.pos_ == "NOUN" and head.i < name[0].i and singular(head) in tables.bodies:
        return not any(child.dep_ == "nmod:desc" for child in name[0].children)
    return False


def find_roles(mention: Mention) -> list[tuple[str, frozenset[str]]]:
    """Every title and description of a person: "prime minister", "chief" of "the Estmark chief of operations"."""
    head, roles = mention.head.i, []
    for token in mention.words:
        if token.pos_ not in ("NOUN", "PROPN") or token.text in mention.name or token.dep_ == "nmod:poss":
            continue
        if token.i != head:
            if token.dep_ not in ("appos", "nmod:desc") and not is_title(token):
                continue
            if any(child.dep_ == "case" for child in token.children):
                continue
        roles.append((noun_of(token), modifiers_of(token)))
    return roles


def is_plural_name(token: Token) -> bool:
    """Whether a capitalised word is a plural: the "Workers" of "the Rail Workers' Union"."""
    return token.lower_.endswith("s") and token.tag_ in ("NNS", "NNPS")


def find_proper(mention: Mention) -> tuple[str, ...]:
    """The name of a body: the capitalised words that end its phrase, or those of an apposition."""
    run: list[Token] = []
    head, forms = mention.head, lists().forms
    for token in mention.core:
        if token.i > head.i and token.dep_ == "case" and token.tag_ != GENITIVE and not run:
            break  # "a survey by the University of Holm" is no university
        written = is_capital(token) and (token.tag_ in ("NNP", "NNPS", "CD") or token.i > mention.words[0].i or run)
        if token.tag_ == GENITIVE:
            of_many = run and is_plural_name(run[-1]) and token.i + 1 < len(head.doc) and is_capital(token.nbor())
            run = [*run, token] if of_many else run if token is mention.core[-1] else []
        elif written or (run and token.lower_ in (*JOINING, *forms)):
            run.append(token)
        elif token.i <= head.i:
            run = []
        else:
            break
    if run and run[-1].i < head.i and head.dep_:
        run = []  # the name of somebody else before the noun
    if singular(head) in lists().person and not run:
        body = [token for token in mention.words if token.dep_ == "appos" and token.head.i == head.i]
        if not body or body[0].ent_type_ != "ORG" or mention.noun not in lists().either:  # "the owner, Calder Rail"
            return ()
    elif singular(head) in lists().person:
        return ()
    while run and not is_capital(run[-1]) and run[-1].lower_ not in forms:
        run.pop()
    behind = [token for token in mention.words if token.i > mention.core[-1].i and token.text not in EDGES]
    if not run and behind and behind[0].lower_ == "the" and all(is_capital(token) for token in behind[1:]):
        run = behind[1:]
    elif not run and behind and any(token.dep_ == "appos" for token in behind):  # "the operator, Calder Rail,"
        run = list(takewhile(lambda token: token.pos_ == "PROPN" and token.nbor(-1).i >= behind[0].i - 1, behind))
    described = sum(token.pos_ != "DET" for token in mention.core) > 1
    if len(run) == 1 and run[0].lower_ in lists().bodies and described:
        return ()
    if not run or (len(run) == 1 and (is_side(run[0].text) or run[0].pos_ not in ("PROPN", "NUM"))):
        return ()
    return tuple(token.text for token in run)
