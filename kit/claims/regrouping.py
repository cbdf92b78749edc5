"""Words of one noun phrase that the network dealt out to source and content: the parse puts them together again."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kit.claims.drafts import Draft
from kit.english.index import has_quote
from kit.english.subjects import find_subject, span_words
from kit.lexicon import load_sets

OWN = ("nsubj", "nsubj:pass", "obl:agent")
FINITE = frozenset({"VBD", "VBZ", "VBP"})
FARTHEST = 15  # words between a comma and a source
LONGEST = 5  # words of a name


def take_subject(doc: Doc, draft: Draft) -> None:
    """Give a source that is a piece of the cue's subject all of it: "a guard and" a doctor said."""
    subject = find_subject(draft.head(doc))
    if not draft.source or subject is None or subject.i in draft.source or subject.dep_ not in OWN:
        return
    owner = all(doc[word].dep_ in ("nmod:poss", "compound", "case", "flat") for word in draft.source)
    if subject.head.i not in draft.cue and subject.i not in draft.content and not owner:
        return
    whole = span_words(subject, {*draft.cue})
    lone = len(draft.source) == 1 and doc[draft.source[0]].tag_ in ("WP", "WDT")
    if lone and doc[draft.source[0] - 1].lower_ != "of":  # "27 of whom"
        return
    if (
        {word for word in draft.source if not doc[word].is_punct} < {*whole}
        and not {*draft.cue} & {*whole}
        and not has_quote(doc, whole)
    ):
        _take(draft, whole, "whole subject")


def keep_own_subject(doc: Doc, draft: Draft) -> None:
    """ "The left accused X and employers complained": who complained is the verb's own subject, not another's."""
    head = draft.head(doc)
    own = next((c for c in head.lefts if c.dep_ == "nsubj"), None) if head is not None and draft.source else None
    if own is None or own.pos_ not in ("NOUN", "PROPN") or own.i in draft.source or own.i in draft.cue:
        return
    whole = span_words(own, {*draft.cue})
    if {*whole} & {*draft.source} or draft.source[0] > head.i or has_quote(doc, whole):
        return
    if draft.source[-1] < whole[0] and head.dep_ in ("conj", "advcl", "ccomp", "parataxis", "acl:relcl"):
        _take(draft, whole, "the verb's own subject")


def keep_teller(doc: Doc, draft: Draft) -> None:
    """ ""It fell," its head, Ida Brandt, told the daily": who stands behind "told" hears it."""
    head = draft.head(doc)
    if head is None or head.lemma_ != "tell" or head.tag_ != "VBD" or not draft.source or draft.source[0] < head.i:
        return
    end = draft.cue[0] - (doc[draft.cue[0] - 1].text == "," if draft.cue[0] else 0)
    start = end
    while start and doc[start - 1].pos_ == "PROPN" and end - start < LONGEST:
        start -= 1
    if start < end and not doc[start].is_sent_start:
        _take(draft, list(range(start, end)), "who tells stands before")


def take_name(doc: Doc, draft: Draft) -> None:
    """Give "according to the chief" his name between commas, which the content took."""
    head = draft.head(doc)
    if head is None or head.lower_ != "according" or not draft.source or draft.source[-1] < head.i:
        return
    start = draft.source[-1] + 1
    start += start < len(doc) and doc[start].text == ","
    end = start
    while end < len(doc) and doc[end].pos_ == "PROPN" and end - start < LONGEST:
        end += 1
    named = start < end < len(doc) and doc[end].text == "," and doc[start].ent_type_ != "LOC"
    if named and not any(doc[word].pos_ == "PROPN" for word in draft.source):
        _take(draft, [*range(draft.source[0], end)], "the name behind a title")


def prefer_speaker(doc: Doc, draft: Draft) -> None:
    """ ""It fell," Ade told them, according to guests": the words are Ade's; the guests pass them on."""
    head, said = draft.head(doc), load_sets("cues")["speaking"]
    if head is None or head.lower_ != "according" or not draft.content or not doc[draft.content[0]].is_quote:
        return
    verbs = (doc[word] for word in range(draft.content[0], head.i) if doc[word].lemma_ in said)
    verb = next((v for v in verbs if any(c.dep_ == "ccomp" and c.i in draft.content for c in v.lefts)), None)
    speaker = next((c for c in verb.lefts if c.dep_ == "nsubj"), None) if verb is not None else None
    if speaker is None:
        return
    start = min(speaker.left_edge.i, verb.i)
    draft.cue, draft.content = [verb.i], [word for word in draft.content if not start <= word < head.i]
    _take(draft, span_words(speaker, {verb.i}), "the speaker, not who passes it on")


def stands_at_edge(doc: Doc, draft: Draft, subject: Token) -> bool:
    """Whether the cue's own subject ends a quoted content that it is no part of: "It rained," Ade was quoted."""
    words = span_words(subject, {*draft.cue})
    if subject.dep_ not in OWN or subject.head.i not in draft.cue or len(draft.content) <= len(words):
        return False
    outside = words and draft.content[-len(words) :] == words and words[-1] + 1 in draft.cue
    return bool(outside) and doc[words[0] - 1].is_quote


def take_rest(doc: Doc, draft: Draft) -> None:
    """Give a source between a content and its cue all that stands behind the comma: "…, two sources" in it said."""
    if not draft.source or not draft.content or not draft.content[0] < draft.source[0] < draft.cue[0]:
        return
    if draft.source[-1] + 1 != draft.cue[0] or draft.content[-1] > draft.source[0]:
        return
    start = draft.source[0]
    opens = doc[start].sent.start
    while (
        start > opens
        and draft.source[0] - start < FARTHEST
        and not (doc[start - 1].is_punct or doc[start - 1].is_quote)
    ):
        start -= 1
    while start < draft.source[0] and doc[start].dep_ in ("cc", "mark", "advmod", "case"):
        start += 1
    gained = range(start, draft.source[0])
    head = draft.head(doc)
    if head is not None and head.dep_ == "acl:relcl" and head.head.i in gained:
        return  # "…, a step the council criticised"
    if start and doc[start - 1].text == "," and gained and not any(doc[w].tag_ in FINITE for w in gained):
        _take(draft, [*gained, *draft.source], "all that stands behind the comma")


def take_title(doc: Doc, draft: Draft) -> None:
    """Give a name the title before it that the content took: ", its head," Ida Brandt, told the daily."""
    if not draft.source or draft.source[0] < 3 or doc[draft.source[0] - 1].text != ",":
        return
    noun = doc[draft.source[0] - 2]
    if noun.i not in draft.content or noun.pos_ != "NOUN" or doc[draft.source[0]].pos_ != "PROPN":
        return
    start = min((child.left_edge.i for child in noun.lefts if not child.is_punct), default=noun.i)
    owned = doc[start].tag_ in ("PRP$", "DT") and (doc[start - 1].is_punct or doc[start - 1].is_quote)
    if owned and noun.i - start < LONGEST and any(child.i in draft.source for child in noun.rights):
        _take(draft, [*range(start, draft.source[-1] + 1)], "the title before a name")


def _take(draft: Draft, whole: list[int], why: str) -> None:
    draft.source = whole
    draft.content = [word for word in draft.content if word not in whole]
    draft.why.append(why)
