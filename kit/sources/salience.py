"""How present a source is in the reader's mind where a pronoun or "the company" stands: one rank for all of them.

Each mention weighs by its place in the sentence (who is cited or is the subject weighs most), and fades with the
sentences between. The idea is Lappin and Leass, "An Algorithm for Pronominal Anaphora Resolution" (1994).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from spacy.tokens import Doc, Token

from kit.sources.entities import RECENT, Entity
from kit.sources.mentions import Mention

FADING = 0.65  # of its weight that a mention keeps over one sentence
MOST = 1.15  # the best that an entity can fit
QUOTED = 0.3  # of a sentence that one inside quotation marks counts for
CITED, SUBJECT, CLAUSE, OBJECT, ASIDE = 1.15, 1.0, 0.8, 0.6, 0.4
AGENT = 0.95  # "by the mayor"
NEW = 0.85  # an object with its full name
OWNER = 0.75  # of the weight of what is somebody's
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
OBJECTS = frozenset({"obj", "iobj", "obl:agent"})
NAMES = frozenset({"flat", "compound", "nmod:desc", "appos"})
HIGHEST = 4  # steps from a name to the noun that stands in the sentence


def settle_places(doc: Doc, mentions: Sequence[Mention], inside: Sequence[int]) -> None:
    """Give every mention the number of its sentence, and its weight; ``inside`` tells which characters are said."""
    starts = (doc.to_array("SENT_START") == 1).nonzero()[0].tolist() or [0]
    numbers, at = [], 0.0
    for start in starts:
        at += QUOTED if inside[doc[start].idx] else 1.0
        numbers.append(at)
    for mention in mentions:
        mention.at = numbers[max(0, bisect_right(starts, mention.words[0].i) - 1)]
        mention.weight = weigh(mention)


def weigh(mention: Mention) -> float:
    """How much a mention puts its source into the foreground."""
    if mention.cited:
        return AGENT if mention.head is not None and mention.head.dep_ == "obl:agent" else CITED
    if mention.head is None:  # a body that is only implied
        return ASIDE
    token = mention.head
    for _ in range(HIGHEST):
        if token.dep_ not in NAMES or token.head is token:
            break
        token = token.head
    if any(child.dep_ == "cop" for child in token.lefts):  # "the winner was Ada Quill"
        return SUBJECT
    if token.dep_ == "conj":
        token = token.head
    if token.dep_ == "nmod:poss":
        return max(ASIDE, OWNER * _weight_in_clause(token.head))
    weight = _weight_in_clause(token)
    return NEW if weight == OBJECT and len(mention.name) > 1 else weight


def _weight_in_clause(token: Token) -> float:
    if token.dep_ in SUBJECTS:
        clause = token.head.dep_
        return ASIDE if clause == "acl:relcl" else CLAUSE if clause in ("advcl", "ccomp", "acl") else SUBJECT
    if token.dep_ == "ROOT" and token.pos_ in ("NOUN", "PROPN"):  # a headline, or no parse
        return SUBJECT
    if token.dep_ == "obl:agent":
        return AGENT
    return OBJECT if token.dep_ in OBJECTS else ASIDE


def foremost(
    mention: Mention,
    log: Sequence[tuple[Entity, Mention]],
    fit: Callable[[Entity, Mention], float],
    least: float = 0.0,
) -> Entity | None:
    """The entity of the log that is most present where the mention stands; ``fit`` is 0 for one that it cannot mean.

    Of two that are equally present the later one counts. ``None`` where none weighs more than ``least``.
    """
    found, best = None, least
    for entity, seen in reversed(log[-RECENT:]):
        faded = FADING ** max(0.0, mention.at - seen.at)
        if faded * CITED * MOST < best:
            break
        if seen.weight * faded * MOST <= best:
            continue
        weight = seen.weight * faded * fit(entity, seen)
        if weight > best:
            found, best = entity, weight
    return found
