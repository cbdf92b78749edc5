"""Every mention that linking has to know: the sources of claims, whom they cite, and people and bodies elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Doc, Token

from kit.records import Claim
from kit.segments import segment_of, text_of
from kit.sources.chains import find_cited
from kit.sources.entities import BODIES, acronym, key_of
from kit.sources.kinds import find_type, is_document
from kit.sources.mentions import Mention
from kit.sources.naming import body_words
from kit.sources.others import find_antecedents, find_others, is_calling
from kit.sources.reading import read_mention
from kit.sources.salience import settle_places
from kit.sources.words import is_title, lists, noun_of

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
            mention.told_by = tellers.get(place[0], -1) if mention.inside else -1
            _take(mention, taken)
            mentions.append(mention)
    for words in find_antecedents(mentions, taken):
        start, end = words[0].idx, words[-1].idx + len(words[-1])
        mention = read_mention(doc, start, end, cited=False, inside=bool(inside[start]))
        if mention is not None:
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
        if mention is None:
            continue
        _take(mention, taken)
        talked_of = not mention.inside and (mention.pronoun or is_calling(mention.head))
        title = segment_of(doc, start)
        if title is not None and title.label_ == "headline" and not (mention.name or mention.proper):
            continue  # "court rules council must pay": headlines run nouns together
        if mention.name or mention.type in BODIES or talked_of:
            mentions.append(mention)
    for mention in mentions:
        if mention.type == "person" and mention.proper and not mention.name and mention.head.tag_ != "NNPS":
            mention.name, mention.proper = mention.proper, ()
    bodies = find_bodies(doc, mentions)
    ordered = sorted(
        [*mentions, *bodies.values()],
        key=lambda m: (m.span.start_char, not m.pronoun, -m.span.end_char),  # "her", then "her lawyer"
    )
    settle_places(doc, ordered, inside)
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
    paired = mention.is_pair
    for token in mention.words:
        if not (paired and token.ent_type_ == "PERSON"):  # each of the two is somebody of his own
            taken.setdefault(token.i, mention)


def _inside(doc: Doc, claims: Sequence[Claim]) -> bytearray:
    """For each character whether it stands inside what somebody is cited for."""
    inside = bytearray(len(text_of(doc)) + 1)
    for claim in claims:
        for span in claim.content if claim.voice == "attributed" else ():
            inside[span.start_char : span.end_char] = b"\1" * (span.end_char - span.start_char)
    return inside


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
                found.setdefault(key_of([short]), key_of(re.sub(r"[’']s?$", "", word) for word in name))
                break
    return found
