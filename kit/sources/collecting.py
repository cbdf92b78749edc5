"""Every mention that linking has to know: the sources of claims, whom they cite, and people and bodies elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from spacy.tokens import Doc, Token

from kit.records import Claim
from kit.segments import text_of
from kit.sources.chains import find_cited
from kit.sources.entities import BODIES, acronym, key_of
from kit.sources.kinds import body_type, find_type, is_document
from kit.sources.mentions import Mention
from kit.sources.naming import body_words
from kit.sources.reading import read_mention
from kit.sources.words import is_title, lists, noun_of

LONGEST = 30  # words of a description around a name
NAME = r"[^\W\d_][\w’'&-]{0,30}"
SHORT = re.compile(r"(?<=\s)\(\s*[“\"‘']?([A-Z][\w.-]{1,24})[”\"’']?\s*\)")
BEFORE = re.compile(rf"(?<![\w’'&-])(?:{NAME}\s+){{1,9}}\Z")
FARTHEST = 9 * 33  # characters of nine words


def collect_mentions(
    doc: Doc, claims: Sequence[Claim]
) -> tuple[list[Mention], dict[int, Mention], list[tuple[Mention, Mention]]]:
    """The mentions in reading order; by a mention's id the body that it names; pairs of who cites and who is cited."""
    inside = _inside(doc, claims)
    taken: dict[int, Mention] = {}  # by index of a word
    mentions: list[Mention] = []
    by_id = {claim.id: claim for claim in claims}
    tellers = {
        claim.source.start_char: by_id[claim.parent].source.start_char
        for claim in claims
        if claim.source
        and claim.parent in by_id
        and by_id[claim.parent].form == "direct"
        and by_id[claim.parent].source
    }
    for place in dict.fromkeys((c.source.start_char, c.source.end_char) for c in claims if c.source):
        mention = read_mention(doc, *place, cited=True, inside=bool(inside[place[0]]))
        if mention is not None:
            mention.told_by = tellers.get(place[0], -1)
            _take(mention, taken)
            mentions.append(mention)
    pairs = []
    for citer, other in find_cited(doc, claims):
        pair = tuple(_find_or_read(doc, words, taken, mentions) for words in (citer, other))
        if None not in pair:
            pairs.append(pair)
    for words in find_others(doc, taken):
        start, end = words[0].idx, words[-1].idx + len(words[-1])
        mention = read_mention(doc, start, end, cited=False, inside=bool(inside[start]))
        if mention is not None:
            _take(mention, taken)
            if mention.name or mention.type in BODIES:
                mentions.append(mention)
    for mention in mentions:
        if mention.type == "person" and mention.proper and not mention.name:
            mention.name, mention.proper = mention.proper, ()
    bodies = find_bodies(doc, mentions)
    ordered = sorted([*mentions, *bodies.values()], key=lambda m: (m.span.start_char, -m.span.end_char))
    return ordered, bodies, pairs


def _find_or_read(
    doc: Doc, words: Sequence[Token], taken: dict[int, Mention], mentions: list[Mention]
) -> Mention | None:
    """The mention that starts with these words, or a new one that counts as cited."""
    found = taken.get(words[0].i)
    if found is not None and found.words[0].i == words[0].i:
        return found
    mention = read_mention(doc, words[0].idx, words[-1].idx + len(words[-1]), cited=True)
    if mention is not None:
        _take(mention, taken)
        mentions.append(mention)
    return mention


def _take(mention: Mention, taken: dict[int, Mention]) -> None:
    mention.type = find_type(mention)
    for token in mention.words:
        taken.setdefault(token.i, mention)


def _inside(doc: Doc, claims: Sequence[Claim]) -> bytearray:
    """For each character whether it stands inside what somebody is cited for."""
    inside = bytearray(len(text_of(doc)) + 1)
    for claim in claims:
        for span in claim.content if claim.voice == "attributed" else ():
            inside[span.start_char : span.end_char] = b"\1" * (span.end_char - span.start_char)
    return inside


def find_others(doc: Doc, taken: Collection[int]) -> Iterator[list[Token]]:
    """The words around every person, and every body that the lexicon or the network knows, outside of sources."""
    done = -1
    for token in doc:
        if token.i in taken or token.i <= done or token.is_space:
            continue
        person, body = token.ent_type_ == "PERSON", token.ent_type_ == "ORG"
        if not (person or body or (token.pos_ in ("NOUN", "PROPN") and body_type(token))):
            continue
        top = _top(token)
        start, end = top.left_edge.i, top.right_edge.i
        if end - start > LONGEST or not start <= token.i <= end:
            start, end = token.i, token.i
        while start < token.i and (
            doc[start].dep_ in ("case", "cc", "mark", "punct") or start in taken or start <= done
        ):
            start += 1
        while not person and end + 1 < len(doc) and doc[end + 1].ent_iob_ == "I" and end + 1 - token.i < LONGEST:
            end += 1
        ends = (i for i in range(token.i, end + 1) if i in taken or (i > token.i and doc[i].dep_ == "cc"))
        stop = next(ends, end + 1)
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


def _top(token: Token) -> Token:
    """The head of the noun phrase that names or describes whoever this word names."""
    for _ in range(4):
        named = token.dep_ in ("flat", "appos", "compound", "nmod:desc") or (token.dep_ == "amod" and token.ent_type_)
        if named and token.head.pos_ in ("NOUN", "PROPN"):
            token = token.head
    return token


def find_bodies(doc: Doc, mentions: Sequence[Mention]) -> dict[int, Mention]:
    """The body inside a mention ("Defence Ministry spokesman"), as a mention of its own, by the mention's id."""
    bodies = {}
    for mention in mentions:
        words = body_words(mention)
        if isinstance(words, str):
            body = Mention(mention.span, mention.words, inside=mention.inside, type="state", label=words)
        elif words and (words := until_title(words)):
            start, end = words[0].idx, words[-1].idx + len(words[-1])
            body = read_mention(doc, start, end, cited=False, inside=mention.inside)
            if body is not None:
                settle_body(body, mention)
        else:
            continue
        if body is not None:
            bodies[id(mention)] = body
    return bodies


def until_title(words: Sequence[Token]) -> list[Token]:
    """The words of a body up to those of its spokesman, whom the parse may hang on it."""
    return list(takewhile(lambda word: not is_title(word) and noun_of(word) not in lists().voices, words))


def settle_body(body: Mention, mention: Mention) -> None:
    """A body inside another mention is one that is known, and no person, unless it is an author."""
    body.type, body.definite = find_type(body), body.determiner == "" and not body.pronoun
    if is_document(mention) or body.pronoun:
        return
    if body.type not in BODIES and not (
        body.name and {noun for noun, _ in mention.roles} & (lists().lawyers | lists().offices)
    ):
        body.type, body.proper, body.name = "organisation", body.name or body.proper, ()


def find_abbreviations(text: str) -> dict[str, str]:
    """What the text writes in brackets behind a name, as key of the name: "International Lake Commission (ILC)"."""
    found = {}
    for match in SHORT.finditer(text):
        before = BEFORE.search(text, max(0, match.start() - FARTHEST), match.start())
        words, short = before[0].split() if before else [], match[1]
        for start in range(len(words)):
            name = words[start:]
            if name[0][:1].isupper() and (acronym(name) == short.lower() or name[0] == short):
                found.setdefault(key_of([short]), key_of(name))
                break
    return found
