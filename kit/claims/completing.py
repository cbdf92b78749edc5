"""What belongs to a content and the network left out: the rest of a quotation, of a phrase, of a clause, of a list."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from kit.claims.drafts import Draft, find_runs
from kit.claims.edges import CLOSING, NEAR, goes_against
from kit.claims.quotations import Quotation
from kit.english.subjects import QUOTED, span_words
from kit.segments import segment_index

STEPS = 3  # from a content up to what the cue reports
HOLE = 15  # words at most that are missing between two fragments of a content
MODIFIERS = frozenset("nummod det amod compound nmod:poss flat case".split())
REPORTED = frozenset({"ccomp", "xcomp", "csubj", "obj", "obl"})  # what hangs so on a cue is what it reports


def fill_quotations(doc: Doc, draft: Draft, quotations: Sequence[Quotation], barred: set[int]) -> None:
    """Extend a content over the quotations that most of which it covers."""
    content = set(draft.content)
    for quotation in quotations:
        if not content or quotation.end <= draft.content[0] or quotation.start > draft.content[-1]:
            continue
        inside = range(quotation.start, quotation.end)
        covered = sum(word in content for word in inside)
        if covered * 4 > len(inside) and covered < len(inside) and not any(word in barred for word in inside):
            content.update(inside)
    draft.content = sorted(content)


def share_quotations(doc: Doc, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> None:
    """Leave each quotation to one claim: the nearest with its cue in the same paragraph, or the nearest at all."""
    holders: dict[int, list[Draft]] = {}
    for draft in drafts:
        for word in draft.content if draft.cue else ():
            holders.setdefault(word, []).append(draft)
    for quotation in quotations:
        inside = range(quotation.start, quotation.end)
        takers = {id(draft): draft for word in inside for draft in holders.get(word, ()) if draft.cue[0] not in inside}
        if len(takers) < 2:
            continue
        place = segment_index(doc, doc[inside[0]].idx)
        here = [draft for draft in takers.values() if segment_index(doc, doc[draft.cue[0]].idx) == place]
        near = here or list(takers.values())
        owner = min(near, key=lambda draft: min(abs(draft.cue[0] - inside[-1]), abs(inside[0] - draft.cue[-1])))
        for draft in takers.values():
            if draft is not owner:
                draft.content = [word for word in draft.content if word not in inside]


def part_quotations(doc: Doc, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> None:
    """Where one quotation follows another without a word between them (” “), the two are of two speakers."""
    for first, second in pairwise(quotations):
        if not first.closed or any(not doc[word].is_space for word in range(first.end, second.start)):
            continue
        for draft in drafts:
            if not draft.cue or not {first.end - 1, second.start + 1} <= {*draft.content}:
                continue
            own = second.start <= draft.cue[0]
            draft.content = [word for word in draft.content if (word >= second.start) == own]


def fill_holes(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Fill what is missing between two fragments of one sentence, where nothing else claims it."""
    runs = list(find_runs(draft.content))
    for (_, end), (start, _) in pairwise(runs):
        gap = range(end, start)
        if len(gap) <= HOLE and not any(word in barred or doc[word].is_sent_start for word in (*gap, start)):
            draft.content = sorted({*draft.content, *gap})


def complete_phrases(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Take in the modifiers before a fragment's first word and the noun behind its last: "three" of "three trucks"."""
    content = set(draft.content)
    for start, end in find_runs(draft.content):
        lefts = [child.left_edge.i for child in doc[start].lefts if child.dep_ in MODIFIERS]
        first, last = min(lefts, default=start), end - 1
        if doc[last].dep_ in MODIFIERS and last < doc[last].head.i <= last + NEAR:
            last = doc[last].head.i
        last = max(last, _end_of_list(doc, last))
        for gap in (range(first, start), range(end, last + 1)):
            if not any(word in barred or doc[word].is_sent_start for word in gap[1:] or gap):
                content.update(word for word in gap if word not in barred)
    draft.content = sorted(content)


def complete_clause(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Extend what a cue reports to the ends of its clauses, where the network left out what hangs on their verbs."""
    head, content = draft.head(doc), set(draft.content)
    for start, end in find_runs(draft.content) if head is not None else ():
        for root in (doc[i] for i in range(start, end) if not start <= doc[i].head.i < end or doc[i].head.i == i):
            reported = root.head.i == head.i and root.dep_ in REPORTED
            if not reported and not (root.pos_ in ("VERB", "AUX", "NOUN", "ADJ") and root.is_ancestor(head)):
                continue
            first, last = start, end - 1
            stop = _end_of_clause(doc, root, last)
            while last < stop and last + 1 not in barred and not doc[last + 1].is_space:
                last += 1
            while first > root.left_edge.i and first - 1 not in barred and not doc[first - 1].is_space:
                first -= 1
            content.update(range(first, last + 1))
    draft.content = sorted(content)


def complete_orders(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Take in whom somebody asks to do something ("asked the council to wait"): without it the doer is lost."""
    head = draft.head(doc)
    verb = next((c for c in head.rights if c.dep_ == "xcomp"), None) if head is not None and draft.content else None
    if verb is not None and verb.i not in draft.content:
        gap = range(draft.content[-1] + 1, verb.right_edge.i + 1)
        told = any(doc[word].dep_ in ("obj", "iobj") and doc[word].head.i == head.i for word in draft.content)
        if not told or any(word in barred or doc[word].is_quote or doc[word].is_space for word in gap):
            return
        draft.content = [*draft.content, *gap]
    people = [c for c in head.rights if c.dep_ in ("obj", "iobj") and c.i < verb.i] if verb is not None else []
    if not people or people[-1].pos_ == "PRON" or any(doc[word].is_quote for word in draft.content):
        return
    gap = range(people[0].left_edge.i, draft.content[0])
    if gap and people[-1].right_edge.i + 1 >= draft.content[0] and not any(word in barred for word in gap):
        draft.content = [*gap, *draft.content]


def complete_raised(doc: Doc, draft: Draft) -> None:
    """Take in of whom something is said: "the dam" in "the dam was expected to hold"."""
    head = draft.head(doc)
    if head is None or head.tag_ != "VBN" or not draft.content or draft.content[0] < head.i:
        return
    if head.lemma_ in QUOTED:
        return
    subject = next((c for c in head.children if c.dep_ == "nsubj:pass"), None)
    words = span_words(subject, {*draft.cue}) if subject is not None else []
    if words and words[-1] < draft.cue[0] and not {*words} & {*draft.source, *draft.content}:
        draft.content = [*words, *draft.content]


def complete_argument(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Take in the noun or verb that a content hangs on, where that is what the cue reports.

    "noted [the continued role that] the council plays", "said the number of boats [now totals 62]".
    """
    head = draft.head(doc)
    if head is None or not draft.content or any(doc[word].is_quote for word in draft.content):
        return
    inside = {*draft.content}
    tops = [doc[w] for w in draft.content if doc[w].head.i not in inside and not doc[w].is_punct]
    top = tops[0].head if tops else head
    for _ in range(STEPS):
        if top.head.i == head.i or top.head.i == top.i:
            break
        top = top.head
    if len(tops) != 1 or top.i == head.i or top.head.i != head.i or top.dep_ not in ("obj", "ccomp"):
        return
    start, end = min(top.left_edge.i, draft.content[0]), max(top.right_edge.i, draft.content[-1]) + 1
    gained = [word for word in range(start, end) if word not in inside]
    if start > draft.cue[-1] and len(gained) <= HOLE and not any(w in barred or doc[w].is_space for w in gained):
        draft.content = list(range(start, end))


def complete_pairs(doc: Doc, draft: Draft, barred: set[int]) -> None:
    """Take in the first of two clauses where the network saw only the second ("that A fell and that B rose")."""
    head = draft.head(doc)
    if head is None or not draft.content:
        return
    clauses = [c for c in head.rights if c.dep_ == "ccomp"]
    clauses += [c for clause in clauses for c in clause.rights if c.dep_ == "conj"]
    first = next((c for c in clauses if c.i not in draft.content), None)
    if first is None or not any(c.i in draft.content for c in clauses) or first.left_edge.i > draft.content[0]:
        return
    gap = range(first.left_edge.i, draft.content[0])
    if gap and gap[0] > head.i and not any(word in barred or doc[word].is_quote for word in gap):
        draft.content = [*gap, *draft.content]


def complete_relatives(doc: Doc, draft: Draft) -> None:
    """Extend a content over the rest of a relative clause at its end, also where another claim stands in it."""
    content, own = set(draft.content), {*draft.source, *draft.cue}
    for _, end in list(find_runs(draft.content)):
        last = doc[end - 1]
        nouns = [last, *(word for word in last.ancestors if word.i in content)]
        clauses = [child for noun in nouns for child in noun.rights if child.dep_ == "acl:relcl"]
        for clause in clauses:
            rest = range(end, clause.right_edge.i + 1)
            if clause.left_edge.i <= end + 1 and rest and not own.intersection(rest):
                content.update(word for word in rest if not doc[word].is_space)
    draft.content = sorted(content)


def _end_of_clause(doc: Doc, root: Token, last: int) -> int:
    """The last word of a clause: before ";" or ", but" with a subject of its own, and at a closing quotation mark."""
    if doc[last].text in CLOSING:
        return last
    behind = range(last + 1, root.right_edge.i + 1)
    return next((word - 1 for word in behind if goes_against(doc, word, [0])), root.right_edge.i)


def _end_of_list(doc: Doc, last: int) -> int:
    """The last word of the list that a word stands in: "… and three trucks" belongs to "16 tanks"."""
    noun = doc[last].head if doc[last].dep_ == "conj" else doc[last]
    if noun.pos_ not in ("NOUN", "PROPN") or doc[last].pos_ not in ("NOUN", "PROPN"):
        return last
    items = [child for child in noun.rights if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN")]
    return max((item.right_edge.i for item in items if last < item.i <= last + HOLE), default=last)
