"""What is done, asked, shown or left open, and not said: no claims, though the network takes them for some."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc, Token

from kit.claims.attitudes import is_negated
from kit.claims.drafts import PAPERS, Draft
from kit.claims.strangers import TOLD
from kit.english.index import has_quote
from kit.english.subjects import find_tops

GETTING = frozenset({"receive", "face", "draw", "attract", "suffer"})
TEXTS = PAPERS | {"law", "bill", "agreement", "treaty", "contract", "rule", "announcement"}
PEOPLE = frozenset({"he", "she", "they", "who"})
WHEN = frozenset({"when", "after", "before", "while", "until", "once"})
MODALS = frozenset({"must", "shall", "may", "might", "could"})
WITHHELD = frozenset({"admit", "order", "call", "demand", "urge", "ask", "request", "recommend"})


def is_deed(doc: Doc, draft: Draft, head: Token, cues: Mapping[str, Any]) -> bool:
    """Whether a draft tells what somebody does, and not what he says.

    Args:
        doc: The text.
        draft: What was found.
        head: The head of its cue.
        cues: The lexicon of that name.
    """
    return (
        _is_prompt(draft, head, cues)
        or _is_target(doc, draft, head)
        or _is_nobody(doc, draft, head, cues)
        or _is_display(doc, draft, head)
        or _is_rule(doc, draft, head)
        or _is_toll(head)
        or _is_reduced(draft, head)
        or _is_hearing(draft, head)
        or _is_condition(head)
        or _is_interview(doc, draft, head)
        or _is_when(doc, draft, head, cues)
        or _is_find(doc, draft, head)
        or _is_silent(doc, draft, head, cues)
    )


def _is_prompt(draft: Draft, head: Token, cues: Mapping[str, Any]) -> bool:
    """ "When asked whether it held, …": a question that nobody is named for, before the answer."""
    if head.lemma_ not in cues["asking"]:
        return False
    alone = not any(child.dep_.startswith("nsubj") for child in head.children)
    asked = any(child.lower_ in ("when", "if") for child in head.lefts)
    bare = alone and draft.source and (asked or draft.source[0] > head.i)
    return not draft.source or (head.dep_ == "advcl" and (head.tag_ == "VBN" or (head.tag_ == "VBD" and bare)))


def _is_nobody(doc: Doc, draft: Draft, head: Token, cues: Mapping[str, Any]) -> bool:
    """ "Nobody came to tell us", "no one said": there is no source."""
    words = tuple(doc[word].lower_ for word in draft.source)
    if words and draft.source[0] and doc[draft.source[0] - 1].lower_ == "not" and draft.source[0] < head.i:
        return True  # "not all parents agreed"
    if words[:2] == ("none", "of") and not any(child.dep_ == "ccomp" for child in head.children):
        return True  # "none of them reported a gain": nothing is said
    return head.lemma_ in cues["speaking"] and words in (("nobody",), ("no", "one"), ("none",), ("noone",))


def _is_display(doc: Doc, draft: Draft, head: Token) -> bool:
    """ "She showed no emotion": what somebody lets others see is not said; what a survey or a video shows is told."""
    if head.lemma_ not in ("show", "display", "exhibit") or any(c.dep_ == "ccomp" for c in head.children):
        return False
    tops = find_tops(doc, draft.source)
    people = any(top.ent_type_ == "PERSON" or top.lower_ in PEOPLE for top in tops)
    return people and not has_quote(doc, draft.content)


def _is_find(doc: Doc, draft: Draft, head: Token) -> bool:
    """ "The leak was discovered by a guest": something is found, nothing said."""
    found = head.lemma_ in ("discover", "spot", "notice", "uncover", "detect", "observe")
    if head.lemma_ in ("watch", "film", "photograph") and not has_quote(doc, draft.content):
        return True
    if not found or has_quote(doc, draft.content):
        return False
    return not any(child.dep_ in ("ccomp", "xcomp") for child in head.children)


def _is_toll(head: Token) -> bool:
    """ "The flood claimed nine lives", "the firm claimed them": nobody says so."""
    taken = (child for child in head.children if child.dep_ == "obj" and head.lemma_ == "claim")
    return any(child.lemma_ in ("life", "victim") or child.lower_ in ("it", "them") for child in taken)


def _is_reduced(draft: Draft, head: Token) -> bool:
    """ "Dozens reported killed", "the lettuce was recalled": a headline's passive, a recall; nobody says anything."""
    if head.lemma_ == "recall" and not draft.source:
        return any(child.dep_ == "aux:pass" for child in head.lefts)
    deed = next((child for child in head.rights if child.dep_ == "xcomp"), None)
    named = deed is not None and head.lemma_ in ("report", "fear", "presume", "believe") and deed.tag_ in ("VBN", "JJ")
    return named and deed.i == head.i + 1 and head.tag_ in ("VBD", "VBN")


def _is_condition(head: Token) -> bool:
    """ "If it concludes that the firm broke the law": nobody has said so yet."""
    return head.dep_ == "advcl" and head.pos_ == "VERB" and any(c.lower_ in ("if", "unless") for c in head.lefts)


def _is_interview(doc: Doc, draft: Draft, head: Token) -> bool:
    """ "Police questioned two men": who is asked, and not what."""
    if head.lemma_ not in ("question", "interview", "poll", "survey") or has_quote(doc, draft.content):
        return False
    asked = [top for top in find_tops(doc, draft.content) if top.dep_ in ("obj", "nsubj:pass") and top.head.i == head.i]
    return any(
        t.ent_type_ == "PERSON" or t.pos_ in ("PRON", "NUM") or any(c.pos_ == "NUM" for c in t.lefts) for t in asked
    )


def _is_hearing(draft: Draft, head: Token) -> bool:
    """ "She was told of the decision": what is said to her is not there, nor who says it."""
    deps = {child.dep_ for child in head.children}
    told = head.lemma_ in TOLD and "aux:pass" in deps and not draft.source
    return told and not deps & {"ccomp", "xcomp", "obj"}


def _is_when(doc: Doc, draft: Draft, head: Token, cues: Mapping[str, Any]) -> bool:
    """ "They clapped when the news reached them": when something was done is nothing that is said."""
    clause = next((c for c in head.rights if c.dep_ == "advcl"), None)
    if clause is None or head.lemma_ in cues["speaking"] or not any(child.lower_ in WHEN for child in clause.lefts):
        return False
    inside = range(clause.left_edge.i, clause.right_edge.i + 1)
    return all(word in inside for word in draft.content) and not has_quote(doc, draft.content)


def _is_silent(doc: Doc, draft: Draft, head: Token, cues: Mapping[str, Any]) -> bool:
    """ "The law does not say until when", "he did not admit guilt": nothing is said."""
    if not draft.source and head.lemma_ in ("know", "accuse", "charge", "suspect") and is_negated(head):
        return True  # "it is not known whether": the outlet itself
    if not draft.source or not is_negated(head):
        return False
    if head.lemma_ in WITHHELD and not any(c.dep_ == "ccomp" for c in head.children):
        return not has_quote(doc, draft.content)  # "did not admit guilt", "did not order an inquiry"
    if head.lemma_ not in cues["kinds"]["telling"]:
        return False
    tops = find_tops(doc, draft.source)
    return any(top.lemma_.lower() in TEXTS for top in tops)


def _is_rule(doc: Doc, draft: Draft, head: Token) -> bool:
    """ "Members must declare any gift", "they could call on us": what is to be or might be has not been said.

    It has where a clause or a quotation follows ("could say only that …"), and where somebody could not.
    """
    modal = any(child.lower_ in MODALS for child in head.lefts if child.dep_ == "aux")
    if not modal or not draft.source or is_negated(head) or has_quote(doc, draft.content):
        return False
    clauses = ("ccomp",) if head.lemma_ in WITHHELD else ("ccomp", "xcomp")  # "he could ask her to stay"
    return not any(child.dep_ in clauses for child in head.children)


def _is_target(doc: Doc, draft: Draft, head: Token) -> bool:
    """Who "received criticism" is not who criticised."""
    verb = head.head if head.pos_ == "NOUN" and head.dep_ == "obj" else head
    if verb.lemma_ not in GETTING or not any(doc[word].pos_ == "NOUN" for word in draft.cue):
        return False
    return any(child.dep_ == "nsubj" and child.i in draft.source for child in verb.children)
