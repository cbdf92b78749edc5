"""Who is cited: one source for each cue, its whole noun phrase, by the parse where the network saw none."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kit.claims.drafts import Draft, find_runs
from kit.claims.regrouping import (
    keep_own_subject,
    keep_teller,
    prefer_speaker,
    stands_at_edge,
    take_name,
    take_rest,
    take_subject,
    take_title,
)
from kit.claims.strangers import drop_strangers, is_expletive
from kit.claims.widening import (
    FARTHEST,
    extend_source,
    is_torn,
    mend_edges,
    take_description,
    take_own_clause,
    widen_source,
)
from kit.english.subjects import find_subject, find_tops, span_words

NOMINAL = frozenset("PROPN NOUN PRON DET ADJ NUM".split())


def complete_source(doc: Doc, draft: Draft) -> None:
    """Leave one source: the fragment that the cue's verb has as its subject, or the one nearest to the cue."""
    prefer_speaker(doc, draft)
    if drop_strangers(doc, draft):
        return
    take_own_clause(doc, draft)
    widen_source(doc, draft)
    keep_own_subject(doc, draft)
    keep_teller(doc, draft)
    runs = list(find_runs(draft.source))
    subject = find_subject(draft.head(doc))
    if not runs:
        find_source(doc, draft, subject or _owner(draft.head(doc)) or _shared(draft.head(doc)))
        return
    if subject is not None and _is_list(doc, draft, subject):
        draft.source = [word for word in span_words(subject, {*draft.cue}) if word not in draft.cue]
        draft.content = [word for word in draft.content if word not in draft.source]
    elif len(runs) > 1 and draft.cue and is_torn(doc, draft):
        draft.source = list(range(runs[0][0], runs[-1][1]))
        draft.content = [word for word in draft.content if word not in draft.source]
    elif len(runs) > 1 and draft.cue:
        chosen = [run for run in runs if subject is not None and run[0] <= subject.i < run[1]]
        nearest = min(runs, key=lambda run: min(abs(run[0] - draft.cue[0]), abs(run[1] - draft.cue[0])))
        first, last = runs[0], runs[-1]
        described = last[0] - first[1] <= 1 and doc[last[0] - 1].text == doc[last[1] - 1].text == ","
        if len(runs) == 2 and described and last[1] == draft.cue[0]:
            draft.source = list(range(first[0], last[1]))  # "Zambia, the largest producer, wants"
        else:
            draft.source = list(range(*(chosen[0] if chosen else nearest)))
    if len(draft.source) == 1 and is_expletive(doc[draft.source[0]]):
        draft.source = []  # "it is said": nobody is cited
    take_subject(doc, draft)
    take_rest(doc, draft)
    take_title(doc, draft)
    take_name(doc, draft)
    take_own_clause(doc, draft)
    take_description(doc, draft)
    extend_source(doc, draft, {*draft.cue, *draft.content})
    mend_edges(doc, draft)


def find_source(doc: Doc, draft: Draft, subject: Token | None) -> None:
    """Give a cue that the network left without a source its subject, also from the content, or who stands behind it."""
    if subject is not None and subject.i in draft.content:
        words = span_words(subject, {*draft.cue} if subject.dep_ != "nmod:poss" else set())
        clause = any(child.dep_ == "ccomp" and child.i in draft.content for child in subject.head.rights)
        clause &= subject.head.i in draft.cue and not doc[draft.content[0]].is_quote
        if subject.dep_ == "nmod:poss" or stands_at_edge(doc, draft, subject):
            draft.content = [word for word in draft.content if word not in words]
        elif clause and subject.i < draft.cue[0]:
            draft.content = [word for word in draft.content if word > draft.cue[0]]
    taken = {*draft.cue, *draft.content}
    if subject is not None and subject.i not in taken:
        draft.source = [word for word in span_words(subject, taken) if word not in taken]
        draft.why.append("subject of the cue")
    elif draft.cue and draft.content and draft.content[0] < draft.cue[0]:
        draft.source = find_behind(doc, draft)
        draft.content = [word for word in draft.content if word not in draft.source]


def find_behind(doc: Doc, draft: Draft) -> list[int]:
    """The noun phrase right behind a cue that follows what was said: "… ," shouted a nurse."""
    start = draft.cue[-1] + 1
    if start >= len(doc) or doc[start].is_sent_start or doc[start].pos_ not in NOMINAL:
        return []
    before = doc[draft.cue[0] - 1]
    if not (before.is_punct or before.is_quote):
        return []
    head = doc[start]
    for _ in range(FARTHEST):
        if head.pos_ in ("NOUN", "PROPN", "PRON") and head.head.i < start:
            break
        head = head.head
    if head.i < start or head.pos_ not in ("NOUN", "PROPN", "PRON"):
        return []
    draft.why.append("noun phrase behind the cue")
    return [word for word in span_words(head, set()) if word >= start]


def _shared(head: Token | None) -> Token | None:
    """The subject before a verb that the parse hangs on the next one: "the mayor" of "the mayor spoke and said so"."""
    verbs = (c for c in head.rights if c.dep_ == "conj") if head is not None and head.tag_ == "VBD" else ()
    return next((child for verb in verbs for child in verb.lefts if child.dep_ == "nsubj" and child.i < head.i), None)


def _owner(head: Token | None) -> Token | None:
    """Whose claim it is: "the mayor's claim that ...", "their warning"."""
    if head is None or head.pos_ != "NOUN":
        return None
    return next((child for child in head.lefts if child.dep_ == "nmod:poss"), None)


def _is_list(doc: Doc, draft: Draft, subject: Token) -> bool:
    """Whether a source is pieces of a list that the cue has as its subject."""
    tops = find_tops(doc, draft.source)
    listed = [top for top in tops if top.dep_ in ("conj", "appos") and top.head.i not in draft.source]
    return bool(listed) and all(subject.is_ancestor(top) or top.i == subject.i for top in tops if not top.is_punct)
