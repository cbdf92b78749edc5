"""Drafts that are no claims: what the network takes for saying, and an analyst would not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc, Token

from kit.claims.attitudes import find_lemma
from kit.claims.deeds import is_deed
from kit.claims.drafts import PAPERS, Draft
from kit.claims.strangers import TIMES
from kit.english.index import has_quote
from kit.english.subjects import QUOTED, find_tops
from kit.segments import segment_of

PRONOUNS = frozenset({"i", "we", "you", "us", "me"})
STANCES = ("neutral", "endorsing", "distancing")
REPORTING = frozenset({"according", "per", "reportedly", "allegedly", "purportedly"})
SEEMING = frozenset({"seem", "appear"})
NAMING = frozenset({"dub", "name", "call", "know", "nickname", "title"})
SHOWING = frozenset({"show", "indicate", "give", "prove", "demonstrate", "suggest", "imply", "mean", "reflect"})
CITED = frozenset({"source", "official", "people", "person", "diplomat", "witness", "aide", "adviser", "minister"})
PREPOSITIONS = frozenset({"regarding", "concerning", "including", "following"})
DOUBTFUL, GUESSED = 0.7, 0.5  # confidence, without and with words in quotation marks
CERTAIN = 0.9  # confidence in a verb of doing


def is_claim(doc: Doc, draft: Draft, cues: Mapping[str, Any]) -> bool:
    """Whether a draft says who says what.

    Args:
        doc: The text.
        draft: What was found.
        cues: The lexicon of that name.
    """
    head = draft.head(doc)
    if head is None or _is_furniture(doc, draft):
        return False
    own = _is_own_thought(doc, draft, head, cues) or _is_name(head) or _is_inference(doc, draft, head)
    return not (own or is_deed(doc, draft, head, cues) or _is_loose(doc, draft, head, cues))


def is_doubtful(doc: Doc, draft: Draft, lemma: str, form: str, cues: Mapping[str, Any]) -> bool:
    """Whether the network is not sure enough of a claim whose cue is in no list.

    Quotation marks speak for a claim, a clause or an infinitive under the cue, and a cue that is no verb ("certain").
    """
    if draft.confidence is None or any(lemma in cues[stance] for stance in STANCES):
        return False
    alone = not any(doc[word].pos_ == "NOUN" for word in draft.cue)  # not "released a statement saying"
    if lemma in cues["doing"] and alone:
        return draft.confidence < CERTAIN
    head = draft.head(doc)
    clausal = head is not None and (head.pos_ != "VERB" or any(c.dep_ in ("ccomp", "xcomp") for c in head.children))
    return draft.confidence < (DOUBTFUL if form == "indirect" and not clausal else GUESSED)


def is_twin(doc: Doc, draft: Draft, other: Draft, cues: Mapping[str, Any]) -> bool:
    """Whether another draft has the same words of the same source: "went on a tirade, saying that …"."""
    if draft is other or draft.content != other.content or not (draft.source == other.source or not draft.source):
        return False
    mine, its = (any(doc[word].lemma_ in (*cues["speaking"], *QUOTED) for word in one.cue) for one in (draft, other))
    return (mine, -draft.cue[0]) < (its, -other.cue[0])


def _is_furniture(doc: Doc, draft: Draft) -> bool:
    segment = segment_of(doc, doc[draft.cue[0]].idx)
    return segment is not None and segment.label_ == "boilerplate"


def _is_name(head: Token) -> bool:
    """ "Lines also known as", "a film dubbed", "a group calling itself": a name, and nobody who gives it."""
    if head.lemma_ in NAMING and any(c.dep_ == "obj" and c.lower_.endswith(("self", "selves")) for c in head.children):
        return True
    if head.tag_ == "VBN" and head.lemma_ == "know" and any(c.lower_ == "for" for o in head.rights for c in o.lefts):
        return True  # "best known for a ballad"
    if head.tag_ != "VBN" or head.dep_ not in ("acl", "appos") or head.lemma_ not in NAMING:
        return False
    return not any(child.dep_ in ("obl:agent", "nsubj", "ccomp", "aux") for child in head.children)


def _is_inference(doc: Doc, draft: Draft, head: Token) -> bool:
    """ "This shows that", "it is interesting to note that", "a hall intended to": what the writer makes of it."""
    shown = head.lemma_ in SHOWING and any(doc[word].tag_ == "NN" for word in draft.source[1:])
    if shown and doc[draft.source[0]].lower_ in ("this", "these"):
        return not any(doc[word].lemma_.lower() in PAPERS for word in draft.source)
    if head.tag_ == "VBN" and head.dep_ == "acl" and head.lemma_ in ("intend", "design", "plan", "schedule"):
        return not any(child.dep_ in ("obl:agent", "aux") for child in head.children)
    if head.lemma_ == "cite" and head.tag_ == "VBG":  # "citing a diplomat": whom the next claim comes from
        tops = find_tops(doc, draft.content)
        return any(top.ent_type_ == "PERSON" or top.lemma_.lower() in CITED for top in tops)
    if not draft.source and head.tag_ == "VBN" and head.lemma_ in ("mean", "intend", "design"):
        return True  # "the probe was meant to measure winds"
    return not draft.source and head.lemma_ in ("note", "mention", "add") and head.tag_ == "VB"


def _is_loose(doc: Doc, draft: Draft, head: Token, cues: Mapping[str, Any]) -> bool:
    """Whether a cue is no word that reports ("to", "of"), or a verb in the active without anybody who does it."""
    if head.pos_ in ("ADP", "PART", "SCONJ", "ADV") and head.lower_ not in REPORTING:
        return True
    if head.lower_ in TIMES or (head.lemma_ == "be" and all(doc[word].pos_ in ("AUX", "PART") for word in draft.cue)):
        return True
    if "network" not in draft.why or has_quote(doc, draft.content):
        return False
    if head.pos_ == "ADJ" and not draft.source:
        return True  # "it is clear that": the outlet itself
    if head.pos_ == "NOUN" and not any(doc[word].pos_ in ("VERB", "AUX") for word in draft.cue):
        clause = any(child.dep_ in ("acl", "ccomp", "csubj") for child in head.rights)
        linked = draft.cue[-1] + 1 < len(doc) and doc[draft.cue[-1] + 1].lemma_ == "be"  # "his view is that …"
        if not clause and not linked:
            return True  # "complaints over the costs": a topic, and nothing that is said of it
    sentence = head.sent
    if not any(sentence.start <= word < sentence.end for word in draft.content):
        return True  # the cue of one sentence with the content of another
    if _is_impression(doc, draft, head, cues) or (head.tag_ == "VBG" and head.lower_ in PREPOSITIONS):
        return True
    if draft.source or head.pos_ != "VERB" or head.tag_ == "VBZ":
        return False
    deps = {child.dep_ for child in head.children}
    nobody = "expl" in deps or any(child.lower_ == "it" for child in head.lefts)
    if nobody and any(child.tag_ == "MD" for child in head.children):
        return True  # "it should be mentioned that": the outlet itself
    known = any(head.lemma_ in cues[stance] for stance in STANCES)  # not "four were referred to the capital"
    told = {"ccomp", "xcomp", "csubj:pass", "expl"} | ({"obl"} if known else set())
    return not (deps & {"nsubj:pass", "aux:pass"}) or not deps & told


def _is_impression(doc: Doc, draft: Draft, head: Token, cues: Mapping[str, Any]) -> bool:
    """ "The town seems calm" is the outlet's own impression; "she seemed to suggest that …" is not."""
    if head.lemma_ not in SEEMING or not draft.source:
        return False
    verbs = [child for child in head.children if child.dep_ == "xcomp" and child.pos_ == "VERB"]
    return not any(find_lemma(verb) in cues[stance] for verb in verbs for stance in STANCES)


def _is_own_thought(doc: Doc, draft: Draft, head: Token, cues: Mapping[str, Any]) -> bool:
    """ "I think", "we have seen": how somebody talks, no claim of another source; "I told him" is one."""
    words = [doc[word].lower_ for word in draft.source]
    if words == ["that"] and head.dep_ != "acl:relcl":
        return True  # "That said, …"
    told = head.tag_ in ("VBD", "VBN") and find_lemma(head) in cues["speaking"]
    return len(words) == 1 and words[0] in PRONOUNS and not told
