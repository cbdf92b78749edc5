"""Who is not cited, though the network took him for the source: a hearer, a time, a bystander, half a clause."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kit.claims.drafts import Draft
from kit.english.subjects import find_subject, span_words
from kit.segments import segment_index

HEARSAY = frozenset({"reportedly", "allegedly", "purportedly"})
AMID = frozenset({"to", "amid", "amidst", "among", "on", "over", "after", "despite"})
FELT = frozenset({"encourage", "concern", "worry", "please", "surprise", "alarm", "disappoint", "shock", "convince"})
THOUGHT = frozenset({"expect", "believe", "think", "say", "know"})
TOLD = frozenset({"tell", "ask", "promise", "inform", "advise", "order", "warn", "urge", "assure"})
QUOTED = frozenset({"quote", "cite", "report"})
TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december today yesterday tomorrow week month year morning afternoon evening
    night time times""".split()
)


def drop_strangers(doc: Doc, draft: Draft) -> bool:
    """Leave no source that does not speak; whether it is certain that nobody is cited."""
    if read_hearsay(doc, draft):
        return True
    if all(doc[word].pos_ in ("PART", "ADP", "SCONJ") for word in draft.source):
        draft.source = []
    drop_stranger(doc, draft)
    drop_time(doc, draft)
    keep_pronoun(doc, draft)
    keep_subject(doc, draft)
    drop_hearer(doc, draft)
    return drop_bystander(doc, draft)


def is_expletive(word: Token) -> bool:
    """Whether a word stands for nobody: "it" in "it is said"."""
    return word.dep_ == "expl" or (word.lower_ == "it" and word.dep_ == "nsubj:pass")


def read_hearsay(doc: Doc, draft: Draft) -> bool:
    """ "The ship reportedly sank": the clause is the content, and nobody is named who reports."""
    head = draft.head(doc)
    if head is None or head.lower_ not in HEARSAY or head.head.pos_ not in ("VERB", "AUX"):
        return False
    clause = range(head.head.left_edge.i, head.head.right_edge.i + 1)
    draft.cue, draft.source = [head.i], []
    draft.content = [word for word in clause if word != head.i and not doc[word].is_space]
    return True


def drop_stranger(doc: Doc, draft: Draft) -> None:
    """Leave no source of another paragraph, where the network joined a headline to what follows."""
    if draft.source and draft.cue:
        place = segment_index(doc, doc[draft.cue[0]].idx)
        draft.source = [word for word in draft.source if segment_index(doc, doc[word].idx) == place]


def drop_time(doc: Doc, draft: Draft) -> None:
    """ "A version announced last November": a time is no source."""
    words = [doc[word] for word in draft.source if doc[word].pos_ in ("NOUN", "PROPN")]
    if words and all(word.lower_ in TIMES for word in words):
        draft.source = []


def keep_subject(doc: Doc, draft: Draft) -> None:
    """Of a source that is a clause ("Orrin opens a mill", "announces a fair") leave the subject."""
    verb = next((doc[w] for w in draft.source if doc[w].tag_ in ("VBZ", "VBD") and doc[w].dep_ != "acl:relcl"), None)
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None) if verb is not None else None
    head = draft.head(doc)
    if subject is not None and subject.i in draft.source and head is not None and verb.i in (head.head.i, head.i):
        draft.source = [word for word in span_words(subject, set()) if word in draft.source]


def keep_pronoun(doc: Doc, draft: Draft) -> None:
    """Of a source that runs on into a relative clause leave the pronoun ("…, who") told him."""
    last = draft.source[-1] if draft.source else 0
    if len(draft.source) > 1 and doc[last].tag_ in ("WP", "WDT") and last + 1 in draft.cue:
        draft.source = [last]
    elif doc[last].dep_ in ("aux", "cc", "mark") and doc[last].head.i in draft.cue:
        pronouns = [word for word in draft.source if doc[word].tag_ in ("WP", "WDT") and doc[word].dep_ == "nsubj"]
        draft.source = pronouns[-1:] or draft.source


def drop_hearer(doc: Doc, draft: Draft) -> None:
    """ "People were urged to leave": the subject of a passive is no source, unless it is quoted."""
    head = draft.head(doc)
    if head is None or not draft.source:
        return
    if head.lemma_ in QUOTED and not (head.lemma_ == "report" and any(c.dep_ == "xcomp" for c in head.rights)):
        return
    passive = next((child for child in head.children if child.dep_ == "nsubj:pass"), None)
    if passive is not None and passive.tag_ == "WDT" and head.lemma_ in THOUGHT:
        if not any(child.dep_ == "obl:agent" for child in head.children):
            draft.source = []  # "sleep, which is known to help": nobody is named
        return
    asked = any(child.dep_ == "xcomp" for child in head.children)  # "people are encouraged to leave"
    if passive is not None and head.lemma_ in FELT and not asked:  # "the council is alarmed": the council feels so
        reason = next((child for child in head.children if child.dep_ in ("obl:agent", "obl", "ccomp")), None)
        draft.source = span_words(passive, set(draft.cue))
        if reason is not None and reason.i > head.i:
            draft.content = [w for w in range(reason.left_edge.i, reason.right_edge.i + 1) if w not in draft.cue]
        return
    bare = head.tag_ == "VBN" and not any(child.dep_.startswith("aux") for child in head.children)
    if bare and (head.dep_ == "acl" or head.lemma_ in THOUGHT) and draft.source[0] < head.i:
        passive = doc[draft.source[0]]  # "laws expected next month"
    if passive is None and head.lemma_ in THOUGHT and any(child.dep_ == "aux:pass" for child in head.children):
        passive = doc[draft.source[0]]  # "… and is said to plan": the subject stands further off
        draft.content = sorted({*draft.source, *draft.content})
    told = head.lemma_ in TOLD and any(child.dep_ == "aux:pass" for child in head.children)
    if passive is None and told and draft.source[0] < head.i:
        passive = doc[draft.source[0]]  # "… and was told that"
    part = passive is not None and head.lemma_ in THOUGHT and passive.left_edge.i <= draft.source[0] <= passive.i
    if passive is not None and (passive.i in draft.source or part):
        agent = next((child for child in head.children if child.dep_ == "obl:agent"), None)
        draft.source = span_words(agent, {*draft.cue, *draft.content}) if agent is not None else []


def drop_bystander(doc: Doc, draft: Draft) -> bool:
    """Leave no source whose shares fell "amid worries": nobody is named who worries."""
    head = draft.head(doc)
    if head is None or head.pos_ != "NOUN" or not any(child.lower_ in AMID for child in head.lefts):
        return False
    subject = find_subject(head.head)
    if subject is None or subject.i not in draft.source:
        return False
    draft.source = []
    return True
