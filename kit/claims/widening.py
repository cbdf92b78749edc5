"""The whole noun phrase of a source: names and phrases that the network broke off, descriptions, clauses of its own."""

from __future__ import annotations

from spacy.tokens import Doc

from kit.claims.drafts import Draft
from kit.english.index import has_quote
from kit.english.subjects import find_subject, find_tops, span_words

BEFORE = 9  # words of a title that the network left out
BETWEEN, BEHIND = 14, 5  # words of a description before a cue, and behind a name that follows its cue
MARKS = frozenset(',;:"“”«»')
PIECES = frozenset({"det", "case", "amod", "compound", "nummod", "nmod", "nmod:poss", "flat", "appos"})
BROKEN = frozenset({"det", "compound", "nmod:desc", "amod", "flat", "nummod"})
FARTHEST = 6  # steps from the first word of a noun phrase to its noun
DANGLING = frozenset({"case", "nmod:poss"})
NAMING = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "WP", "WDT", "CD"})


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


def is_torn(doc: Doc, draft: Draft) -> bool:
    """Whether only words of its own part the pieces of a source: the "was" of "a nurse who | not involved in it"."""
    whole = range(draft.source[0], draft.source[-1] + 1)
    gap = [word for word in whole if word not in draft.source]
    if len(gap) > BETWEEN or not {*gap}.isdisjoint(draft.cue) or draft.cue[0] in whole or has_quote(doc, whole):
        return False
    tops = find_tops(doc, whole)
    if len(tops) > 1 and (len({top.head.i for top in tops}) > 1 or any(doc[word].is_punct for word in gap)):
        return False  # "Ade, the guests said"
    return all(top.i in draft.source for top in tops)
