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
from kit.english.index import has_quote
from kit.english.subjects import find_subject, find_tops, span_words

NOMINAL = frozenset("PROPN NOUN PRON DET ADJ NUM".split())
BEFORE = 9  # words of a title that the network left out
BETWEEN, BEHIND = 14, 5  # words of a description before a cue, and behind a name that follows its cue
MARKS = frozenset(',;:"“”«»')
PIECES = frozenset({"det", "case", "amod", "compound", "nummod", "nmod", "nmod:poss", "flat", "appos"})
BROKEN = frozenset({"det", "compound", "nmod:desc", "amod", "flat", "nummod"})
DANGLING = frozenset({"case", "nmod:poss"})
NAMING = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "WP", "WDT", "CD"})
FARTHEST = 6  # steps from the first word of a noun phrase to its noun


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
    elif len(runs) > 1 and draft.cue and _is_torn(doc, draft):
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


def mend_edges(doc: Doc, draft: Draft) -> None:
    """Give a source that breaks off in the middle of a name or phrase the rest of it ("House Speaker" Ida Brandt)."""
    own = set(draft.source)
    if not own:
        return
    first, last = doc[draft.source[0]], doc[draft.source[-1]]
    if first.tag_ == "POS" and first.i - first.head.left_edge.i <= BEHIND:
        first = first.head.left_edge  # "the senate" of "'s committee"
        own.add(first.i)
    while last.dep_ in BROKEN | DANGLING and last.i < last.head.i <= last.i + BEHIND:
        if last.head.pos_ not in ("NOUN", "PROPN") or last.head.i in draft.cue:
            break
        last = last.head
    while last.i + 1 < len(doc) and doc[last.i + 1].dep_ == "flat" and doc[last.i + 1].head.i in {*own, last.i}:
        last = doc[last.i + 1]
    while first.i and doc[first.i - 1].dep_ in BROKEN and doc[first.i - 1].head.i in own:
        first = doc[first.i - 1].left_edge if first.i - doc[first.i - 1].left_edge.i <= BEHIND else doc[first.i - 1]
        own.add(first.i)
    while first.i and first.ent_iob_ == "I" and first.i - 1 not in draft.cue:
        first = doc[first.i - 1]  # "Calder" of "Calder Water"
    if first.i > 1 and doc[first.i - 1].text == "-" and doc[first.i - 2].head.i in own:
        first = doc[first.i - 2]  # "State" of "State-run"
    gained = {*range(first.i, last.i + 1)} - {*range(draft.source[0], draft.source[-1] + 1)}
    if gained and not gained & {*draft.cue} and not has_quote(doc, gained):
        draft.source = sorted(own | gained)
        draft.content = [word for word in draft.content if word not in gained]


def take_own_clause(doc: Doc, draft: Draft) -> None:
    """Give a source its own relative clause ("the daily, which broke the news,"), where the content took it."""
    if not draft.source:
        return
    names = find_tops(doc, draft.source)
    clause = next((c for name in names for c in name.rights if c.dep_ == "acl:relcl" and c.i not in draft.cue), None)
    if clause is None or clause.left_edge.i > draft.source[-1] + 2:
        return
    own = range(draft.source[0], clause.right_edge.i + 1)
    if {*own} & {*draft.content} and not any(word in draft.cue or doc[word].is_quote for word in own):
        draft.source = list(own)
        draft.content = [word for word in draft.content if word not in own]


def widen_source(doc: Doc, draft: Draft) -> None:
    """Take a source that is a piece of a noun phrase ("the", "of the panel") to all of it, also from the content."""
    words = [doc[word] for word in draft.source]
    if not words or (words[0].pos_ != "ADP" and any(word.tag_ in NAMING for word in words)):
        return
    top = words[0]
    for _ in range(FARTHEST):
        if top.head.i in draft.cue or top.head.pos_ not in ("NOUN", "PROPN") or top.dep_ not in PIECES:
            break
        top = top.head
    whole = span_words(top, set(draft.cue))
    if top.i in whole and set(draft.source) < set(whole):
        draft.source = whole
        draft.content = [word for word in draft.content if word not in whole]
        draft.why.append("whole noun phrase")


def take_description(doc: Doc, draft: Draft) -> None:
    """Give the source what hangs on it before the cue, and the content took: "a study documenting X" has found Y."""
    subject = find_subject(draft.head(doc))
    if subject is None or subject.i not in draft.source or subject.i > draft.cue[0]:
        return
    moved = [w for w in draft.content if subject.i < w < draft.cue[0] and subject.is_ancestor(doc[w])]
    if moved and not has_quote(doc, moved):
        draft.source = sorted({*draft.source, *moved})
        draft.content = [word for word in draft.content if word not in moved]


def extend_source(doc: Doc, draft: Draft, taken: set[int]) -> None:
    """Take in what hangs on the name between it and the cue (", the mayor of Holm,"), and behind it a few words."""
    if not draft.source or not draft.cue:
        return
    head = find_tops(doc, draft.source)[0]
    gap = range(head.left_edge.i, draft.source[0])
    while gap and (
        doc[gap[0]].dep_ in ("case", "cc", "mark", "advmod") or doc[gap[0]].is_punct or doc[gap[0]].is_space
    ):
        gap = gap[1:]
    loose = len(gap) == 1 and doc[gap[0]].dep_ == "det"  # "The" of "The president", which the content took
    marks = sum(doc[word].text in MARKS for word in gap)
    whole = marks == 2 and all(doc[word].is_quote for word in gap if doc[word].text in MARKS)  # The "News" section
    if 0 < len(gap) <= BEFORE and (loose or (not any(word in taken for word in gap) and (whole or not marks))):
        draft.source = [*gap, *draft.source]
        draft.content = [word for word in draft.content if word not in gap]
    end = draft.source[-1] + 1
    limit = draft.cue[0] if draft.cue[0] >= end else min(head.right_edge.i + 1, end + BEHIND)
    gap = range(end, limit)
    while gap and (doc[gap[-1]].head.i in draft.cue or not head.is_ancestor(doc[gap[-1]])) and doc[gap[-1]].text != ",":
        gap = gap[:-1]
    clause = next((doc[word] for word in gap if doc[word].dep_ == "acl:relcl"), None)
    if clause is not None and draft.cue[0] < end and any(child.dep_ == "ccomp" for child in clause.rights):
        gap = [word for word in gap if word < clause.left_edge.i - 1]  # "the report, which said that it fell"
    if 0 < len(gap) <= BETWEEN and all(head.is_ancestor(doc[word]) and word not in taken for word in gap):
        draft.source = [*draft.source, *gap]


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


def _is_torn(doc: Doc, draft: Draft) -> bool:
    """Whether only words of its own part the pieces of a source: the "was" of "a nurse who | not involved in it"."""
    whole = range(draft.source[0], draft.source[-1] + 1)
    gap = [word for word in whole if word not in draft.source]
    if len(gap) > BETWEEN or not {*gap}.isdisjoint(draft.cue) or draft.cue[0] in whole or has_quote(doc, whole):
        return False
    tops = find_tops(doc, whole)
    if len(tops) > 1 and (len({top.head.i for top in tops}) > 1 or any(doc[word].is_punct for word in gap)):
        return False  # "Ade, the guests said"
    return all(top.i in draft.source for top in tops)


def _is_list(doc: Doc, draft: Draft, subject: Token) -> bool:
    """Whether a source is pieces of a list that the cue has as its subject."""
    tops = find_tops(doc, draft.source)
    listed = [top for top in tops if top.dep_ in ("conj", "appos") and top.head.i not in draft.source]
    return bool(listed) and all(subject.is_ancestor(top) or top.i == subject.i for top in tops if not top.is_punct)
